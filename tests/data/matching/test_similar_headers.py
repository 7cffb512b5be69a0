from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import memory
from data.matching.similar_headers import ENOUGH, likeness, moved, shape
from data.staging import saved_mappings
from data.staging.draft import Result
from data.store.database import Store
from data.values.header_text import short_shape
from tests.conftest import Files

Importing = Callable[[Files], list[Result]]
HEADER = ["Bestellung", "Tag", "Kunde X", "Umsatz Y", "Notiz"]
MAPPING = {"order_id": 0, "order_date": 1, "customer": 2, "amount": 3}


def _named(header: list[str], mapping: dict[str, int] | None) -> dict[str, str]:
    return {column: header[at] for column, at in (mapping or {}).items()}


@given(st.permutations(HEADER))
def test_columns_in_another_order_are_the_same_sheet(header: list[str]) -> None:
    assert likeness(shape(HEADER), shape(header)) == 1
    found = moved(shape(HEADER), shape(header), "orders", MAPPING)
    assert _named(header, found) == _named(HEADER, MAPPING)


@given(st.integers(0, 5), st.sampled_from(["Zusatz", "cf_9", "备注2"]))
def test_one_column_more_is_still_the_same_sheet(at: int, name: str) -> None:
    header = [*HEADER[:at], name, *HEADER[at:]]
    assert likeness(shape(HEADER), shape(header)) >= ENOUGH
    found = moved(shape(HEADER), shape(header), "orders", MAPPING)
    assert _named(header, found) == _named(HEADER, MAPPING)


def test_a_new_column_of_a_known_name_is_taken_and_one_left_out_before_is_not() -> None:
    kept = [*HEADER, "Sales rep"]
    header = [*kept, "Currency"]
    found = moved(shape(kept), shape(header), "orders", MAPPING)
    assert found == {**MAPPING, "currency": 6}


def test_a_column_less_is_the_same_sheet_unless_it_was_needed() -> None:
    assert moved(shape(HEADER), shape(HEADER[:4]), "orders", MAPPING) == MAPPING
    without_the_amount = [*HEADER[:3], HEADER[4]]
    assert moved(shape(HEADER), shape(without_the_amount), "orders", MAPPING) is None


@pytest.mark.parametrize(
    "header",
    [["a", "b", "c"], ["Bestellung", "Tag"], ["Bestellung", "Tag", "Kunde X", "u", "v", "w"], [""]],
)
def test_another_sheet_is_another_sheet(header: list[str]) -> None:
    assert likeness(shape(HEADER), shape(header)) < ENOUGH


def test_two_columns_of_one_name_keep_their_order() -> None:
    header = ["Tag", "Wert", "Wert"]
    found = moved(
        shape(header), shape(["Wert", "Wert", "Tag"]), "orders", {"order_date": 0, "amount": 2}
    )
    assert found == {"order_date": 2, "amount": 1}


def _confirm(store: Store, header: list[str], answers: str = '{"order_date": "ymd"}') -> None:
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO mappings VALUES (?, 'orders', ?, ?, current_localtimestamp())",
            [
                shape(header),
                '{"order_id": 0, "order_date": 1, "customer": 2, "amount": 3, "channel": 4}',
                answers,
            ],
        )


def test_a_store_remembers_a_sheet_whose_columns_moved(store: Store) -> None:
    _confirm(store, HEADER)
    header = random.Random(3).sample(HEADER, len(HEADER))
    found = saved_mappings.remembered(memory.readings(store), shape([*header, "Extra"]))
    assert found is not None and found.table == "orders"
    assert {c: header[at] for c, at in found.mapping.items()}["channel"] == "Notiz"
    assert found.answers == {"order_date": "ymd"}


def test_the_very_same_header_goes_before_one_that_is_like_it(store: Store) -> None:
    _confirm(store, HEADER)
    _confirm(store, [*HEADER, "Extra"], "{}")
    found = saved_mappings.remembered(memory.readings(store), shape([*HEADER, "Extra"]))
    assert found is not None and found.answers == {}


def test_what_was_kept_under_a_short_key_is_still_found(store: Store) -> None:
    _confirm(store, HEADER)
    with store.writing() as cursor:
        cursor.execute("UPDATE mappings SET shape = ?", [short_shape(shape(HEADER))])
    assert saved_mappings.remembered(memory.readings(store), shape(HEADER)) is not None
    assert saved_mappings.remembered(memory.readings(store), shape(HEADER[::-1])) is None


def test_a_file_whose_columns_moved_comes_in_as_before(importing: Importing, store: Store) -> None:
    rows = "B1,2026-03-01,Ann,10.5\nB2,2026-03-30,Bo,20.25\n"
    importing({"orders.csv": "order no,order date,client,sales\n" + rows})
    ((kept,),) = store.rows("SELECT shape FROM mappings")
    assert kept == shape(["order no", "order date", "client", "sales"])
    found = saved_mappings.remembered(
        memory.readings(store), shape(["sales", "order no", "order date", "client", "memo"])
    )
    assert found is not None
    assert found.mapping == {"amount": 0, "order_id": 1, "order_date": 2, "customer": 3}


def test_names_used_before_are_known_when_there_is_no_register(
    importing: Importing, store: Store
) -> None:
    importing({"orders.csv": "order no,order date,client,sales,region\nB1,2026-03-01,Ann,9,Nord\n"})
    known = memory.known_names(store)
    assert known["customers"] == {"Ann"}
    assert known["region"] == {"Nord"}
    assert known["products"] == set()
