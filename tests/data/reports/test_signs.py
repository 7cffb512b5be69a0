"""A sign that stands in another column: kinds of documents, negative quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

KINDS = [("单据类型", "销售出库", "销售退货"), ("票据类型", "蓝字发票", "红字发票"),
         ("Document Type", "Invoice", "Credit Memo"), ("Belegart", "Rechnung", "Gutschrift"),
         ("Type", "Sale", "Refund"), ("Tipo", "Factura", "Nota de crédito")]  # fmt: skip


@pytest.mark.parametrize(("header", "sale", "back"), KINDS)
@pytest.mark.parametrize("file", ["orders.csv", "orders.xlsx"])
def test_a_document_that_takes_back_is_negative(
    store: Store, header: str, sale: str, back: str, file: str
) -> None:
    rows: Rows = [
        ("Order ID", "Order Date", header, "Customer", "Amount"),
        ("S1", "2026-03-02", sale, "Alder", 600),
        ("S2", "2026-03-03", sale, "Birch", 400),
        ("R1", "2026-03-10", back, "Alder", 200),
    ]
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    assert brought(store, file, content).error is None
    assert sales(store) == 800


def test_a_negative_quantity_makes_its_amount_negative(store: Store) -> None:
    rows: Rows = [
        ("Order ID", "Order Date", "Customer", "Product", "Quantity", "Amount"),
        ("S1", "2026-03-02", "Alder", "Pump", 6, 600),
        ("R1", "2026-03-10", "Alder", "Pump", -2, 200),
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    assert sales(store) == 400


FILES = ["orders.csv", "orders.xlsx"]


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


def total(store: Store, table: str) -> Decimal:
    ((amount,),) = store.rows(f"SELECT coalesce(sum(amount), 0) FROM {table}")
    return Decimal(amount)


# Invoices of 600 and 400, one that takes back 200, and one of 900 that is no sale:
# order id, day, kind, customer, amount | a return, no sale
NO_SALES = [
    pytest.param(
        ("Invoice No", "Invoice Date", "Document Type", "Customer", "Amount"),
        "Invoice", "Credit Note", "Quote", id="english",
    ),
    pytest.param(
        ("发票号码", "开票日期", "单据类型", "客户名称", "金额"),
        "销售发票", "红字发票", "采购发票", id="chinese",
    ),
    pytest.param(
        ("Rechnungsnummer", "Rechnungsdatum", "Belegart", "Kunde", "Umsatz"),
        "Rechnung", "Gutschrift", "Angebot", id="german",
    ),
    pytest.param(
        ("numéro de facture", "date de facture", "Type de document", "nom du client", "montant"),
        "Facture", "Facture d'avoir", "Devis", id="french",
    ),
    pytest.param(
        ("número de factura", "fecha de factura", "Tipo de documento", "cliente", "importe"),
        "Factura", "Nota de crédito", "Presupuesto", id="spanish",
    ),
    pytest.param(
        ("Transaction ID", "Transaction Date", "Transaction Type", "Customer", "Amount"),
        "Sales Receipt", "Refund", "Bill Payment", id="transactions",
    ),
    pytest.param(
        ("订单号", "交易时间", "收支类型", "客户名称", "金额"), "收入", "退款", "支出",
        id="income-and-expense",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("header", "sale", "back", "other"), NO_SALES)
@pytest.mark.parametrize("file", FILES)
def test_an_invoice_list_gives_what_was_sold(
    store: Store, header: tuple[str, ...], sale: str, back: str, other: str, file: str
) -> None:
    rows = [
        header,
        ("I1", "2026-03-02", sale, "Alder", 600),
        ("I2", "2026-03-03", sale, "Birch", 400),
        ("I3", "2026-03-04", other, "Birch", 900),
        ("I4", "2026-03-10", back, "Alder", 200),
    ]
    result = brought(store, file, content_of(rows, file))
    assert (result.table, result.error) == ("orders", None)
    assert sales(store) == 800
    assert result.left_out == {"not_a_sale": 1}
    assert result.money_left_out == {"amount": {"not_a_sale": Decimal(900)}}


@pytest.mark.parametrize(("answer", "right"), [("adds", 1250), ("takes", 750), ("out", 1000)])
@pytest.mark.parametrize(
    ("header", "sale", "unknown"),
    [
        ("Document Type", "Invoice", "Adjustment"),
        ("单据类型", "销售出库", "调整单"),
        ("Belegart", "Rechnung", "Korrektur"),
    ],
)
def test_a_kind_of_document_that_nobody_knows_is_asked_once(
    store: Store, header: str, sale: str, unknown: str, answer: str, right: int
) -> None:
    rows = [
        ("Order ID", "Order Date", header, "Customer", "Amount"),
        ("S1", "2026-03-02", sale, "Alder", 600),
        ("S2", "2026-03-03", sale, "Birch", 400),
        ("S3", "2026-03-04", unknown, "Birch", 150),
        ("S4", "2026-03-04", unknown, "Alder", 100),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == [f"amount/direction/{unknown}"]
    answers = {f"amount/direction/{unknown}": answer}
    assert brought(store, "orders.csv", as_csv(rows), answers).error is None
    assert sales(store) == right
    (again,) = drafts_of(store, "later.csv", as_csv([*rows, ("S5", "2026-03-05", sale, "A", 1)]))
    assert asked(store, again) == []


# What no credit note stands among says nothing about signs.
KINDS_OF_SALES = [
    ("Type", "New Business", "Renewal"),
    ("Order Type", "Standard", "Express"),
    ("业务类型", "普通", "加急"),
    ("Payment Type", "Card", "Transfer"),
    ("类别", "水泵", "阀门"),
    ("Customer Type", "Returning", "New"),
]


@pytest.mark.parametrize(("header", "first", "second"), KINDS_OF_SALES)
def test_other_kinds_are_not_asked_about(
    store: Store, header: str, first: str, second: str
) -> None:
    rows = [
        ("Order ID", "Order Date", header, "Customer", "Amount"),
        ("S1", "2026-03-02", first, "Alder", 600),
        ("S2", "2026-03-03", second, "Birch", 400),
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    assert sales(store) == 1000


def test_money_paid_out_for_a_refund_takes_back_what_was_sold(store: Store) -> None:
    rows = [
        ("交易时间", "交易订单号", "交易对方", "商品说明", "收/支", "金额", "交易状态"),
        ("2026-03-01 10:00:00", "A-1", "甲", "台灯", "收入", 120, "交易成功"),
        ("2026-03-02 10:00:00", "A-2", "乙", "水杯", "收入", 200, "交易成功"),
        ("2026-03-03 10:00:00", "A-3", "丙", "进货", "支出", 500, "交易成功"),
        ("2026-03-04 10:00:00", "A-4", "甲", "退款-台灯", "支出", 120, "交易成功"),
        ("2026-03-05 10:00:00", "A-5", "余额宝", "转入", "不计收支", 70, "交易成功"),
    ]
    assert brought(store, "账单.csv", as_csv(rows)).error is None
    assert sales(store) == 200


# Payments of 100 and 50, 30 given back; what is no collection has 45.
PAYMENTS = [
    pytest.param(("payment id", "payment date", "Type", "customer", "amount received"),
                 "Payment", "Chargeback", "Payout", "payments.csv", id="english"),
    pytest.param(("回款编号", "回款日期", "交易类型", "客户名称", "回款金额"),
                 "收款", "退款", "提现", "回款.xlsx", id="chinese"),
    pytest.param(("payment no", "payment date", "Vorgang", "Kunde", "payment amount"),
                 "Zahlung", "Rückbuchung", "Auszahlung", "payments.csv", id="german"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "paid", "back", "other", "file"), PAYMENTS)
@pytest.mark.parametrize("sign", [1, -1])
def test_payments_given_back_are_negative_and_payouts_none(
    store: Store, header: tuple[str, ...], paid: str, back: str, other: str, file: str, sign: int
) -> None:
    rows = [
        header,
        ("P1", "2026-03-02", paid, "Alder", 100),
        ("P2", "2026-03-03", paid, "Birch", 50),
        ("P3", "2026-03-04", back, "Birch", 30 * sign),
        ("P4", "2026-03-09", other, None, 45 * sign),
    ]
    result = brought(store, file, content_of(rows, file))
    assert (result.table, result.error) == ("payments", None)
    assert total(store, "payments") == 120


def test_contracts_and_spend_take_back_too(store: Store) -> None:
    contracts = [
        ("合同编号", "签订日期", "客户名称", "合同金额", "单据类型"),
        ("C1", "2026-03-02", "宏远机电", 1000, "销售合同"),
        ("C2", "2026-03-05", "宏远机电", 300, "红字冲销"),
    ]
    assert brought(store, "合同.xlsx", as_xlsx(contracts)).error is None
    assert total(store, "contracts") == 700
    spend = [
        ("expense date", "channel", "expense type", "spend"),
        ("2026-03-02", "Search", "Ads", 500),
        ("2026-03-05", "Search", "Credit note", 80),
    ]
    assert brought(store, "spend.csv", as_csv(spend)).error is None
    assert total(store, "spend") == 420


# Orders of 100, 100 and 50; of the second 30 were given back, of the third all.
REFUNDS = [
    pytest.param(("Order ID", "Order Date", "Customer", "Status", "Amount", "Refunded Amount"),
                 "paid", "partially_refunded", "refunded", 1, id="english"),
    pytest.param(("订单编号", "下单日期", "客户名称", "订单状态", "订单金额", "退款金额"),
                 "交易成功", "部分退款", "退款成功", 1, id="chinese"),
    pytest.param(("Auftragsnummer", "Auftragsdatum", "Kunde", "Auftragsstatus", "Umsatz",
                  "Erstattungsbetrag"),
                 "bezahlt", "teilweise erstattet", "erstattet", -1, id="german"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "paid", "partly", "whole", "sign"), REFUNDS)
@pytest.mark.parametrize("file", FILES)
def test_part_of_an_order_that_was_given_back_does_not_count(
    store: Store, header: tuple[str, ...], paid: str, partly: str, whole: str, sign: int, file: str
) -> None:
    rows = [
        header,
        ("S1", "2026-03-02", "Alder", paid, 100, 0),
        ("S2", "2026-03-03", "Birch", partly, 100, 30 * sign),
        ("S3", "2026-03-04", "Birch", whole, 50, 50 * sign),
    ]
    assert brought(store, file, content_of(rows, file)).error is None
    assert sales(store, "status IS DISTINCT FROM 'returned'") == 170


def test_part_refunds_without_an_amount_of_them_are_asked(store: Store) -> None:
    rows = [
        ("Order ID", "Order Date", "Customer", "Status", "Amount"),
        ("S1", "2026-03-02", "Alder", "paid", 100),
        ("S2", "2026-03-03", "Birch", "partially refunded", 100),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["status/word/partially refunded"]


def test_an_amount_that_is_without_refunds_already_stays(store: Store) -> None:
    rows = [
        ("订单编号", "下单日期", "客户名称", "应收款", "退款金额", "成交金额"),
        ("S1", "2026-03-02", "甲", 100, 0, 100),
        ("S2", "2026-03-03", "乙", 100, 30, 70),
        ("S3", "2026-03-04", "丙", 80, 0, 80),
    ]
    assert brought(store, "订单.csv", as_csv(rows)).error is None
    assert sales(store) == 250


def test_a_refund_of_an_order_is_taken_off_once(store: Store) -> None:
    rows = [
        ("Order ID", "Order Date", "Customer", "Product", "Amount", "Refunded Amount"),
        ("S1", "2026-03-02", "Alder", "Pump", 100, 30),
        ("S1", "2026-03-02", "Alder", "Valve", 60, 30),
        ("S2", "2026-03-03", "Birch", "Pump", 100, 0),
        ("S2", "2026-03-03", "Birch", "Valve", 40, 0),
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    assert sales(store) == 270


# Two sides of an account: which one is a sale depends on whose account it is.
SIDES = [
    ("orders.csv", ("Invoice No", "Invoice Date", "Customer", "Debit", "Credit"), "Debit − Credit"),
    (
        "订单.xlsx",
        ("单据编号", "业务日期", "客户名称", "借方金额", "贷方金额"),
        "借方金额 − 贷方金额",
    ),
    ("orders.csv", ("Rechnungsnummer", "Rechnungsdatum", "Kunde", "Soll", "Haben"), "Soll − Haben"),
]


@pytest.mark.parametrize(("file", "header", "answer"), SIDES)
def test_debit_and_credit_are_asked_about(
    store: Store, file: str, header: tuple[str, ...], answer: str
) -> None:
    rows = [
        header,
        ("I1", "2026-03-02", "Alder", 600, None),
        ("I2", "2026-03-03", "Birch", 400, None),
        ("C1", "2026-03-10", "Alder", None, 200),
    ]
    content = content_of(rows, file)
    (draft,) = drafts_of(store, file, content)
    (question,) = draft.choices
    assert answer in question.options
    assert question.samples[0] == ("", ("-800", "800"))
    assert brought(store, file, content, {"amount/column": answer}).error is None
    assert sales(store) == 800


STRIPE = [
    ("id", "Type", "Source", "Amount", "Fee", "Net", "Currency", "Created (UTC)",
     "Available On (UTC)"),
    ("txn_1", "charge", "ch_1", 100, 3.2, 96.8, "usd", "2026-03-02 10:11", "2026-03-04 00:00"),
    ("txn_2", "charge", "ch_2", 70, 1.75, 68.25, "usd", "2026-03-05 12:50", "2026-03-07 00:00"),
    ("txn_3", "refund", "re_1", -20, 0, -20, "usd", "2026-03-06 09:00", "2026-03-06 00:00"),
    ("txn_4", "payout", "po_1", -45.05, 0, -45.05, "usd", "2026-03-09 00:00", "2026-03-09 00:00"),
    ("txn_5", "stripe_fee", "", -2, 0, -2, "usd", "2026-03-09 00:00", "2026-03-09 00:00"),
]  # fmt: skip
CHARGES = [
    ("id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured", "Status",
     "Converted Amount", "Converted Amount Refunded", "Customer Description"),
    ("ch_1", "2026-03-02 10:11", 100, 0, "usd", "true", "Paid", 100, 0, "Alder"),
    ("ch_2", "2026-03-03 10:11", 60, 0, "usd", "true", "Failed", 60, 0, "Alder"),
    ("ch_3", "2026-03-04 10:11", 80, 80, "usd", "true", "Refunded", 80, 80, "Birch"),
    ("ch_4", "2026-03-05 10:11", 90, 40, "usd", "true", "Partially refunded", 90, 40, "Birch"),
    ("ch_5", "2026-03-06 10:11", 30, 0, "usd", "false", "Uncaptured", 30, 0, "Cedar"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file"), [(STRIPE, "balance_history.csv"),
                                            (CHARGES, "unified_payments.csv")])  # fmt: skip
def test_stripe_collects_what_was_paid_and_not_given_back(
    store: Store, rows: Rows, file: str
) -> None:
    result = brought(store, file, as_csv(rows), {"zone": "UTC"})
    assert (result.table, result.error) == ("payments", None)
    assert total(store, "payments") == 150


# Invoices of 600 and 400, and what the customers paid of them.
LEDGERS = [
    ("Transaction Type", "Invoice", "Payment"),
    ("单据类型", "销售发票", "收款单"),
    ("Belegart", "Rechnung", "Zahlung"),
    ("Type de document", "Facture", "Paiement"),
    ("Tipo", "Factura", "Pago"),
    ("Type", "Sales Receipt", "Customer Payment"),
]


@pytest.mark.parametrize(("header", "sale", "paid"), LEDGERS)
@pytest.mark.parametrize("file", FILES)
def test_a_payment_beside_its_invoice_is_no_second_sale(
    store: Store, header: str, sale: str, paid: str, file: str
) -> None:
    rows = [
        ("Order ID", "Order Date", header, "Customer", "Amount"),
        ("S1", "2026-03-02", sale, "Alder", 600),
        ("S2", "2026-03-03", sale, "Birch", 400),
        ("P1", "2026-03-10", paid, "Alder", 600),
    ]
    result = brought(store, file, content_of(rows, file))
    assert (sales(store), result.left_out) == (1000, {"not_a_sale": 1})


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Type", "Debit", "Credit"),
        ("Dr/Cr", "DR", "CR"),
        ("借贷方向", "借", "贷"),
        ("Soll/Haben", "Soll", "Haben"),
        ("Tipo", "Debe", "Haber"),
        ("Debit/Credit", "D", "C"),
    ],
)
def test_sides_of_an_account_are_asked_about(
    store: Store, header: str, first: str, second: str
) -> None:
    rows = [
        ("Order ID", "Order Date", header, "Customer", "Amount"),
        ("S1", "2026-03-02", first, "Alder", 600),
        ("S2", "2026-03-10", second, "Alder", 200),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    keys = [f"amount/direction/{word}" for word in (first, second)]
    assert asked(store, draft) == keys
    answers = dict(zip(keys, ("adds", "takes"), strict=True))
    assert brought(store, "orders.csv", as_csv(rows), answers).error is None
    assert sales(store) == 400


@pytest.mark.parametrize("word", ["Chargeback Reversal", "Refund failed", "退款失败"])
def test_what_undoes_a_refund_is_asked_about(store: Store, word: str) -> None:
    rows = [
        ("Order ID", "Order Date", "Type", "Customer", "Amount"),
        ("S1", "2026-03-02", "Sale", "Alder", 600),
        ("S2", "2026-03-10", "Refund", "Alder", 200),
        ("S3", "2026-03-12", word, "Alder", 200),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == [f"amount/direction/{word}"]


def test_usual_kinds_beside_a_return_are_known(store: Store) -> None:
    payments = [
        ("收款单号", "收款日期", "客户名称", "收款金额", "收款类型"),
        ("P1", "2026-03-01", "甲", 100, "定金"),
        ("P2", "2026-03-02", "甲", 50, "尾款"),
        ("P3", "2026-03-02", "甲", 20, "退款"),
    ]
    assert brought(store, "收款单.csv", as_csv(payments)).error is None
    assert total(store, "payments") == 130
    orders = [
        ("Order ID", "Order Date", "Customer", "Order Type", "Amount"),
        ("S1", "2026-03-01", "Alder", "Online", 100),
        ("S2", "2026-03-02", "Birch", "Standard", 60),
        ("S3", "2026-03-03", "Birch", "Return", 30),
    ]
    assert brought(store, "orders.csv", as_csv(orders)).error is None
    assert sales(store) == 130
    contracts = [
        ("合同编号", "签订日期", "客户名称", "合同金额", "合同类型"),
        ("C1", "2026-03-01", "甲", 100, "销售合同"),
        ("C2", "2026-03-02", "乙", 70, "采购合同"),
        ("C3", "2026-03-02", "乙", 40, "续签"),
    ]
    assert brought(store, "合同.xlsx", as_xlsx(contracts)).error is None
    assert total(store, "contracts") == 140


@pytest.mark.parametrize(
    "ahead",
    ["Deposit Invoice", "Prepayment invoice", "Anzahlungsrechnung", "Abschlagsrechnung",
     "Facture d'acompte", "预收款发票", "定金发票"],
)  # fmt: skip
def test_what_is_invoiced_ahead_of_the_sale_is_asked_about(store: Store, ahead: str) -> None:
    rows = [
        ("Invoice No", "Invoice Date", "Customer", "Amount", "Type"),
        ("R1", "2026-03-02", "Alder", 300, ahead),
        ("R2", "2026-03-10", "Alder", 500, "Invoice"),
        ("R3", "2026-03-12", "Birch", 100, "Credit note"),
    ]
    (draft,) = drafts_of(store, "invoices.csv", as_csv(rows))
    key = f"amount/direction/{ahead}"
    assert asked(store, draft) == [key]
    # The final invoice of 500 has the 300 in it.
    assert brought(store, "invoices.csv", as_csv(rows), {key: "out"}).error is None
    assert sales(store) == Decimal(400)
