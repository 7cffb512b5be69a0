"""Text columns to typed columns, by parsing each distinct text once.

    >>> typed(pa.array(["1,200.5", "n/a", "x"]), column, ".").why.to_pylist()
    [None, None, 'unreadable_number']

Arrow parses plain numbers and ISO dates, `data.values.numbers` and `data.values.dates`
the rest. An unreadable text is null in `values` and has a code in `why`; a blank has
neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc

from data.values.dates import PIVOT, DateOrder, parse_date, parse_moment
from data.values.hanzi import simplified
from data.values.number_columns import (
    DECIMAL_18_4,
    ValuesAndReasons,
    number_column,
    share_column,
)
from data.values.numbers import (
    DecimalMark,
    header_unit,
    is_blank,
)
from domain.inert import restored
from domain.tables import Column, Kind

ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "choice": pa.string(),
    "date": pa.date32(),
    "moment": pa.timestamp("us"),
    "money": DECIMAL_18_4,
    "number": DECIMAL_18_4,
    "share": DECIMAL_18_4,
}

_ISO = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
# Not 2026.1, which may have been 2026.10.
MONTH = r"(?P<y>(?:19|20)\d{2})(?:[-/]|\s*年\s*)(?P<m>1[0-2]|0?[1-9])月?份?"

# "-99999999999999.9999"
_LONGEST_AMOUNT = 20

# A trimmed column: one text a row or, where values repeat, a dictionary.
Texts: TypeAlias = pa.Array


@dataclass(frozen=True)
class Typed:
    """A parsed column: its values, and why a text could not be read (null where it could).

    `why` is None where every text could be read.
    """

    values: pa.Array
    why: pa.Array | None


def trimmed(column: pa.ChunkedArray | pa.Array) -> Texts:
    """Strip spaces of every width from both ends of each text; what is left empty is null.

    The apostrophe goes by which an export keeps spreadsheets from running a text as a formula.

    A dictionary stays a dictionary, reduced to the texts in use, each once.
    """
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    if not pa.types.is_dictionary(whole.type):
        return _trimmed(whole.cast(pa.string()))
    written, codes = whole.dictionary, whole.indices
    # The last position of each code, which is much faster to find than the distinct codes.
    last = pc.inverse_permutation(codes.drop_null(), max_index=len(written) - 1)
    if last.null_count:
        used = pc.unique(codes.drop_null())
        written, codes = written.take(used), pc.index_in(codes, value_set=used)
    texts = _trimmed(written)
    if texts.equals(written):
        return pa.DictionaryArray.from_arrays(codes, texts)
    if texts.null_count:
        places = pa.array(range(len(texts)), pa.int32())
        left = pc.if_else(pc.is_valid(texts), places, pa.scalar(None, pa.int32()))
        codes = left.take(codes)
    coded = pa.DictionaryArray.from_arrays(codes, texts)
    # Texts that differed only in their spaces are equal now.
    return coded if len(pc.unique(texts)) == len(texts) else plain(coded).dictionary_encode()


def distinct(texts: Texts) -> pa.Array:
    """Return the distinct texts of a trimmed column, without null."""
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary
    return pc.unique(texts).drop_null()


def spread(texts: pa.Array, most: int) -> tuple[str, ...]:
    """Return about `most` texts from all over a column, without blanks."""
    step = max(1, len(texts) // most)
    return tuple(text for text in texts[::step].to_pylist() if text)


def as_coded(texts: Texts) -> pa.DictionaryArray:
    """Return a trimmed column as a dictionary array."""
    return texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()


def renamed(texts: Texts, names: Mapping[str, str]) -> Texts:
    """Return a column with some texts replaced by others, as a dictionary array."""
    coded = as_coded(texts)
    words = [names.get(text, text) for text in coded.dictionary.to_pylist()]
    return plain(
        pa.DictionaryArray.from_arrays(coded.indices, pa.array(words, pa.string()))
    ).dictionary_encode()


def plain(texts: Texts) -> pa.StringArray:
    """Return a trimmed column as one text a row."""
    return texts.dictionary_decode() if pa.types.is_dictionary(texts.type) else texts


def as_decimals(texts: pa.StringArray) -> pa.Array | None:
    """Parse texts that are all plain numbers with at most four places; None for any other.

    A test compares it with `data.values.numbers.parse_number`. Of hundreds of digits Arrow keeps
    only the last bits, without an error: longer texts than the longest amount are left to others.
    """
    if (pc.max(pc.binary_length(texts)).as_py() or 0) > _LONGEST_AMOUNT:
        return None
    try:
        return texts.cast(DECIMAL_18_4)
    except pa.ArrowInvalid:
        return None


def typed(
    texts: Texts,
    column: Column,
    answer: str = "",
    header: str = "",
    words: Mapping[str, str] | None = None,
    pivot: int = PIVOT,
    unit: Decimal = Decimal(1),
) -> Typed:
    """Parse trimmed texts into the type of `column`.

    `answer` is the date order or the decimal mark. `header` may carry a unit (万元) or a
    percent sign. `words` maps normalised words to choices. `pivot` is the first two-digit
    year read as 19... `unit` multiplies money where the header names no unit.
    """
    if column.kind == "text":
        return Typed(texts, None)
    is_coded = pa.types.is_dictionary(texts.type)
    number = column.kind in ("money", "number") and answer != ","
    unit = _unit(column, header, unit)
    if number and not is_coded and unit == 1 and (quick := as_decimals(texts)) is not None:
        return Typed(quick, None)
    coded = as_coded(texts)
    if column.kind in ("money", "number"):
        mark = cast(DecimalMark, answer or ".")
        values, why = number_column(coded.dictionary, mark, unit)
    else:
        values, why = _read(coded.dictionary, column, answer, header, words or {}, pivot)
    return Typed(
        values.take(coded.indices), why.take(coded.indices) if len(why.drop_null()) else None
    )


def _unit(column: Column, header: str, answer: Decimal) -> Decimal:
    """Return the multiplier of a money column; the header's unit overrides the answer."""
    if column.kind != "money":
        return Decimal(1)
    return answer if (own := header_unit(header)) == 1 else own


