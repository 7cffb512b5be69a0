"""Days as other languages and calendars write them."""

from __future__ import annotations

from datetime import date

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

HEADER = ["Order ID", "Order Date", "Customer", "Amount"]
COMPANIES = ["Alder", "Birch", "Cedar", "Dorn", "Elm"]


def _orders(*days: object, header: list[str] = HEADER) -> Rows:
    """Return a sheet of orders of 100, 200 … on some days."""
    rows = zip(days, COMPANIES, strict=False)
    return [
        header,
        *([f"T-{at}", day, who, 100 * at] for at, (day, who) in enumerate(rows, start=1)),
    ]


def _days(store: Store) -> list[date]:
    return [day for (day,) in store.rows("SELECT order_date FROM orders ORDER BY amount")]


# | days as written | as they are
MONTH_WORDS = [
    pytest.param(["2. März 2026", "15. Feb. 2026", "3. Dez 2025"], "de", id="german"),
    pytest.param(["02-Mrz-26", "15-Feb-26", "03-Dez-25"], "de", id="german-excel"),
    pytest.param(["2 mars 2026", "15 févr. 2026", "3 décembre 2025"], "fr", id="french"),
    pytest.param(["lundi 2 mars 2026", "dimanche 15 fevrier 2026", "3 dec 2025"], "fr", id="typed"),
    pytest.param(["2 de marzo de 2026", "15 de febrero de 2026", "3 dic 2025"], "es", id="spanish"),
    pytest.param(
        ["2 de março de 2026 10:30", "15/fev/2026 09:00", "3 de dez. de 2025 8:05"],
        "pt",
        id="portuguese-times",
    ),
    pytest.param(["2 marzo 2026", "15 feb 2026", "3 dicembre 2025"], "it", id="italian"),
    pytest.param(["2 maart 2026", "15-feb-2026", "3 dec. 2025"], "nl", id="dutch"),
    pytest.param(["2 марта 2026 г.", "15 февраля 2026 г.", "3 дек. 2025"], "ru", id="russian"),
]


@pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("days", "language"), MONTH_WORDS)
def test_month_words_of_other_languages_are_read_without_a_question(store, days, language, save):
    name = f"orders_{language}.{'csv' if save is as_csv else 'xlsx'}"
    (draft,) = drafts_of(store, name, save(_orders(*days)))
    assert asked(store, draft) == []
    assert brought(store, name, save(_orders(*days))).rows_kept == 3
    assert _days(store) == [date(2026, 3, 2), date(2026, 2, 15), date(2025, 12, 3)]


def test_a_chinese_list_with_french_months_is_a_list_of_orders(store):
    rows = [
        ["订单编号", "日期", "客户", "金额"],
        ["S-1", "1 août 2026", "华东水泵有限公司", 100],
        ["S-2", "15 févr. 2026", "长江阀门有限公司", 200],
    ]
    assert (
        brought(store, "清单.csv", as_csv(rows).decode("utf-8-sig").encode("gb18030")).rows_kept
        == 2
    )
    assert _days(store) == [date(2026, 8, 1), date(2026, 2, 15)]
