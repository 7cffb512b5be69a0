"""Every part of the benchmark runs, at a size at which its times say nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks import compare, crowd, made, run
from benchmarks.watch import Row
from tests.browser.conftest import chromium

SMALL = argparse.Namespace(lines=2000, largest=3000, times=1, lasting=3.0)
# What each part measures, in the order of the table.
MEASURED = {
    "import": 5,
    "week": 2,
    "whatif": 1,
    "pages": 3,
    "crowd": 2,
}


def measured(part: str, folder: Path) -> list[Row]:
    rows = list(run.PARTS[part](folder, SMALL))
    assert len(rows) == MEASURED[part]
    return rows


def test_every_part_is_tried_here() -> None:
    assert list(MEASURED) == list(run.PARTS)


@pytest.mark.parametrize("part", ["import", "week", "whatif"])
def test_a_part_measures_all_of_its_rows(part: str, tmp_path: Path) -> None:
    # A figure that differs from the hand-written one, or a row that did not land, raises.
    assert all(row.measured is not None for row in measured(part, tmp_path))


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_pages_are_measured_in_a_browser(tmp_path: Path) -> None:
    assert all(row.measured is not None for row in measured("pages", tmp_path))


@pytest.mark.browser
def test_sessions_at_once_see_no_error_and_no_wrong_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "SESSIONS", 3)
    monkeypatch.setattr(crowd, "EVERY", 0.5)
    clicks, wrong = measured("crowd", tmp_path)
    assert clicks.measured is not None
    assert wrong.measured == 0, wrong.detail
    assert not wrong.detail.startswith("0 answers")


def test_the_table_of_the_docs_is_replaced_and_nothing_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- end -->\nafter\n", "utf-8")
    monkeypatch.setattr(run, "DOCS", page)
    run.write([Row("this", "that", 2.0, 1.5), Row("more", "—", 1.0, None)])
    text = page.read_text("utf-8")
    assert "| this | that | ≤ 2.00× | 1.50× | met |" in text
    assert "| more | — | ≤ 1.00× | not measured |  |" in text
    assert text.startswith("before\n") and text.endswith("<!-- end -->\nafter\n")
    assert "old" not in text


def test_two_checkouts_are_compared_over_the_same_file(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    file = made.orders_csv(tmp_path / "orders.csv", 500)
    before, after = compare.alternated(root, root, file, tmp_path, times=1)
    assert len(before) == len(after) == 1
    assert compare.describe(".csv", [(2.0, 10**9)], [(1.0, 2 * 10**9)]) == (
        ".csv: 2.00 s → 1.00 s (0.50×), 1.00 GB → 2.00 GB (2.00×)"
    )
