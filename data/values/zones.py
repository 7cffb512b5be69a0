"""Bring moments in universal time to the days of the company's own zone.

>>> in_zone("2026-03-31T16:30:00Z", "ymd", "Asia/Shanghai").date()
datetime.date(2026, 4, 1)

A moment with an offset of its own, such as +08:00, was written where it happened, and its
day is as written. One in universal time (Z, UTC, or a header that says so) was not.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Texts, as_coded
from data.values.dates import DateOrder, parse_moment

_TIME = r"(?:[T ,]\s*)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:[AaPp]\.?[Mm]\.?)?"
_UNIVERSAL = rf"{_TIME}\s*(?:Z|UTC|GMT|[+-]00:?00)$"
_TIMED = rf"{_TIME}$"
_MIDNIGHT = r"[T ,]\s*0?0:00(?::00(?:[.,]0+)?)?\s*(?:Z|UTC|GMT|[+-]00:?00)?$"
_SAYS_UTC = re.compile(r"(?<![a-z])(?:utc|gmt)(?![a-z]|\s*[+-]\s*\d)", re.IGNORECASE)
_CLOCK = r"[T ,]\s*(?P<hour>\d{1,2}):\d{2}"
# Universal time itself, as the answer to keep the days as they are written.
AS_WRITTEN = "UTC"
# Where the calendar's country does not settle it: one zone a usual time of day.
USUAL = (
    "Asia/Shanghai",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
)
BY_COUNTRY = {
    "AT": "Europe/Vienna", "AU": "Australia/Sydney", "BE": "Europe/Brussels",
    "BR": "America/Sao_Paulo", "CA": "America/Toronto", "CH": "Europe/Zurich",
    "CN": "Asia/Shanghai", "CZ": "Europe/Prague", "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen", "ES": "Europe/Madrid", "FI": "Europe/Helsinki",
    "FR": "Europe/Paris", "GB": "Europe/London", "HK": "Asia/Hong_Kong",
    "HU": "Europe/Budapest", "ID": "Asia/Jakarta", "IE": "Europe/Dublin", "IN": "Asia/Kolkata",
    "IT": "Europe/Rome", "JP": "Asia/Tokyo", "KR": "Asia/Seoul", "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo",
    "NZ": "Pacific/Auckland", "PH": "Asia/Manila", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest", "SE": "Europe/Stockholm", "SG": "Asia/Singapore",
    "TH": "Asia/Bangkok", "TR": "Europe/Istanbul", "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh", "ZA": "Africa/Johannesburg",
}  # fmt: skip


def universal(words: pa.Array, header: str) -> tuple[str, ...]:
    """Return the earliest and the latest time of day among texts in universal time.

    `words` are the distinct texts of a column. Days written as midnights are no moments.
    """
    pattern = _TIMED if _SAYS_UTC.search(header) else _UNIVERSAL
    marked = words.filter(pc.fill_null(pc.match_substring_regex(words, pattern), False))
    if not len(marked) or pc.all(pc.match_substring_regex(marked, _MIDNIGHT)).as_py():
        return ()
    hours = pc.extract_regex(marked, _CLOCK).field("hour").cast(pa.int32())
    order = pc.sort_indices(hours)
    return tuple(dict.fromkeys(marked[order[at].as_py()].as_py() for at in (0, -1)))


def in_zone(text: str, order: DateOrder, zone: str) -> datetime | None:
    """Return a moment in universal time by the clock of a zone, without the zone."""
    moment = parse_moment(text, order)
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moved(texts: Texts, header: str, order: DateOrder, zone: str) -> Texts:
    """Return a trimmed column with its moments in universal time by the clock of a zone."""
    coded = as_coded(texts)
    pattern = re.compile(_TIMED if _SAYS_UTC.search(header) else _UNIVERSAL)
    words = [
        local.isoformat(" ")
        if text and pattern.search(text) and (local := in_zone(text, order, zone))
        else text
        for text in coded.dictionary.to_pylist()
    ]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(words, pa.string()))
