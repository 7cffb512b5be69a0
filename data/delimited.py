"""Delimited text (CSV and its relatives) to rows of text, nothing lost and nothing guessed.

    >>> grid("a;b\\n1;x\\n2;y\\n".encode())[0].to_pylist()[1]
    {'0': '1', '1': 'x', 'row': 2}

The encoding is found from the bytes, the separator from the first rows. A
regular file goes through Arrow's reader (a million rows a second); one with
ragged rows, blank lines or stray quotes through Python's csv module, which
keeps every cell. Every value stays text.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal

import charset_normalizer
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from data.layout import LOOK, Note
from domain.errors import FileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 18
_SEPARATORS = (",", ";", "\t", "|")
# Two bytes of the everyday half of GB2312; western accents stand alone between letters.
_COMMON_HANZI = re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WESTERN = frozenset(
    ("cp1250", "iso8859_1", "latin_1", "mac_roman", "cp437", "cp850", "cp858", "cp1257")
)
# A cell with more lines than this was opened by a quote that is never closed.
_CELL_LINES = 200
# A column whose first rows repeat themselves so much is read as codes and their texts.
_REPEATS = 0.5
_CODED = pa.dictionary(pa.int32(), pa.string())

_BATCH = 50_000

csv.field_size_limit(1 << 28)


def grid(raw: bytes, suffix: str = "") -> tuple[pa.Table, list[Note]]:
    """The cells of a text file and what was noticed on the way.

    Columns are "0".."n-1" (string, or a dictionary of strings where values
    repeat; null where the cell is blank) and "row" (int64, the record's number in
    the file, from 1). `suffix` only settles ties
    between separators. Raises FileError "unreadable_text" for bytes that are
    not text in any encoding known here.
    """
    body, notes = utf8(raw)
    separator, start = _separator(body, suffix)
    body = body[start:]
    table = _fast(body, separator)
    if table is None:
        table, more = _slowly(body, separator)
        notes.extend(more)
    first = 2 if start else 1
    return table.append_column("row", numbered(table.num_rows, first)), notes


def numbered(count: int, first: int = 1) -> pa.Array:
    """`first`, `first` + 1 …: the numbers of so many rows."""
    return pc.cumulative_sum(pa.repeat(pa.scalar(1, pa.int64()), count), start=first - 1)


def utf8(raw: bytes) -> tuple[bytes, list[Note]]:
    """The text of `raw` as UTF-8 without a mark, and a note of the encoding it had.

    Raises FileError "unreadable_text".
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _checked(raw[len(bom) :], encoding)
    if not _is_utf8(raw):
        return _checked(raw, _guess(raw))
    if "\ufffd".encode() in raw:
        return _checked(raw, "utf-8")
    _refuse_control(_head(raw))
    return raw, []


def _is_utf8(raw: bytes) -> bool:
    """Arrow looks at the bytes four times as fast as Python decodes them."""
    ends = pa.array([0, len(raw)], pa.int64()).buffers()[1]
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(raw)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def from_rows(rows: Sequence[Sequence[str | None]], width: int | None = None) -> pa.Table:
    """Rows of unequal length as a table; short rows are filled up with blanks."""
    if width is None:
        width = max((len(row) for row in rows), default=0)
    columns = [
        pa.array([(row[at] or None) if at < len(row) else None for row in rows], pa.string())
        for at in range(width)
    ]
    return pa.table(columns, names=[str(at) for at in range(width)])


def _checked(raw: bytes, encoding: str) -> tuple[bytes, list[Note]]:
    text = raw.decode(encoding, errors="replace")
    _refuse_control(text[:_SAMPLE])
    notes = [] if encoding == "utf-8" else [Note("encoding", (("encoding", encoding),))]
    if broken := text.count("\ufffd"):
        if broken > len(text) // 10:
            raise FileError("unreadable_text")
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        notes.append(Note("broken_characters", (("count", broken), ("row", line))))
    same = encoding == "utf-8" and not broken
    return (raw if same else text.encode("utf-8", errors="replace")), notes


def _refuse_control(sample: str) -> None:
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise FileError("unreadable_text")


def _guess(raw: bytes) -> str:
    """The encoding of bytes that are not valid UTF-8 and carry no mark."""
    sample = raw[:_SAMPLE]
    if wide := _two_byte_ascii(sample):
        return wide
    high = len(_HIGH.findall(raw))
    if raw.decode("utf-8", errors="replace").count("\ufffd") * 20 < high:
        return "utf-8"  # good but for a few bytes: broken on the way, not written otherwise
    if 2 * len(_COMMON_HANZI.findall(raw)) > 0.6 * high and _gb18030(raw):
        return "gb18030"
    best = charset_normalizer.from_bytes(_high_lines(raw)).best()
    found = best.encoding if best else "cp1252"
    # One western page for another: the accents are the same, cp1252 has the euro sign.
    return "cp1252" if found in _WESTERN else found


