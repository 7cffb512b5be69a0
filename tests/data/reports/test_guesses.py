"""An id or a rank is no amount; a guess for a needed column waits until it is confirmed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.matching.recognise import recognise
from data.staging.choices import NONE
from data.store.database import Store
from tests.data.reports.imported import as_csv, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

DAYS = [f"2026-03-{day:02}" for day in range(2, 10)]
NAMES = ["Alder", "Birch", "Cedar", "Dorn", "Elm", "Fir", "Gum", "Hazel"]

# | header | cells
NO_FIGURES = [
    ("Rank", ["3", "1", "2", "5", "4", "8", "6", "7"]),
    ("排名", ["3", "1", "2", "5", "4", "8", "6", "7"]),
    ("客户编号", ["204", "118", "377", "204", "560", "118", "931", "377"]),
    ("Ticket No.", ["204", "118", "377", "204", "560", "118", "931", "377"]),
    ("SKU code", ["20", "11", "37", "20", "56", "11", "93", "37"]),
    ("ref_x", ["1001", "1002", "1004", "1005", "1007", "1008", "1009", "1012"]),
    ("Laufende Nummer", ["9", "7", "8", "6", "5", "4", "3", "1"]),
    ("Refunded Amount", ["0", "30", "0", "10", "0", "0", "5", "0"]),
]


@pytest.mark.parametrize(("header", "cells"), NO_FIGURES)
def test_an_id_or_a_rank_is_no_quantity_and_no_amount(header: str, cells: list[str]) -> None:
    columns = {"Order ID": [f"A{at}" for at in range(8)], "Order Date": DAYS, "Customer": NAMES}
    columns[header] = cells
    match = recognise(list(columns), list(columns.values()), "orders.csv", "", into="orders")
    assert match.columns[3].column not in ("quantity", "amount", "unit_price", "cost", "discount")


# | header of the amount, which nobody knows
UNKNOWN = ["cf_17", "Feld 9", "zz_x", "自定义3", "Spalte G", "field_2026"]


@pytest.mark.parametrize("header", UNKNOWN)
def test_a_guess_for_a_needed_column_waits(store: Store, header: str) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", header],
        *([f"A{at}", DAYS[at], NAMES[at], f"{100 + 13.25 * (at * 5 % 8)}"] for at in range(8)),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert draft.mapping["amount"] == 3
    assert asked(store, draft) == ["amount/column"]
    waiting = brought(store, "orders.csv", as_csv(rows))
    assert waiting.error is not None
    assert waiting.error.code == "questions_open"
    refused = brought(store, "orders.csv", as_csv(rows), {"amount/column": NONE})
    assert refused.error is not None
    assert refused.error.code == "needs_missing"
    assert brought(store, "orders.csv", as_csv(rows), {"amount/column": header}).error is None
    # 8 × 100 and 13.25 × (0 + 1 + … + 7)
    assert sales(store) == Decimal(1171)
    (again,) = drafts_of(
        store, "orders2.csv", as_csv([*rows[:1], ["B1", "2026-03-20", "Ivy", "5.5"]])
    )
    assert asked(store, again) == []


def test_a_guessed_key_waits_too(store: Store) -> None:
    rows = [
        ["Vorgang_7", "Order Date", "Customer", "Amount"],
        *([f"VK-26-{417 + 13 * at}", DAYS[at], NAMES[at], 100] for at in range(8)),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    if "order_id" in draft.mapping:
        assert asked(store, draft) == ["order_id/column"]
        assert brought(store, "orders.csv", as_csv(rows), {"order_id/column": NONE}).error is None
        assert sales(store) == Decimal(800)
