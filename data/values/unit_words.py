"""Find the multiplier that a header names: (in Lakhs), $000, USD (k), TEUR, Mio. €.

    >>> unit_and_currency("Amount (in Lakhs)"), unit_and_currency("Quota US$ 000s")
    (('lakhs', ''), ('000s', 'US$'))
    >>> unit_and_currency("Umsatz TEUR"), unit_and_currency("Amount (USD)")
    (('t', 'EUR'), None)
    >>> multiplier("000s"), multiplier("Cr")
    (Decimal('1000'), Decimal('10000000'))
    >>> without("Revenue, in '000"), without("Quota (USD '000)")
    ('Revenue', 'Quota')

A letter alone is a unit in brackets, beside a currency or after an amount: "Size M" is a size.
"""

from __future__ import annotations

import re
from decimal import Decimal

_POWERS = {
    -2: "us cents|us-cents|euro cents|cents|cent|centimes|céntimos|centavos|centesimi|pence|ct",
    3: "thousands|thousand|thous|tsd|tausend|milliers|miles|mila|'000s|'000|000's|000s|000|k|t",
    5: "lakhs|lakh|lacs|lac",
    6: "millions|million|millionen|millones|milioni|miljoen|mio|mln|mil|mm|mn|m",
    7: "crores|crore|crs|cr",
    9: "billions|billion|milliarden|milliards|mrd|bn|b",
}
_FACTORS = {
    word: Decimal(10) ** power for power, words in _POWERS.items() for word in words.split("|")
}
_UNIT = "|".join(sorted(_FACTORS, key=len, reverse=True))
# A letter is a unit only beside a currency or in brackets.
_WORD = "|".join(
    sorted((w for w in _FACTORS if len(w) > 2 and w not in ("mil", "lac")), key=len, reverse=True)
)
_MONEY = (
    r"(?:US|A|C|HK|S|NZ)\$|[$€£¥₹]|USD|EUR|GBP|CNY|RMB|HKD|INR|JPY|AUD|CAD|CHF|SGD|NZD|SEK|NOK"
    r"|DKK|PLN|BRL|MXN|ZAR|AED|TWD|KRW|THB|MYR|Rs\.?|euros?|(?:US[ -])?dollars?|dólares"
)
_IN = r"(?:(?:in|en|de|of)\s++|d')"
# K alone is a unit only after these: "Amount k"; "Vitamin K" is none.
_AFTER_MONEY = "|".join(
    f"(?<={word})"
    for word in (
        "amount", "revenue", "sales", "total", "value", "quota", "target", "budget", "turnover",
        "umsatz", "betrag", "ziel", "montant", "importe", "ventas", "valor",
    )
)  # fmt: skip
# "in thousands of USD", "USD '000", "k€"; a currency in brackets before its unit: USD (k).
_INSIDE = (
    rf"(?:{_IN})?(?P<money1>{_MONEY})?\s*+(?:{_IN})?(?P<unit>{_UNIT})\.?\s*+(?:{_IN})?"
    rf"(?P<money2>{_MONEY})?"
)
# All of what stands between a header and its unit; a search begins at its first letter alone.
_GAP = r"(?<![\s,/:_–-])[\s,/:_–-]++"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?<!\s)\s++)?+(?:{_IN}\s*+)?(?<![^\W_])(?:(?P<money3>{_MONEY})\s*+)?[(\[]\s*+{_INSIDE}\s*+[)\]]$",
        rf"{_GAP}{_IN}(?P<money1>{_MONEY})?\s*+(?P<unit>{_WORD}|cr|k)\.?\s*+(?:{_IN})?"
        rf"(?P<money2>{_MONEY})?$",
        rf"{_GAP}(?P<money1>{_MONEY})\s*+(?P<unit>{_UNIT})$",
        rf"{_GAP}(?P<unit>{_UNIT})\.?\s*+(?P<money1>{_MONEY})$",
        rf"{_GAP}(?P<unit>'000s|'000|000s)$",
        rf"{_GAP}(?P<unit>cents|centimes|céntimos|centavos|centesimi)$",
        rf"(?:{_AFTER_MONEY})[\s_-]++(?P<unit>k)$",
    )
)
# The credit side of a ledger is no crore.
_LEDGER = re.compile(r"credit|debit|\bdr\b|贷方|haben|soll", re.IGNORECASE)


def unit_and_currency(header: str) -> tuple[str, str] | None:
    """Return the unit at the end of a folded `header` and its currency; None without a unit."""
    match = _match(header)
    if match is None:
        return None
    groups = match.groupdict()
    money = next((groups[name] for name in sorted(groups) if name != "unit" and groups[name]), "")
    return groups["unit"].casefold(), money


def multiplier(unit: str) -> Decimal:
    """Return the factor of a unit's word."""
    return _FACTORS[unit.casefold()]


def without(header: str) -> str:
    """Return a folded `header` without its unit."""
    match = _match(header)
    return header[: match.start()].strip() if match else header


def _match(header: str) -> re.Match[str] | None:
    match = next((m for pattern in _PATTERNS if (m := pattern.search(header))), None)
    if match is None or not header[: match.start()].strip():
        return None
    if match["unit"].casefold() in ("cr", "crs") and _LEDGER.search(header):
        return None
    # Small letters are metres, tonnes and bytes unless money stands beside them.
    money = any(value for name, value in match.groupdict().items() if name.startswith("money"))
    if match["unit"].casefold() in ("t", "b") and not money:
        return None
    return match
