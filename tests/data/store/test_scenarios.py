from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.store import plans, scenarios
from data.store.database import Store, close_all, opened

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    yield opened(tmp_path / "yuepan.duckdb")
    close_all()


def targets_of(store: Store, version: int) -> list[Decimal]:
    rows = store.frame(
        "SELECT target FROM plan_targets "
        "WHERE plan_version_id = ? AND target IS NOT NULL ORDER BY plan_target_id",
        [version],
    )
    return list(rows["target"])


def test_a_scenario_comes_back_as_it_was_kept_until_it_is_dropped(store: Store) -> None:
    first = scenarios.keep(store, "多两个人", MARCH, {"head_count": 2.0})
    scenarios.keep(store, "other month", APRIL, {})
    (row,) = scenarios.kept(store, MARCH).to_dict("records")
    assert (row["name"], row["drivers"], row["scope"]) == ("多两个人", {"head_count": 2.0}, {})
    assert len(scenarios.kept(store)) == 2
    scenarios.drop(store, first)
    assert scenarios.kept(store, MARCH).empty


def test_the_newest_plan_version_is_in_force_as_a_whole_and_the_older_stay_readable(
    store: Store,
) -> None:
    wang, li = ("rep", "王芳"), ("rep", "李明")
    one = plans.save_version(
        store, MARCH, {wang: Decimal(60), li: Decimal(40)}, name="v1", basis={"split": "even"}
    )
    two = plans.save_version(
        store,
        MARCH,
        {wang: plans.Target(Decimal(100), Decimal(80), Decimal(120))},
        name="v2",
        basis={},
    )
    in_force = plans.target_rows(store)
    assert in_force[["scope_value", "floor", "target", "stretch"]].values.tolist() == [
        ["王芳", Decimal(80), Decimal(100), Decimal(120)]
    ]
    assert plans.versions(store, MARCH)["plan_version_id"].tolist() == [two, one]
    assert targets_of(store, one) == [Decimal(60), Decimal(40)]
    assert plans.versions(store, APRIL).empty
