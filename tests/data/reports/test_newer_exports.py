"""Newer exports: what an order, or the days of an export, no longer have."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import history
from data.staging.draft import DELETED, KEPT
from data.store.database import Store
from tests.conftest import bring, land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
EN = ["Order ID", "Order Date", "Customer", "Product", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "产品", "金额"]
NUMBERED = ["Order ID", "Line No", "Order Date", "Product", "Amount"]

WIDGET = ["O-1", "2026-02-20", "Alder", "Widget", 100]
GADGET = ["O-1", "2026-02-20", "Alder", "Gadget", 60]
OTHER = ["O-2", "2026-02-21", "Birch", "Widget", 50]
LATER = ["O-3", "2026-03-02", "Cedar", "Widget", 70]


# | order | line | before | in the newer export |  O-2 and O-3 are in both
EDITED = [
    pytest.param(EN, [WIDGET, GADGET, OTHER], [WIDGET, OTHER, LATER], 220, id="second-line-gone"),
    pytest.param(EN, [WIDGET, GADGET, OTHER], [GADGET, OTHER, LATER], 180, id="first-line-gone"),
    pytest.param(ZH, [WIDGET, GADGET, OTHER], [WIDGET, OTHER, LATER], 220, id="chinese"),
    pytest.param(
        EN, [WIDGET, GADGET, OTHER], [WIDGET, GADGET, OTHER, LATER], 280, id="nothing-gone"
    ),
    pytest.param(
        NUMBERED,
        [["O-1", 1, "2026-02-20", "Widget", 100], ["O-1", 2, "2026-02-20", "Gadget", 60]],
        [["O-1", 2, "2026-02-20", "Gadget", 60], ["O-3", 1, "2026-03-02", "Widget", 70]],
        130,
        id="numbered-line-gone",
    ),
    pytest.param(
        NUMBERED,
        [["O-1", 1, "2026-02-20", "Widget", 100], ["O-1", 2, "2026-02-20", "Gadget", 60]],
        [["O-1", 3, "2026-02-20", "Part", 5], ["O-3", 1, "2026-03-02", "Widget", 70]],
        235,
        id="lists-of-other-lines-add-up",
    ),
]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(("header", "before", "newer", "right"), EDITED)
def test_an_order_loses_the_lines_that_its_newer_export_no_longer_has(
    store: Store, header: list[str], before: Rows, newer: Rows, right: int, write: Write
) -> None:
    suffix = "csv" if write is as_csv else "xlsx"
    brought(store, f"orders_0228.{suffix}", write([header, *before]))
    first = sales(store)
    result = brought(store, f"orders_0331.{suffix}", write([header, *newer]))
    assert sales(store) == Decimal(right)
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert sales(store) == first


def test_two_halves_of_an_order_in_files_of_one_drop_add_up(store: Store) -> None:
    widget, gadget, part = (
        ["O-1", line, "2026-02-20", product, amount]
        for line, product, amount in ((1, "Widget", 100), (2, "Gadget", 60), (3, "Part", 5))
    )
    one, two = [NUMBERED, widget, gadget], [NUMBERED, gadget, part]
    bring(store, {"a.csv": as_csv(one), "b.csv": as_csv(two)})
    assert sales(store) == Decimal(165)


def test_a_file_of_later_days_takes_no_lines_of_earlier_days(store: Store) -> None:
    first = [["O-1", 1, "2026-02-20", "Widget", 100], ["O-1", 2, "2026-02-20", "Part", 60]]
    after = [["O-1", 1, "2026-03-02", "Widget", 90], ["O-9", 1, "2026-03-09", "Part", 5]]
    brought(store, "feb.csv", as_csv([NUMBERED, *first]))
    brought(store, "mar.csv", as_csv([NUMBERED, *after]))
    assert sales(store) == Decimal(155)


# O-1 100 and O-2 50 in February; the newer export covers February and has O-1 and O-3 (70).
DELETIONS = [
    pytest.param(EN, "csv", id="english"),
    pytest.param(ZH, "csv", id="chinese"),
    pytest.param(EN, "xlsx", id="workbook"),
]


@pytest.mark.parametrize(("answer", "right"), [(DELETED, 170), (KEPT, 220)])
@pytest.mark.parametrize(("header", "suffix"), DELETIONS)
def test_orders_missing_from_days_that_a_newer_export_covers_are_asked_about(
    store: Store, header: list[str], suffix: str, answer: str, right: int
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    brought(store, f"orders_0228.{suffix}", write([header, WIDGET, OTHER]))
    newer = write([header, WIDGET, LATER])
    (draft,) = drafts_of(store, f"orders_0331.{suffix}", newer)
    assert asked(store, draft) == ["order_id/gone"]
    assert land(store, [draft])[0].error.code == "questions_open"
    result = brought(store, f"orders_0331.{suffix}", newer, {"order_id/gone": answer})
    assert sales(store) == Decimal(right)
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert sales(store) == Decimal(150)


# What the newer file has is O-1; O-2 is missing from it, and nothing is to be asked.
UNASKED = [
    pytest.param([OTHER], [LATER], id="no-order-in-common"),
    pytest.param([WIDGET, OTHER], [WIDGET], id="days-that-the-file-does-not-reach"),
    pytest.param([WIDGET, OTHER], [WIDGET, OTHER, LATER], id="nothing-missing"),
]


@pytest.mark.parametrize(("before", "newer"), UNASKED)
def test_nothing_is_asked_where_the_newer_export_could_not_have_the_order(
    store: Store, before: Rows, newer: Rows
) -> None:
    brought(store, "a.csv", as_csv([EN, *before]))
    (draft,) = drafts_of(store, "b.csv", as_csv([EN, *newer]))
    assert asked(store, draft) == []


def test_the_answer_of_one_month_deletes_nothing_in_the_next(store: Store) -> None:
    brought(store, "a.csv", as_csv([EN, WIDGET, OTHER]))
    brought(store, "b.csv", as_csv([EN, WIDGET, LATER]), {"order_id/gone": DELETED})
    last = ["O-4", "2026-03-09", "Alder", "Part", 5]
    (draft,) = drafts_of(store, "c.csv", as_csv([EN, WIDGET, last]))
    assert asked(store, draft) == ["order_id/gone"]
