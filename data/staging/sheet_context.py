"""Look up what the store and the sheet say about a sheet before it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.cleaning.context import Around, Typical
from data.staging.system_currency import OF_SYSTEM
from data.store import settings
from data.values.zones import BY_COUNTRY, USUAL
from domain.tables import table

if TYPE_CHECKING:
    from datetime import date

    from data.layout.sheet import Sheet
    from data.store.database import Store

_ENOUGH = 20  # rows from which amounts are typical


def around(store: Store, sheet: Sheet, name: str, today: date) -> Around:
    """Return what may raise questions about a sheet that is taken as table `name`."""
    return Around(
        currency=settings.setting(store, "currency") or "",
        unit=sheet.unit,
        titled=sheet.currency or _said(sheet, OF_SYSTEM, "currency"),
        workbook=bool(sheet.name),
        typical=_typical(store, name),
        today=today,
        zone=settings.setting(store, "time_zone") or "",
        first_month=int(settings.setting(store, "fiscal_year") or "1"),
        fiscal_known=settings.is_chosen(store, "fiscal_year"),
        by_row=any(note.code == "unit_by_row" for note in sheet.notes),
        zones=_zones(settings.setting(store, "selling_days") or ""),
    )


def _said(sheet: Sheet, code: str, what: str) -> str:
    notes = (dict(note.params) for note in sheet.notes if note.code == code)
    return str(next(notes, {}).get(what, ""))


def _zones(country: str) -> tuple[str, ...]:
    """Return the zones to offer, that of the calendar's country first."""
    own = [BY_COUNTRY[country]] if country in BY_COUNTRY else []
    return tuple(dict.fromkeys([*own, *USUAL]))


def _typical(store: Store, name: str) -> dict[str, Typical]:
    typical = {}
    for column in table(name).money:
        if column == "collected_so_far":
            continue  # in the unit of the amounts
        ((count, spread),) = store.rows(
            f'SELECT count(*), approx_quantile(abs("{column}"), [0.1, 0.5, 0.9]) '  # noqa: S608
            f'FROM "{name}" WHERE "{column}" <> 0'
        )
        if count >= _ENOUGH:
            typical[column] = Typical(*(float(quantile) for quantile in spread))
    return typical
