from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.changes import FLOWS, changes, covering, earlier, waterfall
from analytics.snapshots import days, moving, parts
from domain.scope import Scope
from tests.analytics.engine import Engine

BEFORE, AFTER = date(2026, 6, 9), date(2026, 6, 16)
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
SCOPE = Scope(month=date(2026, 6, 1), as_of=AFTER, source="deals")
IN, OUT = date(2026, 6, 20), date(2026, 7, 20)


@pytest.fixture
def facts(engine: Engine) -> Iterator[Engine]:
    """The tables that the app keeps beside the canonical ones: every import's rows."""
    run = engine.connection.execute
    run("CREATE TABLE fact_deals AS SELECT *, 0::BIGINT AS import_id, 0::BIGINT AS row_no "
        "FROM deals LIMIT 0")  # fmt: skip
    run("CREATE TABLE imports (import_id BIGINT, status VARCHAR)")
    run("CREATE TABLE stages (stage VARCHAR, place BIGINT, status VARCHAR)")
    run("CREATE TABLE aliases (kind VARCHAR, name VARCHAR, canonical VARCHAR, accepted BOOLEAN)")
    run("INSERT INTO imports VALUES (1, 'active'), (2, 'active'), (3, 'undone')")
    yield engine


def put(engine: Engine, day: date, import_id: int, *rows: dict[str, Any]) -> None:
    for number, row in enumerate(rows, start=1):
        whole = {"as_of": day, "status": "open", "import_id": import_id, "row_no": number} | row
        names = ", ".join(whole)
        places = ", ".join("?" for _ in whole)
        engine.connection.execute(
            f"INSERT INTO fact_deals ({names}) VALUES ({places})", list(whole.values())
        )


def told(engine: Engine, scope: Scope = SCOPE, window: Any = JUNE, **more: Any) -> pd.DataFrame:
    found = pd.DataFrame(engine.run(moving(scope, BEFORE, AFTER)))
    return changes(found, AFTER, window, **more)


def flows(found: pd.DataFrame) -> dict[str, dict[str, Decimal]]:
    """deal → flow → value."""
    return {
        row["deal_id"]: {flow: row[flow] for flow in FLOWS if not pd.isna(row[flow])}
        for row in found.to_dict("records")
    }


# deal  9 June           16 June                          so, in June's pipeline
# a     100, 20 June     130, 20 June                     +30 bigger
# b     200, 20 July     250, 20 June                     +200 moved in and +50 bigger
# c     400, 20 June     lost, the system wrote 0         −400 lost, not −0
# d     –                70, created and won on 12 June   +70 new, −70 won: nothing stays
# e     800, 20 June     –                                −800 vanished, not lost
# f     50, lost         50, 20 June                      +50 reopened
TRAP = {
    BEFORE: (
        {"deal_id": "a", "amount": 100, "expected_close_date": IN},
        {"deal_id": "b", "amount": 200, "expected_close_date": OUT},
        {"deal_id": "c", "amount": 400, "expected_close_date": IN},
        {"deal_id": "e", "amount": 800, "expected_close_date": IN},
        {"deal_id": "f", "amount": 50, "status": "lost", "closed_date": date(2026, 5, 2)},
    ),
    AFTER: (
        {"deal_id": "a", "amount": 130, "expected_close_date": IN},
        {"deal_id": "b", "amount": 250, "expected_close_date": IN},
        {"deal_id": "c", "amount": 0, "status": "lost", "closed_date": date(2026, 6, 11)},
        {"deal_id": "d", "amount": 70, "status": "won", "closed_date": date(2026, 6, 12)},
        {"deal_id": "f", "amount": 50, "expected_close_date": IN},
    ),
}


@pytest.fixture
def trap(facts: Engine) -> Engine:
    put(facts, BEFORE, 1, *TRAP[BEFORE])
    put(facts, AFTER, 2, *TRAP[AFTER])
    return facts


def test_six_deals_tell_what_changed_and_the_bars_add_up(trap: Engine) -> None:
    found = told(trap)
    assert flows(found) == {
        "a": {"bigger": 30},
        "b": {"moved_in": 200, "bigger": 50},
        "c": {"lost": -400},
        "d": {"new": 70, "won": -70},
        "e": {"vanished": -800},
        "f": {"reopened": 50},
    }
    bars = waterfall(found)
    assert (bars.start, bars.end) == (1300, 430)
    # The wrong way: what is there now against what was there then, by status alone.
    lost = sum(row["amount"] for row in TRAP[AFTER] if row.get("status") == "lost")
    assert (lost, bars.bars.set_index("label")["value"]["lost"]) == (0, -400)


