"""The unit of a table's amounts, from the lines above it: 单位：万元, "Amounts in thousands".

>>> title_unit([["2026 销售", None], ["（单位：万元）", None]])
'万元'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from data.values.numbers import folded

# The multiplier of each unit.
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


def title_unit(rows: Iterable[Sequence[str | None]]) -> str | None:
    """Return the first unit named in the rows above a header; None without one."""
    for row in rows:
        for cell in row:
            text = folded(cell or "")
            if match := _CHINESE.search(text) or _BRACKETED.search(text):
                return f"{match[1]}元"
            if match := _ENGLISH.search(text):
                return f"{match[1].lower()}s"
    return None
