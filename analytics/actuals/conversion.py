"""Convert money in other currencies at the company's own exchange rates.

    >>> rate_days().columns
    ('base', 'currency', 'first_day', 'last_day', 'rate')
    >>> built = actual.total(scope, scope.month, scope.until)
    >>> in_currency(built, "CNY").columns == built.columns
    True

A measure is written on the canonical tables and knows nothing of rates. Where the
company has some, every table with money in the built measure is replaced by the same
table with its amounts converted: a row whose currency has a rate on its day becomes one
in the reporting currency. A row without a rate stays as it is, is not counted, and is
reported as before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from analytics.actuals.actual import foreign
from analytics.periods.months import month_start
from domain.scope import Scope
from domain.tables import DECIMAL, table

# 1 unit of the currency in the base currency; eight decimals, for a rupiah is 0.00045 yuan.
RATE = "decimal(18, 8)"

_WIDE = "decimal(38, 8)"

# The days whose rate a row takes, the first that it has: a deal that is open is worth
# what it will be on its closing day.
_DAYS: dict[str, tuple[str, ...]] = {
    "orders": ("order_date",),
    "returns": ("return_date",),
    "contracts": ("signed_date",),
    "payments": ("payment_date",),
    "receivables": ("due_date",),
    "deals": ("closed_date", "expected_close_date", "created_date"),
    "stage_history": ("entered_at",),
    "activities": ("activity_date", "planned_date"),
    "spend": ("date", "period"),
}
# Tables that have the rows of another: all that was ever said of a deal.
_ROWS_OF = {"fact_deals": "deals"}


def rate_days() -> ir.Table:
    """Return base, currency, first_day, last_day, rate: the view of the rates by their days.

    The rate of one unit of `currency` in `base` holds from the first day to the last, both in.
    """
    return ibis.table(
        {
            "base": "string", "currency": "string",
            "first_day": "date", "last_day": "date", "rate": RATE,
        },
        name="rate_days",
    )  # fmt: skip


def rates_into(currency: str) -> ir.Table:
    """Return currency, first_day, last_day, rate of one unit in the currency asked for."""
    days = rate_days()
    return days.filter(days.base == currency).drop("base").order_by("currency", "first_day")


def in_currency(built: ir.Table, currency: str) -> ir.Table:
    """Return the built measure with the money of its tables converted into `currency`."""
    replacements: dict[ops.Node, ops.Node] = {
        node: _converted(node.to_expr(), currency).op()
        for node in built.op().find(ops.UnboundTable)
        if _ROWS_OF.get(node.name, node.name) in _DAYS and "currency" in node.schema.names
    }
    replaced = built.op().replace(replacements).to_expr()
    assert isinstance(replaced, ir.Table)
    return replaced


def rates_used(scope: Scope, start: date, end: date) -> ir.Table:
    """Return currency, first_day, rate, rows, amount, converted of the period's converted rows.

    `amount` is in the row's own currency. The rows are those that count but for their currency.
    """
    rows = foreign(scope, start, end)
    days = _joined_rates(scope.currency)
    joined = rows.inner_join(
        days, [rows.currency == days.code, rows.date.between(days.since, days.until)]
    )
    sums = joined.group_by(currency="currency", first_day="since", rate="rate").aggregate(
        rows=joined.count(),
        amount=joined.amount.sum().fill_null(0),
        converted=_times(joined.amount, joined.rate).sum().fill_null(0),
    )
    return sums.order_by("currency", "first_day")


def _converted(rows: ir.Table, currency: str) -> ir.Table:
    """Return the rows of a table in its own columns, converted where there is a rate."""
    name = _ROWS_OF.get(rows.get_name(), rows.get_name())
    days = _joined_rates(currency)
    day = _day(rows, name)
    joined = rows.left_join(days, [rows.currency == days.code, day.between(days.since, days.until)])
    rated = joined.rate.notnull()
    changed: dict[str, Any] = {
        column: ibis.ifelse(rated, _times(joined[column], joined.rate), joined[column])
        for column in table(name).money
        if column in rows.columns
    }
    changed["currency"] = ibis.ifelse(rated, currency, joined.currency)
    return joined.mutate(**changed).select(*rows.columns)


def _joined_rates(currency: str) -> ir.Table:
    """Return the rates under names that no table of facts has."""
    days = rate_days()
    return days.filter(days.base == currency).select(
        code="currency", since="first_day", until="last_day", rate="rate"
    )


def _times(amount: ir.Value, rate: ir.Value) -> ir.DecimalColumn:
    # At their own width the product of two decimals would overflow; one that no column can hold
    # is no amount.
    product = (amount.cast(_WIDE) * rate.cast(_WIDE)).round(4).try_cast(DECIMAL)
    assert isinstance(product, ir.DecimalColumn)
    return product


def _day(rows: ir.Table, name: str) -> ir.Value:
    return ibis.coalesce(*(_READ.get(column, _as_date)(rows[column]) for column in _DAYS[name]))


def _as_date(column: Any) -> ir.Value:
    day: ir.Value = column.cast("date")
    return day


_READ: dict[str, Callable[[Any], ir.Value]] = {"period": month_start}
