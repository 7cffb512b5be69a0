from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from data.staging.draft import Result
from data.store import plans
from data.store.database import Store
from tests.conftest import Files
from tests.data import files

MARCH = date(2026, 3, 1)
COMPANY = ("company", "")


def in_force(store: Store) -> list[tuple[str, str, str, str, Decimal]]:
    rows = plans.target_rows(store)
    shown = rows[["period", "scope_kind", "scope_value", "version", "target"]]
    return [tuple(row) for row in shown.values.tolist()]


def targets_of(store: Store, version: int) -> list[Decimal]:
    rows = store.frame(
        "SELECT target FROM plan_targets "
        "WHERE plan_version_id = ? AND target IS NOT NULL ORDER BY plan_target_id",
        [version],
    )
    return list(rows["target"])


def test_the_last_target_typed_counts(store: Store) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(100)})
    plans.save_targets(store, date(2026, 3, 31), {COMPANY: Decimal(120)})
    assert in_force(store) == [("2026-03", "company", "", "typed", Decimal(120))]


def test_none_takes_a_target_back(store: Store) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(100)})
    plans.save_targets(store, MARCH, {COMPANY: None})
    assert in_force(store) == []


def test_nothing_typed_is_ever_overwritten(store: Store) -> None:
    for target in (Decimal(100), Decimal(120), None):
        plans.save_targets(store, MARCH, {COMPANY: target}, by="ann")
    assert store.rows("SELECT target, saved_by FROM plan_targets ORDER BY plan_target_id") == [
        (Decimal(100), "ann"),
        (Decimal(120), "ann"),
        (None, "ann"),
    ]


def test_a_typed_target_goes_before_an_imported_one_and_gives_way_again(
    store: Store, importing: Callable[[Files], list[Result]]
) -> None:
    importing({"targets.csv": files.TARGETS})
    imported = in_force(store)
    assert imported == [
        ("2026-03", "rep", "李雷", "imported", Decimal(1000)),
        ("2026-03", "rep", "王芳", "imported", Decimal(2000)),
    ]
    plans.save_targets(store, MARCH, {("rep", "王芳"): Decimal(7)})
    assert in_force(store) == [imported[0], ("2026-03", "rep", "王芳", "typed", Decimal(7))]
    plans.save_targets(store, MARCH, {("rep", "王芳"): None})
    assert in_force(store) == imported


def test_a_target_of_the_company_comes_from_a_row_without_a_name(
    store: Store, importing: Callable[[Files], list[Result]]
) -> None:
    importing({"targets.csv": "Period,Sales rep,Target\n2026-03,,9\n2026-03,李雷,4\n"})
    assert in_force(store)[0] == ("2026-03", "company", "", "imported", Decimal(9))


def test_the_targets_of_a_department_and_of_its_people_stand_side_by_side(store: Store) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(10), ("rep", "李雷"): Decimal(4)})
    assert len(in_force(store)) == 2


def test_months_and_metrics_are_kept_apart(store: Store) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(1)})
    plans.save_targets(store, date(2026, 4, 1), {COMPANY: Decimal(2)})
    plans.save_targets(store, MARCH, {COMPANY: Decimal(3)}, metric="visits")
    assert [row[0] for row in in_force(store)] == ["2026-03", "2026-04", "2026-03"]


def test_saving_targets_raises_the_version_of_the_plan_only(store: Store) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(1)})
    assert (store.versions().facts, store.versions().plan) == (0, 1)


def test_a_version_is_in_force_as_a_whole(store: Store) -> None:
    first = plans.save_version(
        store, MARCH, {COMPANY: Decimal(10), ("rep", "李雷"): Decimal(4)}, name="one", basis={}
    )
    second = plans.save_version(store, MARCH, {COMPANY: Decimal(12)}, name="two", basis={"k": 1})
    assert in_force(store) == [("2026-03", "company", "", "typed", Decimal(12))]
    assert plans.versions(store, MARCH)["name"].tolist() == ["two", "one"]
    assert targets_of(store, first) == [Decimal(10), Decimal(4)]
    assert targets_of(store, second) == [Decimal(12)]


def test_a_target_keeps_its_floor_and_its_stretch(store: Store) -> None:
    plans.save_targets(
        store, MARCH, {COMPANY: plans.Target(Decimal(10), Decimal(8), Decimal("12.5"))}
    )
    row = plans.target_rows(store).iloc[0]
    assert (row["floor"], row["target"], row["stretch"]) == (8, 10, Decimal("12.5"))


def test_an_imported_target_keeps_its_currency_and_a_typed_one_has_none(
    store: Store, importing: Callable[[Files], list[Result]]
) -> None:
    importing({"t.csv": "Period,Sales rep,Target,Currency\n2026-03,Ann,9,EUR\n2026-03,Bob,4,CHF\n"})
    plans.save_targets(store, MARCH, {("rep", "Bob"): Decimal(5)})
    rows = plans.target_rows(store)
    told = {row.scope_value: row.currency for row in rows.itertuples()}
    assert (told["Ann"], rows["currency"].isna().tolist()) == ("EUR", [False, True])


def test_the_same_target_in_two_currencies_is_two(
    store: Store, importing: Callable[[Files], list[Result]]
) -> None:
    importing({"eur.csv": "Period,Sales rep,Target,Currency,Version\n2026-03,Ann,9,EUR,a\n"})
    importing({"chf.csv": "Period,Sales rep,Target,Currency,Version\n2026-03,Ann,8,CHF,b\n"})
    rows = plans.target_rows(store)
    assert dict(zip(rows["currency"], rows["target"], strict=True)) == {"EUR": 9, "CHF": 8}
