"""Hold that lists of what customers paid are collections, and lists of orders are none."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, drafts_of

_WRITE = {"csv": as_csv, "xlsx": as_xlsx}


def _rows(header: str, line: str) -> Rows:
    """Return six lines like `line`, whose "#" counts up."""
    return [header.split(","), *(line.replace("#", str(at)).split(",") for at in range(3, 9))]


@pytest.mark.parametrize(
    ("name", "header", "line", "date", "amount"),
    [
        (
            "收款单列表.csv",
            "单据日期,单据编号,客户,结算方式,收款金额,本次核销金额,余额,业务员",
            "2026-11-0#,XSKD0#,科锐,电汇,10#0,80#,20#,刘洋",
            "单据日期",
            "收款金额",
        ),
        (
            "导出.xlsx",
            "单据日期,单据编号,客户,结算方式,收款金额,本次核销金额,业务员",
            "2026-11-0#,XSKD0#,科锐,电汇,10#0,80#,刘洋",
            "单据日期",
            "收款金额",
        ),
        (
            "收款单.xlsx",
            "单据日期,单据编号,客户名称,金额,业务员",
            "2026-11-0#,SK0#,科锐,10#0,刘洋",
            "单据日期",
            "金额",
        ),
        (
            "回款核销单.csv",
            "单据日期,单据编号,往来单位,核销金额,业务员",
            "2026-11-0#,SK0#,科锐,10#0,刘洋",
            "单据日期",
            "核销金额",
        ),
        (
            "export.csv",
            "Date,Number,Customer,Receipt Amount,Unapplied Amount",
            "2026-11-0#,R-0#,Acme,10#0,0",
            "Date",
            "Receipt Amount",
        ),
        (
            "Zahlungseingang November.csv",
            "Datum,Beleg-Nr,Kunde,Betrag",
            "0#.11.2026,Z-0#,Nord GmbH,10#0",
            "Datum",
            "Betrag",
        ),
        (
            "Encaissements.xlsx",
            "Date,N° pièce,Client,Montant encaissé,Commercial",
            "0#/11/2026,E-0#,Dupont,10#0,Ann",
            "Date",
            "Montant encaissé",
        ),
        (
            "cobros.csv",
            "Fecha,Número,Cliente,Importe cobrado,Vendedor",
            "0#/11/2026,C-0#,Pérez,10#0,Ann",
            "Fecha",
            "Importe cobrado",
        ),
    ],
)
def test_receipts_are_collections(
    store: Store, name: str, header: str, line: str, date: str, amount: str
) -> None:
    (draft,) = drafts_of(store, name, _WRITE[name.rsplit(".", 1)[1]](_rows(header, line)))
    names = header.split(",")
    assert draft.table == "payments"
    assert names[draft.mapping["payment_date"]] == date
    assert names[draft.mapping["amount"]] == amount


@pytest.mark.parametrize(
    ("name", "header", "line"),
    [
        (
            "导出.csv",
            "单据日期,单据编号,客户,金额,收款金额,业务员",
            "2026-11-0#,SO0#,科锐,10#0,80#,刘洋",
        ),
        (
            "订单收款情况.csv",
            "单据日期,单据编号,客户,金额,已收款金额,业务员",
            "2026-11-0#,SO0#,科锐,10#0,80#,刘洋",
        ),
        (
            "销售单.xlsx",
            "单据日期,单据编号,客户,商品,数量,金额,收款金额,业务员",
            "2026-11-0#,SO0#,科锐,泵,2,10#0,80#,刘洋",
        ),
        (
            "payments export.csv",
            "Order Date,Order No,Customer,Product,Quantity,Amount,Sales Rep",
            "2026-11-0#,SO-0#,Acme,Pump,2,10#0,Ann",
        ),
        (
            "Sales orders.csv",
            "Order Date,Order No,Customer,Amount,Payment Received,Sales Rep",
            "2026-11-0#,SO-0#,Acme,10#0,80#,Ann",
        ),
        (
            "Aufträge.csv",
            "Auftragsdatum,Auftragsnummer,Kunde,Betrag,Zahlungsbetrag,Vertreter",
            "0#.11.2026,A-0#,Nord GmbH,10#0,80#,Ann",
        ),
    ],
)
def test_orders_with_what_was_paid_stay_orders(
    store: Store, name: str, header: str, line: str
) -> None:
    (draft,) = drafts_of(store, name, _WRITE[name.rsplit(".", 1)[1]](_rows(header, line)))
    assert draft.table == "orders"
