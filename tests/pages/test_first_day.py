"""The first day of a company in dollars: no figure that cannot be, and every doubt is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.periods.calendar import selling_days, working_days
from data.store import database as stores
from data.store import plans, settings
from domain.scope import Scope
from pages.kit.i18n.numbers import exact
from pages.kit.i18n.words import words
from pages.kit.plan import queries as plan
from pages.kit.queries import load, targets
from pages.kit.review import queries as review
from pages.kit.whatif import queries as whatif
from tests.once import once
from tests.pages import european
from tests.pages.conftest import Copying, Opening, imported
from tests.pages.european import EXPORTED, MARCH, QUOTA, REPS, TODAY
from tests.pages.reading import metrics, said, sound

pytestmark = pytest.mark.usefixtures("fresh")
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
PAGES = ("week.py", "plan.py", "review.py", "whatif.py")
SCOPE = Scope(month=MARCH, as_of=EXPORTED, source="deals", currency="USD", selling_days="US")

Company = Callable[..., None]


@pytest.fixture
def company(
    copying: Copying, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Company:
    """`company(currency="USD")`: the files are in, and what was chosen."""
    monkeypatch.setattr(load, "today", lambda: TODAY)

    def made(**chosen: str) -> None:
        def template() -> Path:
            return imported(tmp_path_factory, european.files())

        copying(once(tmp_path_factory, "european.duckdb", template))
        for name, value in chosen.items():
            settings.choose(stores.opened(), name, value)

    return made


def keys(at: AppTest) -> list[str | None]:
    return [one.key for one in (*at.button, *at.selectbox)]


@LANGUAGES
@pytest.mark.parametrize("page", PAGES)
def test_the_currency_is_asked_before_the_first_figure(
    opening: Opening, company: Company, language: str, page: str
) -> None:
    company()
    at = sound(opening(language).run())
    at = at if page == "week.py" else sound(at.switch_page(page).run())
    assert "report_in" in keys(at)
    assert ("ask_country" in keys(at)) == (language == "en")
    assert not metrics(at) and "¥0" not in said(at)
    sound(at.button(key="report_in").click().run())
    assert settings.setting(stores.opened(), "currency") == "USD"
    assert "report_in" not in keys(at) and "$" in said(at)


@LANGUAGES
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_where_nothing_counts_yet(
    opening: Opening, company: Company, language: str, page: str
) -> None:
    """The dollars are refused as the reporting currency, a target stands, nothing counts."""
    company(currency_refused="USD", selling_days="US")
    plans.save_targets(stores.opened(), date(2026, 4, 1), {("company", ""): Decimal(240_000)})
    at = sound(opening(language).run())
    at = at if page == "week.py" else sound(at.switch_page(page).run())
    assert not at.error and "report_in" not in keys(at)
    if page == "plan.py":
        assert exact(words(language), 240_000, "CNY") in said(at)  # type: ignore[arg-type]


def test_the_deals_are_seen_up_to_the_day_of_their_export(
    opening: Opening, company: Company
) -> None:
    company(currency="USD", selling_days="US")
    present = load.present()
    assert present is not None and present.as_of == EXPORTED
    year = selling_days(MARCH, date(2026, 3, 31), "US")
    assert working_days(year, date(2026, 3, 28), date(2026, 3, 31)) == 2
    assert targets.standing(SCOPE).pace.days_left == 2


@pytest.mark.parametrize("rep", REPS)
@pytest.mark.parametrize("month", [MARCH, date(2026, 4, 1)])
def test_nobody_is_foreseen_far_above_what_was_ever_sold(
    company: Company, rep: str, month: date
) -> None:
    company(currency="USD", selling_days="US")
    scope = SCOPE.in_month(month).narrowed("rep", rep)
    forecast = targets.standing(scope).forecast
    best = max(plan.history(scope)["value"])
    assert forecast.p50 is not None and 0 <= forecast.p50 <= 2 * best
    assert forecast.p90 is None or forecast.p90 <= 4 * best


def test_who_passes_the_filter_is_in_the_table_and_nobody_else(company: Company) -> None:
    company(currency="USD", selling_days="US")
    one = targets.attained(SCOPE.narrowed("rep", "Ben Holt"), "rep")
    assert list(one.rows["name"]) == ["Ben Holt"]
    assert one.total["target"] == 2 * QUOTA
    north = targets.attained(SCOPE.narrowed("team", "North"), "rep")
    assert set(north.rows["name"]) == {"Ada Finch", "Ben Holt"}
    assert north.total["target"] == 3 * QUOTA
    of_ben = targets.attained(SCOPE.narrowed("rep", "Ben Holt"), "team")
    assert of_ben.rows.set_index("name")["target"].to_dict() == {"North": 2 * QUOTA}
    of_product = targets.attained(SCOPE.narrowed("product", "Pump"), "rep")
    assert of_product.rows["target"].isna().all() and of_product.total["target"] is None


def test_quotas_on_file_lead_the_split_of_the_plan(company: Company) -> None:
    company(currency="USD", selling_days="US")
    april = SCOPE.in_month(date(2026, 4, 1))
    assert plan.bases(april)[0] == "targets"
    split = plan.handed_down(april, Decimal(300_000), "targets", {"team": {}, "rep": {}})
    parts = {rep: part for team in split.reps.values() for rep, part in team.parts.items()}
    assert parts == {rep: 120_000 if rep == "Ben Holt" else 60_000 for rep in REPS}


def test_who_sold_in_the_year_has_a_part_though_not_last_month(company: Company) -> None:
    company(currency="USD", selling_days="US")
    store = stores.opened()
    with store.writing("facts") as cursor:
        cursor.execute("DELETE FROM reps")
        cursor.execute("DELETE FROM targets")
        cursor.execute("DELETE FROM deals WHERE rep = 'Cora Lind' AND closed_date >= '2026-03-01'")
    april = SCOPE.in_month(date(2026, 4, 1))
    split = plan.handed_down(april, Decimal(100_000), "twelve_months", {"team": {}, "rep": {}})
    parts = {rep: part for team in split.reps.values() for rep, part in team.parts.items()}
    assert set(parts) == set(REPS) and parts["Cora Lind"] > 20_000
    assert sum(parts.values()) == 100_000


@LANGUAGES
@pytest.mark.parametrize(("target", "times"), [(4_000, True), (100_000, False), (9_000_000, True)])
def test_a_month_of_many_times_its_target_is_doubted(
    opening: Opening, company: Company, language: str, target: int, times: bool
) -> None:
    company(currency="USD", selling_days="US")
    plans.save_targets(stores.opened(), MARCH, {("company", ""): Decimal(target)})
    at = sound(opening(language).run())
    assert bool(at.warning) == times
    if times:
        assert exact(words(language), target, "USD") in said(at)  # type: ignore[arg-type]


@LANGUAGES
def test_the_what_if_page_moves_a_budget_without_a_channel(
    opening: Opening, company: Company, language: str
) -> None:
    company(currency="USD", selling_days="US")
    assert [curve.channel for _share, curve in whatif.baseline(SCOPE).curves] == [""]
    at = sound(opening(language).run())
    sound(at.switch_page("whatif.py").run())
    assert not at.error
    sound(at.slider(key="driver_budget:").set_value(20).run())
    assert not at.error and at.query_params["whatif"] == "budget:*1.2"


@LANGUAGES
def test_spend_in_euros_and_sales_without_a_channel_are_said_on_the_card(
    opening: Opening, company: Company, language: str
) -> None:
    company(currency="USD", selling_days="US")
    _ = words(language)  # type: ignore[arg-type]
    at = sound(opening(language, review_month="2026-02").run())
    sound(at.switch_page("review.py").run())
    euros = exact(_, 9_000, "EUR")
    assert _("Spend in another currency, not in these figures: {sums}", sums=euros) in said(at)
    february = replace(SCOPE, month=date(2026, 2, 1))
    found = review.returns(february, "channel", "direct")
    assert found.unnamed == targets.standing(february).pace.actual
    assert found.total["roi"] is None and found.total["output"] is None
    assert exact(_, found.unnamed, "USD") in said(at)
