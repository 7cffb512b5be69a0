"""Make keys for rows that lack one, and find rows whose key comes again.

    >>> occurrences(["a", "b", "a"])
    [1, 1, 2]

A made key depends on nothing but the row's own content and how many rows like
it came before, so the same file, or a longer one, gives the same keys again.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import plain


def occurrences(values: Iterable[Hashable]) -> list[int]:
    """Count, for each value, how often it has occurred so far, including itself."""
    seen: dict[Hashable, int] = {}
    counted = []
    for value in values:
        seen[value] = count = seen.get(value, 0) + 1
        counted.append(count)
    return counted


def content_keys(columns: Mapping[str, pa.Array], source: str = "") -> pa.Array:
    """Return "row:<hash of source and content>:<n>", n counting rows of the same content."""
    source_hash = blake2b(source.encode(), digest_size=8)
    texts = [columns[name].cast(pa.string()) for name in sorted(columns)]
    joined = pc.binary_join_element_wise(
        *texts, "\x1f", null_handling="replace", null_replacement="\x00"
    )
    digests = [_hashed(source_hash, text) for text in joined.to_pylist()]
    counted = zip(digests, occurrences(digests), strict=True)
    return pa.array([f"row:{digest}:{count}" for digest, count in counted], pa.string())


def _hashed(source_hash: blake2b, text: str) -> str:
    row_hash = source_hash.copy()
    row_hash.update(text.encode())
    return row_hash.hexdigest()


def line_numbers(order_ids: pa.Array, existing: pa.Array | None = None) -> pa.Array:
    """Number lines "1", "2"… within each order, in row order; numbers already there stay."""
    if existing is not None and not existing.null_count:
        return existing
    codes = order_ids.dictionary_encode().indices.to_pylist()
    counted = pa.array([str(count) for count in occurrences(codes)], pa.string())
    return counted if existing is None else pc.coalesce(plain(existing), counted)


def lines_without(columns: dict[str, pa.Array], out: Mapping[int, str]) -> dict[str, pa.Array]:
    """Return the columns of orders with their lines numbered as if the rows of `out` were none.

    A newer version of an order has the lines of the older one, and not further ones.
    """
    if not out or "order_id" not in columns:
        return columns
    ids = pc.if_else(
        pc.is_null(whys_at(out, len(columns["order_id"]))), plain(columns["order_id"]), None
    )
    return {**columns, "line_no": line_numbers(ids, columns.get("line_no"))}


def payment_ids(columns: Mapping[str, pa.Array], ids: pa.Array) -> pa.Array:
    """Return payment ids; they stay blank if order, contract, date and amount identify a payment.

    Two payments without an id may agree in all of these: instalments, or two customers paying
    alike. From the second on they get a made id, so that no money is taken for a repetition.
    """
    keys = {name: columns[name] for name in _PAYMENT_KEY if name in columns}
    if not keys:
        return ids
    new_ids = content_keys({**keys, "payment_id": ids})
    again = pc.and_(pc.is_null(ids), pc.invert(pc.ends_with(new_ids, ":1")))
    return pc.if_else(again, new_ids, ids)


def why_at(positions: Collection[int], why: str, length: int) -> pa.Array:
    """Return a column that says `why` at some positions, and nothing elsewhere."""
    there = pa.array(sorted(positions), pa.int64())
    which = pc.is_in(pa.array(range(length), pa.int64()), value_set=there)
    return pc.if_else(which, pa.scalar(why, pa.string()), None)


def whys_at(whys: Mapping[int, str], length: int) -> pa.Array:
    """Return a column that says why at each of some positions, and nothing elsewhere."""
    return pa.array([whys.get(at) for at in range(length)], pa.string())


def return_numbers(ids: pa.Array, content: Mapping[str, pa.Array]) -> pa.Array:
    """Return the numbers of returns, with "#2" on the second of different rows of one number.

    Rows that agree in their `content` are one row written again.
    """
    rows: dict[str | None, list[object]] = {}
    numbered: list[str | None] = []
    for number, *row in zip(
        ids.to_pylist(), *(content[name].to_pylist() for name in sorted(content)), strict=True
    ):
        seen = rows.setdefault(number, [])
        if row not in seen:
            seen.append(row)
        at = seen.index(row) + 1
        numbered.append(f"{number} #{at}" if number is not None and at > 1 else number)
    return pa.array(numbered, pa.string())


def last_of_each(keys: Sequence[pa.Array], among: pa.Array) -> pa.Array:
    """Return a mask of the rows that are the last with their key, `among` the rows in question."""
    everywhere = pc.all(among).as_py()
    if _all_different([key if everywhere else key.filter(among) for key in keys]):
        return among
    rows = pa.array(range(len(among)), pa.int64())
    names = [str(at) for at in range(len(keys))]
    table = pa.table([*map(plain, keys), rows], names=[*names, "at"]).filter(among)
    last = table.group_by(names).aggregate([("at", "max")])["at_max"]
    if len(last) == table.num_rows:
        return among
    return pc.is_in(rows, value_set=last.combine_chunks())


def _all_different(keys: Sequence[pa.Array]) -> bool:
    """Return whether no key repeats: the usual case, five times cheaper to check than to sort out.

    The parts of a key are combined into one number, as long as that fits.
    """
    whole, size = None, 1
    for key in keys:
        if isinstance(key, pa.ChunkedArray):
            key = key.combine_chunks()
        parts = key if pa.types.is_dictionary(key.type) else key.dictionary_encode()
        # One number more than there are texts, for a blank.
        many = len(parts.dictionary) + 1
        if size * many >= 2**62:
            return False
        size *= many
        codes = parts.indices.fill_null(many - 1).cast(pa.int64())
        whole = codes if whole is None else pc.add(pc.multiply(whole, many), codes)
    return whole is None or _rising(whole) or len(pc.unique(whole)) == len(whole)


def _rising(numbers: pa.Array) -> bool:
    """Return whether each number exceeds the one before, as in a list sorted by its keys."""
    return bool(pc.all(pc.less(numbers[:-1], numbers[1:])).as_py())


_PAYMENT_KEY = ("order_id", "contract_id", "payment_date", "amount")
