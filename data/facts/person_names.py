"""Read a person's name without what is added when the person leaves: 张三（离职）, (inactive).

>>> present("Ann Vale (inactive)"), present("离职-张三"), present("ex-Bo Reed")
('ann vale', '张三', 'bo reed')
>>> spelt_plainly("Müller, Jörg") == spelt_plainly("joerg.mueller@firma.de")
True
>>> has_left("张三(已离职)"), has_left("Ann Left")
(True, False)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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
        rf"(?:(?<!\s)\s++)?+[(\[【{{<]\s*+(?:(?:{_WORDS})\b|{_HAN})[^)\]】}}>]*+[)\]】}}>]\s*+",
        rf"(?:(?<!\s)\s++)?+[-–—_/|,:·]\s*+(?:(?:{_WORDS})|{_HAN})$",
        rf"(?<!\s)\s++(?:{_SURE})$",
        rf"(?<=\S)\s*+(?:{_HAN})$",
        rf"^(?:(?:{_WORDS})|{_HAN}|zz+)\s*+[-–—_/|:·.]\s*+",
        rf"^(?:{_SURE}|former)\s+",
        rf"^(?:{_HAN})\s*+(?=\S)",
    )
)

_WORD = re.compile(r"[^\W\d_]+")
# Two letters for one with two dots, within a word: Joe and Sue keep theirs.
_UMLAUT = re.compile(r"(?<![aeiouq])([aou])e(?=[bcdfghj-np-tv-z])")


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


def spelt_plainly(name: str) -> str:
    """Return the words of a name in one order without accents: ö, oe and o are one letter.

    Of an address, the part before the @ is the name. "" for a name of one word.
    """
    text = present(name).partition("@")[0] if "@" in name else present(name)
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = _WORD.findall(_UMLAUT.sub(r"\1", bare))
    return " ".join(sorted(words)) if len(words) > 1 else ""


def by_initial(name: str, others: Iterable[str]) -> list[str]:
    """Return those of `others` that a name with an initial may be short for: J. Müller."""
    words = spelt_plainly(name).split()
    initials = [word for word in words if len(word) == 1]
    rest = [word for word in words if len(word) > 1]
    if len(initials) != 1 or len(rest) != 1:
        return []
    found = []
    for other in others:
        whole = spelt_plainly(other).split()
        given = [word for word in whole if word != rest[0]]
        fits = len(whole) == 2 and len(given) == 1 and len(given[0]) > 1
        if fits and given[0].startswith(initials[0]):
            found.append(other)
    return found
