"""Read the day of an export from the name of its file, or from the words around its table.

>>> day_in_name("reps_2026-02-15.csv"), day_in_name("Book2.xlsx")
(datetime.date(2026, 2, 15), None)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from data.staging.draft import Draft

_DAY = re.compile(r"(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")

_MILLISECONDS = re.compile(r"(?<!\d)1[4-9]\d{11}(?!\d)")
_CLOCK = r"[-_ T.]{1,3}([01]\d|2[0-3])[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?(?!\d)"
_TIMED = re.compile(rf"(20\d{{2}})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01]){_CLOCK}")
_TIMED_DAY_FIRST = re.compile(
    rf"(?<!\d)(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.](20\d{{2}}){_CLOCK}"
)


def day_in_name(file: str) -> date | None:
    """Return the day in a file's name, or in that of its archive; None without one."""
    # The name of a file in an archive says more than the archive's own.
    return next((day for name in (Path(file).name, file) for day in _days(name)), None)


def moment_in_name(file: str) -> datetime | None:
    """Return the moment in a file's name, in milliseconds: report1743552000000.csv."""
    match = _MILLISECONDS.search(file)
    return datetime.fromtimestamp(int(match[0]) / 1000, UTC).replace(tzinfo=None) if match else None


def time_in_name(file: str) -> datetime | None:
    """Return the moment in a file's name: milliseconds, or a time of day after its day."""
    if moment := moment_in_name(file):
        return moment
    for pattern, order in ((_TIMED, (0, 1, 2)), (_TIMED_DAY_FIRST, (2, 1, 0))):
        if match := pattern.search(Path(file).name):
            day, clock = match.groups()[:3], match.groups()[3:]
            year, month, of_month = (int(day[at]) for at in order)
            hour, minute, second = (int(part or 0) for part in clock)
            try:
                return datetime(year, month, of_month, hour, minute, second)
            except ValueError:
                continue
    return None


def printed_on(draft: Draft) -> date | None:
    """Return the day on which a report says it was made."""
    notes = draft.sheet.notes if draft.sheet else ()
    days = [str(dict(note.params)["date"]) for note in notes if note.code == "printed_on"]
    return max(map(date.fromisoformat, days), default=None)


def exported_on(draft: Draft) -> date | None:
    """Return the day on which a file says it was exported; a period in its name is none."""
    if printed := printed_on(draft):
        return printed
    named = set(_days(Path(draft.file).name))
    if draft.as_of or len(named) > 1:
        return draft.as_of if len(named) < 2 else None
    # 31-03-2026 is a day of an export only beside a time.
    timed = None if moment_in_name(draft.file) else time_in_name(draft.file)
    return timed.date() if timed else None


def exported_at(draft: Draft) -> datetime | None:
    """Return the time at which a file says it was exported, on the day that it says."""
    day = exported_on(draft)
    notes = draft.sheet.notes if draft.sheet else ()
    times = [
        datetime.fromisoformat(f"{params['date']}T{params['time']}")
        for note in notes
        if note.code == "printed_on" and "time" in (params := dict(note.params))
    ]
    named = None if printed_on(draft) else time_in_name(draft.file)
    return next(
        (at for at in (*sorted(times, reverse=True), named) if at and at.date() == day), None
    )


def snapshot_day(draft: Draft) -> date | None:
    """Return the day on which an export of deals says it was made, be it by a moment alone."""
    moment = moment_in_name(draft.file)
    return exported_on(draft) or (moment.date() if moment and not draft.as_of else None)


def snapshot_at(draft: Draft) -> datetime | None:
    """Return the time at which an export of deals says it was made, on the day that it says."""
    moment = moment_in_name(draft.file)
    if moment and not printed_on(draft) and moment.date() == snapshot_day(draft):
        return moment
    return exported_at(draft)


def _days(name: str) -> Iterator[date]:
    for year, month, day in _DAY.findall(name):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue
