"""Tell numbers that count something from numbers that name something: 300 from 20260402.

    >>> countable("金额", ["300", "80"]), countable("日期", ["20260402", "20260403"])
    (True, False)
    >>> countable("订单号", ["70012", "70013"]), countable("", ["20260402"])
    (False, False)

An amount that stands once for several lines would count several times where it is repeated. A
day, a number of an order, a rate is as true of each line as of the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from data.values.amount_words import role

_DAY = re.compile(r"(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:\.0)?")
_CODE = re.compile(r"\d{5,}(?:\.0)?")
_DATED = re.compile(r"(?<!to )\bdate|datum|fecha|\bjour\b|日期|时间|時間", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:nummer|nr\.?|kennung)$", re.IGNORECASE)
_PERIOD = re.compile(
    r"\bday|\btag\b|month|monat|\bmes\b|mois|week|woche|year|jahr|\baño\b|année|quarter|quartal"
    r"|trimestre|[日月周年季]|月份",
    re.IGNORECASE,
)
_REPEATED = frozenset(("id", "rate", "price"))


def countable(header: str, numbers: Collection[str]) -> bool:
    """Return whether a column's numbers would count again where they are repeated.

    `numbers` are texts of numbers alone; the header goes first, then what they look like.
    """
    if _DATED.search(header) or _NUMBERED.search(header):
        return False
    if (of := role(header)) is not None:
        return of not in _REPEATED
    if _PERIOD.search(header):
        return False
    texts = [text.strip() for text in numbers]
    if all(text.endswith(("%", "％", "‰")) for text in texts) or all(map(_is_day, texts)):
        return False
    return not _like_codes(texts)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    digits = text.removesuffix(".0").replace("-", "")
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _like_codes(texts: Collection[str]) -> bool:
    """Return whether these are whole numbers of one length, all distinct and hardly round."""
    if len(texts) < 2 or not all(map(_CODE.fullmatch, texts)):
        return False
    lengths = {len(text.removesuffix(".0")) for text in texts}
    round_ones = sum(text.removesuffix(".0").endswith("00") for text in texts)
    return len(lengths) == 1 and len(set(texts)) == len(texts) and round_ones * 3 < len(texts)
