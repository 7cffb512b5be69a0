"""Sums of groups, statistics and targets below a list of records are none of them."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

WRITE = {"csv": as_csv, "xlsx": as_xlsx}
EN = ["Order No", "Order Date", "Customer", "Sales Rep", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "销售员", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Vertriebler", "Betrag"]
FR = ["N° commande", "Date de commande", "Client", "Commercial", "Montant"]
ES = ["Nº pedido", "Fecha de pedido", "Cliente", "Vendedor", "Importe"]
ASKED = "amount/rows/below"
END = "2026-03-31"


def _orders(header: list[str], *below: list[object], number: str = "S-{}") -> Rows:
    """Return orders of 300, 50 and 120, together 470, and rows below them."""
    return [
        header,
        [number.format(101), "2026-03-02", "Alder", "Ann", 300],
        [number.format(102), "2026-03-03", "Birch", "Ann", 50],
        [number.format(103), "2026-03-04", "Alder", "Bo", 120],
        *below,
    ]


ABOUT = [
    _orders(EN, ["Max", END, None, None, 300], ["Budget", END, None, None, 2000]),
    _orders(EN, ["Alder group", END, "Alder", None, 420], ["Birch group", END, "Birch", None, 50],
            ["Q1 target", END, None, None, 9000], ["Min", END, None, None, 50],
            ["Median", END, None, None, 120]),
    _orders(EN, ["Ann Q1", END, None, "Ann", 350], ["Bo Q1", END, None, "Bo", 120]),
    _orders(EN, ["Alder sum", END, None, None, 420], ["FY26 quota", END, None, None, 2030],
            number="SO 2026 {}"),
    _orders(ZH, ["Alder 客户合计", END, None, None, 420], ["3月目标", END, None, None, 2000],
            ["最大值", END, None, None, 300], number="XS{}"),
    _orders(ZH, ["一季度目标", END, None, None, 9000], ["平均客单价", END, None, None, 156]),
    _orders(DE, ["Gruppe Alder", END, "Alder", None, 420], ["Q1 Ziel", END, None, None, 5000],
            number="A{}"),
    _orders(FR, ["Groupe Alder", END, "Alder", None, 420], ["Objectif T1", END, None, None, 5000]),
    _orders(ES, ["Grupo Alder", END, "Alder", None, 420], ["Objetivo 2026", END, None, None, 5000]),
    [["Payment No", "Payment Date", "Customer", "Amount"], ["P-1", "2026-03-02", "Alder", 2026],
     ["P-2", "2026-03-03", "Birch", 40], ["Max", "2026-03-02", None, 2026],
     ["Largest payment", "2026-03-02", None, 2026]],
]  # fmt: skip


@pytest.mark.parametrize("suffix", WRITE)
@pytest.mark.parametrize("rows", ABOUT, ids=lambda rows: f"{rows[0][0]}-{rows[-1][0]}")
def test_what_says_something_of_the_records_is_none(store: Store, rows: Rows, suffix: str) -> None:
    content = WRITE[suffix](rows)
    (draft,) = drafts_of(store, f"list.{suffix}", content)
    assert asked(store, draft) == []
    assert draft.sheet
    result = brought(store, f"list.{suffix}", content)
    noted = any(note.code in ("statistic_rows", "total_rows") for note in draft.sheet.notes)
    assert set(result.left_out or {}) <= {"about_others"}
    assert noted or result.left_out
    if result.table == "payments":
        assert store.rows("SELECT sum(amount)::INT FROM payments") == [(2066,)]
    else:
        assert sales(store) == 470


UNSURE = [
    _orders(EN, ["Walk-in sale", END, None, None, 30]),
    _orders(EN, ["Stretch level", END, None, "Ann", 30]),
    _orders(EN, ["Alder group", END, "Alder", None, 30]),
    _orders(ZH, ["补录", END, None, None, 30], number="XS{}"),
    _orders(DE, ["Barverkauf", END, None, None, 30]),
    _orders(FR, ["Vente comptoir", END, None, None, 30]),
    _orders(EN, ["Q1 target", END, "Alder", "Ann", 30]),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "total"), [("count", 500), ("out", 470)])
@pytest.mark.parametrize("rows", UNSURE, ids=lambda rows: rows[-1][0])
def test_a_row_of_words_that_may_be_a_record_is_asked_about(
    store: Store, rows: Rows, answer: str, total: int
) -> None:
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert asked(store, draft) == [ASKED]
    brought(store, "list.csv", as_csv(rows), {ASKED: answer})
    assert sales(store) == total


RECORDS = [
    _orders(EN, ["S-104", END, None, None, 30]),
    _orders(EN, ["Walk-in", END, "Cedar", "Ann", 30]),
    _orders(EN, ["S-104/A", END, "Max", "Ann", 30]),
    _orders(EN, ["Fair", END, "Alder", "Ann", 10], ["S-105", END, None, "Ann", 20]),
    _orders(EN, ["104", END, "Cedar", None, 30]),
    _orders(EN, ["N/A", END, "Cedar", "Ann", 30]),
    [EN, ["Fair", "2026-03-02", "Alder", "Ann", 400], ["Shop", "2026-03-03", "Birch", "Ann", 70],
     ["Spring fair", END, None, "Ann", 30]],
]  # fmt: skip


@pytest.mark.parametrize("below", [
    [["Mark", "Meaning"], ["x", "checked"]],
    [["Remark", "all amounts without tax"]],
    [["Legend", "x = paid", None, None, "see above"]],
])  # fmt: skip
def test_words_without_a_figure_need_no_question(store: Store, below: list[list[object]]) -> None:
    (draft,) = drafts_of(store, "list.csv", as_csv(_orders(EN, *below)))
    assert asked(store, draft) == []
    brought(store, "list.csv", as_csv(_orders(EN, *below)))
    assert sales(store) == 470


@pytest.mark.parametrize("rows", RECORDS, ids=lambda rows: rows[-1][0])
def test_a_record_of_another_number_stays(store: Store, rows: Rows) -> None:
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert ASKED not in asked(store, draft)
    brought(store, "list.csv", as_csv(rows))
    assert sales(store) == 500
