"""What the values of a column look like, before anything is parsed.

    >>> look(["2026-03-01", "2026/3/2", None]).dates
    1.0
    >>> look(["¥1,200.50", "11万元", "x"]).numbers
    0.6666666666666666

Only good for telling a date column from a money column: `data.cleaning.clean` decides
what a value is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from data.values import months
from data.values.currency_words import SURE
from data.values.numbers import is_blank

_MONTH = rf"{months.NAME}\.?"
_TIME = (
    r"(?:[t\s]+(?:上午|下午)?\d{1,2}(?:[:：.时]\d{1,2}(?:[:：分]\d{0,2}(?:\.\d+)?秒?)?)?"
    r"\s*(?:am|pm)?\s*(?:z|[+-]\d{2}:?\d{2})?)?"
)
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}[-/]\d{1,2}"  # 2026-03-01, 2026/3
    r"|(?:19|20)\d{2}\.(?:0?[1-9]|1[0-2])"  # 2026.3, but 4367.50 is an amount
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"  # 01/03/2026, 1.3.26
    r"|\d{2,4}年\d{1,2}月(?:\d{1,2}[日号]?)?|\d{1,2}月\d{1,2}[日号]"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[-\s/]{_MONTH}[-\s/,]*(?:\d{{4}}|\d{{2}})"
    rf"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])" + ")" + _TIME,
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"[(\-+−–]?\s*(?:{SURE})?\s*[-+−–]?\s*"
    r"(?:\d[\d,.'’\s]*|\.\d+)(?:e[-+]?\d+)?(?:[.,]-{1,2})?\s*"
    rf"(?:{SURE}|%|‰|折|[十百千万亿]*元?|[kmb]|mn"
    r"|小时|分钟?|秒|天|[件个台套箱吨人次家份]|min(?:ute)?s?|h(?:ours?)?|s(?:ec(?:ond)?s?)?|days?)?\s*\)?"
    r"|\d{1,3}:\d{2}(?::\d{2})?",
    re.IGNORECASE,
)
# Days without a year: 11/5, 11-5, and 11.5, which may as well be a number.
_BARE = re.compile(
    r"(?:(?:1[0-2]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])"
    r"|(?:[12]\d|3[01]|0?[1-9])[-/.](?:1[0-2]|0?[1-9]))"
    r"(?:\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?"
    r"|\d{1,2}月\d{1,2}(?:[日号]?\s*[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?"
)
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_EPOCH = re.compile(r"1\d{12}")
_ID = re.compile(r"(?=\S*\d)\S{1,64}")


@dataclass(frozen=True)
class Look:
    """Shares, 0 to 1, of the filled values; all 0 where `filled` is 0.

    `serials` look like a date only to Excel or a computer clock, so they are
    numbers as well, and so do some of the `bare`, days without a year. `distinct` is
    the values once each, in order.
    """

    filled: int
    dates: float
    serials: float
    numbers: float
    decimals: float
    ids: float
    distinct: tuple[str, ...]
    bare: float = 0.0

    @property
    def unique(self) -> bool:
        return self.filled > 1 and len(self.distinct) == self.filled


def is_date(value: str) -> bool:
    """Whether `value` is written as a date in any of the ways seen in exports."""
    return _DATE.fullmatch(value) is not None


def look(values: Iterable[str | None]) -> Look:
    """The look of a column's `values`; blanks and "n/a" do not count."""
    return _look(tuple(value for value in values if value is not None))


@lru_cache(maxsize=512)
def _look(values: tuple[str, ...]) -> Look:
    filled = [one for one in (value.strip() for value in values) if not is_blank(one)]
    numbers = [one for one in filled if _NUMBER.fullmatch(one)]
    return Look(
        filled=len(filled),
        dates=_share(filled, sum(is_date(one) for one in filled)),
        serials=_share(
            filled, sum(bool(_SERIAL.fullmatch(one) or _EPOCH.fullmatch(one)) for one in filled)
        ),
        numbers=_share(filled, len(numbers)),
        decimals=_share(filled, sum("." in one or "," in one for one in numbers)),
        ids=_share(filled, sum(bool(_ID.fullmatch(one)) and not is_date(one) for one in filled)),
        distinct=tuple(dict.fromkeys(filled)),
        bare=_share(filled, sum(bool(_BARE.fullmatch(one)) for one in filled)),
    )


def _share(filled: list[str], hits: int) -> float:
    return hits / len(filled) if filled else 0.0
