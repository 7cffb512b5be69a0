"""Numbers of a sheet's rows are no numbers of an order's lines: the next file has others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = [("SO2", 2000), ("SO3", 3000), ("SO4", 4000), ("SO5", 5000)]


def numbered(header: list[str], orders: list[tuple[str, int]], start: int = 1) -> Rows:
    days = [f"2026-03-{day:02}" for day in range(2, 30)]
    return [
        header,
        *([n, days[n], order, f"Customer {order}", amount]
          for n, (order, amount) in enumerate(orders, start)),
    ]  # fmt: skip


ZH = ["序号", "单据日期", "单据编号", "客户名称", "金额"]
EN = ["Line", "Order Date", "Order No", "Customer", "Amount"]
NO = ["行号", "下单日期", "订单号", "客户", "订单金额"]
DE = ["Position", "Auftragsdatum", "Auftragsnummer", "Kunde", "Betrag"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("header", [ZH, EN, NO, DE])
@pytest.mark.parametrize("start", [0, 1])
def test_an_order_more_on_top_changes_no_other_order(
    store: Store, header: list[str], suffix: str, start: int
) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    brought(store, f"first.{suffix}", made(numbered(header, ORDERS, start)))
    result = brought(
        store, f"second.{suffix}", made(numbered(header, [("SO1", 500), *ORDERS], start))
    )
    assert sales(store) == Decimal(14_500)
    assert result.landed is not None and result.landed.new == 1


@pytest.mark.parametrize(
    "numbers",
    [
        [1, 2, 1, 1],
        [10, 20, 10, 10],
        ["000010", "000020", "000010", "000010"],
        # Numbers that a system gave to lines stay theirs.
        [88001, 88002, 88007, 88012],
    ],
)
def test_numbers_of_lines_stay(store: Store, numbers: list[object]) -> None:
    rows = [
        ["Line", "Order Date", "Order No", "Customer", "Amount"],
        *([number, "2026-03-02", order, "Alder", 100]
          for number, order in zip(numbers, ["A1", "A1", "A2", "A3"], strict=True)),
    ]  # fmt: skip
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert draft.sheet is not None
    assert "running_numbers" not in [note.code for note in draft.sheet.notes]


def test_one_order_with_lines_1_2_3_has_numbers_of_lines(store: Store) -> None:
    rows = [
        ["Line", "Order Date", "Order No", "Customer", "Amount"],
        *([n, "2026-03-02", "A1", "Alder", 100] for n in (1, 2, 3)),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert "line_no" in draft.mapping
