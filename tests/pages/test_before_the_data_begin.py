"""What is usual is a mean of the months that a list has, not of those before or after it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analytics.review import spend_steps
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.numbers import money, month_text, number
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


def customers_of(opening: Opening, language: str, month: date) -> tuple[dict[str, str], str]:
    """The figures of the customers of a month, and all that its review says."""
    _ = words(language)  # type: ignore[arg-type]
    at = sound(opening(language).run())
    sound(at.switch_page("review.py").run())
    sound(at.selectbox(key="review_month").set_value(month).run())
    (table,) = [
        one.value
        for one in at.dataframe
        if _("This month") in one.value and _("Figure") in one.value
    ]
    return dict(zip(table[_("Figure")], table[_("This month")], strict=True)), said(at)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("first", [date(2026, 5, 1), date(2026, 5, 11)])
def test_nobody_is_called_new_of_the_month_in_which_the_data_begin(
    opening: Opening, language: str, first: date
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    late = "\nX-1,2026-06-20,Late,Web,70"
    bring(stores.opened(), {"o.csv": orders(first) + late.encode(), "spend.csv": spend()})
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    sentence = _(
        "The data begins in {month}, so nobody knows who was new.", month=month_text(_, may)
    )
    shown, text = customers_of(opening, language, may)
    assert shown[_("Customers who bought")] == "10"
    assert shown[_("New (first-ever purchase)")] == _("n/a")
    assert shown[_("Sales to new customers")] == _("n/a")
    # Beside the customers, and beside what a new one costs.
    assert text.count(sentence) == 2
    # Ten of the eleven of June have bought in May.
    shown, text = customers_of(opening, language, june)
    assert shown[_("New (first-ever purchase)")] == "1"
    assert shown[_("Sales to new customers")] == money(_, 70, "CNY")
    since = _("New: no purchase since the data begins in {month}.", month=month_text(_, may))
    assert since in text and sentence not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sales_without_customers_tell_nothing_of_who_was_new(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    # Sales are known from March, customers from May.
    text = re.sub(r"(2026-0[34]-..),[^,]*,", r"\1,,", orders(date(2026, 3, 2)).decode())
    bring(stores.opened(), {"orders.csv": text.encode()})
    shown, _text = customers_of(opening, language, date(2026, 5, 1))
    assert shown[_("Customers who bought")] == "10"
    assert shown[_("New (first-ever purchase)")] == _("n/a")


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


ENDS = "The list of spend ends in {month}: budgets start from the spend up to then."
COVERS = "The list of spend covers {first} to {last}: what {month} cost is not known."


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("paid", "first", "last"),
    [
        pytest.param("2026-01-05,Web,100\n2026-03-31,Web,200", 1, 3, id="ends early"),
        pytest.param("2026-02-01,Web,100\n2026-06-01,Fair,200", 2, 6, id="reaches the month"),
    ],
)
def test_spend_after_the_end_of_its_list_is_unknown(
    opening: Opening, language: str, paid: str, first: int, last: int
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    spend = "\n".join(["Date,Channel,Spend", paid])
    bring(stores.opened(), {"orders.csv": orders(date(2026, 1, 20)), "spend.csv": spend.encode()})
    june = Scope(month=date(2026, 6, 1), as_of=date(2026, 6, 28))
    unknown = last < 6
    found = queries.returns(june, "channel", "direct")
    assert found.total["spend"] == (None if unknown else 200)
    assert found.rows["spend"].isna().all() == unknown
    assert found.total["revenue"] == 2000
    at = sound(opening(language).run())
    sound(at.switch_page("review.py").run())
    sound(at.selectbox(key="review_month").set_value(june.month).run())
    covers = _(
        COVERS,
        first=month_text(_, date(2026, first, 1)),
        last=month_text(_, date(2026, last, 1)),
        month=month_text(_, june.month),
    )
    assert (plain(covers) in plain(said(at))) == unknown
    sound(at.switch_page("whatif.py").run())
    ends = _(ENDS, month=month_text(_, date(2026, last, 1)))
    assert (plain(ends) in plain(said(at))) == unknown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("first", "days"), [(15, 10), (3, 0)])
def test_the_average_of_a_first_month_says_how_many_days_it_has(
    opening: Opening, language: str, first: int, days: int
) -> None:
    """15 to 26 June 2026 has ten weekdays, of which one is a holiday in China."""
    _ = words(language)  # type: ignore[arg-type]
    rows = [f"{day},2026-06-{day:02},C,Web,450" for day in (first, 26)]
    listed = "\n".join(["Order ID,Order Date,Customer,Channel,Amount", *rows])
    bring(stores.opened(), {"orders.csv": listed.encode()})
    shown = said(sound(opening(language).run()))
    since = "average of the {n} selling {days} since the data begin"
    one, more = (since.replace("{days}", word) for word in ("day", "days"))
    counted = days - 1 if days else 0
    assert (_.n(one, more, 9) in shown) == (counted == 9)
