"""Which rows of a sheet are sums of others: 合计, 小计, Total, Subtotal, Grand total.

>>> is_total_label("华东 小计"), is_total_label("Total Energies")
(True, False)

A label alone decides nothing: the row must also lack what every other row has
(its number, its date), or its figures must be the sums.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, is_value
from data.values.numbers import parse_number

_CHINESE = "合计|小计|总计|共计|累计|汇总|总和|合 计|小 计|总 计|本页合计|本月合计|合計|小計|總計"
_ENGLISH = r"(?:sub|grand)[\s-]*totals?|totals?|sums?|overall"
# Alone, with a colon, a year or a count behind it, or at the end of a group's name.
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
    """Whether a cell is worded as the label of a line of sums."""
    return bool(_LABEL.fullmatch((text or "").strip()))


def total_rows(cells: pa.Table, values: Sequence[int]) -> list[int]:
    """The positions of the rows that are sums of others, in order.

    `cells` are the rows below the header; `values` the columns of numbers and dates.
    """
    words = [at for at in range(cells.num_columns) if at not in set(values)]
    # In lists of a ledger the label stands under the date, or under the number of the row.
    labelled = _labelled_values(cells, values) | _labelled(cells, words)
    if not labelled or len(labelled) > min(_MOST, cells.num_rows // 2 + 1):
        return []
    told = cells.take(pa.array(sorted(labelled), pa.int64())).to_pylist()
    rows = {at: list(row.values()) for at, row in zip(sorted(labelled), told, strict=True)}
    keys = _keys(cells, values, rows)
    found = {at for at, row in rows.items() if _lacks_key(row, labelled[at], keys)}
    rest = [at for at in rows if at not in found]
    if rest:
        found |= _summing(cells, values, rows, rest)
    alone = len(words) <= 1
    for at in rest:
        label = (rows[at][labelled[at]] or "").strip()
        match = _LABEL.fullmatch(label)
        # With no other column to tell by, the word itself is enough where it is no name.
        if alone and match and match["sure"] and at in (0, cells.num_rows - 1):
            found.add(at)
    return sorted(found)


def _labelled(cells: pa.Table, words: Sequence[int]) -> dict[int, int]:
    """Rows with a total's label → the first column it stands in."""
    found: dict[int, int] = {}
    for at in words:
        for row in _maybe(cells.column(at)):
            if row not in found and is_total_label(cells.column(at)[row].as_py()):
                found[row] = at
    return found


def _labelled_values(cells: pa.Table, values: Sequence[int]) -> dict[int, int]:
    """The same for columns of numbers and dates: of long ones that are no codes only the ends."""
    found: dict[int, int] = {}
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
                    found.setdefault(start + row, at)
    return found


def _maybe(column: pa.ChunkedArray) -> list[int]:
    """The rows worth a closer look, found by the engine."""
    rows: list[int] = []
    start, known, good = 0, None, pa.array([], pa.uint64())
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type):
            # The chunks of a column share their dictionary: looked through once.
            address = [one and one.address for one in chunk.dictionary.buffers()]
            if address != known:
                good = pc.indices_nonzero(pc.fill_null(_told(chunk.dictionary), False))
                known = address
            if len(good):
                hit = pc.is_in(chunk.indices, value_set=good.cast(chunk.indices.type))
                rows += [start + one for one in pc.indices_nonzero(hit).to_pylist()[: _MOST + 1]]
        else:
            hit = pc.fill_null(_told(chunk), False)
            rows += [start + one for one in pc.indices_nonzero(hit).to_pylist()[: _MOST + 1]]
        start += len(chunk)
    return rows


def _told(texts: pa.Array) -> pa.Array:
    return pc.match_substring_regex(texts, _MAYBE)


def _keys(cells: pa.Table, values: Sequence[int], rows: dict[int, list[str | None]]) -> list[int]:
    """The columns of words and dates that the other rows nearly always fill."""
    others = cells.num_rows - len(rows)
    found = []
    for at in range(cells.num_columns):
        blank = sum(1 for row in rows.values() if not row[at])
        rest = cells.column(at).null_count - blank
        if others and rest <= (1 - _ALWAYS) * others and (at not in values or _dated(cells, at)):
            found.append(at)
    return found


def _dated(cells: pa.Table, at: int) -> bool:
    """Whether a column of values holds dates or whole numbers that count nothing up."""
    sample = [one for one in cells.column(at).slice(0, 20).to_pylist() if one]
    return bool(sample) and all(re.search(r"\d[-/年]\d", one) for one in sample)


def _lacks_key(row: Row, label: int, keys: Sequence[int]) -> bool:
    """Whether most of what every other row has is missing beside the label."""
    told = [at for at in keys if at != label]
    blank = sum(1 for at in told if not row[at] or is_total_label(row[at]) or row[at] == row[label])
    return bool(told) and blank * 2 > len(told) and any(is_value(cell) for cell in row)


def _summing(
    cells: pa.Table, values: Sequence[int], rows: dict[int, list[str | None]], rest: Sequence[int]
) -> set[int]:
    """Those of `rest` whose figures are the sums of the rows above or below them."""
    if cells.num_rows > _SUMMED:
        return set()
    found: set[int] = set()
    totals = sorted(rows)
    numbers = {at: _numbers(cells.column(at)) for at in values if not _dated(cells, at)}
    for one in rest:
        fits = [_is_sum(column, one, totals) for column in numbers.values() if column[one]]
        if fits and sum(fits) * 2 >= len(fits):
            found.add(one)
    return found


def _numbers(column: pa.ChunkedArray) -> list[Decimal]:
    return [parse_number(text or "", ".") or Decimal(0) for text in column.to_pylist()]


def _is_sum(column: Sequence[Decimal], at: int, totals: Sequence[int]) -> bool:
    marked = set(totals)
    before = max((one for one in totals if one < at), default=-1)
    after = min((one for one in totals if one > at), default=len(column))
    plain = [Decimal(0) if one in marked else number for one, number in enumerate(column)]
    sums = (sum(plain), sum(plain[before + 1 : at]), sum(plain[:at]), sum(plain[at + 1 : after]))
    return any(abs(one - column[at]) < _NEAR for one in sums if one)
