from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.matching.recognise import Match, normalise, recognise, shape
from data.values.header_text import unit
from data.values.patterns import look
from domain.tables import TABLES
from tests.data.exports import EXPORTS, Export

REAL = Path(os.environ.get("YUEPAN_REAL_DATA", Path(__file__).parents[4] / "shared" / "data"))


def _seen(export: Export, header: list[str] | None = None) -> Match:
    return recognise(header or export.header, export.samples, export.file, export.sheet)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.name)
def test_an_export_with_its_own_labels_is_recognised_whole(export: Export) -> None:
    found = _seen(export)
    assert (found.table, found.system, found.why_not) == (export.table, export.system, None)
    wanted = {column: at for at, (_, column, _) in enumerate(export.fields) if column}
    assert found.mapping == wanted


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.name)
def test_neither_the_file_name_nor_the_order_of_columns_decides(export: Export) -> None:
    order = sorted(range(len(export.fields)), key=lambda at: export.header[at])
    header = [export.header[at] for at in order]
    samples = [export.samples[at] for at in order]
    found = recognise(header, samples, "export (3).csv", "Sheet1")
    assert found.table == export.table


def test_an_id_beside_a_name_never_takes_the_names_place() -> None:
    header = [
        "Account Name.id",
        "Account Name",
        "Deal Owner.id",
        "Deal Owner",
        "Stage",
        "Record Id",
    ]
    found = recognise(header, [], "Deals_2026_05_28.csv", "")
    assert found.mapping == {"customer": 1, "rep": 3, "stage": 4, "deal_id": 5}


def test_one_letter_tells_hubspot_from_zoho() -> None:
    rest = ["Deal Name", "Amount", "Stage"]
    assert recognise(["Record ID", *rest], [], "a.csv", "").system == "hubspot"
    assert recognise(["Record Id", *rest], [], "a.csv", "").system == "zoho"


@pytest.mark.parametrize(
    ("header", "why_not"),
    [
        pytest.param(["Table", "Field", "Description"], "data_dictionary", id="dictionary"),
        pytest.param(["字段名", "说明"], "data_dictionary", id="chinese dictionary"),
        pytest.param(["kitten", "win"], "no_known_columns", id="nothing known"),
        pytest.param(["", ""], "no_known_columns", id="blank"),
        pytest.param([], "no_known_columns", id="no columns"),
        pytest.param(["date", "temperature", "customer"], "too_few_columns", id="too few"),
    ],
)
def test_a_sheet_that_is_no_table_says_why(header: list[str], why_not: str) -> None:
    found = recognise(header, [], "some.csv", "")
    assert (found.table, found.why_not, found.mapping) == (None, why_not, {})


def test_a_date_column_without_dates_is_no_date() -> None:
    header = ["Order ID", "Order Date", "Amount", "Customer"]
    samples: list[list[str | None]] = [["A1"], ["pending"], ["12"], ["Northwind"]]
    assert "order_date" not in recognise(header, samples, "orders.csv", "").mapping


def test_the_revenue_of_a_customer_is_no_amount() -> None:
    header = ["account", "sector", "year_established", "revenue", "employees"]
    samples: list[list[str | None]] = [["Fabrikam"], ["food"], ["1996"], ["11.4"], ["20"]]
    found = recognise(header, samples, "accounts.csv", "accounts")
    assert found.mapping == {"customer": 0, "industry": 1}


def test_profit_and_ship_date_stay_unmapped() -> None:
    header = ["订单日期", "发货日期", "销售额", "利润"]
    days: list[str | None] = ["2026-03-01"]
    found = recognise(header, [days, days, ["3"], ["1"]], "订单.xlsx", "订单")
    assert found.mapping == {"order_date": 0, "amount": 2}


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        pytest.param(["Consumer", "Corporate"], None, id="other words"),
        pytest.param(["重点客户", "普通客户"], "customer_class", id="our words"),
    ],
)
def test_a_segment_is_a_class_only_if_its_values_are(values: list[str], wanted: str | None) -> None:
    header = ["Order Date", "Sales", "Segment"]
    samples: list[list[str | None]] = [["2026-03-01", "2026-03-02"], ["1.5", "2"], [*values]]
    assert recognise(header, samples, "orders.csv", "").columns[2].column == wanted


