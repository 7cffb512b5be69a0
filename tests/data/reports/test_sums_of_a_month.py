"""A row of a month's sum whose label stands beside a filled month is no record."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")


def spend(header: list[str], label: str, months: tuple[str, str], total: int) -> list[list[object]]:
    return [
        [*header],
        [months[0], "Google", 1000],
        [months[0], "LinkedIn", 300],
        [months[0], label, 1300],
        [months[1], "Google", 800],
        [months[1], "LinkedIn", 150],
        [months[1], label, total],
    ]


EN, ZH, DE = ["Month", "Channel", "Spend"], ["月份", "渠道", "费用"], ["Monat", "Kanal", "Ausgaben"]
ISO = ("2026-09", "2026-10")


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(
    ("header", "label", "months"),
    [
        (EN, "Sum", ISO),
        (EN, "Total", ("2026/09", "2026/10")),
        (EN, "Total", ("Sep 2026", "Oct 2026")),
        (ZH, "合计", ("2026年9月", "2026年10月")),
        (ZH, "小计", ISO),
        (DE, "Summe", ISO),
    ],
)
def test_the_sum_of_a_month_is_left_out(
    store: Store, header: list[str], label: str, months: tuple[str, str], write: object
) -> None:
    content = write(spend(header, label, months, 950))  # type: ignore[operator]
    result = brought(store, "spend.csv" if write is as_csv else "spend.xlsx", content)
    assert (result.error, result.table) == (None, "spend")
    assert store.rows("SELECT sum(amount) FROM spend") == [(Decimal(2250),)]


def test_a_channel_that_only_sounds_like_a_sum_stays(store: Store) -> None:
    rows = spend(EN, "Sum Media", ISO, 70)
    rows[3][2] = 40
    assert brought(store, "spend.csv", as_csv(rows)).error is None
    assert store.rows("SELECT sum(amount) FROM spend") == [(Decimal(2360),)]
