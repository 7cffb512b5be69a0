"""Headings such as Returns, 退货 or Cancelled above a block of rows that have no minus."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ORDER = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
DINGDAN = ["订单编号", "下单日期", "客户", "业务员", "金额"]
SOLD = [["SO-1", "2026-03-02", "Alder", "Ann Vale", "120"],
        ["SO-2", "2026-03-09", "Birch", "Bo Reed", "260"],
        ["SO-3", "2026-03-16", "Cedar", "Ann Vale", "75"]]  # fmt: skip
BELOW = [["CR-1", "2026-03-20", "Alder", "Ann Vale", "20"],
         ["CR-2", "2026-03-21", "Birch", "Bo Reed", "60"]]  # fmt: skip
# Sold 455, in the block below 80.
TITLES = ["Returns", "Credit notes", "Gutschriften", "Retouren:", "Avoirs", "Devoluciones",
          "II. Returns", "--- Refunds (2 orders) ---", "退货", "二、销售退回"]  # fmt: skip


def alone(text: str, at: int = 0) -> list[object]:
    row: list[object] = [None] * 5
    row[at] = text
    return row


def header_for(title: str) -> list[str]:
    return ORDER if title.isascii() or title in ("Avoirs",) else DINGDAN


def net(store: Store) -> Decimal:
    return sales(store, "status IS DISTINCT FROM 'returned'") - abs(
        sales(store, "status = 'returned'")
    )


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("shape", ["directly", "after-a-gap", "with-a-header", "both", "totals",
                                   "other-column"])  # fmt: skip
def test_rows_below_a_heading_of_returns_take_back(store: Store, title: str, shape: str) -> None:
    header = header_for(title)
    first = alone("销售" if header is DINGDAN else "Sales")
    rows: dict[str, Rows] = {
        "directly": [header, *SOLD, alone(title), *BELOW],
        "after-a-gap": [header, *SOLD, [], alone(title), *BELOW],
        "with-a-header": [header, *SOLD, [], alone(title), header, *BELOW],
        "both": [header, first, *SOLD, alone(title), *BELOW],
        "totals": [header, *SOLD, ["Total", None, None, None, "455"], alone(title), *BELOW,
                   ["Total", None, None, None, "80"]],
        "other-column": [header, *SOLD, alone(title, 2), *BELOW],
    }  # fmt: skip
    result = brought(store, "orders.csv", as_csv(rows[shape]))
    assert result.error is None
    assert result.rows_kept == 5
    assert net(store) == 375


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize("title", ["已取消", "取消的订单", "Cancelled", "Void", "Storniert"])
def test_rows_below_a_heading_of_cancelled_orders_do_not_count(
    store: Store, title: str, write: Callable[[Rows], bytes], suffix: str
) -> None:
    rows: Rows = [header_for(title), *SOLD, alone(title), *BELOW]
    name = f"orders.{suffix}"
    (draft,) = drafts_of(store, name, write(rows))
    assert draft.sheet
    status = draft.sheet.header[-1]
    if keys := asked(store, draft):
        assert all(key.startswith("status") for key in keys)
    else:
        brought(store, name, write(rows))
        assert status in ("Status", "订单状态")
        assert sales(store) == 455


@pytest.mark.parametrize(("first", "second"), [
    ("Region: North", "Region: South"), ("North", "South"), ("华东", "华南"),
    ("Rep: Ann", "Rep: Bo"), ("业务员：张三", "业务员：李四"), ("North (3)", "South (2)"),
])  # fmt: skip
def test_headings_of_regions_and_reps_change_no_figure(
    store: Store, first: str, second: str
) -> None:
    rows: Rows = [ORDER, alone(first), *SOLD, alone(second), *BELOW]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == 535
    assert store.rows("SELECT count(*) FROM orders") == [(5,)]


def test_a_section_that_nobody_knows_below_returns_is_asked_about(store: Store) -> None:
    more = ["SO-9", "2026-03-28", "Dorn", "Bo Reed", "40"]
    rows: Rows = [ORDER, *SOLD, alone("Returns"), *BELOW, alone("Zebra"), more]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert draft.sheet
    assert draft.sheet.rows.column(5).to_pylist() == [None] * 3 + ["Returns"] * 2 + ["Zebra"]
    assert asked(store, draft)


def test_a_line_about_returns_at_the_end_is_no_heading(store: Store) -> None:
    brought(store, "orders.csv", as_csv([ORDER, *SOLD, alone("Returns within 30 days")]))
    assert sales(store) == 455
