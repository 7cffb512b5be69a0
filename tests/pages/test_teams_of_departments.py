"""The department beside the reps of an order list is their team on every page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.store import database as stores
from data.store import plans
from domain.scope import Scope
from pages.kit.i18n.adding_up import as_fine
from pages.kit.i18n.numbers import percent
from pages.kit.i18n.words import words
from pages.kit.queries import load
from pages.kit.widgets.passport import downloaded, passport
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import plain, said, sound
from tests.pages.sample import table_with
from tests.pages.test_files_page import confirm, drop

pytestmark = pytest.mark.usefixtures("fresh", "inline")

# 李娜 is in 销售二部 from 2 March on.
ORDERS = """销售订单编号,下单日期,客户名称,负责人,负责人主属部门,销售订单金额
A1,2026-02-05,甲,张伟,华东大区/销售一部,100
A2,2026-02-06,乙,李娜,华东大区/销售一部,200
A3,2026-03-02,丙,李娜,华南大区/销售二部,400
A4,2026-03-10,丁,张伟,华东大区/销售一部,800
A5,2026-03-12,戊,王强,华南大区/销售二部,1600
"""


@pytest.fixture(autouse=True)
def march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "today", lambda: date(2026, 3, 31))


def handed(at: AppTest, kind: str) -> pd.DataFrame:
    """The plan's table of the teams or of the reps."""
    return next(one.value for one in at.data_editor if f"handout_{kind}_" in str(one.key))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_week_and_the_plan_show_the_teams(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    store = stores.opened()
    bring(store, {"orders.csv": ORDERS.encode()})
    goals = {("rep", "张伟"): Decimal(1000), ("rep", "王强"): Decimal(2000)}
    plans.save_targets(store, date(2026, 3, 1), {**goals})
    for month, sums in (
        # In February 李娜 was in the first team.
        ("2026-02", {"销售一部": 300.0}),
        ("2026-03", {"销售一部": 800.0, "销售二部": 2000.0}),
    ):
        at = opening(language, month=month)
        at.session_state["by"] = "team"
        rows = table_with(sound(at.run()), "actual")
        assert dict(zip(rows["name"], rows["actual"], strict=True)) == sums
    at = sound(opening(language, month="2026-03", team="销售一部").run())
    # Written as finely as the month-end.
    sums = {
        "actual": as_fine(_, 800, Decimal(1), "CNY"),
        "target": as_fine(_, 1000, Decimal(1), "CNY"),
    }
    total = _("Total {actual} of {target} ({share})", share=percent(_, 0.8), **sums)
    assert plain(total) in plain(said(at))
    at = sound(sound(opening(language, month="2026-03").run()).switch_page("plan.py").run())
    sound(at.number_input(key="plan_target_2026-04-01").set_value(4000.0).run())
    assert sorted(handed(at, "team")["name"]) == ["销售一部", "销售二部"]
    people = handed(at, "rep")
    assert dict(zip(people["name"], people["team"], strict=True)) == {
        "张伟": "销售一部",
        "李娜": "销售二部",
        "王强": "销售二部",
    }


def test_the_downloaded_rows_have_the_team() -> None:
    _ = words("zh")
    bring(stores.opened(), {"orders.csv": ORDERS.encode()})
    scope = Scope(date(2026, 3, 1), date(2026, 3, 31))
    rows: pd.DataFrame = downloaded(_, passport("x", scope, "actual"))
    assert dict(zip(rows[_("Customer")], rows[_("Team")], strict=True)) == {
        "丙": "销售二部",
        "丁": "销售一部",
        "戊": "销售二部",
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_preview_says_where_the_team_comes_from(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    page: AppTest = opening(language).run().switch_page("files.py").run()
    at = drop(page, {"orders.csv": ORDERS.encode()})
    text = plain(said(at))
    header = "负责人主属部门"
    assert header in text
    assert "张伟" not in text
    assert "李娜 (华东大区/销售一部 → 华南大区/销售二部, 2026-03-02)" in text
    assert _("{matched} of {all} columns matched", matched=6, all=6) in text
    columns = table_with(at, "sure")
    assert columns.set_index("header")["sure"][header] == _("says the team")
    confirm(at)
    assert stores.opened().rows("SELECT count(*) FROM people") == [(4,)]
