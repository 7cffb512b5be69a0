"""What an export of deals covers, and who vanishes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from data.facts import name_review
from data.facts.name_review import NameQuestion
from data.ingest import history
from data.staging import coverage
from data.store.database import Store
from tests.data.staging.test_replacement import TODAY, land, read, take

pytestmark = pytest.mark.usefixtures("inline")

HEADER = "商机编号,客户名称,负责人,商机阶段,商机金额,创建日期,预计成交日期,区域"
DEALS = [
    "D1,甲公司,李雷,需求确认,100,2026-02-01,2026-03-20,华东",
    "D2,乙公司,李雷,方案报价,200,2026-02-02,2026-03-25,华东",
    "D3,丙公司,王芳,需求确认,300,2026-02-03,2026-04-10,华北",
    "D4,丁公司,王芳,方案报价,400,2026-02-04,2026-04-20,华北",
    "D5,戊公司,王芳,赢单,500,2026-01-05,2026-02-20,华北",
]


def export(*numbers: int) -> str:
    return "\n".join([HEADER, *(DEALS[number - 1] for number in numbers)]) + "\n"


def ids(store: Store) -> list[str]:
    return [deal for (deal,) in store.rows("SELECT deal_id FROM deals ORDER BY 1")]


@pytest.fixture
def week(store: Store) -> Store:
    take(store, "商机_20260309.csv", export(1, 2, 3, 4, 5))
    return store


def test_an_export_with_every_open_deal_covers_all_and_nobody_vanishes(week: Store) -> None:
    (draft,) = read(week, ("商机_20260316.csv", export(1, 2, 3, 4)))
    assert draft.coverage and (draft.coverage.kind, draft.coverage.missing) == ("all", 0)
    land(week, [draft])
    # D5 is won: a list of open deals says nothing of it.
    assert ids(week) == ["D1", "D2", "D3", "D4", "D5"]


def test_an_open_deal_that_a_whole_export_has_not_leaves_the_pipeline(week: Store) -> None:
    (draft,) = read(week, ("商机_20260316.csv", export(1, 2, 4, 5)))
    assert draft.coverage and draft.coverage.kind == "all" and draft.coverage.missing == 1
    (told,) = land(week, [draft])
    assert told.landed and told.landed.gone == 1
    assert ids(week) == ["D1", "D2", "D4", "D5"]
    assert week.rows("SELECT count(*) FROM fact_deals WHERE deal_id = 'D3'") == [(1,)]


def test_undo_brings_the_vanished_back(week: Store) -> None:
    told = take(week, "商机_20260316.csv", export(1, 2, 4, 5))
    history.take_back(week, told.import_id or 0)
    assert ids(week) == ["D1", "D2", "D3", "D4", "D5"]


@pytest.mark.parametrize(
    ("numbers", "kind", "values"),
    [((1, 2), "rep", ("李雷",)), ((3, 4, 5), "rep", ("王芳",))],
    ids=["Li Lei", "Wang Fang"],
)
def test_one_persons_export_takes_nobody_elses_deals(
    week: Store, numbers: tuple[int, ...], kind: str, values: tuple[str, ...]
) -> None:
    (draft,) = read(week, ("商机_20260316.csv", export(*numbers)))
    assert draft.coverage and (draft.coverage.kind, draft.coverage.values) == (kind, values)
    land(week, [draft])
    assert ids(week) == ["D1", "D2", "D3", "D4", "D5"]


def test_a_deal_of_that_person_does_vanish(store: Store) -> None:
    more = "\n".join(DEALS[0].replace("D1", f"D{n}") for n in (6, 7, 8)) + "\n"
    take(store, "商机_20260309.csv", export(1, 2, 3, 4, 5) + more)
    (draft,) = read(store, ("商机_20260316.csv", export(1) + more))
    assert draft.coverage and (draft.coverage.kind, draft.coverage.missing) == ("rep", 1)
    land(store, [draft])
    assert ids(store) == ["D1", "D3", "D4", "D5", "D6", "D7", "D8"]


def test_an_export_of_some_days_covers_these_days(week: Store) -> None:
    without = [line.replace("李雷", "赵敏").replace("王芳", "赵敏") for line in (HEADER, *DEALS)]
    take(week, "商机_20260310.csv", "\n".join(without))
    some = "\n".join([HEADER, *without[3:5]]).replace("华北", "华东")
    (draft,) = read(week, ("商机_20260316.csv", some))
    assert draft.coverage and draft.coverage.kind == "period"
    land(week, [draft])
    assert ids(week) == ["D1", "D2", "D3", "D4", "D5"]


def test_an_export_that_lacks_many_is_asked_about_and_lands_only_with_an_answer(
    week: Store,
) -> None:
    (draft,) = read(week, ("商机_20260316.csv", export(1, 3)))
    assert draft.coverage and (draft.coverage.kind, draft.coverage.missing) == ("ask", 2)
    (told,) = land(week, [draft])
    assert told.error and told.error.code == "questions_open"
    answered = replace(draft, coverage=replace(draft.coverage, kind="none"))
    land(week, [answered])
    assert ids(week) == ["D1", "D2", "D3", "D4", "D5"]


def test_two_exports_that_come_together_do_not_take_each_others_deals(store: Store) -> None:
    east, north = export(1, 2), export(3, 4, 5)
    drafts = read(store, ("east 2026-03-09.csv", east), ("north 2026-03-10.csv", north))
    land(store, drafts)
    assert ids(store) == ["D1", "D2", "D3", "D4", "D5"]


def test_an_older_export_that_arrives_later_brings_no_vanished_deal_back(week: Store) -> None:
    take(week, "商机_20260316.csv", export(1, 2, 4, 5))
    take(week, "商机_20260302.csv", export(1, 2, 3))
    assert ids(week) == ["D1", "D2", "D4", "D5"]


def test_only_the_parts_of_a_partial_export_are_written_down(week: Store) -> None:
    take(week, "商机_20260316.csv", export(1, 2))
    assert week.rows("SELECT kind, value FROM snapshot_parts") == [("rep", "李雷")]


def test_deals_of_nobody_are_no_part_of_one_persons_export(store: Store) -> None:
    nobodys = DEALS[3].replace("王芳", "").replace("D4", "D9")
    take(store, "商机_20260309.csv", export(1, 2, 3, 4, 5) + nobodys + "\n")
    (draft,) = read(store, ("商机_20260316.csv", export(1, 2)))
    assert draft.coverage and (draft.coverage.kind, draft.coverage.missing) == ("rep", 0)
    (told,) = land(store, [draft])
    assert told.landed and told.landed.gone == 0
    assert "D9" in ids(store)


def test_a_choice_by_hand_counts_what_it_makes_vanish(week: Store) -> None:
    (draft,) = read(week, ("商机_20260316.csv", export(1, 3)))
    assert draft.coverage and draft.coverage.kind == "ask"
    for kind, missing in (("all", 2), ("rep", 2), ("period", 1), ("none", 0)):
        told = coverage.chosen(draft.coverage, draft, kind, TODAY)  # type: ignore[arg-type]
        assert (told.kind, told.missing) == (kind, missing)


ALIAS = [NameQuestion("rep", "韩梅", "韩梅梅", 90.0, 1)]
MANY = [
    f"H{n},庚公司,{'韩梅' if n % 2 else '韩梅梅'},需求确认,100,2026-02-01,2026-03-20,华东"
    for n in range(1, 9)
]


def whole(*left_out: str, lines: list[str] = [*DEALS, *MANY]) -> str:  # noqa: B006
    return "\n".join([HEADER, *(one for one in lines if one.split(",")[0] not in left_out)]) + "\n"


@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_the_missing_deals_of_a_person_with_two_names_vanish_whenever_it_is_said(
    store: Store, when: str
) -> None:
    if when == "before":
        take(store, "商机_20260302.csv", whole())
        name_review.answer_names(store, ALIAS, accepted=True)
    take(store, "商机_20260309.csv", whole())
    if when == "between":
        name_review.answer_names(store, ALIAS, accepted=True)
    # Her export, all of it under the name that is an alias, and without one deal of either name.
    hers = [one.replace("韩梅梅", "韩梅") for one in MANY]
    (draft,) = read(store, ("商机_20260316.csv", whole("H1", "H2", lines=hers)))
    assert draft.coverage and draft.coverage.kind == "rep" and draft.coverage.values == ("韩梅",)
    known = 1 if when == "after" else 2
    assert draft.coverage.missing == known
    (told,) = land(store, [draft])
    assert told.landed and told.landed.gone == known
    if when == "after":
        name_review.answer_names(store, ALIAS, accepted=True)
    there = ["D1", "D2", "D3", "D4", "D5", *(f"H{n}" for n in range(3, 9))]
    assert ids(store) == there
    name_review.take_back(store, name_review.answered(store)[0])
    assert ids(store) == sorted([*there, "H2"])


@pytest.mark.parametrize("seed", range(12))
def test_what_is_counted_as_missing_is_what_vanishes(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    people = ["李雷", "王芳", "韩梅", "韩梅梅", ""]
    places, goods = ["华东", "华北", ""], ["泵", "阀", ""]
    lines = [
        f"D{n},甲{n},{dice.choice(people)},需求确认,{n}00,2026-02-01,"
        f"{dice.choice(['', f'2026-0{dice.randint(3, 6)}-1{n % 10}'])},"
        f"{dice.choice(places)},{dice.choice(goods)}"
        for n in range(24)
    ]
    header = HEADER + ",产品"
    take(store, "商机_20260309.csv", "\n".join([header, *lines]) + "\n")
    if dice.random() < 0.7:
        name_review.answer_names(store, ALIAS, accepted=True)
    theirs = set(dice.sample(people, dice.randint(1, 4)))
    kept = [one for one in lines if one.split(",")[2] in theirs and dice.random() < 0.85]
    (draft,) = read(store, ("商机_20260316.csv", "\n".join([header, *(kept or lines[:1])]) + "\n"))
    assert draft.coverage
    before = set(ids(store))
    for kind in coverage.kinds(draft):
        said = coverage.chosen(draft.coverage, draft, kind, TODAY)
        (told,) = land(store, [replace(draft, coverage=said)])
        assert told.landed and told.landed.gone == said.missing, (kind, said)
        assert len(before - set(ids(store))) == said.missing
        if kind == draft.coverage.kind:
            assert draft.coverage.missing == said.missing
        history.take_back(store, told.import_id or 0)
        assert set(ids(store)) == before
