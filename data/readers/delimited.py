"""Read delimited text (CSV and its relatives) into rows of text, losing and guessing nothing.

    >>> grid("a;b\\n1;x\\n2;y\\n".encode())[0].to_pylist()[1]
    {'0': '1', '1': 'x', 'row': 2}

`data.readers.encodings` detects the encoding, `data.readers.dialect` separator and quotes.
Arrow reads a regular file, a million rows a second; Python's csv module reads one with ragged
rows, blank lines or stray quotes, and keeps every cell. Every value stays text.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note
from data.readers.arrow_csv import (
    OddRow,
    blanked,
    coded,
    decoded,
    from_rows,
    head_of,
    rectangle,
    swallowed,
)
from data.readers.bounds import cut, within
from data.readers.dialect import Dialect, dialect, records_and_texts
from data.readers.encodings import encoding_of, refuse_control, transcoded
from data.readers.other_readings import encoding_note
from data.readers.ragged import Straight
from domain.errors import FileError

__all__ = ["blanked", "coded", "from_rows", "grid", "numbered"]

# In these encodings no byte of a character is a separator, a quote or a line end, so that
# cells can be split first and only distinct texts be decoded.
_AFTERWARDS = {"gb18030": ",;\t", "big5hkscs": ",;\t", "cp1252": ",;\t|", "cp1251": ",;\t|"}
_LARGE = 1 << 20
_BATCH = 50_000
_HEAD = 2000

# Longer ones begin with a quote that is never closed.
csv.field_size_limit(1 << 25)


def grid(raw: bytes, suffix: str = "", encoding: str = "") -> tuple[pa.Table, list[Note]]:
    """Read the cells of a text file, with notes.

    Columns are "0".."n-1" (string, or a dictionary of strings where values
    repeat; null where the cell is blank) and "row" (int64, the record's number in
    the file, from 1). `suffix` only decides ties between separators;
    with an `encoding`, which somebody has chosen, none is looked for.

    Raises FileError: unreadable_text for bytes that are not text in any known encoding;
    too_many_rows, too_many_columns, cell_too_long.
    """
    table, notes = _grid(raw, suffix, encoding)
    table, cut_notes = cut(table)
    return table, [*notes, *cut_notes]


def _grid(raw: bytes, suffix: str, encoding: str) -> tuple[pa.Table, list[Note]]:
    chosen = bool(encoding)
    encoding, mark = (encoding, 0) if chosen else encoding_of(raw)
    body = raw[mark:] if mark else raw
    table = _undecoded(body, encoding, suffix)
    if table is not None:
        notes = [encoding_note(encoding, body, chosen=chosen)]
        return table.append_column("row", numbered(table.num_rows)), notes
    plain = encoding in ("utf-8", "utf8")
    notes = [] if plain else [encoding_note(encoding, body, chosen=chosen)]
    body, broken = transcoded(body, encoding)
    notes.extend(broken)
    how, start = _how(body, suffix)
    body = body[start:]
    if how.quote.encode() not in body:  # else a cell may have many lines
        within(body.count(b"\n"), 0)
    table = rectangle(body, how)
    if table is None:
        table, more = _patched(body, how) or _slowly(body, how)
        notes.extend(more)
    return table.append_column("row", numbered(table.num_rows, 2 if start else 1)), notes


def numbered(count: int, first: int = 1) -> pa.Array:
    """Number so many rows: `first`, `first` + 1 …"""
    return pc.cumulative_sum(pa.repeat(pa.scalar(1, pa.int64()), count), start=first - 1)


def _how(body: bytes, suffix: str) -> tuple[Dialect, int]:
    """Return the dialect and the start of the table, after Excel's own first line "sep=;"."""
    first = body[:16].splitlines()[0] if body else b""
    if first.lower().startswith(b"sep=") and len(first) == 5:
        how = Dialect(first[4:].decode())
        return how, body.index(b"\n") + 1 if b"\n" in body else len(body)
    return dialect(head_of(body), suffix), 0


def _undecoded(body: bytes, encoding: str, suffix: str) -> pa.Table | None:
    """Read a large plain table by splitting its cells before decoding them; else None."""
    safe = _AFTERWARDS.get(encoding)
    if safe is None or len(body) < _LARGE:
        return None
    sample = head_of(body, encoding)
    refuse_control(sample)
    how = dialect(sample, suffix)
    if how.separator not in safe:
        return None
    table = rectangle(body, how, encoding)
    if table is None:
        return None
    try:
        return pa.table([decoded(column, encoding) for column in table.columns], table.column_names)
    except UnicodeDecodeError:
        return None


