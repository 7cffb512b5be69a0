"""Sheets of one header whose names say that they are no parts of one list are not added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.conftest import land
from tests.data.layout.test_repeated_sheets import NORTH, SOUTH, WEST, Rows, workbook
from tests.data.reports.imported import asked, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

N, S, W = 350, 60, 6
EN = ("Order No", "Order Date", "Customer", "Amount")
# | sheets | those set aside | why | the sales |
NAMED: dict[str, tuple[dict[str, Rows], set[str], str, int]] = {
    "actual and budget": ({"Actual": NORTH, "Budget": SOUTH}, {"Budget"}, "plan", N),
    "a plan first": ({"年度计划": SOUTH, "实际": NORTH}, {"年度计划"}, "plan", N),
    "ist and ziel": ({"Ist 2026": NORTH, "Ziel 2026": SOUTH}, {"Ziel 2026"}, "plan", N),
    "sales forecast": ({"销售": NORTH, "销售预测": SOUTH}, {"销售预测"}, "plan", N),
    "v1 and v2 final": ({"v1": NORTH, "v2 final": SOUTH}, {"v1"}, "older", S),
    "old and new in chinese": ({"新版": SOUTH, "旧版": NORTH}, {"旧版"}, "older", S),
    "an old copy": ({"Orders": NORTH, "Orders old": SOUTH}, {"Orders old"}, "older", N),
    "a draft": ({"Umsatz Entwurf": NORTH, "Umsatz": SOUTH}, {"Umsatz Entwurf"}, "older", S),
    "three versions": (
        {"Orders v1": NORTH, "Orders v2": SOUTH, "Orders v10": WEST},
        {"Orders v1", "Orders v2"}, "older", W,
    ),
    "january and both": ({"Jan": NORTH, "Jan-Feb": SOUTH}, {"Jan"}, "cumulative", S),
    "growing months": (
        {"1月": WEST, "1-2月": SOUTH, "1-3月": NORTH}, {"1月", "1-2月"}, "cumulative", N
    ),
    "a quarter beside its months": (
        {"Jan": NORTH, "Feb": SOUTH, "Mar": WEST, "Q1": NORTH[:2]},
        {"Q1"}, "cumulative", N + S + W,
    ),
    "so far": ({"2026-02": NORTH, "2026-03": SOUTH, "YTD": WEST}, {"YTD"}, "cumulative", N + S),
    "so far in chinese": (
        {"2月": NORTH, "3月": SOUTH, "累计": WEST}, {"累计"}, "cumulative", N + S
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sheets", "aside", "why", "sum_"), NAMED.values(), ids=NAMED)
def test_a_sheet_that_others_stand_for_by_its_name_is_set_aside_and_says_so(
    store: Store, sheets: dict[str, Rows], aside: set[str], why: str, sum_: int
) -> None:
    drafts = drafts_of(store, "orders.xlsx", workbook(sheets, EN))
    apart = [draft for draft in drafts if not draft.take]
    assert {draft.sheet_name for draft in apart} == aside
    for draft in apart:
        assert draft.sheet is not None
        assert draft.set_aside
        assert [note.code for note in draft.sheet.notes] == [f"sheet_is_{why}"]
    land(store, [draft for draft in drafts if draft.take])
    assert sales(store) == sum_


TOGETHER: dict[str, dict[str, Rows]] = {
    "regions": {"North": NORTH, "South": SOUTH},
    "months": {"Jan": NORTH, "Feb": SOUTH},
    "years": {"2025": NORTH, "2026": SOUTH},
    "plans of two kinds": {"Basic plan": NORTH, "Premium plan": SOUTH},
    "new and old customers": {"New customers": NORTH, "Old customers": SOUTH},
    "a quarter and another month": {"Q1": NORTH, "Apr": SOUTH},
    "shops": {"V 1": NORTH, "Store 2": SOUTH},
}


@pytest.mark.parametrize("sheets", TOGETHER.values(), ids=TOGETHER)
def test_parts_of_one_list_are_read_as_one_table(store: Store, sheets: dict[str, Rows]) -> None:
    (draft,) = drafts_of(store, "orders.xlsx", workbook(sheets, EN))
    assert draft.take
    assert asked(store, draft) == []
    land(store, [draft])
    assert sales(store) == N + S


# | sheets | the sales less what came back |
RETURNS: dict[str, dict[str, Rows]] = {
    "sales and returns": {"Sales": NORTH, "Returns": SOUTH},
    "returns first": {"Returns": SOUTH, "Orders": NORTH},
    "chinese": {"销售出库": NORTH, "销售退货": SOUTH},
    "refunds": {"销售": NORTH, "退款": SOUTH},
    "credit notes": {"Invoices": NORTH, "Credit notes": SOUTH},
    "negative already": {
        "Sales": NORTH, "Returns": [(*row[:3], -Decimal(str(row[3]))) for row in SOUTH],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "header", [EN, ("订单编号", "下单日期", "客户名称", "订单金额")], ids=["en", "zh"]
)
@pytest.mark.parametrize("sheets", RETURNS.values(), ids=RETURNS)
def test_a_sheet_of_returns_takes_back(
    store: Store, sheets: dict[str, Rows], header: tuple[str, ...]
) -> None:
    (draft,) = drafts_of(store, "orders.xlsx", workbook(sheets, header))
    assert asked(store, draft) == []
    land(store, [draft])
    assert sales(store) == N - S
