"""The currency of amounts, from their signs, their header or a column of codes.

    >>> code("人民币"), code("US$"), code("$"), candidates("$")[:2]
    ('CNY', 'USD', None, ('USD', 'HKD'))
    >>> marks(pa.array(["¥1,200", "¥35.5", "90"]))
    {'¥': ('¥1,200', '¥35.5'), '': ('90',)}

"$" is the sign of six currencies and "kr" of four. It means the reporting currency where
that is one of them; elsewhere the user is asked.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from data.values import header_currency as header_words
from data.values import unit_words
from data.values.currency_words import CODES, KNOWN, SHARED, YUAN
from data.values.header_text import unit as header_unit
from data.values.numbers import folded, is_blank

# Words that may be part of longer ones: not "rs", as in "hours".
_INSIDE = [name for name in KNOWN if len(name) > 1 and not re.fullmatch(r"[a-z]{2}\.?", name)]
_INSIDE.sort(key=len, reverse=True)
_SIGNS = [name for name in (*KNOWN, *SHARED) if len(name) == 1]
_DIGITS = r"[\d０-９.,，．:'’‘ʼ′()（）+\-−–—‐‑‒=%％\s\p{Zs}]+"
_UNITS = re.compile(r"^(?:十万|百万|千万|百|千|万|萬|亿|億|mn|mio|bn|[kmbe])++", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]\s*(?:in\s+)?([A-Z]{3})\s*[)\]]$")
_EXAMPLES = 3


def code(text: str) -> str | None:
    """Return the ISO code of a word or a sign; None where it has several, or none."""
    word = folded(text)
    # Other codes count in capitals only.
    return KNOWN.get(word.casefold()) or (word if word in CODES else None)


def candidates(sign: str) -> tuple[str, ...]:
    """Return the currencies that share a sign; () for any other text."""
    return SHARED.get(folded(sign).casefold(), ())


def means(sign: str, reporting: str, answer: str | None = None) -> str | None:
    """Return the currency of a sign; None where the user has to be asked."""
    if not sign:
        return reporting
    if known := code(sign):
        return known
    if answer:
        return answer
    return reporting if reporting in candidates(sign) else None


def is_yuan(word: str) -> bool:
    """Return whether a word is 元 or another name of it, which several currencies share."""
    return folded(word) in YUAN


def titled(word: str, reporting: str) -> str:
    """Return the currency named above a table or in a header.

    Of those that share 元, it is the reporting one or CNY; of those that share another sign, the
    reporting one, until the user has said which.
    """
    shared = candidates(word)
    if not shared:
        return word
    return "CNY" if is_yuan(word) and reporting not in shared else reporting


def header_currency(header: str) -> str | None:
    """Return the currency that a header names: Amount (USD), 美元金额, Betrag in CHF."""
    named = header_sign(header)
    return code(named) if named else None


def header_sign(header: str) -> str:
    """Return the currency that a header names, as a code or as a shared sign ($, kr); "" for none.

    元 counts as one: it is the unit of several currencies.
    """
    if found := _in_brackets(header):
        return found
    return header_words.named(header)


def _in_brackets(header: str) -> str | None:
    if (scaled := unit_words.unit_and_currency(folded(header))) and scaled[1]:
        return code(scaled[1])
    if unit := header_unit(header):
        return code(re.sub(r"^in ", "", unit, flags=re.IGNORECASE))
    inside = _BRACKETS.search(folded(header))
    # "(real)" may be any word, and so may "(ALL)" in a header of capitals.
    return inside[1] if inside and inside[1] in CODES and not header.isupper() else None


def names_country(header: str) -> bool:
    """Return whether a header says whose 元 it means: 美元, 人民币元, RMB."""
    return bool(re.search(r"[美欧港日加澳]元|人民币|[a-z]{3}", header, re.IGNORECASE))


def signs_of(texts: pa.Array) -> pa.Array:
    """Return each text's currency sign or word; "" for none, null where it is no amount."""
    left = pc.replace_substring_regex(texts, _DIGITS, "")
    coded = left.dictionary_encode()
    read = [_mark(text) for text in coded.dictionary.to_pylist()]
    signs = pa.array(read, pa.string()).take(coded.indices)
    return pc.if_else(pc.match_substring_regex(texts, r"[\d０-９]"), signs, _NONE)


def marks(texts: pa.Array) -> dict[str, tuple[str, ...]]:
    """Return the signs in distinct texts, each with up to three examples."""
    signs = signs_of(texts)
    return {
        sign: tuple(texts.filter(pc.equal(signs, sign)).slice(0, _EXAMPLES).to_pylist())
        for sign in pc.unique(signs.drop_null()).to_pylist()
    }


def codes(texts: pa.Array, answers: dict[str, str]) -> pa.Array:
    """Parse a currency column into ISO codes, null where unknown; `answers` are codes by sign."""
    parsed = [
        None if is_blank(text) else code(text) or answers.get(folded(text)) or _code_in(text)
        for text in texts.to_pylist()
    ]
    return pa.array(parsed, pa.string())


def _code_in(text: str) -> str | None:
    """Return the currency of a text with two names or in small letters: "EUR (€)", "ron"."""
    parts = re.split(r"(?:(?<!\s)\s++)?+[()/|:-]\s*+", folded(text))
    named = {code(part) or code(part.upper()) for part in parts if part}
    return next(iter(named)) if len(named) == 1 else None


_NONE = pa.scalar(None, pa.string())


def _mark(left: str | None) -> str | None:
    """Return the sign in what is left of an amount without its digits; None for other words."""
    if left is None:
        return None
    whole = word = folded(left)
    if code(word) is None and not candidates(word):
        word = _UNITS.sub("", word)
    if not word or code(word) or candidates(word):
        return word
    # Of "人民币元" the longer word counts.
    inside = next((name for name in _INSIDE if name in word.casefold()), None)
    # "EUR k" begins with the E of a power.
    inside = inside or next((name for name in _INSIDE if name in whole.casefold()), None)
    return inside or next((name for name in _SIGNS if name in word), None)
