"""Format numbers, money and dates for readers of Chinese or English.

    >>> from pages.kit.i18n.words import words
    >>> money(words("zh"), 99_999_999, "CNY"), money(words("en"), 99_999_999, "CNY")
    ('¥1.00亿', '¥100M')
    >>> percent(words("en"), 0.6315, digits=2)
    '63.15%'

Dates and grouping come from Babel. Compact money has a rule of its own, because
Babel writes "¥1亿" for 123,456,789 and "¥10000万" for 99,999,999: three
significant digits, promoted to the next unit when rounding reaches it, and
whole units below the first. What is missing or not finite is "n/a", never 0.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import format_skeleton, get_timezone_location
from babel.numbers import format_decimal, get_currency_name, get_currency_symbol

from pages.kit.i18n.names import joined, visible
from pages.kit.i18n.words import LOCALES, Units, Words

MINUS = "\N{MINUS SIGN}"

# Smallest first; the unit characters do not depend on the language.
_STEPS: dict[str, tuple[tuple[Decimal, str], ...]] = {
    "wan": ((Decimal(10**4), "万"), (Decimal(10**8), "亿")),
    "k": ((Decimal(10**3), "K"), (Decimal(10**6), "M"), (Decimal(10**9), "B")),
}
# Wide enough for any float; commercial rounding, as on an invoice.
# What would make a text a block of code, an item of a list, a line or a heading.
_INDENT = re.compile(r"^\s{2,}")
_ITEM = re.compile(r"^( ?\d{0,9})([-=]|(?<=\d)\.)(?=[\s=-]|$)")
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


def money(
    _: Words,
    value: Any,
    currency: str,
    compact: bool = True,
    units: Units = "auto",
    symbol: bool = True,
    trim: bool = False,
) -> str:
    """Format `value` in `currency` with three significant digits and a unit, or to the cent.

    `compact=False` gives the full figure, for tables, passports and hover.
    `units` is "wan" (万/亿) or "k" (K/M/B); "auto" follows the reader. `trim`
    drops zeros after the point, for axes and running text.
    """
    amount = _decimal(value)
    if amount is None:
        return _("n/a")
    size = abs(amount)
    shown, unit = _compacted(size, _units(_, units)) if compact else (_rounded(size, 2), "")
    text = _grouped(_, shown, trim=trim or (compact and not shown)) + unit
    return _sign(amount, shown) + (_symbol(_, currency) if symbol else "") + text


def exact(_: Words, value: Any, currency: str) -> str:
    """Format the full amount to the cent."""
    return money(_, value, currency, compact=False)


def exact_change(_: Words, value: Any, currency: str) -> str:
    """Format a change of money to the cent, with its sign: changes add up as they are written."""
    text = exact(_, value, currency)
    amount = _decimal(value)
    return f"+{text}" if amount is not None and amount > 0 else text


def number(_: Words, value: Any, digits: int = 0, trim: bool = False) -> str:
    """Format `value` with thousands grouped and `digits` decimals."""
    amount = _decimal(value)
    if amount is None:
        return _("n/a")
    shown = _rounded(abs(amount), digits)
    return _sign(amount, shown) + _grouped(_, shown, trim=trim)


def percent(_: Words, value: Any, digits: int = 1) -> str:
    """Format a ratio as a percentage: 0.6315 is "63.2%"; no denominator gives "n/a"."""
    amount = _decimal(value)
    if amount is None:
        return _("n/a")
    shown = _rounded(abs(amount) * 100, digits)
    return _sign(amount, shown) + _grouped(_, shown) + "%"


def days(_: Words, value: Any, digits: int = 1) -> str:
    """Format a length of time in days: "1 day", "47.9 days", "47.9天"."""
    amount = _decimal(value)
    if amount is None:
        return _("n/a")
    shown = number(_, amount, digits, trim=True)
    return _.n("{n} day", "{n} days", 1 if shown == "1" else 2, n=shown)


def signed(
    _: Words,
    value: Any,
    currency: str | None = None,
    digits: int = 1,
    markdown: bool = True,
) -> str:
    """Format a change with arrow, sign and colour: ":blue[▲ +3.2%]", ":orange[▼ −3.2%]".

    A ratio by default, money when a currency is given. Up is good.
    `markdown=False` leaves the colour out, for charts and plain text.
    """
    amount = _decimal(value)
    if amount is None:
        return _("n/a")
    shown = money(_, abs(amount), currency) if currency else percent(_, abs(amount), digits)
    text = with_arrow(amount, shown)
    if text == shown or not markdown:
        return text
    return f":{'blue' if amount > 0 else 'orange'}[{escaped(text)}]"


def with_arrow(change: Decimal, shown: str) -> str:
    """Return the size of a change, as it is shown, with its arrow and sign; a 0 has neither."""
    if not any(digit in shown for digit in "123456789"):
        return shown
    return f"▲ +{shown}" if change > 0 else f"▼ {MINUS}{shown}"


def date_text(_: Words, value: date | None, year: bool = True) -> str:
    """Format a date: "2026年3月18日" or "Mar 18, 2026", without the year "3月18日" or "Mar 18"."""
    return _dated(_, value, "yMMMd" if year else "MMMd")


def month_text(_: Words, value: date | None, year: bool = True) -> str:
    """Format a month: "2026年3月" or "Mar 2026", without the year "3月" or "Mar"."""
    return _dated(_, value, "yMMM" if year else "MMM")


def weekday_text(_: Words, value: date | None) -> str:
    """Format a weekday: "周三" or "Wed"."""
    return _dated(_, value, "E")


def zone_name(_: Words, zone: str) -> str:
    """Return a time zone as people call it, by its country and city."""
    return get_timezone_location(zone, locale=LOCALES[_.code])


def zone_names(_: Words) -> dict[str, str]:
    """Return the time zones of places with their names, in the order of the names."""
    places = [
        zone
        for zone, country in get_global("zone_territories").items()
        if "/" in zone and country not in ("001", "ZZ") and zone in available_timezones()
    ]
    return dict(sorted(((zone, zone_name(_, zone)) for zone in places), key=lambda pair: pair[1]))


def currency_name(_: Words, code: str) -> str:
    """Format a currency: "EUR · Euro", "EUR · 欧元"; an unknown code is returned as it is."""
    name = str(get_currency_name(code, locale=LOCALES[_.code]))
    return code if name == code else f"{code} · {name}"


def country_name(_: Words, code: str) -> str:
    """Return the name of a country for its ISO code: "Switzerland", "瑞士"."""
    return str(Locale.parse(LOCALES[_.code]).territories.get(code, code))


def escaped(text: str) -> str:
    """Escape `text` for markdown, so that names from files and "$" stay as they are.

    Two dollar amounts in one sentence would otherwise be set as a formula.
    """
    one = _INDENT.sub(" ", joined(visible(text)))
    signs = "".join(f"\\{char}" if char in r"\`*_{}[]()#+!$~|<>:&" else char for char in one)
    return _ITEM.sub(r"\1\\\2", signs)


def last_digit(_: Words, size: Decimal) -> Decimal:
    """Return what one in the last digit of `money` stands for, at three significant digits."""
    steps = _units(_, "auto")
    shown, name = _compacted(size, steps)
    if not name:
        exponent = shown.as_tuple().exponent
        return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    unit = next(unit for unit, called in _STEPS[steps] if called == name)
    return unit.scaleb(shown.adjusted() - 2)


def in_steps(
    _: Words, amount: Decimal, step: Decimal, currency: str, symbol: bool, trim: bool
) -> str:
    """Format an amount that `step` divides in its unit, down to that step."""
    reached = [(unit, name) for unit, name in _STEPS[_units(_, "auto")] if abs(amount) >= unit]
    unit, name = reached[-1] if reached else (Decimal(1), "")
    places = max(0, -(step / unit).adjusted())
    text = _grouped(_, _rounded(abs(amount) / unit, places), trim=trim or not amount) + name
    return _sign(amount, amount) + (_symbol(_, currency) if symbol else "") + text


def _decimal(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        amount = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _compacted(size: Decimal, steps: str) -> tuple[Decimal, str]:
    """Return `size` in the largest unit whose rounded figure is at least 1."""
    unit, name = Decimal(1), ""
    shown = _rounded(size, 0 if size >= 100 or size == size.to_integral_value() else 2)
    for step, step_name in _STEPS[steps]:
        if shown * unit >= step:
            unit, name = step, step_name
            shown = _significant(size / unit)
    return shown, name


def _significant(size: Decimal) -> Decimal:
    """Round to three significant digits: 1.234 → 1.23, 9.996 → 10.0, 1183.4 → 1180."""
    rounded = _rounded(size, 2 - size.adjusted())
    return _rounded(rounded, max(0, 2 - rounded.adjusted()))


def _rounded(size: Decimal, digits: int) -> Decimal:
    return size.quantize(Decimal(1).scaleb(-digits), context=_WIDE)


def _grouped(_: Words, shown: Decimal, trim: bool = False) -> str:
    exponent = shown.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = "#,##0" + ("." + ("#" if trim else "0") * places if places else "")
    return str(format_decimal(shown, pattern, locale=LOCALES[_.code]))


def _sign(amount: Decimal, shown: Decimal) -> str:
    return MINUS if amount < 0 and shown else ""


def _symbol(_: Words, currency: str) -> str:
    if currency in ("CNY", "JPY"):
        return "¥" if currency == "CNY" else "JP¥"
    symbol = str(get_currency_symbol(currency, locale=LOCALES["en"])) if currency else ""
    return f"{symbol}\N{NO-BREAK SPACE}" if symbol == currency and symbol else symbol


def _units(_: Words, units: Units) -> str:
    if units != "auto":
        return units
    return _.units if _.units != "auto" else ("wan" if _.code == "zh" else "k")


def _dated(_: Words, value: date | None, skeleton: str) -> str:
    # NaT is a missing date that compares unequal to itself.
    if value is None or value != value:
        return _("n/a")
    return str(format_skeleton(skeleton, value, locale=LOCALES[_.code]))


def is_missing(value: Any) -> bool:
    """Return whether a figure is missing: None, NaN or NaT."""
    return value is None or bool(value != value)
