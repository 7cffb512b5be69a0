"""Hold that what was given back is taken off where other rows say in words that nothing was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, sales


@pytest.mark.parametrize(
    ("header", "none", "written"),
    [
        ("订单编号,订单创建时间,买家会员名,总金额,退款金额", "无退款申请", "csv"),
        ("订单编号,订单创建时间,买家会员名,总金额,退款金额", "无退款申请", "xlsx"),
        ("订单号,下单日期,客户,金额,退款金额", "未退款", "csv"),
        ("订单号,下单日期,客户,金额,已退金额", "无", "xlsx"),
        ("Order No,Order Date,Customer,Amount,Refund amount", "no refund", "csv"),
        ("Order No,Order Date,Customer,Amount,Refunded amount", "None", "xlsx"),
        ("Auftragsnummer,Auftragsdatum,Kunde,Betrag,Erstattungsbetrag", "keine Erstattung", "csv"),
        ("N° de commande,Date de commande,Client,Montant,Remboursement", "pas remboursé", "csv"),
    ],
)
def test_refunds_beside_words_for_none_are_taken_off(
    store: Store, header: str, none: str, written: str
) -> None:
    backs = [none, "30", none, "12.50", none]
    rows = [
        header.split(","),
        *(
            [f"T-90{at}", f"2026-11-{at + 13}", f"Customer {at}", "100.00", back]
            for at, back in enumerate(backs)
        ),
    ]
    content = as_csv(rows) if written == "csv" else as_xlsx(rows)
    brought(store, f"orders.{written}", content)
    assert sales(store) == Decimal("457.50")


@pytest.mark.parametrize("none", ["无退款申请", "no refund"])
def test_words_for_none_alone_take_nothing_off(store: Store, none: str) -> None:
    rows = [
        ["订单编号", "下单日期", "客户", "总金额", "退款金额"],
        *([f"T-90{at}", f"2026-11-{at + 13}", f"客户{at}", "100", none] for at in range(4)),
    ]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == Decimal("400")
