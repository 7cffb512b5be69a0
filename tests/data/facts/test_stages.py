from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from data.facts import stages, upsert
from data.store.database import Store, close_all, opened

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
            "'{}', 3, 3, 3, 0, 0, '{}', '{}', 0, 'active', "
            "current_localtimestamp(), NULL, NULL, NULL, NULL)"
        )
        upsert.land(cursor, 1, "deals", rows)
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


def _bring(store: Store, stages_: dict[str, tuple[str, float | None]], moves: list[str]) -> None:
    """Deals, one a stage with its status and probability, and moves such as "A>B>C"."""
    rows = pa.table(
        {
            "deal_id": [f"d{at}" for at in range(len(stages_))],
            "as_of": pa.array([JUNE] * len(stages_)),
            "stage": list(stages_),
            "status": [status for status, _ in stages_.values()],
            "probability": pa.array(
                [None if one is None else Decimal(str(one)) for _, one in stages_.values()],
                pa.decimal128(18, 4),
            ),
            "row": pa.array(range(len(stages_)), pa.int64()),
        }
    )
    steps = [
        (f"m{at}", datetime(2026, 1, 1 + day), stage)
        for at, told in enumerate(moves)
        for day, stage in enumerate(told.split(">"))
    ]
    history = pa.table(
        {
            "deal_id": [one for one, _, _ in steps],
            "entered_at": pa.array([when for _, when, _ in steps], pa.timestamp("us")),
            "stage": [stage for _, _, stage in steps],
            "row": pa.array(range(len(steps)), pa.int64()),
        }
    )
    with store.writing("facts") as cursor:
        upsert.land(cursor, 1, "deals", rows)
        if steps:
            upsert.land(cursor, 1, "stage_history", history)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path / "empty.duckdb")
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT INTO imports VALUES (1, 'j', 'f', '', 'x', 'deals', 'generic', NULL, NULL, "
            "'{}', '{}', 3, 3, 3, 0, 0, '{}', '{}', 0, 'active', "
            "current_localtimestamp(), NULL, NULL, NULL, NULL)"
        )
    yield store
    close_all()


@pytest.mark.parametrize(
    ("found", "moves", "order"),
    [
        pytest.param(
            {
                "Proposal": ("open", None),
                "Prospecting": ("open", None),
                "Closed Won": ("won", None),
            },
            [],
            ["Prospecting", "Proposal", "Closed Won"],
            id="words",
        ),
        pytest.param(
            {"3. 盖章": ("open", None), "1. 摸底": ("open", None), "2. 打样": ("open", None)},
            [],
            ["1. 摸底", "2. 打样", "3. 盖章"],
            id="numbers",
        ),
        pytest.param(
            {"盖章": ("open", 0.9), "摸底": ("open", 0.1), "打样": ("open", 0.4)},
            [],
            ["摸底", "打样", "盖章"],
            id="probabilities",
        ),
        pytest.param(
            {"盖章": ("open", None), "摸底": ("open", None), "打样": ("open", None)},
            ["摸底>打样>盖章"] * 3 + ["摸底>盖章>打样"],
            ["摸底", "打样", "盖章"],
            id="moves",
        ),
        pytest.param(
            {"盖章": ("open", 1.0), "摸底": ("open", 0.2), "黄了": ("lost", 0.0)},
            [],
            ["摸底", "盖章", "黄了"],
            id="certain is won, at the end",
        ),
        pytest.param(
            {"S2-方案报价（60%）": ("open", None), "S1-初步接洽（10%）": ("open", None)},
            [],
            ["S1-初步接洽（10%）", "S2-方案报价（60%）"],
            id="words with numbers",
        ),
    ],
)
def test_the_order_is_guessed_from(
    empty: Store, found: dict[str, tuple[str, float | None]], moves: list[str], order: list[str]
) -> None:
    _bring(empty, found, moves)
    assert stages.order(empty) == order


def test_a_new_stage_stands_where_the_deals_pass_through_it(empty: Store) -> None:
    _bring(empty, {"摸底": ("open", 0.1), "盖章": ("open", 0.8), "赢单": ("won", 1)}, [])
    stages.say(empty, [("摸底", "open"), ("盖章", "open"), ("赢单", "won")])
    _bring(empty, {"摸底": ("open", 0.1), "打样": ("open", 0.4), "盖章": ("open", 0.8)}, [])
    found = stages.stages(empty)
    # The new deals took the place of the old ones; what was said stays.
    assert [(one.stage, one.said) for one in found] == [
        ("摸底", True),
        ("打样", False),
        ("盖章", True),
    ]


PIPELINE = [
    ("a", "Qualified", "open"),
    ("b", "Qualified", "lost"),
    ("c", "Negotiations", "won"),
    ("d", "Negotiations", "open"),
    ("e", "Negotiations", "lost"),
    ("f", "Contract sent", "won"),
]


def _written(store: Store, deals: list[tuple[str, str, str]], mapping: str, number: int) -> None:
    rows = pa.table(
        {
            "deal_id": [one for one, _, _ in deals],
            "as_of": pa.array([JUNE] * len(deals)),
            "stage": [stage for _, stage, _ in deals],
            "status": [status for _, _, status in deals],
            "closed_date": pa.array(
                [None if status == "open" else MAY for _, _, status in deals], pa.date32()
            ),
            "row": pa.array(range(len(deals)), pa.int64()),
        }
    )
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT INTO imports VALUES (?, 'j', 'f', '', ?, 'deals', 'generic', NULL, NULL, ?, "
            "'{}', 3, 3, 3, 0, 0, '{}', '{}', 0, 'active', "
            "current_localtimestamp(), NULL, NULL, NULL, NULL)",
            [number, f"c{number}", mapping],
        )
        upsert.land(cursor, number, "deals", rows)


