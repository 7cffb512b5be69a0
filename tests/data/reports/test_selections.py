"""Exports of one product or rep: the other lines of their orders stay, or are gone, as answered."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import history, inbox, unattended
from data.staging.findings import PART, WHOLE
from data.store.database import Store
from tests.conftest import TODAY, over
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
KEY = "order_id/part"
PRODUCT = ["Order ID", "Order Date", "Customer", "Product", "Amount"]
PRODUCT_ZH = ["订单编号", "下单日期", "客户", "产品", "金额"]
PRODUCT_DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Artikel", "Betrag"]
REP = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
REP_ZH = ["订单编号", "下单日期", "客户", "业务员", "金额"]
CATEGORY = ["Order ID", "Order Date", "Customer", "Category", "Amount"]
NUMBERED = ["Order ID", "Line No", "Order Date", "Customer", "Product", "Amount"]

# 660 in five lines, of which 260 are of the first word.
WHOLE_ORDERS = [
    ("O-1", "2026-02-20", "Alder", "Nut", 60),
    ("O-1", "2026-02-20", "Alder", "Bolt", 100),
    ("O-2", "2026-02-21", "Birch", "Bolt", 150),
    ("O-2", "2026-02-21", "Birch", "Nut", 40),
    ("O-3", "2026-02-22", "Cedar", "Bolt", 310),
]
LINES = [(n, 10 * (at % 2 + 1), *more) for at, (n, *more) in enumerate(WHOLE_ORDERS)]


def of(rows: Rows, word: str) -> list[tuple[object, ...]]:
    """Return the lines of one word, of which the first has 5 more now."""
    mine = [tuple(row) for row in rows if row[-2] == word]
    return [(*mine[0][:-1], int(str(mine[0][-1])) + 5), *mine[1:]]


FILTERED = [
    pytest.param(PRODUCT, WHOLE_ORDERS, "Nut", as_csv, id="product"),
    pytest.param(PRODUCT, WHOLE_ORDERS, "Bolt", as_csv, id="product-of-all-orders"),
    pytest.param(PRODUCT_ZH, WHOLE_ORDERS, "Nut", as_csv, id="product-chinese"),
    pytest.param(PRODUCT_DE, WHOLE_ORDERS, "Nut", as_xlsx, id="product-german"),
    pytest.param(REP, WHOLE_ORDERS, "Nut", as_xlsx, id="rep"),
    pytest.param(REP_ZH, WHOLE_ORDERS, "Bolt", as_csv, id="rep-chinese"),
    pytest.param(CATEGORY, WHOLE_ORDERS, "Nut", as_csv, id="category"),
    pytest.param(NUMBERED, LINES, "Nut", as_csv, id="numbered-lines"),
]


@pytest.mark.parametrize(("header", "rows", "word", "write"), FILTERED)
def test_an_export_of_some_lines_is_asked_about(
    store: Store, header: list[str], rows: Rows, word: str, write: Write
) -> None:
    brought(store, "all.dat", write([header, *rows]))
    content = write([header, *of(rows, word)])
    (draft,) = drafts_of(store, "some.dat", content)
    assert asked(store, draft) == [KEY]
    result = brought(store, "some.dat", content, {KEY: PART})
    assert sales(store) == Decimal(665)
    ((lines,),) = store.rows("SELECT count(*) FROM orders")
    assert lines == len(rows)
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert sales(store) == Decimal(660)


def test_lines_that_orders_lost_no_longer_count(store: Store) -> None:
    brought(store, "all.csv", as_csv([PRODUCT, *WHOLE_ORDERS]))
    content = as_csv([PRODUCT, *of(WHOLE_ORDERS, "Bolt")])
    brought(store, "some.csv", content, {KEY: WHOLE})
    assert sales(store) == Decimal(565)


def test_a_later_whole_export_replaces_again(store: Store) -> None:
    brought(store, "all.csv", as_csv([PRODUCT, *WHOLE_ORDERS]))
    brought(store, "some.csv", as_csv([PRODUCT, *of(WHOLE_ORDERS, "Nut")]), {KEY: PART})
    brought(store, "all.csv", as_csv([PRODUCT, *WHOLE_ORDERS[1:], (*WHOLE_ORDERS[0][:-1], 70)]))
    assert sales(store) == Decimal(670)


def test_over_http_a_selection_waits(store: Store) -> None:
    brought(store, "all.csv", as_csv([PRODUCT, *WHOLE_ORDERS]))
    upload = inbox.receive(store, "some.csv", as_csv([PRODUCT, *of(WHOLE_ORDERS, "Nut")]))
    (arrived,) = over(store, unattended.start(store, [upload], today=TODAY))
    assert arrived.state == "needs_answer"
    assert sales(store) == Decimal(660)


EDITED = [
    pytest.param(WHOLE_ORDERS[1:], id="one-order-edited"),
    pytest.param(WHOLE_ORDERS, id="nothing-less"),
    pytest.param([*WHOLE_ORDERS[:1], *WHOLE_ORDERS[2:3], *WHOLE_ORDERS[4:]], id="different-lines"),
    pytest.param([(n, d, c, "Cap", a) for n, d, c, _p, a in WHOLE_ORDERS], id="renamed-product"),
]


@pytest.mark.parametrize("rows", EDITED)
def test_edited_orders_are_not_asked_about(store: Store, rows: Rows) -> None:
    brought(store, "all.csv", as_csv([PRODUCT, *WHOLE_ORDERS]))
    (draft,) = drafts_of(store, "newer.csv", as_csv([PRODUCT, *rows]))
    assert KEY not in asked(store, draft)
