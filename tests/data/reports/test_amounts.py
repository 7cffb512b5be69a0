"""Which figure is the amount of a line: totals of documents, tax, several amounts, none at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.staging.choices import open_choices
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


# A document's total on each of its lines: what the lines are worth, net of tax.
QUICKBOOKS = [
    ["Invoice Number", "Invoice Date", "Customer", "Product", "Qty", "Rate", "Amount", "Tax",
     "Invoice Total"],
    ["1001", "2026-03-02", "Alder", "Pump", 2, 50, 100, 30, 330],
    ["1001", "2026-03-02", "Alder", "Valve", 1, 200, 200, 30, 330],
    ["1002", "2026-03-03", "Birch", "Pump", 3, 50, 150, 15, 165],
]  # fmt: skip
KINGDEE = [
    ["订单编号", "下单日期", "客户", "业务员", "产品", "订单总金额", "行金额"],
    ["S1", "2026-03-02", "宏远机电", "李雷", "水泵", 900, 400],
    ["S1", "2026-03-02", "宏远机电", "李雷", "阀门", 900, 500],
    ["S2", "2026-03-05", "蓝海食品", "王芳", "水泵", 400, 400],
    ["S3", "2026-03-06", "蓝海食品", "王芳", "水泵", 700, 300],
    ["S3", "2026-03-06", "蓝海食品", "王芳", "管件", 700, 400],
]
GERMAN = [
    ["Auftragsnummer", "Auftragsdatum", "Kunde", "Artikel", "Menge", "Einzelpreis", "Gesamtbetrag",
     "MwSt"],
    ["A1", "02.03.2026", "Alder", "Pumpe", "2", "50,50", "238,00", "38,00"],
    ["A1", "02.03.2026", "Alder", "Ventil", "1", "99,00", "238,00", "38,00"],
    ["A2", "15.03.2026", "Birke", "Pumpe", "1", "50,50", "60,10", "9,60"],
]  # fmt: skip
SHOP = [
    ["Order ID", "Order Date", "Customer", "Status", "Currency", "Order Total", "Item", "Quantity",
     "Unit Price"],
    ["1", "2026-03-02", "Alder", "paid", "USD", 130, "Mug", 2, 40],
    ["1", "2026-03-02", None, None, None, None, "Lamp", 1, 50],
    ["2", "2026-03-05", "Birch", "cancelled", "USD", 80, "Vase", 1, 50],
    ["2", "2026-03-05", None, None, None, None, "Bowl", 1, 30],
    ["3", "2026-03-06", "Cedar", "paid", "USD", 20, "Cup", 1, 20],
]  # fmt: skip
SHARED = [
    ["订单编号", "下单时间", "买家", "订单总金额", "商品名称", "数量", "单价"],
    ["T1", "2026-03-02 10:00:00", "甲", 90, "杯子", 1, 60],
    ["T1", "2026-03-02 10:00:00", None, None, "台灯", 1, 40],
    ["T2", "2026-03-05 10:00:00", "乙", 45, "碗", 1, 30],
    ["T2", "2026-03-05 10:00:00", None, None, "碟子", 2, 10],
]
FRENCH = [
    ["numéro de commande", "date de commande", "cliente", "produit", "montant ttc", "TVA",
     "montant ht"],
    ["C1", "2026-03-02", "Alder", "Pompe", 120, 20, 100],
    ["C2", "2026-03-05", "Bouleau", "Vanne", 240, 40, 200],
]  # fmt: skip
GROSS = [
    ["销售单号", "销售日期", "客户", "价税合计", "税额"],
    ["X1", "2026-03-02", "宏远机电", 113, 13],
    ["X2", "2026-03-05", "蓝海食品", 226, 26],
]
DISCOUNT = [
    ["订单号", "订单日期", "客户", "总金额", "优惠金额", "实付金额"],
    ["D1", "2026-03-02", "甲", 100, 10, 90],
    ["D2", "2026-03-05", "乙", 250, 0, 250],
    ["D3", "2026-03-06", "丙", 80, 20, 60],
]
NO_AMOUNT = [
    ["Order No", "Order Date", "Customer", "Product", "Qty", "Unit Price (USD)"],
    ["N1", "2026-03-02", "Alder", "Pump", 2, 50.25],
    ["N1", "2026-03-02", "Alder", "Valve", 1, 99.5],
    ["N2", "2026-03-05", "Birch", "Pump", 4, 50],
]
NO_AMOUNT_ZH = [
    ["销售单号", "销售日期", "客户名称", "商品名称", "数量", "单价"],
    ["M1", "2026-03-02", "宏远机电", "水泵", 3, 100],
    ["M2", "2026-03-05", "蓝海食品", "阀门", 10, 12.5],
]

# | rows | file | what was sold | the note
UNASKED = [
    pytest.param(QUICKBOOKS, "invoices.xlsx", "450", "", id="invoice-total"),
    pytest.param(KINGDEE, "订单.csv", "2000", "line_amounts", id="chinese-order-total"),
    pytest.param(GERMAN, "Aufträge.csv", "250.50", "line_amounts", id="german-total-with-tax"),
    pytest.param(SHOP, "orders.csv", "150", "line_amounts", id="total-on-first-line"),
    pytest.param(SHARED, "订单.xlsx", "135", "total_shared", id="total-less-than-its-lines"),
    pytest.param(FRENCH, "ventes.csv", "300", "", id="french-net"),
    pytest.param(GROSS, "销售.xlsx", "300", "net_amount", id="gross-and-tax"),
    pytest.param(DISCOUNT, "订单.csv", "400", "net_of_discount", id="paid-after-discount"),
    pytest.param(NO_AMOUNT, "orders.csv", "400", "amount_multiplied", id="no-amount"),
    pytest.param(NO_AMOUNT_ZH, "销售明细.xlsx", "425", "amount_multiplied", id="no-amount-zh"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "total", "note"), UNASKED)
def test_the_amount_is_what_the_figures_say(
    store: Store, rows: Rows, file: str, total: str, note: str
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert draft.sheet is not None
    assert draft.table == "orders"
    assert note in ["", *(one.code for one in draft.sheet.notes)]
    assert open_choices(draft) == []
    answers = {key: "USD" if "$" in key else "." for key in asked(store, draft)}
    result = brought(store, file, content_of(rows, file), answers)
    assert result.error is None, result.error
    assert sales(store) == Decimal(total)
    assert result.left_out == {}


# Only a person can know it: the sums stand beside the columns.
SEVERAL = [
    ["订单号", "订单日期", "客户", "总金额", "实付金额", "退款金额"],
    ["D1", "2026-03-02", "甲", 100, 90, 0],
    ["D2", "2026-03-05", "乙", 250, 240, 0],
    ["D3", "2026-03-06", "丙", 80, 71, 30],
]
REPEATED = [
    ["Order ID", "Order Date", "Customer", "Product", "Order Total"],
    ["R1", "2026-03-02", "Alder", "Pump", 300],
    ["R1", "2026-03-02", "Alder", "Valve", 300],
    ["R2", "2026-03-05", "Birch", "Pump", 120],
    ["R2", "2026-03-05", "Birch", "Hose", 120],
    ["R3", "2026-03-06", "Cedar", "Pump", 50],
]
OFF_LIST = [
    ["Order No", "Order Date", "Customer", "Product", "Quantity", "Unit Price", "Discount"],
    ["N1", "2026-03-02", "Alder", "Pump", 2, 50, 0.1],
    ["N2", "2026-03-05", "Birch", "Valve", 1, 200, 0],
]
TURNOVER = [
    ["Order No", "Order Date", "Customer", "Sales Amount", "Net Revenue"],
    ["N1", "2026-03-02", "Alder", 100, 80],
    ["N2", "2026-03-05", "Birch", 200, 170],
]
ASKED = [
    pytest.param(
        SEVERAL,
        "订单.csv",
        {"总金额 − 退款金额": "400", "实付金额 − 退款金额": "371"},
        id="paid",
    ),
    pytest.param(
        REPEATED,
        "orders.xlsx",
        {"1 × Order Total": "470", "Order Total": "890"},
        id="repeated",
    ),
    pytest.param(
        OFF_LIST,
        "orders.csv",
        {"Quantity × Unit Price": "300", "Quantity × Unit Price × (1 − Discount)": "290"},
        id="discount",
    ),
    pytest.param(TURNOVER, "sales.csv", {"Net Revenue": "250", "Sales Amount": "300"}, id="two"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "ways"), ASKED)
def test_what_the_figures_leave_open_is_asked_with_the_sums_in_sight(
    store: Store, rows: Rows, file: str, ways: dict[str, str]
) -> None:
    content = content_of(rows, file)
    (draft,) = drafts_of(store, file, content)
    (choice,) = open_choices(draft)
    assert asked(store, draft) == ["amount/column"]
    assert set(choice.options) == set(ways)
    sums = dict(zip(choice.options, map(Decimal, choice.samples[0][1]), strict=True))
    assert sums == {header: Decimal(total) for header, total in ways.items()}
    result = brought(store, file, content)
    assert result.error is not None
    assert result.error.code == "questions_open"
    header, total = next(iter(ways.items()))
    assert brought(store, file, content, {"amount/column": header}).error is None
    assert sales(store) == Decimal(total)


def test_the_answer_is_remembered_for_the_next_file(store: Store) -> None:
    brought(store, "订单1.csv", as_csv(SEVERAL), {"amount/column": "实付金额 − 退款金额"})
    again = [SEVERAL[0], ["D9", "2026-03-09", "丁", 60, 55, 0]]
    (draft,) = drafts_of(store, "订单2.csv", as_csv(again))
    assert asked(store, draft) == []
    brought(store, "订单2.csv", as_csv(again))
    assert sales(store) == Decimal("426")


def test_a_total_on_later_lines_is_caught_though_the_first_file_had_single_lines(
    store: Store,
) -> None:
    brought(store, "1.csv", as_csv([KINGDEE[0], KINGDEE[3]]))
    brought(store, "2.csv", as_csv([KINGDEE[0], *KINGDEE[4:]]))
    assert sales(store) == Decimal("1100")


SHOPIFY = [
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Currency", "Subtotal",
    "Shipping", "Taxes", "Total", "Created at", "Lineitem quantity", "Lineitem name",
    "Lineitem price", "Lineitem sku", "Billing Name", "Vendor",
]  # fmt: skip


def test_shopify_sells_the_same_articles_every_month(store: Store) -> None:
    def order(number: str, day: str, net: float, *lines: tuple[int, str, float, str]) -> Rows:
        first, *others = lines
        at = f"{day} 10:00:00 +0800"
        whole = ["paid", at, "fulfilled", "USD", net, 5, 0, net + 5, at]
        return [
            [number, "a@b.example", *whole, *first, "Alder", "Acme"],
            *([number, "a@b.example", *[None] * 8, at, *line, None, "Acme"] for line in others),
        ]

    february = order("#1", "2026-02-02", 130, (2, "Mug", 40, "M1"), (1, "Lamp", 50, "L1"))
    march = order("#2", "2026-03-02", 44, (1, "Mug", 44, "M1"))
    brought(store, "orders_export_1.csv", as_csv([SHOPIFY, *february]))
    brought(store, "orders_export_2.csv", as_csv([SHOPIFY, *march]))
    assert store.rows(
        "SELECT month(order_date), customer, sum(amount), count(*) FROM orders "
        "GROUP BY ALL ORDER BY 1"
    ) == [(2, "Alder", Decimal(130), 2), (3, "Alder", Decimal(44), 1)]  # fmt: skip


@pytest.mark.parametrize(
    "item", ["Item (SD)", "Sales Document Item", "SO Item", "Line No", "行项目", "行号"]
)
def test_the_items_of_a_document_are_its_line_numbers(store: Store, item: str) -> None:
    rows = [
        ["Order No", item, "Order Date", "Customer", "Product", "Net Amount"],
        ["4711", "10", "2026-03-02", "Alder", "Pump", 100],
        ["4711", "20", "2026-03-02", "Alder", "Valve", 50],
        ["4712", "10", "2026-03-05", "Birch", "Pump", 100],
    ]
    brought(store, "VA05.csv", as_csv(rows))
    assert store.rows("SELECT order_id, line_no FROM orders ORDER BY ALL") == [
        ("4711", "10"),
        ("4711", "20"),
        ("4712", "10"),
    ]
    brought(store, "VA05 newer.csv", as_csv([*rows[:1], *reversed(rows[1:])]))
    assert sales(store) == Decimal(250)


XERO = [
    ["*ContactName", "*InvoiceNumber", "*InvoiceDate", "Total", "*Description", "*Quantity",
     "*UnitAmount", "LineAmount", "TaxAmount"],
    ["Acme", "INV-1", "2026-01-03", "330.00", "Pen", 1, "100.00", "100.00", "10.00"],
    ["Acme", "INV-1", "2026-01-03", "330.00", "Ink", 2, "100.00", "200.00", "20.00"],
    ["Beta", "INV-2", "2026-01-04", "110.00", "Pen", 1, "100.00", "100.00", "10.00"],
]  # fmt: skip
KINGDEE_TAX = [
    ["单据编号", "日期", "客户", "价税合计总额", "商品", "金额", "税额"],
    ["S1", "2026-03-02", "甲", 339, "笔", 100, 13],
    ["S1", "2026-03-02", "甲", 339, "墨", 200, 26],
    ["S2", "2026-03-03", "乙", 113, "笔", 100, 13],
]
GERMAN_LINES = [
    ["Rechnungsnummer", "Rechnungsdatum", "Kunde", "Gesamtbetrag", "Artikel", "Betrag", "MwSt",
     "Versand"],
    ["R1", "02.03.2026", "Alder", "362,00", "Stift", "100,00", "19,00", "5,00"],
    ["R1", "02.03.2026", "Alder", "362,00", "Tinte", "200,00", "38,00", "0,00"],
    ["R2", "15.03.2026", "Birke", "1.190,00", "Stift", "1.000,00", "190,00", "0,00"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "file", "total"),
    [
        pytest.param(XERO, "Xero.csv", "400", id="xero"),
        pytest.param(XERO, "Xero.xlsx", "400", id="xero-workbook"),
        pytest.param([XERO[0], *XERO[2:0:-1]], "one.csv", "300", id="one-document"),
        pytest.param(KINGDEE_TAX, "销售订单.csv", "400", id="zh"),
        pytest.param(GERMAN_LINES, "Rechnungen.csv", "1300", id="german-with-freight"),
        pytest.param([row[:5] + row[7:] for row in XERO], "short.csv", "400", id="without-pieces"),
        pytest.param(
            [row[:7] + row[8:] for row in XERO], "product.csv", "400", id="pieces-times-price"
        ),
    ],
)
def test_lines_that_add_up_to_a_total_with_the_taxes_of_the_lines_are_its_amounts(
    store: Store, rows: Rows, file: str, total: str
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == []
    brought(store, file, content_of(rows, file))
    assert sales(store) == Decimal(total)


def test_amounts_of_lines_are_on_offer_where_they_do_not_add_up_to_the_total(store: Store) -> None:
    rows = [
        ["Order No", "Order Date", "Customer", "Order Total", "Line Amount"],
        ["1", "2026-03-02", "Alder", 330, 100],
        ["1", "2026-03-02", "Alder", 330, 200],
        ["2", "2026-03-03", "Birch", 111, 100],
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/column"]
    (choice,) = draft.choices
    assert choice.options == ("1 × Order Total", "Order Total", "Line Amount")
    brought(store, "orders.csv", as_csv(rows), {"amount/column": "Line Amount"})
    assert sales(store) == Decimal(400)
