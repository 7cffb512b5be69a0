"""List every figure a page may show: its label, its formula, its date.

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


@dataclass(frozen=True)
class Measure:
    """One measure; `date_field` says in words which date puts a row into a period."""

    id: str
    label: str
    unit: Unit
    formula: str
    date_field: str


_SOURCE_DATE = N_("order, close, signing or payment date, depending on where actuals come from")
_TARGET_PERIOD = N_("target period")
_AS_OF = N_("every day of the month through the as-of date")
_CLOSED = N_("deal close date")
_STANDING = N_("none: deals as they are in the latest file")
_SPEND_DATE = N_("spend date, or the month of its period if it has none")
_BOTH = N_("dates of the two periods compared")
_TO_COME = N_("the month ahead, as seen on the as-of date")

MEASURES: tuple[Measure, ...] = (
    Measure(
        "actual",
        N_("Actual"),
        "money",
        N_("sum of amounts, excluding cancelled and returned lines"),
        _SOURCE_DATE,
    ),
    Measure(
        "gross",
        N_("Gross, before returns"),
        "money",
        N_(
            "sum of amounts as sold, including returned and excluding cancelled and negative "
            "lines; where a file has an order's partial refunds taken off its amount already, as "
            "shop exports do, so is this"
        ),
        _SOURCE_DATE,
    ),
    Measure(
        "target",
        N_("Target"),
        "money",
        N_("monthly target, or the quarterly or annual target split by selling days"),
        _TARGET_PERIOD,
    ),
    Measure(
        "target_to_date",
        N_("Target to date"),
        "money",
        N_("sum of daily targets through the as-of date, weighted by weekday and holidays"),
        _AS_OF,
    ),
    Measure(
        "shortfall",
        N_("Month-end gap"),
        "money",
        N_("target − expected forecast (P50); after month-end, target − actual"),
        _AS_OF,
    ),
    Measure(
        "attainment",
        N_("Attainment, full month"),
        "share",
        N_("actual ÷ target"),
        _SOURCE_DATE,
    ),
    Measure(
        "attainment_to_date",
        N_("Attainment to date"),
        "share",
        N_("actual ÷ target to date"),
        _SOURCE_DATE,
    ),
    Measure("gap", N_("Actual vs. target"), "money", N_("actual − target"), _SOURCE_DATE),
    Measure(
        "required_daily",
        N_("Required per selling day"),
        "money",
        N_("(target − actual) ÷ selling days left"),
        _AS_OF,
    ),
    Measure(
        "achieved_daily",
        N_("Average per selling day"),
        "money",
        N_("actual ÷ selling days elapsed since the data begin"),
        _AS_OF,
    ),
    Measure(
        "difficulty",
        N_("Difficulty"),
        "ratio",
        N_("required per selling day ÷ average per selling day"),
        _AS_OF,
    ),
    Measure(
        "days_ahead",
        N_("Days ahead"),
        "days",
        N_("selling day on which the target curve reaches the actual − selling days elapsed"),
        _AS_OF,
    ),
    Measure(
        "forecast_p10",
        N_("Cautious forecast (P10)"),
        "money",
        N_("nine months in ten end above this, judging by this method's past errors"),
        _AS_OF,
    ),
    Measure(
        "forecast_p50",
        N_("Expected forecast (P50)"),
        "money",
        N_(
            "booked to date + what the rest of the month usually brings, adjusted for season "
            "and this month's pace; before its first selling day there is no pace: average per "
            "selling day of up to 12 whole months, the latest weighing most × its selling days"
        ),
        _AS_OF,
    ),
    Measure(
        "forecast_p90",
        N_("Optimistic forecast (P90)"),
        "money",
        N_("one month in ten ends above this, judging by this method's past errors"),
        _AS_OF,
    ),
    Measure(
        "probability",
        N_("Probability of reaching the target"),
        "share",
        N_("share of the forecast distribution at or above the target"),
        _AS_OF,
    ),
    Measure("deals_open", N_("Open deals"), "count", N_("number of open deals"), _STANDING),
    Measure(
        "open_value",
        N_("Open pipeline"),
        "money",
        N_("sum of open deal amounts, where given"),
        _STANDING,
    ),
    Measure(
        "open_list_price_value",
        N_("Open deals without an amount, at list price"),
        "money",
        N_("sum of product list prices for open deals without an amount"),
        _STANDING,
    ),
    Measure(
        "pipeline_change",
        N_("Pipeline change"),
        "money",
        N_(
            "opening pipeline + new + first seen + reopened + moved in + increased − "
            "decreased − moved out − won − lost − vanished ± reassigned = closing "
            "pipeline; first seen: created earlier but in no earlier file; vanished: "
            "missing from a later file that should include it"
        ),
        N_(
            "each deal as last known on both dates, from all files up to then; deals "
            "expected to close in the month, or all open deals"
        ),
    ),
    Measure(
        "lost_share",
        N_("Share of lost deals"),
        "share",
        N_("lost deals naming the competitor or reason ÷ all lost deals in the period"),
        _CLOSED,
    ),
    Measure(
        "lead_conversion",
        N_("Lead conversion"),
        "share",
        N_("leads with a conversion date or a deal ÷ leads created in the period"),
        N_("lead created date"),
    ),
    Measure(
        "won_value",
        N_("Won amount"),
        "money",
        N_("sum of won deal amounts"),
        _CLOSED,
    ),
    Measure("won_count", N_("Deals won"), "count", N_("number of won deals"), _CLOSED),
    Measure(
        "win_rate_of_closed",
        N_("Win rate (of closed deals)"),
        "share",
        N_("won ÷ (won + lost)"),
        _CLOSED,
    ),
    Measure(
        "win_rate_of_all",
        N_("Win rate (of all deals)"),
        "share",
        N_("won ÷ all deals in the file, including open ones"),
        _STANDING,
    ),
    Measure(
        "win_rate_of_cohort",
        N_("Win rate (of deals created)"),
        "share",
        N_(
            "won within the time in which four in five deals close ÷ deals created, over "
            "the last 12 months old enough to judge"
        ),
        N_("deal created date"),
    ),
    Measure(
        "days_to_close_mean",
        N_("Days to close (mean, all closed deals)"),
        "days",
        N_("mean of close date − created date, won and lost deals"),
        _CLOSED,
    ),
    Measure(
        "days_to_close_median",
        N_("Days to close (median, all closed deals)"),
        "days",
        N_("median of close date − created date, won and lost deals"),
        _CLOSED,
    ),
    Measure(
        "days_to_win_mean",
        N_("Days to close (mean, won deals)"),
        "days",
        N_("mean of close date − created date, won deals"),
        _CLOSED,
    ),
    Measure(
        "days_to_win_median",
        N_("Days to close (median, won deals)"),
        "days",
        N_("median of close date − created date, won deals"),
        _CLOSED,
    ),
    Measure(
        "collections",
        N_("Collected"),
        "money",
        N_("sum of payments received"),
        N_("payment date"),
    ),
    Measure(
        "collected_of_orders",
        N_("Collected, by the order list"),
        "money",
        N_(
            "sum of what the order list says was collected of each order so far, excluding "
            "cancelled and returned orders; used as long as no list of payments is imported"
        ),
        N_("day of the last payment for all of an order's, if it is known, else the order date"),
    ),
    Measure(
        "signed",
        N_("Signed"),
        "money",
        N_("sum of contracts signed, excluding cancelled"),
        N_("signed date"),
    ),
    Measure(
        "last_year",
        N_("Same month last year"),
        "money",
        N_("actual for the same month last year"),
        _SOURCE_DATE,
    ),
    Measure(
        "growth",
        N_("Year-over-year growth"),
        "share",
        N_("sum of the months ÷ sum of the same months a year earlier − 1"),
        _SOURCE_DATE,
    ),
    Measure(
        "target_growth",
        N_("Target vs. same month last year"),
        "share",
        N_("target ÷ actual for the same month last year − 1; usual: year-over-year growth"),
        _TARGET_PERIOD,
    ),
    Measure(
        "fiscal_target",
        N_("Target of the quarter or fiscal year"),
        "money",
        N_("sum of its monthly targets; the number of months with a target is shown beside it"),
        N_("the fiscal year starts in the month chosen in Settings"),
    ),
    Measure(
        "target_floor",
        N_("Floor"),
        "money",
        N_("the minimum to reach in any case"),
        _TARGET_PERIOD,
    ),
    Measure(
        "target_stretch",
        N_("Stretch"),
        "money",
        N_("the level to aim for if all goes well"),
        _TARGET_PERIOD,
    ),
    Measure(
        "suggested_target",
        N_("Suggested target"),
        "money",
        N_("same month last year × (1 + growth), kept within the range that is 60–70% likely"),
        _TO_COME,
    ),
    Measure(
        "price_effect",
        N_("Price"),
        "money",
        N_("Σ (new price − old price) × new quantity, over products sold in both periods"),
        _BOTH,
    ),
    Measure(
        "volume_effect",
        N_("Volume"),
        "money",
        N_("(new quantity − old quantity) × old mean price, over products sold in both periods"),
        _BOTH,
    ),
    Measure(
        "mix_effect",
        N_("Mix"),
        "money",
        N_("Σ new quantity × old price − new quantity × old mean price"),
        _BOTH,
    ),
    Measure(
        "new_products_effect",
        N_("New products"),
        "money",
        N_("sales of products not sold in the earlier period"),
        _BOTH,
    ),
    Measure(
        "lost_products_effect",
        N_("Lost products"),
        "money",
        N_("− sales of products not sold in the later period"),
        _BOTH,
    ),
    Measure(
        "funnel_effect",
        N_("Effect of a funnel step"),
        "money",
        N_("log mean of both results × ln(new ÷ old) of the step's throughput ratio"),
        _BOTH,
    ),
    Measure(
        "ambition",
        N_("Target above forecast"),
        "money",
        N_("target − forecast (P50) on the day the plan was frozen"),
        _TARGET_PERIOD,
    ),
    Measure(
        "happened",
        N_("Result vs. forecast"),
        "money",
        N_("actual − forecast (P50) on the day the plan was frozen"),
        _SOURCE_DATE,
    ),
    Measure(
        "activities_done",
        N_("Completed activities"),
        "count",
        N_("number of completed activities"),
        N_("activity date"),
    ),
    Measure(
        "activities_planned",
        N_("Planned activities"),
        "count",
        N_("number of planned activities, excluding cancelled"),
        N_("planned activity date"),
    ),
    Measure(
        "teams_down",
        N_("Teams below expectation"),
        "count",
        N_("teams below 97% of their usual share of the forecast"),
        _SOURCE_DATE,
    ),
    Measure(
        "market_size",
        N_("Market size"),
        "money",
        N_("market size in the period"),
        N_("market size period"),
    ),
    Measure(
        "spend",
        N_("Spend"),
        "money",
        N_("sum of spend"),
        _SPEND_DATE,
    ),
    Measure(
        "attributed_revenue",
        N_("Attributed revenue"),
        "money",
        N_("sales credited to touchpoints by the attribution model"),
        _SOURCE_DATE,
    ),
    Measure(
        "attributed_margin",
        N_("Attributed margin"),
        "money",
        N_("sales − cost, credited to touchpoints by the attribution model"),
        _SOURCE_DATE,
    ),
    Measure(
        "roi",
        N_("Return on investment"),
        "share",
        N_("(attributed margin − spend) ÷ spend"),
        _SPEND_DATE,
    ),
    Measure(
        "output",
        N_("Output per unit of input"),
        "ratio",
        N_("attributed revenue ÷ spend, written 1:n"),
        _SPEND_DATE,
    ),
    Measure(
        "cpc",
        N_("Cost per click"),
        "money",
        N_("spend of rows that state clicks ÷ clicks, as the platform counts them"),
        _SPEND_DATE,
    ),
    Measure(
        "cpa",
        N_("Cost per conversion"),
        "money",
        N_("spend of rows that state conversions ÷ conversions, as the platform counts them"),
        _SPEND_DATE,
    ),
    Measure(
        "more_for_more",
        N_("Extra sales per extra unit spent"),
        "ratio",
        N_(
            "extra monthly sales ÷ extra monthly spend over the level before; a level "
            "groups months with similar spend"
        ),
        _SPEND_DATE,
    ),
    Measure(
        "cac",
        N_("Customer acquisition cost"),
        "money",
        N_("spend one median sales cycle earlier ÷ new customers"),
        _SPEND_DATE,
    ),
    Measure(
        "payback",
        N_("Payback (months)"),
        "ratio",
        N_("customer acquisition cost ÷ monthly margin of a new customer"),
        _SPEND_DATE,
    ),
    Measure(
        "customers",
        N_("Customers who bought"),
        "count",
        N_("number of distinct customers who bought"),
        _SOURCE_DATE,
    ),
    Measure(
        "new_customers",
        N_("New customers"),
        "count",
        N_("customers whose first-ever purchase falls in the period"),
        _SOURCE_DATE,
    ),
    Measure(
        "repeat_rate",
        N_("Repeat-purchase rate"),
        "share",
        N_("customers with two or more orders ÷ customers with at least one; orders, not lines"),
        _SOURCE_DATE,
    ),
    Measure(
        "retention",
        N_("Customer retention"),
        "share",
        N_("previous-period customers who bought again ÷ previous-period customers"),
        _BOTH,
    ),
    Measure(
        "satisfaction",
        N_("Satisfaction"),
        "share",
        N_("mean of score ÷ scale"),
        N_("survey date"),
    ),
    Measure(
        "fair",
        N_("Versus expected"),
        "ratio",
        N_("amount ÷ expected amount (regional average per rep × ramp-up × time present)"),
        _SOURCE_DATE,
    ),
    Measure(
        "scenario_p50",
        N_("Scenario forecast"),
        "money",
        N_("booked to date + what the rest of the month usually brings × the adjusted drivers"),
        _AS_OF,
    ),
)

_BY_ID = {measure.id: measure for measure in MEASURES}


def measure(id: str) -> Measure:
    """Return the measure called `id`; raises KeyError for any other name."""
    return _BY_ID[id]
