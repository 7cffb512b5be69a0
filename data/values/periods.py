"""Months, quarters and years as people write them in a target sheet.

>>> period("2026年3月"), period("2026-Q1"), period("2026")
('2026-03', '2026-Q1', '2026')
"""

from __future__ import annotations

import re
import unicodedata

from data.values import months

_QUARTER = re.compile(
    r"(?P<year>\d{4})\s*年?\s*[-/. ]?\s*第?\s*"
    r"(?:Q\s*(?P<q>[1-4])|(?P<c>[1-4一二三四])\s*季度?)",
    re.IGNORECASE,
)
_QUARTER_FIRST = re.compile(r"Q\s*(?P<q>[1-4])\s*[-/. ]?\s*(?P<year>\d{4})", re.IGNORECASE)
# The first day of the month may follow, as a date or as a moment.
_MONTH = re.compile(
    r"(?P<year>\d{4})(?:\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9])|(?P<tight>0[1-9]|1[0-2]))"
    r"\s*月?(?:[-/.]?\s*0?1\s*日?(?:[ T]0?0:00.*)?)?"
)
_NAMED = re.compile(rf"(?P<name>{months.WORD}?)[\s,/-]*{months.OF}(?P<year>20\d{{2}}|\d{{2}})")
_YEAR = re.compile(r"(?P<year>\d{4})\s*年?")
_BARE_MONTH = re.compile(rf"(?P<month>1[0-2]|0?[1-9]|{months.HANZI})\s*月(?:份|度)?")
_BARE_QUARTER = re.compile(r"Q(?P<q>[1-4])|第?(?P<c>[1-4一二三四])季度?", re.IGNORECASE)


def period(text: str | None) -> str | None:
    """Parse a period into 'YYYY-MM', 'YYYY-Qn' or 'YYYY'; None for any other text.

    The first day of a month means the month, as spreadsheets store "March 2026".
    """
    written = unicodedata.normalize("NFKC", text or "").strip()
    for pattern in (_QUARTER, _QUARTER_FIRST):
        if match := pattern.fullmatch(written):
            return f"{match['year']}-Q{months.number(match['q'] or match['c'])}"
    if match := _YEAR.fullmatch(written):
        return match["year"]
    if match := _MONTH.fullmatch(written):
        return f"{match['year']}-{int(match['month'] or match['tight']):02d}"
    if match := _NAMED.fullmatch(written):
        return _by_name(match["name"].lower(), match["year"])
    return None


def undated(text: str | None) -> bool:
    """Return whether a text names a month or a quarter without a year: 3月, Q1, Mar."""
    return period(text) is None and dated(text, 2000) is not None


def dated(text: str | None, year: int) -> str | None:
    """Parse a period without a year as one of `year`; None for any other text."""
    written = unicodedata.normalize("NFKC", text or "").strip()
    if match := _BARE_MONTH.fullmatch(written):
        return f"{year}-{months.number(match['month']):02d}"
    if match := _BARE_QUARTER.fullmatch(written):
        return f"{year}-Q{months.number(match['q'] or match['c'])}"
    return _by_name(written.lower().rstrip("."), f"{year}") if written.isascii() else None


def _by_name(name: str, year: str) -> str | None:
    month = months.number(name)
    return f"20{year[-2:]}-{month:02d}" if month and not name.isdecimal() else None
