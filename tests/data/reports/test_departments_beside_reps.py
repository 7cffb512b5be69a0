"""The department beside the rep of an order or a deal says the rep's team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from data.facts.decisions import decide_name
from data.ingest import history
from data.matching.departments import rank
from data.staging.draft import Draft
from data.store.database import Store
from pages.kit.files import told_notes
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

FX = ["销售订单编号", "下单日期", "客户名称", "负责人", "负责人主属部门", "销售订单金额(元)"]
YY = ["单据号", "单据日期", "客户", "业务员", "部门", "无税金额"]
EN = ["Order ID", "Order Date", "Customer", "Sales Rep", "Sales Team", "Amount"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Abteilung", "Nettobetrag"]
SF = ["Opportunity ID", "Created Date", "Account Name", "Opportunity Owner", "Owner Role",
      "Amount", "Opportunity Name", "Stage", "Close Date"]  # fmt: skip
EAST, EAST_1 = "华东大区/一部", "华东大区/销售一部"
SOUTH_1, SOUTH_2 = "华南大区/销售一部", "华南大区/销售二部"
PEOPLE = "姓名,团队,级别\n张伟,大客户部,高级\n"

Told = list[tuple[str, str | None, str | None, date | None]]


def table(header: list[str], *rows: tuple[str, str, str | None]) -> Rows:
    """Return records of one rep and department each: day, rep, department."""
    return [
        header,
        *(
            [f"A{at}", day, f"Kunde {at}", rep, department, 100 * at]
            + ([f"Deal {at}", "Prospecting", "2026-12-15"] if header is SF else [])
            for at, (day, rep, department) in enumerate(rows, 1)
        ),
    ]


def teams(store: Store) -> Told:
    return store.rows(
        "SELECT rep, team, region, from_date FROM people ORDER BY rep, from_date NULLS FIRST"
    )


def codes(draft: Draft) -> list[str]:
    return [note.code for note in told_notes.of(draft)]


def said(draft: Draft, code: str) -> object:
    (note,) = (note for note in told_notes.of(draft) if note.code == code)
    return dict(note.params).get("who")


KNOWN = [
    pytest.param(
        table(FX, ("2026-01-05", "张伟", EAST_1), ("2026-02-13", "李娜", SOUTH_2),
              ("2026-03-05", "张伟", EAST_1)),
        [("张伟", "销售一部", "华东大区", None), ("李娜", "销售二部", "华南大区", None)],
        id="fxiaoke-path",
    ),
    pytest.param(
        table(YY, ("2026-01-05", "张伟", "销售一部"), ("2026-01-13", "李娜", "销售二部"),
              ("2026-02-05", "张伟", "销售一部")),
        [("张伟", "销售一部", None, None), ("李娜", "销售二部", None, None)],
        id="yonyou",
    ),
    pytest.param(
        table(EN, ("2026-01-05", "Ann Lee", "Direct"), ("2026-01-13", "Bob Ray", "Partner"),
              ("2026-02-05", "Ann Lee", None)),
        [("Ann Lee", "Direct", None, None), ("Bob Ray", "Partner", None, None)],
        id="sales-team",
    ),
    pytest.param(
        table(DE, ("2026-01-05", "Anna Vogel", "Vertrieb Nord"),
              ("2026-01-13", "Bernd Koch", "Vertrieb Süd")),
        [("Anna Vogel", "Vertrieb Nord", None, None), ("Bernd Koch", "Vertrieb Süd", None, None)],
        id="german",
    ),
    pytest.param(
        table(SF, ("2026-01-05", "Ann Lee", "Western Sales Team"),
              ("2026-01-13", "Bob Ray", "Eastern Sales Team")),
        [("Ann Lee", "Western Sales Team", None, None),
         ("Bob Ray", "Eastern Sales Team", None, None)],
        id="salesforce-role",
    ),
    pytest.param(
        # Two teams of one name are told apart by their paths.
        table(FX, ("2026-01-05", "张伟", EAST_1), ("2026-02-13", "李娜", SOUTH_1)),
        [("张伟", EAST_1, "华东大区", None), ("李娜", SOUTH_1, "华南大区", None)],
        id="one-name-twice",
    ),
    pytest.param(
        table(YY, ("2026-01-05", "张伟", "销售一部"), ("2026-01-13", "张伟", "销售一部"),
              ("2026-04-02", "张伟", "销售二部"), ("2026-05-20", "张伟", "销售二部"),
              ("2026-01-14", "李娜", "销售一部"), ("2026-05-14", "李娜", "销售一部")),
        [("张伟", "销售一部", None, None), ("张伟", "销售二部", None, date(2026, 4, 2)),
         ("李娜", "销售一部", None, None)],
        id="change-in-mid-year",
    ),
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "expected"), KNOWN)
def test_the_department_is_the_team(
    store: Store, rows: Rows, expected: Told, write: Callable[[Rows], bytes]
) -> None:
    name = f"file.{write.__name__.removeprefix('as_')}"
    (draft,) = drafts_of(store, name, write(rows))
    assert (asked(store, draft), "team_of_department" in codes(draft)) == ([], True)
    assert brought(store, name, write(rows)).error is None
    assert teams(store) == expected
    # The same again says it once; without the import nobody has a team.
    history.take_back(store, 1)
    assert teams(store) == []
    assert brought(store, name, write(rows)).error is None
    assert teams(store) == expected


@pytest.mark.parametrize(
    "rows",
    [
        # Of the order: most reps stand with several divisions.
        table([*EN[:4], "Department", "Amount"],
              *((f"2026-0{at}-05", rep, ("Toys", "Food")[at % 2])
                for at in range(1, 5) for rep in ("Ann", "Bob"))),
        table(YY, *((f"2026-0{at}-15", rep, ("医疗事业部", "工业事业部", "医疗事业部")[at % 3])
                    for at in range(1, 7) for rep in ("张伟", "李娜", "王强"))),
        # Roles and people are no teams, nor is the customer's department.
        table(SF, ("2026-01-05", "Ann Lee", "Account Executive"),
              ("2026-01-13", "Bob Ray", "Account Executive")),
        table(EN, ("2026-01-05", "Ann Lee", "Ann Lee"), ("2026-01-13", "Bob Ray", "Bob Ray")),
        table([*YY[:4], "客户所属部门", YY[5]], ("2026-01-05", "张伟", "采购部")),
        # Nobody sold.
        table(EN, ("2026-01-05", "", "Direct")),
        table(EN, ("2026-01-05", "Ann Lee", ""), ("2026-01-06", "Ann Lee", "N/A")),
    ],
)  # fmt: skip
def test_other_columns_say_no_team(store: Store, rows: Rows) -> None:
    (draft,) = drafts_of(store, "file.csv", as_csv(rows))
    assert (asked(store, draft), "team_of_department" in codes(draft)) == ([], False)
    assert brought(store, "file.csv", as_csv(rows)).error is None
    assert teams(store) == []


def test_a_column_of_the_orders_is_said_to_be_unused(store: Store) -> None:
    rows = [
        ("2026-01-05", "张伟", "甲"),
        ("2026-02-05", "张伟", "乙"),
        ("2026-03-05", "张伟", "甲"),
    ]
    (draft,) = drafts_of(store, "file.csv", as_csv(table(YY, *rows)))
    assert codes(draft) == ["department_of_rows"]
    result = brought(store, "file.csv", as_csv(table(YY, *rows)))
    assert "department_of_rows" in [problem.why for problem in result.problems]


def test_of_mixed_departments_most_rows_count_and_a_note_says_so(store: Store) -> None:
    own = [(f"2026-0{at}-05", "张伟", ("二部", "一部")[at % 2]) for at in (1, 2, 3)]
    others = [(f"2026-0{at}-06", rep, "一部") for at in (1, 2) for rep in ("李娜", "王强")]
    rows = [*own, *others]
    content = as_csv(table(YY, *rows))
    (draft,) = drafts_of(store, "file.csv", content)
    assert said(draft, "team_mixed") == "张伟 (一部 2, 二部 1)"
    result = brought(store, "file.csv", content)
    assert ("张伟 (一部 2, 二部 1)", "team_mixed") in [
        (problem.value, problem.why) for problem in result.problems
    ]
    assert [row[:2] for row in teams(store)] == [
        ("张伟", "一部"),
        ("李娜", "一部"),
        ("王强", "一部"),
    ]


@pytest.mark.parametrize("first", ["people", "orders"])
def test_a_list_of_people_goes_first(store: Store, first: str) -> None:
    orders = as_csv(table(FX, ("2026-01-05", "张伟", EAST), ("2026-01-05", "李娜", EAST)))
    files = [("people.csv", PEOPLE.encode()), ("orders.csv", orders)]
    for name, content in files if first == "people" else files[::-1]:
        (draft,) = drafts_of(store, name, content)
        assert asked(store, draft) == []
        assert brought(store, name, content).error is None
    # The list names no region: it stays the one of the department.
    assert teams(store) == [
        ("张伟", "大客户部", "华东大区", None),
        ("李娜", "一部", "华东大区", None),
    ]
    history.take_back(store, 1 if first == "people" else 2)
    assert teams(store) == [("张伟", "一部", "华东大区", None), ("李娜", "一部", "华东大区", None)]


def test_a_list_without_teams_leaves_them_to_the_departments(store: Store) -> None:
    brought(store, "people.csv", "姓名,级别,入职日期\n张伟,高级,2020-01-01\n")
    orders = table(YY, ("2026-01-05", "张伟", "一部"), ("2026-03-05", "张伟", "二部"))
    brought(store, "orders.csv", as_csv(orders))
    assert store.rows("SELECT rep, team, level, from_date FROM people ORDER BY 4 NULLS FIRST") == [
        ("张伟", "一部", "高级", None),
        ("张伟", "二部", "高级", date(2026, 3, 5)),
    ]


def test_a_list_with_paths_names_the_teams(store: Store) -> None:
    brought(
        store,
        "people.csv",
        f"姓名,所属部门,级别\n张伟,{EAST},高级\n王强,{EAST},高级\n",
    )
    orders = table(FX, ("2026-01-05", "张伟", EAST), ("2026-01-06", "李娜", EAST))
    brought(store, "orders.csv", as_csv(orders))
    assert {row[1] for row in teams(store)} == {EAST}


def test_a_later_export_keeps_the_team_of_past_months(store: Store) -> None:
    """The system writes today's department beside old orders too."""
    january = table(YY, ("2026-01-05", "张伟", "一部"), ("2026-01-20", "张伟", "一部"))
    brought(store, "january.csv", as_csv(january))
    later = table(YY, ("2026-01-05", "张伟", "二部"), ("2026-01-20", "张伟", "二部"),
                  ("2026-02-20", "张伟", "二部"))  # fmt: skip
    result = brought(store, "later.csv", as_csv(later))
    expected = [("张伟", "一部", None, None), ("张伟", "二部", None, date(2026, 1, 21))]
    assert teams(store) == expected
    (problem,) = (one for one in result.problems if one.why == "department_moved")
    assert problem.value == "张伟: 一部 → 二部 (2026-01-21)"
    history.take_back(store, 1)
    assert teams(store) == [("张伟", "二部", None, None)]


