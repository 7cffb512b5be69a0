"""Exports of deals in German, French, Spanish, Italian, Portuguese and Dutch: none loses money."""

from __future__ import annotations

from datetime import date

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of

# Number or name, customer, owner, stage, amount, closing day, created; then won and lost.
HEADERS = [
    pytest.param(["Chance-ID", "Kunde", "Verkäufer", "Phase", "Betrag", "Abschlussdatum",
                  "Erstellt am"], "Gewonnen", "Verloren", id="german"),
    pytest.param(["Opportunity-Name", "Accountname", "Opportunity-Inhaber", "Phase", "Betrag",
                  "Schlusstermin", "Erstelldatum"], "Gewonnen", "Nicht gewonnen", id="salesforce"),
    pytest.param(["Deal-Name", "Unternehmen", "Zuständiger Mitarbeiter", "Deal-Phase", "Volumen",
                  "Abschlussdatum", "Erstellungsdatum"], "Gewonnen", "Verloren", id="hubspot"),
    pytest.param(["Thema", "Potenzieller Kunde", "Besitzer", "Status", "Geschätzter Umsatz",
                  "Geschätztes Abschlussdatum", "Erstellt am"], "Gewonnen", "Verloren",
                 id="dynamics"),
    pytest.param(["Nom de l'opportunité", "Nom du compte", "Propriétaire de l'opportunité",
                  "Étape", "Montant", "Date de clôture", "Date de création"], "Gagnée", "Perdue",
                 id="french"),
    pytest.param(["Nombre del negocio", "Empresa", "Propietario del negocio", "Etapa del negocio",
                  "Valor", "Fecha de cierre", "Fecha de creación"], "Ganado", "Perdido",
                 id="spanish"),
    pytest.param(["Nome trattativa", "Azienda", "Proprietario della trattativa",
                  "Fase trattativa", "Importo", "Data di chiusura", "Data di creazione"],
                 "Chiusa vinta", "Chiusa persa", id="italian"),
    pytest.param(["Nome do negócio", "Empresa", "Proprietário do negócio", "Etapa do negócio",
                  "Valor", "Data de fechamento", "Data de criação"], "Ganho", "Perdido",
                 id="portuguese"),
    pytest.param(["Naam opportunity", "Accountnaam", "Eigenaar opportunity", "Fase", "Bedrag",
                  "Sluitingsdatum", "Gemaakt op"], "Gewonnen", "Verloren", id="dutch"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "won", "lost"), HEADERS)
def test_deals_keep_their_amounts_and_days(
    store: Store, header: list[str], won: str, lost: str
) -> None:
    rows = [["C-1", "Alpha", "Jan Maier", won, "10.000,50", "20.11.2026", "15.09.2026"],
            ["C-2", "Beta", "Jan Maier", lost, "20.000,00", "21.11.2026", "16.09.2026"],
            ["C-4", "Delta", "Eva Kurz", won, "40.000,00", "22.11.2026", "17.09.2026"]]  # fmt: skip
    assert brought(store, "export.csv", as_csv([header, *rows])).error is None
    found = store.rows(
        "SELECT rep, coalesce(status, stage), amount, created_date, "
        "coalesce(closed_date, expected_close_date) FROM deals ORDER BY amount"
    )
    assert [(rep, float(amount), *days) for rep, _, amount, *days in found] == [
        ("Jan Maier", 10000.5, date(2026, 9, 15), date(2026, 11, 20)),
        ("Jan Maier", 20000, date(2026, 9, 16), date(2026, 11, 21)),
        ("Eva Kurz", 40000, date(2026, 9, 17), date(2026, 11, 22)),
    ]


UNMATCHED = [
    ["Deal Name", "Stage", "Owner", "Ticket Value Class A"],
    ["商机名称", "销售阶段", "负责人", "平台口径金额"],
    ["Verkaufschance", "Verkaufsphase", "Verkäufer", "Summe Phase 2"],
    ["Nom de l'opportunité", "Étape", "Commercial", "Montant barème"],
    ["Nombre del negocio", "Etapa del negocio", "Vendedor", "Importe escalado"],
    ["Nome trattativa", "Fase trattativa", "Venditore", "Importo a listino"],
]


@pytest.mark.parametrize("header", UNMATCHED, ids=lambda header: header[3])
def test_a_column_of_money_that_is_no_known_amount_of_deals_is_asked_about(
    store: Store, header: list[str]
) -> None:
    rows = [["A", "Gewonnen", "Ann", 300], ["B", "Angebot", "Ben", 200]]
    content = as_xlsx([header, *rows])
    (draft,) = drafts_of(store, "deals.xlsx", content)
    assert draft.table == "deals"
    if "amount" not in draft.mapping:
        assert "amount/column" in asked(store, draft)
    result = brought(store, "deals.xlsx", content, {"amount/column": header[3]})
    assert result.error is None
    assert store.rows("SELECT sum(amount) FROM deals") == [(500,)]
