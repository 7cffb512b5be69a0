"""Settle the decimal mark of texts among a workbook's numbers: 35.835 beside "11,157".

A number of a workbook has its point from the file format, whatever the program shows. A text
in the same column was typed or pasted, and its comma may stand before decimals or between
thousands. The numbers beside it are the evidence: how many decimals they have, and their size.
Where the evidence is of two minds, the numbers are written so that either mark reads them
alike, 35835E-3, and the texts alone leave the question of the mark open.

A text file does not tell numbers from texts; there, texts with a comma are only asked about.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from statistics import median
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.partial_days import Numbers
from data.layout.sheet import Note
from data.values.numbers import (
    DECIMAL_MARKS,
    DecimalMark,
    decimal_doubt,
    decimal_marks,
    folded,
    header_unit,
    is_blank,
    parse_number,
)

Evidence = Literal[".", ",", "open", ""]

_NUMBER = r"^-?\d+(?:\.\d+)?$"
_FRACTION = r"^-?\d+\.\d+$"
_THREE = r"^-?\d{1,3}\.\d{3}$"
_COMMA = r"\d,\d"
_DIGITS = re.compile(r"\d[\d.,' ]*")
_HEAD = 1000
# Orders of magnitude by which a text file's amounts must differ to be asked about.
_FAR = 1.5


def settled(
    rows: pa.Table, header: Sequence[str], places: Sequence[int], numbers: Numbers | None
) -> tuple[pa.Table, list[Note]]:
    """Return the rows with texts among numbers written with a point, and notes on them.

    `places` are the columns' positions in the sheet; `numbers` is None for a text file.
    """
    notes = []
    for at, place in enumerate(places):
        column = rows.column(at)
        if not _is_mixed(column, numbers is not None):
            continue
        texts = column.cast(pa.string()).combine_chunks()
        plain = pc.fill_null(pc.match_substring_regex(texts, _NUMBER), False)
        if numbers is not None:
            sheet_rows = pc.subtract(rows["row"].combine_chunks(), 1)
            plain = pc.and_(plain, numbers(place).take(sheet_rows))
        written = _parts(texts, pc.invert(plain))
        figures = _parts(texts, plain)
        evidence = _evidence(written, figures)
        if numbers is None and evidence:
            grouped = _grouped(figures) and header_unit(header[at]) == 1
            doubted = evidence == "," and not grouped and _far_apart(written, figures)
            evidence = "open" if doubted else ""
        if not evidence:
            continue
        rewritten = [_number(text, evidence) for text in texts.filter(plain).to_pylist()]
        done = pc.replace_with_mask(texts, plain, pa.array(rewritten, pa.string()))
        if evidence == ",":
            others = [_pointed(text) for text in texts.filter(pc.invert(plain)).to_pylist()]
            done = pc.replace_with_mask(done, pc.invert(plain), pa.array(others, pa.string()))
        rows = rows.set_column(at, rows.column_names[at], done)
        if evidence != "open" and (telling := [text for text in written if _either(text)]):
            notes.append(_note(header[at], telling, evidence))
    return rows, notes


def _is_mixed(column: pa.ChunkedArray, workbook: bool) -> bool:
    """Return whether a column may have texts whose mark is not that of its numbers."""
    if not workbook and not _any(column.slice(0, _HEAD), _THREE):
        return False
    return (_any(column, _COMMA) and _any(column, _FRACTION)) or (workbook and _any(column, _THREE))


def _any(column: pa.ChunkedArray, pattern: str) -> bool:
    return any(
        pc.any(
            pc.match_substring_regex(
                chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk, pattern
            )
        ).as_py()
        for chunk in column.chunks
    )


def _parts(texts: pa.Array, those: pa.Array) -> list[str]:
    distinct: list[str] = pc.unique(texts.filter(those).drop_null()).to_pylist()
    return distinct


def _evidence(written: Sequence[str], figures: Sequence[str]) -> Evidence:
    """Return the decimal mark of the texts, "open" for a question, "" where nothing is mixed."""
    decimals = [len(figure.partition(".")[2]) for figure in figures if "." in figure]
    if not decimals:
        return ""
    filled = [text for text in written if not is_blank(text)]
    numbers = [text for text in filled if _is_number(text)]
    if len(numbers) * 2 < len(filled):
        return ""  # a column of words
    marks = decimal_marks(numbers)
    if marks == {","}:
        cents = max(decimals) == 2 or not decimal_doubt(numbers)
        return "," if cents else "open"
    telling = [text for text in numbers if _either(text)]
    if marks == {"."} or not telling:
        return "."
    return (_by_figures(telling, figures, max(decimals)) or "open") if marks else "open"


def _by_figures(
    telling: Sequence[str], figures: Sequence[str], decimals: int
) -> DecimalMark | None:
    """Return the mark of texts such as 11,157 by the decimals and the size of the numbers."""
    fraction: DecimalMark = "," if "," in telling[0] else "."
    group: DecimalMark = "." if fraction == "," else ","
    nearer = min(DECIMAL_MARKS, key=lambda mark: _distance(telling, figures, mark))
    if decimals == 3 and nearer == fraction:
        return fraction
    return group if decimals < 3 and nearer == group else None


def _distance(telling: Sequence[str], figures: Sequence[str], mark: DecimalMark) -> float:
    """Return the orders of magnitude between texts under a mark and the numbers beside them."""
    texts = [abs(number) for text in telling if (number := parse_number(text, mark))]
    sizes = [abs(float(figure)) for figure in figures if float(figure)]
    if not texts or not sizes:
        return math.inf
    return abs(math.log10(float(median(texts)) / median(sizes)))


def _grouped(figures: Sequence[str]) -> bool:
    """Return whether the points of a text file's numbers may all be those of thousands."""
    return all(parse_number(figure, ",") is not None for figure in figures)


def _far_apart(written: Sequence[str], figures: Sequence[str]) -> bool:
    telling = [text for text in written if _either(text)]
    return _distance(telling, figures, ".") - _distance(telling, figures, ",") >= _FAR


def _is_number(text: str) -> bool:
    return any(parse_number(text, mark) is not None for mark in DECIMAL_MARKS)


def _either(text: str) -> bool:
    return parse_number(text, ".") != parse_number(text, ",")


def _number(text: str, evidence: Evidence) -> str:
    """Write a number so that its point is no group's, or so that either mark reads it alike."""
    whole, _, fraction = text.partition(".")
    if not fraction:
        return text
    if evidence == "open":
        return f"{whole.lstrip('0') or '0'}{fraction}E-{len(fraction)}"
    return _longer(text)


def _pointed(text: str | None) -> str | None:
    """Write the decimal comma of a text as a point."""
    if text is None or parse_number(text, ",") is None:
        return text
    return _DIGITS.sub(
        lambda digits: _longer(re.sub(r"[.' ]", "", digits[0]).replace(",", ".")), folded(text), 1
    )


def _longer(number: str) -> str:
    """Return a number with a fourth decimal in place of three, which are those of a thousand."""
    return f"{number}0" if len(number.partition(".")[2]) == 3 else number


def _note(header: str, telling: Sequence[str], mark: DecimalMark) -> Note:
    number = parse_number(telling[0], mark) or Decimal(0)
    return Note.of(
        "texts_among_numbers",
        column=header,
        count=len(telling),
        text=telling[0],
        number=f"{number:f}",
    )
