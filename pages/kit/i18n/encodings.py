"""Names of encodings that people know them by.

>>> from pages.kit.i18n.words import words
>>> encoding_name(words("en"), "cp850")
'Western European, DOS'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.tables import N_

if TYPE_CHECKING:
    from pages.kit.i18n.words import Words

ENCODINGS: dict[str, str] = {
    "cp1252": N_("Western European, Windows"),
    "iso8859_15": N_("Western European, ISO"),
    "cp850": N_("Western European, DOS"),
    "mac_roman": N_("Western European, Mac"),
    "cp1250": N_("Central European, Windows"),
    "iso8859_2": N_("Central European, ISO"),
    "cp852": N_("Central European, DOS"),
    "cp1254": N_("Turkish, Windows"),
    "cp1257": N_("Baltic, Windows"),
    "cp1251": N_("Cyrillic, Windows"),
    "koi8_r": N_("Cyrillic, KOI8-R"),
    "iso8859_5": N_("Cyrillic, ISO"),
    "cp866": N_("Cyrillic, DOS"),
    "mac_cyrillic": N_("Cyrillic, Mac"),
    "cp1255": N_("Hebrew, Windows"),
    "cp1253": N_("Greek, Windows"),
    "cp1256": N_("Arabic, Windows"),
    "cp874": N_("Thai, Windows"),
    "gb18030": N_("Simplified Chinese, GB"),
    "big5hkscs": N_("Traditional Chinese, Big5"),
    "cp949": N_("Korean, Windows"),
    "cp932": N_("Japanese, Shift-JIS"),
    "euc_jp": N_("Japanese, EUC"),
    "cp1258": N_("Vietnamese, Windows"),
    "big5": N_("Traditional Chinese, Big5"),
    "gbk": N_("Simplified Chinese, GB"),
    "gb2312": N_("Simplified Chinese, GB"),
    "euc_kr": N_("Korean, Windows"),
    "shift_jis": N_("Japanese, Shift-JIS"),
    "utf8": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
}


def encoding_name(_: Words, encoding: str) -> str:
    """Return what people call an encoding; an unknown one by its own name."""
    name = ENCODINGS.get(encoding, encoding)
    return name if name == encoding or name.startswith("UTF") else _(name)
