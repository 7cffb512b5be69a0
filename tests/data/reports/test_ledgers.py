"""Ledgers and lists of a bank: balances are no collections, and a period is no header."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

PAYMENTS = ["Payment Date", "Customer", "Payment No", "Amount"]
ALDER = ["2026-03-02", "Alder", "P-1", "500"]
BIRCH = ["2026-03-05", "Birch", "P-2", "300"]


def collected(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM payments")
    return Decimal(total)


BALANCES = [
    ("Opening balance", "Closing balance"),
    ("Balance brought forward", "Balance carried forward"),
    ("Balance b/f", "Balance c/f"),
    ("Opening Balance as of 2026-03-01", "Ending Balance:"),
    ("Saldo vorgetragen", "Endsaldo"),
    ("Anfangssaldo", "Kontostand am 31.03.2026"),
    ("Solde initial", "Solde final"),
    ("Solde précédent", "Nouveau solde"),
    ("Saldo inicial", "Saldo final"),
    ("期初余额", "期末余额"),
    ("上期结转", "本期合计"),
    ("承前页", "本年累计"),
    ("前期繰越", "次期繰越"),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize(("opening", "closing"), BALANCES)
def test_a_balance_is_no_collection(
    store: Store,
    opening: str,
    closing: str,
    filled: bool,
    write: Callable[[Rows], bytes],
    suffix: str,
) -> None:
    rows = [PAYMENTS, ["2026-03-01", opening, "P-0" if filled else None, "1000"], ALDER, BIRCH,
            ["2026-03-31", closing, "P-3" if filled else None, "1800"]]  # fmt: skip
    name = f"payments.{suffix}"
    (draft,) = drafts_of(store, name, write(rows))
    assert draft.sheet
    said = [dict(note.params) for note in draft.sheet.notes if note.code.endswith("_rows")]
    assert ", ".join(str(params["rows"]) for params in said) == "2, 5"
    brought(store, name, write(rows))
    assert collected(store) == 800


@pytest.mark.parametrize(("opening", "closing"), [
    ("Opening bal.", "Bal c/f"),
    ("期初应收余额", "期末应收余额"),
    ("Saldo per 01.03.2026", "Schlußsaldo"),
    ("Solde à nouveau", "Solde fin de mois"),
    ("Saldo al inicio", "Saldo al cierre"),
    ("Saldo riportato", "Saldo a riportare"),
    ("Saldo transportado", "Saldo de encerramento"),
    ("Openingssaldo", "Slotsaldo"),
    ("Bilans otwarcia", "Stan końcowy"),
    ("Сальдо на начало периода", "Исходящее сальдо"),
    ("期首売掛残高", "期末残高"),
    ("전월이월", "기말잔액"),
    ("Açılış bakiyesi", "Kapanış bakiyesi"),
])  # fmt: skip
def test_a_balance_is_none_in_any_language(store: Store, opening: str, closing: str) -> None:
    rows = [PAYMENTS, ["2026-03-01", opening, "P-0", "1000"], ALDER, BIRCH,
            ["2026-03-31", closing, "P-3", "1800"]]  # fmt: skip
    brought(store, "payments.csv", as_csv(rows))
    assert collected(store) == 800


@pytest.mark.parametrize("cells", [
    pytest.param(["2026-03-01", "", "期初余额"], id="text"),
    pytest.param(["期初余额", "", ""], id="in-the-column-of-days"),
    pytest.param(["2026-03-01", "期初余额", ""], id="number"),
])  # fmt: skip
def test_a_balance_is_no_order(store: Store, cells: list[str]) -> None:
    rows = [["单据日期", "单据编号", "客户", "金额"], [*cells, "1000"],
            ["2026-03-02", "XS1", "甲公司", "500"], ["2026-03-05", "XS2", "乙公司", "300"],
            ["2026-03-31", "", "本期合计", "800"],
            ["2026-03-31", "", "本年累计", "3800"]]  # fmt: skip
    brought(store, "销售明细.csv", as_csv(rows))
    assert sales(store) == 800


@pytest.mark.parametrize(("sure", "passed_on"), [
    ("Opening balance", "Carried forward"),
    ("Balance b/f", "C/F"),
    ("", "C/F"),
    ("", "Vortrag"),
    ("期初余额", "结转"),
    ("Anfangssaldo", "Vortrag"),
    ("Solde initial", "À reporter"),
    ("Saldo inicial", "Suma y sigue"),
    ("Saldo iniziale", "A riportare"),
    ("", "繰越金"),
])  # fmt: skip
def test_what_is_passed_on_is_no_record_whatever_stands_beside_it(
    store: Store, sure: str, passed_on: str
) -> None:
    rows = [
        ["Order Date", "Document No", "Customer", "Sales Rep", "Amount"],
        ["2026-03-02", "INV-1", "Alder", "Ann", "300"],
        ["2026-03-03", "INV-2", "Birch", "Ann", "50"],
        *([["2026-03-01", sure, "Alder", "Ann", "9000"]] if sure else []),
        ["2026-03-31", passed_on, "Alder", "Ann", "9350"],
    ]
    brought(store, "documents.csv", as_csv(rows))
    assert sales(store) == 350


@pytest.mark.parametrize("product", ["Carried forward", "Vortrag", "结转", "Riporto", "Devir",
                                     "繰越", "Transporte"])  # fmt: skip
def test_a_product_named_like_what_is_passed_on_stays(store: Store, product: str) -> None:
    rows = [["Order No", "Order Date", "Customer", "Product", "Amount"],
            ["S-1", "2026-03-02", "Alder", "Seminar", "300"],
            ["S-2", "2026-03-03", "Birch", product, "50"],
            ["S-3", "2026-03-04", "Alder", "Buch", "20"]]  # fmt: skip
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == 370


@pytest.mark.parametrize("customer", ["Balance Ltd", "New Balance", "期初余额管理公司", "Saldo Art",
                                      "Carried forward", "Solde et fils", "本期文化"])  # fmt: skip
def test_a_customer_named_like_a_balance_stays(store: Store, customer: str) -> None:
    brought(store, "payments.csv", as_csv([PAYMENTS, ALDER, BIRCH,
                                           ["2026-03-09", customer, "P-3", "70"]]))  # fmt: skip
    assert collected(store) == 870


PERIODS = [
    pytest.param(["01.01.2026 - 31.01.2026"], id="a-span"),
    pytest.param(["交易区间：2026-03-01至2026-03-31"], id="chinese-span"),
    pytest.param(["Period", "2026-03-01", "2026-03-31"], id="two-days"),
    pytest.param(["交易区间", "2026-03-01", "至", "2026-03-31"], id="chinese-days"),
    pytest.param(["Zeitraum:", "01.03.2026", "31.03.2026"], id="german-days"),
    pytest.param(["Kontonummer", "DE12 3456", "Zeitraum", "01.03.2026 - 31.03.2026"], id="account"),
    pytest.param(["From 2026-03-01", "To 2026-03-31", "Account 123", "EUR"], id="from-and-to"),
    pytest.param(["Période", "du 01/03/2026 au 31/03/2026", "Compte", "FR76"], id="french"),
]  # fmt: skip
LISTS = [
    pytest.param(["Payment Date", "Customer", "Payment No", "Amount", "Balance"], id="english"),
    pytest.param(["交易日期", "对方户名", "流水号", "收入金额", "余额"], id="chinese"),
    pytest.param(["收款日期", "客户", "收款编号", "收款金额", "账户余额"], id="chinese-receipts"),
]  # fmt: skip


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize("header", LISTS)
@pytest.mark.parametrize("period", PERIODS)
def test_a_period_above_the_list_of_a_bank_is_no_header(
    store: Store, period: list[str], header: list[str], write: Callable[[Rows], bytes], suffix: str
) -> None:
    rows = [[*period, *[""] * (5 - len(period))], header, [*ALDER, "1500"], [*BIRCH, "1800"]]
    name = f"bank.{suffix}"
    (draft,) = drafts_of(store, name, write(rows))
    assert draft.sheet
    assert draft.sheet.header == tuple(header)
    assert draft.table == "payments"
    brought(store, name, write(rows))
    assert collected(store) == 800


@pytest.mark.parametrize("header", [
    ["Rep", "2026-01-01", "2026-02-01", "2026-03-01"],
    ["Rep", "Week 2026-03-02 - 2026-03-08", "Week 2026-03-09 - 2026-03-15", "Total"],
])  # fmt: skip
def test_columns_of_periods_stay_a_header(store: Store, header: list[str]) -> None:
    (draft,) = drafts_of(store, "list.csv", as_csv([header, ["Ann", "1", "2", "3"],
                                                    ["Bo", "4", "5", "6"]]))  # fmt: skip
    assert draft.sheet
    assert next(iter(draft.sheet.tops.values())).header == (1, 1)


BALANCED = [
    ["Date", "Customer", "Reference", "Balance", "Amount"],
    ["Payment Date", "Customer", "Payment", "Running balance", "Received"],
    ["日期", "客户名称", "流水号", "账户余额", "交易金额"],
    ["日期", "客户", "单号", "余额", "收款"],
    ["Datum", "Kunde", "Beleg", "Saldo", "Betrag"],
    ["Date", "Client", "Pièce", "Solde", "Montant"],
    ["Fecha", "Cliente", "Referencia", "Saldo", "Importe"],
]


@pytest.mark.parametrize("header", BALANCED)
def test_a_running_balance_is_never_the_amount(store: Store, header: list[str]) -> None:
    rows = [["2026-03-02", "Alder", "P-1", "1500", "500"],
            ["2026-03-05", "Birch", "P-2", "1800", "300"],
            ["2026-03-09", "Cedar", "P-3", "1850", "50"]]  # fmt: skip
    (draft,) = drafts_of(store, "list.csv", as_csv([header, *rows]))
    assert draft.mapping["amount"] == 4
