"""Rows that come without a key: which list they are of, and which days of it they replace.

    >>> placing(store, draft, this_year=2026)      # doctest: +SKIP
    Placing(source='7f3a…|销售记录|', shape='7f3a…', first=date(2026, 3, 1), ...)

An order list without order numbers cannot be updated row by row: a corrected
amount would look like one more sale. So a newer file of the same list takes
the place of everything from that list between its first and its last day.
Which list it is, is told by the shape of the header, by the file's and the
sheet's name (`data.staging.list_names`), and by the rows: without rows in common nothing
is taken for the same list. Where it does not show, the user is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc

from data.matching.recognise import shape
from data.staging import overlap, readings
from data.staging.list_names import name_of, stem
from data.staging.overlap import Rows

if TYPE_CHECKING:
    from data.staging.draft import Draft
    from data.store.database import Store

Choice = Literal["replace", "older", "add", "ask"]

# Table → the column without which a row has no key, and the dates that place it in time.
_KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "orders": ("order_id", ("order_date",)),
    "contracts": ("contract_id", ("signed_date", "start_date")),
    "payments": ("payment_id", ("payment_date",)),
    "leads": ("lead_id", ("created_date",)),
    "activities": ("activity_id", ("activity_date", "planned_date")),
}
KEYLESS = frozenset(_KEYS)
# Of the rows that would give way, at least this share must come again.
_SAME = 0.5


@dataclass(frozen=True)
class Rival:
    """A list with rows in the days of a file, and as many of them in the file as `shared`.

    `at` is its source where it is `here`, in the dashboard; else it came in the same
    drop and `at` is its `id_of`.
    """

    at: str
    files: tuple[str, ...]
    rows: int
    shared: int
    here: bool = True


@dataclass(frozen=True)
class Placing:
    """What a file of rows without a key does to what came before or with it.

    With `choice` "replace" the rows of `other`, one of the `rivals`, that lie between
    `first` and `last` give way; "older": this file gives way to `other`, which came with
    it; "add": both count. "ask": only the user knows.
    """

    source: str
    shape: str
    first: date | None
    last: date | None
    rivals: tuple[Rival, ...] = ()
    choice: Choice = "replace"
    other: str = ""

    @property
    def rows(self) -> int:
        """How many rows are in question."""
        return sum(one.rows for one in self._meant)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that these rows came in."""
        return tuple(dict.fromkeys(file for one in self._meant for file in one.files))

    @property
    def _meant(self) -> tuple[Rival, ...]:
        return tuple(one for one in self.rivals if not self.other or one.at == self.other)

    def settled(
        self, choice: Literal["replace", "older", "add"], told: str, other: str = ""
    ) -> Placing:
        """With the user's answer about `other`, the first rival if none is named.

        `told` is the draft's `id_of`; it makes a list of its own out of what is added.
        """
        if choice == "add":
            own = blake2b(told.encode(), digest_size=8).hexdigest()
            return replace(self, source=f"{self.source}|{own}", choice=choice, other="")
        named = next((one for one in self.rivals if one.at == other), self.rivals[0])
        source = named.at if named.here else self.source
        return replace(self, source=source, choice=choice, other=named.at)


def dates_of(name: str) -> tuple[str, ...]:
    """The columns that place a row without a key in time, the first that is filled counting."""
    return _KEYS[name][1]


def is_keyless(name: str | None, mapping: dict[str, int]) -> bool:
    """Whether rows of this table, with these columns, have nothing to be told apart by."""
    return name in _KEYS and _KEYS[name][0] not in mapping


def id_of(draft: Draft) -> str:
    """What tells a draft from the others of a drop."""
    return f"{draft.content}|{draft.sheet_name}"


def placing(
    store: Store,
    draft: Draft,
    this_year: int,
    others: Sequence[Draft] = (),
    besides: int | None = None,
) -> Placing | None:
    """What taking the draft would replace; None where its rows have a key.

    `others` are the drafts that came with it, of which the earlier ones count; the
    import `besides` is this very file, which is going to be read anew.
    """
    if draft.sheet is None or draft.table is None or not is_keyless(draft.table, draft.mapping):
        return None
    made = Placing(_source(draft), shape(draft.sheet.header), *_days(draft, this_year))
    if draft.already:
        return made  # importing it again changes nothing, so there is nothing to say
    if besides is not None and (known := _source_of(store, besides)):
        # Which list it is was said when it came for the first time.
        here = _standing(store, draft, made, this_year, besides)
        return replace(made, source=known, rivals=tuple(one for one in here if one.at == known))
    here = _standing(store, draft, made, this_year, besides)
    beside = _beside(draft, made, others, this_year)
    return _decided(replace(made, rivals=(*here, *beside)))


def within(name: str, side: str = "here") -> str:
    """SQL: a row lies within ? .. ? (first day, first day again, last day), or has no date."""
    day = f"coalesce({', '.join(f'{side}.{one}' for one in dates_of(name))})"
    return f"(CAST(? AS DATE) IS NULL OR {day} IS NULL OR {day}::DATE BETWEEN ? AND ?)"


