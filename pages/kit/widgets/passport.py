"""A figure's passport: formula, dates, filters, rows used and left out, query, rows to download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics.actuals import actual
from domain.measures import Measure, measure
from domain.scope import DIMENSIONS, Scope
from domain.tables import N_, table
from pages.kit.i18n.labels import (
    dimension_label,
    filter_clauses,
    period_sentence,
    scope_sentence,
)
from pages.kit.i18n.numbers import date_text, escaped, exact, number
from pages.kit.i18n.sentences import left_out_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, compile
from pages.kit.widgets import exchange_rates, grid, left_out, reporting_currency
from reports.sheets import as_csv


@dataclass(frozen=True)
class Passport:
    """The origin of a figure: its measures, scope, period and calculation.

    `worked` are the steps in figures, label → text. `query` is the measure and
    its arguments. `counted` says that the figure is a sum of the source's rows,
    so that the rows used and left out can be counted; a figure over other rows names
    the measure that lists them in `rows`, or brings them along with their headers
    in the reader's words; they are rows of the table `rows_of`. `based_on` says what such
    rows are and by which date, where it is not what the scope counts; a `standing` figure
    is of deals as they are now and has no period.
    """

    title: str
    measures: tuple[Measure, ...]
    scope: Scope
    start: date
    end: date
    worked: Mapping[str, str]
    query: tuple[Any, ...]
    counted: bool = True
    rows: tuple[Any, ...] | pd.DataFrame | None = None
    rows_of: str = "deals"
    based_on: str | None = None
    standing: bool = False


def passport(
    title: str,
    scope: Scope,
    *ids: str,
    worked: Mapping[str, str] | None = None,
    counted: bool = True,
) -> Passport:
    """Return the passport of a figure over the rows of a scope's month up to its as-of day."""
    return Passport(
        title=title,
        counted=counted,
        measures=tuple(measure(name) for name in ids),
        scope=scope,
        start=scope.month,
        end=scope.until,
        worked=worked or {},
        query=(actual.total, scope, scope.month, scope.until),
    )


def passport_button(_: Words, key: str, passport: Passport, small: bool = False) -> None:
    """Draw the button that opens a figure's passport; only its icon where `small`."""
    icon = ":material/receipt_long:"
    if st.button(
        icon if small else _("How is this calculated?"),
        key=f"from_{key}",
        type="tertiary",
        icon=None if small else icon,
        help=_("How is this calculated?") if small else None,
        width="content",
    ):
        open_passport(_, passport)


def open_passport(_: Words, passport: Passport) -> None:
    """Show a passport at the side of the page, which stays visible."""

    @st.dialog(passport.title, position="right", width="medium", icon=":material/receipt_long:")
    def drawer() -> None:
        _passport(_, passport)

    drawer()


def _passport(_: Words, passport: Passport) -> None:
    scope = passport.scope
    # The figures first, then what they mean and what they were read from.
    for label, text in passport.worked.items():
        st.markdown(f"{label}: **{escaped(text)}**")
    for figure in passport.measures:
        st.markdown(f"**{_(figure.label)}**  \n{escaped(_(figure.formula))}")
        st.caption(_("Date: {field}", field=_(figure.date_field)))
    st.markdown(f"**{_('Filters')}**  \n{escaped(_subject(_, passport))}")
    if scope.filters and any(figure.id in _AHEAD for figure in passport.measures):
        st.caption(
            _(
                "A forecast with filters comes from the history of these rows alone: those of "
                "teams, regions or reps do not add up to the company's."
            )
        )
    st.caption(reporting_currency.selling_days(_, scope))
    if passport.counted:
        _rows_used(_, passport)
    elif passport.rows is not None:
        _these_rows(_, passport)
    if not passport.counted:
        _not_counted(_, passport)
        if rates := exchange_rates.clause(_, scope):
            st.caption(escaped(rates))
    with st.expander(_("SQL query"), on_change="rerun", key="passport_query") as query:
        if query.open:
            st.code(compile.readable_query(*passport.query), language="sql", wrap_lines=True)


def downloaded(_: Words, passport: Passport) -> pd.DataFrame:
    """Return the rows behind a figure as they are downloaded, headers in the reader's words."""
    if passport.counted:
        arguments = (actual.rows, passport.scope, passport.start, passport.end)
        # Not through the cache: these are all rows of a month.
        return _labelled(_, cache.store().frame(*compile.compile_query(*arguments)))
    labels = {name: dimension_label(_, name) for name in DIMENSIONS}
    labels |= {column.name: _(column.label) for column in table(passport.rows_of).columns}
    labels |= {name: _(label) for name, label in _OF_DEALS.items()}
    return _listed(passport).rename(columns=labels)


