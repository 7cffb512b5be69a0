"""Orders of web shops that nobody has paid count in no figure without a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Order ID", "Order Date", "Customer", "Amount", "Status")
CHINESE = ("订单编号", "下单日期", "客户", "金额", "订单状态")
DOCUMENTS = ("单据编号", "单据日期", "客户", "金额", "单据状态")
GERMAN = ("Bestellnummer", "Bestelldatum", "Kunde", "Betrag", "Bestellstatus")
AMAZON = ("amazon-order-id", "purchase-date", "buyer-name", "amount", "order-status")


def of(header: tuple[str, ...], words: str) -> Rows:
    """Orders of 10, 20, 40 … with statuses, in the order of the words."""
    return [
        header,
        *(
            (f"A-{at}", f"2026-03-{at + 1:02}", f"Buyer {at}", 10 * 2**at, word)
            for at, word in enumerate(words.split(" | "))
        ),
    ]


# | header | statuses of orders of 10, 20, 40 … | those asked about | what counts of the others
LISTS = [
    (ENGLISH, "completed | processing | pending | on-hold | failed | refunded", "pending | on-hold",
     30),
    (ENGLISH, "Completed | Processing | Pending payment | On hold | Failed | Cancelled", "On hold",
     30),
    (ENGLISH, "wc-completed | wc-processing | wc-pending | wc-on-hold | wc-failed | wc-refunded",
     "", 30),
    (ENGLISH, "completed | pending | checkout-draft | on-hold", "", 10),
    (ENGLISH, "completed | processing | on-hold", "on-hold", 30),
    (ENGLISH, "complete | processing | pending_payment | holded | canceled | closed",
     "holded | closed", 30),
    (ENGLISH, "Complete | Processing | Payment Review | Pending", "Payment Review | Pending", 30),
    # What is pending in this shop was paid, and in others not.
    (ENGLISH, "delivered | shipped | ready_to_ship | unpaid | canceled | pending", "pending", 70),
    (ENGLISH, "Completed | To ship | Shipping | Unpaid | Cancelled | To receive", "", 390),
    (AMAZON, "Shipped | Unshipped | Pending | Cancelled", "", 30),
    (CHINESE, "已完成 | 待发货 | 待付款 | 已取消 | 交易关闭", "", 30),
    (CHINESE, "交易成功 | 卖家已发货，等待买家确认 | 等待买家付款 | 交易关闭", "", 30),
    (CHINESE, "完成 | 等待出库 | 等待付款 | 已取消", "", 30),
    (GERMAN, "Abgeschlossen | In Bearbeitung | Fehlgeschlagen | Zahlung ausstehend",
     "Zahlung ausstehend", 30),
    (CHINESE, "待付款 | 待发货 | 已完成 | 已关闭", "", 60),
    # Firms close orders that they have delivered, and others.
    (CHINESE, "已审核 | 部分出库 | 已关闭", "已关闭", 30),
    (CHINESE, "审核中 | 已审核 | 关闭", "关闭", 20),
    (CHINESE, "暂存 | 已出库 | 已关闭 | 已作废", "已关闭", 20),
    (DOCUMENTS, "已完成 | 已关闭", "已关闭", 10),
    (DOCUMENTS, "已确认 | 业务关闭 | 已关闭", "业务关闭 | 已关闭", 10),
    (DOCUMENTS, "已审核 | 已关闭 | 作废", "已关闭", 10),
    (DOCUMENTS, "已审核 | 执行中", "", 30),
    # Firms that deliver later.
    (ENGLISH, "Completed | Pending | Shipped", "", 70),
    (ENGLISH, "Confirmed | On Hold | Delivered", "", 70),
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(
    ("header", "words", "open_ones", "right"), LISTS, ids=[words for _, words, *_ in LISTS]
)
def test_unpaid_orders_of_shops_are_left_out_or_asked_about(
    store: Store,
    header: tuple[str, ...],
    words: str,
    open_ones: str,
    right: int,
    write: Callable[[Rows], bytes],
) -> None:
    name = "orders.csv" if write is as_csv else "orders.xlsx"
    (draft,) = drafts_of(store, name, write(of(header, words)))
    expected = [f"status/word/{word}" for word in open_ones.split(" | ") if word]
    assert sorted(asked(store, draft)) == sorted(expected)
    answers = {**draft.answers, **dict.fromkeys(expected, "cancelled")}
    land(store, [review.placed(store, replace(draft, answers=answers), TODAY)])
    assert sales(store, "coalesce(status, '') <> 'returned'") == right


def test_the_question_about_unpaid_orders_shows_their_money_and_is_asked_once(
    store: Store,
) -> None:
    rows = of(ENGLISH, "completed | processing | on-hold | on-hold")
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    (question,) = review.questions(draft, TODAY, store)
    ((word, worth),) = question.samples
    assert (word, [Decimal(each) for each in worth]) == ("on-hold", [Decimal(120), 0, 0])
    answers = {**draft.answers, question.key: "valid"}
    land(store, [review.placed(store, replace(draft, answers=answers), TODAY)])
    assert sales(store) == 150
    (draft,) = drafts_of(
        store, "orders.csv", as_csv([*rows, ("B", "2026-03-09", "X", 7, "on-hold")])
    )
    assert asked(store, draft) == []
