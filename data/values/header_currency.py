"""Find the currency that a header names outside brackets too: Amount USD, 美元金额, Umsatz in EUR.

    >>> named("Amount_USD"), named("美元金额"), named("Total (US dollars)"), named("Net Amount $")
    ('USD', 'USD', 'USD', '$')
    >>> without("Amount_USD"), without("美元金额"), without("Umsatz in EUR"), without("Euro")
    ('Amount', '金额', 'Umsatz', 'Euro')

Codes and signs count anywhere; names that may also say where something was sold (Euro Region)
only at the end or in brackets.
"""

from __future__ import annotations

import re
from functools import lru_cache

from data.values.currency_words import CODES, KNOWN, LOWER_CASE, SHARED, WORDS
from data.values.numbers import folded

# Codes that are words, companies or abbreviations; and those that are words in capitals alone.
_WORDS = frozenset(("ALL", "TOP", "CUP", "AMD", "SOS", "MOP", "BOB", "TRY", "ILS", "PHP"))
_SHOUTED = frozenset(("PEN", "COP", "MAD", "LAK", "GEL", "BAM", "RON"))
_SMALL = (*sorted(LOWER_CASE - _WORDS), "rmb", "cnh", "ntd")
_OWN_CODES = "|".join(sorted(WORDS.keys() - {"ALL", "TOP", "CUP", "AMD", "SOS", "MOP", "BOB"}))
# "Umsatz real", "Amount rs": names that are words of other languages, or too short.
_UNSURE = frozenset(("real", "rs", "rs.", "ft", "fr.", "tl", "kč", "zł"))
_NAMES = sorted(
    (
        name
        for name in (*KNOWN, *SHARED)
        if len(name) > 1 and name not in _UNSURE and name.upper() not in CODES
    ),
    key=len,
    reverse=True,
)
_LETTER = "A-Za-zÀ-ɏ"
_ALONE = rf"(?<![{_LETTER}])(?:{{}})(?![{_LETTER}])"
_CODE = _ALONE.format(rf"{_OWN_CODES}|(?i:{'|'.join(_SMALL)})")
_HANZI = "|".join(name for name in _NAMES if re.fullmatch(r"[\u4e00-\u9fff]{2,}(?<!整)", name))
_SIGN = r"(?<![A-Za-z])(?:US|HK|NT|AU|CA|NZ|[ACS])\$|R\$|[$€£¥₹₽₩₺₴฿₦₱]"
_NAME = "|".join(re.escape(name) for name in _NAMES if not re.search("[$¥]", name))
_WHOLE = {*KNOWN, *SHARED}
_IN = r"(?:in|en|em)[\s_]++"
_ANYWHERE = re.compile(rf"{_CODE}|{_SIGN}|{_HANZI}")
_AT_END = re.compile(
    rf"(?:[(\[]\s*(?:{_IN})?(?P<inside>{_NAME})\s*[)\]]"
    rf"|(?<![{_LETTER}])(?:{_IN})?(?P<name>{_NAME})\s*[)\]]?)$",
    re.IGNORECASE,
)
_YUAN = re.compile(r"(?:[(\[]|[\u4e00-\u9fff])[十百千万亿]{0,2}(元)\s*[)\]]?$")
# "non-USD", 非美元; and headers of rates, which name two currencies or that of the rate.
_NOT = re.compile(
    r"(?:\b(?:non|ex|excl|excluding|except|not|ohne|hors|sin)\b\.?[\s-]?|[非除])$", re.I
)
_RATE = re.compile(r"(?<![a-z])rates?(?![a-z])|汇率|kurs|cambio|taux", re.IGNORECASE)
# AmountUSD and USDAmount are two words.
_HUMP = re.compile(r"(?<=[a-zà-ɏ])(?=[A-Z])|(?<=[A-Z]{3})(?=[A-Z][a-z])")
_BORDER = (
    rf"(?:(?:(?<!\s)\s++)?+[(\[]\s*+(?:{_IN})?|(?<![\s_,:/|–-])[\s_,:/|–-]++(?:{_IN})?"
    r"|(?<=[^\x00-\x7f])|(?=[^\w\s(]))"
)
_END = re.compile(
    rf"{_BORDER}(?:{_CODE}|{_SIGN}|{_HANZI}|(?i:{_NAME}))\s*+[)\]]?$",
)
_START = re.compile(rf"^(?:{_CODE}|{_SIGN}|{_HANZI})[\s_,:/|–-]*")


@lru_cache(maxsize=4096)
def named(header: str) -> str:
    """Return the only currency in a header, as a code or as a sign that several share; "" else."""
    text = _words(header)
    if _RATE.search(text):
        return ""
    found: set[str] = set()
    for match in _ANYWHERE.finditer(text):
        word = match[0]
        if _NOT.search(text[: match.start()]) or (text.isupper() and word in _SHOUTED):
            continue
        found.add(KNOWN.get(word.casefold(), word))
    if (name := _AT_END.search(text)) and not _NOT.search(text[: name.start()]):
        word = (name["inside"] or name["name"]).casefold()
        found.add(KNOWN.get(word, word))
    sure = {word for word in found if word not in SHARED}
    if len(found := sure or found) == 1:
        return next(iter(found))
    return "元" if not found and _YUAN.search(text) else ""


@lru_cache(maxsize=4096)
def without(header: str) -> str:
    """Return a folded header without the currency at its end or its beginning."""
    text = _words(header)
    if not named(header) or text.casefold() in _WHOLE:
        return header
    for pattern in (_END, _START):
        if match := pattern.search(text):
            left = text[: match.start()] + text[match.end() :]
            if any(map(str.isalnum, left)):
                return left.strip(" _-,:/|")
    return header


def _words(header: str) -> str:
    return _HUMP.sub(" ", folded(header))
