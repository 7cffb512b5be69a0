"""Read a person's name without what is added when the person leaves: 张三（离职）, (inactive).

>>> present("Ann Vale (inactive)"), present("离职-张三"), present("ex-Bo Reed")
('ann vale', '张三', 'bo reed')
>>> has_left("张三(已离职)"), has_left("Ann Left")
(True, False)
"""

from __future__ import annotations

import re
import unicodedata

_HAN = (
    r"已?离职|已?離職|已离任|离任|已?离开|已?退休|已?停用|已?禁用|已?注销|已?辞职|前员工|失效|无效"
)
_SURE = (
    r"inactive|deactivated|disabled|terminated|inaktiv|inactif|inactive user|inactivo|inattivo"
    r"|ausgeschieden|non-?active|no longer active|not active"
)
_WORDS = (
    rf"{_SURE}|left|former|formerly|ex|departed|resigned|retired|gone|leaver|parti|partie"
    r"|has left|ehemalig|ehemals|ancien|ancienne|antiguo|uitgeschreven|uit dienst|archived"
)
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        # In brackets, with a day or a reason behind: (left 2025-03), [Inactive], 【离职】.
        rf"\s*[(\[【{{<]\s*(?:(?:{_WORDS})\b|{_HAN})[^)\]】}}>]*[)\]】}}>]\s*",
        rf"\s*[-–—_/|,:·]\s*(?:(?:{_WORDS})|{_HAN})$",
        rf"\s+(?:{_SURE})$",
        rf"(?<=\S)\s*(?:{_HAN})$",
        rf"^(?:(?:{_WORDS})|{_HAN}|zz+)\s*[-–—_/|:·.]\s*",
        rf"^(?:{_SURE}|former)\s+",
        rf"^(?:{_HAN})\s*(?=\S)",
    )
)


def present(name: str) -> str:
    """Return a name in half width and small letters, without marks of having left."""
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    for mark in _MARKS:
        shorter = mark.sub(" ", text).strip()
        text = shorter or text
    return text


def has_left(name: str) -> bool:
    """Return whether a name says that its person has left."""
    return present(name) != unicodedata.normalize("NFKC", name).casefold().strip()
