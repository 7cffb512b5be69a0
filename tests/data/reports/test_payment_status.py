"""Money that did not come in, or went back, is no collection: failed, refunded, declined."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

Made = Callable[[Rows], bytes]

pytestmark = pytest.mark.usefixtures("inline")

STATUSES = [
    ("Payment ID", "Payment Date", "Status", "Paid", "Failed"),
    ("Payment ID", "Payment Date", "Status", "succeeded", "Refunded"),
    ("Payment No", "Paid on", "Payment Status", "Completed", "Declined"),
    ("回款编号", "回款日期", "状态", "已到账", "已退款"),
    ("收款编号", "收款日期", "收款状态", "成功", "支付失败"),
    ("Receipt No", "Receipt Date", "Status", "Cleared", "Reversed"),
]


@pytest.mark.parametrize(("number", "day", "status", "good", "bad"), STATUSES)
def test_failed_and_refunded_payments_are_left_out_with_their_reason(
    store: Store, number: str, day: str, status: str, good: str, bad: str
) -> None:
    rows = [
        [number, day, "Customer", "Amount", status],
        ["ch_1", "2026-03-02", "Alder", 100, good],
        ["ch_2", "2026-03-05", "Birch", 50, bad],
        ["ch_3", "2026-03-06", "Cedar", 25, good],
    ]
    result = brought(store, "payments.csv", as_csv(rows))
    assert result.left_out == {"record_void": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(125),)]


PENDING = [
    ("Payment ID", "Payment Date", "Status", "Cleared", "Pending"),
    ("Payment ID", "Payment Date", "Payment Status", "received", "In transit"),
    ("回款编号", "回款日期", "回款状态", "已到账", "未到账"),
    ("收款编号", "收款日期", "到账状态", "已到账", "审批中"),
    ("回款编号", "回款日期", "状态", "已到账", "待确认"),
    ("Payment ID", "Payment Date", "Zahlungsstatus", "bezahlt", "ausstehend"),
    ("Payment ID", "Payment Date", "Status", "payé", "en attente"),
]


@pytest.mark.parametrize(("number", "day", "status", "good", "bad"), PENDING)
@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_money_that_is_still_to_come_is_left_out_as_such(
    store: Store, number: str, day: str, status: str, good: str, bad: str, made: Made
) -> None:
    rows = [
        [number, day, "Customer", "Amount", status],
        ["ch_1", "2026-03-02", "Alder", 100, good],
        ["ch_2", "2026-03-05", "Birch", 50, bad],
        ["ch_3", "2026-03-06", "Cedar", 25, good],
    ]
    name = "payments.csv" if made is as_csv else "payments.xlsx"
    result = brought(store, name, made(rows))
    assert result.left_out == {"record_pending": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(125),)]


GONE = [
    ("Status", "Cleared", "Bounced"),
    ("Status", "Cleared", "NSF"),
    ("回款状态", "已到账", "退票"),
    ("Method", "Bank transfer", "Chargeback"),
    ("Payment Method", "Card", "Write-off"),
    ("Payment Method", "Card", "Credit note applied"),
    ("收款方式", "银行转账", "坏账核销"),
    ("Zahlungsart", "Überweisung", "Gutschrift"),
]


@pytest.mark.parametrize(("header", "good", "bad"), GONE)
def test_what_no_money_came_in_by_is_no_collection(
    store: Store, header: str, good: str, bad: str
) -> None:
    rows = [
        ["Payment ID", "Payment Date", "Customer", "Amount", header],
        ["ch_1", "2026-03-02", "Alder", 100, good],
        ["ch_2", "2026-03-05", "Birch", 50, bad],
    ]
    result = brought(store, "payments.csv", as_csv(rows))
    assert result.left_out == {"record_void": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(100),)]


@pytest.mark.parametrize("kind", ["Payment to supplier", "Vendor payment", "供应商付款"])
def test_what_suppliers_were_paid_is_no_collection(store: Store, kind: str) -> None:
    rows = [
        ["Payment ID", "Payment Date", "Customer", "Amount", "Type"],
        ["P1", "2026-03-02", "Alder", 100, "Receipt"],
        ["P2", "2026-03-05", "Birch", 70, kind],
    ]
    result = brought(store, "payments.csv", as_csv(rows))
    assert result.left_out == {"not_a_sale": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(100),)]


UNKNOWN = [
    ("Payment ID", "Payment Date", "Status", "Cleared", "Queued"),
    ("Payment No", "Paid on", "Payment Status", "Completed", "Stage 2"),
    ("Receipt No", "Receipt Date", "Settlement Status", "settled", "Parked"),
    ("回款编号", "回款日期", "状态", "已入账", "挂起"),
    ("收款编号", "收款日期", "收款单状态", "已到账", "待认领"),
    ("Payment ID", "Payment Date", "Zahlungsstatus", "gebucht", "zurückgestellt"),
    ("Payment ID", "Payment Date", "Statut", "encaissé", "mis de côté"),
]


@pytest.mark.parametrize(("number", "day", "status", "good", "odd"), UNKNOWN)
@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_a_status_that_nobody_knows_is_asked_before_it_counts(
    store: Store, number: str, day: str, status: str, good: str, odd: str, made: Made
) -> None:
    rows = [
        [number, day, "Customer", "Amount", status],
        ["ch_1", "2026-03-02", "Alder", 100, good],
        ["ch_2", "2026-03-05", "Birch", 50, odd],
        ["ch_3", "2026-03-06", "Cedar", 25, good],
    ]
    name = "payments.csv" if made is as_csv else "payments.xlsx"
    (draft,) = drafts_of(store, name, made(rows))
    (question,) = review.questions(draft, TODAY, store)
    assert question.key == f"status/word/{odd}"
    assert question.options == ("valid", "cancelled")
    ((text, worth),) = question.samples
    assert (text, [Decimal(each) for each in worth]) == (odd, [Decimal(50), Decimal(0)])
    refused = brought(store, name, made(rows))
    assert refused.error is not None and refused.error.code == "questions_open"
    result = brought(store, name, made(rows), {question.key: "cancelled"})
    assert result.left_out == {"record_void": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(125),)]
    # The next file of the shape is read alike.
    rows[2][0] = "ch_4"
    (draft,) = drafts_of(store, name, made(rows))
    assert asked(store, draft) == []


@pytest.mark.parametrize("answer", ["valid", "cancelled"])
def test_many_unknown_statuses_are_asked_about_at_once(store: Store, answer: str) -> None:
    rows = [["Payment ID", "Payment Date", "Customer", "Amount", "Status"]]
    rows += [[f"P{at}", "2026-03-02", "Alder", "10", f"Code {at}"] for at in range(20)]
    rows.append(["P99", "2026-03-03", "Birch", "7", "Paid"])
    (draft,) = drafts_of(store, "payments.csv", as_csv(rows))
    assert asked(store, draft) == ["status/word/*"]
    brought(store, "payments.csv", as_csv(rows), {"status/word/*": answer})
    wanted = Decimal(207 if answer == "valid" else 7)
    assert store.rows("SELECT sum(amount) FROM payments") == [(wanted,)]


@pytest.mark.parametrize(
    ("status", "counts"),
    [("Failed - no funds", False), ("Completed (settled)", True), ("Cancelled / refunded", False),
     ("已作废（重复）", False), ("Authorized", False), ("", True), ("-", True)],
)  # fmt: skip
def test_a_status_is_read_by_its_parts(store: Store, status: str, counts: bool) -> None:
    rows = [
        ["Payment ID", "Payment Date", "Customer", "Amount", "Status"],
        ["P1", "2026-03-02", "Alder", 100, "Paid"],
        ["P2", "2026-03-05", "Birch", 50, status],
    ]
    result = brought(store, "payments.csv", as_csv(rows))
    assert result.error is None
    assert result.rows_kept == (2 if counts else 1)


@pytest.mark.parametrize(
    "words",
    [("Paid", "Partially paid", "Unapplied"), ("Reconciled", "Posted", "Deposited"),
     ("已核销", "部分核销", "已入账"), ("已审核", "正常", "已认领"),
     ("bezahlt", "gebucht", "eingegangen"),
     ("cobrado", "conciliado", "recibido")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_known_statuses_of_money_that_came_in_are_not_asked_about(
    store: Store, words: tuple[str, ...]
) -> None:
    rows = [["Payment ID", "Payment Date", "Customer", "Amount", "Status"]]
    rows += [[f"P{at}", "2026-03-02", "Alder", "10", word] for at, word in enumerate(words)]
    assert brought(store, "payments.csv", as_csv(rows)).rows_kept == len(words)
