"""The week page against sums over the rows that were uploaded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.store import database as stores
from pages.kit.i18n.numbers import date_text, exact, money
from pages.kit.i18n.words import Words, words
from pages.kit.queries import load, targets
from tests.conftest import bring
from tests.pages.companies import AS_OF, MONTH, Company
from tests.pages.conftest import COMPANIES, Opening
from tests.pages.reading import between, metrics, said, sentences, shown, sound

pytestmark = pytest.mark.usefixtures("fresh")

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
HAN = re.compile(r"[㐀-鿿]")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
Put = Callable[[str], None]


def month_of(company: Company, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    return between(company.counted() if rows is None else rows, MONTH, AS_OF)


def days_gone() -> int:
    """March 2026 has no public holiday in China."""
    return int(np.busday_count(MONTH, AS_OF)) + 1


def table(at: AppTest, dimension: str) -> pd.DataFrame:
    return at.dataframe(key=f"by_{dimension}").value.set_index("name")


@LANGUAGES
def test_an_empty_store_names_the_files_to_drop_and_shows_no_figure(
    opening: Opening, language: str
) -> None:
    at, _ = sound(opening(language).run()), words(language)  # type: ignore[arg-type]
    assert not at.metric
    assert [one.label for one in at.page_link] == [_("Drop in files")]
    for name in ("Orders", "Deals", "Contracts", "Collections"):
        assert f"**{_(name)}**" in said(at)


@LANGUAGES
def test_the_tiles_are_sums_over_the_uploaded_rows(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    one, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    at = sound(opening(language).run())
    actual = month_of(one)["amount"].sum()
    february = between(one.counted(), date(2026, 2, 1), AS_OF.replace(month=2))
    forecast, against, day, signed = metrics(at)
    assert day == shown(_, actual / days_gone())
    won = sum(row[4] for row in one.deals() if in_march(row) and one.stages[row[3]] == "won")
    assert won > 0
    assert signed == shown(_, won)
    assert _("collected {sum}", sum=shown(_, one.collected())) in said(at)
    assert february["amount"].sum() > 0 and "%" in against
    assert forecast == shown(_, float(standing().forecast.p50 or 0))


def in_march(row: tuple[object, ...]) -> bool:
    return isinstance(row[6], date) and MONTH <= row[6] <= AS_OF


def standing() -> load.Standing:
    from domain.scope import Scope

    return targets.standing(Scope(month=MONTH, as_of=AS_OF))


@LANGUAGES
def test_a_month_that_is_over_shows_what_it_brought(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    at = sound(opening(language, month="2026-02").run())
    rows = between(COMPANIES[language].counted(), date(2026, 2, 1), date(2026, 2, 28))
    assert metrics(at)[0] == shown(words(language), rows["amount"].sum())  # type: ignore[arg-type]


@LANGUAGES
@pytest.mark.parametrize("dimension", ["rep", "team", "region", "product", "category", "channel"])
def test_the_table_adds_up_by_every_dimension(
    opening: Opening, company: Put, language: str, dimension: str
) -> None:
    company(language)
    one = COMPANIES[language]
    at = opening(language).run()
    at.segmented_control(key="by").set_value(dimension).run()
    rows = month_of(one).assign(team=lambda frame: [one.reps[rep][0] for rep in frame["rep"]])
    expected = rows.groupby(dimension)["amount"].sum()
    found = table(sound(at), dimension)["actual"]
    pd.testing.assert_series_equal(
        found.sort_index(), expected.sort_index(), check_names=False, check_index_type=False,
        check_dtype=False,
    )  # fmt: skip


@LANGUAGES
def test_choosing_a_region_narrows_every_figure(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    one, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    region = next(region for team, region in one.reps.values())
    at = opening(language).run()
    before = metrics(at)
    at.multiselect(key="region").select(region).run()
    rows = month_of(one).query("region == @region")
    assert metrics(sound(at))[2] == shown(_, rows["amount"].sum() / days_gone())
    assert metrics(at)[0] != before[0]
    assert table(at, "rep")["actual"].sum() == pytest.approx(rows["amount"].sum())
    assert region in at.caption[0].value


@LANGUAGES
def test_a_typed_target_shows_in_the_verdict_the_gap_and_the_table(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    one, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    at = opening(language).run()
    assert _("; no target set for this month") in said(at)
    rep = sorted(one.reps)[0]
    at.number_input[0].set_value(900_000.0)
    at.session_state[f"rep_targets_{MONTH}_0"] = {
        "edited_rows": {0: {"target": 250_000}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    sound(at.button(key="save_targets").click().run())
    sound(at.run())
    assert _("; no target set for this month") not in said(at)
    missing = Decimal(900_000) - (standing().forecast.p50 or 0)
    assert missing > 0
    assert at.metric[1].label == _("Gap to target")
    assert metrics(at)[1] == money(_, missing, "CNY")
    assert shown(_, 900_000) in at.caption[2].value
    assert verdict_money(_, missing) in verdict(at)
    row = table(at, "rep").loc[rep]
    actual = month_of(one).query("rep == @rep")["amount"].sum()
    assert (row["target"], row["actual"]) == (250_000, pytest.approx(actual))
    assert row["attainment"] == pytest.approx(actual / 2_500)  # per cent


def verdict(at: AppTest) -> str:
    return next(one.value for one in at.markdown if one.value.startswith("### "))


def verdict_money(_: Words, amount: Decimal) -> str:
    """A Chinese sentence says "18.3 万" for yuan, an English one has the sign."""
    if _.code == "en":
        return money(_, amount, "CNY", trim=True)
    text = money(_, amount, "CNY", symbol=False, trim=True)
    return f"{text[:-1]} {text[-1]}"


def test_a_target_that_was_taken_back_is_gone(opening: Opening, company: Put) -> None:
    company("en")
    at = opening("en").run()
    at.number_input[0].set_value(900_000.0)
    at.button(key="save_targets").click().run()
    at.number_input[0].set_value(None)
    sound(at.button(key="save_targets").click().run())
    assert "no target set for this month" in verdict(at)


@LANGUAGES
@pytest.mark.parametrize("figure", ["end", "gap", "day", "signed", "curve", "funnel", "rates"])
def test_every_figure_opens_its_passport(
    opening: Opening, company: Put, language: str, figure: str
) -> None:
    company(language)
    _ = words(language)  # type: ignore[arg-type]
    at = opening(language).run()
    quiet = set(sentences(at))
    at.button(key=f"from_{figure}").click().run()
    told = "\n".join(one for one in sentences(sound(at)) if one not in quiet)
    assert f"**{_('Filters')}**" in told
    # The date field of each formula is named.
    assert _("Date: {field}", field="").strip() in told
    assert _("SQL query") in [one.label for one in at.expander]


@LANGUAGES
def test_the_passport_counts_the_rows_used_and_left_out_and_shows_the_query(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    one, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    at = opening(language).run()
    at.session_state["passport_query"] = True
    at.button(key="from_curve").click().run()
    used, everything = month_of(one), month_of(one, one.orders())
    left = everything[everything["status"] == one.cancelled]
    assert len(left) > 0
    assert _(
        "{rows} rows used, {start} to {end}: {sum}",
        rows=len(used),
        start=date_text(_, MONTH),
        end=date_text(_, AS_OF),
        sum=exact(_, Decimal(str(round(used["amount"].sum(), 2))), "CNY"),
    ) in said(sound(at))
    tables = [frame.value for frame in at.dataframe if _("Reason left out") in frame.value]
    (reasons,) = tables
    assert reasons[_("Rows")].tolist() == [str(len(left))]
    assert reasons[_("Reason left out")].tolist() == [_("cancelled or not in force")]
    sql = " ".join(one.value for one in at.code)
    assert "orders" in sql and "SELECT" in sql


@LANGUAGES
def test_the_deals_are_counted_by_the_two_rates(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    one = COMPANIES[language]
    at = sound(opening(language).run())
    status = [one.stages[row[3]] for row in one.deals()]
    won, lost = status.count("won"), status.count("lost")
    rates = next(frame.value for frame in at.dataframe if len(frame.value) == 10).iloc[:, 1]
    assert rates[0] == f"{won / (won + lost):.2%}"
    assert rates[1] == f"{won / len(status):.2%}"
    assert rates[7] == str(status.count("open"))


@LANGUAGES
def test_the_cohort_rate_counts_only_months_old_enough_to_tell(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    one, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    at = sound(opening(language).run())
    deals = [(one.stages[row[3]], row[5], row[6]) for row in one.deals()]
    days = [(closed - created).days for status, created, closed in deals if status != "open"]
    age = np.ceil(np.quantile(days, 0.8))
    # A month counts once its last day is that old on the last day that the deals know of.
    seen = max(closed for status, _created, closed in deals if status != "open")
    last_day = seen - timedelta(days=int(age))
    until = (last_day + timedelta(days=1)).replace(day=1)
    created = [row for row in deals if row[1] < until]
    won = [row for row in created if row[0] == "won" and (row[2] - row[1]).days <= age]
    rates = next(frame.value for frame in at.dataframe if len(frame.value) == 10)
    told = dict(zip(rates.iloc[:, 0], rates.iloc[:, 1], strict=True))
    assert told[_("Win rate (of deals created)")] == f"{len(won) / len(created):.2%}"


def test_a_chinese_page_has_no_english_sentence(opening: Opening, company: Put) -> None:
    company("zh")
    at = opening("zh").run()
    at.session_state["more"] = True
    at.button(key="from_gap").click().run()
    foreign = [
        text
        for text in sentences(sound(at))
        if not HAN.search(text) and ENGLISH.search(re.sub(r":material/\w+:|CNY", "", text))
    ]
    assert foreign == []


def test_an_english_page_of_an_english_company_has_no_chinese_word(
    opening: Opening, company: Put
) -> None:
    company("en")
    at = opening("en").run()
    at.session_state["more"] = True
    at.button(key="from_gap").click().run()
    assert [text for text in sentences(sound(at)) if HAN.search(text)] == []


def test_charts_have_a_sentence_that_stands_for_them(opening: Opening, company: Put) -> None:
    company("zh")
    at = sound(opening("zh").run())
    charts = at.get("plotly_chart")
    assert len(charts) == 2
    for chart in charts:
        assert json.loads(chart.proto.spec)["layout"]["title"]["text"]


@LANGUAGES
def test_with_payments_alone_what_came_in_is_not_called_signed(
    opening: Opening, fresh: Path, inline: None, language: str
) -> None:
    one, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    name = one.names[3]
    bring(stores.opened(fresh), {name: one.files()[name]})
    at = sound(opening(language).run())
    tiles = {metric.label: metric.value for metric in at.metric}
    assert _("Signed") not in tiles
    assert tiles[_("Collected")] == shown(_, one.collected())


_SOLD = "Order ID,Order Date,Customer,Rep,Amount\n" + "".join(
    f"{n},2026-02-{n + 1:02},C{n % 3},Wang,100\n" for n in range(1, 16)
)
_WON = "Deal ID,Deal Name,Rep,Stage,Amount,Close Date\n" + "".join(
    f"{n},D{n},Wang,Closed Won,200,2026-02-{n + 1:02}\n" for n in range(1, 16)
)
_CONTRACTED = "Contract ID,Signed Date,Customer,Rep,Contract Amount\n" + "".join(
    f"{n},2026-02-{n + 1:02},C{n % 3},Wang,300\n" for n in range(1, 16)
)


@LANGUAGES
@pytest.mark.parametrize(
    ("files", "label", "amount"),
    [
        pytest.param({"orders.csv": _SOLD}, "Order amount", 1_500, id="orders"),
        pytest.param({"opportunities.csv": _WON}, "Won amount", 3_000, id="deals"),
        pytest.param(
            {"orders.csv": _SOLD, "opportunities.csv": _WON}, "Won amount", 3_000, id="both"
        ),
        pytest.param(
            {"orders.csv": _SOLD, "contracts.csv": _CONTRACTED}, "Signed", 4_500, id="contracts"
        ),
    ],
)
def test_only_contracts_are_called_signed(
    opening: Opening,
    fresh: Path,
    inline: None,
    language: str,
    files: dict[str, str],
    label: str,
    amount: float,
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    bring(stores.opened(fresh), {name: text.encode() for name, text in files.items()})
    at = sound(opening(language, month="2026-02").run())
    tiles = {metric.label: metric.value for metric in at.metric}
    assert tiles[_(label)] == shown(_, amount)
    assert label == "Signed" or _("Signed") not in tiles


@LANGUAGES
def test_a_pipeline_of_nothing_is_said_and_not_drawn(
    opening: Opening, fresh: Path, inline: None, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    files = {"orders.csv": _SOLD, "opportunities.csv": _WON.replace("Wang", "Li")}
    bring(stores.opened(fresh), {name: text.encode() for name, text in files.items()})
    sentence = _("No deals here: the latest file has none, or none that match the filters.")
    at = sound(opening(language, month="2026-02", rep="Wang", actual="orders").run())
    assert sentence in said(at)
    drawn = len(at.get("plotly_chart"))
    at = sound(opening(language, month="2026-02", rep="Li", actual="deals").run())
    assert sentence not in said(at) and len(at.get("plotly_chart")) == drawn + 1
