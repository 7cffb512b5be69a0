"""Totals and subtotals in the languages that exports are written in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.layout.total_words import is_total_label, named_total
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

HEAD = ["Order No", "Order Date", "Customer", "Rep", "Amount"]
RECORDS = [
    ["T1", "2026-11-02", "Acme", "Jim", 100],
    ["T2", "2026-11-13", "Bolt", "Jim", 200],
]
LABELS = [
    ["소계", "합계", "총계", "총합계"],
    ["รวม", "รวมทั้งสิ้น", "ยอดรวม"],
    ["Tổng", "Tổng cộng", "CỘNG"],
    ["小計", "合計", "総計", "集計"],
    ["Toplam", "Genel Toplam", "Ara toplam"],
    ["Razem", "Ogółem", "Łącznie", "Suma końcowa"],
    ["Celkem", "Mezisoučet", "Celkový součet", "Spolu"],
    ["Összesen", "Végösszeg", "Részösszeg"],
    ["Total general", "Suma totală", "SUBTOTAL"],
    ["Σύνολο", "ΣΥΝΟΛΟ", "Γενικό σύνολο"],
    ["المجموع", "الإجمالي", "المجموع الكلي"],
    ['סה"כ', "סה״כ", "סך הכל"],
    ["कुल", "कुल योग", "योग"],
    ["Jumlah", "Total keseluruhan"],
    ["Summa", "Totalt", "Delsumma"],
    ["I alt", "Hovedtotal", "Samlet"],
    ["Yhteensä", "Välisumma"],
    ["Sum", "Totalsum", "Sum totalt"],
    ["Разом", "Усього", "Загальний підсумок"],
    ["Importo complessivo", "Totale complessivo", "Somma"],
    ["Importe total", "Montant total", "Gesamtbetrag", "Total amount"],
]


@pytest.mark.parametrize("labels", LABELS, ids=lambda labels: labels[0])
def test_totals_are_no_orders_in_any_language(store: Store, labels: list[str]) -> None:
    sums = [[None, "2026-11-30", label, None, 300] for label in labels]
    result = brought(store, "orders.csv", as_csv([HEAD, *RECORDS, *sums]))
    assert (result.error, result.left_out, sales(store)) == (None, {}, 300)


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(
    "label", ["소계", "รวม", "Összesen", "Importo complessivo", 'סה"כ', "Yhteensä"]
)
def test_totals_below_the_numbers_are_none_either(
    store: Store, label: str, write: Callable[[Rows], bytes], suffix: str
) -> None:
    rows = [HEAD, *RECORDS, [label, None, None, None, 300]]
    brought(store, f"orders.{suffix}", write(rows))
    assert sales(store) == 300


@pytest.mark.parametrize(
    "customer", ["Summa Oy", "Yhteensä Oy", "Samlet", "Total", "合計商事", "Celkem", "Jumlah Jaya"]
)
def test_a_customer_of_such_a_name_stays(store: Store, customer: str) -> None:
    rows = [HEAD, RECORDS[0], ["T3", "2026-11-14", customer, "Ann", 70], RECORDS[1]]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == 370


@pytest.mark.parametrize(
    "text", ["Anna Toplam", "김철수 소계", "Tom Suma", "Tom Celkem", "Tom Összesen", "Том Итого"]
)
def test_a_total_behind_a_name_is_that_of_its_group(text: str) -> None:
    assert is_total_label(text)
    assert named_total(text) == text.split()[0]


@pytest.mark.parametrize(
    "text", ["Talt Oy", "Kopra", "설계사무소", "รวมพล", "Kalt GmbH", "Alter Kunde"]
)
def test_a_word_that_begins_or_ends_alike_is_no_label(text: str) -> None:
    assert not is_total_label(text)
