from __future__ import annotations

from datetime import date, datetime

import pytest

from analytics.pipeline.risk import ALERTS, at_risk, judged, pushes
from domain.scope import Scope
from tests.analytics.engine import Engine

SCOPE = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 18), source="deals")


@pytest.fixture
def deals(engine: Engine) -> Engine:
    """
    deal  expected dates over time            last activity   so
    a     1 Feb → 1 Mar → 1 Apr               10 Mar          pushed twice
    b     1 Apr → 1 Mar (earlier) → 1 May     10 Mar          pushed once: not listed
    c     10 Mar, which has passed            10 Mar          past due
    d     1 Apr                               1 Feb           idle for 45 days
    e     1 Apr, won                          1 Feb           won: not listed
    f     1 Apr                               10 Mar          well
    """
    rows = (
        ("a", "open", date(2026, 4, 1), date(2026, 3, 10)),
        ("b", "open", date(2026, 5, 1), date(2026, 3, 10)),
        ("c", "open", date(2026, 3, 10), date(2026, 3, 10)),
        ("d", "open", date(2026, 4, 1), date(2026, 2, 1)),
        ("e", "won", date(2026, 4, 1), date(2026, 2, 1)),
        ("f", "open", date(2026, 4, 1), date(2026, 3, 10)),
    )
    engine.add(
        "deals",
        [
            {"deal_id": number, "status": status, "expected_close_date": expected,
             "last_activity_date": last, "as_of": SCOPE.as_of, "amount": 10}
            for number, status, expected, last in rows
        ],
    )  # fmt: skip
    moves = {
        "a": (date(2026, 2, 1), date(2026, 3, 1)),
        "b": (date(2026, 4, 1), date(2026, 3, 1)),
    }
    engine.add(
        "stage_history",
        [
            {"deal_id": number, "entered_at": datetime(2026, 1, 1 + at), "stage": "s",
             "expected_close_date": expected}
            for number, dates in moves.items()
            for at, expected in enumerate(dates)
        ],
    )  # fmt: skip
    return engine


def test_only_a_move_to_a_later_date_is_a_push(deals: Engine) -> None:
    told = {row["deal_id"]: row["pushes"] for row in deals.run(pushes(SCOPE))}
    assert (told["a"], told["b"], told["f"]) == (2, 1, 0)
    (first,) = (row for row in deals.run(pushes(SCOPE)) if row["deal_id"] == "a")
    assert first["first_expected"] == date(2026, 2, 1)


def test_pushed_past_due_and_idle_deals_are_listed_with_their_reason_and_no_others(
    deals: Engine,
) -> None:
    found = {row["deal_id"]: row for row in deals.run(at_risk(SCOPE))}
    assert list(found) == ["a", "c", "d"]
    assert found["a"]["pushes"] == 2 and not found["a"]["past_due"] and not found["a"]["idle"]
    assert found["c"]["past_due"] and found["d"]["idle"] and found["d"]["idle_days"] == 45
    assert not any(row["no_next_step"] for row in found.values())


def test_filters_hold_for_deals_at_risk(deals: Engine) -> None:
    assert deals.run(at_risk(SCOPE.narrowed("rep", "Nobody"))) == []


def test_a_deal_at_risk_tells_the_currency_of_its_amount(engine: Engine) -> None:
    engine.add(
        "deals",
        [
            {"deal_id": number, "status": "open", "amount": 10, "currency": currency,
             "expected_close_date": date(2026, 3, 1)}
            for number, currency in (("a", "CHF"), ("b", None))
        ],
    )  # fmt: skip
    assert {row["deal_id"]: row["currency"] for row in engine.run(at_risk(SCOPE))} == {
        "a": "CHF",
        "b": None,
    }


def test_each_alert_counts_the_open_deals_that_it_can_be_told_of(deals: Engine) -> None:
    # Five open deals, of which a and b have earlier closing dates; nobody wrote next steps.
    assert deals.run(judged(SCOPE)) == [
        {"open_deals": 5, "pushed": 2, "past_due": 5, "idle": 5, "no_next_step": 0}
    ]


@pytest.mark.parametrize(
    ("column", "value", "alert"),
    [
        ("last_activity_date", date(2026, 3, 1), "idle"),
        ("expected_close_date", date(2026, 4, 1), "past_due"),
        ("next_step", "call", "no_next_step"),
    ],
)
def test_a_column_that_nobody_filled_leaves_its_alert_untold(
    engine: Engine, column: str, value: object, alert: str
) -> None:
    engine.add("deals", [{"deal_id": "a", "status": "open"}])
    assert judged_of(engine)[alert] == 0
    engine.add("deals", [{"deal_id": "b", "status": "open", column: value}])
    assert judged_of(engine) == {
        "open_deals": 2, **{other.id: int(other.id == alert) for other in ALERTS}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "done", "idle_days"),
    [
        pytest.param(date(2026, 1, 10), [("2026-03-10", "done")], None, id="done since"),
        pytest.param(date(2026, 2, 1), [("2026-01-10", "done")], 45, id="the row is later"),
        pytest.param(None, [("2026-01-10", "done"), ("2026-02-01", None)], 45, id="only done"),
        pytest.param(
            date(2026, 2, 1),
            [("2026-03-10", "planned"), ("2026-03-11", "cancelled")],
            45,
            id="not done",
        ),
        pytest.param(date(2026, 2, 1), [("2026-03-19", "done")], 45, id="after as-of"),
    ],
)
def test_an_activity_that_was_done_ends_the_idle_days_of_its_deal(
    engine: Engine,
    column: date | None,
    done: list[tuple[str, str | None]],
    idle_days: int | None,
) -> None:
    engine.add("deals", [{"deal_id": "a", "status": "open", "last_activity_date": column}])
    engine.add(
        "activities",
        [
            {"activity_id": str(at), "deal_id": deal, "status": status,
             "activity_date": date.fromisoformat(day)}
            for at, (day, status) in enumerate(done)
            for deal in ("a", None)
        ] + [{"activity_id": "other", "deal_id": "b", "activity_date": SCOPE.as_of}],
    )  # fmt: skip
    listed = [row["idle_days"] for row in engine.run(at_risk(SCOPE))]
    assert listed == ([] if idle_days is None else [idle_days])
    assert judged_of(engine)["idle"] == 1


def test_idle_is_unknown_of_a_deal_without_any_activity(engine: Engine) -> None:
    engine.add("deals", [{"deal_id": "a", "status": "open"}])
    engine.add("activities", [{"activity_id": "1", "activity_date": date(2025, 1, 1)}])
    assert engine.run(at_risk(SCOPE)) == [] and judged_of(engine)["idle"] == 0


def judged_of(engine: Engine) -> dict[str, object]:
    (counts,) = engine.run(judged(SCOPE))
    return dict(counts)
