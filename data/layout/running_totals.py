"""Find subtotals that look like records: with a day, a number of their own, the group's name.

    >>> cells = pa.table({"0": ["3 May", "3 May", "3 May"], "1": ["A", "B", None],
    ...                   "2": ["100", "20", "120"]})
    >>> running_totals(Figures(cells, [2], []), [])      # one is chance, two are none
    set()

Such a row fills fewer cells than records do, and its figures are the exact sums of the rows since
the last such row. Where its words say that it is of all, it may fill every cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import filled_counts, usual_width
from data.layout.sums import TELLING, Figures

_LEAST = 2  # subtotals, and rows of each
_FIRST = 4  # of the rows that might be subtotals: one of these is, or none at all
_MOSTLY = 0.5
_ALL = (
    r"(?i)^\W*(?:all(?: the)? (?:customers|clients|accounts|companies|products|items|reps|"
    r"sales ?(?:reps|people)|regions|stores|shops|channels|teams|categories|orders|months|days)"
    r"|alle (?:kunden|produkte|regionen|artikel)|tous les \w+|toutes les \w+"
    r"|tod[oa]s (?:los|las|os|as) \w+|tutti i \w+"
    r"|(?:全部|所有|全体|全體)(?:客户|客戶|产品|產品|商品|业务员|業務員|销售员|区域|區域|地区|门店|店铺|渠道|团队|订单|月份)?)"
    r"\W*$"
)


@dataclass
class _Group:
    """The rows since the last subtotal: how many, and the sum of each column."""

    rows: int = 0
    sums: dict[int, Decimal] = field(default_factory=dict)

    def add(self, figures: dict[int, Decimal]) -> None:
        self.rows += 1
        for at, figure in figures.items():
            self.sums[at] = self.sums.get(at, Decimal(0)) + figure


def running_totals(figures: Figures, totals: Collection[int]) -> set[int]:
    """Return the rows that are the sums of those above them, beside the `totals` known already."""
    cells = figures.cells
    of_all = _of_all(cells, set(figures.columns))
    sparse = _sparse(cells) - of_all - set(totals)
    if len(sparse) > cells.num_rows * _MOSTLY:
        sparse = set()
    if not of_all and len(sparse) < _LEAST:
        return set()
    first = sorted(sparse)[:_FIRST]
    if not of_all and not _sums(figures, {*first}, totals, first[-1] + 1)[0]:
        return set()
    strong, weak = _sums(figures, sparse | of_all, totals, cells.num_rows)
    alike = {
        row
        for rows in _by_shape(cells, sparse).values()
        if len(strong & rows) >= _LEAST and len((strong | weak) & rows) >= _MOSTLY * len(rows)
        for row in (strong | weak) & rows
    }
    # What sums up subtotals is the total of them.
    return (strong if alike else strong & of_all) | alike


def _by_shape(cells: pa.Table, rows: Collection[int]) -> dict[tuple[bool, ...], set[int]]:
    """Group rows by the cells that they fill."""
    taken = pa.array(sorted(rows), pa.int64())
    shapes = zip(
        *(column.take(taken).is_valid().to_pylist() for column in cells.columns), strict=True
    )
    by_shape: dict[tuple[bool, ...], set[int]] = {}
    for row, shape in zip(taken.to_pylist(), shapes, strict=True):
        by_shape.setdefault(shape, set()).add(row)
    return by_shape


def _sums(
    figures: Figures, maybe: Collection[int], totals: Collection[int], end: int
) -> tuple[set[int], set[int]]:
    """Return which rows up to `end` are sums of several rows above, and which repeat the one."""
    columns = {at: figures.cells.column(at).slice(0, end).to_pylist() for at in figures.columns}
    strong: set[int] = set()
    weak: set[int] = set()
    group, groups = _Group(), _Group()
    for row in range(end):
        if row in totals:
            group = _Group()
            continue
        numbers = {at: figures.number(text[row]) for at, text in columns.items() if text[row]}
        before = {at: text[row - 1] for at, text in columns.items() if row}
        if row in maybe and numbers:
            again = {at for at in numbers if before.get(at) == columns[at][row]}
            if group.rows and _is_sum(numbers, group, again):
                (strong if group.rows >= _LEAST else weak).add(row)
                groups.add(group.sums)
                group = _Group()
                continue
            if not group.rows and groups.rows >= _LEAST and _is_sum(numbers, groups, again):
                strong.add(row)
                groups = _Group()
                continue
        group.add(numbers)
    return strong, weak


def _is_sum(numbers: dict[int, Decimal], group: _Group, again: Collection[int]) -> bool:
    """Return whether the figures of a row are the sums of a group.

    Whole numbers below the sum that are no sums are numbers of lines or documents; `again` are
    the columns that repeat the row above.
    """
    fits = {at for at, number in numbers.items() if number and number == group.sums.get(at)}
    if not any(abs(numbers[at]) >= TELLING for at in fits):
        return False
    rest = {at for at in numbers if at not in fits and numbers[at]}
    if group.rows == 1:
        return not rest - set(again)
    return all(at in again or _is_code(numbers[at], group.sums.get(at)) for at in rest)


def _is_code(number: Decimal, total: Decimal | None) -> bool:
    return total is not None and number == number.to_integral_value() and 0 < number < total


def _sparse(cells: pa.Table) -> set[int]:
    """Return the rows that fill fewer cells than is usual."""
    counts = filled_counts(cells)
    return set(pc.indices_nonzero(pc.less(counts, usual_width(counts))).to_pylist())


def _of_all(cells: pa.Table, numbers: Collection[int]) -> set[int]:
    """Return the rows with a cell that says they are of all."""
    rows: set[int] = set()
    for at in range(cells.num_columns):
        if at not in numbers:
            rows.update(_saying(cells.column(at)))
    return rows if len(rows) <= cells.num_rows * _MOSTLY else set()


def _saying(column: pa.ChunkedArray) -> Iterable[int]:
    start = 0
    for chunk in column.chunks:
        coded = pa.types.is_dictionary(chunk.type)
        hits = pc.match_substring_regex(chunk.dictionary if coded else chunk, _ALL)
        hits = hits.take(chunk.indices) if coded else hits
        yield from (start + at for at in pc.indices_nonzero(hits).to_pylist())
        start += len(chunk)