def _gb18030(raw: bytes) -> bool:
    """Whether the bytes make sense as Chinese: Big5 read so is full of private characters."""
    text = raw[:_SAMPLE].decode("gb18030", errors="replace")
    odd = sum(1 for letter in text if "\ue000" <= letter <= "\uf8ff" or letter == "\ufffd")
    return odd * 100 <= len(text)


def _high_lines(raw: bytes) -> bytes:
    """The lines that decide: those with bytes beyond ASCII."""
    lines = (line for line in raw[: 1 << 22].splitlines() if _HIGH.search(line))
    return b"\n".join(islice(lines, 500))


def _two_byte_ascii(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 > even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 5 > odd else ""


def _separator(body: bytes, suffix: str) -> tuple[str, int]:
    """The separator and where the table starts: after Excel's own first line "sep=;"."""
    first = body[:16].splitlines()[0] if body else b""
    if first.lower().startswith(b"sep=") and len(first) == 5:
        return first[4:].decode(), body.index(b"\n") + 1 if b"\n" in body else len(body)
    sample = _head(body)
    order = ("\t", *_SEPARATORS) if suffix in (".tsv", ".tab") else _SEPARATORS
    return max(order, key=lambda one: _fit(sample, one)), 0


def _head(body: bytes) -> str:
    return body[:_SAMPLE].decode("utf-8", errors="replace")


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """How well a separator fits: the share of rows that have the usual width, and the width."""
    records = islice(_records(io.StringIO(sample, newline=""), separator), 200)
    widths = Counter(len(row) for row in records if any(map(str.strip, row)))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 1
    width = max(wide, key=lambda one: (wide[one], one))
    return round(wide[width] / widths.total(), 1), width


def _records(
    lines: Iterable[str], separator: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
) -> Iterator[list[str]]:
    # A NUL would stop the csv module.
    clean = (line.replace("\0", "") if "\0" in line else line for line in lines)
    return csv.reader(clean, delimiter=separator, quoting=quoting)


def _fast(body: bytes, separator: str) -> pa.Table | None:
    """The table by Arrow's reader, or None where the file is not one plain rectangle.

    Title rows of another width may stand on top; they are read apart.
    """
    end = len(body)
    while end and body[end - 1] in b"\r\n":
        end -= 1
    sample = _head(body[: min(end, _SAMPLE)])
    records = list(_records(io.StringIO(sample, newline=""), separator))
    head = records[:LOOK]
    widths = Counter(len(row) for row in head if row).most_common(1)
    width = widths[0][0] if widths else 0
    if width < 2 or b"\0" in body or _swallowed(head):
        return None
    above = next(at for at, row in enumerate(head) if len(row) == width)
    titles = head[:above]
    if any(len(row) > width or any("\n" in cell for cell in row) for row in titles):
        return None
    names = [str(at) for at in range(width)]
    try:
        table = pa_csv.read_csv(
            # A slice of the buffer, as one of the bytes would copy them.
            pa.BufferReader(pa.py_buffer(body).slice(0, end)),
            pa_csv.ReadOptions(column_names=names, skip_rows=above, block_size=1 << 24),
            pa_csv.ParseOptions(
                delimiter=separator, newlines_in_values=b'"' in body, ignore_empty_lines=False
            ),
            pa_csv.ConvertOptions(
                column_types=dict(zip(names, _types(records[above:], width), strict=True)),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if titles:
        table = pa.concat_tables([from_rows(titles, width).cast(table.schema), table])
    table = table.unify_dictionaries()
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


def _slowly(body: bytes, separator: str) -> tuple[pa.Table, list[Note]]:
    """Every cell of a file that is no rectangle, by the csv module, a batch at a time."""
    table, widths, broken = _batched(body, separator, csv.QUOTE_MINIMAL)
    notes = []
    if broken:
        table, widths, _ = _batched(body, separator, csv.QUOTE_NONE)
        notes.append(Note("quotes_ignored"))
    usual = widths.most_common(1)[0][0] if widths else 0
    ragged = widths.total() - widths[usual]
    if ragged:
        notes.append(Note("ragged_rows", (("count", ragged), ("usual", usual))))
    return table, notes


def _batched(
    body: bytes, separator: str, quoting: Literal[0, 3]
) -> tuple[pa.Table, Counter[int], bool]:
    """The table, how many rows have which width, and whether a quote swallowed rows."""
    lines = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", errors="replace", newline="")
    records = _records(lines, separator, quoting)
    tables: list[pa.Table] = []
    widths: Counter[int] = Counter()
    while batch := list(islice(records, _BATCH)):
        if quoting == csv.QUOTE_MINIMAL and _swallowed(batch):
            return from_rows([]), widths, True
        widths.update(len(row) for row in batch if row)
        tables.append(from_rows(batch))
    width = max((table.num_columns for table in tables), default=0)
    whole = [_widened(table, width) for table in tables]
    return (pa.concat_tables(whole) if whole else from_rows([])), widths, False


def _widened(table: pa.Table, width: int) -> pa.Table:
    for at in range(table.num_columns, width):
        table = table.append_column(str(at), pa.nulls(table.num_rows, pa.string()))
    return table
