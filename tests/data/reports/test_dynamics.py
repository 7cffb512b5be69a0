"""Hold that views of Dynamics 365 Sales are read as what they list, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

EN = ["(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On"]
ZH = ["(请勿修改) 行校验和", "(请勿修改) 修改时间"]
MARKS = ["abc==", "2026-03-20 10:00"]


def deals(header: list[str], names: list[str], states: list[tuple[str, str]]) -> Rows:
    """Return an open, a won and a lost deal; the won one came to 48,000 instead of 50,000."""
    figures = [
        ("2026-04-30", 100000, "", "", 60),
        ("2026-03-31", 50000, 48000, "2026-03-15", 100),
        ("2026-03-10", 30000, 0, "2026-03-12", 0),
    ]
    rows = [
        [f"a1b2c3d4-0001-ea11-a811-00000000000{at}", *MARKS, f"T{at}", name, *figure, *state, "Ann",
         "2026-01-10"]
        for at, (name, figure, state) in enumerate(zip(names, figures, states, strict=True))
    ]  # fmt: skip
    return [header, *rows]


ENGLISH = deals(
    ["(Do Not Modify) Opportunity", *EN, "Topic", "Potential Customer", "Est. Close Date",
     "Est. Revenue", "Actual Revenue", "Actual Close Date", "Probability", "Status",
     "Status Reason", "Owner", "Created On"],
    ["Contoso", "Fabrikam", "Litware"],
    [("Open", "In Progress"), ("Won", "Won"), ("Lost", "Out-Sold")],
)  # fmt: skip
CHINESE = deals(
    ["(请勿修改) 商机", *ZH, "主题", "潜在客户", "预计结束日期", "预计收入",
     "实际收入", "实际结束日期", "可能性", "状态", "状态描述", "负责人", "创建时间"],
    ["宏远机电", "蓝海食品", "天成化工"],
    [("未结", "正在进行"), ("赢单", "赢单"), ("丢单", "竞争失败")],
)  # fmt: skip


@pytest.mark.parametrize("file", ["opportunities.csv", "view.xlsx"])
@pytest.mark.parametrize("rows", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_opportunities(store: Store, rows: Rows, file: str) -> None:
    content = as_csv(rows) if file.endswith("csv") else as_xlsx(rows)
    (draft,) = drafts_of(store, file, content)
    assert (draft.table, draft.system, asked(store, draft)) == ("deals", "dynamics", [])
    brought(store, file, content)
    assert store.rows(
        "SELECT status, amount, probability, CAST(closed_date AS VARCHAR), rep FROM deals "
        "ORDER BY deal_name"
    ) == [
        ("open", Decimal(100000), Decimal("0.6"), None, "Ann"),
        ("won", Decimal(48000), Decimal(1), "2026-03-15", "Ann"),
        ("lost", Decimal(30000), Decimal(0), "2026-03-12", "Ann"),
    ]


ORDERS = {
    "en": [
        ["(Do Not Modify) Order", *EN, "Order ID", "Name", "Potential Customer", "Total Amount",
         "Detail Amount", "Total Tax", "Status", "Status Reason", "Owner", "Created On"],
        ["b1", *MARKS, "ORD-1", "Pumps", "Fabrikam", 48000, 48000, 0, "Fulfilled", "Complete",
         "Ann", "2026-03-15"],
        ["b2", *MARKS, "ORD-2", "Seals", "Contoso", 12000, 12000, 0, "Active", "New", "Bo",
         "2026-03-16"],
        ["b3", *MARKS, "ORD-3", "Drives", "Litware", 7000, 7000, 0, "Canceled", "No Money", "Bo",
         "2026-03-17"],
    ],
    "zh": [
        ["(请勿修改) 订单", *ZH, "订单编号", "名称", "潜在客户", "总金额", "状态", "状态描述",
         "负责人", "创建时间"],
        ["b1", *MARKS, "ORD-1", "水泵", "蓝海食品", 48000, "已完成", "完成", "李雷", "2026-03-15"],
        ["b2", *MARKS, "ORD-2", "密封件", "宏远机电", 12000, "有效", "新建", "韩梅", "2026-03-16"],
        ["b3", *MARKS, "ORD-3", "驱动器", "天成化工", 7000, "已取消", "无款", "韩梅", "2026-03-17"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("file", ["view.csv", "view.xlsx"])
@pytest.mark.parametrize("rows", ORDERS.values(), ids=ORDERS)
def test_orders(store: Store, rows: Rows, file: str) -> None:
    content = as_csv(rows) if file.endswith("csv") else as_xlsx(rows)
    (draft,) = drafts_of(store, file, content)
    assert (draft.table, asked(store, draft)) == ("orders", [])
    brought(store, file, content)
    assert sales(store) == Decimal(60000)
    assert store.rows("SELECT min(order_id) FROM orders") == [("ORD-1",)]


def test_invoices_are_owed_until_they_are_paid(store: Store) -> None:
    rows = [
        ["(Do Not Modify) Invoice", *EN, "Invoice ID", "Name", "Customer", "Total Amount", "Status",
         "Due Date", "Owner", "Created On"],
        ["i1", *MARKS, "INV-1", "Pumps", "Fabrikam", 48000, "Paid", "2026-04-15", "Ann",
         "2026-03-15"],
        ["i2", *MARKS, "INV-2", "Seals", "Contoso", 12000, "Active", "2026-04-16", "Bo",
         "2026-03-16"],
        ["i3", *MARKS, "INV-3", "Drives", "Litware", 7000, "Canceled", "2026-04-17", "Bo",
         "2026-03-17"],
    ]  # fmt: skip
    brought(store, "view.csv", as_csv(rows))
    assert store.rows("SELECT sum(amount) FROM receivables") == [(Decimal(12000),)]


@pytest.mark.parametrize("file", ["view.csv", "view.xlsx"])
def test_leads_and_calls(store: Store, file: str) -> None:
    made = as_csv if file.endswith("csv") else as_xlsx
    leads = [
        ["(Do Not Modify) Lead", *EN, "Name", "Topic", "Company Name", "Status", "Status Reason",
         "Lead Source", "Owner", "Created On"],
        ["l1", *MARKS, "Ann Lee", "Pumps", "Northwind", "Open", "Contacted", "Web", "Ann",
         "2026-02-01"],
    ]  # fmt: skip
    calls = [
        ["(Do Not Modify) Phone Call", *EN, "Subject", "Regarding", "Call To", "Activity Status",
         "Due Date", "Actual End", "Duration", "Owner"],
        ["c1", *MARKS, "Intro", "Contoso", "Ann", "Completed", "2026-03-02", "2026-03-02",
         "15 minutes", "Ann"],
        ["c2", *MARKS, "Offer", "Litware", "Cy", "Canceled", "2026-03-07", "", "15 minutes", "Bo"],
    ]  # fmt: skip
    brought(store, f"1 {file}", made(leads))
    brought(store, f"2 {file}", made(calls))
    assert store.rows("SELECT status, source, rep FROM leads") == [("Contacted", "Web", "Ann")]
    assert store.rows("SELECT status, duration FROM activities ORDER BY activity_id") == [
        ("done", Decimal(15)),
        ("cancelled", Decimal(15)),
    ]
