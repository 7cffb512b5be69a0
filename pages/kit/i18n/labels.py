"""The words of every page, in the reader's language.

    >>> _ = words("zh")
    >>> _("Orders"), _.n("{n} row", "{n} rows", 3)
    ('订单', '3 行')
    >>> language_of("zh-CN,zh;q=0.9")
    'zh'

English sentences are the message ids and stand in the code; the Chinese ones
stand in `locales/zh/LC_MESSAGES/yuepan.po`, which is read as it is: there is no
build step, a test fails on a sentence that has no translation. Sentences are
made here and nowhere else; numbers and dates come from `pages.kit.i18n.numbers`,
what went wrong from `pages.kit.i18n.sentences`.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.scope import Scope
from domain.tables import C_, N_
from pages.kit.i18n.numbers import (
    Units,
    country_name,
    currency_name,
    date_text,
    days,
    escaped,
    exact,
    money,
    month_text,
    number,
    percent,
    signed,
    weekday_text,
)
from pages.kit.i18n.sentences import (
    error_sentence,
    left_out_sentence,
    note_sentence,
    problem_sentence,
    where_text,
)

__all__ = [
    "LANGUAGES",
    "Words",
    "choice_label",
    "country_name",
    "currency_name",
    "date_text",
    "days",
    "dimension_label",
    "error_sentence",
    "escaped",
    "exact",
    "filters_sentence",
    "language_of",
    "left_out_sentence",
    "listed",
    "money",
    "month_text",
    "named",
    "note_sentence",
    "number",
    "percent",
    "problem_sentence",
    "scope_sentence",
    "signed",
    "verdict",
    "weekday_text",
    "where_text",
    "words",
]

Code = Literal["zh", "en"]

LANGUAGES: dict[Code, str] = {"zh": "中文", "en": "English"}

_LOCALES = Path(__file__).parents[3] / "locales"

DIMENSION_LABELS = {
    "rep": N_("Sales rep"),
    "team": N_("Team"),
    "manager": N_("Manager"),
    "region": N_("Region"),
    "product": N_("Product"),
    "category": N_("Category"),
    "channel": N_("Channel"),
    "customer_class": N_("Customer class"),
    "customer": N_("Customer"),
}

SOURCE_LABELS = {
    "orders": N_("order amounts by order date"),
    "deals": N_("won deals by closed date"),
    "contracts": N_("contracts by signed date"),
    "payments": N_("collections by payment date"),
}

# The values of "choice" columns in domain.tables; ids in the data, words on the page.
CHOICE_LABELS = {
    "potential": N_("Potential"),
    "ordinary": N_("Ordinary"),
    "key": N_("Key customer"),
    "valid": N_("Valid"),
    "cancelled": N_("Cancelled"),
    "returned": N_("Returned"),
    "open": N_("In progress"),
    "won": N_("Won"),
    "lost": N_("Lost"),
    "commit": N_("Commit"),
    "best_case": N_("Best case"),
    "pipeline": N_("Pipeline"),
    "omitted": N_("Omitted"),
    "closed": N_("Closed"),
    "planned": N_("Planned"),
    "done": N_("Done"),
    "cold_visit": N_("Cold visit"),
    "existing_visit": N_("Visit to an existing customer"),
    "revisit": N_("Revisit"),
    "call": N_("Call"),
    "demo": N_("Demo"),
    "quote": N_("Quote"),
    "meeting": N_("Meeting"),
    "email": N_("Email"),
    "task": N_("Task"),
    "other": N_("Other"),
}


@dataclass(frozen=True)
class Words:
    """A reader's language and units. Call it with a message id to get the sentence.

    >>> words("en")("{rows} rows", rows=3)
    '3 rows'

    `units` is the reader's choice of 万/亿 ("wan") or K/M/B ("k"); "auto"
    follows the language. Equal when the same, so it may be part of a cache key.
    """

    code: Code
    units: Units = "auto"

    def __call__(self, msgid: str, **params: Any) -> str:
        # gettext answers "" with the catalogue's header.
        context, in_context, message = msgid.rpartition("\x04")
        catalogue = _catalogue(self.code)
        if in_context:
            text = catalogue.pgettext(context, message)
        else:
            text = catalogue.gettext(message) if message else ""
        return text.format(**params) if params else text

    def c(self, context: str, msgid: str, /, **params: Any) -> str:
        """The sentence for a message id that means different things in different places.

        >>> _ = words("zh")
        >>> _("Deals"), _.c("count", "Deals")
        ('商机', '商机数')
        """
        return self(C_(context, msgid), **params)

    def n(self, singular: str, plural: str, count: int, /, **params: Any) -> str:
        """The form for `count`, filled in; `{n}` is the count, grouped, unless given."""
        text = _catalogue(self.code).ngettext(singular, plural, count)
        return text.format(**{"n": number(self, count), **params})


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    path = _LOCALES / code / "LC_MESSAGES" / "yuepan.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def words(language: str, units: Units = "auto") -> Words:
    """The words of `language` ("zh" or "en"); any other name is read as English."""
    return Words("zh" if language == "zh" else "en", units)


def language_of(accept: str | None) -> Code:
    """The language for a browser's locale or Accept-Language; English when neither fits."""
    wanted = []
    for position, part in enumerate((accept or "").replace("_", "-").lower().split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        wanted.append((-quality, position, name.split("-")[0]))
    for quality, _, name in sorted(wanted):
        if quality < 0 and name in ("zh", "en"):
            return "zh" if name == "zh" else "en"
    return "en"


def dimension_label(_: Words, name: str) -> str:
    """What a dimension of `domain.scope` is called on a page; an unknown one keeps its name."""
    return _(DIMENSION_LABELS.get(name, name))


def choice_label(_: Words, value: str | None) -> str:
    """What a value of a "choice" column is called; free text and blanks pass as they are."""
    return _(CHOICE_LABELS[value]) if value in CHOICE_LABELS else named(_, value)


def named(_: Words, value: Any) -> str:
    """A name out of a file, or "(blank)" where there is none."""
    blank = _missing(value) or not str(value).strip()
    return _("(blank)") if blank else str(value)


def listed(_: Words, names: Sequence[str], most: int = 3) -> str:
    """The names in a row; beyond `most` the rest is counted."""
    shown = _(", ").join(names[:most])
    left = len(names) - most
    return (
        _.n("{shown} and {n} more", "{shown} and {n} more", left, shown=shown)
        if left > 0
        else shown
    )


def scope_sentence(_: Words, scope: Scope, most: int = 3) -> str:
    """What a figure is about, in one line: month, as-of, what counts, currency, filters.

    >>> from datetime import date
    >>> scope_sentence(words("en"), Scope(date(2026, 3, 1), date(2026, 3, 18)))
    'Mar 2026, as of Mar 18; based on order amounts by order date, in CNY'

    Plain text: wrap it in `escaped` for markdown, names come from files.
    """
    month = month_text(_, scope.month)
    if scope.as_of < scope.month:
        seen = _("{month}, as seen on {day}", month=month, day=date_text(_, scope.as_of))
    elif scope.as_of < scope.end:
        seen = _("{month}, as of {day}", month=month, day=date_text(_, scope.until, year=False))
    else:
        seen = _("{month}, full month", month=month)
    what = _(
        "based on {source}, in {currency}",
        source=_(SOURCE_LABELS[scope.source]),
        currency=scope.currency,
    )
    return _("; ").join([seen, what, *_filters(_, scope, most)])


def filters_sentence(_: Words, scope: Scope, most: int = 3) -> str:
    """Only the filters, for figures that no month bounds; "all" where none is set."""
    return _("; ").join(_filters(_, scope, most)) or _("all data, no filters")


def _filters(_: Words, scope: Scope, most: int) -> list[str]:
    return [
        _(
            "{label}: {values}",
            label=dimension_label(_, name),
            values=_values(_, name, values, most),
        )
        for name, values in scope.filters
    ]


def _values(_: Words, name: str, values: Sequence[str], most: int) -> str:
    label = choice_label if name == "customer_class" else named
    return listed(_, [label(_, value) for value in values], most)


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
) -> str:
    """The month in one sentence (W1); plain text, wrap it in `escaped` for markdown.

    Money in `currency`; `attainment` and `against_…` are ratios (0.05 is 5 %
    above the same working day). `gap` is what is missing: target − forecast while the
    month runs, target − actual when it is `over`; negative is above target. `daily` and
    `needed_a_day` are per selling day. `thin` says that history is too short
    for a band. Nothing is computed here, so that the tiles say the same.
    """
    if _missing(actual):
        return _("No figures for this month yet.")
    told = _Told(_, currency)
    if over:
        text = _finished(told, actual, gap, attainment)
    elif _missing(target):
        text = _so_far(told, actual, forecast) + _("; no target set for this month")
    else:
        text = _towards(told, actual, forecast, target, gap, attainment)
        text += _each_day(told, gap, needed_a_day, daily)
    if over or _missing(target):
        text += _compared(_, against_last_month, against_last_year, over)
    if thin and not over:
        text += _("; history is short, so take the forecast as a rough guide")
    return text + _(".")


