"""What dimensions, sources, choices and scopes are called on a page.

>>> from pages.kit.i18n.words import words
>>> _ = words("en")
>>> dimension_label(_, "customer_class"), choice_label(_, "key")
('Customer class', 'Key customer')
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.scope import Scope
from domain.tables import N_
from pages.kit.i18n.names import visible
from pages.kit.i18n.numbers import (
    date_text,
    is_missing,
    month_text,
)
from pages.kit.i18n.words import Words

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

# What stands where a name of a kind is missing.
NAMELESS = {
    "rep": N_("(without a rep)"),
    "team": N_("(without a team)"),
    "manager": N_("(without a manager)"),
    "region": N_("(without a region)"),
    "product": N_("(without a product)"),
    "category": N_("(without a category)"),
    "channel": N_("(without a channel)"),
    "campaign": N_("(without a campaign)"),
    "customer": N_("(without a customer)"),
    "customer_class": N_("(without a class)"),
    "source": N_("(without a source)"),
    "stage": N_("(without a stage)"),
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


def dimension_label(_: Words, name: str) -> str:
    """What a dimension of `domain.scope` is called on a page; an unknown one keeps its name."""
    return _(DIMENSION_LABELS.get(name, name))


def choice_label(_: Words, value: str | None, of: str = "") -> str:
    """What a value of a "choice" column is called; other words pass as `named` says them."""
    return _(CHOICE_LABELS[value]) if value in CHOICE_LABELS else named(_, value, of)


def named(_: Words, value: Any, of: str = "") -> str:
    """A name out of a file; where there is none, what kind `of` name is missing."""
    blank = is_missing(value) or not str(value).strip()
    return _(NAMELESS.get(of, N_("(blank)"))) if blank else visible(str(value))


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
    return _("; ").join([seen, what, *filter_clauses(_, scope, most)])


def period_sentence(
    _: Words, scope: Scope, start: date, end: date, based_on: str | None = None, most: int = 3
) -> str:
    """Describe a figure whose days are not the scope's month; `based_on` is a message id.

    >>> scope = Scope(date(2026, 3, 1), date(2026, 3, 18), source="deals")
    >>> period_sentence(words("en"), scope, date(2026, 1, 1), date(2026, 3, 18))
    'Jan 1, 2026 – Mar 18, 2026; based on won deals by closed date, in CNY'
    """
    days = _("{start} – {end}", start=date_text(_, start), end=date_text(_, end))
    what = _(
        "based on {source}, in {currency}",
        source=_(based_on or SOURCE_LABELS[scope.source]),
        currency=scope.currency,
    )
    return _("; ").join([days, what, *filter_clauses(_, scope, most)])


def filters_sentence(_: Words, scope: Scope, most: int = 3) -> str:
    """Only the filters, for figures that no month bounds; "all" where none is set."""
    return _("; ").join(filter_clauses(_, scope, most)) or _("all data, no filters")


def filter_clauses(_: Words, scope: Scope, most: int) -> list[str]:
    """Return one clause a filter: "Region: North, South"."""
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
    return listed(_, [label(_, value, name) for value in values], most)
