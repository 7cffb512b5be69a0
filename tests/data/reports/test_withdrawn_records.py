"""A record that counted and is void, bounced or not approved in a newer export counts no more."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import history
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

PAYMENTS = ("Payment ID", "Payment Date", "Customer", "Amount")
EINGANG = ("Zahlungs-ID", "Zahlungsdatum", "Kunde", "Betrag")
HUIKUAN = ("回款编号", "回款日期", "客户名称", "回款金额")
DINGDAN = ("销售订单编号", "下单日期", "客户名称", "销售订单金额")
CASES = [
    pytest.param(PAYMENTS, "Status", "Completed", "Bounced", "payments", id="bounced"),
    pytest.param(PAYMENTS, "Status", "succeeded", "Refunded", "payments", id="refunded"),
    pytest.param(PAYMENTS, "Status", "Cleared", "Pending", "payments", id="pending again"),
    pytest.param(HUIKUAN, "状态", "已到账", "已作废", "payments", id="作废"),
    pytest.param(HUIKUAN, "回款状态", "已到账", "审批中", "payments", id="审批中"),
    pytest.param(
        DINGDAN, "生命状态", "正常", "审核中", "orders",
        id="order not in force",
    ),
    pytest.param(
        DINGDAN, "生命状态", "正常", "未生效", "orders",
        id="order not yet in force",
    ),
    pytest.param(
        ("合同编号", "签订日期", "客户名称", "合同金额"), "生命状态", "正常", "审核中", "contracts",
        id="contract not in force",
    ),
]  # fmt: skip


def export(header: tuple[str, ...], status: str, first: str, second: str) -> Rows:
    return [
        [*header, status],
        ["R-1", "2026-03-02", "Alder", 100, first],
        ["R-2", "2026-03-03", "Birch", 200, second],
        ["R-3", "2026-03-04", "Cedar", 400, second],
    ]


def total(store: Store, table: str) -> Decimal:
    ((amount,),) = store.rows(f'SELECT coalesce(sum(amount), 0) FROM "{table}"')
    return Decimal(amount)


@pytest.mark.parametrize(("header", "status", "good", "bad", "table"), CASES)
@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_what_a_newer_export_withdraws_counts_no_more_until_that_is_undone(
    store: Store,
    header: tuple[str, ...],
    status: str,
    good: str,
    bad: str,
    table: str,
    made: Callable[[Rows], bytes],
) -> None:
    ending = "csv" if made is as_csv else "xlsx"
    brought(store, f"list.{ending}", made(export(header, status, good, good)))
    assert total(store, table) == 700
    later = brought(store, f"list 2.{ending}", made(export(header, status, bad, good)))
    assert later.landed and later.landed.withdrawn == 1
    assert sum((later.left_out or {}).values()) == 1
    assert total(store, table) == 600
    history.take_back(store, later.import_id or 0)
    assert total(store, table) == 700


def test_it_counts_again_when_a_still_newer_export_has_it_as_good(store: Store) -> None:
    for at, word in enumerate(("Completed", "Pending", "Cleared")):
        brought(store, f"p{at}.csv", as_csv(export(PAYMENTS, "Status", word, "Completed")))
    assert total(store, "payments") == 700


def test_an_instalment_that_bounced_leaves_the_others_of_its_number(store: Store) -> None:
    first = [[*PAYMENTS, "Status"], ["R-1", "2026-03-02", "Alder", 100, "Completed"],
             ["R-1", "2026-03-09", "Alder", 50, "Completed"]]  # fmt: skip
    brought(store, "a.csv", as_csv(first))
    then = [first[0], ["R-1", "2026-03-09", "Alder", 50, "Bounced"],
            ["R-2", "2026-03-10", "Birch", 7, "Completed"]]  # fmt: skip
    brought(store, "b.csv", as_csv(then))
    assert total(store, "payments") == 107


def test_a_failed_attempt_beside_the_payment_of_its_number_withdraws_nothing(store: Store) -> None:
    rows = [[*PAYMENTS, "Status"], ["R-1", "2026-03-02", "Alder", 100, "Failed"],
            ["R-1", "2026-03-02", "Alder", 100, "Completed"]]  # fmt: skip
    brought(store, "a.csv", as_csv(rows))
    brought(store, "b.csv", as_csv([*rows, ["R-2", "2026-03-03", "Birch", 5, "Completed"]]))
    assert total(store, "payments") == 105


DEALS = ("Deal ID", "Deal Name", "Account", "Stage", "Amount", "Close Date")
SHANGJI = ("商机编号", "商机名称", "客户名称", "阶段", "商机金额", "结单日期")


@pytest.mark.parametrize(
    ("header", "status", "stage", "good", "bad"),
    [
        (DEALS, "Status", "Closed Won", "Won", "Deleted"),
        (DEALS, "IsDeleted", "Closed Won", "false", "true"),
        (DEALS, "Archived", "Closed Won", "No", "Yes"),
        (SHANGJI, "生命状态", "赢单", "正常", "审核中"),
        (SHANGJI, "生命状态", "赢单", "正常", "作废"),
        (SHANGJI, "是否删除", "赢单", "否", "是"),
    ],
)
def test_a_won_deal_that_was_deleted_counts_no_more_until_that_is_undone(
    store: Store, header: tuple[str, ...], status: str, stage: str, good: str, bad: str
) -> None:
    def deals(first: str) -> Rows:
        return [
            [*header, status],
            ["D1", "A", "Alder", stage, 100, "2026-03-02", first],
            ["D2", "B", "Birch", stage, 200, "2026-03-03", good],
        ]

    brought(store, "deals.csv", as_csv(deals(good)))
    assert total(store, "deals") == 300
    later = brought(store, "deals 2.csv", as_csv(deals(bad)))
    assert later.landed and (later.landed.withdrawn, later.landed.gone) == (1, 0)
    assert total(store, "deals") == 200
    history.take_back(store, later.import_id or 0)
    assert total(store, "deals") == 300


@pytest.mark.parametrize("word", ["Draft", "Pending approval", "Pending payment", "未审核", "草稿"])
def test_an_order_that_is_a_draft_again_does_not_count(store: Store, word: str) -> None:
    header = ("Order Number", "Order Date", "Customer", "Amount")
    brought(store, "a.csv", as_csv(export(header, "Status", "Confirmed", "Confirmed")))
    later = brought(store, "b.csv", as_csv(export(header, "Status", word, "Confirmed")))
    assert sales(store) == 600
    assert [(why, one.rows) for why, one in later.uncounted.items()] == [("cancelled", 1)]
