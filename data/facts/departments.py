"""Keep the departments that records name beside their reps, and who is in which team by them.

    >>> keep(cursor, import_id, stays)                                   # doctest: +SKIP
    >>> derive(cursor)                                                   # doctest: +SKIP
    {'张伟': [('销售一部', None), ('销售二部', datetime.date(2026, 3, 2))]}

`department_stays` has what all standing imports say together; the view `people` lets the lists
of people go first. A system often writes today's department beside old records: what an earlier
import said of its days stays, so that past months keep their teams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta

import pyarrow as pa

from data.facts.sql import insert_of_import
from data.store.database import Cursor

# The first of these tables that has a rep says where the rep is.
RANKED = ("orders", "contracts", "payments", "deals", "activities", "leads")
_COLUMNS = ("rep", "department", "team", "region", "first_day", "last_day")

# By rep, one after the other: each team and the day from which it is, None for since ever.
Teams = dict[str, list[tuple[str, date | None]]]


@dataclass(frozen=True)
class DepartmentStay:
    """A rep in a department, by the records of a file from the `first` day to the `last`.

    `team` and `region` are those of its path; the days are None where the records have none.
    """

    rep: str
    department: str
    team: str
    region: str | None
    first: date | None
    last: date | None


def lasting(stays: Sequence[DepartmentStay], until: date | None) -> list[DepartmentStay]:
    """Return the stays, of each rep the last one up to a day at least."""
    last_of = {stay.rep: stay for stay in stays}
    return [
        replace(stay, last=max(stay.last, until))
        if until and stay.last and stay is last_of[stay.rep]
        else stay
        for stay in stays
    ]


def keep(cursor: Cursor, import_id: int, stays: Iterable[DepartmentStay]) -> None:
    """Keep what an import says of the departments of reps."""
    rows = [astuple(stay) for stay in stays]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(_COLUMNS)}
    insert_of_import(cursor, "departments", import_id, columns)


def derive(cursor: Cursor) -> Teams:
    """Bring the stays in departments up to date; return the teams of each rep in order."""
    stays = {rep: _joined(imports) for rep, imports in _told(cursor).items()}
    paths: dict[str, set[str]] = {}
    for one in (several[-1] for several in stays.values()):
        if one.department != one.team:
            paths.setdefault(one.team, set()).add(one.department)
    listed = {team for (team,) in cursor.execute("SELECT DISTINCT team FROM reps").fetchall()}
    held: Teams = {}
    rows: list[tuple[str, str, str | None, date | None]] = []
    for rep, several in stays.items():
        for place, one in enumerate(several):
            # The path, where only that tells two teams apart, or where a list of people has it.
            whole = one.department in listed or len(paths.get(one.team, ())) > 1
            team, begins = one.department if whole else one.team, one.first if place else None
            held.setdefault(rep, []).append((team, begins))
            rows.append((rep, team, one.region, begins))
    cursor.execute("DELETE FROM department_stays")
    if rows:
        names = ("rep", "team", "region", "from_date")
        columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        cursor.register("derived_stays", pa.table(columns))
        cursor.execute(
            "INSERT INTO department_stays SELECT rep, team, region, from_date FROM derived_stays"
        )
        cursor.unregister("derived_stays")
    return held


def teams(cursor: Cursor) -> Teams:
    """Return the teams of each rep as they were derived last."""
    held: Teams = {}
    for rep, team, begins in cursor.execute(
        "SELECT rep, team, from_date FROM department_stays ORDER BY rep, from_date NULLS FIRST"
    ).fetchall():
        held.setdefault(rep, []).append((team, begins))
    return held


def moved(before: Teams, after: Teams) -> dict[str, str]:
    """Return how each rep who had a team has another one now: "A → B (2026-04-03)".

    >>> moved({"Ann": [("A", None)]}, {"Ann": [("A", None), ("B", date(2026, 4, 3))]})
    {'Ann': 'A → B (2026-04-03)'}
    """
    return {
        rep: f"{was[-1][0]} → {now[-1][0]}" + (f" ({now[-1][1]})" if now[-1][1] else "")
        for rep, was in before.items()
        if (now := after.get(rep)) and now[-1][0] != was[-1][0]
    }


def _told(cursor: Cursor) -> Mapping[str, list[list[DepartmentStay]]]:
    """Return by rep what each standing import says, the earliest first."""
    rows = cursor.execute(
        "SELECT table_name, import_id, coalesce(alias.canonical, told.rep), department, team, "
        "region, first_day, last_day FROM departments AS told JOIN imports USING (import_id) "
        "LEFT JOIN aliases AS alias "
        "ON alias.kind = 'rep' AND alias.accepted AND alias.name = told.rep "
        "WHERE imports.status = 'active' ORDER BY import_id, first_day NULLS FIRST, department"
    ).fetchall()
    best: dict[str, int] = {}
    for name, _, rep, *_ in rows:
        best[rep] = min(best.get(rep, len(RANKED)), RANKED.index(name))
    by_rep: dict[str, dict[int, list[DepartmentStay]]] = {}
    for name, import_id, rep, *what in rows:
        if RANKED.index(name) == best[rep]:
            of_import = by_rep.setdefault(rep, {}).setdefault(import_id, [])
            of_import.append(DepartmentStay(rep, *what))
    return {rep: list(by_import.values()) for rep, by_import in by_rep.items()}


def _joined(imports: Sequence[Sequence[DepartmentStay]]) -> list[DepartmentStay]:
    """Return the stays of a rep by several imports, one after the other."""
    known: list[DepartmentStay] = []
    for told in imports:
        known = _merged(known, told)
    joined: list[DepartmentStay] = []
    for one in known:
        if not joined or joined[-1].department != one.department:
            joined.append(one)
    return joined


def _merged(known: Sequence[DepartmentStay], new: Sequence[DepartmentStay]) -> list[DepartmentStay]:
    """Return the known stays with those of a later import: of each day, what was said of it first.

    One up to the same day, or without days, says it anew.
    """
    if not known:
        return list(new)
    begun, ended = known[0].first, known[-1].last
    first, last = new[0].first, new[-1].last
    if not (begun and ended and first and last) or last == ended:
        return [*(one for one in known if one.last and first and one.last < first), *new]
    after = [
        replace(one, first=max(one.first, ended + timedelta(1)))
        for one in new
        if one.first and one.last and one.last > ended
    ]
    return [*(one for one in new if one.first and one.first < begun), *known, *after]
