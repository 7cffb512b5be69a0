"""Name the list that a file is of: its file name without dates, copies and drafts.

    >>> stem("门店1回款 2026-11 (更正).xlsx"), stem("资料.zip/华东/11月回款(1).xlsx")
    ('门店1回款', '华东/月回款')

A number that belongs to a word (门店1, 3组) tells one list from another; one that
is a day, a month or the count of a copy does not. A folder inside an archive is
part of the name, the archive's own name is not.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

_ARCHIVE = ".zip"
# What people write behind a name when they have corrected, copied or finished a file.
_DRAFTS = re.compile(
    r"更正|修正|修订|订正|校正|改正|修改后?|改后|已改|调整后?|副本|最新版?|最终版?|终稿|终版|定稿"
    r"|新版|旧版|改版?(?![^\W\d_])"
    r"|(?<![a-z])(?:copy of|copy|correct(?:ed|ion)|revis(?:ed|ion)|amended|updated?|fixed|final"
    r"|latest|draft|new|old)(?![a-z])"
    r"|(?<![a-z])(?:v|ver|version|rev)[. ]?\d+(?:\.\d+)*(?![a-z])"
)
# Quarters, halves and weeks: Q3, H1, W12.
_PARTS_OF_A_YEAR = re.compile(r"(?<![a-z])([qhw])\d{1,2}(?![a-z\d])")
_NUMBER = re.compile(r"\d+")
_UNITS = "年月日号周季旬期"
_LETTER = re.compile(r"[^\W\d_]")


def stem(file: str) -> str:
    """Return the name of a list: its path without what changes from export to export."""
    path = PurePosixPath(unicodedata.normalize("NFKC", file).casefold().replace("\\", "/"))
    parts = [*path.parts[:-1], path.stem]
    if len(parts) > 1 and parts[0].endswith(_ARCHIVE):
        del parts[0]
    return "/".join(named for part in parts if (named := name_of(part)))


def name_of(part: str) -> str:
    """Return part of a path, or a sheet name, without dates, copies and drafts."""
    name = unicodedata.normalize("NFKC", part).casefold()
    name = _PARTS_OF_A_YEAR.sub(r"\1", _DRAFTS.sub("", name))
    name = _NUMBER.sub(lambda match: match[0] if _is_of_a_word(match) else " ", name)
    return re.sub(r"[\W_]+", "", name)


def _is_of_a_word(match: re.Match[str]) -> bool:
    """Return whether a number belongs to a word: 门店1, 3组, but not 11月, 2026, 03 or copy (1)."""
    number = match[0]
    before = match.string[: match.start()][-1:]
    after = match.string[match.end() :][:1]
    if len(number) > 2 or number.startswith("0") or (after and after in _UNITS):
        return False
    return bool(_LETTER.match(before) or _LETTER.match(after))
