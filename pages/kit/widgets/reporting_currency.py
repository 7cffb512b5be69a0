"""Ask for the reporting currency, and tell what figures leave out because of it.

>>> ask(_)                       # "Your files are in EUR. Report in EUR?"
>>> tell(_, scope)               # "Not counted in Nov 2026: CHF 46,591.00 in 12 order lines. …"
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.actuals import currencies
from analytics.actuals.currencies import Reporting
from analytics.periods import months
from analytics.tracking.other_currencies import other_targets
from data.store import rates, settings
from domain.scope import Scope, Source
from pages.kit.i18n.labels import listed
from pages.kit.i18n.numbers import country_name, escaped, exact, month_text
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, calendars, load, targets
from pages.kit.queries.settings import setting
from pages.kit.widgets import seen_data
from pages.kit.widgets.currency_question import ask_currency
from pages.kit.widgets.language import respoken

# months of history that the forecast of a coming month is said to use
_MONTHS_BEHIND = 12
_NAMED = 3


def ask(_: Words, again: bool = False) -> bool:
    """Ask for the reporting currency, once, where most amounts are in another one.

    Whoever has chosen a currency is asked only `again`: where files are brought.

    With it the country of the selling days, of readers who would not expect China's. Return
    whether no amount at all is in the currency in force: there is no figure to show yet.
    """
    now = setting("currency")
    counted = cache.frame(currencies.count_by_currency)
    proposal = _proposal(counted, now, again)
    country = _asks_country(_, proposal is not None or now != "CNY")
    if proposal is None and not country:
        return False
    with st.container(border=True, key="ask_reporting", gap="small"):
        if proposal:
            ask_currency(_, proposal, now)
        if country:
            _ask_country(_)
    return proposal is not None and not (counted["currency"].fillna(now) == now).any()


def of_unnamed() -> str:
    """Return the currency of amounts that name none; "" while the question is open."""
    now = setting("currency")
    counted = cache.frame(currencies.count_by_currency)
    return "" if _proposal(counted, now, again=False) else now


def _proposal(counted: pd.DataFrame, now: str, again: bool) -> Reporting | None:
    """Return the currency to propose instead of `now`, unless the reader has settled it."""
    # Whoever has entered rates into the currency in force has chosen it.
    chosen = bool(rates.rates(cache.store(), now)) or (
        settings.is_chosen(cache.store(), "currency") and not again
    )
    proposal = currencies.reporting(counted, now)
    refused = proposal is not None and setting("currency_refused") == proposal.code
    return None if chosen or refused else proposal


def tell(_: Words, scope: Scope, *others: Source, behind: bool = False) -> None:
    """Draw one line on the money that is not counted for its currency, if any.

    Of the month, or of the year `behind` it; a month to come is reckoned from
    the same. `others` are sources that the page counts beside the scope's.
    """
    behind = behind or scope.month > scope.as_of
    owns = [
        load.of(scope, source)
        for source in dict.fromkeys((scope.source, *others))
        if source in load.sources() and not load.is_blind(scope, source)
    ]
    sums = [amount for own in owns for amount in _sums(_, own, *_days(own, behind))]
    start, _end = _days(scope, behind)
    clauses = [_not_counted(_, sums, start, behind)] if sums else []
    if wanted := _targets(_, scope):
        clauses.append(_("target in another currency, not used: {sums}", sums=wanted))
    if not clauses:
        return
    clauses.append(
        _("there is no exchange rate into {currency} for them", currency=scope.currency)
        if scope.converts
        else _("the dashboard reports in {currency} only", currency=scope.currency)
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            ":orange[:material/currency_exchange:] " + escaped(_("; ").join(clauses) + _(".")),
            width="content",
        )
        st.page_link("settings.py", label=_("Currency and exchange rates"), width="content")


def clause(_: Words, scope: Scope, start: date, end: date) -> str:
    """Return the same for a period, as plain text; "" where all money is counted."""
    sums = _sums(_, scope, start, end)
    return _("In another currency, not counted: {sums}", sums=_(", ").join(sums)) if sums else ""


def deals_clause(_: Words, deals: pd.DataFrame, currency: str) -> str:
    """Describe how many deals are counted but their money is not; "" where none.

    `deals` has the number in `foreign`, or a `currency` a row.

    One rule everywhere: a deal counts as one whatever its currency is.
    """
    count = _foreign(deals, currency)
    if not count:
        return ""
    return _.n(
        "{n} of these deals is not in {currency}: the deal is counted, its amount is not.",
        "{n} of these deals are not in {currency}: the deals are counted, their amounts are not.",
        count,
        currency=currency,
    )


def countries(_: Words) -> dict[str, str]:
    """Return the countries whose selling days can be chosen, name by code."""
    own = {"CN": _("China, with make-up days"), "ALL": _("seven days a week")}
    return {code: own.get(code) or country_name(_, code) for code in settings.COUNTRIES}


def year_behind(scope: Scope) -> tuple[date, date]:
    """Return the dates behind a forecast of the scope's month."""
    return months.month_before(scope.as_of.replace(day=1), _MONTHS_BEHIND - 1), scope.as_of


