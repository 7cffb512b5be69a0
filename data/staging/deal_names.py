"""Tell deals of one name apart where a list has no numbers for them.

    >>> sheet, mapping = with_own_names(sheet, "deals", mapping)         # doctest: +SKIP
    >>> sheet.header[mapping["deal_id"]]                                 # doctest: +SKIP
    'Opportunity Name · Account Name'

A deal without a number goes by its name. "Renewal" of two customers is two deals; what does not
change while a deal is worked on tells them apart: its customer, the day it was created, its
product, its source.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note, Sheet
from data.values.columns import plain, trimmed

_LASTING = ("customer", "created_date", "product", "source", "campaign")
_BETWEEN = " · "


def with_own_names(
    sheet: Sheet, into: str, mapping: Mapping[str, int]
) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet and its mapping with a number for deals whose name repeats.

    A name that stands once stays the number of its deal, as in other files.
    """
    own = dict(mapping)
    if into != "deals" or "deal_id" in own or "deal_name" not in own:
        return sheet, own
    parts = ["deal_name"]
    days = ["as_of"] if "as_of" in own else []
    cells = {
        name: plain(trimmed(sheet.rows[str(own[name])]))
        for name in (*parts, *days, *_LASTING)
        if name in own
    }
    different = _different(cells, [*parts, *days])
    if different == len(cells["deal_name"]):
        return sheet, own
    for name in _LASTING:
        if name in cells and (more := _different(cells, [*parts, *days, name])) > different:
            parts, different = [*parts, name], more
    if len(parts) == 1:
        return sheet, own
    header = _BETWEEN.join(sheet.header[own[name]] for name in parts)
    joined = pc.binary_join_element_wise(
        *(cells[name] for name in parts), _BETWEEN, null_handling="skip"
    )
    repeated = _repeated(cells, ["deal_name", *days])
    numbers = pc.if_else(repeated, joined, pa.scalar(None, pa.string()))
    own["deal_id"] = len(sheet.header)
    other = ", ".join(sheet.header[own[name]] for name in parts[1:])
    note = Note.of("names_apart", header=sheet.header[own["deal_name"]], other=other)
    return sheet.with_computed(header, numbers, note), own


def _different(cells: Mapping[str, pa.Array], names: list[str]) -> int:
    return len(pa.table({name: cells[name] for name in names}).group_by(names).aggregate([]))


def _repeated(cells: Mapping[str, pa.Array], names: list[str]) -> pa.Array:
    """Return which rows share what stands in these columns with another row."""
    keys = pc.binary_join_element_wise(
        *(cells[name] for name in names), "\x1f", null_handling="replace", null_replacement=""
    )
    counted = pc.value_counts(keys)
    often = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    return pc.and_(pc.is_in(keys, value_set=often), pc.is_valid(cells[names[0]]))
