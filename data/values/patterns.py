"""What a column's values look like, before any of them is parsed.

    >>> look(["2026-03-01", "2026/3/2", None]).dates
    1.0
    >>> look(["¥1,200.50", "11万元", "x"]).numbers
    0.6666666666666666

These patterns only tell a date column from a money column; `data.cleaning.clean` parses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from data.values import eras, months
from data.values.currency_words import SURE
from data.values.numbers import is_blank

_MONTH = rf"{months.NAME}\.?"
_WEEKDAY = rf"(?:{months.WEEKDAY}\.?,?\s+)?"
_TIME = (
    r"(?:[t,\s]+(?:at\s+)?(?:上午|下午)?\d{1,2}(?:[:：.时]\d{1,2}(?:[:：分]\d{0,2}(?:\.\d+)?秒?)?)?"
    r"\s*(?:(?:am|pm)\s*)?(?:z|utc|[a-z]{1,4}t|[+-]\d{2}:?\d{2})?)?"
)
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}[-/]\d{1,2}"  # 2026-03-01, 2026/3
    r"|(?:19|20)\d{2}\.(?:0?[1-9]|1[0-2])"  # 2026.3, but 4367.50 is an amount
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"  # 01/03/2026, 1.3.26
    rf"|(?:{eras.MARK})?{eras.YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"  # 115/03/02
    rf"|(?:{eras.MARK})?\d{{2,4}}年\d{{1,2}}月(?:\d{{1,2}}[日号]?)?|\d{{1,2}}月\d{{1,2}}[日号]"
    rf"|{_WEEKDAY}{months.DAY}[-\s/.]+{months.OF}{_MONTH}[-\s/.,]*{months.OF}(?:\d{{4}}|\d{{2}})"
    rf"{months.YEAR_WORD}|{_WEEKDAY}{_MONTH}\s+{months.DAY},?\s+\d{{4}}"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])" + ")" + _TIME,
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"[(\-+−–]?\s*+(?:{SURE})?\s*+[-+−–]?\s*+"
    r"(?:\d[\d,.'’\s]*+|\.\d++)(?:e[-+]?\d++)?(?:[.,]-{1,2}|(?<=[.,])-{1,2})?\s*+"
    rf"(?:{SURE}|%|‰|折|[十百千万亿]*元?|[kmb]|mn|bn|lakhs?|lacs?|crores?|tsd\.?|mio\.?|mrd\.?"
    r"|小时|分钟?|秒|天|[件个台套箱吨人次家份]|min(?:ute)?s?|h(?:ours?)?|s(?:ec(?:ond)?s?)?|days?)?\s*+\)?"
    r"|\d{1,3}:\d{2}(?::\d{2})?",
    re.IGNORECASE,
)
# Days without a year: 11/5, 11-5, and 11.5, which may also be a number.
_BARE = re.compile(
    r"(?:(?:1[0-2]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])"
    r"|(?:[12]\d|3[01]|0?[1-9])[-/.](?:1[0-2]|0?[1-9]))"
    r"(?:\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?"
    r"|\d{1,2}月\d{1,2}(?:[日号]?\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?"
)
_SERIAL = re.compile(
    rf"[2-6]\d{{4}}(?:\.\d+)?|(?:{eras.MARK})?(?:{eras.YEAR}|2[45]\d\d){eras.COMPACT_DAY}"
)
_EPOCH = re.compile(r"1\d{12}")
_ID = re.compile(r"(?=[^\s\d]{0,63}\d)\S{1,64}")


@dataclass(frozen=True)
class Look:
    """Shares of the filled values, 0 to 1; all 0 where `filled` is 0.

    `serials` are dates of Excel or of a computer clock, or days of another calendar without
    marks between them, so they count as numbers too, as
    do some `bare` days (without a year). `distinct` has each value once, in order.
    """

    filled: int
    dates: float
    serials: float
    numbers: float
    decimals: float
    ids: float
    distinct: tuple[str, ...]
    bare: float = 0.0


def is_date(value: str) -> bool:
    """Return whether `value` is written as a date, in any way seen in exports."""
    return _DATE.fullmatch(value) is not None


def look(values: Iterable[str | None]) -> Look:
    """Return the look of a column's `values`; blanks and "n/a" do not count."""
    return _look(tuple(value for value in values if value is not None))


@lru_cache(maxsize=512)
def _look(values: tuple[str, ...]) -> Look:
    filled = [text for text in map(str.strip, values) if not is_blank(text)]
    numbers = [text for text in filled if _NUMBER.fullmatch(text)]

    def share(hits: Iterable[object]) -> float:
        return sum(map(bool, hits)) / len(filled) if filled else 0.0

    return Look(
        filled=len(filled),
        dates=share(map(is_date, filled)),
        serials=share(_SERIAL.fullmatch(text) or _EPOCH.fullmatch(text) for text in filled),
        numbers=share(numbers),
        decimals=share("." in text or "," in text for text in numbers),
        ids=share(_ID.fullmatch(text) and not is_date(text) for text in filled),
        distinct=tuple(dict.fromkeys(filled)),
        bare=share(map(_BARE.fullmatch, filled)),
    )
