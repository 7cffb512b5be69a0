"""Amounts with tax beside its rate, and no column without it: the tax is taken off."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from data.values.amount_words import role
from data.values.tax_rates import is_tax_rate, tax_rate
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

CHINESE = ["订单编号", "下单日期", "客户"]
ENGLISH = ["Order ID", "Order Date", "Customer"]
GERMAN = ["Auftragsnummer", "Auftragsdatum", "Kunde"]
FRENCH = ["N° commande", "Date de commande", "Client"]

# | headers, those of amount and rate, rows of amount and rate, what is without tax
KNOWN = [
    pytest.param([*CHINESE, "含税金额", "税率"], [(113, "13%"), (106, "6%")], 200, id="percent"),
    pytest.param([*CHINESE, "含税金额", "税率"], [(113, 0.13), (106, 0.06)], 200, id="shares"),
    pytest.param([*CHINESE, "价税合计", "税率"], [(113, 13), (109, 9)], 200, id="hundredths"),
    pytest.param([*CHINESE, "含税金额", "税率"], [(113, "13%"), (50, "免税"), (20, "0%")], 170,
                 id="exempt"),
    pytest.param([*CHINESE, "含税金额", "增值税率"], [(101, 1), (206, 3)], 300, id="small-firms"),
    pytest.param([*ENGLISH, "Gross amount", "VAT rate"], [(119, "19%"), (107, "7%")], 200, id="en"),
    pytest.param([*ENGLISH, "Amount incl. VAT", "VAT %"], [(120, 20), (105, 5)], 200, id="en-%"),
    pytest.param([*GERMAN, "Bruttobetrag", "MwSt-Satz"], [(119, 19), (214, 7)], 300, id="de"),
    pytest.param([*FRENCH, "Montant TTC", "Taux TVA"], [("120", "20%"), ("211", "5,5%")], 300,
                 id="fr"),
    pytest.param([*ENGLISH, "Gross amount", "VAT rate"], [(99.99, "19%"), (-119, "19%")],
                 Decimal("-15.97"), id="cents-and-credit"),
]  # fmt: skip


def sheet(header: list[str], rows: list[tuple[object, object]]) -> list[list[object]]:
    lines = [[f"S{at}", f"2026-11-0{at + 2}", "Alder", *row] for at, row in enumerate(rows)]
    return [header, *lines]  # type: ignore[list-item]


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("header", "rows", "net"), KNOWN)
def test_the_amount_is_without_the_tax(
    store: Store, header: list[str], rows: list[tuple[object, object]], net: object, write: object
) -> None:
    name = "orders.csv" if write is as_csv else "orders.xlsx"
    content = write(sheet(header, rows))  # type: ignore[operator]
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet is not None
    assert [note.code for note in draft.sheet.notes] == ["net_amount"]
    assert "discount" not in draft.mapping
    result = brought(store, name, content)
    assert (result.error, sales(store)) == (None, net)


UNSURE = [
    pytest.param([(113, "13%"), (106, "")], 206, id="blank"),
    pytest.param([(113, "13%"), (106, "见备注")], 206, id="words"),
    pytest.param([(113, "13"), (106, "0.06"), (100.5, "0.5")], None, id="shares-and-hundredths"),
]


@pytest.mark.parametrize(("rows", "net"), UNSURE)
def test_where_a_rate_is_missing_the_user_says_which_it_is(
    store: Store, rows: list[tuple[object, object]], net: object
) -> None:
    content = as_csv(sheet([*CHINESE, "含税金额", "税率"], rows))
    (draft,) = drafts_of(store, "订单.csv", content)
    assert asked(store, draft) == ["amount/column"]
    if net is not None:
        brought(store, "订单.csv", content, {"amount/column": "含税金额 ÷ (1 + 税率)"})
        assert sales(store) == net


def test_a_column_without_tax_goes_before_what_is_worked_out(store: Store) -> None:
    header = [*CHINESE, "含税金额", "未税金额", "税率"]
    rows = [header, ["S1", "2026-11-02", "甲", 113, 100, "13%"],
            ["S2", "2026-11-03", "乙", 212, 200, "6%"]]  # fmt: skip
    content = as_csv(rows)
    (draft,) = drafts_of(store, "订单.csv", content)
    assert draft.sheet is not None
    assert draft.sheet.header[draft.mapping["amount"]] == "未税金额"
    brought(store, "订单.csv", content)
    assert sales(store) == 300


@pytest.mark.parametrize("header", ["金额", "Amount", "不含税金额", "Net amount"])
def test_amounts_that_do_not_say_that_they_have_tax_stay(store: Store, header: str) -> None:
    rows = sheet([*ENGLISH, header, "VAT rate"], [(100, "19%"), (200, "7%")])
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == 300


@pytest.mark.parametrize(
    ("text", "share"),
    [("13%", "0.13"), ("13", "0.13"), ("0.13", "0.13"), ("5,5 %", "0.055"), ("０．０６", "0.06"),
     ("0", "0"), ("免税", "0"), ("exempt", "0"), ("0.5%", "0.005"), ("130%", None), ("-3", None),
     ("n/a", None), ("见备注", None)],
)  # fmt: skip
def test_a_rate_is_a_share(text: str, share: str | None) -> None:
    assert tax_rate(text) == (None if share is None else Decimal(share))


@pytest.mark.parametrize(
    "header",
    ["税率", "增值税率", "Tax Rate", "VAT rate", "VAT %", "GST Rate", "MwSt-Satz", "Steuersatz",
     "Taux TVA", "Taux de TVA", "Tipo de IVA", "% IVA", "BTW tarief"],
)  # fmt: skip
def test_a_rate_of_tax_is_no_tax(header: str) -> None:
    assert (is_tax_rate(header), role(header)) == (True, "rate")


@pytest.mark.parametrize("header", ["Tax", "税额", "Discount rate", "Rate", "MwSt", "Taux"])
def test_other_columns_are_no_rate_of_tax(header: str) -> None:
    assert not is_tax_rate(header)
