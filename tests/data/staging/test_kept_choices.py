"""The header and the encoding that people chose count for the file and for the next one like it."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from openpyxl.workbook import Workbook

from data.ingest import inbox, jobs
from data.layout.by_hand import Choices, HeaderRows
from data.staging.draft import Draft
from data.staging.rereading import reread
from data.store.database import Store
from tests.conftest import TODAY, land, over, read

NAMES = ["Order ID", "Customer", "Sales Rep", "Order Date", "Amount"]
CHINESE = ["订单号", "客户", "业务员", "订单日期", "金额"]
CODES = ["x1", "x2", "x3", "x4", "x5"]
OTHER = ["ID", "Account", "Owner", "Closed", "Value"]
EXAMPLE = ["Example", "Sample Ltd", "Somebody", "2026-01-01", "1"]
ROWS = [["O1", "Acme", "Ann", "2026-03-02", "100"], ["O2", "Beta", "Bob", "2026-03-03", "250"]]
NEXT = [["O7", "Gamma", "Ann", "2026-04-02", "70"], ["O8", "Acme", "Bob", "2026-04-03", "80"]]
MONEY = "SELECT order_id, CAST(amount AS INTEGER) FROM orders ORDER BY 1"


def csv(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def xlsx(*rows: list[str]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(stream)
    return stream.getvalue()


def read_as(
    store: Store, name: str, content: bytes, rows: HeaderRows | None = None, encoding: str = ""
) -> list[Draft]:
    upload = inbox.receive(store, name, content)
    headers: Mapping[str, HeaderRows] = {}
    if rows:
        headers = {"Sheet" if name.endswith("xlsx") else "": rows}
    chosen = {upload.content: Choices(encoding=encoding, headers=headers)}
    drafts = over(store, jobs.start_reading(store, [upload], today=TODAY, choices=chosen))
    assert isinstance(drafts, list), drafts
    return drafts


@pytest.mark.parametrize(
    ("above", "names", "rows"),
    [
        pytest.param([CODES], NAMES, (2, 2), id="codes above the names"),
        pytest.param([CODES, OTHER], NAMES, (3, 3), id="two rows above"),
        pytest.param([OTHER], NAMES, (2, 2), id="names of another system above"),
        pytest.param([OTHER], CHINESE, (2, 2), id="Chinese"),
        pytest.param([EXAMPLE, EXAMPLE], NAMES, (3, 3), id="examples above"),
        pytest.param([EXAMPLE, EXAMPLE], CHINESE, (3, 3), id="Chinese below examples"),
    ],
)
@pytest.mark.parametrize("made", [csv, xlsx])
def test_the_chosen_row_is_the_header_now_and_in_the_next_file(  # type: ignore[no-untyped-def]
    store: Store, inline: None, above, names, rows, made
) -> None:
    name = f"sales.{made.__name__}"
    (found,) = read_as(store, name, made(*above, names, *ROWS))
    assert found.table != "orders" or len(found.mapping) < 5
    (draft,) = read_as(store, name, made(*above, names, *ROWS), rows)
    assert draft.table == "orders" and len(draft.mapping) == 5
    (top,) = draft.tops.values()
    assert top.chosen and top.header == rows and top.rows[rows[0] - 1][1] == tuple(names)
    land(store, [draft])
    assert store.rows(MONEY) == [("O1", 100), ("O2", 250)]
    # The names stand in another row there, below a title.
    (later,) = read(store, {f"april.{made.__name__}": made(["April"], *above, names, *NEXT)})
    assert later.table == "orders" and len(later.mapping) == 5
    land(store, [later])
    assert store.rows(MONEY) == [("O1", 100), ("O2", 250), ("O7", 70), ("O8", 80)]


def test_two_rows_can_be_the_header(store: Store, inline: None) -> None:
    content = csv(
        CODES,
        ["Order", "", "Sales", "Order", ""],
        ["ID", "Customer", "Rep", "Date", "Amount"],
        *ROWS,
    )
    (draft,) = read_as(store, "sales.csv", content, (2, 3))
    assert draft.sheet and draft.sheet.header[:3] == ("Order ID", "Order Customer", "Sales Rep")
    land(store, [draft])
    assert store.rows(MONEY) == [("O1", 100), ("O2", 250)]
    (later,) = read(store, {"april.csv": content.replace(b"O1", b"O5")})
    assert [top.header for top in later.tops.values()] == [(2, 3)]


def test_a_row_that_heads_no_table_changes_nothing(store: Store, inline: None) -> None:
    content = csv(NAMES, *ROWS)
    for rows in [(3, 3), (99, 99)]:
        (draft,) = read_as(store, "sales.csv", content, rows)
        assert draft.table == "orders" and draft.row_count == 2
        assert [(top.header, top.chosen) for top in draft.tops.values()] == [((1, 1), False)]


def test_a_header_that_was_found_is_not_kept_as_a_choice(store: Store, inline: None) -> None:
    (draft,) = read_as(store, "sales.csv", csv(NAMES, *ROWS), (1, 1))
    assert [top.chosen for top in draft.tops.values()] == [False]
    land(store, [draft])
    assert store.rows("SELECT answers FROM imports") == [("{}",)]


def test_a_file_without_a_table_shows_its_rows_and_takes_a_header(
    store: Store, inline: None
) -> None:
    (draft,) = read_as(store, "sales.csv", csv(NAMES))
    assert draft.error and draft.error.code == "no_table" and draft.sheet is None
    assert "tops" not in draft.error.params
    assert [top.rows for top in draft.tops.values()] == [((1, tuple(NAMES)),)]


def test_the_same_file_with_another_header_is_not_the_same_import(
    store: Store, inline: None
) -> None:
    content = csv(OTHER, NAMES, *ROWS)
    (found,) = read_as(store, "sales.csv", content)
    assert found.table == "customers"
    land(store, [found])
    (draft,) = read_as(store, "sales.csv", content, (2, 2))
    assert draft.table == "orders" and draft.already is None
    land(store, [draft])
    assert store.rows(MONEY) == [("O1", 100), ("O2", 250)]
    (again,) = read(store, {"sales.csv": content})
    assert again.table == "orders" and again.already is not None


def test_answers_of_a_sheet_go_with_its_header(store: Store, inline: None) -> None:
    content = csv(OTHER, NAMES, *ROWS)
    (before,) = read_as(store, "sales.csv", content)
    read_now = read_as(store, "sales.csv", content, (2, 2))
    now = reread(store, {3: before}, read_now, before.content, TODAY)
    assert list(now) == [3] and now[3].table == "orders" and now[3].mapping == read_now[0].mapping


def test_a_chosen_encoding_counts_for_the_next_file_like_it(store: Store, inline: None) -> None:
    names = ["삼성전자", "현대자동차", "기아", "네이버"]

    def korean(first: int) -> bytes:
        lines = [f"K{first + at},2026-03-1{at},{name},100" for at, name in enumerate(names)]
        return "\n".join(["Order ID,Order Date,Customer,Amount", *lines]).encode("cp949")

    (found,) = read_as(store, "korean.csv", korean(1))
    assert found.sheet and found.sheet.encoding == ""
    (draft,) = read_as(store, "korean.csv", korean(1), encoding="cp949")
    land(store, [draft])
    (later,) = read(store, {"later.csv": korean(5)})
    assert later.sheet and later.sheet.encoding == "cp949"
    land(store, [later])
    assert store.rows("SELECT DISTINCT customer FROM orders ORDER BY 1") == [
        (name,) for name in sorted(names)
    ]
