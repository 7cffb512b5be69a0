"""Targets of a list without a column that says what they are of.

    Month    Rep   Quota      in "Collections 2026.csv": 1,000 of collections, not of sales
    2026-03  Ann   1000

Taken for sales, they are measured against the wrong figure, and nobody sees it.
"""

from __future__ import annotations

import pytest

from data.staging.other_table import taken_as
from data.store.database import Store
from tests.conftest import land, read
from tests.data.reports.imported import as_csv, as_xlsx

ROWS = [["2026-03", "Ann", 10], ["2026-03", "Bob", 20]]


def metrics_of(store: Store, file: str, header: list[str], title: str = "") -> tuple[set[str], str]:
    rows = [*([[title]] if title else []), header, *ROWS]
    content = as_csv(rows) if file.endswith("csv") else as_xlsx(rows)
    (draft,) = read(store, {file: content})
    assert draft.table == "targets" and draft.sheet
    (result,) = land(store, [draft])
    assert result.error is None and result.rows_kept == 2
    assert store.rows("SELECT sum(target) FROM targets") == [(30,)]
    notes = {note.code for note in draft.sheet.notes if note.code.startswith("targets_of")}
    return {metric for (metric,) in store.rows("SELECT metric FROM targets")}, " ".join(notes)


@pytest.mark.parametrize(
    ("file", "header", "title", "metric"),
    [
        ("a.csv", ["月份", "业务员", "回款目标"], "", "collections"),
        ("2026年回款目标.xlsx", ["月份", "业务员", "目标"], "", "collections"),
        ("b.xlsx", ["月份", "业务员", "目标"], "2026年拜访任务", "visits"),
        ("c.csv", ["Month", "Rep", "New customers target"], "", "new_customers"),
        ("Visit targets 2026.csv", ["Month", "Rep", "Quota"], "", "visits"),
        ("Sales call targets.csv", ["Month", "Rep", "Target"], "", "calls"),
        ("销售团队毛利目标.csv", ["月份", "业务员", "目标"], "", "margin"),
        ("d.xlsx", ["Month", "Rep", "Target"], "Collections by sales rep, March", "collections"),
        ("Zahlungseingang Ziele.csv", ["Monat", "Verkäufer", "Ziel"], "", "collections"),
    ],
)
def test_targets_are_of_the_metric_that_header_title_or_file_names(
    store: Store, inline: None, file: str, header: list[str], title: str, metric: str
) -> None:
    assert metrics_of(store, file, header, title) == ({metric}, "targets_of_metric")


@pytest.mark.parametrize(
    ("file", "header", "note"),
    [
        ("a.csv", ["Month", "Rep", "Sales target"], ""),
        ("销售目标.csv", ["月份", "业务员", "目标"], ""),
        ("Umsatzziele 2026.csv", ["Monat", "Verkäufer", "Ziel"], ""),
        ("b.csv", ["Month", "Rep", "Quota"], "targets_of_sales"),
        ("c.xlsx", ["月份", "业务员", "目标"], "targets_of_sales"),
        ("Revenue and margin.csv", ["Month", "Rep", "Target"], "targets_of_sales"),
    ],
)
def test_other_targets_are_of_sales_and_a_note_says_so_where_nothing_names_them(
    store: Store, inline: None, file: str, header: list[str], note: str
) -> None:
    assert metrics_of(store, file, header) == ({"sales"}, note)


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (["月份", "业务员", "目标"], "制表：张三 电话：13800000000"),
        (["月份", "业务员", "目标"], "制表 张三 联系电话 13800000000"),
        (["Month", "Rep", "Quota"], "Units: EUR thousand"),
        (["Month", "Rep", "Quota"], "in units of 1"),
    ],
)
def test_a_label_in_the_title_is_no_metric(
    store: Store, inline: None, header: list[str], title: str
) -> None:
    (draft,) = read(store, {"a.xlsx": as_xlsx([[title], header, *ROWS])})
    assert draft.sheet and "metric" not in draft.mapping
    assert "targets_of_sales" in {note.code for note in draft.sheet.notes}


def test_a_sheet_taken_for_targets_and_for_something_else_has_one_note_or_none(
    store: Store, inline: None
) -> None:
    (draft,) = read(store, {"a.csv": as_csv([["Month", "Rep", "Quota"], *ROWS])})

    def notes(table: str) -> list[str]:
        sheet = taken_as(draft, table, store).sheet
        assert sheet
        return [note.code for note in sheet.notes if note.code.startswith("targets_of")]

    assert (notes("targets"), notes("orders")) == (["targets_of_sales"], [])


@pytest.mark.parametrize(
    "header",
    [["月份", "业务员", "销售目标", "回款目标"], ["Month", "Rep", "Visits target", "Sales target"]],
)
def test_of_two_metrics_beside_each_other_the_targets_of_sales_are_taken(
    store: Store, inline: None, header: list[str]
) -> None:
    (draft,) = read(store, {"a.csv": as_csv([header, *([*row, 7] for row in ROWS)])})
    assert draft.mapping["target"] == next(
        at for at, name in enumerate(header) if "销售" in name or "Sales" in name
    )
