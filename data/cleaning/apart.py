"""Tell the numbers of a file from the same numbers of other records: 1001 becomes "1001 · shopb".

>>> numbers = pa.array(["1001", None])
>>> told_apart(numbers, Apart("order_id", "", "name:shopb"), {}, (), None).to_pylist()
['1001 · shopb', None]

Two shops, or two years of one, number their records alike. What is put behind a number is the
same in the next export of the same records: what a column says of the shop, the name of the list,
or the year or month of the record where numbers begin again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import plain, trimmed

# Between a number and what tells it apart.
BETWEEN = " · "
NAME, COLUMN, YEAR, MONTH = "name", "column", "year", "month"
_TO = "–"
_FORMATS = {YEAR: "%Y", MONTH: "%Y-%m"}
Rows: TypeAlias = pa.Table | Mapping[str, pa.Array]


@dataclass(frozen=True)
class Apart:
    """How the numbers in `column` are told apart; `day` is the column of the records' dates.

    `way` is "name:shopb", "column:" and a header, or "year:2025–2025" and "month:2026-01–2026-02"
    with the first and the last period whose numbers stay as they are. `own` has the numbers, told
    apart, of records that stand under another number.
    """

    column: str
    day: str
    way: str
    own: Mapping[str, str] = field(default_factory=dict)


def told_apart(
    numbers: pa.Array, apart: Apart, rows: Rows, header: Sequence[str], days: pa.Array | None
) -> pa.Array:
    """Return a column of numbers told apart; `rows` and `header` are those of the sheet."""
    ends = _ends(apart.way, rows, header, days)
    texts = plain(numbers)
    joined = pc.binary_join_element_wise(texts, ends, BETWEEN)
    told = pc.if_else(pc.is_valid(joined), joined, texts)
    if apart.own:
        own = pa.array(list(apart.own.values()), pa.string())
        places = pc.index_in(told, value_set=pa.array(list(apart.own), pa.string()))
        told = pc.coalesce(own.take(places), told)
    return told.dictionary_encode() if pa.types.is_dictionary(numbers.type) else told


def periods(way: str, days: pa.Array) -> pa.Array:
    """Return the year or the month of each day, as it is written behind a number."""
    return pc.strftime(days, format=_FORMATS[way.partition(":")[0]])


def spanning(kind: str, first: str, last: str) -> str:
    """Return the way that leaves the numbers from the `first` to the `last` period alone."""
    return f"{kind}:{first}{_TO}{last}"


def _ends(
    way: str, rows: Rows, header: Sequence[str], days: pa.Array | None
) -> pa.Array | pa.Scalar:
    """Return what stands behind each number, null where nothing does."""
    kind, _, what = way.partition(":")
    if kind == NAME:
        return pa.scalar(what, pa.string())
    if kind == COLUMN and what in header:
        return plain(trimmed(rows[str(list(header).index(what))]))
    if kind in _FORMATS and days is not None:
        first, _, last = what.partition(_TO)
        texts = periods(way, days)
        inside = pc.and_(pc.greater_equal(texts, first), pc.less_equal(texts, last))
        return pc.if_else(inside, pa.scalar(None, pa.string()), texts)
    return pa.scalar(None, pa.string())
