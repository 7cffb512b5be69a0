"""Short ways to write a quarter with its year: 1Q26, Q1/26, 1T2026, 1. Q. 2026, IV кв. 2026.

>>> parse("1Q26"), parse("Q4'26"), parse("IV кв. 2026"), parse("Q126")
((2026, 1), (2026, 4), (2026, 4), None)
"""

from __future__ import annotations

import re
import unicodedata

from data.values import months

_Y = r"(?:20[0-4]\d)"
_ROMAN = ("I", "II", "III", "IV")
_WORD = r"(?:quartal|quarter|trimestre|trim|kwartał|квартал|кв)"
_PATTERNS = (
    rf"(?P<q>[1-4])[QT][\s/'-]{{0,2}}(?P<y>{_Y}|\d{{2}})",
    rf"[QT](?P<q>[1-4])[\s/'’-]{{1,2}}(?P<y>{_Y}|\d{{2}})",
    rf"(?P<q>[1-4])\. ?Q\.? ?(?P<y>{_Y})",
    rf"(?P<q>[1-4])(?:-й)? ?кв\.? ?(?P<y>{_Y})",
    rf"(?P<q>I{{1,3}}|IV)\.? ?{_WORD}\.?[ ,/-]{{0,2}}(?P<y>{_Y})(?: ?г\.?)?",
    rf"(?P<y>{_Y})[\s/-]{{0,2}}(?P<q>[1-4])[QT]",
)
_WHOLE = [re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS]
_WORDED = months.QUARTER.replace("P<{0}>", ":").replace("P<{1}>", ":").format()
# The same without names for the parts, and quarters by their words: 1. Quartal 2026.
PATTERN = "|".join(
    (
        *(re.sub(r"\?P<\w>", "?:", pattern) for pattern in _PATTERNS),
        rf"(?:{_Y}[\s/-]{{1,3}})?{_WORDED}",
        rf"{_WORDED}[\s,/-]{{0,3}}{months.OF}{_Y}",
    )
)


def parse(text: str) -> tuple[int, int] | None:
    """Return the year and the number of a quarter; None for any other text."""
    written = unicodedata.normalize("NFKC", text).strip()
    for pattern in _WHOLE:
        if match := pattern.fullmatch(written):
            number = match["q"].upper()
            nth = _ROMAN.index(number) + 1 if number in _ROMAN else int(number)
            return 2000 + int(match["y"][-2:]), nth
    return None
