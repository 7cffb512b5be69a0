"""What a column of dates or numbers leaves open, as a question with examples.

    >>> asked = question("order_date", "Date", "date", pa.array(["03/04/2026"]), 2026)
    >>> asked.options, asked.samples[0]
    (('dmy', 'mdy'), ('03/04/2026', ('2026-04-03', '2026-03-04')))

A column of a million different amounts is first reduced to the texts that can
decide anything: plain whole numbers and ISO dates cannot, and of all texts of
one shape a single one is enough. `look` gathers what one column says by itself,
whatever was answered; `data.cleaning.resolve` puts the columns of a sheet together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

import pyarrow as pa
import pyarrow.compute as pc

from data.values import currencies
from data.values.columns import Texts, as_decimals, distinct
from data.values.dates import (
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
from data.values.partial_dates import bare, month_first, unclear, with_year
from data.values.periods import dated, undated
from domain.tables import Kind

QuestionKind = Literal["date_order", "decimal_mark", "years", "unit", "sign", "currencies", "year"]

_SAMPLES = 3
_ISO_DAY = r"^\d{4}-\d{2}-\d{2}"
_WHOLE = r"^-?\d+$"
# Not three digits after the point: those may be a group of thousands.
_POINT = r"^-?\d+\.(\d{1,2}|\d{4,})$"
_TIME_OF_DAY = r"[T ]+\d{1,2}:\d{2}.*$"
# Passes that turn "9000" into "9999", each one more zero behind a nine.
_DIGITS = 18
_HEAD = 1000
_MORE = 20
_TO_NINE = bytes.maketrans(b"12345678", b"99999999")
_LONG_YEAR = r"\d{4}"
# Amounts looked at to tell their usual size.
_SIZED = 400


@dataclass(frozen=True)
class Question:
    """What a column leaves open. `samples` are values with their reading under each option.

    `about` is the sign that is asked about, or the unit that the title names, or "days" where
    it is dates that have no year. The answer is kept under `key`.
    """

    column: str
    header: str
    kind: QuestionKind
    options: tuple[str, ...]
    samples: tuple[tuple[str, tuple[str, ...]], ...]
    about: str = ""

    @property
    def key(self) -> str:
        if self.kind in ("date_order", "decimal_mark"):
            return self.column
        return f"{self.column}/{self.about if self.kind == 'sign' else self.kind}"


@dataclass(frozen=True)
class Look:
    """What one column says by itself, before any answer.

    `asked` is how it may be read, `tells` whether its values decide that, and
    `by_hand` whether a text decides it that no program writes by itself. `short`
    are its dates with two-digit years and `bare` those with none; `sized` some of its
    amounts; `signs` its currency signs, each with examples. `decimals` are the values
    themselves, where looking has read them already.
    """

    column: str
    header: str
    kind: Kind
    asked: Question | None
    tells: bool = False
    by_hand: bool = False
    short: tuple[str, ...] = ()
    sized: tuple[str, ...] = ()
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decimals: pa.Array | None = field(default=None, compare=False)
    bare: tuple[str, ...] = ()


def look(name: str, header: str, kind: Kind, cells: Texts, this_year: int) -> Look:
    """What the trimmed `cells` of a column say by themselves."""
    if name == "period":
        return Look(name, header, kind, _year(name, header, cells, this_year))
    if kind in ("text", "choice"):
        # The one column of words that says how amounts are counted.
        spelt = _words(cells) if name == "currency" else []
        return Look(name, header, kind, None, signs={one: (one,) for one in spelt})
    if kind in ("date", "moment"):
        texts = _telling_dates(distinct(cells))
        tells = len(date_orders(texts, this_year)) == 1
        asked = question(name, header, kind, cells, this_year)
        # A day that may have lost a zero is read in no year.
        days = tuple(one for one in texts if bare(one) and not unclear(one))
        short = tuple(one for one in _short(texts) if not bare(one))
        return Look(name, header, kind, asked, tells, tells, short, bare=days)
    money = kind == "money"
    if (decimals := _plainly_pointed(cells)) is not None:
        asked = _asked(name, header, "decimal_mark", (".",), [])
        sized = _some(cells) if money else ()
        signs = _unsigned(sized)
        return Look(name, header, kind, asked, True, sized=sized, signs=signs, decimals=decimals)
    every = distinct(cells)
    texts, more = _telling_numbers(every)
    written = [one for one in texts if not re.match(_POINT, one)]
    sized = _some(every) if money else ()
    return Look(
        name,
        header,
        kind,
        _mark_asked(name, header, every, texts),
        _decides(texts),
        _decides(written),
        (),
        sized,
        _signs(more, sized) if money else {},
    )


def _signs(texts: list[str], sized: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Currency signs among texts of every shape; amounts without one are whole, as a rule."""
    found = currencies.marks(pa.array(list(dict.fromkeys([*texts, *sized])), pa.string()))
    return _unsigned([one for one in sized if re.match(_WHOLE, one)]) | found


