"""Find the days that the lines above a table say it has: 单据日期：2026-10-01 至 2026-10-31.

>>> stated_days([["October 1 - November 28, 2026"], ["Zeitraum:", "01.10.2026", "31.10.2026"]])[1]
Stated(label='zeitraum', spans=((datetime.date(2026, 10, 1), datetime.date(2026, 10, 31)),))
>>> stated_days([["销售明细账"], ["Compared with 2025-10-01 to 2025-10-31"], ["October 2026"]])
[Stated(label='', spans=((datetime.date(2026, 10, 1), datetime.date(2026, 10, 31)),))]
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.layout.cells import Row
from data.values import months

Span = tuple[date, date]
# Year, month and day, 0 where they are not said.
_Day = tuple[int, int, int]

_CELL = " | "
# How spans of days are written out.
_TO, _OR = " – ", " / "
_LONGEST = 200  # of a line; what is longer is no title
_COMPARED = re.compile(
    r"compar|\bvs\b|versus|previous|prior|vorjahr|vorperiode|对比|同比|上期|去年", re.I
)
_WORD = re.compile(r"[^\W\d_]{3,14}(?![^\W\d_])\.?")
_MONTH = r"<(?P<m>\d{1,2})>"
_OF = r"(?:del?\s|of\s)?"
_YEAR = r"(?P<y>20\d{2})(?!\d)"
_SHORT = r"(?P<y>(?:20)?\d{2})(?!\d)"
_WHOLE = (
    rf"{_YEAR}\s?[-/.年]\s?(?P<m>\d{{1,2}})\s?[-/.月]\s?(?P<d>\d{{1,2}})(?!\d)日?",
    r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]{{0,2}}{_OF}{_MONTH}[\s,-]{{1,2}}{_OF}{_SHORT}",
    rf"{_MONTH}\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}",
)
_NUMBERS = rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.]{_SHORT}"
_OF_MONTH = (
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s?{_OF}{_MONTH}",
    rf"{_MONTH}\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)",
    r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.",
)
_MONTHS = (rf"{_YEAR}\s?[-/.年]\s?(?P<m>\d{{1,2}})(?!\d)月?", rf"{_MONTH},?\s{_YEAR}")
_BARE_DAY = (rf"(?P<d>\d{{1,2}})(?:日|,?\s{_YEAR})?",)
_LASTS = [
    re.compile(rf"(?<![\d./-]){pattern}$")
    for pattern in (*_WHOLE, _NUMBERS, *_MONTHS, *_OF_MONTH, _MONTH, *_BARE_DAY)
]
_NEXTS = [
    re.compile(rf"{pattern}(?![\d/-])")
    for pattern in (*_WHOLE, _NUMBERS, *_OF_MONTH, *_MONTHS, _MONTH, *_BARE_DAY)
]
_ALONE = [re.compile(pattern) for pattern in _MONTHS]
_CLOCK = re.compile(r"\s\d{1,2}:\d{2}(?::\d{2})?")
_TIGHT = re.compile(r"(?<=[\d日.>])-(?=[\d<])")
_JOIN = re.compile(
    r"\s[-–—]\s|[–—~～〜至到]|(?<=日)-|\s(?:to|bis|au|al|a|hasta|until|till|through|thru|and|und|y)\s",
    re.IGNORECASE,
)
# A label of its own before the second day: 结束日期：, To:
_SECOND = re.compile(
    r"(?:\s?\|\s)?"
    r"(?:(?:to|bis|au|hasta|end(?: date)?|(?:结束|截止|终止)(?:日期|时间)|至|到|止)\s?[:：]?)?"
    r"(?:\s?\|\s)?\s?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:from|von|vom|du|desde|dal|start(?: date)?)\b\s?[:：]?|(?:开始|起始)(?:日期|时间)|[自从]",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"period|range|dates?\b|zeitraum|期间|区间|日期|时间", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """Days that a line says, in each way it can be read, and what stands before them."""

    label: str
    spans: tuple[Span, ...]


def stated_days(above: Iterable[Row]) -> list[Stated]:
    """Return the spans of days that lines above a table state, first to last."""
    rows = [[cell.strip() for cell in row if cell and cell.strip()] for row in above]
    lines = [unicodedata.normalize("NFKC", _CELL.join(row)) for row in rows if row]
    lines = [line for line in lines if len(line) <= _LONGEST and not _COMPARED.search(line)]
    found, done = [], -1
    for at, line in enumerate(lines):
        if at <= done:
            continue
        told = _told(_with_numbers(line))
        if told is None and at + 1 < len(lines) and _FIRST.match(line):
            told, done = _told(_with_numbers(f"{line}{_CELL}{lines[at + 1]}")), at + 1
        if told:
            found.append(told)
    return found


def days_written(spans: Iterable[Span]) -> str:
    """Write out spans of days.

    >>> days_written([(date(2026, 10, 1), date(2026, 10, 31))])
    '2026-10-01 – 2026-10-31'
    """
    return _OR.join(f"{first.isoformat()}{_TO}{last.isoformat()}" for first, last in spans)


def days_read(text: str) -> list[Span]:
    """Read spans of days that were written out.

    >>> days_read("2026-10-01 – 2026-10-31")
    [(datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))]
    """
    pairs = (span.split(_TO) for span in text.split(_OR))
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs]


def _with_numbers(line: str) -> str:
    """Return a line without times, with the number of each month in place of its word."""

    def numbered(word: re.Match[str]) -> str:
        number = months.number(word[0].strip("."))
        return f"<{number}>" if number else word[0]

    return _WORD.sub(numbered, _CLOCK.sub("", line))


def _told(line: str) -> Stated | None:
    for joint in _joints(line):
        before, after = line[: joint[0]], line[joint[1] :]
        left, right = _last(before.rstrip(" |")), _next(after[_second(after) :])
        if left is None or right is None:
            continue
        start, firsts = left
        if spans := tuple(dict.fromkeys(_spans(firsts, right))):
            return Stated(_label(before[:start]), spans)
    whole = line.split(_CELL)[0].rpartition(":")[2].strip()
    for pattern in _ALONE:
        if match := pattern.fullmatch(whole):
            year, month, _day = _read(match)
            span = _span((year, month, 0), (year, month, 0))
            return Stated(_label(line.rpartition(":")[0]), (span,)) if span else None
    return None


def _joints(line: str) -> list[tuple[int, int]]:
    """Return where a first day may end and a last one begin: by words, by cells, by a hyphen."""
    joints = [match.span() for match in _JOIN.finditer(line)]
    if _FIRST.search(line) or _PERIOD.search(line.split(_CELL)[0]):
        joints += [match.span() for match in re.finditer(r"\s\|\s", line)]
    return joints + [match.span() for match in _TIGHT.finditer(line)]


def _second(after: str) -> int:
    match = _SECOND.match(after)
    return match.end() if match else 0


def _last(text: str) -> tuple[int, list[_Day]] | None:
    """Return the day at the end of a text with its place, in each way it can be read."""
    found = next(filter(None, (pattern.search(text) for pattern in _LASTS)), None)
    return (found.start(), _days(found)) if found else None


def _next(text: str) -> list[_Day] | None:
    """Return the day at the beginning of a text, in each way it can be read."""
    found = next(filter(None, (pattern.match(text) for pattern in _NEXTS)), None)
    return _days(found) if found else None


def _days(match: re.Match[str]) -> list[_Day]:
    groups = match.groupdict()
    if "a" not in groups:
        return [_read(match)]
    year, one, two = _year(groups["y"]), int(groups["a"]), int(groups["b"])
    return [(year, two, one), (year, one, two)]


def _read(match: re.Match[str]) -> _Day:
    groups = match.groupdict()
    return _year(groups.get("y")), int(groups.get("m") or 0), int(groups.get("d") or 0)


def _year(text: str | None) -> int:
    return 0 if not text else int(text) + (2000 if len(text) == 2 else 0)


def _spans(firsts: list[_Day], lasts: list[_Day]) -> list[Span]:
    """Return the spans of days read in the same order of day and month."""
    pairs = [(first, last) for first in firsts for last in lasts]
    if len(firsts) == len(lasts):
        pairs = list(zip(firsts, lasts, strict=True))
    return [span for first, last in pairs if (span := _span(first, last))]


def _span(first: _Day, last: _Day) -> Span | None:
    """Return the days from the first to the last; each says what the other leaves out."""
    year, month, day = first
    last_year, last_month, last_day = last
    if not last_month and not last_day:
        return None
    last_month = last_month or month
    month = month or last_month
    if not year and last_year:
        year = last_year - (month > last_month)
    last_year = last_year or year + (month > last_month)
    if not (year and month and last_month) or bool(day) != bool(last_day):
        return None
    try:
        end = last_day or monthrange(last_year, last_month)[1]
        days = date(year, month, day or 1), date(last_year, last_month, end)
    except ValueError:
        return None
    return days if days[0] <= days[1] else None


def _label(text: str) -> str:
    """Return the words right before the days, without those for from."""
    words = text.rstrip(" |:").rpartition(_CELL)[2] if _CELL in text else text
    return _FIRST.sub(" ", words).strip(" :|-").casefold()
