from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline.changes import FLOWS, changes, earlier, waterfall
from analytics.pipeline.snapshots import days, moving, standing
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
    run("CREATE TABLE imports (import_id BIGINT, job_id VARCHAR, table_name VARCHAR, "
        "system VARCHAR, status VARCHAR, as_of DATE, mapping VARCHAR DEFAULT '{}', "
        "answers VARCHAR DEFAULT '{}', exported DATE, exported_at TIMESTAMP)")  # fmt: skip
    run("CREATE TABLE gone_deals (import_id BIGINT, deal_id VARCHAR)")
    run("CREATE TABLE snapshot_parts (import_id BIGINT, kind VARCHAR, value VARCHAR, "
        "first_day DATE, last_day DATE)")  # fmt: skip
    run("CREATE TABLE import_columns (import_id BIGINT, table_name VARCHAR, columns VARCHAR[])")
    run("CREATE TABLE stages (stage VARCHAR, place BIGINT, status VARCHAR)")
    run("CREATE TABLE aliases (kind VARCHAR, name VARCHAR, canonical VARCHAR, accepted BOOLEAN)")
    for number, day, status in ((1, BEFORE, "active"), (2, AFTER, "active"), (3, AFTER, "undone")):
        run("INSERT INTO imports VALUES (?, ?, 'deals', 'zoho', ?, ?, '{}', '{}', NULL, NULL)",
            [number, f"job {number}", status, day])  # fmt: skip
    yield engine


def put(engine: Engine, day: date, import_id: int, *rows: dict[str, Any]) -> None:
    for number, row in enumerate(rows, start=1):
        whole = {"as_of": day, "status": "open", "import_id": import_id, "row_no": number} | row
        names = ", ".join(whole)
        places = ", ".join("?" for _ in whole)
        engine.connection.execute(
            f"INSERT INTO fact_deals ({names}) VALUES ({places})", list(whole.values())
        )


def told(engine: Engine, scope: Scope = SCOPE, window: Any = JUNE) -> pd.DataFrame:
    found = pd.DataFrame(engine.run(moving(scope, BEFORE, AFTER)))
    return changes(found, BEFORE, AFTER, window)


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
    trap.connection.execute("INSERT INTO snapshot_parts VALUES (2, 'rep', 'Li', NULL, NULL)")
    found = told(trap, window=None)
    assert flows(found)["e"] == {}
    assert waterfall(found).end == 430 + 800


def test_a_deal_that_changed_hands_is_reassigned_where_a_rep_is_asked_for(facts: Engine) -> None:
    put(facts, BEFORE, 1,
        {"deal_id": "x", "amount": 10, "rep": "Li", "expected_close_date": IN},
        {"deal_id": "y", "amount": 20, "rep": "Wu", "expected_close_date": IN})  # fmt: skip
    put(facts, AFTER, 2,
        {"deal_id": "x", "amount": 10, "rep": "Wu", "expected_close_date": IN},
        {"deal_id": "y", "amount": 25, "rep": "Wu", "expected_close_date": IN})  # fmt: skip
    # With everybody's deals it moves no money: it is in the list, and there is no bar of it.
    assert flows(told(facts)) == {"x": {"reassigned": 0}, "y": {"bigger": 5}}
    assert list(waterfall(told(facts)).bars["label"]) == ["bigger"]
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
    put(facts, date(2026, 6, 15), 3, {**deal, "amount": 90})
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
        "status": st.sampled_from(["open", "open", "won", "lost", "vanished"]),
        "amount": MONEY,
        "expected": DAYS,
        "closed": DAYS,
        "inside": st.sampled_from([True, True, False]),
        "created": DAYS,
    }
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(SIDE, SIDE).filter(any), max_size=12),
    st.sampled_from([JUNE, None]),
)
def test_the_bars_lead_from_one_standing_to_the_other(
    deals: list[tuple[dict[str, Any] | None, ...]], window: Any
) -> None:
    columns = ("deal_name", "customer", "rep", "stage", "foreign")
    rows = [
        {"deal_id": str(at), "day": day} | dict.fromkeys(columns) | side
        for at, sides in enumerate(deals)
        for day, side in zip((BEFORE, AFTER), sides, strict=True)
        if side
    ]
    found = changes(pd.DataFrame(rows, columns=[*rows[0]] if rows else ["day"]), BEFORE, AFTER,
                    window)  # fmt: skip
    bars = waterfall(found)

    def weight(side: dict[str, Any] | None) -> Decimal:
        due = side and (
            window is None or (side["expected"] and JUNE[0] <= side["expected"] <= JUNE[1])
        )
        stands = side and side["status"] == "open" and side["inside"] and due
        return (side["amount"] or Decimal(0)) if side and stands else Decimal(0)

    # Each day added up by itself, straight from its rows.
    assert bars.start == sum((weight(then) for then, _now in deals), Decimal(0))
    assert bars.end == sum((weight(now) for _then, now in deals), Decimal(0))
    assert bars.start + sum(bars.bars["value"], Decimal(0)) == bars.end
    for row in found.to_dict("records"):
        moved = [row[flow] for flow in FLOWS if row[flow] is not None]
        assert row["before"] + sum(moved, Decimal(0)) == row["after"]


