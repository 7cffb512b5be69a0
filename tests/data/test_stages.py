from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from data import landing, stages
from data.store import Store, close_all, opened

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three deals as written: one at a stage nobody knows, one won, one lost."""
    store = opened(tmp_path / "yuepan.duckdb")
    rows = pa.table(
        {
            "deal_id": ["a", "b", "c"],
            "as_of": pa.array([JUNE] * 3),
            "stage": ["盖章", "赢单", "输单"],
            "status": ["open", "won", "lost"],
            "amount": pa.array([Decimal(10), Decimal(20), Decimal(30)], pa.decimal128(18, 4)),
            "expected_close_date": pa.array([MAY, None, None], pa.date32()),
            "closed_date": pa.array([None, MAY, MAY], pa.date32()),
            "row": pa.array([2, 3, 4], pa.int64()),
        }
    )
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT INTO imports VALUES (1, 'j', 'f', '', 'x', 'deals', 'g', NULL, NULL, '{}', "
            "'{}', 3, 3, 3, 0, 0, '{}', '{}', 0, 'active', current_localtimestamp(), NULL)"
        )
        landing.land(cursor, 1, "deals", rows)
    yield store
    close_all()


def _deals(store: Store) -> list[tuple[object, ...]]:
    return store.rows(
        "SELECT deal_id, status, closed_date, expected_close_date FROM deals ORDER BY deal_id"
    )


def test_unknown_stages_stand_before_won_and_lost_until_somebody_says_otherwise(
    store: Store,
) -> None:
    assert [(one.stage, one.status, one.deals) for one in stages.stages(store)] == [
        ("盖章", "open", 1),
        ("赢单", "won", 1),
        ("输单", "lost", 1),
    ]


def test_a_stage_said_to_be_won_wins_its_deals_on_their_expected_date(store: Store) -> None:
    stages.say(store, [("盖章", "won"), ("赢单", "won"), ("输单", "lost")])
    assert _deals(store)[0] == ("a", "won", MAY, MAY)
    assert [one.said for one in stages.stages(store)] == [True, True, True]


def test_a_stage_said_to_be_open_reopens_its_deals_and_their_date_becomes_the_expected_one(
    store: Store,
) -> None:
    stages.say(store, [("输单", "open"), ("盖章", "open"), ("赢单", "won")])
    assert _deals(store)[2] == ("c", "open", None, MAY)
    assert stages.order(store) == ["输单", "盖章", "赢单"]


def test_what_was_said_can_be_taken_back_and_leaves_the_facts_as_they_were_written(
    store: Store,
) -> None:
    before = _deals(store)
    stages.say(store, [("盖章", "won"), ("赢单", "lost"), ("输单", "open")])
    assert _deals(store) != before
    stages.say(store, [("盖章", "open"), ("赢单", "won"), ("输单", "lost")])
    assert _deals(store) == before
