"""Targets of the company, its groups and its people in one list, told by levels or known names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.periods.calendar import selling_days
from analytics.plan.targets import target_for
from data.store import plans
from data.store.database import Store
from domain.scope import Scope
from tests.conftest import land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

MARCH = date(2026, 3, 1)
YEAR = selling_days(date(2026, 1, 1), date(2026, 12, 31), "CN")
ZH = {"刘洋": 80, "马超": 60, "韩雪": 60, "邓勇": 60, "唐敏": 100, "冯涛": 80}
EN = {"Ann Vale": 80, "Bo Reed": 60, "Cy Dunn": 60, "Di Hale": 60, "Ed Marsh": 100, "Flo Penn": 80}
SIX_ZH = [["2026-03", name, figure] for name, figure in ZH.items()]
SIX_EN = [["2026-03", name, figure] for name, figure in EN.items()]


def company_target(store: Store) -> Decimal:
    scope = Scope(MARCH, date(2026, 3, 31), currency="CNY")
    target = target_for(scope, plans.target_rows(store), YEAR)
    assert target is not None
    return target.target


def of(store: Store, kind: str) -> dict[str, Decimal]:
    rows = store.rows(
        "SELECT coalesce(scope_value, ''), target FROM targets WHERE scope_kind = ?", [kind]
    )
    return dict(rows)


def people(kind: str, names: dict[str, int], groups: tuple[str, str]) -> bytes:
    header = ["姓名", kind, "入职日期"] if names is ZH else ["Name", kind, "Hire date"]
    rows = [[name, groups[at // 3], "2022-03-01"] for at, name in enumerate(names)]
    return as_csv([header, *rows])


def leveled(header: list[str], level: str, six: Rows, *above: list[object]) -> Rows:
    return [header, *above, *([month, level, name, figure] for month, name, figure in six)]


# | rows | the company's target | of the company's, of teams, of regions |
LEVELED = [
    pytest.param(
        leveled(["月份", "考核层级", "考核对象", "目标"], "个人", SIX_ZH,
                ["2026-03", "部门", "北组", 200], ["2026-03", "部门", "南组", 240]),
        440, [0, 2, 0], id="部门-个人",
    ),
    pytest.param(
        leveled(["月份", "层级", "对象", "目标"], "业务员", SIX_ZH,
                ["2026-03", "公司", "全公司", 440], ["2026-03", "区域", "北方区", 200],
                ["2026-03", "区域", "南方区", 240]),
        440, [1, 0, 2], id="公司-区域-业务员",
    ),
    pytest.param(
        leveled(["所属月份", "目标层级", "目标对象", "任务额"], "个人级", SIX_ZH,
                ["2026-03", "公司级", "", 450], ["2026-03", "团队级", "一部", 200],
                ["2026-03", "团队级", "二部", 240]),
        450, [1, 2, 0], id="团队级",
    ),
    pytest.param(
        leveled(["所属期间", "考核类型", "姓名/部门", "目标"], "员工", SIX_ZH,
                ["2026-03", "大区", "华东", 200], ["2026-03", "大区", "华南", 240]),
        440, [0, 0, 2], id="姓名/部门",
    ),
    pytest.param(
        leveled(["Month", "Level", "Name", "Target"], "Rep", SIX_EN,
                ["2026-03", "Company", "Acme Ltd", 440], ["2026-03", "Region", "North", 200],
                ["2026-03", "Region", "South", 240]),
        440, [1, 0, 2], id="level-name",
    ),
    pytest.param(
        leveled(["Month", "Target level", "Whom", "Target"], "Individual", SIX_EN,
                ["2026-03", "Team", "Alpha", 200], ["2026-03", "Team", "Beta", 240]),
        440, [0, 2, 0], id="target-level-whom",
    ),
    pytest.param(
        leveled(["Monat", "Ebene", "Name", "Ziel"], "Mitarbeiter", SIX_EN,
                ["2026-03", "Unternehmen", "Gesamt", 440], ["2026-03", "Gebiet", "Nord", 200],
                ["2026-03", "Gebiet", "Süd", 240]),
        440, [1, 0, 2], id="ebene",
    ),
    pytest.param(
        leveled(["Month", "Scope", "Name", "Quota"], "Sales rep", SIX_EN,
                ["2026-03", "Department", "Field", 440]),
        440, [0, 1, 0], id="scope-department",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "whole", "groups"), LEVELED)
def test_a_column_of_levels_says_whose_target_a_row_is(
    store: Store, rows: Rows, whole: int, groups: list[int], suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    (draft,) = drafts_of(store, f"targets.{suffix}", content)
    assert asked(store, draft) == []
    land(store, [draft])
    assert company_target(store) == whole
    assert [len(of(store, kind)) for kind in ("company", "team", "region")] == groups
    assert len(of(store, "rep")) == 6


def test_a_department_that_is_a_known_region_has_the_regions_target(store: Store) -> None:
    brought(store, "人员名单.csv", people("销售区域", ZH, ("北方区", "南方区")))
    rows = leveled(["月份", "考核层级", "考核对象", "目标"], "个人", SIX_ZH,
                   ["2026-03", "公司", "全公司", 440], ["2026-03", "部门", "北方区", 200],
                   ["2026-03", "部门", "南方区", 240])  # fmt: skip
    brought(store, "目标.xlsx", as_xlsx(rows))
    assert of(store, "region") == {"北方区": 200, "南方区": 240}
    assert (of(store, "team"), of(store, "company")) == ({}, {"": 440})


@pytest.mark.parametrize(("answer", "whole"), [("own", 440), ("rep", 640)])
def test_the_target_of_one_region_of_two_is_not_the_companys(
    store: Store, answer: str, whole: int
) -> None:
    brought(store, "人员名单.csv", people("销售区域", ZH, ("北方区", "南方区")))
    rows = leveled(["月份", "考核层级", "考核对象", "目标"], "个人", SIX_ZH,
                   ["2026-03", "部门", "北方区", 200])  # fmt: skip
    (draft,) = drafts_of(store, "目标.csv", as_csv(rows))
    assert asked(store, draft) == ["scope_value/level/北方区"]
    brought(store, "目标.csv", as_csv(rows), {"scope_value/level/北方区": answer})
    assert company_target(store) == whole
    assert of(store, "region") == {}


def test_the_target_of_one_region_beside_the_companys_is_its_own(store: Store) -> None:
    brought(store, "people.csv", people("Region", EN, ("North", "South")))
    rows = leveled(["Month", "Level", "Name", "Target"], "Rep", SIX_EN,
                   ["2026-03", "Company", "All", 500],
                   ["2026-03", "Region", "North", 210])  # fmt: skip
    (draft,) = drafts_of(store, "targets.xlsx", as_xlsx(rows))
    assert asked(store, draft) == []
    land(store, [draft])
    assert (company_target(store), of(store, "region")) == (500, {"North": 210})


def test_a_blank_level_is_told_by_the_name(store: Store) -> None:
    rows = [["Month", "Level", "Name", "Target"], ["2026-03", "", "Company", 500],
            ["2026-03", "Rep", "Ann Vale", 300], ["2026-03", "", "Bo Reed", 200]]  # fmt: skip
    brought(store, "targets.csv", as_csv(rows))
    assert of(store, "company") == {"": 500}
    assert of(store, "rep") == {"Ann Vale": 300, "Bo Reed": 200}


@pytest.mark.parametrize(
    ("level", "word"),
    [
        ("Level", "Senior"),
        ("Level", "A"),
        ("级别", "高级"),
        ("层级", "P6"),
        ("Scope", "New business"),
    ],
)
def test_a_grade_is_no_level(store: Store, level: str, word: str) -> None:
    rows = [["Month", level, "Sales Rep", "Target"], *([m, word, n, f] for m, n, f in SIX_EN)]
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == []
    land(store, [draft])
    assert company_target(store) == 440
    assert len(of(store, "rep")) == 6


@pytest.mark.parametrize("word", ["经理", "Manager", "销售经理"])
def test_where_nobody_else_sells_managers_are_sellers(store: Store, word: str) -> None:
    rows = [["Month", "Level", "Name", "Target"], *([m, word, n, f] for m, n, f in SIX_EN)]
    brought(store, "targets.csv", as_csv(rows))
    assert (company_target(store), len(of(store, "rep"))) == (440, 6)


# | header of the groups | people | groups | rows above or below | kind |
KNOWN = [
    pytest.param("销售区域", ZH, ("北方区", "南方区"), "region", id="方区"),
    pytest.param("区域", ZH, ("京津冀", "大湾"), "region", id="regions-by-name-alone"),
    pytest.param("团队", ZH, ("猛虎", "雄鹰"), "team", id="teams"),
    pytest.param("Region", EN, ("North", "South"), "region", id="regions"),
    pytest.param("Team", EN, ("Alpha", "Beta"), "team", id="english-teams"),
    pytest.param("Sales team", EN, ("Hunters", "Farmers"), "team", id="hunters"),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("when", ["before", "together"])
@pytest.mark.parametrize(("header", "names", "groups", "kind"), KNOWN)
def test_names_of_known_groups_are_no_people(
    store: Store, header: str, names: dict[str, int], groups: tuple[str, str], kind: str,
    when: str, suffix: str,
) -> None:  # fmt: skip
    six = SIX_ZH if names is ZH else SIX_EN
    above = [["2026-03", groups[0], 200], ["2026-03", groups[1], 240]]
    head = ["月份", "考核对象", "目标"] if names is ZH else ["Month", "Name", "Target"]
    rows = [head, *above, *six] if suffix == "csv" else [head, *six, *above]
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    files = {"people.csv": people(header, names, groups), f"targets.{suffix}": content}
    if when == "before":
        brought(store, "people.csv", files.pop("people.csv"))
    drafts = read(store, files)
    assert isinstance(drafts, list)
    assert [asked(store, draft) for draft in drafts] == [[]] * len(drafts)
    land(store, drafts)
    assert company_target(store) == 440
    assert of(store, kind) == {groups[0]: 200, groups[1]: 240}
    assert len(of(store, "rep")) == 6


def test_a_list_of_known_regions_alone_is_theirs(store: Store) -> None:
    brought(store, "people.csv", people("Region", EN, ("North", "South")))
    rows = [["Month", "Name", "Target"], ["2026-03", "North", 200], ["2026-03", "South", 240]]
    brought(store, "targets.csv", as_csv(rows))
    assert (company_target(store), of(store, "rep")) == (440, {})
    assert of(store, "region") == {"North": 200, "South": 240}


# Groups of which nothing is known, above the people and below: the user is asked about both.
UNKNOWN = [
    pytest.param([["2026-03", "猛虎", 200], ["2026-03", "雄鹰", 240], *SIX_ZH], id="above"),
    pytest.param([*SIX_ZH, ["2026-03", "猛虎", 200], ["2026-03", "雄鹰", 240]], id="below"),
    pytest.param([["2026-03", "Alpha", 211], ["2026-03", "Beta", 229], *SIX_EN], id="by-the-sum"),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("rows", UNKNOWN)
def test_rows_that_have_what_all_others_have_are_asked_about(
    store: Store, rows: Rows, suffix: str
) -> None:
    rows = [["Month", "Name", "Target"], *rows]
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    (draft,) = drafts_of(store, f"targets.{suffix}", content)
    names = [str(row[1]) for row in rows[1:] if row[1] not in {*ZH, *EN}]
    keys = asked(store, draft)
    assert keys == [f"scope_value/level/{name}" for name in names]
    brought(store, f"targets.{suffix}", content, dict.fromkeys(keys, "own"))
    assert company_target(store) == 440
    assert len(of(store, "rep")) == 6


# Lists that are right as they are: who stands first has as much as the rest by chance, or not.
PLAIN = [
    pytest.param([300, 300, 200, 200, 200], id="two-and-three"),
    pytest.param([100, 100, 100, 100, 100, 100], id="all-alike"),
    pytest.param([200, 240, 120, 100, 120, 100], id="round-and-in-no-runs"),
    pytest.param([200, 200, 100, 100, 100, 100], id="seniors-and-juniors"),
    pytest.param([200, 240, 80, 60, 60, 60, 100, 90], id="not-the-sum"),
]


@pytest.mark.parametrize("figures", PLAIN)
def test_a_list_of_people_alone_is_not_asked_about(store: Store, figures: list[int]) -> None:
    names = [*EN, "Gus Ray", "Hal Orr"][: len(figures)]
    listed = [["2026-03", name, figure] for name, figure in zip(names, figures, strict=True)]
    rows = [["Month", "Sales Rep", "Target"], *listed]
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == []
    land(store, [draft])
    assert company_target(store) == sum(figures)


def test_a_person_who_is_named_like_a_region_stays_one(store: Store) -> None:
    orders = [["Order", "Date", "Customer", "Sales Rep", "Region", "Amount"],
              ["1", "2026-03-02", "Acme", "North", "North", 10],
              ["2", "2026-03-03", "Bolt", "South", "South", 10]]  # fmt: skip
    brought(store, "orders.csv", as_csv(orders))
    rows = [["Month", "Sales Rep", "Target"], ["2026-03", "North", 200], ["2026-03", "South", 240]]
    brought(store, "targets.csv", as_csv(rows))
    assert of(store, "rep") == {"North": 200, "South": 240}


# | header | figures | floor, target and stretch |
TRIPLES = [
    (["保底目标", "挑战目标", "冲刺目标"], [80, 100, 120], (80, 100, 120)),
    (["保底目标", "冲刺目标", "挑战目标"], [80, 100, 120], (80, 100, 120)),
    (["保底", "挑战", "冲刺"], [80, 100, 120], (80, 100, 120)),
    (["保底目标", "目标", "挑战目标"], [80, 100, 120], (80, 100, 120)),
    (["保底目标", "目标", "冲刺目标"], [80, 100, 120], (80, 100, 120)),
    (["挑战目标", "冲刺目标"], [100, 120], (None, 100, 120)),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("header", "figures", "right"), TRIPLES)
def test_of_three_targets_the_middle_one_is_the_target(
    store: Store, header: list[str], figures: list[int], right: tuple[object, ...], suffix: str
) -> None:
    rows = [
        ["月份", "业务员", *header],
        ["2026-03", "刘洋", *figures],
        ["2026-03", "马超", *figures],
    ]
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    result = brought(store, f"目标.{suffix}", content)
    assert result.error is None
    found = store.rows("SELECT DISTINCT floor, target, stretch FROM targets")
    assert found == [right]


@pytest.mark.parametrize("header", ["所属月份", "所属期间", "归属期间", "费用期间"])
def test_spend_of_a_month_that_it_belongs_to(store: Store, header: str) -> None:
    rows = [[header, "渠道", "费用类别", "费用金额"], ["2026年3月", "天猫", "推广费", 62],
            ["2026年2月", "直销", "差旅费", 41]]  # fmt: skip
    brought(store, "营销费用.csv", as_csv(rows))
    found = store.rows("SELECT period, amount FROM spend ORDER BY period")
    assert found == [("2026-02", 41), ("2026-03", 62)]


@pytest.mark.parametrize("header", ["组长", "小组长", "Teamleiter", "团队长"])
def test_the_leader_of_a_group_is_the_manager(store: Store, header: str) -> None:
    rows = [["姓名", "团队", header], ["刘洋", "北组", "刘洋"], ["马超", "北组", "刘洋"],
            ["韩雪", "北组", "刘洋"]]  # fmt: skip
    brought(store, "人员名单.csv", as_csv(rows))
    assert set(store.rows("SELECT manager FROM reps")) == {("刘洋",)}
    # A leader with as much as her people may sell as well: nobody knows.
    targets = [["月份", "业务员", "目标"], ["2026-03", "刘洋", 150], ["2026-03", "马超", 80],
               ["2026-03", "韩雪", 70]]  # fmt: skip
    (draft,) = drafts_of(store, "目标.csv", as_csv(targets))
    assert asked(store, draft) == ["scope_value/level/刘洋"]
