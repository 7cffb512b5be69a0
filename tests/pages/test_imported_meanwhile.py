"""An import that lands while a page is drawn: all figures of the page are of after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from data.store import database as stores
from pages.kit.widgets import breakdown
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import metrics, said, sound

HEAD = "Order ID,Order Date,Sales Rep,Customer,Amount\n"
COMPANY = f"{HEAD}A1,2026-03-02,Ann,X,100\nA2,2026-03-03,Bob,Y,100\n"


def landing(monkeypatch: pytest.MonkeyPatch, most: int) -> list[int]:
    """Let an import land each time that a page has drawn its first half, `most` times at most."""
    draw: Callable[..., Any] = breakdown.breakdown_panel
    landed: list[int] = []

    def drawn(*args: Any) -> None:
        if len(landed) < most:
            landed.append(len(landed))
            rows = f"{HEAD}B{len(landed)},2026-03-04,Cid,Z,{100 * len(landed)}\n"
            bring(stores.opened(), {f"more{len(landed)}.csv": rows})
        draw(*args)

    monkeypatch.setattr(breakdown, "breakdown_panel", drawn)
    return landed


@pytest.mark.parametrize(("imports", "sold"), [(0, "¥200"), (1, "¥300"), (2, "¥500")])
def test_a_page_shows_no_figures_of_before_beside_figures_of_after(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, imports: int, sold: str
) -> None:
    bring(stores.opened(), {"orders.csv": COMPANY})
    landing(monkeypatch, imports)
    at = sound(opening("en").run())
    assert f"{sold} so far" in said(at)
    # A page run anew says the same: nothing was left of before.
    again = metrics(at)
    assert metrics(sound(at.run())) == again


def test_a_page_is_shown_although_one_import_follows_the_other(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(stores.opened(), {"orders.csv": COMPANY})
    landed = landing(monkeypatch, 9)
    assert "so far" in said(sound(opening("en").run()))
    assert len(landed) == 4


def test_a_toast_is_seen_although_the_page_runs_again(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(stores.opened(), {"orders.csv": COMPANY})
    landing(monkeypatch, 1)
    at = opening("en")
    at.session_state["toast"] = "Targets saved."
    shown: list[str] = []
    monkeypatch.setattr(st, "toast", shown.append)
    sound(at.run())
    assert shown == ["Targets saved."] * 2
