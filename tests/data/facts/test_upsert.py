from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.facts import decisions, undo, upsert
from data.facts.canonical_names import NAMED, REGISTERS
from data.store import database as stores
from data.store.database import Store

Row = tuple[str, str, int]  # key, product, amount or day of the snapshot
Step = tuple[str, list[Row]] | tuple[str, int] | tuple[str, str, str, bool]

rows = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("PQR"), st.integers(1, 9)),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[0],
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("land"), rows),
        st.tuples(st.just("undo"), st.integers(1, 6)),
        st.tuples(
            st.just("name"), st.sampled_from("PQ"), st.sampled_from("QR"), st.booleans()
        ).filter(lambda step: step[1] != step[2]),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    stores.opened(path).close()
    return path


@pytest.fixture(scope="module")
def emptied(empty: Path) -> Iterator[Store]:
    """One store for all examples; each begins by emptying what landing writes."""
    path = empty.with_name("work.duckdb")
    shutil.copy2(empty, path)
    store = stores.opened(path)
    yield store
    store.close()


def clear(store: Store) -> None:
    with store.writing() as cursor:
        for name in ("orders", "past_orders", "credits", "past_credits", "deals", "past_deals"):
            cursor.execute(f'DELETE FROM "{name}"')
        cursor.execute("DELETE FROM imports")
        cursor.execute("DELETE FROM aliases")


def typed(name: str, brought: list[Row]) -> pa.Table:
    keys, products, numbers = zip(*brought, strict=True)
    common = {"product": list(products), "row": list(range(1, len(brought) + 1))}
    if name == "orders":
        amounts = pa.array([Decimal(n) for n in numbers], pa.decimal128(18, 4))
        lines = ["1"] * len(brought)
        return pa.table({"order_id": list(keys), "line_no": lines, "amount": amounts, **common})
    days = [date(2026, 3, 1) + timedelta(n) for n in numbers]
    return pa.table({"deal_id": list(keys), "as_of": days, **common})


def land(store: Store, number: int, name: str, brought: list[Row]) -> upsert.Landed:
    with store.writing("facts") as cursor:
        landed = upsert.land(cursor, number, name, typed(name, brought))
        note(cursor, number, name)
    return landed


def note(cursor: duckdb.DuckDBPyConnection, number: int, name: str) -> None:
    """An import among the imports."""
    cursor.execute(
        "INSERT INTO imports VALUES (?, 'j', 'f', '', 'c', ?, 's', NULL, NULL, '{}', '{}', "
        "0, 0, 0, 0, 0, '{}', '{}', 0, 'active', current_localtimestamp(), NULL, NULL, NULL, NULL)",
        [number, name],
    )


def expected(
    name: str, standing: dict[int, list[Row]], names: dict[str, str]
) -> set[tuple[str, str, int, int]]:
    """The current state by its definition: for each key, the latest row that stands."""
    latest: dict[str, tuple[tuple[int, int], tuple[str, str, int, int]]] = {}
    for number, brought in standing.items():
        for key, product, value in brought:
            rank = (value if name == "deals" else 0, number)
            state = (key, names.get(product, product), value, number)
            if key not in latest or rank > latest[key][0]:
                latest[key] = (rank, state)
    return {state for _, state in latest.values()}


def current(store: Store, name: str) -> list[tuple[str, str, int, int]]:
    value = {
        "orders": "order_id, product, amount::INT",
        "deals": "deal_id, product, (as_of - DATE '2026-03-01')::INT",
    }
    return store.rows(f"SELECT {value[name]}, import_id FROM {name}")


def facts(store: Store, name: str) -> list[tuple[str, str, int, int]]:
    value = {"orders": "amount::INT", "deals": "(as_of - DATE '2026-03-01')::INT"}[name]
    key = {"orders": "order_id", "deals": "deal_id"}[name]
    return store.rows(f"SELECT {key}, product, {value}, import_id FROM fact_{name}")


