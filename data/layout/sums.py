"""Add up the figures of a table, to tell whether those of a row are the sums of others.

>>> table = pa.table({"0": ["a", "b", None], "1": ["1,000", "2.5", "1,002.50"]})
>>> Figures(table, [1], [2]).are_sums([None, "1,002.50"], 2, telling=True)
True
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, pairwise

import pyarrow as pa

from data.layout.cells import Row
from data.values.numbers import DECIMAL_MARKS, DecimalMark, parse_number

_NEAR = Decimal("0.011")
# Smaller figures are sums of others by chance.
TELLING = 100


class Figures:
    """The columns of numbers of a table: `marked` rows may be sums and are not added up."""

    def __init__(self, cells: pa.Table, columns: Sequence[int], marked: Sequence[int]) -> None:
        self.cells = cells
        self.columns = columns
        self.marked = sorted(marked)

    def marking(self, marked: Sequence[int]) -> Figures:
        """Return the same figures with other rows marked."""
        return Figures(self.cells, self.columns, marked)

    @cached_property
    def mark(self) -> DecimalMark:
        """The decimal mark with which more of the figures are numbers."""
        texts = [
            text
            for at in self.columns
            for text in self.cells.column(at).slice(0, 200).to_pylist()
            if text
        ]
        read = [sum(parse_number(text, mark) is not None for text in texts)
                for mark in DECIMAL_MARKS]  # fmt: skip
        return DECIMAL_MARKS[read.index(max(read))]

    @cached_property
    def sums(self) -> dict[int, list[Decimal]]:
        """The sums of each column up to each row, without the marked ones."""
        marked = set(self.marked)
        up_to = {}
        for at in self.columns:
            texts = self.cells.column(at).to_pylist()
            numbers = (
                Decimal(0) if row in marked or not text else self.number(text)
                for row, text in enumerate(texts)
            )
            up_to[at] = list(accumulate(numbers, initial=Decimal(0)))
        return up_to

    def number(self, text: str | None) -> Decimal:
        """Return the number in a cell, 0 for any other text."""
        return parse_number(text or "", self.mark) or Decimal(0)

    def only_figures(self, row: Row) -> bool:
        """Return whether all filled cells of a row are in columns of numbers."""
        cells = [at for at, cell in enumerate(row) if cell]
        return bool(cells) and set(cells) <= set(self.columns)

    def are_sums(self, row: Row, at: int, telling: bool = False) -> bool:
        """Return whether the figures of a row add up rows above or below it.

        That is all rows, those to the next or last marked row, or all above. See `are_sums_of`.
        """
        place = bisect_left(self.marked, at)
        following = bisect_left(self.marked, at + 1)
        before = self.marked[place - 1] + 1 if place else 0
        end = self.cells.num_rows
        after = self.marked[following] if following < len(self.marked) else end
        spans = (range(end), range(before, at), range(at), range(at + 1, after))
        return any(self.are_sums_of(row, span, telling) for span in spans)

    def are_sums_of(self, row: Row, rows: range, telling: bool = False) -> bool:
        """Return whether most figures of a row are the sums of `rows`.

        With `telling`, all are, of two rows or more each, and they are no small numbers.
        """
        fits = []
        large = False
        for at in self.columns:
            if figure := self.number(row[at]):
                up_to = self.sums[at][rows.start : rows.stop + 1]
                fit = abs(up_to[-1] - up_to[0] - figure) < _NEAR
                several = not telling or sum(a != b for a, b in pairwise(up_to)) > 1
                fits.append(fit and several)
                large = large or abs(figure) >= TELLING
        if telling:
            return large and all(fits)
        return bool(fits) and sum(fits) * 2 >= len(fits)
