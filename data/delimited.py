"""Delimited text (CSV and its relatives) to rows of text, nothing lost and nothing guessed.

    >>> grid("a;b\\n1;x\\n2;y\\n".encode())[0].to_pylist()[1]
    {'0': '1', '1': 'x', 'row': 2}

The encoding is found from the bytes (`data.encodings`), separator and quotes from
the first rows (`data.dialect`). A regular file goes through Arrow's reader (a
million rows a second); one with ragged rows, blank lines or stray quotes through
Python's csv module, which keeps every cell. Every value stays text.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from data.dialect import Dialect, dialect, records, told_records
from data.encodings import SAMPLE, encoding_of, refuse_control, told, transcoded
from data.layout import LOOK, Note
from data.ragged import Straight

__all__ = ["blanked", "from_rows", "grid", "numbered"]

# In these no byte of a character is a comma, a semicolon, a tab, a quote or a line end, so
# that cells may be parted first and only the texts that differ be decoded.
_AFTERWARDS = {"gb18030": ",;\t", "big5hkscs": ",;\t", "cp1252": ",;\t|", "cp1251": ",;\t|"}
_LARGE = 1 << 20
# A cell with more lines than this was opened by a quote that is never closed.
_CELL_LINES = 200
# A column whose first rows repeat themselves so much is read as codes and their texts.
_REPEATS = 0.5
_CODED = pa.dictionary(pa.int32(), pa.string())

_BATCH = 50_000
_HEAD = 2000

csv.field_size_limit(1 << 28)


def grid(raw: bytes, suffix: str = "") -> tuple[pa.Table, list[Note]]:
    """The cells of a text file and what was noticed on the way.

    Columns are "0".."n-1" (string, or a dictionary of strings where values
    repeat; null where the cell is blank) and "row" (int64, the record's number in
    the file, from 1). `suffix` only settles ties
    between separators. Raises FileError "unreadable_text" for bytes that are
    not text in any encoding known here.
    """
    encoding, mark = encoding_of(raw)
    body = raw[mark:] if mark else raw
    table = _undecoded(body, encoding, suffix)
    if table is not None:
        return table.append_column("row", numbered(table.num_rows)), [told(encoding)]
    body, notes = transcoded(body, encoding)
    how, start = _how(body, suffix)
    body = body[start:]
    table = _fast(body, how)
    if table is None:
        table, more = _slowly(body, how)
        notes.extend(more)
    return table.append_column("row", numbered(table.num_rows, 2 if start else 1)), notes


def numbered(count: int, first: int = 1) -> pa.Array:
    """`first`, `first` + 1 …: the numbers of so many rows."""
    return pc.cumulative_sum(pa.repeat(pa.scalar(1, pa.int64()), count), start=first - 1)


def from_rows(rows: Sequence[Sequence[str | None]], width: int | None = None) -> pa.Table:
    """Rows of unequal length as a table; short rows are filled up with blanks."""
    if width is None:
        width = max((len(row) for row in rows), default=0)
    columns = [
        pa.array([(row[at] or None) if at < len(row) else None for row in rows], pa.string())
        for at in range(width)
    ]
    return pa.table(columns, names=[str(at) for at in range(width)])


def _how(body: bytes, suffix: str) -> tuple[Dialect, int]:
    """The dialect and where the table starts: after Excel's own first line "sep=;"."""
    first = body[:16].splitlines()[0] if body else b""
    if first.lower().startswith(b"sep=") and len(first) == 5:
        how = Dialect(first[4:].decode())
        return how, body.index(b"\n") + 1 if b"\n" in body else len(body)
    return dialect(_head(body), suffix), 0


def _head(body: bytes, encoding: str = "utf-8") -> str:
    """The first lines, whole ones: a row that is cut would look ragged."""
    if len(body) > SAMPLE and (end := body.rfind(b"\n", 0, SAMPLE)) > 0:
        return body[: end + 1].decode(encoding, errors="replace")
    return body[:SAMPLE].decode(encoding, errors="replace")


