"""Give rows the status that a column beside their own marks them with: cancelled, returned.

>>> marks = {0: {"yes": "returned"}}
>>> with_status(pa.table({"0": ["Yes", "No"]}), marks, None).to_pylist()
['returned', None]
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import as_coded, plain, trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank

# Stands for any day in a column of days.
ANY = "*"
_DAY = "[1-9]"

Marks = Mapping[int, Mapping[str, str]]


def with_status(rows: pa.Table, marks: Marks, status: pa.Array | None) -> pa.Array | None:
    """Return the status of each row with its marks; `status` unchanged where none says anything.

    A row that is cancelled stays so, whatever else says that it came back.
    """
    for at, words in marks.items():
        if not words:
            continue
        here = _said(rows[str(at)], words)
        if not len(here.drop_null()):
            continue
        if status is None:
            status = here
            continue
        status = plain(status)
        void = pc.fill_null(pc.equal(status, "cancelled"), False)
        status = pc.if_else(void, status, pc.coalesce(here, status))
    return status


def filled(cells: pa.StringArray) -> pa.Array:
    """Return which cells of a column of days have one; 0000-00-00 is none."""
    return pc.fill_null(pc.match_substring_regex(cells, _DAY), False)


def _said(column: pa.ChunkedArray, words: Mapping[str, str]) -> pa.Array:
    if ANY in words:
        dated = filled(plain(trimmed(column)).cast(pa.string()))
        return pc.if_else(dated, pa.scalar(words[ANY], pa.string()), None)
    coded = as_coded(trimmed(column))
    read = [
        None if is_blank(text) else words.get(normalise(text))
        for text in coded.dictionary.to_pylist()
    ]
    return pa.array(read, pa.string()).take(coded.indices)
