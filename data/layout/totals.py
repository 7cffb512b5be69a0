"""Find the rows of a table that are sums of others: 合计, 小计, Total, Subtotal, no label at all.

    >>> total_rows(cells, values)                              # doctest: +SKIP
    [4, 9]

A label alone is not enough: the row must also lack what every other row has, such as a
number or a date, or its figures must be the sums. Without a label, both must hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, filled, filled_counts, is_value, kind, rows_of, usual_width
from data.layout.sums import Figures
from data.layout.total_words import MAYBE, is_sure_label, is_total_label, named_total
from data.values.numbers import is_blank

__all__ = ["is_total_label", "total_rows"]

_MOST = 20_000
_ALWAYS = 0.9
_SUMMED = 100_000
_ENDS = 1000
_MOSTLY_LABELLED = 0.8
_NAMES = 20
_DATE = re.compile(r"\d[-/.年]\d{1,2}[-/.月]\d|^20\d{6}$")


def total_rows(cells: pa.Table, values: Sequence[int]) -> list[int]:
    """Return the positions of the rows that are sums of others, in order.

    `cells` are the rows below the header; `values` the columns of numbers and dates.
    """
    words = [at for at in range(cells.num_columns) if at not in set(values)]
    # A ledger has the label in the column of the date or of the row number.
    labelled = _labelled_values(cells, values) | _labelled(cells, words)
    if len(labelled) > min(_MOST, int(cells.num_rows * _MOSTLY_LABELLED)):
        labelled = {}
    dated = {at for at in values if _dated(cells, at)}
    keys = _keys(cells, set(values) - dated, labelled)
    bare = _bare(cells, keys, labelled)
    if not labelled and not bare:
        return []
    positions = sorted({*labelled, *bare})
    rows = dict(zip(positions, rows_of(cells.take(pa.array(positions, pa.int64()))), strict=True))
    totals = {at for at, label in labelled.items() if _lacks_key(rows[at], label, keys)}
    totals -= {at for at in totals if filled(rows[at]) == 1 and not _lone(rows[at], labelled[at])}
    rest = [at for at in labelled if at not in totals]
    if cells.num_rows <= _SUMMED and (rest or bare):
        figures = Figures(cells, [at for at in values if at not in dated], positions)
        totals |= {at for at in rest if figures.are_sums(rows[at], at)}
        totals |= _beside_names(cells, figures, rows, [at for at in rest if at not in totals])
        totals |= _unlabelled(cells, keys, {at: rows[at] for at in bare}, figures)
    alone = len(words) <= 1
    for at in rest:
        # In a single column of words, an unmistakable label at either end is enough.
        if alone and is_sure_label(rows[at][labelled[at]]) and at in (0, cells.num_rows - 1):
            totals.add(at)
    return sorted(totals)


def _labelled(cells: pa.Table, words: Sequence[int]) -> dict[int, int]:
    """Map rows with the label of a total to its first column."""
    labels: dict[int, int] = {}
    for at in words:
        column = cells.column(at)
        for row in _maybe(column):
            if row not in labels and _is_label(column[row].as_py(), column):
                labels[row] = at
    return labels


def _is_label(text: str | None, column: pa.ChunkedArray) -> bool:
    """Return whether a cell is worded as a label, or names the total of another cell's group."""
    if is_total_label(text):
        return True
    group = named_total(text)
    return group is not None and bool(pc.any(pc.equal(column, group)).as_py())


def _labelled_values(cells: pa.Table, values: Sequence[int]) -> dict[int, int]:
    """Do the same for columns of numbers and dates; of long plain ones search only the ends."""
    labels: dict[int, int] = {}
    for at in values:
        column = cells.column(at)
        if pa.types.is_dictionary(column.type) or cells.num_rows <= _SUMMED:
            parts = [(0, column)]
        else:
            last = cells.num_rows - _ENDS
            parts = [(0, column.slice(0, _ENDS)), (last, column.slice(last))]
        for start, part in parts:
            for row in _maybe(part):
                if is_total_label(part[row].as_py()):
                    labels.setdefault(start + row, at)
    return labels


def _maybe(column: pa.ChunkedArray) -> list[int]:
    """Return the rows that may have a label, by Arrow's search."""
    rows: list[int] = []
    start, known, good = 0, None, pa.array([], pa.uint64())
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type):
            # The chunks of a column share their dictionary, which is searched once.
            address = [buffer and buffer.address for buffer in chunk.dictionary.buffers()]
            if address != known:
                good = pc.indices_nonzero(_may_be_label(chunk.dictionary))
                known = address
            if len(good):
                hits = pc.is_in(chunk.indices, value_set=good.cast(chunk.indices.type))
                rows += [start + at for at in pc.indices_nonzero(hits).to_pylist()[: _MOST + 1]]
        else:
            hits = _may_be_label(chunk)
            rows += [start + at for at in pc.indices_nonzero(hits).to_pylist()[: _MOST + 1]]
        start += len(chunk)
    return rows


