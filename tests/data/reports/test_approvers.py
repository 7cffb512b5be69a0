"""Rows that nobody has approved are asked about where other rows have been approved."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from data.ingest.history import take_back
from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = ("Order ID", "Order Date", "Customer", "Amount")
DINGDAN = ("订单编号", "订单日期", "客户", "金额")
HETONG = ("合同编号", "签订日期", "客户", "合同金额")
HUIKUAN = ("回款编号", "回款日期", "客户", "回款金额")
YINGSHOU = ("发票号", "应收日期", "客户", "应收金额")
AUFTRAG = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Nettobetrag")
PEDIDO = ("Número de pedido", "Fecha de pedido", "Cliente", "Importe")

# | headers, the columns of approvals, what stands in them, what is blank or says no, the table
ASKED = [
    (DINGDAN, ("审核",), ("√",), ("",), "orders"),
    (DINGDAN, ("审核人",), ("张三",), ("",), "orders"),
    (DINGDAN, ("是否审核",), ("是",), ("",), "orders"),
    (DINGDAN, ("审核人", "审核日期"), ("张三", "2026-03-24"), ("", ""), "orders"),
    (DINGDAN, ("审核人",), ("张三",), ("未审核",), "orders"),
    (DINGDAN, ("订单状态", "审核时间"), ("已完成", "2026-03-24 10:00"), ("已完成", ""), "orders"),
    (ORDERS, ("Approved by",), ("Ann Vale",), ("",), "orders"),
    (ORDERS, ("Approved",), ("Y",), ("",), "orders"),
    (ORDERS, ("Approval Date",), ("2026-03-24",), ("0000-00-00",), "orders"),
    (AUFTRAG, ("Freigegeben am",), ("24.03.2026",), ("",), "orders"),
    (PEDIDO, ("Aprobado por",), ("Ana Ruiz",), ("",), "orders"),
    (HETONG, ("批准人",), ("李总",), ("",), "contracts"),
    (HETONG, ("合同状态", "审批日期"), ("执行中", "2026-03-24"), ("执行中", ""), "contracts"),
    (HUIKUAN, ("审核",), ("√",), ("",), "payments"),
    (HUIKUAN, ("审核人",), ("王会计",), ("",), "payments"),
    (YINGSHOU, ("审核人",), ("王会计",), ("",), "receivables"),
]  # fmt: skip


def listed(
    header: Sequence[str], marks: Sequence[str], good: Sequence[str], bad: Sequence[str]
) -> Rows:
    return [
        [*header, *marks],
        ["R-1", "2026-03-21", "Alder", 100, *good],
        ["R-2", "2026-03-22", "Birch", 200, *bad],
        ["R-3", "2026-03-23", "Cedar", 400, *good],
        ["R-4", "2026-03-24", "Cedar", 800, *bad],
    ]


def total(store: Store, table: str) -> Decimal:
    ((amount,),) = store.rows(f"SELECT coalesce(sum(amount), 0) FROM {table}")
    return Decimal(amount)


@pytest.mark.parametrize(("header", "marks", "good", "bad", "table"), ASKED)
@pytest.mark.parametrize("answer", ["count", "out"])
def test_rows_without_an_approval_are_asked_about_once(
    store: Store,
    header: Sequence[str],
    marks: Sequence[str],
    good: Sequence[str],
    bad: Sequence[str],
    table: str,
    answer: str,
) -> None:
    rows = listed(header, marks, good, bad)
    name, content = ("list.csv", as_csv(rows)) if answer == "out" else ("list.xlsx", as_xlsx(rows))
    (draft,) = drafts_of(store, name, content)
    (question,) = review.questions(draft, TODAY, store)
    assert question.header in marks and question.count == 2
    assert question.samples[0][1] == ("1000.0000", "0")
    result = brought(store, name, content, {question.key: answer})
    assert result.left_out == ({"record_pending": 2} if answer == "out" else {})
    left = Decimal(1000 if answer == "out" else 0)
    assert result.money_left_out == {"amount": {"record_pending": left} if left else {}}
    assert total(store, table) == 1500 - left
    # The same file again changes nothing, and the next one is read as this one was.
    (again,) = drafts_of(store, name, content)
    assert again.already is not None
    more = ([f"T-{at}", f"2026-02-0{at}", "Dale", *row[3:]] for at, row in enumerate(rows) if at)
    brought(store, "later.csv", as_csv([rows[0], *more]))
    assert total(store, table) == 2 * (1500 - left)
    take_back(store, 2)
    take_back(store, 1)
    assert total(store, table) == 0


@pytest.mark.parametrize(
    ("header", "marks", "good", "bad"),
    [
        pytest.param(DINGDAN, ("审核人",), ("张三",), ("李四",), id="all-filled"),
        pytest.param(DINGDAN, ("审核人", "审核"), ("", ""), ("", ""), id="all-blank"),
        pytest.param(DINGDAN, ("审核状态", "审核人"), ("已审核", "张三"), ("已审核", ""),
                     id="审核状态"),
        pytest.param(DINGDAN, ("审核状态", "审核人"), ("已审核", "张三"), ("未审核", ""), id="未"),
        pytest.param(DINGDAN, ("状态", "审核日期"), ("已审核", "2026-03-25"), ("已审核", ""),
                     id="status-of-ours"),
        pytest.param(DINGDAN, ("状态", "审核人"), ("已完成", "张三"), ("已取消", ""),
                     id="cancelled"),
        pytest.param(DINGDAN, ("是否审核", "审核人"), ("是", "张三"), ("是", ""), id="flag-beside"),
        pytest.param(DINGDAN, ("是否审核", "审核人"), ("是", "张三"), ("否", ""),
                     id="flag-says-no"),
        pytest.param(DINGDAN, ("审核人",), ("张三",), ("无需审核",), id="needs-none"),
        pytest.param(ORDERS, ("Approval Status", "Approved by"), ("Approved", "Ann"),
                     ("Auto-approved", ""), id="auto-approved"),
        pytest.param(ORDERS, ("Approved amount",), ("90",), ("",), id="an-amount"),
        pytest.param(ORDERS, ("Approver comment",), ("fine",), ("",), id="a-comment"),
        pytest.param(HETONG, ("审批意见",), ("同意",), ("",), id="审批意见"),
        pytest.param(HUIKUAN, ("审核状态", "审核人"), ("已审核", "王"), ("已审核", ""), id="回款"),
    ],
)  # fmt: skip
def test_nothing_is_asked_where_it_is_clear(
    store: Store,
    header: Sequence[str],
    marks: Sequence[str],
    good: Sequence[str],
    bad: Sequence[str],
) -> None:
    (draft,) = drafts_of(store, "list.csv", as_csv(listed(header, marks, good, bad)))
    assert asked(store, draft) == []


def test_further_lines_of_an_approved_order_are_approved(store: Store) -> None:
    rows = [
        [*DINGDAN, "产品", "审核人"],
        ["S1", "2026-03-02", "恒信", 100, "笔", "张三"],
        ["S1", "2026-03-02", "恒信", 200, "纸", ""],
        ["S2", "2026-03-03", "大通", 400, "纸", "张三"],
    ]
    (draft,) = drafts_of(store, "订单.csv", as_csv(rows))
    assert asked(store, draft) == []


def test_columns_that_leave_other_rows_blank_are_asked_about_each(store: Store) -> None:
    rows = [
        [*DINGDAN, "审核人", "批准人"],
        ["S1", "2026-03-02", "恒信", 100, "张三", "李总"],
        ["S2", "2026-03-03", "恒信", 200, "张三", ""],
        ["S3", "2026-03-04", "大通", 400, "", ""],
    ]
    (draft,) = drafts_of(store, "订单.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/rows/approval:审核人", "amount/rows/approval:批准人"]


def test_an_order_that_lost_its_approval_counts_no_more(store: Store) -> None:
    approved = listed(DINGDAN, ("审核人",), ("张三",), ("李四",))
    brought(store, "3月.csv", as_csv(approved))
    assert total(store, "orders") == 1500
    newer = as_csv(listed(DINGDAN, ("审核人",), ("张三",), ("",)))
    brought(store, "3月新.csv", newer, {"amount/rows/approval:审核人": "out"})
    assert total(store, "orders") == 500
    take_back(store, 2)
    assert total(store, "orders") == 1500
