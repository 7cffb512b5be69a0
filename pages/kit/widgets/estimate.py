"""Say what the forecast of a month rests on while none of its selling days is over.

>>> from pages.kit.i18n.words import words
>>> daily_rate(words("en"), forecast)                                 # doctest: +SKIP
'the average per selling day of Oct 2026'
"""

from __future__ import annotations

from analytics.forecast.month_end import Forecast
from analytics.periods.season import has_seasons
from pages.kit.i18n.numbers import month_text
from pages.kit.i18n.words import Words


def daily_rate(_: Words, forecast: Forecast) -> str:
    """Return whose average per selling day it is; "" once the month has a pace of its own."""
    months = forecast.rests_on
    if not months:
        return ""
    if len(months) == 1:
        return _("the average per selling day of {month}", month=month_text(_, months[0]))
    filled = {
        "n": len(months),
        "first": month_text(_, months[0]),
        "last": month_text(_, months[-1]),
    }
    if has_seasons(forecast.months):
        return _(
            "the average per selling day of {n} months ({first} – {last}, the latest weighing "
            "most), in season",
            **filled,
        )
    return _(
        "the average per selling day of {n} months ({first} – {last}, the latest weighing most)",
        **filled,
    )


def in_steps(_: Words, forecast: Forecast) -> dict[str, str]:
    """Return it as a step of the calculation, for a passport; empty once there is a pace."""
    rate = daily_rate(_, forecast)
    return {_("Estimated at"): rate} if rate else {}


def rests_on(_: Words, forecast: Forecast) -> str:
    """Return it as a sentence below a forecast; "" once the month has a pace of its own."""
    rate = daily_rate(_, forecast)
    if not rate:
        return ""
    return _("No selling day of the month is over yet: estimated at {rate}.", rate=rate)
