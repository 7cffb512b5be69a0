"""Credit sales to channels or campaigns: several models, and the range between them.

    >>> touches = frame(attribution.touches, scope, "channel", start, end)
    >>> attributed(touches, "linear")      # name, value, margin
    >>> model_range({model: attributed(touches, model) for model in MODELS})

    direct   what the order itself says
    first    100 % to the first touch          last    100 % to the last
    linear   1/n each                          u       40 / 20 shared / 40
    decay    2^(−Δt ÷ h), h = 30 days before the sale

What the data allow, and no more: a touch is a lead or a deal of the same
customer created in the 180 days before the sale, and the order's own channel or
campaign on the day of the sale. Nobody who looked and left no name is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import nan
from typing import Literal, get_args

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.actuals import actual, returns
from analytics.ratio import safe_ratio
from analytics.review.bridge import exactly
from domain.scope import Scope
from domain.tables import ibis_table

Model = Literal["direct", "first", "last", "linear", "u", "decay"]
By = Literal["channel", "campaign"]
MODELS: tuple[Model, ...] = get_args(Model)

COLUMNS = ("name", "value", "margin", "costed")

_LOOK_BACK_DAYS = 180
_HALF_LIFE_DAYS = 30.0
_ENDS = 0.4

# With less than this part of the money costed, a margin would be a guess.
LEAST_COSTED = 0.9

_Floats = npt.NDArray[np.float64]


def touches(scope: Scope, by: By, start: date, end: date) -> ir.Table:
    """Return one row a sale and touch: sale, day, value, margin, name, touched, direct.

    A sale is an order (or deal, contract, payment) of a customer on a day with
    one own channel or campaign; one without any touch has one row with
    name null. `margin` is null where a cost is not known.
    """
    sold = sales(scope, by, start, end)
    sold = sold.mutate(
        sale=ibis.row_number().over(order_by=[sold.day, sold.id, sold.customer, sold.own])
    )
    own = sold.filter(sold.own.notnull()).select(
        "sale", name="own", touched="day", direct=ibis.literal(True)
    )
    sources = _sources(by)
    earlier = sold.join(
        sources,
        [
            sold.customer == sources.customer,
            sources.touched <= sold.day,
            sources.touched >= sold.day - ibis.interval(days=_LOOK_BACK_DAYS),
        ],
    )
    earlier = earlier.select(sold.sale, sources.name, sources.touched, direct=ibis.literal(False))
    every = own.union(earlier)
    touched_sales = sold.left_join(every, sold.sale == every.sale)
    return touched_sales.select(
        sold.sale, sold.day, sold.value, sold.margin, every.name, every.touched, every.direct
    ).order_by("sale", "touched", "direct", "name")


def sales(scope: Scope, by: By, start: date, end: date) -> ir.Table:
    """Return id, day, customer, own (its channel or campaign), value, margin of what counts.

    Margin = value − cost; the cost is the order line's, else its product's a
    piece × quantity. A line without either leaves the sale's margin null.
    """
    rows = actual.lines(scope)
    rows = rows.filter(rows.left_out.isnull(), rows.date.between(start, end))
    rows = _with_cost(rows) if scope.source == "orders" else _without_cost(rows, scope)
    own = rows.channel if by == "channel" else rows.campaign
    grouped = rows.group_by(rows.id, rows.customer, day=rows.date, own=own)
    unknown = rows.cost.isnull().any()
    return grouped.aggregate(
        value=rows.value.sum(),
        margin=ibis.ifelse(
            unknown, ibis.null("float64"), (rows.value.cast("float64") - rows.cost).sum()
        ),
    )


def attributed(touches: pd.DataFrame, model: Model) -> pd.DataFrame:
    """Return name, value, margin, costed.

    Every sale shared among its touches, by channel or campaign.

    `value` is Decimal and sums to the sales exactly. `costed` is the part of
    the value whose cost is known; the margin of that part stands for the whole
    from nine tenths on, below it `margin` is NaN. Sales without a touch that
    the model may use are the row None.
    """
    if model not in MODELS:
        raise ValueError(f"no attribution model {model!r}")
    weights = _weights(touches, model)
    used = touches.assign(weight=weights)[weights > 0]
    lost = ~touches["sale"].isin(used["sale"])
    bare = touches[lost].drop_duplicates("sale").assign(weight=1.0, name=None)
    used = pd.concat([used, bare]) if len(bare) else used
    money = touches.drop_duplicates("sale")["value"]
    total = sum((Decimal(str(value)) for value in money), Decimal(0))
    names = used["name"].where(used["name"].notna(), "").astype(str)
    shares = {str(name): _shared(part) for name, part in used.groupby(names)}
    values = exactly({name: Fraction(share[0]) for name, share in shares.items()}, total)
    rows = [(name or None, values[name], *shares[name][1:]) for name in values]
    # As objects: a column of text would turn the name None into NaN.
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.astype({"margin": float, "costed": float})


def _shared(part: pd.DataFrame) -> tuple[float, float, float]:
    """The value, the margin and the costed share of one name's parts of sales."""
    value = part["value"].astype(float) * part["weight"]
    margin = part["margin"].astype(float) * part["weight"]
    known = margin.notna()
    if known.all():
        return float(value.sum()), float(margin.sum()), 1.0
    costed = min(max(safe_ratio(value[known].sum(), value.sum()) or 0.0, 0.0), 1.0)
    whole_margin = float(margin.sum()) / costed if costed >= LEAST_COSTED else nan
    return float(value.sum()), whole_margin, costed


