"""A list of people without days, in which somebody has another team: moved, or corrected?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.actuals import actual
from data.facts import name_review
from data.facts.name_review import NameQuestion
from data.ingest import history, inbox, unattended
from data.staging import review
from data.staging.draft import Draft
from data.staging.moves import CORRECTED, KEY, MOVED
from data.store.database import Store
from domain.scope import Scope
from pages.kit.queries.compile import compile_query
from tests.conftest import TODAY, land, over, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
# Sales of Ann are 1 in January, 10 in February and 100 in March, of Bo 1000 in each month.
ORDERS = [
    ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"],
    *[[f"A-{at}", f"2026-0{at + 1}-10", "Alder", "Ann Vale", 10**at] for at in range(3)],
    *[[f"B-{at}", f"2026-0{at + 1}-11", "Birch", "Bo Reed", 1000] for at in range(3)],
]
BEFORE = {"North": 1010}  # February, with both in the north
MOVED_IN_MARCH = {"South": 100, "North": 1000}
EN = ["Sales Rep", "Team"]
# | first list | list without days, today (31 March) | what it says of Ann
LISTS = [
    pytest.param(
        [EN, ["Ann Vale", "North"], ["Bo Reed", "North"]],
        [EN, ["Ann Vale", "South"], ["Bo Reed", "North"]], "North → South", id="two-lists",
    ),
    pytest.param(
        [[*EN, "From"], ["Ann Vale", "North", "2025-01-01"], ["Bo Reed", "North", "2025-01-01"]],
        [EN, ["Ann Vale", "South"], ["Bo Reed", "North"]], "North → South", id="after-a-register",
    ),
    pytest.param(
        [["姓名", "团队"], ["Ann Vale", "North"], ["Bo Reed", "North"]],
        [["姓名", "团队", "入职日期"], ["Ann Vale", "South", "2020-01-05"],
         ["Bo Reed", "North", "2021-01-05"]],
        "North → South", id="chinese-with-the-day-of-hiring",
    ),
    pytest.param(
        [["姓名", "部门", "主管", "区域"], ["Ann Vale", "North", "王一", "华东"],
         ["Bo Reed", "North", "王一", "华东"]],
        [["姓名", "部门", "主管", "区域"], ["Ann Vale", "South", "李二", "华东"],
         ["Bo Reed", "North", "王一", "华东"]],
        "North → South; 王一 → 李二", id="chinese-team-and-manager",
    ),
    pytest.param(
        [["Sales Rep", "Team", "gültig ab"], ["Ann Vale", "North", "01.01.2025"],
         ["Bo Reed", "North", "15.01.2025"]],
        [["Sales Rep", "Team", "gültig ab"], ["Ann Vale", "South", None],
         ["Bo Reed", "North", None]],
        "North → South", id="german-blank-days",
    ),
    pytest.param(
        [["Name", "Team", "Valid from"], ["Ann Vale", "West", "2024-01-01"],
         ["Ann Vale", "North", "2025-07-01"], ["Bo Reed", "North", "2025-01-01"]],
        [["Name", "Team", "Hire Date"], ["Bo Reed", "North", "2021-01-01"],
         ["Ann Vale", "South", "2020-01-01"]],
        "North → South", id="had-moved-before",
    ),
]  # fmt: skip


def by_team(store: Store, month: date, dimension: str = "team") -> dict[str | None, Decimal]:
    scope = Scope(month=month, as_of=TODAY, currency="CNY")
    found = store.frame(*compile_query(actual.by, scope, dimension, month, scope.end))
    return dict(zip(found[dimension], found["value"], strict=True))


def answered(store: Store, draft: Draft, answer: str, others: list[Draft] | None = None) -> Draft:
    draft = replace(draft, answers={**draft.answers, KEY: answer})
    return review.placed(store, draft, TODAY, others or [])


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("answer", [MOVED, CORRECTED])
@pytest.mark.parametrize(("first", "newer", "words"), LISTS)
def test_who_has_another_team_has_moved_or_was_listed_wrongly(
    store: Store, first: Rows, newer: Rows, words: str, answer: str, suffix: str
) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    brought(store, f"orders.{suffix}", made(ORDERS))
    brought(store, f"reps.{suffix}", made(first))
    assert by_team(store, FEBRUARY) == BEFORE
    content = made(newer)
    (draft,) = drafts_of(store, f"reps2.{suffix}", content)
    (question,) = review.questions(draft, TODAY, store)
    assert (question.key, question.options, question.about) == (
        KEY, (MOVED, CORRECTED), "2026-03-01",
    )  # fmt: skip
    ((who, (moved, _corrected)),) = question.samples
    assert who.startswith("Ann Vale")
    assert moved == f"{words} (2026-03-01 →)"
    (result,) = land(store, [draft])
    assert result.error is not None
    assert result.error.code == "questions_open"
    (result,) = land(store, [answered(store, draft, answer)])
    assert result.error is None
    expected = BEFORE if answer == MOVED else {"South": 10, "North": 1000}
    assert by_team(store, JANUARY) == {
        team: value - (9 if value % 1000 else 0) for team, value in expected.items()
    }
    assert by_team(store, FEBRUARY) == expected
    assert by_team(store, MARCH) == MOVED_IN_MARCH
    # The same file again asks nothing and changes nothing, and nobody stands in two rows.
    (again,) = drafts_of(store, f"reps3.{suffix}", content)
    assert again.already is not None
    assert asked(store, again) == []
    rows = store.rows("SELECT rep, from_date FROM reps WHERE rep = 'Bo Reed'")
    assert len(rows) == 1
    # Taking it back brings the old team back.
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert by_team(store, MARCH) == {"North": 1100}


def test_the_day_in_the_name_of_the_file_says_which_month(store: Store) -> None:
    brought(store, "orders.csv", as_csv(ORDERS))
    brought(store, "reps.csv", as_csv([EN, ["Ann Vale", "North"], ["Bo Reed", "North"]]))
    newer = [EN, ["Ann Vale", "South"], ["Bo Reed", "North"]]
    brought(store, "reps_2026-02-15.csv", as_csv(newer), {KEY: MOVED})
    assert by_team(store, JANUARY) == {"North": 1001}
    assert by_team(store, FEBRUARY) == {"South": 10, "North": 1000}
    assert by_team(store, MARCH) == MOVED_IN_MARCH


def test_a_list_of_the_time_before_a_known_move_agrees_with_that_time(store: Store) -> None:
    brought(store, "orders.csv", as_csv(ORDERS))
    brought(store, "reps.csv", as_csv([row[:3] for row in REGISTER]))
    old = as_csv([EN, ["Ann Vale", "North"], ["Bo Reed", "North"]])
    (draft,) = drafts_of(store, "reps_20260215.csv", old)
    assert asked(store, draft) == []
    land(store, [draft])
    assert by_team(store, FEBRUARY) == BEFORE
    assert by_team(store, MARCH) == MOVED_IN_MARCH
    assert store.rows("SELECT count(*) FROM reps") == [(3,)]


REGISTER = [
    [*EN, "From", "Level"],
    ["Ann Vale", "North", "2025-01-01", "A"],
    ["Ann Vale", "South", "2026-03-01", "A"],
    ["Bo Reed", "North", "2025-01-01", "A"],
]
UNASKED = [
    pytest.param([EN, ["Ann Vale", "South"], ["Bo Reed", "North"]], id="same-teams"),
    pytest.param([EN, ["Cy Moss", "East"], ["Ann Vale", "South"]], id="somebody-new"),
    pytest.param([EN, ["Ann Vale", " south "], ["Bo Reed", "ＮＯＲＴＨ"]], id="spelt-otherwise"),
    pytest.param([[*EN, "Region"], ["Ann Vale", "South", "Coast"]], id="region-was-not-known"),
    pytest.param([["Sales Rep", "Level"], ["Ann Vale", "B"]], id="no-team-in-the-list"),
    pytest.param(
        [[*EN, "From"], ["Ann Vale", "East", "2026-03-20"], ["Bo Reed", "East", "2026-03-20"]],
        id="with-days",
    ),
    pytest.param(
        [[*EN, "Start Date"], ["Ann Vale", "East", "2025-05-01"],
         ["Ann Vale", "South", "2026-03-01"]],
        id="several-starts",
    ),
]  # fmt: skip


@pytest.mark.parametrize("newer", UNASKED)
def test_nothing_is_asked_where_no_known_person_has_another_team_without_a_day(
    store: Store, newer: Rows
) -> None:
    (draft,) = drafts_of(store, "reps.csv", as_csv(REGISTER))
    assert asked(store, draft) == []
    land(store, [draft])
    (draft,) = drafts_of(store, "reps2.csv", as_csv(newer))
    assert asked(store, draft) == []
    land(store, [draft])
    undated = store.rows("SELECT rep FROM reps WHERE from_date IS NULL")
    assert undated in ([], [("Cy Moss",)])


def test_the_answer_holds_for_this_file_alone(store: Store) -> None:
    for team, answer in (("North", ""), ("South", MOVED), ("East", "")):
        rows = as_csv([EN, ["Ann Vale", team]])
        if answer:
            brought(store, f"{team}.csv", rows, {KEY: answer})
            continue
        (draft,) = drafts_of(store, f"{team}.csv", rows)
        assert asked(store, draft) == ([KEY] if team == "East" else [])
        land(store, [draft])


def test_the_answer_can_be_changed_and_the_first_list_again_asks_nothing(store: Store) -> None:
    brought(store, "orders.csv", as_csv(ORDERS))
    first = as_csv([EN, ["Ann Vale", "North"], ["Bo Reed", "North"]])
    newer = as_csv([EN, ["Ann Vale", "South"], ["Bo Reed", "North"]])
    brought(store, "a.csv", first)
    brought(store, "b.csv", newer, {KEY: MOVED})
    (again,) = drafts_of(store, "a.csv", first)
    assert (again.already is not None, asked(store, again)) == (True, [])
    result = brought(store, "b.csv", newer, {KEY: CORRECTED})
    assert result.error is None
    assert by_team(store, FEBRUARY) == {"South": 10, "North": 1000}
    assert store.rows("SELECT count(*) FROM reps") == [(2,)]


def test_a_person_under_another_name_is_the_same(store: Store) -> None:
    name_review.answer_name(
        store, NameQuestion("rep", "张三（离职）", "张三", 100.0, 1), accepted=True
    )
    header = ["姓名", "团队", "主管"]
    brought(store, "a.csv", as_csv([header, ["张三", "华东", "李四"], ["王五", "华东", "张三"]]))
    newer = [header, ["张三（离职）", "华南", "李四"], ["王五", "华东", "张三（离职）"]]
    (draft,) = drafts_of(store, "b.csv", as_csv(newer))
    (question,) = review.questions(draft, TODAY, store)
    assert [who for who, _ in question.samples] == ["张三（离职） · 华南"]
    land(store, [answered(store, draft, MOVED)])
    assert set(store.rows("SELECT rep, team, from_date FROM reps")) == {
        ("张三", "华东", None), ("张三", "华南", MARCH), ("王五", "华东", None),
    }  # fmt: skip


def test_a_list_that_is_sent_waits(store: Store) -> None:
    brought(store, "a.csv", as_csv([EN, ["Ann Vale", "North"]]))
    before = store.rows("SELECT * FROM reps")
    upload = inbox.receive(store, "b.csv", as_csv([EN, ["Ann Vale", "South"]]))
    (arrived,) = over(store, unattended.start(store, [upload], today=TODAY))
    assert (arrived.state, [one.key for one in arrived.questions]) == ("needs_answer", [KEY])
    assert store.rows("SELECT * FROM reps") == before


def test_two_lists_of_one_drop_are_compared_with_each_other(store: Store) -> None:
    brought(store, "orders.csv", as_csv(ORDERS))
    drafts = read(
        store,
        {
            "a.csv": as_csv([EN, ["Ann Vale", "North"], ["Bo Reed", "North"]]),
            "b.csv": as_csv([EN, ["Ann Vale", "South"], ["Bo Reed", "North"]]),
        },
    )
    assert [asked(store, draft) for draft in drafts] == [[], [KEY]]
    drafts[1] = answered(store, drafts[1], MOVED, drafts)
    land(store, drafts)
    assert by_team(store, FEBRUARY) == BEFORE
    assert by_team(store, MARCH) == MOVED_IN_MARCH


def test_a_list_beside_one_that_is_open_is_asked_about_too(store: Store) -> None:
    brought(store, "reps.csv", as_csv([EN, ["Ann Vale", "North"]]))
    both = {
        "a.csv": as_csv([EN, ["Ann Vale", "South"]]),
        "b.csv": as_csv([[*EN, "Level"], ["Ann Vale", "South", "A"]]),
    }
    drafts = read(store, both)
    assert [asked(store, draft) for draft in drafts] == [[KEY], [KEY]]
    drafts[0] = answered(store, drafts[0], MOVED, drafts)
    drafts[1] = review.placed(store, drafts[1], TODAY, drafts)
    assert asked(store, drafts[1]) == []
    land(store, drafts)
    assert store.rows("SELECT team, from_date, level FROM reps ORDER BY 2 NULLS FIRST") == [
        ("North", None, None),
        ("South", MARCH, "A"),
    ]