def test_all_open_deals_know_no_moving_in_or_out(trap: Engine) -> None:
    bars = waterfall(told(trap, window=None))
    assert (bars.start, bars.end) == (1500, 430)
    assert not {"moved_in", "moved_out"} & set(bars.bars["label"])


def test_a_deal_that_the_later_file_does_not_cover_stands_as_it_did(trap: Engine) -> None:
    found = told(trap, covers=lambda deal: deal["deal_id"] != "e")
    assert flows(found)["e"] == {}
    assert waterfall(found).end == 430 + 800


def test_a_deal_that_changed_hands_is_reassigned_where_a_rep_is_asked_for(facts: Engine) -> None:
    put(facts, BEFORE, 1,
        {"deal_id": "x", "amount": 10, "rep": "Li", "expected_close_date": IN},
        {"deal_id": "y", "amount": 20, "rep": "Wu", "expected_close_date": IN})  # fmt: skip
    put(facts, AFTER, 2,
        {"deal_id": "x", "amount": 10, "rep": "Wu", "expected_close_date": IN},
        {"deal_id": "y", "amount": 25, "rep": "Wu", "expected_close_date": IN})  # fmt: skip
    assert flows(told(facts)) == {"x": {}, "y": {"bigger": 5}}
    li, wu = (told(facts, SCOPE.narrowed("rep", name)) for name in ("Li", "Wu"))
    assert flows(li) == {"x": {"reassigned": -10}}
    assert flows(wu) == {"x": {"reassigned": 10}, "y": {"bigger": 5}}
    # Two spellings of one person are no change of hands.
    facts.connection.execute("INSERT INTO aliases VALUES ('rep', 'Li', 'Wu', true)")
    assert flows(told(facts, SCOPE.narrowed("rep", "Wu"))) == {"x": {}, "y": {"bigger": 5}}


def test_a_won_deal_leaves_with_what_it_was_won_for(facts: Engine) -> None:
    put(facts, BEFORE, 1,
        {"deal_id": "more", "amount": 10, "expected_close_date": IN},
        {"deal_id": "ahead", "amount": 20, "expected_close_date": OUT},
        {"deal_id": "untold", "amount": 40, "expected_close_date": IN})  # fmt: skip
    won = {"status": "won", "closed_date": date(2026, 6, 15)}
    put(facts, AFTER, 2,
        {"deal_id": "more", "amount": 12, **won},
        {"deal_id": "ahead", "amount": 20, **won},
        {"deal_id": "untold", "amount": None, **won})  # fmt: skip
    assert flows(told(facts)) == {
        "ahead": {"moved_in": 20, "won": -20},
        "more": {"bigger": 2, "won": -12},
        "untold": {"won": -40},
    }


def test_the_last_file_of_a_day_counts_and_one_taken_back_does_not(facts: Engine) -> None:
    deal = {"deal_id": "a", "expected_close_date": IN}
    put(facts, BEFORE, 1, {**deal, "amount": 10})
    put(facts, AFTER, 1, {**deal, "amount": 20})
    put(facts, AFTER, 2, {**deal, "amount": 30})
    put(facts, AFTER, 3, {**deal, "amount": 90})
    put(facts, date(2026, 6, 17), 3, {**deal, "amount": 90})
    assert flows(told(facts)) == {"a": {"bigger": 20}}
    assert [row["day"] for row in facts.run(days())] == [AFTER, BEFORE]


def test_a_stage_means_what_the_user_said(facts: Engine) -> None:
    put(facts, BEFORE, 1, {"deal_id": "a", "amount": 10, "stage": "x", "expected_close_date": IN})
    put(facts, AFTER, 2, {"deal_id": "a", "amount": 10, "stage": "Signed",
                          "expected_close_date": IN})  # fmt: skip
    assert flows(told(facts)) == {"a": {}}
    facts.connection.execute("INSERT INTO stages VALUES ('Signed', 1, 'won')")
    assert flows(told(facts)) == {"a": {"won": -10}}


def test_money_in_another_currency_is_in_no_bar(facts: Engine) -> None:
    deal = {"deal_id": "a", "expected_close_date": IN, "currency": "USD"}
    put(facts, BEFORE, 1, {**deal, "amount": 10})
    put(facts, AFTER, 2, {**deal, "amount": 20})
    bars = waterfall(told(facts))
    assert (bars.start, len(bars.bars), bars.end) == (0, 0, 0)


@pytest.mark.parametrize(
    ("days", "chosen"),
    [
        ((date(2026, 6, 15), date(2026, 6, 9), date(2026, 6, 1)), date(2026, 6, 9)),
        ((date(2026, 6, 15), date(2026, 6, 14)), date(2026, 6, 15)),
        ((AFTER, date(2026, 6, 20)), None),
    ],
    ids=["five days or more", "else the newest before", "none before"],
)
def test_the_earlier_file_is_about_a_week_old(days: tuple[date, ...], chosen: date | None) -> None:
    assert earlier(days, AFTER) == chosen


