"""Tell the day of an export of deals by the newest of its actual dates that has passed.

An export with one closing date dates its open deals ahead: there, only the days of deals
that are won or lost have happened. A day on which a closing was expected has not happened
where the export has days that have: a deal won on the 16th may have been expected on the 22nd.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import ACTUAL_DATES
from data.cleaning.read_column import read_as
from data.cleaning.reading import Reading
from data.cleaning.task import CleanTask
from data.values.columns import as_coded, normal

_DUE, _CLOSED, _OWN = "expected_close_date", "closed_date", "as_of"
_EXPECTED = re.compile(
    r"expect|forecast|due|plan|estimat|target|erwartet|prévu|prévision|esperad|prevista|previsto"
    r"|预计|預計|预期|计划|目标",
    re.IGNORECASE,
)


def newest_day(task: CleanTask, readings: Mapping[str, Reading], today: date) -> date | None:
    """Return the day that the rows of an export show; its own column of days comes first.

    `readings` are those of its columns of dates.
    """
    if (how := readings.get(_OWN)) and (own := _newest(task, _OWN, how, today)):
        return own
    days = [
        _newest(task, name, readings[name], today)
        for name in ACTUAL_DATES
        if name in readings and name != _CLOSED
    ]
    days.append(_last_closing(task, _CLOSED, readings, today))
    if _stands_for_closing(task):
        days.append(_last_closing(task, _DUE, readings, today))
    return max((day for day in days if day), default=None)


def _stands_for_closing(task: CleanTask) -> bool:
    """Return whether the one closing date of an export is also that of closed deals."""
    if _DUE not in task.mapping or _CLOSED in task.mapping:
        return False
    expected = _EXPECTED.search(task.header[task.mapping[_DUE]])
    return not expected or "last_activity_date" not in task.mapping


def _newest(task: CleanTask, name: str, how: Reading, today: date) -> date | None:
    """Return the newest day of a column up to today: a later one is a typing error."""
    as_written = not (how.year or how.zone or how.swapped)
    ends = task.summary(name).ends.get(how.answer) if as_written else None
    newest = ends[1] if ends else None
    if newest is not None and newest <= today:
        return newest
    return _last_passed(_days(task, name, how), today)


def _last_closing(
    task: CleanTask, name: str, readings: Mapping[str, Reading], today: date
) -> date | None:
    """Return the last day of a column among deals that are won or lost."""
    how = readings.get(name)
    if how is None:
        return None
    if not {"stage", "status"} & set(task.mapping):
        return _newest(task, name, how, today) if name == _CLOSED else None
    closed = _closed(task)
    if not pc.any(closed).as_py():
        return None
    return _last_passed(_days(task, name, how).filter(closed), today)


def _closed(task: CleanTask) -> pa.Array:
    closed = pa.array([False] * task.rows.num_rows, pa.bool_())
    for name in ("status", "stage"):
        if name in task.mapping:
            coded, words = as_coded(task.cells(name)), task.words.get(name, {})
            ends = [
                words.get(normal(text)) in ("won", "lost") for text in coded.dictionary.to_pylist()
            ]
            rows = pa.array(ends, pa.bool_()).take(coded.indices)
            closed = pc.or_(closed, pc.fill_null(rows, False))
    return closed


def _days(task: CleanTask, name: str, how: Reading) -> pa.Array:
    header = task.header[task.mapping[name]]
    typed = read_as(task.cells(name), task.table.column(name), how, header)
    return typed.values.cast(pa.date32())


def _last_passed(days: pa.Array, today: date) -> date | None:
    passed = pc.fill_null(pc.less_equal(days, pa.scalar(today, pa.date32())), False)
    day: date | None = pc.max(days.filter(passed)).as_py()
    return day
