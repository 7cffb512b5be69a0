"""Tell numbers, dates, periods and words apart by the form of a cell's text.

>>> [kind(one) for one in ("1,200.5", "2026-03-05", "3月", "Jan-26", "华东", " ")]
['number', 'date', 'period', 'period', 'words', '']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from data.values import eras, months, quarters

Kind = Literal["", "number", "date", "period", "words"]
Row = Sequence[str | None]

_SIGNS = (
    r"(?:US\$|HK\$|R\$|[¥$€£₹]|RMB|CNY|USD|EUR|GBP|元|万元|万|亿|千|[kKmM%‰]"
    r"|(?i:lakhs?|lacs?|crores?|tsd\.?|mi[ol]\.?|mrd\.?|mn|bn))"
)
_NUMBER = (
    rf"[-+(−]?\s*(?:{_SIGNS}\s*)?(?:[-+(−]\s*)?(?:\d[\d.,' ]*|[.,]\d+)(?:[eE][-+]?\d+)?"
    rf"\s*(?:{_SIGNS}{{1,2}}\s*)?[-)]?"
)
_TIME = r"\d{1,2}[:点时]\d{2}(?:[:分]\d{2})?(?:\.\d+)?\s*(?:[AaPp]\.?[Mm]\.?)?"
# What a month's name may be made of; letters of every alphabet that has such names here.
_WORD = "[A-Za-z\u00c0-\u024f\u0400-\u04ff\u0e00-\u0e7f.]{3,14}"
_DAY = (
    rf"(?:(?:{eras.MARK})?\d{{3,4}}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*[日号]?"
    r"|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}"
    rf"|(?:(?i:{months.WEEKDAY})\.?,?\s+)?"
    rf"\d{{1,2}}[-/ .,]{{1,9}}{months.OF}{_WORD}[-/ .,]{{1,9}}"
    rf"{months.OF}\d{{2,4}}{months.YEAR_WORD}"
    rf"|{_WORD} \d{{1,2}},? \d{{4}})"
)
_DATE = rf"(?:{_DAY}(?:[T ,]+{_TIME}.*)?|{_TIME})"
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_PERIOD = (
    rf"(?:{_YEAR}\s*(?:年\s*)?(?:[-/.]\s*)?)?(?:1[0-2]|0?[1-9])\s*月(?:份|度)?"
    rf"|{_YEAR}\s*[-/.]\s*(?:1[0-2]|0?[1-9])|(?:1[0-2]|0[1-9])[-/.]{_YEAR}|{_YEAR}(?:0[1-9]|1[0-2])"
    rf"|[一二三四五六七八九十]{{1,2}}月(?:份|度)?"
    rf"|{months.ENGLISH}\.?|{months.NAME}\.?[\s,/'-]*{months.OF}(?:{_YEAR}|\d{{2}})"
    rf"|(?:{_YEAR}|\d{{2}})[\s-]+{months.NAME}"
    rf"|(?:{_YEAR}\s*(?:年\s*)?(?:[-/.]\s*)?)?(?:Q[1-4]|第?[一二三四1-4]季度?)|Q[1-4][\s/-]*{_YEAR}"
    rf"|{_YEAR}\s*年?(?:度)?|(?:Q[1-4]\s*)?FY\s*(?:{_YEAR}|\d{{2}})(?:[\s-]*[QH][1-4])?"
    rf"|(?:{_YEAR}\s*(?:年\s*)?(?:[-/.]\s*)?)?(?:H[12]|[上下]半年)|H[12][\s/-]{{0,3}}{_YEAR}"
    rf"|(?:{_YEAR}\s*(?:年\s*)?(?:[-/.]\s*)?)?(?:(?:W|KW|CW|WK|Week )\d{{1,2}}|第\d{{1,2}}周)"
    rf"|{_YEAR}\s*(?:财年|財年|财政年度).*|{quarters.PATTERN}"
)
_NUMBER_RE = re.compile(_NUMBER)
_DATE_RE = re.compile(_DATE)
_PERIOD_RE = re.compile(_PERIOD, re.IGNORECASE)
_SEARCHED_TOGETHER = 50_000  # cells
_LONGEST = 200  # characters of a number or a date; longer text is words
# Excel stores a header "March 2026" as the first of the month.
_FIRST_OF_MONTH = re.compile(r"\d{4}-\d{2}-01(?: 00:00:00)?")
_VALUE = rf"^\s*(?:{_NUMBER}|{_DATE})\s*$"


@lru_cache(maxsize=1 << 14)
def kind(cell: str | None) -> Kind:
    """Return the kind of a cell; "" for a blank one."""
    if cell is None or not (text := unicodedata.normalize("NFKC", cell).strip()):
        return ""
    if len(text) > _LONGEST:
        return "words"
    if _PERIOD_RE.fullmatch(text):
        return "period"
    if _DATE_RE.fullmatch(text):
        return "date"
    if _NUMBER_RE.fullmatch(text) or text in ("-", "--", "—", "–"):
        return "number"
    return "words"


def is_period(cell: str | None) -> bool:
    """Return whether a header cell names a month, a quarter or a year."""
    text = (cell or "").strip()
    return kind(text) == "period" or bool(_FIRST_OF_MONTH.fullmatch(text))


def is_value(cell: str | None) -> bool:
    """Return whether a cell is a number or a date."""
    return kind(cell) in ("number", "date")


def filled(row: Row) -> int:
    """Count the cells of a row that are not blank."""
    return sum(1 for cell in row if cell is not None and cell.strip())


def filled_counts(cells: pa.Table) -> pa.ChunkedArray:
    """Count the filled cells of each row of a table, without its column "row"."""
    columns = _columns(cells)
    full = sum(1 for column in columns if not column.null_count)
    counts = pa.chunked_array([pa.repeat(pa.scalar(full, pa.int32()), cells.num_rows)])
    for column in columns:
        if column.null_count:
            counts = pc.add(counts, pc.is_valid(column).cast(pa.int32()))
    return counts


def usual_width(counts: pa.ChunkedArray) -> int:
    """Return how many cells a record fills: the median of the rows that fill more than one.

    Report footers and group headings fill one cell, and may outnumber the records.
    """
    wide = counts.filter(pc.greater(counts, 1))
    return int(pc.quantile(wide, 0.5, interpolation="higher")[0].as_py()) if len(wide) else 1


def value_columns(rows: Sequence[Row], width: int, share: float = 0.9) -> list[int]:
    """Return the columns in which at least a share of the filled cells are numbers or dates."""
    columns = []
    for at in range(width):
        cells = [row[at] for row in rows if at < len(row) and row[at] and kind(row[at])]
        values = sum(1 for cell in cells if kind(cell) != "words")
        if cells and values >= share * len(cells):
            columns.append(at)
    return columns


def rows_of(table: pa.Table) -> list[list[str | None]]:
    """Return a small table as rows of cells, without its column "row"."""
    columns = [column.to_pylist() for column in _columns(table)]
    return [list(row) for row in zip(*columns, strict=True)]


def _columns(table: pa.Table) -> list[pa.ChunkedArray]:
    """Return the columns without "row"; looked up by name, each would cost the width again."""
    named = zip(table.column_names, table.columns, strict=True)
    return [column for name, column in named if name != "row"]


def words_in(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return for each row whether its cell is neither blank, a number nor a date."""
    if pa.types.is_dictionary(column.type):
        chunks = [_words(chunk.dictionary).take(chunk.indices) for chunk in column.chunks]
        return pc.fill_null(pa.chunked_array(chunks, pa.bool_()), False)
    return pc.fill_null(_words(column), False)


