"""Read from the number formats of a workbook what it shows beside its numbers: $, EUR, 万.

>>> shown('[$€-407] #,##0.00'), shown('#,##0"万"'), shown('0!.0,"万"'), shown('0.0,,"M"')
(Beside(sign='€', unit=''), Beside(sign='', unit='万'), None, None)

A format with commas behind its digits (#,##0,) shows a thousandth, and the number of the cell is
the whole one: its unit is only a way to show it. Without them, the number counts in that unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from data.layout.shown_money import Beside
from data.values import currencies

# The currency of a sign in the country of a format's locale.
_COUNTRY = {
    0x404: "TWD", 0x406: "DKK", 0x409: "USD", 0x411: "JPY", 0x414: "NOK", 0x41D: "SEK",
    0x40F: "ISK", 0x804: "CNY", 0x814: "NOK", 0xC04: "HKD", 0xC09: "AUD", 0x1004: "SGD",
    0x1009: "CAD", 0xC0C: "CAD", 0x1409: "NZD", 0x3C09: "HKD", 0x4809: "SGD",
}  # fmt: skip
# How each unit of a format is written in a cell; the longest first.
_UNITS = {
    "百万": "百万", "千万": "千万", "十万": "十万", "百": "百", "千": "千", "万": "万", "亿": "亿",
    "萬": "萬", "億": "億", "Mio": "mio", "mn": "mn", "bn": "bn",
    "k": "k", "K": "k", "T": "k", "M": "m",
}  # fmt: skip
_PART = re.compile(
    r"\[\$(?P<money>[^\]-]*+)(?:-(?P<locale>[0-9A-Fa-f]++))?[^\]]*+\]|\[[^\]]*+\]"
    r'|"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|(?P<digits>[0#?][0#?.,]*)|(?P<other>.)',
    re.DOTALL,
)
_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\s((?:[^<>"]++|"[^"]*+")*+)>')
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'(?<![\w:])([\w:]++)\s*+=\s*+"([^"]*+)"')
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]{0,200}?\br="([A-Z]{1,3})(\d+)"([^<>]*)>')
_STYLED = re.compile(rb'\bs="(\d+)"')
Found = dict[int, dict[Beside, list[int]]]
_TEXT = re.compile(rb'\bt="(?:s|str|inlineStr|b|e|d)"')


@dataclass(frozen=True)
class Styles:
    """What the styles of a workbook show beside numbers, by their place in its list."""

    by_place: Mapping[bytes, Beside]

    def find(self, part: bytes, found: Found) -> None:
        """Add the numbers of a part of a sheet that something is shown beside."""
        if not self.by_place:
            return
        for match in _CELL.finditer(part):
            about = match[3]
            style = _STYLED.search(about)
            beside = self.by_place.get(style[1]) if style else None
            if beside and not about.endswith(b"/") and not _TEXT.search(about):
                rows = found.setdefault(_column(match[1]), {}).setdefault(beside, [])
                rows.append(int(match[2]))


NO_STYLES = Styles({})


def styles_of(part: bytes) -> Styles:
    """Return the styles in the text of xl/styles.xml that show something beside numbers."""
    codes = {}
    for tag in _FORMAT.findall(part):
        about = dict(_ATTRIBUTE.findall(tag))
        codes[about.get(b"numFmtId", b"")] = _plain(about.get(b"formatCode", b""))
    listed = _STYLES.search(part)
    if not codes or listed is None:
        return NO_STYLES
    formats = [dict(_ATTRIBUTE.findall(tag)).get(b"numFmtId") for tag in _STYLE.findall(listed[0])]
    beside = {
        str(at).encode(): shown(codes.get(code or b"", "")) for at, code in enumerate(formats)
    }
    return Styles({place: found for place, found in beside.items() if found})


@lru_cache(maxsize=512)
def shown(code: str) -> Beside | None:
    """Return the currency and the unit that a number format shows; None for neither."""
    words, digits, money = [""], "", ""
    for match in _parts(code):
        if match["money"]:
            money = money or _sign(match["money"], match["locale"])
        elif match["digits"]:
            digits += match["digits"]
            words.append("")
        elif (other := match["other"]) and other in "%yYmMdDhHsSeE@/":
            return None
        else:
            words[-1] += match["quoted"] or match["escaped"] or other or ""
    if not digits:
        return None
    unit = ""
    for word in re.split(r"[\s()+\-']+", " ".join(words)):
        part = next((part for part in _UNITS if word.startswith(part)), "")
        rest = _sign(word.removeprefix(part), None)
        if sign := _sign(word, None) or rest:
            money = money or sign
        if part and (rest or (word.rstrip(".") == part != "T")):
            unit = _UNITS[part]
    unit = "" if digits.endswith(",") else unit
    return Beside(money, unit) if money or unit else None


def _parts(code: str) -> Iterator[re.Match[str]]:
    """Yield the parts of the format of positive numbers: what stands before the first semicolon."""
    for match in _PART.finditer(code):
        if match["other"] == ";":
            return
        yield match


def _sign(word: str, locale: str | None) -> str:
    """Return a currency sign or code; "" for other words."""
    word = word.strip()
    if currencies.candidates(word):
        country = _COUNTRY.get(int(locale, 16)) if locale else None
        return country if country in currencies.candidates(word) else word
    return word if word and currencies.code(word) else ""


def _plain(code: bytes) -> str:
    text = code.decode("utf-8", errors="replace")
    for entity, letter in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'")):
        text = text.replace(entity, letter)
    text = re.sub(r"&#(\d{1,6});", lambda match: chr(int(match[1])), text)
    return text.replace("&amp;", "&")


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1
