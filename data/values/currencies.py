"""Which currency amounts are in, as their signs, their header or a column of codes say.

    >>> code("人民币"), code("US$"), code("$"), candidates("$")[:2]
    ('CNY', 'USD', None, ('USD', 'HKD'))
    >>> marks(pa.array(["¥1,200", "¥35.5", "90"]))
    {'¥': ('¥1,200', '¥35.5'), '': ('90',)}

A "$" may be of six countries, a "kr" of four. It is the reporting currency where that is one of
them; elsewhere somebody is asked.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from data.values.currency_words import CODES, LOWER_CASE, SHARED, WORDS
from data.values.header_text import unit as header_unit
from data.values.numbers import folded, is_blank

_KNOWN = {word.casefold(): code for code, words in WORDS.items() for word in words}
_KNOWN |= {code.casefold(): code for code in LOWER_CASE}
# Words that may be part of longer ones: not "rs", as in "hours".
_INSIDE = [one for one in _KNOWN if len(one) > 1 and not re.fullmatch(r"[a-z]{2}\.?", one)]
_INSIDE.sort(key=len, reverse=True)
_SIGNS = [one for one in (*_KNOWN, *SHARED) if len(one) == 1]
_DIGITS = r"[\d０-９.,，．:'’‘ʼ′()（）+\-−–—‐‑‒=%％\s\p{Zs}]+"
_UNITS = re.compile(r"^(?:十万|百万|千万|百|千|万|萬|亿|億|mn|mio|bn|[kmbe])+", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]\s*(?:in\s+)?([A-Z]{3})\s*[)\]]$")
_EXAMPLES = 3


def code(text: str) -> str | None:
    """The ISO code that a word or a sign stands for; None where it may be several, or none."""
    told = folded(text)
    # In small letters some codes are words: all, top, try.
    return _KNOWN.get(told.casefold()) or (told if told in CODES else None)


def candidates(sign: str) -> tuple[str, ...]:
    """The currencies that share a sign; () for every other text."""
    return SHARED.get(folded(sign).casefold(), ())


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
    """The currency that a header names in brackets: Amount (USD), 金额（美元）, Betrag (CHF)."""
    if found := header_unit(header):
        return code(re.sub(r"^in ", "", found, flags=re.IGNORECASE))
    inside = _BRACKETS.search(folded(header))
    # A word such as "real" may be anything, and so may capitals among capitals: TOTAL (ALL).
    return inside[1] if inside and inside[1] in CODES and not header.isupper() else None


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
    """A currency column's texts as ISO codes, null where unknown; `read` are signs asked about."""
    found = [
        None if is_blank(one) else code(one) or read.get(folded(one)) or _code_in(one)
        for one in texts.to_pylist()
    ]
    return pa.array(found, pa.string())


def _code_in(text: str) -> str | None:
    """The currency of a text that says it twice, or in small letters: "EUR (€)", "ron"."""
    parts = re.split(r"\s*[()/|:-]\s*", folded(text))
    found = {code(one) or code(one.upper()) for one in parts if one}
    return next(iter(found)) if len(found) == 1 else None


_NONE = pa.scalar(None, pa.string())


def _mark(left: str | None) -> str | None:
    """The sign among what is left of an amount without its digits; None for other words."""
    if left is None:
        return None
    word = folded(left)
    if code(word) is None and not candidates(word):
        word = _UNITS.sub("", word)
    if not word or code(word) or candidates(word):
        return word
    # "元" behind "人民币" says the same again.
    inside = next((one for one in _INSIDE if one in word.casefold()), None)
    return inside or next((one for one in _SIGNS if one in word), None)
