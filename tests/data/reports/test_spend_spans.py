"""Spend of a time that one cell or a line above the table names, journals, and overlaps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.staging.other_table import taken_as
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

# | header of the time, two times of 28 and 31 days, headers of campaign and cost |
CELLS = [
    pytest.param("时间", ("2026-02-15至2026-03-14", "2026-03-01至2026-03-31"), ("推广计划", "消费"),
                 id="baidu"),
    pytest.param("日期", ("2026/02/15 ~ 2026/03/14", "2026/03/01～2026/03/31"), ("广告组", "消耗"),
                 id="ocean-engine"),
    pytest.param("Zeitraum", ("15.02.2026 – 14.03.2026", "01.03.2026 – 31.03.2026"),
                 ("Kampagne", "Kosten"), id="german"),
    pytest.param("Period", ("Feb 15, 2026 - Mar 14, 2026", "Mar 1, 2026 - Mar 31, 2026"),
                 ("Campaign", "Cost"), id="google"),
    pytest.param("Dates", ("Feb 15 - Mar 14, 2026", "Mar 1 - Mar 31, 2026"), ("Campaign", "Spend"),
                 id="year-once"),
    pytest.param("Date range", ("2026-02-15 to 2026-03-14", "2026-03-01 to 2026-03-31"),
                 ("Campaign", "Amount spent"), id="meta"),
]  # fmt: skip


def by_month(store: Store) -> dict[str, Decimal]:
    found = store.rows("SELECT strftime(date, '%Y-%m'), sum(amount) FROM spend GROUP BY 1")
    return dict(found)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("time", "spans", "names"), CELLS)
def test_a_time_in_one_cell_is_spread(
    store: Store, time: str, spans: tuple[str, str], names: tuple[str, str], suffix: str
) -> None:
    rows = [[time, *names], [spans[0], "A", 280], [spans[1], "B", 310]]
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"report.{suffix}", content)
    assert draft.table == "spend" and draft.sheet and asked(store, draft) == []
    assert {"days_of_span", "spend_by_days"} <= {note.code for note in draft.sheet.notes}
    other = taken_as(draft, "activities", store)
    assert other.sheet and other.sheet.rows.num_rows == 2
    assert "spend_by_days" not in {note.code for note in other.sheet.notes}
    result = brought(store, f"report.{suffix}", content)
    assert (result.error, result.rows_in, result.rows_kept) == (None, 2, 2)
    assert by_month(store) == {"2026-02": 140, "2026-03": 450}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("Date range: 2026-02-15 - 2026-03-14", ["Campaign", "Cost", "Clicks"]),
        ("时间：2026-02-15 至 2026-03-14", ["推广计划", "消费", "点击"]),
        ("February 15, 2026 - March 14, 2026", ["Campaign", "Cost", "Clicks"]),
        ("Zeitraum: 15.02.2026 – 14.03.2026", ["Kampagne", "Kosten", "Klicks"]),
    ],
)
def test_a_time_above_the_table_is_that_of_its_rows(
    store: Store, line: str, header: list[str], suffix: str
) -> None:
    rows = [[line], header, ["A", 280, 10], ["B", 560, 20]]
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"report.{suffix}", content)
    assert draft.table == "spend" and draft.sheet and asked(store, draft) == []
    assert "days_above" in {note.code for note in draft.sheet.notes}
    assert brought(store, f"report.{suffix}", content).error is None
    assert by_month(store) == {"2026-02": 420, "2026-03": 420}


@pytest.mark.parametrize(
    "rows",
    [
        [["Date range: 2026-03-01 - 2026-03-31"], ["Date", "Campaign", "Cost"],
         ["2026-03-05", "A", 10], ["2026-03-06", "B", 20]],
        [["Customer", "Period", "Cost"], ["Alder Co", "2026-03-01 - 2026-03-31", 10],
         ["Birch Co", "2026-03-01 - 2026-03-31", 20]],
    ],
)  # fmt: skip
def test_days_of_their_own_stay(store: Store, rows: Rows) -> None:
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert draft.sheet
    assert not {"days_above", "days_of_span"} & {note.code for note in draft.sheet.notes}


@pytest.mark.parametrize(
    ("spans", "overlaps"),
    [
        ([("2026-03-01", "2026-03-31", "A"), ("2026-03-01", "2026-03-15", "A")], True),
        ([("2026-02-01", "2026-03-31", "A"), ("2026-03-10", "2026-04-15", "A")], True),
        ([("2026-03-01", "2026-03-31", "A"), ("2026-03-01", "2026-03-15", "B")], False),
        ([("2026-03-01", "2026-03-15", "A"), ("2026-03-16", "2026-03-31", "A")], False),
        ([("2026-03-01", "2026-03-31", "A"), ("2026-03-01", "2026-03-31", "A")], False),
    ],
)
def test_rows_of_a_campaign_that_overlap_are_named(
    store: Store, spans: list[tuple[str, str, str]], overlaps: bool
) -> None:
    rows = [["Start date", "End date", "Campaign", "Cost"], *([*span, 100] for span in spans)]
    (draft,) = drafts_of(store, "report.csv", as_csv(rows))
    assert draft.table == "spend" and draft.sheet
    assert ("spend_overlaps" in {note.code for note in draft.sheet.notes}) == overlaps


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "header",
    [
        ["Date", "Campaign", "Memo", "Debit", "Credit", "Amount"],
        ["日期", "费用类型", "摘要", "借方", "贷方", "金额"],
        ["Date", "Expense type", "Memo", "Debit amount", "Credit amount", "Cost"],
    ],
)
def test_a_journal_is_no_spend(store: Store, header: list[str], suffix: str) -> None:
    rows = [header, ["2026-03-01", "Spring", "ads", 100, None, 100],
            ["2026-03-02", "Spring", "back", None, 30, -30]]  # fmt: skip
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"journal.{suffix}", content)
    assert draft.table is None and draft.error and draft.error.code == "account_entries"
