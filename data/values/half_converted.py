"""Columns of dates that a spreadsheet converted by half, swapping day and month.

    >>> telling(pa.array(["2026-05-03", "25/03/2026"])).months
    ('2026-03', '2026-03 – 2026-05')
    >>> swapped_back(pa.array(["2026-05-03", "25/03/2026"])).to_pylist()
    ['2026-03-05', '25/03/2026']

An export writes 05/03/2026 for the 5th of March. A spreadsheet that puts the month first makes the
3rd of May of it, a real date, while 25/03/2026 has no such month and stays a text. Thus no real
date is of a day after the 12th, and every text is: an export that is whole has no such column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Texts, as_coded
from data.values.dates import DateOrder, parse_date, parse_moment
from data.values.numbers import folded

# A text that every program reads as the same day: year first, or a serial of Excel.
_REAL = re.compile(
    r"\d{4}(?P<s>[-/.])\d{1,2}(?P=s)\d{1,2}(?:[T ].*)?|\d{4}年\d{1,2}月\d{1,2}日(?: .*)?"
    r"|\d{5}(?:\.\d+)?"
)
_TEXT = re.compile(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?:\d{4}|\d{2})(?:[T ,].*)?")
_ISO_DAY = r"^\d{4}-\d{2}-\d{2}"
_LAST_MONTH = 12
_SAMPLES = 3
# The answers: real dates are swapped back, or stay.
BACK, STAY = "back", "stay"


@dataclass(frozen=True)
class HalfConverted:
    """Samples of the real dates of a column and of the texts beside them, if there are any.

    `months` are those of all its days with the real dates swapped back, and as they stand.
    """

    real: tuple[str, ...]
    texts: tuple[str, ...]
    months: tuple[str, str]


def telling(distinct: pa.Array) -> HalfConverted | None:
    """Return samples of a column that may be converted, by half or whole; None for any other."""
    is_iso = pc.match_substring_regex(distinct, _ISO_DAY)
    others = distinct.filter(pc.invert(is_iso)).to_pylist()
    texts = [text for text in others if _TEXT.fullmatch(folded(text))]
    order = _order(texts)
    if order is None:
        return None
    iso_days = pc.unique(pc.utf8_slice_codeunits(distinct.filter(is_iso), 0, 10)).to_pylist()
    real = [*iso_days, *(text for text in others if _REAL.fullmatch(folded(text)))]
    rest = set(others) - set(texts) - set(real)
    if not _swappable(real) or any(map(day_of, rest)):
        return None
    samples = [text for text in real if day_of(text) != day_of(swapped(text))]
    months = tuple(
        _months([*map(day_of, days), *(parse_date(text, order) for text in texts)])
        for days in (map(swapped, real), real)
    )
    return HalfConverted(tuple(samples[:_SAMPLES]), tuple(texts[:_SAMPLES]), (months[0], months[1]))


def day_of(text: str) -> date | None:
    """Parse a real date, which is the same in every order."""
    return parse_date(text, "ymd")


def swapped(text: str) -> str:
    """Swap day and month of a real date; its time stays, and any other text as it is."""
    if not _REAL.fullmatch(folded(text)):
        return text
    moment = parse_moment(text, "ymd")
    if moment is None or moment.day > _LAST_MONTH:
        return text
    back = moment.replace(day=moment.month, month=moment.day)
    return f"{back:%Y-%m-%d}" if back.time() == back.min.time() else str(back)


def swapped_back(cells: Texts) -> Texts:
    """Swap day and month of the real dates of a trimmed column; their times stay."""
    coded = as_coded(cells)
    texts = [swapped(text) if text else text for text in coded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(coded.indices)


def _order(texts: Iterable[str]) -> DateOrder | None:
    """Return the one order that texts show, each by a number beyond the months."""
    matches = [match for text in texts if (match := _TEXT.fullmatch(folded(text)))]
    beyond = {(int(m["a"]) > _LAST_MONTH, int(m["b"]) > _LAST_MONTH) for m in matches}
    if beyond == {(False, True)}:
        return "mdy"
    return "dmy" if beyond <= {(True, False)} else None


def _months(days: Iterable[date | None]) -> str:
    months = sorted({f"{day:%Y-%m}" for day in days if day})
    return " – ".join(dict.fromkeys((months[0], months[-1])))


def _swappable(texts: Iterable[str]) -> bool:
    """Return whether no day is after the 12th, and swapping would change one of them."""
    days = list(map(day_of, texts))
    known = [day for day in days if day]
    return (
        len(known) == len(days)
        and all(day.day <= _LAST_MONTH for day in known)
        and any(day.day != day.month for day in known)
    )
