from __future__ import annotations

from datetime import date

import pytest

from analytics.pipeline.lead_sources import by_source, leads_of
from domain.scope import Scope
from tests.analytics.engine import Engine

SCOPE = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 18))
SPAN = (date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def leads(engine: Engine) -> Engine:
    """
    | lead | created    | source  | converted  | deal |
    |------|------------|---------|------------|------|
    | L1   | 2026-01-05 | web     | 2026-02-01 |      |
    | L2   | 2026-01-09 | web     |            | D1   |
    | L3   | 2026-02-01 | web     |            |      |
    | L4   | 2026-02-02 | unknown |            |      |
    | L5   | 2026-02-03 |         | 2026-02-04 |      |
    | L6   | 2025-12-31 | web     | 2026-01-02 | D2   |  before the period
    """
    rows = [
        ("L1", date(2026, 1, 5), "web", date(2026, 2, 1), None),
        ("L2", date(2026, 1, 9), "web", None, "D1"),
        ("L3", date(2026, 2, 1), "web", None, None),
        ("L4", date(2026, 2, 2), "unknown", None, None),
        ("L5", date(2026, 2, 3), None, date(2026, 2, 4), None),
        ("L6", date(2025, 12, 31), "web", date(2026, 1, 2), "D2"),
    ]
    names = ("lead_id", "created_date", "source", "converted_date", "deal_id")
    engine.add("leads", [dict(zip(names, row, strict=True)) | {"rep": "李雷"} for row in rows])
    return engine


def test_leads_are_counted_by_source_blank_and_unknown_apart(leads: Engine) -> None:
    found = {
        row["source"]: (row["leads"], row["converted"])
        for row in leads.run(by_source(SCOPE, *SPAN))
    }
    assert found == {"web": (3, 2), "unknown": (1, 0), None: (1, 1)}


def test_the_leads_behind_it_are_those_counted(leads: Engine) -> None:
    listed = [row["lead_id"] for row in leads.run(leads_of(SCOPE, *SPAN))]
    assert listed == ["L5", "L4", "L3", "L2", "L1"]


def test_a_filter_that_leads_know_nothing_of_is_not_applied(leads: Engine) -> None:
    by_product = SCOPE.narrowed("product", "Pump")
    assert leads.run(by_source(by_product, *SPAN)) == leads.run(by_source(SCOPE, *SPAN))
    assert leads.run(by_source(SCOPE.narrowed("rep", "王芳"), *SPAN)) == []


@pytest.mark.parametrize(
    ("columns", "converted"),
    [({}, None), ({"deal_id": "d"}, 0), ({"converted_date": date(2026, 2, 1)}, 0)],
)
def test_conversion_is_unknown_where_no_lead_of_the_list_says_it(
    engine: Engine, columns: dict[str, object], converted: int | None
) -> None:
    engine.add("leads", [{"lead_id": "a", "created_date": date(2026, 2, 3), "source": "web"}])
    # Long before the period: the list has the column.
    engine.add("leads", [{"lead_id": "b", "created_date": date(2020, 2, 3), **columns}])
    (row,) = engine.run(by_source(SCOPE, date(2026, 2, 1), date(2026, 2, 28)))
    assert row == {"source": "web", "leads": 1, "converted": converted}