def _slowly(body: bytes, how: Dialect) -> tuple[pa.Table, list[Note]]:
    """Read every cell of a file that is no rectangle with the csv module, in batches."""
    notes = []
    seen = _Seen()
    try:
        table = _batched(body, how, seen)
    except csv.Error:  # a cell that is longer than any, from a quote on
        table = None
    if table is None:
        seen = _Seen()
        within(body.count(b"\n"), 0)
        table = rectangle(body, how, quoting=False) or _unquoted(body, how, seen)
        notes.append(Note("quotes_ignored"))
    return table, [*notes, *_width_notes(seen)]


def _unquoted(body: bytes, how: Dialect, seen: _Seen) -> pa.Table:
    """Read all rows with quotes as letters; raises FileError("cell_too_long")."""
    try:
        return _batched(body, how, seen, quoting=False)
    except csv.Error as error:
        lines = body.split(b"\n")
        row = max(range(len(lines)), key=lambda at: len(lines[at])) + 1
        raise FileError("cell_too_long", row=row, limit=csv.field_size_limit()) from error


def _width_notes(seen: _Seen) -> list[Note]:
    """Note the rows that were not as wide as most."""
    notes = []
    usual = seen.widths.most_common(1)[0][0] if seen.widths else 0
    if odd := {width: count for width, count in seen.widths.items() if width != usual}:
        count, first = sum(odd.values()), min(seen.first[width] for width in odd)
        notes.append(Note.of("ragged_rows", count=count, usual=usual, row=first))
    if seen.mended:
        places = ", ".join(map(str, seen.mended[:6]))
        notes.append(Note.of("rows_straightened", count=len(seen.mended), rows=places))
    return notes


def _patched(body: bytes, how: Dialect) -> tuple[pa.Table, list[Note]] | None:
    """Read a large rectangle with a few odd rows; None for any other file."""
    odd: list[OddRow] = []
    if len(body) < _LARGE or (table := rectangle(body, how, odd=odd)) is None:
        return None
    width = table.num_columns
    sample = [list(row.values()) for row in table.slice(0, _HEAD).to_pylist()]
    straight = Straight([[cell or "" for cell in row] for row in sample[1:]], how)
    seen = _Seen(Counter({width: table.num_rows}), {width: 1})
    parts, done = [], 0
    for before, (at, text) in enumerate(odd):
        seen.number = at
        records = list(records_and_texts([text], how))
        if len(records) != 1:
            return None
        row = _row(*records[0], straight, seen)
        parts += [table.slice(done, at - before - done), from_rows([row])]
        done = at - before
    parts.append(table.slice(done))
    width = max(part.num_columns for part in parts)
    whole = [_widened(_plain(part), width) for part in parts]
    return pa.concat_tables(whole), _width_notes(seen)


def _plain(table: pa.Table) -> pa.Table:
    return table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))


@dataclass
class _Seen:
    """The count and the first row of each width, and the numbers of repaired rows."""

    widths: Counter[int] = field(default_factory=Counter)
    first: dict[int, int] = field(default_factory=dict)
    mended: list[int] = field(default_factory=list)
    number: int = 0


def _batched(body: bytes, how: Dialect, seen: _Seen, quoting: bool = True) -> pa.Table | None:
    """Read all rows; None where an unclosed quote swallowed some of them."""
    tables: list[pa.Table] = []
    lines = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", errors="replace", newline="")
    records = records_and_texts(lines, how, quoting)
    straight = None
    while batch := list(islice(records, _BATCH)):
        if quoting and swallowed(cells for cells, _ in batch):
            return None
        within(seen.number + len(batch), max(len(cells) for cells, _ in batch))
        straight = straight or _straight([cells for cells, _ in batch], how)
        tables.append(from_rows([_row(*record, straight, seen) for record in batch]))
    width = max((table.num_columns for table in tables), default=0)
    whole = [_widened(table, width) for table in tables]
    return pa.concat_tables(whole) if whole else from_rows([])


def _straight(rows: Sequence[Sequence[str]], how: Dialect) -> Straight:
    """Learn the form of the rows that are as wide as the header, or as most rows."""
    filled = [row for row in rows[:_HEAD] if any(row)]
    widths = Counter(len(row) for row in filled)
    (usual, count), *_ = widths.most_common(1) or [(0, 0)]
    if filled and count * 2 < len(filled) and widths[len(filled[0])] > 1:
        usual = len(filled[0])
    # The first may be the header.
    return Straight([row for row in filled if len(row) == usual][1:], how)


def _row(cells: list[str], raw: str, straight: Straight, seen: _Seen) -> list[str]:
    """Repair the cells of a row where possible, and count the row."""
    seen.number += 1
    if seen.number == 1 and len(cells) == straight.width + 1 > 2 and cells[:-1].count("") == 1:
        # One separator too many in the header puts names over the wrong columns.
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
