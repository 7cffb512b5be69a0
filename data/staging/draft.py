"""Hold a sheet on its way in, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from data.cleaning.clean import Problem
from data.cleaning.reconcile import Sums
from data.cleaning.returned import NOTHING, Sold
from data.cleaning.summary import Question
from data.cleaning.uncounted import Uncounted
from data.facts.upsert import Landed
from data.facts.vanished import Coverage
from data.layout.by_hand import Top
from data.layout.sheet import Sheet
from data.matching.recognise import Match
from data.matching.systems import GENERIC
from data.staging.findings import (
    NO_REFERENCES,
    NOT_AGAIN,
    NOT_BY_NAME,
    NOTHING_KEPT,
    PART,
    Absent,
    Again,
    ByName,
    Kept,
    References,
    Selection,
)
from data.staging.known import Known
from data.staging.people import NOBODY, People
from domain.errors import YuepanError
from domain.tables import table

_NO_TABLES = ("no_table", "not_a_spreadsheet", "unknown_format", "empty_file")
_TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".tab", ".dat", "")


@dataclass(frozen=True)
class Upload:
    """A file that has arrived: its path, its name, and the hash of its bytes."""

    path: Path
    name: str
    content: str


# The note on a key that was set aside.
IDS_LOST = "ids_lost_digits"
# The answers to what became of orders that are missing from a newer export.
DELETED, KEPT = "deleted", "kept"


@dataclass(frozen=True)
class Draft:
    """A sheet as far as it is understood; the user may change it before it lands.

    `error` is set, and `sheet` missing, for a file that cannot be read; beside a sheet it says
    why the sheet is no canonical table. `unread` are the first rows of the sheets of a file without
    a table; `exported_on` and `exported_at` are the day and the time at which the file says it was
    exported, known once it is to land; `of_file` is what people chose of the file: its encoding,
    its header.
    `already` is the
    day on which the same sheet was imported the same way, if that import is still active;
    `otherwise` the day on which it was imported in another reading. `twice` names columns matched
    to two columns of the file. `placing` says what
    rows without a key replace, `coverage` what an export of deals covers. `twins` are numbers
    that differ from known ones in zeros only, by column, `absent` orders that the file
    should have, `choices` the columns of which the user has to say which is meant, `people` what is
    known of those in a list of them, `sold` of the orders in a list of returns, `references` whose
    records numbers mean. `reused` asks
    whether numbers are those of other records, `own_numbers` are numbers told apart whose records
    stand under another, `by_name` deals that are here by name or named without a number; `again`
    are records that are here in another form, `selection` says whether
    the file has only some lines of its orders, `refunds` what the amounts of orders are without, by
    the number of a row, `kept` the currencies that amounts without one are known in. All drafts of
    one share what is `known` of their sheet.
    """

    file: str
    content: str
    sheet: Sheet | None
    match: Match | None
    table: str | None
    mapping: dict[str, int]
    answers: dict[str, str]
    take: bool
    as_of: date | None = None
    exported_on: date | None = None
    exported_at: datetime | None = None
    already: date | None = None
    otherwise: date | None = None
    twice: tuple[str, ...] = ()
    placing: Replacement | None = None
    coverage: Coverage | None = None
    twins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    absent: Absent | None = None
    choices: tuple[Question, ...] = ()
    people: People = NOBODY
    reused: Question | None = None
    own_numbers: Mapping[str, str] = field(default_factory=dict)
    again: Again = NOT_AGAIN
    by_name: ByName = NOT_BY_NAME
    selection: Selection | None = None
    sold: Sold = NOTHING
    references: References = NO_REFERENCES
    refunds: Mapping[int, Decimal] = field(default_factory=dict)
    kept: Kept = NOTHING_KEPT
    error: YuepanError | None = None
    unread: Mapping[str, Top] = field(default_factory=dict)
    of_file: Mapping[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=Known, compare=False, repr=False)

    @property
    def name(self) -> str:
        """Return the name that people know: the file, and the sheet if there is one."""
        return f"{self.file} · {self.sheet.name}" if self.sheet and self.sheet.name else self.file

    @property
    def aside(self) -> bool:
        """Return whether this file of an archive holds no table and is not named like one."""
        no_table = self.error is not None and self.error.code in _NO_TABLES
        suffix = Path(self.file).suffix.lower()
        return self.sheet is None and no_table and "/" in self.file and suffix not in _TABLES

    @property
    def sheet_name(self) -> str:
        return self.sheet.name if self.sheet else ""

    @property
    def tops(self) -> Mapping[str, Top]:
        """The first rows of the file's sheets that the draft is about, by their names."""
        return self.sheet.tops if self.sheet else self.unread

    @property
    def system(self) -> str:
        return self.match.system if self.match else GENERIC

    @property
    def set_aside(self) -> bool:
        """Return whether the sheet is hidden or others stand for it: it is not taken by itself."""
        return self.sheet is not None and (self.sheet.hidden or self.sheet.set_aside)

    @property
    def deleted(self) -> tuple[str, ...]:
        """The absent orders or deals that the user said were deleted in the source."""
        gone = self.absent
        return gone.orders if gone and self.answers.get(f"{gone.column}/gone") == DELETED else ()

    @property
    def selected(self) -> Selection | None:
        """The selection of lines, if the user said that the file is one."""
        one = self.selection
        return one if one and self.answers.get(one.question.key) == PART else None

    @property
    def gone(self) -> tuple[str, ...]:
        """The orders or deals of earlier imports that do not count as they came there."""
        again = self.again.given_up(self.answers, self.mapping).known
        covers = self.coverage
        replaced = covers.replaced.get(covers.kind, ()) if covers else ()
        return tuple(dict.fromkeys((*self.deleted, *again, *replaced)))

    @property
    def mapping_by_header(self) -> dict[str, int]:
        """The mapping with the key that was set aside as its digits are lost in this sheet.

        That is the reading of the next file with such a header, whose numbers may be whole.
        """
        for note in self.sheet.notes if self.sheet and self.table else ():
            if note.code == IDS_LOST and isinstance(at := dict(note.params)["position"], int):
                return {table(self.table or "").key[0]: at, **self.mapping}
        return self.mapping

    @property
    def row_count(self) -> int:
        return self.sheet.rows.num_rows if self.sheet else 0


