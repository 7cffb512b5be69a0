"""Find the numbers of an import that orders of different customers and days share.

    >>> shared(cursor, import_id)                                # doctest: +SKIP
    ['R3']

Their rows count as lines of one order: the amounts are right, the number of orders is not. Where a
column names the shop, the company or the year, `data.staging.shop_numbers` has told them apart.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations

from data.store.database import Cursor
from data.values.same_words import same_word

# Numbers looked at, and customers of each; a file in which more are shared is told with these.
_MOST, _MOST_NAMES = 1000, 50


def shared(cursor: Cursor, import_id: int) -> list[str]:
    """Return the numbers of an import of orders that stand for several of them."""
    found = cursor.execute(
        "SELECT order_id, list(DISTINCT (customer, order_date)) FROM fact_orders "
        "WHERE import_id = ? AND customer IS NOT NULL AND order_date IS NOT NULL "
        "AND NOT starts_with(order_id, 'row:') GROUP BY order_id "
        "HAVING count(DISTINCT customer) > 1 AND count(DISTINCT order_date) > 1 "
        "ORDER BY order_id LIMIT ?",
        [import_id, _MOST],
    ).fetchall()
    return [number for number, records in found if are_several(records)]


def are_several(records: list[tuple[str, date]]) -> bool:
    """Return whether two of the customers have no name and no day in common.

    >>> are_several([("Alder", date(2026, 3, 1)), ("Birch", date(2026, 3, 4))])
    True
    >>> are_several([("Alder", date(2026, 3, 1)), ("ALDER", date(2026, 3, 4))])
    False
    """
    days: dict[str, set[date]] = {}
    for customer, day in records:
        days.setdefault(customer, set()).add(day)
    return any(
        not same_word(one, other) and not days[one] & days[other]
        for one, other in combinations(list(days)[:_MOST_NAMES], 2)
    )