def test_an_older_export_that_comes_later_tells_of_the_days_before(store: Store) -> None:
    brought(store, "march.csv", as_csv(table(YY, ("2026-03-05", "张伟", "二部"))))
    rows = [YY, ["B1", "2026-01-05", "乙", "张伟", "一部", 70]]
    brought(store, "january.csv", as_csv(rows))
    assert teams(store) == [("张伟", "一部", None, None), ("张伟", "二部", None, date(2026, 3, 5))]


def test_who_sold_nothing_since_the_last_export_moves_after_it(store: Store) -> None:
    """Her old orders have today's department too."""
    own, other = ("2026-01-05", "李娜"), ("2026-03-05", "张伟")
    brought(store, "march.csv", as_csv(table(YY, (*own, "一部"), (*other, "一部"))))
    april = table(YY, (*own, "二部"), (*other, "一部"), ("2026-04-07", "张伟", "一部"))
    brought(store, "april.csv", as_csv(april))
    assert [row[1:] for row in teams(store) if row[0] == "李娜"] == [
        ("一部", None, None),
        ("二部", None, date(2026, 3, 6)),
    ]


def test_the_deals_of_a_rep_who_moves_keep_the_team_of_their_day(store: Store) -> None:
    rows = [("2026-01-05", "Ann", "West Team"), ("2026-01-06", "Bob", "West Team")]
    brought(store, "deals_2026-03-31.csv", as_csv(table(SF, *rows)))
    rows[0] = ("2026-01-05", "Ann", "East Team")
    result = brought(store, "deals_2026-04-30.csv", as_csv(table(SF, *rows)))
    moved = [one.value for one in result.problems if one.why == "department_moved"]
    assert moved == ["Ann: West Team → East Team (2026-04-01)"]


