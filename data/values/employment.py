"""Tell from a column of a list of people who has left.

    >>> said("在职状态", "离职"), said("Status", "Active"), said("Status", "On leave")
    ('left', 'here', 'here')
    >>> said("Left", "Y"), said("Active?", "no"), said("在职", "是")
    ('left', 'left', 'here')
    >>> said("Status", "Sabbatical?") is None
    True

A plain yes or no says it by the header alone. English, Chinese, German, French, Spanish,
Portuguese, Italian and Dutch.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from data.values.columns import normal
from data.values.header_text import normalise

Said = Literal["left", "here"]

_LEFT = re.compile(
    r"(?:已|拟)?(?:离职|离任|离岗|离开|退休|辞职|辞退|解雇|开除|停用|禁用|注销|失效|无效|冻结)"
    r"(?:员工|人员)?|前员工|非在职|不在职|不在岗"
    r"|inactive|non-?active|not active|no longer active|deactivated|disabled|terminated|left"
    r"|has left|left (?:the )?company|former|formerly|former employee|ex-?employee|departed"
    r"|resigned|retired|gone|leaver|dismissed|laid off|separated|exited|quit|archived"
    r"|inaktiv|ausgeschieden|ausgetreten|gekündigt|ehemalig|im ruhestand"
    r"|inactif|inactive|parti|partie|sortie?|licenciée?|démissionnaire"
    r"|inactiv[oa]|de baja|baja|desligad[oa]|demitid[oa]|inattiv[oa]|cessat[oa]|dimess[oa]"
    r"|inactief|uit dienst"
)
_HERE = re.compile(
    r"(?:正式|试用|全职|兼职)?(?:在职|在岗|在任|在编|启用|正常|有效|转正)(?:员工|人员)?"
    r"|正式|正式员工|试用|试用期|实习|实习期|实习生|待入职|待转正|全职|兼职|休假|产假|病假"
    r"|停薪留职|待岗|外包|劳务派遣"
    r"|active|enabled|employed|current|present|working|here|in post|permanent|probation"
    r"|on probation|on leave|leave|maternity leave|parental leave|sick leave|full[- ]?time"
    r"|part[- ]?time|contractor|intern|trainee|regular|confirmed"
    r"|aktiv|angestellt|beschäftigt|probezeit|elternzeit|in probezeit"
    r"|actif|en poste|en activité|activ[oa]|de alta|alta|attiv[oa]|in servizio"
    r"|actief|in dienst"
)
_YES = frozenset(
    ("y", "yes", "true", "1", "x", "✓", "√", "✔", "是", "对", "ja", "oui", "sí", "si", "sim")
)
_NO = frozenset(("n", "no", "false", "0", "否", "不是", "nein", "non", "não", "nee", "✗", "×"))
_ABOUT = (
    r"(?:(?:is|has|been|is currently|currently|user|rep|employee|employment|员工|人员|用户"
    r"|是否|是否已|已|ist|est)\s*)*"
)
_ENDING = r"\s*(?:\?|flag|user|employee|y/n|yes/no|\((?:y/n|yes/no|是/否)\)|与否|否|标志|标识)*"
_ASKS_LEFT = re.compile(rf"{_ABOUT}(?:{_LEFT.pattern}){_ENDING}")
_ASKS_HERE = re.compile(rf"{_ABOUT}(?:{_HERE.pattern}){_ENDING}")
# Headers of columns that say what somebody is.
_OF_PEOPLE = re.compile(
    r"状态|在职|离职|人员类[型别]|status|state|activ|aktiv|actif|attiv|employ|estado|situa|stato|statut"
)


def about_people(header: str) -> bool:
    """Return whether a column with this header may say who is still here."""
    name = normalise(header)
    return bool(_OF_PEOPLE.search(name) or _asks(name))


@lru_cache(maxsize=1024)
def said(header: str, text: str) -> Said | None:
    """Return what a cell below `header` says of its person; None if nobody knows."""
    word = normal(text)
    if word in _YES or word in _NO:
        asks = _asks(normalise(header))
        if asks is None:
            return None
        other: Said = "here" if asks == "left" else "left"
        return asks if word in _YES else other
    if _LEFT.fullmatch(word):
        return "left"
    return "here" if _HERE.fullmatch(word) else None


def _asks(header: str) -> Said | None:
    """Return what "yes" means below a header; None where it is no question."""
    if _ASKS_LEFT.fullmatch(header):
        return "left"
    return "here" if _ASKS_HERE.fullmatch(header) else None