def _days(draft: Draft, this_year: int) -> tuple[date | None, date | None]:
    """The first and last day in the file; the dates are read as the import will read them."""
    columns = [name for name in dates_of(draft.table or "") if name in draft.mapping]
    days = [readings.dates(draft, name, this_year) for name in columns]
    ends = pc.min_max(pc.coalesce(*days)).as_py() if days else {"min": None, "max": None}
    return ends["min"], ends["max"]


def _source(draft: Draft) -> str:
    assert draft.sheet
    return f"{shape(draft.sheet.header)}|{stem(draft.file)}|{name_of(draft.sheet.name)}"


def _source_of(store: Store, import_id: int) -> str | None:
    found = store.rows("SELECT source FROM import_ranges WHERE import_id = ?", [import_id])
    return found[0][0] if found else None


def _decided(made: Placing) -> Placing:
    """The same list where its name and its rows say so; asked where anything else is possible."""
    if not made.rivals:
        return made
    same = [one for one in made.rivals if one.here and _is_own(one, made.source)]
    same = [one for one in same if one.shared and one.shared >= _SAME * one.rows]
    if len(same) != 1 or not all(one.here for one in made.rivals):
        return replace(made, choice="ask")
    return replace(made, source=same[0].at, other=same[0].at)


def _is_own(rival: Rival, source: str) -> bool:
    """Whether a list is of the same name, also where it was added as another one."""
    return rival.at == source or rival.at.startswith(f"{source}|")


def _standing(
    store: Store, draft: Draft, made: Placing, this_year: int, besides: int | None
) -> list[Rival]:
    """The lists of the same shape with rows in these days, the newest first."""
    name = draft.table or ""
    days = (made.first, made.first, made.last)
    found = store.rows(
        # Names of our own; values are parameters.
        "SELECT source, count(*), list(DISTINCT imports.file ORDER BY imports.file) "  # noqa: S608
        f'FROM "{name}" AS here JOIN imports USING (import_id) '
        "JOIN import_ranges USING (import_id) "
        "WHERE imports.status = 'active' AND import_ranges.table_name = ? "
        # Lists that were there before shapes were kept have none.
        f"AND shape IN (?, '') AND import_id IS DISTINCT FROM ? AND {within(name)} "
        "GROUP BY source ORDER BY max(import_id) DESC",
        [name, made.shape, besides, *days],
    )
    if not found:
        return []
    dates = dates_of(name)
    mine = overlap.rows_of(draft, this_year, dates)
    mine = overlap.renamed(store, draft, mine, dates, this_year)
    columns = ", ".join(f'"{one}"' for one in overlap.compared(draft))
    rivals = []
    for source, rows, files in found:
        there = store.table(
            f'SELECT {columns} FROM "{name}" AS here WHERE import_id IN ('  # noqa: S608
            "SELECT import_id FROM import_ranges WHERE table_name = ? AND source = ?) "
            f"AND import_id IS DISTINCT FROM ? AND {within(name)}",
            [name, source, besides, *days],
        )
        same = overlap.shared(mine, overlap.as_rows(draft, there, dates))
        rivals.append(Rival(source, tuple(files), rows, same))
    return rivals


def _beside(draft: Draft, made: Placing, others: Sequence[Draft], this_year: int) -> list[Rival]:
    """The earlier ones of a drop that could be the same list: by their name, or by a row."""
    rivals = []
    for other in _earlier(draft, others):
        if not _comparable(draft, other, made):
            continue
        theirs = overlap.rows_of(other, this_year, dates_of(other.table or ""))
        rows = _rows_within(theirs, made.first, made.last)
        if not rows:
            continue
        mine = overlap.rows_of(draft, this_year, dates_of(draft.table or ""))
        if overlap.alike(mine, theirs) or _source(other) == made.source:
            same = overlap.shared(mine, theirs)
            rivals.append(Rival(id_of(other), (other.name,), rows, same, here=False))
    return rivals


def _earlier(draft: Draft, others: Sequence[Draft]) -> list[Draft]:
    places = [at for at, one in enumerate(others) if id_of(one) == id_of(draft)]
    # The same file under two names is refused when its twin has landed.
    return list(others[: places[0]]) if places else []


def _comparable(draft: Draft, other: Draft, made: Placing) -> bool:
    return (
        other.take
        and not other.already
        and other.sheet is not None
        and other.table == draft.table
        and is_keyless(other.table, other.mapping)
        and shape(other.sheet.header) == made.shape
    )


def _rows_within(rows: Rows, first: date | None, last: date | None) -> int:
    """How many rows lie in these days; one without a day may lie anywhere, as in `within`."""
    if first is None or last is None:
        return len(rows.days)
    day = pa.scalar
    inside = pc.and_(
        pc.greater_equal(rows.days, day(first, pa.date32())),
        pc.less_equal(rows.days, day(last, pa.date32())),
    )
    return int(pc.sum(pc.fill_null(inside, True)).as_py() or 0)
