"""Format figures that stand together so that they add up as they are written.

>>> from pages.kit.i18n.words import words
>>> adding_up(words("zh"), 12_714_300, 12_000_000, "CNY")
('¥1,271.4万', '¥1,200.0万', '¥71.4万')
>>> whole_percents(words("en"), [1 / 3, 1 / 3, 1 / 3])
['34%', '33%', '33%']
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from pages.kit.i18n.numbers import in_steps, is_missing, last_digit, money, percent, with_arrow
from pages.kit.i18n.words import Words

_CENT = Decimal("0.01")
_MOST_DIGITS = 7
_BRIDGE_DIGITS = 5


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


def fineness(_: Words, end: Any, target: Any) -> Decimal | None:
    """Return what one in the last digit stands for where `adding_up` writes an end and its target.

    None where neither is known.
    """
    known = [Decimal(str(amount)) for amount in (end, target) if not is_missing(amount)]
    if len(known) == 2:
        return _common_step(_, *known)
    return last_digit(_, abs(known[0])) if known and known[0] else None


def as_fine(
    _: Words,
    amount: Any,
    step: Decimal | None,
    currency: str,
    symbol: bool = True,
    trim: bool = False,
) -> str:
    """Format an amount that stands beside others, no coarser than these.

    >>> from pages.kit.i18n.words import words
    >>> as_fine(words("zh"), 1_524_588, fineness(words("zh"), 1_524_588, 1_165_000), "CNY")
    '¥152.5万'
    """
    if step is None or is_missing(amount):
        return money(_, amount, currency, symbol=symbol, trim=trim)
    exact = Decimal(str(amount))
    if exact and last_digit(_, abs(exact)) < step:
        return money(_, exact, currency, symbol=symbol, trim=trim)
    return in_steps(_, _to_step(exact, step), step, currency, symbol, trim)


def bridge_adding_up(
    _: Words, start: Any, changes: Sequence[Any], currency: str
) -> tuple[str, list[str], str]:
    """Format a start, the changes from it and the end so that they add up as written.

    A change that five digits of the largest figure cannot show is written by itself.
    """
    level = Decimal(str(start))
    levels = [level, *(level := level + Decimal(str(change)) for change in changes)]
    exact_changes = [after - before for before, after in pairwise(levels)]
    sizes = [abs(each) for each in (*levels, *exact_changes) if each] or [_CENT]
    step = max(_finest(sizes, _BRIDGE_DIGITS), min(last_digit(_, size) for size in sizes))
    rounded = [_to_step(each, step) for each in levels]

    def text(amount: Decimal, shown: Decimal) -> str:
        if amount and last_digit(_, abs(amount)) < step and not shown:
            return money(_, amount, currency)
        return in_steps(_, shown, step, currency, symbol=True, trim=False)

    shown_changes = [after - before for before, after in pairwise(rounded)]
    arrows = [
        with_arrow(change, text(abs(change), abs(shown)))
        for change, shown in zip(exact_changes, shown_changes, strict=True)
    ]
    return text(levels[0], rounded[0]), arrows, text(levels[-1], rounded[-1])


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
    cap = _finest(sizes, _MOST_DIGITS)
    digits = [last_digit(_, size) for size in sizes]
    step = min(digit for digit in digits if digit >= cap or digit == max(digits))
    too_small = gap and last_digit(_, gap) < step
    return cap if too_small and _to_step(first, step) != _to_step(second, step) else step


def _finest(sizes: Sequence[Decimal], digits: int) -> Decimal:
    """Return the size of the last of so many digits of the largest amount, at least a cent."""
    return max(_CENT, Decimal(1).scaleb(max(sizes).adjusted() - digits + 1))


def _to_step(amount: Decimal, step: Decimal) -> Decimal:
    return (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step
