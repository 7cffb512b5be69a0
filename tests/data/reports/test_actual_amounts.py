"""Opportunities as Dynamics 365 exports them: won ones at what they really came to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

# Number, checksum, change, name, customer, expected close and amount, actual ones, status; then
# the words for won, open and cancelled.
ENGLISH = (
    "(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On",
    "Topic", "Potential Customer", "Est. Close Date", "Est. Revenue", "Actual Close Date",
    "Actual Revenue", "Status Reason",
)  # fmt: skip
GERMAN = (
    "(Nicht ändern) Verkaufschance", "(Nicht ändern) Zeilenprüfsumme",
    "(Nicht ändern) Geändert am", "Thema", "Potenzieller Kunde", "Gesch. Abschlussdatum",
    "Gesch. Umsatz", "Tatsächliches Abschlussdatum", "Tatsächlicher Umsatz", "Statusgrund",
)  # fmt: skip
CHINESE = (
    "(请勿修改) 商机", "(请勿修改) 行校验和", "(请勿修改) 修改时间", "主题", "潜在客户",
    "预计结束日期", "预计收入", "实际结束日期", "实际收入", "状态描述",
)  # fmt: skip
LISTS = [
    (ENGLISH, "Won", "In Progress", "Canceled"), (ENGLISH, "Won", "On Hold", "Out-Sold"),
    (GERMAN, "Gewonnen", "In Bearbeitung", "Storniert"), (CHINESE, "赢单", "正在进行", "已取消"),
]  # fmt: skip


def rows_of(header: tuple[str, ...], won: str, still: str, lost: str) -> Rows:
    return [
        header,
        ["a-1", "x", "2026-03-20 10:00", "Pump", "Nord", "2026-03-10", 1000, "2026-03-12", 900,
         won],
        ["a-2", "x", "2026-03-21 10:00", "Valve", "Sud", "2026-04-10", 700, None, None, still],
        ["a-3", "x", "2026-02-21 10:00", "Pipe", "West", "2026-02-10", 500, "2026-02-12", 0, lost],
    ]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(("header", "won", "still", "lost"), LISTS, ids=lambda text: str(text)[:9])
def test_won_deals_are_worth_what_they_came_to(
    store: Store,
    header: tuple[str, ...],
    won: str,
    still: str,
    lost: str,
    write: Callable[[Rows], bytes],
) -> None:
    name = "deals 2026-03-25.csv" if write is as_csv else "deals 2026-03-25.xlsx"
    brought(store, name, write(rows_of(header, won, still, lost)))
    found = store.rows(
        "SELECT status, amount, customer, closed_date::TEXT, as_of::TEXT "
        "FROM deals ORDER BY deal_id"
    )
    assert found == [
        ("won", Decimal(900), "Nord", "2026-03-12", "2026-03-25"),
        ("open", Decimal(700), "Sud", None, "2026-03-25"),
        ("lost", Decimal(500), "West", "2026-02-12", "2026-03-25"),
    ]


@pytest.mark.parametrize(
    ("estimate", "actual"),
    [("Est. Revenue", "Actual Revenue"), ("预计金额", "实际成交金额"), ("Amount", "Actual Amount"),
     ("Geschätzter Umsatz", "Tatsächlicher Umsatz"), ("Montant estimé", "Montant réel"),
     ("Importe estimado", "Importe real")],
)  # fmt: skip
def test_actual_amounts_go_before_estimated_ones_in_every_list_of_deals(
    store: Store, estimate: str, actual: str
) -> None:
    rows = [["Deal ID", "Deal Name", "Stage", "Close Date", estimate, actual],
            ["a-1", "Pump", "Closed Won", "2026-03-10", 1000, 900],
            ["a-2", "Valve", "Proposal", "2026-04-10", 700, ""]]  # fmt: skip
    (draft,) = drafts_of(store, "deals 2026-03-25.csv", as_csv(rows))
    assert draft.sheet is not None
    assert draft.sheet.header[draft.mapping["amount"]] == f"{actual} / {estimate}"
    brought(store, "deals 2026-03-25.csv", as_csv(rows))
    assert store.rows("SELECT sum(amount) FROM deals") == [(Decimal(1600),)]
