"""Tell from a header that a column names a second rep of an order, or what share a rep has.

>>> is_second("Rep 2"), is_second("协作人"), is_second("Sales Rep")
(True, True, False)
>>> [share_of(one) for one in ("Rep 2 %", "Rep 1 Split", "Split 2", "Split %", "Discount %")]
['second', 'first', 'second', 'either', None]
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from data.values.header_text import normalise
from data.values.numbers import folded, number_of

Whose = Literal["first", "second", "either"]

_REP = (
    r"(?:sales ?(?:rep|person|people|agent)|salesperson|rep|owner|seller|agent|account manager"
    r"|account executive|业务员|销售员|销售代表|销售人员|销售|负责人|跟单员|业务|verkäufer"
    r"|vertreter|vendeur|commercial|vendedor|comercial|venditore)"
)
_SECOND = (
    rf"(?:{_REP} ?(?:2|ii|b|二|②)|(?:second|secondary|2nd|co|split|shared|joint|assisting) ?{_REP}"
    rf"|第二{_REP}|副{_REP}|(?:协作|协同|合作|联合|共同|协办|辅助){_REP}?(?:人|人员|者)?|分单人|分成人|协销"
    rf"|(?:zweiter?|mit) ?{_REP}|(?:deuxième|second|co) ?{_REP}|segundo {_REP})"
)
_FIRST = rf"(?:{_REP} ?(?:1|i|a|一|①)|(?:first|primary|main|lead|主|主要|第一) ?{_REP}|{_REP})"
_SHARE = (
    r"(?:split|share|credit|percent|percentage|pct|anteil|part|parte|比例|占比|份额|分成|分摊|业绩)"
)
_SHARES = re.compile(
    rf"^(?:(?P<second>{_SECOND}|协作|协同|合作|协办|辅助)|(?P<first>{_FIRST}))?[ '’s]{{0,3}}"
    rf"(?P<what>(?:(?:的|commission|revenue|sales|销售|业绩) ?)?(?:{_SHARE} ?){{1,2}}%?|%)$"
)
# The number may stand behind the share, as behind the rep: Split 2 is that of Rep 2.
_NUMBERED = re.compile(rf"^(?:{_SHARE} ?){{1,2}}%? ?(?:(?P<first>1|i|a|一|①)|(?:2|ii|b|二|②)) ?%?$")
_PLAIN = re.compile(r"split|share|credit|anteil|比例|分成|分摊")


def is_second(header: str) -> bool:
    """Return whether a column under `header` names the second rep of an order."""
    return bool(re.fullmatch(_SECOND, normalise(header)))


def is_first(header: str) -> bool:
    """Return whether a column under `header` names the first of several reps."""
    return bool(re.fullmatch(_FIRST, normalise(header)))


def share_of(header: str) -> Whose | None:
    """Return whose share of an order a column holds; None for one of something else."""
    if numbered := _NUMBERED.search(normalise(header)):
        return "first" if numbered["first"] else "second"
    match = _SHARES.search(normalise(header))
    if match is None:
        return None
    if match["second"] or match["first"]:
        return "second" if match["second"] else "first"
    return "either" if _PLAIN.search(match["what"]) else None


def share(text: str | None) -> Decimal | None:
    """Return a share of one: 40%, 40 and 0.4 are 0.4, and 1 is all; None for anything else."""
    plain = folded(text or "")
    number = number_of(plain.removesuffix("%").strip())
    if number is None or number < 0:
        return None
    part = number / 100 if number > 1 or plain.endswith("%") else number
    return part if part <= 1 else None
