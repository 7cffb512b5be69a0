"""The codes, names and signs of currencies, as they stand beside an amount.

>>> "CHF" in CODES, WORDS["SEK"][0], SHARED["kr"][0]
(True, 'Swedish Krona', 'SEK')
"""

from __future__ import annotations

import re

from babel.core import get_global

# Every code of ISO 4217, those of former currencies too.
CODES: frozenset[str] = frozenset(get_global("all_currencies"))

# What a currency is called or marked with, apart from its code.
WORDS: dict[str, tuple[str, ...]] = {
    "USD": ("US$", "US Dollar", "US Dollars", "美元", "美金"),
    "CNY": ("RMB", "CNH", "人民币", "人民币元", "Chinese Yuan", "Yuan", "Renminbi", "CN¥"),
    "HKD": ("HK$", "港币", "港元", "Hong Kong Dollar"),
    "TWD": ("NT$", "NTD", "新台币", "台币", "New Taiwan Dollar"),
    "SGD": ("S$", "新加坡元", "新元", "Singapore Dollar"),
    "AUD": ("A$", "AU$", "澳元", "Australian Dollar"),
    "CAD": ("C$", "CA$", "加元", "Canadian Dollar"),
    "BRL": ("R$", "雷亚尔", "Brazilian Real", "Real"),
    "EUR": ("€", "欧元", "Euro", "Euros"),
    "GBP": ("£", "英镑", "Pound Sterling", "British Pound", "Pounds"),
    "JPY": ("JP¥", "日元", "日圆", "Japanese Yen", "Yen"),
    "INR": ("₹", "Rs", "Rs.", "卢比", "Indian Rupee"),
    "KRW": ("₩", "韩元", "South Korean Won"),
    "RUB": ("₽", "卢布", "Russian Ruble"),
    "CHF": (
        "SFr",
        "SFr.",
        "Fr.",
        "瑞士法郎",
        "瑞郎",
        "Swiss Franc",
        "Schweizer Franken",
        "Franken",
    ),
    "SEK": ("Swedish Krona", "瑞典克朗"),
    "NOK": ("Norwegian Krone", "挪威克朗"),
    "DKK": ("Danish Krone", "丹麦克朗"),
    "PLN": ("zł", "złoty", "Polish Zloty", "兹罗提"),
    "CZK": ("Kč", "Czech Koruna", "捷克克朗"),
    "HUF": ("Ft", "Hungarian Forint", "福林"),
    "TRY": ("₺", "TL", "Turkish Lira"),
    "UAH": ("₴",),
    "ILS": ("₪",),
    "THB": ("฿", "泰铢"),
    "VND": ("₫", "越南盾"),
    "PHP": ("₱",),
    "NGN": ("₦",),
    "KZT": ("₸",),
}
_YUAN = ("CNY", "TWD", "HKD")
_CROWNS = ("SEK", "NOK", "DKK", "ISK")

# Signs of several currencies.
SHARED: dict[str, tuple[str, ...]] = {
    "$": ("USD", "HKD", "TWD", "SGD", "AUD", "CAD"),
    "¥": ("CNY", "JPY"),
    "元": _YUAN,
    "元整": _YUAN,
    "圆": _YUAN,
    "圆整": _YUAN,
    "块": _YUAN,
    "kr": _CROWNS,
    "kr.": _CROWNS,
}

_KNOWN = sorted({*WORDS, *(one for some in WORDS.values() for one in some), *SHARED}, key=len)

# A word or sign beside an amount. Codes that are words in small letters (all, try) are written
# in capitals; whether three of them are a code at all is for `CODES` to say. The look ahead
# spares trying each of them where a digit stands, five times as quick.
_WORD = "|".join(map(re.escape, reversed(_KNOWN)))
PATTERN = rf"(?![\d.,'()+\-\s%‰])(?:{_WORD}|(?-i:[A-Z]{{3}}))"
# The same where nobody looks the code up: "ABC 123" is no amount.
SURE = rf"(?:{_WORD}|(?-i:{'|'.join(sorted(CODES))}))"
