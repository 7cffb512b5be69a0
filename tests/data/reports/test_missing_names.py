"""Words that stand where a name is missing are no customer, rep, team or product."""

from __future__ import annotations

import pyarrow as pa
import pytest

from data.store.database import Store
from data.values.columns import plain
from data.values.placeholders import placeholders, without_placeholders
from tests.data.reports.imported import as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

WORDS = [
    "待定", "未分配", "【未指派】", "暂无", "无", "公海", "N/A", "n.a.", "NA", "nan", "TBD",
    "T.B.D.", "-", "——", "???", "unknown", "Unassigned", "not assigned", "(blank)",
    "（空白）", "<none>", "-- None --", "No owner", "#N/A", "ＴＢＤ", "nicht zugewiesen",
    "k.A.", "(Leer)", "Kein Verkäufer", "non attribué", "à définir", "(vide)", "sin asignar",
    "(en blanco)", "por definir", "não atribuído", "nessuno", "n.v.t.", "未割当", "미지정",
]  # fmt: skip
NAMES = [
    "Ann Vale", "Nadia", "Nan", "Na", "Nil", "Tba Ltd", "Blank", "Leer", "无锡华东", "空调",
    "公海船务", "Noone Ltd", "Ohne Grenzen GmbH", "Unknown Pleasures", "None Such Inc", "007",
    "散客", "House account", "K.A. Schmidt", "待定宇",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_no_name_is_blank(word: str) -> None:
    for cells in (pa.array([word, "Bo"]), pa.array([word, "Bo"]).dictionary_encode()):
        assert plain(without_placeholders(cells, "rep")).to_pylist() == [None, "Bo"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_holds_such_a_word_stays(name: str) -> None:
    for column in ("rep", "customer", "product", "team"):
        assert without_placeholders(pa.array([name]), column).to_pylist() == [name]


@pytest.mark.parametrize("column", ["region", "team"])
def test_na_is_north_america_where_rows_are_of_regions(column: str) -> None:
    cells = pa.array(["NA", "EMEA", "N/A"])
    assert without_placeholders(cells, column).to_pylist() == ["NA", "EMEA", None]


def test_the_high_seas_are_nobody_and_may_be_a_customer_or_a_product() -> None:
    assert without_placeholders(pa.array(["公海"]), "owner").to_pylist() == [None]
    assert without_placeholders(pa.array(["公海"]), "product").to_pylist() == ["公海"]


def test_columns_that_hold_no_names_keep_their_words() -> None:
    assert without_placeholders(pa.array(["TBD"]), "next_step").to_pylist() == ["TBD"]
    assert placeholders(pa.array(["TBD"]), "next_step") == []


@pytest.mark.parametrize("as_file", [as_csv, as_xlsx])
@pytest.mark.parametrize(
    ("header", "nobody"),
    [
        (["Order ID", "Order Date", "Customer", "Sales Rep", "Product", "Amount"], "TBD"),
        (["Order ID", "Order Date", "Customer", "Sales Rep", "Product", "Amount"], "(blank)"),
        (["订单编号", "下单日期", "客户名称", "销售员", "产品名称", "订单金额"], "待定"),
        (["订单编号", "下单日期", "客户名称", "销售员", "产品名称", "订单金额"], "-"),
        (["Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Produkt", "Betrag"], "k.A."),
        (["N° commande", "Date de commande", "Client", "Commercial", "Produit", "Montant"], "n/d"),
    ],
)  # fmt: skip
def test_their_rows_count_without_a_name(
    store: Store, header: list[str], nobody: str, as_file: object
) -> None:
    rows = [
        header,
        ["S1", "2026-11-02", "Acme", "Ann", "Pump", 100],
        ["S2", "2026-11-03", nobody, nobody, nobody, 200],
        ["S3", "2026-11-04", "Bolt", nobody, "Valve", 400],
    ]
    name = "orders.csv" if as_file is as_csv else "orders.xlsx"
    result = brought(store, name, as_file(rows))  # type: ignore[operator]
    assert (result.error, sales(store)) == (None, 700)
    assert sales(store, "rep IS NULL") == 600
    assert sales(store, "customer IS NULL AND product IS NULL") == 200
    said = {problem.column for problem in result.problems if problem.why == "no_name"}
    assert said == (set() if nobody == "-" else {"customer", "rep", "product"})


def test_nobody_is_no_person_of_the_list_and_is_asked_about_nowhere(store: Store) -> None:
    rows = [
        ["Rep", "Team", "Region"],
        ["Ann Vale", "South", "EMEA"],
        ["Unassigned", "TBD", "EMEA"],
        ["Unassigned", "North", "EMEA"],
        ["Bo Reed", "待定", "N/A"],
    ]
    result = brought(store, "reps.csv", as_csv(rows))
    assert (result.error, result.left_out) == (None, {"missing_key": 2})
    assert store.rows("SELECT rep, team, region FROM reps ORDER BY rep") == [
        ("Ann Vale", "South", "EMEA"),
        ("Bo Reed", None, None),
    ]
