"""Lists of payment systems and of bank accounts: what came in, by sign, direction and kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

PAYPAL = (
    "Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Fee", "Net",
    "From Email Address", "Transaction ID", "Balance", "Balance Impact",
)  # fmt: skip
STRIPE = (
    "balance_transaction_id", "created_utc", "available_on_utc", "currency", "gross", "fee", "net",
    "reporting_category", "source_id", "description", "customer_name",
)  # fmt: skip
MOLLIE = (
    "Date", "Payment method", "Currency", "Amount", "Status", "ID", "Description",
    "Consumer name", "Consumer bank account", "Settlement reference",
)  # fmt: skip
GOCARDLESS = (
    "id", "created_at", "charge_date", "amount", "description", "currency", "status",
    "amount_refunded", "transaction_fee", "customers.company_name", "links.mandate",
)  # fmt: skip
WECHAT = (
    "交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态",
    "交易单号", "商户单号", "备注",
)  # fmt: skip
ALIPAY = (
    "交易时间", "交易分类", "交易对方", "对方账号", "商品说明", "收/支", "金额", "收/付款方式",
    "交易状态", "交易订单号", "商家订单号",
)  # fmt: skip
BANK = (
    "Buchungstag", "Valuta", "Auftraggeber/Empfänger", "Verwendungszweck", "Betrag", "Währung",
)  # fmt: skip
SAVINGS_BANK = (
    "Auftragskonto", "Buchungstag", "Valutadatum", "Buchungstext", "Verwendungszweck",
    "Beguenstigter/Zahlungspflichtiger", "Betrag", "Waehrung", "Info",
)  # fmt: skip
FRENCH = ("Date opération", "Date valeur", "Libellé", "Montant", "Devise")


def paypal(n: int, kind: str, gross: int, impact: str) -> tuple[object, ...]:
    return (
        f"2026-03-{n:02}", "10:00:00", "CET", f"Buyer {n}", kind, "Completed", "CNY", gross, -1,
        gross - 1, f"b{n}@example.com", f"T{n}", 1000, impact,
    )  # fmt: skip


def seen(n: int, kind: str, status: str, gross: int) -> tuple[object, ...]:
    row = list(paypal(n, kind, gross, "Credit"))
    row[PAYPAL.index("Status")] = status
    return tuple(row)


def stripe(n: int, gross: int, fee: int, category: str) -> tuple[object, ...]:
    return (
        f"txn_{n}A", f"2026-03-{n:02} 10:00:00", f"2026-03-{n:02} 00:00:00", "cny", gross, fee,
        gross - fee, category, f"ch_{n}", "Invoice", f"Buyer {n}",
    )  # fmt: skip


def wechat(n: int, kind: str, way: str, amount: int, status: str) -> tuple[object, ...]:
    return (
        f"2026-03-{n:02} 10:00:00", kind, f"客户{n}", "台灯", way, amount, "零钱", status,
        f"4200{n}", f"M{n}", "/",
    )  # fmt: skip


def alipay(n: int, text: str, way: str, amount: int) -> tuple[object, ...]:
    return (
        f"2026-03-{n:02} 10:00:00", "商业服务", f"客户{n}", "a***", text, way, amount, "余额",
        "交易成功", f"2026{n}", f"M{n}",
    )  # fmt: skip


def bank(n: int, text: str, amount: int) -> tuple[object, ...]:
    return (f"2026-03-{n:02}", f"2026-03-{n:02}", f"Kunde {n}", text, amount, "CNY")


# | rows | file | collections
LISTS = [
    pytest.param(
        [PAYPAL, paypal(1, "Express Checkout Payment", 300, "Credit"),
         paypal(2, "Website Payment", 200, "Credit"), paypal(3, "Payment Refund", -40, "Debit"),
         paypal(4, "General Withdrawal", -250, "Debit"),
         paypal(5, "Express Checkout Payment", -70, "Debit")],
        "Download.csv", 460, id="paypal",
    ),
    pytest.param(
        [PAYPAL, seen(1, "Website Payment", "Completed", 300),
         seen(2, "Website Payment", "Refunded", 200), seen(3, "Payment Refund", "Completed", -200),
         seen(4, "Website Payment", "Partially Refunded", 100),
         seen(5, "Payment Refund", "Completed", -30), seen(6, "Website Payment", "Pending", 90),
         seen(7, "Website Payment", "Denied", 80), seen(8, "Website Payment", "Unclaimed", 70)],
        "Download.csv", 370, id="paypal-refunded",
    ),
    pytest.param(
        [STRIPE, stripe(1, 300, 9, "charge"), stripe(2, -40, 0, "refund"),
         stripe(3, -250, 0, "payout"), stripe(4, -2, 0, "fee"), stripe(5, 100, 3, "charge"),
         stripe(6, -30, 15, "dispute"), stripe(7, 30, -15, "dispute_reversal"),
         stripe(8, 500, 0, "topup")],
        "itemized_balance_change.csv", 360, id="stripe-balance",
    ),
    pytest.param(
        [MOLLIE, *((f"2026-03-0{n} 10:00:00", "ideal", "CNY", amount, status, f"tr_{n}",
                    f"Order {n}", f"Buyer {n}", "NL12", "1.2603")
                   for n, amount, status in ((1, 300, "paid"), (2, 80, "open"), (3, 70, "pending"),
                                             (4, 60, "authorized"), (5, 50, "canceled")))],
        "mollie.csv", 300, id="mollie-open",
    ),
    pytest.param(
        [MOLLIE, *((f"2026-03-0{n} 10:00:00", "ideal", "CNY", amount, status, f"tr_{n}",
                    f"Order {n}", f"Buyer {n}", "NL12", "1.2603")
                   for n, amount, status in ((1, 300, "Paid"), (2, 200, "Paid"),
                                             (3, 90, "Failed"), (4, 80, "Expired")))],
        "mollie.csv", 500, id="mollie",
    ),
    pytest.param(
        [GOCARDLESS, *((f"PM{n}", "2026-03-01", f"2026-03-0{n}", amount, f"Invoice {n}", "CNY",
                        status, 0, 1, f"Buyer {n}", "MD1")
                       for n, amount, status in ((1, 300, "paid_out"), (2, 200, "confirmed"),
                                                 (3, 90, "cancelled"), (4, 80, "failed")))],
        "gocardless.csv", 500, id="gocardless",
    ),
    pytest.param(
        [WECHAT, wechat(1, "二维码收款", "收入", 300, "已收钱"),
         wechat(2, "二维码收款", "收入", 200, "已存入零钱"),
         wechat(3, "商户消费", "支出", 90, "支付成功"),
         wechat(4, "零钱提现", "/", 80, "提现已到账")],
        "微信支付账单.csv", 500, id="wechat",
    ),
    pytest.param(
        [WECHAT, wechat(1, "二维码收款", "收入", 300, "已收钱"),
         wechat(2, "二维码收款", "收入", 50, "已全额退款"),
         wechat(3, "二维码收款-退款", "支出", 50, "退款成功"),
         wechat(4, "商户消费", "支出", 25, "已全额退款"),
         wechat(5, "商户消费-退款", "收入", 25, "已全额退款"),
         wechat(6, "二维码收款", "收入", 70, "已全额退款")],
        "微信支付账单.csv", 300, id="wechat-refunds",
    ),
    pytest.param(
        [ALIPAY, alipay(1, "台灯", "收入", 300), alipay(2, "水杯", "收入", 200),
         alipay(3, "进货", "支出", 90), alipay(4, "退款-台灯", "支出", 40),
         alipay(5, "余额宝转入", "不计收支", 70)],
        "支付宝账单.csv", 460, id="alipay",
    ),
    pytest.param(
        [BANK, bank(1, "Rechnung 12", 300), bank(2, "RE 13", 200), bank(3, "Miete", -90),
         bank(4, "Rücklastschrift RE 13", -200)],
        "umsatz.csv", 300, id="german-bank",
    ),
    pytest.param(
        [SAVINGS_BANK, *(("DE12", day, day, "GUTSCHRIFT", text, name, amount, "CNY", "gebucht")
                         for day, text, name, amount in (
                             ("2026-03-01", "Rechnung 12", "Kunde 1", 300),
                             ("2026-03-02", "Rechnung 13", "Kunde 2", 200),
                             ("2026-03-03", "Miete", "Vermieter", -90)))],
        "sparkasse.csv", 500, id="german-savings-bank",
    ),
    pytest.param(
        [FRENCH, ("2026-03-01", "2026-03-01", "VIR Dupont", 300, "CNY"),
         ("2026-03-02", "2026-03-02", "VIR Martin", 200, "CNY"),
         ("2026-03-03", "2026-03-03", "LOYER", -90, "CNY")],
        "releve.csv", 500, id="french-bank",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "file", "right"), LISTS)
def test_what_came_in_is_collected_and_what_went_out_is_not(
    store: Store, rows: Rows, file: str, right: int, suffix: str
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    result = brought(store, file.replace(".csv", f".{suffix}"), write(rows))
    assert (result.table, result.error) == ("payments", None)
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM payments")
    assert total == Decimal(right)


# | status of the payment that was given back | and of the row that gave it back
TWICE = [
    ("Status", "Refunded", "Completed"), ("Payment Status", "refunded", "succeeded"),
    ("Status", "Chargeback", "Paid"), ("状态", "已退款", "已付款"),
    ("收款状态", "已全额退款", "成功"),
    ("Zahlungsstatus", "erstattet", "gebucht"), ("statut", "remboursé", "payé"),
    ("Status", "Refunded", "Refunded"),
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(("header", "first", "second"), TWICE)
def test_a_refund_with_a_row_of_its_own_is_taken_off_once(
    store: Store, header: str, first: str, second: str, write: Callable[[Rows], bytes]
) -> None:
    rows = [
        ("payment id", "payment date", "customer", "amount received", header),
        ("P1", "2026-03-02", "Alder", 300, "paid" if second != "gebucht" else "gebucht"),
        ("P2", "2026-03-03", "Birch", 80, first),
        ("P3", "2026-03-09", "Birch", -80, second),
        # Without a row that gives it back, what was refunded is no collection.
        ("P4", "2026-03-10", "Cedar", 45, first),
    ]
    name = "payments.csv" if write is as_csv else "payments.xlsx"
    assert brought(store, name, write(rows)).error is None
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(300),)]


def test_a_list_of_payments_with_negative_ones_of_no_account_keeps_them(store: Store) -> None:
    rows = [
        ("payment id", "payment date", "customer", "amount received"),
        ("P1", "2026-03-02", "Alder", 100),
        ("P2", "2026-03-03", "Alder", -30),
    ]
    assert brought(store, "payments.csv", as_csv(rows)).error is None
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(70),)]
