"""The review page: what came of a month, what made the difference, what to aim at next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from analytics.review.bridge import Bridge
from data.sample import STORIES
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.numbers import exact, money, number
from pages.kit.i18n.words import Words, words
from pages.kit.queries import targets
from pages.kit.review import queries
from pages.kit.review.bridges import AGAINST, KINDS
from tests.conftest import bring
from tests.pages.conftest import COMPANIES, Copying, Opening, imported
from tests.pages.reading import said, sentences, sound
from tests.pages.sample import TODAY, chinese, foreign, headline, sample, table_with, turned

__all__ = ["sample"]

pytestmark = pytest.mark.usefixtures("fresh")

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SAMPLE = pytest.mark.usefixtures("sample")
MAY, RUNNING = date(2026, 5, 1), date(2026, 6, 1)
SCOPE = Scope(month=MAY, as_of=TODAY)
SCOPES = {
    "the company": SCOPE,
    "a team": SCOPE.narrowed("team", STORIES.weak_team[0]),
    "a category": SCOPE.narrowed("category", STORIES.mix_category[0]),
    "the running month": SCOPE.in_month(RUNNING),
    "the month of the price rise": SCOPE.in_month(date(2026, 1, 1)),
}


def reviewed(opening: Opening, language: str, month: date) -> AppTest:
    at = turned(opening, language, "review.py")
    return sound(at.selectbox(key="review_month").set_value(month).run())


def exact_bridge(found: Bridge) -> bool:
    return Decimal(found.start) + sum(found.bars["value"], Decimal(0)) == Decimal(found.end)


@LANGUAGES
def test_an_empty_store_names_the_files_to_drop(opening: Opening, language: str) -> None:
    at, _ = opening(language).run(), words(language)  # type: ignore[arg-type]
    sound(at.switch_page("review.py").run())
    for name in ("Orders", "Deals", "Targets", "Spend"):
        assert f"**{_(name)}**" in said(at)


@LANGUAGES
def test_a_company_of_a_few_files_can_be_reviewed(
    opening: Opening, company: Callable[[str], None], language: str
) -> None:
    company(language)
    _ = words(language)  # type: ignore[arg-type]
    at = sound(opening(language).run())
    sound(at.switch_page("review.py").run())
    rows = COMPANIES[language].counted()
    february = rows[[(day.year, day.month) == (2026, 2) for day in rows["order_date"]]]
    assert at.session_state["review_month"] == date(2026, 2, 1)
    shown = at.dataframe(key="by_rep").value
    assert shown["actual"].sum() == pytest.approx(february["amount"].sum())
    assert _("The initial verdict needs a target for this month.") in said(at)


@SAMPLE
@LANGUAGES
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("against", AGAINST)
def test_every_bridge_is_drawn(opening: Opening, language: str, kind: str, against: str) -> None:
    at = turned(opening, language, "review.py")
    sound(at.segmented_control(key="bridge_kind").set_value(kind).run())
    if kind != "target":
        sound(at.segmented_control(key="bridge_against").set_value(against).run())
    assert len(at.get("plotly_chart")) == 1
    sound(at.button(key="from_bridge").click().run())
    assert (foreign(at) if language == "zh" else chinese(at)) == []


@SAMPLE
@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_every_bridge_adds_up_exactly(scope: Scope) -> None:
    for kind in queries.bridges(scope):
        for against in queries.AGAINST:
            found = queries.between(scope, kind, against)
            assert found is not None and exact_bridge(found), (kind, against)
            if kind != "funnel":
                assert found.end == targets.standing(scope).pace.actual


@SAMPLE
def test_the_bridge_from_a_target_that_was_too_high_is_ambition() -> None:
    scope = SCOPE.in_month(date.fromisoformat(f"{STORIES.too_high_month}-01"))
    found = queries.between(scope, "target", "last_month")
    assert found is not None
    parts = found.bars.set_index("label")["value"]
    assert parts["ambition"] < 0
    assert abs(parts["ambition"]) > 2 * abs(parts["happened"])


@SAMPLE
def test_a_price_rise_shows_as_price(opening: Opening) -> None:
    scope = SCOPE.in_month(date.fromisoformat(f"{STORIES.price_rise_from}-01"))
    found = queries.between(scope, "products", "last_month")
    assert found is not None
    product = found.parts[found.parts["name"] == STORIES.price_rise_product[0]]
    assert product.set_index("label")["value"]["price"] > 0


@SAMPLE
@LANGUAGES
def test_a_running_month_has_no_verdict_and_no_bridge_from_its_target(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = reviewed(opening, language, RUNNING)
    assert _("The review is available after month-end.") in list(sentences(at))
    assert _(KINDS["target"]) not in at.segmented_control(key="bridge_kind").options


@SAMPLE
@LANGUAGES
def test_the_best_channel_has_the_highest_return(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = reviewed(opening, language, MAY)
    table = table_with(at, _("ROI")).set_index(_("Channel"))
    best = table[_("ROI")].str.rstrip("%").drop(_("Total")).astype(float).idxmax()
    assert best == STORIES.best_channel[0]
    ((spent,),) = stores.opened().rows("SELECT sum(amount) FROM spend WHERE period = '2026-05'")
    assert table.loc[_("Total"), _("Spend")] == exact(_, spent, "CNY")


@SAMPLE
@pytest.mark.parametrize("by", ["channel", "campaign"])
def test_what_came_back_is_the_same_sum_under_every_model(by: str) -> None:
    spent, revenue = set(), set()
    for model in ("direct", "first", "last", "linear", "u", "decay"):
        found = queries.returns(SCOPE, by, model)  # type: ignore[arg-type]
        spent.add(found.total["spend"])
        revenue.add(round(Decimal(found.total["revenue"]), 2))
        assert round(sum(found.rows["revenue"], Decimal(0)), 2) == round(
            Decimal(found.total["revenue"]), 2
        )
    assert len(spent) == len(revenue) == 1
    assert revenue == {round(targets.standing(SCOPE).pace.actual, 2)}


@SAMPLE
@LANGUAGES
def test_what_a_new_customer_costs_is_the_spend_of_a_cycle_ago(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    rows = stores.opened().rows
    ((cycle,),) = rows(
        "SELECT median(closed_date - created_date) FROM deals "
        "WHERE status = 'won' AND closed_date >= created_date"
    )
    assert 30.4375 < cycle < 2 * 30.4375  # between the spend of April and that of March
    spent = dict(rows("SELECT period, sum(amount) FROM spend GROUP BY 1"))
    late = cycle / 30.4375 - 1
    cost = (1 - late) * float(spent["2026-04"]) + late * float(spent["2026-03"])
    first = "WITH first AS (SELECT customer, min(order_date) AS day FROM orders "
    first += "WHERE status = 'valid' GROUP BY 1) "
    ((new,),) = rows(
        first + "SELECT count(*) FROM first WHERE day BETWEEN '2026-05-01' AND '2026-05-31'"
    )
    ((margin, months),) = rows(
        first + ", new AS (SELECT * FROM first WHERE day BETWEEN '2025-06-01' AND '2026-05-31'), "
        "sold AS (SELECT sum(amount - cost) AS margin FROM orders JOIN new USING (customer) "
        "WHERE status = 'valid' AND order_date <= '2026-05-31') "
        "SELECT any_value(margin), sum(date_diff('month', day, DATE '2026-05-01') + 1) "
        "FROM new, sold"
    )
    at = reviewed(opening, language, MAY)
    figures = {
        _("New customers"): number(_, new),
        _("Customer acquisition cost"): money(_, cost / new, "CNY"),
        _("Payback (months)"): number(_, cost / new / (float(margin) / months), 1),
    }
    assert acquired(at, _) == figures
    # Spend has no team: the figures stay the company's, and the card says so.
    whole = _("Spend names no rep, team or region: figures of the whole company.")
    assert whole not in said(at)
    sound(at.multiselect(key="team").select(STORIES.weak_team[0]).run())
    assert acquired(at, _) == figures
    assert whole in said(at)
    assert _("Shown after month-end.") not in said(at)
    sound(at.selectbox(key="review_month").set_value(RUNNING).run())
    assert _("Shown after month-end.") in said(at)


@SAMPLE
@LANGUAGES
def test_spend_of_a_quarter_is_in_no_month_and_is_named(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    table = table_with(reviewed(opening, language, MAY), _("ROI"))
    with stores.opened().writing("facts") as cursor:
        cursor.execute(
            "INSERT INTO spend BY NAME SELECT * REPLACE ('2026-Q2' AS period, 1234.5 AS amount) "
            "FROM spend WHERE period = '2026-05' LIMIT 1"
        )
    at = reviewed(opening, language, MAY)
    assert table_with(at, _("ROI")).equals(table)
    named = _(
        "{sum} of spend belongs to no single month, so it is not in these figures.",
        sum=exact(_, Decimal("1234.5"), "CNY"),
    )
    assert named in said(at)


def acquired(at: AppTest, _: Words) -> dict[str, str]:
    table = next(
        shown.value
        for shown in at.dataframe
        if _("Figure") in shown.value
        and _("Customer acquisition cost") in shown.value[_("Figure")].tolist()
    )
    return dict(zip(table[_("Figure")], table[_("Value")], strict=True))


@SAMPLE
def test_the_customers_are_those_who_bought(opening: Opening) -> None:
    _ = words("zh")
    at = reviewed(opening, "zh", MAY)
    rows = next(
        one.value.set_index(_("Figure"))[_("This month")]
        for one in at.dataframe
        if _("Figure") in one.value and _("Customers who bought") in one.value[_("Figure")].tolist()
    )
    ((bought, new),) = stores.opened().rows(
        "WITH of AS (SELECT customer, min(order_date) AS first, "
        "bool_or(order_date BETWEEN '2026-05-01' AND '2026-05-31') AS here "
        "FROM orders WHERE status = 'valid' GROUP BY 1) "
        "SELECT count(*) FILTER (WHERE here), "
        "count(*) FILTER (WHERE here AND first >= '2026-05-01') FROM of"
    )
    assert rows[_("Customers who bought")] == number(_, bought)
    assert rows[_("New (first-ever purchase)")] == number(_, new)


@SAMPLE
@LANGUAGES
def test_a_choice_of_a_team_narrows_the_review(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = reviewed(opening, language, MAY)
    whole = headline(at)
    team = STORIES.weak_team[0]
    sound(at.multiselect(key="team").select(team).run())
    assert headline(at) != whole
    shown = at.dataframe(key="by_rep").value["actual"].sum()
    assert shown == pytest.approx(float(targets.standing(SCOPES["a team"]).pace.actual))
    sound(at.button(key="from_bridge").click().run())
    assert exact(_, targets.standing(SCOPES["a team"]).pace.actual, "CNY") in said(at)


@SAMPLE
@LANGUAGES
@pytest.mark.parametrize("figure", ["why", "returns", "acquisition", "best"])
def test_every_figure_opens_its_passport(opening: Opening, language: str, figure: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = turned(opening, language, "review.py")
    sound(at.button(key=f"from_{figure}").click().run())
    assert f"**{_('Filters')}**" in said(at)
    assert (foreign(at) if language == "zh" else chinese(at)) == []


ADVERTISED = [
    "order_id,order_date,customer,amount,channel\nS-1,2026-05-20,Alder,600,Search\n",
    "date,channel,campaign,amount,impressions,clicks,conversions\n"
    "2026-05-04,Search,Spring,60,2000,30,3\n2026-05-05,Social,Brand,40,1000,10,0\n",
]


@LANGUAGES
def test_what_clicks_and_conversions_cost_stands_beside_the_return(
    language: str, opening: Opening, copying: Copying, tmp_path_factory: pytest.TempPathFactory
) -> None:
    orders, spend = ADVERTISED
    copying(imported(tmp_path_factory, {"orders.csv": orders, "spend.csv": spend}))
    at, _ = reviewed(opening, language, MAY), words(language)  # type: ignore[arg-type]
    table = table_with(at, _("CPC")).set_index(_("Channel"))
    # 60 ÷ 30 and 40 ÷ 10; 100 ÷ 40 in all. Nobody converted on Social. 600 ÷ 60 came back.
    assert list(table[_("CPC")]) == ["¥2.00", "¥4.00", "¥2.50"]
    assert list(table[_("CPA")]) == ["¥20.00", _("n/a"), "¥33.33"]
    assert table.at["Search", _("ROAS")] == "10.00"
    assert table.at["Search", _("CTR")] == "1.50%"


@LANGUAGES
@pytest.mark.usefixtures("inline")
def test_a_campaign_that_no_sale_could_name_has_no_return(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    orders = "\n".join(
        ["Order ID,Order Date,Customer,Rep,Amount,Channel"]
        + [f"{n},2026-05-{n + 1:02},C{n % 3},Wang,100,Online" for n in range(1, 21)]
    )
    spend = "Date,Channel,Campaign,Amount\n2026-05-04,Online,May fair,500\n"
    bring(stores.opened(), {"orders.csv": orders.encode(), "spend.csv": spend.encode()})
    at = sound(opening(language, review_month="2026-05").run())
    sound(at.switch_page("review.py").run())
    # Sales name the channel: 2,000 came of 500.
    table = table_with(at, _("Attributed revenue")).set_index(_("Channel"))
    assert table.at["Online", _("Output per unit of input")] == "1:4.0"
    sound(at.segmented_control(key="returns_by").set_value("campaign").run())
    fair = table_with(at, _("Attributed revenue")).set_index(_("Campaign")).loc["May fair"]
    unknown = [_("Attributed revenue"), _("Margin"), _("ROI"), _("Output per unit of input")]
    assert fair[unknown].tolist() == [_("n/a")] * 4
    assert fair[_("Spend")] == exact(_, 500, "CNY")


@pytest.mark.usefixtures("inline")
def test_losses_open_on_what_the_file_names(opening: Opening) -> None:
    deals = (
        "Deal ID,Deal Name,Stage,Status,Amount,Created Date,Closed Date,Lost Reason\n"
        "D1,Alder,Closed Won,Won,900,2026-04-02,2026-05-06,\n"
        "D2,Birch,Closed Lost,Lost,100,2026-04-02,2026-05-07,Price\n"
        "D3,Cedar,Closed Lost,Lost,200,2026-04-02,2026-05-08,Timing\n"
    )
    bring(stores.opened(), {"deals-2026-06-03.csv": deals})
    at = sound(opening("en").switch_page("review.py").run())
    assert at.segmented_control(key="losses_by").value == "lost_reason"
