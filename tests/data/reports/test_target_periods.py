"""Periods of targets: short quarters, days and weeks, sums of months beside their months."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")


def by_period(store: Store) -> dict[str, Decimal]:
    return dict(store.rows("SELECT period, sum(target) FROM targets GROUP BY period"))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. Quartal 2026", "2. Quartal 2026"),
        ("1er trimestre 2026", "2e trimestre 2026"),
        ("2026年一季度", "2026年第二季度"),
        ("Q1/26", "Q2/26"),
        ("Q1'26", "Q2'26"),
        ("1Q26", "2Q26"),
        ("1T2026", "2T2026"),
        ("1º trimestre 2026", "2º trimestre 2026"),
        ("I кв. 2026", "II кв. 2026"),
        ("1. Q. 2026", "2. Q. 2026"),
    ],
)
def test_quarters_as_headers_and_as_cells(
    store: Store, first: str, second: str, suffix: str
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    wide = [["Rep", first, second], ["Ann Vale", 300, 600], ["Bo Reed", 900, 1200]]
    assert brought(store, f"targets.{suffix}", write(wide)).error is None
    assert by_period(store) == {"2026-Q1": 1200, "2026-Q2": 1800}
    long = [["Rep", "Quarter", "Target"], ["Cy Dunn", first, 5], ["Cy Dunn", second, 7]]
    assert brought(store, f"more targets.{suffix}", write(long)).error is None
    assert by_period(store) == {"2026-Q1": 1205, "2026-Q2": 1807}


# | rows | the targets by period |
SHAPES = [
    pytest.param(
        [["Rep", "Jan 2026", "Feb 2026", "Mar 2026", "Q1 2026", "Apr 2026", "May 2026", "Jun 2026",
          "Q2 2026", "H1 2026", "2026"],
         ["Ann Vale", 100, 100, 120, 320, 130, 130, 130, 390, 710, 1500]],
        {"2026-01": 100, "2026-02": 100, "2026-03": 120, "2026-04": 130, "2026-05": 130,
         "2026-06": 130}, id="sums-beside-their-months",
    ),
    pytest.param(
        [["Rep", "Jan 2026", "Feb 2026", "Mar 2026", "Q2 2026", "Q3 2026", "Q4 2026", "2026"],
         ["Ann Vale", 100, 100, 120, 390, 400, 410, 1520]],
        {"2026-01": 100, "2026-02": 100, "2026-03": 120, "2026-Q2": 390, "2026-Q3": 400,
         "2026-Q4": 410}, id="quarters-behind-the-months",
    ),
    pytest.param(
        [["Rep", "Jan 2026", "Feb 2026", "Mar 2026", "Q1 2026", "Q2 2026", "H2 2026"],
         ["Ann Vale", 100, 100, 120, 320, 390, 800]],
        {"2026-01": 100, "2026-02": 100, "2026-03": 120, "2026-Q2": 390, "2026-H2": 800},
        id="a-half-behind-quarters",
    ),
    pytest.param(
        [["销售", "2026年1月", "2026年2月", "2026年3月", "2026年一季度", "2026年二季度", "2026年"],
         ["张三", 100, 100, 120, 320, 390, 1500]],
        {"2026-01": 100, "2026-02": 100, "2026-03": 120, "2026-Q2": 390}, id="chinese",
    ),
    pytest.param(
        [["Verkäufer", "01.2026", "02.2026", "03.2026"], ["Jan Weiß", 100, 110, 120]],
        {"2026-01": 100, "2026-02": 110, "2026-03": 120}, id="german-months-as-columns",
    ),
    pytest.param(
        [["Verkäufer", "Monat", "Ziel", "Ziel kumuliert"], ["Jan Weiß", "01.2026", 100, 100],
         ["Jan Weiß", "02.2026", 110, 210]],
        {"2026-01": 100, "2026-02": 110}, id="german-months",
    ),
    pytest.param(
        [["Rep", "Week of", "Target"], ["Ann Vale", "2026-03-02", 100],
         ["Ann Vale", "2026-03-09", 110]],
        {"2026-W10": 100, "2026-W11": 110}, id="first-days-of-weeks",
    ),
    pytest.param(
        [["销售", "周开始日期", "目标"], ["张三", "2026-06-01", 100], ["张三", "2026-06-08", 110]],
        {"2026-W23": 100, "2026-W24": 110}, id="a-monday-that-is-a-first",
    ),
    pytest.param(
        [["Rep", "Date", "Target"], ["Ann Vale", "2026-01-01", 100],
         ["Ann Vale", "2026-02-01", 110]],
        {"2026-01": 100, "2026-02": 110}, id="firsts-are-months",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "targets"), SHAPES)
def test_each_period_counts_once(store: Store, rows: Rows, targets: dict[str, int]) -> None:
    assert brought(store, "targets.csv", as_csv(rows)).error is None
    assert by_period(store) == targets


@pytest.mark.parametrize(
    "days",
    [
        ("2026-03-01", "2026-03-02", "2026-03-03"),
        ("2026/3/1", "2026/3/2"),
        ("2026年3月1日", "2026年3月2日"),
        ("2026-03-01 00:00:00", "2026-03-15 00:00:00"),
    ],
)
def test_the_first_of_several_days_is_no_month(store: Store, days: tuple[str, ...]) -> None:
    rows = [["Rep", "Date", "Target"], *(["Ann Vale", day, 100] for day in days)]
    result = brought(store, "targets.csv", as_csv(rows))
    assert result.left_out == {"unreadable_date": len(days)}
    assert by_period(store) == {}
