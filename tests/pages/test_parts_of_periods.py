"""A figure over days of which some are not known says so beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from data.store import database as stores
from pages.kit.i18n.words import words
from pages.kit.queries import load
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound

pytestmark = pytest.mark.usefixtures("fresh", "inline")


def months_from(first: date) -> bytes:
    """An order on the first day of the data, and on the 2nd and the last day of March to June."""
    days = [first, *(date(2026, month, day) for month in range(3, 7) for day in (2, 30))]
    rows = [f"{at},{day},C,Web,100" for at, day in enumerate(days) if day >= first]
    return "\n".join(["Order ID,Order Date,Customer,Channel,Amount", *rows]).encode()


def spend_to(last: int) -> bytes:
    days = [date(2026, 5, day) for day in range(1, 32)]
    days += [date(2026, 6, day) for day in range(1, last + 1)]
    return "\n".join(["Date,Channel,Spend", *(f"{day},Web,1" for day in days)]).encode()


@pytest.fixture
def shown(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def page(language: str, name: str, **link: str) -> str:
        monkeypatch.setattr(load, "today", lambda: date(2026, 6, 30))
        at = sound(opening(language, **link).run())
        return said(at if name == "week.py" else sound(at.switch_page(name).run()))

    return page


@pytest.mark.parametrize(
    ("language", "last", "stopped"),
    [("zh", 12, "6月12日"), ("en", 12, "Jun 12, 2026"), ("en", 3, "Jun 3, 2026"),
     ("zh", 30, ""), ("en", 27, "")],
)  # fmt: skip
def test_a_return_on_half_a_months_spend_says_so(
    shown: Callable[..., str], language: str, last: int, stopped: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    bring(
        stores.opened(),
        {"orders.csv": months_from(date(2026, 3, 1)), "spend.csv": spend_to(last)},
    )
    text = shown(language, "review.py", review_month="2026-06")
    told = [line for line in text.splitlines() if ("费用清单只到" if language == "zh"
            else "The list of spend ends on") in line]  # fmt: skip
    assert bool(told) == bool(stopped)
    assert not stopped or stopped in told[0]


@pytest.mark.parametrize(
    ("language", "first", "told"),
    [
        ("en", date(2026, 3, 16), "targets of Jan 2026 to Mar 2026"),
        ("zh", date(2026, 3, 16), "2026年1月至2026年3月的目标算在内"),
        ("en", date(2026, 2, 3), "target of Jan 2026"),
        ("zh", date(2026, 1, 20), "2026年1月的目标算在内"),
        ("en", date(2026, 1, 2), ""),
    ],
)
def test_a_year_that_begins_before_the_data_says_so(
    shown: Callable[..., str], language: str, first: date, told: str
) -> None:
    targets = b"Year,Target\n2026,12000"
    bring(stores.opened(), {"orders.csv": months_from(first), "targets.csv": targets})
    text = shown(language, "plan.py", plan_month="2026-07")
    assert ("2026年6月30日。" if language == "zh" else "Booked up to Jun 30, 2026.") in text
    mark = "算在内" if language == "zh" else "in the sum"
    assert (mark in text) == bool(told) and told in text


@pytest.mark.parametrize(
    ("language", "first", "part"),
    [("en", 16, True), ("zh", 20, True), ("en", 2, False), ("zh", 3, False)],
)
def test_a_month_in_which_the_data_begin_stands_against_its_whole_target_in_words(
    shown: Callable[..., str], language: str, first: int, part: bool
) -> None:
    targets = b"Month,Target\n2026-03,1000"
    bring(stores.opened(), {"orders.csv": months_from(date(2026, 3, first)), "t.csv": targets})
    text = shown(language, "week.py", month="2026-03")
    assert (("整月的目标" if language == "zh" else "whole target") in text) == part


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("first", "short"), [(20, True), (1, False)])
def test_customers_who_ordered_are_not_said_to_have_ordered_nothing(
    shown: Callable[..., str], language: str, first: int, short: bool
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    bring(stores.opened(), {"orders.csv": months_from(date(2026, 4, first))})
    text = shown(language, "review.py", review_month="2026-06")
    assert _("No purchases in these months.") not in text
    assert (("起完整的三个月" if language == "zh" else "all of the three months") in text) == short
