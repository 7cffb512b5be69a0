"""Tell how much of an import counts on the pages: what is in the dashboard less the void rows.

>>> rows(_, result)                                             # doctest: +SKIP
{'Of which cancelled or not in force': '12', 'Counted in figures': '310'}
"""

from __future__ import annotations

from decimal import Decimal

from data.cleaning.reconcile import SEVERAL
from data.staging.draft import Result
from domain.tables import N_
from pages.kit.i18n.numbers import exact, number
from pages.kit.i18n.words import Words

_OF_WHICH = {
    "cancelled": N_("Of which cancelled or not in force"),
    "returned": N_("Of which returned"),
}


def rows(_: Words, result: Result) -> dict[str, str]:
    """Return the rows that count and those that do not, by status; nothing where all count."""
    apart = {status: void.rows for status, void in result.uncounted.items()}
    if not apart:
        return {}
    counts = {_(_OF_WHICH[status]): number(_, count) for status, count in apart.items()}
    counts[_("Counted in figures")] = number(_, result.rows_kept - sum(apart.values()))
    return counts


def money(
    _: Words, result: Result, column: str, code: str, reporting: str, kept: Decimal
) -> dict[str, str]:
    """Return the same of one column's money in one currency; `kept` is what was imported of it."""
    apart = {
        status: sum(
            (
                columns.get(column, Decimal(0))
                for named, columns in void.money.items()
                if SEVERAL in result.currencies or (named or reporting) == code
            ),
            Decimal(0),
        )
        for status, void in result.uncounted.items()
    }
    if not apart:
        return {}
    sums = {_(_OF_WHICH[status]): exact(_, amount, code) for status, amount in apart.items()}
    sums[_("Counted in figures")] = exact(_, kept - sum(apart.values(), Decimal(0)), code)
    return sums
