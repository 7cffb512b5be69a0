"""A row of an order that stands in a list twice, alike in every column, is asked about."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

KEY = "amount/rows/again"
EN = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ZH = ["订单号", "下单日期", "客户", "业务员", "金额"]
DE = ["Rechnungsnr.", "Rechnungsdatum", "Kunde", "Verkäufer", "Nettobetrag"]
FR = ["N° commande", "Date de commande", "Client", "Commercial", "Montant HT"]
ES = ["Nº pedido", "Fecha de pedido", "Cliente", "Vendedor", "Importe"]


def one(number: str, amount: object, day: str = "2026-03-05", customer: str = "Alder") -> list:
    return [number, day, customer, "Ann Vale", amount]


# Other orders of the list, one of them with two lines: 1,025.50 together.
REST = [("X1", "310.25"), ("X2", "189.75"), ("X3", "425.50"), ("X4", "75.25"), ("X4", "24.75")]


def with_rest(header: list[str], rows: Rows) -> Rows:
    comma = header is DE
    amounts = [(number, text.replace(".", ",") if comma else text) for number, text in REST]
    days = ["2026-03-09", "2026-03-16", "2026-03-19", "2026-03-27", "2026-03-27"]
    names = ["Beck", "Cole", "Dorn", "Ems", "Ems"]
    rest = [
        [*one(number, amount, day, name), *rows[-1][len(EN) :]]
        for (number, amount), day, name in zip(amounts, days, names, strict=True)
    ]
    return [header, *rows, *rest]


TWICE = [
    # header, rows, how it is written, rows in question, sums if they count and if not
    pytest.param(EN, [one("R1", 100), one("R1", 100), one("R2", 250)], as_csv, 1, 450, 350,
                 id="csv"),
    pytest.param(EN, [one("R1", 100), one("R2", 250), one("R1", 100)], as_xlsx, 1, 450, 350,
                 id="apart"),
    pytest.param(EN, [one("R1", 100)] * 3 + [one("R2", 250)], as_xlsx, 2, 550, 350, id="thrice"),
    pytest.param(ZH, [one("A1", 80), one("A2", 40), one("A2", 40), one("A1", 80)], as_csv, 2, 240,
                 120, id="chinese"),
    pytest.param(DE, [one("90", "1.000,50"), one("90", "1.000,50"), one("91", "20,00")], as_csv, 1,
                 "2021.00", "1020.50", id="german"),
    pytest.param(FR, [one("C-1", 300), one("C-1", 300), one("C-1", 200)], as_csv, 1, 800, 500,
                 id="with-another-line"),
    pytest.param([*ES, "Cantidad"], [[*one("P1", 60), 2], [*one("P1", 60), 2], [*one("P2", 5), 1]],
                 as_xlsx, 1, 125, 65, id="pieces"),
    pytest.param([*EN, "Note"], [[*one("R1", 70), ""], [*one("R1 ", 70), ""], [*one("R2", 1), "x"]],
                 as_csv, 1, 141, 71, id="a-space"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "rows", "write", "count", "both", "once"), TWICE)
def test_a_row_that_stands_twice_is_asked_about(
    store: Store,
    header: list[str],
    rows: Rows,
    write: Callable[[Rows], bytes],
    count: int,
    both: object,
    once: object,
) -> None:
    content = write(with_rest(header, rows))
    (draft,) = drafts_of(store, "orders.xlsx" if write is as_xlsx else "orders.csv", content)
    assert asked(store, draft) == [KEY]
    assert draft.table == "orders"
    result = brought(store, draft.file, content, {KEY: "out"})
    assert result.left_out == {"not_counted": count}
    assert sales(store) == Decimal(str(once)) + Decimal("1025.50")


@pytest.mark.parametrize(("header", "rows", "write", "count", "both", "once"), TWICE)
def test_a_row_that_stands_twice_may_count_both_times(
    store: Store,
    header: list[str],
    rows: Rows,
    write: Callable[[Rows], bytes],
    count: int,
    both: object,
    once: object,
) -> None:
    content = write(with_rest(header, rows))
    name = "orders.xlsx" if write is as_xlsx else "orders.csv"
    result = brought(store, name, content, {KEY: "count"})
    assert not result.left_out
    assert sales(store) == Decimal(str(both)) + Decimal("1025.50")


LINES = [*EN, "Product"]
NOT_ASKED = [
    pytest.param(EN, [one("R1", 100), one("R2", 100), one("R3", 100)], id="other-numbers"),
    pytest.param(EN, [one("R1", 100), one("R1", 150), one("R2", 9)], id="other-amounts"),
    pytest.param(EN, [one("R1", 100), one("R1", 100, "2026-03-25"), one("R2", 9)],
                 id="instalments"),
    pytest.param(LINES, [[*one("R1", 100), "Desk"], [*one("R1", 100), "Lamp"],
                         [*one("R2", 9), "Desk"]], id="products"),
    pytest.param(LINES, [[*one("R1", 100), "Desk"], [*one("R1", 100), "Desk"],
                         [*one("R2", 9), "Desk"]], id="two-of-a-product"),
    pytest.param([*EN, "Line No"], [[*one("R1", 100), 1], [*one("R1", 100), 2],
                                    [*one("R2", 9), 1]], id="line-numbers"),
    pytest.param(EN, [one("R1", 100), one("R1", -20), one("R1", -20), one("R2", 9)], id="refunds"),
    pytest.param([*EN, "Status"], [[*one("R1", 50), "Cancelled"], [*one("R1", 50), "Cancelled"],
                                   [*one("R2", 9), "Completed"]], id="cancelled"),
    pytest.param(EN, [one("R1", 0), one("R1", 0), one("R2", 9)], id="free"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "rows"), NOT_ASKED)
def test_rows_that_differ_or_change_no_figure_are_not_asked_about(
    store: Store, header: list[str], rows: Rows
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(with_rest(header, rows)))
    assert draft.table == "orders"
    assert KEY not in asked(store, draft)


def test_where_all_lines_have_the_amount_of_their_order_one_question_is_enough(
    store: Store,
) -> None:
    rows = [one("R1", 100), one("R1", 100), one("R2", 250, "2026-03-09", "Beck")]
    (draft,) = drafts_of(store, "orders.csv", as_csv([EN, *rows]))
    assert asked(store, draft) == ["amount/column"]
    (draft,) = drafts_of(store, "orders.csv", as_csv([EN, *[one("R1", 100)] * 3, *rows[2:]]))
    assert asked(store, draft) == ["amount/column"]
