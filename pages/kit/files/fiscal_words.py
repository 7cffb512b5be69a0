"""Say in words when a fiscal year begins.

>>> fiscal_year_words(_, Start(4))                                   # doctest: +SKIP
'April; FY2026 begins in 2026'
"""

from __future__ import annotations

from datetime import date

from data.values.fiscal_years import Start
from pages.kit.i18n.numbers import month_text
from pages.kit.i18n.words import Words


def fiscal_year_words(_: Words, start: Start) -> str:
    """Return when a fiscal year begins that may be named by its end."""
    if start.month == 1:
        return _("January, as the calendar year")
    month = month_text(_, date(2026, start.month, 1), year=False)
    if start.named_by_end:
        return _("{month} of the year before; FY2026 ends in 2026", month=month)
    return _("{month}; FY2026 begins in 2026", month=month)
