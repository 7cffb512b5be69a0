"""What a figure leaves out stands in its passport, with rows and money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import streamlit as st

from data.ingest import history, left_out_rows
from data.staging import review
from data.staging.draft import DELETED
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.words import words
from pages.kit.widgets import left_out
from tests.conftest import TODAY, bring, land, read

pytestmark = pytest.mark.usefixtures("fresh", "inline")

MARCH = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 31))
DAYS = (date(2026, 3, 1), date(2026, 3, 31))
KEPT = "A1,2026-03-02,C,100"
DEALS = "Deal ID,Customer,Stage,Status,Amount,Created Date,Deleted"
DEAL = "D1,C,Proposal,Open,100,2026-03-02,No"


def unread(name: str) -> list[tuple[str, int, dict[str, Decimal]]]:
    return [
        (why, rows, dict(money)) for why, rows, money in left_out_rows.unread(stores.opened(), name)
    ]


@pytest.mark.parametrize(
    ("name", "files", "found"),
    [
        pytest.param(
            "orders",
            {"a.csv": f"Order ID,Order Date,Customer,Amount\n{KEPT}\nA2,,C,70.50"},
            [("missing_date", 1, {"": "70.50"})],
            id="no day",
        ),
        pytest.param(
            "orders",
            {
                "a.csv": f"Order ID,Order Date,Customer,Amount,Currency\n{KEPT},CNY\n"
                "A2,,C,70.50,USD\nA3,,C,5,CNY"
            },
            [("missing_date", 2, {"CNY": "5", "USD": "70.50"})],
            id="two currencies are not added",
        ),
        pytest.param(
            "deals",
            {"d.csv": f"{DEALS}\n{DEAL}\nD2,C,Proposal,Open,40,2026-03-03,Yes"},
            [("record_deleted", 1, {"": "40"})],
            id="a deleted deal",
        ),
        pytest.param(
            "orders",
            {
                "a.csv": f"Order ID,Order Date,Customer,Amount\n{KEPT}\nA2,,C,2.50",
                "b.csv": "Order ID,Order Date,Customer,Amount\nA5,2026-04-02,C,9\nA6,,C,40",
            },
            [("missing_date", 2, {"": "42.50"})],
            id="two files",
        ),
        pytest.param(
            "payments",
            {
                "p.csv": "Payment ID,Payment Date,Customer,Amount,Status\nP1,2026-03-02,C,10,Paid\n"
                "P2,2026-03-03,C,20,Failed"
            },
            [("record_void", 1, {"": "20"})],
            id="a payment that failed",
        ),
        pytest.param(
            "orders",
            {"a.csv": f"Order ID,Order Date,Customer,Amount\n{KEPT}\nA2,2026-03-05,C,70.50"},
            [],
            id="nothing",
        ),
    ],
)
def test_rows_never_read_are_told_with_their_money_in_each_currency(
    name: str, files: dict[str, str], found: list[tuple[str, int, dict[str, str]]]
) -> None:
    for file, text in files.items():
        bring(stores.opened(), {file: text})
    assert unread(name) == [
        (why, rows, {code: Decimal(amount) for code, amount in money.items()})
        for why, rows, money in found
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_orders_that_a_newer_export_lacks_are_named(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    store = stores.opened()
    head = "Order ID,Order Date,Customer,Amount"
    lines = [KEPT, "A2,2026-03-05,C,70.50", "A3,2026-03-09,C,9"]
    bring(store, {"a.csv": "\n".join([head, *lines])})
    (draft,) = read(store, {"b.csv": "\n".join([head, lines[0], lines[2], "A4,2026-03-10,C,1"])})
    draft = replace(draft, answers={**draft.answers, "order_id/gone": DELETED})
    land(store, [review.placed(store, draft, TODAY)])
    assert history.taken_out(store, *DAYS) == [("", 1, Decimal("70.50"))]
    assert history.taken_out(store, date(2026, 4, 1), date(2026, 4, 30)) == []
    told: list[str] = []
    monkeypatch.setattr(st, "caption", told.append)
    assert left_out.listed(_, MARCH, *DAYS)
    assert "70" in told[0] and ("已在来源系统中删除" if language == "zh" else "deleted") in told[0]
    assert left_out.listed(_, MARCH.narrowed("customer", "C"), *DAYS)
    assert ("全公司" if language == "zh" else "whole company") in told[1]
