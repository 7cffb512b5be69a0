from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.cleaning.clean import CleanTask
from data.cleaning.scopes import scope_of
from data.ingest import tasks
from data.readers.reader import read
from domain.errors import ImportRefused
from domain.tables import table

# Column → what a cell of it may say; blanks and nonsense among them.
CELLS: dict[str, dict[str, list[str]]] = {
    "orders": {
        "order_id": ["A", "B", "C", ""],
        "line_no": ["1", "2", ""],
        "order_date": ["2026-03-02", "2026-03-31", "2026-03-15", "soon", ""],
        "amount": ["1.25", "-3", "1,000.5", "much", "¥7", ""],
        "cost": ["1", "2", "?", ""],
    },
    "deals": {
        "deal_id": ["A", "B", "C", ""],
        "as_of": ["2026-03-02", "2026-03-31", ""],
        "status": ["Open", "Won", "odd"],
        "amount": ["1.25", "30", "-1", "much", ""],
    },
    "targets": {
        "period": ["2026-03", "2026年3月", "2026-Q1", "soon", ""],
        "scope_value": ["李雷", "王芳", ""],
        "target": ["1.25", "2", "3", "much", ""],
    },
    "payments": {
        "payment_id": ["A", "B", ""],
        "payment_date": ["2026-03-02", "2026-03-31", "2026-03-15", "soon", ""],
        "amount": ["1.25", "2", "much", ""],
    },
}


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    name = draw(st.sampled_from(sorted(CELLS)))
    row = st.tuples(*(st.sampled_from(values) for values in CELLS[name].values()))
    return name, [list(one) for one in draw(st.lists(row, min_size=1, max_size=12))]


def cleaned(folder: Path, name: str, rows: list[list[str]]) -> Any:
    """What a file with these cells comes to: written, read and typed as any other."""
    text = io.StringIO()
    csv.writer(text).writerows([list(CELLS[name]), *rows])
    path = folder / "sheet.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    (sheet,) = read(path, "sheet.csv")
    mapping = {column: at for at, column in enumerate(CELLS[name])}
    call = (sheet.rows, sheet.header, mapping, table(name), {}, {}, None, 2026)
    (told,) = tasks.clean_all([CleanTask(*call)])
    return told


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


@given(sheet=sheets())
def test_what_is_in_the_file_is_what_was_kept_and_what_was_left_out(
    folder: Path, sheet: tuple[str, list[list[str]]]
) -> None:
    name, rows = sheet
    assume(any(any(row) for row in rows))
    try:
        told = cleaned(folder, name, rows)
    except Exception as error:
        assume(getattr(error, "code", "") != "no_table")
        raise
    if isinstance(told, ImportRefused):
        assert told.code in ("column_not_dates", "column_not_numbers")
        return
    assert told.rows_in == sum(any(row) for row in rows)
    assert told.rows_in == told.rows.num_rows + sum(told.left_out.values())
    for column, total in told.money_in.items():
        kept = pc.sum(told.rows[column]).as_py() or Decimal(0)
        assert total == kept + sum(told.money_left_out[column].values())
    listed = [one for one in told.problems if one.outcome == "row_left_out"]
    assert len(listed) == sum(told.left_out.values())
    assert told.problem_count == len(told.problems)
    key = [one for one in table(name).key if one in told.rows.column_names]
    key += ["as_of"] if name == "deals" and "as_of" in told.rows.column_names else []
    keys = [tuple(row[one] for one in key) for row in told.rows.to_pylist()]
    assert len(keys) == len(set(keys))


def test_two_ways_to_write_a_month_are_one_target_and_the_last_counts(folder: Path) -> None:
    told = cleaned(folder, "targets", [["2026-03", "李雷", "1"], ["2026年3月", "李雷", "2"]])
    assert told.rows.select(["period", "scope_kind", "target", "row"]).to_pylist() == [
        {"period": "2026-03", "scope_kind": "rep", "target": Decimal(2), "row": 3}
    ]
    assert told.left_out == {"same_key_again": 1}
    assert told.money_left_out["target"] == {"same_key_again": Decimal(1)}


def test_a_period_that_cannot_be_read_leaves_its_row_out_and_says_so(folder: Path) -> None:
    told = cleaned(folder, "targets", [["2026-03", "", "1"], ["soon", "李雷", "2"]])
    assert told.rows["scope_kind"].to_pylist() == ["company"]
    (problem,) = told.problems
    assert (problem.row, problem.value, problem.why) == (3, "soon", "unreadable_date")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("人员", "rep"),
        ("团队", "team"),
        ("部门名称", "team"),
        ("大区", "region"),
        ("Region", "region"),
        ("产品", "product"),
        ("渠道名称", "channel"),
        ("Salesperson", "rep"),
        ("客户分类", "customer_class"),
        ("", "rep"),
    ],
)
def test_whose_targets_they_are_is_told_by_the_columns_name(header: str, kind: str) -> None:
    assert scope_of(header) == kind


def test_a_row_left_out_for_its_period_is_left_out_of_its_own_currency(tmp_path: Path) -> None:
    lines = ["月份,负责人,目标,币种", "2026-03,李雷,5,USD", "soon,王芳,7,USD", "soon,李雷,2,CNY"]
    path = tmp_path / "targets.csv"
    path.write_text("\n".join(lines))
    (sheet,) = read(path, "targets.csv")
    mapping = {"period": 0, "scope_value": 1, "target": 2, "currency": 3}
    call = (sheet.rows, sheet.header, mapping, table("targets"), {}, {}, None, 2026)
    (told,) = tasks.clean_all([CleanTask(*call)])
    sums = {
        code: (one.money_in["target"], one.left_out["target"])
        for code, one in told.currencies.items()
    }
    assert sums == {
        "USD": (Decimal(12), {"unreadable_date": Decimal(7)}),
        "CNY": (Decimal(2), {"unreadable_date": Decimal(2)}),
    }
