"""The same money from two lists a few days apart: the receipts of an ERP and of a bank."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import history, inbox, unattended
from data.staging.findings import BOTH, KNOWN
from data.store.database import Store
from tests.conftest import TODAY, over, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
BY_DAY, BY_NUMBER = "payment_date/again", "payment_id/again"

ERP = ["Payment ID", "Payment Date", "Customer", "Amount"]
# 1,720.50 in four receipts.
RECEIPTS = [
    ("P-1", "2026-02-02", "Alder", 300),
    ("P-2", "2026-02-03", "Birch", 200),
    ("P-3", "2026-02-06", "Cedar", 500),
    ("P-4", "2026-02-09", "Dogwood", 720.5),
]
# The same on the next working day, and 11 that the ERP has not.
NEXT_DAY = [
    ("2026-02-03", "Alder GmbH", 300),
    ("2026-02-04", "birch", 200),
    ("2026-02-09", "Cedar", 500),
    ("2026-02-10", "Dogwood & Sons", 720.5),
    ("2026-02-10", "Elm", 11),
]
BANK = ["Booking Date", "Payer", "Amount Received"]


def _numbered(first: str) -> Rows:
    return [(f"{first}{at}", *row) for at, row in enumerate(NEXT_DAY)]


LISTS = [
    pytest.param(BANK, NEXT_DAY, as_csv, BY_DAY, id="english"),
    pytest.param(["到账日期", "客户名称", "回款金额"], NEXT_DAY, as_csv, BY_DAY, id="chinese"),
    pytest.param(["收款日期", "付款方", "收款金额"], NEXT_DAY, as_xlsx, BY_DAY, id="chinese-payer"),
    pytest.param(
        ["Zahlungsdatum", "Kunde", "Zahlungsbetrag"], NEXT_DAY, as_csv, BY_DAY, id="german"
    ),
    pytest.param(
        ["Date de paiement", "Client", "Montant encaissé"], NEXT_DAY, as_xlsx, BY_DAY, id="french"
    ),
    pytest.param(
        ["Fecha de pago", "Cliente", "Importe cobrado"], NEXT_DAY, as_csv, BY_DAY, id="spanish"
    ),
    pytest.param(
        ["Payment No", "Payment Date", "Customer", "Amount"],
        _numbered("20260203000000"),
        as_csv,
        BY_NUMBER,
        id="numbers-of-the-bank",
    ),
    pytest.param(
        BANK,
        [("2026-02-02", "Alder", 300), ("2026-02-03", "Birch", 200), *NEXT_DAY[2:]],
        as_csv,
        BY_DAY,
        id="half-of-them-on-the-same-day",
    ),
    pytest.param(
        BANK,
        [("2026-01-30", "Alder", 300), ("2026-02-01", "Birch", 200), *NEXT_DAY[2:]],
        as_csv,
        BY_DAY,
        id="some-before",
    ),
]


def collected(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM payments")
    return Decimal(total)


@pytest.mark.parametrize(("header", "rows", "write", "key"), LISTS)
def test_the_same_money_some_days_apart_is_asked_about(
    store: Store, header: list[str], rows: Rows, write: Write, key: str
) -> None:
    brought(store, "erp.csv", as_csv([ERP, *RECEIPTS]))
    content = write([header, *rows])
    (draft,) = drafts_of(store, "bank.dat", content)
    assert (draft.table, asked(store, draft)) == ("payments", [key])
    assert draft.again.question is not None
    assert draft.again.question.samples[0] == ("", ("1720.5000", "3441.0000"))
    for answer, right in ((KNOWN, "1731.5"), (BOTH, "3452")):
        result = brought(store, "bank.dat", content, {key: answer})
        assert collected(store) == Decimal(right)
        assert result.import_id is not None
        history.take_back(store, result.import_id)


def test_the_list_with_numbers_may_come_second(store: Store) -> None:
    brought(store, "bank.csv", as_csv([BANK, *NEXT_DAY]))
    (draft,) = drafts_of(store, "erp.csv", as_csv([ERP, *RECEIPTS]))
    assert asked(store, draft) == [BY_NUMBER]
    more = [*RECEIPTS, ("P-5", "2026-02-10", "Fir", 7)]
    brought(store, "erp.csv", as_csv([ERP, *more]), {BY_NUMBER: KNOWN})
    assert collected(store) == Decimal("1738.5")


@pytest.mark.parametrize(
    "known",
    [
        [["Payment ID", "Payment Date", "Amount"], *((n, d, a) for n, d, _, a in RECEIPTS)],
        [
            ERP,
            *((n, d, f"C-{n[-1]}00", a) for n, d, _, a in RECEIPTS),
            ("P-5", "2026-02-10", "C-500", 11),
        ],
    ],
    ids=["no-customers", "customers-by-number"],
)
def test_amounts_tell_where_customers_do_not(store: Store, known: Rows) -> None:
    brought(store, "erp.csv", as_csv(known))
    rows = [(day, who, amount) for day, who, amount in NEXT_DAY][: len(known) - 1]
    (draft,) = drafts_of(store, "bank.csv", as_csv([BANK, *rows]))
    assert asked(store, draft) == [BY_DAY]


def test_orders_tell_where_customers_do_not(store: Store) -> None:
    header = ["Payment ID", "Payment Date", "Order No", "Amount"]
    erp = [("P-1", "2026-02-02", "SO1", 300), ("P-2", "2026-02-03", "SO2", 300)]
    brought(store, "erp.csv", as_csv([header, *erp]))
    rows = [("2026-02-03", "SO1", 300), ("2026-02-04", "SO2", 300)]
    (draft,) = drafts_of(store, "bank.csv", as_csv([["Payment Date", "Order No", "Amount"], *rows]))
    assert asked(store, draft) == [BY_DAY]


def test_two_lists_of_one_drop_are_asked_about(store: Store) -> None:
    files = {"a.csv": as_csv([ERP, *RECEIPTS]), "b.csv": as_csv([BANK, *NEXT_DAY])}
    assert [asked(store, draft) for draft in read(store, files)] == [[], [BY_DAY]]


def test_over_http_the_second_list_waits(store: Store) -> None:
    brought(store, "a.csv", as_csv([ERP, *RECEIPTS]))
    upload = inbox.receive(store, "b.csv", as_csv([BANK, *NEXT_DAY]))
    (arrived,) = over(store, unattended.start(store, [upload], today=TODAY))
    assert arrived.state == "needs_answer"
    assert collected(store) == Decimal("1720.5")


# Each customer pays the same every week, or on the first of every month.
WEEKS = [(f"P-{at}", f"2026-02-{at:02}", who, 50) for at in (2, 9, 16) for who in ("Oak", "Fir")]
OTHERS = [
    pytest.param(ERP, RECEIPTS, BANK, [(d, w, a + 1) for d, w, a in NEXT_DAY], id="other-amounts"),
    pytest.param(
        ERP, RECEIPTS, BANK, [(d, f"Oak {a}", a) for d, _, a in NEXT_DAY[:3]], id="other-customers"
    ),
    pytest.param(
        ERP,
        RECEIPTS,
        BANK,
        [(f"2026-02-{at}", *NEXT_DAY[n][1:]) for n, at in enumerate((9, 11, 14, 17))],
        id="a-week-later",
    ),
    pytest.param(
        ERP,
        WEEKS,
        BANK,
        [(f"2026-02-{at}", w, 50) for at in (23, 25) for w in ("Oak", "Fir")],
        id="weekly-payments",
    ),
    pytest.param(
        ERP,
        RECEIPTS,
        ERP,
        [(f"P-1{n[-1]}", "2026-02-07", c, a) for n, _, c, a in RECEIPTS],
        id="more-of-the-same-series",
    ),
    pytest.param(
        ["Payment ID", "Payment Date", "Amount"],
        [(f"A{at}", f"2026-02-{at:02}", 20 if at % 2 else 30) for at in range(1, 9)],
        ["Payment Date", "Payer", "Amount Received"],
        [(f"2026-02-{at:02}", f"Buyer {at}", 30 if at % 2 else 20) for at in range(1, 9)],
        id="two-prices",
    ),
    pytest.param(
        [*ERP, "Currency"],
        [(*row, "USD") for row in RECEIPTS],
        [*BANK, "Currency"],
        [(*row, "EUR") for row in NEXT_DAY],
        id="other-currency",
    ),
    pytest.param(
        ERP,
        RECEIPTS,
        BANK,
        [NEXT_DAY[0], *((d, "Oak", a) for d, _, a in NEXT_DAY[1:4])],
        id="one-of-four",
    ),
]


@pytest.mark.parametrize(("known_header", "known", "header", "rows"), OTHERS)
def test_other_money_is_not_asked_about(
    store: Store, known_header: list[str], known: Rows, header: list[str], rows: Rows
) -> None:
    brought(store, "erp.csv", as_csv([known_header, *known]))
    before = collected(store)
    content = as_csv([header, *rows])
    (draft,) = drafts_of(store, "bank.csv", content)
    assert draft.table == "payments"
    assert not [key for key in asked(store, draft) if key.endswith("/again")]
    brought(store, "bank.csv", content)
    assert collected(store) == before + sum(
        Decimal(str(row[-1 - ("Currency" in header)])) for row in rows
    )
