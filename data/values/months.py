"""Month words in both languages, and the numbers they stand for.

>>> number("Sept"), number("March"), number("十二"), number("07"), number("Mars")
(9, 3, 12, 7, 0)
"""

from __future__ import annotations

NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# Patterns: an English name, full or abbreviated; a Chinese numeral before 月.
NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
HANZI = r"(?:十[一二]?|[一二三四五六七八九])"

_NUMBERS = {
    **{word: at for at, word in enumerate([*"一二三四五六七八九十", "十一", "十二"], start=1)},
    **{short: at for at, name in enumerate(NAMES, start=1) for short in (name, name[:3])},
    "sept": 9,
}


def number(word: str) -> int:
    """Return the number of a month word, or of digits; 0 for any other word."""
    return int(word) if word.isdecimal() else _NUMBERS.get(word.lower(), 0)


def short_name(month: int) -> str:
    """Return the English abbreviation of a month: Jan, Feb …"""
    return NAMES[month - 1][:3].capitalize()
