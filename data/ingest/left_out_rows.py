"""List the rows of files that never came into a table, with their money.

>>> unread(store, "orders")                                      # doctest: +SKIP
[Unread(why='missing_date', rows=2, money={'': Decimal('240')})]
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from data.cleaning.currency_signs import main_money
from data.store.database import Store

# Reasons of rows of which a newer one stands.
_REPLACED = frozenset(
    ("gave_way", "known_newer", "same_key_again", "other_row_holds", "counts_elsewhere")
)


class Unread(NamedTuple):
    """Rows of files that never came into a table: why, how many, and their money by currency.

    The currency is "" where none is named, and `reconcile.SEVERAL` for more than can be told.
    """

    why: str
    rows: int
    money: Mapping[str, Decimal]


def unread(store: Store, name: str) -> list[Unread]:
    """Return the rows of files that never came into table `name`, by reason.

    Of the imports that still have rows there. A row that a later one of its file or of its
    upload replaced is not missing.
    """
    imports_into = store.rows(
        "SELECT import_id, left_out, money FROM imports "
        "WHERE status = 'active' AND table_name = ? ORDER BY import_id",
        [name],
    )
    standing = {
        import_id
        for (import_id,) in store.rows(
            f'SELECT DISTINCT import_id FROM "{name}"'  # noqa: S608 - a name of our own
        )
    }
    rows: dict[str, int] = {}
    money: dict[str, dict[str, Decimal]] = {}
    for import_id, left_out, sums in imports_into:
        if import_id not in standing:
            continue
        for why, count in json.loads(left_out).items():
            if why not in _REPLACED:
                rows[why] = rows.get(why, 0) + count
                of_reason = money.setdefault(why, {})
                for code, amount in _left_out_for(json.loads(sums), why).items():
                    of_reason[code] = of_reason.get(code, Decimal(0)) + amount
    return [Unread(why, rows[why], money[why]) for why in sorted(rows)]


def _left_out_for(sums: Mapping[str, Any], why: str) -> dict[str, Decimal]:
    """Return the main money left out of an import for a reason, by currency."""
    by_currency = sums.get("currencies") or {"": sums}
    found = {}
    for code, of_currency in by_currency.items():
        by_column = of_currency["left_out"]
        amount = Decimal(by_column.get(main_money([*by_column]) or "", {}).get(why, "0"))
        if amount:
            found[code] = amount
    return found
