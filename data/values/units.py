"""The unit of a table's amounts, from the lines around it: 单位：万元, "Amounts in thousands", T€.

>>> title_unit([["2026 销售", None], ["（单位：万元）", None]])
'万元'
>>> title_unit([["Sales 2026 ($K)"]]), title_unit([["Umsatz in Mio. €"]])
('thousands', 'millions')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from data.values import unit_words
from data.values.numbers import folded

# The multiplier of each unit.
UNITS: dict[str, Decimal] = {
    "分": Decimal("0.01"),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10**4),
    "十万元": Decimal(10**5),
    "百万元": Decimal(10**6),
    "千万元": Decimal(10**7),
    "亿元": Decimal(10**8),
    "cents": Decimal("0.01"),
    "thousands": Decimal(1000),
    "lakhs": Decimal(10**5),
    "millions": Decimal(10**6),
    "crores": Decimal(10**7),
    "billions": Decimal(10**9),
}
_ENGLISH_NAMES = {factor: name for name, factor in UNITS.items() if name.isascii()}
_SCALE = r"千万|百万|十万|万|千|亿|百"
_MONEY = r"(?:人民币|[美欧港日]元|RMB|CNY|USD|EUR|HKD|JPY)?"
_CHINESE = re.compile(
    rf"单位\s{{0,9}}[:为是]?\s{{0,9}}{_MONEY}\s{{0,9}}(?:(?P<unit>{_SCALE})\s{{0,9}}(?:{_MONEY}|元)"
    r"|(?P<cents>分)(?![\u4e00-\u9fff]))"
)
# "2026 年销售目标（万元）": a unit in brackets at the end of a title.
_BRACKETED = re.compile(
    rf"\(\s{{0,9}}(?:人民币)?(?P<unit>{_SCALE})(?:[美欧港日]?元|(?<=[万亿]))\s{{0,9}}\)\s{{0,9}}$"
)
_ENGLISH = re.compile(r"\bin (thousand|million|billion|lakh|crore|cent)s?\b", re.IGNORECASE)
_SHORT = re.compile(
    r"\bin (?:(?:₹|€|inr|rs|eur)\.? ?)?(cr|lacs?|tsd|mio|mrd|mn|bn)\b", re.IGNORECASE
)
# A letter in a title is a unit only beside a currency: ($K), T€; K alone may be a class.
_LETTERS = 3
# 单位：元, "Unit: USD", "in whole dollars": the amounts are as they stand.
_PLAIN = re.compile(
    rf"单位\s{{0,9}}[:为是]?\s{{0,9}}{_MONEY}\s{{0,9}}元|\(\s{{0,9}}(?:人民币|[美欧港日])?元\s{{0,9}}\)\s{{0,9}}$"
    r"|\bunits?\s?[:=]\s?(?:[a-z]{3}|us dollars|dollars|euros?|yuan)\s{0,9}$"
    r"|\bin (?:whole|full|single|units of) [a-z]{3,9}",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;|。]\s|[,;|。](?=[^\d\s])|\s[-–—]\s|\bexcept\b|\bunless\b")


def title_unit(rows: Iterable[Sequence[str | None]]) -> str | None:
    """Return the first unit named in the rows around a table; None without one."""
    return next((unit for row in rows for cell in row if cell and (unit := _named(cell))), None)


def is_plain(text: str) -> bool:
    """Return whether a line or a header says that amounts are in single units of money.

    >>> is_plain("单位：元"), is_plain("单位：万元"), is_plain("金额（元）"), is_plain("Sales 2026")
    (True, False, True, False)
    """
    return bool(_PLAIN.search(folded(text)))


def _named(cell: str) -> str | None:
    """Return the unit that a line says, as a whole or in one of its clauses."""
    text = folded(cell)
    clauses = _CLAUSE.split(text)
    said = [text, *clauses] if len(clauses) > 1 else [text]
    return next((unit for part in said if (unit := _of_clause(part.strip()))), None)


def _of_clause(text: str) -> str | None:
    if match := _CHINESE.search(text):
        return f"{match['unit']}元" if match["unit"] else "分"
    if match := _BRACKETED.search(text):
        return f"{match['unit']}元"
    if match := _ENGLISH.search(text):
        return f"{match[1].lower()}s"
    if match := _SHORT.search(text):
        return _ENGLISH_NAMES[unit_words.multiplier(match[1])]
    # The unit may be all that a line says.
    if (found := unit_words.unit_and_currency(f"x {text}")) is None:
        return None
    unit, money = found
    return (
        _ENGLISH_NAMES.get(unit_words.multiplier(unit)) if money or len(unit) > _LETTERS else None
    )
