"""What a column of dates or numbers leaves open, as a question with examples.

    >>> asked = question("order_date", "Date", "date", pa.array(["03/04/2026"]), 2026)
    >>> asked.options, asked.samples[0]
    (('dmy', 'mdy'), ('03/04/2026', ('2026-04-03', '2026-03-04')))

A column of a million different amounts is first reduced to the texts that can
decide anything: plain whole numbers and ISO dates cannot, and of all texts of
one shape a single one is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import pyarrow as pa
import pyarrow.compute as pc

from data.parse import (
    DATE_ORDERS,
    DECIMAL_MARKS,
    DateOrder,
    DecimalMark,
    date_orders,
    decimal_doubt,
    decimal_marks,
    parse_moment,
    parse_number,
)
from data.typed import Texts, as_decimals, distinct
from domain.tables import Kind

QuestionKind = Literal["date_order", "decimal_mark"]

_SAMPLES = 3
_ISO_DAY = r"^\d{4}-\d{2}-\d{2}"
_WHOLE = r"^-?\d+$"
# Not three digits after the point: those may be a group of thousands.
_POINT = r"^-?\d+\.(\d{1,2}|\d{4,})$"
_TIME_OF_DAY = r"[T ]+\d{1,2}:\d{2}.*$"
# Passes that turn "9000" into "9999", each one more zero behind a nine.
_DIGITS = 18
_HEAD = 1000


@dataclass(frozen=True)
class Question:
    """What a column leaves open. `samples` are values with their reading under each option."""

    column: str
    header: str
    kind: QuestionKind
    options: tuple[str, ...]
    samples: tuple[tuple[str, tuple[str, ...]], ...]


def question(name: str, header: str, kind: Kind, cells: Texts, this_year: int) -> Question | None:
    """How a column may be read: one option where it is decided, several where to ask.

    `cells` are trimmed. None for kinds that are read in one way only. A sample's reading is an ISO
    date or a plain number, "" where the option cannot read it.
    """
    if kind in ("text", "choice"):
        return None
    if kind in ("date", "moment"):
        texts = _telling_dates(distinct(cells))
        orders = date_orders(texts, this_year) or set(DATE_ORDERS)
        options: tuple[str, ...] = tuple(one for one in DATE_ORDERS if one in orders)
        return _asked(name, header, "date_order", options, texts)
    if not pa.types.is_dictionary(cells.type) and _plainly_pointed(cells):
        return _asked(name, header, "decimal_mark", (".",), [])
    texts = _telling_numbers(distinct(cells))
    marks = decimal_marks(texts) or set(DECIMAL_MARKS)
    if marks == {","} and decimal_doubt(texts):
        marks = set(DECIMAL_MARKS)
    options = tuple(one for one in DECIMAL_MARKS if one in marks)
    return _asked(name, header, "decimal_mark", options, texts)


def _asked(
    name: str, header: str, kind: QuestionKind, options: tuple[str, ...], texts: list[str]
) -> Question:
    samples = []
    for text in texts:
        readings = tuple(_reading(text, kind, option) for option in options)
        if len(set(readings)) > 1:
            samples.append((text, readings))
        if len(samples) == _SAMPLES:
            break
    # Options that agree on every value are one.
    return Question(name, header, kind, options if samples else options[:1], tuple(samples))


def _telling_dates(distinct: pa.Array) -> list[str]:
    """The distinct days that are not ISO; their time of day decides nothing."""
    rest = distinct.filter(pc.invert(pc.match_substring_regex(distinct, _ISO_DAY)))
    days = pc.replace_substring_regex(rest, _TIME_OF_DAY, "")
    return cast("list[str]", pc.unique(days).to_pylist())


def _plainly_pointed(texts: pa.StringArray) -> bool:
    """Whether no text has anything but digits and a point, and one says what the point is."""
    said = pc.match_substring_regex(texts.slice(0, _HEAD), _POINT)
    return bool(pc.any(said).as_py()) and as_decimals(texts) is not None


def _telling_numbers(distinct: pa.Array) -> list[str]:
    """One number of each shape: digits but a group's leading zero are alike."""
    rest = distinct.filter(pc.invert(pc.match_substring_regex(distinct, _WHOLE)))
    # "12.5" and "1234.56" all say the same, that the point stands before the cents: one is enough.
    plain = pc.match_substring_regex(rest, _POINT)
    said = rest.filter(plain).slice(0, 1)
    rest = pa.concat_arrays([said, rest.filter(pc.invert(plain))])
    shapes = pc.replace_substring_regex(rest, "[1-9]", "9")
    for _ in range(_DIGITS):
        shapes = pc.replace_substring(shapes, "90", "99")
        if not pc.any(pc.match_substring(shapes, "90")).as_py():
            break
    groups = pa.table([shapes, rest], names=["shape", "text"]).group_by("shape", use_threads=False)
    found = groups.aggregate([("text", "first")])
    return cast("list[str]", found["text_first"].to_pylist())


def _reading(text: str, kind: QuestionKind, option: str) -> str:
    if kind == "date_order":
        moment = parse_moment(text, cast(DateOrder, option))
        return moment.date().isoformat() if moment else ""
    number = parse_number(text, cast(DecimalMark, option))
    return "" if number is None else f"{number:f}"
