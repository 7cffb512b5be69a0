"""Enter exchange rates, by hand or from a file, and say which ones a figure uses.

>>> edit(_)                                  # the table on the Settings page
>>> used(_, scope, start, end)               # rows for a passport: EUR, 2026-03, 7.85, …
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st

from analytics.actuals import conversion
from analytics.periods.months import as_date
from data.ingest.rates_file import rates_in
from data.store import rates as entered
from domain.errors import YuepanError
from domain.exchange_rate import ExchangeRate, leaps
from domain.scope import Scope
from pages.kit.i18n.numbers import date_text, escaped, exact, number
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.queries.settings import setting
from pages.kit.widgets import seen_data
from pages.kit.widgets.currency_box import currency_codes

_EIGHT = Decimal("0.00000001")


def edit(_: Words) -> None:
    """Draw the rates into the reporting currency, to change, to fill from a file, and to save."""
    base = setting("currency")
    store = cache.store()
    st.markdown(f"**{_('Exchange rates')}**")
    st.caption(
        _(
            "Amounts in other currencies are converted into {currency} at the rate of their month, "
            "which holds until the next one. Amounts before the first rate are not counted and "
            "are listed.",
            currency=base,
        )
    )
    saved = entered.rates(store, base)
    brought = _from_file(_, base)
    known = {(rate.currency, rate.first_day): rate for rate in (*saved, *brought)}
    rates = sorted(known.values(), key=lambda rate: (rate.currency, rate.first_day))
    edited = st.data_editor(
        _as_frame(rates),
        column_config=_columns(_, base, rates),
        num_rows="dynamic",
        hide_index=True,
        key=f"rates_{base}_{_print(rates)}",
        alt=_("Exchange rates by month"),
    )
    wanted, problems = _read(_, edited, base)
    for sentence in problems:
        st.error(escaped(sentence))
    for sentence in _doubts(_, wanted, base):
        st.warning(escaped(sentence))
    if st.button(
        _("Save exchange rates"),
        key="save_rates",
        disabled=bool(problems) or set(wanted) == set(saved),
    ):
        seen_data.carry_out(entered.save_rates, store, base, wanted)
        # The file has done its part: its rates would come back into the table.
        st.session_state.rates_files = st.session_state.get("rates_files", 0) + 1
        st.session_state.toast = _("Saved.")
        st.rerun()


def used(_: Words, scope: Scope, start: date, end: date) -> pd.DataFrame | None:
    """Return the converted sums of a period with their rates, in the reader's words.

    None where nothing was converted. The sums are of rows that count.
    """
    if not scope.converts:
        return None
    unconverted = replace(scope, converts=False)
    rows = cache.frame(conversion.rates_used, unconverted, start, end).to_dict("records")
    if not rows:
        return None
    return pd.DataFrame(
        {
            _("Converted"): [exact(_, row["amount"], row["currency"]) for row in rows],
            _("Rows"): [number(_, row["rows"]) for row in rows],
            _("Rate"): [f"{row['rate'].normalize():f}" for row in rows],
            _("Since"): [date_text(_, as_date(row["first_day"])) for row in rows],
            _("Amount"): [exact(_, row["converted"], scope.currency) for row in rows],
        }
    )


def clause(_: Words, scope: Scope) -> str:
    """Return one line on the rates in force on the as-of day; "" where none are."""
    if not scope.converts:
        return ""
    rows = cache.frame(conversion.rates_into, scope.currency)
    in_force = [
        _("1 {currency} = {rate}", currency=row["currency"], rate=f"{row['rate'].normalize():f}")
        for row in rows.to_dict("records")
        if as_date(row["first_day"]) <= scope.as_of <= as_date(row["last_day"])
    ]
    return (
        _(
            "Other currencies are converted into {currency} at the rate of their month, "
            "now {rates}.",
            currency=scope.currency,
            rates=_(", ").join(in_force),
        )
        if in_force
        else ""
    )


def _from_file(_: Words, base: str) -> Sequence[ExchangeRate]:
    """Draw the upload and return the rates of the file that lies there; nothing is saved."""
    file = st.file_uploader(
        _("Fill in from a file"),
        type=["csv", "txt", "xlsx", "xls", "ods"],
        key=f"rates_file_{st.session_state.get('rates_files', 0)}",
    )
    if file is None:
        return ()
    try:
        read = rates_in(cache.store(), file.name, file.getvalue(), base)
    except YuepanError as error:
        st.error(escaped(error_sentence(_, error)))
        return ()
    st.caption(
        _.n(
            "{n} rate from the file is in the table. Check it, then save.",
            "{n} rates from the file are in the table. Check them, then save.",
            len(read.rates),
        )
    )
    if read.unread:
        rows = ", ".join(map(str, read.unread[:10])) + (" …" if len(read.unread) > 10 else "")
        st.warning(
            _.n(
                "{n} row of the file has no month, currency or rate into {base} that could be "
                "read: {rows}",
                "{n} rows of the file have no month, currency or rate into {base} that could be "
                "read: {rows}",
                len(read.unread),
                base=base,
                rows=rows,
            )
        )
    return read.rates


def _columns(_: Words, base: str, rates: Sequence[ExchangeRate]) -> dict[str, Any]:
    codes = [*dict.fromkeys([*(rate.currency for rate in rates), *currency_codes()])]
    return {
        "first_day": st.column_config.DateColumn(_("Since"), required=True, format="YYYY-MM-DD"),
        "units": st.column_config.NumberColumn(
            _("Units"), min_value=1, step=1, default=1, required=True
        ),
        "currency": st.column_config.SelectboxColumn(
            _("Currency"), options=[code for code in codes if code != base], required=True
        ),
        "rate": st.column_config.NumberColumn(
            _("are worth, in {currency}", currency=base), min_value=0.0, required=True
        ),
    }


def _as_frame(rates: Sequence[ExchangeRate]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "first_day": pd.Series([rate.first_day for rate in rates], dtype=object),
            "units": pd.Series([rate.units for rate in rates], dtype="Int64"),
            "currency": pd.Series([rate.currency for rate in rates], dtype=object),
            "rate": pd.Series([float(rate.rate) for rate in rates], dtype="Float64"),
        }
    )


def _print(rates: Sequence[ExchangeRate]) -> str:
    """Return a key of the rates: an editor keeps its changes by key, and must not for others."""
    return hashlib.sha256(repr(rates).encode()).hexdigest()[:12]


def _read(_: Words, edited: pd.DataFrame, base: str) -> tuple[list[ExchangeRate], list[str]]:
    """Return the rates of the table, and a sentence for each row that is none."""
    rates: list[ExchangeRate] = []
    problems: list[str] = []
    for nth, row in enumerate(edited.to_dict("records"), start=1):
        if all(pd.isna(row[name]) for name in ("first_day", "currency", "rate")):
            continue
        rate = _rate(row)
        if rate is None:
            problems.append(_("Row {n} needs a day, a currency and a rate above 0.", n=nth))
        elif rate.currency == base:
            problems.append(_("Row {n} is in the reporting currency.", n=nth))
        elif any(
            (other.currency, other.first_day) == (rate.currency, rate.first_day) for other in rates
        ):
            problems.append(_("Row {n} repeats a currency and a day.", n=nth))
        else:
            rates.append(rate)
    return rates, problems


def _rate(row: dict[Any, Any]) -> ExchangeRate | None:
    if any(pd.isna(row[name]) for name in ("first_day", "currency", "rate")):
        return None
    day = pd.Timestamp(row["first_day"]).date()
    units = 1 if pd.isna(row["units"]) else int(row["units"])
    try:
        rate = Decimal(str(row["rate"])).quantize(_EIGHT)
    except InvalidOperation:
        return None
    fits = units > 0 and 0 < rate / units <= entered.MOST
    return ExchangeRate(str(row["currency"]), day, units, rate) if fits else None


def _doubts(_: Words, rates: Sequence[ExchangeRate], base: str) -> list[str]:
    """Return a sentence for each rate far from the one before: for 100 units, or upside down."""
    return [
        _(
            "1 {currency} is {before} {base} from {earlier} and {after} {base} from {later}. "
            "Is the rate for 100 units, or the other way round?",
            currency=later.currency,
            base=base,
            before=f"{earlier.of_one.normalize():f}",
            after=f"{later.of_one.normalize():f}",
            earlier=date_text(_, earlier.first_day),
            later=date_text(_, later.first_day),
        )
        for earlier, later in leaps(rates)
    ]
