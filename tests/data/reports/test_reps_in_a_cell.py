"""Orders with several reps in one cell: shared as it says, asked about, or one name."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of
from tests.data.reports.test_second_reps import CHINESE, ENGLISH, GERMAN, credits_of, sheet

pytestmark = pytest.mark.usefixtures("inline")


def reps_of(store: Store) -> list[str]:
    return [rep for (rep,) in store.rows("SELECT rep FROM orders ORDER BY order_id")]


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ([*ENGLISH, "Sales Rep"], "Ann 60%, Bo 40%"),
        ([*ENGLISH, "Sales Reps"], "Ann (60%) / Bo (40%)"),
        ([*ENGLISH, "Owner"], "Ann: 0.6; Bo: 0.4"),
        ([*CHINESE, "业务员"], "Ann60%、Bo40%"),
        ([*CHINESE, "负责人"], "Ann：60；Bo：40"),
        ([*CHINESE, "业务员"], "Ann60/Bo40"),
        ([*CHINESE, "业务员"], "Ann(60%) Bo(40%)"),
        ([*GERMAN, "Verkäufer"], "Ann 60 % + Bo 40 %"),
    ],
)
def test_shares_in_the_cell_are_those_of_the_order(
    store: Store, header: list[str], cell: str, write: object
) -> None:
    name = "orders.csv" if write is as_csv else "orders.xlsx"
    content = write(sheet(header, [cell], ["Ann"], ["Cy"]))  # type: ignore[operator]
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == []
    assert draft.sheet and [note.code for note in draft.sheet.notes] == ["credit_shared"]
    assert brought(store, name, content).error is None
    assert credits_of(store) == {("S0", "Ann"): 0.6, ("S0", "Bo"): 0.4}
    assert reps_of(store) == ["Ann", "Ann", "Cy"]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ([*ENGLISH, "Sales Rep"], "Ann / Bo"),
        ([*ENGLISH, "Sales Rep"], "Ann & Bo"),
        ([*ENGLISH, "Owner"], "Ann and Bo"),
        ([*CHINESE, "业务员"], "Ann、Bo"),
        ([*CHINESE, "销售"], "Ann和Bo"),
        ([*GERMAN, "Verkäufer"], "Ann und Bo"),
    ],
)
@pytest.mark.parametrize(
    ("answer", "credits"),
    [("÷ ", {("S0", "Ann"): 0.5, ("S0", "Bo"): 0.5}), ("1. ", {})],
)
def test_two_people_without_shares_are_asked_about(
    store: Store, header: list[str], cell: str, answer: str, credits: dict[tuple[str, str], float]
) -> None:
    content = as_csv(sheet(header, [cell], ["Ann"], ["Bo"]))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == ["split_credit/column"]
    answers = {"split_credit/column": f"{answer}{header[-1]}"}
    assert brought(store, "orders.csv", content, answers).error is None
    assert credits_of(store) == credits
    assert reps_of(store) == ["Ann", "Ann", "Bo"]


@pytest.mark.parametrize("cell", ["Ann/Di", "Ann、Di", "Ann + Di"])
def test_one_known_name_of_a_cell_is_enough_to_ask(store: Store, cell: str) -> None:
    content = as_csv(sheet([*ENGLISH, "Sales Rep"], [cell], ["Ann"], ["Bo"]))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == ["split_credit/column"]


def test_shares_that_make_no_whole_leave_the_order_to_the_first_and_are_told(store: Store) -> None:
    content = as_csv(sheet([*ENGLISH, "Sales Rep"], ["Ann 50%, Bo 40%"], ["Ann"], ["Bo"]))
    result = brought(store, "orders.csv", content)
    assert [problem.column for problem in result.problems] == ["split_credit"]
    assert (credits_of(store), reps_of(store)) == ({}, ["Ann", "Ann", "Bo"])


def test_whoever_is_known_from_an_earlier_file_is_a_person_of_a_cell(store: Store) -> None:
    before = as_csv(sheet([*ENGLISH, "Sales Rep"], ["Ann"], ["Bo"], ["Cy"]))
    assert brought(store, "orders.csv", before).error is None
    later = as_csv([
        [*ENGLISH, "Sales Rep"], ["T1", "2026-11-12", 300, "Ann / Bo / Cy"],
    ])  # fmt: skip
    (draft,) = drafts_of(store, "later.csv", later)
    assert "split_credit/column" in asked(store, draft)
    answers = {"split_credit/column": "÷ Sales Rep"}
    assert brought(store, "later.csv", later, answers).error is None
    shares = {rep: share for (order, rep), share in credits_of(store).items() if order == "T1"}
    assert shares == {"Ann": 0.3334, "Bo": 0.3333, "Cy": 0.3333}


@pytest.mark.parametrize(
    "cells",
    [["Lind, Bo", "Vale, Ann"], ["East/West", "North"], ["Ann-Bo", "Ann", "Bo"], ["A & B Ltd", "A"],
     ["Rep 1", "Rep 2"], ["Team 1/Group 2", "Team 3"], ["Lind, Bo", "Lind"]],
)  # fmt: skip
def test_one_name_stays_one(store: Store, cells: list[str]) -> None:
    content = as_csv(sheet([*ENGLISH, "Sales Rep"], *([cell] for cell in cells)))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == []
    assert brought(store, "orders.csv", content).error is None
    assert reps_of(store) == cells
