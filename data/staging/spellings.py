"""Find numbers that differ from others in signs that say nothing: #7001, SO 8001, SO-8001, so8001.

    >>> mine = pa.array(["7001"])
    >>> spelt_otherwise(store, "orders", "order_id", mine, [], {"#"})    # doctest: +SKIP
    {'7001': '#7001'}

A system writes its numbers one way; another system, or a person, writes the same ones without
the sign or with another. Whether they are the same, the files do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.store.database import Store

_ORDINARY = re.compile(r"[A-Za-z_/.#-]*")
_SIGNS = " -_/.#–—‐‑−"
# What numbers of one system have beside their digits; hashes have more, and each another.
MOST_KINDS = 200

Pairs = dict[str, str]


def spelt_otherwise(
    store: Store,
    owner: str,
    column: str,
    mine: pa.Array,
    beside: Sequence[pa.Array],
    known: Collection[str],
) -> Pairs:
    """Return the numbers of a file with the spelling that each may be.

    That is one of the store's table `owner`, else the longest in the files of the drop, of which
    `beside` are the others, and has numbers of the `known` kinds. A number that the store has
    as it is, is that one.
    """
    kinds = _kinds(mine)
    known = known if len(known) <= MOST_KINDS else ()
    others = set[str]().union(*(_kinds(numbers) for numbers in beside))
    alike = {
        kind
        for kind in kinds
        if any(_alike(kind, other, known) for other in known)
        or any(_alike(kind, other, ()) for other in others)
        or any(_alike(kind, other, kinds) for other in kinds)
    }
    if not alike:
        return {}
    doubtful = mine.filter(pc.is_in(_kind(mine), value_set=pa.array(sorted(alike))))
    spellings: dict[str, list[str]] = {}
    for text in pa.chunked_array([mine, *beside]).to_pylist():
        spellings.setdefault(_joined(text), []).append(text)
    here = _known(store, owner, column, doubtful.to_pylist())
    pairs = {}
    for text in doubtful.to_pylist():
        stored = here.get(_joined(text), [])
        meant = stored[0] if stored else max(spellings[_joined(text)], key=_longest)
        if meant != text and text not in stored and _alike(_bare(text), _bare(meant), ()):
            pairs[text] = meant
    return pairs


def all_spelt_alike(columns: Sequence[pa.ChunkedArray], known: Collection[str]) -> bool:
    """Return whether the cells of some files, and the `known` kinds, are beyond doubt as written.

    They have letters and signs alone beside their digits, and no two kinds can be one. Looking
    at that first spares nearly every file the spelling of all its numbers.
    """
    kinds = set(known)
    for cells in columns:
        ends = pc.unique(pc.ascii_trim(cells.cast(pa.string()), characters="0123456789"))
        if ends.null_count or len(ends) > MOST_KINDS:
            return False
        kinds |= set(_kind(ends).to_pylist())
    if len(kinds) > MOST_KINDS or not all(map(_ORDINARY.fullmatch, kinds)):
        return False
    return not any(_alike(kind, other, ()) for kind in kinds for other in kinds)


def _alike(kind: str, other: str, both: Collection[str]) -> bool:
    """Return whether numbers of two kinds can be one number.

    Those of digits alone, 10011 and 1001-1, are two where one list, `both`, has both kinds.
    """
    if kind == other or _joined(kind) != _joined(other):
        return False
    return bool(_joined(kind)) or "#" in kind + other or kind not in both


def _kinds(numbers: pa.Array) -> set[str]:
    """Return what numbers have beside their digits; nothing if that is another for each."""
    # Most numbers end in digits: without these, few are left to look at.
    kinds = pc.unique(_kind(pc.unique(pc.ascii_trim(numbers, characters="0123456789"))))
    return set(kinds.to_pylist()) if len(kinds) <= MOST_KINDS else set()


def _kind(numbers: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(numbers, "[0-9]+", "")


def _bare(text: str) -> str:
    return "".join(sign for sign in text if not ("0" <= sign <= "9"))


def _joined(text: str) -> str:
    return "".join(sign for sign in text if sign not in _SIGNS).upper()


def _longest(text: str) -> tuple[int, str]:
    return len(text), text


def _known(store: Store, owner: str, column: str, numbers: Iterable[str]) -> dict[str, list[str]]:
    """Return the store's spellings of some numbers, by the number without signs."""
    known: dict[str, list[str]] = {}
    for (text,) in store.rows(
        # Names of our own; values are parameters.
        f'SELECT DISTINCT "{column}" FROM "{owner}" '  # noqa: S608
        f"WHERE upper(translate(\"{column}\", ?, '')) IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1",
        [_SIGNS, sorted({_joined(number) for number in numbers})],
    ):
        known.setdefault(_joined(text), []).append(text)
    return known
