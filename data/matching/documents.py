"""Tell lists of orders from lists of customers, products and people.

    >>> numbers_documents("Order number"), numbers_documents("单据号"), numbers_documents("ID")
    (True, True, False)

A number of a document, a day and an amount are an order, whatever its customer or product says
besides: as a list of customers, the money of such a file would be dropped without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from data.matching.aliases import Guess
from data.matching.profile import Profile
from data.matching.systems import GENERIC, systems
from data.values.amount_words import role
from data.values.header_text import key, normalise
from domain.tables import Table

_LISTS = ("customers", "products", "reps")
_MONEY = ("amount", "net", "gross")
_ANYTHINGS = ("id", "编号")  # numbers of customers and products as well
# Totals of a customer, a product or a person so far, and not of the document of a row.
_SO_FAR = re.compile(
    r"累计|累積|历史|歷史|年度|年|(?<![^\W_])(?:lifetime|annual|yearly|year|ytd|so far|to date|last"
    r"|first|average|avg|credit|limit|letzte[rs]?|jahres\w*|dernier|dernière|último|última)(?![^\W_])"
)


@lru_cache(maxsize=4096)
def numbers_documents(header: str) -> bool:
    """Return whether a header names the number of an order or of another document."""
    wanted = key(header)
    names = systems()[GENERIC].tables["orders"].aliases.get(wanted, ())
    return wanted not in _ANYTHINGS and any(alias.column == "order_id" for alias in names)


def is_of_documents(
    into: Table, header: Sequence[str], seen: Sequence[Profile], matches: Mapping[int, Guess]
) -> bool:
    """Return whether a list of people or things would drop the amounts of documents."""
    if into.name not in _LISTS or not any(map(numbers_documents, header)):
        return False
    days = any(one.is_days for one in seen)
    return days and any(
        role(text) in _MONEY and not _SO_FAR.search(normalise(text))
        for at, text in enumerate(header)
        if at not in matches and seen[at].is_numbers
    )
