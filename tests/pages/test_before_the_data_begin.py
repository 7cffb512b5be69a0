"""What is usual is a mean of the months that a list has, not of those before it begins."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.review import spend_steps
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.numbers import money, number
from pages.kit.i18n.words import words
from pages.kit.review import marginal_return, queries, retention
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import plain, said, sound

JUNE = Scope(month=date(2026, 6, 1), as_of=date(2026, 6, 30))

pytestmark = pytest.mark.usefixtures("fresh", "inline")


def orders(first: date) -> bytes:
    """Two orders of each of ten customers in each month from `first` to June, on two days."""
    rows = [
        f"{month}-{n}-{day},2026-{month:02}-{day:02},Customer {n},Web,100"
        for month in range(first.month, 7)
        for n in range(10)
        for day in (first.day, first.day + 8)
    ]
    return "\n".join(["Order ID,Order Date,Customer,Channel,Amount", *rows]).encode()


def spend() -> bytes:
    """1,000 a month up to March, and 2,000 from April."""
    rows = [f"2026-{month:02}-01,Web,{1000 if month < 4 else 2000}" for month in range(1, 7)]
    return "\n".join(["Date,Channel,Spend", *rows]).encode()


def test_steps_of_spend_leave_out_months_before_the_first_sale() -> None:
    bring(stores.opened(), {"orders.csv": orders(date(2026, 3, 2)), "spend.csv": spend()})
    first, second = marginal_return.of(JUNE, "channel", "Web").to_dict("records")
    # January and February would bring the mean of the first step down to a third.
    assert first["months"] == (date(2026, 3, 1),)
    assert first["sales"] == second["sales"] == 2000


def test_a_rate_of_customers_is_unknown_while_the_data_begin() -> None:
    bring(stores.opened(), {"orders.csv": orders(date(2026, 2, 15))})
    (row,) = retention.rates(JUNE).to_dict("records")
    # April to June; January to March has half of February and March.
    assert row[0] == 1.0 and row[1] is None and row[2] is None


@pytest.mark.parametrize(
    ("first", "against", "compared"),
    [
        (date(2026, 5, 2), "last_month", True),
        (date(2026, 5, 15), "last_month", False),
        (date(2026, 1, 2), "three_months", True),
        (date(2026, 1, 15), "three_months", False),
        (date(2026, 2, 2), "three_months", False),
    ],
)
def test_a_period_in_which_the_data_begin_is_not_compared_with(
    first: date, against: queries.Versus, compared: bool
) -> None:
    bring(stores.opened(), {"orders.csv": orders(first)})
    assert (queries.spans(JUNE, against) is not None) == compared


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (1300, "in sales; beyond that, {above}"),
        (700, "in sales; beyond that, sales fell by {less} for each"),
    ],
)
def test_money_that_brought_less_is_said_to_have_brought_less(
    opening: Opening, language: str, last: int, sentence: str
) -> None:
    """Up to 200 a month 100 more bring 800; from 200 to 400 they bring 50, or lose 250."""
    _ = words(language)  # type: ignore[arg-type]
    spent, brought = (100, 200, 400), (400, 1200, last)
    rows = [
        f"{month}-{day},2026-{month:02}-{day:02},X,Web,{sales / 2}"
        for month, sales in zip((4, 5, 6), brought, strict=True)
        for day in (2, 29)
    ]
    orders = "\n".join(["Order ID,Order Date,Customer,Channel,Amount", *rows])
    paid = [f"2026-0{month}-01,Web,{money}" for month, money in zip((4, 5, 6), spent, strict=True)]
    spend = "\n".join(["Date,Channel,Spend", *paid])
    bring(stores.opened(), {"orders.csv": orders.encode(), "spend.csv": spend.encode()})
    store = stores.opened()
    with store.writing("facts") as cursor:
        cursor.execute(
            "UPDATE orders SET order_date = '2026-06-30' WHERE order_date = '2026-06-29'"
        )
    scope = Scope(month=date(2026, 6, 1), as_of=date(2026, 6, 30))
    bent = spend_steps.bend(marginal_return.of(scope, "channel", "Web"))
    assert bent is not None
    assert (bent.below, bent.above) == (8.0, (last - 1200) / 200)
    at = sound(opening(language).run())
    sound(at.switch_page("review.py").run())
    shape = _("{name}: up to {spend} a month, each extra unit of spend brought {below} " + sentence)
    filled = shape.format(
        name="Web",
        spend=money(_, 200, "CNY"),
        below=number(_, 8, 1),
        above=number(_, bent.above, 1),
        less=number(_, -bent.above, 1),
    )
    assert plain(filled) in plain(said(at))
    assert "−" not in filled
