"""Find rows whose year is far from that of all others, as a mistyped year is.

>>> days = [*(date(2026, 3, day) for day in range(1, 12)), date(2016, 3, 5)]
>>> far(days, today=date(2026, 3, 31))
{2016: (11,)}
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from data.staging import doubted_rows, readings
from data.staging.draft import Draft

# Columns of what has happened by the day of an export.
PAST = {"orders": "order_date", "payments": "payment_date", "contracts": "signed_date"}
# Orders may be dated a little ahead; an old one may stand among new ones, but not so old.
_AHEAD, _YEARS = timedelta(days=62), 5
_LEAST_ROWS, _MOST, _SHARE = 10, 3, 10

Rows = tuple[int, ...]


def look(draft: Draft, today: date) -> None:
    """Find the rows of a draft whose year is far from the others, and all that may not count."""
    column = PAST.get(draft.table or "", "")
    if column in draft.mapping:
        key = doubted_rows.key_of(draft)
        if key not in draft.known.far_years:
            draft.known.far_years[key] = _far(draft, column, today)
    doubted_rows.look(draft)


def _far(draft: Draft, column: str, today: date) -> dict[int, Rows]:
    if ends := readings.summary(draft, column, today).ends:
        known = [day for both in ends.values() for day in both if day]
        if not known or (max(known) <= today + _AHEAD and _near(known)):
            return {}
    return far(readings.days(draft, [column], today)[column].to_pylist(), today)


def _near(days: Sequence[date]) -> bool:
    return max(days).year - min(days).year < _YEARS


def far(days: Sequence[date | None], today: date) -> dict[int, Rows]:
    """Return by year the places of a few days that lie years before the others, or ahead."""
    known = {at: day for at, day in enumerate(days) if day}
    found: dict[int, Rows] = {}
    ahead = {at for at, day in known.items() if day > today + _AHEAD}
    for years in (ahead, _long_before(known, ahead)):
        few = 0 < len(years) <= _MOST and len(years) * _SHARE <= len(known)
        if few and len(known) - len(years) >= _LEAST_ROWS:
            for at in sorted(years):
                year = known[at].year
                found[year] = (*found.get(year, ()), at)
    return found


def _long_before(known: dict[int, date], ahead: set[int]) -> set[int]:
    """Return the places of the first few days, where no other day is within years of them."""
    places = sorted((at for at in known if at not in ahead), key=lambda at: known[at])
    for count in range(min(_MOST, len(places) - 1), 0, -1):
        if known[places[count]].year - known[places[count - 1]].year >= _YEARS:
            return set(places[:count])
    return set()
