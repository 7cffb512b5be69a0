"""Tell how finely a page writes the month's figures: as its month-end and target add up.

>>> last_digit(_, scope)                                    # doctest: +SKIP
Decimal('1000')
"""

from __future__ import annotations

from decimal import Decimal

from domain.scope import Scope
from pages.kit.i18n.adding_up import fineness
from pages.kit.i18n.words import Words
from pages.kit.queries import targets


def last_digit(_: Words, scope: Scope) -> Decimal | None:
    """Return what one in the last digit of the month's figures stands for, for `as_fine`."""
    stand = targets.standing(scope)
    end = stand.pace.actual if stand.over else stand.forecast.p50
    return fineness(_, end, stand.pace.target)
