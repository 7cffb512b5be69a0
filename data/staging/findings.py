"""Hold what a look through a sheet has found, so that it is looked through once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from data.cleaning.summary import Question

# Of records that are here in another form, those of the file count, or those that are known; or
# both, as they are others.
FILE, KNOWN, BOTH = "file", "known", "both"
# Of orders that lack lines in a newer file: it is a selection of lines, or the orders lost them.
PART, WHOLE = "part", "whole"


@dataclass(frozen=True)
class Absent:
    """Orders, closed deals or targets that a file should have: ids, and the first few with amount.

    The first have their day, targets have it in their text. `way` is how numbers in `column` were
    told from others when these were found; `count` says how many they are, where the ids do not.
    """

    orders: tuple[str, ...]
    first: tuple[tuple[str, date | None, Decimal | None], ...]
    way: str = ""
    column: str = "order_id"
    count: str = ""


@dataclass(frozen=True)
class Selection:
    """Lines of a file that may be a selection of those of their orders, and where they stand.

    `places` has by position of a row the number of its line, where the file has none.
    """

    question: Question
    places: Mapping[int, str]


@dataclass(frozen=True)
class References:
    """Whose records the numbers of a list mean, where the records of two shops have them.

    `settled` has by column and position of a row the number of the record; `by_answer` has it by
    the key of each of the `questions` and its options, for the rows of which nothing tells it.
    """

    questions: tuple[Question, ...] = ()
    settled: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    by_answer: Mapping[str, Mapping[str, Mapping[int, str]]] = field(default_factory=dict)

    def meant(self, answers: Mapping[str, str]) -> dict[str, dict[int, str]]:
        """Return the numbers of the records by column and row, as answered."""
        meant = {column: {**of_rows} for column, of_rows in self.settled.items()}
        for question in self.questions:
            answered = self.by_answer[question.key].get(answers.get(question.key, ""), {})
            meant[question.column] |= answered
        return meant


NO_REFERENCES = References()


class GivenUp(NamedTuple):
    """What does not count: the positions of rows of a file, and the numbers of known records."""

    rows: frozenset[int]
    known: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """Records of a file that are here already, in another form or under other numbers.

    `rows` are the positions of those in the file, `known` the numbers of those that are here:
    of the same records, one or the other counts, as the answer to `question` says. Of
    `settled_rows` and `settled_known` nothing needs to be asked: they do not count.
    """

    question: Question | None = None
    rows: frozenset[int] = frozenset()
    known: tuple[str, ...] = ()
    settled_rows: frozenset[int] = frozenset()
    settled_known: tuple[str, ...] = ()

    def standing(self, mapping: Mapping[str, int]) -> Question | None:
        """Return the question, if the column that it is about is still mapped."""
        return self.question if self.question and self.question.column in mapping else None

    def given_up(self, answers: Mapping[str, str], mapping: Mapping[str, int]) -> GivenUp:
        """Return what does not count, by the answer and by what is settled without one."""
        question = self.standing(mapping)
        answer = answers.get(question.key) if question else None
        rows = self.rows if answer == KNOWN else frozenset[int]()
        known = self.known if answer == FILE else ()
        return GivenUp(rows | self.settled_rows, (*known, *self.settled_known))


NOT_AGAIN = Again()


@dataclass(frozen=True)
class ByName:
    """Deals that are here by their name alone, or of which a draft has the name alone.

    `numbers` has by position of a row the number that its deal has here, `named` by the name that a
    deal is kept under the number that the draft gives it. The `doubtful` ones, of both kinds, are
    the same deals if the answer to `question` says so.
    """

    numbers: Mapping[int, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    doubtful_numbers: Mapping[int, str] = field(default_factory=dict)
    doubtful_named: Mapping[str, str] = field(default_factory=dict)
    question: Question | None = None

    def settled(self, answers: Mapping[str, str], unless: str = BOTH) -> ByName:
        """Return what holds as answered; without an answer, as `unless` would be one."""
        answer = answers.get(self.question.key, unless) if self.question else BOTH
        if answer == BOTH:
            return ByName(self.numbers, self.named)
        return ByName(
            {**self.numbers, **self.doubtful_numbers}, {**self.named, **self.doubtful_named}
        )


NOT_BY_NAME = ByName()


@dataclass(frozen=True)
class Kept:
    """The currencies that the records of rows without one are known in, by position of a row.

    Those of the `changed` rows are as the answer to `question` says; `gone` are the numbers of
    records that do not count where it is another currency.
    """

    currencies: Mapping[int, str] = field(default_factory=dict)
    changed: frozenset[int] = frozenset()
    question: Question | None = None
    gone: tuple[str, ...] = ()

    def given_up(self, answers: Mapping[str, str]) -> tuple[str, ...]:
        """Return the numbers of records that do not count, as answered."""
        answer = answers.get(self.question.key) if self.question else None
        kept = self.question is None or answer in (None, self.question.options[0])
        return () if kept else self.gone

    def open(self, mapping: Mapping[str, int], answers: Mapping[str, str]) -> list[Question]:
        """Return the question unless it was answered, if its column is still mapped."""
        one = self.question
        if one is None or one.column not in mapping or answers.get(one.key) in one.options:
            return []
        return [one]

    def settled(self, answers: Mapping[str, str]) -> Mapping[int, str]:
        """Return the currencies by position, as answered."""
        answer = answers.get(self.question.key) if self.question else None
        if self.question is None or answer == self.question.options[0]:
            return self.currencies
        return {**self.currencies, **dict.fromkeys(self.changed, answer or "")} if answer else {}


NOTHING_KEPT = Kept()
