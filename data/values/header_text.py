"""Normal forms of headers, under which different spellings compare equal.

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

from data.values import header_currency, unit_words
from data.values.hanzi import simplified

# Units in brackets after a header.
_UNITS = (
    r"%|‰|[$¥€£]|[十百千万亿]*[美欧港日]?元(?:[/每].{1,3})?|[十百千万亿]+|[分角件个台套箱吨天人次份]|"
    r"(?:in )?(?:cny|rmb|usd|eur|gbp|hkd|jpy|k|m|mn|thousands?|millions?)"
    r"|(?:in )?(?:seconds|minutes|hours|days)"
    r"|人民币|美元|欧元|港币|日元|小时|分钟|秒"
)
_UNIT = re.compile(rf"(?:(?<!\s)\s++)?+[(\[]\s*+(?P<unit>{_UNITS})\s*+[)\]]\s*+$", re.IGNORECASE)
# The first of two names may have the unit: 金额（USD）amount.
_UNIT_INSIDE = re.compile(rf"[(\[]\s*+(?P<unit>{_UNITS})\s*+[)\]]", re.IGNORECASE)
# 金额万元, without brackets.
_BARE_UNIT = re.compile(r"(?<=[\u4e00-\u9fff]{2})[十百千万亿]{1,2}[美欧港日]?元$")
_NEEDED = re.compile(
    r"(?:(?<!\s)\s++)?+[(\[]\s*+(?:必填|选填|required|optional|\*)\s*+[)\]]\s*+$", re.IGNORECASE
)
_GAP = re.compile(r"[\s_\-–—]+")
_BETWEEN = "\x1f"
_BLIND = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


def plain(header: str) -> str:
    """Return `header` in half width and simplified characters, without marks and "(required)"."""
    text = simplified(unicodedata.normalize("NFKC", header)).translate(_BLIND).strip()
    return _NEEDED.sub("", text.strip("*").strip()).strip("*:").strip()


@lru_cache(maxsize=8192)
def normalise(header: str) -> str:
    """Return `header` in half width and lower case, without unit and currency; `.id` stays.

    Underscores and hyphens become spaces. `data.matching.systems.words` is keyed by this form.
    """
    text = _UNIT.sub("", unit_words.without(plain(header).replace("\u2019", "'")))
    text = header_currency.without(_BARE_UNIT.sub("", text))
    return _GAP.sub(" ", text.casefold()).strip()


def unit(header: str) -> str | None:
    """Return the unit in the brackets of `header` in half width, preferably at its end."""
    text = plain(header)
    match = _UNIT.search(text) or _UNIT_INSIDE.search(text)
    return match["unit"] if match else None


@lru_cache(maxsize=8192)
def key(header: str) -> str:
    """Return the letters and digits of `header`, the form under which aliases are found.

    `.id` at the end is kept apart, so that "Account Name.id" differs from "Account Name id".
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
    """Join the keys of a sheet's headers, in order: the form under which a mapping is saved.

    It is not hashed, so that `parts` can find a sheet whose columns moved or grew by one.
    """
    return _BETWEEN.join(map(key, header))


def parts(kept: str) -> tuple[str, ...]:
    """Split a `shape` into the keys of its headers."""
    return tuple(kept.split(_BETWEEN))


def short_shape(kept: str) -> str:
    """Hash a `shape` as the first versions saved it; finds only the very same header."""
    return sha256(kept.encode()).hexdigest()[:16]
