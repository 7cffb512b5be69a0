"""One person under two names with a target under each: rows of one list add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.facts import name_review
from data.facts.name_review import NameQuestion
from data.ingest import history
from data.staging.draft import KEPT
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

ZH = ["月份", "销售", "目标"]
EN = ["Month", "Sales Rep", "Target"]
# | the list | the second name | the first one | the targets of the one person by month
TWO_ROWS = [
    pytest.param(
        [ZH, ["2026-03", "马 超", 5000], ["2026-03", "马超", 700], ["2026-03", "李四", 90]],
        "马 超", "马超", {"2026-03": 5700}, id="spaced",
    ),
    pytest.param(
        [ZH, ["2026-03", "张三", 1000], ["2026-03", "张三（离职）", 200],
         ["2026-04", "张三", 1500]],
        "张三（离职）", "张三", {"2026-03": 1200, "2026-04": 1500}, id="has-left",
    ),
    pytest.param(
        [EN, ["2026-03", "Ann Vale (inactive)", "1,000.50"], ["2026-03", "Ann Vale", "250.25"]],
        "Ann Vale (inactive)", "Ann Vale", {"2026-03": "1250.75"}, id="english",
    ),
    pytest.param(
        [EN, ["2026-01", "Petit, Chloé", 100],
         ["2026-02", "Petit, Chloé", 200], ["2026-01", "Chloé Petit", 30],
         ["2026-02", "Chloé Petit", 40], ["2026-02", "Luc Grand", 1]],
        "Petit, Chloé", "Chloé Petit", {"2026-01": 130, "2026-02": 240}, id="french",
    ),
    pytest.param(
        [EN, ["2026-03", "Weiß, Jürgen", "1.000,00"],
         ["2026-03", "Jürgen Weiß", "2.500,50"]],
        "Weiß, Jürgen", "Jürgen Weiß", {"2026-03": "3500.5"}, id="german",
    ),
    pytest.param(
        [[*EN, "Metric"], ["2026-03", "Bo Reed (left)", 8, "visits"],
         ["2026-03", "Bo Reed", 12, "visits"]],
        "Bo Reed (left)", "Bo Reed", {"2026-03": 20}, id="visits",
    ),
    # A grade of 90 and one of 80 are no grade of 170.
    pytest.param(
        [[*EN, "Metric"], ["2026-03", "Bo Reed (left)", 90, "satisfaction"],
         ["2026-03", "Bo Reed", 80, "satisfaction"]],
        "Bo Reed (left)", "Bo Reed", {"2026-03": 80}, id="no-sum-of-grades",
    ),
]  # fmt: skip


def targets(store: Store, name: str) -> dict[str, Decimal]:
    rows = store.rows("SELECT period, target FROM targets WHERE scope_value = ?", [name])
    by_month = dict(rows)
    assert len(by_month) == len(rows)
    return by_month


def confirm(store: Store, name: str, right: str) -> None:
    name_review.answer_name(store, NameQuestion("rep", name, right, 100.0, 1), accepted=True)


@pytest.mark.parametrize("decided", ["before", "after"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "name", "right", "sums"), TWO_ROWS)
def test_targets_of_two_names_of_one_person_in_one_list_add_up(
    store: Store, rows: Rows, name: str, right: str, sums: dict[str, object], suffix: str,
    decided: str,
) -> None:  # fmt: skip
    made = as_xlsx if suffix == "xlsx" else as_csv
    if decided == "before":
        confirm(store, name, right)
    result = brought(store, f"targets.{suffix}", made(rows))
    assert (result.table, result.left_out) == ("targets", {})
    apart = targets(store, right)
    if decided == "after":
        confirm(store, name, right)
    whole = {month: Decimal(str(value)) for month, value in sums.items()}
    assert targets(store, right) == whole
    assert targets(store, name) == {}
    # Taking the decision back parts them, and taking it again joins them.
    (decision,) = [one for one in name_review.answered(store) if one.name == name]
    name_review.take_back(store, decision)
    if decided == "after":
        assert targets(store, right) == apart
    assert set(targets(store, name)) <= set(whole)
    assert targets(store, name)
    confirm(store, name, right)
    assert targets(store, right) == whole


LIST = [ZH, ["2026-03", "张三", 1000], ["2026-03", "张三（离职）", 200], ["2026-03", "李四", 5]]
NEWER = [ZH, ["2026-03", "张三（离职）", 300], ["2026-03", "李四", 6]]


@pytest.mark.parametrize("decided", ["before", "between", "after"])
def test_across_lists_the_newest_counts_and_undo_brings_the_sum_back(
    store: Store, decided: str
) -> None:
    if decided == "before":
        confirm(store, "张三（离职）", "张三")
    brought(store, "a.csv", as_csv(LIST))
    if decided == "between":
        confirm(store, "张三（离职）", "张三")
    # While they are two people, the one that the newer list lacks is asked about.
    newer = brought(store, "b.csv", as_csv(NEWER), {"scope_value/gone": KEPT})
    if decided == "after":
        confirm(store, "张三（离职）", "张三")
    assert targets(store, "张三") == {"2026-03": 300}
    assert newer.import_id is not None
    history.take_back(store, newer.import_id)
    assert targets(store, "张三") == {"2026-03": 1200}
    assert targets(store, "李四") == {"2026-03": 5}
    again = brought(store, "b.csv", as_csv(NEWER))
    assert again.landed is not None
    assert (again.landed.new, again.landed.changed) == (0, 2)
    assert targets(store, "张三") == {"2026-03": 300}


def test_the_same_list_again_changes_nothing(store: Store) -> None:
    confirm(store, "张三（离职）", "张三")
    brought(store, "a.csv", as_csv(LIST))
    again = brought(store, "a.csv", as_csv(LIST))
    assert again.error is not None
    assert again.error.code == "already_imported"
    other_file = brought(store, "b.csv", as_csv([*LIST, ["2026-04", "李四", 7]]))
    assert other_file.landed is not None
    assert (other_file.landed.new, other_file.landed.changed, other_file.landed.same) == (1, 0, 2)
    assert targets(store, "张三") == {"2026-03": 1200}


def test_targets_in_two_currencies_are_not_added(store: Store) -> None:
    rows = [
        [*EN, "Currency"],
        ["2026-03", "Ann Vale (left)", 1000, "USD"],
        ["2026-03", "Ann Vale", 500, "EUR"],
    ]
    brought(store, "targets.csv", as_csv(rows))
    confirm(store, "Ann Vale (left)", "Ann Vale")
    assert store.rows("SELECT target, currency FROM targets") == [(Decimal(500), "EUR")]
