"""Orders that name two reps: shared by the share that the file has, or asked about, or said."""

from __future__ import annotations

import pytest

from data.matching.second_reps import is_second, share_of
from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ["Order ID", "Order Date", "Amount"]
CHINESE = ["订单编号", "下单日期", "订单金额"]
GERMAN = ["Auftragsnummer", "Auftragsdatum", "Betrag"]
SHARED = {("S0", "Ann"): 0.6, ("S0", "Bo"): 0.4}


def sheet(header: list[str], *rows: list[object]) -> list[list[object]]:
    first: list[object] = [*header]
    return [
        first,
        *([f"S{at}", f"2026-11-0{at + 2}", 100 * 2**at, *row] for at, row in enumerate(rows)),
    ]


def credits_of(store: Store) -> dict[tuple[str, str], float]:
    rows = store.rows("SELECT order_id, rep, share FROM credits ORDER BY ALL")
    return {(order, rep): float(share) for order, rep, share in rows}


KNOWN = [
    pytest.param(sheet([*ENGLISH, "Sales Rep", "Rep 2", "Rep 2 %"], ["Ann", "Bo", "40%"],
                       ["Ann", "", ""]), id="second-share"),
    pytest.param(sheet([*ENGLISH, "Rep 1", "Rep 1 %", "Rep 2", "Rep 2 %"],
                       ["Ann", 60, "Bo", 40], ["Ann", 100, "", ""]), id="both-shares"),
    pytest.param(sheet([*ENGLISH, "Owner", "Owner Share", "Co-owner"], ["Ann", 0.6, "Bo"],
                       ["Ann", 1, "TBD"]), id="first-share"),
    pytest.param(sheet([*CHINESE, "负责人", "协作人", "协作比例"], ["Ann", "Bo", "40%"],
                       ["Ann", "无", ""]), id="chinese"),
    pytest.param(sheet([*CHINESE, "业务员", "第二业务员", "第二业务员比例"], ["Ann", "Bo", 40],
                       ["Ann", "Ann", 40]), id="chinese-second"),
    pytest.param(sheet([*GERMAN, "Verkäufer", "Verkäufer 2", "Verkäufer 2 Anteil"],
                       ["Ann", "Bo", "40 %"], ["Ann", None, None]), id="german"),
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize("rows", KNOWN)
def test_orders_are_shared_as_the_file_says(
    store: Store, rows: list[list[object]], write: object
) -> None:
    name = "orders.csv" if write is as_csv else "orders.xlsx"
    content = write(rows)  # type: ignore[operator]
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet is not None
    assert [note.code for note in draft.sheet.notes] == ["credit_shared"]
    result = brought(store, name, content)
    assert (result.error, sales(store)) == (None, 300)
    assert credits_of(store) == SHARED
    assert store.rows("SELECT count(*) FROM orders WHERE discount IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("answer", "credits"),
    [
        ("Rep 2: Split %", SHARED),
        ("Sales Rep: Split %", {("S0", "Ann"): 0.4, ("S0", "Bo"): 0.6}),
        ("—", {}),
    ],
)
def test_whose_share_it_is_the_user_says(
    store: Store, answer: str, credits: dict[tuple[str, str], float]
) -> None:
    header = [*ENGLISH, "Sales Rep", "Rep 2", "Split %"]
    content = as_csv(sheet(header, ["Ann", "Bo", "40%"], ["Ann", "", ""]))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == ["split_credit/column"]
    result = brought(store, "orders.csv", content, {"split_credit/column": answer})
    assert (result.error, sales(store)) == (None, 300)
    assert credits_of(store) == credits


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ([*ENGLISH, "Sales Rep", "Secondary Rep"], [["Ann", "Bo"], ["Ann", ""]]),
        ([*CHINESE, "负责人", "协作人"], [["Ann", "Bo"], ["Ann", ""]]),
        ([*CHINESE, "业务员", "协同人"], [["Ann", "Bo"], ["Ann", "Cy"]]),
    ],
)
def test_without_a_share_the_first_keeps_all_and_it_is_said(
    store: Store, header: list[str], rows: list[list[object]]
) -> None:
    content = as_csv(sheet(header, *rows))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert draft.sheet is not None
    assert [note.code for note in draft.sheet.notes] == ["second_rep"]
    brought(store, "orders.csv", content)
    assert (sales(store, "rep = 'Ann'"), credits_of(store)) == (300, {})


def test_a_row_whose_share_is_missing_is_said(store: Store) -> None:
    header = [*ENGLISH, "Sales Rep", "Rep 2", "Rep 2 %"]
    content = as_csv(sheet(header, ["Ann", "Bo", "40%"], ["Ann", "Cy", ""]))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert draft.sheet is not None
    assert [note.code for note in draft.sheet.notes] == ["credit_shared", "second_rep"]


@pytest.mark.parametrize("rows", [[["Ann", ""], ["Bo", "无"]], [["Ann", "Ann"], ["Bo", "Bo"]]])
def test_nothing_is_said_where_no_order_has_two_reps(
    store: Store, rows: list[list[object]]
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(sheet([*ENGLISH, "Owner", "Co-owner"], *rows)))
    assert draft.sheet is not None
    assert [*draft.sheet.notes] == []
    assert asked(store, draft) == []


def test_headers_of_seconds_and_shares_are_told_from_others() -> None:
    seconds = ("Rep 2", "Secondary Rep", "协作人", "第二负责人", "Vendedor 2", "zweiter Verkäufer")
    assert all(map(is_second, seconds))
    others = ("Sales Rep", "合作伙伴", "Partner", "Secondary Contact", "Rep", "Owner 2 Email")
    assert not any(map(is_second, others))
    nothing = ("Discount %", "市场份额", "Market Share", "Credit Amount", "Commission %", "税率")
    assert [share_of(header) for header in nothing] == [None] * len(nothing)
