"""Find lines of orders that have the sum of other lines of their order: a bundle and its parts.

    >>> bundles(["S1", "S1", "S1"], ["Office bundle", "Desk", "Chair"], [300, 200, 100])
    (0,)

A shop lists a bundle with its price, and its parts with theirs. Where no word says that a product
is a bundle, the whole is the first or the last line of several orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from data.staging.draft import Draft
from data.staging.group_sums import figures_of

_BUNDLE = re.compile(
    r"\b(?:bundles?|kits?|sets?|combos?|packages?|paket|pakete|packs?|coffrets?|lots?|juegos?"
    r"|conjuntos?|confezion[ei]|pakiet)\b|套装|套餐|组合|礼盒|套件|礼包",
    re.IGNORECASE,
)
_MOST_ROWS = 200_000
# Orders of which one line is by chance the sum of the others are few.
_LEAST_ORDERS, _LEAST_PARTS = 3, 2

Rows = tuple[int, ...]


def of(draft: Draft) -> Rows:
    """Return the positions of the lines of a draft that stand for others of their order."""
    assert draft.sheet
    places = [draft.mapping.get(name) for name in ("order_id", "product", "amount")]
    number, product, amount = places
    rows = draft.sheet.rows
    if draft.table != "orders" or number is None or product is None or amount is None:
        return ()
    if rows.num_rows > _MOST_ROWS:
        return ()
    numbers, products = (rows[str(at)].to_pylist() for at in (number, product))
    if all(len(list(lines)) <= _LEAST_PARTS for _number, lines in groupby(numbers)):
        return ()
    return bundles(numbers, products, figures_of(rows[str(amount)]))


def bundles(
    numbers: Sequence[str | None], products: Sequence[str | None], figures: Sequence[int]
) -> Rows:
    """Return the places of the lines that have the sum of others right below or above them."""
    named, wholes = list[int](), list[int]()
    for number, group in groupby(range(len(numbers)), key=lambda at: numbers[at]):
        lines = list(group)
        if number is None or len(lines) <= _LEAST_PARTS:
            continue
        named += (at for at in lines if _says_so(products[at]) and _has_parts(at, lines, figures))
        wholes += _whole(lines, figures)
    several = len({figures[at] for at in wholes}) >= _LEAST_ORDERS
    return tuple(sorted({*named, *wholes} if several else named))


def _says_so(product: str | None) -> bool:
    return bool(product and _BUNDLE.search(product))


def _has_parts(at: int, lines: Sequence[int], figures: Sequence[int]) -> bool:
    after, before = range(at + 1, lines[-1] + 1), range(at - 1, lines[0] - 1, -1)
    return figures[at] > 0 and any(_add_up(figures[at], side, figures) for side in (after, before))


def _add_up(whole: int, places: range, figures: Sequence[int]) -> bool:
    total = 0
    for count, place in enumerate(places, 1):
        total += figures[place]
        if total == whole and count >= _LEAST_PARTS:
            return True
    return False


def _whole(lines: Sequence[int], figures: Sequence[int]) -> Iterator[int]:
    total = sum(figures[at] for at in lines)
    ends = (lines[0], lines[-1])
    yield from (at for at in ends if figures[at] > 0 and figures[at] * 2 == total)
