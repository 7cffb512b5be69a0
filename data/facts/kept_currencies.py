"""Find rows whose amount an import changed while their currency is that of an older one.

    >>> with_older_currency(cursor, import_id, "targets", "CNY")         # doctest: +SKIP
    {'USD': 1}

A column that a file lacks keeps what was there. For an amount that is wrong where the older one
was in dollars and the newer one is not, so whoever imports is told. So it is where the older one
comes after it.
"""

from __future__ import annotations

from data.facts.sql import same_key
from data.store.database import Cursor
from domain.tables import table


def with_older_currency(
    cursor: Cursor, import_id: int, name: str, reporting: str
) -> dict[str, int]:
    """Return currency → rows of an import that have a new amount and a currency it does not say.

    Amounts in the `reporting` currency are the same with and without it.
    """
    into = table(name)
    money = [column for column in ("amount", "target", "budget") if column in into.money]
    if "currency" not in into.names or not money:
        return {}
    said = cursor.execute(
        "SELECT 1 FROM import_columns WHERE import_id = ? AND table_name = ? "
        "AND list_contains(columns, 'currency')",
        [import_id, name],
    ).fetchall()
    if said:
        return {}
    equal = " AND ".join(
        f'here."{column}" IS NOT DISTINCT FROM arrived."{column}"' for column in money
    )
    rows = cursor.execute(
        # Names of our own; values are parameters.
        f'SELECT here.currency, count(*) FROM "{name}" AS here '
        "WHERE here.import_id = $1 AND here.currency IS NOT NULL AND here.currency <> $2 "
        f'AND NOT EXISTS (SELECT 1 FROM "past_{name}" AS arrived '
        "WHERE arrived.import_id <> $1 AND arrived.currency = here.currency "
        f"AND {same_key(into, into.key)} AND {equal}) GROUP BY 1 ORDER BY 1",
        [import_id, reporting],
    ).fetchall()
    return dict(rows)


def with_late_currency(cursor: Cursor, import_id: int, name: str, reporting: str) -> dict[str, int]:
    """Return currency → rows of newer imports without one that an older import has in it.

    Their amounts are others than those that it names the currency of.
    """
    into = table(name)
    money = next((column for column in ("amount", "target") if column in into.money), "")
    if "currency" not in into.names or not money:
        return {}
    rows = cursor.execute(
        # Names of our own; values are parameters.
        f'SELECT here.currency, count(*) FROM "{name}" AS here '
        f'JOIN "past_{name}" AS arrived ON {same_key(into, into.key)} '
        "JOIN import_columns AS told ON told.import_id = here.import_id "
        f"  AND told.table_name = '{name}' AND NOT list_contains(told.columns, 'currency') "
        "WHERE arrived.import_id = $1 AND here.import_id <> $1 AND here.currency <> $2 "
        f'AND arrived.currency = here.currency AND arrived."{money}" <> here."{money}" '
        "GROUP BY 1 ORDER BY 1",
        [import_id, reporting],
    ).fetchall()
    return dict(rows)