def _trimmed(texts: pa.StringArray) -> pa.StringArray:
    cut = pc.utf8_trim_whitespace(texts)
    marked = pc.match_substring(cut, "'")
    if pc.any(marked).as_py():
        texts = [restored(text) for text in cut.filter(marked).to_pylist()]
        restoring = pc.utf8_trim_whitespace(pa.array(texts, pa.string()))
        cut = pc.replace_with_mask(cut, pc.fill_null(marked, False), restoring)
    blank = pc.equal(cut, "")
    return pc.if_else(blank, pa.scalar(None, pa.string()), cut) if pc.any(blank).as_py() else cut


def normal(word: str) -> str:
    """Return a word as it is looked up: half and lower case, simplified, without outer spaces."""
    return simplified(unicodedata.normalize("NFKC", word)).strip().casefold()


def _read(
    distinct: pa.Array,
    column: Column,
    answer: str,
    header: str,
    words: Mapping[str, str],
    pivot: int,
) -> ValuesAndReasons:
    if column.kind == "share":
        return share_column(distinct, cast(DecimalMark, answer or "."), header)
    if column.kind == "choice":
        known = {normal(choice): choice for choice in column.choices} | dict(words)
        return _each(distinct, lambda text: known.get(normal(text)), "unknown_word", "choice")
    order = cast(DateOrder, answer or "ymd")
    if column.kind == "moment":
        return _each(
            distinct, lambda text: parse_moment(text, order, pivot), "unreadable_date", "moment"
        )
    if (dates := _iso_dates(distinct)) is not None:
        return dates, pa.nulls(len(distinct), pa.string())
    return _each(
        distinct,
        lambda text: parse_date(text, order, pivot) or first_of_month(text),
        "unreadable_date",
        "date",
    )


def _each(
    distinct: pa.Array, read: Callable[[str], object], why: str, kind: Kind
) -> ValuesAndReasons:
    """Parse text by text; `why` is the reason where `read` returns None."""
    values: list[object] = []
    reasons: list[str | None] = []
    for text in distinct.to_pylist():
        blank = is_blank(text)
        value = None if blank else read(text)
        values.append(value)
        reasons.append(why if value is None and not blank else None)
    return pa.array(values, ARROW_TYPES[kind]), pa.array(reasons, pa.string())


def first_of_month(text: str) -> date | None:
    """Parse a month, such as 2026-01 or 2026年1月, into its first day."""
    match = re.fullmatch(MONTH, text.strip())
    return date(int(match["y"]), int(match["m"]), 1) if match else None


def _iso_dates(distinct: pa.Array) -> pa.Array | None:
    """Parse all texts at once; None where one is no ISO date from 1900 to 2199."""
    if not len(distinct) or not pc.all(pc.match_substring_regex(distinct, _ISO)).as_py():
        return None
    try:
        dates = pc.utf8_slice_codeunits(distinct, 0, 10).cast(pa.date32())
    except pa.ArrowInvalid:
        return None
    years = pc.min_max(pc.year(dates)).as_py()
    return dates if years["min"] >= 1900 and years["max"] <= 2199 else None
