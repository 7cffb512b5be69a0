"""The currency of a table's amounts, from the lines above it: 币别：人民币, "Currency: EUR".

>>> title_currency([["销售明细", None], ["币别：人民币", None]])
'CNY'
>>> title_currency([["Sales", "Currency", "US Dollar"]]), title_currency([["（单位：万元）"]])
('USD', '元')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from data.values import header_currency, unit_words
from data.values.currencies import candidates, code, is_yuan
from data.values.numbers import folded

_LABEL = (
    r"(?:本位|结算|记账|報告|报告)?(?:币别|币种|货币(?:单位)?|币制|幣別|幣種|貨幣)"
    r"|(?:(?:reporting|report|base|company|home) )?currency|währung|hauswährung|devise|monnaie"
    r"|moneda|moeda|valuta|waluta|валюта|通貨|통화"
)
_LABELLED = re.compile(rf"(?:^|[\s(，,;；|])(?:{_LABEL})\s*[:=为]\s*(?P<word>[^,，;；|)]+)", re.I)
_BARE_LABEL = re.compile(rf"(?:{_LABEL})\s*[:=]?", re.I)
_SCALE = r"(?:十万|百万|千万|[百千万萬亿億])?"
_UNIT = re.compile(rf"[单單]位\s*+[:为是]?\s*+{_SCALE}\s*+(?P<word>[^\s,，;；)]+)")
# "2026 年销售目标（万元）": a unit in brackets at the end of a title.
_BRACKETED = re.compile(rf"\({_SCALE}(?P<word>\w*元|人民币)\)\s*$")
_AMOUNTS = re.compile(
    r"\b(?:amounts?|figures|values|prices|beträge)\b[^:]{0,80}?\bin\s*+:?\s*+"
    r"(?:(?:thousand|million|tsd\.?|mio\.?)s?\s++(?:of\s++)?)?"
    r"(?P<word>[A-Z]{3}|euros?|US dollars?)\b",
    re.I,
)
# "Orders in USD", "Sales (USD)", "in thousands of US dollars", "Umsatz in T€", "USD thousands".
_SAID = re.compile(
    r"(?:[(\[]|\b(?:in|en|em|of|de)\s|\bd'|^)\s{0,9}(?:in\s)?"
    r"(?P<word>[A-Z]{3}|[A-Z]{0,2}[$€£¥₹]|[^\W\d_]+(?:[ -][^\W\d_]+)?)\s{0,9}(?:[)\],;]|\.?$)"
)
_SCALED = re.compile(r"(?<![十百千万亿])[十百千万亿]++元$")
# Currencies of Albania and Tonga that are English words: "Currency: ALL".
_WORDS = ("ALL", "TOP")
_PATTERNS = (_LABELLED, _UNIT, _BRACKETED, _AMOUNTS)
_CODE_LAST = re.compile(r"(?:^|[\s_\-–.]|(?<=[^\x00-\x7f]))(?P<code>[A-Z]{3})$")


def title_currency(rows: Iterable[Sequence[str | None]]) -> str | None:
    """Return the only currency named in the rows above a header, as a code or as a shared sign.

    None without one, and where they name several.
    """
    named = {
        currency
        for row in rows
        for text in _texts([folded(cell or "") for cell in row])
        if (currency := _named(text))
    }
    codes = {currency for currency in named if not candidates(currency)}
    # 人民币 beside 单位：元 is one currency.
    found = codes or named
    return next(iter(found)) if len(found) == 1 else None


def name_currency(name: str) -> str | None:
    """Return the currency in the name of a file or a sheet: "Orders in USD", "Sales_EUR", "USD"."""
    text = folded(name)
    if said := _named(text):
        return said
    last = _CODE_LAST.search(text)
    named = header_currency.named(text)
    return named if last and named == code(last["code"]) else None


def _texts(cells: list[str]) -> Iterable[str]:
    """Yield the cells; a label by itself with the next filled cell."""
    filled = [cell for cell in cells if cell]
    for at, cell in enumerate(filled):
        if _BARE_LABEL.fullmatch(cell) and at + 1 < len(filled):
            yield f"{cell.rstrip(':= ')}: {filled[at + 1]}"
        yield cell


def _named(text: str) -> str | None:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            word = _SCALED.sub("元", match["word"].strip())
            parts: list[str] = [word, *re.split(r"[\s(/]+", word)]
            sure = [known for part in parts if (known := code(part)) and known not in _WORDS]
            if found := sure or [part for part in parts if candidates(part)]:
                return found[0]
    if (scaled := unit_words.unit_and_currency(f"x {text}")) and scaled[1]:
        return code(scaled[1]) or scaled[1]
    named = header_currency.named(text)
    if not named or is_yuan(named):
        return None
    said = [match["word"] for match in _SAID.finditer(text)]
    return named if any(named in (code(word), word.casefold()) for word in said) else None
