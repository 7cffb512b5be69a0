"""What an export of a shop or a payment service says was given back is taken off."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

STRIPE = (
    "id",
    "Created date (UTC)",
    "Amount",
    "Amount Refunded",
    "Currency",
    "Captured",
    "Converted Amount",
    "Converted Amount Refunded",
    "Status",
    "Customer Email",
)
TAOBAO = (
    "订单编号",
    "买家会员名",
    "总金额",
    "订单状态",
    "订单创建时间",
    "宝贝标题",
    "宝贝总数量",
    "退款金额",
)
SHOPIFY = (
    "Name",
    "Financial Status",
    "Fulfillment Status",
    "Currency",
    "Subtotal",
    "Total",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Refunded Amount",
)


def test_stripe_payments_count_without_what_was_refunded(store: Store) -> None:
    rows = [
        STRIPE,
        ("ch_1", "2026-03-03 10:00", "100.00", "0.00", "cny", "true", "100.00", "0.00", "Paid", ""),
        (
            "ch_2",
            "2026-03-04 10:00",
            "200.00",
            "50.00",
            "cny",
            "true",
            "200.00",
            "50.00",
            "Paid",
            "",
        ),
        (
            "ch_3",
            "2026-03-05 10:00",
            "70.00",
            "70.00",
            "cny",
            "true",
            "70.00",
            "70.00",
            "Refunded",
            "",
        ),
        (
            "ch_4",
            "2026-03-06 10:00",
            "500.00",
            "0.00",
            "cny",
            "false",
            "500.00",
            "0.00",
            "Failed",
            "",
        ),
    ]
    brought(store, "payments.csv", as_csv(rows))
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(250),)]


def test_taobao_orders_count_without_what_was_refunded(store: Store) -> None:
    rows = [
        TAOBAO,
        ('="3810001"', "甲", "100.00", "交易成功", "2025-10-03 10:00:00", "笔", "1", "0.00"),
        ('="3810002"', "乙", "210.00", "卖家已发货", "2025-10-04 10:00:00", "笔", "2", "0.00"),
        ('="3810003"', "丙", "300.00", "等待买家付款", "2025-10-05 10:00:00", "笔", "3", "0.00"),
        ('="3810004"', "丁", "400.00", "交易关闭", "2025-10-06 10:00:00", "笔", "4", "400.00"),
        ('="3810005"', "戊", "500.00", "交易成功", "2025-10-07 10:00:00", "笔", "5", "120.00"),
    ]
    (draft,) = drafts_of(store, "订单.csv", as_csv(rows))
    assert draft.sheet and draft.sheet.header[draft.mapping["quantity"]] == "宝贝总数量"
    brought(store, "订单.csv", as_csv(rows))
    assert sales(store) == 690


def test_a_partly_refunded_order_of_a_shop_that_counts_does_so_with_what_is_left(
    store: Store,
) -> None:
    rows = [
        SHOPIFY,
        (
            "#1001",
            "paid",
            "fulfilled",
            "CNY",
            "300.00",
            "310.00",
            "2026-05-03",
            2,
            "Pen",
            "100.00",
            "0.00",
        ),
        ("#1001", "", "", "", "", "", "2026-05-03", 1, "Ink", "100.00", ""),
        (
            "#1003",
            "partially_refunded",
            "fulfilled",
            "CNY",
            "200.00",
            "200.00",
            "2026-05-05",
            2,
            "Pen",
            "100.00",
            "50.00",
        ),
    ]
    (draft,) = drafts_of(store, "orders_export.csv", as_csv(rows))
    choice = next((q for q in draft.choices if q.key == "amount/column"), None)
    answers = {"amount/column": choice.options[0]} if choice else {}
    word = "status/word/partially_refunded"
    if word in asked(store, draft):
        answers[word] = "valid"
    brought(store, "orders_export.csv", as_csv(rows), answers)
    assert sales(store) == 450
    assert sales(store, "order_id = '#1003'") == 150


PLAIN: dict[str, tuple[str, Rows]] = {
    "english csv": (
        "orders.csv",
        [
            ("Order ID", "Order Date", "Customer", "Amount", "Refunded Amount"),
            ("A1", "2026-03-02", "Alder", "100.00", "0.00"),
            ("A2", "2026-03-03", "Birch", "200.00", "50.00"),
        ],
    ),
    "english xlsx of texts": (
        "orders.xlsx",
        [
            ("Order ID", "Order Date", "Customer", "Amount", "Refunds"),
            ("A1", "2026-03-02", "Alder", "100.00", "0.00"),
            ("A2", "2026-03-03", "Birch", "200.00", "50.00"),
        ],
    ),
    "chinese csv": (
        "订单.csv",
        [
            ("订单编号", "下单日期", "客户名称", "订单金额", "退款金额"),
            ("A1", "2026-03-02", "甲", "100.00", "0.00"),
            ("A2", "2026-03-03", "乙", "200.00", "50.00"),
        ],
    ),
    "german csv": (
        "Aufträge.csv",
        [
            ("Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag", "Erstattung"),
            ("A1", "15.03.2026", "Ahorn", "100,00", "0,00"),
            ("A2", "16.03.2026", "Birke", "200,00", "50,00"),
        ],
    ),
    "spanish xlsx": (
        "pedidos.xlsx",
        [
            ("número de pedido", "fecha de pedido", "cliente", "importe", "reembolso"),
            ("A1", "2026-03-02", "Aliso", "100,00", "0,00"),
            ("A2", "2026-03-03", "Haya", "200,00", "50,00"),
        ],
    ),
    "currency signs": (
        "orders.csv",
        [
            ("Order ID", "Order Date", "Customer", "Amount", "Amount Refunded"),
            ("A1", "2026-03-02", "Alder", "¥100.00", "¥0.00"),
            ("A2", "2026-03-03", "Birch", "¥200.00", "¥50.00"),
        ],
    ),
}


@pytest.mark.parametrize(("name", "rows"), PLAIN.values(), ids=PLAIN)
def test_a_refund_of_nothing_written_with_cents_is_a_number(
    store: Store, name: str, rows: Rows
) -> None:
    brought(store, name, as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows))
    assert sales(store) == 250