def test_bars_that_do_not_add_up_are_an_error() -> None:
    wrong = pd.DataFrame([{"deal_id": "a", "before": 1, "after": 5} | dict.fromkeys(FLOWS)])
    with pytest.raises(ValueError, match="do not make"):
        waterfall(wrong)


def known(engine: Engine, day: date) -> dict[str, str]:
    """deal → status as known on a day."""
    return {row["deal_id"]: row["status"] for row in engine.run(standing(day))}


@pytest.mark.parametrize(
    ("covered", "status"),
    [
        ([], "vanished"),
        ([("rep", "甲", None, None)], "vanished"),
        ([("rep", "乙", None, None)], "open"),
        ([("rep", "小甲", None, None)], "vanished"),
        ([("region", "华东", None, None)], "vanished"),
        ([("product", "泵", None, None)], "open"),
        ([("period", None, date(2026, 6, 1), date(2026, 6, 30))], "vanished"),
        ([("period", None, date(2026, 7, 1), date(2026, 7, 30))], "open"),
        ([("none", None, None, None)], "open"),
        ([("rep", "乙", None, None), ("rep", "甲", None, None)], "vanished"),
    ],
    ids=["all", "rep", "other rep", "other name of the rep", "region", "no product", "days",
         "other days", "selection", "two people"],
)  # fmt: skip
def test_what_a_partial_export_should_have(
    facts: Engine, covered: list[tuple[Any, ...]], status: str
) -> None:
    facts.connection.execute("INSERT INTO aliases VALUES ('rep', '小甲', '甲', true)")
    put(facts, BEFORE, 1, {"deal_id": "a", "amount": 10, "rep": "甲", "region": "华东",
                           "expected_close_date": IN})  # fmt: skip
    put(facts, AFTER, 2, {"deal_id": "b", "amount": 10})
    for part in covered:
        facts.connection.execute("INSERT INTO snapshot_parts VALUES (2, ?, ?, ?, ?)", list(part))
    assert known(facts, AFTER) == {"a": status, "b": "open"}
    assert known(facts, BEFORE) == {"a": "open"}


def test_an_export_that_was_taken_back_takes_nobody_out(facts: Engine) -> None:
    put(facts, BEFORE, 1, {"deal_id": "a", "amount": 10})
    put(facts, AFTER, 3, {"deal_id": "b", "amount": 10})
    facts.connection.execute("UPDATE imports SET status = 'undone' WHERE import_id = 2")
    assert known(facts, AFTER) == {"a": "open"}


