"""Read text files that are one plain rectangle with Arrow, a million rows a second.

>>> rectangle(b"a,b\\n1,x\\n2,y\\n", Dialect(",")).num_rows
3

A file may have a few rows of another width, which are returned separately.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from data.layout.header_rows import LOOK
from data.readers.bounds import within
from data.readers.dialect import Dialect, records
from data.readers.encodings import SAMPLE

# A row's place from 0, and its text.
OddRow: TypeAlias = tuple[int, str]

_LOOKED_AT = 1 << 25
_MOST_ODD = 2000
# A cell with more lines than this begins with a quote that is never closed.
_CELL_LINES = 200
# A column with fewer distinct values than this share is read as a dictionary.
_REPEATS = 0.5
_CODED = pa.dictionary(pa.int32(), pa.string())
_HEAD = 2000


def rectangle(
    body: bytes,
    how: Dialect,
    encoding: str = "utf-8",
    odd: list[OddRow] | None = None,
    quoting: bool = True,
) -> pa.Table | None:
    """Read a table with Arrow; None where the file is not one plain rectangle.

    Title rows of another width at the top are parsed separately. With `odd`, all rows of
    another width are appended to it instead. Without `quoting`, quotes are letters.

    Raises FileError("too_many_columns").
    """
    if how.escaped or how.spaced or len(how.separator) > 1 or not how.separator.isascii():
        return None
    end = len(body)
    while end and body[end - 1] in b"\r\n":
        end -= 1
    sample = head_of(body[: min(end, 2 * SAMPLE)], encoding)
    rows = list(records(io.StringIO(sample, newline=""), how, quoting))
    head = rows[:LOOK]
    widths = Counter(len(row) for row in head if row).most_common(1)
    width = widths[0][0] if widths else 0
    within(0, width)
    if width < 2 or b"\0" in body or swallowed(head):
        return None
    above = next(at for at, row in enumerate(head) if len(row) == width)
    titles = head[:above]
    if any(len(row) > width or any("\n" in cell for cell in row) for row in titles):
        return None
    if encoding != "utf-8" and titles:
        return None
    if (quoting and _odd_quotes(body, how)) or (odd is not None and titles):
        return None

    def aside(row: pa_csv.InvalidRow) -> str:
        assert odd is not None
        odd.append((row.number - 1, row.text))
        return "skip" if len(odd) <= _MOST_ODD else "error"

    names = [str(at) for at in range(width)]
    try:
        table = pa_csv.read_csv(
            # A slice of the buffer; slicing the bytes would copy them.
            pa.BufferReader(pa.py_buffer(body).slice(0, end)),
            pa_csv.ReadOptions(
                column_names=names,
                skip_rows=above,
                block_size=1 << 22,  # small, so that no core waits long for the last block
                use_threads=odd is None,  # with threads, rows have no numbers
            ),
            pa_csv.ParseOptions(
                delimiter=how.separator,
                quote_char=how.quote if quoting else False,
                newlines_in_values=quoting and how.quote.encode() in body,
                ignore_empty_lines=False,
                invalid_row_handler=aside if odd is not None else None,
            ),
            pa_csv.ConvertOptions(
                column_types=dict(zip(names, _types(rows[above:], width), strict=True)),
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,  # checked already, or decoded afterwards
            ),
        )
    except pa.ArrowInvalid:
        return None
    if odd is None and len(titles) == 1 and len(titles[0]) == width - 1:
        return None  # the names may be over the wrong columns, which needs a note
    if titles:
        table = pa.concat_tables([from_rows(titles, width).cast(table.schema), table])
    table = table.unify_dictionaries()
    if encoding != "utf-8":
        return table  # blanks are found once it is decoded
    return pa.table([blanked(column) for column in table.columns], names)


def decoded(column: pa.ChunkedArray, encoding: str) -> pa.ChunkedArray:
    """Decode a column that was read as if it were UTF-8, each distinct text once.

    Chunks of a dictionary must share it. Raises UnicodeDecodeError.
    """
    if not pa.types.is_dictionary(column.type):
        chunks = [_decoded(chunk, encoding) for chunk in column.chunks]
        return blanked(pa.chunked_array(chunks, pa.string()))
    if not column.num_chunks:
        return column
    words = _decoded(column.chunk(0).dictionary, encoding)
    texts = pa.chunked_array(
        [pa.DictionaryArray.from_arrays(chunk.indices, words) for chunk in column.chunks],
        column.type,
    )
    beyond = words.filter(pc.invert(pc.string_is_ascii(words)))
    if len(pc.unique(beyond)) < len(beyond):
        # Big5 has two codes for some letters, but the texts of a dictionary must be distinct.
        plain = pa.chunked_array([chunk.dictionary_decode() for chunk in texts.chunks])
        texts = plain.dictionary_encode()
    return blanked(texts)


def _decoded(texts: pa.StringArray, encoding: str) -> pa.StringArray:
    """Decode the texts beyond ASCII, each distinct one once."""
    beyond = pc.fill_null(pc.invert(pc.string_is_ascii(texts)), False)
    odd = texts.filter(beyond).cast(pa.binary()).dictionary_encode()
    if not len(odd):
        return texts
    words = pa.array([text.decode(encoding) for text in odd.dictionary.to_pylist()], pa.string())
    return pc.replace_with_mask(texts, beyond, words.take(odd.indices))


def _odd_quotes(body: bytes, how: Dialect) -> bool:
    """Return whether a quote is between two letters, where it should have been doubled."""
    quote = how.quote.encode()
    if quote not in body:
        return False
    other = rb"[^\r\n" + re.escape(quote + how.separator.encode()) + rb"]"
    return re.search(other + re.escape(quote) + other, body[:_LOOKED_AT]) is not None


def _types(records: Sequence[Sequence[str]], width: int) -> list[pa.DataType]:
    """Return the type of each column; the last record of the sample may be cut off."""
    whole = [row for row in records[:-1] if len(row) == width]
    few = _REPEATS * len(whole)
    return [
        _CODED if len({row[at] for row in whole}) <= few else pa.string() for at in range(width)
    ]


def coded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Encode a long column as a dictionary, where its first rows repeat."""
    head = column.slice(0, _HEAD)
    if len(column) < _HEAD or len(pc.unique(head)) > _REPEATS * len(head):
        return column
    return pa.chunked_array([column.combine_chunks().dictionary_encode()], _CODED)


