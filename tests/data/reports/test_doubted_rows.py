"""Mistyped years, bundles beside their parts and earlier versions of a quote are asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

EN = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ZH = ["订单号", "订单日期", "客户", "销售员", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Vertriebsmitarbeiter", "Betrag"]
# 24 orders of January to March 2026: 2,700.
ORDERS = [[f"S{at}", f"2026-0{1 + at % 3}-{at:02d}", f"Firm {at}", "Ann Vale", 100 + at]
          for at in range(1, 25)]  # fmt: skip
FAR = [
    pytest.param(EN, "2016-03-05", 2016, id="a-decade-before"),
    pytest.param(ZH, "2016-03-05", 2016, id="chinese"),
    pytest.param(DE, "2016-03-05", 2016, id="german"),
    pytest.param(EN, "2020-02-11", 2020, id="a-key-beside"),
    pytest.param(EN, "2027-03-05", 2027, id="a-year-ahead"),
    pytest.param(ZH, "2026-12-05", 2026, id="months-ahead"),
]


@pytest.mark.parametrize(("header", "day", "year"), FAR)
@pytest.mark.parametrize("answer", ["count", "out"])
def test_a_year_far_from_the_others_is_asked_about(
    store: Store, header: Rows, day: str, year: int, answer: str
) -> None:
    content = as_xlsx([header, *ORDERS, ["S30", day, "Firm 9", "Ann Vale", 900]])
    key = f"amount/rows/{year}/year"
    (draft,) = drafts_of(store, "orders.xlsx", content)
    assert asked(store, draft) == [key]
    brought(store, "orders.xlsx", content, {key: answer})
    assert sales(store) == Decimal(2700 if answer == "out" else 3600)
    # The next file has mistyped other rows.
    (draft,) = drafts_of(
        store, "later.xlsx", as_xlsx([header, *ORDERS[1:], ["S31", day, "A", "B", 1]])
    )
    assert key in asked(store, draft)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param([["S0", "2025-12-30", "Firm 9", "Ann Vale", 900]], id="the-year-before"),
        pytest.param([["S0", "2023-03-05", "Firm 9", "Ann Vale", 900]], id="a-late-old-order"),
        pytest.param([["S0", "2026-05-02", "Firm 9", "Ann Vale", 900]], id="next-month"),
        pytest.param([[f"T{at}", f"2016-03-{at:02d}", "Firm", "Ann Vale", 9] for at in range(1, 9)],
                     id="two-times"),
    ],
)  # fmt: skip
def test_years_that_may_be_right_are_not_asked_about(store: Store, more: list[Rows]) -> None:
    (draft,) = drafts_of(store, "orders.xlsx", as_xlsx([EN, *ORDERS, *more]))
    assert asked(store, draft) == []


LINES = ["Order ID", "Order Date", "Customer", "Product", "Quantity", "Amount"]
LINES_ZH = ["订单号", "订单日期", "客户", "产品", "数量", "金额"]


def order(number: str, *products: tuple[str, int]) -> Rows:
    return [[number, "2026-03-05", "Alder", product, 1, amount] for product, amount in products]


SINGLE = [*order("S8", ("Desk", 200)), *order("S9", ("Desk", 200), ("Lamp", 55), ("Mat", 5))]  # 460
BUNDLES = [
    pytest.param(LINES, order("S1", ("Office bundle", 300), ("Desk", 200), ("Chair", 100)), 1,
                 id="bundle"),
    pytest.param(LINES, order("S1", ("Desk", 200), ("Chair", 100), ("Starter Kit", 300)), 1,
                 id="below-its-parts"),
    pytest.param(LINES_ZH, order("S1", ("办公套装", 300), ("桌", 200), ("椅", 100)), 1, id="套装"),
    pytest.param(LINES_ZH, order("S1", ("灯", 40), ("礼盒", 300), ("茶", 200), ("杯", 100)), 1,
                 id="礼盒"),
    pytest.param(LINES, order("S1", ("Coffret Noël", 300), ("Vin", 200), ("Miel", 100)), 1,
                 id="french"),
    pytest.param(LINES, [*order("S1", ("Office", 300), ("Desk", 200), ("Chair", 100)),
                         *order("S2", ("Studio", 320), ("Desk", 200), ("Lamp", 120)),
                         *order("S3", ("Home", 220), ("Chair", 100), ("Lamp", 120))], 3,
                 id="no-word"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "lines", "count"), BUNDLES)
def test_a_bundle_beside_its_parts_is_asked_about(
    store: Store, header: Rows, lines: Rows, count: int
) -> None:
    content, key = as_csv([header, *lines, *SINGLE]), "amount/rows/bundles"
    (draft,) = drafts_of(store, "orders.csv", content)
    assert key in asked(store, draft)
    result = brought(store, "orders.csv", content, {key: "out"})
    assert result.left_out == {"not_counted": count}
    whole = sum(row[-1] for row in lines if row[3] not in ("灯",)) // 2
    assert sales(store) == whole + 460 + sum(row[-1] for row in lines if row[3] == "灯")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(order("S1", ("Sofa", 300), ("Desk", 200), ("Chair", 100)), id="once"),
        pytest.param(order("S1", ("Office bundle", 310), ("Desk", 200), ("Chair", 100)),
                     id="another-sum"),
        pytest.param(order("S1", ("Office bundle", 300), ("Desk", 0), ("Chair", 0)),
                     id="free-parts"),
        pytest.param(order("S1", ("Bundle", 300), ("Bundle 2", 300)), id="one-other-line"),
    ],
)  # fmt: skip
def test_lines_that_are_no_bundle_count(store: Store, lines: Rows) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv([LINES, *lines, *SINGLE]))
    assert "amount/rows/bundles" not in asked(store, draft)


DEALS = ["Opportunity ID", "Opportunity Name", "Account Name", "Owner", "Stage", "Amount",
         "Close Date", "Created Date"]  # fmt: skip


def deal(number: str, name: str, amount: int, account: str = "Acme") -> list[object]:
    return [number, name, account, "Ann Vale", "Proposal", amount, "2026-04-30", "2026-02-01"]


REVISED = [
    pytest.param([deal("Q-1-R1", "Pump", 1000), deal("Q-1-R2", "Pump", 1100)], 1100, id="R"),
    pytest.param([deal("Q-1 Rev 1", "Pump", 1000), deal("Q-1 Rev 2", "Pump", 1100)], 1100,
                 id="Rev"),
    pytest.param([deal("1", "Pump v1", 1000), deal("2", "Pump v2", 1100)], 1100, id="name"),
    pytest.param([deal("1", "Pumpe (V1)", 1000), deal("2", "Pumpe (V3)", 1100)], 1100,
                 id="in-brackets"),
    pytest.param([deal("1", "泵站 第1版", 1000), deal("2", "泵站 第2版", 1100)], 1100, id="第2版"),
    pytest.param([deal("Q1_v1", "Pump", 1000), deal("Q1_v2", "Pump", 1100),
                  deal("Q1_v10", "Pump", 1200)], 1200, id="three"),
]  # fmt: skip


@pytest.mark.parametrize(("deals", "amount"), REVISED)
def test_earlier_versions_of_a_quote_are_asked_about(
    store: Store, deals: Rows, amount: int
) -> None:
    name, key = "deals_2026-03-31.csv", "amount/rows/revisions"
    content = as_csv([DEALS, *deals, deal("77", "Valve", 500)])
    (draft,) = drafts_of(store, name, content)
    assert key in asked(store, draft)
    brought(store, name, content, {key: "out"})
    assert store.rows("SELECT sum(amount) FROM deals") == [(Decimal(amount + 500),)]


@pytest.mark.parametrize(
    "deals",
    [
        pytest.param([deal("1", "Pump v1", 1000), deal("2", "Pump v2", 1100, "Beck")],
                     id="other-customers"),
        pytest.param([deal("Q-1-R2", "Pump", 1000), deal("Q-2-R2", "Pump", 1100)], id="one-each"),
        pytest.param([deal("A-1", "Pump 1", 1000), deal("A-2", "Pump 2", 1100)], id="numbers"),
        pytest.param([deal("R1", "Pump", 1000), deal("R2", "Pump", 1100)], id="ids"),
    ],
)  # fmt: skip
def test_deals_that_are_no_versions_of_one_count(store: Store, deals: Rows) -> None:
    content = as_csv([DEALS, *deals, deal("77", "Valve", 500)])
    (draft,) = drafts_of(store, "deals_2026-03-31.csv", content)
    assert "amount/rows/revisions" not in asked(store, draft)
