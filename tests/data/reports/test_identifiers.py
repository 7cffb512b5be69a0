"""Identifiers: one number written in several ways is one, cut numbers are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.ingest.unattended import held
from data.staging.leading_zeros import DIFFERENT, SAME
from data.store.database import Store
from data.values.identifiers import identifier
from tests.data.reports.imported import (
    Rows,
    as_csv,
    as_xlsx,
    asked,
    brought,
    drafts_of,
    sales,
)

pytestmark = pytest.mark.usefixtures("inline")

ZH = ["订单编号", "下单日期", "客户", "金额", "状态"]
EN = ["Order ID", "Order Date", "Customer", "Amount", "Status"]


def order_list(header: list[str], *orders: tuple[object, str, int, str]) -> Rows:
    return [header, *([number, day, "Alder", amount, s] for number, day, amount, s in orders)]


# The first file has two orders of 100 and 60; the second has the same ones again, the
# second of them cancelled. 100 is left, whatever the numbers look like.
TWICE = [
    pytest.param(ZH, '="0012345678901234567"', "0012345678901234567", id="formula"),
    pytest.param(ZH, "'2026030100001", "2026030100001", id="apostrophe"),
    pytest.param(EN, "SO-7", "so-7 ", id="case-and-blank"),
    pytest.param(EN, "ＳＯ－７", "SO-7", id="full-width"),
    pytest.param(EN, "\t80017\t", "80017", id="tabs"),
    pytest.param(EN, "80017", "80017.0", id="float"),
    pytest.param(EN, "1,017", "1017", id="grouped-digits"),
    pytest.param(EN, "\u200b4711", "4711", id="invisible"),
    pytest.param(
        EN,
        "{3F2504E0-4F89-41D3-9A0C-0305E82C3301}",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        id="guid",
    ),
    pytest.param(EN, "8015g00000AbCdE", identifier("8015g00000AbCdE"), id="salesforce-eighteen"),
    pytest.param(
        EN, "8015g00000AbCdE", identifier("8015g00000AbCdE").lower(), id="salesforce-lower"
    ),
]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(("header", "first", "again"), TWICE)
def test_an_order_whose_number_is_spelt_in_another_way_is_the_same_order(
    store: Store, header: list[str], first: str, again: str, write: object
) -> None:
    words = ("已完成", "已取消") if header is ZH else ("Completed", "Cancelled")
    one = order_list(
        header, ("A-1", "2026-03-02", 100, words[0]), (first, "2026-03-03", 60, words[0])
    )
    two = order_list(
        header, ("A-1", "2026-03-02", 100, words[0]), (again, "2026-03-03", 60, words[1])
    )
    suffix = "csv" if write is as_csv else "xlsx"
    brought(store, f"a_orders.{suffix}", write(one))  # type: ignore[operator]
    brought(store, f"b_orders.{suffix}", write(two))  # type: ignore[operator]
    assert sales(store) == Decimal(100)


# The first week has 100 + 200, the second 400: digits are lost, but no row.
@pytest.mark.parametrize(
    ("suffix", "number"),
    [
        pytest.param("csv", "1.23457E+15", id="scientific"),
        pytest.param("csv", "1,23457E+15", id="scientific-with-comma"),
        pytest.param("csv", "4.2e+18", id="scientific-in-small-letters"),
        pytest.param("csv", "4200001234202600000", id="zeros-at-the-end"),
        pytest.param("xlsx", 4200001234202603021, id="number-in-a-workbook"),
        pytest.param("xlsx", 1234567890123456, id="sixteen-digits-in-a-workbook"),
    ],
)
def test_orders_whose_numbers_have_lost_digits_overwrite_nothing_and_the_file_is_told(
    store: Store, suffix: str, number: object
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    week = order_list(EN, (number, "2026-03-02", 100, ""), (number, "2026-03-03", 200, ""))
    following = order_list(EN, (number, "2026-03-09", 400, ""), (number, "2026-03-10", 50, ""))
    (draft,) = drafts_of(store, f"w1.{suffix}", write(week))
    assert [note.code for note in draft.sheet.notes if draft.sheet] == ["ids_lost_digits"]
    brought(store, f"w1.{suffix}", write(week))
    result = brought(store, f"w2.{suffix}", write(following))
    assert result.landed is not None
    assert result.landed.changed == 0
    assert sales(store) == Decimal(750)
    assert store.rows("SELECT count(DISTINCT order_id) FROM orders") == [(4,)]


def test_a_few_numbers_that_have_lost_digits_are_listed_and_their_rows_stay(store: Store) -> None:
    rows = order_list(
        EN,
        ("SO-1", "2026-03-02", 100, ""),
        ("SO-2", "2026-03-03", 200, ""),
        ("1.23E+15", "2026-03-04", 400, ""),
    )
    result = brought(store, "orders.csv", as_csv(rows))
    assert [(one.row, one.why) for one in result.problems] == [(4, "id_lost_digits")]
    assert sales(store) == Decimal(700)


def test_long_numbers_that_are_text_in_a_workbook_keep_all_their_digits(store: Store) -> None:
    rows = order_list(
        ZH,
        ("4200001234202603021", "2026-03-02", 100, ""),
        ("4200001234202603022", "2026-03-02", 60, ""),
    )
    brought(store, "orders.xlsx", as_xlsx(rows))
    assert store.rows("SELECT order_id FROM orders ORDER BY 1") == [
        ("4200001234202603021",),
        ("4200001234202603022",),
    ]


PADDED = [("00123", "123"), ("123", "00123"), ("0000456", "456")]


@pytest.mark.parametrize(("first", "again"), PADDED)
@pytest.mark.parametrize(("answer", "right"), [(SAME, 100), (DIFFERENT, 260)])
def test_numbers_that_differ_in_leading_zeros_are_asked_about_and_the_answer_holds(
    store: Store, first: str, again: str, answer: str, right: int
) -> None:
    one = order_list(ZH, ("9", "2026-03-02", 100, "已完成"), (first, "2026-03-03", 160, "已完成"))
    two = order_list(ZH, ("9", "2026-03-02", 100, "已完成"), (again, "2026-03-03", 160, "已取消"))
    brought(store, "a.csv", as_csv(one))
    (draft,) = drafts_of(store, "b.csv", as_csv(two))
    assert asked(store, draft) == ["order_id/zeros"]
    assert held(draft) is None
    brought(store, "b.csv", as_csv(two), {"order_id/zeros": answer})
    assert sales(store) == Decimal(right)


def test_leading_zeros_are_asked_about_within_one_file_and_between_files_of_one_drop(
    store: Store,
) -> None:
    rows = order_list(EN, ("00123", "2026-03-02", 100, ""), ("123", "2026-03-03", 60, ""))
    (draft,) = drafts_of(store, "a.csv", as_csv(rows))
    assert asked(store, draft) == ["order_id/zeros"]
    payments = [["Payment Date", "Order ID", "Amount"], ["2026-03-09", "123", 100]]
    brought(store, "o.csv", as_csv(order_list(EN, ("00123", "2026-03-02", 100, ""))))
    (draft,) = drafts_of(store, "payments.csv", as_csv(payments))
    assert asked(store, draft) == ["order_id/zeros"]


def test_deals_of_fifteen_and_eighteen_characters_are_the_same_deals(store: Store) -> None:
    header = ["Opportunity ID", "Opportunity Name", "Stage", "Amount", "Close Date", "Created Date"]
    short = ["0065g00000AbCdE", "0065g00000AbCdF", "0065g00000AbCde"]
    older = [[one, f"Deal {at}", "Prospecting", 100, "2026-04-30", "2026-03-01"]
             for at, one in enumerate(short)]  # fmt: skip
    newer = [[identifier(one), f"Deal {at}", "Closed Won", 100, "2026-03-18", "2026-03-01"]
             for at, one in enumerate(short)]  # fmt: skip
    brought(store, "report_2026-03-10.csv", as_csv([header, *older]))
    brought(store, "extract_2026-03-20.csv", as_csv([header, *newer]))
    assert store.rows("SELECT status, count(*) FROM deals GROUP BY ALL") == [("won", 3)]


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("ch_3NkAbCdEfGhIjKlMn", "ch_3NkAbCdEfGhIjKlMn"),
        ("701234567890123AB1", "701234567890123AB1"),
        ("701234567890123AB2", "701234567890123AB2"),
        ("20260302000123456", "20260302000123456"),
        ("Acme Renewal", "Acme Renewal"),
        ("00123", "00123"),
    ],
)
def test_an_identifier_that_says_more_by_its_spelling_keeps_it(text: str, spelling: str) -> None:
    assert identifier(text) == spelling
