"""Lists that stand on one sheet, beside each other or one below the other, are all read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

HEADER = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "业务员", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Vertriebsmitarbeiter", "Betrag"]
FIRST = [
    ["SO-1", "2026-03-02", "Alder", "Ann Vale", 120],
    ["SO-2", "2026-03-02", "Birch", "Bo Reed", 260],
]
SECOND = [
    ["SO-3", "2026-03-16", "Cedar", "Ann Vale", 75],
    ["SO-4", "2026-03-17", "Dorn", "Ann Vale", 100],
]
ORDERS = [*FIRST, *SECOND]
ALL = 555
PAID = [
    ["P-1", "2026-03-20", "Alder", 120],
    ["P-2", "2026-03-21", "Birch", 200],
    ["P-3", "2026-03-22", "Dorn", 50],
]
COLLECTED = 370
PAYMENTS = [["Payment No", "Payment Date", "Customer", "Amount Received"], *PAID]
ZH_PAYMENTS = [["回款编号", "回款日期", "客户", "回款金额"], *PAID]
BLANK: list[object] = [None] * 5


def beside(left: Rows, right: Rows, gap: int = 1) -> list[list[object]]:
    """Return two tables side by side, with blank columns between."""
    width, more = (max(map(len, rows)) for rows in (left, right))
    rows = []
    for at in range(max(len(left), len(right))):
        one: Sequence[object] = left[at] if at < len(left) else []
        other: Sequence[object] = right[at] if at < len(right) else []
        filled_up = [*one, *[None] * (width - len(one) + gap), *other]
        rows.append([*filled_up, *[None] * (more - len(other))])
    return rows


def three(rows: Rows) -> list[list[object]]:
    return [["Order", "Date", "Amount"], *([row[0], row[1], row[4]] for row in rows)]


SAME = {
    "two blocks of columns": beside(three(FIRST), three(SECOND)),
    "as long as each other": beside([HEADER, *FIRST], [HEADER, *SECOND], 2),
    "the first longer": beside([HEADER, *ORDERS[:3]], [HEADER, ORDERS[3]], 2),
    "the second longer": beside([HEADER, ORDERS[0]], [HEADER, *ORDERS[1:]]),
    "Chinese": beside([ZH, *ORDERS[:3]], [ZH, ORDERS[3]], 2),
    "German": beside([DE, *FIRST], [DE, *SECOND], 3),
    "three beside each other": beside(
        beside([HEADER, ORDERS[0]], [HEADER, ORDERS[1]]), [HEADER, *SECOND]
    ),
    "a title each": beside([["First half"], HEADER, *FIRST], [["Second half"], HEADER, *SECOND]),
}  # fmt: skip
WRITERS = [pytest.param(as_csv, id="csv"), pytest.param(as_xlsx, id="xlsx")]
Writer = Callable[[Rows], bytes]


@pytest.mark.parametrize("written", WRITERS)
@pytest.mark.parametrize("rows", SAME.values(), ids=SAME)
def test_lists_of_the_same_columns_on_a_sheet_are_one(
    store: Store, rows: Rows, written: Writer
) -> None:
    suffix = "csv" if written is as_csv else "xlsx"
    (draft,) = drafts_of(store, f"orders.{suffix}", written(rows))
    assert draft.sheet and "tables_joined" in [note.code for note in draft.sheet.notes]
    assert not asked(store, draft)
    land(store, [draft])
    assert sales(store) == ALL


def test_the_titles_of_lists_say_the_months_of_their_rows(store: Store) -> None:
    head = ["Customer", "Sales Rep", "Amount"]
    rows = beside(
        [["January 2026"], head, *(row[2:] for row in FIRST)],
        [["February 2026"], head, *(row[2:] for row in SECOND)],
    )
    (draft,) = drafts_of(store, "sales.xlsx", as_xlsx(rows))
    land(store, [draft])
    assert sales(store, "month(order_date) = 1") == 380
    assert sales(store, "month(order_date) = 2") == 175


def test_a_list_named_returns_beside_the_orders_is_taken_back(store: Store) -> None:
    back = ["R-1", "2026-03-20", "Alder", "Ann Vale", 20]
    rows = beside([["Orders"], HEADER, *ORDERS], [["Returns"], HEADER, back])
    land(store, drafts_of(store, "march.xlsx", as_xlsx(rows)))
    assert sales(store) == ALL - 20


OTHERS = {
    "collections beside": beside([HEADER, *ORDERS], PAYMENTS, 2),
    "collections beside, as many": beside(
        [HEADER, *ORDERS], [*PAYMENTS, ["P-4", "2026-03-23", "Elm", 0]], 2
    ),
    "collections below": [HEADER, *ORDERS, BLANK, *PAYMENTS],
    "collections below a title": [HEADER, *ORDERS, BLANK, ["Payments"], *PAYMENTS],
    "collections first": beside(PAYMENTS, [HEADER, *ORDERS]),
    "Chinese, beside": beside([ZH, *ORDERS], ZH_PAYMENTS, 2),
    "Chinese, below": [ZH, *ORDERS, BLANK, ["回款明细"], *ZH_PAYMENTS],
}  # fmt: skip


@pytest.mark.parametrize("written", WRITERS)
@pytest.mark.parametrize("rows", OTHERS.values(), ids=OTHERS)
def test_a_list_of_other_columns_is_a_sheet_of_its_own(
    store: Store, rows: Rows, written: Writer
) -> None:
    suffix = "csv" if written is as_csv else "xlsx"
    drafts = drafts_of(store, f"march.{suffix}", written(rows))
    assert sorted(draft.table or "" for draft in drafts) == ["orders", "payments"]
    land(store, drafts)
    assert sales(store) == ALL
    assert store.rows("SELECT sum(amount) FROM payments") == [(COLLECTED,)]


def test_orders_below_orders_with_other_names_are_read_too(store: Store) -> None:
    other = ["Order No", "Date", "Client", "Salesperson", "Total"]
    land(store, drafts_of(store, "a.xlsx", as_xlsx([HEADER, *FIRST, BLANK, other, *SECOND])))
    assert sales(store) == ALL


OUT = {
    "a legend": [["Mark", "Meaning"], ["x", "checked"], ["y", "open"]],
    "a price list": [["Product", "Unit Price"], ["Pump", 30], ["Valve", 4]],
    "sums by rep": [["Rep", "Total"], ["Ann Vale", 295], ["Bo Reed", 260]],
    "sums by month and rep": [["Month", "Rep", "Total"], ["2026-03", "Ann Vale", 295],
                              ["2026-03", "Bo Reed", 260]],
    "sums by day and rep": [["Date", "Rep", "Total"], ["2026-03-02", "Bo Reed", 260],
                            ["2026-03-17", "Ann Vale", 100]],
    "the largest orders": [["Order", "Date", "Value"], ["SO-2", "2026-03-02", 260],
                           ["SO-1", "2026-03-02", 120]],
    "the largest orders, counted": [["Rank", "Order", "Date", "Value"],
                                    [1, "SO-2", "2026-03-02", 260], [2, "SO-1", "2026-03-02", 120]],
}  # fmt: skip


@pytest.mark.parametrize("below", [False, True], ids=["beside", "below"])
@pytest.mark.parametrize("more", OUT.values(), ids=OUT)
def test_what_only_stands_beside_a_list_stays_out_without_a_question(
    store: Store, more: Rows, below: bool
) -> None:
    orders = [HEADER, *ORDERS]
    rows = [*orders, BLANK, *more] if below else beside(orders, more, 2)
    (draft,) = drafts_of(store, "orders.xlsx", as_xlsx(rows))
    assert not asked(store, draft)
    land(store, [draft])
    assert sales(store) == ALL


def test_a_list_that_stands_twice_on_a_sheet_counts_once(store: Store) -> None:
    land(store, drafts_of(store, "a.xlsx", as_xlsx(beside([HEADER, *ORDERS], [HEADER, *ORDERS]))))
    assert sales(store) == ALL
