"""Rows that are no records: what stands below a report, counts, totals, headings of groups."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from data.staging.draft import Draft, Result
from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

SF = ["Opportunity Name", "Account Name", "Opportunity Owner", "Stage", "Amount", "Close Date",
      "Created Date"]  # fmt: skip
WON = ["Alder renewal", "Alder", "Ann Vale", "Closed Won", "1000", "2026-03-25", "2026-01-05"]
OPEN = ["Birch rollout", "Birch", "Bo Reed", "Negotiation", "2000", "2026-04-15", "2026-02-09"]
LOST = ["Cedar pilot", "Cedar", "Ann Vale", "Closed Lost", "500", "2026-03-30", "2026-01-20"]
ORDER = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ONE = ["SO-1", "2026-03-02", "Alder", "Ann Vale", "120"]
TWO = ["SO-2", "2026-03-09", "Birch", "Bo Reed", "260.5"]
THREE = ["SO-3", "2026-03-16", "Cedar", "Ann Vale", "75"]
DINGDAN = ["订单编号", "下单日期", "客户", "业务员", "金额"]
YI = ["XS-1", "2026-03-02", "甲公司", "张三", "120"]
ER = ["XS-2", "2026-03-09", "乙公司", "李四", "260.5"]
KEHU = ["客户", "客户分类", "区域", "行业"]


def first(text: str, width: int) -> list[str | None]:
    """Return a row with a text in its first cell."""
    return [text, *[None] * (width - 1)]


def notes(draft: Draft) -> dict[str, dict[str, object]]:
    assert draft.sheet is not None
    return {note.code: dict(note.params) for note in draft.sheet.notes}


def counted(result: Result) -> int:
    """Return the rows kept, after checking that rows in are those kept and those left out."""
    assert result.left_out is not None
    assert result.rows_in == result.rows_kept + sum(result.left_out.values())
    return result.rows_kept


BELOW_DEALS = [
    pytest.param([[], ["Total Records: 3"], ["Report run on 3/31/2026 by Ann Vale"]], id="zoho"),
    pytest.param([["Exported by Bo Reed on 2026-03-31 09:12"], ["Confidential"]], id="no-gap"),
    pytest.param([[], ["Pipeline review Q1"], ["Acme Trading Ltd"], ["Page 1 of 1"]], id="page"),
    pytest.param([[], ["© 2026 Acme. Alle Rechte vorbehalten."], ["Erstellt am 31.03.2026"]],
                 id="german"),
    pytest.param([[], ["共3条记录"], ["导出人：张三", None, "导出时间：2026-03-31 18:00"]],
                 id="chinese"),
    pytest.param([[], ["Grand Totals (3 records)"], ["EUR 3,500.00"], [], ["My report"],
                  ["Copyright (c) 2000-2026 example, inc. All rights reserved."]], id="totals"),
    pytest.param([[None, None, None, "Total", "3500"], [None, None, None, "Count", "3"]],
                 id="label-under-stage"),
    pytest.param([[None, None, None, None, "3500"]], id="total-without-a-label"),
    pytest.param([["All deals by owner"]], id="name-without-a-gap"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("below", BELOW_DEALS)
def test_what_stands_below_a_report_of_deals_is_no_deal(
    store: Store, below: Rows, suffix: str
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    result = brought(store, f"deals_2026-03-31.{suffix}", write([SF, WON, OPEN, LOST, *below]))
    assert counted(result) == 3
    deals = store.rows("SELECT status, sum(amount) FROM deals GROUP BY status ORDER BY status")
    assert deals == [("lost", Decimal(500)), ("open", Decimal(2000)), ("won", Decimal(1000))]


LISTS = [
    pytest.param("leads", ["Lead ID", "Lead Owner", "Lead Source", "Created Date", "Lead Status"],
                 [["00Q1", "Ann Vale", "Web", "2026-03-05", "Open"],
                  ["00Q2", "Bo Reed", "Event", "2026-03-25", "Converted"]], id="leads"),
    pytest.param("customers", ["Account Name", "Account Type", "Region", "Industry"],
                 [["Alder", "Key", "North", "Retail"], ["Birch", "Key", "South", "Banking"]],
                 id="customers"),
    pytest.param("customers", KEHU, [["甲公司", "重点", "华东", "零售"],
                                     ["乙公司", "普通", "华北", "银行"]], id="customers-chinese"),
    pytest.param("reps", ["Sales Rep", "Team", "Region", "Level"],
                 [["Ann Vale", "North", "East", "Senior"], ["Bo Reed", "South", "West", "Junior"]],
                 id="reps"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "header", "rows"), LISTS)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_stands_below_a_list_is_none_of_its_rows(
    store: Store, table: str, header: list[str], rows: Rows, suffix: str
) -> None:
    below = [[], ["All records"], ["Copyright (c) 2026 example.com, inc."],
             ["Confidential Information - Do Not Distribute"], ["Acme Trading"]]  # fmt: skip
    write = as_csv if suffix == "csv" else as_xlsx
    (draft,) = drafts_of(store, f"{table}.{suffix}", write([header, *rows, *below]))
    assert draft.table == table
    assert notes(draft)["footer_rows"] == {"count": 4, "rows": "5, 6, 7, 8"}
    (result,) = land(store, [draft])
    assert counted(result) == 2
    assert store.rows(f"SELECT count(*) FROM {table}") == [(2,)]


TOTALS = [
    pytest.param([[None, None, None, None, "380.5"], ONE, TWO], id="under-the-header-no-label"),
    pytest.param([["Total", None, None, None, "380.5"], ONE, TWO], id="under-the-header"),
    pytest.param([ONE, TWO, ["Summe", None, None, None, "380.5"]], id="german"),
    pytest.param([ONE, TWO, ["*", None, None, None, "380.5"]], id="sap"),
    pytest.param([ONE, TWO, ["共2条", None, None, None, "380.5"]], id="count-and-sum"),
    pytest.param([ONE, TWO, ["Total général", None, None, None, "380.5"]], id="french"),
    pytest.param([ONE, TWO, [None, None, None, "Average", "190.25"],
                  [None, None, None, "Count", "2"]], id="average-and-count"),
    pytest.param([ONE, ["Alder Total", None, None, None, "120"], TWO,
                  ["Birch Total", None, None, None, "260.5"],
                  ["Grand Total", None, None, None, "380.5"]], id="excel-subtotals"),
    pytest.param([["SO-1", "2026-03-02", "Alder", "Ann Vale", "100"],
                  ["SO-4", "2026-03-03", "Alder", "Ann Vale", "20"],
                  [None, None, "Alder", None, "120"], TWO,
                  [None, None, "Birch", None, "260.5"]], id="subtotals-with-the-name-alone"),
    pytest.param([ONE, [None, None, None, None, "120"], TWO, [None, None, None, None, "260.5"],
                  [None, None, None, None, "380.5"]], id="nothing-but-figures"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("rows", TOTALS)
def test_sums_of_orders_are_no_orders(store: Store, rows: Rows, suffix: str) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    result = brought(store, f"orders.{suffix}", write([ORDER, *rows]))
    counted(result)
    assert sales(store) == Decimal("380.5")
    customers = store.rows("SELECT customer, sum(amount) FROM orders GROUP BY 1 ORDER BY 1")
    assert customers == [("Alder", Decimal(120)), ("Birch", Decimal("260.5"))]


def test_a_total_without_a_label_takes_no_order_from_the_line_above(store: Store) -> None:
    """Its blank cells would be filled from the order above, as those of further lines are."""
    header = ["订单编号", "下单日期", "客户", "产品", "金额"]
    rows = [["XS-1", "2026-03-02", "甲公司", "泵", "100"], [None, None, None, "阀", "50"],
            ["XS-2", "2026-03-09", "乙公司", "泵", "80"], [None, None, None, "管", "70"],
            [None, None, None, None, "300"]]  # fmt: skip
    brought(store, "订单.csv", as_csv([header, *rows]))
    assert sales(store) == Decimal(300)
    assert store.rows("SELECT count(*) FROM orders") == [(4,)]


BY_CUSTOMER = [
    pytest.param("Sales by Customer Detail.csv", "Sales by Customer Detail",
                 ["", "Date", "Num", "Product", "Amount"], "Total for {}", id="quickbooks-online"),
    pytest.param("sales.xlsx", "Sales by Customer Detail",
                 ["", "Date", "Num", "Product", "Amount"], "Total {}", id="quickbooks-desktop"),
    pytest.param("Sales by Customer.xlsx", "Sales by Customer Detail",
                 ["", "Date", "Document Number", "Item", "Amount"], "Total - {}", id="netsuite"),
    pytest.param("销售明细.csv", "按客户汇总", ["客户", "单据日期", "单据编号", "产品", "金额"],
                 "{} 小计", id="chinese"),
    pytest.param("umsatz.xlsx", "Umsatz nach Kunde",
                 ["Kunde", "Bestelldatum", "Auftragsnummer", "Artikel", "Betrag"],
                 "Summe für {}", id="german"),
    pytest.param("orders.csv", "Orders", ["Customer", "Order Date", "Order ID", "Product",
                                          "Amount"], "", id="without-totals"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "title", "header", "total"), BY_CUSTOMER)
def test_the_heading_of_a_group_is_the_customer_of_the_rows_below_it(
    store: Store, name: str, title: str, header: list[str], total: str
) -> None:
    groups: dict[str, Rows] = {
        "Alder Co": [[None, "2026-03-02", "1001", "Widget", "600.00"],
                     [None, "2026-03-10", "1003", "Widget", "-200.00"]],
        "Birch Co": [[None, "2026-03-25", "1002", "Gadget", "400.00"]],
    }  # fmt: skip
    rows: list[list[object]] = [[title], [], list(header)]
    for customer, lines in groups.items():
        rows += [[customer], *map(list, lines)]
        rows += [[total.format(customer), None, None, None, "400.00"]] if total else []
    rows += [["TOTAL", None, None, None, "800.00"]] if total else []
    write = as_xlsx if name.endswith("xlsx") else as_csv
    (draft,) = drafts_of(store, name, write(rows))
    assert notes(draft)["group_rows"]["count"] == 2
    assert "total_rows" in notes(draft) or not total
    (result,) = land(store, [draft])
    assert result.error is None
    assert counted(result) == 3
    customers = store.rows("SELECT customer, sum(amount) FROM orders GROUP BY 1 ORDER BY 1")
    assert customers == [("Alder Co", Decimal(400)), ("Birch Co", Decimal(400))]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_heading_above_a_column_of_dates_gets_a_column(store: Store, suffix: str) -> None:
    header = ["Order Date", "Order ID", "Product", "Amount"]
    rows = [["Sales by Customer"], [], header, ["Alder Co"],
            ["2026-03-02", "1001", "Widget", "600"], ["2026-03-10", "1003", "Widget", "-200"],
            ["Total Alder Co", None, None, "400"], ["Birch Co"],
            ["2026-03-25", "1002", "Gadget", "400"], ["Total Birch Co", None, None, "400"],
            ["Total", None, None, "800"]]  # fmt: skip
    write = as_csv if suffix == "csv" else as_xlsx
    result = brought(store, f"invoices.{suffix}", write(rows))
    assert counted(result) == 3
    customers = store.rows("SELECT customer, sum(amount) FROM orders GROUP BY 1 ORDER BY 1")
    assert customers == [("Alder Co", Decimal(400)), ("Birch Co", Decimal(400))]


def test_a_group_inside_a_group_ends_with_its_total(store: Store) -> None:
    rows = [["Customer", "Order Date", "Order ID", "Amount"], ["Alder Co"],
            [None, "2026-03-02", "1", "100"], ["Alder North"], [None, "2026-03-03", "2", "200"],
            ["Total for Alder North", None, None, "200"], [None, "2026-03-04", "3", "300"],
            ["Total for Alder Co", None, None, "600"], ["Birch Co"],
            [None, "2026-03-05", "4", "400"],
            ["Total for Birch Co", None, None, "400"]]  # fmt: skip
    brought(store, "orders.csv", as_csv(rows))
    customers = store.rows("SELECT customer, sum(amount) FROM orders GROUP BY 1 ORDER BY 1")
    assert customers == [
        ("Alder Co", Decimal(400)), ("Alder North", Decimal(200)), ("Birch Co", Decimal(400)),
    ]  # fmt: skip


@pytest.mark.parametrize("corner", ["A1", "B2", "D5"])
def test_merged_cells_are_found_wherever_the_table_begins(store: Store, corner: str) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    cell = page[corner]
    top, left = cell.row, cell.column
    rows = [["Opportunity Owner", "Opportunity Name", "Stage", "Amount", "Close Date"],
            ["Ann Vale", "Alder", "Closed Won", 1000, "2026-03-25"],
            [None, "Cedar", "Closed Lost", 500, "2026-03-30"], ["Subtotal", "Sum", None, 1500],
            [None, "Count", 2], ["Bo Reed", "Birch", "Negotiation", 2000, "2026-04-15"],
            ["Subtotal", "Sum", None, 2000], [None, "Count", 1], ["Total", "Sum", None, 3500],
            [None, "Count", 3]]  # fmt: skip
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            page.cell(top + down, left + right, value)
    for down in (1, 3, 6, 8):
        page.merge_cells(start_row=top + down, end_row=top + down + 1,
                         start_column=left, end_column=left)  # fmt: skip
    stream = io.BytesIO()
    book.save(stream)
    result = brought(store, "Pipeline-2026-03-31.xlsx", stream.getvalue())
    assert counted(result) == 3
    reps = store.rows("SELECT rep, sum(amount), count(*) FROM deals GROUP BY 1 ORDER BY 1")
    assert reps == [("Ann Vale", Decimal(1500), 2), ("Bo Reed", Decimal(2000), 1)]


def test_a_merged_title_beside_its_label_is_no_header(store: Store) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    rows = [["Title:", "Orders of March"], ["Summary:", "All regions"], [], ORDER, ONE, TWO, THREE]
    for down, row in enumerate(rows, 2):
        for right, value in enumerate(row, 2):
            page.cell(down, right, value)
    for down in (2, 3):
        page.merge_cells(start_row=down, end_row=down, start_column=3, end_column=6)
    stream = io.BytesIO()
    book.save(stream)
    brought(store, "orders.xlsx", stream.getvalue())
    assert sales(store) == Decimal("455.5")


AGAIN = [
    pytest.param(["7", *ORDER[1:]], id="a-number"),
    pytest.param(["2026-03", *ORDER[1:]], id="a-month"),
    pytest.param([None, *ORDER[1:]], id="blank"),
    pytest.param(ORDER, id="the-same"),
]


@pytest.mark.parametrize("again", AGAIN)
@pytest.mark.parametrize("gap", [True, False])
def test_a_header_in_the_middle_is_no_new_table(store: Store, again: Rows, gap: bool) -> None:
    rows = [ORDER, ONE, TWO, *([[]] if gap else []), again, THREE]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert notes(draft)["header_again"]["count"] == 1
    (result,) = land(store, [draft])
    assert counted(result) == 3
    assert sales(store) == Decimal("455.5")


def test_a_header_in_the_middle_below_a_column_of_numbers_is_no_new_table(store: Store) -> None:
    """Lists that a script put together: each file's own header is a row with a number."""
    rows = [["", *ORDER], ["0", *ONE], ["1", *TWO], ["2", *ORDER], ["3", *THREE]]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == Decimal("455.5")


