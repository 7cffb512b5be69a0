"""Read which currency each row of a draft names: by a column, a sign, a header or the title.

>>> currencies_of(draft, where, today, store)                # doctest: +SKIP
['EUR', 'EUR', None]
"""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from data.cleaning.currency_signs import by_sign
from data.staging import readings
from data.staging.draft import Draft
from data.staging.sheet_context import around
from data.store.database import Store
from data.values import currencies
from data.values.columns import as_coded, trimmed
from domain.tables import table


def currencies_of(draft: Draft, where: pa.Array, today: date, store: Store) -> list[str | None]:
    """Return the currency codes of the rows at `where`; None where nothing says it, or a question
    about it is open.
    """
    assert draft.sheet and draft.table
    by_name = readings.settled(draft, today, store).readings
    rows, header, mapping = draft.sheet.rows, draft.sheet.header, draft.mapping
    if "currency" in mapping:
        named = as_coded(trimmed(rows[str(mapping["currency"])].take(where)))
        codes = currencies.codes(named.dictionary, dict(by_name["currency"].signs))
        return list(codes.take(named.indices).to_pylist())
    into = table(draft.table)
    money = {name: mapping[name] for name in into.money if name in mapping}
    codes = by_sign(
        into,
        {name: trimmed(rows[str(at)].take(where)) for name, at in money.items()},
        {name: header[at] for name, at in money.items()},
        by_name,
        around(store, draft.sheet, draft.table, today),
    )
    return [None] * len(where) if codes is None else list(codes.to_pylist())
