"""Fiscal years and their parts: FY2026, FY26 Q1, FY2025/26, 2026财年上半年.

>>> parse("FY26 Q1"), resolved("FY26 Q1", Start(4, named_by_end=True))
(Fiscal(year=2026, spans=False, part='Q1'), '2025-04/2025-06')
>>> resolved("FY2026", Start(4, named_by_end=False, is_own=True))
'2026'

When such a year begins, and which of its two calendar years names it, no text tells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from data.values import months

_PART = r"(?:(?P<q>Q\s?[1-4]|第?[一二三四1-4]季度?)|(?P<h>H\s?[12]|[上下]半年))"
_YEARS = r"(?P<y>20\d{2}|\d{2})(?:\s*[-/–]\s*(?P<z>20\d{2}|\d{2}))?"
_LATIN = r"(?:FY|fiscal(?: year)?)"
_HANZI = r"(?:财年|財年|财政年度|财务年度|会计年度|會計年度)"
_GAP = r"[\s\-/.,]*"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LATIN}{_GAP}{_YEARS}(?:{_GAP}{_PART})?",
        rf"{_PART}{_GAP}{_LATIN}{_GAP}{_YEARS}",
        rf"{_YEARS}\s*{_HANZI}(?:{_GAP}{_PART})?",
        # 2027/28 is no month.
        rf"(?P<y>20\d{{2}})[-/–](?P<z>20\d{{2}}|1[3-9]|[2-9]\d)(?:\s+{_PART})?",
    )
]


@dataclass(frozen=True)
class Fiscal:
    """A fiscal year or a part of it; one that `spans` is written with both of its years.

    `year` is the first of both, or the only one. `part` is "", "Q1" to "Q4", "H1" or "H2".
    """

    year: int
    spans: bool
    part: str


@dataclass(frozen=True)
class Start:
    """The month in which fiscal years begin, and whether the year in which they end names them.

    `is_own` is whether the settings say so too: then periods need no months of their own.
    """

    month: int
    named_by_end: bool
    is_own: bool = False


def parse(text: str | None) -> Fiscal | None:
    """Parse a fiscal year or a part of one; None for any other text."""
    written = unicodedata.normalize("NFKC", text or "").strip()
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(written):
            year, last = _year(match["y"]), match["z"]
            if last is not None and _year(last) != year + 1:
                return None
            return Fiscal(year, last is not None, _part(match["q"], match["h"]))
    return None


def resolved(text: str, start: Start) -> str:
    """Return a fiscal period as 'YYYY-MM/YYYY-MM', or as the settings count; others stay.

    A year written with two calendar years cannot begin in January, and stays too.
    """
    period = parse(text)
    if period is None or (period.spans and start.month == 1):
        return text
    by_end = start.named_by_end and not period.spans and start.month > 1
    year = period.year - by_end
    if start.is_own:
        return f"{year}-{period.part}" if period.part else str(year)
    first, length = start.month - 1, 12
    if period.part:
        length = 3 if period.part[0] == "Q" else 6
        first += (int(period.part[1]) - 1) * length
    return f"{_month(year, first)}/{_month(year, first + length - 1)}"


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _part(quarter: str | None, half: str | None) -> str:
    if quarter:
        return f"Q{months.number(quarter.strip('Qq第季度 '))}"
    if half:
        return f"H{1 if half[0] == '上' or half[-1] == '1' else 2}"
    return ""


def _month(year: int, at: int) -> str:
    """Return the month `at` months after the January of a year."""
    return f"{year + at // 12}-{at % 12 + 1:02d}"
