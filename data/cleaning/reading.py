"""Hold how a column is read, and the columns of a sheet, which are settled together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from data.cleaning.context import Around
from data.cleaning.summary import ColumnSummary, Question
from data.values.dates import PIVOT
from data.values.fiscal_years import Start
from data.values.missing_units import MissingUnit


@dataclass(frozen=True)
class Reading:
    """How to read a column: its date order or decimal mark, and what goes with it.

    `follows` is the header of the column that decided for this one, "" if it decided itself.
    `signs` maps its currency signs to codes, `year` completes dates without one; those that
    would fall after `until` belong to the year before. Moments in universal time are read by the
    clock of `zone`, "" as they are written; `shares` is how mixed shares are meant,
    `lacking` the unit that small bare amounts are meant in, `era` the calendar of its years, ""
    for the Gregorian one. Day and month of its real dates may have to be `swapped` back; `fiscal`
    is when fiscal years begin.
    """

    answer: str = ""
    follows: str = ""
    pivot: int = PIVOT
    unit: Decimal = Decimal(1)
    signs: Mapping[str, str] = field(default_factory=dict)
    year: int = 0
    until: date | None = None
    zone: str = ""
    shares: str = ""
    lacking: MissingUnit | None = None
    era: str = ""
    swapped: bool = False
    fiscal: Start | None = None


@dataclass(frozen=True)
class Settled:
    """The readings by column, and the questions to be answered before they hold."""

    readings: dict[str, Reading]
    questions: list[Question]


@dataclass(frozen=True)
class SheetColumns:
    """All columns of a sheet with the answers so far and the context."""

    columns: Sequence[ColumnSummary]
    answers: Mapping[str, str]
    around: Around
    this_year: int

    def answer(self, summary: ColumnSummary, about: str) -> str:
        return self.answers.get(f"{summary.column}/{about}", "")


Read = tuple[Reading, Question | None]
