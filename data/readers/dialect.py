"""Detect the separator, the quotation mark and the escapes of a text file.

>>> dialect("a;'b';c\\n1;'x;y';2\\n2;'z';3\\n")
Dialect(separator=';', quote="'", escaped=False, spaced=False)
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

_USUAL = (",", ";", "\t", "|")
# Tried only where no usual separator gives a table.
_LONG = ("||", ";;", "::", "~|~", "\t\t")
_RARE = (*_LONG, "^", "~", "\x1f", "\x01", "¦", "¬", "#", "!", ":", " ")
_ROWS = 200
_SPACED = 0.9
# Left where somebody only changed the quotes of a file to '.
_DOUBLED = re.compile(r'(?<=\w)""')
_TIME = re.compile(r"\d:\d|://")
# Replaces a separator of several letters, since the csv module takes a single one.
STAND_IN = "\x1f"


@dataclass(frozen=True)
class Dialect:
    """Describe how cells are separated.

    `escaped`: a backslash precedes a quote inside quotes, instead of a second quote.
    `spaced`: the space after a separator is no part of the cell.
    """

    separator: str = ","
    quote: str = '"'
    escaped: bool = False
    spaced: bool = False


def dialect(sample: str, suffix: str = "") -> Dialect:
    """Return the dialect in which most rows of `sample` have the same width.

    `suffix` decides ties between separators.
    """
    order = ("\t", *_USUAL) if suffix in (".tsv", ".tab") else _USUAL
    best = _best(sample, [way for separator in order for way in _ways(sample, separator)])
    if _fit(sample, best)[0] >= 0.5:
        longer = [
            separator for separator in _LONG if best.separator in separator and separator in sample
        ]
        return (
            _best(sample, [*(Dialect(separator) for separator in longer), best]) if longer else best
        )
    rare = _rare(sample)
    return _best(sample, list(_ways(sample, rare))) if rare else best


def _ways(sample: str, separator: str) -> Iterator[Dialect]:
    """Yield the dialects with this separator that the sample has signs of."""
    quotes = ["'", '"'] if _quoted_otherwise(sample, separator) else ['"']
    spaced = sample.count(f"{separator} ") >= _SPACED * max(1, sample.count(separator))
    for quote in quotes:
        if spaced and separator != " ":
            yield Dialect(separator, quote, spaced=True)
        yield Dialect(separator, quote)
        if f"{separator} {quote}" in sample:
            yield Dialect(separator, quote, spaced=True)
        if quote == '"' and '\\"' in sample:
            yield Dialect(separator, quote, escaped=True)


def records(lines: Iterable[str], how: Dialect, quoting: bool = True) -> Iterator[list[str]]:
    """Parse `lines`, which have their line ends, into rows of cells."""
    for cells, _raw in records_and_texts(lines, how, quoting):
        yield cells


def records_and_texts(
    lines: Iterable[str], how: Dialect, quoting: bool = True
) -> Iterator[tuple[list[str], str]]:
    """Parse `lines` into rows of cells, each with its own text."""
    taken: list[str] = []
    rows = csv.reader(
        _prepared(lines, how, taken),
        delimiter=STAND_IN if len(how.separator) > 1 else how.separator,
        quotechar=how.quote,
        skipinitialspace=how.spaced,
        quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
    )
    for cells in rows:
        yield cells, "".join(taken)
        taken.clear()


def _prepared(lines: Iterable[str], how: Dialect, taken: list[str]) -> Iterator[str]:
    for line in lines:
        prepared = (
            line.replace("\0", "") if "\0" in line else line
        )  # a NUL would stop the csv module
        if len(how.separator) > 1:
            prepared = prepared.replace(how.separator, STAND_IN)
        if how.escaped:
            prepared = prepared.replace('\\"', '""')
        if how.quote == "'" and '""' in prepared:
            prepared = _DOUBLED.sub('"', prepared)
        taken.append(prepared)
        yield prepared


def _rare(sample: str) -> str | None:
    fits = [
        (separator, *_fit(sample, Dialect(separator))[:2])
        for separator in _RARE
        if separator in sample
    ]
    good = [
        (share, len(separator), width, separator)
        for separator, share, width in fits
        if share >= 0.9 < width - 1
    ]
    if good and not (max(good)[3] == ":" and _TIME.search(sample)):
        return max(good)[3]
    return " " if _spaced_table(sample) else None


def _spaced_table(sample: str) -> bool:
    """Return whether spaces separate the cells, though some unquoted texts contain spaces."""
    rows = [
        row for row in islice(records(io.StringIO(sample, newline=""), Dialect(" ")), _ROWS) if row
    ]
    if len(rows) < 4 or len(rows[0]) < 3 or not all(rows[0][:-1]):
        return False
    body = rows[1:-1]
    digits = [re.sub(r"\d+", "9", row[0]) for row in body]
    (shape, count), *_ = Counter(digits).most_common(1)
    wide = sum(1 for row in body if len(row) >= len(rows[0]))
    return "9" in shape and min(count, wide) >= 0.9 * len(body)


def _quoted_otherwise(sample: str, separator: str) -> bool:
    """Return whether ' rather than " quotes cells."""
    if "'" not in sample:
        return False
    cut = re.escape(separator)
    # Both quotes on one line, since a single apostrophe quotes nothing.
    whole = len(re.findall(rf"(?m)(?:^|{cut} ?)'(?:[^'\r\n]|'')*'(?={cut}|\r?$)", sample))
    opened = len(re.findall(rf"(?m)(?:^|{cut} ?)'", sample))
    double = len(re.findall(rf'(?m)(?:^|{cut} ?)"', sample))
    return whole > max(1, double) and whole * 2 >= opened


def _best(sample: str, ways: list[Dialect]) -> Dialect:
    """Return the first dialect in which the rows agree best."""
    return max(ways, key=lambda how: _fit(sample, how)) if len(ways) > 1 else ways[0]


def _fit(sample: str, how: Dialect) -> tuple[float, int, float]:
    """Return the share of rows with the usual width, rounded; the width; the exact share."""
    rows = islice(records(io.StringIO(sample, newline=""), how), _ROWS)
    widths = Counter(len(row) for row in rows if any(map(str.strip, row)))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 1, 0.0
    width = max(wide, key=lambda width: (wide[width], width))
    share = wide[width] / widths.total()
    return round(share, 1), width, share
