"""What changed in the pipeline, on the week page, told of the sample's two exports."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.pipeline import changes as analysis
from analytics.pipeline import funnel
from data.sample import STORIES, deal_id
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.numbers import date_text, exact
from pages.kit.i18n.words import words
from pages.kit.queries import cache, load
from pages.kit.week import pipeline_changes
from tests.conftest import Files, bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sentences, sound
from tests.pages.sample import MONTH, TODAY, chinese, foreign, sample, turned

__all__ = ["sample"]

pytestmark = pytest.mark.usefixtures("fresh")

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SAMPLE = pytest.mark.usefixtures("sample")
BEFORE, AFTER = (date.fromisoformat(one) for one in STORIES.exports)
SCOPE = Scope(month=MONTH, as_of=TODAY, source="deals")


def ids(changed: pd.DataFrame, flow: str) -> set[str]:
    return set(changed.loc[changed[flow].notna(), "deal_id"])


def shown(at: AppTest) -> pd.DataFrame:
    """The deals under the waterfall."""
    changed = (words("zh")("Type of change"), "Type of change")
    return next(one.value for one in at.dataframe if set(changed) & set(one.value))


def named(numbers: tuple[int, ...]) -> set[str]:
    return {deal_id(number, "zh") for number in numbers}


@SAMPLE
def test_the_named_deals_moved_grew_shrank_and_vanished() -> None:
    found = pipeline_changes.moved(SCOPE, BEFORE, AFTER, "month")
    assert ids(found, "vanished") == named(STORIES.vanished)
    assert named(STORIES.moved_out) <= ids(found, "moved_out")
    assert named(STORIES.moved_in) <= ids(found, "moved_in")
    assert named(STORIES.bigger) <= ids(found, "bigger")
    assert named(STORIES.smaller) <= ids(found, "smaller")


@SAMPLE
@pytest.mark.parametrize("span", ["month", "all"])
@pytest.mark.parametrize(
    "scope",
    [
        SCOPE,
        SCOPE.narrowed("team", STORIES.weak_team[0]),
        SCOPE.narrowed("rep", STORIES.shared[0][0][0][0], STORIES.leave_rep[0]),
    ],
    ids=["company", "team", "reps"],
)
def test_the_ends_are_what_the_two_files_say(scope: Scope, span: pipeline_changes.Span) -> None:
    found = analysis.waterfall(pipeline_changes.moved(scope, BEFORE, AFTER, span))
    who = "true"
    if scope.team:
        who = f"rep IN (SELECT rep FROM reps WHERE team = '{scope.team[0]}')"
    if scope.rep:
        who = f"rep IN {scope.rep}"
    due = "true" if span == "all" else "expected_close_date BETWEEN '2026-06-01' AND '2026-06-30'"
    told = [
        stores.opened().rows(
            f"SELECT sum(amount) FROM fact_deals WHERE as_of = ? AND status = 'open' "
            f"AND {who} AND {due}",
            [day],
        )[0][0]
        for day in (BEFORE, AFTER)
    ]
    assert [found.start, found.end] == told
    assert found.start + sum(found.bars["value"], Decimal(0)) == found.end


@SAMPLE
def test_what_is_open_at_the_end_is_what_the_funnel_has_of_the_last_file() -> None:
    found = analysis.waterfall(pipeline_changes.moved(SCOPE, BEFORE, AFTER, "all"))
    ((open_now,),) = stores.opened().rows(
        "SELECT sum(amount) FROM deals WHERE status = 'open' AND as_of = ?", [AFTER]
    )
    assert found.end == open_now
    assert cache.frame(funnel.open_pipeline, SCOPE)["value"].iloc[0] == open_now


@SAMPLE
@LANGUAGES
def test_a_bar_shows_its_deals(opening: Opening, language: str) -> None:
    at = turned(opening, language, "week.py")
    _ = words(language)  # type: ignore[arg-type]
    sound(at.button_group(key="changes_bar").set_value("vanished").run())
    table = shown(at)
    names = dict(stores.opened().rows("SELECT deal_id, deal_name FROM fact_deals"))
    assert set(table[_("Deal")]) == {names[one] for one in named(STORIES.vanished)}
    assert set(table[_("Type of change")]) == {_("Vanished")}
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@SAMPLE
@LANGUAGES
def test_the_passport_adds_up_and_brings_the_deals(opening: Opening, language: str) -> None:
    at = turned(opening, language, "week.py")
    _ = words(language)  # type: ignore[arg-type]
    sound(at.button(key="from_changes").click().run())
    found = analysis.waterfall(pipeline_changes.moved(SCOPE, BEFORE, AFTER, "month"))
    for figure in (found.start, found.end):
        assert exact(_, figure, "CNY") in said(at)
    told = [one for one in sentences(at) if one.startswith(f"**{_('Rows')}**")]
    moved = pipeline_changes.moved(SCOPE, BEFORE, AFTER, "month")
    assert told[0].endswith(_.n("{n} deal", "{n} deals", len(moved)))
    assert len(moved) == moved["deal_id"].nunique()
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@SAMPLE
def test_the_rows_of_the_passport_sum_to_its_bars() -> None:
    _ = words("zh")
    moved = pipeline_changes.moved(SCOPE, BEFORE, AFTER, "month")
    rows = pd.read_csv(io.StringIO(pipeline_changes._rows(_, moved).to_csv()))
    for bar in analysis.waterfall(moved).bars.to_dict("records"):
        assert rows[_(pipeline_changes.LABELS[bar["label"]])].sum() == pytest.approx(
            float(bar["value"])
        )


@SAMPLE
def test_another_span_and_a_filter_change_the_figures(opening: Opening) -> None:
    at = turned(opening, "zh", "week.py")
    month = shown(at)
    sound(at.segmented_control(key="changes_span").set_value("all").run())
    assert len(shown(at)) > len(month)
    sound(at.multiselect(key="team").select(STORIES.weak_team[0]).run())
    assert len(shown(at)) < len(month)


@LANGUAGES
def test_with_one_file_of_deals_the_card_says_what_is_missing(
    opening: Opening, company: object, language: str
) -> None:
    company(language)  # type: ignore[operator]
    _ = words(language)  # type: ignore[arg-type]
    at = sound(opening(language).run())
    assert _("Only one deals file so far. Import the next export to see what changed.") in list(
        sentences(at)
    )


DEALS = "Deal ID,Deal Name,Stage,Amount,Expected Close Date\nD1,One,Proposal,{},2026-06-30\n"
ORDERS = "Order ID,Order Date,Customer,Amount\nA1,2026-05-05,X,900\nA2,2026-05-20,X,900\n"


def exported(*days: str) -> Files:
    """Orders up to 20 May, and an export of deals of each day; of today without a day."""
    return {"orders.csv": ORDERS.encode()} | {
        f"deals{place}{day and '-'}{day}.csv": DEALS.format(100 + place).encode()
        for place, day in enumerate(days)
    }


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "today", lambda: TODAY)


@LANGUAGES
@pytest.mark.usefixtures("inline", "today")
def test_exports_that_are_newer_than_the_sales_are_compared(
    opening: Opening, language: str
) -> None:
    for name, content in exported("2026-06-09", "2026-06-16").items():
        bring(stores.opened(), {name: content})
    at = sound(opening(language).run())
    _ = words(language)  # type: ignore[arg-type]
    assert not [one for one in sentences(at) if one.startswith(_("Only one deals file")[:8])]
    assert at.selectbox(key="changes_since").value == date(2026, 6, 9)


@LANGUAGES
@pytest.mark.usefixtures("inline", "today")
def test_exports_of_one_day_are_counted_and_named(opening: Opening, language: str) -> None:
    for name, content in exported("", "").items():
        bring(stores.opened(), {name: content})
    at = sound(opening(language).run())
    _ = words(language)  # type: ignore[arg-type]
    (day,) = pipeline_changes.snapshot_days()
    sentence = _(
        "{n} deals files, all of {day}. To see what changed, undo one and import it again "
        "with the day it was exported on, or import the next export.",
        n=2,
        day=date_text(_, day),
    )
    assert sentence in list(sentences(at))


@LANGUAGES
@pytest.mark.usefixtures("inline", "today")
def test_a_chosen_day_between_two_exports_says_when_the_next_one_is(
    opening: Opening, language: str
) -> None:
    for name, content in exported("2026-06-09", "2026-06-16").items():
        bring(stores.opened(), {name: content})
    at = sound(opening(language, as_of="2026-06-10").run())
    _ = words(language)  # type: ignore[arg-type]
    sentence = _.n(
        "{n} deals file by the chosen date; the next one is of {later}. Choose a later date "
        "to see what changed.",
        "{n} deals files by the chosen date; the next one is of {later}. Choose a later date "
        "to see what changed.",
        1,
        later=date_text(_, date(2026, 6, 16)),
    )
    assert sentence in list(sentences(at))
