"""Rates of exchange by row beside amounts in several currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

HEAD = ("Order No", "Order Date", "Client")
DAYS = (("F1", "2026-01-03", "Acme"), ("F2", "2026-01-04", "Birch"))


def orders(headers: tuple[str, ...], *cells: tuple[object, ...]) -> Rows:
    return [(*HEAD, *headers), *((*day, *each) for day, each in zip(DAYS, cells, strict=True))]


def in_store(store: Store) -> list[tuple[Decimal, str | None]]:
    found = store.rows("SELECT amount, currency FROM orders ORDER BY order_id")
    return [(amount, code) for amount, code in found]


@pytest.mark.parametrize(
    ("headers", "cells", "chosen", "found"),
    [
        pytest.param(
            ("Amount", "Currency", "Exchange Rate"),
            ((200, "USD", 7.1), (1000, "CNY", 1)),
            "Amount × Exchange Rate (CNY)",
            [(1420, "CNY"), (1000, "CNY")],
            id="at-their-rates",
        ),
        pytest.param(
            ("Amount", "Currency", "Exchange Rate"),
            ((200, "USD", 7.1), (1000, "CNY", 1)),
            "Amount",
            [(200, "USD"), (1000, "CNY")],
            id="as-they-are",
        ),
        pytest.param(
            ("Betrag", "Währung", "Wechselkurs"),
            ((200, "USD", "0,9"), (1000, "EUR", "1")),
            "Betrag × Wechselkurs (EUR)",
            [(180, "EUR"), (1000, "EUR")],
            id="german",
        ),
        pytest.param(
            ("金额", "币种", "汇率", "本位币金额"),
            ((200, "USD", 7.1, 1420), (1000, "USD", 7.2, 7200)),
            "本位币金额",
            [(1420, None), (7200, None)],
            id="one-currency",
        ),
        pytest.param(
            ("金额", "币种", "人民币金额"),
            ((200, "USD", 1420), (1000, "USD", 7200)),
            "人民币金额",
            [(1420, "CNY"), (7200, "CNY")],
            id="named-by-its-header",
        ),
    ],
)
def test_amounts_at_the_rates_of_their_rows_are_a_choice(
    store: Store,
    headers: tuple[str, ...],
    cells: tuple[tuple[object, ...], ...],
    chosen: str,
    found: list[tuple[int, str | None]],
) -> None:
    content = as_csv(orders(headers, *cells))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == ["amount/column"]
    brought(store, "orders.csv", content, {"amount/column": chosen})
    assert in_store(store) == found


def test_without_a_currency_the_amounts_of_the_books_are_taken(store: Store) -> None:
    content = as_csv(orders(("金额", "汇率", "本位币金额"), (200, 7.1, 1420), (1000, 7.2, 7200)))
    brought(store, "orders.csv", content)
    assert in_store(store) == [(1420, None), (7200, None)]


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (("Amount", "Currency", "Exchange Rate"), ((200, "USD", 7.1), (1000, "USD", 7.2))),
        (("金额", "汇率"), ((200, 7.1), (1000, 7.2))),
    ],
)
def test_rates_that_lead_to_no_known_currency_are_said_not_to_be_used(
    store: Store, headers: tuple[str, ...], cells: tuple[tuple[object, ...], ...]
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(headers, *cells)))
    assert draft.sheet is not None
    assert "row_rates_unused" in {note.code for note in draft.sheet.notes}


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (("Amount", "Currency", "Exchange Rate"), ((200, "CNY", 1), (1000, "CNY", 1))),
        (("Amount", "Currency", "Win Rate"), ((200, "USD", 0.5), (1000, "CNY", 0.7))),
        (("Amount", "Currency"), ((200, "USD"), (1000, "CNY"))),
    ],
)
def test_nothing_is_asked_without_rates_that_change_anything(
    store: Store, headers: tuple[str, ...], cells: tuple[tuple[object, ...], ...]
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(headers, *cells)))
    assert asked(store, draft) == []
    assert draft.sheet is not None and draft.sheet.notes == ()
