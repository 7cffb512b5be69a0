"""Format figures that stand together so that they add up as they are written.

>>> from pages.kit.i18n.words import words
>>> adding_up(words("zh"), 12_714_300, 12_000_000, "CNY")
('¥1,271.4万', '¥1,200.0万', '¥71.4万')
>>> whole_percents(words("en"), [1 / 3, 1 / 3, 1 / 3])
['34%', '33%', '33%']
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pages.kit.i18n.numbers import in_steps, is_missing, last_digit, money, percent
from pages.kit.i18n.words import Words

_CENT = Decimal("0.01")
_MOST_DIGITS = 7


def adding_up(
    _: Words, end: Any, target: Any, currency: str, symbol: bool = True, trim: bool = False
) -> tuple[str, str, str]:
    """Format a figure, its target and their difference so that the three add up as written.

    The difference comes without its sign. All are as fine as the finest of them needs for
    three digits, at most seven. Like `money` where one of the two is missing.
    """
    if is_missing(end) or is_missing(target):
        return (
            money(_, end, currency, symbol=symbol, trim=trim),
            money(_, target, currency, symbol=symbol, trim=trim),
            _("n/a"),
        )
    first, second = Decimal(str(end)), Decimal(str(target))
    gap = abs(first - second)
    step = _common_step(_, first, second)
    shown, aim = _to_step(first, step), _to_step(second, step)
    pairs = ((first, shown), (second, aim), (gap, abs(shown - aim)))
    first_text, second_text, gap_text = (
        # What seven digits of the largest cannot show is written by itself.
        money(_, amount, currency, symbol=symbol, trim=trim)
        if amount and last_digit(_, abs(amount)) < step
        else in_steps(_, rounded, step, currency, symbol, trim)
        for amount, rounded in pairs
    )
    return first_text, second_text, gap_text


def whole_percents(_: Words, shares: list[float]) -> list[str]:
    """Format shares that make a whole so that their whole percents add up to 100."""
    cents = [share * 100 for share in shares]
    parts = [int(cent) for cent in cents]
    by_rest = sorted(range(len(cents)), key=lambda at: parts[at] - cents[at])
    for at in by_rest[: round(sum(cents)) - sum(parts)]:
        parts[at] += 1
    return [percent(_, part / 100, 0) for part in parts]


def _common_step(_: Words, first: Decimal, second: Decimal) -> Decimal:
    """Return the size of the last digit at which two amounts and their difference add up.

    The finest that one of the three needs for three digits, of those that seven digits of
    the largest can show.
    """
    gap = abs(first - second)
    sizes = [abs(amount) for amount in (first, second, gap) if amount]
    if not sizes:
        return _CENT
    cap = max(_CENT, Decimal(1).scaleb(max(sizes).adjusted() - _MOST_DIGITS + 1))
    digits = [last_digit(_, size) for size in sizes]
    step = min(digit for digit in digits if digit >= cap or digit == max(digits))
    too_small = gap and last_digit(_, gap) < step
    return cap if too_small and _to_step(first, step) != _to_step(second, step) else step


def _to_step(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step
