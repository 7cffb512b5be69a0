"""Dates of which a spreadsheet converted those up to the 12th, swapping day and month."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order ID", "Order Date", "Customer", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]
FR = ["Numéro de commande", "Date de commande", "Client", "Montant"]
ES = ["Número de pedido", "Fecha de pedido", "Cliente", "Importe"]

# What was 3 January, 5 March, 25 March and 14 February before a spreadsheet opened the export.
BACK = [date(2026, 1, 3), date(2026, 3, 5), date(2026, 3, 25), date(2026, 2, 14)]
STAY = [date(2026, 3, 1), date(2026, 5, 3), date(2026, 3, 25), date(2026, 2, 14)]

# | header | file | days as the file has them
CONVERTED = [
    pytest.param(
        EN,
        "orders.xlsx",
        [datetime(2026, 3, 1), datetime(2026, 5, 3), "25/03/2026", "14/02/2026"],
        id="day-first",
    ),
    pytest.param(
        EN,
        "orders.xlsx",
        [datetime(2026, 3, 1, 9, 30), datetime(2026, 5, 3), "25/03/2026 14:05", "14/02/2026 08:00"],
        id="times",
    ),
    pytest.param(
        DE,
        "auftraege.xlsx",
        [datetime(2026, 3, 1), datetime(2026, 5, 3), "03/25/2026", "02/14/2026"],
        id="month-first",
    ),
    pytest.param(
        ZH, "订单.csv", ["2026/3/1", "2026/5/3", "25/03/2026", "14/02/2026"], id="year-first-csv"
    ),
    pytest.param(
        FR, "commandes.csv", ["2026-03-01", "2026-05-03", "25/03/2026", "14/02/2026"], id="iso-csv"
    ),
    pytest.param(
        ES,
        "pedidos.csv",
        ["2026-03-01 14:05:00", "2026-05-03 00:00:00", "25-03-2026 14:05", "14-02-2026 09:00"],
        id="iso-times-csv",
    ),
    pytest.param(EN, "orders.csv", ["46082", "46145", "25/03/2026", "14/02/2026"], id="serials"),
    pytest.param(
        EN,
        "orders.xlsx",
        [datetime(2026, 3, 1), datetime(2026, 5, 3), "25/03/2026", "14/02/2026", "n/a"],
        id="with-a-blank",
    ),
]


def _content(header: list[str], name: str, days: list[object]) -> bytes:
    rows = [[f"T-{at}", day, "Alder", at * 100] for at, day in enumerate(days, start=1)]
    return (as_xlsx if name.endswith("xlsx") else as_csv)([header, *rows])


def _days(store: Store) -> list[date]:
    return [
        day
        for (day,) in store.rows(
            "SELECT order_date FROM orders WHERE order_date IS NOT NULL ORDER BY amount"
        )
    ]


@pytest.mark.parametrize(("answer", "days"), [("back", BACK), ("stay", STAY)])
@pytest.mark.parametrize(("header", "name", "written"), CONVERTED)
def test_real_dates_up_to_the_12th_beside_texts_of_later_days_are_asked_about(
    store: Store,
    header: list[str],
    name: str,
    written: list[object],
    answer: str,
    days: list[date],
) -> None:
    content = _content(header, name, written)
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == ["swapped"]
    (result,) = land(store, [draft])
    assert result.error.code == "questions_open"
    brought(store, name, content, {"swapped": answer})
    assert _days(store) == days


def test_the_question_shows_the_months_of_each_answer(store: Store) -> None:
    _header, name, written = CONVERTED[0].values
    (draft,) = drafts_of(store, name, _content(EN, name, written))
    (question,) = review.questions(draft, date(2026, 3, 31), store)
    assert question.options == ("back", "stay")
    assert question.samples == (
        ("2026-03-01", ("2026-01-03", "2026-03-01")),
        ("2026-05-03", ("2026-03-05", "2026-05-03")),
        ("25/03/2026", ("2026-03-25", "2026-03-25")),
        ("…", ("2026-01 – 2026-03", "2026-02 – 2026-05")),
    )


WHOLE = [
    pytest.param("a.xlsx", [datetime(2026, 3, 1), datetime(2026, 5, 3)], id="real-dates-alone"),
    pytest.param("a.csv", ["25/03/2026", "14/02/2026"], id="texts-alone"),
    pytest.param("a.csv", ["3/1/2026", "5/3/2026", "25/03/2026", "14/02/2026"], id="all-one-order"),
    pytest.param(
        "a.xlsx", [datetime(2026, 3, 1), datetime(2026, 3, 13), "25/03/2026"], id="a-later-real-day"
    ),
    pytest.param(
        "a.xlsx", [datetime(2026, 3, 1), "25/03/2026", "04/02/2026"], id="an-early-day-as-a-text"
    ),
    pytest.param("a.xlsx", [datetime(2026, 3, 3), "25/03/2026"], id="swapping-changes-nothing"),
    pytest.param("a.csv", ["2026-03-01", "25 March 2026"], id="names-of-months"),
    pytest.param("a.csv", ["2026-03-01", "2026/3/25", "2026年2月14日"], id="year-first"),
]


@pytest.mark.parametrize(("name", "written"), WHOLE)
def test_columns_that_a_whole_export_may_have_are_not_asked_about(
    store: Store, name: str, written: list[object]
) -> None:
    (draft,) = drafts_of(store, name, _content(EN, name, written))
    assert asked(store, draft) == []


@pytest.mark.parametrize(
    ("answer", "signed"), [("back", date(2026, 2, 4)), ("stay", date(2026, 4, 2))]
)
def test_the_answer_holds_for_the_columns_of_which_all_days_could_be_converted(
    store: Store, answer: str, signed: date
) -> None:
    header = ["Contract No", "Signed Date", "Start Date", "Customer", "Amount"]
    rows = [
        ["C-1", datetime(2026, 4, 2), datetime(2026, 5, 3), "Alder", 100],
        ["C-2", datetime(2026, 4, 2), "25/03/2026", "Birch", 200],
    ]
    content = as_xlsx([header, *rows])
    (draft,) = drafts_of(store, "contracts.xlsx", content)
    assert asked(store, draft) == ["swapped"]
    brought(store, "contracts.xlsx", content, {"swapped": answer})
    assert store.rows("SELECT DISTINCT signed_date FROM contracts") == [(signed,)]
