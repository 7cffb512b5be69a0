"""A row of a mere "Team", or of a team's own name among its people, is the sum of theirs."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of
from tests.data.reports.test_target_levels import company_target, of

pytestmark = pytest.mark.usefixtures("inline")

WRITE = {"csv": as_csv, "xlsx": as_xlsx}
WIDE = ["2026-02", "2026-03", "2026-04"]


def _wide(header: str, first: str, second: str, group: str) -> Rows:
    return [[header, *WIDE], [first, 10, 20, 30], [second, 50, 70, 60], [group, 60, 90, 90]]


# Of each list, the target of March is 90.
GROUPS = [
    _wide("Sales Rep", "Ann Vale", "Bo Lind", "Team"),
    _wide("Sales Rep", "Ann Vale", "Bo Lind", "Sales department"),
    _wide("销售员", "张三", "李四", "团队"),
    _wide("业务员", "张三", "李四", "本组"),
    _wide("Verkäufer", "Jan Weiß", "Eva Groß", "Vertriebsteam"),
    _wide("Commercial", "Luc Petit", "Chloé Grand", "Équipe commerciale"),
    _wide("Vendedor", "Ana Ruiz", "Luis Gil", "Equipo"),
    _wide("営業担当", "佐藤一郎", "鈴木花子", "チーム"),
    [["Sales Rep", *WIDE], ["Group", 60, 90, 90], ["Ann Vale", 10, 20, 30],
     ["Bo Lind", 50, 70, 60]],
    [["Month", "Sales Rep", "Target"], ["2026-03", "Ann Vale", 20], ["2026-03", "Bo Lind", 70],
     ["2026-03", "Team", 90]],
    [["Sales Rep", "2026-03", "2026-04"], ["Ann Vale", 20, 30], ["Bo Lind", 50, 60],
     ["North team", 70, 90], ["Cy Orr", 20, 40], ["South team", 20, 40], ["Team", 90, 130]],
]  # fmt: skip


@pytest.mark.parametrize("suffix", WRITE)
@pytest.mark.parametrize("rows", GROUPS, ids=lambda rows: f"{rows[0][0]}-{rows[-1][0]}")
def test_the_row_of_an_unnamed_group_is_left_out_where_it_is_the_sum(
    store: Store, rows: Rows, suffix: str
) -> None:
    (draft,) = drafts_of(store, f"targets.{suffix}", WRITE[suffix](rows))
    assert asked(store, draft) == []
    result = brought(store, f"targets.{suffix}", WRITE[suffix](rows))
    assert result.left_out
    assert set(result.left_out) == {"total_of_rows"}
    assert company_target(store) == 90


@pytest.mark.parametrize(("answer", "target"), [("own", 90), ("rep", 190)])
@pytest.mark.parametrize("name", ["Team", "部门", "Abteilung", "Équipe"])
def test_the_row_of_an_unnamed_group_is_asked_about_where_it_is_no_sum(
    store: Store, name: str, answer: str, target: int
) -> None:
    rows = [["Sales Rep", *WIDE], ["Ann Vale", 10, 20, 30], ["Bo Lind", 50, 70, 60],
            [name, 70, 100, 110]]  # fmt: skip
    key = f"scope_value/level/{name}"
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == [key]
    brought(store, "targets.csv", as_csv(rows), {key: answer})
    assert company_target(store) == target


TEAMED = [
    (["Month", "Team", "Sales Rep", "Target"], ["North", "Jo Ual", "Kit Vas"], ["South", "Lu Wyn"]),
    (["Month", "Region", "Rep", "Target"], ["EMEA", "Jo Ual", "Kit Vas"], ["APAC", "Lu Wyn"]),
    (["月份", "团队", "销售", "目标"], ["华东", "张三", "李四"], ["华南", "王五"]),
    (["月份", "部门", "业务员", "目标"], ["一部", "张三", "李四"], ["二部", "王五"]),
    (["Monat", "Team", "Verkäufer", "Ziel"], ["Nord", "Jan Weiß", "Eva Groß"],
     ["Süd", "Udo Klein"]),
    (["Mois", "Équipe", "Commercial", "Objectif"], ["Ouest", "Luc Petit", "Chloé Grand"],
     ["Est", "Léa Roux"]),
    (["Mes", "Equipo", "Vendedor", "Objetivo"], ["Norte", "Ana Ruiz", "Luis Gil"],
     ["Sur", "Eva Sanz"]),
]  # fmt: skip


@pytest.mark.parametrize("suffix", WRITE)
@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize(("header", "first", "second"), TEAMED)
def test_a_row_of_the_teams_own_name_is_the_teams(
    store: Store, header: list[str], first: list[str], second: list[str], above: bool, suffix: str
) -> None:
    north = [["2026-03", first[0], first[1], 60], ["2026-03", first[0], first[2], 50]]
    south = [["2026-03", second[0], second[1], 80]]
    sums = [["2026-03", first[0], first[0], 110], ["2026-03", second[0], second[0], 80]]
    parts = [sums[0], *north, sums[1], *south] if above else [*north, sums[0], *south, sums[1]]
    rows = [header, *parts, ["2026-03", "Total", "", 190]]
    content = WRITE[suffix](rows)
    (draft,) = drafts_of(store, f"targets.{suffix}", content)
    assert asked(store, draft) == []
    result = brought(store, f"targets.{suffix}", content)
    assert [one.why for one in result.problems] == ["target_of_group"]
    assert company_target(store) == 190
    assert len(of(store, "rep")) == 3


TEAMS_OF_PEOPLE = [
    [["Ann Vale", "Ann Vale", 100], ["Ann Vale", "Bo Lind", 80], ["Cy Orr", "Cy Orr", 70]],
    [["Ann Vale", "Ann Vale", 80], ["Ann Vale", "Bo Lind", 80], ["Cy Orr", "Cy Orr", 90]],
    [["张三", "张三", 100], ["张三", "李四", 70], ["王五", "王五", 80]],
    [["Ann Vale", "Bo Lind", 100], ["Cy Orr", "Ann Vale", 70], ["Cy Orr", "Cy Orr", 80]],
    [["Group A", "Ann Vale", 100], ["Group A", "Bo Lind", 70], ["Group B", "Cy Orr", 80]],
]  # fmt: skip


@pytest.mark.parametrize("rows", TEAMS_OF_PEOPLE)
def test_a_team_named_after_one_of_its_people_has_that_persons_target(
    store: Store, rows: list[list[object]]
) -> None:
    listed = [["Month", "Team", "Sales Rep", "Target"], *(["2026-03", *row] for row in rows)]
    (draft,) = drafts_of(store, "targets.csv", as_csv(listed))
    assert asked(store, draft) == []
    brought(store, "targets.csv", as_csv(listed))
    assert company_target(store) == 250


@pytest.mark.parametrize("own", [120, 30])
def test_a_row_of_the_teams_own_name_that_is_no_sum_is_asked_about(store: Store, own: int) -> None:
    rows = [["Month", "Team", "Sales Rep", "Target"], ["2026-03", "North", "Jo Ual", 60],
            ["2026-03", "North", "Kit Vas", 50], ["2026-03", "North", "North", own]]  # fmt: skip
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == ["scope_value/level/North"]


@pytest.mark.parametrize("name", ["Stern", "Alpha", "Zusammen", "QX"])
@pytest.mark.parametrize("first", [True, False])
def test_whoever_has_what_the_others_have_in_each_month_is_asked_about(
    store: Store, name: str, first: bool
) -> None:
    people = [["Ann Vale", 10, 20, 30], ["Bo Lind", 50, 70, 60]]
    whole = [name, 60, 90, 90]
    rows = [["Sales Rep", *WIDE], *([whole, *people] if first else [*people, whole])]
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == [f"scope_value/level/{name}"]


@pytest.mark.parametrize(("name", "figures"), [
    ("Di Ash", [60, 90, 90]),
    ("Alpha", [60, 90, 100]),
    ("Grouper", [60, 80, 90]),
    ("Teamer", [50, 90, 90]),
])  # fmt: skip
def test_a_person_beside_two_others_is_not_asked_about(
    store: Store, name: str, figures: list[int]
) -> None:
    rows = [["Sales Rep", *WIDE], ["Ann Vale", 10, 20, 30], ["Bo Lind", 50, 70, 60],
            [name, *figures]]  # fmt: skip
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "targets.csv", as_csv(rows))
    assert company_target(store) == 90 + figures[1]