def _may_be_label(texts: pa.Array) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(texts, MAYBE), False)


def _keys(cells: pa.Table, numbers: set[int], labelled: Mapping[int, int]) -> list[int]:
    """Return the columns of words and dates that records nearly always fill.

    A record fills more than half of the usual number of cells.
    """
    counts = filled_counts(cells)
    record = pc.greater(pc.multiply(counts, 2), usual_width(counts))
    if labelled:
        at_labels = pa.array(sorted(labelled), pa.int64())
        positions = pa.array(range(cells.num_rows), pa.int64())
        record = pc.and_not(record, pc.is_in(positions, value_set=at_labels))
    records = pc.sum(record).as_py() or 0
    keys = []
    for at in range(cells.num_columns):
        column = cells.column(at)
        blank = pc.sum(pc.and_(record, pc.is_null(column))).as_py() if column.null_count else 0
        if records and (blank or 0) <= (1 - _ALWAYS) * records and at not in numbers:
            keys.append(at)
    return keys


def _bare(cells: pa.Table, keys: Sequence[int], labelled: Mapping[int, int]) -> list[int]:
    """Return the rows without a label that lack at least half of the keys; none if many do."""
    partly = [at for at in keys if cells.column(at).null_count]
    if len(partly) * 2 < len(keys) or not partly:
        return []
    blank = reduce(pc.add, (pc.is_null(cells.column(at)).cast(pa.int32()) for at in partly))
    hits = pc.indices_nonzero(pc.greater_equal(pc.multiply(blank, 2), len(keys)))
    if len(hits) > min(_MOST, int(cells.num_rows * _MOSTLY_LABELLED)):
        return []
    return [at for at in hits.to_pylist() if at not in labelled]


def _dated(cells: pa.Table, at: int) -> bool:
    """Return whether a column of values holds dates."""
    sample = [cell for cell in cells.column(at).slice(0, 20).to_pylist() if cell]
    return sum(bool(_DATE.search(cell)) or kind(cell) == "date" for cell in sample) * 2 > len(
        sample
    )


def _lacks_key(row: Row, label: int, keys: Sequence[int]) -> bool:
    """Return whether most keys of the other rows are missing beside the label."""
    others = [at for at in keys if at != label]
    blank = sum(
        1 for at in others if is_blank(row[at]) or is_total_label(row[at]) or row[at] == row[label]
    )
    return bool(others) and blank * 2 > len(others) and (any(map(is_value, row)) or filled(row) < 2)


def _lone(row: Row, label: int) -> bool:
    """Return whether a label without any figure beside it can be nothing but a label."""
    text = (row[label] or "").strip()
    return is_sure_label(text) or named_total(text) is not None or text.isupper()


def _beside_names(
    cells: pa.Table, figures: Figures, rows: Mapping[int, Row], rest: Sequence[int]
) -> set[int]:
    """Return the sums among `rest` if its other rows are records that sound like totals."""
    totals = set()
    for at in rest[:_NAMES]:
        marked = [row for row in figures.marked if row == at or row not in rest]
        if Figures(cells, figures.columns, marked).are_sums(rows[at], at, telling=True):
            totals.add(at)
    return totals


def _unlabelled(
    cells: pa.Table, keys: Sequence[int], bare: Mapping[int, Row], figures: Figures
) -> set[int]:
    """Return those of the `bare` rows that are totals: by their figures alone, or with a group's.

    Where some rows of nothing but figures are no sums, records are written like that: then only
    the sum of everything is a total.
    """
    plain = [at for at, row in bare.items() if not any(row[key] for key in keys)]
    plain = [at for at in plain if figures.only_figures(bare[at])]
    sums = {at for at in plain if figures.are_sums(bare[at], at, telling=True)}
    if len(sums) < len(plain):
        whole = range(cells.num_rows)
        sums = {at for at in sums if figures.are_sums_of(bare[at], whole, telling=True)}
    grouped = {at: _group(cells, keys, bare[at], at) for at in bare if at not in plain}
    several = {at: rows for at, rows in grouped.items() if len(rows) > 1}
    if several and all(
        figures.are_sums_of(bare[at], rows, telling=True) for at, rows in several.items()
    ):
        sums |= {at for at, rows in grouped.items() if rows and figures.are_sums_of(bare[at], rows)}
    return sums


def _group(cells: pa.Table, keys: Sequence[int], row: Row, at: int) -> range:
    """Return the rows directly above, or else below, that share all keys of a row that has some."""
    shared = [key for key in keys if row[key]]
    if not shared:
        return range(0)

    def same(other: int) -> bool:
        return all(cells.column(key)[other].as_py() == row[key] for key in shared)

    first = at
    while first and same(first - 1):
        first -= 1
    if first < at:
        return range(first, at)
    last = at + 1
    while last < cells.num_rows and same(last):
        last += 1
    return range(at + 1, last)
