"""Many short columns are searched together, and each finds what it found alone."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from data.layout import cells
from data.layout.cells import rows_saying

TOTAL = "(?i)^(?:total|合计)$"


def plain(*chunks: list[str | None]) -> pa.ChunkedArray:
    return pa.chunked_array(list(chunks), pa.string())


def coded(*chunks: list[str | None]) -> pa.ChunkedArray:
    return plain(*chunks).dictionary_encode()


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        (plain(["a", "Total", None]), {1}),
        (plain(["Total"], [], ["b", None, "合计"]), {0, 3}),
        (plain([None, None]), set()),
        (plain(), set()),
        (coded(["a", "total", "a", "total"]), {1, 3}),
        (coded(["a", None], ["合计", "a", "合计"]), {2, 4}),
        (plain(["x", "y", "total"]).slice(1), {1}),
        (plain(["total"]).cast(pa.large_string()), {0}),
    ],
    ids=["plain", "chunks", "blank", "empty", "coded", "coded_chunks", "slice", "large"],
)
def test_a_column_finds_the_same_among_others_as_alone(
    column: pa.ChunkedArray, rows: set[int]
) -> None:
    others = [plain(["total", "z"]), coded(["q", "Total"])]
    assert rows_saying([column], TOTAL) == [rows]
    assert rows_saying([others[0], column, others[1], column], TOTAL) == [{0}, rows, {1}, rows]


def test_a_pattern_is_not_compiled_for_each_column(monkeypatch: pytest.MonkeyPatch) -> None:
    find, calls = pc.match_substring_regex, []

    def counted(*arguments: Any) -> Any:
        calls.append(arguments)
        return find(*arguments)

    monkeypatch.setattr(cells.pc, "match_substring_regex", counted)
    found = rows_saying([plain(["a", "total", str(at)]) for at in range(1900)], TOTAL)
    assert found == [{1}] * 1900 and len(calls) == 1
    calls.clear()
    monkeypatch.setattr(cells, "_SEARCHED_TOGETHER", 30)
    assert rows_saying([plain(["total", "b"])] * 60, TOTAL) == [{0}] * 60
    assert len(calls) == 4