def model_range(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return name, low, high and a column a model: the credit of each name."""
    credited = {
        model: dict(zip(table["name"], table["value"], strict=True))
        for model, table in tables.items()
    }
    rows = []
    for name in dict.fromkeys(name for credits in credited.values() for name in credits):
        parts = [credits.get(name, Decimal(0)) for credits in credited.values()]
        rows.append((name, min(parts), max(parts), *parts))
    return pd.DataFrame(rows, columns=["name", "low", "high", *credited], dtype=object)


def _with_cost(rows: ir.Table) -> ir.Table:
    orders = ibis_table("orders")
    # One row a line, whatever the file held: a join must never count money twice.
    line = orders.group_by(of_order=orders.order_id, of_line=orders.line_no).aggregate(
        campaign=orders.campaign.max(),
        line_amount=orders.amount.sum().cast("float64"),
        line_cost=returns.taken_back(orders.cost, orders.amount).sum().cast("float64"),
    )
    prices = ibis_table("products")
    prices = prices.filter(prices["product"].notnull())
    prices = prices.group_by(priced=prices["product"]).aggregate(piece=prices.cost.max())
    priced = rows.left_join(
        line, [rows.id == line.of_order, rows.line.identical_to(line.of_line)]
    ).left_join(prices, rows["product"] == prices.priced)
    share = (priced.value.cast("float64") / priced.line_amount.nullif(0)).fill_null(1.0)
    by_piece = priced.piece.cast("float64") * priced.quantity.cast("float64")
    return priced.mutate(cost=ibis.coalesce(priced.line_cost * share, by_piece))


def _without_cost(rows: ir.Table, scope: Scope) -> ir.Table:
    rows = rows.mutate(cost=ibis.null("float64"))
    if scope.source != "deals":
        return rows.mutate(campaign=ibis.null("string"))
    deals = ibis_table("deals")
    said = deals.group_by(of_deal=deals.deal_id).aggregate(
        campaign=deals.campaign.max(), source=deals.source.max()
    )
    joined = rows.left_join(said, rows.id == said.of_deal)
    # A deal whose file has no channel came through its source: the lead source of many CRMs.
    return joined.mutate(channel=ibis.coalesce(joined.channel, joined.source))


def _sources(by: By) -> ir.Table:
    """customer, name, touched: leads, and the deals that did not come from one of them."""
    leads, deals = ibis_table("leads"), ibis_table("deals")
    lead_name = leads.source if by == "channel" else leads.campaign
    deal_name = ibis.coalesce(deals.channel, deals.source) if by == "channel" else deals.campaign
    named = leads.filter(lead_name.notnull())
    born = named.filter(named.deal_id.notnull()).select(born="deal_id").distinct()
    alone = deals.anti_join(born, deals.deal_id == born.born)
    both = named.select("customer", name=lead_name, touched=leads.created_date).union(
        alone.select("customer", name=deal_name, touched=deals.created_date)
    )
    return both.filter(both.customer.notnull(), both.name.notnull(), both.touched.notnull())


def _weights(touches: pd.DataFrame, model: Model) -> _Floats:
    """The part of its sale that each touch has; a sale's parts sum to 1, or to 0 without any."""
    named = touches["name"].notna().to_numpy(dtype=float)
    if model == "direct":
        raw = named * touches["direct"].fillna(False).astype(float).to_numpy()
    else:
        sale, place = touches["sale"], pd.Series(named, index=touches.index)
        nth = place.groupby(sale).cumsum().to_numpy()
        count = place.groupby(sale).transform("sum").to_numpy()
        raw = named * _raw(model, nth, count, _age(touches))
    whole = pd.Series(raw, index=touches.index).groupby(touches["sale"]).transform("sum")
    parts: _Floats = np.divide(raw, whole.to_numpy(), out=np.zeros_like(raw), where=raw > 0)
    return parts


def _raw(model: Model, nth: _Floats, count: _Floats, age: _Floats) -> _Floats:
    is_first, is_last = nth == 1, nth == count
    if model == "first":
        raw = is_first * 1.0
    elif model == "last":
        raw = is_last * 1.0
    elif model == "decay":
        raw = np.exp2(-age / _HALF_LIFE_DAYS)
    elif model == "u":
        between = (1 - 2 * _ENDS) / np.maximum(count - 2, 1)
        raw = np.where(is_first | is_last, _ENDS, between)
    else:
        raw = np.ones_like(age)
    return np.asarray(raw, dtype=np.float64)


def _age(touches: pd.DataFrame) -> _Floats:
    days = pd.to_datetime(touches["day"]) - pd.to_datetime(touches["touched"])
    return np.asarray(days.dt.days.fillna(0), dtype=np.float64)