# deal  created   1 June (all)  9 June (Li's)  16 June (all)   so, from 9 to 16 June
# a     May       100           –, Wu's        100             nothing: it stood on the 9th too
# b     May       –             –, Wu's        200             first seen, not new
# c     12 June   –             –              400             new
# d     May       800, Li's     – vanished     800, lost       reopened and lost: 0
# e     unknown   –             –              1600            new: nobody says it is older
# f     9 June    –             –              3200            new: created that very day
def test_a_deal_that_no_file_had_is_new_only_if_it_was_created_since(facts: Engine) -> None:
    may, wu, li = date(2026, 5, 2), {"rep": "Wu"}, {"rep": "Li"}
    run = facts.connection.execute
    run("UPDATE imports SET as_of = '2026-06-01' WHERE import_id = 1")
    run("UPDATE imports SET as_of = ?, status = 'active' WHERE import_id = 2", [BEFORE])
    run("UPDATE imports SET as_of = ?, status = 'active' WHERE import_id = 3", [AFTER])
    run("INSERT INTO snapshot_parts VALUES (2, 'rep', 'Li', NULL, NULL)")
    due = {"expected_close_date": IN}
    a = {"deal_id": "a", "amount": 100, "created_date": may} | due | wu
    d = {"deal_id": "d", "amount": 800, "created_date": may} | due | li
    put(facts, date(2026, 6, 1), 1, a, d)
    put(facts, BEFORE, 2, {"deal_id": "z", "amount": 1, "expected_close_date": OUT} | li)
    put(facts, AFTER, 3, a, {"deal_id": "z", "amount": 1, "expected_close_date": OUT} | li,
        {"deal_id": "b", "amount": 200, "created_date": may} | due,
        {"deal_id": "c", "amount": 400, "created_date": date(2026, 6, 12)} | due,
        d | {"status": "lost", "closed_date": date(2026, 6, 15)},
        {"deal_id": "e", "amount": 1600} | due,
        {"deal_id": "f", "amount": 3200, "created_date": BEFORE} | due,
    )  # fmt: skip
    found = told(facts)
    assert flows(found) == {
        "a": {},
        "b": {"first_seen": 200},
        "c": {"new": 400},
        "d": {"reopened": 800, "lost": -800},
        "e": {"new": 1600},
        "f": {"new": 3200},
    }
    assert (waterfall(found).start, waterfall(found).end) == (100, 100 + 200 + 400 + 1600 + 3200)


def test_a_deal_closed_on_both_days_is_no_change_whatever_day_it_says(facts: Engine) -> None:
    # Some systems keep the expected date of a lost deal as its closing date.
    lost = {"deal_id": "a", "amount": 10, "status": "lost", "closed_date": date(2026, 6, 14)}
    put(facts, BEFORE, 1, lost)
    put(facts, AFTER, 2, lost)
    assert flows(told(facts)) == {}


def test_a_column_that_the_later_file_lacks_says_nothing_and_a_blank_says_none(
    facts: Engine,
) -> None:
    deal = {"amount": 10, "expected_close_date": IN, "rep": "Li"}
    put(facts, BEFORE, 1, {"deal_id": "a", **deal}, {"deal_id": "b", **deal})
    put(facts, AFTER, 2, {"deal_id": "a", "rep": "Li"}, {"deal_id": "b", "rep": None})
    run = facts.connection.execute
    run(
        "INSERT INTO import_columns VALUES (1, 'deals', ['deal_id', 'status', 'as_of', 'amount', "
        "'expected_close_date', 'rep']), (2, 'deals', ['deal_id', 'status', 'as_of', 'rep'])"
    )
    rows = {row["deal_id"]: row for row in facts.run(standing(AFTER))}
    assert [(rows[name]["amount"], rows[name]["rep"]) for name in "ab"] == [(10, "Li"), (10, None)]
    assert flows(told(facts)) == {"a": {}, "b": {"reassigned": 0}}