def blanked(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Replace texts of spaces only by null."""
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
    blank = pc.or_(pc.utf8_is_space(texts), pc.equal(pc.binary_length(texts), 0))
    return pc.fill_null(blank, False)


def from_rows(rows: Sequence[Sequence[str | None]], width: int | None = None) -> pa.Table:
    """Make a table of rows of unequal length; short rows are padded with blanks."""
    if width is None:
        width = max((len(row) for row in rows), default=0)
    columns = []
    wide = list(range(len(rows)))
    for at in range(width):
        # A single wide row makes a table wide; the others are not gone through for each column.
        wide = [number for number in wide if len(rows[number]) > at]
        cells: list[str | None] = [None] * len(rows)
        for number in wide:
            cells[number] = rows[number][at] or None
        columns.append(pa.array(cells, pa.string()))
    return pa.table(columns, names=[str(at) for at in range(width)])


def head_of(body: bytes, encoding: str = "utf-8") -> str:
    """Return the first lines, complete ones: a cut row would look ragged."""
    if len(body) > SAMPLE and (end := body.rfind(b"\n", 0, SAMPLE)) > 0:
        return body[: end + 1].decode(encoding, errors="replace")
    return body[:SAMPLE].decode(encoding, errors="replace")


def swallowed(rows: Iterable[Sequence[str]]) -> bool:
    """Return whether a cell must have swallowed many rows."""
    return any(cell.count("\n") > _CELL_LINES for row in rows for cell in row)
