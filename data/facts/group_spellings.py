"""Spell regions, teams and channels the one way that they are known: south, South and SOUTH.

    >>> spelt_alike(cursor, table("orders"), rows)["region"].to_pylist()    # doctest: +SKIP
    ['South', 'South', 'North']

They are words of few letters that a company knows: those that differ in case, width or spaces
alone are one. Of people, customers and products, who may be two, the user is asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from data.store.database import Cursor
from domain.tables import TABLES, Table

_GROUPS = ("region", "team", "channel")
_MOST = 2_000  # more different words are no groups


def spelt_alike(cursor: Cursor, into: Table, rows: pa.Table) -> pa.Table:
    """Return typed rows with groups spelt as the store has them, else as most of the rows do."""
    for kind in _GROUPS:
        name, of_kind = kind, None
        if into.name == "targets" and {"scope_kind", "scope_value"} <= set(rows.column_names):
            name = "scope_value"
            of_kind = pc.fill_null(pc.equal(rows["scope_kind"].cast(pa.string()), kind), False)
        if name not in rows.column_names:
            continue
        words = rows[name].cast(pa.string())
        mine = words.filter(of_kind) if of_kind is not None else words
        if renamed := _renamed(_counted(mine), cursor, kind):
            known = pa.array(list(renamed), pa.string())
            places = pc.index_in(words, value_set=known)
            spelt = pc.coalesce(pa.array(renamed.values(), pa.string()).take(places), words)
            if of_kind is not None:
                spelt = pc.if_else(of_kind, spelt, words)
            changed = rows.set_column(rows.column_names.index(name), name, spelt)
            rows = rows if _meet(into, name, changed) else changed
    return rows


def _meet(into: Table, name: str, rows: pa.Table) -> bool:
    """Return whether two rows would have one key, of which only one could stand."""
    if name not in into.key:
        return False
    keys = [key for key in (*into.key, "as_of") if key in rows.column_names]
    counts = rows.group_by(keys).aggregate([([], "count_all")])
    return bool(counts.num_rows < rows.num_rows)


def _counted(words: pa.ChunkedArray) -> Mapping[str, int]:
    """Return the words and how many rows have each; none where they are too many for groups."""
    counted = pc.value_counts(words.drop_null())
    if len(counted) > _MOST:
        return {}
    texts, counts = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
    return dict(zip(texts, counts, strict=True))


def _renamed(words: Mapping[str, int], cursor: Cursor, kind: str) -> dict[str, str]:
    """Return the words that are spelt otherwise, with their spelling."""
    if not words:
        return {}
    spellings: dict[str, str] = {}
    mine = sorted(words, key=lambda word: (-words[word], word.islower() or word.isupper()))
    for word in (*_known(cursor, kind), *mine):
        spellings.setdefault(_folded(word), word.strip())
    return {word: spelt for word in words if (spelt := spellings[_folded(word)]) != word}


def _known(cursor: Cursor, kind: str) -> list[str]:
    """Return the words of the store, those of the most rows first."""
    parts = [f'SELECT "{kind}" AS word FROM "{into.name}"' for into in TABLES if kind in into.names]
    parts.append("SELECT scope_value AS word FROM targets WHERE scope_kind = ?")
    # Identifiers from domain.tables only.
    every = " UNION ALL ".join(parts)
    found = cursor.execute(
        f"SELECT word, count(*) FROM ({every}) WHERE word IS NOT NULL "
        f"GROUP BY word ORDER BY count(*) DESC, word LIMIT {_MOST}",
        [kind],
    )
    return [word for word, _ in found.fetchall()]


def _folded(word: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())