def _unsigned(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {"": tuple(texts[:_SAMPLES])} if texts else {}


def _year(name: str, header: str, cells: Texts, this_year: int) -> Question | None:
    """Months and quarters without a year: of which one are they?"""
    texts = [one for one in distinct(cells).to_pylist() if undated(one)]
    years = (this_year, this_year - 1, this_year + 1)
    samples = tuple(
        (text, tuple(dated(text, year) or "" for year in years)) for text in texts[:_SAMPLES]
    )
    return Question(name, header, "year", tuple(map(str, years)), samples) if texts else None


def _decides(texts: list[str]) -> bool:
    marks = decimal_marks(texts)
    return len(marks) == 1 and not (marks == {","} and decimal_doubt(texts))


def _words(cells: Texts) -> list[str]:
    return [one for one in distinct(cells).slice(0, _HEAD).to_pylist() if one]


def _short(texts: list[str]) -> list[str]:
    """The texts whose year has two digits."""
    return [one for one in texts if not re.search(_LONG_YEAR, one)]


def _some(texts: pa.Array) -> tuple[str, ...]:
    """Texts from all over a column, blanks aside."""
    step = max(1, len(texts) // _SIZED)
    return tuple(text for text in texts[::step].to_pylist() if text)


def question(name: str, header: str, kind: Kind, cells: Texts, this_year: int) -> Question | None:
    """How a column may be read: one option where it is decided, several where to ask.

    `cells` are trimmed. None for kinds that are read in one way only. A sample's reading is an ISO
    date or a plain number, "" where the option cannot read it.
    """
    if kind in ("text", "choice"):
        return None
    if kind in ("date", "moment"):
        texts = _telling_dates(distinct(cells))
        first = month_first(header, [one for one in texts if bare(one)])
        # In which order day and month stand does not depend on the year.
        told = {one if unclear(one) else with_year(one, this_year, first): one for one in texts}
        orders = date_orders(told, this_year) or set(DATE_ORDERS)
        options: tuple[str, ...] = tuple(one for one in DATE_ORDERS if one in orders)
        asked = _asked(name, header, "date_order", options, list(told))
        samples = tuple((told[text], readings) for text, readings in asked.samples)
        return replace(asked, samples=samples)
    if _plainly_pointed(cells) is not None:
        return _asked(name, header, "decimal_mark", (".",), [])
    every = distinct(cells)
    return _mark_asked(name, header, every, _telling_numbers(every)[0])


def _mark_asked(name: str, header: str, every: pa.Array, texts: list[str]) -> Question:
    marks = decimal_marks(texts) or set(DECIMAL_MARKS)
    if marks == {","} and decimal_doubt(texts):
        marks = set(DECIMAL_MARKS)
    options = tuple(one for one in DECIMAL_MARKS if one in marks)
    # One text of a shape decides as well as all of them, but people like to see three.
    more = every.slice(0, _MORE).to_pylist() if len(options) > 1 else []
    return _asked(name, header, "decimal_mark", options, list(dict.fromkeys([*texts, *more])))


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


def _plainly_pointed(texts: Texts) -> pa.Array | None:
    """The numbers, if no text has anything but digits and a point, and one tells what it is."""
    if pa.types.is_dictionary(texts.type):
        return None
    said = pc.match_substring_regex(texts.slice(0, _HEAD), _POINT)
    return as_decimals(texts) if pc.any(said).as_py() else None


def _telling_numbers(distinct: pa.Array) -> tuple[list[str], list[str]]:
    """One number of each shape, where digits but a group's leading zero are alike; and more.

    The second list has up to a few hundred of them, for their signs.
    """
    rest = distinct.filter(pc.invert(pc.match_substring_regex(distinct, _WHOLE)))
    # "12.5" and "1234.56" all say the same, that the point stands before the cents: one is enough.
    plain = pc.match_substring_regex(rest, _POINT)
    said = rest.filter(plain).slice(0, 1)
    rest = pa.concat_arrays([said, rest.filter(pc.invert(plain))])
    some = _one_each(_nines(rest), rest)
    shapes = _nines(some)
    for _ in range(_DIGITS):
        shapes = pc.replace_substring(shapes, "90", "99")
        if not pc.any(pc.match_substring(shapes, "90")).as_py():
            break
    return (
        cast("list[str]", _one_each(shapes, some).to_pylist()),
        cast("list[str]", some.to_pylist()),
    )


def _nines(texts: pa.Array) -> pa.Array:
    """Each digit but 0 as a 9, in the bytes themselves: a regex takes 30 times as long."""
    offset, length = texts.offset, len(texts)
    valid, ends, data = texts.buffers()
    told = data.to_pybytes().translate(_TO_NINE) if data is not None else b""
    return pa.StringArray.from_buffers(length, ends, pa.py_buffer(told), valid, -1, offset)


def _one_each(shapes: pa.Array, texts: pa.Array) -> pa.Array:
    """The first text of each shape."""
    groups = pa.table([shapes, texts], names=["shape", "text"]).group_by("shape", use_threads=False)
    return groups.aggregate([("text", "first")])["text_first"].combine_chunks()


def _reading(text: str, kind: QuestionKind, option: str) -> str:
    if kind == "date_order":
        moment = parse_moment(text, cast(DateOrder, option))
        return moment.date().isoformat() if moment else ""
    number = parse_number(text, cast(DecimalMark, option))
    return "" if number is None else f"{number:f}"
