"""Spend of a time that runs over the end of a month counts in both months, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

Write = Callable[[Rows], bytes]
FEBRUARY = ("2026-02-15", "2026-03-14")  # 14 days in each month
REPORTS = {
    "meta": (["Campaign", "Reporting starts", "Reporting ends", "Amount spent (USD)"], "280.00"),
    "start-end": (["Campaign", "Start date", "End date", "Cost"], "280"),
    "german": (["Kampagne", "Startdatum", "Enddatum", "Kosten"], "280,00"),
    "french": (["Campagne", "Date de début", "Date de fin", "Coût"], "280,00 €"),
    "spanish": (["Campaña", "Fecha de inicio", "Fecha de fin", "Coste"], "280"),
    "chinese": (["渠道", "开始日期", "结束日期", "花费"], "280"),
    "chinese-sign": (["渠道", "开始日期", "截止日期", "花费"], "¥280.00"),
}
FILES = [
    pytest.param(header, amount, write, id=f"{name}-{write.__name__}")
    for name, (header, amount) in REPORTS.items()
    for write in (as_csv, as_xlsx)
]


def months(store: Store, column: str = "amount") -> dict[str, str]:
    rows = store.rows(
        f"SELECT strftime(date, '%Y-%m'), sum({column}) FROM spend GROUP BY 1 ORDER BY 1"
    )
    return {month: f"{total:.2f}" for month, total in rows}


def taken(store: Store, name: str, content: bytes) -> None:
    (draft,) = drafts_of(store, name, content)
    answers = {
        question: draft.sheet.header[draft.mapping["date"]]
        for question in asked(store, draft)
        if draft.sheet and question == "date/column"
    }
    brought(store, name, content, answers)


@pytest.mark.parametrize(("header", "amount", "write"), FILES)
def test_spend_over_two_months_is_spread_by_days(
    store: Store, header: list[str], amount: str, write: Write
) -> None:
    content = write([header, ["Spring", *FEBRUARY, amount]])
    name = f"ads.{write.__name__[3:]}"
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet is not None
    assert [note.code for note in draft.sheet.notes if note.code == "spend_by_days"]
    taken(store, name, content)
    assert months(store) == {"2026-02": "140.00", "2026-03": "140.00"}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-31", "2026-02-02", {"2026-01": "33.33", "2026-02": "66.67"}),
        ("2025-12-30", "2026-01-01", {"2025-12": "66.67", "2026-01": "33.33"}),
        ("31/01/2026", "02/02/2026", {"2026-01": "33.33", "2026-02": "66.67"}),
        ("2026-02-01", "2026-02-28", {"2026-02": "100.00"}),
        ("2026-02-15", "2026-02-15", {"2026-02": "100.00"}),
    ],
    ids=["two-months", "two-years", "day-first", "a-month", "a-day"],
)
def test_the_days_of_each_month_have_their_part(
    store: Store, first: str, last: str, expected: dict[str, str]
) -> None:
    header = ["Campaign", "Reporting starts", "Reporting ends", "Amount spent (USD)"]
    brought(store, "ads.csv", as_csv([header, ["Spring", first, last, "100.00"]]))
    assert months(store) == expected


def test_spend_within_a_month_stays_one_row(store: Store) -> None:
    header = ["Campaign", "Reporting starts", "Reporting ends", "Amount spent (USD)"]
    rows = [["Spring", *FEBRUARY, "280.00"], ["Summer", "2026-02-01", "2026-02-28", "1,000.50"]]
    brought(store, "ads.csv", as_csv([header, *rows]))
    whole = store.rows("SELECT date, amount FROM spend WHERE campaign = 'Summer'")
    assert [(day, f"{amount:.2f}") for day, amount in whole] == [(date(2026, 2, 1), "1000.50")]
    assert months(store) == {"2026-02": "1140.50", "2026-03": "140.00"}


def test_counts_are_spread_as_whole_numbers(store: Store) -> None:
    header = ["Campaign", "Reporting starts", "Reporting ends", "Amount spent (USD)",
              "Impressions", "Clicks"]  # fmt: skip
    row = ["Spring", "2026-01-31", "2026-02-02", "100.00", "1000", "2"]
    brought(store, "ads.csv", as_csv([header, row]))
    ((shown, clicked),) = store.rows("SELECT sum(impressions), sum(clicks) FROM spend")
    assert (shown, clicked) == (1000, 2)
    assert months(store, "impressions") == {"2026-01": "333.00", "2026-02": "667.00"}
