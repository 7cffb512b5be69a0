"""The answer at the top of the week and review pages, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pages.kit.i18n.adding_up import adding_up, as_fine, fineness
from pages.kit.i18n.numbers import is_missing, money, percent
from pages.kit.i18n.words import Words

_CENT = 0.005


def verdict(
    _: Words,
    *,
    currency: str,
    actual: Any,
    forecast: Any = None,
    target: Any = None,
    gap: Any = None,
    attainment: Any = None,
    needed_a_day: Any = None,
    daily: Any = None,
    against_last_month: Any = None,
    against_last_year: Any = None,
    over: bool = False,
    thin: bool = False,
    uneven: bool = False,
    rate: str = "",
) -> str:
    """The month in one sentence (W1); plain text, wrap it in `escaped` for markdown.

    Money in `currency`; `attainment` and `against_…` are ratios (0.05 is 5 %
    above the same working day). `gap` is what is missing: target − forecast while the
    month runs, target − actual when it is `over`; negative is above target. `daily` and
    `needed_a_day` are per selling day. `thin` says that history is too short
    for a band, or that its months differ too much for one (`uneven`). `rate` is whose
    money a day the forecast carries on while no selling day of the month is over. Nothing is
    computed here, so that the tiles say the same.
    """
    if is_missing(actual):
        return _("No figures for this month yet.")
    in_words = _MoneyInWords(_, currency)
    if over:
        text = _finished(in_words, actual, gap, attainment)
    elif rate and not is_missing(forecast):
        text = _before_its_first_day(in_words, forecast, gap, rate)
        if is_missing(target):
            text += _("; no target set for this month")
    elif is_missing(target):
        text = _so_far(in_words, actual, forecast) + _("; no target set for this month")
    else:
        text = _towards(in_words, actual, forecast, target, gap, attainment)
        text += _each_day(in_words, gap, needed_a_day, daily)
    if over or is_missing(target):
        text += _compared(_, against_last_month, against_last_year, over)
    if thin and not over:
        text += (
            _("; the past months differ widely, so take the forecast as a rough guide")
            if uneven
            else _("; history is short, so take the forecast as a rough guide")
        )
    return text + _(".")


@dataclass(frozen=True)
class _MoneyInWords:
    """Money in running text: Chinese says "1,180 万" for its own currency, without the sign."""

    words: Words
    currency: str

    def __call__(self, value: Any) -> str:
        return self._spaced(
            money(self.words, value, self.currency, symbol=not self._own, trim=True)
        )

    def beside(self, end: Any, gap: Any) -> tuple[str, str]:
        """The month's end and what it misses, written so that they add up to the target."""
        if is_missing(end) or is_missing(gap):
            return self(end), self(gap)
        texts = adding_up(
            self.words, end, end + gap, self.currency, symbol=not self._own, trim=True
        )
        return self._spaced(texts[0]), self._spaced(texts[2])

    def as_fine(self, amount: Any, end: Any, gap: Any) -> str:
        """An amount written no coarser than the month's end and what it misses beside it."""
        target = None if is_missing(end) or is_missing(gap) else end + gap
        step = fineness(self.words, end, target)
        return self._spaced(
            as_fine(self.words, amount, step, self.currency, symbol=not self._own, trim=True)
        )

    @property
    def _own(self) -> bool:
        return self.words.code == "zh" and self.currency == "CNY"

    def _spaced(self, text: str) -> str:
        return f"{text[:-1]} {text[-1]}" if self._own and not text[-1:].isdigit() else text


def _towards(
    in_words: _MoneyInWords, actual: Any, forecast: Any, target: Any, gap: Any, attainment: Any
) -> str:
    _ = in_words.words
    if is_missing(forecast):
        share = percent(_, attainment)
        return _("{actual} so far, {share} of the target", actual=in_words(actual), share=share)
    end, size = in_words.beside(forecast, gap)
    if _nothing_more(actual, forecast) and not is_missing(gap):
        # A pace would bring more: nothing is open, or no day is left to sell on.
        if gap > 0:
            return _("Nothing more is expected this month: {end}, {gap} short", end=end, gap=size)
        return _("Target reached with {end}; nothing more is expected this month", end=end)
    if actual >= target:
        done = in_words.as_fine(actual, forecast, gap)
        return _(
            "Target reached with {actual}; the month is forecast to end at {end}",
            actual=done,
            end=end,
        )
    if is_missing(gap):
        return _("The month is forecast to end at {end}", end=end)
    if gap > 0:
        return _("The month is forecast to end at {end}, {gap} short", end=end, gap=size)
    return _("The month is forecast to end at {end}, {gap} above target", end=end, gap=size)


def _before_its_first_day(in_words: _MoneyInWords, forecast: Any, gap: Any, rate: str) -> str:
    _ = in_words.words
    end, size = in_words.beside(forecast, gap)
    filled = {"rate": rate, "end": end, "gap": size}
    if is_missing(gap):
        return _("No selling day yet: at {rate} the month would end at {end}", **filled)
    if gap > 0:
        return _(
            "No selling day yet: at {rate} the month would end at {end}, {gap} short", **filled
        )
    return _(
        "No selling day yet: at {rate} the month would end at {end}, {gap} above target", **filled
    )


def _each_day(in_words: _MoneyInWords, gap: Any, needed: Any, daily: Any) -> str:
    """What each selling day must bring; silent on the last day and once the target is reached."""
    _ = in_words.words
    if is_missing(needed) or is_missing(daily) or needed <= 0:
        return ""
    if not is_missing(gap) and gap <= 0 and needed <= daily:
        return _(
            "; {need} a day is enough, {daily} now", need=in_words(needed), daily=in_words(daily)
        )
    return _("; {need} a day needed, {daily} now", need=in_words(needed), daily=in_words(daily))


def _nothing_more(actual: Any, forecast: Any) -> bool:
    return abs(float(forecast) - float(actual)) < _CENT


def _so_far(in_words: _MoneyInWords, actual: Any, forecast: Any) -> str:
    _ = in_words.words
    done = in_words(actual)
    if is_missing(forecast):
        return _("{actual} so far", actual=done)
    end = in_words(forecast)
    if _nothing_more(actual, forecast):
        return _("{actual} so far; nothing more is expected this month", actual=done)
    return _("{actual} so far; the month is forecast to end at {end}", actual=done, end=end)


def _finished(in_words: _MoneyInWords, actual: Any, gap: Any, attainment: Any) -> str:
    _ = in_words.words
    done, size = in_words.beside(actual, gap)
    if is_missing(gap):
        return _("The month closed at {actual}; no target was set", actual=done)
    filled = {"actual": done, "share": percent(_, attainment), "gap": size}
    if gap > 0:
        return _("The month closed at {actual}, {share} of the target, {gap} short", **filled)
    return _("The month closed at {actual}, {share} of the target, {gap} above", **filled)


def _compared(_: Words, last_month: Any, last_year: Any, over: bool) -> str:
    """A whole month against whole months, a part of one against as many selling days."""
    if over:
        than_month, than_year = _("last month"), _("the same month last year")
    else:
        than_month = _("last month at the same selling day")
        than_year = _("last year at the same selling day")
    return _against(_, last_month, than_month) + _against(_, last_year, than_year)


def _against(_: Words, change: Any, than: str) -> str:
    if is_missing(change):
        return ""
    share = percent(_, abs(change))
    if share == percent(_, 0):
        return _("; level with {than}", than=than)
    if change < 0:
        return _("; {share} below {than}", share=share, than=than)
    return _("; {share} above {than}", share=share, than=than)
