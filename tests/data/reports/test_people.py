"""One person under several spellings, in every table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.facts import name_review
from data.facts.name_review import NameQuestion
from data.store import plans
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
# | how a name is written, the usual spelling first | what nobody may ask about
SPELLINGS = [
    pytest.param(
        ["张三", "张　三", "张三（离职）", "张三(已离职)", "离职-张三", "张三-离职"],
        ["张三丰", "李四"],
        id="chinese",
    ),
    pytest.param(
        ["Ann Vale", "ann vale", "ANN VALE", "Ann Vale (inactive)", "Vale, Ann", "Ann  Vale"],
        ["Ann Vaughn", "Bo Reed"],
        id="english",
    ),
    pytest.param(
        ["Bo Reed", "Bo Reed (left)", "[Inactive] Bo Reed", "Bo Reed - inactive", "ex-Bo Reed",
         "Bo Reed (left 2025-03)", "Reed, Bo (former)"],
        ["Bo Reeder", "Bo Left"],
        id="left",
    ),
    pytest.param(
        ["王芳", "王 芳", "王芳（停用）", "王芳离职", "前员工王芳"], ["王芳芳"], id="stopped"
    ),
    pytest.param(
        ["Ann Vale", "Ａｎｎ Ｖａｌｅ", "Ａｎｎ Ｖａｌｅ（ｌｅｆｔ）"],
        ["Anna Hall"],
        id="wide",
    ),
    pytest.param(
        ["Jürgen Weiß", "JÜRGEN WEISS", "Weiß, Jürgen", "Jürgen Weiß (ausgeschieden)",
         "Jürgen Weiß [inaktiv]"],
        ["Jürgen Groß"],
        id="german",
    ),
    pytest.param(
        ["Chloé Petit", "Chloé Petit (partie)", "zz_Chloé Petit", "Petit, Chloé (inactif)"],
        ["Chloé Grand"],
        id="french",
    ),
]  # fmt: skip


def sold(names: list[str], often: int = 1) -> Rows:
    rows = [[f"O-{at}", "2026-03-01", "Alder", name, 100 * 2**at] for at, name in enumerate(names)]
    return [
        ORDERS,
        *rows,
        *([f"P-{at}", "2026-03-02", "Birch", names[0], 1] for at in range(often)),
    ]


def agree(store: Store) -> set[str]:
    """Confirm every question about people; return the names that were in question."""
    names = set()
    while asked := [one for one in name_review.name_suggestions(store) if one.kind == "rep"]:
        names |= {one.name for one in asked}
        name_review.answer_names(store, asked, accepted=True)
    return names


@pytest.mark.parametrize("listed", [False, True], ids=["no-list", "list"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("names", "others"), SPELLINGS)
def test_spellings_of_one_person_are_asked_about_and_become_one(
    store: Store, names: list[str], others: list[str], suffix: str, listed: bool
) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    brought(store, f"orders.{suffix}", made(sold([*names, *others])))
    if listed:
        register = [["Sales Rep", "Team"], *([name, "North"] for name in (names[0], *others))]
        brought(store, "reps.csv", as_csv(register))
    assert agree(store) == set(names[1:])
    sums = dict(store.rows("SELECT rep, sum(amount) FROM orders GROUP BY rep"))
    assert sums[names[0]] == 100 * (2 ** len(names) - 1) + 1
    assert set(sums) == {names[0], *others}


def test_without_a_plain_spelling_more_often_the_one_without_a_mark_is_right(store: Store) -> None:
    brought(store, "orders.csv", as_csv(sold(["张三（离职）", "张三"], often=5)))
    asked = name_review.name_suggestions(store)
    assert [(one.name, one.suggestion) for one in asked if one.kind == "rep"] == [
        ("张三（离职）", "张三")
    ]


TARGETS = [["月份", "销售", "目标"], ["2026-03", "马 超", 5000], ["2026-03", "李四", 700]]


def test_a_name_in_orders_and_targets_only_is_asked_about_and_joined(store: Store) -> None:
    brought(store, "orders.csv", as_csv(sold(["马超", "李四"])))
    brought(store, "targets.csv", as_csv(TARGETS))
    (question,) = [one for one in name_review.name_suggestions(store) if one.kind == "rep"]
    assert (question.name, question.suggestion) == ("马 超", "马超")
    name_review.answer_name(store, question, accepted=True)
    targets = "SELECT scope_value, target FROM targets ORDER BY target"
    assert store.rows(targets) == [("李四", Decimal(700)), ("马超", Decimal(5000))]
    # Also what comes later, and what was typed.
    brought(store, "april.csv", as_csv([TARGETS[0], ["2026-04", "马 超", 6000]]))
    assert ("马超", Decimal(6000)) in store.rows(targets)
    (said,) = name_review.answered(store)
    name_review.take_back(store, said)
    assert {name for name, _ in store.rows(targets)} == {"李四", "马 超"}


def test_a_target_of_a_team_is_no_persons(store: Store) -> None:
    brought(store, "orders.csv", as_csv(sold(["华东", "李四"])))
    rows = [["月份", "区域", "目标"], ["2026-03", "华 东", 5000]]
    brought(store, "targets.csv", as_csv(rows))
    assert [one for one in name_review.name_suggestions(store) if one.kind == "rep"] == []
    name_review.answer_name(store, NameQuestion("rep", "华 东", "华东", 100.0, 1), accepted=True)
    assert store.rows("SELECT scope_value FROM targets") == [("华 东",)]


def test_a_confirmed_name_holds_in_every_table(store: Store) -> None:
    files = {
        "orders.csv": sold(["马超", "李四"]),
        "targets.csv": TARGETS,
        "reps.csv": [["销售", "团队", "主管"], ["李四", "华东", "马 超"], ["马 超", "华东", None]],
        "activities.csv": [
            ["拜访编号", "拜访日期", "拜访类型", "客户", "负责人"],
            ["V1", "2026-03-02", "回访", "甲", "马 超"],
        ],
        "payments.csv": [
            ["回款编号", "回款日期", "客户", "负责人", "回款金额"],
            ["B1", "2026-03-02", "甲", "马 超", 100],
        ],
    }
    for name, rows in files.items():
        brought(store, name, as_csv(rows))
    name_review.answer_name(store, NameQuestion("rep", "马 超", "马超", 100.0, 1), accepted=True)
    plans.save_targets(store, date(2026, 5, 1), {("rep", "马 超"): Decimal(10)})
    for column, place in (
        ("rep", "orders"), ("scope_value", "targets"), ("rep", "reps"), ("manager", "reps"),
        ("rep", "activities"), ("rep", "payments"),
    ):  # fmt: skip
        names = {name for (name,) in store.rows(f'SELECT "{column}" FROM "{place}"')}
        assert "马超" in names, place
        assert "马 超" not in names, place
    assert set(plans.target_rows(store)["scope_value"]) == {"李四", "马超"}