def test_known_names_tell_a_column_without_a_name() -> None:
    header = ["Order Date", "Sales", "X9"]
    samples: list[list[str | None]] = [["2026-03-01"] * 2, ["1.5", "2"], ["Ann Lee", "Bo Chen"]]
    found = recognise(header, samples, "o.csv", "", known={"reps": {"Ann Lee", "Bo Chen"}})
    assert (found.columns[2].column, found.columns[2].why) == ("rep", "values")
    assert found.columns[2].confidence < 0.8


def test_a_slip_in_a_header_is_a_guess_and_never_sure() -> None:
    found = recognise(["Order Date", "Sales", "Custommer Name"], [], "o.csv", "")
    assert (found.columns[2].column, found.columns[2].why) == ("customer", "similar")
    assert found.columns[2].confidence < 0.8


def test_what_was_not_collected_is_not_like_what_was() -> None:
    found = recognise(["回款日期", "回款金额", "未回款日期", "客户"], [], "回款.xlsx", "")
    assert found.columns[2].column is None


def test_a_confirmed_mapping_comes_back_for_the_same_shape() -> None:
    header = ["A", "B", "C"]
    kept = {shape(header): ("orders", {"order_date": 0, "amount": 2, "gone": 1})}
    found = recognise([" a*", "Ｂ", "c"], [], "x.csv", "", remembered=kept)
    assert (found.table, found.mapping) == ("orders", {"order_date": 0, "amount": 2})
    assert {one.why for one in found.columns} == {"remembered", "none"}
    assert recognise(["A", "C", "B"], [], "x.csv", "", remembered=kept).table is None


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)
def test_a_template_of_ours_comes_back_as_its_table(table: object) -> None:
    names = list(table.names)  # type: ignore[attr-defined]
    found = recognise(names, [], "x.csv", table.name)  # type: ignore[attr-defined]
    assert found.table == table.name  # type: ignore[attr-defined]
    assert found.mapping == {name: at for at, name in enumerate(names)}


def test_a_table_the_user_has_named_is_not_argued_with() -> None:
    found = recognise(["won date", "sr"], [], "x.csv", "", into="deals")
    assert (found.table, found.mapping) == ("deals", {"closed_date": 0})


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("\ufeff订单号 *", "订单号"), ("Ｄｅａｌ＿Name", "deal name"),
        ("Probability (%)", "probability"),
        ("销售额（万元）", "销售额"), ("Amount (USD)", "amount"),
        ("Account Name.id", "account name.id"),
        ("Deal - Stage (pipeline)", "deal stage (pipeline)"), ("客户名称（必填）", "客户名称"),
    ],
)  # fmt: skip
def test_a_header_is_normalised(header: str, wanted: str) -> None:
    assert normalise(header) == wanted


@pytest.mark.parametrize(
    ("header", "wanted"),
    [("销售额（万元）", "万元"), ("Amount (USD)", "USD"), ("单价(元/件)", "元/件"),
    ("Stage (pipeline)", None)],
)  # fmt: skip
def test_a_unit_is_kept_for_later(header: str, wanted: str | None) -> None:
    assert unit(header) == wanted


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=12), st.lists(st.text(max_size=8), max_size=5))
def test_whatever_the_sheet_no_column_is_given_twice(header: list[str], values: list[str]) -> None:
    found = recognise(header, [[*values] for _ in header], "x.csv", "y")
    given_away = [one.column for one in found.columns if one.column]
    assert len(given_away) == len(set(given_away))
    assert [one.header for one in found.columns] == header
    assert all(0 <= one.confidence <= 1 for one in found.columns) and 0 <= found.confidence <= 1


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_that_is_looked_up(header: str) -> None:
    assert shape([header]) == shape([header.strip()])


# --- files that are not part of the project ------------------------------------------------


def _csv(name: str, encoding: str = "utf-8-sig") -> Match:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is not here (YUEPAN_REAL_DATA)")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding))))[:201]
    samples: list[list[str | None]] = [[*column] for column in zip(*rows[1:], strict=False)]
    return recognise(rows[0], samples, path.name, path.stem)


