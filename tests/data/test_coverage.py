"""What an export of deals covers, and who vanishes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data import history
from data.store import Store
from tests.data.test_keyless import land, read, take

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
