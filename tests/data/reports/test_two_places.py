"""A person in several rows of a list without days: one team at a time, or a question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.ingest import inbox, unattended
from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land, over
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of
from tests.data.reports.test_teams import by_team

pytestmark = pytest.mark.usefixtures("inline")

FEBRUARY = date(2026, 2, 1)
ORDERS = [
    ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"],
    ["O-1", "2026-02-10", "Alder", "Ann Vale", 100],
    ["O-2", "2026-03-10", "Birch", "Ann Vale", 200],
    ["O-3", "2026-02-11", "Cedar", "Bo Reed", 400],
]
# | the list | what the question offers
DOUBTFUL = [
    pytest.param(
        [["Sales Rep", "Team"], ["Ann Vale", "North"], ["Bo Reed", "North"], ["Ann Vale", "South"]],
        ("North", "South"), id="english",
    ),
    pytest.param(
        [["姓名", "部门", "主管"], ["Ann Vale", "North", "王一"], ["Ann Vale", "South", "李二"],
         ["Bo Reed", "North", "王一"]],
        ("North / 王一", "South / 李二"), id="chinese-team-and-manager",
    ),
    pytest.param(
        [["Verkäufer", "Team", "Region"], ["Ann Vale", "North", "Ost"], ["Bo Reed", "North", None],
         ["Ann Vale", "South", "Ost"]],
        ("North / Ost", "South / Ost"), id="german",
    ),
    pytest.param(
        [["Name", "Team", "Role"], ["Ann Vale", "North", "AE"], ["Ann Vale", "South", "AM"],
         ["Ann Vale", " north", "AE"], ["Bo Reed", "North", "AE"]],
        ("North", "South"), id="three-rows",
    ),
    pytest.param(
        [["Sales Rep", "Team", "From"], ["Ann Vale", "North", "2025-01-01"],
         ["Ann Vale", "South", "2025-01-01"], ["Bo Reed", "North", "2025-01-01"]],
        ("North", "South"), id="twice-from-one-day",
    ),
    pytest.param(
        [["Vendedor", "Team"], ["Bo Reed", "North"], ["Ann Vale", "North"],
         ["Ann Vale", "South"]],
        ("North", "South"), id="spanish",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("holds", ["North", "South"])
@pytest.mark.parametrize(("rows", "options"), DOUBTFUL)
def test_which_row_holds_is_asked(
    store: Store, rows: Rows, options: tuple[str, ...], holds: str, suffix: str
) -> None:
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    brought(store, "orders.csv", as_csv(ORDERS))
    (draft,) = drafts_of(store, f"reps.{suffix}", content)
    (question,) = review.questions(draft, TODAY, store)
    assert (question.key, question.options) == ("rep/place/Ann Vale", options)
    ((stake, offered),) = question.samples
    assert (stake, offered) == ("Ann Vale: 300.00 (2026-02 – 2026-03)", options)
    (result,) = land(store, [draft])
    assert result.error is not None and result.error.code == "questions_open"
    answer = next(option for option in options if option.startswith(holds))
    result = brought(store, f"reps.{suffix}", content, {question.key: answer})
    assert result.error is None
    assert result.rows_in == result.rows_kept + sum((result.left_out or {}).values())
    assert by_team(store, FEBRUARY) == (
        {"North": 500} if holds == "North" else {"North": 400, "South": 100}
    )
    # The answer holds for the next list with these columns, too.
    (again,) = drafts_of(store, f"reps2.{suffix}", content + (b"\n" if suffix == "csv" else b""))
    assert asked(store, again) == []


CLEAR = [
    pytest.param(
        [["Sales Rep", "Team"], ["Ann Vale", "North"], ["Ann Vale", "North "]], id="same-twice"
    ),
    pytest.param(
        [["Sales Rep", "Team", "Manager"], ["Ann Vale", "North", "Kim"], ["Ann Vale", "North", ""]],
        id="less-below",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Manager"], ["Ann Vale", "", ""], ["Ann Vale", "North", "Kim"]],
        id="more-below",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Skills"], ["Ann Vale", "North", "A"], ["Ann Vale", "North", "B"]],
        id="two-skills",
    ),
    pytest.param(
        [["姓名", "部门"], ["Ann Vale", "ＮＯＲＴＨ"], ["Ann Vale", "North"]], id="chinese-widths"
    ),
    pytest.param(
        [["Sales Rep", "Team", "Start Date"], ["Ann Vale", "South", "2025-01-01"],
         ["Ann Vale", "North", "2026-02-01"]],
        id="days-tell",
    ),
]  # fmt: skip


@pytest.mark.parametrize("rows", CLEAR)
def test_nothing_is_asked_where_rows_do_not_contradict_each_other(store: Store, rows: Rows) -> None:
    brought(store, "orders.csv", as_csv(ORDERS))
    (draft,) = drafts_of(store, "reps.csv", as_csv(rows))
    assert asked(store, draft) == []
    (result,) = land(store, [draft])
    assert result.error is None
    assert by_team(store, FEBRUARY)["North"] == 100


def test_many_people_are_asked_about_together(store: Store) -> None:
    names = [f"Rep {letter}" for letter in "ABCDEFG"]
    rows = [["Sales Rep", "Team"], *[[n, "North"] for n in names], *[[n, "South"] for n in names]]
    (draft,) = drafts_of(store, "reps.csv", as_csv(rows))
    (question,) = review.questions(draft, TODAY, store)
    assert (question.key, question.options) == ("rep/place/*", ("first", "last"))
    brought(store, "reps.csv", as_csv(rows), {question.key: "first"})
    assert store.rows("SELECT DISTINCT team, count(*) FROM reps GROUP BY 1") == [("North", 7)]


def test_a_list_that_is_sent_waits(store: Store) -> None:
    rows = as_csv([["Sales Rep", "Team"], ["Ann Vale", "North"], ["Ann Vale", "South"]])
    upload = inbox.receive(store, "reps.csv", rows)
    (arrived,) = over(store, unattended.start(store, [upload], today=TODAY))
    assert arrived.state == "needs_answer"
    assert [one.key for one in arrived.questions] == ["rep/place/Ann Vale"]
    assert store.rows("SELECT * FROM reps") == []


REGISTER = [
    ["Sales Rep", "Team", "From"],
    ["Ann Vale", "North", "2026-02-01"],
    ["Ann Vale", "South", "2026-03-01"],
    ["Bo Reed", "North", "2026-02-01"],
]
EARLY = [
    ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"],
    *[[f"A-{at}", f"2026-0{at + 1}-10", "Alder", "Ann Vale", 10**at] for at in range(3)],
]
# | list without days, today | sales of January, February and March by team, 1, 10 and 100
BOTH = [
    pytest.param(
        [["Sales Rep", "Team"], ["Ann Vale", "South"], ["Bo Reed", "North"]],
        ["North", "North", "South"], id="agrees-with-the-last-stay",
    ),
    pytest.param(
        [["姓名", "团队"], ["Ann Vale", "South"]], ["North", "North", "South"], id="chinese",
    ),
    pytest.param(
        [["Name", "Team", "Level"], ["Ann Vale", "South", "A"]], ["North", "North", "South"],
        id="with-levels",
    ),
    pytest.param(
        [["Name", "Level"], ["Ann Vale", "A"]], ["North", "North", "South"], id="no-team",
    ),
    pytest.param(
        [["Sales Rep", "Team"], ["Cy Moss", "East"]], ["North", "North", "South"], id="another",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Hire Date"], ["Ann Vale", "South", "2020-01-01"]],
        ["North", "North", "South"], id="hired",
    ),
]  # fmt: skip


@pytest.mark.parametrize("register_first", [True, False])
@pytest.mark.parametrize(("listed", "expected"), BOTH)
def test_a_list_and_a_register_say_the_same_in_any_order(
    store: Store, listed: Rows, expected: list[str], register_first: bool
) -> None:
    brought(store, "orders.csv", as_csv(EARLY))
    files = {"list.csv": as_csv(listed), "register.csv": as_csv(REGISTER)}
    for name in sorted(files, reverse=register_first):
        (draft,) = drafts_of(store, name, files[name])
        assert asked(store, draft) == []
        land(store, [draft])
    months = [date(2026, month, 1) for month in (1, 2, 3)]
    found = [by_team(store, month) for month in months]
    assert found == [{team: Decimal(10**at)} for at, team in enumerate(expected)]
    (again,) = drafts_of(store, "register2.csv", files["register.csv"])
    assert again.already is not None


def test_an_older_list_goes_on_telling_of_the_time_before_the_register(store: Store) -> None:
    brought(store, "orders.csv", as_csv(EARLY))
    brought(store, "list_2026-01-15.csv", as_csv([["Sales Rep", "Team"], ["Ann Vale", "West"]]))
    brought(store, "register.csv", as_csv(REGISTER))
    months = [date(2026, month, 1) for month in (1, 2, 3)]
    assert [[*by_team(store, month)] for month in months] == [["West"], ["North"], ["South"]]
