"""Targets of the company, of teams and of managers stand in a list of people's: they count once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analytics.periods.calendar import selling_days
from analytics.plan.targets import target_for
from data.staging import review
from data.store import plans
from data.store.database import Store
from domain.scope import Scope
from tests.conftest import TODAY, land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Month", "Sales Rep", "Target"]
ZH = ["月份", "销售", "目标"]
MARCH = date(2026, 3, 1)
YEAR = selling_days(date(2026, 1, 1), date(2026, 12, 31), "CN")
REPS = [["2026-03", "Ann Vale", 300], ["2026-03", "Bo Reed", 250], ["2026-03", "Cy Dunn", 200]]
RENS = [["2026-03", "张三", 300], ["2026-03", "李四", 250], ["2026-03", "王五", 200]]


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


# | rows | the company's target | people in the list |
KNOWN = [
    pytest.param([EN, *REPS, ["2026-03", "Company", 750]], 750, 3, id="company"),
    pytest.param([EN, ["2026-03", "Total company", 900], *REPS], 900, 3, id="not-the-sum"),
    pytest.param([EN, *REPS, ["2026-03", "All reps", "750.00"]], 750, 3, id="all-reps"),
    pytest.param(
        [EN, *REPS[:2], ["2026-03", "North team", 550], REPS[2], ["2026-03", "South team", 200],
         ["2026-03", "All reps", 750]],
        750, 3, id="teams-too",
    ),
    pytest.param(
        [EN, ["2026-03", "Region East", 550], *REPS[:2], ["2026-03", "Region West", 200], REPS[2]],
        750, 3, id="regions-above",
    ),
    pytest.param([ZH, *RENS, ["2026-03", "公司", 750]], 750, 3, id="gongsi"),
    pytest.param([ZH, ["2026-03", "全员", 750], *RENS], 750, 3, id="quanyuan"),
    pytest.param(
        [ZH, *RENS[:2], ["2026-03", "华东区", 550], RENS[2], ["2026-03", "华南区", 200],
         ["2026-03", "全公司", 750]],
        750, 3, id="daqu",
    ),
    pytest.param(
        [EN, ["2026-03", "Jan Weiß", "1.300,50"],
         ["2026-03", "Eva Groß", "1.250,00"], ["2026-03", "Unternehmen", "2.550,50"]],
        Decimal("2550.5"), 2, id="german",
    ),
    pytest.param(
        [EN, ["2026-03", "Luc Petit", 410],
         ["2026-03", "Chloé Grand", 120], ["2026-03", "Tous les commerciaux", 530]],
        530, 2, id="french",
    ),
    pytest.param(
        [["Sales Rep", "2026-01", "2026-02", "2026-03"], ["Ann Vale", 100, 200, 300],
         ["Bo Reed", 50, 60, 70], ["Company", 150, 260, 370]],
        370, 2, id="months-as-columns",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Manager", "Target"], *([*row[:2], "Max Boss", row[2]]
         for row in REPS), ["2026-03", "Max Boss", "", 750]],
        750, 3, id="manager",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Team", "Target"], ["2026-03", "Ann Vale", "North", 300],
         ["2026-03", "Bo Reed", "North", 250], ["2026-03", "", "North", 550],
         ["2026-03", "Cy Dunn", "South", 200], ["2026-03", "", "South", 200]],
        750, 3, id="team-without-a-name",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Product", "Target"], ["2026-03", "Ann Vale", "A", 100],
         ["2026-03", "Ann Vale", "B", 200], ["2026-03", "Ann Vale", "All products", 300],
         ["2026-03", "Bo Reed", "A", 100], ["2026-03", "Bo Reed", "B", 150],
         ["2026-03", "Bo Reed", "All products", 250]],
        550, 2, id="all-products",
    ),
    pytest.param(
        [["月份", "销售", "产品", "目标"], ["2026-03", "张三", "全部", 300],
         ["2026-03", "张三", "甲", 100], ["2026-03", "张三", "乙", 200],
         ["2026-03", "李四", "甲", 50]],
        350, 2, id="all-products-chinese",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "whole", "people"), KNOWN)
def test_a_target_of_a_group_does_not_add_up_with_its_peoples(
    store: Store, rows: Rows, whole: object, people: int, suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    (draft,) = drafts_of(store, f"targets.{suffix}", content)
    assert asked(store, draft) == []
    (result,) = land(store, [draft])
    assert (result.table, result.error) == ("targets", None)
    assert company_target(store) == whole
    assert len(of(store, "rep")) == people


def test_teams_named_in_a_column_of_their_own_and_managers_have_their_targets(store: Store) -> None:
    rows = next(list(case.values[0]) for case in KNOWN if case.id == "team-without-a-name")
    brought(store, "a.csv", as_csv(rows))
    assert of(store, "team") == {"North": 550, "South": 200}
    rows = next(list(case.values[0]) for case in KNOWN if case.id == "manager")
    result = brought(store, "b.csv", as_csv(rows))
    assert of(store, "manager") == {"Max Boss": 750}
    assert [problem.why for problem in result.problems] == ["target_of_group"]


PEOPLE_LIST: Rows = [
    ["Rep", "Team", "Manager"], ["Ann Vale", "North", "Max Boss"], ["Bo Reed", "North", "Max Boss"],
    ["Cy Dunn", "South", "Eve Head"], ["Di Ash", "South", "Eve Head"],
    ["Max Boss", "North", "Eve Head"],
]  # fmt: skip
LED = [EN, *REPS[:2], ["2026-03", "Cy Dunn", 200], ["2026-03", "Di Ash", 230]]


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("boss", "whole"),
    [
        pytest.param([["2026-03", "Max Boss", 550]], 980, id="sum-of-a-team"),
        pytest.param(
            [["2026-03", "Max Boss", 550], ["2026-03", "Eve Head", 430]], 980, id="both-teams"
        ),
        pytest.param([["2026-03", "MAX BOSS", 550]], 980, id="in-capitals"),
        # Of his own he has less than they have.
        pytest.param([["2026-03", "Max Boss", 120]], 1100, id="who-sells"),
    ],
)
def test_a_manager_is_known_from_the_list_of_people(
    store: Store, boss: list[list[object]], whole: int, at_once: bool
) -> None:
    people, targets = as_csv(PEOPLE_LIST), as_csv([*LED, *boss])
    if not at_once:
        brought(store, "people.csv", people)
        brought(store, "targets.csv", targets)
    else:
        drafts = read(store, {"targets.csv": targets, "people.csv": people})
        assert isinstance(drafts, list)
        land(store, drafts)
    assert company_target(store) == whole


def test_a_manager_with_more_than_the_sum_is_asked_about(store: Store) -> None:
    brought(store, "people.csv", as_csv(PEOPLE_LIST))
    content = as_csv([*LED, ["2026-03", "Max Boss", 600]])
    (draft,) = drafts_of(store, "targets.csv", content)
    assert asked(store, draft) == ["scope_value/level/Max Boss"]


BOSS = "scope_value/level/Max Boss"
# | rows | key of the question | the company's target by answer |
ASKED = [
    pytest.param(
        [EN, ["2026-03", "Max Boss", 750], *REPS], BOSS, {"own": 750, "rep": 1500}, id="sum-of-all",
    ),
    pytest.param(
        [EN, ["2026-03", "Max Boss", 550], *REPS[:2], ["2026-03", "Eve Head", 430],
         REPS[2], ["2026-03", "Di Ash", 230]],
        [BOSS, "scope_value/level/Eve Head"], {"own": 980, "rep": 1960}, id="two-heads",
    ),
    pytest.param(
        [ZH, *RENS, ["2026-03", "老板", 750]], "scope_value/level/老板",
        {"own": 750, "rep": 1500}, id="chinese",
    ),
    pytest.param(
        [EN, *REPS, ["2026-03", "Company", 100]], "scope_value/level/Company",
        {"own": 100, "rep": 850}, id="house-account",
    ),
    pytest.param(
        [EN, *REPS, ["2026-03", "Online team", 90]], "scope_value/level/Online team",
        {"own": 750, "rep": 840}, id="a-team-beside",
    ),
    # The sum of the teams that have one would stand for the company's.
    pytest.param(
        [["Month", "Sales Rep", "Team", "Target"], ["2026-03", "Ann Vale", "North", 300],
         ["2026-03", "Bo Reed", "North", 250], ["2026-03", "", "North", 600],
         ["2026-03", "Cy Dunn", "South", 200]],
        "scope_value/level/North", {"own": 750, "rep": 1350}, id="one-team-only",
    ),
    pytest.param(
        [EN, *REPS, ["2026-03", "Buffer", 50]], "scope_value/level/Buffer",
        {"out": 750, "rep": 800}, id="buffer",
    ),
    pytest.param(
        [ZH, *RENS, ["2026-03", "未分配", 60]], "scope_value/level/未分配",
        {"out": 750, "rep": 810}, id="unassigned",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "keys", "wholes"), ASKED)
def test_what_may_be_the_target_of_others_is_asked_about(
    store: Store, rows: Rows, keys: str | list[str], wholes: dict[str, int], suffix: str
) -> None:
    keys = [keys] if isinstance(keys, str) else keys
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    for answer, whole in wholes.items():
        (draft,) = drafts_of(store, f"targets.{suffix}", content)
        assert asked(store, replace(draft, answers={})) == keys
        draft = replace(draft, answers=dict.fromkeys(keys, answer))
        draft = review.placed(store, draft, TODAY)
        assert asked(store, draft) == []
        (result,) = land(store, [draft])
        assert result.error is None
        assert company_target(store) == whole, answer


@pytest.mark.parametrize(
    "name",
    [
        *("Vacant", "Vacant 2", "Vacant Territory", "House", "House Account", "Overassignment"),
        *("TBH", "TBH 1", "TBD", "To be hired", "Open Headcount", "Open Req 3", "New hire"),
        *("待招", "待招聘", "空缺", "待定", "公海", "待入职"),
        *("Vakant", "Unbesetzt", "Poste vacant", "À recruter", "Puesto vacante", "Вакансия"),
        *("Stretch", "Stretch target", "Floor", "Best case", "挑战目标", "保底", "Mindestziel"),
    ],
)
def test_a_seat_that_nobody_has_is_asked_about(store: Store, name: str) -> None:
    key = f"scope_value/level/{name}"
    for answer, whole in {"out": 750, "rep": 820}.items():
        rows = [EN, *REPS, ["2026-03", name, 70]]
        (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
        assert asked(store, replace(draft, answers={})) == [key]
        land(store, [review.placed(store, replace(draft, answers={key: answer}), TODAY)])
        assert company_target(store) == whole


# | rows | the company's target |
PEOPLE = [
    pytest.param(
        [EN, ["2026-03", "Ann Vale", 100], ["2026-03", "Bo Reed", 200],
         ["2026-03", "Cy Dunn", 300]],
        600, id="round-by-chance",
    ),
    pytest.param(
        [EN, ["2026-03", "Ann Vale", 300], ["2026-03", "Bo Reed", 300]], 600, id="two-alike"
    ),
    pytest.param(
        [["Month", "Sales", "Target"], ["2026-03", "North team", 300],
         ["2026-03", "South team", 200]],
        500, id="teams-alone",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Manager", "Target"], ["2026-03", "Ann Vale", "Max Boss", 300],
         ["2026-03", "Max Boss", "", 120]],
        420, id="manager-who-sells",
    ),
    pytest.param(
        [EN, ["2026-02", "Ann Vale", 750], ["2026-02", "Bo Reed", 300], ["2026-02", "Cy Dunn", 450],
         ["2026-03", "Ann Vale", 400], ["2026-03", "Bo Reed", 300], ["2026-03", "Cy Dunn", 450]],
        1150, id="sum-in-one-month-only",
    ),
    pytest.param([["Month", "Target"], ["2026-03", 750]], 750, id="company-only"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "whole"), PEOPLE)
def test_lists_of_people_alone_add_up_unasked(store: Store, rows: Rows, whole: int) -> None:
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == []
    land(store, [draft])
    assert company_target(store) == whole