_PIPELINE = {
    "deal_id": 0, "rep": 1, "product": 2, "customer": 3, "stage": 4, "created_date": 5,
    "expected_close_date": 6, "amount": 7,
}  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "table", "mapping"),
    [
        ("maven_crm/sales_pipeline.csv", "deals", _PIPELINE),
        ("maven_crm/variants/dd-mm-yy.csv", "deals", _PIPELINE),
        ("maven_crm/variants/m-d-yyyy.csv", "deals", _PIPELINE),
        ("maven_crm/variants/minus-one-for-open.csv", "deals", _PIPELINE),
        ("maven_crm/accounts.csv", "customers", {"customer": 0, "industry": 1, "region": 5}),
        ("maven_crm/sales_teams.csv", "reps", {"rep": 0, "manager": 1, "region": 2}),
        ("maven_crm/products.csv", "products", {"product": 0, "category": 1, "list_price": 2}),
        ("maven_crm/data_dictionary.csv", None, {}),
        ("olist_funnel/olist_marketing_qualified_leads_dataset.csv", "leads",
         {"lead_id": 0, "created_date": 1, "source": 3}),
        ("olist_funnel/olist_closed_deals_dataset.csv", "leads",
         {"lead_id": 0, "converted_date": 4}),
        ("marketing/robyn_weekly.csv", None, {}),
        ("techvista/fact_sales.csv", "orders",
         {"order_id": 0, "order_date": 1, "product": 2, "customer": 3, "rep": 5, "quantity": 6,
          "unit_price": 7, "discount": 8, "amount": 11, "cost": 12, "status": 16}),
        ("techvista/dim_products.csv", "products",
         {"product": 1, "category": 3, "cost": 4, "list_price": 5}),
        ("techvista/sales_targets.csv", "targets", {"scope_value": 2, "period": 4, "target": 5}),
        ("gbk/data_wuliu.csv", "orders",
         {"order_id": 0, "line_no": 1, "order_date": 2, "product": 5, "region": 7, "quantity": 8,
          "amount": 9}),
    ],
)  # fmt: skip
def test_a_real_csv_is_recognised(name: str, table: str | None, mapping: dict[str, int]) -> None:
    found = _csv(name, "gb18030" if name.startswith("gbk") else "utf-8-sig")
    assert (found.table, found.system, found.mapping) == (table, "generic", mapping)


_SUPERSTORE = {
    "line_no": "Row ID", "order_id": "Order ID", "order_date": "Order Date",
    "customer": "Customer Name", "region": "Region", "product": "Product Name",
    "category": "Category", "amount": "Sales", "quantity": "Quantity", "discount": "Discount",
}  # fmt: skip
_CHAOSHI = {
    "line_no": "行 ID", "order_id": "订单 ID", "order_date": "订单日期", "customer": "客户名称",
    "region": "地区", "product": "产品名称", "category": "类别", "amount": "销售额",
    "quantity": "数量", "discount": "折扣",
}  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "sheets"),
    [
        ("superstore/Sample-Superstore.xls",
         {"Orders": ("orders", _SUPERSTORE), "Returns": ("returns", {"order_id": "Order ID"}),
          "People": ("reps", {"rep": "Person", "region": "Region"})}),
        ("chaoshi/示例 - 超市.xls",
         {"订单": ("orders", _CHAOSHI), "退货": ("returns", {"order_id": "订单 ID"}),
          "销售人员": ("reps", {"rep": "地区经理", "region": "地区"})}),
    ],
)  # fmt: skip
def test_a_real_workbook_is_recognised(
    name: str, sheets: dict[str, tuple[str, dict[str, str]]]
) -> None:
    fastexcel = pytest.importorskip("fastexcel")
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is not here (YUEPAN_REAL_DATA)")
    book = fastexcel.read_excel(path)
    for sheet, (table, mapping) in sheets.items():
        cells = book.load_sheet(sheet, n_rows=200, dtypes="string").to_arrow()
        samples = [column.to_pylist() for column in cells.columns]
        found = recognise(cells.schema.names, samples, path.name, sheet)
        assert found.table == table
        assert {one.column: one.header for one in found.columns if one.column} == mapping


@pytest.mark.parametrize(
    ("value", "is_number"),
    [
        ("CHF 1234.50", True), ("1’234.50", True), ("1 234,50 kr", True), ("100 Kč", True),
        ("SEK 1 234,50", True), ("–1 234,50", True), ("1500.-", True), ("CHF 950.--", True),
        ("ABC 123", False), ("SO-001", False), ("EUR", False),
    ],
)  # fmt: skip
def test_an_amount_in_any_currency_looks_like_a_number(value, is_number):
    assert look([value]).numbers == float(is_number)
