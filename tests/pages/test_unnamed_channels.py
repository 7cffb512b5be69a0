"""What a channel brought is not known where no order names it: that is n/a, not zero."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.words import words
from pages.kit.queries import load
from pages.kit.review import marginal_return
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import shown, sound
from tests.pages.sample import table_with

pytestmark = pytest.mark.usefixtures("fresh", "inline")

APRIL = Scope(month=date(2026, 4, 1), as_of=date(2026, 4, 30))
PAID = (100, 100, 200, 300)
SOLD = (500, 700, 900, 1200)


def files(of: str, name: str, named: tuple[str, str, str, str]) -> dict[str, str]:
    """Four months of spend on a channel, and an order a month that names one or none."""
    orders = [f"Order ID,Order Date,Customer,Amount,{of}"]
    spend = [f"Date,{of},Spend"]
    for at, (paid, sold, word) in enumerate(zip(PAID, SOLD, named, strict=True), start=1):
        orders.append(f"A{at},2026-0{at}-02,C,{sold},{word}")
        orders.append(f"B{at},2026-0{at}-28,C,1,{word}")
        spend.append(f"2026-0{at}-03,{name},{paid}")
    return {"orders.csv": "\n".join(orders), "spend.csv": "\n".join(spend)}


@pytest.mark.parametrize(
    ("of", "name", "named", "sales"),
    [
        pytest.param("Channel", "Web", ("",) * 4, [None] * 3, id="no order names a channel"),
        pytest.param("Channel", "线上推广", ("",) * 4, [None] * 3, id="Chinese"),
        pytest.param("Campaign", "Spring", ("",) * 4, [None] * 3, id="nor a campaign"),
        pytest.param("Channel", "Web", ("Shop",) * 4, [None] * 3, id="they name another"),
        pytest.param("Channel", "Web", ("Web",) * 4, [601, 901, 1201], id="they name it"),
        pytest.param(
            "Channel", "Web", ("", "", "Web", "Web"), [901, 1201], id="named from March on"
        ),
        pytest.param(
            "Channel", "Web", ("Shop", "Shop", "Web", "Web"), [0, 901, 1201], id="Shop before"
        ),
    ],
)
def test_what_each_spend_level_brought_is_known_where_orders_name_it(
    of: str, name: str, named: tuple[str, str, str, str], sales: list[float | None]
) -> None:
    bring(stores.opened(), files(of, name, named))
    by = "campaign" if of == "Campaign" else "channel"
    steps = marginal_return.of(APRIL, by, name)
    assert [None if pd.isna(one) else one for one in steps["sales"]] == sales
    if sales[0] is None:
        assert steps["extra_sales"].isna().all() and steps["more"].isna().all()


@pytest.mark.parametrize(("language", "missing"), [("en", "n/a"), ("zh", "暂无")])
def test_the_table_says_so(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, language: str, missing: str
) -> None:
    monkeypatch.setattr(load, "today", lambda: date(2026, 5, 2))
    bring(stores.opened(), files("Channel", "Web", ("",) * 4))
    at = sound(sound(opening(language).run()).switch_page("review.py").run())
    _ = words(language)  # type: ignore[arg-type]
    table = table_with(at, _("Sales per month"))
    assert list(table[_("Spend per month")]) == [shown(_, 100), shown(_, 200)]
    assert list(table[_("Sales per month")]) == [missing] * 2
    assert list(table[_("Extra sales per extra unit spent")])[1:] == [missing]
