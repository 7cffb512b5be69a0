"""Two shops, companies or years of one file that number alike have records of their own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from data.ingest.history import take_back
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ZH = ("订单编号", "下单日期", "客户", "产品", "金额")
EN = ("Order ID", "Order Date", "Customer", "Product", "Amount")
DE = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Artikel", "Betrag")
# Two orders of each shop, one of them with two lines: 3,100.
FIRST = [
    ["1001", "2026-03-02", "恒信", "笔", 100],
    ["1001", "2026-03-02", "恒信", "纸", 200],
    ["1002", "2026-03-06", "明达", "纸", 400],
]
SECOND = [
    ["1001", "2026-03-05", "大通", "笔", 800],
    ["1002", "2026-03-07", "永和", "纸", 1600],
]
YEAR_BEFORE = [[row[0], str(row[1]).replace("2026", "2025"), *row[2:]] for row in SECOND]


def listed(header: Sequence[str], tells: str, shops: Sequence[str], *lists: Rows) -> Rows:
    every = ([*row, shop] for shop, rows in zip(shops, lists, strict=True) for row in rows)
    return [[*header, tells], *every]


FILES = [
    pytest.param(ZH, "店铺名称", ("旗舰店", "专卖店"), SECOND, id="店铺"),
    pytest.param(ZH, "账套", ("001", "002"), SECOND, id="账套"),
    pytest.param(ZH, "公司", ("华东公司", "华南公司"), SECOND, id="公司"),
    pytest.param(EN, "Store", ("North", "South"), SECOND, id="store"),
    pytest.param(EN, "Company", ("Acme Ltd", "Beck Inc"), SECOND, id="company"),
    pytest.param(DE, "Filiale", ("Nord", "Süd"), SECOND, id="filiale"),
    pytest.param(EN, "Year", ("2026", "2025"), YEAR_BEFORE, id="year"),
    pytest.param(ZH, "年度", ("2026", "2025"), YEAR_BEFORE, id="年度"),
]


def numbers(store: Store) -> list[str]:
    return [number for (number,) in store.rows("SELECT DISTINCT order_id FROM orders ORDER BY 1")]


@pytest.mark.parametrize(("header", "tells", "shops", "second"), FILES)
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_one_number_of_two_shops_is_two_orders(
    store: Store, header: Sequence[str], tells: str, shops: Sequence[str], second: Rows, name: str
) -> None:
    rows = listed(header, tells, shops, FIRST, second)
    write = as_csv if name.endswith("csv") else as_xlsx
    (draft,) = drafts_of(store, name, write(rows))
    assert asked(store, draft) == []
    assert draft.sheet is not None
    notes = [dict(note.params) for note in draft.sheet.notes if note.code == "numbers_of_shops"]
    assert notes == [{"header": header[0], "other": tells}]
    brought(store, name, write(rows))
    assert sales(store) == 3100
    assert numbers(store) == sorted(f"{n} · {shop}" for n in ("1001", "1002") for shop in shops)
    # Newer, and in another order: one order more, and nothing twice.
    more = ["1003", "2026-03-08", "永和", "纸", 3200, shops[0]]
    result = brought(store, f"newer {name}", write([rows[0], *reversed(rows[2:]), rows[1], more]))
    assert result.landed is not None
    assert (result.landed.new, result.landed.gone) == (1, 0)
    assert sales(store) == 6300
    # With no number of two shops the list is still told apart.
    result = brought(store, f"newest {name}", write([rows[0], more]))
    assert result.landed is not None and result.landed.new == 0
    assert sales(store) == 6300
    for import_id in (3, 2, 1):
        take_back(store, import_id)
    assert sales(store) == 0


def test_an_order_that_came_before_the_other_shops_stays_one(store: Store) -> None:
    brought(store, "2月.csv", as_csv(listed(ZH, "店铺", ("甲",), FIRST)))
    assert numbers(store) == ["1001", "1002"]
    rows = listed(ZH, "店铺", ("甲", "乙"), FIRST, SECOND)
    (draft,) = drafts_of(store, "3月.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "3月.csv", as_csv(rows))
    assert numbers(store) == ["1001", "1001 · 乙", "1002", "1002 · 乙"]
    assert sales(store) == 3100
    brought(store, "4月.csv", as_csv([*rows, ["1003", "2026-03-09", "恒信", "笔", 50, "乙"]]))
    assert numbers(store) == ["1001", "1001 · 乙", "1002", "1002 · 乙", "1003 · 乙"]
    assert sales(store) == 3150


def test_contracts_of_two_companies_are_not_added_up(store: Store) -> None:
    header = ("合同编号", "签订日期", "客户", "合同金额", "公司主体")
    rows = [
        ["C1", "2026-03-02", "恒信", 100, "华东"],
        ["C1", "2026-03-09", "大通", 200, "华南"],
        ["C2", "2026-03-03", "明达", 400, "华东"],
    ]
    (draft,) = drafts_of(store, "合同.csv", as_csv([header, *rows]))
    assert asked(store, draft) == []
    brought(store, "合同.csv", as_csv([header, *rows]))
    assert store.rows("SELECT contract_id, amount FROM contracts ORDER BY amount") == [
        ("C1 · 华东", Decimal(100)), ("C1 · 华南", Decimal(200)), ("C2 · 华东", Decimal(400)),
    ]  # fmt: skip


def test_what_was_paid_for_a_number_of_one_shop_is_of_its_order(store: Store) -> None:
    third = ["1003", "2026-03-08", "永和", "纸", 1]
    brought(store, "订单.csv", as_csv(listed(ZH, "店铺", ("甲", "乙"), [*FIRST, third], SECOND)))
    paid: Rows = [
        ["回款编号", "订单编号", "客户", "回款日期", "回款金额"],
        ["P1", "1003", "永和", "2026-03-20", 1],
        ["P2", "1001", "大通", "2026-03-21", 800],
    ]
    (draft,) = drafts_of(store, "回款.csv", as_csv(paid))
    assert asked(store, draft) == []
    brought(store, "回款.csv", as_csv(paid))
    found = store.rows("SELECT payment_id, order_id FROM payments ORDER BY 1")
    assert found == [("P1", "1003 · 甲"), ("P2", "1001 · 乙")]


SPLIT = [["1001", "2026-03-02", "恒信", "尺", 800], ["1002", "2026-03-06", "明达", "尺", 1600]]
LATER = [["1001", "2026-03-04", "恒信", "尺", 800], ["1002", "2026-03-08", "明达", "尺", 1600]]
OTHERS = [["2001", "2026-03-05", "大通", "笔", 800], ["2002", "2026-03-07", "永和", "纸", 1600]]


@pytest.mark.parametrize(
    ("tells", "second"),
    [
        pytest.param("门店", SPLIT, id="one-order-of-two-shops"),
        pytest.param("门店", LATER, id="delivered-by-two"),
        pytest.param("店铺", OTHERS, id="other-numbers"),
        pytest.param("年度", LATER, id="one-order-over-years"),
        pytest.param("仓库", SECOND, id="no-shop"),
    ],
)
def test_numbers_that_are_of_one_order_stay_as_they_are(
    store: Store, tells: str, second: Rows
) -> None:
    content = as_csv(listed(ZH, tells, ("甲", "乙"), FIRST, second))
    (draft,) = drafts_of(store, "订单.csv", content)
    assert asked(store, draft) == []
    brought(store, "订单.csv", content)
    assert sales(store) == 3100
    assert not any("·" in number for number in numbers(store))
