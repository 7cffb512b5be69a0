"""Know the column that says in which department or team the rep of a record is.

>>> rank("负责人主属部门"), rank("Sales Team"), rank("Abteilung"), rank("客户所属部门")
(0, 1, 2, None)
"""

from __future__ import annotations

import re

from data.values.group_words import kind_of_group
from data.values.header_text import normalise

# The more a header says that it is about the rep, the lower its rank.
_RANKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:负责人|销售(?:人员|员|代表|负责人)?|业务(?:员|人员)|跟进人|归属人|所有人|签单人|销售经理|客户经理)"
        r"的?(?:所属|所在|主属|归属)(?:部门|团队|小组|销售团队|销售部门)"
        r"|(?:负责人|销售(?:人员|员|代表|负责人)|业务(?:员|人员)|跟进人|归属人|所有人|签单人)的?(?:部门|团队|小组)"
        r"|(?:(?:record|account|opportunity|deal|order|lead|contact) )?"
        r"(?:owner|sales ?rep(?:resentative)?|sales ?person|seller)(?:'s|s)?"
        r" (?:department|dept\.?|team|group)",
        r"(?:所属|归属|主属|所在)(?:部门|团队|销售团队|销售部门)|(?:销售|业务)(?:部门?|团队|小组|组|科室)"
        r"|data own department|sales (?:team|department|dept\.?|group)|team name|hubspot team"
        r"|vertriebs(?:team|abteilung|gruppe)|verkaufs(?:team|abteilung|gruppe)"
        r"|équipe (?:commerciale|de vente)|equipo (?:de ventas|comercial)"
        r"|equipe (?:de vendas|comercial)"
        r"|squadra (?:di )?vendite?|担当部署|営業(?:部門|部|チーム)",
        r"部门|部门名称|团队|团队名称|部署|team|department|dept\.?|abteilung|équipe|equipo|equipe"
        r"|département|departamento|reparto|squadra",
    )
)
# Roles are those of people, unless they are named like teams: Western Sales Team.
_ROLE = re.compile(r"(?:(?:opportunity|account|record) )?owner(?:'s)? role")
_LIKE_GROUPS = 0.6


def rank(header: str) -> int | None:
    """Return how surely a column has the departments of reps, 0 for surely; None for another."""
    text = normalise(header)
    found = (place for place, pattern in enumerate(_RANKS) if pattern.fullmatch(text))
    return next(found, None)


def is_role(header: str) -> bool:
    """Return whether a column has the roles of owners."""
    return bool(_ROLE.fullmatch(normalise(header)))


def are_groups(words: list[str]) -> bool:
    """Return whether most words are worded like teams or regions.

    >>> are_groups(["Western Sales Team", "EMEA Region"]), are_groups(["Account Executive"])
    (True, False)
    """
    like = sum(kind_of_group(word) in ("team", "region") for word in words)
    return bool(words) and like >= _LIKE_GROUPS * len(words)
