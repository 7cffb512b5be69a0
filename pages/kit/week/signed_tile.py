"""Draw the tile of what was signed, won or ordered beside what was collected.

>>> signed_source(scope)                                    # doctest: +SKIP
'contracts'
"""

from __future__ import annotations

from analytics.actuals import actual
from domain.measures import measure
from domain.scope import Scope, Source
from domain.tables import N_
from pages.kit.i18n.numbers import exact, money
from pages.kit.i18n.words import Words
from pages.kit.queries import load
from pages.kit.week.tiles import tile
from pages.kit.widgets import passport

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
    """Draw the tile of what was signed, won or ordered in the month, next to what was collected."""
    present = load.sources()
    source = signed_source(scope)
    if source not in _SIGNED:
        _collected(_, scope)
        return
    closed = load.total(scope, source)["value"]
    came = load.total(scope, "payments")["value"] if "payments" in present else None
    inside = load.of(scope, source)
    title, beside = (_(text) for text in _TITLES[source])
    tile(
        _,
        "signed",
        title,
        money(_, closed, scope.currency),
        _("collected {sum}", sum=money(_, came, scope.currency))
        if "payments" in present
        else _("collections: no payments imported yet"),
        passport.Passport(
            beside,
            (measure(_SIGNED.get(source, "actual")), measure("collections")),
            inside,
            scope.month,
            scope.until,
            {
                title: exact(_, closed, scope.currency),
                _("Collected"): exact(_, came, scope.currency),
            },
            (actual.total, inside, scope.month, scope.until),
        ),
    )


def _collected(_: Words, scope: Scope) -> None:
    """Draw the tile of what was collected, where no table has signed amounts."""
    inside = load.of(scope, "payments")
    came = load.total(scope, "payments")["value"]
    tile(
        _,
        "signed",
        _("Collected"),
        money(_, came, scope.currency),
        _("signed: no contracts, deals or orders imported yet"),
        passport.Passport(
            _("Collected"),
            (measure("collections"),),
            inside,
            scope.month,
            scope.until,
            {_("Collected"): exact(_, came, scope.currency)},
            (actual.total, inside, scope.month, scope.until),
        ),
    )