def _words(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return pc.invert(pc.match_substring_regex(texts, _VALUE))


def rows_saying(columns: Sequence[pa.ChunkedArray], words: str) -> list[set[int]]:
    """Return the positions of the cells of each column that a pattern of Arrow's search finds."""
    rows: list[set[int]] = [set() for _ in columns]
    found = iter(searched([_texts(chunk) for column in columns for chunk in column.chunks], words))
    for column, said in zip(columns, rows, strict=True):
        start = 0
        for chunk in column.chunks:
            hits = next(found)
            if pc.any(hits).as_py():
                hits = hits.take(chunk.indices) if pa.types.is_dictionary(chunk.type) else hits
                said.update(start + row for row in pc.indices_nonzero(hits).to_pylist())
            start += len(chunk)
    return rows


def searched(texts: Sequence[pa.Array], words: str) -> Iterator[pa.Array]:
    """Yield for each of the arrays which of its cells a pattern finds.

    A call compiles the pattern anew, which takes longer than to search a short column: many
    short ones are searched in one call.
    """
    for together in _batches(texts):
        cells = pa.concat_arrays(together) if len(together) > 1 else together[0]
        hits = pc.fill_null(pc.match_substring_regex(cells, words), False)
        start = 0
        for part in together:
            yield hits.slice(start, len(part))
            start += len(part)


def _texts(chunk: pa.Array) -> pa.Array:
    """Return the texts of a part of a column, each once where it knows them so."""
    return chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk


def _batches(texts: Sequence[pa.Array]) -> Iterator[list[pa.Array]]:
    """Yield neighbours of one type together, up to a number of cells."""
    batch: list[pa.Array] = []
    size = 0
    for cells in texts:
        if batch and (size + len(cells) > _SEARCHED_TOGETHER or cells.type != batch[0].type):
            yield batch
            batch, size = [], 0
        batch.append(cells)
        size += len(cells)
    if batch:
        yield batch
