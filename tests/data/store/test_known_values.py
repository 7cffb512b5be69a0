"""The names that the data know, of one query for many columns as of one for each."""

from __future__ import annotations

import pytest

from data.store import known_values
from data.store.database import Store
from tests.data.reports.imported import as_csv, brought

pytestmark = pytest.mark.usefixtures("inline")

WANTED = {
    "rep": ("rep", ("orders", "deals")),
    "people": ("rep", ("reps",)),
    "region": ("region", ("orders", "customers", "reps")),
    "product": ("product", ("products", "orders", "deals")),
}


def imported(store: Store) -> None:
    orders = [["Order ID", "Order Date", "Sales Rep", "Region", "Product", "Amount"]]
    rows = [("Ann", "North", "Paint"), ("Bo", "North", ""), ("Ann", "", "Tools"), ("Cy", "", "")]
    orders += [[f"S{at}", "2026-03-02", *row, "10"] for at, row in enumerate(rows)]
    brought(store, "orders.csv", as_csv(orders))
    people = [["Name", "Team", "Region"], ["Ann", "A", "North"], ["Dee", "B", "South"]]
    brought(store, "people.csv", as_csv(people))


@pytest.mark.parametrize("most", [1, 2, 20_000])
def test_one_query_gives_what_one_for_each_column_gives(store: Store, most: int) -> None:
    assert known_values.used_of(store, WANTED, most) == dict.fromkeys(WANTED, frozenset())
    imported(store)
    alone = {
        name: frozenset(known_values.used(store, column, tables, most))
        for name, (column, tables) in WANTED.items()
    }
    assert known_values.used_of(store, WANTED, most) == alone
    assert len(alone["region"]) == min(2, most)
