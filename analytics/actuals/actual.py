"""Define "the actual": which rows count, for how much, and why not.

    >>> scope = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 18), source="orders")
    >>> total(scope, scope.month, scope.until).columns
    ('value', 'gross', 'rows', 'customers', 'quantity')

Every function returns an ibis expression over the canonical tables. `value` is
what counts (net of returns), `gross` the same before returns, both
decimal(18, 4) in the scope's currency. A row that does not count keeps its
`amount` and says why in `left_out`:

    cancelled       an order or contract that was cancelled
    not_won         a deal that is open or lost
    no_date         no order, closing, signing or payment date: in no period
    other_currency  another currency than the scope's; never summed with it
    no_amount       counted nowhere, so that a blank is not taken for a zero
    returned        in gross, not in value

A line with a negative amount is the reversal of an earlier line, whatever its
status: it lowers the value and leaves the gross figure alone, and is not left out.
So is an amount in the list of returns (`analytics.actuals.returns`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import ibis
import ibis.expr.types as ir

from analytics.actuals import returns
from analytics.actuals.collected import collections
from analytics.actuals.credit import shared
from analytics.actuals.dimensions import (
    BY_REP,
    kept,
    key_of,
    names_of,
    wanted_by,
    with_dimensions,
)
from domain.scope import DIMENSIONS, Scope, Source
from domain.tables import DECIMAL, ibis_table

_ZERO = ibis.literal(0, type=DECIMAL)


def lines(scope: Scope) -> ir.Table:
    """Return every row of the scope's source that passes its filters (not its month).

    Columns: date, value, gross, amount, quantity, currency, id, line, left_out
    and every dimension. A shared order line is one row for each rep who shares
    it, with the rep's part of the money; the parts add up to the line exactly.
    """
    return _lines(scope, frozenset(DIMENSIONS))


def total(scope: Scope, start: date, end: date) -> ir.Table:
    """Return one row: value, gross, rows, customers, quantity from `start` to `end`, both in."""
    counted = _counted(scope, start, end)
    return counted.aggregate(**_figures(counted))


def by_day(scope: Scope, start: date, end: date) -> ir.Table:
    """Return date, value, gross, rows; a day without rows is not there."""
    counted = _counted(scope, start, end)
    figures = {name: _figures(counted)[name] for name in ("value", "gross", "rows")}
    return counted.group_by("date").aggregate(**figures).order_by("date")


def by_day_of(scope: Scope, dimension: str, start: date, end: date) -> ir.Table:
    """Return `dimension`, date, value, gross, rows: `by_day` of every value at once.

    Blank is null.
    """
    counted = _counted(scope, start, end, dimension)
    figures = {name: _figures(counted)[name] for name in ("value", "gross", "rows")}
    return counted.group_by(dimension, "date").aggregate(**figures).order_by("date", dimension)


def by_both(scope: Scope, first: str, second: str, start: date, end: date) -> ir.Table:
    """Return both dimensions, value, gross: `by` the second for every value of the first."""
    counted = _counted(scope, start, end, first, second)
    figures = {name: _figures(counted)[name] for name in ("value", "gross")}
    return counted.group_by(first, second).aggregate(**figures).order_by(first, second)


def by(scope: Scope, dimension: str, start: date, end: date) -> ir.Table:
    """Return `dimension`, value, gross, rows, customers, quantity; blank stays null.

    A line that two reps share is a row of each when cut by rep, team, manager
    or region; its value is in the sum once. Raises ValueError for a name that
    is not in `domain.scope.DIMENSIONS`.
    """
    counted = _counted(scope, start, end, dimension)
    return (
        counted.group_by(dimension)
        .aggregate(**_figures(counted))
        .order_by(ibis.desc("value"), dimension)
    )


def left_out(scope: Scope, start: date, end: date) -> ir.Table:
    """Return why, currency, rows, amount of the rows of the period that do not count.

    Rows without a date belong to no period and are listed in every one. Amounts
    of different currencies are on rows of their own.
    """
    excluded = _lines(scope, wanted_by(scope))
    excluded = excluded.filter(
        excluded.left_out.notnull(), excluded.date.between(start, end) | excluded.date.isnull()
    )
    sums = excluded.group_by(why="left_out", currency="currency").aggregate(
        rows=excluded.count(), amount=_sum(excluded.amount)
    )
    return sums.order_by("why", "currency")


def foreign(scope: Scope, start: date, end: date) -> ir.Table:
    """Return the rows of the period left out as "other_currency"."""
    return _of_period(scope, start, end).filter(lambda row: row.currency != scope.currency)


def rows(scope: Scope, start: date, end: date) -> ir.Table:
    """Return the rows themselves, counted and left out, to download; those without a date last."""
    period_rows = lines(scope)
    period_rows = period_rows.filter(
        period_rows.date.between(start, end) | period_rows.date.isnull()
    )
    return period_rows.order_by(period_rows.date.asc(nulls_first=False), "id", "line", "rep")


def values(source: Source, dimension: str) -> ir.Table:
    """Return every value of a dimension among the source's rows; blank is null.

    The rows' own words, and what the lookups say where a row leaves it blank.
    Reduced to distinct words first: joining every row to learn a few dozen names
    took two thirds of the week page's time.
    """
    rows = collections(by_rep=False) if source == "payments" else ibis_table(source)
    own = dimension in rows.columns
    shared_out = source == "orders" and dimension in BY_REP
    credited = ibis_table("credits").filter(
        lambda credit: credit.rep.notnull(), lambda credit: credit.share > 0
    )
    key = key_of(dimension)
    if key is None or key not in rows.columns:
        words = rows if own else with_dimensions(rows.limit(0), {dimension})
        words = words.select(dimension).distinct()
        return words.union(credited.select("rep"), distinct=True) if shared_out else words
    blank = rows.filter(rows[dimension].isnull()) if own else rows
    keys = blank.select(key).distinct()
    if shared_out:
        keys = keys.union(credited.select("rep"), distinct=True)
    looked_up = names_of(keys, dimension)
    if own:
        looked_up = looked_up.union(rows.filter(rows[dimension].notnull()).select(dimension))
    return looked_up.distinct()


def _lines(scope: Scope, wanted: frozenset[str]) -> ir.Table:
    shaped = kept(with_dimensions(_shaped(scope, wanted), wanted), scope)
    shaped = shaped.mutate(currency=shaped.currency.fill_null(scope.currency))
    shaped = shaped.mutate(left_out=_why(shaped, scope))
    counts = shaped.left_out.isnull()
    sold = (counts & ~shaped.reversal) | _only_returned(shaped)
    shaped = shaped.mutate(
        value=ibis.ifelse(counts, shaped.amount, _ZERO),
        gross=ibis.ifelse(sold, shaped.amount, _ZERO),
    )
    return shaped.select(
        "date", "value", "gross", "amount", "quantity", "currency", *DIMENSIONS,
        "id", "line", "left_out",
    )  # fmt: skip


def _why(shaped: ir.Table, scope: Scope) -> ir.StringValue:
    """Why a row does not count; null where it does. The first reason wins."""
    return ibis.cases(
        (shaped.refused.notnull(), shaped.refused),
        (shaped.date.isnull(), "no_date"),
        (shaped.currency != scope.currency, "other_currency"),
        (shaped.amount.isnull(), "no_amount"),
        (shaped.returned & ~shaped.reversal, "returned"),
        else_=ibis.null("string"),
    )


def _counted(scope: Scope, start: date, end: date, *dimensions: str) -> ir.Table:
    """The rows of a period that count or came back (`back`).

    The same rules as `_why`, as filters: a text a row, made to be compared and
    thrown away, took half the time.
    """
    period_rows = _of_period(scope, start, end, *dimensions)
    period_rows = period_rows.filter(
        period_rows.currency.fill_null(scope.currency) == scope.currency,
        period_rows.amount.notnull(),
    )
    return period_rows.mutate(back=period_rows.returned & ~period_rows.reversal)


def _of_period(scope: Scope, start: date, end: date, *dimensions: str) -> ir.Table:
    """The rows of a period that nothing but their currency and amount keeps from counting."""
    wanted = wanted_by(scope, *dimensions)
    period_rows = kept(with_dimensions(_shaped(scope, wanted), wanted), scope)
    return period_rows.filter(period_rows.refused.isnull(), period_rows.date.between(start, end))


def _shaped(scope: Scope, wanted: frozenset[str]) -> ir.Table:
    """The rows of the scope's source; those of a shared order by who shares it, if that matters."""
    by_rep = bool(wanted & BY_REP)
    if scope.source == "payments":
        return collections(by_rep)
    shaped = _SHAPES[scope.source]()
    return shared(shaped) if scope.source == "orders" and by_rep else shaped