def _undecoded(body: bytes, encoding: str, suffix: str) -> pa.Table | None:
    """A large plain table whose cells are parted before they are decoded; else None."""
    safe = _AFTERWARDS.get(encoding)
    if safe is None or len(body) < _LARGE:
        return None
    sample = _head(body, encoding)
    refuse_control(sample)
    how = dialect(sample, suffix)
    if how.separator not in safe:
        return None
    table = _fast(body, how, encoding)
    if table is None:
        return None
    try:
        return pa.table([_decoded(one, encoding) for one in table.columns], table.column_names)
    except UnicodeDecodeError:
        return None


def _decoded(column: pa.ChunkedArray, encoding: str) -> pa.ChunkedArray:
    """A column read as if it were UTF-8, of which only the different texts are decoded."""
    coded = pa.types.is_dictionary(column.type)
    whole = column.combine_chunks() if coded else column
    if not coded and pc.all(pc.string_is_ascii(whole)).as_py() is not False:
        return column
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.cast(pa.binary()).dictionary_encode().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    if coded and pc.all(pc.string_is_ascii(whole.dictionary)).as_py() is not False:
        return blanked(pa.chunked_array([whole]))
    texts = whole.dictionary.cast(pa.binary()).to_pylist()
    words = pa.array([text.decode(encoding) for text in texts], pa.string())
    back = pa.DictionaryArray.from_arrays(whole.indices, words)
    return blanked(pa.chunked_array([back if coded else back.dictionary_decode()]))


def _fast(body: bytes, how: Dialect, encoding: str = "utf-8") -> pa.Table | None:
    """The table by Arrow's reader, or None where the file is not one plain rectangle.

    Title rows of another width may stand on top; they are read apart.
    """
    if how.escaped or how.spaced or len(how.separator) > 1 or not how.separator.isascii():
        return None
    end = len(body)
    while end and body[end - 1] in b"\r\n":
        end -= 1
    sample = _head(body[: min(end, 2 * SAMPLE)], encoding)
    rows = list(records(io.StringIO(sample, newline=""), how))
    head = rows[:LOOK]
    widths = Counter(len(row) for row in head if row).most_common(1)
    width = widths[0][0] if widths else 0
    if width < 2 or b"\0" in body or _swallowed(head):
        return None
    above = next(at for at, row in enumerate(head) if len(row) == width)
    titles = head[:above]
    if any(len(row) > width or any("\n" in cell for cell in row) for row in titles):
        return None
    if encoding != "utf-8" and titles:
        return None
    names = [str(at) for at in range(width)]
    try:
        table = pa_csv.read_csv(
            # A slice of the buffer, as one of the bytes would copy them.
            pa.BufferReader(pa.py_buffer(body).slice(0, end)),
            pa_csv.ReadOptions(column_names=names, skip_rows=above, block_size=1 << 24),
            pa_csv.ParseOptions(
                delimiter=how.separator,
                quote_char=how.quote,
                newlines_in_values=how.quote.encode() in body,
                ignore_empty_lines=False,
            ),
            pa_csv.ConvertOptions(
                column_types=dict(zip(names, _types(rows[above:], width), strict=True)),
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=encoding == "utf-8",
            ),
        )
    except pa.ArrowInvalid:
        return None
    if len(titles) == 1 and len(titles[0]) == width - 1:
        return None  # names that may stand over the wrong columns: to be told
    if titles:
        table = pa.concat_tables([from_rows(titles, width).cast(table.schema), table])
    table = table.unify_dictionaries()
    if encoding != "utf-8":
        return table  # spaces are looked for once it is text
    return pa.table([blanked(column) for column in table.columns], names)


def _types(records: Sequence[Sequence[str]], width: int) -> list[pa.DataType]:
    """How to hold each column; the last record of the sample may be cut."""
    whole = [row for row in records[:-1] if len(row) == width]
    few = _REPEATS * len(whole)
    return [
        _CODED if len({row[at] for row in whole}) <= few else pa.string() for at in range(width)
    ]


