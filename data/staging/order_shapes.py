"""Find orders that are here with other lines: once as a whole, once line by line.

    >>> in_another_shape(store, draft, ids, shared, [], None, today)      # doctest: +SKIP
    Again(question=None, settled_known=('O-1',), ...)

A list of orders has one row an order, a list of their lines has several, numbered 10, 20, 30.
Loaded one after the other, both would count. Where the lines of all these orders add up to
their totals, the lines count, whichever came first; where they nearly do, or where both lists
have lines, the user is asked. Lists of other lines of an order add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.keys import line_numbers
from data.staging import readings
from data.staging.counted_once import SHAPE, Sums, asking
from data.staging.draft import Draft
from data.staging.findings import BOTH, FILE, KNOWN, NOT_AGAIN, Again
from data.store.database import Store
from data.values import identifiers
from data.values.columns import plain, trimmed

# Orders looked at to tell whether lists have them in two shapes.
_MOST = 5_000
# Of the orders in two shapes, at least this share adds up, or nearly: with tax, or freight.
_CLEAR, _NEAR = Decimal("0.5"), (Decimal("0.7"), Decimal("1.43"))
_ROUNDED = Decimal("0.05")
# Columns that a list need not have to be as full as another.
_DERIVED = frozenset(("line_no", "currency", "status", "order_id", "import_id"))
# What a list of orders may say and one of their lines not.
_OF_WHOLE = frozenset(
    (
        "customer",
        "customer_class",
        "rep",
        "region",
        "channel",
        "partner",
        "campaign",
        "split_credit",
        "collected_so_far",
        "last_collected",
    )
)


@dataclass
class Lines:
    """The lines of an order in one list: amounts by number, whether any names a product."""

    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    products: bool = False
    columns: frozenset[str] = frozenset()

    @property
    def total(self) -> Decimal:
        return sum((amount or Decimal(0) for amount in self.amounts.values()), Decimal(0))


ByOrder = Mapping[str, Lines]


def in_another_shape(
    store: Store,
    draft: Draft,
    ids: pa.Array,
    shared: pa.Array,
    earlier: Sequence[tuple[Draft, pa.Array]],
    own_import: int | None,
    today: date,
) -> Again:
    """Return the `shared` orders of a draft that the store or an `earlier` draft has otherwise.

    `ids` are the numbers of its rows.
    """
    wanted = shared[:: max(1, -(-len(shared) // _MOST))]
    found = _look(store, draft, ids, wanted, earlier, own_import, today)
    if found is None or len(wanted) == len(shared):
        return found or NOT_AGAIN
    return _look(store, draft, ids, shared, earlier, own_import, today) or NOT_AGAIN


def _look(
    store: Store,
    draft: Draft,
    ids: pa.Array,
    wanted: pa.Array,
    earlier: Sequence[tuple[Draft, pa.Array]],
    own_import: int | None,
    today: date,
) -> Again | None:
    theirs = dict(_in_store(store, wanted.to_pylist(), own_import))
    for other, numbers in earlier:
        theirs.update(of_draft(other, numbers, wanted, today))
    if not theirs:
        return None
    mine = of_draft(draft, ids, pa.array(sorted(theirs), pa.string()), today)
    pairs = {
        number: (mine[number], theirs[number])
        for number in mine
        if _both_would_count(draft, mine[number], theirs[number])
    }
    if not pairs:
        return None
    return _decided(draft, ids, pairs)


def _both_would_count(draft: Draft, mine: Lines, theirs: Lines) -> bool:
    """Return whether lines of another list would stand beside those of the draft."""
    if theirs.amounts.keys() <= mine.amounts.keys():
        return False
    if not theirs.amounts.keys() & mine.amounts.keys():
        return True
    # A list that numbers its lines corrects these; one that is as full replaces the order.
    return not ("line_no" in draft.mapping or theirs.columns <= mine.columns)


def _decided(draft: Draft, ids: pa.Array, pairs: Mapping[str, tuple[Lines, Lines]]) -> Again | None:
    equal = [number for number, (mine, known) in pairs.items() if _equal(mine, known)]
    near = [number for number, (mine, known) in pairs.items() if _near(mine, known)]
    wholes = _wholes(pairs.values())
    if len(near) < _CLEAR * len(pairs) or not (wholes or len(equal) >= _CLEAR * len(pairs)):
        return None
    where = pc.fill_null(pc.is_in(ids, value_set=pa.array(list(pairs), pa.string())), False)
    rows, known = frozenset(pc.indices_nonzero(where).to_pylist()), tuple(pairs)
    if wholes and len(equal) == len(pairs) and not _says_more(wholes, pairs.values()):
        if wholes == FILE:
            return Again(settled_rows=rows)
        return Again(settled_known=known)
    sums = [Sums(number, mine.total, theirs.total) for number, (mine, theirs) in pairs.items()]
    question = asking(draft, SHAPE, (FILE, KNOWN, BOTH), sums)
    return Again(question, rows, known)


def _says_more(wholes: str, pairs: Iterable[tuple[Lines, Lines]]) -> bool:
    """Return whether the whole orders name customers, people or places that the lines do not."""
    return any(
        (mine.columns - known.columns if wholes == FILE else known.columns - mine.columns)
        & _OF_WHOLE
        for mine, known in pairs
    )


def _equal(mine: Lines, known: Lines) -> bool:
    return abs(mine.total - known.total) <= _ROUNDED and known.total != 0


def _near(mine: Lines, known: Lines) -> bool:
    if not known.total:
        return False
    low, high = _NEAR
    return low <= mine.total / known.total <= high


def _wholes(pairs: Iterable[tuple[Lines, Lines]]) -> str:
    """Return which side has whole orders where the other has lines: FILE, KNOWN, "" for none."""
    both = list(pairs)
    sides = list(zip(*both, strict=True))
    ones = [all(len(lines.amounts) == 1 for lines in side) for side in sides]
    named = [any(lines.products for lines in side) for side in sides]
    if ones[0] != ones[1]:
        return FILE if ones[0] else KNOWN
    if all(ones) and named[0] != named[1]:
        return KNOWN if named[0] else FILE
    return ""


def of_draft(draft: Draft, ids: pa.Array, wanted: pa.Array, today: date) -> ByOrder:
    """Return the lines of some orders of a draft, as the import will read them."""
    assert draft.sheet
    where = pc.indices_nonzero(pc.fill_null(pc.is_in(ids, value_set=wanted), False))
    numbers = plain(line_numbers(plain(ids), _written_lines(draft))).take(where)
    amounts = pa.nulls(len(where), pa.decimal128(18, 4))
    if "amount" in draft.mapping and (how := readings.first_readings(draft, today).get("amount")):
        cells = trimmed(draft.sheet.rows[str(draft.mapping["amount"])].take(where))
        amounts = plain(readings.read(draft, "amount", how, cells).values)
    products = pa.nulls(len(where), pa.string())
    if "product" in draft.mapping:
        products = draft.sheet.rows[str(draft.mapping["product"])].take(where)
    orders: dict[str, Lines] = {}
    rows = zip(
        ids.take(where).to_pylist(),
        numbers.to_pylist(),
        amounts.to_pylist(),
        products.to_pylist(),
        strict=True,
    )
    columns = frozenset(draft.mapping) - _DERIVED
    for number, line, amount, product in rows:
        lines = orders.setdefault(number, Lines(columns=columns))
        lines.amounts[line] = amount
        lines.products = lines.products or bool(product)
    return orders


def _written_lines(draft: Draft) -> pa.Array | None:
    assert draft.sheet
    if "line_no" not in draft.mapping:
        return None
    cells = trimmed(draft.sheet.rows[str(draft.mapping["line_no"])])
    return plain(identifiers.line_numbers(cells).values)


def _in_store(store: Store, wanted: Sequence[str], own_import: int | None) -> ByOrder:
    orders: dict[str, Lines] = {}
    columns: dict[int, frozenset[str]] = {}
    for import_id, names in store.rows(
        "SELECT import_id, columns FROM import_columns WHERE table_name = 'orders'"
    ):
        columns[import_id] = frozenset(names) - _DERIVED
    for number, line, amount, product, import_id in store.rows(
        "SELECT order_id, line_no, amount, product IS NOT NULL, import_id FROM orders "
        "WHERE order_id IN (SELECT unnest(?::VARCHAR[])) AND import_id IS DISTINCT FROM ?",
        [wanted, own_import],
    ):
        lines = orders.setdefault(number, Lines())
        lines.amounts[line] = amount
        lines.products = lines.products or product
        lines.columns |= columns.get(import_id, frozenset())
    return orders
