"""Read the day of an export from the name of its file, or from the words around its table.

>>> day_in_name("reps_2026-02-15.csv"), day_in_name("Book2.xlsx")
(datetime.date(2026, 2, 15), None)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from data.staging.draft import Draft

_DAY = re.compile(r"(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")

_MILLISECONDS = re.compile(r"(?<!\d)1[4-9]\d{11}(?!\d)")
# Ten digits may be any number, so they stand by themselves, at the end.
_SECONDS = re.compile(r"(?<![^-_. ])1[5-9]\d{8}(?=(?: ?\(\d\))?(?:\.[A-Za-z]|$))")
_CLOCK = (
    r"(?:[-_ T.]{0,3}([01]\d|2[0-3])[-_.:h]?([0-5]\d)"
    r"(?:[-_.:m]?([0-5]\d)(?:[-_.]?(\d{3})(?:\d{3})?)?)?(?!\d))"
)
_TIMED = re.compile(rf"(20\d{{2}})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01]){_CLOCK}")
_CHINESE = re.compile(
    r"(20\d{2})年(\d{1,2})月(\d{1,2})日[-_ ]?(上午|下午)?"
    r"(\d{1,2})[时点:](?:(\d{1,2})分?)?(?:(\d{1,2})秒)?"
)
_HALF_DAY = re.compile(
    r"(?<![\d])(1[0-2]|0?[1-9])(?:[-_.:]?([0-5]\d))?[ _]?([ap])\.?m(?![a-z])", re.I
)
_TIMED_DAY_FIRST = re.compile(
    rf"(?<!\d)(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.](20\d{{2}}){_CLOCK}"
)


def day_in_name(file: str) -> date | None:
    """Return the day in a file's name, or in that of its archive; None without one."""
    # The name of a file in an archive says more than the archive's own.
    return next((day for name in (Path(file).name, file) for day in _days(name)), None)


def moment_in_name(file: str) -> datetime | None:
    """Return the moment in a file's name, in milliseconds or seconds since 1970.

    >>> moment_in_name("report1743552000000.csv"), moment_in_name("deals_1743552000.csv")
    (datetime.datetime(2025, 4, 2, 0, 0), datetime.datetime(2025, 4, 2, 0, 0))
    """
    if match := _MILLISECONDS.search(file):
        milliseconds = int(match[0])
    elif match := _SECONDS.search(Path(file).name):
        milliseconds = 1000 * int(match[0])
    else:
        return None
    return datetime(1970, 1, 1) + timedelta(milliseconds=milliseconds)


def time_in_name(file: str) -> datetime | None:
    """Return the moment in a file's name: since 1970, or a time of day after its day.

    >>> time_in_name("deals_202603310930.csv")
    datetime.datetime(2026, 3, 31, 9, 30)
    >>> time_in_name("deals 2026-03-31T09_30_00.250.csv")
    datetime.datetime(2026, 3, 31, 9, 30, 0, 250000)
    >>> time_in_name("商机2026年3月31日9时30分.csv"), time_in_name("deals_2026-03-31 5pm.csv")
    (datetime.datetime(2026, 3, 31, 9, 30), datetime.datetime(2026, 3, 31, 17, 0))
    """
    if moment := moment_in_name(file):
        return moment
    name = _HALF_DAY.sub(_of_24_hours, _CHINESE.sub(_in_figures, Path(file).name))
    for pattern, order in ((_TIMED, (0, 1, 2)), (_TIMED_DAY_FIRST, (2, 1, 0))):
        if match := pattern.search(name):
            day, clock = match.groups()[:3], match.groups()[3:]
            year, month, of_month = (int(day[at]) for at in order)
            hour, minute, second, thousandths = (int(part or 0) for part in clock)
            try:
                return datetime(year, month, of_month, hour, minute, second, 1000 * thousandths)
            except ValueError:
                continue
    return None


def _in_figures(found: re.Match[str]) -> str:
    year, month, day, half, hour, minute, second = found.groups()
    later = 12 if half == "下午" and int(hour) < 12 else 0
    clock = f"{int(hour) + later:02}{int(minute or 0):02}{int(second or 0):02}"
    return f"{year}{int(month):02}{int(day):02}_{clock}"


def _of_24_hours(found: re.Match[str]) -> str:
    hour, minute, half = found.groups()
    return f"{int(hour) % 12 + (12 if half in 'pP' else 0):02}{minute or '00'}"


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
