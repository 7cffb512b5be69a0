"""Headers as they are compared: one spelling for the many ways a header is written.

>>> normalise("\\ufeffＣlose_Date* ")
'close date'
>>> key("Close Date") == key("CloseDate") == key("close_date")
True
>>> unit("销售额（万元）")
'万元'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

# What stands in brackets behind a header and says how it is counted, not what it is.
_UNITS = (
    r"%|‰|[$¥€£]|[十百千万亿]*元(?:[/每].{1,3})?|[十百千万亿]+|[件个台套箱吨天人次份]|"
    r"(?:in )?(?:cny|rmb|usd|eur|gbp|hkd|jpy|k|m|mn|thousands?|millions?)"
    r"|(?:in )?(?:seconds|minutes|hours|days)"
    r"|人民币|美元|欧元|港币|日元|小时|分钟|秒"
)
_UNIT = re.compile(rf"\s*[(\[]\s*(?P<unit>{_UNITS})\s*[)\]]\s*$", re.IGNORECASE)
# Of two names for one thing the first may have it: 金额（USD）amount.
_UNIT_INSIDE = re.compile(rf"[(\[]\s*(?P<unit>{_UNITS})\s*[)\]]", re.IGNORECASE)
_ASKED = re.compile(r"\s*[(\[]\s*(?:必填|选填|required|optional|\*)\s*[)\]]\s*$", re.IGNORECASE)
_GAP = re.compile(r"[\s_\-–—]+")
_BETWEEN = "\x1f"
_BLIND = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


def plain(header: str) -> str:
    """Half width, without byte-order marks, asterisks, "(*)" and "(required)"."""
    text = unicodedata.normalize("NFKC", header).translate(_BLIND).strip()
    return _ASKED.sub("", text.strip("*").strip()).strip("*:").strip()


@lru_cache(maxsize=8192)
def normalise(header: str) -> str:
    """`header` trimmed, half width, lower case, without its unit; `.id` stays.

    Underscores and hyphens become spaces. Also the spelling in which the words
    of `data.matching.systems.words` are looked up.
    """
    text = _UNIT.sub("", plain(header))
    return _GAP.sub(" ", text.casefold()).strip()


def unit(header: str) -> str | None:
    """The unit in brackets in `header`, as written in half width; one at its end first."""
    told = plain(header)
    found = _UNIT.search(told) or _UNIT_INSIDE.search(told)
    return found["unit"] if found else None


@lru_cache(maxsize=8192)
def key(header: str) -> str:
    """`header` without anything but letters and digits: what aliases are found by.

    A `.id` at the end stays apart, so that "Account Name.id" is never "Account Name id".
    """
    text = normalise(header)
    stem, dot, _ = text.rpartition(".id")
    is_id = bool(dot) and text.endswith(".id")
    bare = "".join(c for c in (stem if is_id else text) if c.isalnum() or c in "#%")
    return f"{bare}.id" if is_id else bare


def has_hanzi(text: str) -> bool:
    """Return whether a text has Chinese characters."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def shape(header: Sequence[str]) -> str:
    """The headers of a sheet as they are compared, in their order: what a choice is kept under.

    Readable on purpose: a sheet whose columns moved, or that has one more, is
    found again by `parts` of its shape.
    """
    return _BETWEEN.join(key(one) for one in header)


def parts(kept: str) -> tuple[str, ...]:
    """The headers in a `shape`, one a column, each as `key` writes it."""
    return tuple(kept.split(_BETWEEN))


def short_shape(kept: str) -> str:
    """How a `shape` was kept at first: only good for finding the very same header."""
    return sha256(kept.encode()).hexdigest()[:16]
