from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.facts import name_review
from data.facts.name_review import NameQuestion
from data.staging.draft import Result
from data.store.database import Store
from tests.conftest import Files

Importing = Callable[[Files], list[Result]]
HEAD = "Order ID,Order Date,Customer,Sales rep,Amount\n"
ROWS = (
    "O1,2026-03-01,Acme,张伟,5",
    "O2,2026-03-02,Acme,张伟,5",
    "O3,2026-03-03,ACME Inc.,张 伟,5",
    "O4,2026-03-04,Contoso,Wei Zhang,5",
)
CUSTOMERS = "SELECT order_id, customer FROM orders ORDER BY order_id"


@pytest.fixture
def brought(importing: Importing, store: Store) -> Store:
    importing({"orders.csv": (HEAD + "\n".join(ROWS)).encode()})
    return store


def test_without_a_list_the_name_written_more_often_is_suggested(brought: Store) -> None:
    found = [
        (one.kind, one.name, one.suggestion, one.rows, one.listed)
        for one in name_review.name_suggestions(brought)
    ]
    assert found == [
        ("rep", "张 伟", "张伟", 1, False),
        ("customer", "ACME Inc.", "Acme", 1, False),
    ]


def test_several_are_answered_at_once_and_each_is_taken_back_alone(brought: Store) -> None:
    before = brought.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL")
    asked = name_review.name_suggestions(brought)
    name_review.answer_names(brought, asked, accepted=True)
    assert name_review.name_suggestions(brought) == []
    assert {one.name for one in name_review.answered(brought)} == {"张 伟", "ACME Inc."}
    for one in name_review.answered(brought):
        name_review.take_back(brought, one)
    assert brought.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL") == before
    assert name_review.answered(brought) == []
    assert name_review.name_suggestions(brought) == asked


def test_a_refusal_is_kept_and_can_be_taken_back(brought: Store) -> None:
    (rep, customer) = name_review.name_suggestions(brought)
    name_review.answer_name(brought, customer, accepted=False)
    assert name_review.name_suggestions(brought) == [rep]
    (said,) = name_review.answered(brought)
    assert (said.name, said.canonical, said.accepted) == ("ACME Inc.", "Acme", False)
    name_review.take_back(brought, said)
    assert name_review.name_suggestions(brought) == [rep, customer]


def test_names_follow_the_name_they_were_read_as(brought: Store) -> None:
    asked = NameQuestion("customer", "ACME Inc.", "Acme", 98.0, 1)
    name_review.answer_name(brought, asked, accepted=True)
    further = replace(asked, name="Acme", suggestion="Contoso")
    name_review.answer_name(brought, further, accepted=True)
    assert {name for _, name in brought.rows(CUSTOMERS)} == {"Contoso"}
    # And what is read as another already leads to that one.
    name_review.answer_name(
        brought, replace(asked, name="Contoso", suggestion="Acme"), accepted=True
    )
    assert {name for _, name in brought.rows(CUSTOMERS)} == {"Contoso"}
