"""Of amounts with and without tax the ones without count, and the card says so unfolded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.staging.draft import Draft
from data.store.database import Store
from pages.kit.files import told_notes
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

DAYS = (("X1", "2026-01-05", "Alder"), ("X2", "2026-01-06", "Birch"), ("X3", "2026-01-07", "Elm"))


def orders(headers: tuple[str, ...], *cells: tuple[object, ...]) -> Rows:
    head = ("Order No", "Order Date", "Customer")
    return [(*head, *headers), *((*day, *each) for day, each in zip(DAYS, cells, strict=True))]


def told(draft: Draft) -> list[tuple[object, object]]:
    """The headers of the amount that counts and of the other, as the card says them unfolded."""
    return [
        (dict(note.params)["header"], dict(note.params)["other"])
        for note in told_notes.of(draft)
        if note.code == "net_amount" and told_notes.is_assumption(note)
    ]


# Without tax 100, 200 and 50; 13 %, 19 %, 20 % on top, or 6 % on the last.
NET = [
    pytest.param(
        ("无税金额", "税额", "价税合计"), ((100, 13, 113), (200, 26, 226), (50, 6.5, 56.5)),
        "无税金额", "价税合计", id="with-the-tax",
    ),
    pytest.param(
        ("无税金额", "价税合计"), ((100, 113), (200, 226), (50, 56.5)),
        "无税金额", "价税合计", id="without-the-tax",
    ),
    pytest.param(
        ("价税合计", "不含税金额"), ((113, 100), (226, 200), (53, 50)),
        "不含税金额", "价税合计", id="two-rates",
    ),
    pytest.param(
        ("含税金额", "未税金额"), ((113, 100), (226, 200), (56.5, 50)),
        "未税金额", "含税金额", id="untaxed",
    ),
    pytest.param(
        ("Bruttobetrag", "Nettobetrag"), ((119, 100), (238, 200), (59.5, 50)),
        "Nettobetrag", "Bruttobetrag", id="german",
    ),
    pytest.param(
        ("Montant TTC", "Montant HT"), ((120, 100), (240, 200), (60, 50)),
        "Montant HT", "Montant TTC", id="french",
    ),
    pytest.param(
        ("Amount incl. VAT", "Amount excl. VAT"), ((120, 100), (240, 200), (60, 50)),
        "Amount excl. VAT", "Amount incl. VAT", id="english",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "cells", "net", "gross"), NET)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_the_amount_without_tax_counts_and_the_card_says_so(
    store: Store,
    headers: tuple[str, ...],
    cells: tuple[tuple[object, ...], ...],
    net: str,
    gross: str,
    write: object,
) -> None:
    assert callable(write)
    name, content = f"orders.{'csv' if write is as_csv else 'xlsx'}", write(orders(headers, *cells))
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet is not None and asked(store, draft) == []
    assert draft.sheet.header[draft.mapping["amount"]] == net
    assert told(draft) == [(net, gross)]
    brought(store, name, content)
    assert sales(store) == 350


@pytest.mark.parametrize(
    ("headers", "cells", "total"),
    [
        pytest.param(("价税合计",), ((113,), (226,), (56.5,)), 395.5, id="gross-alone"),
        pytest.param(("无税金额",), ((100,), (200,), (50,)), 350, id="net-alone"),
        # No tax is 100 % of what it is on, or another share of each.
        pytest.param(
            ("含税金额", "未税结算"), ((113, 10), (226, 71), (56.5, 3)), 395.5, id="another-figure"
        ),
        pytest.param(
            ("价税合计", "无税单价"), ((113, 50), (226, 100), (56.5, 25)), 395.5, id="prices"
        ),
    ],
)
def test_nothing_is_said_where_no_amount_without_tax_stands_beside(
    store: Store,
    headers: tuple[str, ...],
    cells: tuple[tuple[object, ...], ...],
    total: float,
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(headers, *cells)))
    assert told(draft) == []
    brought(store, "orders.csv", as_csv(orders(headers, *cells)))
    assert float(sales(store)) == total


def test_nothing_is_said_of_an_amount_that_was_changed_by_hand(store: Store) -> None:
    headers, cells = (
        ("无税金额", "税额", "价税合计"),
        ((100, 13, 113), (200, 26, 226), (50, 6.5, 56.5)),
    )
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(headers, *cells)))
    assert told(draft) == [("无税金额", "价税合计")]
    assert told(replace(draft, mapping={**draft.mapping, "amount": 5})) == []
