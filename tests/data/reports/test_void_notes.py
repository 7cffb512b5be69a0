"""Remarks that take back their orders are asked about; other remarks are not."""

from __future__ import annotations

import pytest

from data.store.database import Store
from data.values.void_notes import is_of_notes, voids
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Order ID", "Order Date", "Customer", "Amount")
CHINESE = ("订单编号", "下单日期", "客户名称", "订单金额")
GERMAN = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag")

VOID = [
    "已作废", "作废！", "取消", "订单已取消", "此单作废，重开", "已取消（客户原因）",
    "客户取消", "取消订单", "已撤单", "CANCELLED", "Cancelled by customer",
    "Order cancelled - duplicate of SO-7", "VOID: see SO-9", "customer canceled",
    "Status: cancelled", "STORNIERT", "Auftrag storniert am 3.3.", "Kunde hat storniert",
    "annulée par le client", "Pedido anulado por el cliente", "annullato", "geannuleerd",
]  # fmt: skip
OTHER = [
    "送货上门", "取消赠品", "作废发票已重开", "不取消", "未作废", "not cancelled",
    "cancelled the extra manual", "cancellation fee waived", "void where prohibited",
    "Storno der Rechnung 7", "avoid mornings", "no annulé",
]  # fmt: skip


@pytest.mark.parametrize("text", VOID)
def test_a_remark_may_take_back_its_row(text: str) -> None:
    assert voids(text)


@pytest.mark.parametrize("text", OTHER)
def test_a_remark_about_something_else_does_not(text: str) -> None:
    assert not voids(text)


def test_remarks_are_told_from_other_notes_by_their_header() -> None:
    notes = ("备注", "订单备注", "Notes", "Order Notes", "Bemerkung", "Observaciones", "Comments")
    assert all(map(is_of_notes, notes))
    others = ("Delivery note", "Credit note", "Release notes no.", "Note date", "备注日期")
    assert not any(map(is_of_notes, others))


# | headers, the header of remarks, those under orders of 100, 200, 400 and 800, what counts
FILES = [
    ("订单.csv", CHINESE, "备注", ["", "已作废", "作废，客户退单", "加急"], 900),
    ("订单.xlsx", CHINESE, "备注信息", ["取消", "", "", "送货上门"], 1400),
    ("orders.csv", ENGLISH, "Notes", ["", "CANCELLED", "call first", "cancelled by client"], 500),
    ("orders.xlsx", ENGLISH, "Remarks", ["Void", "VOID", "ok", ""], 1200),
    ("auftraege.csv", GERMAN, "Bemerkung", ["storniert", "", "storniert am 3.3.", "eilig"], 1000),
    ("orders.csv", ENGLISH, "Comment", ["", "", "", "Order was cancelled."], 700),
]


@pytest.mark.parametrize(("name", "base", "header", "remarks", "left"), FILES)
@pytest.mark.parametrize("answer", ["cancelled", "valid"])
def test_the_user_says_whether_such_orders_count(
    store: Store,
    name: str,
    base: tuple[str, ...],
    header: str,
    remarks: list[str],
    left: int,
    answer: str,
) -> None:
    rows: list[list[object]] = [[*base, header]]
    rows += [
        [f"S{at}", f"2026-11-0{at + 2}", "Alder", 100 * 2**at, remark]
        for at, remark in enumerate(remarks)
    ]
    content = as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, name, content)
    (key,) = asked(store, draft)
    assert key.startswith(f"status/word/{header}: ")
    result = brought(store, name, content, {key: answer})
    assert result.error is None
    assert sales(store) == (left if answer == "cancelled" else 1500)


@pytest.mark.parametrize("remark", ["送货上门", "取消赠品", "not cancelled", "cancelled the extra"])
def test_other_remarks_ask_nothing(store: Store, remark: str) -> None:
    rows = [[*ENGLISH, "Notes"], ["S1", "2026-11-02", "Alder", 100, remark]]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []


def test_what_the_status_has_taken_out_is_not_asked_about(store: Store) -> None:
    rows = [
        [*ENGLISH, "Status", "Notes"],
        ["S1", "2026-11-02", "Alder", 100, "valid", ""],
        ["S2", "2026-11-03", "Alder", 200, "cancelled", "cancelled by customer"],
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == 100
