"""A second list on a sheet whose rows have no numbers of their own is asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from data.ingest import inbox, unattended
from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land, over
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, drafts_of, sales

KEY = "amount/rows/beside"
HEADER = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ORDERS: Rows = [
    HEADER,
    *([f"S{at}", f"2026-03-0{at}", f"C{at}", "Ann Vale", at * 100] for at in range(1, 6)),
]  # 1,500
Together = Callable[[Rows], Rows]
Written = Callable[[Rows], bytes]
LISTS = [
    pytest.param([["Date", "Customer", "Rep", "Sales"],
                  ["2026-03-05", "K1", "Ann Vale", 50], ["2026-03-06", "K2", "Bo Lund", 20]],
                 "orders", id="other-sales"),
    pytest.param([["Order ID", "Order Date", "Product", "Amount"],
                  ["T1", "2026-03-05", "Pump", 30], ["T1", "2026-03-05", "Valve", 20],
                  ["T2", "2026-03-06", "Pump", 20]], "orders", id="lines-of-one-number"),
    pytest.param([["日期", "客户", "销售员", "金额"],
                  ["2026-03-05", "甲", "张三", 50], ["2026-03-06", "乙", "李四", 20]],
                 "orders", id="chinese"),
    pytest.param([["Datum", "Kunde", "Vertriebsmitarbeiter", "Umsatz"],
                  ["05.03.2026", "Krone", "Ann Vale", 50], ["16.03.2026", "Beck", "Bo Lund", 20]],
                 "orders", id="german"),
    pytest.param([["Payment date", "Customer", "Amount received"],
                  ["2026-03-05", "C1", 50], ["2026-03-06", "C2", 20]], "payments", id="payments"),
    pytest.param([["Date", "Customer", "Return amount"],
                  ["2026-03-05", "C1", 50], ["2026-03-06", "C2", 20]], "returns", id="returns"),
]  # fmt: skip


def beside(more: Rows) -> Rows:
    rows = [list(row) for row in ORDERS]
    return [[*row, None, *(more[at] if at < len(more) else [])] for at, row in enumerate(rows)]


def below(more: Rows) -> Rows:
    return [*ORDERS, [], ["More"], *more]


@pytest.mark.parametrize(("more", "into"), LISTS)
@pytest.mark.parametrize("together", [beside, below])
@pytest.mark.parametrize("written", [as_csv, as_xlsx])
def test_a_list_without_numbers_beside_another_is_asked_about(
    store: Store, more: Rows, into: str, together: Together, written: Written
) -> None:
    name = "march.csv" if written is as_csv else "march.xlsx"
    first, second = drafts_of(store, name, written(together(more)))
    assert asked(store, first) == []
    assert KEY in asked(store, second)
    assert (first.table, second.table) == ("orders", into)


@pytest.mark.parametrize(("answer", "total"), [("count", 1570), ("out", 1500)])
def test_its_rows_count_or_are_left_out_as_the_user_says(
    store: Store, answer: str, total: int
) -> None:
    more = [HEADER[1:], ["2026-03-05", "K1", "Ann Vale", 50], ["2026-03-06", "K2", "Bo", 20]]
    first, second = drafts_of(store, "march.xlsx", as_xlsx(beside(more)))
    second = replace(second, answers={**second.answers, KEY: answer})
    _, result = land(store, [first, review.placed(store, second, TODAY)])
    assert sales(store) == Decimal(total)
    assert (result.left_out or {}) == ({"not_counted": 2} if answer == "out" else {})


def test_over_http_such_a_list_waits(store: Store, inline: None) -> None:
    more = [HEADER[1:], ["2026-03-05", "K1", "Ann Vale", 50], ["2026-03-06", "K2", "Bo", 20]]
    upload = inbox.receive(store, "march.xlsx", as_xlsx(beside(more)))
    first, second = over(store, unattended.start(store, [upload], today=TODAY))
    assert (first.state, second.state) == ("imported", "needs_answer")
    assert [question.key for question in second.questions] == [KEY]
    assert sales(store) == Decimal(1500)


NONE = [
    pytest.param([["Rep", "Month", "Quota"], ["Ann Vale", "2026-03", 900], ["Bo", "2026-03", 90]],
                 id="no-days"),
    pytest.param([["Date", "Sales"], ["2026-03-01", 100], ["2026-03-02", 200]], id="two-columns"),
    pytest.param([["Date", "Customer", "Amount"], ["2026-03-01", "C1", 100],
                  ["2026-03-02", "C2", 200]], id="rows-of-the-list-again"),
    pytest.param([["Product", "Price", "Unit"], ["Pump", 3, "piece"], ["Valve", 4, "piece"]],
                 id="prices"),
    pytest.param([["Date", "Low", "High"], ["2026-03-01", 1, 2], ["2026-03-02", 3, 4]],
                 id="nothing-but-numbers"),
]  # fmt: skip


@pytest.mark.parametrize("more", NONE)
@pytest.mark.parametrize("together", [beside, below])
def test_a_table_that_is_no_list_or_the_list_again_is_only_named(
    store: Store, more: Rows, together: Together
) -> None:
    (draft,) = drafts_of(store, "march.xlsx", as_xlsx(together(more)))
    assert draft.sheet is not None
    assert "other_table" in {note.code for note in draft.sheet.notes}
    assert asked(store, draft) == []
