"""The same records in two forms: orders and their lines, an ERP's and a CRM's numbers, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from data.ingest import history, inbox, unattended
from data.staging.findings import BOTH, FILE, KNOWN
from data.store.database import Store
from tests.conftest import TODAY, bring, over, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
BY_NUMBER, BY_DAY = "order_id/again", "order_date/again"

WHOLE_EN = ["Order ID", "Order Date", "Customer", "Amount"]
WHOLE_ZH = ["订单编号", "下单日期", "客户", "金额"]
WHOLE_DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]
LINES_EN = ["Order ID", "Line No", "Order Date", "Customer", "Product", "Amount"]
LINES_ZH = ["订单编号", "行号", "下单日期", "客户", "产品", "金额"]
LINES_DE = ["Auftragsnummer", "Position", "Auftragsdatum", "Kunde", "Artikel", "Betrag"]
NO_LINE_EN = ["Order ID", "Order Date", "Customer", "Product", "Amount"]

# 1,000: three orders, as a whole and line by line.
WHOLE = [
    ("SO1001", "2026-02-01", "Alder", 300),
    ("SO1002", "2026-02-02", "Birch", 200),
    ("SO1003", "2026-02-03", "Cedar", 500),
]
LINES = [
    ("SO1001", 10, "2026-02-01", "Alder", "Bolt", 100),
    ("SO1001", 20, "2026-02-01", "Alder", "Nut", 200),
    ("SO1002", 10, "2026-02-02", "Birch", "Bolt", 200),
    ("SO1003", 10, "2026-02-03", "Cedar", "Bolt", 450),
    ("SO1003", 20, "2026-02-03", "Cedar", "Cap", 50),
]
UNNUMBERED = [(number, *more) for number, _line, *more in LINES]

SHAPES = [
    pytest.param(WHOLE_EN, WHOLE, LINES_EN, LINES, as_csv, id="english"),
    pytest.param(WHOLE_ZH, WHOLE, LINES_ZH, LINES, as_csv, id="chinese"),
    pytest.param(WHOLE_DE, WHOLE, LINES_DE, LINES, as_csv, id="german"),
    pytest.param(WHOLE_EN, WHOLE, LINES_EN, LINES, as_xlsx, id="workbook"),
    pytest.param(WHOLE_ZH, WHOLE, LINES_ZH, LINES, as_xlsx, id="chinese-workbook"),
    pytest.param(WHOLE_EN, WHOLE, NO_LINE_EN, UNNUMBERED, as_csv, id="lines-without-numbers"),
    pytest.param(WHOLE_EN, WHOLE[1:2], LINES_EN, LINES[2:3], as_csv, id="one-line-an-order"),
]


def products(store: Store) -> int:
    ((count,),) = store.rows("SELECT count(product) FROM orders")
    return int(count)


@pytest.mark.parametrize(("whole_header", "whole", "header", "lines", "write"), SHAPES)
def test_orders_count_line_by_line_whichever_list_came_first(
    store: Store, whole_header: list[str], whole: Rows, header: list[str], lines: Rows, write: Write
) -> None:
    right = Decimal(sum(int(str(row[-1])) for row in whole))
    brought(store, "orders.dat", write([whole_header, *whole]))
    result = brought(store, "lines.dat", write([header, *lines]))
    assert (sales(store), products(store)) == (right, len(lines))
    later = [whole_header, *whole, ("SO1009", "2026-02-09", "Elm", 7)]
    again = brought(store, "later.dat", write(later))
    assert set(again.left_out or {}) == {"counts_elsewhere"}
    assert (sales(store), products(store)) == (right + 7, len(lines))
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    # Without the lines, the orders as they came first.
    assert (sales(store), products(store)) == (right + 7, 0)


def test_orders_and_their_lines_of_one_drop_count_once(store: Store) -> None:
    files = {"a.csv": as_csv([WHOLE_EN, *WHOLE]), "b.csv": as_csv([LINES_EN, *LINES])}
    bring(store, files)
    assert (sales(store), products(store)) == (Decimal(1000), len(LINES))


# Lines with freight or without tax: they are near the totals, and nobody knows which is meant.
DOUBTFUL = [
    pytest.param(
        LINES_EN, [(*row[:-1], Decimal(str(row[-1])) / 2 + 45) for row in LINES], id="near"
    ),
    pytest.param(
        LINES_EN, [(*row[:-1], Decimal(str(row[-1])) * 100 / 113) for row in LINES], id="net"
    ),
    pytest.param(
        ["Order ID", "Line No", "Order Date", "Product", "Amount"],
        [(*row[:3], *row[4:]) for row in LINES],
        id="lines-without-customers",
    ),
]


@pytest.mark.parametrize(("header", "lines"), DOUBTFUL)
def test_lines_that_are_not_quite_the_orders_are_asked_about(
    store: Store, header: list[str], lines: Rows
) -> None:
    of_lines = sum(round(Decimal(str(row[-1])), 4) for row in lines)
    brought(store, "orders.csv", as_csv([WHOLE_EN, *WHOLE]))
    content = as_csv([header, *([*row[:-1], round(Decimal(str(row[-1])), 4)] for row in lines)])
    (draft,) = drafts_of(store, "lines.csv", content)
    assert asked(store, draft) == [BY_NUMBER]
    for answer, right in ((KNOWN, 1000), (BOTH, 1000 + of_lines), (FILE, of_lines)):
        result = brought(store, "lines.csv", content, {BY_NUMBER: answer})
        assert sales(store) == right
        if result.import_id:
            history.take_back(store, result.import_id)


# What the other list says of the three orders: of the ERP or by hand, 1,000 and one more of 11.
CRM = ["Order No", "Order Date", "Account", "External Order No", "Amount"]
CRM_ZH = ["单号", "日期", "客户名称", "平台单号", "金额"]
PO = ["Sales Order", "Order Date", "Customer", "Customer PO", "Amount"]
NAMED = [
    ("C-1", "2026-02-04", "Alder Trading", "SO1001", 300),
    ("C-2", "2026-02-05", "Birch & Sons", "SO1002", 200),
    ("C-3", "2026-02-05", "Cedar", "SO1003", 500),
    ("C-4", "2026-02-06", "Elm", "", 11),
]
RENUMBERED = [
    ("C-1", "2026-02-01", "Alder Ltd", 300),
    ("C-2", "2026-02-02", "birch", 200),
    ("C-3", "2026-02-03", "Cedar", 500),
    ("C-4", "2026-02-04", "Elm", 11),
]
NO_NUMBER = [row[1:] for row in RENUMBERED]
SOURCES = [
    pytest.param(CRM, NAMED, as_csv, BY_NUMBER, id="external-number"),
    pytest.param(CRM_ZH, NAMED, as_csv, BY_NUMBER, id="platform-number"),
    pytest.param(PO, NAMED, as_xlsx, BY_NUMBER, id="customer-po"),
    pytest.param(WHOLE_EN, RENUMBERED, as_csv, BY_NUMBER, id="other-numbers"),
    pytest.param(WHOLE_ZH, RENUMBERED, as_xlsx, BY_NUMBER, id="other-numbers-chinese"),
    pytest.param(WHOLE_DE, RENUMBERED, as_csv, BY_NUMBER, id="other-numbers-german"),
    pytest.param(WHOLE_EN[1:], NO_NUMBER, as_csv, BY_DAY, id="no-numbers"),
    pytest.param(WHOLE_ZH[1:], NO_NUMBER, as_xlsx, BY_DAY, id="no-numbers-chinese"),
]
ANSWERS: Mapping[str, int] = {KNOWN: 1011, FILE: 1011, BOTH: 2011}


@pytest.mark.parametrize("known", [(WHOLE_EN, WHOLE), (LINES_EN, LINES)], ids=["orders", "lines"])
@pytest.mark.parametrize(("header", "rows", "write", "key"), SOURCES)
def test_the_same_orders_from_another_source_are_asked_about(
    store: Store,
    known: tuple[list[str], Rows],
    header: list[str],
    rows: Rows,
    write: Write,
    key: str,
) -> None:
    brought(store, "erp.csv", as_csv([known[0], *known[1]]))
    content = write([header, *rows])
    (draft,) = drafts_of(store, "crm.dat", content)
    assert asked(store, draft) == [key]
    assert draft.again.question is not None
    assert draft.again.question.samples[0] == ("", ("1000.0000", "1000.0000", "2000.0000"))
    for answer, right in ANSWERS.items():
        result = brought(store, "crm.dat", content, {key: answer})
        assert sales(store) == Decimal(right)
        assert result.import_id is not None
        history.take_back(store, result.import_id)
        assert sales(store) == Decimal(1000)


def test_a_list_without_numbers_and_then_one_with_numbers_is_asked_about(store: Store) -> None:
    brought(store, "by_hand.csv", as_csv([WHOLE_EN[1:], *NO_NUMBER]))
    brought(store, "erp.csv", as_csv([LINES_EN, *LINES]), {BY_NUMBER: FILE})
    assert (sales(store), products(store)) == (Decimal(1011), len(LINES))


def test_lists_without_customers_are_compared_by_day_and_amount(store: Store) -> None:
    bare = [(number, day, amount) for number, day, _who, amount in WHOLE]
    brought(store, "erp.csv", as_csv([["Order ID", "Order Date", "Amount"], *bare]))
    header, rows = ["Date", "Product", "Sales Amount"], [(row[1], "Bolt", row[2]) for row in bare]
    (draft,) = drafts_of(store, "by_hand.csv", as_csv([header, *rows]))
    assert asked(store, draft) == [BY_DAY]


def test_two_sources_of_one_drop_are_asked_about(store: Store) -> None:
    files = {"a.csv": as_csv([WHOLE_EN, *WHOLE]), "b.csv": as_csv([WHOLE_EN[1:], *NO_NUMBER])}
    assert [asked(store, draft) for draft in read(store, files)] == [[], [BY_DAY]]


def test_over_http_the_second_source_waits(store: Store) -> None:
    brought(store, "a.csv", as_csv([WHOLE_EN, *WHOLE]))
    upload = inbox.receive(store, "b.csv", as_csv([WHOLE_EN, *RENUMBERED]))
    (arrived,) = over(store, unattended.start(store, [upload], today=TODAY))
    assert arrived.state == "needs_answer"
    assert sales(store) == Decimal(1000)


PAYMENTS = ["Payment ID", "Payment Date", "Customer", "Amount"]
CONTRACTS = ["合同编号", "签订日期", "客户", "合同金额"]
OTHER_TABLES = [
    pytest.param("payments", PAYMENTS, as_csv, id="payments"),
    pytest.param(
        "payments", ["收款单号", "收款日期", "客户", "收款金额"], as_xlsx, id="collections"
    ),
    pytest.param("contracts", CONTRACTS, as_csv, id="contracts"),
]


@pytest.mark.parametrize(("table", "header", "write"), OTHER_TABLES)
@pytest.mark.parametrize(("answer", "right"), [(KNOWN, 1011), (BOTH, 2011)])
def test_payments_and_contracts_under_other_numbers_are_asked_about(
    store: Store, table: str, header: list[str], write: Write, answer: str, right: int
) -> None:
    brought(store, "a.dat", write([header, *WHOLE]))
    (draft,) = drafts_of(store, "b.dat", write([header, *RENUMBERED]))
    (key,) = asked(store, draft)
    assert key.endswith("/again")
    brought(store, "b.dat", write([header, *RENUMBERED]), {key: answer})
    ((total,),) = store.rows(f'SELECT sum(amount) FROM "{table}"')
    assert total == right


# Other orders: of the same days, of the same customers, of the same amounts, but not of all three.
OTHERS = [
    pytest.param(WHOLE_EN, [(f"X{n}", d, c, a + 1) for n, d, c, a in WHOLE], id="other-amounts"),
    pytest.param(WHOLE_EN, [(f"X{n}", d, "Oak", a) for n, d, c, a in WHOLE], id="other-customers"),
    pytest.param(
        WHOLE_EN,
        [(f"X{n}", f"2026-03-{n[-2:]}", c, a) for n, d, c, a in WHOLE],
        id="other-days",
    ),
    pytest.param(
        WHOLE_EN,
        [*RENUMBERED[:1], *((f"Y{n}", f"2026-02-0{n}", "Oak", n) for n in range(1, 4))],
        id="one-of-four",
    ),
    pytest.param(WHOLE_EN, [*WHOLE, ("SO1004", "2026-02-03", "Cedar", 500)], id="one-more"),
    pytest.param(LINES_EN, [("SO1001", 30, "2026-02-01", "Alder", "Nail", 15)], id="another-line"),
    pytest.param(
        [*CRM[:3], "Return of Order", "Amount"],
        [("R-1", "2026-02-08", "Alder", "SO1001", 300)],
        id="returns-name-their-order",
    ),
    pytest.param(
        [*CRM[:3], "Reference", "Amount"],
        [("R-1", "2026-02-08", "Alder", "SO1001", -300), ("R-2", "2026-02-08", "Oak", "", 8)],
        id="credit-notes-name-their-order",
    ),
]


@pytest.mark.parametrize(("header", "rows"), OTHERS)
def test_other_orders_are_not_asked_about(store: Store, header: list[str], rows: Rows) -> None:
    brought(store, "a.csv", as_csv([WHOLE_EN, *WHOLE]))
    (draft,) = drafts_of(store, "b.csv", as_csv([header, *rows]))
    assert not [key for key in asked(store, draft) if key.endswith("/again")]
    assert draft.again.settled_rows == frozenset()
    assert draft.again.settled_known == ()
