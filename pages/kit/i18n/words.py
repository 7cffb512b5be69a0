"""The words of every page, in the reader's language.

    >>> _ = words("zh")
    >>> _("Orders"), _.n("{n} row", "{n} rows", 3)
    ('订单', '3 行')
    >>> language_of("zh-CN,zh;q=0.9")
    'zh'

English sentences are the message ids and live in the code; the Chinese ones live in
`locales/zh/LC_MESSAGES/yuepan.po`, which is read directly: there is no build step, and a
test fails on a sentence without a translation. Numbers and dates come from
`pages.kit.i18n.numbers`, errors from `pages.kit.i18n.sentences`.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from domain.tables import C_

Code = Literal["zh", "en"]
Units = Literal["auto", "wan", "k"]

LANGUAGES: dict[Code, str] = {"zh": "中文", "en": "English"}
LOCALES: dict[Code, str] = {"zh": "zh_Hans_CN", "en": "en_US"}
_LOCALES = Path(__file__).parents[3] / "locales"


@dataclass(frozen=True)
class Words:
    """A reader's language and units. Call it with a message id to get the sentence.

    >>> words("en")("{rows} rows", rows=3)
    '3 rows'

    `units` is the reader's choice of 万/亿 ("wan") or K/M/B ("k"); "auto"
    follows the language. Equal when the same, so it may be part of a cache key.
    """

    code: Code
    units: Units = "auto"

    def __call__(self, msgid: str, **params: Any) -> str:
        # gettext answers "" with the catalogue's header.
        context, in_context, message = msgid.rpartition("\x04")
        catalogue = _catalogue(self.code)
        if in_context:
            text = catalogue.pgettext(context, message)
        else:
            text = catalogue.gettext(message) if message else ""
        return text.format(**params) if params else text

    def c(self, context: str, msgid: str, /, **params: Any) -> str:
        """The sentence for a message id that means different things in different places.

        >>> _ = words("zh")
        >>> _("Deals"), _.c("count", "Deals")
        ('商机', '商机数')
        """
        return self(C_(context, msgid), **params)

    def n(self, singular: str, plural: str, count: int, /, **params: Any) -> str:
        """The form for `count`, filled in; `{n}` is the count, grouped, unless given."""
        text = _catalogue(self.code).ngettext(singular, plural, count)
        return text.format(**{"n": format_decimal(count, locale=LOCALES[self.code]), **params})


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    path = _LOCALES / code / "LC_MESSAGES" / "yuepan.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def words(language: str, units: Units = "auto") -> Words:
    """The words of `language` ("zh" or "en"); any other name is read as English."""
    return Words("zh" if language == "zh" else "en", units)


def language_of(accept: str | None) -> Code:
    """The language for a browser's locale or Accept-Language; English when neither fits."""
    wanted = []
    for position, part in enumerate((accept or "").replace("_", "-").lower().split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        wanted.append((-quality, position, name.split("-")[0]))
    for quality, _, name in sorted(wanted):
        if quality < 0 and name in ("zh", "en"):
            return "zh" if name == "zh" else "en"
    return "en"
