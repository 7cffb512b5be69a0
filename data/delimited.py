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
from collections.abc import Iterable, Sequence
from itertools import islice

import charset_normalizer
import pyarrow as pa
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
# A cell with more lines than this was opened by a quote that is never closed.
_CELL_LINES = 200
# Arrow turns these into blanks while it reads, which is cheaper than afterwards.
_BLANKS = ["", " ", "  ", "   ", "\t", "\u3000", "\xa0"]

csv.field_size_limit(1 << 28)


def grid(raw: bytes, suffix: str = "") -> tuple[pa.Table, list[Note]]:
    """The cells of a text file and what was noticed on the way.

    Columns are "0".."n-1" (string, null where the cell is blank) and "row"
    (int64, the record's number in the file, from 1). `suffix` only settles ties
    between separators. Raises FileError "unreadable_text" for bytes that are
    not text in any encoding known here.
    """
    text, notes = decoded(raw)
    text = text.lstrip("\ufeff")
    separator, body, skipped = _separator(text, suffix)
    table = _fast(body, separator)
    if table is None:
        rows, more = _slowly(body, separator)
        notes.extend(more)
        table = from_rows(rows)
    number = pa.array(range(1 + skipped, 1 + skipped + table.num_rows), pa.int64())
    return table.append_column("row", number), notes


def decoded(raw: bytes) -> tuple[str, list[Note]]:
    """The text of `raw`, with a note naming the encoding where it is not UTF-8.

    Raises FileError "unreadable_text".
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _checked(raw[len(bom) :].decode(encoding, errors="replace"), encoding)
    try:
        return _checked(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    encoding = _guess(raw)
    return _checked(raw.decode(encoding, errors="replace"), encoding)


def from_rows(rows: Sequence[Sequence[str | None]]) -> pa.Table:
    """Rows of unequal length as a table; short rows are filled up with blanks."""
    width = max((len(row) for row in rows), default=0)
    columns = [
        pa.array([(row[at] or None) if at < len(row) else None for row in rows], pa.string())
        for at in range(width)
    ]
    return pa.table(columns, names=[str(at) for at in range(width)])


def _checked(text: str, encoding: str) -> tuple[str, list[Note]]:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise FileError("unreadable_text")
    notes = [] if encoding == "utf-8" else [Note("encoding", (("encoding", encoding),))]
    if broken := text.count("\ufffd"):
        if broken > len(text) // 10:
            raise FileError("unreadable_text")
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        notes.append(Note("broken_characters", (("count", broken), ("row", line))))
    return text, notes


def _guess(raw: bytes) -> str:
    """The encoding of bytes that are not valid UTF-8 and carry no mark."""
    sample = raw[:_SAMPLE]
    if wide := _two_byte_ascii(sample):
        return wide
    high = len(_HIGH.findall(raw))
    if raw.decode("utf-8", errors="replace").count("\ufffd") * 20 < high:
        return "utf-8"  # good but for a few bytes: broken on the way, not written otherwise
    if 2 * len(_COMMON_HANZI.findall(raw)) > 0.6 * high:
        return "gb18030"
    best = charset_normalizer.from_bytes(_high_lines(raw)).best()
    found = best.encoding if best else "cp1252"
    single = {"cp1250", "iso8859_1", "latin_1", "mac_roman", "cp437", "cp850", "cp858", "cp1257"}
    # One western page for another: the accents are the same, cp1252 has the euro sign.
    return "cp1252" if found in single else found


def _high_lines(raw: bytes) -> bytes:
    """The lines that decide: those with bytes beyond ASCII."""
    lines = (line for line in raw.splitlines() if _HIGH.search(line))
    return b"\n".join(islice(lines, 500))


def _two_byte_ascii(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 > even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 5 > odd else ""


def _separator(text: str, suffix: str) -> tuple[str, str, int]:
    """The separator, the text it applies to, and the rows skipped: Excel's own "sep=;" line."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest, 1
    lines = text[:_SAMPLE]
    order = ("\t", *_SEPARATORS) if suffix in (".tsv", ".tab") else _SEPARATORS
    best = max(order, key=lambda one: _fit(lines, one))
    return best, text, 0


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """How well a separator fits: the share of rows that have the usual width, and the width."""
    widths = Counter(
        len(row) for row in islice(_records(sample, separator), 200) if any(map(str.strip, row))
    )
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 1
    width = max(wide, key=lambda one: (wide[one], one))
    return round(wide[width] / widths.total(), 1), width


def _records(text: str, separator: str, quoting: int = csv.QUOTE_MINIMAL) -> Iterable[list[str]]:
    # newline="" leaves line ends inside quotes alone; a NUL would stop the csv module.
    lines = io.StringIO(text.replace("\0", ""), newline="")
    return csv.reader(lines, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]


def _fast(text: str, separator: str) -> pa.Table | None:
    """The table by Arrow's reader, or None where the file is not one plain rectangle."""
    body = text.rstrip("\r\n")
    head = list(islice(_records(body[:_SAMPLE], separator), LOOK))
    width = len(head[0]) if head else 0
    if width < 2 or "\0" in body:
        return None
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(body.encode("utf-8", errors="replace")),
            pa_csv.ReadOptions(column_names=[str(at) for at in range(width)], block_size=1 << 24),
            pa_csv.ParseOptions(
                delimiter=separator, newlines_in_values='"' in body, ignore_empty_lines=False
            ),
            pa_csv.ConvertOptions(
                column_types={str(at): pa.string() for at in range(width)},
                null_values=_BLANKS,
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return None if _swallowed(head) else table


def _swallowed(rows: Iterable[Sequence[str]]) -> bool:
    return any(cell.count("\n") > _CELL_LINES for row in rows for cell in row)


def _slowly(text: str, separator: str) -> tuple[list[list[str]], list[Note]]:
    rows = list(_records(text, separator))
    notes = []
    if _swallowed(rows):
        rows = list(_records(text, separator, csv.QUOTE_NONE))
        notes.append(Note("quotes_ignored"))
    usual = Counter(len(row) for row in rows if row).most_common(1)
    ragged = [at for at, row in enumerate(rows, 1) if row and len(row) != usual[0][0]]
    if ragged:
        notes.append(Note("ragged_rows", (("count", len(ragged)), ("row", ragged[0]))))
    return rows, notes
