"""Name the encoding of a text file, with the other readings of a row where it is in doubt.

    >>> encoding_note("cp1252", "Order,Customer\\n1,M\\xfcller".encode("cp1252")).code
    'encoding'

Only people can tell whether a customer is Müller, Mьller or another: a doubtful row is shown
in every encoding that makes letters of all words of the file, the likeliest first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa

from data.layout.by_hand import SHOWN, row_shape
from data.layout.cells import Row, rows_of
from data.layout.sheet import Note
from data.readers import scripts, single_byte
from data.readers.encodings import telling, words_of

_SHOWN, _MOST = 80, 8


def encoding_note(encoding: str, raw: bytes = b"", *, chosen: bool = False) -> Note:
    """Make the note that names the encoding of a file, with a row of `raw` where it is doubtful.

    Where somebody has `chosen` it, a row is shown all the same, to choose again.
    """
    words = words_of(telling(raw))
    doubt = _doubt(words, encoding) or (next(iter(words), b"") if chosen else b"")
    if not doubt:
        return Note.of("encoding", encoding=encoding)
    at = raw.find(doubt)
    row = raw.count(b"\n", 0, at) + 1
    word = doubt.decode(encoding, errors="replace")
    line = re.split(rb"[\r\n]", raw[raw.rfind(b"\n", 0, at) + 1 :][: 4 * _SHOWN], maxsplit=1)[0]
    if at - raw.rfind(b"\n", 0, at) > 3 * _SHOWN:
        line = doubt  # in a late column
    readings = tuple(
        (other, line.decode(other, errors="replace")[:_SHOWN])
        for other in _candidates(words, encoding)
    )
    return Note.of("encoding_doubt", encoding=encoding, word=word, row=row, readings=readings)


def known_reading(table: pa.Table, notes: Sequence[Note], known: Mapping[str, str]) -> str:
    """Return the encoding that was chosen for an earlier file with such a header; "" if none was.

    `known` is by the shape of the header. What is beyond doubt in this file stays as it is read.
    """
    doubts = [dict(note.params) for note in notes if note.code == "encoding_doubt"]
    if not (known and doubts):
        return ""
    own, readings = str(doubts[0]["encoding"]), dict(doubts[0]["readings"])  # type: ignore[call-overload]
    head = rows_of(table.slice(0, SHOWN))
    for name in (name for name in readings if name in known.values()):
        if any(known.get(row_shape(_otherwise(row, own, name))) == name for row in head):
            return str(name)
    return ""


def _otherwise(row: Row, own: str, other: str) -> list[str | None]:
    """Return cells that were read in one encoding as they read in another."""
    return [
        cell and cell.encode(own, errors="replace").decode(other, errors="replace") for cell in row
    ]


def _doubt(words: Sequence[bytes], encoding: str) -> bytes:
    """Return a word that leaves a doubt; b"" if there is none."""
    if not words:
        return b""
    if scripts.is_known(encoding):
        return words[0] if scripts.likely(words, but=encoding) else b""
    if not single_byte.is_known(encoding):
        return b""
    read = single_byte.best(words)
    return read.doubt if read.encoding == encoding else words[0]


def _candidates(words: Sequence[bytes], encoding: str) -> list[str]:
    """Return the encoding itself and the others that make letters of all words, each once."""
    ranked = [encoding, *scripts.likely(words), *single_byte.ranked(words)]
    seen: dict[tuple[str, ...], str] = {}
    for name in ranked:
        seen.setdefault(tuple(word.decode(name, errors="replace") for word in words), name)
    return list(seen.values())[:_MOST]
