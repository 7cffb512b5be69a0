"""Orders that a column beside the status says were cancelled or returned do not count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

ENGLISH = ("Order ID", "Order Date", "Customer", "Amount")
CHINESE = ("订单编号", "下单日期", "客户名称", "订单金额")
GERMAN = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag")
SPANISH = ("número de pedido", "fecha de pedido", "cliente", "importe")
COUNTS = "(status IS DISTINCT FROM 'returned' OR amount <= 0)"

# Headers, the further headers, and what stands under them in rows of 100, 200, 400, 800.
Marks = Sequence[Sequence[object]]


def sheet(base: tuple[str, ...], more: tuple[str, ...], marks: Marks) -> list[list[object]]:
    rows: list[list[object]] = [[*base, *more]]
    for at, cells in enumerate(marks):
        rows.append([f"M{at}", f"2026-03-0{at + 2}", "Alder", 100 * 2**at, *cells])
    return rows


def written(name: str, rows: list[list[object]]) -> bytes:
    return as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows)


KNOWN: dict[str, tuple[str, list[list[object]], int]] = {
    "returned?": ("o.csv", sheet(ENGLISH, ("Returned?",), [("No",), ("Yes",)]), 100),
    "is returned": ("o.xlsx", sheet(ENGLISH, ("Is Returned",), [(0,), (1,)]), 100),
    "refunded": ("o.csv", sheet(ENGLISH, ("Refunded",), [("FALSE",), ("TRUE",)]), 100),
    "refunded in part, then all": (
        "o.csv",
        sheet(ENGLISH, ("Refunded",), [("0",), ("50",), ("Yes",)]),
        250,
    ),
    "退款 in part, then all": (
        "订单.xlsx",
        sheet(CHINESE, ("退款",), [(0,), (50,), ("是",)]),
        250,
    ),
    "chargeback": ("o.csv", sheet(ENGLISH, ("Chargeback",), [("",), ("Y",)]), 100),
    "chinese flags": (
        "订单.csv",
        sheet(CHINESE, ("是否退货", "是否取消"), [("否", "否"), ("是", "否"), ("否", "是")]),
        100,
    ),
    "traditional": ("訂單.xlsx", sheet(CHINESE, ("是否退貨",), [("否",), ("是",)]), 100),
    "cancelled at": (
        "o.csv",
        sheet(ENGLISH, ("Cancelled At",), [("",), ("2026-03-07 10:00:00",)]),
        100,
    ),
    "cancellation date": (
        "o.xlsx",
        sheet(ENGLISH, ("Cancellation Date",), [(None,), ("2026-03-07",)]),
        100,
    ),
    "取消时间": (
        "订单.csv",
        sheet(CHINESE, ("取消时间",), [("",), ("2026-03-07",), ("0000-00-00",)]),
        500,
    ),
    "test order": ("o.csv", sheet(ENGLISH, ("Test Order",), [("No",), ("Yes",)]), 100),
    "是否测试": ("订单.xlsx", sheet(CHINESE, ("是否测试",), [("否",), ("是",)]), 100),
    "german": (
        "o.csv",
        sheet(
            GERMAN,
            ("Retourniert", "Stornodatum"),
            [("nein", ""), ("ja", ""), ("nein", "05.03.2026")],
        ),
        100,
    ),
    "spanish": ("o.csv", sheet(SPANISH, ("Devuelto",), [("no",), ("sí",)]), 100),
    "payment status": (
        "o.csv",
        sheet(
            ENGLISH,
            ("Order Status", "Payment Status"),
            [("Open", "Paid"), ("Open", "Refunded"), ("Open", "Chargeback")],
        ),
        100,
    ),
    "delivery status": (
        "o.xlsx",
        sheet(
            ENGLISH,
            ("Status", "Delivery Status"),
            [("Completed", "Delivered"), ("Completed", "Returned"), ("Completed", "In transit")],
        ),
        500,
    ),
    "支付状态": (
        "订单.csv",
        sheet(CHINESE, ("订单状态", "支付状态"), [("正常", "已支付"), ("正常", "已退款")]),
        100,
    ),
    "售后状态": (
        "订单.xlsx",
        sheet(
            CHINESE,
            ("订单状态", "售后状态"),
            [("已完成", "无售后"), ("已完成", "退款成功"), ("已完成", "退款关闭")],
        ),
        500,
    ),
    "cancelled whatever else": (
        "o.csv",
        sheet(
            ENGLISH,
            ("Order Status", "Payment Status"),
            [("Completed", "Paid"), ("Cancelled", "Unpaid")],
        ),
        100,
    ),
}


@pytest.mark.parametrize(("name", "rows", "right"), KNOWN.values(), ids=KNOWN)
def test_what_a_column_marks_as_cancelled_or_returned_does_not_count(
    store: Store, name: str, rows: list[list[object]], right: int
) -> None:
    result = brought(store, name, written(name, rows))
    assert result.error is None
    assert sales(store, COUNTS) == right
    gone = [sums.money[""]["amount"] for sums in result.uncounted.values()]
    assert result.money_in is not None
    assert result.money_in["amount"] - sum(gone, Decimal(0)) == right


KNOWN |= {
    "是否有效": ("订单.csv", sheet(CHINESE, ("是否有效",), [("是",), ("否",)]), 100),
    "有效 0 and 1": ("订单.xlsx", sheet(CHINESE, ("有效",), [(1,), (0,), (1,)]), 500),
    "valid": ("o.csv", sheet(ENGLISH, ("Valid?",), [("Yes",), ("No",)]), 100),
    "deletion flag": ("o.csv", sheet(ENGLISH, ("Deletion Flag",), [("",), ("X",)]), 100),
    "删除标志": ("订单.xlsx", sheet(CHINESE, ("删除标志",), [("否",), ("是",)]), 100),
    "reason for rejection": (
        "o.xlsx",
        sheet(ENGLISH, ("Reason for Rejection",), [("",), ("Too expensive",)]),
        100,
    ),
    "cancellation reason": (
        "o.csv",
        sheet(ENGLISH, ("Cancellation Reason",), [("N/A",), ("Changed mind",), ("",)]),
        500,
    ),
    "作废原因": ("订单.csv", sheet(CHINESE, ("作废原因",), [("",), ("客户取消",)]), 100),
    "取消原因 无": ("订单.csv", sheet(CHINESE, ("取消原因",), [("无",), ("重复下单",)]), 100),
    "Stornogrund": ("o.xlsx", sheet(GERMAN, ("Stornogrund",), [(None,), ("Doppelt",)]), 100),
}


OTHER: dict[str, tuple[str, list[list[object]], int]] = {
    "policy": ("o.csv", sheet(ENGLISH, ("Return Policy",), [("Yes",), ("Yes",)]), 300),
    "refundable": ("o.csv", sheet(ENGLISH, ("Refundable",), [("Yes",), ("No",)]), 300),
    "cancelled by": ("o.xlsx", sheet(ENGLISH, ("Cancellable",), [("Yes",), ("No",)]), 300),
    "支持退货": ("订单.csv", sheet(CHINESE, ("是否支持退货",), [("是",), ("否",)]), 300),
    "return window": (
        "o.csv",
        sheet(ENGLISH, ("Return Window",), [("30 days",), ("14 days",)]),
        300,
    ),
    "no flag": ("o.csv", sheet(ENGLISH, ("Returned",), [("No",), ("N/A",)]), 300),
    "not refunded": (
        "o.csv",
        sheet(
            ENGLISH,
            ("Status", "Payment Status"),
            [("Completed", "Not refunded"), ("Completed", "Paid")],
        ),
        300,
    ),
    "未退款": (
        "订单.csv",
        sheet(CHINESE, ("订单状态", "退款状态"), [("已完成", "未退款"), ("已完成", "无退款")]),
        300,
    ),
    "account status": (
        "o.csv",
        sheet(
            ENGLISH,
            ("Status", "Customer Status"),
            [("Completed", "Cancelled"), ("Completed", "Active")],
        ),
        300,
    ),
}


@pytest.mark.parametrize(("name", "rows", "right"), OTHER.values(), ids=OTHER)
def test_a_column_about_something_else_decides_nothing(
    store: Store, name: str, rows: list[list[object]], right: int
) -> None:
    assert brought(store, name, written(name, rows)).error is None
    assert sales(store, COUNTS) == right


OTHER |= {
    "退货原因": ("订单.csv", sheet(CHINESE, ("退货原因",), [("",), ("尺寸不合",)]), 300),
    "valid until": (
        "o.csv",
        sheet(ENGLISH, ("Valid Until",), [("2026-04-01",), ("2026-05-01",)]),
        300,
    ),
    "all valid": ("o.csv", sheet(ENGLISH, ("Valid",), [("Yes",), ("Yes",)]), 300),
    "validity in words": ("o.csv", sheet(ENGLISH, ("Valid",), [("30 days",), ("No",)]), 300),
}
OPEN: dict[str, tuple[str, list[list[object]], str, int]] = {
    "active": ("o.csv", sheet(ENGLISH, ("Active",), [("Yes",), ("No",)]), "Active: No", 200),
    "none is valid": ("o.csv", sheet(ENGLISH, ("Valid",), [("",), ("No",)]), "Valid: No", 200),
    "refund date": (
        "o.csv",
        sheet(ENGLISH, ("Refund Date",), [("",), ("2026-03-07",)]),
        "Refund Date",
        200,
    ),
    "退款时间": (
        "订单.xlsx",
        sheet(CHINESE, ("退款时间",), [(None,), ("2026-03-07",)]),
        "退款时间",
        200,
    ),
    "未支付": (
        "订单.csv",
        sheet(CHINESE, ("订单状态", "支付状态"), [("正常", "已支付"), ("正常", "未支付")]),
        "支付状态: 未支付",
        200,
    ),
    "unpaid": (
        "o.csv",
        sheet(ENGLISH, ("Order Status", "Payment Status"), [("Open", "Paid"), ("Open", "Unpaid")]),
        "Payment Status: Unpaid",
        200,
    ),
    "退款中": (
        "订单.xlsx",
        sheet(CHINESE, ("订单状态", "售后状态"), [("已完成", ""), ("已完成", "退款中")]),
        "售后状态: 退款中",
        200,
    ),
    "rückgabedatum": (
        "o.csv",
        sheet(GERMAN, ("Erstattet am",), [("",), ("07.03.2026",)]),
        "Erstattet am",
        200,
    ),
}


@pytest.mark.parametrize(("name", "rows", "about", "stake"), OPEN.values(), ids=OPEN)
def test_what_a_mark_leaves_open_is_asked_once_with_its_money(
    store: Store, name: str, rows: list[list[object]], about: str, stake: int
) -> None:
    (draft,) = drafts_of(store, name, written(name, rows))
    key = f"status/word/{about}"
    assert asked(store, draft) == [key]
    brought(store, name, written(name, rows), {key: "returned"})
    assert sales(store, COUNTS) == 100


@pytest.mark.parametrize(("name", "rows", "about", "stake"), OPEN.values(), ids=OPEN)
def test_a_mark_that_is_said_to_count_does(
    store: Store, name: str, rows: list[list[object]], about: str, stake: int
) -> None:
    brought(store, name, written(name, rows), {f"status/word/{about}": "valid"})
    assert sales(store, COUNTS) == 100 + stake


def test_the_question_about_days_shows_one_of_them(store: Store) -> None:
    rows = [
        ["Order No", "Order Date", "Customer", "Amount", "Refund Date"],
        ["S1", "2026-03-02", "Alder", 100, ""],
        ["S2", "2026-03-03", "Birch", 200, "2026-03-05"],
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    (question,) = review.questions(draft, TODAY, store)
    assert (question.about, question.samples[0][0]) == ("Refund Date", "2026-03-05")