def test_what_the_same_days_say_anew_holds(store: Store) -> None:
    brought(store, "orders.csv", as_csv(table(YY, ("2026-01-05", "李娜", "一部"))))
    result = brought(store, "corrected.csv", as_csv(table(YY, ("2026-01-05", "李娜", "二部"))))
    moved = [one.value for one in result.problems if one.why == "department_moved"]
    assert (moved, teams(store)) == (["李娜: 一部 → 二部"], [("李娜", "二部", None, None)])


def test_orders_go_before_deals(store: Store) -> None:
    deals = table(SF, ("2026-01-05", "Ann", "Western Team"), ("2026-01-06", "Bob", "Eastern Team"))
    brought(store, "deals.csv", as_csv(deals))
    brought(store, "orders.csv", as_csv(table(EN, ("2026-01-05", "Ann", "West"))))
    assert [row[:2] for row in teams(store)] == [("Ann", "West"), ("Bob", "Eastern Team")]


def test_two_names_of_one_person_are_in_one_team(store: Store) -> None:
    rows = table(EN, ("2026-01-05", "Ann Lee", "West"), ("2026-01-06", "A. Lee", "West"))
    brought(store, "orders.csv", as_csv(rows))
    with store.writing() as cursor:
        decide_name(cursor, "rep", "A. Lee", "Ann Lee", accepted=True)
    assert teams(store) == [("Ann Lee", "West", None, None)]


