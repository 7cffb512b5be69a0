"""Number columns: the distinct texts of a column to decimals with four places.

>>> number_column(pa.array(["1,200.5", "n/a", "x"]), ".", Decimal(1))[1].to_pylist()
[None, None, 'unreadable_number']
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.values.numbers import DecimalMark, has_percent, has_unit, is_blank, parse_number

DECIMAL_18_4 = pa.decimal128(18, 4)
# The values of a column, and why a text could not be read (null where it could).
ValuesAndReasons = tuple[pa.Array, pa.Array]

_TICK = Decimal("0.0001")
_WHOLE_DIGITS = 14
_PLAIN = r"^-?\d{1,14}(?:\.\d{1,18})?$"
_PLAIN_WHOLE = r"^-?\d{1,14}$"
_GROUPED = r"^[¥￥$€£]? ?[1-9]\d{0,2}(?:,\d{3})*(?:\.\d+)?$"
_GROUPED_COMMA = r"^[¥￥$€£]? ?[1-9]\d{0,2}(?:\.\d{3})+$"
_PERCENT_WORDS = ("%", "％", "‰", "percent", "pct", "百分")


def number_column(distinct: pa.Array, mark: DecimalMark, unit: Decimal) -> ValuesAndReasons:
    """Parse numbers and multiply by `unit` those that carry no unit of their own.

    Arrow parses plain and grouped numbers at once, `parse_number` the others.
    """
    if unit == 1:
        distinct = _ungrouped(distinct, mark)
        is_plain = pc.match_substring_regex(distinct, _PLAIN if mark == "." else _PLAIN_WHOLE)
    else:
        is_plain = pa.array([False] * len(distinct), pa.bool_())
    quick = pc.if_else(is_plain, distinct, pa.scalar(None, pa.string()))
    quick = pc.round(quick.cast(pa.decimal128(38, 18)), ndigits=4, round_mode="half_to_even")
    odd = pc.invert(is_plain)
    values, reasons = _arrays(
        [_number(text, mark, unit) for text in distinct.filter(odd).to_pylist()]
    )
    no_reason = pa.nulls(len(distinct), pa.string())
    return (
        pc.replace_with_mask(quick.cast(DECIMAL_18_4), odd, values),
        pc.replace_with_mask(no_reason, odd, reasons),
    )


def share_column(distinct: pa.Array, mark: DecimalMark, header: str) -> ValuesAndReasons:
    """Parse shares of one: 0.6, 60 %, or 60 where the column counts in hundredths.

    It does where the header says so, or where any number without a sign is above 1.
    """
    texts = distinct.to_pylist()
    numbers = [None if is_blank(text) else parse_number(text, mark) for text in texts]
    pairs = list(zip(texts, numbers, strict=True))
    bare = [abs(number) for text, number in pairs if number is not None and not has_percent(text)]
    hundredths = says_percent(header) or max(bare, default=0) > 1
    fitted: list[tuple[Decimal | None, str | None]] = []
    for text, number in pairs:
        if number is None:
            fitted.append((None, None if is_blank(text) else "unreadable_number"))
        else:
            whole = hundredths and not has_percent(text)
            fitted.append(_fitted(number / 100 if whole else number))
    return _arrays(fitted)


def says_percent(header: str) -> bool:
    """Return whether a header says that its numbers are hundredths."""
    return any(word in header.casefold() for word in _PERCENT_WORDS)


def _arrays(pairs: list[tuple[Decimal | None, str | None]]) -> ValuesAndReasons:
    values, reasons = zip(*pairs, strict=True) if pairs else ((), ())
    return pa.array(values, DECIMAL_18_4), pa.array(reasons, pa.string())


def _ungrouped(distinct: pa.Array, mark: DecimalMark) -> pa.Array:
    """Remove the currency sign and the thousands separators of regularly grouped numbers."""
    group, pattern = (",", _GROUPED) if mark == "." else (".", _GROUPED_COMMA)
    regular = pc.match_substring_regex(distinct, pattern)
    if not pc.any(regular).as_py():
        return distinct
    bare = pc.replace_substring(pc.utf8_ltrim(distinct, "¥￥$€£ "), group, "")
    if mark == ",":
        # Whole numbers only; one with a fraction is left to the parser.
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