@dataclass(frozen=True)
class Result:
    """What happened to one sheet: rows and money in the file = kept + left out.

    `money_in` and `money_left_out` are sums by money column, the latter by reason; `currencies`
    has the same by currency, if the file names any. `replaced` are the files whose rows it
    replaced, `reread` how many rows the same sheet had in another reading. `uncounted` are
    the kept rows that no figure counts, by status, `parts` how many rows more the kept ones became:
    a day each of a time. `error` says why nothing landed.
    """

    name: str
    table: str
    import_id: int | None = None
    rows_in: int = 0
    rows_kept: int = 0
    landed: Landed | None = None
    left_out: dict[str, int] | None = None
    money_in: dict[str, Decimal] | None = None
    money_left_out: dict[str, dict[str, Decimal]] | None = None
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    error: YuepanError | None = None
    currencies: Mapping[str, Sums] = field(default_factory=dict)
    replaced: tuple[str, ...] = ()
    reread: int = 0
    uncounted: Mapping[str, Uncounted] = field(default_factory=dict)
    parts: int = 0


Choice = Literal["replace", "older", "add", "ask"]


@dataclass(frozen=True)
class Candidate:
    """A list with rows in the days of a file, `shared` of them in the file too.

    `at` is its source if it is `here`, in the dashboard; else the `id_of` a draft of the drop.
    """

    at: str
    files: tuple[str, ...]
    rows: int
    shared: int
    here: bool = True


@dataclass(frozen=True)
class Replacement:
    """What a file of rows without a key does to what came before or with it.

    With `choice` "replace", the rows of `other`, one of the `rivals`, between `first` and
    `last` give way; "older": this file gives way to `other`, which came with it; "add": both
    count; "ask": only the user knows.
    """

    source: str
    shape: str
    first: date | None
    last: date | None
    rivals: tuple[Candidate, ...] = ()
    choice: Choice = "replace"
    other: str = ""

    @property
    def rows(self) -> int:
        """Return how many rows are in question."""
        return sum(rival.rows for rival in self._meant)

    @property
    def files(self) -> tuple[str, ...]:
        """Return the files that these rows came in."""
        return tuple(dict.fromkeys(file for rival in self._meant for file in rival.files))

    @property
    def _meant(self) -> tuple[Candidate, ...]:
        return tuple(rival for rival in self.rivals if not self.other or rival.at == self.other)

    def settled(
        self, choice: Literal["replace", "older", "add"], draft_id: str, other: str = ""
    ) -> Replacement:
        """Return the replacement with the user's answer about `other`, by default the first rival.

        `draft_id` is the draft's `id_of`; it makes what is added a list of its own.
        """
        if choice == "add":
            own = blake2b(draft_id.encode(), digest_size=8).hexdigest()
            return replace(self, source=f"{self.source}|{own}", choice=choice, other="")
        chosen = next((rival for rival in self.rivals if rival.at == other), self.rivals[0])
        source = chosen.at if chosen.here else self.source
        return replace(self, source=source, choice=choice, other=chosen.at)


def id_of(draft: Draft) -> str:
    """Return what identifies a draft among the others of a drop."""
    return f"{draft.content}|{draft.sheet_name}"


def ahead_of(draft: Draft, others: Sequence[Draft]) -> Sequence[Draft]:
    """Return the drafts that stand before a draft in its drop; none if it is not among them."""
    ids = [id_of(other) for other in others]
    return others[: ids.index(id_of(draft))] if id_of(draft) in ids else ()


def of_its_kind(draft: Draft, others: Sequence[Draft]) -> list[Draft]:
    """Return the drafts before a draft that will bring records of the same table."""
    return [
        other
        for other in ahead_of(draft, others)
        if other.take
        and not other.already
        and other.sheet is not None
        and other.table == draft.table
    ]
