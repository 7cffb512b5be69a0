"""Split shared orders: which rep gets which part of a line.

    >>> shared(lines)  # a line with two credits of 0.5 becomes two rows of half the amount

Whatever the table `credits` says, the parts of a line add up to the line, to
the last digit, so that the reps add up to the team (an ERP that counted the
whole order for each rep is the trap). Credits below 1 leave the rest with the
line's own rep; credits above 1 are scaled down to 1.
"""

from __future__ import annotations

from decimal import Decimal

import ibis
import ibis.expr.types as ir

from domain.tables import DECIMAL, ibis_table

_SPLIT = ("amount", "quantity")


def shared(lines: ir.Table) -> ir.Table:
    """Return `lines` (id, line, rep, amount, quantity …) with a row for each rep who shares one.

    A credit without a line number holds for every line of the order.
    """
    parts = _parts()
    same_line = parts.of_line.isnull() | (parts.of_line == lines.line)
    joined = lines.left_join(parts, [lines.id == parts.of_id, same_line])
    split = {name: _between(joined, name) for name in _SPLIT}
    split["rep"] = ibis.coalesce(joined.credited, joined.rep)
    return joined.select(*(name for name in lines.columns if name not in split), **split)


def _parts() -> ir.Table:
    """of_id, of_line, credited, low, high: each rep's stretch of the line, from 0 to 1."""
    credits = ibis_table("credits")
    credits = credits.filter(credits.order_id.notnull(), credits.rep.notnull(), credits.share > 0)
    lined = credits.line_no.notnull().any().over(ibis.window(group_by=credits.order_id))
    # An order with credits a line and credits for the whole: the line's word goes.
    credits = credits.mutate(lined=lined).filter(lambda t: t.line_no.notnull() | ~t.lined)
    stretches = credits.group_by("order_id", "line_no", "rep").aggregate(share=credits.share.sum())
    line = [stretches.order_id, stretches.line_no]
    # Sums of decimals: the top of one stretch is the bottom of the next, exactly.
    stretches = stretches.mutate(
        credited_sum=stretches.share.sum().over(ibis.window(group_by=line)),
        high=stretches.share.sum().over(
            ibis.cumulative_window(group_by=line, order_by=stretches.rep)
        ),
    )
    stretches = stretches.mutate(
        low=stretches.high - stretches.share, last=stretches.high == stretches.credited_sum
    )
    scale = ibis.greatest(stretches.credited_sum.cast("float64"), 1.0)
    filled = stretches["last"] & (stretches.credited_sum >= _WHOLE)
    credited = stretches.select(
        of_id=stretches.order_id,
        of_line=stretches.line_no,
        credited=stretches.rep,
        low=stretches.low.cast("float64") / scale,
        high=ibis.ifelse(filled, 1.0, stretches.high.cast("float64") / scale),
    )
    return credited.union(_rest(stretches))


# Shares have four decimals; three thirds of 0.3333 are meant to be the whole.
_WHOLE = ibis.literal(Decimal("0.9995"), type=DECIMAL)


def _rest(line: ir.Table) -> ir.Table:
    """What the credits leave over: it stays with the line's own rep (null here)."""
    left = line.filter(line["last"], line.credited_sum < _WHOLE)
    return left.select(
        of_id=left.order_id,
        of_line=left.line_no,
        credited=ibis.null("string"),
        low=left.credited_sum.cast("float64"),
        high=ibis.literal(1.0),
    )


def _between(joined: ir.Table, name: str) -> ir.Value:
    """The part of the column between low and high.

    A difference of two rounded cumulative amounts: the parts telescope, so no
    rounding is lost or made.
    """
    high, low = joined.high.fill_null(1.0), joined.low.fill_null(0.0)
    return _upto(joined[name], high) - _upto(joined[name], low)


def _upto(column: ir.Value, share: ir.Value) -> ir.Value:
    part = (column.cast("float64") * share).round(4).cast(DECIMAL)
    nothing = ibis.ifelse(column.isnull(), ibis.null(DECIMAL), ibis.literal(0, type=DECIMAL))
    return ibis.cases((share >= 1.0, column), (share <= 0.0, nothing), else_=part)
