"""Each table counts to the day its own rows reach, whatever the page's other tables do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.store import database as stores
from data.store import settings
from domain.scope import Scope, Source
from pages.kit.queries import load
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import metrics, said, sound

pytestmark = pytest.mark.usefixtures("fresh", "inline")

TODAY = date(2026, 11, 28)
NOVEMBER = Scope(month=date(2026, 11, 1), as_of=date(2026, 11, 22))
FILES = {
    "orders.csv": "Order ID,Order Date,Customer,Amount\n"
    "A1,2026-10-05,C,50\nA2,2026-11-03,C,70\nA3,2026-11-22,C,30",
    "contracts.csv": "Contract ID,Signed Date,Customer,Amount\n"
    "K1,2026-11-03,C,11\nK2,2026-11-27,C,5",
    "deals-2026-11-27.csv": "Deal ID,Customer,Stage,Status,Amount,Created Date,Closed Date\n"
    "D1,C,Closed Won,Won,1000,2026-09-02,2026-11-10\n"
    "D2,C,Closed Won,Won,2000,2026-09-02,2026-11-24\n"
    "D3,C,Closed Won,Won,400,2026-09-02,2026-10-24",
}  # fmt: skip
PAID_LATE = "Payment ID,Payment Date,Customer,Amount\nP1,2026-10-30,C,9\nP2,2026-11-25,C,40"
PAID_EARLY = "Payment ID,Payment Date,Customer,Amount\nP1,2026-10-30,C,9\nP2,2026-11-10,C,7"
PAID_BEFORE = "Payment ID,Payment Date,Customer,Amount\nP1,2026-10-28,C,9"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "today", lambda: TODAY)


@pytest.mark.parametrize(
    ("payments", "scope", "source", "value", "until"),
    [
        pytest.param(PAID_LATE, NOVEMBER, "deals", 3000, 27, id="deals reach further"),
        pytest.param(PAID_LATE, NOVEMBER, "contracts", 16, 27, id="contracts reach further"),
        pytest.param(PAID_LATE, NOVEMBER, "payments", 40, 25, id="payments reach further"),
        pytest.param(PAID_EARLY, NOVEMBER, "payments", 7, 10, id="payments end before"),
        pytest.param(PAID_BEFORE, NOVEMBER, "payments", None, 1, id="none in the month"),
        pytest.param(PAID_LATE, NOVEMBER, "orders", 100, 22, id="the page's own"),
        pytest.param(
            PAID_LATE,
            replace(NOVEMBER, as_of=date(2026, 11, 15)),
            "deals", 1000, 15, id="a chosen day holds for all",
        ),
        pytest.param(
            PAID_LATE, replace(NOVEMBER, month=date(2026, 10, 1)), "deals", 400, 31,
            id="a month that is over",
        ),
        pytest.param(
            PAID_BEFORE, replace(NOVEMBER, month=date(2026, 10, 1)), "payments", 9, 28,
            id="a month that is over, of which the payments lack the end",
        ),
        pytest.param(
            PAID_LATE,
            replace(NOVEMBER, source="deals", as_of=date(2026, 11, 27)),
            "orders", 100, 22, id="orders beside deals",
        ),
    ],
)  # fmt: skip
def test_a_figure_counts_to_the_day_of_its_own_table(
    payments: str, scope: Scope, source: Source, value: int | None, until: int
) -> None:
    bring(stores.opened(), {**FILES, "payments.csv": payments})
    assert load.total(scope, source)["value"] == value
    assert load.of(scope, source).until.day == until


def test_won_and_collected_are_the_same_whatever_counts_as_the_actual(opening: Opening) -> None:
    files = {name: text for name, text in FILES.items() if not name.startswith("contracts")}
    bring(stores.opened(), {**files, "payments.csv": PAID_LATE})
    settings.choose(stores.opened(), "selling_days", "US")
    by_orders = sound(opening("en").run())
    by_deals = sound(opening("en", actual="deals").run())
    assert metrics(by_orders)[3] == metrics(by_deals)[3] == "¥3.00K"
    assert "to Nov 27; collected ¥40 (to Nov 25)" in said(by_orders)
    assert "collected ¥40 (to Nov 25)" in said(by_deals)


@pytest.mark.parametrize(
    ("language", "what"),
    [("en", "collected n/a (the data end on Oct 28, 2026)"),
     ("zh", "回款 暂无（数据截至2026年10月28日）")],
)  # fmt: skip
def test_no_collections_are_shown_for_a_month_their_data_do_not_reach(
    opening: Opening, language: str, what: str
) -> None:
    bring(stores.opened(), {**FILES, "payments.csv": PAID_BEFORE})
    assert what in said(sound(opening(language).run()))


@pytest.mark.parametrize(
    ("last", "country", "until", "opened"),
    [
        # 30 October 2026 is a Friday.
        ("2026-10-30", "CN", 31, "2026-10"),
        ("2026-10-30", "ALL", 30, "2026-09"),
        ("2026-10-29", "CN", 29, "2026-09"),
    ],
)
def test_a_month_whose_last_selling_day_is_in_the_data_is_over(
    opening: Opening, last: str, country: str, until: int, opened: str
) -> None:
    orders = f"Order ID,Order Date,Customer,Amount\nA1,2026-09-03,C,50\nA2,{last},C,70"
    bring(stores.opened(), {"orders.csv": orders})
    settings.choose(stores.opened(), "selling_days", country)
    assert load.reach("orders").date == date(2026, 10, until)
    review = sound(opening("en").switch_page("review.py").run())
    assert review.session_state["review_month"] == date.fromisoformat(f"{opened}-01")
