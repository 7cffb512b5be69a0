"""A column of texts to a typed column: each distinct text is read once.

    >>> typed(pa.array(["1,200.5", "n/a", "x"]), column, ".").why.to_pylist()   # doctest: +SKIP
    [None, None, 'unreadable_number']

Plain numbers and ISO dates are read by Arrow, all else by `data.values.dates`. What
cannot be read is null in `values` and has a code in `why`; a blank has neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc

from data.values.dates import PIVOT, DateOrder, parse_date, parse_moment
from data.values.numbers import (
    DecimalMark,
    has_percent,
    has_unit,
    header_unit,
    is_blank,
    parse_number,
)
from domain.tables import Column, Kind

DECIMAL_18_4 = pa.decimal128(18, 4)
ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "choice": pa.string(),
    "date": pa.date32(),
    "moment": pa.timestamp("us"),
    "money": DECIMAL_18_4,
    "number": DECIMAL_18_4,
    "share": DECIMAL_18_4,
}

_TICK = Decimal("0.0001")
_WHOLE_DIGITS = 14
_PLAIN = r"^-?\d{1,14}(?:\.\d{1,18})?$"
_PLAIN_WHOLE = r"^-?\d{1,14}$"
_GROUPED = r"^[¥￥$€£]? ?[1-9]\d{0,2}(?:,\d{3})*(?:\.\d+)?$"
_GROUPED_COMMA = r"^[¥￥$€£]? ?[1-9]\d{0,2}(?:\.\d{3})+$"
_ISO = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
# Not 2026.1, of which nobody knows whether it was 2026.10.
MONTH = r"(?P<y>(?:19|20)\d{2})(?:[-/]|\s*年\s*)(?P<m>1[0-2]|0?[1-9])月?份?"
_PERCENT_WORDS = ("%", "％", "‰", "percent", "pct", "百分")

Read = tuple[pa.Array, pa.Array]
# A trimmed column: one text a row, or, where values repeat, codes and the texts they stand for.
Texts: TypeAlias = pa.Array


@dataclass(frozen=True)
class Typed:
    """One column: its values, and why a text could not be read (null where it could).

    `why` is None where every text could be read.
    """

    values: pa.Array
    why: pa.Array | None


def trimmed(column: pa.ChunkedArray | pa.Array) -> Texts:
    """Texts with spaces of every width cut off at both ends; nothing left is null.

    Texts that came as a dictionary, in which each stands once, stay one, of the texts
    that are used.
    """
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    if not pa.types.is_dictionary(whole.type):
        return _trimmed(whole.cast(pa.string()))
    written, codes = whole.dictionary, whole.indices
    # Where each code stands last: seen much sooner than which codes there are.
    standing = pc.inverse_permutation(codes.drop_null(), max_index=len(written) - 1)
    if standing.null_count:
        used = pc.unique(codes.drop_null())
        written, codes = written.take(used), pc.index_in(codes, value_set=used)
    texts = _trimmed(written)
    if texts.equals(written):
        return pa.DictionaryArray.from_arrays(codes, texts)
    if texts.null_count:
        left = pc.if_else(pc.is_valid(texts), _places(texts), pa.scalar(None, pa.int32()))
        codes = left.take(codes)
    coded = pa.DictionaryArray.from_arrays(codes, texts)
    # Two texts that differed in their spaces alone are one now.
    return coded if len(pc.unique(texts)) == len(texts) else plain(coded).dictionary_encode()


def distinct(texts: Texts) -> pa.Array:
    """The different texts of a trimmed column, blanks aside."""
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary
    return pc.unique(texts).drop_null()


def as_coded(texts: Texts) -> pa.DictionaryArray:
    """A trimmed column as codes and the texts they stand for."""
    return texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode()


def plain(texts: Texts) -> pa.StringArray:
    """A trimmed column as one text a row."""
    return texts.dictionary_decode() if pa.types.is_dictionary(texts.type) else texts


def as_decimals(texts: pa.StringArray) -> pa.Array | None:
    """Texts that are all plain numbers with a point, at most four places; else None.

    A test holds this against `data.values.dates.parse_number`.
    """
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
    """`texts` (trimmed) as `column` holds them.

    `answer` is the date order or the decimal mark. `header` may carry a unit
    (万元) or a percent sign. `words` are normalised words and their choices.
    `pivot` is the first two-digit year that is 19.., `unit` what money is
    multiplied by where the header names none.
    """
    if column.kind == "text":
        return Typed(texts, None)
    is_coded = pa.types.is_dictionary(texts.type)
    number = column.kind in ("money", "number") and answer != ","
    plain_ones = number and not is_coded and _unit(column, header, unit) == 1
    if plain_ones and (quick := as_decimals(texts)) is not None:
        return Typed(quick, None)
    coded = as_coded(texts)
    if column.kind in ("money", "number"):
        mark = cast(DecimalMark, answer or ".")
        values, why = _numbers(coded.dictionary, mark, _unit(column, header, unit))
    else:
        values, why = _read(coded.dictionary, column, answer, header, words or {}, pivot)
    return Typed(
        values.take(coded.indices), why.take(coded.indices) if len(why.drop_null()) else None
    )


def _unit(column: Column, header: str, told: Decimal) -> Decimal:
    """What the header says goes before what was asked."""
    if column.kind != "money":
        return Decimal(1)
    return told if (own := header_unit(header)) == 1 else own


def _trimmed(texts: pa.StringArray) -> pa.StringArray:
    cut = pc.utf8_trim_whitespace(texts)
    blank = pc.equal(cut, "")
    return pc.if_else(blank, pa.scalar(None, pa.string()), cut) if pc.any(blank).as_py() else cut


def _places(texts: pa.Array) -> pa.Array:
    return pa.array(range(len(texts)), pa.int32())


def normal(word: str) -> str:
    """A word as the tables of words hold it."""
    return unicodedata.normalize("NFKC", word).strip().casefold()


def _read(
    distinct: pa.Array,
    column: Column,
    answer: str,
    header: str,
    words: Mapping[str, str],
    pivot: int,
) -> Read:
    match column.kind:
        case "date":
            return _dates(distinct, cast(DateOrder, answer or "ymd"), pivot)
        case "moment":
            order = cast(DateOrder, answer or "ymd")
            return _each(
                distinct,
                lambda text: parse_moment(text, order, pivot),
                "unreadable_date",
                column.kind,
            )
        case "choice":
            known = {normal(choice): choice for choice in column.choices} | dict(words)
            return _each(
                distinct, lambda text: known.get(normal(text)), "unknown_word", column.kind
            )
        case _:
            return _shares(distinct, cast(DecimalMark, answer or "."), header)


def _each(distinct: pa.Array, read: Callable[[str], object], why: str, kind: Kind) -> Read:
    values: list[object] = []
    reasons: list[str | None] = []
    for text in distinct.to_pylist():
        blank = is_blank(text)
        value = None if blank else read(text)
        values.append(value)
        reasons.append(why if value is None and not blank else None)
    return pa.array(values, ARROW_TYPES[kind]), pa.array(reasons, pa.string())


def _dates(distinct: pa.Array, order: DateOrder, pivot: int) -> Read:
    fast = _iso_dates(distinct)
    if fast is not None:
        return fast, pa.nulls(len(distinct), pa.string())
    return _each(
        distinct,
        lambda text: parse_date(text, order, pivot) or first_of_month(text),
        "unreadable_date",
        "date",
    )


def first_of_month(text: str) -> date | None:
    """The first day of a month that stands for itself: 2026-01, 2026年1月."""
    found = re.fullmatch(MONTH, text.strip())
    return date(int(found["y"]), int(found["m"]), 1) if found else None


def _iso_dates(distinct: pa.Array) -> pa.Array | None:
    """All of them at once, or None where one is not an ISO date of our days."""
    if not len(distinct) or not pc.all(pc.match_substring_regex(distinct, _ISO)).as_py():
        return None
    try:
        dates = pc.utf8_slice_codeunits(distinct, 0, 10).cast(pa.date32())
    except pa.ArrowInvalid:
        return None
    years = pc.min_max(pc.year(dates)).as_py()
    return dates if years["min"] >= 1900 and years["max"] <= 2199 else None


def _numbers(distinct: pa.Array, mark: DecimalMark, unit: Decimal) -> Read:
    if unit == 1:
        distinct = _ungrouped(distinct, mark)
    plain = pc.match_substring_regex(distinct, _PLAIN if mark == "." else _PLAIN_WHOLE)
    if unit != 1:
        plain = pa.array([False] * len(distinct), pa.bool_())
    quick = pc.if_else(plain, distinct, pa.scalar(None, pa.string())).cast(pa.decimal128(38, 18))
    quick = pc.round(quick, ndigits=4, round_mode="half_to_even").cast(DECIMAL_18_4)
    values: list[Decimal | None] = []
    reasons: list[str | None] = []
    odd = pc.indices_nonzero(pc.invert(plain))
    for text in distinct.take(odd).to_pylist():
        value, why = _number(text, mark, unit)
        values.append(value)
        reasons.append(why)
    no_reason = pa.nulls(len(distinct), pa.string())
    return (
        pc.replace_with_mask(quick, pc.invert(plain), pa.array(values, DECIMAL_18_4)),
        pc.replace_with_mask(no_reason, pc.invert(plain), pa.array(reasons, pa.string())),
    )


def _ungrouped(distinct: pa.Array, mark: DecimalMark) -> pa.Array:
    """Numbers grouped by thousands, with or without a currency sign, as plain ones."""
    group, pattern = (",", _GROUPED) if mark == "." else (".", _GROUPED_COMMA)
    regular = pc.match_substring_regex(distinct, pattern)
    if not pc.any(regular).as_py():
        return distinct
    bare = pc.replace_substring(pc.utf8_ltrim(distinct, "¥￥$€£ "), group, "")
    if mark == ",":
        # A whole number stays "." -less; one with a fraction is left to the parser.
        regular = pc.and_(regular, pc.match_substring_regex(bare, _PLAIN_WHOLE))
    return pc.if_else(regular, bare, distinct)


def _number(text: str, mark: DecimalMark, unit: Decimal) -> tuple[Decimal | None, str | None]:
    if is_blank(text):
        return None, None
    value = parse_number(text, mark)
    if value is None:
        return None, "unreadable_number"
    return _fitted(value if unit == 1 or has_unit(text) else value * unit)


def _fitted(value: Decimal) -> tuple[Decimal | None, str | None]:
    if value and value.adjusted() >= _WHOLE_DIGITS:
        return None, "number_too_large"
    fitted = value.quantize(_TICK, ROUND_HALF_EVEN)
    # 99999999999999.99996 rounds up to one digit too many.
    return (None, "number_too_large") if fitted.adjusted() >= _WHOLE_DIGITS else (fitted, None)


def _shares(distinct: pa.Array, mark: DecimalMark, header: str) -> Read:
    texts = distinct.to_pylist()
    numbers = [None if is_blank(text) else parse_number(text, mark) for text in texts]
    bare = [
        abs(number)
        for text, number in zip(texts, numbers, strict=True)
        if number is not None and not has_percent(text)
    ]
    told = any(word in header.casefold() for word in _PERCENT_WORDS)
    hundredths = told or (bool(bare) and max(bare) > 1)
    values: list[Decimal | None] = []
    reasons: list[str | None] = []
    for text, number in zip(texts, numbers, strict=True):
        if number is None:
            values.append(None)
            reasons.append(None if is_blank(text) else "unreadable_number")
            continue
        whole = hundredths and not has_percent(text)
        value, why = _fitted(number / 100 if whole else number)
        values.append(value)
        reasons.append(why)
    return pa.array(values, DECIMAL_18_4), pa.array(reasons, pa.string())
