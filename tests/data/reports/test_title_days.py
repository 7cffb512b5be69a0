"""A line above a list says of which days it is: what a later export lacks on them is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.staging.draft import DELETED
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Invoice No", "Invoice Date", "Customer", "Amount"]
ZH = ["单据编号", "单据日期", "客户名称", "金额"]
# Of 1, 5, 27 and 31 January: 1 + 20 + 300 + 4000.
BEFORE: Rows = [
    ["S-1", "2026-01-01", "Alder", 1],
    ["S-2", "2026-01-05", "Birch", 20],
    ["S-3", "2026-01-27", "Cedar", 300],
    ["S-4", "2026-01-31", "Alder", 4000],
]
AFTER = BEFORE[1:3]
TITLES = [
    pytest.param(ZH, ["单据日期：2026-01-01 至 2026-01-31"], id="document-days"),
    pytest.param(ZH, ["单位名称：恒拓", "", "期间：2026年1月1日-31日"], id="beside-the-company"),
    pytest.param(ZH, ["2026/01/01~2026/01/31"], id="bare"),
    pytest.param(ZH, ["开始日期", "2026-01-01", "结束日期", "2026-01-31"], id="cells-of-their-own"),
    pytest.param(ZH, ["期间：2026-01 至 2026-01"], id="months"),
    pytest.param(EN, ["January 1-31, 2026"], id="quickbooks-days"),
    pytest.param(EN, ["January 2026"], id="quickbooks-month"),
    pytest.param(EN, ["From 01/01/2026 to 31/01/2026"], id="from-to"),
    pytest.param(EN, ["For the period 1 January 2026 to 31 January 2026"], id="xero"),
    pytest.param(EN, ["1-Jan-26 to 31-Jan-26"], id="tally"),
    pytest.param(EN, ["Zeitraum:", "01.01.2026", "31.01.2026"], id="german-cells"),
    pytest.param(EN, ["Du 1 janvier au 31 janvier 2026"], id="french"),
    pytest.param(EN, ["Date Range: 12/15/2025 00:00 - 01/31/2026 23:59"], id="with-times"),
]


@pytest.mark.parametrize(("header", "title"), TITLES)
def test_orders_missing_from_the_days_of_the_title_are_asked_about(
    store: Store, header: list[str], title: list[str]
) -> None:
    write = as_csv if header is ZH else as_xlsx
    suffix = "csv" if header is ZH else "xlsx"
    brought(store, f"a.{suffix}", write([header, *BEFORE]))
    newer = write([["Sales"], title, header, *AFTER])
    (draft,) = drafts_of(store, f"b.{suffix}", newer)
    assert asked(store, draft) == ["order_id/gone"]
    assert draft.absent is not None and draft.absent.orders == ("S-1", "S-4")
    brought(store, f"b.{suffix}", newer, {"order_id/gone": DELETED})
    assert sales(store) == 320


@pytest.mark.parametrize(("header", "title"), TITLES)
def test_a_list_without_numbers_replaces_the_days_of_the_title(
    store: Store, header: list[str], title: list[str]
) -> None:
    brought(store, "list.csv", as_csv([["Sales"], title, *_unnumbered([header, *BEFORE])]))
    # The first is now of the 20th, the last is gone.
    after = [BEFORE[1], ["S-1", "2026-01-20", "Alder", 1], BEFORE[2]]
    brought(store, "list.csv", as_csv([["Sales"], title, *_unnumbered([header, *after])]))
    assert sales(store) == 321
    assert sales(store, "order_date = '2026-01-01'") == 0


def _unnumbered(rows: Rows) -> Rows:
    return [row[1:] for row in rows]


UNSAID = [
    pytest.param([], id="nothing"),
    pytest.param(["Compared with 2026-01-01 to 2026-01-31"], id="compared"),
    # The rows are not all of these days, so they are days of something else.
    pytest.param(["Period: 2026-01-01 to 2026-01-20"], id="shorter"),
    pytest.param(["Due Date: 2026-01-01 to 2026-12-31"], id="due"),
    pytest.param(["Created between 2026-01-01 and 2026-01-31"], id="created"),
    pytest.param(["Exported 2026-01-31"], id="made-on"),
    pytest.param(["Client 2026-01", "Team 1 - 31"], id="numbers"),
    pytest.param(["January forecast - 31 accounts"], id="words"),
]


@pytest.mark.parametrize("title", UNSAID)
def test_nothing_is_asked_of_days_that_no_title_says(store: Store, title: list[str]) -> None:
    brought(store, "a.csv", as_csv([EN, *BEFORE]))
    (draft,) = drafts_of(store, "b.csv", as_csv([["Sales"], title, EN, *AFTER]))
    assert asked(store, draft) == []


def test_days_of_another_column_are_not_those_of_the_sale(store: Store) -> None:
    header = [*EN, "Booked on"]
    rows = [[*row, "2026-01-28"] for row in BEFORE]
    brought(store, "a.csv", as_csv([header, *rows]))
    title = ["Booked on: 2026-01-01 to 2026-01-31"]
    (draft,) = drafts_of(store, "b.csv", as_csv([title, header, *rows[1:3]]))
    assert asked(store, draft) == []


def test_days_after_the_export_are_not_covered(store: Store) -> None:
    brought(store, "a.csv", as_csv([EN, *BEFORE]))
    above = [["Period: 2026-01-05 to 2026-01-31"], ["Printed on 2026-01-28"]]
    (draft,) = drafts_of(store, "b.csv", as_csv([*above, EN, *AFTER]))
    assert asked(store, draft) == []


def test_a_list_of_the_next_days_with_the_title_of_the_year_takes_nothing_away(
    store: Store,
) -> None:
    title = ["2026-01-01 至 2026-12-31"]
    first, later = _unnumbered([ZH, *BEFORE]), _unnumbered([ZH, ["S-9", "2026-02-02", "Elm", 7]])
    brought(store, "list.csv", as_csv([title, *first]))
    (draft,) = drafts_of(store, "list.csv", as_csv([title, *later]))
    assert draft.placing is not None and draft.placing.choice == "ask"
    assert sales(store) == Decimal(4321)
