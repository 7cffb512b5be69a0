"""Read how long something took, in minutes.

>>> minutes("17:36", "."), minutes("1h 5m", "."), minutes("2", ".", per_minute("hours"))
(Decimal('17.6'), Decimal('65'), Decimal('120'))

Two numbers with a colon are minutes and seconds, as telephones count; three begin with hours.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pyarrow as pa

from data.values.columns import Texts, as_coded
from data.values.header_text import plain
from data.values.numbers import DecimalMark, parse_number

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)(?:\.\d+)?")
_WORDS = re.compile(
    r"(?:(\d+)\s*(?:h|hrs?|hours?|std|小时|时|時)\.?\s*)?(?:(\d+)\s*(?:m|mins?|minutes?|分钟|分鐘|分)\.?\s*)?"
    r"(?:(\d+)\s*(?:s|secs?|seconds?|sek|秒)\.?)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"second|\bsecs?\b|sekunde|segundo|秒", re.IGNORECASE)
_HOURS = re.compile(
    r"\bhours?\b|\bhrs?\b|stunden|heures|horas|小时|小時|hh:mm(?!:ss)", re.IGNORECASE
)
_ONE, _SIXTY = Decimal(1), Decimal(60)
_TICK = Decimal("0.0001")


def per_minute(header: str) -> Decimal:
    """Return what a number under `header` is multiplied by to give minutes."""
    text = plain(header)
    if _SECONDS.search(text):
        return _ONE / _SIXTY
    return _SIXTY if _HOURS.search(text) else _ONE


def minutes(text: str, mark: DecimalMark, factor: Decimal = _ONE) -> Decimal | None:
    """Return the minutes that a text says, None for no time; `factor` is of bare numbers."""
    text = text.strip()
    if match := _CLOCK.fullmatch(text):
        hours, first, last = (int(part or 0) for part in match.groups())
        if match[1] is None and factor == _SIXTY:
            hours, first, last = first, last, 0
        return hours * _SIXTY + first + last / _SIXTY
    match = _WORDS.fullmatch(text)
    if match and any(match.groups()):
        hours, first, last = (int(part or 0) for part in match.groups())
        return hours * _SIXTY + first + last / _SIXTY
    number = parse_number(text, mark)
    return None if number is None else number * factor


def in_minutes(cells: Texts, header: str, mark: DecimalMark) -> Texts:
    """Write a column of durations as numbers of minutes; what is no time stays as it is."""
    coded, factor = as_coded(cells), per_minute(header)
    texts = []
    for text in coded.dictionary.to_pylist():
        time = minutes(text, mark, factor)
        written = None if time is None else f"{time.quantize(_TICK):f}".replace(".", mark)
        texts.append(text if written is None else written)
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string()))
