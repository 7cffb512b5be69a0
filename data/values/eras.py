"""Years of other calendars: Thai ones, 543 ahead, and those of 民國, which began in 1912.

    >>> gregorian("02/03/2569", THAI), gregorian("民國115年3月2日", MINGUO)
    ('02/03/2026', '2026年3月2日')
    >>> era_of(["115/03/02", "115/12/31"], 2027)
    Era(name='minguo', doubts=())

A whole column in years of 民國 leaves no doubt, as does the word itself; where some of its years
are Gregorian, or would lie far ahead, people are asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from data.values.columns import Texts, as_coded
from data.values.dates import DATE_ORDERS, parse_date
from data.values.numbers import folded

THAI, MINGUO = "thai", "minguo"
# Patterns: what precedes a year of 民國, and its three digits from 1991 to 2050.
MARK = r"(?:(?:中華)?民國|(?:中华)?民国|R\.?O\.?C\.?)\s*"
YEAR = r"(?:0[89]\d|1[0-3]\d)"
COMPACT_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"

_THAI_YEAR = re.compile(r"(?<!\d)(?P<y>2[45]\d{2}|26[0-4]\d)(?=\D|$|\d{4}$)")
_THAI_MARK = re.compile(r"พ\.?\s?ศ\.?\s*")
_MARKED = re.compile(rf"(?:{MARK}(?P<y>\d{{1,3}}))(?=\D|\d{{4}}$)", re.IGNORECASE)
_LONG = re.compile(rf"(?P<y>{YEAR})(?=\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d|{COMPACT_DAY}$)")
_SHORT = re.compile(r"(?P<y>[89]\d)(?=\s*[-/年]\s*\d{1,2}\s*[-/月]\s*\d)")
_AHEAD = {THAI: -543, MINGUO: 1911}
_EARLIEST = date(1950, 1, 1)
_HEAD = 200
# Fewer days of another calendar than this are slips, and listed as no dates.
_SHARE = 0.1
_SAMPLES = 3


@dataclass(frozen=True)
class Era:
    """The calendar of a column's years, and sample days where it is in doubt."""

    name: str
    doubts: tuple[str, ...]


def gregorian(text: str, era: str) -> str:
    """Return a day with its year of an era as a Gregorian one; any other text as it is."""
    written = folded(text)
    if era == THAI:
        written = _THAI_MARK.sub("", written)
        match = _THAI_YEAR.search(written)
    else:
        match = _MARKED.match(written) or _LONG.match(written) or _SHORT.match(written)
    if match is None:
        return text
    return f"{written[: match.start()]}{int(match['y']) + _AHEAD[era]}{written[match.end() :]}"


def era_of(texts: Sequence[str], last_year: int) -> Era | None:
    """Return the era of the years of a column; None where they are Gregorian.

    `last_year` is the last in which its days can be. The texts are distinct and not blank.
    """
    for era in _AHEAD:
        days = {text: _day(text, era) for text in texts if re.search(r"\d", text)}
        if any(day and (era == THAI or _sure(text)) for text, day in days.items()):
            return _judged(era, days, last_year)
    return None


def of_column(distinct: pa.Array, last_year: int) -> Era | None:
    """Return the era of a column's distinct texts; most columns are told by their head."""
    head = distinct.slice(0, _HEAD).to_pylist()
    if not any(_day(text, era) for text in head for era in _AHEAD):
        return None
    return era_of(distinct.to_pylist(), last_year)


def moved(texts: Texts, era: str) -> Texts:
    """Return a trimmed column with the years of an era as Gregorian ones."""
    coded = as_coded(texts)
    words = [gregorian(text, era) if text else text for text in coded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(coded.indices)


def _judged(era: str, days: dict[str, date | None], last_year: int) -> Era | None:
    fitting = {text: day for text, day in days.items() if day}
    if len(fitting) < _SHARE * len(days):
        return None
    plausible = all(_EARLIEST <= day <= date(last_year, 12, 31) for day in fitting.values())
    whole = len(fitting) == len(days) or all(map(_MARKED.match, map(folded, fitting)))
    return Era(era, () if plausible and whole else tuple(fitting)[:_SAMPLES])


def _sure(text: str) -> bool:
    """Return whether a year of 民國 cannot be one of two digits of another calendar."""
    written = folded(text)
    return bool(_MARKED.match(written) or _LONG.match(written))


def _day(text: str, era: str) -> date | None:
    whole = gregorian(text, era)
    if whole == text:
        return None
    return next((day for order in DATE_ORDERS if (day := parse_date(whole, order))), None)
