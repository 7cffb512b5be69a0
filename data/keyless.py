"""Rows that come without a key: where they come from, and which days of it they replace.

    >>> placing(store, draft, this_year=2026)      # doctest: +SKIP
    Placing(source='7f3a…|销售记录|', shape='7f3a…', first=date(2026, 3, 1), ...)

An order list without order numbers cannot be updated row by row: a corrected
amount would look like one more sale. So a newer file of the same source takes
the place of everything from that source between its first and its last day.
Which source it is, is told by the shape of the header and by the file's and the
sheet's name without their numbers ("销售记录 2026-03 (1).xlsx" is 销售记录).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

import pyarrow.compute as pc

from data import asking
from data.match import shape

if TYPE_CHECKING:
    from data.drafts import Draft
    from data.store import Store

Choice = Literal["replace", "add", "ask"]

# Table → the column without which a row has no key, and the dates that place it in time.
_KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "orders": ("order_id", ("order_date",)),
    "contracts": ("contract_id", ("signed_date", "start_date")),
    "payments": ("payment_id", ("payment_date",)),
    "leads": ("lead_id", ("created_date",)),
    "activities": ("activity_id", ("activity_date", "planned_date")),
}
KEYLESS = frozenset(_KEYS)
_NUMBERED = re.compile(r"[\d\W_]+")
_COPIES = re.compile(r"(?:\bcopy\b|副本|\bv\d+\b|\bfinal\b|最新|最终)", re.IGNORECASE)


@dataclass(frozen=True)
class Placing:
    """What a file of rows without a key does to what came before.

    `rows` rows, from `files`, lie between `first` and `last` and will give way
    with `choice` "replace". "ask": they come from a file of another name and the
    same header, `other` its source; only the user knows whether it is the same list.
    """

    source: str
    shape: str
    first: date | None
    last: date | None
    rows: int
    files: tuple[str, ...]
    choice: Choice
    other: str = ""

    def settled(self, choice: Literal["replace", "add"], content: str) -> Placing:
        """With the user's answer; `content` makes a source of its own out of what is added."""
        if choice == "replace":
            return replace(self, source=self.other or self.source, choice=choice)
        return replace(self, source=f"{self.source}|{content[:16]}", choice=choice)


def dates_of(name: str) -> tuple[str, ...]:
    """The columns that place a row without a key in time, the first that is filled counting."""
    return _KEYS[name][1]


def is_keyless(name: str | None, mapping: dict[str, int]) -> bool:
    """Whether rows of this table, with these columns, have nothing to be told apart by."""
    return name in _KEYS and _KEYS[name][0] not in mapping


def placing(store: Store, draft: Draft, this_year: int) -> Placing | None:
    """What taking the draft would replace; None where its rows have a key."""
    if draft.sheet is None or draft.table is None or not is_keyless(draft.table, draft.mapping):
        return None
    own_shape = shape(draft.sheet.header)
    source = f"{own_shape}|{_stem(PurePath(draft.file).stem)}|{_stem(draft.sheet.name)}"
    first, last = _days(draft, this_year)
    rows, files = _there(store, draft.table, "source = ?", source, first, last)
    made = Placing(source, own_shape, first, last, rows, files, "replace")
    if rows:
        return made
    rows, files = _there(store, draft.table, "shape IN (?, '')", own_shape, first, last)
    if not rows:
        return made
    ((other,),) = store.rows(
        "SELECT arg_max(source, import_id) FROM import_ranges JOIN imports USING (import_id) "
        "WHERE imports.status = 'active' AND import_ranges.table_name = ? "
        # Lists that were there before shapes were kept have none.
        "AND shape IN (?, '') AND file = ?",
        [draft.table, own_shape, files[-1]],
    )
    return replace(made, rows=rows, files=files, choice="ask", other=other)


def _stem(name: str) -> str:
    told = unicodedata.normalize("NFKC", name).casefold()
    return _NUMBERED.sub("", _COPIES.sub("", told))


def _days(draft: Draft, this_year: int) -> tuple[date | None, date | None]:
    """The first and last day in the file; the dates are read as the import will read them."""
    assert draft.sheet and draft.table
    days: list[date] = []
    for name in dates_of(draft.table):
        if name not in draft.mapping:
            continue
        ends = pc.min_max(asking.dates(draft, name, this_year)).as_py()
        days += [day for day in ends.values() if day is not None]
    return (min(days), max(days)) if days else (None, None)


def _there(
    store: Store, name: str, which: str, value: str, first: date | None, last: date | None
) -> tuple[int, tuple[str, ...]]:
    """How many rows of these sources stand in these days, and the files they came in."""
    found = store.rows(
        # Names of our own; values are parameters.
        "SELECT count(*), list(DISTINCT imports.file ORDER BY imports.file) "  # noqa: S608
        f'FROM "{name}" AS here JOIN imports USING (import_id) '
        "JOIN import_ranges USING (import_id) "
        "WHERE imports.status = 'active' AND import_ranges.table_name = ? "
        f"AND import_ranges.{which} AND {within(name)}",
        [name, value, first, first, last],
    )
    ((rows, files),) = found
    return rows, tuple(files or ())


def within(name: str, side: str = "here") -> str:
    """SQL: a row lies within ? .. ? (first day, first day again, last day), or has no date."""
    day = f"coalesce({', '.join(f'{side}.{one}' for one in dates_of(name))})"
    return f"(CAST(? AS DATE) IS NULL OR {day} IS NULL OR {day}::DATE BETWEEN ? AND ?)"
