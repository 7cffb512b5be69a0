"""The table of a sheet as it was read, with notes on what the reader did.

>>> Note.of("total_rows", count=1, rows=listed([9]))
Note(code='total_rows', params=(('count', 1), ('rows', '9')))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from data.layout.by_hand import Top
from data.layout.provenance import Origin
from data.layout.stated_totals import Stated

_MOST_LISTED = 6


@dataclass(frozen=True)
class Note:
    """A code and parameters for something the reader did that the user should know."""

    code: str
    params: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, code: str, **params: object) -> Note:
        """Make a note with the parameters as keywords."""
        return cls(code, tuple(params.items()))


# The notes on a sheet whose rows are those of others, or are named so that they count elsewhere.
REPEATS, PLAN = "sheet_repeats", "sheet_is_plan"
OLDER, CUMULATIVE, SUMS = "sheet_is_older", "sheet_is_cumulative", "sheet_sums_up"
# The note on a sheet of amounts with tax, beside one of the same records without it.
GROSS = "sheet_is_gross"
_ASIDE = (REPEATS, PLAN, OLDER, CUMULATIVE, SUMS, GROSS)
# The notes on sheets that the user is asked about: by their name, or as another has their records.
DOUBTFUL, OVERLAPS = "sheet_doubtful", "sheet_overlaps"


# The note on a list beside a larger one of its sheet, from which no number tells its rows.
BESIDE = "list_beside"


@dataclass(frozen=True)
class Sheet:
    """Hold one table of a file.

    `name` is the sheet's, "" for a text file. `rows` has columns "0".."n-1" in the order
    of `header`, strings or a dictionary of strings (null is a blank cell), and "row",
    int64, ascending: the row's number in the sheet from 1, unless `origin` maps it elsewhere.
    The last `computed` columns are worked out from others and stand in no file. `tops` are the
    first rows of the file's sheets that it was made of, `encoding` that of a text file if people
    chose it. `stated` is by header what the total of its table says of a column. `before` is the
    sheet as it was where rows were repeated for one table, under the same number: for each day of a
    time, for each of several targets.
    """

    file: str
    name: str
    hidden: bool
    header: tuple[str, ...]
    rows: pa.Table
    notes: tuple[Note, ...]
    origin: Origin = field(default_factory=Origin)
    computed: int = 0
    tops: Mapping[str, Top] = field(default_factory=dict)
    encoding: str = ""
    stated: Mapping[str, Stated] = field(default_factory=dict)
    before: Sheet | None = None

    @property
    def set_aside(self) -> bool:
        """Return whether other sheets of the workbook stand for this one."""
        return any(note.code in _ASIDE for note in self.notes)

    @property
    def unit(self) -> str:
        """Return the unit of amounts in the title or the name: 万元, thousands; "" without one."""
        return self._said("unit_in_title", "unit")

    @property
    def currency(self) -> str:
        """Return the currency in the title or the name, as a code or a sign; "" without one."""
        return self._said("currency_in_title", "currency")

    def _said(self, code: str, what: str) -> str:
        said = (dict(note.params) for note in self.notes if note.code == code)
        return str(next(said, {}).get(what, ""))

    @property
    def written(self) -> tuple[str, ...]:
        """Return the header of the file, without columns that were worked out."""
        return self.header[: len(self.header) - self.computed]

    def with_computed(self, header: str, column: pa.Array, *notes: Note) -> Sheet:
        """Return the sheet with a column behind the others that is worked out from them."""
        return replace(
            self,
            header=(*self.header, header),
            rows=self.rows.append_column(str(len(self.header)), column),
            computed=self.computed + 1,
            notes=(*self.notes, *notes),
        )


def listed(rows: Sequence[int]) -> str:
    """Write out the first few row numbers, for a note."""
    return ", ".join(map(str, rows[:_MOST_LISTED])) + (" …" if len(rows) > _MOST_LISTED else "")
