"""Ask which currency of the files to report in, or whether to keep the one in force.

>>> ask_currency(_, Reporting("GBP", alone=False, unnamed=0), "CNY")    # EUR, GBP or CNY
"""

from __future__ import annotations

import streamlit as st

from analytics.actuals import currencies
from analytics.actuals.currencies import Reporting
from data.store import settings
from data.store.database import Store
from pages.kit.i18n.labels import listed
from pages.kit.i18n.numbers import currency_name, escaped
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import seen_data

_NAMED = 3


def ask_currency(_: Words, proposal: Reporting, now: str) -> None:
    """Draw the question with a button for each currency of the files, and one to keep `now`."""
    codes = currencies.offered(cache.frame(currencies.count_everywhere), now)
    st.markdown(f":material/currency_exchange: **{escaped(_question(_, proposal, codes))}**")
    why = _(
        "The dashboard reports in {now}. Amounts in other currencies are counted only where "
        "Settings has an exchange rate for them.",
        now=currency_name(_, now),
    )
    st.caption(escaped(why))
    if proposal.unnamed:
        st.caption(escaped(_unnamed(_, proposal.unnamed, codes)))
    with st.container(horizontal=True):
        for place, code in enumerate(codes):
            st.button(
                _("Report in {currency}", currency=code),
                type="secondary" if place else "primary",
                key=f"report_in_{code}" if place else "report_in",
                on_click=seen_data.carry_out,
                args=(_choose, cache.store(), code, proposal.code),
            )
        st.button(
            _("Keep {currency}", currency=now),
            key="keep_currency",
            on_click=seen_data.carry_out,
            args=(settings.choose, cache.store(), "currency_refused", proposal.code),
        )


def _question(_: Words, proposal: Reporting, codes: list[str]) -> str:
    if len(codes) > 1:
        return _(
            "Your files are in {currencies}. Which one to report in?",
            currencies=listed(_, codes, _NAMED),
        )
    if proposal.alone:
        return _("Your files are in {currency}. Report in {currency}?", currency=codes[0])
    return _("Your files are mostly in {currency}. Report in {currency}?", currency=codes[0])


def _unnamed(_: Words, rows: int, codes: list[str]) -> str:
    if len(codes) > 1:
        return _.n(
            "{n} row has no currency and would then count as the one you choose.",
            "{n} rows have no currency and would then count as the one you choose.",
            rows,
        )
    return _.n(
        "{n} row has no currency and would then count as {currency}.",
        "{n} rows have no currency and would then count as {currency}.",
        rows,
        currency=codes[0],
    )


def _choose(store: Store, code: str, proposed: str) -> None:
    """Report in `code`; where it is not the `proposed` one, that is not asked for again."""
    if code != proposed:
        settings.choose(store, "currency_refused", proposed)
    settings.choose(store, "currency", code)
