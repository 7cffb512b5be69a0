"""Targets of an earlier list that a corrected one no longer has."""

from __future__ import annotations

import pytest

from data.facts.decisions import decide_name
from data.ingest import history
from data.staging.draft import DELETED, KEPT
from data.store.database import Store
from tests.conftest import land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

KEY = "scope_value/gone"
EN, ZH = ["Month", "Sales Rep", "Target"], ["月份", "销售员", "目标"]
TEAMS, REGIONS = ["Period", "Team", "Quota"], ["月份", "大区", "销售目标"]
PRODUCTS = ["Month", "Product", "Target"]
DE = ["Monat", "Vertriebsmitarbeiter", "Ziel"]
WIDE, ZH_WIDE = ["Sales Rep", "2026-03", "2026-04"], ["销售员", "2026年3月", "2026年4月"]
MIXED = ["Month", "Scope", "Target of", "Target"]


def total(store: Store) -> int:
    return int(store.rows("SELECT coalesce(sum(target), 0) FROM targets")[0][0])


# | earlier list | newer list | asked about | all targets: removed | kept
MISSING = [
    pytest.param([EN, ["2026-03", "Ann", 100], ["2026-03", "Bob", 200], ["2026-03", "Cy", 400]],
                 [EN, ["2026-03", "Bob", 210], ["2026-03", "Cy", 400]],
                 "1 · 100", 610, 710, id="english"),
    pytest.param([ZH, ["2026-03", "张三", 100], ["2026-03", "李四", 200], ["2026-03", "王五", 400]],
                 [ZH, ["2026年3月", "李四", 200], ["2026年3月", "王五", 500]],
                 "1 · 100", 700, 800, id="chinese"),
    pytest.param([DE, ["03/2026", "Anna", 100.5], ["03/2026", "Bernd", 200]],
                 [DE, ["03/2026", "Bernd", 250]], "1 · 100.50", 250, 350, id="german"),
    pytest.param([TEAMS, ["2026-Q2", "East", 100], ["2026-Q2", "West", 200],
                  ["2026-Q2", "North", 400]],
                 [TEAMS, ["2026-Q2", "EAST", 150], ["2026-Q2", "West", 250]],
                 "1 · 400", 400, 800, id="teams-of-a-quarter"),
    pytest.param([REGIONS, ["2026-03", "华东", 100], ["2026-03", "华南", 200],
                  ["2026-03", "华北", 400]],
                 [REGIONS, ["2026-03", "华东", 700]], "2 · 600", 700, 1300, id="regions"),
    pytest.param([PRODUCTS, ["2026-03", "A4 paper", 100], ["2026-03", "Pens", 200]],
                 [PRODUCTS, ["2026-03", "Pens", 200], ["2026-03", "Ink", 50]],
                 "1 · 100", 250, 350, id="products"),
    pytest.param([WIDE, ["Ann", 100, 110], ["Bob", 200, 210], ["Cy", 400, 410]],
                 [WIDE, ["Bob", 200, 220], ["Cy", 400, 420]], "2 · 210", 1240, 1450, id="months"),
    pytest.param([ZH_WIDE, ["张三", 100, 110], ["李四", 200, 210]],
                 [ZH, ["2026-04", "李四", 300]], "1 · 110", 600, 710, id="one-of-two-months"),
    pytest.param([MIXED, ["2026-03", "company", None, 900], ["2026-03", "rep", "Ann", 100],
                  ["2026-03", "rep", "Bob", 200]],
                 [MIXED, ["2026-03", "rep", "Bob", 200], ["2026-03", "company", None, 800]],
                 "1 · 100", 1000, 1100, id="levels"),
    pytest.param([[*EN, "Currency"], ["2026-03", "Ann", 100, "USD"], ["2026-03", "Bob", 200, "CNY"],
                  ["2026-03", "Cy", 400, "CNY"]],
                 [[*EN, "Currency"], ["2026-03", "Cy", 400, "CNY"]],
                 "2 · 100 USD + 200 CNY", 400, 700, id="currencies"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("earlier", "newer", "about", "removed", "kept"), MISSING)
def test_targets_missing_from_a_newer_list_are_asked_about(
    store: Store, earlier: Rows, newer: Rows, about: str, removed: int, kept: int, suffix: str
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    assert not brought(store, f"targets.{suffix}", write(earlier)).error
    was = total(store)
    content = write(newer)
    (draft,) = drafts_of(store, f"targets v2.{suffix}", content)
    assert asked(store, draft) == [KEY]
    assert draft.absent is not None
    assert draft.absent.count == about
    assert land(store, [draft])[0].error.code == "questions_open"
    result = brought(store, f"targets v2.{suffix}", content, {KEY: DELETED})
    assert total(store) == removed
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert total(store) == was
    assert not brought(store, f"targets v2.{suffix}", content, {KEY: KEPT}).error
    assert total(store) == kept


ANN_BOB = [EN, ["2026-03", "Ann", 100], ["2026-03", "Bob", 200]]
FIVE = [EN, *(["2026-03", name, 100] for name in ("Ann", "Bob", "Cy", "Di", "Ed"))]


# | earlier list | newer list | all targets after it
OTHERS = [
    pytest.param(ANN_BOB, [EN, ["2026-03", "Cy", 400], ["2026-03", "Di", 800]], 1500, id="team-b"),
    pytest.param(ANN_BOB, [TEAMS, ["2026-03", "East", 400]], 700, id="another-level"),
    pytest.param(ANN_BOB, [EN, ["2026-04", "Ann", 400]], 700, id="another-month"),
    pytest.param(ANN_BOB, [EN, ["2026-Q1", "Ann", 400]], 700, id="a-quarter"),
    pytest.param(ANN_BOB, [EN, ["2026-03", "Cy", 400]], 700, id="one-more"),
    pytest.param(ANN_BOB, [["Month", "Sales Rep", "Visits target"], ["2026-03", "Ann", 4]], 304,
                 id="another-metric"),
    pytest.param(ANN_BOB, [*ANN_BOB, ["2026-03", "Cy", 400]], 700, id="all-and-one-more"),
    pytest.param(ANN_BOB, [EN, ["2026-03", "Bob", 250], ["2026-03", "Ann", 150]], 400, id="all"),
    pytest.param([EN, ["2026-03", "Ann", 100], ["2026-03", "Bob", 0]],
                 [EN, ["2026-03", "Ann", 150]], 150, id="nothing-lost"),
    pytest.param([["Month", "Target"], ["2026-03", 900]], ANN_BOB, 1200, id="of-the-company"),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "newer", "after"), OTHERS)
def test_lists_of_others_are_not_asked_about(
    store: Store, earlier: Rows, newer: Rows, after: int
) -> None:
    assert not brought(store, "targets.csv", as_csv(earlier)).error
    result = brought(store, "targets2.csv", as_csv(newer))
    assert not result.error
    assert total(store) == after
    assert not [one for one in result.problems if one.why == "targets_stand"]


def test_a_correction_of_few_says_which_targets_stand(store: Store) -> None:
    assert not brought(store, "targets.csv", as_csv(FIVE)).error
    result = brought(store, "change.csv", as_csv([EN, ["2026-03", "Ann", 300]]))
    assert not result.error
    assert total(store) == 700
    (note,) = [one for one in result.problems if one.why == "targets_stand"]
    assert note.value == "Bob, Cy, Di, Ed · 4 · 400"


def test_people_of_another_team_are_not_missing(store: Store) -> None:
    people = [["Sales Rep", "Team"], ["Ann", "A"], ["Bob", "A"], ["Cy", "B"], ["Di", "B"]]
    assert not brought(store, "reps.csv", as_csv(people)).error
    assert not brought(store, "targets.csv", as_csv(FIVE[:5])).error
    team = [EN, ["2026-03", "Ann", 150], ["2026-03", "Bob", 150]]
    assert not brought(store, "targets of team a.csv", as_csv(team)).error
    assert total(store) == 500
    (draft,) = drafts_of(store, "targets 2.csv", as_csv([EN, ["2026-03", "Cy", 1]]))
    assert asked(store, draft) == [KEY]


def test_two_lists_of_one_drop_are_one(store: Store) -> None:
    assert not brought(store, "targets.csv", as_csv(FIVE)).error
    halves = {"a.csv": as_csv(FIVE[:3]), "b.csv": as_csv([EN, *FIVE[3:]])}
    drafts = read(store, halves)
    assert isinstance(drafts, list)
    assert not [key for draft in drafts for key in asked(store, draft)]


def test_a_removed_target_stays_so_under_another_name(store: Store) -> None:
    brought(store, "targets.csv", as_csv(ANN_BOB))
    result = brought(store, "v2.csv", as_csv([EN, ["2026-03", "Bob", 200]]), {KEY: DELETED})
    with store.writing("facts") as cursor:
        decide_name(cursor, "rep", "Ann", "Ann Lee", accepted=True)
    assert total(store) == 200
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert store.rows("SELECT scope_value, target FROM targets ORDER BY 1") == [
        ("Ann Lee", 100),
        ("Bob", 200),
    ]
    brought(store, "v3.csv", as_csv([EN, ["2026-03", "Bob", 300]]), {KEY: DELETED})
    assert total(store) == 300
    with store.writing("facts") as cursor:
        decide_name(cursor, "rep", "Ann", "Ann Lee", accepted=False)
    assert total(store) == 300


def test_a_removed_target_comes_back_with_a_newer_list(store: Store) -> None:
    brought(store, "targets.csv", as_csv(ANN_BOB))
    brought(store, "v2.csv", as_csv([EN, ["2026-03", "Bob", 200]]), {KEY: DELETED})
    assert not brought(store, "v3.csv", as_csv([EN, ["2026-03", "Bob", 300]])).error
    brought(store, "v4.csv", as_csv([EN, ["2026-03", "Ann", 70], ["2026-03", "Bob", 300]]))
    assert total(store) == 370