@dataclass(frozen=True)
class _Told:
    """Money in running text: Chinese says "1,180 万" for its own currency, without the sign."""

    words: Words
    currency: str

    def __call__(self, value: Any) -> str:
        own = self.words.code == "zh" and self.currency == "CNY"
        text = money(self.words, value, self.currency, symbol=not own, trim=True)
        return f"{text[:-1]} {text[-1]}" if own and not text[-1:].isdigit() else text


def _towards(
    told: _Told, actual: Any, forecast: Any, target: Any, gap: Any, attainment: Any
) -> str:
    _ = told.words
    if _missing(forecast):
        share = percent(_, attainment)
        return _("{actual} so far, {share} of the target", actual=told(actual), share=share)
    end = told(forecast)
    if actual >= target:
        done = told(actual)
        return _(
            "Target reached with {actual}; at this pace the month ends at {end}",
            actual=done,
            end=end,
        )
    if _missing(gap):
        return _("At this pace the month ends at {end}", end=end)
    size = told(abs(gap))
    if gap > 0:
        return _("At this pace the month ends at {end}, {gap} short", end=end, gap=size)
    return _("At this pace the month ends at {end}, {gap} above target", end=end, gap=size)


def _each_day(told: _Told, gap: Any, needed: Any, daily: Any) -> str:
    """What each selling day must bring; silent on the last day and once the target is reached."""
    _ = told.words
    if _missing(needed) or _missing(daily) or needed <= 0:
        return ""
    if not _missing(gap) and gap <= 0:
        return _("; {need} a day is enough, {daily} now", need=told(needed), daily=told(daily))
    return _("; {need} a day needed, {daily} now", need=told(needed), daily=told(daily))


def _so_far(told: _Told, actual: Any, forecast: Any) -> str:
    _ = told.words
    done = told(actual)
    if _missing(forecast):
        return _("{actual} so far", actual=done)
    end = told(forecast)
    return _("{actual} so far, at this pace the month ends at {end}", actual=done, end=end)


def _finished(told: _Told, actual: Any, gap: Any, attainment: Any) -> str:
    _ = told.words
    done = told(actual)
    if _missing(gap):
        return _("The month closed at {actual}; no target was set", actual=done)
    filled = {"actual": done, "share": percent(_, attainment), "gap": told(abs(gap))}
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
    if _missing(change):
        return ""
    share = percent(_, abs(change))
    if share == percent(_, 0):
        return _("; level with {than}", than=than)
    if change < 0:
        return _("; {share} below {than}", share=share, than=than)
    return _("; {share} above {than}", share=share, than=than)


def _missing(value: Any) -> bool:
    return value is None or bool(value != value)