MONEY = st.none() | st.integers(-5_000, 500_000).map(lambda cents: Decimal(cents) / 100)
DAYS = st.none() | st.sampled_from([IN, OUT, date(2026, 5, 20), date(2026, 6, 10)])
SIDE = st.none() | st.fixed_dictionaries(
    {
        "status": st.sampled_from(["open", "open", "won", "lost"]),
        "amount": MONEY,
        "expected": DAYS,
        "closed": DAYS,
        "inside": st.sampled_from([True, True, False]),
    }
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(SIDE, SIDE).filter(any), max_size=12),
    st.sampled_from([JUNE, None]),
    st.sampled_from([None, lambda deal: deal["amount"] is None or deal["amount"] > 100]),
)
def test_the_bars_lead_from_one_standing_to_the_other(
    deals: list[tuple[dict[str, Any] | None, ...]], window: Any, covers: Any
) -> None:
    columns = ("deal_name", "customer", "rep", "stage", "foreign")
    rows = [
        {"deal_id": str(at), "day": day} | dict.fromkeys(columns) | side
        for at, sides in enumerate(deals)
        for day, side in zip((BEFORE, AFTER), sides, strict=True)
        if side
    ]
    found = changes(pd.DataFrame(rows, columns=[*rows[0]] if rows else ["day"]), AFTER, window,
                    covers)  # fmt: skip
    bars = waterfall(found)

    def weight(side: dict[str, Any] | None) -> Decimal:
        due = side and (
            window is None or (side["expected"] and JUNE[0] <= side["expected"] <= JUNE[1])
        )
        stands = side and side["status"] == "open" and side["inside"] and due
        return (side["amount"] or Decimal(0)) if side and stands else Decimal(0)

    def later(then: dict[str, Any] | None, now: dict[str, Any] | None) -> Decimal:
        carried = now is None and covers is not None and not covers(then)
        return weight(then if carried else now)

    # Each day added up by itself, straight from its rows.
    assert bars.start == sum((weight(then) for then, _now in deals), Decimal(0))
    assert bars.end == sum((later(*pair) for pair in deals), Decimal(0))
    assert bars.start + sum(bars.bars["value"], Decimal(0)) == bars.end
    for row in found.to_dict("records"):
        moved = [row[flow] for flow in FLOWS if row[flow] is not None]
        assert row["before"] + sum(moved, Decimal(0)) == row["after"]


def test_bars_that_do_not_add_up_are_an_error() -> None:
    wrong = pd.DataFrame([{"deal_id": "a", "before": 1, "after": 5} | dict.fromkeys(FLOWS)])
    with pytest.raises(ValueError, match="do not make"):
        waterfall(wrong)


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ([], None),
        ([("rep", "甲", None, None)], True),
        ([("rep", "乙", None, None)], False),
        ([("region", "华东", None, None)], True),
        ([("period", None, date(2026, 6, 1), date(2026, 6, 30))], True),
        ([("period", None, date(2026, 7, 1), date(2026, 7, 30))], False),
        ([("none", None, None, None)], False),
        ([("rep", "乙", None, None), ("rep", "甲", None, None)], True),
    ],
    ids=["all", "rep", "other rep", "region", "days", "other days", "selection", "two exports"],
)
def test_what_a_partial_export_should_have(told: list[tuple[Any, ...]], held: bool | None) -> None:
    covers = covering(pd.DataFrame(told, columns=["kind", "value", "first", "last"]))
    row = {"rep": "甲", "region": "华东", "product": None, "expected": IN}
    assert (None if covers is None else covers(row)) == held


def test_one_whole_export_of_a_day_covers_what_the_partial_ones_do_not(facts: Engine) -> None:
    run = facts.connection.execute
    run("DROP TABLE imports")
    run("CREATE TABLE imports (import_id BIGINT, table_name VARCHAR, status VARCHAR, as_of DATE)")
    run("CREATE TABLE snapshot_parts (import_id BIGINT, kind VARCHAR, value VARCHAR, "
        "first_day DATE, last_day DATE)")  # fmt: skip
    run("INSERT INTO imports VALUES (1, 'deals', 'active', ?), (2, 'deals', 'active', ?), "
        "(3, 'deals', 'undone', ?)", [AFTER, BEFORE, AFTER])  # fmt: skip
    run("INSERT INTO snapshot_parts VALUES (1, 'rep', '甲', NULL, NULL)")
    assert [row["value"] for row in facts.run(parts(AFTER))] == ["甲"]
    assert facts.run(parts(BEFORE)) == []
    run("UPDATE imports SET status = 'active'")
    assert facts.run(parts(AFTER)) == []
