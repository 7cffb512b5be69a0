"""The plan page: a target, what it means, and who takes which part of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.forecast.month_end import probability
from data.store import database as stores
from data.store import plans
from domain.scope import Scope
from pages.kit.i18n.adding_up import adding_up
from pages.kit.i18n.numbers import date_text, exact, money, month_text, percent
from pages.kit.i18n.words import words
from pages.kit.plan import queries
from pages.kit.queries import load, targets
from pages.kit.review import queries as lookback
from tests.conftest import bring
from tests.pages.conftest import COMPANIES, Opening
from tests.pages.reading import metrics, said, sentences, sound
from tests.pages.sample import (
    TODAY,
    cents,
    chinese,
    foreign,
    headline,
    sample,
    table_with,
    turned,
)  # fmt: skip

__all__ = ["sample"]

pytestmark = pytest.mark.usefixtures("fresh")

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SAMPLE = pytest.mark.usefixtures("sample")
BASES = ("even", "last_year", "twelve_months")
JULY = date(2026, 7, 1)
SCOPE = Scope(month=JULY, as_of=TODAY)
AWKWARD = 11_234_567.89


def planned(opening: Opening, language: str = "zh", target: float = AWKWARD) -> AppTest:
    at = turned(opening, language, "plan.py")
    return typed(at, target)


def typed(at: AppTest, target: float | None, level: str = "target") -> AppTest:
    return sound(at.number_input(key=f"plan_{level}_{JULY}").set_value(target).run())


def handed(at: AppTest, kind: str) -> pd.DataFrame:
    """The table of the teams or of the reps as it stands."""
    turn = at.session_state[f"turn_{kind}_{JULY}"]
    return next(one.value for one in at.data_editor if one.key == f"handout_{kind}_{JULY}_{turn}")


def total(table: pd.DataFrame) -> Decimal:
    return sum((Decimal(f"{one:.2f}") for one in table["target"]), Decimal(0))


def edited(at: AppTest, kind: str, row: int, **cells: object) -> AppTest:
    turn = at.session_state[f"turn_{kind}_{JULY}"]
    at.session_state[f"handout_{kind}_{JULY}_{turn}"] = {
        "edited_rows": {row: cells}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    return sound(at.run())


@LANGUAGES
def test_an_empty_store_names_the_files_to_drop(opening: Opening, language: str) -> None:
    at, _ = opening(language).run(), words(language)  # type: ignore[arg-type]
    sound(at.switch_page("plan.py").run())
    assert not at.number_input
    assert _("Drop in files") in [one.label for one in at.page_link]
    for name in ("Orders", "Deals", "Contracts", "Targets"):
        assert f"**{_(name)}**" in said(at)


@LANGUAGES
def test_a_company_of_orders_alone_can_be_planned(
    opening: Opening, company: Callable[[str], None], language: str
) -> None:
    company(language)
    at = sound(opening(language).run())
    sound(at.switch_page("plan.py").run())
    month = at.session_state["plan_month"]
    sound(at.number_input(key=f"plan_target_{month}").set_value(1_000_000.0).run())
    reps = {name for table in at.data_editor for name in table.value["name"]}
    assert set(COMPANIES[language].reps) <= reps


@SAMPLE
@LANGUAGES
def test_a_typed_target_shows_how_likely_it_is(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = turned(opening, language, "plan.py")
    assert _("no target yet") in headline(at)
    typed(at, AWKWARD)
    chance = probability(queries.ahead(SCOPE), Decimal(str(AWKWARD)))
    assert chance is not None and 0.5 < chance < 0.9
    assert _("probability {share}", share=percent(_, chance, 0)) in headline(at)
    typed(at, 1_000_000_000.0)
    assert _("probability {share}", share=percent(_, 0, 0)) in headline(at)


@SAMPLE
def test_floor_and_stretch_have_a_probability_of_their_own(opening: Opening) -> None:
    _ = words("zh")
    at = typed(typed(planned(opening), 9_000_000.0, "floor"), 14_000_000.0, "stretch")
    ahead = queries.ahead(SCOPE)
    rows = table_with(at, _("Probability of reaching it")).set_index(_("Figure"))
    for label, amount in (("Floor", 9_000_000), ("Target", AWKWARD), ("Stretch", 14_000_000)):
        share = probability(ahead, Decimal(str(amount)))
        text = money(_, amount, "CNY")
        if label == "Target":  # written so that it and the forecast beside it can be compared
            text = adding_up(_, ahead.p50, amount, "CNY")[1]
        assert rows.loc[_(label)].tolist() == [text, percent(_, share, 0)]


@SAMPLE
def test_a_target_that_was_taken_for_its_odds_has_these_odds(opening: Opening) -> None:
    _ = words("zh")
    at = turned(opening, "zh", "plan.py")
    sound(at.button(key="take_likely").click().run())
    taken = at.session_state[f"plan_target_{JULY}"]
    chance = probability(queries.ahead(SCOPE), Decimal(str(taken)))
    assert chance == pytest.approx(0.65, abs=0.01)


@SAMPLE
@LANGUAGES
@pytest.mark.parametrize("by", ["week", "third", "day"])
def test_the_target_over_time_sums_to_the_cent(opening: Opening, language: str, by: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = planned(opening, language)
    sound(at.segmented_control(key="phase_by").set_value(by).run())
    parts = table_with(at, _("From"))
    assert sum(map(cents, parts[_("Target")])) == Decimal(str(AWKWARD))
    assert _("Total {sum}, to the cent.", sum=exact(_, AWKWARD, "CNY")) in said(at)
    # July 2026 has no public holiday in China.
    assert parts[_("Selling days")].sum() == len(pd.bdate_range(JULY, "2026-07-31"))
    assert by != "day" or (cents(parts[_("Target")][3]), parts[_("Selling days")][3]) == (0, 0)


@SAMPLE
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("target", [AWKWARD, 0.07, 1.0], ids=["awkward", "7 cents", "1"])
def test_company_teams_and_reps_are_one_sum(opening: Opening, basis: str, target: float) -> None:
    _ = words("zh")
    at = planned(opening, target=target)
    sound(at.segmented_control(key="split_basis").set_value(basis).run())
    teams, people = handed(at, "team"), handed(at, "rep")
    whole = Decimal(str(target)).quantize(Decimal("0.01"))
    assert total(teams) == total(people) == whole
    for name, part in zip(teams["name"], teams["target"], strict=True):
        assert total(people[people["team"] == name]) == Decimal(f"{part:.2f}")
    assert _("Company = teams = reps = {sum}, to the cent.", sum=exact(_, target, "CNY")) in said(
        at
    )


@SAMPLE
def test_each_basis_splits_by_what_it_says(opening: Opening) -> None:
    at = planned(opening)
    sound(at.segmented_control(key="split_basis").set_value("even").run())
    assert handed(at, "rep")["target"].max() - handed(at, "rep")["target"].min() < 0.015
    sound(at.segmented_control(key="split_basis").set_value("twelve_months").run())
    sold = dict(
        stores.opened().rows(
            "SELECT coalesce(credits.rep, orders.rep), sum(amount * coalesce(share, 1)) "
            "FROM orders LEFT JOIN credits USING (order_id, line_no) WHERE status = 'valid' "
            "AND order_date BETWEEN '2025-07-01' AND '2026-06-30' GROUP BY 1"
        )
    )
    whole = sum(sold.values())
    for name, part in handed(at, "rep").set_index("name")["target"].items():
        assert part == pytest.approx(AWKWARD * float(sold[name] / whole), rel=0.35)


@SAMPLE
@pytest.mark.parametrize("kind", ["team", "rep"])
def test_a_cell_that_was_typed_stays_and_the_rest_follows(opening: Opening, kind: str) -> None:
    at = planned(opening)
    before = handed(at, kind)
    edited(at, kind, 1, target=123_456.78)
    after = handed(at, kind)
    assert after["target"][1] == 123_456.78
    assert after["locked"].tolist() == [row == 1 for row in range(len(after))]
    assert after["target"][0] != before["target"][0]
    for table in (handed(at, "team"), handed(at, "rep")):
        assert total(table) == Decimal(str(AWKWARD))
    # It stays when the target or the basis changes, and goes back when it is let go.
    typed(at, AWKWARD + 1)
    sound(at.segmented_control(key="split_basis").set_value("even").run())
    assert handed(at, kind)["target"][1] == 123_456.78
    typed(at, AWKWARD)
    sound(at.segmented_control(key="split_basis").set_value("twelve_months").run())
    edited(at, kind, 1, locked=False)
    pd.testing.assert_frame_equal(handed(at, kind), before)


@SAMPLE
@LANGUAGES
def test_fixed_cells_that_do_not_fit_are_told(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = planned(opening, language, 1_000.0)
    edited(at, "team", 0, target=1_500.0)
    over = exact(_, 500, "CNY")
    told = _("The locked cells exceed the target by {sum}.", sum=over)
    assert told in list(sentences(at))


@SAMPLE
@LANGUAGES
def test_a_saved_version_is_the_target_of_the_week_page(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = planned(opening, language)
    typed(at, 9_000_000.0, "floor")
    people = handed(at, "rep").set_index("name")["target"]
    teams = handed(at, "team").set_index("name")["target"]
    sound(at.button(key="save_version").click().run())
    kept = table_with(at, _("Version"))
    assert len(kept) == 1
    sound(at.switch_page("week.py").run())
    sound(at.selectbox(key="month").set_value(JULY).run())
    target = adding_up(_, queries.ahead(SCOPE).p50, AWKWARD, "CNY")[1]
    assert _("target {target}", target=target) in said(at)
    shown = at.dataframe(key="by_rep").value.set_index("name")["target"]
    assert shown.to_dict() == pytest.approx(people.to_dict())
    sound(at.segmented_control(key="by").set_value("team").run())
    shown = at.dataframe(key="by_team").value.set_index("name")["target"]
    assert shown.to_dict() == pytest.approx(teams.to_dict())
    assert queries.levels(SCOPE)["floor"] == Decimal(9_000_000)


@SAMPLE
def test_a_newer_version_is_the_one_in_force(opening: Opening) -> None:
    at = planned(opening)
    sound(at.button(key="save_version").click().run())
    sound(typed(at, 10_000_000.0).button(key="save_version").click().run())
    assert len(plans.versions(stores.opened(), JULY)) == 2
    owned = targets.target(SCOPE)
    assert owned is not None and owned.target == 10_000_000


@SAMPLE
@LANGUAGES
def test_the_review_opens_the_plan_with_what_it_suggests(opening: Opening, language: str) -> None:
    at = turned(opening, language, "review.py")
    month = at.session_state["review_month"]
    suggested = lookback.suggestion(Scope(month=month, as_of=TODAY))
    sound(at.button(key="plan_with_it").click().run())
    following = suggested.forecast.month
    assert at.session_state["plan_month"] == following
    for level in ("floor", "target", "stretch"):
        expected = getattr(suggested, level)
        assert at.number_input(key=f"plan_{level}_{following}").value == float(expected)


@SAMPLE
@LANGUAGES
def test_the_whole_page_speaks_one_language(opening: Opening, language: str) -> None:
    at = planned(opening, language)
    sound(at.button(key="save_version").click().run())
    sound(at.button(key="from_plan").click().run())
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@SAMPLE
def test_a_team_is_planned_alone(opening: Opening) -> None:
    at = planned(opening)
    team = handed(at, "team")["name"][0]
    sound(at.multiselect(key="team").select(team).run())
    assert handed(at, "team")["name"].tolist() == [team]
    assert total(handed(at, "rep")) == Decimal(str(AWKWARD))
    assert metrics(at) == []


def orders_of(*months: str) -> bytes:
    """Three orders a month of two reps, of whom Wang sells twice as much as Li."""
    rows = [
        f"{month}-{day}-{rep},{month}-{day},Customer,{rep},{amount}"
        for month in months
        for day in ("04", "14", "24")
        for rep, amount in (("Wang", 200), ("Li", 100))
    ]
    return "\n".join(["Order ID,Order Date,Customer,Rep,Amount", *rows]).encode()


@LANGUAGES
@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize(
    ("months", "offered", "expected"),
    [
        pytest.param(
            [f"2026-{month:02}" for month in range(1, 7)],
            2,
            [
                "No rep has sales in {month}, so a split like last year is not offered.",
                "The sales begin on {day}: the split follows them from there.",
            ],
            id="six months",
        ),
        pytest.param(
            [*(f"2025-{month:02}" for month in range(6, 13)), "2026-05", "2026-06"],
            3,
            [],
            id="a year",
        ),
    ],
)
def test_a_split_is_offered_only_by_sales_that_there_are(
    opening: Opening,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    months: list[str],
    offered: int,
    expected: list[str],
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    monkeypatch.setattr(load, "today", lambda: date(2026, 6, 30))
    bring(stores.opened(), {"orders.csv": orders_of(*months)})
    at = sound(opening(language).run())
    sound(at.switch_page("plan.py").run())
    sound(at.number_input(key=f"plan_target_{JULY}").set_value(900.0).run())
    assert len(at.segmented_control(key="split_basis").options) == offered
    month, day = month_text(_, date(2025, 7, 1)), date_text(_, date(2026, 1, 4))
    for sentence in expected:
        assert _(sentence, month=month, day=day) in said(at)
    assert (month in said(at)) == bool(expected)
    people = handed(at, "rep").set_index("name")["target"]
    assert people["Wang"] == pytest.approx(600) and people["Li"] == pytest.approx(300)


@pytest.mark.usefixtures("inline")
def test_without_sales_to_follow_a_split_is_even_alone() -> None:
    bring(stores.opened(), {"orders.csv": orders_of("2025-03", "2025-04")})
    assert queries.bases(Scope(month=JULY, as_of=date(2026, 6, 30))) == ["even"]
    assert queries.without_sales(SCOPE) == ["twelve_months", "last_year"]


@LANGUAGES
@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize(
    ("left", "wang"),
    [
        pytest.param("2026-05-31", 0, id="before the month"),
        pytest.param("2026-06-30", 0, id="on the eve of the month"),
        pytest.param("2026-07-01", 600, id="within the month"),
        pytest.param("", 600, id="never"),
    ],
)
def test_who_left_before_the_month_has_no_part_of_its_target(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, language: str, left: str, wang: int
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    monkeypatch.setattr(load, "today", lambda: date(2026, 6, 30))
    register = f"姓名,团队,离职日期\nWang,North,{left}\nLi,North,\n"
    orders = orders_of("2026-04", "2026-05", "2026-06")
    bring(stores.opened(), {"orders.csv": orders, "花名册.csv": register.encode()})
    at = sound(opening(language).run())
    sound(at.switch_page("plan.py").run())
    sound(at.number_input(key=f"plan_target_{JULY}").set_value(900.0).run())
    people = handed(at, "rep").set_index("name")["target"].to_dict()
    assert people == pytest.approx({"Wang": 600, "Li": 300} if wang else {"Li": 900})
    sentence = _(
        "Left before {month}, so without a part of the target: {names}.",
        month=month_text(_, JULY),
        names="Wang",
    )
    assert (sentence in said(at)) == (not wang)
    # In July's own list of targets only those who are there, in June's whoever sold.
    assert targets.selling_reps(SCOPE) == (["Li", "Wang"] if wang else ["Li"])
    assert targets.selling_reps(SCOPE.in_month(date(2026, 6, 1))) == ["Li", "Wang"]
