"""Find the rows of a table that are sums of others: 合计, 小计, Total, Subtotal, no label at all.

    >>> total_rows(cells, values)                              # doctest: +SKIP
    [4, 9]

A label alone is not enough: the row must also lack what every other row has, such as a
number or a date, or its figures must be the sums. Without a label, both must hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.all_rows import all_rows
from data.layout.cells import Row, filled, filled_counts, is_value, kind, rows_of, usual_width
from data.layout.named_totals import last_of_all, named_totals
from data.layout.running_totals import running_totals
from data.layout.sums import Figures
from data.layout.total_words import MAYBE, is_sure_label, is_total_label, named_total
from data.layout.unlabelled_totals import bare_rows, unlabelled_totals
from data.values.numbers import is_blank

__all__ = ["is_total_label", "total_rows"]

_MOST = 20_000
_ALWAYS = 0.9
_SUMMED = 2_000_000
_SEARCHED = 100_000
_ENDS = 1000
_MOSTLY_LABELLED = 0.8
_NAMES = 20
_GROUP = 1000
_DATE = re.compile(r"\d[-/.年]\d{1,2}[-/.月]\d|^20\d{6}$")
_MONTH = re.compile(r"^20\d\d\s*[-/年]\s*(?:0?[1-9]|1[0-2])\s*月?$")


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
    bare = [at for at in bare_rows(cells, keys) if at not in labelled]
    months = {at for at in values if _monthly(cells, at)}
    figures = Figures(cells, [at for at in values if at not in dated | months], list(labelled))
    summed = cells.num_rows <= _SUMMED
    of_all = _of_all(figures, bare) if summed else set()
    bare = [at for at in bare if at not in of_all]
    if summed:
        # In a list without days, such a row is a manager's target beside those of her reps.
        if dated:
            of_all |= named_totals(figures.marking([*figures.marked, *of_all]), words)
        of_all |= last_of_all(figures.marking([*figures.marked, *of_all]), words, sorted(dated))
        bare = [at for at in bare if at not in of_all]
        labelled = {at: label for at, label in labelled.items() if at not in of_all}
    if not labelled and not bare:
        return sorted(of_all | running_totals(figures, of_all)) if summed else []
    figures = figures.marking([*labelled, *of_all])
    rows = _rows(cells, sorted({*labelled, *bare}))
    totals = {at for at, label in labelled.items() if _lacks_key(rows[at], label, keys)}
    totals -= {at for at in totals if filled(rows[at]) == 1 and not _lone(rows[at], labelled[at])}
    rest = [at for at in labelled if at not in totals]
    if summed:
        totals |= unlabelled_totals(figures, keys, {at: rows[at] for at in bare})
        totals |= _summing(figures.marking([*labelled, *totals, *of_all]), rows, rest)
        totals |= of_all
        totals |= running_totals(figures, totals)
    alone = len(words) <= 1
    for at in rest:
        # In a single column of words, an unmistakable label at either end is enough.
        if alone and is_sure_label(rows[at][labelled[at]]) and at in (0, cells.num_rows - 1):
            totals.add(at)
    return sorted(totals)


def _of_all(figures: Figures, bare: Sequence[int]) -> set[int]:
    """Return the rows of all, whether or not the bare rows are subtotals."""
    return all_rows(figures, bare) or all_rows(figures, ())


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
        if pa.types.is_dictionary(column.type) or cells.num_rows <= _SEARCHED:
            parts = [(0, column)]
        else:
            last = cells.num_rows - _ENDS
            parts = [(0, column.slice(0, _ENDS)), (last, column.slice(last))]
        for start, part in parts:
            for row in _maybe(part):
                if _is_label(part[row].as_py(), column):
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


def _dated(cells: pa.Table, at: int) -> bool:
    """Return whether a column of values holds dates."""
    sample = [cell for cell in cells.column(at).slice(0, 20).to_pylist() if cell]
    return sum(bool(_DATE.search(cell)) or kind(cell) == "date" for cell in sample) * 2 > len(
        sample
    )


def _monthly(cells: pa.Table, at: int) -> bool:
    """Return whether a column of values holds months, which are no figures."""
    sample = [cell for cell in cells.column(at).slice(0, 20).to_pylist() if cell]
    return sum(bool(_MONTH.match(cell)) for cell in sample) * 2 > len(sample)


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


def _summing(figures: Figures, rows: Mapping[int, Row], rest: Sequence[int]) -> set[int]:
    """Return those of `rest` whose figures are sums, maybe of records that sound like totals."""
    totals = {at for at in rest if figures.are_sums(rows[at], at)}
    for at in [at for at in rest if at not in totals][:_NAMES]:
        others = figures.marking([row for row in figures.marked if row == at or row not in rest])
        if others.are_sums(rows[at], at, telling=True) or _of_group(others, rows[at], at):
            totals.add(at)
    return totals


def _of_group(figures: Figures, row: Row, at: int) -> bool:
    """Return whether figures are the sums of the rows just above that share a cell, as a month."""
    for column in range(figures.cells.num_columns):
        if column in figures.columns or not row[column]:
            continue
        above = figures.cells.column(column).slice(max(0, at - _GROUP), min(at, _GROUP)).to_pylist()
        others = next((n for n, cell in enumerate(reversed(above)) if cell != row[column]), None)
        span = range(at - (len(above) if others is None else others), at)
        if len(span) > 1 and figures.are_sums_of(row, span, telling=True):
            return True
    return False


def _rows(cells: pa.Table, positions: Sequence[int]) -> dict[int, Row]:
    taken = rows_of(cells.take(pa.array(positions, pa.int64())))
    return dict(zip(positions, taken, strict=True))