OWN, BY_STAGE = '{"deal_id": 0, "stage": 1, "status": 2}', '{"deal_id": 0, "stage": 1}'


def test_a_stage_in_which_deals_of_several_statuses_stand_is_in_progress(empty: Store) -> None:
    _written(empty, PIPELINE, OWN, 2)
    assert {one.stage: one.status for one in stages.stages(empty)} == dict.fromkeys(
        ("Qualified", "Negotiations", "Contract sent"), "open"
    )


def test_saying_the_guessed_order_changes_no_deal_whose_file_has_a_status(empty: Store) -> None:
    _written(empty, PIPELINE, OWN, 2)
    before = _deals(empty)
    stages.say(empty, [(one.stage, one.status) for one in stages.stages(empty)])
    assert _deals(empty) == before
    # A week later more deals stand in the stages that were said.
    _written(empty, [("f", "Contract sent", "won"), ("g", "Contract sent", "open")], OWN, 3)
    assert {one: status for one, status, *_ in _deals(empty)} == {
        **{one: status for one, _, status in PIPELINE}, "g": "open",
    }  # fmt: skip


@pytest.mark.parametrize("meaning", ["open", "won", "lost"])
def test_no_meaning_of_a_stage_turns_a_deal_that_its_file_says_is_won_or_lost(
    empty: Store, meaning: str
) -> None:
    named = ("Qualified", "Negotiations", "Contract sent")
    stages.say(empty, [(one, meaning) for one in named])
    _written(empty, PIPELINE, OWN, 2)
    expected = [(one, meaning if status == "open" else status) for one, _stage, status in PIPELINE]
    assert [(one, status) for one, status, *_ in _deals(empty)] == expected
    stages.say(empty, [(one, "open") for one in named])
    assert [(one, status) for one, status, *_ in _deals(empty)] == [
        (one, status) for one, _stage, status in PIPELINE
    ]


def test_where_the_stage_is_all_that_a_file_says_its_meaning_decides(empty: Store) -> None:
    written = [("a", "closedwon", "won"), ("b", "closedlost", "lost"), ("c", "Signed", "open")]
    _written(empty, written, BY_STAGE, 2)
    assert [(one.stage, one.status) for one in stages.stages(empty)] == [
        ("Signed", "open"), ("closedwon", "won"), ("closedlost", "lost"),
    ]  # fmt: skip
    stages.say(empty, [("Signed", "won"), ("closedwon", "won"), ("closedlost", "open")])
    assert [status for _, status, *_ in _deals(empty)] == ["won", "open", "won"]


def test_a_deal_left_open_in_a_stage_named_won_does_not_make_the_stage_open(empty: Store) -> None:
    _written(empty, [("a", "Closed Won", "won"), ("b", "Closed Won", "open")], OWN, 2)
    assert [one.status for one in stages.stages(empty)] == ["won"]
    _written(empty, [("c", "Closed Won", "lost")], OWN, 3)
    assert [one.status for one in stages.stages(empty)] == ["open"]


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ([1, 2, 3, 4], "a b c d"),
        ([1, 2, 2, 4], "a c b d"),
        ([3, 2, 3, 4], "b c a d"),
        ([1, 2, 3, 1], "d a b c"),
        ([9, 2, 3, 4], "b c d a"),
        ([2, 1, 3, 4], "b a c d"),
        ([1, float("nan"), 3, None], "a b c d"),
    ],
    ids=["unmoved", "up", "down", "to the top", "past the end", "swapped", "blank"],
)
def test_a_stage_goes_to_the_place_that_is_typed(places: list[float], order: str) -> None:
    before = [stages.Stage(name, n, "open", 1, True) for n, name in enumerate("abcd", 1)]
    edited = [(place, "won" if stage.stage == "d" else "open") for place, stage in
              zip(places, before, strict=True)]  # fmt: skip
    after = stages.reordered(before, edited)
    assert [stage for stage, _ in after] == order.split()
    assert dict(after) == {"a": "open", "b": "open", "c": "open", "d": "won"}


@pytest.mark.parametrize(
    "names",
    [
        ("Qualified (Sales)", "Proposal (Sales)", "Demo (Renewals)", "Negotiation (Renewals)"),
        ("需求分析（新签）", "商务谈判（新签）", "产品演示（续费）", "方案报价（续费）"),
        ("Appointment [DACH]", "Contract Sent [DACH]", "Discovery [Nordics]", "Quote [Nordics]"),
    ],
)
def test_each_pipeline_keeps_its_own_order(tmp_path: Path, names: tuple[str, ...]) -> None:
    store = opened(tmp_path / "pipelines.duckdb")
    # The first pipeline has the most deals; the list has them in another order.
    first, second, third, last = names
    written = [last, second, first, third, second, first]
    rows = pa.table(
        {
            "deal_id": [str(n) for n in range(len(written))],
            "as_of": pa.array([JUNE] * len(written)),
            "stage": written,
            "status": ["open"] * len(written),
            "row": pa.array(range(len(written)), pa.int64()),
        }
    )
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT INTO imports VALUES (1, 'j', 'f', '', 'x', 'deals', 'g', NULL, NULL, '{}', "
            "'{}', 3, 3, 3, 0, 0, '{}', '{}', 0, 'active', "
            "current_localtimestamp(), NULL, NULL, NULL, NULL)"
        )
        upsert.land(cursor, 1, "deals", rows)
    assert stages.order(store) == list(names)
    close_all()
