"""Tell columns of versions by their headers, and rank versions: V10 after V9, B after A.

>>> is_version("版本号"), is_version("Revision No."), is_version("Rev."), is_version("合同版本")
(True, True, True, True)
>>> is_version("Software Version"), is_version("Reviewed"), is_version("备注")
(False, False, False)
>>> rank("V10") > rank("v9"), rank("Rev B") > rank("Rev A"), rank("第三版") > rank("第二版")
(True, True, True)
>>> rank("调整后") > rank("调整前"), rank("01.04.2026") > rank("31.03.2026")
(True, True)
>>> rank("Standard"), rank("03/04/2026")
(None, None)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from data.values.header_text import normalise

_HEADER = re.compile(
    r"(?:(?:order|contract|quote|document|target|plan|订单|合同|报价单?|单据|目标|文件|协议) ?)?"
    r"(?:(?:version|revision|rev|ver|vers)\.?(?: ?(?:no|number|nr|id|#|date)\.?)?|#?版本号?|版次"
    r"|版本编号|版本日期|修订号|修订版本|修订次数|变更次数|变更版本|revisionsnummer|revisionsstand"
    r"|versionsnummer|versión|revisión|n° de version|versione|revisione|versão|revisão"
    r"|versie|revisie)"
)
_LABEL = (
    r"(?:第|document version|revision|version|rev|ver|v|r|版本号?|版次|修订版?|报价)?[ .:_#-]{0,2}"
)
_AFTER = r" ?(?:版本?|稿|次|次修订|次调整|次修改)?"
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/年](\d{1,2})(?:[-/月](\d{1,2})日?|月?)(?:[t ](\d{1,2}):(\d{2})(?::(\d{2}))?.{0,8})?"
)
_NUMBER = re.compile(
    rf"{_LABEL}(\d{{1,8}}(?:\.\d{{1,6}}){{0,3}}|[一二三四五六七八九十]{{1,3}}){_AFTER}"
)
_LETTER = re.compile(rf"{_LABEL}([a-z]){_AFTER}")
_FIRST = re.compile(
    r"(?:调整|修改|修订|变更|更正)前|原|原始|初|初始|旧|草|original|initial|first|draft|old"
    r"|before(?: adjustment| revision)?|ursprünglich|entwurf|alt|vorher|initiale?|avant"
)
_REVISED = re.compile(
    r"(?:调整|修改|修订|变更|更正)后?|更新|新|revised?|revision|adjusted|updated|amended|new"
    r"|after(?: adjustment| revision)?|überarbeitet|angepasst|neu|nachher|révisée?|après"
)
_FINAL = re.compile(r"终|最终|定|final|endgültig|finale?|definitivo")
_LAST, _BETWEEN = 10**8, 10**7
_DIGITS = "零一二三四五六七八九"


class Rank(NamedTuple):
    """The place of a version among those that are written in the same way, its `kind`."""

    kind: str
    place: tuple[int, ...]


def is_version(header: str) -> bool:
    """Return whether a column under `header` holds versions."""
    return bool(_HEADER.fullmatch(normalise(header)))


@lru_cache(maxsize=4096)
def rank(text: str) -> Rank | None:
    """Return the rank of a version; None for a text that is none, or a date of unclear order."""
    word = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if match := _DAY.fullmatch(word):
        return Rank("day", tuple(int(part) for part in reversed(match.groups())))
    if match := _YEAR_FIRST.fullmatch(word):
        return Rank("day", tuple(int(part or 0) for part in match.groups()))
    if _SLASHED.fullmatch(word):
        return None
    if match := _NUMBER.fullmatch(word):
        return Rank("number", _places(match[1]))
    bare = re.sub(r" ?(?:版本?|稿|目标|version|target)$", "", word)
    for place, words in ((0, _FIRST), (_BETWEEN, _REVISED), (_LAST, _FINAL)):
        if words.fullmatch(bare):
            return Rank("number", (place,))
    letter = _LETTER.fullmatch(word)
    return Rank("letter", (ord(letter[1]),)) if letter else None


def _places(number: str) -> tuple[int, ...]:
    if number[0].isdigit():
        return tuple(int(part) for part in number.split("."))
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return (_DIGITS.index(number[-1]),)
    return (10 * (_DIGITS.index(tens[-1]) if tens else 1) + (_DIGITS.index(ones) if ones else 0),)
