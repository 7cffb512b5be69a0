"""Hold what is known of the people in a list of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.facts.departments import DepartmentStay
from data.layout.sheet import Note


@dataclass(frozen=True)
class Stay:
    """A person in a list without days, and the known stay in a team that the list speaks of.

    `rep` is the name in the list; the stay `begins` on a day, None for since ever. `changes` are
    the team, manager and region that the list has differently: the known one, and its own. Where
    the person moved, the new ones hold from `moves_on`.
    """

    rep: str
    begins: date | None
    moves_on: date
    changes: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class TwoPlaces:
    """A person who stands in several rows of one day, or of none.

    `rows` are their positions in the sheet and `places` the team, manager and region of each, in
    one text. `fullest` is the row that says all that the others do, None where they contradict
    each other. `sold` says what the person has sold, and when, "" for nothing.
    """

    rep: str
    rows: tuple[int, ...]
    places: tuple[str, ...]
    fullest: int | None
    sold: str = ""


@dataclass(frozen=True)
class Leavers:
    """Who has left according to a column of the list, which has no days.

    `days` has by name the last day on which the person can have been there, `header` that of
    the column, `unknown` its words that nobody knows.
    """

    header: str = ""
    days: Mapping[str, date] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Departments:
    """The departments of reps in the column `header` of a file of records, at `position`.

    `notes` say what was made of it; there may be one on a column that says no teams.
    """

    header: str = ""
    position: int = -1
    stays: tuple[DepartmentStay, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class People:
    """What is known of the people in a list, or in records.

    `stays` are the known ones of those without days, `twice` those in several rows. `first_stays`
    are names whose first day in the list is the beginning of all that is known of them, whatever
    an earlier list without days said. `departments` are those of the reps of records.
    """

    stays: tuple[Stay, ...] = ()
    twice: tuple[TwoPlaces, ...] = ()
    leavers: Leavers = Leavers()
    first_stays: tuple[str, ...] = ()
    departments: Departments = Departments()


NOBODY = People()
