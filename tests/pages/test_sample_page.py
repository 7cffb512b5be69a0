"""The sample company: one click, every page answers, and the pages tell its stories."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from analytics.actuals import actual
from data.jobs import background, sandbox
from data.sample import STORIES, deal_id
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.words import words
from pages.kit.queries import cache, load, slices, targets
from pages.kit.review import queries
from pages.kit.review.causes import VERDICTS
from tests.pages.conftest import Opening, _here
from tests.pages.reading import metrics, said, sentences, sound
from tests.pages.sample import (
    MONTH,
    PAGES,
    TODAY,
    chinese,
    foreign,
    headline,
    sample,
    table_with,
    turned,
)  # fmt: skip

__all__ = ["sample"]

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
SAMPLE = pytest.mark.usefixtures("sample")
# The week between two exports is in test_changes_card.py, the other stories in test_stories.py.
DIMENSIONS = ("rep", "team", "region", "product", "category", "channel", "customer_class")


def month_of(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def scope_of(text: str, **more: object) -> Scope:
    return Scope(month=month_of(text), as_of=TODAY, **more)  # type: ignore[arg-type]


@LANGUAGES
def test_one_click_on_the_empty_screen_brings_the_company_to_every_page(
    opening: Opening, fresh: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "today", lambda: TODAY)
    monkeypatch.setattr(sandbox, "run", _here)
    at = sound(opening(language).run())
    at.button(key="sample").click().run(timeout=120)
    background.wait(stores.opened(fresh), at.session_state["sample_job"], seconds=120)
    sound(at.run())
    assert len(metrics(at)) == 4
    for page in PAGES[1:]:
        sound(at.switch_page(page).run())
        assert not at.error
        assert page == "settings.py" or re.search(r"¥|万", headline(at))


@SAMPLE
@LANGUAGES
@EVERY_PAGE
def test_every_page_answers_in_the_language_of_its_reader(
    opening: Opening, language: str, page: str
) -> None:
    at = turned(opening, language, page)
    assert not at.error
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@SAMPLE
@EVERY_PAGE
def test_changing_the_language_changes_the_words_and_no_figure(opening: Opening, page: str) -> None:
    at = turned(opening, "zh", page)
    assert page == "settings.py" or at.button
    sound(at.segmented_control(key="language").set_value("en").run())
    assert chinese(at) == []
    sound(at.segmented_control(key="language").set_value("zh").run())
    assert foreign(at) == []


@SAMPLE
@EVERY_PAGE
def test_a_filter_is_kept_from_page_to_page(opening: Opening, page: str) -> None:
    team = STORIES.weak_team[0]
    at = turned(opening, "zh", "week.py")
    sound(at.multiselect(key="team").select(team).run())
    before = metrics(at)
    sound(at.switch_page(page).run())
    if page != "settings.py":
        assert at.multiselect(key="team").value == [team]
    sound(at.switch_page("week.py").run())
    assert at.multiselect(key="team").value == [team]
    assert metrics(at) == before


@SAMPLE
@LANGUAGES
def test_the_review_says_that_a_target_was_too_high(opening: Opening, language: str) -> None:
    at = turned(opening, language, "review.py")
    sound(at.selectbox(key="review_month").set_value(month_of(STORIES.too_high_month)).run())
    assert words(language)(VERDICTS["target"]) in said(at)  # type: ignore[arg-type]


@SAMPLE
@LANGUAGES
def test_the_review_says_that_execution_fell_short_and_names_the_team(
    opening: Opening, language: str
) -> None:
    at = turned(opening, language, "review.py")
    sound(at.selectbox(key="review_month").set_value(month_of(STORIES.weak_month)).run())
    _ = words(language)  # type: ignore[arg-type]
    (verdict,) = [one for one in sentences(at) if one.startswith(f"**{_('Why')}**")]
    assert _(VERDICTS["execution"]) in verdict
    named = [team for team in slices.values("orders", "team") if team in verdict]
    assert named == [STORIES.weak_team[0]]


@SAMPLE
@LANGUAGES
def test_the_week_names_the_deals_that_were_pushed_twice_and_those_left_idle(
    opening: Opening, language: str
) -> None:
    at = turned(opening, language, "week.py")
    _ = words(language)  # type: ignore[arg-type]
    table = table_with(at, _("Why"))
    names = dict(stores.opened().rows("SELECT deal_id, deal_name FROM deals"))

    def told(reason: str) -> set[str]:
        return set(table.loc[[reason in why for why in table[_("Why")]], _("Deal")])

    def named(numbers: tuple[int, ...]) -> set[str]:
        return {names[deal_id(number, "zh")] for number in numbers}

    pushed = {one for n in (2, 3) for one in told(_.n("moved {n} time", "moved {n} times", n))}
    assert pushed == named(STORIES.pushed)
    idle = _.n("{n} day idle", "{n} days idle", 2).replace("2", "").strip()
    assert told(idle) == named(STORIES.idle)


@SAMPLE
@LANGUAGES
def test_the_funnel_tells_how_many_went_on_from_each_stage_beside_the_year_before(
    opening: Opening, language: str
) -> None:
    at = turned(opening, language, "week.py")
    _ = words(language)  # type: ignore[arg-type]
    table = table_with(at, _("Conversion, 3 mo."))
    # Counted anew: first entries since April that are older than the stage's usual time.
    first = stores.opened().frame(
        "SELECT deal_id, stage, min(CAST(entered_at AS DATE)) AS entered FROM stage_history "
        "WHERE CAST(entered_at AS DATE) <= ? GROUP BY ALL",
        [TODAY],
    )
    recent = first[[day >= date(2026, 4, 1) for day in first["entered"]]]
    entered = recent.groupby("stage").size()
    told = {
        row[_("Stage")]: int(row[_("Deals counted")].replace(",", ""))
        + int(row[_("Too recent")].replace(",", ""))
        for row in table.to_dict("records")
    }
    assert len(told) == 4
    assert told == {stage: int(entered[stage]) for stage in told}
    assert all(row.endswith("%") for row in table[_("Conversion, prior 12 mo.")])


@SAMPLE
def test_no_other_month_is_blamed_on_its_target_or_on_a_team() -> None:
    known = queries.reviewable(scope_of("2026-06"))
    months = [one for one in known if date(2025, 6, 1) <= one < MONTH]
    found = {f"{month:%Y-%m}": queries.why(scope_of(f"{month:%Y-%m}")) for month in months}
    assert [month for month, one in found.items() if one.verdict == "target"] == [
        STORIES.too_high_month
    ]
    assert [month for month, one in found.items() if one.verdict == "execution"] == [
        STORIES.weak_month
    ]


@SAMPLE
def test_returned_and_cancelled_lines_show_gross_beside_net(opening: Opening) -> None:
    at = turned(opening, "zh", "week.py", month="2026-05")
    lines = stores.opened().frame(
        "SELECT CAST(amount AS DOUBLE) AS amount, status FROM orders "
        "WHERE order_date BETWEEN '2026-05-01' AND '2026-05-31'"
    )
    found = load.total(scope_of("2026-05"), "orders")
    gone = lines[lines["status"].isin(["returned"])]["amount"].sum()
    assert float(found["gross"] - found["value"]) == pytest.approx(gone)
    assert gone > 0
    shown = at.dataframe(key="by_rep").value
    assert shown["gross"].sum() == pytest.approx(float(found["gross"]))
    assert shown["actual"].sum() == pytest.approx(float(found["value"]))


@SAMPLE
@pytest.mark.parametrize("position", [0, 1], ids=STORIES.shared_months)
def test_shared_orders_give_each_rep_a_part_and_the_company_the_whole(position: int) -> None:
    month = STORIES.shared_months[position]
    scope = scope_of(month)
    by_rep, by_team = targets.attained(scope, "rep"), targets.attained(scope, "team")
    whole = targets.standing(scope).pace.actual
    assert by_rep.rows["actual"].sum() == by_team.rows["actual"].sum() == whole
    # By hand: every line of the shared order, at the shares that the file names.
    for (name, _english), percent in STORIES.shared[position]:
        ((alone, part),) = stores.opened().rows(
            "SELECT sum(amount) FILTER (WHERE share IS NULL AND orders.rep = $1), "
            "sum(amount * share) FILTER (WHERE credits.rep = $1) "
            "FROM orders LEFT JOIN credits USING (order_id, line_no) "
            "WHERE strftime(order_date, '%Y-%m') = $2 AND status = 'valid'",
            [name, month],
        )
        ((whole_order,),) = stores.opened().rows(
            "SELECT sum(amount) FROM orders WHERE order_id IN (SELECT order_id FROM credits) "
            "AND strftime(order_date, '%Y-%m') = ? AND status = 'valid'",
            [month],
        )
        assert part * 100 == whole_order * percent
        mine = by_rep.rows.set_index("name")["actual"][name]
        assert mine == alone + part


@SAMPLE
@pytest.mark.parametrize("month", ["2026-06", "2026-05", "2025-11", "2025-02"])
def test_the_parts_of_every_cut_sum_to_the_whole(month: str) -> None:
    scope = scope_of(month)
    whole = targets.standing(scope).pace.actual
    for dimension in DIMENSIONS:
        assert targets.attained(scope, dimension).rows["actual"].sum() == whole, dimension


@SAMPLE
def test_drilling_down_gives_the_parent_again_at_every_level() -> None:
    scope = scope_of("2026-05")
    for dimension, below in (("region", "team"), ("team", "rep"), ("category", "product")):
        for row in targets.attained(scope, dimension).rows.itertuples():
            inside = scope.narrowed(dimension, row.name)
            assert targets.standing(inside).pace.actual == row.actual
            assert targets.attained(inside, below).rows["actual"].sum() == row.actual


SCOPES = {
    "the running month": scope_of("2026-06"),
    "a month that is over": scope_of("2025-11"),
    "one team with shared orders": scope_of("2026-05").narrowed("team", STORIES.weak_team[0]),
    "the rep who shared an order": scope_of("2026-05").narrowed("rep", STORIES.shared[1][0][0][0]),
    "one product": scope_of("2026-01").narrowed("product", STORIES.price_rise_product[0]),
    "deals": scope_of("2026-05", source="deals"),
    "contracts": scope_of("2026-05", source="contracts"),
    "payments": scope_of("2026-05", source="payments"),
}


@SAMPLE
@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_the_rows_of_a_passport_sum_to_its_number(scope: Scope) -> None:
    rows = cache.frame(actual.rows, scope, scope.month, scope.until)
    total = cache.frame(actual.total, scope, scope.month, scope.until).iloc[0]
    used = rows[rows["left_out"].isna()]
    assert used["value"].sum() == total["value"] == targets.standing(scope).pace.actual
    assert rows["gross"].sum() == total["gross"]
    assert len(used) == total["rows"] > 0


@SAMPLE
def test_the_rows_left_out_are_told_with_their_reasons() -> None:
    scope = scope_of("2026-05")
    rows = cache.frame(actual.rows, scope, scope.month, scope.until)
    left = cache.frame(actual.left_out, scope, scope.month, scope.until)
    assert int(left["rows"].sum()) == int(rows["left_out"].notna().sum()) > 0


@SAMPLE
@pytest.mark.parametrize("figure", ["funnel", "rates", "trouble"])
def test_the_passport_of_a_pipeline_figure_counts_its_deals(opening: Opening, figure: str) -> None:
    at = turned(opening, "zh", "week.py")
    sound(at.button(key=f"from_{figure}").click().run())
    query = "SELECT count(*) FROM deals" if figure != "trouble" else None
    told = [one for one in sentences(at) if one.startswith("**行数**")]
    assert len(told) == 1
    if query:
        ((deals,),) = stores.opened().rows(query)
        assert f"{deals:,}" in told[0]
