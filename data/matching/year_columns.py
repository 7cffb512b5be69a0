"""Find the amount of the year in which rows are: Sales 2025 beside Sales 2026.

    >>> beside(["Sales 2025", "Sales 2026", "Cost 2026"], 0)
    {0: '2025', 1: '2026'}

Where all days are of one year, the column of that year is the amount; of what the days leave open,
the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.matching.amounts import matched
from data.matching.computed_columns import Grid
from data.matching.recognise import SURE, Match
from data.values.columns import distinct, trimmed
from data.values.header_text import normalise
from domain.tables import table

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_HEADED = re.compile(r"(?<!\d)(20\d\d)(?!\d) ?年?度?|\bfy ?'?(\d\d)(?!\d)")
_TABLES = ("orders", "contracts", "payments", "returns", "spend")
_MOST_DAYS = 20_000


def of_year(sheet: Grid, match: Match) -> tuple[Match, tuple[int, ...]]:
    """Return the match with the amount of the year of the rows, and columns to choose from.

    There is nothing to choose where the days are of one of the years, or one column has a year.
    """
    at = match.mapping.get("amount")
    if match.table not in _TABLES or at is None or at >= len(sheet.header):
        return match, ()
    columns = beside(sheet.header, at)
    if len(columns) < 2:
        return match, ()
    years = _years(sheet, match)
    of_rows = [place for place, year in columns.items() if years == {year}]
    if len(of_rows) == 1:
        if of_rows[0] == at:
            return match, ()
        return matched(match, sheet, "amount", of_rows[0], SURE), ()
    return match, tuple(columns)


def beside(header: Sequence[str], at: int) -> dict[int, str]:
    """Return the columns that are named like one at a position, but for the year, and the years."""
    name = _without_year(header[at])
    years = {place: _years_in(text) for place, text in enumerate(header)}
    return {
        place: found[0]
        for place, found in years.items()
        if len(found) == 1 and years[at] and _without_year(header[place]) == name
    }


def _years_in(header: str) -> list[str]:
    found = _HEADED.findall(normalise(header))
    return [whole or f"20{short}" for whole, short in found]


def _without_year(header: str) -> str:
    return " ".join(_HEADED.sub(" ", normalise(header)).split())


def _years(sheet: Grid, match: Match) -> set[str]:
    """Return the years of the days of the rows; none where a day does not write its year."""
    assert match.table
    needed = [name for group in table(match.table).needs for name in group]
    day = next((name for name in needed if name != "amount" and _is_day(match, name)), None)
    if day is None:
        return set()
    texts = [text for text in distinct(trimmed(sheet.rows[str(match.mapping[day])])).to_pylist()]
    found = [_YEAR.findall(text) for text in texts[:_MOST_DAYS] if text]
    return {years[0] for years in found} if all(len(set(y)) == 1 for y in found) else set()


def _is_day(match: Match, name: str) -> bool:
    into = table(match.table or "")
    return name in match.mapping and (name == "period" or into.column(name).kind == "date")