@pytest.mark.parametrize("name", ["orders", "deals"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_the_current_state_is_the_latest_row_that_stands_after_any_course(
    emptied: Store, name: str, steps: list[Step]
) -> None:
    clear(emptied)
    standing: dict[int, list[Row]] = {}
    accepted_ever: list[tuple[str, str, int, int]] = []
    names: dict[str, str] = {}
    number = 0
    for step in steps:
        match step:
            case ("land", list(brought)):
                number += 1
                standing[number] = brought
                accepted_ever += [(*row, number) for row in brought]
                before = len(current(emptied, name))
                landed = land(emptied, number, name, brought)
                assert landed.new + landed.changed + landed.same == len(brought)
                assert len(current(emptied, name)) == before + landed.new
            case ("undo", int(undone)) if undone in standing:
                del standing[undone]
                with emptied.writing("facts") as cursor:
                    undo.undo(cursor, undone, (name,))
            case ("name", str(one), str(other), bool(accepted)):
                if accepted:
                    names[one] = other
                elif names.get(one) == other:
                    del names[one]
                with emptied.writing("facts") as cursor:
                    decisions.decide_name(cursor, "product", one, other, accepted)
        found = current(emptied, name)
        assert len(found) == len(set(found))
        assert set(found) == expected(name, standing, names)
        # Nothing that was ever accepted is lost, doubled or read differently in the facts.
        assert sorted(facts(emptied, name)) == sorted(accepted_ever)


# More than the engine keeps in one group of rows, where it has its own ways.
MANY = 130_000


def many(store: Store, amount: int, **more: str) -> int:
    """An import of so many order lines, each of one amount; gives its number."""
    columns = {
        "order_id": pa.array([str(at) for at in range(MANY)]),
        "line_no": pa.array(["1"] * MANY),
        "amount": pa.array([Decimal(amount)] * MANY, pa.decimal128(18, 4)),
        **{name: pa.array([value] * MANY) for name, value in more.items()},
        "row": pa.array(range(MANY), pa.int64()),
    }
    with store.writing("facts") as cursor:
        ((number,),) = cursor.execute("SELECT count(*) + 1 FROM imports").fetchall()
        note(cursor, number, "orders")
        upsert.land(cursor, number, "orders", pa.table(columns))
    return int(number)


def standing(store: Store) -> list[tuple[int, Decimal | None, int]]:
    """How many lines stand, their sum, and how many of them have a product "P"."""
    asked = "SELECT count(*), sum(amount), count(*) FILTER (product = 'P') FROM orders"
    return store.rows(asked)


def test_a_large_import_is_undone_whole(store: Store) -> None:
    number = many(store, 1)
    with store.writing("facts") as cursor:
        undo.undo(cursor, number, ["orders"])
    assert standing(store) == [(0, None, 0)]


def test_a_large_import_over_another_is_undone_to_what_stood_before(store: Store) -> None:
    many(store, 1, product="P")
    number = many(store, 2, product="Q")
    assert standing(store) == [(MANY, Decimal(2 * MANY), 0)]
    with store.writing("facts") as cursor:
        undo.undo(cursor, number, ["orders"])
    assert standing(store) == [(MANY, Decimal(MANY), MANY)]


def test_a_large_import_that_lacks_a_column_changes_the_others(store: Store) -> None:
    many(store, 1, product="P")
    many(store, 2)
    assert standing(store) == [(MANY, Decimal(2 * MANY), MANY)]


def test_a_name_that_many_rows_have_is_read_as_another(store: Store) -> None:
    many(store, 1, product="p")
    with store.writing("facts") as cursor:
        decisions.decide_name(cursor, "product", "p", "P", True)
    assert standing(store) == [(MANY, Decimal(MANY), MANY)]


def test_a_blank_part_of_a_key_equals_a_blank_part(store: Store) -> None:
    def due(amount: int) -> pa.Table:
        money = pa.array([Decimal(amount)], pa.decimal128(18, 4))
        return pa.table(
            {"order_id": ["O1"], "due_date": [date(2026, 3, 1)], "amount": money, "row": [1]}
        )

    with store.writing("facts") as cursor:
        first = upsert.land(cursor, 1, "receivables", due(1))
        second = upsert.land(cursor, 2, "receivables", due(2))
    assert (first.new, second.changed) == (1, 1)
    assert store.rows("SELECT contract_id, amount FROM receivables") == [(None, Decimal(2))]


@pytest.mark.parametrize("kind", sorted(NAMED))
def test_every_column_that_holds_names_exists(kind: str, store: Store) -> None:
    column = kind
    for place in NAMED[kind]:
        assert store.rows(f'SELECT "{column}" FROM "{place}"') == []
    assert store.rows(f'SELECT "{kind}" FROM "{REGISTERS[kind]}"') == []
