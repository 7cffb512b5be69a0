"""Rows that share their key: parts that add up, different things, the same thing again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


def total(store: Store, table: str, column: str = "amount") -> Decimal:
    ((amount,),) = store.rows(f"SELECT coalesce(sum({column}), 0) FROM {table}")
    return Decimal(amount)


# Three ads of one campaign and day worth 35, 30 and 20, and another day with 15.
SPEND = [
    pytest.param(("Day", "Campaign", "Ad name", "Amount spent"), ("a1", "a2", "a3"), "ads.csv",
                 id="ads"),
    pytest.param(("Day", "Campaign", "Device", "Cost"), ("Mobile", "Desktop", "Tablet"),
                 "ads.xlsx", id="devices"),
    pytest.param(("日期", "推广计划", "推广单元", "消费"), ("单元一", "单元二", "单元三"),
                 "推广费用.csv", id="units-zh"),
    pytest.param(("日期", "渠道", "经办人", "费用金额"), ("李雷", "王芳", "张三"), "费用.xlsx",
                 id="people-zh"),
    pytest.param(("date", "channel", "Beschreibung", "spend"), ("Stand", "Druck", "Reise"),
                 "spend.csv", id="german"),
    pytest.param(("month", "channel", "Impressions", "spend"), ("100", "200", "300"), "spend.csv",
                 id="numbers-alone"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "words", "file"), SPEND)
def test_spend_of_one_campaign_and_day_adds_up(
    store: Store, header: tuple[str, ...], words: tuple[str, ...], file: str
) -> None:
    day, other = ("2026-03", "2026-04") if header[0] == "month" else ("2026-03-02", "2026-03-03")
    rows = [
        header,
        *((day, "Spring", word, amount) for word, amount in zip(words, (35, 30, 20), strict=True)),
        (other, "Spring", words[0], 15),
    ]
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == []
    result = brought(store, file, content_of(rows, file))
    assert (result.table, result.error) == ("spend", None)
    assert total(store, "spend") == 100
    assert result.rows_in == result.rows_kept + sum((result.left_out or {}).values()) == 4
    assert result.money_in == {"amount": Decimal(100)}
    # The same rows again change nothing; a newer export brings its own sums.
    again = brought(
        store, f"again {file}", content_of([*rows, (other, "Autumn", words[1], 1)], file)
    )
    assert again.landed is not None
    assert (again.landed.new, again.landed.changed) == (1, 0)
    rows[1] = (day, "Spring", words[0], 40)
    brought(store, f"newer {file}", content_of(rows, file))
    assert total(store, "spend") == 106


@pytest.mark.parametrize(("answer", "right"), [("add", 85), ("last", 50)])
def test_an_expense_that_stands_twice_is_asked_about(store: Store, answer: str, right: int) -> None:
    rows = [
        ("日期", "渠道", "费用类型", "费用金额"),
        ("2026-03-02", "展会", "差旅", 35),
        ("2026-03-02", "展会", "差旅", 35),
        ("2026-03-03", "展会", "差旅", 15),
    ]
    (draft,) = drafts_of(store, "费用.csv", as_csv(rows))
    assert asked(store, draft) == ["date/same"]
    assert brought(store, "费用.csv", as_csv(rows), {"date/same": answer}).error is None
    assert total(store, "spend") == right


def test_spend_in_two_currencies_is_not_added(store: Store) -> None:
    rows = [
        ("Day", "Campaign", "Amount spent", "Currency"),
        ("2026-03-02", "Spring", 35, "USD"),
        ("2026-03-02", "Spring", 30, "EUR"),
        ("2026-03-02", "Spring", 5, "EUR"),
    ]
    assert brought(store, "ads.csv", as_csv(rows)).error is None
    sums = store.rows("SELECT currency, amount FROM spend ORDER BY currency")
    assert sums == [("EUR", 35), ("USD", 35)]


# Deals without a number: 100 and 200 under one name, 400 under another.
DEALS = [
    pytest.param(("Opportunity Name", "Account Name", "Opportunity Owner", "Stage", "Amount",
                  "Close Date"), "Closed Won", "report1743552000000.csv", id="salesforce"),
    pytest.param(("商机名称", "客户名称", "负责人", "销售阶段", "商机金额", "预计成交日期"), "赢单",
                 "商机.xlsx", id="chinese"),
    pytest.param(("Deal name", "Company", "Owner", "Deal stage", "Amount", "Close date"),
                 "Closed Won", "deals.csv", id="deals"),
    pytest.param(("Verkaufschance", "Kunde", "Verkäufer", "Verkaufsphase", "Auftragswert",
                  "Close Date"), "Gewonnen", "deals.csv", id="german"),
    pytest.param(("Deal name", "Created date", "Owner", "Deal stage", "Amount", "Close date"),
                 "Won", "deals.xlsx", id="by-day"),
    pytest.param(("商机名称", "产品名称", "负责人", "销售阶段", "商机金额", "预计成交日期"), "赢单",
                 "商机.csv", id="by-product"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "won", "file"), DEALS)
def test_deals_of_one_name_are_told_apart_by_what_lasts(
    store: Store, header: tuple[str, ...], won: str, file: str
) -> None:
    first, second = ("2026-01-05", "2026-01-19") if "date" in header[1] else ("Alder", "Birch")
    rows: list[tuple[object, ...]] = [
        header,
        ("Renewal", first, "Ann Vale", won, 100, "2026-03-15"),
        ("Renewal", second, "Ann Vale", won, 200, "2026-03-16"),
        ("Pilot", second, "Bo Lund", won, 400, "2026-03-17"),
    ]
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == []
    assert brought(store, file, content_of(rows, file)).error is None
    assert total(store, "deals") == 700
    rows[1] = ("Renewal", first, "Ann Vale", won, 150, "2026-03-15")
    result = brought(store, f"newer {file}", content_of(rows, file))
    assert result.landed is not None
    assert (result.landed.new, result.landed.changed, result.landed.same) == (0, 1, 2)
    assert total(store, "deals") == 750


@pytest.mark.parametrize(("answer", "right"), [("apart", 700), ("add", 700), ("last", 600)])
@pytest.mark.parametrize(
    "header",
    [
        ("Deal Name", "Owner", "Stage", "Amount", "Close Date"),
        ("商机名称", "负责人", "销售阶段", "商机金额", "预计成交日期"),
    ],
)
def test_deals_that_nothing_tells_apart_are_asked_about(
    store: Store, header: tuple[str, ...], answer: str, right: int
) -> None:
    rows = [
        header,
        ("Renewal", "Ann Vale", "Closed Won", 100, "2026-03-15"),
        ("Renewal", "Ann Vale", "Closed Won", 200, "2026-03-16"),
        ("Pilot", "Bo Lund", "Closed Won", 400, "2026-03-17"),
    ]
    (draft,) = drafts_of(store, "deals.csv", as_csv(rows))
    (key,) = asked(store, draft)
    assert key == "deal_name/same"
    assert brought(store, "deals.csv", as_csv(rows), {key: answer}).error is None
    assert total(store, "deals") == right


def test_a_number_that_is_not_the_deals_own_is_asked_about(store: Store) -> None:
    rows = [
        ("Deal ID", "Deal Name", "Stage", "Amount", "Close Date"),
        ("Q-1", "Pump", "Closed Won", 100, "2026-03-15"),
        ("Q-1", "Valve", "Closed Won", 200, "2026-03-16"),
        ("Q-2", "Hose", "Closed Won", 400, "2026-03-17"),
    ]
    (draft,) = drafts_of(store, "deals.csv", as_csv(rows))
    assert asked(store, draft) == ["deal_id/same"]
    assert brought(store, "deals.csv", as_csv(rows), {"deal_id/same": "apart"}).error is None
    assert total(store, "deals") == 700


def test_one_deal_on_a_row_for_each_of_its_products_is_one(store: Store) -> None:
    rows = [
        ("Deal ID", "Deal Name", "Stage", "Amount", "Close Date", "Line item"),
        ("D-1", "Pump", "Closed Won", 100, "2026-03-15", "A"),
        ("D-1", "Pump", "Closed Won", 100, "2026-03-15", "B"),
        ("D-2", "Hose", "Closed Won", 400, "2026-03-17", "A"),
    ]
    (draft,) = drafts_of(store, "deals.csv", as_csv(rows))
    assert asked(store, draft) == []
    assert brought(store, "deals.csv", as_csv(rows)).error is None
    assert total(store, "deals") == 500


# Targets of 100 and 50 of one person and month, and 50 of another.
TARGETS = [
    pytest.param(("Salesperson", "Month", "Product", "Quota"), ("Pump", "Valve"), "quota.csv",
                 id="products"),
    pytest.param(("销售员", "月份", "产品线", "目标金额"), ("水泵", "阀门"), "目标.xlsx",
                 id="products-zh"),
    pytest.param(("rep", "month", "Gebiet Kunde", "target"), ("Nord", "Süd"), "targets.csv",
                 id="german"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "words", "file"), TARGETS)
def test_targets_by_product_add_up(
    store: Store, header: tuple[str, ...], words: tuple[str, str], file: str
) -> None:
    rows = [
        header,
        ("Ann Vale", "2026-03", words[0], 100),
        ("Ann Vale", "2026-03", words[1], 50),
        ("Bo Lund", "2026-03", words[1], 50),
    ]
    assert brought(store, file, content_of(rows, file)).error is None
    targets = store.rows("SELECT scope_value, target FROM targets ORDER BY 1")
    assert targets == [("Ann Vale", 150), ("Bo Lund", 50)]


@pytest.mark.parametrize(("answer", "right"), [("add", 150), ("last", 50)])
def test_two_targets_of_one_month_are_asked_about(store: Store, answer: str, right: int) -> None:
    rows = [
        ("Salesperson", "Month", "Quota", "Remark"),
        ("Ann Vale", "2026-03", 100, "first"),
        ("Ann Vale", "2026-03", 50, "revised"),
    ]
    (draft,) = drafts_of(store, "quota.csv", as_csv(rows))
    assert asked(store, draft) == ["period/same"]
    assert brought(store, "quota.csv", as_csv(rows), {"period/same": answer}).error is None
    assert total(store, "targets", "target") == right


def test_lines_of_a_contract_add_up(store: Store) -> None:
    rows = [
        ("合同编号", "签订日期", "客户名称", "产品名称", "合同金额"),
        ("C1", "2026-03-02", "宏远机电", "水泵", 100),
        ("C1", "2026-03-02", "宏远机电", "阀门", 50),
        ("C2", "2026-03-05", "蓝海食品", "阀门", 30),
    ]
    assert brought(store, "合同.csv", as_csv(rows)).error is None
    assert total(store, "contracts") == 180


@pytest.mark.parametrize(("answer", "right"), [("apart", 3), ("last", 2)])
@pytest.mark.parametrize(
    "header",
    [
        ("Activity ID", "Activity Date", "Sales rep", "Kind", "Customer"),
        ("活动编号", "活动日期", "负责人", "活动类型", "客户名称"),
    ],
)
def test_visits_under_one_number_are_asked_about(
    store: Store, header: tuple[str, ...], answer: str, right: int
) -> None:
    rows = [
        header,
        ("A1", "2026-03-02", "Ann Vale", "call", "Alder"),
        ("A1", "2026-03-03", "Ann Vale", "call", "Alder"),
        ("A2", "2026-03-04", "Bo Lund", "call", "Birch"),
    ]
    (draft,) = drafts_of(store, "activities.csv", as_csv(rows))
    assert asked(store, draft) == ["activity_id/same"]
    answers = {"activity_id/same": answer}
    for name in ("activities.csv", "the same again.csv"):
        brought(store, name, as_csv(rows), answers)
        ((count,),) = store.rows("SELECT count(*) FROM activities")
        assert count == right


DUE = [
    (("order id", "due date", "customer", "amount due"), "receivables.csv"),
    (("销售订单号", "应收日期", "客户名称", "应收金额"), "应收.xlsx"),
    (("合同编号", "计划回款日期", "客户名称", "计划回款金额"), "回款计划.csv"),
]


@pytest.mark.parametrize(("header", "file"), DUE)
def test_amounts_due_on_one_day_add_up(store: Store, header: tuple[str, ...], file: str) -> None:
    rows = [
        header,
        ("S1", "2026-04-30", "Alder", 100),
        ("S1", "2026-04-30", "Alder", 50),
        ("S1", "2026-05-31", "Alder", 30),
    ]
    assert brought(store, file, content_of(rows, file)).error is None
    assert total(store, "receivables") == 180
    twice = [*rows, rows[-1]]
    (draft,) = drafts_of(store, f"twice {file}", content_of(twice, file))
    (key,) = asked(store, draft)
    assert key.endswith("/same")
