"""Check whether the values of a column suit its header.

>>> from data.values.patterns import look
>>> from domain.tables import table
>>> fit(table("orders"), table("orders").column("order_date"), look(["n/a", "soon"]), "generic")
0.0
"""

from __future__ import annotations

import re

from data.matching.systems import words
from data.values.directions import of_budget, of_sale
from data.values.header_text import normalise
from data.values.numbers import parse_number
from data.values.patterns import Look
from data.values.scope_words import COMPANY, level_of
from data.values.target_kinds import is_kind
from domain.tables import Column, Table

_MONTH = re.compile(r"(?:1[0-2]|[1-9])月")
_WHOLE = 100
_NAMES = {
    *("customer", "rep", "product", "category", "region", "channel", "partner", "campaign"),
    *("deal_name", "owner", "team", "manager", "source", "industry", "competitor"),
}


def fit(into: Table, column: Column, seen: Look, system: str) -> float:
    """Rate how well values suit a column, from 0 to 1; an empty column suits any."""
    if not seen.filled:
        return 1.0
    if column.kind in ("date", "moment"):
        days = seen.dates + seen.bare + _months(seen)
        return _grade(min(1.0, days + seen.serials)) * (1.0 if days >= 0.5 else 0.9)
    if (into.name, column.name) == ("credits", "share") and _is_money(seen):
        return 0.0  # the credit side of an account, or what somebody was credited with
    if column.kind in ("money", "number", "share"):
        return _grade(seen.numbers) * (0.5 if seen.dates > 0.9 else 1.0)
    if into.name == "spend" and column.name == "kind" and any(map(of_sale, seen.distinct)):
        # A column named type, of a list of sales; those have no budget.
        return 1.0 if any(map(of_budget, seen.distinct)) else 0.0
    if column.kind == "choice":
        share = spoken(into, column.name, seen, system)
        return 1.0 if share >= 0.5 else 0.75 if share > 0 else 0.6
    if column.name == "period":
        return 1.0
    if column.name == "metric" and all(map(is_kind, seen.distinct)):
        return 0.0  # kinds of target: of what, they do not say
    if column.name == "scope_kind":
        levels = [level for text in seen.distinct if (level := level_of(text))]
        return 1.0 if COMPANY in levels or len(levels) >= len(seen.distinct) / 2 else 0.0
    if seen.dates > 0.8 and not seen.numbers > 0.8:
        return 0.0
    if column.name in _NAMES and seen.numbers > 0.9:
        return 0.5 if seen.decimals > 0.5 else 0.7
    return 1.0


def _is_money(seen: Look) -> bool:
    """Return whether most numbers are more than the whole of anything in percent."""
    numbers = [parse_number(text, ".") or parse_number(text, ",") for text in seen.distinct]
    return sum(number is not None and number > _WHOLE for number in numbers) * 2 > len(numbers)


def _months(seen: Look) -> float:
    """Return the share of bare months, which unpivoted columns put under a header of days."""
    return sum(bool(_MONTH.fullmatch(text)) for text in seen.distinct) / len(seen.distinct)


def _grade(share: float) -> float:
    return 1.0 if share >= 0.8 else 0.7 if share >= 0.5 else 0.0


def spoken(into: Table, column: str, seen: Look, system: str) -> float:
    """Return the share of distinct values that are known words for a choice of `column`."""
    meanings = words(into.name, system).get(column, {})
    return sum(normalise(text) in meanings for text in seen.distinct) / max(1, len(seen.distinct))
