"""A sheet on its way in, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from data.cleaning.clean import Problem
from data.cleaning.context import Around
from data.cleaning.reconcile import Sums
from data.cleaning.summary import ColumnSummary, SummaryKey
from data.facts.upsert import Landed
from data.facts.vanished import Coverage
from data.layout.sheet import Sheet
from data.matching.recognise import Match
from domain.errors import ImportRefused, YuepanError

_NO_TABLES = ("no_table", "not_a_spreadsheet", "unknown_format", "empty_file")
_TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".tab", ".dat", "")


@dataclass(frozen=True)
class Upload:
    """A file that has arrived: where it lies, its name, the hash of its bytes."""

    path: Path
    name: str
    content: str


@dataclass
class Known:
    """What has been looked up of a sheet once: no answer of the user changes it.

    Small, as it lives as long as its drafts do: no value of a row is kept. `refused` says by
    column and reading why a column cannot be what it was taken for, `contexts` by table what
    the store said on a day at a version of its facts.
    """

    summaries: dict[SummaryKey, ColumnSummary] = field(default_factory=dict)
    refused: dict[tuple[object, ...], ImportRefused | None] = field(default_factory=dict)
    contexts: dict[str, tuple[tuple[date, int], Around]] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A sheet as far as it is understood; the user may change it before it lands.

    `error` is set, and `sheet` missing, for a file that cannot be read; it is set
    beside a sheet that is none of our tables. `already` is the day on which the
    same sheet was imported in the same way, if that import still stands; `otherwise`
    the day on which it was imported as read in another way. `twice` names columns that
    the user has matched to two columns of the file. `placing` says what rows without a
    key replace, `coverage` what an export of deals covers. All that is made of one draft
    shares what is `known` of its sheet.
    """

    file: str
    content: str
    sheet: Sheet | None
    found: Match | None
    table: str | None
    mapping: dict[str, int]
    answers: dict[str, str]
    take: bool
    as_of: date | None = None
    already: date | None = None
    otherwise: date | None = None
    twice: tuple[str, ...] = ()
    placing: Placing | None = None
    coverage: Coverage | None = None
    error: YuepanError | None = None
    known: Known = field(default_factory=Known, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What people call it: the file, and the sheet where there is one."""
        return f"{self.file} · {self.sheet.name}" if self.sheet and self.sheet.name else self.file

    @property
    def aside(self) -> bool:
        """Whether it only lies in an archive beside the tables: no table, nor named like one."""
        no_table = self.error is not None and self.error.code in _NO_TABLES
        suffix = Path(self.file).suffix.lower()
        return self.sheet is None and no_table and "/" in self.file and suffix not in _TABLES

    @property
    def sheet_name(self) -> str:
        return self.sheet.name if self.sheet else ""

    @property
    def hidden(self) -> bool:
        return self.sheet is not None and self.sheet.hidden

    @property
    def row_count(self) -> int:
        return self.sheet.rows.num_rows if self.sheet else 0


@dataclass(frozen=True)
class Result:
    """What happened to one sheet: rows and money in the file = kept + left out.

    `money_in` and `money_left_out` are sums by money column, the latter by reason;
    `currencies` are the same by the currency that the file tells, if it tells one.
    `replaced` are the files whose rows it took the place of, `reread` how many rows the
    same sheet had given in another reading. `error` says why nothing of the sheet landed.
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


Choice = Literal["replace", "older", "add", "ask"]


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


def id_of(draft: Draft) -> str:
    """What tells a draft from the others of a drop."""
    return f"{draft.content}|{draft.sheet_name}"
