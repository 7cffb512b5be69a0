"""Reduce a column of a million texts to those that can decide how it is read.

>>> telling_dates(pa.array(["2026-03-01", "03/04/2026 10:30", "03/04/2026 11:00"]))
['03/04/2026']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from data.values import currencies
from data.values.columns import MONTH, Texts, as_decimals

WHOLE = r"^-?\d+$"
# Not three digits after the point: those may be a group of thousands.
POINT = r"^-?\d+\.(\d{1,2}|\d{4,})$"
# What a workbook shows before a number is in the format of its cell.
_SIGN = re.compile(r"^(?:[A-Z]{2,3} ?|[^\w\s.,+-] ?)(?=-?\d)")
_ISO_DAY = r"^\d{4}-\d{2}-\d{2}"
_TIME_OF_DAY = r"[T ]+\d{1,2}:\d{2}.*$"
# Passes that turn "9000" into "9999", each one more zero behind a nine.
_DIGITS = 18
_HEAD = 1000
_SAMPLES = 3
_TO_NINE = bytes.maketrans(b"12345678", b"99999999")


def first_month(texts: pa.Array) -> str:
    """Return the first text that is a month without a day; "" if there is none."""
    months = texts.filter(pc.match_substring_regex(texts, f"^{MONTH}$"))
    return str(months[0]) if len(months) else ""


def by_program(text: str) -> bool:
    """Return whether a program may have written a number: with a point before its decimals."""
    return bool(re.match(POINT, _SIGN.sub("", text)))


def telling_dates(distinct: pa.Array) -> list[str]:
    """Return the distinct days that are not ISO; the time of day decides nothing."""
    rest = distinct.filter(pc.invert(pc.match_substring_regex(distinct, _ISO_DAY)))
    days = pc.replace_substring_regex(rest, _TIME_OF_DAY, "")
    return cast("list[str]", pc.unique(days).to_pylist())


def plainly_pointed(texts: Texts) -> bool:
    """Return whether all texts are plain digits and points, and one tells what the point means."""
    if pa.types.is_dictionary(texts.type):
        return False
    pointed = pc.match_substring_regex(texts.slice(0, _HEAD), POINT)
    return bool(pc.any(pointed).as_py()) and as_decimals(texts) is not None


def telling_numbers(distinct: pa.Array) -> tuple[list[str], list[str]]:
    """Return one number of each shape, and more numbers.

    Digits count as alike, except a group's leading zero. The second list has up to a few
    hundred, for their signs.
    """
    rest = distinct.filter(pc.invert(pc.match_substring_regex(distinct, WHOLE)))
    # "12.5" and "1234.56" both show that the point comes before the cents: one is enough.
    plain = pc.match_substring_regex(rest, POINT)
    example = rest.filter(plain).slice(0, 1)
    rest = pa.concat_arrays([example, rest.filter(pc.invert(plain))])
    some = _one_each(_nines(rest), rest)
    shapes = _nines(some)
    for _ in range(_DIGITS):
        shapes = pc.replace_substring(shapes, "90", "99")
        if not pc.any(pc.match_substring(shapes, "90")).as_py():
            break
    return _one_each(shapes, some).to_pylist(), some.to_pylist()


def signs(texts: list[str], sized: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return currency signs among texts of every shape; amounts without one are usually whole."""
    marks = currencies.marks(pa.array(list(dict.fromkeys([*texts, *sized])), pa.string()))
    return unsigned([text for text in sized if re.match(WHOLE, text)]) | marks


def unsigned(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return examples of amounts without a sign, under the sign ""."""
    return {"": tuple(texts[:_SAMPLES])} if texts else {}


def _nines(texts: pa.Array) -> pa.Array:
    """Replace each digit except 0 by 9, in the bytes themselves: a regex takes 30 times as long."""
    offset, length = texts.offset, len(texts)
    valid, ends, data = texts.buffers()
    nines = data.to_pybytes().translate(_TO_NINE) if data is not None else b""
    return pa.StringArray.from_buffers(length, ends, pa.py_buffer(nines), valid, -1, offset)


def _one_each(shapes: pa.Array, texts: pa.Array) -> pa.Array:
    """Return the first text of each shape."""
    groups = pa.table([shapes, texts], names=["shape", "text"]).group_by("shape", use_threads=False)
    return groups.aggregate([("text", "first")])["text_first"].combine_chunks()