def _figures(counted: ir.Table) -> dict[str, ir.Value]:
    return {
        "value": _sum(ibis.ifelse(counted.back, _ZERO, counted.amount)),
        "gross": _sum(ibis.ifelse(counted.reversal, _ZERO, counted.amount)),
        "rows": counted.count(where=~counted.back),
        "customers": counted.customer.nunique(where=~counted.back),
        "quantity": _sum(ibis.ifelse(counted.back, _ZERO, counted.quantity)),
    }


def _only_returned(counted: ir.Table) -> ir.BooleanValue:
    """Rows that were sold and came back: in gross, not in value."""
    return (counted.left_out == "returned").fill_null(False)


def _sum(column: ir.NumericColumn) -> ir.NumericScalar:
    """The sum; 0, not null, where there is nothing to add."""
    return column.sum().fill_null(0)


def _orders() -> ir.Table:
    orders, listed = ibis_table("orders"), returns.by_order()
    joined = orders.left_join(listed, orders.order_id == listed.returned_order)
    back = returns.came_back(joined)
    lines_sold = joined.select(
        *_KEPT_OF_ORDERS,
        quantity=returns.taken_back(joined.quantity, joined.amount),
        date=joined.order_date,
        id=joined.order_id,
        line=joined.line_no,
        refused=ibis.ifelse(joined.status == "cancelled", "cancelled", ibis.null("string")),
        returned=back | returns.marked_back(joined),
        # An order in the list of returns has its lines as they were sold.
        reversal=(~back & (joined.amount < 0)).fill_null(False),
    )
    return lines_sold.union(returns.amounts_back(orders).select(*lines_sold.columns))


