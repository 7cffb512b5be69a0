"""Every figure a page may show: what it is called, how it is computed, which date it goes by.

    >>> measure("gap").formula
    'actual − target'

One row a measure. Labels and formulas are message ids; `pages.kit.i18n.labels` shows
them in the reader's language, and a figure's passport is made of its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.tables import N_

Unit = Literal["money", "count", "share", "days", "ratio"]
Better = Literal["up", "down", "none"]


@dataclass(frozen=True)
class Measure:
    """One measure.

    `date_field` says in words which date puts a row into a period. `better` is
    the direction that is good news, "none" where neither is.
    """

    id: str
    label: str
    unit: Unit
    formula: str
    date_field: str
    better: Better


_SOURCE_DATE = N_("order, closing, signing or payment date, by what counts as the actual")
_TARGET_PERIOD = N_("the period of the target")
_AS_OF = N_("all days of the month until the as-of date")
_CLOSED = N_("closing date of the deal")
_STANDING = N_("no date: the deals as they stand in the latest file")
_SPEND_DATE = N_("date of the spend, else the month of its period")
_BOTH = N_("the dates of the two periods compared")
_TO_COME = N_("the month to come, seen from the as-of date")

MEASURES: tuple[Measure, ...] = (
    Measure(
        "actual",
        N_("Actual"),
        "money",
        N_("sum of the amounts that count: cancelled and returned lines are out"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "gross",
        N_("Gross, before returns"),
        "money",
        N_("sum of the amounts as sold, returned lines included, cancelled ones out"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "target",
        N_("Target"),
        "money",
        N_("target of the month, else of the quarter or year, split by selling days"),
        _TARGET_PERIOD,
        "none",
    ),
    Measure(
        "target_to_date",
        N_("Target to date"),
        "money",
        N_("sum of the daily targets until the as-of date; a day weighs by weekday and holidays"),
        _AS_OF,
        "none",
    ),
    Measure(
        "shortfall",
        N_("Gap at the month's end"),
        "money",
        N_("target − expected forecast (P50); once the month is over, target − actual"),
        _AS_OF,
        "down",
    ),
    Measure(
        "attainment",
        N_("Attainment of the month"),
        "share",
        N_("actual ÷ target"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "attainment_to_date",
        N_("Attainment to date"),
        "share",
        N_("actual ÷ target to date"),
        _SOURCE_DATE,
        "up",
    ),
    Measure("gap", N_("Gap"), "money", N_("actual − target"), _SOURCE_DATE, "up"),
    Measure(
        "required_daily",
        N_("Needed a day"),
        "money",
        N_("(target − actual) ÷ working days left"),
        _AS_OF,
        "down",
    ),
    Measure(
        "achieved_daily",
        N_("Achieved a day"),
        "money",
        N_("actual ÷ working days gone"),
        _AS_OF,
        "up",
    ),
    Measure(
        "difficulty",
        N_("Difficulty"),
        "ratio",
        N_("needed a day ÷ achieved a day"),
        _AS_OF,
        "down",
    ),
    Measure(
        "days_ahead",
        N_("Days ahead"),
        "days",
        N_("working day at which the target curve equals the actual − working days gone"),
        _AS_OF,
        "up",
    ),
    Measure(
        "forecast_p10",
        N_("Forecast, cautious (P10)"),
        "money",
        N_("nine of ten months end above this, by the errors of the same method in past months"),
        _AS_OF,
        "up",
    ),
    Measure(
        "forecast_p50",
        N_("Forecast, expected (P50)"),
        "money",
        N_("what is in + what the rest of the month usually brings, by season and this month"),
        _AS_OF,
        "up",
    ),
    Measure(
        "forecast_p90",
        N_("Forecast, optimistic (P90)"),
        "money",
        N_("one of ten months ends above this, by the errors of the same method in past months"),
        _AS_OF,
        "up",
    ),
    Measure(
        "probability",
        N_("Probability of reaching the target"),
        "share",
        N_("share of the forecast's distribution at or above the target"),
        _AS_OF,
        "up",
    ),
    Measure("deals_open", N_("Open deals"), "count", N_("number of open deals"), _STANDING, "none"),
    Measure(
        "open_value",
        N_("Open pipeline"),
        "money",
        N_("sum of the amounts of open deals that have one"),
        _STANDING,
        "up",
    ),
    Measure(
        "open_list_price_value",
        N_("Open deals without an amount, at list price"),
        "money",
        N_("sum of the list prices of the products of open deals without an amount"),
        _STANDING,
        "none",
    ),
    Measure(
        "pipeline_change",
        N_("Pipeline change"),
        "money",
        N_(
            "open before + new + first seen + reopened + moved in + bigger − smaller − moved out "
            "− won − lost − vanished ± reassigned = open now; first seen: in no file before though "
            "created earlier; vanished: a file since should have it and has not"
        ),
        N_(
            "each deal as last known on the two days, from all files up to then; "
            "expected close date in the month, or all open deals"
        ),
        "none",
    ),
    Measure(
        "lost_share",
        N_("Share of lost deals"),
        "share",
        N_("lost deals that name the competitor or reason ÷ all lost deals of the period"),
        _CLOSED,
        "down",
    ),
    Measure(
        "lead_conversion",
        N_("Conversion of leads"),
        "share",
        N_("leads with a conversion date or a deal ÷ leads created in the period"),
        N_("created date of the lead"),
        "up",
    ),
    Measure(
        "won_value",
        N_("Won"),
        "money",
        N_("sum of the amounts of won deals"),
        _CLOSED,
        "up",
    ),
    Measure("won_count", N_("Deals won"), "count", N_("number of won deals"), _CLOSED, "up"),
    Measure(
        "win_rate_of_closed",
        N_("Win rate of closed deals"),
        "share",
        N_("won ÷ (won + lost)"),
        _CLOSED,
        "up",
    ),
    Measure(
        "win_rate_of_all",
        N_("Win rate of all deals"),
        "share",
        N_("won ÷ all deals ever in the file, open ones included"),
        _STANDING,
        "up",
    ),
    Measure(
        "days_to_close_mean",
        N_("Days to close, mean of closed deals"),
        "days",
        N_("mean of closing date − creation date over won and lost deals"),
        _CLOSED,
        "down",
    ),
    Measure(
        "days_to_close_median",
        N_("Days to close, median of closed deals"),
        "days",
        N_("median of closing date − creation date over won and lost deals"),
        _CLOSED,
        "down",
    ),
    Measure(
        "days_to_win_mean",
        N_("Days to close, mean of won deals"),
        "days",
        N_("mean of closing date − creation date over won deals"),
        _CLOSED,
        "down",
    ),
    Measure(
        "days_to_win_median",
        N_("Days to close, median of won deals"),
        "days",
        N_("median of closing date − creation date over won deals"),
        _CLOSED,
        "down",
    ),
    Measure(
        "collections",
        N_("Collected"),
        "money",
        N_("sum of the payments received"),
        N_("payment date"),
        "up",
    ),
    Measure(
        "signed",
        N_("Signed"),
        "money",
        N_("sum of the contracts signed, cancelled ones out"),
        N_("signed date"),
        "up",
    ),
    Measure(
        "last_year",
        N_("Same month last year"),
        "money",
        N_("actual of the same month a year earlier"),
        _SOURCE_DATE,
        "none",
    ),
    Measure(
        "growth",
        N_("Growth on a year earlier"),
        "share",
        N_("sum of the months ÷ sum of the same months a year earlier − 1"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "fiscal_target",
        N_("Target of the quarter or fiscal year"),
        "money",
        N_("sum of the targets of its months; how many of them have one is told beside it"),
        N_("the fiscal year begins in the month that the settings say"),
        "none",
    ),
    Measure(
        "target_floor",
        N_("Floor"),
        "money",
        N_("the level that has to be reached in any case"),
        _TARGET_PERIOD,
        "none",
    ),
    Measure(
        "target_stretch",
        N_("Stretch"),
        "money",
        N_("the level to aim at when all goes well"),
        _TARGET_PERIOD,
        "none",
    ),
    Measure(
        "suggested_target",
        N_("Suggested target"),
        "money",
        N_("last year × growth, held to what is reached with a probability of 60 to 70 %"),
        _TO_COME,
        "none",
    ),
    Measure(
        "price_effect",
        N_("Price"),
        "money",
        N_("Σ (new price − old price) × new quantity, over products sold in both periods"),
        _BOTH,
        "up",
    ),
    Measure(
        "volume_effect",
        N_("Volume"),
        "money",
        N_("(new quantity − old quantity) × old mean price, over products sold in both periods"),
        _BOTH,
        "up",
    ),
    Measure(
        "mix_effect",
        N_("Mix"),
        "money",
        N_("Σ new quantity × old price − new quantity × old mean price"),
        _BOTH,
        "up",
    ),
    Measure(
        "new_products_effect",
        N_("New products"),
        "money",
        N_("sales of products not sold in the earlier period"),
        _BOTH,
        "up",
    ),
    Measure(
        "lost_products_effect",
        N_("Lost products"),
        "money",
        N_("− sales of products not sold in the later period"),
        _BOTH,
        "up",
    ),
    Measure(
        "funnel_effect",
        N_("Effect of a funnel step"),
        "money",
        N_("log mean of both results × ln(new ÷ old) of the step's throughput ratio of the period"),
        _BOTH,
        "up",
    ),
    Measure(
        "ambition",
        N_("Ambition"),
        "money",
        N_("target − forecast (P50) of the day the plan was frozen"),
        _TARGET_PERIOD,
        "none",
    ),
    Measure(
        "happened",
        N_("Against the forecast"),
        "money",
        N_("actual − forecast (P50) of the day the plan was frozen"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "activities_done",
        N_("Activities done"),
        "count",
        N_("number of activities that happened"),
        N_("date of the activity"),
        "up",
    ),
    Measure(
        "activities_planned",
        N_("Activities planned"),
        "count",
        N_("number of activities planned, cancelled ones out"),
        N_("planned date of the activity"),
        "none",
    ),
    Measure(
        "teams_down",
        N_("Teams below expectation"),
        "count",
        N_("teams below 97 % of their usual part of the forecast"),
        _SOURCE_DATE,
        "down",
    ),
    Measure(
        "market_size",
        N_("Market size"),
        "money",
        N_("size of the market in the period"),
        N_("the period of the market size"),
        "up",
    ),
    Measure(
        "spend",
        N_("Spend"),
        "money",
        N_("sum of the amounts spent"),
        _SPEND_DATE,
        "none",
    ),
    Measure(
        "attributed_revenue",
        N_("Attributed revenue"),
        "money",
        N_("sales shared among their touches by the attribution model"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "attributed_margin",
        N_("Attributed margin"),
        "money",
        N_("sales − cost, shared among their touches by the attribution model"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "roi",
        N_("Return on investment"),
        "share",
        N_("(attributed margin − spend) ÷ spend"),
        _SPEND_DATE,
        "up",
    ),
    Measure(
        "output",
        N_("Output per unit of input"),
        "ratio",
        N_("attributed revenue ÷ spend, written 1:n"),
        _SPEND_DATE,
        "up",
    ),
    Measure(
        "more_for_more",
        N_("More sales for each unit more"),
        "ratio",
        N_(
            "sales a month more than at the step before ÷ spend a month more; "
            "a step: months with about the same spend"
        ),
        _SPEND_DATE,
        "up",
    ),
    Measure(
        "cac",
        N_("Cost to win a customer"),
        "money",
        N_("spend a median cycle earlier ÷ new customers"),
        _SPEND_DATE,
        "down",
    ),
    Measure(
        "payback",
        N_("Payback, in months"),
        "ratio",
        N_("cost to win a customer ÷ monthly margin of a new customer"),
        _SPEND_DATE,
        "down",
    ),
    Measure(
        "customers",
        N_("Customers who bought"),
        "count",
        N_("number of different customers with a purchase"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "new_customers",
        N_("New customers"),
        "count",
        N_("customers whose first purchase ever is in the period"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "repeat_rate",
        N_("Repeat-purchase rate"),
        "share",
        N_("customers with two or more orders ÷ customers with one or more; orders, not lines"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "retention",
        N_("Customer retention"),
        "share",
        N_("customers of the period before who bought again ÷ customers of the period before"),
        _BOTH,
        "up",
    ),
    Measure(
        "satisfaction",
        N_("Satisfaction"),
        "share",
        N_("mean of score ÷ scale"),
        N_("survey date"),
        "up",
    ),
    Measure(
        "fair",
        N_("Against expectation"),
        "ratio",
        N_("amount ÷ expected: the region's money a head × learnt × present"),
        _SOURCE_DATE,
        "up",
    ),
    Measure(
        "scenario_p50",
        N_("Forecast of the scenario"),
        "money",
        N_("what is in + what the rest usually brings × the drivers as moved"),
        _AS_OF,
        "up",
    ),
)

_BY_ID = {one.id: one for one in MEASURES}


def measure(id: str) -> Measure:
    """The measure called `id`; raises KeyError for any other name."""
    return _BY_ID[id]
