"""Find numbers that may lack the unit of those around them: 6 among 10万, 12万 and 7万.

    >>> import pyarrow as pa
    >>> found = missing(pa.array(["10万", "12万", "6", "7万"]))
    >>> found.unit, found.examples
    ('万', ('6',))
    >>> missing(pa.array(["1.2万", "8000", "3万"])) is None
    True
    >>> with_unit(pa.array(["6", "10万"]), found).to_pylist()
    ['6万', '10万']

A number is doubtful that is far below all amounts with a unit, and would stand among them with it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from data.values.columns import Texts, as_coded
from data.values.numbers import folded, has_unit, number_of

AS_WRITTEN = "1"
_HEAD = 1000
_EXAMPLES = 3
# How far below the smallest amount with a unit, and how far beside them with it.
_BELOW, _BESIDE = 20, 20
_BARE = re.compile(r"-?\d[\d.,' ]{0,20}")
_UNIT = re.compile(r"([^\d\s.,']{1,12})$")


@dataclass(frozen=True)
class MissingUnit:
    """The unit of most amounts of a column, and the size below which a bare number is doubtful."""

    unit: str
    below: Decimal
    examples: tuple[str, ...] = ()


def missing(texts: pa.Array) -> MissingUnit | None:
    """Return the unit that bare numbers of distinct `texts` may lack; None if none is doubtful."""
    sizes: list[Decimal] = []
    units: Counter[str] = Counter()
    bare: dict[str, Decimal] = {}
    for text in texts.slice(0, _HEAD).to_pylist():
        number = number_of(text) if text else None
        if number is None or not number:
            continue
        if has_unit(text):
            sizes.append(abs(number))
            if written := _UNIT.search(folded(text)):
                units[written[1]] += 1
        elif _BARE.fullmatch(folded(text)):
            bare[text] = abs(number)
    if not (bare and units) or len(sizes) < len(bare):
        return None
    ((unit, _),) = units.most_common(1)
    least, most = min(sizes), max(sizes)
    doubtful = [
        text
        for text, size in bare.items()
        if size * _BELOW < least
        and (larger := number_of(f"{folded(text)}{unit}")) is not None
        and least / _BESIDE <= abs(larger) <= most * _BESIDE
    ]
    if not doubtful:
        return None
    return MissingUnit(unit, least / _BELOW, tuple(doubtful[:_EXAMPLES]))


def with_unit(cells: Texts, lacking: MissingUnit) -> Texts:
    """Return a column with the unit behind every bare number below the doubtful size."""
    coded = as_coded(cells)
    texts = [_written(text, lacking) for text in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string()))


def _written(text: str | None, lacking: MissingUnit) -> str | None:
    if text is None or has_unit(text) or not _BARE.fullmatch(folded(text)):
        return text
    number = number_of(text)
    doubtful = number is not None and 0 < abs(number) < lacking.below
    return f"{text}{lacking.unit}" if doubtful else text
