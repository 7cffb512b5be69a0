from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import pytest

from analytics.actuals import actual, customers, market
from analytics.actuals.teams import with_departments
from analytics.pipeline import effort, funnel, risk, stages, win_rate
from analytics.review import acquisition, advertising, attribution, funnel_bridge, ranking, roi
from analytics.whatif import pipeline_left
from domain.scope import Scope
from domain.tables import ibis_table
from pages.kit.queries import compile
from pages.kit.queries.compile import compile_query, readable_query

STAGES = ("Qualified", "O'Proposal", "Won")

# (month, as-of): in it, on its ends, before it, after it; leap years, ends of years.
SEEN = (
    (date(2026, 3, 1), date(2026, 3, 18)),
    (date(2026, 3, 1), date(2026, 3, 1)),
    (date(2026, 3, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 3, 18)),
    (date(2025, 3, 1), date(2026, 3, 18)),
    (date(2024, 2, 1), date(2024, 2, 29)),
    (date(2024, 2, 1), date(2025, 2, 28)),
    (date(2023, 2, 1), date(2024, 3, 1)),
    (date(2025, 12, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2025, 12, 31)),
)

Question = Callable[[Scope], tuple[Any, ...]]
_WINDOW: dict[str, Question] = {
    f"{one.__module__.rpartition('.')[2]}.{one.__name__}": lambda s, one=one: (  # type: ignore[misc]
        one, s, s.month, s.until,
    )
    for one in (
        actual.by_day, actual.total, actual.left_out, actual.rows, funnel_bridge.throughput,
        customers.count_buyers, ranking.satisfaction,
    )
}  # fmt: skip
_STANDING: dict[str, Question] = {
    f"{one.__module__.rpartition('.')[2]}.{one.__name__}": lambda s, one=one: (one, s)  # type: ignore[misc]
    for one in (
        funnel.by_stage, funnel.open_pipeline, funnel.unmatched_products, funnel.deals,
        win_rate.win_rates, win_rate.days_to_close, risk.at_risk, risk.judged,
        customers.first_purchases, effort.sold, effort.activity, effort.decided, market.sizes,
    )
}  # fmt: skip
QUESTIONS: dict[str, Question] = {
    **_WINDOW,
    **_STANDING,
    "ever": lambda s: (actual.by_day, s, date(1990, 1, 1), date(2100, 12, 31)),
    "by": lambda s: (actual.by, s, "rep", s.month, s.until),
    "by_day_of": lambda s: (actual.by_day_of, s, "team", s.month, s.until),
    "by_both": lambda s: (actual.by_both, s, "team", "category", s.month, s.until),
    "closed": lambda s: (win_rate.closed, s, "month"),
    "cohorts": lambda s: (win_rate.cohorts, s, 90),
    "conversion": lambda s: (stages.conversion, s, STAGES, s.month, s.as_of),
    "new_share": lambda s: (pipeline_left.new_share, s, max((s.end - s.until).days, 0)),
    "spent": lambda s: (roi.spent, s, "channel", s.month, s.until),
    "advertised": lambda s: (advertising.advertised, s, "channel", s.month, s.until),
    "spent_by_month": lambda s: (roi.spent_by_month, s, "channel"),
    "brought_by_month": lambda s: (roi.sales_by_month, s, "channel"),
    "new_customers": lambda s: (acquisition.new_customers, s, s.month, s.until),
    "touches": lambda s: (attribution.touches, s, "channel", s.month, s.until),
    "retention": lambda s: (
        customers.retention, s, (s.month - timedelta(days=31), s.month), (s.month, s.until),
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_is_filled_in_is_what_ibis_would_have_written(question: Question) -> None:
    before = len(compile._texts)
    for month, as_of in SEEN[::3]:
        scope = Scope(month, as_of, source="deals", region=("O'Neil",), rep=("", "王"))
        function, *arguments = question(scope)
        built = with_departments(function(*arguments))
        assert readable_query(function, *arguments) == ibis.to_sql(built, dialect="duckdb")
    # One text for all months (two where the number of days left is part of the question).
    days_left = {max((Scope(*one).end - Scope(*one).until).days, 0) for one in SEEN[::3]}
    assert len(compile._texts) - before <= (len(days_left) if "left" in function.__module__ else 1)


def test_the_days_handed_over_are_those_of_the_question() -> None:
    scope = Scope(date(2024, 2, 1), date(2024, 2, 29))
    _query, values = compile_query(pipeline_left.new_share, scope, 3)
    assert set(values.values()) == {date(2024, 2, 29), date(2023, 3, 1)}


def _orders(within: Callable[[Scope], Any]) -> Callable[[Scope], ir.Table]:
    def measure(scope: Scope) -> ir.Table:
        orders = ibis_table("orders")
        return orders.filter(orders.order_date <= within(scope))

    return measure


LOOKING: dict[str, Callable[[Scope], Any]] = {
    "the end of the month": lambda s: s.end,
    "until": lambda s: s.until,
    "a branch": lambda s: s.month if s.as_of > s.month else s.as_of,
    "the year before": lambda s: date(s.month.year - 1, s.month.month, s.month.day),
    "the year after": lambda s: date(s.month.year + 1, s.month.month, s.month.day),
    "the month before": lambda s: (s.month - timedelta(days=1)).replace(day=1),
    "the year's first day": lambda s: date(s.month.year, 1, 1),
    "the days between": lambda s: date(2020, 1, 1) + (s.as_of - s.month),
    "the weekday": lambda s: s.as_of - timedelta(days=s.as_of.weekday()),
    "equality": lambda s: s.month if s.as_of == s.month else s.as_of,
}


@pytest.mark.parametrize("looking", LOOKING.values(), ids=LOOKING)
def test_a_measure_that_looks_at_its_days_is_written_for_each(
    looking: Callable[[Scope], Any],
) -> None:
    measure = _orders(looking)
    for month, as_of in SEEN:
        scope = Scope(month, as_of)
        assert readable_query(measure, scope) == ibis.to_sql(measure(scope), dialect="duckdb")
