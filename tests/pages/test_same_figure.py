"""Every figure of every page of the sample company is the same wherever it stands.

On the page, in its passport, in the rows that are downloaded, on the review, the plan and the
what-if page, and on a page that its link opens anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.pipeline import losses
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.labels import dimension_label
from pages.kit.i18n.numbers import date_text, exact, month_text
from pages.kit.i18n.words import Words, words
from pages.kit.queries import targets
from pages.kit.widgets import passport as passports
from pages.kit.widgets.passport import Passport, downloaded
from tests.pages.conftest import Opening
from tests.pages.reading import SAID, metrics, plain, said, sentences, sound
from tests.pages.sample import MONTH, TODAY, headline, sample, table_with, turned

__all__ = ["sample"]

pytestmark = [pytest.mark.usefixtures("fresh"), pytest.mark.usefixtures("sample")]

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
PAGES = ("week.py", "plan.py", "review.py", "whatif.py")
MAY = date(2026, 5, 1)
SCOPE = Scope(month=MONTH, as_of=TODAY)

_UNITS = {"万": 4, "亿": 8, "K": 3, "M": 6, "B": 9}
_MONEY = re.compile(r"(\N{MINUS SIGN}|-)?¥?(\d[\d,]*)(?:\.(\d+))?\s?([万亿KMB])?")


def amount(text: str) -> tuple[Decimal, Decimal]:
    """What a text says, and the half of its last digit: ¥1,271.4万 is 12,714,000 ± 500."""
    match = _MONEY.search(text)
    assert match, text
    minus, whole, decimals, unit = match.groups()
    digits = decimals or ""
    value = Decimal(f"{whole.replace(',', '')}.{digits or '0'}").scaleb(_UNITS.get(unit or "", 0))
    # Three digits at least are right: of 1,270万 the last is not one.
    right = min(len(whole.replace(",", "")), 3) if unit and not digits else 0
    power = len(whole.replace(",", "")) - right if right else -len(digits)
    step = Decimal(1).scaleb(power + _UNITS.get(unit or "", 0))
    return (-value if minus else value), step / 2


def same(written: str, precise: str) -> bool:
    """Whether a rounded figure is the precise one."""
    (shown, half), (known, _half) = amount(written), amount(precise)
    return abs(abs(shown) - abs(known)) <= half


def passports_of(
    at: AppTest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Passport, str]]:
    """Every passport of a page: its key, itself, and what the page with it open says."""
    opened: list[Passport] = []
    draw = passports._passport

    def drawn(_: Words, passport: Passport) -> None:
        opened.append(passport)
        draw(_, passport)

    with monkeypatch.context() as patch:
        patch.setattr(passports, "_passport", drawn)
        for key in [str(one.key) for one in at.button if str(one.key).startswith("from_")]:
            opened.clear()
            sound(at.button(key=key).click().run())
            yield key.removeprefix("from_"), opened[-1], said(at)


def figures(at: AppTest) -> list[str]:
    """Everything a page says and every cell of its tables."""
    texts = [plain(str(one.value)) for kind in SAID for one in at.get(kind)]
    texts += metrics(at)
    for table in at.dataframe:
        texts += [str(cell) for row in table.value.itertuples(index=False) for cell in row]
    return texts


def page(opening: Opening, language: str, name: str, **link: str | list[str]) -> AppTest:
    return turned(opening, language, name, **link)


@LANGUAGES
@pytest.mark.parametrize("name", PAGES)
def test_the_passport_and_the_downloaded_rows_have_the_figure_of_the_page(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, name)
    tiles, seen = metrics(at), set()
    kept = [one.value for one in at.dataframe]
    for key, passport, text in passports_of(at, monkeypatch):
        seen.add(key)
        _names_its_period(_, passport, text)
        rows = downloaded(_, passport)
        if passport.counted:
            total = rows[_("Counted amount")].sum()
            assert exact(_, total, "CNY") in text, key
            _has_every_dimension(_, rows)
        worked = dict(passport.worked)
        if key == "end":
            assert same(tiles[0], worked[_("Expected (P50)")])
        if key == "gap":
            assert same(tiles[1], next(iter(worked.values())))
            assert same(tiles[0], worked[_("Forecast")])
        if key == "day":
            assert same(tiles[2], worked[_("Average per selling day")])
        if key == "signed":
            assert same(tiles[3], worked[_("Signed")])
        if key in ("funnel", "rates"):
            _has_every_dimension(_, rows)
            still = rows[rows[_("Status")] == "open"]
            value = next(one for one in kept if _("All deals in the file") in one)
            cells = dict(value.itertuples(index=False))
            assert cells[_("Open deals")] == f"{len(still):,}"
            assert same(cells[_("Open pipeline")], exact(_, still[_("Amount")].sum(), "CNY"))
        if key == "losses":
            lost = next(one for one in kept if _("Share of losses") in one)[_("Lost deals")]
            assert sum(int(cell.replace(",", "")) for cell in lost) == len(rows)
        if key == "lead_sources":
            leads = next(one for one in kept if _("Converted to deals") in one)
            assert leads[_.c("count", "Leads")].iloc[-1] == f"{len(rows):,}"
        if key == "returns":
            total_row = table_with(at, _("ROI")).iloc[-1]
            assert same(total_row[_("Spend")], worked[_("Spend")])
            assert same(total_row[_("Attributed revenue")], worked[_("Attributed revenue")])
        if key == "plan":
            assert worked[_("Expected (P50)")] and same(
                headline(at).split(_("expected {p50}", p50="").strip())[-1]
                if language == "en" else headline(at).split("预计")[-1],
                worked[_("Expected (P50)")],
            )  # fmt: skip
        if key == "whatif":
            assert same(tiles[0], worked[_("Forecast with changes")])
    expected = {
        "week.py": {"end", "gap", "day", "signed", "curve", "funnel", "rates", "trouble",
                    "changes"},
        "plan.py": {"plan"},
        "review.py": {"bridge", "why", "returns", "steps", "best", "losses", "repeat",
                      "lead_sources"},
        "whatif.py": {"whatif"},
    }  # fmt: skip
    assert expected[name] <= seen


def _names_its_period(_: Words, passport: Passport, text: str) -> None:
    scope = passport.scope
    if passport.standing:
        assert _("all deals as of {day}, by the files up to it",
                 day=date_text(_, scope.as_of)) in text  # fmt: skip
    elif (passport.start, passport.end) == (scope.month, scope.until):
        assert passport.based_on or month_text(_, scope.month) in text
    else:
        span = _("{start} – {end}", start=date_text(_, passport.start),
                 end=date_text(_, passport.end))  # fmt: skip
        assert span in text, passport.title
    if passport.based_on:
        assert _(passport.based_on) in text


def _has_every_dimension(_: Words, rows: pd.DataFrame) -> None:
    for name in ("rep", "team", "manager", "region", "product", "category", "customer_class"):
        assert rows[dimension_label(_, name)].notna().any(), name


@pytest.mark.parametrize(
    ("language", "link"),
    [("zh", {}), ("en", {"region": "华东"}), ("zh", {"month": "2026-05"}),
     ("en", {"month": "2026-05", "team": "the first"})],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("name", PAGES)
def test_a_link_opened_anew_shows_every_figure_again(
    opening: Opening, language: str, link: dict[str, str], name: str
) -> None:
    teams = stores.opened().rows("SELECT DISTINCT team FROM reps WHERE team IS NOT NULL ORDER BY 1")
    link = {**link, **({"team": teams[0][0]} if "team" in link else {})}
    first = page(opening, language, name, **link)
    if name == "review.py" and "month" not in link:
        sound(first.selectbox(key="review_month").set_value(date(2026, 3, 1)).run())
        assert first.query_params["review_month"] == "2026-03"
    if name == "plan.py" and "month" not in link:
        sound(first.selectbox(key="plan_month").set_value(date(2026, 8, 1)).run())
        assert first.query_params["plan_month"] == "2026-08"
    address = {key: value for key, value in dict(first.query_params).items() if key != "lang"}
    assert figures(page(opening, language, name, **address)) == figures(first)


@LANGUAGES
def test_the_month_of_the_week_is_the_month_of_the_review(opening: Opening, language: str) -> None:
    week = page(opening, language, "week.py", month="2026-05")
    review = page(opening, language, "review.py", month="2026-05")
    assert headline(week) == headline(review)
    running = sound(review.selectbox(key="review_month").set_value(MONTH).run())
    assert headline(page(opening, language, "week.py")) == headline(running)


@LANGUAGES
def test_the_running_month_is_foreseen_alike_on_every_page(opening: Opening, language: str) -> None:
    end, gap = metrics(page(opening, language, "week.py"))[:2]
    whatif = page(opening, language, "whatif.py")
    assert metrics(whatif)[0] == end and metrics(whatif)[2] == gap and end in headline(whatif)
    plan = sound(
        page(opening, language, "plan.py").selectbox(key="plan_month").set_value(MONTH).run()
    )
    assert end in headline(plan)
    assert end.strip("¥").rstrip("万MK") in headline(page(opening, language, "week.py"))


@LANGUAGES
def test_what_is_written_adds_up(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    caption = _("target {target}, {likely}", target="¥", likely="").split("¥")[0]
    for month in ("2026-06", "2026-05", "2025-12", "2025-07"):
        at = page(opening, language, "week.py", month=month)
        end, gap = (amount(text)[0] for text in metrics(at)[:2])
        (goal,) = (
            amount(text.removeprefix(caption))[0]
            for text in sentences(at)
            if text.startswith(f"{caption}¥")
        )
        assert abs(goal - end) == gap, month


@LANGUAGES
@pytest.mark.parametrize("month", [MAY, MONTH])
def test_every_breakdown_adds_up_to_the_actual(
    opening: Opening, language: str, month: date
) -> None:
    at = page(opening, language, "week.py", month=f"{month:%Y-%m}")
    total = targets.standing(SCOPE.in_month(month)).pace.actual
    for dimension in at.segmented_control(key="by").options:
        assert dimension
    for dimension in ("rep", "team", "manager", "region", "product", "category", "channel",
                      "customer_class"):  # fmt: skip
        rows = targets.attained(SCOPE.in_month(month), dimension).rows
        assert sum(rows["actual"], Decimal(0)) == total, dimension


@LANGUAGES
def test_a_bridge_adds_up_to_the_cent_as_it_is_written(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "review.py")
    for kind in ("products", "customers", "funnel", "target"):
        sound(at.segmented_control(key="bridge_kind").set_value(kind).run())
        ((_key, passport, text),) = [
            found for found in passports_of(at, monkeypatch) if found[0] == "bridge"
        ]
        lines = list(passport.worked.values())[1:]
        start, *changes, end = (
            Decimal(re.sub(r"[¥,+]", "", line).replace("\N{MINUS SIGN}", "-")) for line in lines
        )
        assert start + sum(changes) == end
        assert passport.scope.source == ("deals" if kind == "funnel" else "orders")
        if kind != "funnel":
            assert end == round(targets.standing(SCOPE.in_month(MAY)).pace.actual, 2)
        else:
            assert _("based on {source}, in {currency}", source=_("won deals by closed date"),
                     currency="CNY") in text  # fmt: skip


@LANGUAGES
def test_the_shares_of_the_causes_make_the_whole(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "review.py")
    seen = 0
    for month in at.selectbox(key="review_month").options[:12]:
        sound(at.selectbox(key="review_month").select(month).run())
        for one in at.dataframe:
            if _("Share of the shortfall") in one.value:
                shares = [int(cell.rstrip("%")) for cell in one.value[_("Share of the shortfall")]]
                assert sum(shares) == 100, month
                seen += 1
    assert seen


@LANGUAGES
def test_another_actual_is_not_measured_against_the_target_of_orders(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "week.py", actual="payments")
    assert _("; no target set for this month") in headline(at)
    assert "0%" not in " ".join(metrics(at)[:2])
    target = targets.target(SCOPE)
    assert target is not None
    assert exact(_, target.target, "CNY") in said(at)
    shown = at.dataframe(key="by_rep").value
    assert "target" not in shown
    sound(at.switch_page("plan.py").run())
    assert at.number_input(key="plan_target_2026-07-01").value is None


def test_lost_deals_of_the_passport_are_of_its_three_months(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = words("zh")
    at = page(opening, "zh", "review.py")
    (passport,) = [own for key, own, _text in passports_of(at, monkeypatch) if key == "losses"]
    days = downloaded(_, passport)[_("Closed date")]
    assert passport.start <= min(days) and max(days) <= passport.end
    assert passport.query[0] is losses.lost
