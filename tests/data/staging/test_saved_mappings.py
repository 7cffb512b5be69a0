from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from data.facts import decisions, memory, name_review
from data.facts.name_review import NameQuestion
from data.ingest import history
from data.staging import saved_mappings
from data.staging.draft import Result
from data.store.database import Store
from tests.conftest import Files
from tests.data import files

Importing = Callable[[Files], list[Result]]
PRODUCTS = "SELECT order_id, product FROM orders ORDER BY ALL"


@pytest.fixture
def asked(importing: Importing, store: Store) -> NameQuestion:
    importing({"products.csv": files.REGISTER, "orders.csv": files.MISSPELT})
    (question,) = name_review.name_suggestions(store)
    return question


def test_a_name_that_nearly_matches_is_asked_about(asked: NameQuestion) -> None:
    assert (asked.kind, asked.name, asked.suggestion, asked.rows) == (
        "product",
        "GTXPro",
        "GTX Pro",
        1,
    )


def test_an_accepted_name_renames_the_current_state_only(store: Store, asked: NameQuestion) -> None:
    name_review.answer_name(store, asked, accepted=True)
    assert store.rows(PRODUCTS) == [("O1", "GTX Pro"), ("O2", "GTX Pro")]
    assert store.rows("SELECT product FROM fact_orders ORDER BY row_no") == [
        ("GTXPro",),
        ("GTX Pro",),
    ]
    assert name_review.name_suggestions(store) == []
    assert store.versions().facts == 2


def test_an_answer_can_be_taken_back(store: Store, asked: NameQuestion) -> None:
    before = store.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL")
    name_review.answer_name(store, asked, accepted=True)
    name_review.answer_name(store, asked, accepted=False)
    assert store.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL") == before


def test_a_refused_name_is_not_asked_about_again(store: Store, asked: NameQuestion) -> None:
    name_review.answer_name(store, asked, accepted=False)
    assert name_review.name_suggestions(store) == []
    assert store.rows(PRODUCTS)[0] == ("O1", "GTXPro")


def test_a_name_has_one_answer_at_a_time(store: Store, asked: NameQuestion) -> None:
    name_review.answer_name(store, asked, accepted=True)
    name_review.answer_name(store, replace(asked, suggestion="Valve B"), accepted=True)
    assert store.rows(PRODUCTS)[0] == ("O1", "Valve B")
    assert store.rows("SELECT count(*) FROM aliases") == [(1,)]


def test_new_imports_are_renamed_on_arrival(
    importing: Importing, store: Store, asked: NameQuestion
) -> None:
    name_review.answer_name(store, asked, accepted=True)
    importing({"next.csv": files.MISSPELT.replace("O1,1,2026-03-02", "O8,1,2026-03-03")})
    assert ("O8", "GTX Pro") in store.rows(PRODUCTS)
    assert store.rows("SELECT count(*) FROM fact_orders WHERE product = 'GTXPro'") == [(2,)]


def test_undo_after_a_rename_leaves_the_agreed_names(
    importing: Importing, store: Store, asked: NameQuestion
) -> None:
    name_review.answer_name(store, asked, accepted=True)
    before = store.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL")
    (later,) = importing({"next.csv": files.MISSPELT.replace("100.00", "1.00")})
    history.take_back(store, later.import_id or 0)
    assert store.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL") == before


def rename(store: Store, kind: str, name: str, canonical: str, accepted: bool) -> None:
    with store.writing("facts") as cursor:
        decisions.decide_name(cursor, kind, name, canonical, accepted)


def test_shares_of_two_names_for_one_person_still_add_up(
    importing: Importing, store: Store
) -> None:
    (told,) = importing({"shared.csv": files.SHARED})
    before = store.rows("SELECT * EXCLUDE (alone) FROM credits ORDER BY ALL")
    rename(store, "rep", "王芳", "李雷", True)
    shares = "SELECT order_id, rep, sum(share), count(*) FROM credits GROUP BY ALL"
    assert store.rows(shares) == [("O1", "李雷", Decimal(1), 2)]
    (again,) = importing({"again.csv": files.SHARED + "\n"})
    assert store.rows(shares) == [("O1", "李雷", Decimal(1), 2)]
    history.take_back(store, again.import_id or 0)
    assert store.rows(shares) == [("O1", "李雷", Decimal(1), 2)]
    rename(store, "rep", "王芳", "李雷", False)
    assert store.rows("SELECT * EXCLUDE (alone) FROM credits ORDER BY ALL") == before
    rename(store, "rep", "王芳", "李雷", True)
    history.take_back(store, told.import_id or 0)
    assert store.rows(shares) == []


def test_a_name_that_is_part_of_a_key_can_be_renamed_and_taken_back(
    importing: Importing, store: Store
) -> None:
    answers = "Survey date,Customer,Sales rep,Score\n2026-03-01,甲,李雷,5\n2026-03-01,甲,李 雷,3\n"
    importing({"satisfaction.csv": answers})
    before = store.rows("SELECT * EXCLUDE (alone) FROM satisfaction ORDER BY ALL")
    assert len(before) == 2
    rename(store, "rep", "李 雷", "李雷", True)
    assert store.rows("SELECT rep, score FROM satisfaction") == [("李雷", Decimal(3))]
    rename(store, "rep", "李 雷", "李雷", False)
    assert store.rows("SELECT * EXCLUDE (alone) FROM satisfaction ORDER BY ALL") == before


def test_what_was_confirmed_for_a_header_is_remembered(importing: Importing, store: Store) -> None:
    importing({"orders.csv": files.ORDERS})
    ((shape,),) = store.rows("SELECT shape FROM mappings")
    found = saved_mappings.remembered(memory.readings(store), shape)
    assert found is not None
    assert (found.table, found.mapping["amount"]) == ("orders", 6)
    assert saved_mappings.remembered(memory.readings(store), "another shape") is None
