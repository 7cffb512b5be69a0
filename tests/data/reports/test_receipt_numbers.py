"""The number of a receipt is its own, and the order that it pays is another column's."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

LISTS = [
    ("收款单列表.csv", ["单据日期", "单据编号", "客户", "收款金额"]),
    ("收款单.xlsx", ["收款日期", "单据号", "客户", "金额"]),
    ("回款明细.csv", ["回款日期", "单据编号", "客户", "回款金额"]),
    ("receipts.csv", ["Receipt Date", "Document No", "Customer", "Receipt Amount"]),
    ("collections.xlsx", ["Payment Date", "Document Number", "Customer", "Amount Received"]),
    ("Zahlungseingang.csv", ["Datum", "Belegnummer", "Kunde", "Zahlungsbetrag"]),
    ("Encaissements.csv", ["Date", "N° pièce", "Client", "Montant encaissé"]),
]


@pytest.mark.parametrize(("name", "header"), LISTS, ids=lambda text: str(text))
def test_the_number_of_a_receipt_is_its_own(store: Store, name: str, header: list[str]) -> None:
    rows = [header, ["2026-03-02", "SK-1", "Nord", 100], ["2026-03-13", "SK-2", "Sud", 70]]
    write = as_csv if name.endswith("csv") else as_xlsx
    assert brought(store, name, write(rows)).table == "payments"
    found = store.rows("SELECT payment_id, order_id, amount FROM payments ORDER BY payment_id")
    assert [(number, order, int(amount)) for number, order, amount in found] == [
        ("SK-1", None, 100),
        ("SK-2", None, 70),
    ]


@pytest.mark.parametrize(
    ("number", "order"),
    [("单据编号", "订单编号"), ("单据号", "销售订单号"), ("Document No", "Order No"),
     ("Belegnummer", "Auftragsnummer"), ("N° pièce", "N° de commande"),
     ("Document Number", "Invoice Number")],
)  # fmt: skip
def test_the_order_that_a_receipt_names_stays_its_order(
    store: Store, number: str, order: str
) -> None:
    rows = [["Payment Date", number, order, "Customer", "Amount Received"],
            ["2026-03-02", "SK-1", "SO-9", "Nord", 100]]  # fmt: skip
    (draft,) = drafts_of(store, "payments.csv", as_csv(rows))
    assert (draft.mapping["payment_id"], draft.mapping["order_id"]) == (1, 2)
