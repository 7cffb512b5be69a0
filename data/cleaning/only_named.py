"""Find rows that have nothing but a name: a deal, a lead or an activity needs more.

A line below a report, such as its title, stands in the column of the name; it would be an open
deal without a stage, an amount or a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Texts, as_coded
from data.values.numbers import is_blank
from domain.tables import Table

_NAMES = {
    "deals": ("deal_id", "deal_name", "as_of"),
    "leads": ("lead_id",),
    "activities": ("activity_id",),
}
_LEAST = 2


def only_named(table: Table, texts: Mapping[str, Texts]) -> pa.Array | None:
    """Return why rows that have no more than a name are left out; None if no row is."""
    if table.name not in _NAMES:
        return None
    beside = [cells for name, cells in texts.items() if name not in _NAMES[table.name]]
    if len(beside) < _LEAST:
        return None
    blanks = []
    for cells in beside:
        blanks.append(_blank(cells))
        if not pc.any(blanks[-1]).as_py():
            return None
    bare = reduce(pc.and_, blanks)
    count = pc.sum(bare).as_py() or 0
    # A list of nothing but names has them all, and was meant.
    if not count or count == len(bare):
        return None
    return pc.if_else(bare, pa.scalar("only_a_name", pa.string()), pa.scalar(None, pa.string()))


def _blank(cells: Texts) -> pa.Array:
    coded = as_coded(cells)
    blank = pa.array([is_blank(text) for text in coded.dictionary.to_pylist()], pa.bool_())
    return pc.fill_null(blank.take(coded.indices), True)
