"""Find numbers that differ from others in zeros behind letters and signs: SO-0012 and SO-12.

    >>> mine = pa.array(["SO-12"])
    >>> padded_otherwise(store, "orders", "order_id", mine, [])      # doctest: +SKIP
    {'SO-12': 'SO-0012'}

A system fills its numbers up to one length; a person, or another system, writes the same ones
without the zeros. Whether they are the same, the files do not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.store.database import Store

_PADDED = "[^0-9]0[0-9]"
# Each step of writing a number without its zeros, the signs of all kinds being one.
_STEPS = (
    (r"[ _/.–—‐‑−#]+", "-"),
    (r"([A-Z])-+([0-9])", r"\1\2"),
    (r"([^0-9])0+([0-9])", r"\1\2"),
)

Pairs = dict[str, str]


class Lengths(NamedTuple):
    """The shortest and the longest number, and whether any has zeros behind a letter or sign."""

    least: int | None
    most: int | None
    padded: bool


def in_store(owner: str, column: str) -> str:
    """Return SQL: the `Lengths` of the numbers that a table gives its records."""
    return (
        # Names of our own.
        f'SELECT strlen(min_by("{column}", strlen("{column}"))), '  # noqa: S608
        f'max(strlen("{column}")), bool_or(regexp_matches("{column}", \'{_PADDED}\')) '
        f'FROM "{owner}" WHERE NOT starts_with("{column}", \'row:\')'
    )


def may_differ(columns: Sequence[pa.ChunkedArray], known: Lengths) -> bool:
    """Return whether cells of some files and `known` numbers can differ in inner zeros.

    Numbers that are all filled up to one length cannot, nor can those without such zeros. That
    is nearly every list, and is seen before any number is spelt.
    """
    texts = [cells.cast(pa.string()) for cells in columns]
    ends = [pc.min_max(pc.binary_length(cells)).as_py() for cells in texts]
    sizes = {size for end in ends for size in end.values()} | {known.least, known.most}
    if len(sizes - {None}) < 2:
        return False
    return known.padded or any(
        pc.any(pc.match_substring_regex(cells, _PADDED)).as_py() for cells in texts
    )


def padded_otherwise(
    store: Store, owner: str, column: str, mine: pa.Array, beside: Sequence[pa.Array]
) -> Pairs:
    """Return the numbers of a file with the spelling that each may be, in the store or a file.

    A number that the store has as it is, is that one; of two in files, the shorter may be the
    longer.
    """
    spellings: dict[str, list[str]] = {}
    for numbers in (mine, *beside):
        for number, bare in zip(numbers.to_pylist(), _bare(numbers).to_pylist(), strict=True):
            spellings.setdefault(bare, []).append(number)
    bare_by_number = dict(zip(mine.to_pylist(), _bare(mine).to_pylist(), strict=True))
    known = _known(store, owner, column, sorted(set(bare_by_number.values())))
    pairs = {}
    for number, bare in bare_by_number.items():
        stored = known.get(bare, [])
        meant = stored[0] if stored else max(spellings[bare], key=len)
        if meant != number and number not in stored and _differ_in_zeros(number, meant):
            pairs[number] = meant
    return pairs


def _differ_in_zeros(first: str, second: str) -> bool:
    """Return whether two numbers with the same bare spelling do not differ in signs alone."""
    digits = ["".join(sign for sign in text if sign.isdigit()) for text in (first, second)]
    letters = any(not sign.isdigit() for sign in first)
    return letters and digits[0] != digits[1]


def _bare(numbers: pa.Array) -> pa.Array:
    texts = pc.utf8_upper(numbers)
    for pattern, into in _STEPS:
        texts = pc.replace_substring_regex(texts, pattern, into)
    return texts


def _known(store: Store, owner: str, column: str, wanted: list[str]) -> dict[str, list[str]]:
    """Return the store's spellings of some numbers, by their bare spelling."""
    bare, patterns = f'upper("{column}")', []
    for pattern, into in _STEPS:
        bare = f"regexp_replace({bare}, ?, ?, 'g')"
        patterns += [pattern, into]
    known: dict[str, list[str]] = {}
    for text, number in store.rows(
        # Names of our own; values are parameters.
        f'SELECT DISTINCT {bare} AS bare, "{column}" AS number FROM "{owner}" '  # noqa: S608
        "WHERE bare IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL",
        [*patterns, wanted],
    ):
        known.setdefault(text, []).append(number)
    return known
