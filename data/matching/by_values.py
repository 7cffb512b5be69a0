"""Guess columns with unknown headers from their values; such guesses are never sure.

>>> from domain.tables import table
>>> cells = ["2026-03-01", "2026-03-02"], ["1.5", "2"], ["CNY", "USD"]
>>> seen = [profile(one) for one in cells]
>>> found = {0: Guess("order_date", 1.0, "name"), 1: Guess("amount", 1.0, "name")}
>>> by_values(table("orders"), ["a", "b", "cf_7"], [2], seen, found, "generic", {})[2].column
'currency'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from data.matching.aliases import Guess
from data.matching.evidence import evidence
from data.matching.known_columns import Sheet
from data.matching.money_in_periods import is_running
from data.matching.profile import Profile, profile
from data.matching.systems import GENERIC, Alias, systems, written_by
from data.values.amount_words import role
from data.values.header_text import key, normalise
from domain.tables import Column, Table

__all__ = ["by_values", "profile"]

_MOST, _LEAST = 0.75, 0.5
_ENOUGH = 0.42  # evidence below this is none
_AT_ONCE = 80
_MONEY = (
    "amount", "net", "gross", "tax", "discount", "freight", "refund", "price", "settled",
    "profit", "fee", "balance",
)  # fmt: skip
_NEVER = {
    "quantity": (*_MONEY, "rate"),
    "amount": ("quantity", "price", "rate", "tax", "freight", "discount", "refund", "profit"),
    "duration": _MONEY,
}
_NAMES = ("customer", "rep", "product", "deal_name", "manager")
# Nothing but a header tells what was collected of orders.
_NAMED_ONLY = ("collected_so_far", "last_collected")
_NO_NAME = re.compile(
    r"状态|狀態|类型|類型|方式|原因|备注|\b(?:status|state|type|method|reason)\b", re.IGNORECASE
)
# Of sales and of what was collected for them; a fee may be the amount of spend, a balance what
# is due.
_NO_SALE = ("cost", "fee", "balance")
_OF_SALES = ("orders", "contracts", "deals", "payments")
# Possessive, and begun only where no addition runs already: a number of 20 digits in a header must
# not be split in every way there is.
_ADDED = re.compile(
    r"(?<![\d\s_(\[新旧])(?:[\s_(\[]*+(?:\d++|自定义|custom|新|旧|new|old)[)\]]*+)++$"
)
_ENDING = 200  # characters at the end of a header that are looked at


def by_values(
    into: Table,
    header: Sequence[str],
    left: Sequence[int],
    seen: Sequence[Profile],
    named_guesses: Mapping[int, Guess],
    system: str,
    known: Mapping[str, Collection[str]],
) -> dict[int, Guess]:
    """Guess columns from their values, clearest first: each one identified helps with the rest."""
    guesses: dict[int, Guess] = {}
    columns = {guess.column: seen[position] for position, guess in named_guesses.items()}
    # Columns are compared with each other: a sheet of hundreds of unknown ones may not take long.
    free = [position for position in left if seen[position].look.filled][:_AT_ONCE]
    hints = {position: _hinted(into, header[position], system) for position in free}
    while free:
        sheet = Sheet(into, columns, known, system, tuple(seen[position] for position in free))
        best = max(
            (
                (_likely(into, column, seen[position], sheet, hints[position]), -position, column)
                for position in free
                for column in into.columns
                if column.name not in columns and not speaks_against(into, column, header[position])
            ),
            key=lambda candidate: candidate[:2],
            default=(0.0, 0, into.columns[0]),
        )
        score, position, column = best[0], -best[1], best[2]
        if score < _ENOUGH:
            break
        confidence = min(_MOST, round(_LEAST + (score - _ENOUGH) / 2, 4))
        guesses[position] = Guess(column.name, confidence, "values")
        columns[column.name] = seen[position]
        free.remove(position)
    return guesses


def speaks_against(into: Table, column: Column, header: str) -> bool:
    """Return whether a header rules a column out: a tax is no amount, a status no name."""
    if column.name in _NAMED_ONLY:
        return True
    if column.name in _NAMES and _NO_NAME.search(header):
        return True
    if column.kind not in ("money", "number", "share"):
        return False
    said = role(header)
    of_sales = column.name == "amount" and into.name in _OF_SALES
    if of_sales and (said in _NO_SALE or is_running(header)):
        return True
    return said == "id" or said in _NEVER.get(column.name, ())


def _likely(
    into: Table, column: Column, seen: Profile, sheet: Sheet, hints: frozenset[str]
) -> float:
    """Return the evidence, weighted by how common the column is in this table of this system."""
    score = evidence(column, seen, sheet)
    if score <= 0:
        return 0.0
    needed = any(
        column.name in group and not set(group) & sheet.identified.keys() for group in into.needs
    )
    usual = _usual(into.name, column.name, sheet.system)
    return score * usual + (0.05 if needed else 0.0) + (0.1 if column.name in hints else 0.0)


@cache
def _usual(table: str, column: str, system: str) -> float:
    own = systems()[system].tables.get(table) if system != GENERIC else None
    if own:
        sure = any(
            alias.column == column and not alias.doubtful
            for same in own.aliases.values()
            for alias in same
        )
        return 1.0 if sure else 0.6
    return 0.7 + 0.3 * written_by(table, column)


def _hinted(into: Table, text: str, system: str) -> frozenset[str]:
    """Return columns with a spelling that `text` ends with: 新跟进人2 is still a 跟进人."""
    ending = key(_ADDED.sub("", normalise(text)[-_ENDING:]))
    return frozenset(
        alias.column
        for name in {GENERIC, system}
        for spelling, aliases in _inside(name, into.name)
        if ending.endswith(spelling)
        for alias in aliases
        if not alias.doubtful
    )


@cache
def _inside(system: str, table: str) -> tuple[tuple[str, tuple[Alias, ...]], ...]:
    known = systems()[system].tables.get(table)
    return tuple(
        (spelling, aliases)
        for spelling, aliases in (known.aliases.items() if known else ())
        if len(spelling) >= (4 if spelling.isascii() else 2) and not spelling.endswith(".id")
    )