def blanked(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of texts with null in the place of every text that is only spaces."""
    if not pa.types.is_dictionary(column.type):
        blank = _only_spaces(column)
        if not pc.any(blank).as_py():
            return column
        return pc.if_else(blank, pa.scalar(None, pa.string()), column)
    if not column.num_chunks or not pc.any(_only_spaces(column.chunk(0).dictionary)).as_py():
        return column
    return pa.chunked_array([_without_blank_codes(chunk) for chunk in column.chunks], column.type)


def _without_blank_codes(coded: pa.DictionaryArray) -> pa.DictionaryArray:
    known = pa.array(range(len(coded.dictionary)), pa.int32())
    left = pc.if_else(_only_spaces(coded.dictionary), pa.scalar(None, pa.int32()), known)
    return pa.DictionaryArray.from_arrays(left.take(coded.indices), coded.dictionary)


def _only_spaces(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return pc.fill_null(pc.equal(pc.utf8_trim_whitespace(texts), ""), False)


def _swallowed(rows: Iterable[Sequence[str]]) -> bool:
    return any(cell.count("\n") > _CELL_LINES for row in rows for cell in row)


def _slowly(body: bytes, how: Dialect) -> tuple[pa.Table, list[Note]]:
    """Every cell of a file that is no rectangle, by the csv module, a batch at a time."""
    notes = []
    seen = _Seen()
    table = _batched(body, how, seen)
    if table is None:
        seen = _Seen()
        table = _batched(body, how, seen, quoting=False)
        notes.append(Note("quotes_ignored"))
    assert table is not None
    usual = seen.widths.most_common(1)[0][0] if seen.widths else 0
    if odd := {width: count for width, count in seen.widths.items() if width != usual}:
        count, first = sum(odd.values()), min(seen.first[width] for width in odd)
        notes.append(Note("ragged_rows", (("count", count), ("usual", usual), ("row", first))))
    if seen.mended:
        told_rows = (("count", len(seen.mended)), ("rows", ", ".join(map(str, seen.mended[:6]))))
        notes.append(Note("rows_straightened", told_rows))
    return table, notes


@dataclass
class _Seen:
    """How many rows have which width, in which row a width came first, and what was put right."""

    widths: Counter[int] = field(default_factory=Counter)
    first: dict[int, int] = field(default_factory=dict)
    mended: list[int] = field(default_factory=list)
    number: int = 0


def _batched(body: bytes, how: Dialect, seen: _Seen, quoting: bool = True) -> pa.Table | None:
    """All rows; None where a quote that is never closed swallowed some of them."""
    tables: list[pa.Table] = []
    lines = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", errors="replace", newline="")
    found = told_records(lines, how, quoting)
    straight = None
    while batch := list(islice(found, _BATCH)):
        if quoting and _swallowed(cells for cells, _ in batch):
            return None
        straight = straight or _straight([cells for cells, _ in batch], how)
        tables.append(from_rows([_row(*one, straight, seen) for one in batch]))
    width = max((table.num_columns for table in tables), default=0)
    whole = [_widened(table, width) for table in tables]
    return pa.concat_tables(whole) if whole else from_rows([])


def _straight(rows: Sequence[Sequence[str]], how: Dialect) -> Straight:
    """What the rows as wide as the header, or as most rows are, look like."""
    filled = [row for row in rows[:_HEAD] if any(row)]
    widths = Counter(len(row) for row in filled)
    (usual, count), *_ = widths.most_common(1) or [(0, 0)]
    if filled and count * 2 < len(filled) and widths[len(filled[0])] > 1:
        usual = len(filled[0])
    # The first may be the header.
    return Straight([row for row in filled if len(row) == usual][1:], how)


def _row(cells: list[str], raw: str, straight: Straight, seen: _Seen) -> list[str]:
    """The cells, put right where they can be, and counted."""
    seen.number += 1
    if seen.number == 1 and len(cells) == straight.width + 1 > 2 and cells[:-1].count("") == 1:
        # One separator too many in the header: its names stand over the wrong columns.
        cells = [cell for at, cell in enumerate(cells) if cell or at == straight.width]
        seen.mended.append(1)
    if seen.number > 1 and straight.width > 1 < len(cells) and straight.odd(cells, raw):
        right = straight(cells, raw)
        if right and right != cells:
            seen.mended.append(seen.number)
            cells = right
    if cells:
        seen.widths[len(cells)] += 1
        seen.first.setdefault(len(cells), seen.number)
    return cells


def _widened(table: pa.Table, width: int) -> pa.Table:
    for at in range(table.num_columns, width):
        table = table.append_column(str(at), pa.nulls(table.num_rows, pa.string()))
    return table
