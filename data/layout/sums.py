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

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row
from data.values.number_columns import number_column
from data.values.numbers import DECIMAL_MARKS, DecimalMark, parse_number

# Smaller figures are sums of others by chance.
TELLING = 100
# Figures are added up in ten-thousandths, and their sums may be rounded.
TICKS = 10_000
_NEAR = 110


class Figures:
    """The columns of numbers of a table: `marked` rows may be sums and are not added up."""

    def __init__(
        self,
        cells: pa.Table,
        columns: Sequence[int],
        marked: Sequence[int],
        read: dict[int, pa.Int64Array] | None = None,
    ) -> None:
        self.cells = cells
        self.columns = columns
        self.marked = sorted(set(marked))
        self._read = {} if read is None else read

    def marking(self, marked: Sequence[int]) -> Figures:
        """Return the same figures with other rows marked."""
        return Figures(self.cells, self.columns, marked, self._read)

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

    def ticks(self, at: int) -> pa.Int64Array:
        """Return the figures of a column in ten-thousandths, 0 for any other text."""
        if at not in self._read:
            self._read[at] = _ticks(self.cells.column(at), self.mark)
        return self._read[at]

    @cached_property
    def sums(self) -> dict[int, memoryview[int]]:
        """The sums of each column up to each row, without the marked ones."""
        return {at: viewed(_from_nothing(self._added(at))) for at in self.columns}

    @cached_property
    def counts(self) -> dict[int, memoryview[int]]:
        """How many figures each column has up to each row, without the marked ones."""
        there = {at: pc.not_equal(self._added(at), 0) for at in self.columns}
        return {at: viewed(_from_nothing(any_.cast(pa.int64()))) for at, any_ in there.items()}

    def count(self, at: int, rows: range) -> int:
        """Return how many figures of a column are added up in `rows`."""
        return self.counts[at][rows.stop] - self.counts[at][rows.start]

    def _added(self, at: int) -> pa.Int64Array:
        ticks = self.ticks(at)
        return pc.if_else(self.are_marked, 0, ticks) if self.marked else ticks

    @cached_property
    def are_marked(self) -> pa.BooleanArray:
        """Whether each row is marked."""
        marked = pa.array(self.marked, pa.int64())
        return pc.is_in(pa.array(range(self.cells.num_rows), pa.int64()), value_set=marked)

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
                sums = self.sums[at]
                fit = near(sums[rows.stop] - sums[rows.start], int(figure * TICKS))
                fits.append(fit and (not telling or self.count(at, rows) > 1))
                large = large or abs(figure) >= TELLING
        if telling:
            return large and all(fits)
        return bool(fits) and sum(fits) * 2 >= len(fits)


def near(one: int, other: int) -> bool:
    """Return whether two sums in ten-thousandths are the same, but for rounding."""
    # Long columns of long numbers run over 64 bits, which is made up for in the difference.
    return (one - other + _NEAR - 1) % (1 << 64) < 2 * _NEAR - 1


def viewed(numbers: pa.Int64Array) -> memoryview[int]:
    """Return numbers so that any one of them is found at once."""
    view = memoryview(numbers.buffers()[1]).cast("b").cast("q")
    return view[numbers.offset : numbers.offset + len(numbers)]


def _ticks(column: pa.ChunkedArray, mark: DecimalMark) -> pa.Int64Array:
    """Read a column of figures; one that is too large for its sums is 0 too."""
    parts = [pa.array([], pa.int64())]
    for chunk in column.chunks:
        coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        values = number_column(coded.dictionary.cast(pa.string()), mark, Decimal(1))[0]
        ticks = pc.multiply(values, pa.scalar(Decimal(TICKS))).cast(pa.int64())
        parts.append(pc.fill_null(ticks.take(coded.indices), 0))
    return pa.concat_arrays(parts)


def _from_nothing(figures: pa.Int64Array) -> pa.Int64Array:
    """Return the sums of figures up to each, from 0."""
    return pa.concat_arrays([pa.array([0], pa.int64()), pc.cumulative_sum(figures)])
