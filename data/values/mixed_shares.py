"""Find shares that may mean two things: 0.15 beside 15, or 0.15 alone under a header with "%".

>>> import pyarrow as pa
>>> mixed(pa.array(["15%", "0.15", "15"]), "Discount")
('15%', '0.15', '15')
>>> mixed(pa.array(["0.15", "0.2"]), "Discount"), mixed(pa.array(["0.5", "15"]), "Discount %")
((), ())
>>> mixed(pa.array(["0.1", "0.9", "1"]), "Probability (%)")
('0.1',)
>>> percent("0.15", EACH_WAY), percent("0.15", HUNDREDTHS), percent("15", EACH_WAY)
('15%', '0.15%', '15%')
"""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from data.values.columns import Texts, as_coded
from data.values.number_columns import says_percent
from data.values.numbers import decimal_marks, has_percent, is_blank, parse_number

EACH_WAY, HUNDREDTHS = "each_way", "hundredths"
_HEAD = 1000


def mixed(texts: pa.Array, header: str, parts: bool = False) -> tuple[str, ...]:
    """Return an example of each way in distinct texts; none if all are written in one.

    Under a header that says percent, numbers that are all up to 1 are doubtful, too: systems
    write 10 % as 0.1 there. `parts` are shares of one thing, of which half a percent is none.
    """
    if says_percent(header):
        return _none_above_one(texts)
    signed: dict[Decimal, str] = {}
    small: dict[Decimal, str] = {}
    large: dict[Decimal, str] = {}
    for text in texts.slice(0, _HEAD).to_pylist():
        number = None if is_blank(text) else _number(text)
        if number is None:
            continue
        if has_percent(text):
            signed[number * 100] = text
        elif 0 < abs(number) < 1:
            small[number * 100] = text
        elif abs(number) > 1:
            large[number] = text
    # A lone 0.5 beside 12 is half a percent, unless the same share stands there as 50.
    twice = small.keys() & (large.keys() | signed.keys())
    if not (small and large and (signed or twice or parts or len(small) > 1)):
        return ()
    return tuple(next(iter(way.values())) for way in (signed, small, large) if way)


def _none_above_one(texts: pa.Array) -> tuple[str, ...]:
    """Return a number below 1 where no number is above 1 and none has a sign."""
    below = ""
    for text in texts.slice(0, _HEAD).to_pylist():
        number = None if is_blank(text) else _number(text)
        if number is None or number == 0:
            continue
        if has_percent(text) or abs(number) > 1:
            return ()
        below = below or (text if abs(number) < 1 else "")
    return (below,) if below else ()


def percent(text: str, way: str) -> str:
    """Return a share as a percentage, the way that is answered."""
    number = _number(text)
    if number is None:
        return text
    if has_percent(text) or (way == EACH_WAY and abs(number) <= 1):
        number *= 100
    return f"{number.normalize():f}%"


def each_way(cells: Texts, mark: str) -> Texts:
    """Return a column with every share as a percentage, with its decimal mark.

    A number up to 1 is a share of one.
    """
    coded = as_coded(cells)
    texts = [
        text if is_blank(text) else percent(text, EACH_WAY).replace(".", mark)
        for text in coded.dictionary.to_pylist()
    ]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string()))


def _number(text: str) -> Decimal | None:
    marks = decimal_marks([text])
    return parse_number(text, "." if "." in marks else ",") if marks else None