def _listed(passport: Passport) -> pd.DataFrame:
    rows = passport.rows
    if rows is None:
        return pd.DataFrame()
    return rows if isinstance(rows, pd.DataFrame) else cache.frame(*rows)


def _subject(_: Words, passport: Passport) -> str:
    """Describe what the figure is about: its own period, what is counted, and the filters."""
    scope, span = passport.scope, (passport.start, passport.end)
    if passport.standing:
        deals = _("all deals as of {day}, by the files up to it", day=date_text(_, scope.as_of))
        return _("; ").join([deals, *filter_clauses(_, scope, 20)])
    if span == (scope.month, scope.until) and passport.based_on is None:
        return scope_sentence(_, scope, most=20)
    return period_sentence(_, scope, *span, based_on=passport.based_on, most=20)


def _rows_used(_: Words, passport: Passport) -> None:
    scope, start, end = passport.scope, passport.start, passport.end
    total = cache.frame(actual.total, scope, start, end).iloc[0]
    st.markdown(
        f"**{_('Rows')}**  \n"
        + escaped(
            _(
                "{rows} rows used, {start} to {end}: {sum}",
                rows=number(_, total["rows"]),
                start=date_text(_, start),
                end=date_text(_, end),
                sum=exact(_, total["value"], scope.currency),
            )
        )
    )
    if not left_out.listed(_, scope, start, end):
        st.caption(_("No rows were left out."))
    converted = exchange_rates.used(_, scope, start, end)
    if converted is not None:
        grid.draw(converted, hide_index=True, alt=_("Converted amounts, by currency and rate"))
    st.download_button(
        _("Download rows"),
        data=lambda: as_csv(downloaded(_, passport)),
        file_name=f"yuepan-{scope.source}-{start:%Y-%m}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _these_rows(_: Words, passport: Passport) -> None:
    """Draw the number of deals (or rows of another table) behind a figure, and their download."""
    listed, of = _listed(passport), passport.rows_of
    if of == "deals":
        count = _.n("{n} deal", "{n} deals", len(listed))
    else:
        count = _.n("{n} row", "{n} rows", len(listed))
    st.markdown(f"**{_('Rows')}**  \n{count}")
    for sentence in left_out.unread(_, of, passport.scope.currency):
        st.caption(escaped(sentence))
    st.download_button(
        _("Download rows"),
        data=lambda: as_csv(downloaded(_, passport)),
        file_name=f"yuepan-{of}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _not_counted(_: Words, passport: Passport) -> None:
    """Draw what a figure leaves out: for its currency a number of deals, else money; other rows.

    A forecast of a month uses the year before it.
    """
    scope, rows = passport.scope, passport.rows
    if rows is None:
        start, end = passport.start, passport.end
        if any(figure.id in _AHEAD for figure in passport.measures):
            start, end = reporting_currency.year_behind(scope)
        note = reporting_currency.clause(_, scope, start, end)
        left_out.listed(_, scope, start, end, reasons=_NEVER_COUNTED)
    else:
        note = reporting_currency.deals_clause(_, _listed(passport), scope.currency)
    if note:
        st.caption(escaped(note))


_AHEAD = frozenset({"forecast_p10", "forecast_p50", "forecast_p90", "probability"})

# Beside money in another currency, which has a sentence of its own; an open deal may yet be won.
_NEVER_COUNTED = frozenset({"cancelled", "returned", "no_date", "no_amount"})

# Columns of `analytics.pipeline.funnel.deals` and `risk.at_risk` that no table has.
_OF_DEALS = {
    "foreign": N_("In another currency"),
    "list_price": N_("List price"),
    "known": N_("In the product list"),
    "created": N_("Created date"),
    "closed": N_("Closed date"),
    "days": N_("Days to close"),
    "first_expected": N_("First expected close"),
    "pushes": N_("Times moved"),
    "idle_days": N_("Days idle"),
    "pushed": N_("Close date moved 2+ times"),
    "past_due": N_("Past due"),
    "idle": N_("Idle"),
    "no_next_step": N_("No next step"),
}


def _labelled(_: Words, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with headers and reasons in the reader's language."""
    names = {
        "date": _("Date"),
        "value": _("Counted amount"),
        "gross": _("Before returns"),
        "amount": _("Amount"),
        "quantity": _("Quantity"),
        "currency": _("Currency"),
        "id": _("ID"),
        "line": _("Line no."),
        "left_out": _("Reason left out"),
    }
    rows = rows.assign(
        left_out=[None if pd.isna(why) else left_out_sentence(_, why) for why in rows["left_out"]]
    )
    return rows.rename(columns={name: names.get(name) or dimension_label(_, name) for name in rows})
