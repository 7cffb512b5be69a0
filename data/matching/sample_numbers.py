"""Read the numbers at the head of a sheet, and group its rows by document.

    >>> numbers = Numbers.of(sheet, order_id=0)                      # doctest: +SKIP
    >>> numbers.columns[5][:2], numbers.documents[0]                 # doctest: +SKIP
    ((Decimal('330.00'), Decimal('330.00')), (0, 1))

How columns of numbers belong together shows in the first few thousand rows; nothing here
looks through a long sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Literal

from data.matching.computed_columns import Grid
from data.values.numbers import DecimalMark, decimal_marks, is_blank, parse_number

HEAD = 2000
_FIRST = 20
_NUMBERS = 0.8
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,4})?")
_CENT = Decimal("0.011")
_ZERO = Decimal(0)

Column = tuple[Decimal | None, ...]
# A figure of each line, of a whole document on all its lines, or on its first line alone.
Level = Literal["line", "document", "first"]


@dataclass(frozen=True)
class Numbers:
    """The numbers of a sheet's first rows, by position; `documents` groups the rows of each.

    `marks` has the decimal mark of each column; a column that could have either is missing.
    """

    columns: dict[int, Column]
    marks: dict[int, DecimalMark]
    documents: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, sheet: Grid, order_id: int | None) -> Numbers:
        """Read the first rows of a sheet; without `order_id` every row is a document."""
        head = sheet.rows.slice(0, HEAD)
        columns: dict[int, Column] = {}
        marks: dict[int, DecimalMark] = {}
        for at in range(len(sheet.header)):
            if at != order_id and (numbers := _numbers(head.column(str(at)).to_pylist())):
                columns[at], marks[at] = numbers
        documents: dict[object, list[int]] = {}
        keys = head.column(str(order_id)).to_pylist() if order_id is not None else []
        for row in range(head.num_rows):
            key = keys[row].strip() if keys and keys[row] else row
            documents.setdefault(key, []).append(row)
        return cls(columns, marks, tuple(map(tuple, documents.values())))

    @property
    def with_lines(self) -> list[tuple[int, ...]]:
        """Return the rows of each document that has several."""
        return [rows for rows in self.documents if len(rows) > 1]

    def level(self, column: Column) -> Level:
        """Return what the figures of a column are of; "line" where no document tells."""
        figures = [[column[row] for row in rows] for rows in self.with_lines]
        figures = [values for values in figures if any(values)]
        if not figures:
            return "line"
        if all(v[0] is not None and set(v[1:]) == {None} for v in figures):
            return "first"
        same = all(None not in values and len(set(values)) == 1 for values in figures)
        return "document" if same else "line"

    def of_documents(self, column: Column) -> list[Decimal]:
        """Return the figure of each document, from the first of its rows that has one."""
        return [
            next((figure for row in rows if (figure := column[row]) is not None), _ZERO)
            for rows in self.documents
        ]

    def sums(self, column: Column) -> list[Decimal]:
        """Return the sum of the lines of each document."""
        return [sum((column[row] or _ZERO for row in rows), _ZERO) for rows in self.documents]


def equal(first: Sequence[Decimal | None], second: Sequence[Decimal | None]) -> bool:
    """Return whether figures agree to about a cent wherever both are there, and say something."""
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    return any(a or b for a, b in pairs) and all(abs(a - b) <= _CENT for a, b in pairs)


def combined(plus: Sequence[Column], minus: Sequence[Column] = ()) -> Column:
    """Return sums of columns row by row, less others; None where the first is blank."""
    return tuple(
        None
        if row[0] is None
        else sum((figure or _ZERO for figure in row[: len(plus)]), _ZERO)
        - sum((figure or _ZERO for figure in row[len(plus) :]), _ZERO)
        for row in zip(*plus, *minus, strict=True)
    )


def product(first: Column, second: Column) -> Column:
    """Return products of two columns row by row; None where either is blank."""
    return tuple(
        None if a is None or b is None else a * b for a, b in zip(first, second, strict=True)
    )


def _numbers(cells: Sequence[str | None]) -> tuple[Column, DecimalMark] | None:
    """Return the numbers of a column and its decimal mark; None if it holds something else."""
    distinct = (cell for cell in dict.fromkeys(cells) if cell is not None and not is_blank(cell))
    texts = list(islice(distinct, _FIRST))
    # A column of words is known by its first few.
    if not any(map(_is_number, texts)):
        return None
    texts += distinct
    marks = decimal_marks(texts)
    if len(marks) == 2 and any(_either(text) for text in texts):
        return None
    mark: DecimalMark = "." if "." in marks else ","
    by_text = {text: _parsed(text, mark) for text in texts}
    filled = [by_text[cell] for cell in cells if cell in by_text]
    if sum(number is not None for number in filled) < _NUMBERS * len(filled):
        return None
    return tuple(by_text.get(cell) if cell is not None else None for cell in cells), mark


def _parsed(text: str, mark: DecimalMark) -> Decimal | None:
    # Most numbers are plain, and parsed ten times faster.
    return Decimal(text) if mark == "." and _PLAIN.fullmatch(text) else parse_number(text, mark)


def _is_number(text: str) -> bool:
    return parse_number(text, ".") is not None or parse_number(text, ",") is not None


def _either(text: str) -> bool:
    return parse_number(text, ".") != parse_number(text, ",")
