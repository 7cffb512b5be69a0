"""Parse a cell into a number, and find which decimal marks a column allows.

>>> parse_number("¥1.2万", "."), parse_number("(1.234,50)", ",")
(Decimal('12000.0'), Decimal('-1234.50'))
>>> sorted(decimal_marks(["1,234", "1,234.5"]))
['.']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from data.values import unit_words
from data.values.currency_words import CODES, PATTERN, WORDS
from data.values.hanzi import SIMPLIFIED

DecimalMark = Literal[".", ","]

DECIMAL_MARKS: tuple[DecimalMark, ...] = (".", ",")

_BLANK_MARKS = ("", "-", "--", "---", "—", "——", "–", "/", ".", "\\n")
_BLANK_WORDS = ("n/a", "n.a.", "#n/a", "na", "nan", "null", "none", "nil", "(blank)")
BLANK = frozenset((*_BLANK_MARKS, *_BLANK_WORDS, "无", "空", "暂无", "未知"))
_PLAINER = SIMPLIFIED | str.maketrans(dict.fromkeys("−‐‑‒–—﹣", "-") | dict.fromkeys("’‘ʼ′", "'"))


def is_blank(text: str | None) -> bool:
    """Return whether a cell means "nothing": empty, a dash, N/A, null, 无."""
    return text is None or folded(text).lower() in BLANK


def number_of(text: str) -> Decimal | None:
    """Parse a number with a decimal point, or else with a decimal comma.

    0.00 is one with a point, and none with a comma.
    """
    number = parse_number(text, ".")
    return parse_number(text, ",") if number is None else number


def parse_number(text: str, decimal: DecimalMark) -> Decimal | None:
    """Parse the exact number in `text`; None for a blank or any other text.

    Understands currency signs, codes and names, 万 (or w) 亿 千 K M B lakh Mio. …, (123), 123-,
    1500.- for a round amount, 12 %, full-width digits, Western and Indian grouping. Irregular
    grouping is no number: it was damaged, or `decimal` is wrong.
    """
    if is_blank(text):
        return None
    match = _written(text)
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    signs = [match[name] for name in ("sign1", "sign2", "sign3") if match[name]]
    if len(signs) + bool(match["open"]) > 1 or (match["round"] and match["sign3"]):
        return None
    if not _money_beside(match):
        return None
    digits = _plain(match["digits"], decimal)
    # "1.500,-" has no cents: the number before the dash is whole.
    if digits is None or (match["round"] and decimal in match["digits"]):
        return None
    value = Decimal(digits + (match["power"] or ""))
    value *= _UNITS[(match["unit"] or "").lower()]
    value *= _PARTS[match["percent"] or ""]
    return -value if match["open"] or "-" in signs else value


def decimal_marks(texts: Iterable[str]) -> set[DecimalMark]:
    """Return the decimal marks with which every number of a column can be read."""
    possible = set(DECIMAL_MARKS)
    for text in texts:
        fits = {mark for mark in DECIMAL_MARKS if parse_number(text, mark) is not None}
        if fits:
            possible &= fits
    return possible


# Where a header is of a language that writes a decimal comma, a lone comma is one.
_COMMA_LANGUAGES = re.compile(
    r"betrag|netto|brutto|umsatz|kosten|preis|summe|\bwert|menge|anzahl|rabatt|mwst|\bust\b|gebühr"
    r"|montant|\bprix\b|coût|\bttc\b|\bht\b|quantité|remise|objectif|importe|precio|cantidad"
    r"|importo|prezzo|quantità|sconto|fatturato|imponibile|preço|custo|quantidade|desconto"
    r"|bedrag|\bprijs|omzet|aantal|kwota|\bcena|wartość|сумма|цена|стоимость|количество"
    r"|belopp|beløb|beløp|tutar|částka|összeg",
    re.IGNORECASE,
)


def decimal_doubt(texts: Iterable[str], header: str = "") -> bool:
    """Return whether the "," of a column that allows no other mark may be damaged grouping.

    True where two digits follow the comma in every deciding text (`1052,75元`, `11,50万元`)
    and no text has a point, a space or an apostrophe between thousands, nor is any grouped by
    points under a header without a unit: `1.000` beside `12,50`; nor is such a header of a
    language that writes so.
    """
    tails, whole = set(), header_unit(header) == 1
    if whole and _COMMA_LANGUAGES.search(header):
        return False
    for text in map(folded, texts):
        if "," in text and ("." in text or re.search(r"\d[ ']\d{3},", text)):
            return False
        if whole and _POINTED_GROUPS.fullmatch(text):
            return False
        if parse_number(text, ".") is None and parse_number(text, ",") is not None:
            tails.add(len(re.split(r"\D", text.rpartition(",")[2])[0]))
    return tails == {2}


def has_percent(text: str) -> bool:
    """Return whether a number has its own percent sign."""
    return bool({"%", "‰"} & set(folded(text)))


def header_unit(header: str) -> Decimal:
    """Return the multiplier that a header names: 10000 for 销售额（万元）, else 1."""
    header = folded(header)
    # At its end, or at the end of the first of two names: 金额（万元）amount.
    if match := _HEADER_UNIT.search(header) or _INNER_UNIT.search(header):
        return _UNITS[match[1]]
    if match := _COINS.search(header):
        return _COIN[match[1]]
    if unit := unit_words.unit_and_currency(header):
        return unit_words.multiplier(unit[0])
    match = _INNER_ENGLISH.search(header)
    return _UNITS["m" if match["unit"][0] in "mM" else "k"] if match else Decimal(1)


def has_unit(text: str) -> bool:
    """Return whether a number has its own unit: 11万, 3K."""
    match = _written(text)
    return bool(match and match["unit"])


def _written(text: str) -> re.Match[str] | None:
    written = folded(text)
    return _NUMBER.fullmatch(written) if len(written) <= _LONGEST else None


# Without a unit: 35.835 thousand is as likely as 35835 thousand.
_POINTED_GROUPS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})++(?:\s?+(?:€|EUR|CHF))?+")
_LONGEST = 200  # characters of a number with its currencies; longer text is none


_UNITS: dict[str, Decimal] = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "十万": Decimal(10**5),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
    "w": Decimal(10**4),  # 3.5w: 万, as it is typed on phones
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mio": Decimal(10**6),
    "lakh": Decimal(10**5),
    "lakhs": Decimal(10**5),
    "lac": Decimal(10**5),
    "lacs": Decimal(10**5),
    # Cr alone is the credit side of a bank statement as often.
    "crore": Decimal(10**7),
    "crores": Decimal(10**7),
    "tsd": Decimal(1000),
    "tsd.": Decimal(1000),
    "mio.": Decimal(10**6),
    "mrd": Decimal(10**9),
    "mrd.": Decimal(10**9),
    "million": Decimal(10**6),
    "thousand": Decimal(1000),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "萬": Decimal(10**4),
    "億": Decimal(10**8),
}
_PARTS = {"": Decimal(1), "%": Decimal("0.01"), "‰": Decimal("0.001")}
_UNIT = "|".join(map(re.escape, sorted(filter(None, _UNITS), key=len, reverse=True)))
_NUMBER = re.compile(
    rf"(?P<sign1>[-+])?\s*+(?P<beside1>{PATTERN})?\s*+(?P<open>\()?\s*+(?P<sign2>[-+])?"
    rf"\s*+(?P<beside2>{PATTERN})?\s*+"
    rf"(?P<digits>[\d.,][\d.,' ]*?|[.,]\d+)(?P<round>[.,:]\s?-{{1,2}})?"
    rf"(?P<power>E[-+]?\d{{1,2}})?\s*+(?P<unit>{_UNIT})?\s*+(?P<percent>[%‰])?"
    rf"\s*+(?P<beside3>{PATTERN})?\s*+(?P<close>\))?\s*+(?P<sign3>(?<![.,:])(?<![.,:] )-)?"
    rf"\s*+(?P<beside4>{PATTERN})?",
    re.IGNORECASE,
)
# 金额（万元）, 金额/万, 金额万元, 金额（万美元）; hundreds only of money: 100 件 is no unit of it.
_SCALE = r"千万|百万|十万|万|千|亿|百(?=[美欧港日]?元)"
_HEADER_UNIT = re.compile(
    rf"(?:[(\[/:,_ ]\s{{0,9}}|(?<=[\u4e00-\u9fff])(?=[十百千万亿]{{1,2}}[美欧港日]?元))({_SCALE})"
    r"\s{0,9}(?:[美欧港日]?元|人民币|RMB|CNY)?\s{0,9}[)\]]?$"
)
_COINS = re.compile(r"[(\[]\s{0,9}(?:单位[:为]?)?([分角])\s{0,9}[)\]]$")
_COIN = {"分": Decimal("0.01"), "角": Decimal("0.1")}
_MONEY = r"(?:US\$|[$€£¥]|USD|EUR|GBP|CNY|RMB|HKD)"
_ENGLISH = (
    rf"[(\[]\s*+(?:in\s++)?{_MONEY}?\s*+(?:in\s++)?(?P<unit>thousands?|millions?|mn|mio|k|m)"
    rf"\s*+{_MONEY}?\s*+[)\]]"
)
_INNER_UNIT = re.compile(
    r"[(\[]\s*+(千万|百万|十万|万|千|亿)(?:元|人民币|\s*+RMB|\s*+CNY)\s*+[)\]]"
)
_INNER_ENGLISH = re.compile(rf"{_ENGLISH}\s*+[/|]?\s*+[\u4e00-\u9fff]", re.IGNORECASE)
# Thousands, or lakhs and crores; a grouped number never begins with a zero.
_GROUPS = r"[1-9]\d{0,2}(?:G\d{3})+|[1-9]\d?(?:G\d{2})+G\d{3}"


def _shape(group: str, mark: str) -> re.Pattern[str]:
    whole = "|".join(_GROUPS.replace("G", separator) for separator in (group, " ", "'"))
    return re.compile(rf"(?P<whole>\d+|{whole})?(?:{mark}(?P<rest>\d*))?")


_SHAPES = {".": _shape(",", r"\."), ",": _shape(r"\.", ",")}


def _money_beside(match: re.Match[str]) -> bool:
    """Return whether the words beside the digits are currencies: three capitals may be any word."""
    beside = [match[f"beside{at}"] for at in range(1, 5)]
    return all(_is_code(part) for part in beside if part and re.fullmatch("[A-Z]{3}", part))


_CAPITALS = {word.upper() for words in WORDS.values() for word in words if len(word) == 3}


def _is_code(capitals: str) -> bool:
    return capitals in CODES or capitals in _CAPITALS


def _plain(digits: str, decimal: DecimalMark) -> str | None:
    """Return digits in Python's form; None where the grouping or the mark does not fit."""
    match = _SHAPES[decimal].fullmatch(digits)
    if match is None or not (match["whole"] or match["rest"]):
        return None
    whole = re.sub(r"\D", "", match["whole"] or "0")
    return f"{whole}.{match['rest']}" if match["rest"] else whole


def folded(text: str) -> str:
    """Return `text` trimmed, in half width and simplified, with plain dashes and apostrophes."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_PLAINER).strip()
