"""Say what a click, a conversion and a sale cost, by channel or campaign.

    >>> costs(advertised)[["name", "cpc", "cpa"]].to_dict("records")    # doctest: +SKIP
    [{'name': 'Search', 'cpc': 2.0, 'cpa': 36.67}, {'name': None, 'cpc': 2.0, 'cpa': 36.67}]

Impressions, clicks and conversions are the platforms' own account. A cost per click divides
only the spend of rows that count clicks: other spend of the name brought none that are known.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.ratio import safe_ratio
from analytics.review.attribution import By
from analytics.review.roi import dated_spend
from domain.scope import Scope

COUNTS = ("impressions", "clicks", "conversions")
_SUMS = (*COUNTS, "shown_clicks", "click_spend", "conversion_spend")


def advertised(scope: Scope, by: By, start: date, end: date) -> ir.Table:
    """Return the sums of ad figures and of the spend beside them, by name.

    Columns: name, impressions, clicks, conversions, shown_clicks (of rows with impressions),
    click_spend, conversion_spend. Names of which no row has an ad figure are left out.
    """
    spend = dated_spend(scope)
    counted = spend.impressions.notnull() | spend.clicks.notnull() | spend.conversions.notnull()
    spend = spend.filter(spend.day.between(start, end), counted)

    def where(there: ir.Value, value: ir.NumericValue) -> ir.Value:
        return ibis.ifelse(there.notnull(), value, ibis.null()).sum()

    return (
        spend.group_by(name=spend[by])
        .aggregate(
            impressions=spend.impressions.sum(),
            clicks=spend.clicks.sum(),
            conversions=spend.conversions.sum(),
            shown_clicks=where(spend.impressions, spend.clicks),
            click_spend=where(spend.clicks, spend.amount),
            conversion_spend=where(spend.conversions, spend.amount),
        )
        .order_by("name")
    )


def costs(advertised: pd.DataFrame) -> pd.DataFrame:
    """Return name, the ad figures, ctr, cpc and cpa; the last row, without a name, is the total."""
    rows = [_with_ratios(row) for row in advertised.to_dict("records")]
    total: dict[str, Any] = {
        name: _sum(row[name] for row in rows) if rows else None for name in _SUMS
    }
    columns = ["name", *COUNTS, "ctr", "cpc", "cpa"]
    return pd.DataFrame([*rows, _with_ratios({"name": None, **total})], columns=columns)


def _sum(values: Any) -> Decimal | None:
    known = [Decimal(str(value)) for value in values if value is not None and value == value]
    return sum(known, Decimal(0)) if known else None


def _with_ratios(row: dict[Any, Any]) -> dict[Any, Any]:
    known = {name: None if pd.isna(row[name]) else row[name] for name in _SUMS}
    return {
        **row,
        **known,
        "ctr": safe_ratio(known["shown_clicks"], known["impressions"]),
        "cpc": safe_ratio(known["click_spend"], known["clicks"]),
        "cpa": safe_ratio(known["conversion_spend"], known["conversions"]),
    }
