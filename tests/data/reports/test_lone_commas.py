"""A comma before two digits is a decimal one where the header's language writes so, else asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

COMMAS = ["Betrag", "Netto", "Umsatz", "Montant", "Importe", "Importo", "Bedrag", "Kwota", "Сумма"]


def orders(header: str) -> Rows:
    return [
        ["Order ID", "Order Date", "Customer", header],
        ["S1", "2026-03-02", "Alder", "113,03"],
        ["S2", "2026-03-03", "Birch", "45,08"],
    ]


@pytest.mark.parametrize("header", COMMAS)
def test_a_header_of_a_language_with_decimal_commas_needs_no_question(
    store: Store, header: str
) -> None:
    answers = {"amount/column": header}
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(header)))
    assert "amount" not in asked(store, draft)
    brought(store, "orders.csv", as_csv(orders(header)), answers)
    assert sales(store) == Decimal("158.11")


@pytest.mark.parametrize("header", ["Amount", "金额", "Total Sales"])
def test_elsewhere_it_is_asked_about(store: Store, header: str) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(header)))
    assert asked(store, draft) == ["amount"]
