"""The credit side of an account, and money that somebody is credited with, is no shared credit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from data.staging import review
from data.staging.other_table import taken_as
from data.store.database import Store
from tests.conftest import TODAY, land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

TALLY = ["Date", "Voucher No", "Particulars", "Voucher Type", "Salesperson", "Debit", "Credit"]
SALES: Rows = [
    ["02-04-2026", "S/001", "Mehta & Co", "Sales", "Arun", "", 12000],
    ["05-04-2026", "S/002", "Gupta Stores", "Sales", "Arun", "", 8500],
    ["08-04-2026", "CN/001", "Mehta & Co", "Credit Note", "Arun", 2000, ""],
    ["15-04-2026", "S/003", "Rao Traders", "Sales", "Bina", "", 20000],
    ["20-04-2026", "J/001", "Round off", "Journal", "", "", "0.50"],
]


Write = Callable[[Rows], bytes]


def small(row: list[object]) -> list[object]:
    """Return a row of the same book with amounts as small as shares are."""
    return [float(cell) / 1000 if isinstance(cell, int) else cell for cell in row]


BOOKS = [
    pytest.param([TALLY, *SALES], id="tally"),
    pytest.param([TALLY, *map(small, map(list, SALES))], id="small-amounts"),
    pytest.param([[*TALLY[:5], "Dr", "Cr"], *SALES], id="dr-and-cr"),
    pytest.param([["Date", "Order No", "Customer", "Sales Rep", "Debit", "Credit"],
                  *([row[0], row[1], row[2], row[4], *row[5:]] for row in SALES)], id="orders"),
    pytest.param([["Order ID", "Sales Rep", "Credit"],
                  *(row[1:2] + row[4:5] + [row[6] or 900] for row in map(list, SALES))],
                 id="money-credited"),
    pytest.param([["Datum", "Belegnummer", "Kunde", "Art", "Verkäufer", "Soll", "Haben"], *SALES],
                 id="german"),
    pytest.param([["日期", "凭证号", "摘要", "类型", "业务员", "借方金额", "贷方金额"], *SALES],
                 id="chinese"),
    pytest.param([["Fecha", "Nº pedido", "Concepto", "Tipo", "Vendedor", "Debe", "Haber"], *SALES],
                 id="spanish"),
]  # fmt: skip


@pytest.mark.parametrize("rows", BOOKS)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_both_sides_of_an_account_are_no_shared_credit(
    store: Store, rows: Rows, write: Write
) -> None:
    name = "book.csv" if write is as_csv else "book.xlsx"
    (draft,) = drafts_of(store, name, write(rows))
    assert draft.table not in ("credits", "activities")
    if draft.table is None:
        assert draft.error is not None
        assert draft.error.code in ("account_entries", "too_few_columns")
    else:
        assert "amount/column" in asked(store, draft)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_taken_as_orders_the_sides_are_asked_about(store: Store, write: Write) -> None:
    opening = ["01-04-2026", "", "Opening Balance", "", "", "", 50000]
    closing = ["30-04-2026", "", "Closing Balance", "", "", 86500, ""]
    name = "book.csv" if write is as_csv else "book.xlsx"
    (draft,) = drafts_of(store, name, write([TALLY, opening, *SALES[:4], closing]))
    draft = taken_as(draft, "orders", store)
    assert "amount/column" in asked(store, draft)
    answers = {"amount/column": "Credit − Debit"}
    draft = review.placed(store, replace(draft, answers={**draft.answers, **answers}), TODAY)
    (result,) = land(store, [draft])
    assert result.error is None
    assert sales(store) == Decimal(12000 + 8500 - 2000 + 20000)


SHARES = [
    pytest.param(["Order ID", "Sales Rep", "Credit"], ("60%", "40%"), id="percent"),
    pytest.param(["Order ID", "Sales Rep", "Credit"], (0.6, 0.4), id="parts"),
    pytest.param(["Order ID", "Sales Rep", "Credit Percentage"], (60, 40), id="hundredths"),
    pytest.param(["订单编号", "销售人员", "分成比例"], (100, 100), id="whole"),
]


@pytest.mark.parametrize(("header", "shares"), SHARES)
def test_shares_stay_shared_credit(
    store: Store, header: list[str], shares: tuple[object, ...]
) -> None:
    rows = [["C1", "Ann", shares[0]], ["C1", "Bob", shares[1]], ["C2", "Ann", "100%"]]
    (draft,) = drafts_of(store, "splits.csv", as_csv([header, *rows]))
    assert draft.table == "credits"
    assert "share" in draft.mapping