def _deals() -> ir.Table:
    deals = ibis_table("deals")
    refused = ibis.ifelse(deals.status == "won", ibis.null("string"), "not_won")
    return _plain(deals, "deal_id", "closed_date", refused, "product", "region", "channel")


def _contracts() -> ir.Table:
    contracts = ibis_table("contracts")
    refused = ibis.ifelse(contracts.status == "cancelled", "cancelled", ibis.null("string"))
    return _plain(contracts, "contract_id", "signed_date", refused, "product")


def _plain(
    table: ir.Table, key: str, day: str, refused: ir.StringValue, *dimensions: str
) -> ir.Table:
    """A source without lines, quantities and returns, in the shape of the others."""
    return table.select(
        *_KEPT,
        *dimensions,
        id=table[key],
        line=ibis.null("string"),
        date=table[day],
        quantity=ibis.null(DECIMAL),
        refused=refused,
        returned=ibis.literal(False),
        reversal=(table.amount < 0).fill_null(False),
    )


_KEPT = ("amount", "currency", "customer", "rep")
_KEPT_OF_ORDERS = (
    *_KEPT, "customer_class", "product", "category", "region", "channel",
)  # fmt: skip

_SHAPES: dict[Source, Callable[[], ir.Table]] = {
    "orders": _orders,
    "deals": _deals,
    "contracts": _contracts,
}
