"""Count the rows that two lists have in common, as they will stand.

    >>> mine, theirs = (rows_of(draft, today) for draft in drafts)  # doctest: +SKIP
    >>> shared(mine, theirs), alike(mine, theirs)                               # doctest: +SKIP
    (3, 4)

A row is the same when all its columns are; it is alike when all but its numbers
are, as in a list and its correction. Two equal rows are two.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.summary import NUMBERS
from data.facts.canonical_names import NAMED, accepted
from data.facts.ranges import dates_of
from data.staging import readings
from data.staging.draft import Draft
from data.store.database import Store
from data.values import columns as texts
from domain.tables import table

# Columns that are filled in or read again when a row lands, and those that change later.
_NOT_COMPARED = frozenset({"currency", "line_no", "collected_so_far", "last_collected"})
# One file of a drop is compared with each of the others; small ones are kept meanwhile.
_CACHED, _SMALL = 64, 20_000
_cache: OrderedDict[Hashable, Rows] = OrderedDict()
_cache_lock = Lock()

Columns = dict[str, pa.Array]


@dataclass(frozen=True)
class Rows:
    """The rows of a list: their days, their columns, and which of these are no numbers."""

    days: pa.Array
    columns: Columns
    words: tuple[str, ...]


def rows_of(draft: Draft, today: date) -> Rows:
    """Return the rows of a draft as the import will read them, open questions by first option."""
    assert draft.sheet and draft.table
    key = (
        draft.content,
        draft.sheet_name,
        draft.table,
        tuple(sorted(draft.mapping.items())),
        tuple(sorted(draft.answers.items())),
        tuple(draft.of_file.items()),
        today,
    )
    with _cache_lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    first_readings = readings.first_readings(draft, today)
    columns = {
        name: readings.read(draft, name, first_readings[name]).values for name in compared(draft)
    }
    rows = _rows(draft.table, columns, draft.sheet.rows.num_rows)
    if draft.sheet.rows.num_rows <= _SMALL:
        with _cache_lock:
            _cache[key] = rows
            while len(_cache) > _CACHED:
                _cache.popitem(last=False)
    return rows


def shared(first: Rows, second: Rows) -> int:
    """Count the rows that agree in all columns."""
    return _common(_texts(first.columns, first.columns), _texts(second.columns, second.columns))


def alike(first: Rows, second: Rows) -> int:
    """Count the rows that agree in all columns except numbers."""
    return _common(_texts(first.columns, first.words), _texts(second.columns, second.words))


def compared(draft: Draft) -> list[str]:
    """Return the columns by which the rows of a draft are compared."""
    return sorted(name for name in draft.mapping if name not in _NOT_COMPARED)


def as_rows(draft: Draft, stored: pa.Table) -> Rows:
    """Return rows from the store, with the columns that `compared` names."""
    assert draft.table
    columns = {name: _whole(stored[name]) for name in compared(draft)}
    return _rows(draft.table, columns, stored.num_rows)


def renamed(store: Store, draft: Draft, rows: Rows) -> Rows:
    """Return the rows of a draft under the current names, which the store uses."""
    names_by_kind: dict[str, dict[str, str]] = {}
    for (kind, name), canonical in accepted(store).items():
        if draft.table in NAMED.get(kind, ()) and kind in draft.mapping:
            names_by_kind.setdefault(kind, {})[name] = canonical
    if not names_by_kind or draft.table is None or draft.sheet is None:
        return rows
    renamed = {
        name: texts.renamed(rows.columns[name], names) for name, names in names_by_kind.items()
    }
    columns = rows.columns | renamed
    return _rows(draft.table, columns, draft.sheet.rows.num_rows)


def _rows(table_name: str, columns: Columns, length: int) -> Rows:
    into = table(table_name)
    days = [
        columns[column].cast(pa.date32()) for column in dates_of(table_name) if column in columns
    ]
    return Rows(
        pc.coalesce(*days) if days else pa.nulls(length, pa.date32()),
        columns,
        tuple(column for column in columns if into.column(column).kind not in NUMBERS),
    )


def _texts(columns: Columns, names: Iterable[str]) -> pa.Array:
    """Join each row into one text."""
    texts = [columns[name].cast(pa.string()) for name in sorted(names)]
    if not texts:
        return pa.array([], pa.string())
    return pc.binary_join_element_wise(
        *texts, "\x1f", null_handling="replace", null_replacement="\x00"
    )


def _common(first: pa.Array, second: pa.Array) -> int:
    """Count what two multisets of texts have in common."""
    here, there = pc.value_counts(first), pc.value_counts(second)
    at = pc.index_in(here.field("values"), value_set=there.field("values"))
    # Null where there is none, and then no smaller count either.
    counts = pc.min_element_wise(
        here.field("counts"), there.field("counts").take(at), skip_nulls=False
    )
    return int(pc.sum(counts).as_py() or 0)


def _whole(values: pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
