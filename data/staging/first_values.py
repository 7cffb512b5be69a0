"""Show the first values of each column, as written and as read.

>>> first_values(draft, settlement)[1]                               # doctest: +SKIP
[('1,000', Decimal('1000')), ('?', None)]
"""

from __future__ import annotations

from data.cleaning.reading import Reading, Settled
from data.staging import readings
from data.staging.draft import Draft
from data.values.columns import distinct, plain, trimmed

_HEAD = 200


def first_values(
    draft: Draft, settlement: Settled, most: int = 3
) -> dict[int, list[tuple[str, object]]]:
    """Return distinct values of each column by position, as written and as read.

    A value that cannot be read is None; in an unmatched column it is its text.
    """
    assert draft.sheet
    names = {at: name for name, at in draft.mapping.items() if draft.table}
    values_by_position: dict[int, list[tuple[str, object]]] = {}
    for at in range(len(draft.sheet.header)):
        values = texts = distinct(trimmed(draft.sheet.rows[str(at)].slice(0, _HEAD))).slice(0, most)
        if name := names.get(at):
            how = settlement.readings.get(name, Reading())
            values = readings.read(draft, name, how, plain(texts)).values
        values_by_position[at] = list(zip(texts.to_pylist(), values.to_pylist(), strict=True))
    return values_by_position
