"""Which export can take whose open deals out, by system and by order of arrival."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.pipeline import changes, snapshots
from data.ingest import history
from data.staging import coverage
from data.staging.draft import Draft
from data.store.database import Store
from domain.scope import Scope
from pages.kit.queries.compile import compile_query
from tests.data.staging.test_coverage import export, ids
from tests.data.staging.test_replacement import TODAY, land, read, take

pytestmark = pytest.mark.usefixtures("inline")


def of_system(draft: Draft, system: str) -> Draft:
    assert draft.match
    return replace(draft, match=replace(draft.match, system=system))


# D3's file, of 9 March    all open deals, of 16 March     so D3
# zoho, before             zoho                            vanishes
# zoho, before             pipedrive                       stays: another system's
# zoho, after              zoho                            vanishes: the order is chance
# unknown, before          zoho                            vanishes: it was counted
# unknown, after           zoho                            stays: nobody had heard of it
# zoho, after              unknown                         stays: nobody had heard of it
@pytest.mark.parametrize(
    ("first", "theirs", "whose", "gone"),
    [
        (True, "zoho", "zoho", True),
        (True, "zoho", "pipedrive", False),
        (False, "zoho", "zoho", True),
        (True, "generic", "zoho", True),
        (False, "generic", "zoho", False),
        (False, "zoho", "generic", False),
    ],
    ids=["known", "another system", "same system later", "unknown before", "unknown after",
         "before an unknown"],
)  # fmt: skip
def test_an_export_takes_out_only_what_it_could_have_known(
    store: Store, first: bool, theirs: str, whose: str, gone: bool
) -> None:
    files = [
        ("商机_20260309.csv", (1, 2, 3, 4, 5), theirs),
        ("商机_20260316.csv", (1, 2, 4), whose),
    ]
    for name, numbers, system in files if first else files[::-1]:
        (draft,) = read(store, (name, export(*numbers)))
        draft = of_system(draft, system)
        found = coverage.covered(store, draft, TODAY)
        assert found
        if first and name == files[1][0]:
            # What is said before the import is what happens in it.
            assert found.missing == int(gone)
        (told,) = land(store, [replace(draft, coverage=replace(found, kind="all"))])
    assert told.landed and told.landed.gone == int(gone)
    assert ("D3" in ids(store)) is not gone


def test_two_systems_of_one_company_stand_beside_each_other(store: Store) -> None:
    for name, numbers, system in (
        ("商机_20260309.csv", (1, 2), "zoho"),
        ("商机_20260316.csv", (3, 4, 5), "pipedrive"),
        ("商机_20260318.csv", (1,), "zoho"),
    ):
        (draft,) = read(store, (name, export(*numbers)))
        draft = of_system(draft, system)
        found = coverage.covered(store, draft, TODAY)
        assert found
        land(store, [replace(draft, coverage=replace(found, kind="all"))])
    assert ids(store) == ["D1", "D3", "D4", "D5"]


def test_a_file_does_not_count_its_own_deals_among_those_known_before(store: Store) -> None:
    take(store, "商机_20260309.csv", export(1, 2, 3, 4, 5))
    drafts = read(store, ("商机_20260316.csv", export(1, 3)))
    # The page gives every draft back changed; the others still hold it as it was.
    changed = replace(drafts[0], as_of=date(2026, 3, 17))
    found = coverage.covered(store, changed, TODAY, drafts)
    assert found and (found.open_deals, found.missing) == (4, 2)


def test_a_vanished_deal_that_comes_back_is_no_new_one(store: Store) -> None:
    take(store, "商机_20260309.csv", export(1, 2, 3, 4))
    take(store, "商机_20260316.csv", export(1, 2, 4))
    assert ids(store) == ["D1", "D2", "D4"]
    lost = "商机编号,客户名称,商机阶段\nD3,丙公司,输单\n"
    (draft,) = read(store, ("商机_20260320.csv", lost))
    assert draft.coverage
    (told,) = land(store, [replace(draft, coverage=replace(draft.coverage, kind="none"))])
    assert told.landed
    assert (told.landed.new, told.landed.changed, told.landed.gone) == (0, 1, 0)
    # What the short file does not say of it is known from before.
    assert store.rows("SELECT status, amount::INT, rep FROM deals WHERE deal_id = 'D3'") == [
        ("lost", 300, "王芳")
    ]


def test_a_deal_without_any_day_gets_that_of_its_arrival(store: Store) -> None:
    take(store, "deals.csv", "Deal ID,Deal name,Stage,Amount\nA,Pump,Proposal,100\n")
    assert store.rows("SELECT as_of::VARCHAR FROM deals") == [("2026-03-20",)]
    assert store.rows("SELECT as_of::VARCHAR FROM imports") == [("2026-03-20",)]


@dataclass(frozen=True)
class Row:
    rep: str
    amount: int
    status: str
    expected: date


DAY = date(2026, 3, 2)
# With a column that tells two weeks apart in which nothing happened: they are two files.
HEADER = "商机编号,商机名称,负责人,商机阶段,商机金额,创建日期,预计成交日期,导出批次"
STAGES = {"open": "方案报价", "won": "赢单", "lost": "输单"}
Exports = list[tuple[date, str | None, dict[str, Row]]]


def courses(dice: random.Random) -> Exports:
    """A month of deals, and what is exported of them: everything, open ones, one person's."""
    world: dict[str, Row] = {}
    exports: Exports = []
    for week in range(6):
        day = DAY + timedelta(days=5 * week)
        for _ in range(5 if not week else 2):
            due = DAY + timedelta(days=dice.randint(0, 60))
            world[f"D{len(world)}"] = Row(
                dice.choice("甲乙丙"), 10 ** len(world) % 997, "open", due
            )
        for name, row in list(world.items()):
            match dice.randint(0, 9):
                case 0:
                    world[name] = replace(row, status=dice.choice(["won", "lost", "open"]))
                case 1:
                    world[name] = replace(row, rep=dice.choice("甲乙丙"))
                case 2:
                    world[name] = replace(row, amount=row.amount + 1000)
                case 3 if row.status == "open":
                    world[name] = replace(row, expected=row.expected + timedelta(days=20))
        hidden = {name for name in world if dice.random() < 0.1}
        seen = {name: row for name, row in world.items() if name not in hidden}
        rep = dice.choice([None, None, *"甲乙丙"])
        if dice.random() < 0.5:
            seen = {name: row for name, row in seen.items() if row.status == "open"}
        if rep:
            seen = {name: row for name, row in seen.items() if row.rep == rep}
        if seen:
            exports.append((day, rep, seen))
    return exports


