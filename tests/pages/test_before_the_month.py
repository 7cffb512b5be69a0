"""A month that has not begun has no pace: the pages say whose money a day they carry on."""

from __future__ import annotations

from datetime import date

import pytest

from data.store import database as stores
from pages.kit.queries import load
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound

pytestmark = pytest.mark.usefixtures("fresh", "inline")

TODAY = date(2026, 11, 28)
# October has 18 selling days in China, December 23; one order of 1,800 and a November that runs.
ONE_MONTH = "A1,2026-09-28,C,500\nA2,2026-10-12,C,1800\nA3,2026-11-03,C,400\nA4,2026-11-24,C,90"
MORE = f"A0,2026-08-03,C,500\nA9,2026-09-01,C,700\n{ONE_MONTH}"


@pytest.mark.parametrize(
    ("language", "orders", "rate"),
    [
        ("zh", ONE_MONTH, "2026年10月的日均"),
        ("en", ONE_MONTH, "the average per selling day of Oct 2026"),
        ("zh", MORE, "2026年8月–2026年10月共 3 个月的日均（越近权重越高）"),
        ("en", MORE, "the average per selling day of 3 months (Aug 2026 – Oct 2026, the latest "
                     "weighing most)"),
    ],
)  # fmt: skip
def test_december_in_november_is_no_forecast_of_the_running_month(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, language: str, orders: str, rate: str
) -> None:
    monkeypatch.setattr(load, "today", lambda: TODAY)
    bring(stores.opened(), {"orders.csv": f"Order ID,Order Date,Customer,Amount\n{orders}"})
    at = sound(opening(language, month="2026-12").run())
    week = said(at)
    assert rate in week
    assert "forecast to end" not in week and "月底预计" not in week.replace("推算，月底预计", "")
    # 1,800 ÷ 18 × 23 = 2,300
    if orders is ONE_MONTH:
        assert "¥2.30K" in {one.value for one in at.metric} or "2,300" in week
    sound(at.button(key="from_end").click().run())
    assert said(at).count(rate) == 2
    for page in ("plan.py", "whatif.py"):
        assert rate in said(sound(at.switch_page(page).run()))


def test_november_itself_is_forecast(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "today", lambda: TODAY)
    bring(stores.opened(), {"orders.csv": f"Order ID,Order Date,Customer,Amount\n{ONE_MONTH}"})
    assert "forecast to end at" in said(sound(opening("en", month="2026-11").run()))
