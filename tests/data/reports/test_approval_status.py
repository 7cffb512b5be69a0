"""What its own firm has not approved counts in no figure, whichever status stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = ("Order ID", "Order Date", "Customer", "Amount")
DINGDAN = ("订单编号", "订单日期", "客户", "金额")
HETONG = ("合同编号", "签订日期", "客户", "合同金额")
HUIKUAN = ("回款编号", "回款日期", "客户", "回款金额")
AUFTRAG = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Nettobetrag")

OUT = [
    (DINGDAN, ("审批状态",), ("已审核",), ("反审核",), "orders"),
    (DINGDAN, ("订单状态", "审核状态"), ("已完成", "已审核"), ("已完成", "未审核"), "orders"),
    (DINGDAN, ("订单状态", "审批状态"), ("执行中", "审批通过"), ("执行中", "审批中"), "orders"),
    (DINGDAN, ("是否审核",), ("是",), ("否",), "orders"),
    (ORDERS, ("Status", "Approval Status"), ("Completed", "Approved"), ("Completed", "Rejected"),
     "orders"),
    (ORDERS, ("Approval Status",), ("Approved",), ("Pending approval",), "orders"),
    (AUFTRAG, ("Freigabestatus",), ("Freigegeben",), ("Abgelehnt",), "orders"),
    (HETONG, ("合同状态", "审批状态"), ("执行中", "已通过"), ("执行中", "审批中"), "contracts"),
    (HETONG, ("合同状态",), ("执行中",), ("反审核",), "contracts"),
    (HETONG, ("审核状态",), ("已审核",), ("已驳回",), "contracts"),
    (HUIKUAN, ("审批状态",), ("已通过",), ("已驳回",), "payments"),
    (HUIKUAN, ("回款状态", "审核状态"), ("已到账", "已审核"), ("已到账", "反审核"), "payments"),
]  # fmt: skip


def listed(
    header: Sequence[str], marks: Sequence[str], good: Sequence[str], bad: Sequence[str]
) -> Rows:
    return [
        [*header, *marks],
        ["R-1", "2026-03-21", "Alder", 100, *good],
        ["R-2", "2026-03-22", "Birch", 100, *bad],
        ["R-3", "2026-03-23", "Cedar", 100, *good],
    ]


def total(store: Store, table: str) -> Decimal:
    counted = "" if table == "payments" else "WHERE status IS DISTINCT FROM 'cancelled'"
    ((amount,),) = store.rows(f"SELECT coalesce(sum(amount), 0) FROM {table} {counted}")
    return Decimal(amount)


def asked(store: Store, name: str, content: bytes) -> list[str]:
    (draft,) = drafts_of(store, name, content)
    return [question.about for question in review.questions(draft, TODAY, store)]


@pytest.mark.parametrize(("header", "marks", "good", "bad", "table"), OUT)
def test_what_is_not_approved_does_not_count(
    store: Store,
    header: Sequence[str],
    marks: Sequence[str],
    good: Sequence[str],
    bad: Sequence[str],
    table: str,
) -> None:
    brought(store, "list.xlsx", as_xlsx(listed(header, marks, good, bad)))
    assert total(store, table) == 200


@pytest.mark.parametrize(("header", "marks", "good", "bad", "table"), OUT)
def test_what_is_approved_counts_unasked(
    store: Store,
    header: Sequence[str],
    marks: Sequence[str],
    good: Sequence[str],
    bad: Sequence[str],
    table: str,
) -> None:
    assert bad != good
    brought(store, "list.csv", as_csv(listed(header, marks, good, good)))
    assert total(store, table) == 300


@pytest.mark.parametrize(
    ("header", "marks", "good", "bad", "table"),
    [
        (DINGDAN, ("订单状态", "审批状态"), ("已完成", "审批通过"), ("已完成", "变更中"), "orders"),
        (DINGDAN, ("审核状态",), ("已审核",), ("会签中",), "orders"),
        (ORDERS, ("Approval Status",), ("Approved",), ("Escalated",), "orders"),
        (AUFTRAG, ("Freigabestatus",), ("Freigegeben",), ("Gesperrt",), "orders"),
        (HETONG, ("审批状态",), ("已通过",), ("加签中",), "contracts"),
        (HUIKUAN, ("审核状态",), ("已审核",), ("待补资料",), "payments"),
    ],
)  # fmt: skip
def test_an_unknown_word_of_approval_is_asked_about(
    store: Store,
    header: Sequence[str],
    marks: Sequence[str],
    good: Sequence[str],
    bad: Sequence[str],
    table: str,
) -> None:
    content = as_csv(listed(header, marks, good, bad))
    assert asked(store, "list.csv", content) == [bad[-1]]
    brought(store, "list.csv", content, {f"status/word/{bad[-1]}": "cancelled"})
    assert total(store, table) == 200


@pytest.mark.parametrize("word", ["反审核", "未审核", "暂存", "审批中"])
def test_a_document_not_approved_beside_the_status_is_asked_about(store: Store, word: str) -> None:
    marks, good, bad = ("订单状态", "单据状态"), ("已完成", "已审核"), ("已完成", word)
    content = as_csv(listed(DINGDAN, marks, good, bad))
    assert any(word in about for about in asked(store, "list.csv", content))


def test_an_order_that_is_not_approved_any_more_counts_no_more(store: Store) -> None:
    marks, good = ("订单状态", "审核状态"), ("已完成", "已审核")
    brought(store, "3月.csv", as_csv(listed(DINGDAN, marks, good, good)))
    brought(store, "3月新.csv", as_csv(listed(DINGDAN, marks, good, ("已完成", "反审核"))))
    assert total(store, "orders") == 200