def test_another_table_below_stays_another_table(store: Store) -> None:
    more = [["Product", *ORDER[1:]], ["P-1", "2026-03-02", "Alder", "Ann Vale", "999"]]
    (draft,) = drafts_of(store, "orders.csv", as_csv([ORDER, ONE, TWO, THREE, [], *more]))
    assert "other_table" in notes(draft)
    assert land(store, [draft])[0].rows_kept == 3


RECORDS = [
    pytest.param("deals_2026-03-31.csv",
                 [SF, WON, OPEN, ["Dorn idea", None, None, "Prospecting"], LOST], 4,
                 id="a-deal-with-name-and-stage"),
    pytest.param("deals_2026-03-31.csv",
                 [SF, WON, OPEN, LOST, ["Generated leads", None, None, "Negotiation"]], 4,
                 id="a-sparse-deal-at-the-end-that-sounds-like-a-footer"),
    pytest.param("deals_2026-03-31.csv",
                 [SF, WON, OPEN, ["Dorn", None, None, None, "3000"], LOST], 4,
                 id="a-deal-whose-amount-is-the-sum-of-those-above"),
    pytest.param("orders.csv",
                 [ORDER, ONE, TWO, ["SO-9", "2026-03-10", "Dorn", "Bo Reed", "380.5"], THREE], 4,
                 id="an-order-whose-amount-is-the-sum-of-those-above"),
    pytest.param("orders.csv",
                 [ORDER, ONE, TWO, ["SO-9", "2026-03-10", "Total Energies", None, "380.5"]], 3,
                 id="total-energies"),
    pytest.param("orders.csv",
                 [ORDER, ONE, TWO, ["SO-9", "2026-03-10", None, None, "380.5"]], 3,
                 id="an-order-with-number-and-day-alone"),
    pytest.param("customers.csv",
                 [["Account Name", "Account Type", "Region", "Industry"],
                  ["Alder", "Key", "North", "Retail"], ["Total Energies"],
                  ["Birch", "Key", "South", "Banking"], ["Copyright Agency"]], 4,
                 id="customers-with-a-name-alone"),
    pytest.param("订单.csv", [DINGDAN, YI, ER, ["XS-3", "2026-03-16", "合计贸易", "张三", "75"]], 3,
                 id="chinese-name"),
    pytest.param("customers.csv", [KEHU, ["甲公司", "重点", "华东", "零售"], ["统计局"],
                                   ["打印机公司"]], 3, id="chinese-names-alone"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "right"), RECORDS)
def test_records_with_few_cells_stay(store: Store, name: str, rows: Rows, right: int) -> None:
    (draft,) = drafts_of(store, name, as_csv(rows))
    assert "total_rows" not in notes(draft) and "footer_rows" not in notes(draft)
    (result,) = land(store, [draft])
    assert counted(result) == right
    assert result.left_out == {}


@pytest.mark.parametrize("last", ["Cedar Trading Ltd", "Total Energies", "Copyright 2026 Agency"])
def test_a_list_of_one_column_keeps_all_its_rows(store: Store, last: str) -> None:
    (draft,) = drafts_of(
        store, "names.csv", as_csv([["Customer"], ["Alder"], ["Birch"], [], [last]])
    )
    assert draft.row_count == 3


def test_a_deal_with_nothing_but_a_name_is_left_out_and_listed(store: Store) -> None:
    rows = [SF, WON, first("Somebody's note", len(SF)), OPEN, LOST]
    result = brought(store, "deals_2026-03-31.csv", as_csv(rows))
    assert result.left_out == {"only_a_name": 1}
    assert [(problem.row, problem.why) for problem in result.problems] == [(3, "only_a_name")]
    assert counted(result) == 3
