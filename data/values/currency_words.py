"""Currency codes, names and signs, as they are written beside an amount.

>>> "CHF" in CODES, "Swedish Krona" in WORDS["SEK"], SHARED["kr"][0]
(True, True, 'SEK')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

from babel import Locale
from babel.core import get_global

# Every code of ISO 4217, including former currencies.
CODES: frozenset[str] = frozenset(get_global("all_currencies"))
# Codes that are also read in small letters; others are words: all, top, mad.
LOWER_CASE = frozenset(
    (
        "USD", "CNY", "HKD", "TWD", "SGD", "AUD", "CAD", "BRL", "EUR", "GBP", "JPY", "INR", "KRW",
        "RUB", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "TRY", "UAH", "ILS", "THB", "VND",
        "PHP", "NGN", "KZT",
    )
)  # fmt: skip
# What Babel does not know: other names and signs.
_NICKNAMES: dict[str, tuple[str, ...]] = {
    "USD": ("US Dollars", "US-Dollar", "US-Dollars", "美金"),
    "CNY": ("RMB", "CNH", "人民币元", "Yuan", "Renminbi"),
    "HKD": ("港币",),
    "TWD": ("NTD", "台币"),
    "SGD": ("S$", "新元"),
    "AUD": ("澳元",),
    "CAD": ("C$", "加元"),
    "BRL": ("雷亚尔", "Real"),
    "EUR": ("Euros",),
    "GBP": ("Pound Sterling", "Pounds"),
    "JPY": ("日圆", "Yen"),
    "INR": ("Rs", "Rs.", "卢比"),
    "RUB": ("₽", "卢布"),
    "CHF": ("SFr", "SFr.", "Fr.", "瑞郎", "Schweizer Franken", "Franken"),
    "PLN": ("zł", "złoty", "兹罗提"),
    "CZK": ("Kč",),
    "HUF": ("Ft", "福林"),
    "TRY": ("₺", "TL"),
    "UAH": ("₴",),
    "THB": ("฿",),
    "NGN": ("₦",),
    "KZT": ("₸",),
}
YUAN = ("元", "元整", "圆", "圆整", "块")
_DOLLARS = ("USD", "HKD", "TWD", "SGD", "AUD", "CAD")
_CROWNS = ("SEK", "NOK", "DKK", "ISK")
# Signs that several currencies use.
SHARED: dict[str, tuple[str, ...]] = {
    "$": _DOLLARS,
    "¥": ("CNY", "JPY"),
    **dict.fromkeys(YUAN, ("CNY", "TWD", "HKD")),
    **dict.fromkeys(("kr", "kr.", "kronor", "kroner", "kronen"), _CROWNS),
    **dict.fromkeys(("dollar", "dollars", "dólar", "dólares", "dollari"), _DOLLARS),
}


def _in_use() -> set[str]:
    """Return the codes that are legal tender somewhere today."""
    history = get_global("territory_currencies").values()
    return {code for rows in history for code, _, until, tender in rows if tender and not until}


def _words(code: str) -> tuple[str, ...]:
    """Return the names and signs of one currency in English and Chinese."""
    locales = [Locale.parse(language) for language in ("en", "zh")]
    names = [locale.currencies.get(code, "") for locale in locales]
    symbols = [locale.currency_symbols.get(code, "") for locale in locales]
    signs = [symbol for symbol in symbols if any(unicodedata.category(c) == "Sc" for c in symbol)]
    own = {*names, *signs} - {"", *SHARED}
    return (*sorted(own), *_NICKNAMES.get(code, ()))


# What a currency is called or marked with, apart from its code.
WORDS: dict[str, tuple[str, ...]] = {code: _words(code) for code in sorted(_in_use())}
# The same by what is written, in small letters, for codes of which small letters are read too.
KNOWN = {word.casefold(): code for code, words in WORDS.items() for word in words}
KNOWN |= {code.casefold(): code for code in LOWER_CASE}


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of words, the longest first, grouped by their first letter for speed."""
    ordered = sorted(words, key=lambda word: (word[0].casefold(), -len(word)))
    groups = groupby(ordered, key=lambda word: word[0].casefold())
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in group)})"
        for first, group in groups
    )


# A word or sign beside an amount. Other codes count in capitals only; whether three capitals
# are a code is for the caller to check in `CODES`. The lookahead skips the alternatives where
# a digit stands, which is five times as fast.
_WORD = _any_of({*LOWER_CASE, *SHARED, *(word for words in WORDS.values() for word in words)})
PATTERN = rf"(?![\d.,'()+\-\s%‰])(?:{_WORD}|(?-i:[A-Z]{{3}}))"
# The same for callers that do not look the code up: "ABC 123" is no amount.
SURE = rf"(?:{_WORD}|(?-i:{_any_of(CODES)}))"
