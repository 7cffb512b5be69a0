"""Tell from a header that a column says of deals whether they are won, lost or closed.

    >>> marked("Is Closed Won"), marked("是否输单"), marked("Closed?")
    ('won', 'lost', 'closed')
    >>> marked("Closed Date"), marked("Won amount")
    (None, None)

English, Chinese, German, French, Spanish, Italian and Portuguese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from data.values.header_text import normalise
from data.values.won_marks import Mark

_BEFORE = (
    r"^(?:(?:is|was|has been|been|deal|deals|opportunity|opp|hs|ist|wurde|est|ha sido|es"
    r"|是否|有无|已|商机|项目|机会)\s*)*"
)
_AFTER = (
    r"\s*(?:\?|？|flag|deal|indicator|y/n|yes/no|\((?:y/n|yes/no|true/false|是/否|ja/nein)\)|与否|否"
    r"|标志|标识|标记)?$"
)
_WORDS: dict[Mark, str] = {
    "won": (
        r"won|closed ?won|win|赢单|成交|签单|签约|中标|成单|已?赢|赢得|gewonnen|gagnée?|remportée?"
        r"|ganad[oa]|vint[oa]|ganh[oa]"
    ),
    "lost": (
        r"lost|closed ?lost|输单|丢单|失单|战败|流失|丢标|verloren|perdue?|perdid[oa]|pers[oa]"
    ),
    "closed": (
        r"closed|关闭|结单|结束|结案|关单|完结|abgeschlossen|geschlossen|clôturée?|fermée?"
        r"|cerrad[oa]|chius[oa]|fechad[oa]"
    ),
}
_MARKS = {mark: re.compile(f"{_BEFORE}(?:{words}){_AFTER}") for mark, words in _WORDS.items()}
_IN_ONE = re.compile(r"^is(?=(?:closed|won|lost))")


@lru_cache(maxsize=4096)
def marked(header: str) -> Mark | None:
    """Return what a yes under `header` says of a deal; None for a header of something else."""
    spoken = _IN_ONE.sub("is ", normalise(header))
    return next((mark for mark, pattern in _MARKS.items() if pattern.search(spoken)), None)


def named_marks(headers: Sequence[str]) -> dict[int, Mark]:
    """Return the columns that mark deals by their headers."""
    marks = {at: marked(header.rsplit(" - ", 1)[-1]) for at, header in enumerate(headers)}
    return {at: mark for at, mark in marks.items() if mark}
