"""What the lines above a table say of its amounts: 单位：万元, "Amounts in thousands".

>>> unit_told([["2026 销售", None], ["（单位：万元）", None]])
'万元'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from data.values.numbers import folded

# Each unit and what an amount in it is multiplied by.
UNITS = {
    "千元": 1000,
    "万元": 10**4,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
    "thousands": 1000,
    "millions": 10**6,
}
_CHINESE = re.compile(r"单位\s*[:为是]?\s*(?:人民币)?\s*(千万|百万|万|千|亿)\s*元?")
# "2026 年销售目标（万元）": a unit in brackets at the end of a title.
_BRACKETED = re.compile(r"\((?:人民币)?(千万|百万|万|千|亿)元\)\s*$")
_ENGLISH = re.compile(
    r"\b(?:amounts?|figures|values|sales|all|unit)?\s*:?\s*in (thousand|million)s?\b", re.I
)


def unit_told(rows: Iterable[Sequence[str | None]]) -> str | None:
    """The unit that one of the rows above a header names; None where none does."""
    for row in rows:
        for cell in row:
            told = folded(cell or "")
            if found := _CHINESE.search(told) or _BRACKETED.search(told):
                return f"{found[1]}元"
            if found := _ENGLISH.search(told):
                return f"{found[1].lower()}s"
    return None
