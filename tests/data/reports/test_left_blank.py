"""The rep and the team above an order that has a number of its own may not be its own."""

from __future__ import annotations

import pytest

from data.store.database import Store
from pages.kit.i18n.sentences import note_sentence
from pages.kit.i18n.words import words
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

FORMATS = pytest.mark.parametrize(("write", "name"), [(as_csv, "a.csv"), (as_xlsx, "a.xlsx")])
# Two columns at the left that are blank together, and what stands in them row by row.
ABOVE = [("Ann", "East"), None, ("Bob", "West"), ("Ann", "East"), None, None, ("Cid", "East")]
KNOWN = ["Ann", None, "Bob", "Ann", None, None, "Cid"]


def table(headers: list[str], rows: list[tuple[str, str] | None], third: str = "A1{}") -> Rows:
    """Orders on following days, one number each, under two columns and four more."""
    return [
        headers,
        *(
            [*(above or ("", "")), f"A1{at}", f"2026-03-{at + 1:02}", 10 * (at + 1)]
            for at, above in enumerate(rows)
        ),
    ]


HEADERS = {
    "english": (["Sales Rep", "Team", "Order ID", "Order Date", "Amount"], "rep"),
    "chinese": (["销售员", "团队", "订单编号", "下单日期", "金额"], "rep"),
    "german": (["Verkäufer", "Team", "Auftragsnummer", "Bestelldatum", "Betrag"], "rep"),
    "french": (["Vendeur", "Région", "N° commande", "Date de commande", "Montant"], "rep"),
    "spanish": (["Vendedor", "Región", "N.º de pedido", "Fecha", "Importe"], "rep"),
    "channel": (["Channel", "Region", "Order No.", "Order Date", "Amount"], "channel"),
    "customer": (["Customer", "Region", "Invoice No", "Invoice Date", "Amount"], "customer"),
}


@FORMATS
@pytest.mark.parametrize(("headers", "column"), HEADERS.values(), ids=HEADERS)
def test_orders_of_nobody_are_not_given_to_whoever_stands_above(
    store: Store, write: object, name: str, headers: list[str], column: str
) -> None:
    content = write(table(headers, ABOVE))  # type: ignore[operator]
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet
    (note,) = [note for note in draft.sheet.notes if note.code == "left_blank"]
    assert f"{headers[0]}, {headers[1]}" in note_sentence(
        words("en"), note.code, **dict(note.params)
    )
    assert brought(store, name, content).rows_kept == 7
    found = store.rows(f'SELECT "{column}" FROM orders ORDER BY order_date')
    assert [who for (who,) in found] == KNOWN


@FORMATS
@pytest.mark.parametrize(
    ("rows", "third"),
    [
        # A report in groups: each stands once.
        ([("Ann", "East"), None, None, ("Bob", "West"), None, ("Cid", "East"), None], "Order ID"),
        # Lines of documents have no number of their own.
        (ABOVE, "Product"),
    ],
    ids=["groups", "lines"],
)
def test_reports_in_groups_and_lines_of_documents_are_filled_as_ever(
    store: Store, write: object, name: str, rows: list[tuple[str, str] | None], third: str
) -> None:
    headers = ["Sales Rep", "Team", third, "Order Date", "Amount"]
    content = write(table(headers, rows))  # type: ignore[operator]
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet
    codes = [note.code for note in draft.sheet.notes]
    assert "filled_down" in codes and "left_blank" not in codes
    brought(store, name, content)
    found = [who for (who,) in store.rows("SELECT rep FROM orders ORDER BY order_date")]
    expected, last = [], ""
    for above in rows:
        last = above[0] if above else last
        expected.append(last)
    assert found == expected
