"""The what-if page: nothing moved is the week page, and what is moved can be moved back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.whatif.drivers import UNCHANGED, Drivers, moved_to
from analytics.whatif.simulate import drivers_of, goal_seek, outcome
from data.sample import STORIES
from data.store import database as stores
from data.store import scenarios, settings
from domain.scope import Scope
from pages.kit.i18n.adding_up import adding_up
from pages.kit.i18n.numbers import month_text, percent
from pages.kit.i18n.words import words
from pages.kit.queries import targets
from pages.kit.whatif import queries, sliders
from tests.pages.conftest import Opening
from tests.pages.reading import metrics, said, sentences, sound
from tests.pages.sample import (
    MONTH,
    TODAY,
    chinese,
    foreign,
    headline,
    sample,
    table_with,
    turned,
)

__all__ = ["sample"]

pytestmark = pytest.mark.usefixtures("fresh")

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SAMPLE = pytest.mark.usefixtures("sample")
SCOPE = Scope(month=MONTH, as_of=TODAY)
SCOPES = {
    "the company": SCOPE,
    "a team": SCOPE.narrowed("team", STORIES.weak_team[0]),
    "a rep": SCOPE.narrowed("rep", STORIES.ramping_rep[0]),
    "next month": SCOPE.in_month(date(2026, 7, 1)),
    "a month that is over": SCOPE.in_month(date(2026, 5, 1)),
    "deals": Scope(month=MONTH, as_of=TODAY, source="deals"),
}


def slid(at: AppTest, driver: str, change: int) -> AppTest:
    return sound(at.slider(key=f"driver_{driver}").set_value(change).run())


def told(at: AppTest) -> list[str]:
    """Everything the page says but the address."""
    return [*metrics(at), *sentences(at), *(one.value.to_string() for one in at.dataframe)]


def plain_table(at: AppTest, head: str) -> dict[str, str]:
    """The first and last cell of each row of a table that is drawn as text."""
    (body,) = [one.value for one in at.markdown if f"| {head} |" in one.value.split("\n")[0]]
    rows = (line.replace("\\", "").strip("| ").split(" | ") for line in body.split("\n")[2:])
    return {row[0]: row[-1] for row in rows}


@LANGUAGES
def test_an_empty_store_names_the_files_to_drop(opening: Opening, language: str) -> None:
    at, _ = opening(language).run(), words(language)  # type: ignore[arg-type]
    sound(at.switch_page("whatif.py").run())
    assert not at.slider
    for name in ("Orders", "Deals", "Leads", "Spend"):
        assert f"**{_(name)}**" in said(at)


@LANGUAGES
def test_a_company_of_a_few_files_has_its_sliders(
    opening: Opening, company: Callable[[str], None], language: str
) -> None:
    company(language)
    at = sound(opening(language).run())
    week = metrics(at)[0]
    sound(at.switch_page("whatif.py").run())
    assert metrics(at)[0] == week
    assert len(at.slider) >= 6


@SAMPLE
@LANGUAGES
def test_nothing_moved_is_the_week_page_word_by_word(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = turned(opening, language, "week.py")
    end, gap = metrics(at)[:2]
    shown = said(at)
    sound(at.switch_page("whatif.py").run())
    stand = targets.standing(SCOPE)
    assert metrics(at) == [end, percent(_, stand.probability, 0), gap]
    assert _("probability {share}", share=metrics(at)[1]) in shown
    (band,) = [
        one
        for one in sentences(at)
        if _("cautious {p10} · optimistic {p90}", p10="", p90="").split()[0] in one
    ][:1]
    assert band in shown
    assert end in headline(at)


@SAMPLE
@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_nothing_moved_is_the_forecast_itself(scope: Scope) -> None:
    stand, result = targets.standing(scope), outcome(queries.baseline(scope), Drivers())
    seen = stand.forecast
    assert (result.p10, result.p50, result.p90) == (seen.p10, seen.p50, seen.p90)
    assert result.rest == UNCHANGED and result.held == ()
    if not stand.over:
        assert (result.probability, result.gap) == (stand.probability, stand.gap)


@SAMPLE
@LANGUAGES
@pytest.mark.parametrize(
    "driver", ["win_rate", "leads", "cycle", "budget:网络研讨会", "stage:方案报价"]
)
def test_a_slider_moved_and_moved_back_gives_the_same_page(
    opening: Opening, language: str, driver: str
) -> None:
    at = turned(opening, language, "whatif.py")
    before = told(at)
    moved = told(slid(at, driver, 30))
    assert "whatif" in at.query_params
    assert moved != before
    assert told(slid(at, driver, 0)) == before
    assert "whatif" not in at.query_params


@SAMPLE
def test_every_slider_moves_something_or_says_that_it_does_not(opening: Opening) -> None:
    base = queries.baseline(SCOPE)
    at = turned(opening, "zh", "whatif.py")
    assert {one.key for one in at.slider} == {f"driver_{one}" for one in drivers_of(base)}
    assert {one.value for one in at.slider} == {0}


@SAMPLE
def test_the_figures_are_those_of_the_outcome(opening: Opening) -> None:
    _ = words("zh")
    at = slid(slid(turned(opening, "zh", "whatif.py"), "win_rate", 20), "price", -10)
    drivers = moved_to(moved_to(Drivers(), "win_rate", 1.2), "price", 0.9)
    result = outcome(queries.baseline(SCOPE), drivers)
    target = targets.standing(SCOPE).pace.target
    end, _aim, gap = adding_up(_, result.p50, target, "CNY")
    assert metrics(at) == [end, percent(_, result.probability, 0), gap]
    # What is not in yet is multiplied by both; what is in stays in.
    seen = targets.standing(SCOPE).forecast
    assert seen.p50 is not None and result.p50 is not None
    rest = float(seen.p50 - seen.actual) * 1.2 * 0.9
    assert float(result.p50 - seen.actual) == pytest.approx(rest, rel=1e-6)


@SAMPLE
@LANGUAGES
def test_the_link_of_a_scenario_opens_it(opening: Opening, language: str) -> None:
    at = slid(slid(turned(opening, language, "whatif.py"), "win_rate", 20), "budget:搜索推广", -35)
    shown, link = told(at), at.query_params["whatif"]
    link = link[0] if isinstance(link, list) else link
    other = turned(opening, language, "whatif.py", whatif=link)
    assert told(other) == shown
    assert other.slider(key="driver_win_rate").value == 20
    assert other.slider(key="driver_budget:搜索推广").value == -35


@SAMPLE
@pytest.mark.parametrize("link", ["nonsense*1.2", "win_rate*x", "win_rate*-3", "win_rate*99", "~"])
@LANGUAGES
def test_a_link_that_means_nothing_is_told(opening: Opening, language: str, link: str) -> None:
    at = turned(opening, language, "whatif.py", whatif=link)
    assert len(at.error) == 1
    assert {one.value for one in at.slider} == {0}
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@SAMPLE
@LANGUAGES
def test_a_scenario_is_kept_opened_and_removed(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = slid(turned(opening, language, "whatif.py"), "win_rate", 20)
    settings.choose(stores.opened(), "who", "王芳")
    assert at.button(key="keep_scenario").disabled
    moved = metrics(at)
    sound(at.text_input(key="scenario_name").set_value("赢单 +20%").run())
    sound(at.button(key="keep_scenario").click().run())
    (row,) = table_with(at, _("Scenario")).to_dict("records")
    assert (row[_("Scenario")], row[_("Saved by")]) == ("赢单 +20%", "王芳")
    assert row[_("Expected (P50)")] == moved[0] and row[_.c("target", "Probability")] == moved[1]
    slid(at, "win_rate", 0)
    slid(at, "leads", 10)
    sound(at.button(key="open_scenario").click().run())
    assert metrics(at) == moved
    assert at.slider(key="driver_leads").value == 0
    sound(at.button(key="drop_scenario").click().run())
    assert len(scenarios.kept(stores.opened())) == 0
    assert not [one for one in at.dataframe if _("Scenario") in one.value]


@SAMPLE
def test_everything_goes_back_at_once(opening: Opening) -> None:
    at = turned(opening, "zh", "whatif.py")
    before = told(at)
    slid(slid(at, "win_rate", 20), "stage:方案报价", 10)
    reset = words("zh")("Reset")
    sound(next(one for one in at.button if one.label == reset).click().run())
    assert told(at) == before


@SAMPLE
def test_what_the_goal_asks_for_reaches_the_target(opening: Opening) -> None:
    _ = words("zh")
    at = turned(opening, "zh", "whatif.py")
    base = queries.baseline(SCOPE)
    sought = {one: goal_seek(base, one).value for one in drivers_of(base)}
    within = {one: value for one, value in sought.items() if value and 0.5 <= value <= 2}
    assert {"win_rate", "price", "deal_size", "cycle"} <= set(within)
    shown = plain_table(at, _("Change needed"))
    assert base.target is not None
    for driver, value in within.items():
        change = round((value - UNCHANGED) * 100)
        assert f"{abs(value - UNCHANGED) * 100:.1f}%" in shown[sliders.label(_, driver)]
        slid(at, driver, change)
        exact = outcome(base, moved_to(Drivers(), driver, value)).p50
        reached = outcome(base, moved_to(Drivers(), driver, UNCHANGED + change / 100)).p50
        step = outcome(base, moved_to(Drivers(), driver, UNCHANGED + (change + 1) / 100)).p50
        assert exact is not None and reached is not None and step is not None
        assert exact == pytest.approx(base.target, rel=Decimal("1e-6"))
        assert abs(reached - base.target) <= abs(step - reached)
        assert metrics(at)[0] == adding_up(_, reached, base.target, "CNY")[0]
        slid(at, driver, 0)


@SAMPLE
@LANGUAGES
def test_without_a_target_the_goal_is_asked_for(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = turned(opening, language, "whatif.py", month="2026-07")
    assert targets.target(SCOPE.in_month(date(2026, 7, 1))) is None
    assert _("No target set for this month. Set one on the Week or Plan page.") in said(at)
    assert metrics(at)[1:] == [_("n/a"), _("n/a")]


@SAMPLE
@LANGUAGES
def test_a_month_that_is_over_has_no_sliders(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = turned(opening, language, "whatif.py", month="2026-05")
    month = month_text(_, date(2026, 5, 1))
    told = _("{month} is over. Choose the current or a future month.", month=month)
    assert told in list(sentences(at))
    assert not at.slider


@SAMPLE
@LANGUAGES
def test_the_whole_page_speaks_one_language(opening: Opening, language: str) -> None:
    at = slid(turned(opening, language, "whatif.py"), "win_rate", 100)
    sound(at.text_input(key="scenario_name").set_value("一").run())
    sound(at.button(key="keep_scenario").click().run())
    sound(at.button(key="from_whatif").click().run())
    assert (foreign(at) if language == "zh" else chinese(at)) == []
    assert isinstance(table_with(at, words(language)("Scenario")), pd.DataFrame)  # type: ignore[arg-type]


@SAMPLE
def test_the_sliders_are_kept_from_page_to_page(opening: Opening) -> None:
    at = slid(turned(opening, "zh", "whatif.py"), "win_rate", 20)
    moved = metrics(at)
    sound(at.switch_page("week.py").run())
    assert at.query_params["whatif"]
    sound(at.switch_page("whatif.py").run())
    assert metrics(at) == moved


@SAMPLE
@LANGUAGES
def test_a_scenario_of_another_month_is_listed_opened_and_removed(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    march = date(2026, 3, 1)
    scenarios.keep(stores.opened(), "春天", march, {"win_rate": "1.2"})
    at = turned(opening, language, "whatif.py")
    (row,) = table_with(at, _("Scenario")).to_dict("records")
    assert (row[_("Scenario")], row[_("Saved for")]) == ("春天", month_text(_, march))
    month = month_text(_, date(2026, 6, 1))
    assert _("Every scenario is shown on the forecast of {month}.", month=month) in said(at)
    sound(at.button(key="open_scenario").click().run())
    assert at.slider(key="driver_win_rate").value == 20
    sound(at.button(key="drop_scenario").click().run())
    assert len(scenarios.kept(stores.opened())) == 0


@SAMPLE
@LANGUAGES
def test_above_the_target_no_change_is_needed(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    needed = _("Change needed in a single driver to reach the target")
    allowed = _("Change in a single driver before the target is missed")
    at = turned(opening, language, "whatif.py")
    assert needed in said(at) and allowed not in said(at)
    slid(at, "win_rate", 100)
    assert allowed in said(at) and needed not in said(at)
    assert _("Change allowed") in said(at) and _("Change needed") not in said(at)
