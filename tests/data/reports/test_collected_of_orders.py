"""Lists of orders that say how much of each was collected: collections, until payments come."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import pytest

from analytics.actuals import actual
from analytics.periods import asof
from data.ingest import history
from data.matching.collected import is_collected, is_last_day
from data.store.database import Store
from domain.scope import Scope
from tests.conftest import bring
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

MARCH = Scope(date(2026, 3, 1), date(2026, 3, 31), "payments")
FXIAOKE = [
    ["销售订单编号", "客户名称", "负责人", "下单日期", "订单金额", "已回款金额", "待回款金额",
     "订单状态", "生命状态"],
    ["SO1", "甲公司", "王芳", "2026-03-02", "10000", "4000", "6000", "已确认", "正常"],
    ["SO2", "乙公司", "李明", "2026-03-05", "20000", "20000", "0", "已确认", "正常"],
    ["SO3", "丙公司", "王芳", "2026-03-10", "5000", "0", "5000", "已确认", "正常"],
    ["SO4", "丁公司", "李明", "2026-03-12", "8000", "1000", "7000", "已取消", "正常"],
]  # fmt: skip
PAYMENTS = "回款编号,回款日期,客户名称,回款金额\nHK1,2026-03-09,甲公司,700\n"


def of_march(store: Store, measure: Any = actual.total, scope: Scope = MARCH) -> list[Any]:
    query = measure(scope, scope.month, scope.until)
    return store.frame(str(ibis.to_sql(query, dialect="duckdb"))).to_dict("records")


def collected(store: Store, scope: Scope = MARCH) -> Decimal:
    """Return what was collected in March, as the app counts it."""
    return Decimal(str(of_march(store, scope=scope)[0]["value"]))


def notes_of(store: Store, content: bytes | str, name: str = "orders.csv") -> list[str]:
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet is not None
    return [note.code for note in draft.sheet.notes if note.code.startswith("collected_")]


YONYOU = [
    ["单据编号", "单据日期", "客户", "业务员", "存货名称", "数量", "价税合计", "累计收款金额",
     "最近收款日期"],
    ["XS1", "2026-02-20", "甲", "王芳", "泵", 1, 600, 500, "2026-03-03"],
    ["XS1", "2026-02-20", "甲", "王芳", "阀", 2, 400, 500, "2026-03-03"],
    ["XS2", "2026-03-06", "乙", "李明", "泵", 1, 600, 0, ""],
    ["XS3", "2026-03-08", "丙", "李明", "阀", 1, 200, 200, "2026-04-02"],
    ["XS3", "2026-03-08", "丙", "李明", "泵", 1, 600, 200, "2026-04-02"],
]  # fmt: skip
# id, name, rows, collected in March, the note: all by hand.
LISTS: list[tuple[str, str, Rows, str, str]] = [
    ("fxiaoke", "销售订单.csv", FXIAOKE, "24000", "order_day"),
    ("yonyou-lines", "销售订单.xlsx", YONYOU, "500", "day"),
    (
        "zoho",
        "SalesOrders.csv",
        [
            ["SalesOrder Number", "Order Date", "Customer Name", "Sales person", "Status", "Total",
             "Amount Paid", "Balance Due"],
            ["SO-1", "2026-03-02", "Alder", "Ann", "Confirmed", "1,500.00", "1,000.00", "500.00"],
            ["SO-2", "2026-03-04", "Birch", "Bo", "Confirmed", "2,250.50", "250.50", "2,000.00"],
        ],
        "1250.50",
        "order_day",
    ),
    (
        "odoo",
        "sale.order.xlsx",
        [
            ["Order Reference", "Order Date", "Customer", "Salesperson", "Total", "Amount paid",
             "Last payment date"],
            ["S00001", "2026-02-27", "Alder", "Ann", 900, 300, "2026-03-01"],
            ["S00002", "2026-03-04", "Birch", "Bo", 700, 700, "2026-04-04"],
            ["S00003", "2026-03-05", "Cedar", "Bo", 80, 20, ""],
        ],
        "320",
        "day",
    ),
    (
        "german",
        "Auftraege.csv",
        [
            ["Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Auftragswert",
             "Bereits bezahlt", "Offener Betrag", "Letzte Zahlung am"],
            ["A1", "02.03.2026", "Ahorn", "Ann", "1.500,00", "1.000,00", "500,00", "15.03.2026"],
            ["A2", "28.03.2026", "Birke", "Bo", "2.250,50", "250,50", "2.000,00", "01.04.2026"],
        ],
        "1000",
        "day",
    ),
    (
        "french",
        "commandes.csv",
        [
            ["N° commande", "Date commande", "Client", "Commercial", "Montant HT", "Montant payé"],
            ["C1", "2026-03-02", "Aulne", "Ann", "1500", "900"],
            ["C2", "2026-03-04", "Bouleau", "Bo", "250", ""],
        ],
        "900",
        "order_day",
    ),
    (
        "ten-thousands",
        "订单.xlsx",
        [
            ["订单编号", "下单日期", "客户", "订单金额(万元)", "已收款金额(万元)"],
            ["1", "2026-03-02", "甲", 12.5, 2.5],
            ["2", "2026-03-04", "乙", 3, 3],
        ],
        "55000",
        "order_day",
    ),
    (
        "unit-of-the-amounts-alone",
        "订单.xlsx",
        [
            ["订单编号", "下单日期", "客户", "订单金额(万元)", "已收款"],
            ["1", "2026-03-02", "甲", 12.5, 2.5],
            ["2", "2026-03-04", "乙", 3, 3],
        ],
        "55000",
        "order_day",
    ),
    (
        "full-beside-ten-thousands",
        "订单.xlsx",
        [
            ["订单编号", "下单日期", "客户", "订单金额(万元)", "已收款"],
            ["1", "2026-03-02", "甲", 12.5, 25000],
            ["2", "2026-03-04", "乙", 3, 30000],
        ],
        "55000",
        "order_day",
    ),
    (
        "unit-in-a-column",
        "订单.csv",
        [
            ["订单编号", "下单日期", "客户", "订单金额", "已回款", "金额单位"],
            ["1", "2026-03-02", "甲", "12.5", "2.5", "万元"],
            ["2", "2026-03-04", "乙", "3", "3", "万元"],
        ],
        "55000",
        "order_day",
    ),
    (
        "first-lines-alone",
        "orders.csv",
        [
            ["Order ID", "Order Date", "Customer", "Product", "Amount", "Paid amount"],
            ["1", "2026-03-02", "Alder", "Pump", "60", "80"],
            ["1", "2026-03-02", "Alder", "Valve", "40", ""],
            ["2", "2026-03-04", "Birch", "Pump", "60", "60"],
        ],
        "140",
        "order_day",
    ),
    (
        "of-each-line",
        "orders.csv",
        [
            ["Order ID", "Order Date", "Customer", "Product", "Amount", "Paid amount"],
            ["1", "2026-03-02", "Alder", "Pump", "60", "60"],
            ["1", "2026-03-02", "Alder", "Valve", "40", "30"],
            ["2", "2026-03-04", "Birch", "Pump", "60", "10"],
            ["2", "2026-03-04", "Birch", "Valve", "60", "10"],
        ],
        "110",
        "order_day",
    ),
    (
        "without-numbers",
        "orders.csv",
        [
            ["Order Date", "Customer", "Rep", "Amount", "Amount collected"],
            ["2026-03-02", "Alder", "Ann", "60", "10"],
            ["2026-03-02", "Birch", "Ann", "60", "20"],
        ],
        "30",
        "order_day",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rows", "right", "note"), [one[1:] for one in LISTS], ids=[one[0] for one in LISTS]
)
def test_what_orders_say_was_collected_is_collected(
    store: Store, name: str, rows: Rows, right: str, note: str
) -> None:
    content = as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == []
    assert notes_of(store, content, name) == [f"collected_by_{note}"]
    result = brought(store, name, content)
    assert (result.error, collected(store)) == (None, Decimal(right))
    # What is in the file is what is here.
    (kept,) = store.rows("SELECT coalesce(sum(collected_so_far), 0) FROM orders")
    assert kept[0] == result.money_in["collected_so_far"]


def test_a_later_export_replaces_what_was_collected_before(store: Store) -> None:
    brought(store, "销售订单.csv", as_csv(FXIAOKE))
    later = [row[:] for row in FXIAOKE]
    later[1][5:7], later[3][5:7] = ["9000", "1000"], ["500", "4500"]
    result = brought(store, "销售订单 (2).csv", as_csv(later))
    assert result.landed is not None
    assert (result.landed.new, result.landed.changed) == (0, 2)
    assert (collected(store), sales(store)) == (29_500, 35_000)
    history.take_back(store, result.import_id)  # type: ignore[arg-type]
    assert collected(store) == 24_000


def test_the_lines_of_a_later_export_may_come_in_another_order(store: Store) -> None:
    brought(store, "销售订单.xlsx", as_xlsx(YONYOU))
    header, *rows = [row[:] for row in YONYOU]
    for row in rows[:2]:
        row[7:] = [900, "2026-03-20"]
    brought(store, "销售订单2.xlsx", as_xlsx([header, *reversed(rows)]))
    assert collected(store) == 900


@pytest.mark.parametrize(("answer", "paid", "sold"), [("1 × Amount", 60, 60), ("Amount", 120, 120)])
def test_what_equals_the_amount_counts_as_often(
    store: Store, answer: str, paid: int, sold: int
) -> None:
    header = ["Order ID", "Order Date", "Customer", "Product", "Amount", "Paid amount"]
    lines = [["1", "2026-03-02", "Alder", one, "60", "60"] for one in ("Pump", "Valve")]
    content = as_csv([header, *lines])
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == ["amount/column"]
    brought(store, "orders.csv", content, {"amount/column": answer})
    assert (collected(store), sales(store)) == (paid, sold)


def test_orders_without_numbers_are_replaced_with_what_was_collected(store: Store) -> None:
    header = ["Order Date", "Customer", "Rep", "Amount", "Amount collected"]
    for part, name in (("10", "orders.csv"), ("45", "orders.csv")):
        content = as_csv([header, ["2026-03-02", "Alder", "Ann", "60", part]])
        brought(store, name, content)
    assert (collected(store), sales(store)) == (45, 60)


@pytest.mark.parametrize("first", ["orders", "payments", "together"])
def test_a_list_of_payments_counts_instead(store: Store, first: str) -> None:
    files: dict[str, bytes | str] = {"销售订单.csv": as_csv(FXIAOKE), "回款.csv": PAYMENTS}
    if first == "together":
        results = bring(store, files)
    else:
        names = sorted(files, reverse=first == "orders")
        results = [result for name in names for result in bring(store, {name: files[name]})]
    assert collected(store) == 700
    assert [(row["id"], row["amount"]) for row in of_march(store, actual.rows)] == [("HK1", 700)]
    # Without them, orders tell again.
    (of_payments,) = [one.import_id for one in results if one.table == "payments"]
    history.take_back(store, of_payments)  # type: ignore[arg-type]
    assert collected(store) == 24_000


def test_rows_and_what_is_left_out_are_those_of_the_orders(store: Store) -> None:
    header, *rows = FXIAOKE
    back = ["SO5", "戊公司", "李明", "2026-03-13", "300", "300", "0", "已退货", "正常"]
    brought(store, "销售订单.csv", as_csv([header, *rows, back]))
    (total,) = of_march(store)
    assert (total["rows"], total["value"], total["gross"]) == (2, 24_000, 24_300)
    out = {row["why"]: (row["rows"], row["amount"]) for row in of_march(store, actual.left_out)}
    assert out == {"cancelled": (1, 1000), "returned": (1, 300)}
    downloaded = {row["id"]: (row["amount"], row["value"]) for row in of_march(store, actual.rows)}
    assert downloaded == {
        "SO1": (4000, 4000), "SO2": (20_000, 20_000), "SO4": (1000, 0), "SO5": (300, 0),
    }  # fmt: skip


def test_those_who_share_an_order_share_what_was_collected(store: Store) -> None:
    rows = [
        ["Order ID", "Order Date", "Amount", "Owner", "Region", "Rep 2", "Rep 2 %", "Amount paid"],
        ["1", "2026-03-02", "100", "Ann", "North", "Bo", "40%", "50"],
        ["2", "2026-03-02", "100", "Ann", "South", "", "", "30"],
    ]  # fmt: skip
    brought(store, "orders.csv", as_csv(rows))
    assert collected(store) == 80
    parts = {name: collected(store, MARCH.narrowed("rep", name)) for name in ("Ann", "Bo")}
    assert parts == {"Ann": 60, "Bo": 20}
    assert collected(store, MARCH.narrowed("region", "South")) == 30


def test_amounts_of_another_currency_are_left_out_as_their_orders_are(store: Store) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", "Amount", "Currency", "Amount paid"],
        ["1", "2026-03-02", "Alder", "100", "CNY", "50"],
        ["2", "2026-03-02", "Birch", "100", "USD", "30"],
    ]
    brought(store, "orders.csv", as_csv(rows))
    assert collected(store) == 50
    (left,) = of_march(store, actual.left_out)
    assert (left["why"], left["currency"], left["amount"]) == ("other_currency", "USD", 30)


@pytest.mark.parametrize(
    ("more", "code", "right"),
    [
        (["金额(本位币)", "已收金额"], "collected_unused", (820, 0)),
        (["已收金额(本位币)", "已收金额"], "collected_by_order_day", (200, 100)),
        (["金额(本位币)", "已收金额(本位币)"], "collected_by_order_day", (820, 150)),
    ],
)
def test_what_was_collected_is_in_the_currency_of_the_amount(
    store: Store, more: list[str], code: str, right: tuple[int, int]
) -> None:
    rows = [
        ["订单编号", "下单日期", "客户", "币种", "金额", *more],
        ["1", "2026-03-02", "甲", "CNY", "100", "100", "100"],
        ["2", "2026-03-03", "乙", "USD", "100", "720", "50"],
    ]
    content = as_csv(rows)
    assert notes_of(store, content) == [code]
    brought(store, "orders.csv", content)
    assert (sales(store), collected(store)) == right


def test_a_sign_is_asked_about_once_of_the_amounts(store: Store) -> None:
    rows = [["Order ID", "Order Date", "Customer", "Amount", "Amount paid"],
            ["1", "2026-03-02", "Alder", "$100.00", "$60.00"]]  # fmt: skip
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/$"]
    brought(store, "orders.csv", as_csv(rows), {"amount/$": "CNY"})
    assert (collected(store), sales(store)) == (60, 100)


def test_what_orders_tell_reaches_as_far_as_they_do(store: Store) -> None:
    brought(store, "销售订单.csv", as_csv(FXIAOKE))
    rows = store.frame(str(ibis.to_sql(asof.date_ranges(), dialect="duckdb")))
    last = {row["table"]: row["last"] for row in rows.to_dict("records")}
    # The cancelled order of March 12 happened as little as its payment.
    assert last["payments"] == last["orders"] == date(2026, 3, 10)


ORDERS = ["Order ID", "Order Date", "Customer"]
SAME: list[tuple[str, str, Rows, str]] = [
    ("paid-is-the-amount", "orders.csv", [[*ORDERS, "Paid amount"],
     ["1", "2026-03-02", "Alder", "100"], ["2", "2026-03-04", "Birch", "50"]], "orders"),
    ("taobao", "订单.csv", [["订单编号", "订单付款时间", "买家会员名", "总金额", "买家实际支付金额",
      "订单状态"],
     ["1", "2026-03-02 10:00:00", "甲", "100", "90", "交易成功"],
     ["2", "2026-03-04 10:00:00", "乙", "50", "50", "交易成功"]], "orders"),
    ("a-mark", "orders.csv", [[*ORDERS, "Amount", "Paid"],
     ["1", "2026-03-02", "Alder", "100", "1"], ["2", "2026-03-04", "Birch", "50", "0"]], "orders"),
    ("in-words", "orders.csv", [[*ORDERS, "Amount", "Paid"],
     ["1", "2026-03-02", "Alder", "100", "yes"], ["2", "2026-03-04", "Birch", "50", "no"]],
     "orders"),
    ("what-is-open", "订单.csv", [["订单编号", "下单日期", "客户", "订单金额", "待回款金额"],
     ["1", "2026-03-02", "甲", "100", "60"], ["2", "2026-03-04", "乙", "50", "0"]], "orders"),
    ("payments", "回款.csv", [["回款编号", "回款日期", "客户名称", "已回款金额"],
     ["1", "2026-03-02", "甲", "100"], ["2", "2026-03-04", "乙", "50"]], "payments"),
    ("receivables", "invoices.csv", [["Invoice No", "Customer", "Due date", "Amount",
      "Amount paid"],
     ["1", "Alder", "2026-03-02", "100", "60"], ["2", "Birch", "2026-03-04", "50", "0"]],
     "receivables"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rows", "table"), [one[1:] for one in SAME], ids=[one[0] for one in SAME]
)
def test_other_lists_are_read_as_before(store: Store, name: str, rows: Rows, table: str) -> None:
    (draft,) = drafts_of(store, name, as_csv(rows))
    assert draft.table == table
    assert {"collected_so_far", "last_collected"} & draft.mapping.keys() == set()
    assert notes_of(store, as_csv(rows), name) == []


def test_two_columns_that_differ_are_not_used_and_it_is_said(store: Store) -> None:
    rows = [[*ORDERS, "Amount", "Amount paid", "Amount received"],
            ["1", "2026-03-02", "Alder", "100", "60", "70"]]  # fmt: skip
    assert notes_of(store, as_csv(rows)) == ["collected_unused"]


def test_a_list_with_products_counts_equal_rows_as_before(store: Store) -> None:
    header = [*ORDERS, "Amount", "Amount paid"]
    rows = [["1", "2026-03-02", "Alder", "100", "40"], ["2", "2026-03-03", "Birch", "50", "20"]]
    (draft,) = drafts_of(store, "orders.csv", as_csv([header, *rows, rows[0]]))
    plain = as_csv([row[:-1] for row in (header, *rows, rows[0])])
    (before,) = drafts_of(store, "plain.csv", plain)
    assert asked(store, draft) == asked(store, before) != []


def test_headers_of_what_was_collected_are_told_from_others() -> None:
    yes = ("已回款金额", "已收款金额(元)", "累计回款", "订单已付金额", "Amount Paid", "paid_amount",
           "Total paid", "Amount received", "Bezahlt", "Montant réglé", "Importe pagado",
           "Importo incassato", "Valor pago", "Reeds betaald", "advance_paid")  # fmt: skip
    assert [text for text in yes if not is_collected(text)] == []
    no = ("实付金额", "实收金额", "买家实付金额", "未回款金额", "应收金额", "回款率", "回款状态",
          "回款方式", "预计回款金额", "已开票金额", "已发货金额", "Paid at", "Payment method",
          "Tax paid", "Unpaid", "Balance due", "Shipping paid", "Commission paid", "Received",
          "Total")  # fmt: skip
    assert [text for text in no if is_collected(text)] == []
    days = ("最近回款日期", "回款日期", "Last payment date", "Paid at", "Letzte Zahlung",
            "Date du dernier paiement", "Fecha de pago")  # fmt: skip
    assert [text for text in days if not is_last_day(text)] == []
    assert not any(map(is_last_day, ("计划回款日期", "预计回款日期", "Ship date", "Due date")))