def selling_days(_: Words, scope: Scope) -> str:
    """Describe whose calendar defines the selling days."""
    return _("Selling days: {country}", country=countries(_)[scope.selling_days])


def _days(scope: Scope, behind: bool) -> tuple[date, date]:
    return year_behind(scope) if behind else (scope.month, scope.until)


def _foreign(deals: pd.DataFrame, currency: str) -> int:
    if "foreign" in deals:
        return int(deals["foreign"].sum())
    if "currency" in deals:
        return int((deals["currency"].notna() & (deals["currency"] != currency)).sum())
    return 0


def _asks_country(_: Words, foreign: bool) -> bool:
    """Return whether to ask: readers of Chinese and who sells in yuan start with China."""
    return foreign and _.code == "en" and not settings.is_chosen(cache.store(), "selling_days")


def _ask_country(_: Words) -> None:
    known = countries(_)
    respoken("ask_country")
    st.selectbox(
        _("Selling days follow the Chinese calendar until you choose a country"),
        list(known),
        index=None,
        format_func=known.__getitem__,
        placeholder=_("Choose a country"),
        key="ask_country",
        on_change=_keep_country,
        width=420,
    )


def _keep_country() -> None:
    country = st.session_state.ask_country
    seen_data.carry_out(settings.choose, cache.store(), "selling_days", country)


def _not_counted(_: Words, sums: list[str], start: date, behind: bool) -> str:
    month, listed = month_text(_, start), _(", ").join(sums)
    if behind:
        return _("Not counted since {month}: {sums}", month=month, sums=listed)
    return _("Not counted in {month}: {sums}", month=month, sums=listed)


def _sums(_: Words, scope: Scope, start: date, end: date) -> list[str]:
    amounts = cache.frame(currencies.not_counted, scope, start, end)
    return [
        _(
            "{sum} in {count}",
            sum=exact(_, row["amount"], row["currency"]),
            count=_counted(_, scope.source, int(row["rows"]), int(row["returned"])),
        )
        for row in amounts.to_dict("records")
    ]


def _counted(_: Words, source: Source, rows: int, returned: int) -> str:
    """Describe the rows: what was sold or paid, and what came back of it."""
    if source not in ("orders", "payments") or not returned:
        return _rows(_, source, rows)
    if source == "orders":
        back = _.n("{n} return", "{n} returns", returned)
    else:
        back = _.n("{n} refund", "{n} refunds", returned)
    if returned == rows:
        return back
    return _("{rows} and {back}", rows=_rows(_, source, rows - returned), back=back)


def _rows(_: Words, source: Source, count: int) -> str:
    if source == "orders":
        return _.n("{n} order line", "{n} order lines", count)
    if source == "deals":
        return _.n("{n} won deal", "{n} won deals", count)
    if source == "contracts":
        return _.n("{n} contract", "{n} contracts", count)
    return _.n("{n} collection", "{n} collections", count)


def _targets(_: Words, scope: Scope) -> str:
    """Describe the month's targets in other currencies: whose, where others have theirs."""
    others = other_targets(
        scope,
        targets.targets(),
        calendars.calendar(scope, scope.month),
        targets.stays(scope),
        first_month=calendars.fiscal_start(),
    )
    several = targets.target(scope) is not None
    return _(", ").join(
        _(
            "{sum} of {names}",
            sum=exact(_, one.target, code),
            names=listed(_, one.names, _NAMED),
        )
        if several and one.names
        else exact(_, one.target, code)
        for code, one in others.items()
    )
