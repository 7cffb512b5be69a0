"""Rate how well the values of a column fit a canonical column, whatever its header says.

    >>> from domain.tables import table
    >>> sheet = Sheet(table("orders"), {}, {}, "generic")
    >>> evidence(table("orders").column("currency"), profile(["CNY", "USD", "CNY"]), sheet)
    0.85

0 is "cannot be", 1 "nothing else can". What the other columns were found to be
helps: an amount is quantity times price, a lost reason is there where a deal was
lost, a closing day that lies ahead is only expected.
"""

from __future__ import annotations

from itertools import pairwise

from data.matching.evidence_dates import of_days
from data.matching.evidence_numbers import like_codes, of_numbers
from data.matching.evidence_text import PEOPLE, of_words
from data.matching.known_columns import Sheet
from data.matching.plausibility import spoken
from data.matching.profile import Profile, profile
from domain.tables import Column

__all__ = ["Sheet", "evidence", "profile"]


def evidence(column: Column, seen: Profile, sheet: Sheet) -> float:
    """Rate how well `seen` fits `column`, from 0 to 1."""
    if not seen.look.filled or seen.contacts >= 0.5:
        return 0.0
    if column.kind in ("date", "moment"):
        return of_days(column.name, seen, sheet) if seen.is_days else 0.0
    if column.kind in ("money", "number", "share"):
        return of_numbers(column, seen, sheet)
    if column.kind == "choice":
        if len(seen.look.distinct) < 2 or seen.look.numbers > 0.5:
            return 0.0
        share = spoken(sheet.into, column.name, seen.look, sheet.system)
        return 0.8 if share >= 0.9 else 0.6 if share >= 0.6 else 0.0
    if column.name.endswith("_id") or column.name == "line_no":
        return _code(column.name, seen, sheet)
    if seen.is_days or (seen.is_numbers and column.name not in PEOPLE):
        return 0.0
    return of_words(column.name, seen, sheet)


def _code(name: str, profile: Profile, sheet: Sheet) -> float:
    if name == "line_no":
        lines = profile.is_numbers and _lines(profile, sheet)
        return 0.7 if lines else 0.4 if profile.counting else 0.0
    if (
        profile.look.ids < 0.95
        or profile.is_days
        or profile.counting
        or profile.look.decimals > 0.3
    ):
        return 0.0
    if profile.is_numbers and not like_codes(profile):
        return 0.0
    if sheet.into.key[0] == name:
        if profile.spread == 1 and profile.filled > 0.95:
            return 0.75
        several = sheet.into.name == "orders" and {"product", "quantity"} & sheet.identified.keys()
        return 0.65 if several and profile.spread > 0.25 else 0.1
    return 0.5 if name == "order_id" and profile.spread > 0.25 else 0.38


def _lines(seen: Profile, sheet: Sheet) -> bool:
    """Return whether the numbers count up from 1 and start over, as line numbers do."""
    numbers = [number for number in seen.numbers if number is not None]
    steps = [b == a + 1 or b == 1 for a, b in pairwise(numbers)]
    return (
        len(numbers) > 4 and numbers[0] == 1 and max(numbers) > 1 and sum(steps) > 0.95 * len(steps)
    )
