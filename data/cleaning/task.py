"""Hold a sheet of text, the table it is to become, and what is needed to get there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pyarrow as pa

from data.cleaning.apart import Apart
from data.cleaning.context import NOWHERE, Around
from data.cleaning.people import NOBODY, Register
from data.cleaning.reading import Settled
from data.cleaning.resolve import settle
from data.cleaning.returned import NOTHING, Sold
from data.cleaning.scopes import NONE, Levels
from data.cleaning.summary import ColumnSummary, SummaryKey, says_something, summarise
from data.matching.systems import Counted
from data.values.columns import Texts, trimmed
from data.values.identifiers import any_numbered
from domain.tables import Table

_COLUMNS_AT_ONCE = 4
# Columns whose values say what an export covers.
LISTED = {("deals", "rep"), ("deals", "region"), ("deals", "product")}


@dataclass(frozen=True)
class CleanTask:
    """A sheet of text, the table it is to become, and all that is needed to get there.

    `mapping` is canonical column → position; `answers` `Question.key` → option; `words` column
    → normalised word → choice, and "stage" for deals; `as_of` the day of a snapshot of deals;
    `source` tells rows without a key from those of another list; `counted` tells records that
    the system itself does not count. `summaries` holds the summaries made so far, by `key`;
    others are made. `same_ids` has by column the numbers that are others without their zeros,
    `directions` by position of a column what its words do with the amount beside them,
    `marks` what they say of its row: cancelled, returned; `same` is what becomes of rows that
    share a key, one of `data.cleaning.same_keys.WAYS`. `register` is what is known of the
    people in a list of them, `apart` how numbers that other records have too are told apart,
    `sold` what is known of the orders in a list of returns, `levels` which targets are those of
    whole groups, `elsewhere` the positions of rows whose records count as they came in another
    file, `not_counted` why rows do not count, by position, as the user said, `places` by position
    of a row the number of its line, `names` by column and position of a row the name of a person
    who is told from another of that name, `currencies` by position those of rows that name none,
    `stated` by header what the total of the file says of a
    column, and the sum of its figures.
    """

    rows: pa.Table
    header: tuple[str, ...]
    mapping: Mapping[str, int]
    table: Table
    answers: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    as_of: date | None
    this_year: int
    source: str = ""
    around: Around = NOWHERE
    counted: Sequence[Counted] = ()
    summaries: Mapping[SummaryKey, ColumnSummary] = field(default_factory=dict)
    same_ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    directions: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    marks: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    same: str = "last"
    register: Register = NOBODY
    apart: Apart | None = None
    levels: Levels = NONE
    elsewhere: frozenset[int] = frozenset()
    not_counted: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)
    sold: Sold = NOTHING
    names: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    currencies: Mapping[int, str] = field(default_factory=dict)
    stated: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)

    @property
    def older(self) -> Mapping[int, str]:
        """The rows of versions of documents that do not count, if any: others have the lines."""
        older = "older_version" in self.not_counted.values()
        return self.not_counted if older else {}

    def cells(self, name: str) -> Texts:
        return trimmed(self.rows[str(self.mapping[name])])

    def summary(self, name: str, cells: Texts | None = None) -> ColumnSummary:
        """Return the summary of a column, making it from `cells` or the rows if necessary."""
        if summary := self.summaries.get(self.key(name)):
            return summary
        column, header = self.table.column(name), self.header[self.mapping[name]]
        kind, listed = column.kind, (self.table.name, name) in LISTED
        if column.identifier:
            cells = self.cells(name) if cells is None else cells
            return ColumnSummary(name, header, kind, numbered=any_numbered(cells))
        if not (listed or says_something(name, kind)):
            return ColumnSummary(name, header, kind)
        cells = self.cells(name) if cells is None else cells
        return summarise(name, header, kind, cells, self.this_year, listed)

    def key(self, name: str) -> SummaryKey:
        """Return what the summary of a column depends on, within this sheet."""
        return self.table.name, name, self.mapping[name], self.this_year


def summaries(task: CleanTask) -> dict[SummaryKey, ColumnSummary]:
    """Summarise all columns of a task side by side."""
    with ThreadPoolExecutor(_COLUMNS_AT_ONCE) as columns_at_once:
        all_summaries = columns_at_once.map(task.summary, task.mapping)
        return dict(zip(map(task.key, task.mapping), all_summaries, strict=True))


def settled(task: CleanTask) -> Settled:
    """Return the readings of a task's columns, and what must be asked before `clean` can run."""
    all_summaries = [task.summary(name) for name in task.mapping]
    return settle(all_summaries, task.answers, task.around, task.this_year)
