"""The same spend from two lists: once by ad, once by campaign or by channel."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.staging.findings import BOTH, KNOWN
from data.store.database import Store
from tests.conftest import read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

KEY = "date/again"
# Three days, two campaigns, two ads each: 60 + 66 + 72 = 198.
ADS = [
    (f"2026-03-0{day}", campaign, f"{campaign} {ad}", 10 + day + more)
    for day in (1, 3, 6)
    for campaign, more in (("Brand", 0), ("Spring", 6))
    for ad in (1, 2)
]
CAMPAIGNS = [
    (f"2026-03-0{day}", campaign, 2 * (10 + day + more))
    for day in (1, 3, 6)
    for campaign, more in (("Brand", 0), ("Spring", 6))
]
DAYS = [(f"2026-03-0{day}", 4 * (13 + day)) for day in (1, 3, 6)]
TOTAL = sum(amount for *_rest, amount in ADS)

PAIRS = [
    pytest.param(
        [("Day", "Campaign name", "Ad name", "Amount spent (USD)"), *ADS],
        [("Day", "Campaign name", "Amount spent (USD)"), *CAMPAIGNS],
        as_csv,
        id="meta",
    ),
    pytest.param(
        [("Day", "Campaign", "Ad", "Cost"), *ADS],
        [("Date", "Campaign", "Spend"), *CAMPAIGNS],
        as_xlsx,
        id="google",
    ),
    pytest.param(
        [("日期", "推广计划", "费用类型", "消费"), *ADS],
        [("日期", "推广计划", "消费"), *CAMPAIGNS],
        as_csv,
        id="chinese",
    ),
    pytest.param(
        [("日期", "计划名称", "费用类别", "花费"), *ADS],
        [("时间", "计划名称", "花费"), *CAMPAIGNS],
        as_xlsx,
        id="chinese-plan",
    ),
    pytest.param(
        [
            ("Date", "Channel", "Campaign", "Spend"),
            *((day, "Meta", ad, amount) for day, _campaign, ad, amount in ADS),
        ],
        [("Date", "Channel", "Spend"), *((day, "Meta", amount) for day, amount in DAYS)],
        as_csv,
        id="by-channel",
    ),
    pytest.param(
        [("Date", "Campaign", "Spend"), *CAMPAIGNS],
        [("Date", "Channel", "Spend"), *((day, "Meta", amount) for day, amount in DAYS)],
        as_csv,
        id="days-alone",
    ),
]


# The name of the ad is not taken in, so that the rows of one list replace those of the other.
REPLACED = [
    pytest.param(
        [("Datum", "Kampagne", "Anzeige", "Kosten"), *ADS],
        [("Datum", "Kampagne", "Kosten"), *CAMPAIGNS],
        id="german",
    ),
    pytest.param(
        [("Date", "Campagne", "Annonce", "Coût"), *ADS],
        [("Date", "Campagne", "Coût"), *CAMPAIGNS],
        id="french",
    ),
]


def spent(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM spend")
    return Decimal(total)


FINER_FIRST = [pytest.param(*one.values, id=f"{one.id}-finer-first") for one in PAIRS]
COARSER_FIRST = [
    pytest.param(coarse, fine, write, id=f"{one.id}-coarser-first")
    for one in PAIRS
    for fine, coarse, write in [one.values]
]


@pytest.mark.parametrize(("first", "second", "write"), [*FINER_FIRST, *COARSER_FIRST])
def test_spend_that_an_earlier_list_divides_otherwise_is_asked_about_and_counts_once(
    store: Store, first: Rows, second: Rows, write: Callable[[Rows], bytes]
) -> None:
    brought(store, "one.csv", write(first))
    assert spent(store) == TOTAL
    (draft,) = drafts_of(store, "two.csv", write(second))
    assert asked(store, draft) == [KEY]
    brought(store, "two.csv", write(second), {KEY: KNOWN})
    assert spent(store) == TOTAL


@pytest.mark.parametrize(("fine", "coarse"), REPLACED)
def test_rows_of_one_key_replace_each_other_without_a_question(
    store: Store, fine: Rows, coarse: Rows
) -> None:
    brought(store, "one.csv", as_csv(fine))
    (draft,) = drafts_of(store, "two.csv", as_csv(coarse))
    assert asked(store, draft) == []
    brought(store, "two.csv", as_csv(coarse))
    assert spent(store) == TOTAL


@pytest.mark.parametrize(("fine", "coarse", "write"), PAIRS[:2])
def test_two_lists_of_one_spend_are_asked_about_in_one_drop_and_other_money_counts(
    store: Store, fine: Rows, coarse: Rows, write: Callable[[Rows], bytes]
) -> None:
    drafts = read(store, {"one.csv": write(fine), "two.csv": write(coarse)})
    assert [asked(store, draft) for draft in drafts] == [[], [KEY]]
    brought(store, "one.csv", write(fine))
    brought(store, "two.csv", write(coarse), {KEY: BOTH})
    assert spent(store) == 2 * TOTAL


OTHERS = [
    pytest.param(
        [("Day", "Campaign name", "Amount spent (USD)"), *CAMPAIGNS], id="the same parts again"
    ),
    pytest.param(
        [("Day", "Campaign name", "Amount spent (USD)")]
        + [(day, campaign, amount + 1) for day, campaign, amount in CAMPAIGNS],
        id="other amounts",
    ),
    pytest.param(
        [("Day", "Campaign name", "Amount spent (USD)")]
        + [(day.replace("-03-", "-02-"), campaign, amount) for day, campaign, amount in CAMPAIGNS],
        id="other days",
    ),
    pytest.param(
        [("Date", "Channel", "Spend")] + [(day, "Print", 25) for day, _amount in DAYS],
        id="another channel at a price of its own",
    ),
]


@pytest.mark.parametrize("rows", OTHERS)
def test_other_spend_is_not_asked_about(store: Store, rows: Rows) -> None:
    brought(store, "one.csv", as_csv([("Day", "Campaign", "Spend"), *CAMPAIGNS]))
    (draft,) = drafts_of(store, "two.csv", as_csv(rows))
    assert KEY not in asked(store, draft)
