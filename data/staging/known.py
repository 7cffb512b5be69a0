"""Hold what was looked up about a sheet once: its words, its rows that share a key, its groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from data.cleaning.context import Around
from data.cleaning.summary import ColumnSummary, Question, SummaryKey
from data.staging.people import Departments
from domain.errors import ImportRefused


@dataclass(frozen=True)
class Spoken:
    """A text that stands in columns of words, such as status and stage, and its rows.

    `amount` is the sum of their amounts if `doubtful`, None without one. `words` are the texts as
    they are looked up, `meanings` what they mean, None for what nobody knows; `doubtful` is
    whether the user has to be asked about the first.
    """

    texts: tuple[str, ...]
    words: tuple[str, ...]
    meanings: tuple[str | None, ...]
    doubtful: bool
    rows: int
    amount: Decimal | None


@dataclass(frozen=True)
class Shared:
    """Rows that share a key: the way they are taken, None where the user has to say.

    `totals` are the amounts of all rows of the sheet by way, `first` those of the first keys.
    """

    way: str | None
    totals: Mapping[str, Decimal]
    first: tuple[tuple[str, Mapping[str, Decimal]], ...]


@dataclass(frozen=True)
class Doubt:
    """A name in a list of targets of which the user has to say what its rows are.

    `rows` are the positions of its rows, `options` what they may be, `kind` whose the targets are
    if they are those of a group, `samples` its figures beside those of the others. `nameless` rows
    name it in the column of another kind.
    """

    name: str
    kind: str
    options: tuple[str, ...]
    rows: tuple[int, ...]
    samples: tuple[tuple[str, tuple[str, ...]], ...]
    nameless: bool = False


@dataclass(frozen=True)
class KnownGroups:
    """The groups of a company, as its orders and lists of people have them.

    `kinds` are by normalised name "team", "region" or both; `members` has by normalised name of a
    person the groups by kind, `managers` the manager.
    """

    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    managers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupRows:
    """The rows of targets that are those of a whole group, and those of which nobody knows.

    `kinds` has by position whose target a row is, and its name; `out` are the rows that others add
    up to.
    """

    kinds: Mapping[int, tuple[str, str | None]] = field(default_factory=dict)
    out: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Kinds:
    """The column that tells kinds of target apart, and the rows of each word in it.

    `options` are the words that may be the target: not those of sums over months.
    """

    at: int
    words: Mapping[str, tuple[int, ...]]
    options: tuple[str, ...]


@dataclass(frozen=True)
class Namesakes:
    """The names in a `column` that stand with several numbers of people, and their rows.

    `people` has the rows by name and number, `sums` their amounts where there are any; `known`
    are the names whose people were told apart before.
    """

    column: str
    people: Mapping[str, Mapping[str, list[int]]]
    sums: Mapping[str, Mapping[str, Decimal]]
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Versions:
    """Why rows are left out for another version, by position, and the header that says so.

    They are `sure` to be of whole documents; else the user is asked.
    """

    header: str
    out: Mapping[int, str]
    sure: bool


class Below(NamedTuple):
    """The positions of rows below the records that are none, and of those that may be none."""

    sure: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True)
class DoubtedRows:
    """What the user is asked about rows, and the positions of those that each answer leaves out.

    `why` is the reason that is given for them.
    """

    question: Question
    ways: Mapping[str, tuple[int, ...]]
    why: str = "not_counted"


@dataclass
class Known:
    """What was looked up about a sheet once, whatever the user answers.

    Small, as it lives as long as the drafts of the sheet: it keeps no row. `refused` says by
    column and reading why a column cannot be right; `contexts` holds by table what the store
    said on a day, at a version of its facts; `spoken` the words of its columns of words,
    `directions` those of its columns of kinds of documents, `marks` those of columns that mark
    rows as cancelled or returned, `records` those of columns that say which rows count, `shared`
    its rows that share a key, `levels` its targets of groups, `kinds` its kinds of target,
    `namesakes` its names with several numbers, `doubted` its rows that may not count,
    `below` those below its records, `versions` those that are older versions, `far_years` those of
    years far from the others, `departments` those of its reps.
    `people` are those whom the store has, `groups` the teams and regions and who is in them.
    `recalled` are the answers given for earlier files that nobody has held against this one yet,
    `stated` what those files stated, `earlier` the units that they were in and this one lacks.
    """

    summaries: dict[SummaryKey, ColumnSummary] = field(default_factory=dict)
    refused: dict[tuple[object, ...], ImportRefused | None] = field(default_factory=dict)
    contexts: dict[str, tuple[tuple[date, int], Around]] = field(default_factory=dict)
    spoken: dict[tuple[object, ...], tuple[Spoken, ...]] = field(default_factory=dict)
    directions: dict[tuple[object, ...], dict[int, dict[str, Spoken]]] = field(default_factory=dict)
    marks: dict[tuple[object, ...], dict[int, tuple[Spoken, ...]]] = field(default_factory=dict)
    records: dict[tuple[object, ...], dict[int, tuple[Spoken, ...]]] = field(default_factory=dict)
    shared: dict[tuple[object, ...], Shared | None] = field(default_factory=dict)
    levels: dict[tuple[object, ...], GroupRows] = field(default_factory=dict)
    kinds: dict[tuple[object, ...], Kinds | None] = field(default_factory=dict)
    namesakes: dict[tuple[object, ...], Namesakes] = field(default_factory=dict)
    doubted: dict[tuple[object, ...], tuple[DoubtedRows, ...]] = field(default_factory=dict)
    below: dict[tuple[object, ...], Below] = field(default_factory=dict)
    versions: dict[tuple[object, ...], Versions | None] = field(default_factory=dict)
    far_years: dict[tuple[object, ...], dict[int, tuple[int, ...]]] = field(default_factory=dict)
    departments: dict[tuple[object, ...], Departments] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    groups: KnownGroups = field(default_factory=KnownGroups)
    recalled: dict[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
