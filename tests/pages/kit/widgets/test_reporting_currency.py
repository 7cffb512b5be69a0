"""Money in another currency than the reporting one: asked about, told, and added up nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from analytics.periods.calendar import selling_days
from data.store import database as stores
from data.store import settings
from data.store.versions import raise_versions
from pages.kit.i18n.numbers import exact, money, month_text
from pages.kit.i18n.words import Words, words
from pages.kit.queries import load
from pages.kit.widgets.reporting_currency import countries
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import metrics, plain, said, sound
from tests.pages.sample import headline, table_with

pytestmark = pytest.mark.usefixtures("fresh")

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
TODAY = date(2026, 3, 18)
MARCH = date(2026, 3, 1)
ORDERS = """Order ID,Order date,Customer,Sales rep,Amount,Currency
A1,2026-03-02,Acme,Ann,1000,EUR
A2,2026-03-03,Acme,Ann,2000,EUR
A3,2026-03-04,Basel AG,Bob,300.5,CHF
A4,2026-02-04,Basel AG,Bob,400,CHF
A5,2026-02-05,Acme,Ann,500,EUR
"""
DEALS = """Deal ID,Deal name,Sales rep,Stage,Status,Amount,Currency,Expected close date,Closed date
D1,One,Ann,Proposal,open,100,EUR,2026-03-01,
D2,Two,Bob,Proposal,open,70,CHF,2026-03-01,
D3,Three,Ann,Won,won,50,EUR,,2026-03-05
D4,Four,Bob,Won,won,60,CHF,,2026-03-06
"""
TARGETS = """Period,Sales rep,Target,Currency
2026-03,Ann,9000,EUR
2026-03,Bob,1000,EUR
"""

Having = Callable[..., None]


@pytest.fixture
def having(inline: None, monkeypatch: pytest.MonkeyPatch) -> Having:
    """`having(ORDERS, currency="EUR")`: those files are in, and what was chosen."""
    monkeypatch.setattr(load, "today", lambda: TODAY)

    def put(*files: str, **chosen: str) -> None:
        store = stores.opened()
        bring(store, {f"{number}.csv": text for number, text in enumerate(files)})
        for name, value in chosen.items():
            settings.choose(store, name, value)

    return put


def page(opening: Opening, language: str, name: str) -> AppTest:
    at = sound(opening(language).run())
    return at if name == "week.py" else sound(at.switch_page(name).run())


def keys(at: AppTest) -> Sequence[str | None]:
    return [one.key for one in (*at.button, *at.selectbox)]


def asked(_: Words, *codes: str, alone: bool = True) -> str:
    if len(codes) > 1:
        currencies = _(", ").join(codes)
        return _("Your files are in {currencies}. Which one to report in?", currencies=currencies)
    if alone:
        return _("Your files are in {currency}. Report in {currency}?", currency=codes[0])
    return _("Your files are mostly in {currency}. Report in {currency}?", currency=codes[0])


def offers(at: AppTest) -> list[str]:
    """The keys of the buttons of the question, in their order."""
    own = ("report_in", "keep_currency")
    return [str(one.key) for one in at.button if str(one.key).startswith(own)]


@LANGUAGES
def test_files_in_another_currency_are_asked_about_once(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS)
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "files.py")
    assert asked(_, "EUR", "CHF") in said(at)
    sound(at.button(key="report_in").click().run())
    assert settings.setting(stores.opened(), "currency") == "EUR"
    assert "report_in" not in keys(at)
    assert "report_in" not in keys(page(opening, language, "files.py"))
    assert money(_, Decimal(3000), "EUR") in metrics(page(opening, language, "week.py"))


SALES = """Order ID,Order date,Customer,Sales rep,Amount,Currency
A1,2026-03-02,Acme,Ann,1000,EUR
A2,2026-03-03,Acme,Ann,2000,EUR
B1,2026-03-04,Basel AG,Bob,300,CHF
C1,2026-03-04,Leeds Ltd,Bob,10,GBP
C2,2026-03-05,Leeds Ltd,Bob,20,GBP
C3,2026-03-06,Leeds Ltd,Bob,30,GBP
"""


@LANGUAGES
@pytest.mark.parametrize(("chosen", "counted"), [("EUR", "3000"), ("GBP", "60"), ("CHF", "300")])
def test_each_currency_of_the_files_can_be_chosen_that_of_the_targets_first(
    opening: Opening, having: Having, language: str, chosen: str, counted: str
) -> None:
    having(SALES, TARGETS)
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "files.py")
    assert asked(_, "EUR", "GBP", "CHF") in said(at)
    assert offers(at) == ["report_in", "report_in_GBP", "report_in_CHF", "keep_currency"]
    assert at.button(key="report_in").label == _("Report in {currency}", currency="EUR")
    key = "report_in" if chosen == "EUR" else f"report_in_{chosen}"
    sound(at.button(key=key).click().run())
    assert settings.setting(stores.opened(), "currency") == chosen
    # Three invoices in pounds are more than two in euros, and are not asked about once more.
    assert not offers(at) and not offers(page(opening, language, "files.py"))
    assert money(_, Decimal(counted), chosen) in metrics(page(opening, language, "week.py"))


@LANGUAGES
def test_without_targets_the_currency_of_most_rows_comes_first(
    opening: Opening, having: Having, language: str
) -> None:
    having(SALES, DEALS.replace("CHF", "EUR"))
    at = page(opening, language, "week.py")
    assert offers(at) == ["report_in", "report_in_GBP", "report_in_CHF", "keep_currency"]
    _ = words(language)  # type: ignore[arg-type]
    assert at.button(key="report_in").label == _("Report in {currency}", currency="EUR")
    sound(at.button(key="keep_currency").click().run())
    assert settings.setting(stores.opened(), "currency") == "CNY"
    assert not offers(at)


@LANGUAGES
def test_one_other_currency_beside_the_one_in_force_is_asked_about_as_before(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS.replace("CHF", "CNY"))
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "files.py")
    assert asked(_, "EUR", alone=False) in said(at)
    assert offers(at) == ["report_in", "keep_currency"]


@LANGUAGES
def test_who_keeps_the_currency_is_not_asked_again(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS)
    at = page(opening, language, "files.py")
    sound(at.button(key="keep_currency").click().run())
    assert settings.setting(stores.opened(), "currency") == "CNY"
    assert "report_in" not in keys(at)
    assert "report_in" not in keys(page(opening, language, "files.py"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_is_asked_whose_money_is_in_the_reporting_currency(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS.replace("EUR", "CNY"))
    at = page(opening, language, "files.py")
    assert not {"report_in", "ask_country"} & set(keys(at))


def test_only_who_reads_english_and_does_not_sell_in_yuan_is_asked_for_a_country(
    opening: Opening, having: Having
) -> None:
    having(ORDERS)
    assert "ask_country" not in keys(page(opening, "zh", "files.py"))
    at = page(opening, "en", "files.py")
    sound(at.button(key="report_in").click().run())
    sound(at.selectbox(key="ask_country").set_value("CH").run())
    assert settings.setting(stores.opened(), "selling_days") == "CH"
    assert "ask_country" not in keys(at)
    weekly = page(opening, "en", "week.py")
    sound(weekly.button(key="from_curve").click().run())
    assert "Selling days: Switzerland" in said(weekly)


@pytest.mark.parametrize("country", settings.COUNTRIES)
def test_every_country_that_can_be_chosen_has_a_calendar_and_a_name(country: str) -> None:
    assert len(selling_days(MARCH, date(2026, 3, 31), country)) == 31
    for language in ("zh", "en"):
        assert countries(words(language))[country] != country  # type: ignore[arg-type]


@LANGUAGES
@pytest.mark.parametrize("name", ["week.py", "review.py", "whatif.py", "plan.py"])
def test_every_page_says_what_it_leaves_out_for_its_currency(
    opening: Opening, having: Having, language: str, name: str
) -> None:
    having(ORDERS, currency="EUR")
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, name)
    if name == "review.py":
        sound(at.selectbox(key="review_month").set_value(MARCH).run())
    # The plan is made of the year behind it, in which February lies, too.
    sums, rows = ("700.50", 2) if name == "plan.py" else ("300.50", 1)
    told = _(
        "{sum} in {count}",
        sum=exact(_, Decimal(sums), "CHF"),
        count=_.n("{n} order line", "{n} order lines", rows),
    )
    (line,) = [plain(one.value) for one in at.markdown if told in plain(one.value)]
    assert _("the dashboard reports in {currency} only", currency="EUR") in line
    month = date(2025, 4, 1) if name == "plan.py" else MARCH
    assert month_text(_, month) in line
    assert _("Currency and exchange rates") in [one.label for one in at.get("page_link")]


@pytest.mark.parametrize("name", ["week.py", "review.py", "whatif.py", "plan.py"])
def test_a_page_that_leaves_nothing_out_has_no_such_line(
    opening: Opening, having: Having, name: str
) -> None:
    having(ORDERS.replace("CHF", "EUR"), currency="EUR")
    at = page(opening, "en", name)
    assert "reports in" not in said(at)


@LANGUAGES
def test_a_target_in_another_currency_is_not_counted_and_told(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS, TARGETS, currency_refused="EUR")
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "week.py")
    assert _("; no target set for this month") in headline(at)
    wanted = exact(_, Decimal(10_000), "EUR")
    assert _("target in another currency, not used: {sums}", sums=wanted) in said(at)
    settings.choose(stores.opened(), "currency", "EUR")
    at = page(opening, language, "week.py")
    assert _("; no target set for this month") not in headline(at)
    assert wanted not in said(at).split("reports in")[0].split("###")[0]


@LANGUAGES
@pytest.mark.parametrize("name", ["week.py", "plan.py"])
def test_whose_target_is_in_another_currency_is_told_beside_the_targets_that_count(
    opening: Opening, having: Having, language: str, name: str
) -> None:
    rows = [f"2026-0{month},{rest}" for month in (3, 4) for rest in ("Ann,9000,EUR", "Bob,70,CHF")]
    having(ORDERS, "\n".join(["Period,Sales rep,Target,Currency", *rows]), currency="EUR")
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, name)
    theirs = _("{sum} of {names}", sum=exact(_, Decimal(70), "CHF"), names="Bob")
    assert _("target in another currency, not used: {sums}", sums=theirs) in said(at)
    with stores.opened().writing("facts") as cursor:
        cursor.execute("UPDATE targets SET currency = NULL WHERE scope_value = 'Bob'")
        raise_versions(cursor, "facts", "plan")
    assert theirs not in said(page(opening, language, name))


@LANGUAGES
def test_deals_are_counted_in_every_currency_and_said_to_be(
    opening: Opening, having: Having, language: str
) -> None:
    having(DEALS, currency="EUR")
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "week.py")
    told = _.n(
        "{n} of these deals is not in {currency}: the deal is counted, its amount is not.",
        "{n} of these deals are not in {currency}: the deals are counted, their amounts are not.",
        2,
        currency="EUR",
    )
    assert told in said(at)
    sound(at.button(key="from_funnel").click().run())
    assert said(at).count(told) == 2


def test_what_changed_in_the_pipeline_says_which_deals_add_no_money(
    opening: Opening, having: Having
) -> None:
    having(currency="EUR")
    store = stores.opened()
    # A file is of the newest day in it: 5 March, then 6 March.
    earlier = DEALS[: DEALS.index("D4")]
    for number, text in enumerate((earlier, DEALS)):
        bring(store, {f"deals_{number}.csv": text})
    at = page(opening, "en", "week.py")
    sound(at.segmented_control(key="changes_span").set_value("all").run())
    # D2 is open on both days, D4 new and won on the second.
    told = "2 of these deals are not in EUR: the deals are counted, their amounts are not."
    assert said(at).count(told) == 1 + 1  # here and below the rates
    sound(at.button(key="from_changes").click().run())
    assert said(at).count(told) == 3


def test_deals_to_talk_about_have_their_own_currency(opening: Opening, having: Having) -> None:
    having(DEALS, currency="EUR")
    at = page(opening, "en", "week.py")
    amounts = table_with(at, "Why").set_index("Deal")["Amount"]
    assert amounts.to_dict() == {"One": "€100.00", "Two": "CHF\N{NO-BREAK SPACE}70.00"}


@LANGUAGES
def test_the_currencies_of_the_data_come_first_and_have_names(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS)
    at = page(opening, language, "settings.py")
    options = at.selectbox(key="set_currency").options
    assert [one[:3] for one in options[:3]] == ["EUR", "CHF", "CNY"]
    assert {"SEK", "NOK", "DKK", "PLN", "CZK"} <= {one[:3] for one in options}
    assert all(re.fullmatch(r"[A-Z]{3} · .+", one) for one in options)


HISTORY = "".join(
    f"B{month},2025-{month:02}-{day:02},Acme,Ann,1000,EUR\n"
    for month in range(7, 13)
    for day in (3, 20)
)


@pytest.mark.parametrize(
    ("orders", "targets", "missing"),
    [
        ("", TARGETS, "The initial verdict needs three months of history."),
        (HISTORY, "", "The initial verdict needs a target for this month."),
        ("", "", "The initial verdict needs a target and three months of history."),
    ],
    ids=["history", "target", "both"],
)
def test_the_review_says_what_its_verdict_lacks(
    opening: Opening, having: Having, orders: str, targets: str, missing: str
) -> None:
    files = [targets.replace("2026-03", "2026-02")] if targets else []
    having(ORDERS + orders, *files, currency="EUR")
    at = page(opening, "en", "review.py")
    sound(at.selectbox(key="review_month").set_value(date(2026, 2, 1)).run())
    assert missing in said(at)


@LANGUAGES
def test_returns_in_another_currency_are_named_returns(
    opening: Opening, having: Having, language: str
) -> None:
    returns = "Return ID,Order ID,Return date,Return amount\nR1,A3,2026-03-04,100.5\n"
    having(ORDERS, returns, currency="EUR")
    at = page(opening, language, "plan.py")
    # A3 and A4 of 700.50, less 100.50.
    told = {"en": "600.00 in 2 order lines and 1 return", "zh": "600.00（2 行订单明细和 1 笔退货）"}
    shown = [plain(one.value) for one in at.markdown]
    assert [text for text in shown if told[language] in text], [t for t in shown if "CHF" in t]
