"""Find exports that have only some lines of their orders: those of one product or one rep.

    >>> selected(look, shared).question.options                 # doctest: +SKIP
    ('part', 'whole')

A line that an order has no more is gone. But where every order that lost lines lost all those of
products (reps, regions …) of which the file has none, the file may be a selection: only the user
knows. One order alone is an order that was edited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.summary import Question
from data.staging.draft import Draft
from data.staging.equal_records import Look, read
from data.staging.findings import PART, WHOLE, Selection
from data.values.columns import distinct, trimmed

_DIMENSIONS = ("product", "category", "rep", "region", "channel", "partner")
# Orders looked at to tell whether all of them lack the same lines; and how many must.
_MOST, _FEWEST = 5_000, 2
_SAMPLES = 3


class Line(NamedTuple):
    """A line of an order: where it stands, the word it is selected by, and its amount."""

    at: str | int
    word: str | None
    amount: Decimal


Lines = Mapping[str, Sequence[Line]]


def selected(look: Look, shared: pa.Array) -> Selection | None:
    """Return what a draft has of its `shared` orders, if it may be a selection of their lines."""
    columns = [name for name in _DIMENSIONS if name in look.draft.mapping]
    if not columns or look.ids is None or not len(shared):
        return None
    head = shared[:: max(1, -(-len(shared) // _MOST))]
    for name in columns:
        if _looked(look, name, head):
            return _looked(look, name, shared)
    return None


def _looked(look: Look, name: str, shared: pa.Array) -> Selection | None:
    known = _in_store(look, name, shared.to_pylist())
    here = _words(look, name)
    less = {
        number: [line for line in lines if line.word and line.word not in here]
        for number, lines in known.items()
    }
    less = {number: lines for number, lines in less.items() if lines}
    if len(less) < _FEWEST:
        return None
    mine = _of_draft(look, name, pa.array(sorted(known), pa.string()))
    for number, lost in less.items():
        left = Counter(line.word for line in known[number]) - Counter(line.word for line in lost)
        if number not in mine or left != Counter(line.word for line in mine[number]):
            return None
    return Selection(_question(look.draft, name, mine, less), _places(look, mine, known))


def _words(look: Look, name: str) -> frozenset[str]:
    """Return the words of a column of the draft, under their current names."""
    assert look.draft.sheet
    texts = distinct(trimmed(look.draft.sheet.rows[str(look.draft.mapping[name])])).to_pylist()
    return frozenset(_folded(look, name, text) for text in texts)


def _folded(look: Look, name: str, text: str) -> str:
    return look.names.get((name, text), text).casefold().strip()


def _of_draft(look: Look, name: str, wanted: pa.Array) -> Lines:
    where = pc.indices_nonzero(pc.fill_null(pc.is_in(look.ids, value_set=wanted), False))
    lines: dict[str, list[Line]] = {}
    assert look.ids is not None
    for at, number, word, amount in zip(
        where.to_pylist(),
        look.ids.take(where).to_pylist(),
        read(look.draft, name, where, look.today),
        _amounts(look, where),
        strict=True,
    ):
        text = _folded(look, name, word) if isinstance(word, str) else None
        lines.setdefault(number, []).append(Line(at, text, _amount(amount)))
    return lines


def _amounts(look: Look, where: pa.Array) -> Sequence[object]:
    if "amount" not in look.draft.mapping:
        return [None] * len(where)
    return read(look.draft, "amount", where, look.today)


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _in_store(look: Look, name: str, wanted: Sequence[str]) -> Lines:
    lines: dict[str, list[Line]] = {}
    for number, line, word, amount in look.store.rows(
        # Names of our own; values are parameters.
        f'SELECT order_id, line_no, "{name}", amount FROM orders '  # noqa: S608
        "WHERE order_id IN (SELECT unnest(?::VARCHAR[])) AND import_id IS DISTINCT FROM ? "
        "ORDER BY order_id, try_cast(line_no AS INTEGER), line_no",
        [wanted, look.own_import],
    ):
        text = word.casefold().strip() if word else None
        lines.setdefault(number, []).append(Line(line, text, _amount(amount)))
    return lines


def _places(look: Look, mine: Lines, known: Lines) -> Mapping[int, str]:
    """Return under which number each line of the draft stands, that none takes another's place.

    Lines that the file numbers keep their numbers.
    """
    if "line_no" in look.draft.mapping:
        return {}
    places: dict[int, str] = {}
    for number, lines in mine.items():
        free = list(known[number])
        last = max([len(free), *(int(line.at) for line in free if str(line.at).isdecimal())])
        for line in lines:
            twin = next((other for other in free if other.word == line.word), None)
            if twin:
                free.remove(twin)
            else:
                last += 1
            places[int(line.at)] = str(twin.at if twin else last)
    return places


def _question(draft: Draft, name: str, mine: Lines, less: Lines) -> Question:
    assert draft.sheet
    sums = [
        (number, _total(mine[number]) + _total(lost), _total(mine[number]))
        for number, lost in less.items()
    ]
    whole = sum((one[1] for one in sums), Decimal(0)), sum((one[2] for one in sums), Decimal(0))
    samples = tuple(
        (text, (f"{part:f}", f"{edited:f}"))
        for text, part, edited in [("", *whole), *sums[:_SAMPLES]]
    )
    header = draft.sheet.header[draft.mapping[name]]
    return Question("order_id", header, "part", (PART, WHOLE), samples, str(len(less)))


def _total(lines: Sequence[Line]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))
