"""The target of a team without its own: the headline says the sum that its table shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.store import database as stores
from data.store import plans
from pages.kit.i18n.adding_up import as_fine
from pages.kit.i18n.numbers import percent
from pages.kit.i18n.words import words
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import plain, said, sound
from tests.pages.sample import headline, table_with

ORDERS = """Order ID,Order Date,Customer,Rep,Amount
A1,2026-01-05,X,Wang,900
A2,2026-02-05,X,Li,900
A3,2026-03-05,X,Wang,300
A4,2026-03-12,Y,Li,200
A5,2026-03-18,Y,Zhao,700
"""
REPS = """Rep,Team,Region,Level,Hire Date
Wang,North,A,Senior,2020-01-01
Li,North,A,Senior,2020-01-01
Zhao,South,A,Senior,2020-01-01
"""


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_headline_and_the_table_of_a_team_have_one_target(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    store = stores.opened()
    bring(store, {"orders.csv": ORDERS.encode(), "reps.csv": REPS.encode()})
    goals = {("rep", "Wang"): Decimal(600), ("rep", "Li"): Decimal(400)}
    plans.save_targets(store, date(2026, 3, 1), {**goals})
    at = sound(opening(language, month="2026-03", team="North").run())
    # 500 of 600 + 400.
    assert _("; no target set for this month") not in headline(at)
    # Written as finely as the month-end.
    sums = {
        "actual": as_fine(_, 500, Decimal(1), "CNY"),
        "target": as_fine(_, 1000, Decimal(1), "CNY"),
    }
    total = _("Total {actual} of {target} ({share})", share=percent(_, 0.5), **sums)
    assert plain(total) in plain(said(at))
    assert _("target: the sum of those of {names}", names=_(", ").join(["Li", "Wang"])) in said(at)
    assert table_with(at, "gap")["target"].sum() == 1000
