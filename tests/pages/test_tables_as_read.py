"""What stands in a table or a sentence is what a reader would write there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from data.store import database as stores
from pages.kit.i18n.words import words
from pages.kit.queries import load
from pages.kit.review.bridges import _part
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound
from tests.pages.sample import cents, table_with

pytestmark = pytest.mark.usefixtures("fresh", "inline")

# Names as files bring them: each has a character that markdown would take for its own.
NAMES = ("Google_Ads", "[Fair] Köln *", "展会（春季）", "A#1 | B", "`direct` (none)")


def orders(months: tuple[int, ...], channel: str = "Web", product: str = "P") -> bytes:
    rows = [
        f"{month}-{day},2026-{month:02}-{day:02},C{day},Ann,{product},{channel},1,100.40"
        for month in months
        for day in (2, 30)
    ]
    head = "Order ID,Order Date,Customer,Sales Rep,Product,Channel,Quantity,Amount"
    return "\n".join([head, *rows]).encode()


def turned(opening: Opening, language: str, page: str, **link: str) -> AppTest:
    at = sound(opening(language, **link).run())
    return at if page == "week.py" else sound(at.switch_page(page).run())


@pytest.fixture
def july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "today", lambda: date(2026, 6, 30))


@pytest.mark.usefixtures("july")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_in_a_table_as_in_its_file(opening: Opening, name: str) -> None:
    spend = f"Date,Channel,Spend,Clicks,Impressions\n2026-06-03,{name},60.20,10,500"
    bring(
        stores.opened(), {"orders.csv": orders((5, 6), channel=name), "spend.csv": spend.encode()}
    )
    at = turned(opening, "en", "review.py", review_month="2026-06")
    for head in ("ROI", "CPC"):
        assert table_with(at, head)["Channel"].tolist()[0] == name
    for table in at.dataframe:
        assert "\\" not in "".join(table.value.astype(str).to_numpy().ravel())


@pytest.mark.usefixtures("july")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_spend_and_revenue_add_up_to_their_total_as_written(
    opening: Opening, language: str
) -> None:
    """Three channels of 4 × 100.40, 33,333.33 and 66,666.67: rounded alone they make 100,101."""
    _ = words(language)  # type: ignore[arg-type]
    rows = [
        "Order ID,Order Date,Customer,Channel,Amount",
        *(f"A{n},2026-06-0{n},C,Web,100.40" for n in range(1, 5)),
        "B1,2026-06-05,C,Fair,33333.33",
        "B2,2026-06-06,C,Shop,66666.67",
        "B3,2026-05-06,C,Shop,1",
    ]
    spend = "Date,Channel,Spend\n2026-06-01,Web,0.40\n2026-06-01,Fair,1000.40\n2026-06-05,Shop,7.40"
    files = {"orders.csv": "\n".join(rows).encode(), "spend.csv": spend.encode()}
    bring(stores.opened(), files)
    at = turned(opening, language, "review.py", review_month="2026-06")
    table = table_with(at, _("ROI"))
    for head, total in ((_("Spend"), "1008.20"), (_("Attributed revenue"), "100401.60")):
        *parts, whole = (cents(cell) for cell in table[head])
        assert sum(parts) == whole == Decimal(total)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("of", "name", "label", "zh", "en"),
    [
        ("product", None, "other", "（无产品）", "(without a product)"),
        ("product", float("nan"), "other", "（无产品）", "(without a product)"),
        ("customer", None, "other", "（无客户）", "(without a customer)"),
        ("product", "泵", "other", "泵 (没有数量)", "泵 (no quantity)"),
        ("product", "泵", "mix", "泵 (结构)", "泵 (Mix)"),
        ("customer", "甲", "back", "甲 (回流)", "甲 (Won back)"),
    ],
)
def test_a_change_without_a_name_says_what_it_lacks(
    language: str, of: str, name: str | None, label: str, zh: str, en: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    assert _part(_, of, name, label) == (zh if language == "zh" else en)


@pytest.mark.usefixtures("july")
@pytest.mark.parametrize(
    ("language", "page", "months"),
    [
        ("zh", "week.py", (6,)),
        ("en", "week.py", (5, 6)),
        ("en", "plan.py", (6,)),
        ("zh", "plan.py", (5, 6)),
        ("zh", "whatif.py", (5, 6)),
        ("en", "review.py", (5, 6)),
    ],
)
def test_a_short_history_shows_no_range_and_no_probability(
    opening: Opening, language: str, page: str, months: tuple[int, ...]
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    targets = b"Month,Target\n2026-06,1000\n2026-07,1000"
    bring(stores.opened(), {"orders.csv": orders(months), "targets.csv": targets})
    at = turned(opening, language, page, month="2026-07", plan_month="2026-07")
    unknown = (_("Cautious (P10)"), _("Optimistic (P90)"), _("Satisfaction"), _("70% likely"))
    for table in at.dataframe:
        cells = {*table.value.columns, *table.value.iloc[:, 0]}
        assert cells.isdisjoint(unknown)
    text = said(at)
    assert _("probability {share}", share=_("n/a")) not in text
    assert _("cautious {p10} · optimistic {p90}", p10=_("n/a"), p90=_("n/a")) not in text
