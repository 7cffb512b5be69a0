from __future__ import annotations

from datetime import date

import pytest

from analytics.actuals.actual import lines, values
from domain.scope import DIMENSIONS, SOURCES, Scope, Source
from tests.analytics.engine import Engine

DAY = date(2026, 3, 3)


@pytest.fixture
def company(engine: Engine) -> Engine:
    """Words of the rows' own, words from the lookups, blanks, and a shared order."""
    engine.add(
        "reps",
        [
            {"rep": "Wang", "team": "North", "manager": "Xu", "region": "N"},
            {"rep": "Li", "team": "South", "region": "S"},
            {"rep": "Nobody", "team": "Idle", "region": "I"},
        ],
    )
    engine.add("products", [{"product": "Pump", "category": "Flow"}, {"product": "Old"}])
    engine.add("customers", [{"customer": "Acme", "class": "key"}])
    for table, number, day in (
        ("orders", "order_id", "order_date"),
        ("deals", "deal_id", "closed_date"),
        ("contracts", "contract_id", "signed_date"),
    ):
        engine.add(
            table,
            [
                {number: "1", day: DAY, "rep": "Wang", "product": "Pump", "customer": "Acme",
                 "amount": 10},
                {number: "2", day: None, "rep": None, "product": "Old", "amount": None},
                {number: "3", day: DAY, "rep": "Stranger", "product": "Unknown", "amount": 5},
            ],
        )  # fmt: skip
    engine.add("orders", [{"order_id": "4", "order_date": DAY, "rep": "Wang", "region": "Own",
                           "channel": "Web", "category": "Own", "amount": 1}])  # fmt: skip
    engine.add("credits", [{"order_id": "1", "line_no": None, "rep": "Li", "share": 1}])
    engine.add("payments", [{"payment_id": "p", "payment_date": DAY, "rep": "Li", "amount": 3}])
    return engine


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_filter_offers_what_the_rows_have_and_nothing_else(
    company: Engine, source: Source, dimension: str
) -> None:
    scope = Scope(month=date(2026, 3, 1), as_of=DAY, source=source)
    told = {row[dimension] for row in company.run(values(source, dimension))} - {None}
    there = {row[dimension] for row in company.run(lines(scope))} - {None}
    if source == "orders" and dimension in ("rep", "team", "manager", "region"):
        # Somebody whose every line is credited to others can still be looked for.
        assert there <= told
        assert "Idle" not in told and "Nobody" not in told
    else:
        assert told == there
