"""Rows that have the sums of the rows next to them, group by group, with every cell filled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.staging.group_sums import sum_rows
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

KEY = "amount/rows/sums"
EN = ["Region", "Sales Rep", "Customer", "Order Date", "Amount"]
ZH = ["区域", "销售员", "客户", "订单日期", "金额"]
DE = ["Region", "Vertriebsmitarbeiter", "Kunde", "Bestelldatum", "Betrag"]
GROUPS: list[Rows] = [
    [["North", "Ann", "Alder", "2026-03-01", 100], ["North", "Ann", "Birch", "2026-03-02", 250.5],
     ["North", "Bo", "Cedar", "2026-03-05", 75]],
    [["South", "Cy", "Dorn", "2026-03-01", 310], ["South", "Cy", "Elm", "2026-03-03", 45]],
    [["West", "Di", "Fir", "2026-03-04", 500], ["West", "Ed", "Gum", "2026-03-06", 125]],
]  # fmt: skip  # 1,405.50


def total(group: Rows, like: int) -> list[object]:
    return [*group[like][:4], sum(Decimal(str(row[4])) for row in group)]


def below(groups: list[Rows], like: int = 0) -> Rows:
    return [row for group in groups for row in (*group, total(group, like))]


def above(groups: list[Rows]) -> Rows:
    return [row for group in groups for row in (total(group, 0), *group)]


def and_all(groups: list[Rows]) -> Rows:
    return [*below(groups), total([row for group in groups for row in group], 0)]


def like_the_last(groups: list[Rows]) -> Rows:
    return below(groups, -1)


def and_a_single_one(groups: list[Rows]) -> Rows:
    return below([*groups, [["East", "Flo", "Hazel", "2026-03-07", 80]]])


SHAPES = [(below, 3, 0), (above, 3, 0), (like_the_last, 3, 0), (and_all, 4, 0),
          (and_a_single_one, 4, 80)]  # fmt: skip


@pytest.mark.parametrize("header", [EN, ZH, DE])
@pytest.mark.parametrize(("shape", "sums", "more"), SHAPES)
def test_sums_of_groups_with_every_cell_filled_are_asked_about(
    store: Store, header: Rows, shape: Callable[[list[Rows]], Rows], sums: int, more: int
) -> None:
    content = as_csv([header, *([str(cell) for cell in row] for row in shape(GROUPS))])
    (draft,) = drafts_of(store, "sales.csv", content)
    assert KEY in asked(store, draft)
    result = brought(store, "sales.csv", content, {KEY: "out", "amount": "."})
    assert sales(store) == Decimal("1405.5") + more
    assert result.left_out == {"not_counted": sums}


def test_they_count_where_the_user_says_so(store: Store) -> None:
    brought(store, "sales.xlsx", as_xlsx([EN, *plain(below(GROUPS))]), {KEY: "count"})
    assert sales(store) == Decimal(2811)


def plain(rows: Rows) -> Rows:
    return [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in rows]


RECORDS = [
    pytest.param([100, 250, 75, 425, 310, 45, 80, 500, 125, 60], id="one-sum-by-chance"),
    pytest.param([100] * 12, id="all-the-same"),
    pytest.param([50, 50, 70, 70, 20, 20, 90, 90], id="pairs"),
    pytest.param([100, -100, 50, -50, 70, -70, 20, -20], id="taken-back"),
    pytest.param([10, 20, 30, 40, 50, 90], id="two-small-groups"),
    pytest.param([100, 250, 350, 310, 45, 355, 60, 65, 126, 7, 8], id="a-group-that-differs"),
]


@pytest.mark.parametrize("amounts", RECORDS)
def test_records_are_no_sums(store: Store, amounts: list[int]) -> None:
    rows = [["R", "Ann", f"Firm {at}", "2026-03-05", one] for at, one in enumerate(amounts)]
    (draft,) = drafts_of(store, "sales.xlsx", as_xlsx([EN, *rows]))
    assert KEY not in asked(store, draft)


@pytest.mark.parametrize(
    ("figures", "places"),
    [([1, 2, 3, 4, 5, 9, 6, 7, 13], (2, 5, 8)), ([3, 1, 2, 9, 4, 5, 13, 6, 7], (0, 3, 6)),
     ([1, 2, 3, 4, 5, 9, 6, 7, 13, 25], (2, 5, 8, 9)), ([], ()), ([7], ()), ([0] * 9, ())],
)  # fmt: skip
def test_places_of_sums(figures: list[int], places: tuple[int, ...]) -> None:
    assert sum_rows(figures) == places
