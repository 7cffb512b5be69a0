"""Orders with a line for each rep and a share each, and receipts on a line for each order paid."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

EN = ("Order ID", "Order Date", "Customer", "Sales Rep", "Split %", "Amount")
ZH = ("订单号", "下单日期", "客户", "销售", "业绩分成比例", "订单金额")
DE = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Anteil", "Betrag")
CREDIT = ("Order ID", "Order Date", "Customer", "Owner", "Credit Split", "Revenue")


def of_reps(store: Store) -> dict[str, Decimal]:
    rows = store.rows("SELECT rep, sum(amount) FROM orders GROUP BY ALL")
    return {rep: Decimal(amount) for rep, amount in rows}


def lines(header: tuple[str, ...], first: tuple[object, ...], amounts: tuple[int, ...]) -> Rows:
    """Return an order of 1,000 in two lines, 600 of it Tom's, and one of 500, all Tom's."""
    tom, ann = first
    whole = "100%" if isinstance(tom, str) else 1 if tom < 1 else 100
    return [
        header,
        ("P1", "2026-03-02", "Alder", "Tom", tom, amounts[0]),
        ("P1", "2026-03-02", "Alder", "Ann", ann, amounts[1]),
        ("P2", "2026-03-13", "Birch", "Tom", whole, 500),
    ]


SHARES = [
    pytest.param(EN, ("60%", "40%"), id="percent"),
    pytest.param(EN, (60, 40), id="hundredths"),
    pytest.param(ZH, ("60%", "40%"), id="chinese"),
    pytest.param(ZH, (0.6, 0.4), id="chinese-of-one"),
    pytest.param(DE, (60, 40), id="german"),
    pytest.param(CREDIT, (0.6, 0.4), id="credit-split"),
]


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("header", "first"), SHARES)
def test_a_rep_has_the_share_of_an_order_that_stands_on_her_line(
    store: Store, header: tuple[str, ...], first: tuple[object, ...], write
) -> None:
    content = write(lines(header, first, (1000, 1000)))
    (draft,) = drafts_of(store, "orders.dat", content)
    assert asked(store, draft) == []
    assert draft.sheet is not None
    assert "credit_lines" in [note.code for note in draft.sheet.notes]
    brought(store, "orders.dat", content)
    assert of_reps(store) == {"Tom": 1100, "Ann": 400}
    assert store.rows("SELECT count(*) FROM orders WHERE discount IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(("header", "first"), SHARES)
def test_amounts_that_are_shared_already_stay(
    store: Store, header: tuple[str, ...], first: tuple[object, ...]
) -> None:
    content = as_csv(lines(header, first, (600, 400)))
    assert brought(store, "orders.csv", content).error is None
    assert of_reps(store) == {"Tom": 1100, "Ann": 400}


HALVES = [("Amount", 2500), ("Amount × Split %", 1500)]


@pytest.mark.parametrize(("answer", "right"), HALVES)
def test_two_halves_of_one_size_are_asked_about(store: Store, answer: str, right: int) -> None:
    content = as_csv(lines(EN, ("50%", "50%"), (1000, 1000)))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == ["amount/column"]
    brought(store, "orders.csv", content, {"amount/column": answer})
    assert sales(store) == right


RECEIPTS = [
    pytest.param(("收款单号", "收款日期", "客户", "收款金额", "核销单号", "核销金额"), id="erp"),
    pytest.param(("回款编号", "回款日期", "客户", "回款金额", "订单号", "本次核销金额"), id="crm"),
    pytest.param(("Receipt No", "Receipt Date", "Customer", "Receipt Amount", "Invoice No",
                  "Applied Amount"), id="applied"),
    pytest.param(("Payment ID", "Payment Date", "Customer", "Amount", "Order ID",
                  "Amount Allocated"), id="allocated"),
    pytest.param(("Payment ID", "Payment Date", "Customer", "Payment Amount", "Invoice Number",
                  "Amount Paid"), id="paid"),
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize("header", RECEIPTS)
def test_a_receipt_for_several_orders_counts_once(
    store: Store, header: tuple[str, ...], write
) -> None:
    rows = [
        header,
        ("H1", "2026-03-02", "Alder", 1000, "S1", 400),
        ("H1", "2026-03-02", "Alder", 1000, "S2", 600),
        ("H2", "2026-03-13", "Birch", 500, "S3", 500),
    ]
    assert brought(store, "receipts.dat", write(rows)).error is None
    paid = store.rows("SELECT order_id, sum(amount) FROM payments GROUP BY ALL ORDER BY ALL")
    assert paid == [("S1", 400), ("S2", 600), ("S3", 500)]


@pytest.mark.parametrize(("answer", "right"), [("1 × 收款金额", 1500), ("收款金额", 3000)])
def test_receipts_that_repeat_without_a_part_are_asked_about(
    store: Store, answer: str, right: int
) -> None:
    rows = [
        ("收款单号", "收款日期", "客户", "收款金额", "订单号"),
        ("H1", "2026-03-02", "Alder", 1000, "S1"),
        ("H1", "2026-03-02", "Alder", 1000, "S2"),
        ("H2", "2026-03-13", "Birch", 500, "S3"),
        ("H2", "2026-03-13", "Birch", 500, "S4"),
    ]
    (draft,) = drafts_of(store, "收款.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/column"]
    brought(store, "收款.csv", as_csv(rows), {"amount/column": answer})
    assert store.rows("SELECT sum(amount) FROM payments") == [(right,)]
