"""Say where the total in a file is not the sum of the rows that were read.

    >>> with_note(cleaned, task, read).problems                          # doctest: +SKIP
    (Problem(row=0, ..., value='350 · 300 · 50', why='total_differs', outcome='noted', sheet=''),)

The total may leave out cancelled rows or those of groups, or take returns off: where it is such a
sum, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.reconcile import Cleaned, Problem
from data.cleaning.task import CleanTask
from data.values.columns import Typed

_MONEY = ("amount", "target")
_GROUPS = ("status", "scope_kind")
_NEAR = Decimal("0.011")
# Units of which a header or the user says that the amounts are in them.
_UNITS = [Decimal(10) ** power for power in range(-2, 10)]


def with_note(cleaned: Cleaned, task: CleanTask, read: Mapping[str, Typed]) -> Cleaned:
    """Return the account with a note on a total that contradicts its rows.

    `read` are the columns as they were read, before anything was done to their signs.
    """
    notes = [note for name in _MONEY if name in read and (note := _note(cleaned, task, read, name))]
    return replace(
        cleaned,
        problems=(*notes, *cleaned.problems),
        problem_count=cleaned.problem_count + len(notes),
    )


def _note(
    cleaned: Cleaned, task: CleanTask, read: Mapping[str, Typed], name: str
) -> Problem | None:
    header = task.header[task.mapping[name]]
    stated = task.stated.get(header)
    if stated is None or stated[0] == stated[1] or _several(read.get("currency")):
        return None
    values = read[name].values
    whole = pc.sum(values).as_py() or Decimal(0)
    unit = next((unit for unit in _UNITS if _near(stated[1] * unit, whole, unit)), None)
    if unit is None:
        return None  # rows have come or gone since the table was cut out of its sheet
    said = stated[0] * unit
    if any(_near(said, other, unit) for other in _sums(cleaned, values, whole, name)):
        return None
    figures = " · ".join(map(_figure, (said, whole, said - whole)))
    return Problem(0, name, header, figures, "total_differs", "noted")


def _several(currencies: Typed | None) -> bool:
    """Return whether amounts are in several currencies, of which there is no sum."""
    return currencies is not None and len(pc.unique(currencies.values.drop_null())) > 1


def _sums(cleaned: Cleaned, values: pa.Array, whole: Decimal, name: str) -> Iterator[Decimal]:
    """Yield the sums that a total may be of, beside that of all rows."""
    kept = cleaned.rows
    yield from (cleaned.money_in.get(name, whole), _sum(kept[name]))
    above = _sum(values.filter(pc.greater(values, 0)))
    yield from (above, above - (whole - above))
    for group in _GROUPS:
        if group not in kept.column_names:
            continue
        words = kept[group].cast(pa.string())
        for word in pc.unique(words).to_pylist():
            of_word = pc.is_null(words) if word is None else pc.equal(words, word)
            part = _sum(kept[name].filter(pc.fill_null(of_word, False)))
            yield from (part, whole - part, _sum(kept[name]) - part)


def _sum(values: pa.Array | pa.ChunkedArray) -> Decimal:
    return pc.sum(values).as_py() or Decimal(0)


def _near(one: Decimal, other: Decimal, unit: Decimal) -> bool:
    return abs(one - other) <= _NEAR * max(unit, Decimal(1))


def _figure(number: Decimal) -> str:
    return f"{number:,.2f}".removesuffix(".00")
