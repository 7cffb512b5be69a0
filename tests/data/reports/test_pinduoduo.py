"""Pinduoduo's orders: what the merchant receives counts, and money given back does not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, sales

STATUSES = ("已收货", "已发货，待签收", "未发货，退款成功", "待发货", "已取消，退款成功")
BEFORE = ("商品", "订单号", "订单状态")
AFTER = ("商品数量(件)", "支付时间", "售后状态")
# The headers of amounts, what they hold of each order, and the sum of orders 1, 2 and 4.
AMOUNTS = [
    (("商品总价(元)", "用户实付金额(元)", "商家实收金额(元)"), (50, 45, 48), 148),
    (("商品总价", "用户实付金额", "商家实收金额"), (50, 45, 48), 148),
    (("商品总价(元)", "商家实收(元)"), (50, 48), 148),
    (("用户实付金额(元)", "店铺实收金额(元)"), (45, 48), 148),
    (("商家应收金额(元)",), (48,), 148),
    (("用户实付金额(元)",), (45,), 139),
    (("商品总价(元)",), (50,), 154),
]


@pytest.mark.parametrize(
    ("headers", "first", "right", "suffix"),
    [(*row, "xlsx" if at % 2 else "csv") for at, row in enumerate(AMOUNTS)],
)
def test_what_the_merchant_receives_is_what_was_sold(
    store: Store, headers: tuple[str, ...], first: tuple[int, ...], right: int, suffix: str
) -> None:
    rows = [
        (*BEFORE, *headers, *AFTER),
        *(
            (
                "杯",
                f"260301-{n:015}",
                status,
                *(one + n for one in first),
                1,
                f"2026-03-0{n + 1}",
                "",
            )
            for n, status in enumerate(STATUSES)
        ),
    ]
    result = brought(store, f"orders.{suffix}", (as_csv if suffix == "csv" else as_xlsx)(rows))

    assert result.table == "orders"
    assert sales(store) == Decimal(right)
