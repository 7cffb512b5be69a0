"""Draw the tile of what was signed, won or ordered beside what was collected.

>>> signed_source(scope)                                    # doctest: +SKIP
'contracts'
"""

from __future__ import annotations

from domain.scope import Scope, Source
from domain.tables import N_
from pages.kit.i18n.adding_up import as_fine
from pages.kit.i18n.numbers import date_text, exact, money
from pages.kit.i18n.words import Words
from pages.kit.queries import load
from pages.kit.week.tiles import tile
from pages.kit.widgets import digits, passport

# Sources of signed amounts, the best first.
_SIGNED: dict[Source, str] = {"contracts": "signed", "deals": "won_value", "orders": "actual"}
# Only contracts are signed: the tile is called after what it adds up.
_TITLES: dict[Source, tuple[str, str]] = {
    "contracts": (N_("Signed"), N_("Signed vs. collected")),
    "deals": (N_("Won amount"), N_("Won amount vs. collected")),
    "orders": (N_("Order amount"), N_("Order amount vs. collected")),
}


def signed_source(scope: Scope) -> Source:
    """Return the source of signed amounts: contracts, else won deals, else orders."""
    present = load.sources()
    return next((name for name in _SIGNED if name in present), scope.source)


def signed_and_collected(_: Words, scope: Scope) -> None:
    """Draw the tile of what was signed, won or ordered in the month, next to what was collected.

    Each counts as far as its own table reaches, and says so where that is not the page's day.
    """
    source = signed_source(scope)
    if source not in _SIGNED:
        _collected(_, scope)
        return
    closed = load.total(scope, source)["value"]
    # What counts as the actual stands beside its month-end; other sources by themselves.
    step = digits.last_digit(_, scope) if source == scope.source else None
    title, beside = (_(text) for text in _TITLES[source])
    worked = {title: _dated(_, scope, source, exact(_, closed, scope.currency))}
    details = [_its_day(_, scope, source)]
    if "payments" in load.sources():
        came = load.total(scope, "payments")["value"]
        worked[_("Collected")] = _dated(_, scope, "payments", exact(_, came, scope.currency))
        text = as_fine(_, came, step, scope.currency)
        collected = (
            _("collected {sum} by the order list", sum=text)
            if load.collected()
            else _("collected {sum}", sum=text)
        )
        details.append(_dated(_, scope, "payments", collected))
    else:
        details.append(_("collections: no payments imported yet"))
    tile(
        _,
        "signed",
        title,
        as_fine(_, closed, step, scope.currency),
        _("; ").join(filter(None, details)),
        passport.passport(
            beside, load.of(scope, source), _SIGNED[source], _measure(), worked=worked
        ),
    )


def _collected(_: Words, scope: Scope) -> None:
    """Draw the tile of what was collected, where no table has signed amounts."""
    came = load.total(scope, "payments")["value"]
    tile(
        _,
        "signed",
        _("Collected"),
        money(_, came, scope.currency),
        _("signed: no contracts, deals or orders imported yet"),
        passport.passport(
            _("Collected"),
            load.of(scope, "payments"),
            _measure(),
            worked={_("Collected"): exact(_, came, scope.currency)},
        ),
    )


def _measure() -> str:
    """Return the measure of what was collected: of payments, or of what orders say of it."""
    return "collected_of_orders" if load.collected() else "collections"


def _dated(_: Words, scope: Scope, source: Source, figure: str) -> str:
    """Return a figure with the day that its source counts to, where it is not the page's."""
    day = _its_day(_, scope, source)
    return _("{figure} ({day})", figure=figure, day=day) if day else figure


def _its_day(_: Words, scope: Scope, source: Source) -> str:
    """Return up to which day a source counts; "" where it is the page's day."""
    own = load.of(scope, source)
    if own.as_of < scope.month <= scope.as_of:
        return _("the data end on {day}", day=date_text(_, own.as_of))
    if own.until == scope.until:
        return ""
    return _("to {day}", day=date_text(_, own.until, year=False))