def known_on(exports: Exports, day: date) -> dict[str, Row]:
    """The deals as known on a day, told by walking through the exports one after the other."""
    state: dict[str, Row] = {}
    for told, rep, seen in exports:
        if told <= day:
            gone = [
                name
                for name, row in state.items()
                if row.status == "open" and name not in seen and rep in (None, row.rep)
            ]
            state = {name: row for name, row in state.items() if name not in gone} | seen
    return state


def worth(state: dict[str, Row], window: tuple[date, date] | None) -> Decimal:
    return Decimal(
        sum(
            row.amount
            for row in state.values()
            if row.status == "open" and (window is None or window[0] <= row.expected <= window[1])
        )
    )


@pytest.mark.parametrize("seed", range(6))
def test_between_any_two_days_the_bars_lead_from_what_was_known_to_what_is(
    store: Store, seed: int
) -> None:
    dice = random.Random(seed)
    exports = courses(dice)
    for day, rep, seen in dice.sample(exports, len(exports)) if seed % 2 else exports:
        lines = [
            f"{name},项目{name},{row.rep},{STAGES[row.status]},{row.amount},2026-02-01,"
            f"{row.expected},w{day:%j}"
            for name, row in seen.items()
        ]
        (draft,) = read(store, (f"商机_{day:%Y%m%d}.csv", "\n".join([HEADER, *lines]) + "\n"))
        draft = of_system(draft, "fxiaoke")
        assert draft.coverage
        covers = coverage.chosen(draft.coverage, draft, "rep" if rep else "all", TODAY)
        (told,) = land(store, [replace(draft, coverage=covers)])
        assert told.landed, told.error
    days = sorted({day for day, _, _ in exports})
    march = (date(2026, 3, 1), date(2026, 3, 31))
    scope = Scope(month=march[0], as_of=days[-1], source="deals")
    for before, after in zip([days[0], *days], [days[-1], *days[1:]], strict=False):
        moving = store.frame(*compile_query(snapshots.moving, scope, before, after))
        for window in (None, march):
            found = changes.waterfall(changes.changes(moving, before, after, window))
            assert found.start == worth(known_on(exports, before), window)
            assert found.end == worth(known_on(exports, after), window)
            assert found.start + sum(found.bars["value"], Decimal(0)) == found.end
    # The newest day is the present: by the exports, by the walk and by the current table.
    here = store.rows("SELECT deal_id, rep, amount::INT, status, expected_close_date FROM deals")
    state = known_on(exports, days[-1])
    assert {name: (row.rep, row.amount, row.status) for name, row in state.items()} == {
        name: (rep, amount, status) for name, rep, amount, status, _ in here
    }
    now = "SELECT sum(amount) FROM deals WHERE status = 'open'"
    assert (store.rows(now)[0][0] or 0) == worth(state, None)
    # And back again: without its last import the store says what was known without it.
    last = store.rows("SELECT max(import_id) FROM imports")[0][0]
    gone = store.rows("SELECT as_of FROM imports WHERE import_id = ?", [last])[0][0]
    history.take_back(store, last)
    left = known_on([one for one in exports if one[0] != gone], days[-1])
    assert (store.rows(now)[0][0] or 0) == worth(left, None)