def test_a_region_of_the_orders_own_stays(store: Store) -> None:
    header = [*FX, "区域"]
    content = as_csv([header, ["A1", "2026-01-05", "甲", "张伟", EAST, 100, "华北"]])
    brought(store, "orders.csv", content)
    assert store.rows("SELECT region FROM orders") == [("华北",)]
    assert teams(store) == [("张伟", "一部", "华东大区", None)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("负责人所属部门", 0), ("Owner's Department", 0), ("Owner Team", 0),
        ("owner_department", 0),
        ("所属部门", 1), ("销售团队", 1), ("銷售部門", 1), ("Vertriebsteam", 1), ("Team", 2),
        ("部门编码", None), ("Product Department", None), ("Support Team", None),
        ("施工团队", None),
    ],
)  # fmt: skip
def test_headers(header: str, expected: int | None) -> None:
    assert rank(header) == expected


def test_team_and_region_of_past_days_stay_when_a_later_export_names_another_path(
    store: Store,
) -> None:
    first = [("2026-03-02", "李娜", "华东大区/二部"), ("2026-03-05", "张伟", "华东大区/一部"),
             ("2026-03-20", "李娜", "华东大区/二部")]  # fmt: skip
    brought(store, "orders-2026-03-27.csv", as_csv(table(FX, *first)))
    later = table(FX, *first[:2], ("2026-03-20", "李娜", "华北大区/五部"),
                  ("2026-03-29", "李娜", "华北大区/五部"))  # fmt: skip
    brought(store, "orders-2026-03-30.csv", as_csv([later[0], *later[3:]]))
    held = [row for row in teams(store) if row[0] == "李娜"]
    assert [row[:3] for row in held] == [
        ("李娜", "二部", "华东大区"),
        ("李娜", "五部", "华北大区"),
    ]
    assert store.rows("SELECT DISTINCT region FROM orders") == [(None,)]
