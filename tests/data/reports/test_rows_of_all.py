"""Rows of a pivot table or a BI export that stand for all, and subtotals at every level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pyarrow as pa
import pytest

from data.layout.totals import total_rows
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

ORDER = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ONE = ["SO-1", "2026-03-02", "Alder", "Ann Vale", "120"]
TWO = ["SO-2", "2026-03-09", "Birch", "Bo Reed", "260.5"]
THREE = ["SO-3", "2026-03-16", "Cedar", "Ann Vale", "75"]
ALL = "455.5"  # 120 + 260.5 + 75
LEVELS = ["Order ID", "Order Date", "Region", "Sales Rep", "Customer", "Amount"]
# North: Ann 380, Bo 385: 765. South: Cy 1,044, Di 60: 1,104. Together 1,869.
NORTH = {
    "Ann": [["SO-1", "2026-03-02", "North", "Ann", "Alder", "120"],
            ["SO-2", "2026-03-03", "North", "Ann", "Birch", "260"]],
    "Bo": [["SO-3", "2026-03-04", "North", "Bo", "Cedar", "75"],
           ["SO-4", "2026-03-09", "North", "Bo", "Alder", "310"]],
}  # fmt: skip
SOUTH = {
    "Cy": [["SO-5", "2026-03-16", "South", "Cy", "Dorn", "1000"],
           ["SO-6", "2026-03-16", "South", "Cy", "Cedar", "44"]],
    "Di": [["SO-7", "2026-03-17", "South", "Di", "Cedar", "60"]],
}  # fmt: skip
SUMS = {"Ann": "380", "Bo": "385", "Cy": "1044", "Di": "60", "North": "765", "South": "1104"}

WORDS = ["(all)", "All", "All customers", "Alle", "(Alle)", "Total general", "Overall", "Tous",
         "(Todos)", "Insgesamt", "全部", "全部客户", "整体", "[All Values]"]  # fmt: skip


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize("word", WORDS)
def test_a_row_of_all_with_every_cell_filled_is_no_order(
    store: Store, word: str, write: Callable[[Rows], bytes], suffix: str
) -> None:
    rows = [ORDER, ONE, TWO, THREE, ["SO-4", "2026-03-31", word, "Ann Vale", ALL]]
    result = brought(store, f"orders.{suffix}", write(rows))
    assert sales(store) == Decimal(ALL)
    assert result.rows_kept == 3


@pytest.mark.parametrize("row", [
    pytest.param([None, "2026-03-31", "(all)", "(all)", ALL], id="dated"),
    pytest.param(["SO-0", "2026-03-01", "全部客户", "Ann Vale", ALL], id="filled"),
    pytest.param([None, None, None, "Overall", ALL], id="rep"),
])  # fmt: skip
def test_a_row_of_all_directly_below_the_header_is_no_order(store: Store, row: list[str]) -> None:
    brought(store, "orders.csv", as_csv([ORDER, row, ONE, TWO, THREE]))
    assert sales(store) == Decimal(ALL)


def nested(rep: Sequence[str | None], region: Sequence[str | None], before: bool) -> Rows:
    """Return the rows of two regions with a subtotal a rep and a region, worded by the rows given.

    REGION and REP in a cell stand for the names of the group.
    """
    out: list[list[str | None]] = [list(LEVELS)]
    for name, reps in (("North", NORTH), ("South", SOUTH)):
        inner: list[list[str | None]] = []
        for who, lines in reps.items():
            names = {"REGION": name, "REP": who}
            total = [*(names.get(cell or "", cell) for cell in rep), SUMS[who]]
            records: list[list[str | None]] = [[*line] for line in lines]
            inner += [total, *records] if before else [*records, total]
        total = [*({"REGION": name}.get(cell or "", cell) for cell in region), SUMS[name]]
        out += [total, *inner] if before else [*inner, total]
    return out


SHAPES = [
    pytest.param([None, None, "REGION", "REP", None], [None, None, "REGION", None, None],
                 id="named"),
    pytest.param([None, None, None, "REP", None], [None, None, "REGION", None, None],
                 id="named-alone"),
    pytest.param([None, "2026-03-31", "REGION", "REP", None],
                 [None, "2026-03-31", "REGION", None, None], id="dated"),
    pytest.param([None, None, "REGION", "REP", "(all)"], [None, None, "REGION", "(all)", "(all)"],
                 id="all"),
    pytest.param(["T", "2026-03-31", "REGION", "REP", "(all)"],
                 ["T", "2026-03-31", "REGION", "(all)", "(all)"], id="all-filled"),
    pytest.param(["T", "2026-03-31", "REGION", "REP", "全部客户"],
                 ["T", "2026-03-31", "REGION", "全部", "全部客户"], id="chinese-filled"),
]  # fmt: skip
GRAND = [
    pytest.param([], id="none"),
    pytest.param([["Total", None, None, None, None, "1869"]], id="total"),
    pytest.param([[None, "2026-03-31", "(all)", "(all)", "(all)", "1869"]], id="all"),
]


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("grand", GRAND)
@pytest.mark.parametrize(("rep", "region"), SHAPES)
def test_subtotals_of_subtotals_are_no_orders(
    store: Store, rep: list[str], region: list[str], grand: Rows, before: bool
) -> None:
    result = brought(store, "orders.csv", as_csv([*nested(rep, region, before), *grand]))
    assert sales(store) == Decimal(1869)
    assert result.rows_kept == 7


@pytest.mark.parametrize("label", ["Tagessumme", "Total du jour", "日小计", "Daily total",
                                   "Somme du jour", "当日合计金额"])  # fmt: skip
@pytest.mark.parametrize("cells", [
    pytest.param([None, "2026-03-31", "LABEL", None], id="dated"),
    pytest.param(["SO-4", "2026-03-31", "LABEL", "Ann Vale"], id="filled"),
])  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_the_total_of_a_day_is_no_order(
    store: Store, label: str, cells: list[str | None], first: bool
) -> None:
    total: Sequence[object] = [*(label if cell == "LABEL" else cell for cell in cells), ALL]
    rows: Rows = [total, ONE, TWO, THREE] if first else [ONE, TWO, THREE, total]
    brought(store, "orders.csv", as_csv([ORDER, *rows]))
    assert sales(store) == Decimal(ALL)


RECORDS = [
    pytest.param(["SO-4", "2026-03-31", "All Saints", "Ann Vale", ALL], id="a-name"),
    pytest.param(["SO-4", "2026-03-31", "Alder", "Ann Vale", ALL], id="the-sum-by-chance"),
    pytest.param(["SO-4", "2026-03-31", "全部体育用品公司", "Ann Vale", ALL], id="chinese-name"),
    pytest.param(["SO-4", "2026-03-31", "Ensemble Studios", "Ann Vale", ALL], id="a-band"),
    pytest.param(["SO-4", "2026-03-31", "Total by Verizon", "Ann Vale", "300"], id="no-sum"),
    pytest.param(["SO-4", "2026-03-31", "全部", "Ann Vale", "300"], id="all-but-no-sum"),
]  # fmt: skip


@pytest.mark.parametrize("row", RECORDS)
def test_an_order_stays_whatever_it_adds_up_to(store: Store, row: list[str]) -> None:
    brought(store, "orders.csv", as_csv([ORDER, ONE, TWO, THREE, row]))
    assert sales(store) == Decimal(ALL) + Decimal(row[-1])


def test_an_order_for_all_channels_stays_beside_others_of_its_kind(store: Store) -> None:
    """One of three is a sum by chance."""
    header = ["Order ID", "Order Date", "Customer", "Channel", "Amount"]
    rows = [["SO-1", "2026-03-02", "Alder", "Web", "100"],
            ["SO-2", "2026-03-03", "Birch", "Shop", "200"],
            ["SO-3", "2026-03-04", "Cedar", "All", "300"],
            ["SO-4", "2026-03-05", "Dorn", "All", "170"],
            ["SO-5", "2026-03-06", "Elm", "All", "90"]]  # fmt: skip
    brought(store, "orders.csv", as_csv([header, *rows]))
    assert sales(store) == Decimal(860)


@pytest.mark.parametrize("subtotal", [
    pytest.param((None, "2026-03-31", "Rep {}", None), id="dated"),
    pytest.param((None, None, None, None), id="bare"),
    pytest.param(("T-{}", "2026-03-31", "Rep {}", "(all)"), id="all"),
    pytest.param(("T-{}", "2026-03-31", "Rep {} 小计", "Alder"), id="labelled"),
])  # fmt: skip
def test_subtotals_of_a_long_table_are_found(subtotal: tuple[str | None, ...]) -> None:
    """Each group has 20,010 rows of 1.25, 2.25 … 10.25 in turn: 115,057.50."""
    cells: list[tuple[str | None, ...]] = []
    for group in range(6):
        cells += [(f"SO-{group}-{at}", "2026-03-02", f"Rep {group}", f"C{at % 7}",
                   f"{at % 10 + 1}.25") for at in range(20_010)]  # fmt: skip
        cells.append((*(text and text.format(group) for text in subtotal), "115057.50"))
    columns = zip(*cells, strict=True)
    table = pa.table({str(at): pa.array(column, pa.string()) for at, column in enumerate(columns)})
    assert total_rows(table, [1, 4]) == [20_010 + 20_011 * group for group in range(6)]
