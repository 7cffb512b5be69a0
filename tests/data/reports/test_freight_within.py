"""Freight in what buyers paid: said where it may be in the amounts, and only there."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, drafts_of
from tests.data.reports.test_chinese_shops import ALIBABA, YOUZAN

pytestmark = pytest.mark.usefixtures("inline")


def said(store: Store, rows: object) -> list[dict[str, object]]:
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))  # type: ignore[arg-type]
    assert draft.table == "orders" and draft.sheet
    return [dict(note.params) for note in draft.sheet.notes if note.code == "freight_within"]


def orders(amount: str, freight: str, sums: tuple[object, object]) -> list[list[object]]:
    header: list[object] = ["Order ID", "Order Date", "Customer", amount, freight]
    return [header, ["A1", "2026-03-02", "Alder", 110, sums[0]],
            ["A2", "2026-03-03", "Birch", 220, sums[1]]]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "freight"),
    [("实付金额", "运费"), ("应付总金额", "邮费"), ("Order Total", "Shipping"),
     ("Total", "Freight"), ("Gesamtbetrag", "Versandkosten"), ("Montant total", "Livraison")],
)  # fmt: skip
def test_freight_that_may_be_in_the_amount_is_said_with_its_sum(
    store: Store, amount: str, freight: str
) -> None:
    (params,) = said(store, orders(amount, freight, (10, 20)))
    assert (params["other"], params["figure"]) == (freight, "30")


def test_chinese_shops_say_the_freight_in_what_was_paid(store: Store) -> None:
    assert [params["figure"] for params in said(store, YOUZAN)] == ["10"]
    assert [params["figure"] for params in said(store, ALIBABA)] == ["20"]


@pytest.mark.parametrize(
    "rows",
    [orders("实付金额", "运费", (0, "")), orders("Subtotal", "Shipping", (10, 20)),
     orders("Order Total", "Discount", (10, 20)), orders("Net Amount", "Freight", (10, 20))],
)  # fmt: skip
def test_nothing_is_said_where_no_freight_was_charged_or_the_amount_is_of_goods(
    store: Store, rows: list[list[object]]
) -> None:
    assert said(store, rows) == []
