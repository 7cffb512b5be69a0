"""Months, quarters, halves, years and ISO weeks as people write them in a target sheet.

>>> period("2026年3月"), period("2026-Q1"), period("2026"), period("2026H1"), period("KW 5/2026")
('2026-03', '2026-Q1', '2026', '2026-H1', '2026-W05')
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from data.values import months, quarters

_QUARTER = re.compile(
    r"(?P<year>\d{4})\s*+年?\s*+[-/.]?\s*+第?\s*+"
    r"(?:Q\s*+(?P<q>[1-4])|(?P<c>[1-4一二三四])\s*+季度?)",
    re.IGNORECASE,
)
# T1 is how French and Spanish write Q1.
_QUARTER_FIRST = re.compile(
    r"[QT]\s*+(?P<q>[1-4])(?P<c>)\s*+[-/.]?\s*+(?P<year>\d{4})", re.IGNORECASE
)
_T_LAST = re.compile(r"(?P<year>\d{4})\s*+[-/.]?\s*+T\s*+(?P<q>[1-4])(?P<c>)", re.IGNORECASE)
_QUARTER_WORD = re.compile(
    months.QUARTER.format("q", "c") + rf"[\s,/-]{{0,3}}{months.OF}(?P<year>\d{{4}})", re.IGNORECASE
)
_WORD_LAST = re.compile(
    r"(?P<year>\d{4})[\s,/년-]{1,3}" + months.QUARTER.format("q", "c"), re.IGNORECASE
)
_BARE_WORD = re.compile(months.QUARTER.format("q", "c"), re.IGNORECASE)
# The first day of the month may follow, as a date or as a moment.
_MONTH = re.compile(
    r"(?P<year>\d{4})(?:\s*+[-/.年년]\s*+(?P<month>1[0-2]|0?[1-9])|(?P<tight>0[1-9]|1[0-2]))"
    r"\s*+(?:月份?|월)?(?:[-/.]?\s*+0?1(?:\s*+日)?(?:\s*[ T]0?0:00.*)?)?"
)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00.*)?")
_MONTH_FIRST = re.compile(r"(?P<month>1[0-2]|0?[1-9])[./-](?P<year>20\d{2})")
_NAMED = re.compile(rf"(?P<name>{months.WORD}?)[\s,/'’-]*{months.OF}(?P<year>20\d{{2}}|\d{{2}})")
# 26-Nov, 2026 Nov; 26年11月. Of other numbers than those of years, 12-Nov, it is a day.
_NAME_LAST = re.compile(rf"(?P<year>20\d{{2}}|2\d)[\s/'-](?P<name>{months.NAME})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?P<year>2\d)年(?P<month>1[0-2]|0?[1-9])月份?")
_HALF = re.compile(
    r"(?P<year>\d{4})\s*+年?\s*+[-/.]?\s*+(?:H\s?(?P<h>[12])|(?P<c>[上下])半年)", re.IGNORECASE
)
_HALF_FIRST = re.compile(r"H\s?(?P<h>[12])(?P<c>)\s*+[-/.]?\s*+(?P<year>\d{4})", re.IGNORECASE)
_BARE_HALF = re.compile(r"H\s?(?P<h>[12])|(?P<c>[上下])半年", re.IGNORECASE)
_W = r"(?:W|KW|CW|WK|week|第)\s*+(?P<week>[0-5]?\d)(?:\s*+周)?"
_WEEK = re.compile(rf"(?P<year>\d{{4}})\s*+年?\s*+[-/.]?\s*+{_W}", re.IGNORECASE)
_WEEK_FIRST = re.compile(
    rf"{_W}(?:(?:\s*+[-/.,]|\s)\s*+(?P<year>\d{{4}})|[/'’](?P<short>2\d))", re.IGNORECASE
)
_BARE_WEEK = re.compile(
    r"(?:W|KW|CW|WK|week)\s*(?P<week>[0-5]?\d)|第\s*(?P<c>[0-5]?\d)\s*周", re.IGNORECASE
)
# What `data.values.fiscal_years` makes of a fiscal year that the settings do not have.
_MONTHS = re.compile(r"\d{4}-\d{2}/\d{4}-\d{2}")
_YEAR = re.compile(r"(?P<year>\d{4})\s*年?")
_BARE_MONTH = re.compile(rf"(?P<month>1[0-2]|0?[1-9]|{months.HANZI})\s*[月월](?:份|度)?")
_PLAIN = re.compile(r"\d{4}(?:-(?:\d{2}|Q[1-4]))?")
_BARE_QUARTER = re.compile(r"Q(?P<q>[1-4])|第?(?P<c>[1-4一二三四])季度?", re.IGNORECASE)


def period(text: str | None) -> str | None:
    """Parse a period into 'YYYY-MM', 'YYYY-Qn', 'YYYY-Hn', 'YYYY-Wnn' or 'YYYY', else None.

    'YYYY-MM/YYYY-MM' stays, a fiscal year is None: `data.values.fiscal_years` reads it first.
    The first day of a month means the month, as spreadsheets store "March 2026".
    """
    written = unicodedata.normalize("NFKC", text or "").strip()
    for pattern in (_QUARTER, _QUARTER_FIRST, _T_LAST, _QUARTER_WORD, _WORD_LAST):
        if match := pattern.fullmatch(written):
            return f"{match['year']}-Q{months.number(match['q'] or match['c'])}"
    for pattern in (_HALF, _HALF_FIRST):
        if match := pattern.fullmatch(written):
            return f"{match['year']}-H{_half(match)}"
    if match := _WEEK.fullmatch(written):
        return _week(int(match["year"]), int(match["week"]))
    if match := _WEEK_FIRST.fullmatch(written):
        return _week(int(match["year"] or f"20{match['short']}"), int(match["week"]))
    if _MONTHS.fullmatch(written):
        return written
    if match := _YEAR.fullmatch(written):
        return match["year"]
    if match := _MONTH.fullmatch(written):
        return f"{match['year']}-{int(match['month'] or match['tight']):02d}"
    if quarter := quarters.parse(written):
        return "{}-Q{}".format(*quarter)
    if match := _MONTH_FIRST.fullmatch(written):
        return f"{match['year']}-{int(match['month']):02d}"
    if match := _NAMED.fullmatch(written) or _NAME_LAST.fullmatch(written):
        return _by_name(match["name"].lower(), match["year"])
    if match := _SHORT_YEAR.fullmatch(written):
        return f"20{match['year']}-{int(match['month']):02d}"
    return None


def periods(texts: Sequence[str | None]) -> list[str | None]:
    """Parse a column of periods. Days of which one is not the first of its month are no months.

    Days that are all Mondays are weeks; any other days are None.
    """
    days = {text: day for text in {*texts} if text and (day := _day(text))}
    if all(day.day == 1 for day in days.values()):
        return [period(text) for text in texts]
    weeks = all(day.weekday() == 0 for day in days.values())
    of_days = {text: _week(*day.isocalendar()[:2]) if weeks else None for text, day in days.items()}
    return [of_days[text] if text in of_days else period(text) for text in texts]


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def undated(text: str | None) -> bool:
    """Return whether a text names a part of a year without the year: 3月, Q1, Mar, H1, W12."""
    return period(text) is None and dated(text, 2000) is not None


def dated(text: str | None, year: int) -> str | None:
    """Parse a period without a year as one of `year`; None for any other text."""
    written = unicodedata.normalize("NFKC", text or "").strip()
    if match := _BARE_MONTH.fullmatch(written):
        return f"{year}-{months.number(match['month']):02d}"
    if match := _BARE_QUARTER.fullmatch(written) or _BARE_WORD.fullmatch(written):
        return f"{year}-Q{months.number(match['q'] or match['c'])}"
    if match := _BARE_HALF.fullmatch(written):
        return f"{year}-H{_half(match)}"
    if match := _BARE_WEEK.fullmatch(written):
        return _week(year, int(match["week"] or match["c"]))
    # A numeral alone is no month.
    numeral = re.fullmatch(months.HANZI, written)
    return None if numeral else _by_name(written.lower().rstrip("."), f"{year}")


def is_month_or_longer(period: str | None) -> bool:
    """Return whether a parsed period is a month, a quarter or a year."""
    return period is None or _PLAIN.fullmatch(period) is not None


def spread(periods: Sequence[str]) -> list[tuple[str, str]]:
    """Return what to say of parsed periods that are split into months, with the months meant.

    ("weeks_in_part", …) names the months of which only some weeks are among the periods.
    """
    said = []
    weeks = [date.fromisocalendar(int(p[:4]), int(p[6:]), 1) for p in periods if "W" in p]
    if weeks:
        days = {first + timedelta(days=at) for first in weeks for at in range(7)}
        counts = Counter(f"{day:%Y-%m}" for day in days)
        short = [month for month, count in sorted(counts.items()) if count < _length(month)]
        said.append(("weeks_in_months", ""))
        said += [("weeks_in_part", ", ".join(short))] if short else []
    if fiscal := sorted(p for p in periods if "/" in p):
        said.append(("fiscal_in_months", ", ".join(fiscal)))
    return said


def _length(month: str) -> int:
    return monthrange(int(month[:4]), int(month[5:]))[1]


def _half(match: re.Match[str]) -> str:
    return match["h"] or ("1" if match["c"] == "上" else "2")


def _week(year: int, week: int) -> str | None:
    """Return an ISO week; None where the year has no such week."""
    try:
        date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return f"{year}-W{week:02d}"


def _by_name(name: str, year: str) -> str | None:
    month = months.number(name)
    return f"20{year[-2:]}-{month:02d}" if month and not name.isdecimal() else None
