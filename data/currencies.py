"""Which currency amounts are in, as their signs, their header or a column of codes say.

    >>> code("人民币"), code("US$"), code("$"), candidates("$")[:2]
    ('CNY', 'USD', None, ('USD', 'HKD'))
    >>> marks(pa.array(["¥1,200", "¥35.5", "90"]))
    {'¥': ('¥1,200', '¥35.5'), '': ('90',)}

A "$" may be of six countries. It is the reporting currency where that is one of
them; elsewhere somebody is asked.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from data.headers import unit as header_unit
from data.numerals import folded

_CODES = {
    "USD": ("US$", "US Dollar", "US Dollars", "美元", "美金"),
    "CNY": ("RMB", "CNH", "人民币", "人民币元", "Chinese Yuan", "Yuan", "Renminbi", "CN¥"),
    "HKD": ("HK$", "港币", "港元", "Hong Kong Dollar"),
    "TWD": ("NT$", "NTD", "新台币", "台币", "New Taiwan Dollar"),
    "SGD": ("S$", "新加坡元", "新元", "Singapore Dollar"),
    "AUD": ("A$", "澳元", "Australian Dollar"),
    "CAD": ("C$", "加元", "Canadian Dollar"),
    "BRL": ("R$", "雷亚尔", "Brazilian Real", "Real"),
    "EUR": ("€", "欧元", "Euro", "Euros"),
    "GBP": ("£", "英镑", "Pound Sterling", "British Pound", "Pounds"),
    "JPY": ("JP¥", "日元", "日圆", "Japanese Yen", "Yen"),
    "INR": ("₹", "Rs", "Rs.", "卢比", "Indian Rupee"),
    "KRW": ("₩", "韩元", "South Korean Won"),
    "RUB": ("₽", "卢布", "Russian Ruble"),
}
_KNOWN = {word.casefold(): code for code, words in _CODES.items() for word in (code, *words)}
_YUAN = ("CNY", "TWD", "HKD")
_SHARED = {
    "$": ("USD", "HKD", "TWD", "SGD", "AUD", "CAD"),
    "¥": ("CNY", "JPY"),
    "元": _YUAN,
    "元整": _YUAN,
    "圆": _YUAN,
    "圆整": _YUAN,
    "块": _YUAN,
}
_DIGITS = r"[\d０-９.,，．'()（）+\-−%％\s\p{Zs}]+"
_UNITS = re.compile(r"^(?:十万|百万|千万|百|千|万|萬|亿|億|mn|mio|bn|[kmbe])+", re.IGNORECASE)
_EXAMPLES = 3


def code(text: str) -> str | None:
    """The ISO code that a word or a sign stands for; None where it may be several, or none."""
    return _KNOWN.get(folded(text).casefold())


def candidates(sign: str) -> tuple[str, ...]:
    """The currencies that share a sign; () for every other text."""
    return _SHARED.get(folded(sign), ())


def means(sign: str, reporting: str, answer: str | None = None) -> str | None:
    """What a sign stands for here; None while only the user can know."""
    if not sign:
        return reporting
    if known := code(sign):
        return known
    if answer:
        return answer
    return reporting if reporting in candidates(sign) else None


def told_by_header(header: str) -> str | None:
    """The currency that a header names in brackets: Amount (USD), 金额（美元）."""
    found = header_unit(header)
    return code(re.sub(r"^in ", "", found, flags=re.IGNORECASE)) if found else None


def mark_of(texts: pa.Array) -> pa.Array:
    """Of each text its currency sign or word; "" where it has none, null where it is no amount."""
    left = pc.replace_substring_regex(texts, _DIGITS, "")
    coded = left.dictionary_encode()
    read = [_mark(one) for one in coded.dictionary.to_pylist()]
    signs = pa.array(read, pa.string()).take(coded.indices)
    return pc.if_else(pc.match_substring_regex(texts, r"[\d０-９]"), signs, _NONE)


def marks(texts: pa.Array) -> dict[str, tuple[str, ...]]:
    """The signs in different texts, each with up to three of them."""
    signs = mark_of(texts)
    return {
        sign: tuple(texts.filter(pc.equal(signs, sign)).slice(0, _EXAMPLES).to_pylist())
        for sign in pc.unique(signs.drop_null()).to_pylist()
    }


def codes(texts: pa.Array, read: dict[str, str]) -> pa.Array:
    """A currency column's texts as ISO codes, where known; `read` are signs asked about."""
    found = [
        None if one is None else code(one) or read.get(folded(one)) or one
        for one in texts.to_pylist()
    ]
    return pa.array(found, pa.string())


_NONE = pa.scalar(None, pa.string())


def _mark(left: str | None) -> str | None:
    """The sign among what is left of an amount without its digits; None for other words."""
    if left is None:
        return None
    word = _UNITS.sub("", folded(left)) if code(left) is None else folded(left)
    if not word or code(word) or candidates(word):
        return word
    # "元" behind "人民币" says the same again.
    inside = next((one for one in _KNOWN if len(one) > 1 and one in word.casefold()), None)
    return inside or next((one for one in (*_KNOWN, *_SHARED) if one in word), None)
