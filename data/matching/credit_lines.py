"""Tell that an order has a line for each rep and what share of it each has: 60 % and 40 %.

    >>> by_rep(evidence, 5)                                          # doctest: +SKIP
    (Formula(kind='credited', parts=(5, 4)),)

A line has the whole order's amount then, or the rep's part of it already.
"""

from __future__ import annotations

from decimal import Decimal

from data.matching.amount_evidence import Evidence
from data.matching.computed_columns import Formula
from data.matching.sample_numbers import HEAD
from data.matching.second_reps import is_second, share, share_of

_NEARLY = Decimal("0.005")
_ZERO = Decimal(0)


def by_rep(evidence: Evidence, amount: int) -> tuple[int, tuple[int | Formula, ...]] | None:
    """Return the position of the reps' shares, and what the amounts of lines may be.

    None where no order has lines of several reps whose shares are the whole of it. One way is
    known; of two, the user is asked.
    """
    at = _shares_at(evidence)
    rep = evidence.match.mapping.get("rep")
    if at is None or rep is None:
        return None
    head = evidence.sheet.rows.slice(0, HEAD)
    reps = head.column(str(rep)).to_pylist()
    parts = [share(text) or _ZERO for text in head.column(str(at)).to_pylist()]
    shared = [
        rows
        for rows in evidence.numbers.with_lines
        if len({reps[row] for row in rows}) == len(rows)
    ]
    whole = [abs(sum((parts[row] for row in rows), -Decimal(1))) < _NEARLY for rows in shared]
    if not shared or not all(whole):
        return None
    credited = Formula("credited", (amount, at))
    amounts = evidence.numbers.columns[amount]
    uneven = [rows for rows in shared if len({parts[row] for row in rows}) > 1]
    if uneven and all(len({amounts[row] for row in rows}) == 1 for rows in uneven):
        return at, (credited,)
    if uneven and all(_in_parts(rows, amounts, parts) for rows in uneven):
        return at, (amount,)
    return at, (credited, amount)


def _shares_at(evidence: Evidence) -> int | None:
    """Return the position of the only column with the shares of reps; None beside a second rep."""
    header = evidence.sheet.header
    if any(map(is_second, header)):
        return None
    found = [at for at, text in enumerate(header) if share_of(text) in ("either", "first")]
    return found[0] if len(found) == 1 else None


def _in_parts(
    rows: tuple[int, ...], amounts: tuple[Decimal | None, ...], parts: list[Decimal]
) -> bool:
    """Return whether amounts stand to each other as the shares do."""
    total = sum((amounts[row] or _ZERO for row in rows), _ZERO)
    return bool(total) and all(
        abs((amounts[row] or _ZERO) / total - parts[row]) < _NEARLY for row in rows
    )
