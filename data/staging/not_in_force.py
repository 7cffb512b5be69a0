"""Tell which rows of a draft do not count by the words that every system knows.

>>> rows_of(draft).to_pylist()                                       # doctest: +SKIP
[False, True]
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.matching import systems
from data.staging.draft import Draft
from data.values.columns import distinct, plain, trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank

_OUT = ("cancelled", "returned")


def rows_of(draft: Draft) -> pa.Array:
    """Return which rows a status or a mark takes out: cancelled, not approved, deleted."""
    assert draft.sheet and draft.table
    out = pa.array([False] * draft.sheet.rows.num_rows, pa.bool_())
    rules = systems.counted(draft.table, draft.system)
    words = systems.words(draft.table, draft.system).get("status", {})
    status = draft.mapping.get("status")
    for at, header in enumerate(draft.sheet.written):
        mapped = at in draft.mapping.values()
        applied = [rule for rule in rules if rule.applies(header, mapped)]
        if not applied and at != status:
            continue
        cells = cells_of(draft, at)
        void = [
            text
            for text in texts_in(cells)
            if any(rule.reason(text) for rule in applied)
            or (at == status and words.get(normalise(text)) in _OUT)
        ]
        out = pc.or_(out, are(cells, void))
    return out


def cells_of(draft: Draft, at: int) -> pa.Array:
    """Return the cells of the column at a position, as text."""
    assert draft.sheet
    return plain(trimmed(draft.sheet.rows[str(at)])).cast(pa.string())


def texts_in(cells: pa.Array) -> list[str]:
    """Return the different texts in a column that say something."""
    return [text for text in distinct(cells).to_pylist() if text and not is_blank(text)]


def are(cells: pa.Array, texts: list[str]) -> pa.Array:
    """Return which cells are one of `texts`."""
    return pc.is_in(cells, value_set=pa.array(texts, pa.string()))
