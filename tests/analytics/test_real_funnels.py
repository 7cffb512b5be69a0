"""Two real sets through the app's own import: leads by origin, targets by quarter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import ibis
import pytest

from analytics.actuals import actual
from analytics.periods.calendar import selling_days
from analytics.pipeline import lead_sources
from analytics.plan.targets import month_targets
from data.ingest import inbox, jobs
from data.jobs import background
from data.store import plans
from data.store.database import Store, opened
from domain.scope import Scope
from tests.analytics.test_real import REAL

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("inline")]
TODAY = date(2026, 3, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = opened(tmp_path / "real.duckdb")
    yield found
    found.close()


def bring(store: Store, folder: str) -> None:
    """Every CSV of a folder, dropped together and confirmed without a change."""
    if not (REAL / folder).exists():
        pytest.skip(f"no {folder} beside the project")
    files = sorted((REAL / folder).glob("*.csv"))
    uploads = [inbox.receive(store, one.name, one.read_bytes()) for one in files]
    reading = jobs.start_reading(store, uploads, today=TODAY)
    background.wait(store, reading)
    importing = jobs.start_import(store, background.outcome(reading), today=TODAY)
    background.wait(store, importing)
    assert [result.error for result in background.outcome(importing)] == [None] * len(files)


def rows(store: Store, query: ibis.Table) -> list[dict[str, object]]:
    return store.frame(str(ibis.to_sql(query, dialect="duckdb"))).to_dict("records")


def test_olist_leads_by_origin_are_those_of_the_reference(store: Store) -> None:
    bring(store, "olist_funnel")
    wanted = json.loads((REAL / "olist_funnel/reference.json").read_text())
    scope = Scope(month=date(2018, 5, 1), as_of=date(2018, 11, 30))
    found = rows(store, lead_sources.by_source(scope, date(2017, 1, 1), date(2018, 12, 31)))
    told = {
        (row["source"] if isinstance(row["source"], str) else "(blank)"): (
            row["leads"],
            row["converted"],
        )
        for row in found
    }
    assert told == {one["org"]: (one["mql"], one["deals"]) for one in wanted["by_origin"]}
    assert sum(leads for leads, _ in told.values()) == wanted["mql"]  # type: ignore[misc]
    for one in wanted["by_origin"]:
        leads, converted = told[one["org"]]
        assert round(100 * converted / leads, 2) == one["rate"]  # type: ignore[operator]


def test_techvista_only_delivered_orders_count_and_meet_the_quarters_targets(
    store: Store,
) -> None:
    bring(store, "techvista")
    scope = Scope(month=date(2024, 4, 1), as_of=date(2026, 3, 20), currency="INR")
    whole = (date(2000, 1, 1), date(2026, 12, 31))
    (total,) = rows(store, actual.total(scope, *whole))
    assert (total["value"], total["rows"]) == (Decimal("216946874.1800"), 3478)
    # By hand: the quarter's targets and its delivered orders, person by person.
    quarter = (date(2024, 4, 1), date(2024, 6, 30))
    sold = {row["rep"]: row["value"] for row in rows(store, actual.by(scope, "rep", *quarter))}
    by_hand = dict(
        store.rows(
            "SELECT rep, sum(amount) FROM orders WHERE status = 'valid' "
            "AND order_date BETWEEN ? AND ? GROUP BY rep",
            quarter,
        )
    )
    assert sold == by_hand
    targets = plans.target_rows(store)
    calendar = selling_days(date(2024, 1, 1), date(2024, 12, 31), "ALL")
    spread: dict[str, Decimal] = {}
    for month in (date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)):
        of = month_targets(targets, month, calendar, scope_kind="rep", currency="INR")
        for name, one in of.items():
            spread[name] = spread.get(name, Decimal(0)) + one.target
    written = dict(store.rows("SELECT scope_value, target FROM targets WHERE period = '2024-Q2'"))
    assert spread == written
    assert set(written) >= set(sold)
