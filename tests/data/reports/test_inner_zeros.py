"""Zeros behind letters: SO-0012 and SO-12 are asked about, and are one or two."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.staging.leading_zeros import DIFFERENT, SAME
from data.store.database import Store
from tests.conftest import read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
KEY = "order_id/zeros"
EN = ["Order ID", "Order Date", "Customer", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]


def two(header: list[str], first: str, second: str, amount: int) -> Rows:
    return [
        header,
        (first, "2026-02-01", "Alder", 100),
        (second, "2026-02-02", "Birch", amount),
    ]


# The second file has the same two orders, one of them with 70 instead of 60.
ZEROS = [
    pytest.param(EN, ("SO-0012", "SO-0013"), ("SO-12", "SO-13"), as_csv, id="dropped"),
    pytest.param(EN, ("SO-12", "SO-13"), ("SO-0012", "SO-0013"), as_csv, id="filled-up"),
    pytest.param(ZH, ("XS00012", "XS00013"), ("XS12", "XS13"), as_csv, id="without-a-sign"),
    pytest.param(ZH, ("订单0012", "订单0013"), ("订单12", "订单13"), as_xlsx, id="chinese-letters"),
    pytest.param(
        DE,
        ("AU-2026-0012", "AU-2026-0013"),
        ("AU-2026-12", "AU-2026-13"),
        as_csv,
        id="behind-a-year",
    ),
    pytest.param(EN, ("SO-0012", "SO-0013"), ("so_12", "so 13"), as_csv, id="other-signs"),
    pytest.param(EN, ("SO-0012", "SO-0013"), ("SO12", "SO13"), as_xlsx, id="no-sign"),
    pytest.param(EN, ("2026/0012", "2026/0013"), ("2026/12", "2026/13"), as_csv, id="no-letters"),
]


@pytest.mark.parametrize(("answer", "right"), [(SAME, 170), (DIFFERENT, 330)])
@pytest.mark.parametrize(("header", "known", "again", "write"), ZEROS)
def test_numbers_that_differ_in_inner_zeros_are_asked_about(
    store: Store,
    header: list[str],
    known: tuple[str, str],
    again: tuple[str, str],
    write: Write,
    answer: str,
    right: int,
) -> None:
    brought(store, "a.dat", write(two(header, *known, 60)))
    content = write(two(header, *again, 70))
    (draft,) = drafts_of(store, "b.dat", content)
    assert asked(store, draft) == [KEY]
    brought(store, "b.dat", content, {KEY: answer})
    assert sales(store) == Decimal(right)


def test_two_files_of_one_drop_are_asked_about(store: Store) -> None:
    files = {
        "a.csv": as_csv(two(EN, "SO-0012", "SO-0013", 60)),
        "b.csv": as_csv(two(EN, "SO-12", "SO-13", 70)),
    }
    assert KEY in asked(store, read(store, files)[1])


OTHERS = [
    pytest.param(("SO-0012", "SO-0013"), ("SO-0012", "SO-0014"), id="one-length"),
    pytest.param(("SO-9", "SO-10"), ("SO-10", "SO-100"), id="not-filled-up"),
    pytest.param(("SO-1-12", "SO-1-13"), ("SO-11-2", "SO-11-3"), id="other-parts"),
    pytest.param(("SO-0012", "SO-0013"), ("PO-12", "PO-13"), id="other-letters"),
    pytest.param(("SO-0012", "SO-0013"), ("SO-120", "SO-1300"), id="zeros-at-the-end"),
]


@pytest.mark.parametrize(("known", "newer"), OTHERS)
def test_other_numbers_are_not_asked_about(
    store: Store, known: tuple[str, str], newer: tuple[str, str]
) -> None:
    brought(store, "a.csv", as_csv(two(EN, *known, 60)))
    rows = [EN, *((n, "2026-03-09", "Elm", 5 + at) for at, n in enumerate(newer))]
    (draft,) = drafts_of(store, "b.csv", as_csv(rows))
    assert KEY not in asked(store, draft)
