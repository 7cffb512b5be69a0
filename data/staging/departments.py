"""Take the team of each rep from the department that stands beside the rep in records.

    >>> looked_up(draft, today).people.departments.stays                # doctest: +SKIP
    (DepartmentStay('张伟', '华东大区/销售一部', '销售一部', '华东大区', date(2026, 1, 5), ...),)

A rep who changes department once, in the order of days, has been in both. Where the departments
of a rep are mixed, the one with most rows is taken, and a note says so; where that is so of
most reps, the column is about the records and gives no teams.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.people import told_apart
from data.cleaning.reading import Reading
from data.facts.departments import DepartmentStay
from data.layout.sheet import Note
from data.matching.departments import are_groups, is_role, rank
from data.staging import namesakes, readings
from data.staging.department_paths import of_path
from data.staging.draft import Draft
from data.staging.people import Departments
from data.values.columns import plain, trimmed
from data.values.department_paths import region_of, steps
from data.values.placeholders import without_placeholders

# The tables with departments beside their reps, and the day on which one holds.
DAYS = {
    "orders": "order_date",
    "contracts": "signed_date",
    "payments": "payment_date",
    "deals": "created_date",
    "activities": "activity_date",
    "leads": "created_date",
}
_USED, _CHANGED, _MIXED, _UNUSED = (
    "team_of_department",
    "team_changed",
    "team_mixed",
    "department_of_rows",
)
_LISTED = 5
_FEW_NAMES = 0.2
_MOST = 0.5


@dataclass(frozen=True)
class _Rows:
    """The rows of a rep in one department: how many, from which day to which."""

    department: str
    count: int
    first: date | None
    last: date | None


def looked_up(draft: Draft, today: date) -> Draft:
    """Return the draft with the departments of its reps, with notes on them."""
    if draft.sheet is None or draft.table not in DAYS or "rep" not in draft.mapping:
        return draft
    key = (draft.table, *sorted(draft.mapping.items()), *sorted(draft.answers.items()))
    if key not in draft.known.departments:
        draft.known.departments[key] = _look(draft, today)
    found = draft.known.departments[key]
    draft = replace(draft, people=replace(draft.people, departments=found))
    return _without_region(draft, found) if any(stay.region for stay in found.stays) else draft


def _without_region(draft: Draft, found: Departments) -> Draft:
    """Return the draft without regions of its rows from the same paths.

    A system writes today's department beside old records: by it, old rows would go to another
    region while the team of their days stays.
    """
    at = draft.mapping.get("region")
    if draft.sheet is None or at is None or at < len(draft.sheet.written):
        return draft
    if draft.sheet.header[at] != of_path(found.header):
        return draft
    return replace(
        draft, mapping={name: n for name, n in draft.mapping.items() if name != "region"}
    )


def _look(draft: Draft, today: date) -> Departments:
    assert draft.sheet
    unused = None
    for at in _candidates(draft):
        rows = _rows(draft, at, today)
        header = draft.sheet.header[at]
        if not rows or not _are_departments(header, rows):
            continue
        if _of_rows(rows):
            unused = unused or Note.of(_UNUSED, header=header)
            continue
        return _settled(header, at, rows, today)
    return Departments(notes=(unused,) if unused else ())


def _candidates(draft: Draft) -> list[int]:
    """Return the columns of departments that are nothing else, the surest first."""
    assert draft.sheet
    free = [
        (at, header)
        for at, header in enumerate(draft.sheet.written)
        if at not in draft.mapping.values()
    ]
    ranked = [(place, at) for at, header in free if (place := rank(header)) is not None]
    return [at for _, at in sorted(ranked)] + [at for at, header in free if is_role(header)]


def _rows(draft: Draft, at: int, today: date) -> dict[str, list[_Rows]]:
    """Return the rows of each rep by department."""
    assert draft.sheet and draft.table
    reps = plain(readings.read(draft, "rep", Reading()).values)
    if told := namesakes.names(draft).get("rep"):
        reps = plain(told_apart(reps, told))
    cells = plain(without_placeholders(trimmed(draft.sheet.rows[str(at)]), "team"))
    name = DAYS[draft.table]
    days = readings.days(draft, [name], today).get(name) if name in draft.mapping else None
    if days is None:
        days = pa.nulls(len(reps), pa.date32())
    every = pa.table({"rep": reps, "department": cells, "day": days})
    every = every.filter(pc.and_(pc.is_valid(every["rep"]), pc.is_valid(every["department"])))
    grouped = every.group_by(["rep", "department"], use_threads=False).aggregate(
        [("day", "count"), ([], "count_all"), ("day", "min"), ("day", "max")]
    )
    by_rep: dict[str, list[_Rows]] = {}
    for row in grouped.to_pylist():
        # Of rows without a day, none says when.
        dated = row["day_count"] == row["count_all"]
        first, last = (row["day_min"], row["day_max"]) if dated else (None, None)
        one = _Rows(row["department"], row["count_all"], first, last)
        by_rep.setdefault(row["rep"], []).append(one)
    return by_rep


def _are_departments(header: str, rows: Mapping[str, Sequence[_Rows]]) -> bool:
    """Return whether the cells of a column are departments, and not people or their roles."""
    words = list(dict.fromkeys(one.department for several in rows.values() for one in several))
    if sum(word in rows for word in words) > _FEW_NAMES * len(words):
        return False
    return not is_role(header) or are_groups(words)


def _of_rows(rows: Mapping[str, Sequence[_Rows]]) -> bool:
    """Return whether departments are those of the rows: most reps stand with several."""
    often = [several for several in rows.values() if sum(one.count for one in several) > 1]
    mixed = sum(len(several) > 1 and _in_order(several) is None for several in often)
    changed = sum(len(several) > 1 for several in often) - mixed
    if mixed > _MOST * len(often):
        return True
    return mixed + changed > _MOST * len(often) and mixed >= changed


def _in_order(several: Sequence[_Rows]) -> list[_Rows] | None:
    """Return departments in the order of their days; None where they are mixed."""
    days = [(one.first, one.last, one) for one in several if one.first and one.last]
    if len(days) < len(several):
        return None
    ordered = sorted(days, key=lambda entry: entry[:2])
    for (begun, ended, _), (first, last, _) in pairwise(ordered):
        if first < ended or begun == last:
            return None
    return [one for _, _, one in ordered]


def _settled(header: str, at: int, rows: Mapping[str, Sequence[_Rows]], today: date) -> Departments:
    """Return the departments of reps, and notes on who has changed and whose are mixed.

    The last one of each holds to the last day of the file, be it of another rep.
    """
    every = {one.department for several in rows.values() for one in several}
    paths = [department for department in every if len(steps(department)) > 1]
    split = bool(paths) and len(paths) > _MOST * len(every)
    lasts = [one.last for several in rows.values() for one in several if one.last]
    until = max((min(day, today) for day in lasts), default=today)
    stays: list[DepartmentStay] = []
    changed, mixed = [], []
    for rep, several in rows.items():
        held = list(several) if len(several) == 1 else _in_order(several)
        if held is None:
            most = max(several, key=lambda one: (one.count, one.last or date.min))
            firsts = [one.first for one in several if one.first]
            first = min(firsts) if len(firsts) == len(several) else None
            held = [replace(most, first=first, last=first)]
            ranked = sorted(several, key=lambda one: -one.count)
            mixed.append(f"{rep} ({', '.join(f'{x.department} {x.count}' for x in ranked)})")
        elif len(held) > 1:
            path = " → ".join(one.department for one in held)
            changed.append(f"{rep} ({path}, {held[-1].first})")
        if held[-1].first:
            held[-1] = replace(held[-1], last=max(held[-1].first, until))
        for one in held:
            team = steps(one.department)[-1] if split else one.department
            region = region_of(one.department) if split else None
            team = one.department if team == region else team
            stays.append(DepartmentStay(rep, one.department, team, region, one.first, one.last))
    notes = [Note.of(_USED, header=header)]
    notes += [Note.of(_CHANGED, count=len(changed), who=_listed(changed))] if changed else []
    notes += [Note.of(_MIXED, count=len(mixed), who=_listed(mixed))] if mixed else []
    return Departments(header, at, tuple(stays), tuple(notes))


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
