"""In a list of what customers paid, a receipt for what was sold is a receipt."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

WRITE: dict[str, Callable[[Rows], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}
# Headers of day, number, customer, amount and kind, then the kinds that count and that of a refund.
LISTS = [
    ("收款日期,收款单号,客户名称,收款金额,收款类型", ("销售收款", "预收款"), "销售退款"),
    ("单据日期,单据编号,客户,收款金额,收款用途", ("销售回款", "货款"), "退款"),
    ("收款日期,收款单号,客户,收款金额,业务类型", ("销售", "预收"), "退货退款"),
    ("回款日期,回款编号,客户名称,回款金额,款项性质", ("预收款", "尾款"), "退货款"),
    ("Payment Date,Receipt No,Customer,Amount,Receipt Type", ("Sales", "Customer payment"),
     "Refund"),
    ("Payment Date,Payment No,Customer,Amount,Payment Type", ("Invoice", "Payment"), "Refund"),
    ("Zahlungsdatum,Zahlungsnummer,Kunde,Zahlungsbetrag,Art der Zahlung",
     ("Rechnungszahlung", "Anzahlung"), "Rückzahlung"),
    ("Date d'encaissement,Numéro de reçu,Client,Montant encaissé,Type de règlement",
     ("Paiement de facture", "Acompte"), "Remboursement"),
    ("Fecha de cobro,Número de recibo,Cliente,Importe cobrado,Tipo de cobro",
     ("Cobro de factura", "Anticipo"), "Reembolso"),
]  # fmt: skip


def collected(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM payments")
    return Decimal(total)


@pytest.mark.parametrize("suffix", WRITE)
@pytest.mark.parametrize(("header", "kinds", "refund"), LISTS)
def test_each_kind_of_receipt_counts_and_a_refund_is_taken_back(
    store: Store, header: str, kinds: tuple[str, str], refund: str, suffix: str
) -> None:
    rows = [header.split(","), ["2026-03-02", "R-1", "Alder", "500", kinds[0]],
            ["2026-03-03", "R-2", "Birch", "300", kinds[1]],
            ["2026-03-04", "R-3", "Birch", "70", kinds[0]],
            ["2026-03-05", "R-4", "Alder", "20", refund]]  # fmt: skip
    name = f"receipts.{suffix}"
    (draft,) = drafts_of(store, name, WRITE[suffix](rows))
    assert asked(store, draft) == []
    assert brought(store, name, WRITE[suffix](rows)).left_out == {}
    assert collected(store) == 850


OTHERS = [
    ("收款日期,收款单号,客户,收款金额,收款类型", "销售收款", "其他收款"),
    ("收款日期,收款单号,客户,收款金额,收款用途", "货款", "押金"),
    ("Payment Date,Receipt No,Customer,Amount,Receipt Type", "Sales", "Other receipts"),
    ("Zahlungsdatum,Zahlungsnummer,Kunde,Zahlungsbetrag,Art der Zahlung", "Kundenzahlung",
     "Kaution"),
    ("Date d'encaissement,Numéro de reçu,Client,Montant encaissé,Type de paiement", "Encaissement",
     "Autres recettes"),
    ("Payment Date,Payment ID,Customer,Amount,Payment Type", "Payment", "Security deposit"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "total"), [("adds", 800), ("out", 500)])
@pytest.mark.parametrize(("header", "sold", "other"), OTHERS)
def test_a_receipt_for_something_else_is_asked_about(
    store: Store, header: str, sold: str, other: str, answer: str, total: int
) -> None:
    rows = [header.split(","), ["2026-03-02", "R-1", "Alder", "400", sold],
            ["2026-03-03", "R-2", "Birch", "100", sold],
            ["2026-03-04", "R-3", "Birch", "300", other]]  # fmt: skip
    key = f"amount/direction/{other}"
    (draft,) = drafts_of(store, "receipts.csv", as_csv(rows))
    assert asked(store, draft) == [key]
    brought(store, "receipts.csv", as_csv(rows), {key: answer})
    assert collected(store) == total


@pytest.mark.parametrize(("header", "sold", "paid"), [
    ("日期,单据类型,单据编号,客户,收款金额", "销售出库单", "销售收款单"),
    ("日期,单据类型,单据编号,客户,收款金额", "销售发票", "回款单"),
    ("Payment Date,Document Type,Document No,Customer,Payment Amount", "Invoice", "Payment"),
])  # fmt: skip
def test_a_sale_among_receipts_is_no_receipt(
    store: Store, header: str, sold: str, paid: str
) -> None:
    rows = [header.split(","), ["2026-03-02", sold, "D-1", "Alder", "500"],
            ["2026-03-03", paid, "D-2", "Alder", "200"],
            ["2026-03-04", paid, "D-3", "Birch", "100"]]  # fmt: skip
    (draft,) = drafts_of(store, "payments.csv", as_csv(rows))
    assert draft.table == "payments"
    brought(store, "payments.csv", as_csv(rows))
    assert collected(store) == 300


@pytest.mark.parametrize("kind", ["预收冲应收", "付货款"])
def test_what_no_customer_paid_is_left_out(store: Store, kind: str) -> None:
    rows = [["收款日期", "收款单号", "客户", "收款金额", "收款类型"],
            ["2026-03-02", "R-1", "甲公司", "400", "销售收款"],
            ["2026-03-03", "R-2", "乙公司", "100", kind]]  # fmt: skip
    assert brought(store, "收款.csv", as_csv(rows)).left_out == {"not_a_sale": 1}
    assert collected(store) == 400
