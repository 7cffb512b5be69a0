"""Hold that SAP's German lists of sales documents are known by their short headers, too."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, sales


@pytest.mark.parametrize("number", ["Verk.beleg", "Verk.-Beleg", "Verkaufsbel.", "Verkaufsbeleg"])
@pytest.mark.parametrize("currency", ["Währg", "Belegwährung"])
def test_short_headers_are_recognised(store: Store, number: str, currency: str) -> None:
    header = ["Belegdatum", number, "Auftragsart", "Auftraggeber", "Material", "Auftragsmenge"]
    rows = [
        [*header, "Nettowert", currency, "Verkäufergruppe"],
        ["09.09.2026", "4500000", "TA", "Nord AG", "MAT-0", "8", "24.958,86", "EUR", "Weiß"],
        ["13.09.2026", "4500001", "TA", "Süd KG", "MAT-1", "2", "3.347,36", "EUR", "Jäger"],
        ["29.09.2026", "4500002", "TA", "Nord AG", "MAT-2", "2", "15.479,52", "EUR", "Weiß"],
    ]
    write = as_csv if currency == "Währg" else as_xlsx
    brought(store, "VA05.csv" if write is as_csv else "VA05.xlsx", write(rows))
    assert sales(store, "currency = 'EUR'") == Decimal("43785.74")
