"""Months, quarters, halves, years and weeks in headers: 2026年1月, Jan 2026, Q1, 目标 1月, W12.

>>> period_of("2026年1月/Jan 2026"), split_header("1月 目标")[1]
(Period(kind='month', year=2026, number=1, fiscal=''), '目标')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data.values import months, quarters
from data.values.bilingual import halves
from data.values.fiscal_years import parse

_FIRST = r"(?:[-/.]0?1(?: 0?0:00.*)?)?"
_Y = r"(?P<y>(?:19[89]|20[0-4])\d)"
_YEAR = rf"(?:{_Y}\s*(?:年\s*)?(?:[-/.]\s*)?)?"
_PATTERNS = [
    ("month", rf"{_Y}\s*[-/.年년]\s*(?P<m>1[0-2]|0?[1-9])\s*[月월]?(?:份|度)?{_FIRST}"),
    ("month", rf"{_Y}(?P<m>0[1-9]|1[0-2])"),
    ("month", rf"(?P<m>1[0-2]|0?[1-9])[-/.]{_Y}"),
    ("month", r"(?P<m>1[0-2]|0?[1-9])\s*[月월](?:份|度)?"),
    ("month", rf"(?P<m>{months.HANZI})月(?:份|度)?"),
    ("month", rf"(?P<m>{months.NAME})\.?(?:[\s,/'-]*{months.OF}(?:{_Y}|(?P<s>\d{{2}})))?"),
    ("month", rf"(?:{_Y}|(?P<s>\d{{2}}))[\s-]+(?P<m>{months.NAME})"),
    ("quarter", rf"{_YEAR}(?:Q(?P<q>[1-4])|第?(?P<c>[一二三四1-4])季度?)"),
    ("quarter", rf"Q(?P<q>[1-4])[\s/-]*{_Y}"),
    ("quarter", rf"T(?P<q>[1-4])[\s/-]*{_Y}"),
    ("quarter", rf"{_Y}[\s/-]*T(?P<q>[1-4])"),
    ("quarter", rf"(?:{_Y}[\s/-]{{1,3}})?{months.QUARTER.format('q', 'c')}"),
    ("quarter", rf"{months.QUARTER.format('q', 'c')}[\s,/-]{{0,3}}{months.OF}{_Y}"),
    ("year", rf"{_Y}\s*年?(?:度)?"),
    ("half", rf"{_YEAR}(?:H(?P<h>[12])|(?P<u>[上下])半年)"),
    ("half", rf"H(?P<h>[12])[\s/-]{{0,3}}{_Y}"),
    ("week", rf"{_YEAR}(?:W|KW|CW|WK|Week)\s*(?P<w>[0-5]?\d)"),
    ("week", rf"{_YEAR}第\s*(?P<w>[0-5]?\d)\s*周"),
    ("week", rf"(?:W|KW|CW|WK|Week)\s*(?P<w>[0-5]?\d)(?:\s*+[-/.,]|\s)\s*+{_Y}"),
    ("week", r"(?:W|KW|CW|WK|Week)\s*(?P<w>[0-5]?\d)[/'’](?P<s>2\d)"),
    ("month", r"(?P<s>2\d)年(?P<m>1[0-2]|0?[1-9])月份?"),
]  # fmt: skip
_WHOLE = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS]
_TIGHT = re.compile(
    r"(?P<period>(?:\d{4}年)?(?:1[0-2]|0?[1-9])月份?|Q[1-4])[-_ ]?(?P<rest>[^\d\s]{1,12})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Period:
    """A month, quarter, half, year or week; `year` is 0 where the text lacks it.

    A `fiscal` year or part of one is its text.
    """

    kind: str
    year: int
    number: int
    fiscal: str = ""

    def label(self, year: int, hanzi: bool) -> str:
        """Write the period for `data.values.periods`; without a year, as people do."""
        if self.fiscal:
            return self.fiscal
        known = self.year or year
        if self.kind == "year":
            return str(self.year)
        if self.kind == "quarter":
            return f"{known}-Q{self.number}" if known else f"Q{self.number}"
        if self.kind in ("half", "week"):
            letter, number = self.kind[0].upper(), f"{self.number:0{1 + (self.kind == 'week')}d}"
            return f"{known}-{letter}{number}" if known else f"{letter}{number}"
        if known:
            return f"{known}-{self.number:02d}"
        return f"{self.number}月" if hanzi else months.short_name(self.number)


def period_of(text: str) -> Period | None:
    """Parse a header that is a month, a quarter or a year; None for any other."""
    header = unicodedata.normalize("NFKC", text).strip()
    for kind, pattern in _WHOLE:
        if match := pattern.fullmatch(header):
            groups = match.groupdict()
            year = int(groups.get("y") or 0) or (2000 + int(groups["s"]) if groups.get("s") else 0)
            words = (groups.get(name) for name in ("m", "q", "c", "h", "w"))
            number = months.number(next(filter(None, words), "0"))
            return Period(kind, year, number or "上下".find(groups.get("u") or "上") + 1)
    if quarter := quarters.parse(header):
        return Period("quarter", *quarter)
    if fiscal := parse(header):
        kinds = {"": "year", "Q": "quarter", "H": "half"}
        return Period(kinds[fiscal.part[:1]], fiscal.year, int(fiscal.part[1:] or 0), header)
    return _in_two_languages(header)


def split_header(name: str) -> tuple[Period, str] | None:
    """Split a header into its period and the rest, in either order."""
    if whole := period_of(name):
        return whole, ""
    words = name.split(" ")
    # The longest text that is a period: of Jan 2026 Base it is Jan 2026.
    for cut in range(len(words) - 1, 0, -1):
        for one, other in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
            if period := period_of(" ".join(one)):
                return period, " ".join(other)
    tight = _TIGHT.fullmatch(name)
    if tight and (period := period_of(tight["period"])):
        return period, tight["rest"].strip("()（）-_")
    return None


def numbered_months(header: Sequence[str]) -> list[tuple[int, Period, str]]:
    """Return twelve columns called 1 to 12 as months; [] for any other header."""
    digits = [(at, name.strip()) for at, name in enumerate(header) if name.strip().isdigit()]
    if [name.lstrip("0") for _, name in digits] != list(map(str, range(1, 13))):
        return []
    return [(at, Period("month", 0, month), "") for month, (at, _) in enumerate(digits, start=1)]


def _in_two_languages(text: str) -> Period | None:
    """Parse a period named twice: 1月 Jan, 2026年1月/Jan 2026."""
    for pair in halves(text):
        first, second = map(period_of, pair)
        if first and second:
            years = {first.year, second.year} - {0}
            same = (first.kind, first.number) == (second.kind, second.number)
            if same and first.kind != "year" and not first.fiscal and len(years) < 2:
                return Period(first.kind, max(first.year, second.year), first.number)
    return None
