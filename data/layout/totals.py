"""Find the rows of a table that are sums of others: 合计, 小计, Total, Subtotal, Grand total.

>>> is_total_label("华东 小计"), is_total_label("Total Energies")
(True, False)

A label alone is not enough: the row must also lack what every other row has, such as a
number or a date, or its figures must be the sums.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, is_value, rows_of
from data.values.numbers import parse_number

_CHINESE = "合计|小计|总计|共计|累计|汇总|总和|合 计|小 计|总 计|本页合计|本月合计|合計|小計|總計"
_ENGLISH = r"(?:sub|grand)[\s-]*totals?|totals?|sums?|overall"
# Alone, before a colon, a year or a count, or at the end of a group's name.
_LABEL = re.compile(
    rf"(?P<sure>(?:{_CHINESE}|(?:sub|grand)[\s-]*totals?))\s*[:：]?"
    rf"|(?:{_ENGLISH})\s*(?:[:：]|\(?\d+\)?|{_CHINESE})?\s*[:：]?"
    rf"|.{{1,40}}?[\s_-]*(?:{_CHINESE})\s*[:：]?|(?:{_CHINESE})\s*[(（:：].{{0,30}}"
    rf"|.{{1,40}}[\s:_-]+(?:sub|grand)?[\s-]*totals?\s*[:：]?",
    re.IGNORECASE,
)
_MAYBE = r"(?i)计|計|total|sum|汇总|overall|总和"
_MOST = 20_000
_ALWAYS = 0.9
_SUMMED = 100_000
_ENDS = 1000
_NEAR = Decimal("0.011")


def is_total_label(text: str | None) -> bool:
    """Return whether a cell is worded as the label of a total."""
    return bool(_LABEL.fullmatch((text or "").strip()))


def total_rows(cells: pa.Table, values: Sequence[int]) -> list[int]:
    """Return the positions of the rows that are sums of others, in order.

    `cells` are the rows below the header; `values` the columns of numbers and dates.
    """
    words = [at for at in range(cells.num_columns) if at not in set(values)]
    # A ledger has the label in the column of the date or of the row number.
    labelled = _labelled_values(cells, values) | _labelled(cells, words)
    if not labelled or len(labelled) > min(_MOST, cells.num_rows // 2 + 1):
        return []
    at_labels = sorted(labelled)
    rows = dict(zip(at_labels, rows_of(cells.take(pa.array(at_labels, pa.int64()))), strict=True))
    keys = _keys(cells, values, rows)
    totals = {at for at, row in rows.items() if _lacks_key(row, labelled[at], keys)}
    rest = [at for at in rows if at not in totals]
    if rest:
        totals |= _summing(cells, values, rows, rest)
    alone = len(words) <= 1
    for at in rest:
        label = (rows[at][labelled[at]] or "").strip()
        match = _LABEL.fullmatch(label)
        # In a single column of words, an unmistakable label at either end is enough.
        if alone and match and match["sure"] and at in (0, cells.num_rows - 1):
            totals.add(at)
    return sorted(totals)


def _labelled(cells: pa.Table, words: Sequence[int]) -> dict[int, int]:
    """Map rows with the label of a total to its first column."""
    labels: dict[int, int] = {}
    for at in words:
        for row in _maybe(cells.column(at)):
            if row not in labels and is_total_label(cells.column(at)[row].as_py()):
                labels[row] = at
    return labels


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
    return pc.fill_null(pc.match_substring_regex(texts, _MAYBE), False)


def _keys(cells: pa.Table, values: Sequence[int], rows: dict[int, list[str | None]]) -> list[int]:
    """Return the columns of words and dates that the other rows nearly always fill."""
    others = cells.num_rows - len(rows)
    keys = []
    for at in range(cells.num_columns):
        blank = sum(1 for row in rows.values() if not row[at])
        rest = cells.column(at).null_count - blank
        if others and rest <= (1 - _ALWAYS) * others and (at not in values or _dated(cells, at)):
            keys.append(at)
    return keys


def _dated(cells: pa.Table, at: int) -> bool:
    """Return whether a column of values holds dates."""
    sample = [cell for cell in cells.column(at).slice(0, 20).to_pylist() if cell]
    return bool(sample) and all(re.search(r"\d[-/年]\d", cell) for cell in sample)


def _lacks_key(row: Row, label: int, keys: Sequence[int]) -> bool:
    """Return whether most keys of the other rows are missing beside the label."""
    others = [at for at in keys if at != label]
    blank = sum(
        1 for at in others if not row[at] or is_total_label(row[at]) or row[at] == row[label]
    )
    return bool(others) and blank * 2 > len(others) and any(map(is_value, row))


def _summing(
    cells: pa.Table, values: Sequence[int], rows: dict[int, list[str | None]], rest: Sequence[int]
) -> set[int]:
    """Return those of `rest` whose figures are the sums of the rows above or below them."""
    if cells.num_rows > _SUMMED:
        return set()
    sums: set[int] = set()
    labelled = sorted(rows)
    columns = [_numbers(cells.column(at)) for at in values if not _dated(cells, at)]
    for at in rest:
        fits = [_is_sum(column, at, labelled) for column in columns if column[at]]
        if fits and sum(fits) * 2 >= len(fits):
            sums.add(at)
    return sums


def _numbers(column: pa.ChunkedArray) -> list[Decimal]:
    return [parse_number(text or "", ".") or Decimal(0) for text in column.to_pylist()]


def _is_sum(column: Sequence[Decimal], at: int, totals: Sequence[int]) -> bool:
    """Return whether a figure sums up all rows, those to the last or next total, or all above."""
    marked = set(totals)
    before = max((row for row in totals if row < at), default=-1)
    after = min((row for row in totals if row > at), default=len(column))
    plain = [Decimal(0) if row in marked else number for row, number in enumerate(column)]
    sums = (sum(plain), sum(plain[before + 1 : at]), sum(plain[:at]), sum(plain[at + 1 : after]))
    return any(abs(total - column[at]) < _NEAR for total in sums if total)
