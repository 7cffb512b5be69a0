"""The stories of docs/sample.md, found on the pages that it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.periods.months import month_before
from data.sample import STORIES
from data.store import database as stores
from data.store import settings
from domain.scope import Scope
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.numbers import money, percent
from pages.kit.i18n.words import words
from pages.kit.plan import fiscal, queries
from pages.kit.queries import targets
from pages.kit.review import queries as lookback
from pages.kit.review.bridges import LABELS
from tests.pages.conftest import Opening
from tests.pages.reading import said, sentences, sound
from tests.pages.sample import TODAY, chinese, foreign, sample, table_with, turned

__all__ = ["sample"]

pytestmark = [pytest.mark.usefixtures("fresh"), pytest.mark.usefixtures("sample")]

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SCOPE = Scope(month=date(2026, 5, 1), as_of=TODAY)


def month_of(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def last_month_of(quarter: str) -> date:
    return date(int(quarter[:4]), int(quarter[-1]) * 3, 1)


def review(opening: Opening, language: str, *months: date) -> Iterator[AppTest]:
    """The review page as each of these months is looked back on."""
    at = turned(opening, language, "review.py")
    for month in months:
        yield sound(at.selectbox(key="review_month").set_value(month).run())


def own_row(at: AppTest, name: str) -> pd.Series:
    return at.dataframe(key="by_rep").value.set_index("name").loc[name]


def test_a_newcomer_sells_more_every_month_against_a_target_that_grows(opening: Opening) -> None:
    months = [date(2026, number, 1) for number in range(1, 6)]
    name = STORIES.ramping_rep[0]
    rows = [own_row(at, name) for at in review(opening, "zh", *months)]
    sold, asked = [row["actual"] for row in rows], [row["target"] for row in rows]
    assert sold == sorted(sold) and sold[0] < 30_000 < 270_000 < sold[-1]
    assert asked == sorted(asked) and asked[0] < asked[-1]


def test_a_rep_on_leave_keeps_the_target_and_the_team_feels_it(opening: Opening) -> None:
    name = STORIES.leave_rep[0]
    away = {date(2025, 9, 1), date(2025, 10, 1)}
    months = (date(2025, 8, 1), *sorted(away))
    rows = dict(zip(months, map(dict, (own_row(at, name) for at in review(opening, "zh", *months))),
                    strict=True))  # fmt: skip
    for month, row in rows.items():
        assert (row["attainment"] < 50) == (month in away), month
        assert row["target"] > 0
    ((team,),) = stores.opened().rows("SELECT team FROM reps WHERE rep = ?", [name])
    attained = [
        targets.attained(SCOPE.in_month(month), "team").rows.set_index("name")["attainment"][team]
        for month in sorted(away)
    ]
    assert [round(float(one), 2) for one in attained] == [0.71, 0.76]


@LANGUAGES
def test_the_competitor_who_wins_more_is_named(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    (at,) = review(opening, language, last_month_of("2026-Q1"))
    name = STORIES.competitor[0]
    table = table_with(at, _("Share, previous 12 months")).set_index(_("Competitor"))
    # The year before January to March 2026 is 2025; the file's own count of both.
    for column, days in (
        (_("Share of losses"), "'2026-01-01' AND '2026-03-31'"),
        (_("Share, previous 12 months"), "'2025-01-01' AND '2025-12-31'"),
    ):
        ((share,),) = stores.opened().rows(
            "SELECT avg(CASE WHEN competitor = ? THEN 1.0 ELSE 0 END) FROM deals "
            f"WHERE status = 'lost' AND closed_date BETWEEN {days}",
            [name],
        )
        assert table.loc[name, column] == percent(_, share)
    assert table.loc[name, _("Share, previous 12 months")] == "11.0%"
    told = _(
        "{name}: {share} of lost deals, up from {before} in the previous 12 months",
        name=name,
        share=table.loc[name, _("Share of losses")],
        before="11.0%",
    )
    assert told in list(sentences(at))
    sound(at.segmented_control(key="losses_by").set_value("lost_reason").run())
    assert _("Lost reason") in table_with(at, _("Share, previous 12 months"))
    sound(at.button(key="from_losses").click().run())
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@LANGUAGES
def test_the_class_that_buys_again_less_is_named(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    before, after = map(last_month_of, STORIES.falling_quarters)
    (at,) = review(opening, language, after)
    table = next(
        one.value for one in at.dataframe if next(iter(one.value)) == _("Customer class")
        and len(list(one.value)) == 6
    ).set_index(_("Customer class"))  # fmt: skip
    falling = table.loc[choice_label(_, STORIES.falling_class)]
    told = list(falling)
    assert (told[1], told[-1]) == ("67.6%", "23.4%")
    assert month_before(after, 9) == before
    rate = table.loc[choice_label(_, "key")].str.rstrip("%").astype(float)
    assert rate.min() > 75
    said_so = [one for one in sentences(at) if one.startswith(choice_label(_, "ordinary"))]
    assert len(said_so) == 1 and told[-1] in said_so[0] and told[0] in said_so[0]
    sound(at.button(key="from_repeat").click().run())
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@LANGUAGES
def test_more_spend_brings_less_and_less_and_the_page_says_where(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    (at,) = review(opening, language, SCOPE.month)
    name = STORIES.diminishing_channel[0]
    assert at.selectbox(key="steps_of_channel").value == name
    table = table_with(at, _("Spend per month"))
    steps = [60_000, 110_000, 180_000, 270_000, 360_000]
    assert list(table[_("Spend per month")]) == [money(_, step, "CNY") for step in steps]
    brought = stores.opened().frame(
        "SELECT s.amount, avg(CAST(o.amount AS DOUBLE)) AS sales FROM "
        "(SELECT period, CAST(sum(amount) AS BIGINT) AS amount FROM spend WHERE channel = $name "
        " GROUP BY 1) AS s JOIN "
        "(SELECT strftime(order_date, '%Y-%m') AS period, sum(amount) AS amount FROM orders "
        " WHERE channel = $name AND status = 'valid' GROUP BY 1) AS o USING (period) "
        "WHERE period < '2026-06' GROUP BY 1 ORDER BY 1",
        {"name": name},
    )
    assert list(table[_("Sales per month")]) == [money(_, one, "CNY") for one in brought["sales"]]
    (told,) = [one for one in sentences(at) if one.startswith(name)]
    assert money(_, 180_000, "CNY") in told
    sound(at.button(key="from_steps").click().run())
    assert (foreign(at) if language == "zh" else chinese(at)) == []


def test_steps_are_told_of_campaigns_too(opening: Opening) -> None:
    (at,) = review(opening, "zh", SCOPE.month)
    sound(at.segmented_control(key="returns_by").set_value("campaign").run())
    offered = at.selectbox(key="steps_of_campaign").options
    assert {name for name, _english in STORIES.diminishing_campaigns} & set(offered)


def test_the_mix_shifts_to_the_analysers_over_three_months(opening: Opening) -> None:
    _ = words("zh")
    category, quarter = STORIES.mix_category[0], last_month_of(STORIES.mix_quarters[1])
    (at,) = review(opening, "zh", quarter)
    sound(at.segmented_control(key="bridge_against").set_value("three_months").run())
    found = lookback.between(SCOPE.in_month(quarter), "products", "three_months")
    assert found is not None
    mixed = found.parts[found.parts["label"] == "mix"]
    up = mixed.loc[mixed["value"].astype(float).idxmax()]
    of_category = dict(stores.opened().rows("SELECT product, category FROM products"))
    assert of_category[up["name"]] == category
    assert f"{up['name']} ({_(LABELS['mix'])})" in said(at)
    # What the two sides sum to, straight from the orders.
    ((then, now),) = stores.opened().rows(
        "SELECT sum(amount) FILTER (WHERE order_date < '2025-10-01'), "
        "sum(amount) FILTER (WHERE order_date >= '2025-10-01') FROM orders "
        "WHERE status = 'valid' AND order_date BETWEEN '2025-07-01' AND '2025-12-31'"
    )
    assert (found.start, found.end) == (then, now)
    assert found.start + sum(found.bars["value"], Decimal(0)) == found.end


@pytest.mark.parametrize("kind", ["products", "customers", "funnel"])
def test_three_months_against_the_three_before_add_up(kind: lookback.Kind) -> None:
    found = lookback.between(SCOPE, kind, "three_months")
    assert found is not None
    assert Decimal(found.start) + sum(found.bars["value"], Decimal(0)) == Decimal(found.end)


def test_part_of_a_month_is_not_compared_over_three_months() -> None:
    running = SCOPE.in_month(date(2026, 6, 1))
    assert lookback.spans(running, "three_months") is None
    assert lookback.spans(SCOPE.in_month(date(2025, 3, 1)), "three_months") is None


def test_a_price_rise_is_a_part_of_the_price_bar() -> None:
    scope = SCOPE.in_month(month_of(STORIES.price_rise_from))
    found = lookback.between(scope, "products", "last_month")
    assert found is not None
    prices = found.parts[found.parts["label"] == "price"].set_index("name")["value"]
    name = STORIES.price_rise_product[0]
    assert prices.astype(float).idxmax() == name
    old, new = STORIES.price_rise
    ((quantity,),) = stores.opened().rows(
        "SELECT sum(quantity) FROM orders WHERE product = ? AND status = 'valid' "
        "AND order_date BETWEEN '2026-01-01' AND '2026-01-31'",
        [name],
    )
    # A thousand more a piece, less what discounts take.
    assert 0.7 * (new - old) < float(prices[name]) / float(quantity) < 1.3 * (new - old)


def test_the_season_and_spring_festival_show_where_the_plan_looks_back(opening: Opening) -> None:
    at = turned(opening, "zh", "plan.py")
    assert len(at.get("plotly_chart")) == 1
    past = queries.history(SCOPE.in_month(date(2026, 7, 1)))
    whole = past[past["whole"]].set_index("month")["value"].astype(float)
    for month in map(month_of, STORIES.spring_festivals):
        assert whole[month] < 0.8 * whole.mean()
    best = whole[[month.year == 2025 for month in whole.index]].nlargest(2).index
    assert {month.month for month in best} == {6, 12}
    days = queries.phased_target(
        Scope(month=date(2026, 2, 1), as_of=date(2026, 1, 15)), Decimal(1000)
    )
    assert sum(days.values()) == 1000
    assert not any(days[date(2026, 2, day)] for day in range(16, 24))


@LANGUAGES
@pytest.mark.parametrize(("first", "quarter", "year"), [("1", (7, 9), 2026), ("4", (7, 9), 2026)])
def test_the_target_adds_up_to_the_fiscal_quarter_and_year(
    opening: Opening, language: str, first: str, quarter: tuple[int, int], year: int
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    settings.choose(stores.opened(), "fiscal_year", first)
    at = turned(opening, language, "plan.py")
    sound(at.number_input(key="plan_target_2026-07-01").set_value(12_000_000.0).run())
    begins = date(year, int(first), 1)
    months = [month_before(begins, -step) for step in range(12)]
    ((goal, actual),) = stores.opened().rows(
        "SELECT (SELECT sum(target) FROM targets WHERE scope_kind = 'company' "
        "AND CAST(period || '-01' AS DATE) BETWEEN $1 AND $2), "
        "(SELECT sum(amount) FROM orders WHERE status = 'valid' AND order_date BETWEEN $1 AND $3)",
        [months[0], months[-1], TODAY],
    )
    table = table_with(at, _("Sum of monthly targets"))
    of_quarter, of_year = table.to_dict("records")
    assert of_quarter[_("Sum of monthly targets")] == money(_, 12_000_000, "CNY")
    assert of_year[_("Sum of monthly targets")] == money(_, goal + 12_000_000, "CNY")
    assert of_year[_("Booked to date")] == money(_, actual, "CNY")
    number = (7 - int(first)) // 3 + 1
    of_it = fiscal.sums(SCOPE.in_month(date(2026, 7, 1)), Decimal(12_000_000))[0].period
    assert (of_it.quarter, of_it.months[0].month, of_it.months[-1].month) == (number, *quarter)
    sound(at.button(key="from_fiscal").click().run())
    assert (foreign(at) if language == "zh" else chinese(at)) == []
