"""A rep who changes teams: what was sold before stays with the team of that time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from analytics.actuals import actual, teams
from analytics.pipeline import losses
from data.store.database import Store
from domain.scope import Scope
from pages.kit.queries.compile import compile_query
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = [
    ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"],
    ["O-1", "2026-02-10", "Alder", "Ann Vale", 100],
    ["O-2", "2026-03-10", "Birch", "Ann Vale", 200],
    ["O-3", "2026-03-11", "Cedar", "Bo Reed", 400],
]
MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)
ZH = ["姓名", "团队", "调入日期"]

# The register, as different systems write it.
MOVED = [
    pytest.param(
        [["Sales Rep", "Team", "Start Date", "End Date"],
         ["Ann Vale", "North", "2025-01-01", "2026-02-28"],
         ["Ann Vale", "South", "2026-03-01", None],
         ["Bo Reed", "North", "2025-01-01", None]],
        id="start-and-end",
    ),
    pytest.param(
        [["Sales Rep", "Team", "From"], ["Ann Vale", "South", "2026-03-01"],
         ["Ann Vale", "North", None], ["Bo Reed", "North", None]],
        id="from-newest-first",
    ),
    pytest.param(
        [["Name", "Team", "Effective Date", "Manager"], ["Ann Vale", "North", "2026-02-05", "Z"],
         ["Ann Vale", "South", "2026-03-01", "Z"], ["Bo Reed", "North", "2020-01-01", "Z"]],
        id="effective-date",
    ),
    pytest.param(
        [ZH, ["Ann Vale", "North", "2024-05-01"], ["Ann Vale", "West", "2026-04-01"],
         ["Ann Vale", "South", "2026-03-01"], ["Bo Reed", "North", "2024-05-01"]],
        id="chinese-three-stays",
    ),
    pytest.param(
        [["姓名", "团队", "入职日期", "生效日期"],
         ["Ann Vale", "North", "2020-05-01", "2020-05-01"],
         ["Ann Vale", "South", "2020-05-01", "2026-03-01"],
         ["Bo Reed", "North", "2021-01-01", "2021-01-01"]],
        id="hired-and-moved",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Valid from"], ["Ann Vale", "North", "2026-02-20"],
         ["Ann Vale", "South", "2026-03-01"], ["Bo Reed", "North", "2026-03-20"]],
        id="before-the-first-known-day",
    ),
    pytest.param(
        [["Sales Rep", "Team", "gültig ab"], ["Ann Vale", "North", "01.01.2025"],
         ["Ann Vale", "South", "01.03.2026"], ["Bo Reed", "North", "15.01.2025"]],
        id="german",
    ),
]  # fmt: skip


def by_team(store: Store, month: date, dimension: str = "team") -> dict[str | None, Decimal]:
    scope = Scope(month=month, as_of=date(2026, 3, 31), currency="CNY")
    found = store.frame(*compile_query(actual.by, scope, dimension, month, scope.end))
    return dict(zip(found[dimension], found["value"], strict=True))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("register", MOVED)
def test_past_months_keep_the_team_of_their_time(store: Store, register: Rows, suffix: str) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    brought(store, f"orders.{suffix}", made(ORDERS))
    result = brought(store, f"reps.{suffix}", made(register))
    assert result.table == "reps"
    assert result.left_out == {}
    assert by_team(store, FEBRUARY) == {"North": 100}
    assert by_team(store, MARCH) == {"South": 200, "North": 400}
    # A filter by team is by the team of the time as well.
    scope = Scope(month=MARCH, as_of=date(2026, 3, 31), currency="CNY").narrowed("team", "North")
    (whole,) = store.frame(*compile_query(actual.total, scope, MARCH, scope.end))["value"]
    assert whole == 400
    names = store.frame(*compile_query(actual.values, "orders", "team"))["team"]
    assert {"North", "South"} <= set(names)


@pytest.mark.parametrize("register", MOVED)
def test_a_target_is_of_the_team_at_the_end_of_its_month(store: Store, register: Rows) -> None:
    brought(store, "reps.csv", as_csv(register))
    rows = store.frame("SELECT rep, team, from_date FROM reps ORDER BY ALL")

    def held(day: date) -> dict[str, str]:
        people = teams.on(rows, day)
        return dict(zip(people["rep"], people["team"], strict=True))

    assert held(date(2026, 2, 28)) == {"Ann Vale": "North", "Bo Reed": "North"}
    assert held(date(2026, 3, 31)) == {"Ann Vale": "South", "Bo Reed": "North"}


def test_one_start_a_rep_is_the_day_of_hiring(store: Store) -> None:
    rows: Sequence[Sequence[object]] = [
        ["Sales Rep", "Team", "Start Date"],
        ["Ann Vale", "North", "2025-01-01"],
        ["Bo Reed", "North", "2026-03-20"],
    ]
    brought(store, "reps.csv", as_csv(rows))
    found = store.rows("SELECT rep, hire_date, from_date FROM reps ORDER BY rep")
    assert found == [("Ann Vale", date(2025, 1, 1), None), ("Bo Reed", date(2026, 3, 20), None)]


def test_the_same_register_again_changes_nothing_and_a_correction_does(store: Store) -> None:
    brought(store, "orders.csv", as_csv(ORDERS))
    register = [
        ["Sales Rep", "Team", "From"],
        ["Ann Vale", "North", "2025-01-01"],
        ["Ann Vale", "South", "2026-03-01"],
        ["Bo Reed", "North", "2025-01-01"],
    ]
    brought(store, "reps.csv", as_csv(register))
    register[2] = ["Ann Vale", "East", "2026-03-01"]
    result = brought(store, "reps2.csv", as_csv(register))
    assert result.landed is not None
    assert (result.landed.new, result.landed.changed, result.landed.same) == (0, 1, 2)
    assert by_team(store, MARCH) == {"East": 200, "North": 400}


def test_a_lost_deal_is_of_the_team_that_lost_it(store: Store) -> None:
    deals = [
        ["Deal ID", "Deal Name", "Sales Rep", "Stage", "Amount", "Close Date", "Lost Reason"],
        ["1", "Pump", "Ann Vale", "Closed Lost", 10, "2026-02-10", "Price"],
        ["2", "Valve", "Ann Vale", "Closed Lost", 20, "2026-03-10", "Price"],
    ]
    brought(store, "deals.csv", as_csv(deals))
    brought(store, "reps.csv", as_csv(MOVED[0].values[0]))  # type: ignore[arg-type]
    scope = Scope(month=MARCH, as_of=date(2026, 3, 31), currency="CNY").narrowed("team", "North")
    found = store.frame(*compile_query(losses._lost, scope, FEBRUARY, date(2026, 3, 31)))
    assert found["deal_id"].to_list() == ["1"]


def stays(*rows: Sequence[object]) -> Rows:
    return [["Sales Rep", "Team", "Start Date", "End Date"], *rows]


# | the register | Ann's team of 10 February | of 10 March
GAPS = [
    pytest.param(
        stays(["Ann Vale", "North", "2025-01-01", "2026-01-15"],
              ["Ann Vale", "South", "2026-03-01", None]),
        "North", "South", id="a-gap-is-of-the-stay-before",
    ),
    pytest.param(
        stays(["Ann Vale", "South", "2026-03-11", None],
              ["Ann Vale", "North", "2025-01-01", "2025-06-30"]),
        "North", "North", id="a-gap-newest-first",
    ),
    pytest.param(
        stays(["Ann Vale", "North", "2024-01-01", "2024-12-31"],
              ["Ann Vale", "South", "2025-01-01", "2025-12-31"]),
        "South", "South", id="after-the-last-end",
    ),
    pytest.param(
        stays(["Ann Vale", "North", "2025-01-01", "2025-06-30"],
              ["Ann Vale", "South", "2025-07-01", "2026-02-28"],
              ["Ann Vale", "West", "2026-03-10", None]),
        "South", "West", id="three-stays",
    ),
    pytest.param(
        [["姓名", "团队", "开始日期", "结束日期"], ["Ann Vale", "North", "2025/1/1", "2026/1/31"],
         ["Ann Vale", "South", "2026/3/1", ""]],
        "North", "South", id="chinese",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Valid from", "Valid to"],
         ["Ann Vale", "North", "2025-01-01", "2026-01-31"],
         ["Ann Vale", "South", "2026-03-01", "9999-12-31"]],
        "North", "South", id="valid-to",
    ),
    pytest.param(
        [["Sales Rep", "Team", "gültig ab", "gültig bis"],
         ["Ann Vale", "North", "15.01.2025", "31.01.2026"],
         ["Ann Vale", "South", "01.03.2026", ""]],
        "North", "South", id="german",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("register", "february", "march"), GAPS)
def test_days_between_two_stays_are_of_the_earlier_one_and_days_after_the_last_of_the_last(
    store: Store, register: Rows, february: str, march: str, suffix: str
) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    brought(store, f"orders.{suffix}", made(ORDERS[:3]))
    result = brought(store, f"reps.{suffix}", made(register))
    assert (result.table, result.left_out) == ("reps", {})
    assert by_team(store, FEBRUARY) == {february: 100}
    assert by_team(store, MARCH) == {march: 200}
