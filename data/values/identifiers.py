"""Read an identifier one way, however a program has written it.

>>> identifier('="0012"'), identifier("so-001 "), identifier("1001.0")
('0012', 'SO-001', '1001')
>>> identifier("0065g00000XyZAb")                 # 15 characters, where capitals count
'0065g00000XyZAbAAN'

Two rows belong together when their identifiers are equal. Spreadsheets and exports
wrap the same number in quotes, apostrophes, tabs, wide digits or decimals; all of
that goes. Leading zeros stay: only the user knows whether 00123 is 123.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Texts, Typed, plain
from data.values.numbers import BLANK

_FORMULA = re.compile(r'=\s*+(?:T\s*+\(\s*+)?(?:"++([^"\n].*?)(?<!")"++|""++)\s*+\)?')
_APOSTROPHES = "'\u2018\u2019`"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f]")
_WHOLE = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)\.0+|(\d{1,3}(?:,\d{3})+)")
# GUIDs and hashes, which their makers write in small letters.
_HEXADECIMAL = re.compile(
    r"\{?([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\}?|((?=\d*[A-F])[0-9A-F]{24,})",
    re.IGNORECASE,
)
# Made by programs, which always write them alike: zcrm_617…, in_1Nx…
_TOKEN = re.compile(r"(?=.*[a-z])(?=.*[A-Z]).{15,}|[a-z]{2,}_[A-Za-z0-9]+")
_NUMBERED = re.compile(r"[^\s\d]*+\d\S*+")
# Salesforce: three characters for the kind of record, then twelve, then a check of the capitals.
_SALESFORCE = re.compile(
    r"(?=.{0,14}[A-Za-z])((?:0[0-9A-Za-z]|[578]\d|a[0-9A-Za-z])[0-9A-Za-z]{13})([A-Za-z0-5]{3})?"
)
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
# As spreadsheets show a number of more digits than they keep.
_SCIENTIFIC = r"^-?\d(?:[.,]\d+)?[eE]\+\d{1,3}$"
_KEPT_DIGITS = 15
# Whatever might be written in another way too; for Arrow's search.
_OTHERWISE = r"[^-0-9A-Z_/#]|^[0578][0-9A-Z]{14}$|^[0578][0-9A-Z]{17}$"
_DIGITS_ALONE = r"^(?:=\s*[Tt])?[^\pL0-9]*[0-9][0-9,]*(?:\.0+)?[^\pL0-9]*$"
_PLAIN = r"^[-0-9A-Z_/#]*$"
_ONLY_DIGITS = r"^[0-9]+$"
_PLACEHOLDERS = pa.array(
    sorted(
        {
            *BLANK,
            "待定",
            "待补",
            "待填",
            "没有",
            "tbd",
            "tba",
            "?",
            "x",
            "xx",
            "xxx",
            "unknown",
            "keine",
            "aucun",
        }
    ),
    pa.string(),
)
# This many zeros at the ends of long numbers are no chance: digits were cut.
_ZEROS, _ZEROS_BY_ONE = 4, 8


def identifier(text: str) -> str:
    """Return the one spelling of an identifier; "" where nothing is left of it."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).strip()
    if match := _FORMULA.fullmatch(text):
        text = (match[1] or "").strip()
    text = " ".join(text.lstrip(_APOSTROPHES).split())
    if match := _WHOLE.fullmatch(text):
        return (match[1] or match[2]).replace(",", "")
    if match := _HEXADECIMAL.fullmatch(text):
        return (match[1] or match[2]).lower()
    if (match := _SALESFORCE.fullmatch(text)) and (checked := _with_check(*match.groups())):
        return checked
    if _NUMBERED.fullmatch(text) and not _TOKEN.fullmatch(text):
        return text.upper()
    return text


def identifiers(texts: Texts) -> Typed:
    """Return a trimmed column of identifiers; those that identify nothing are null, with why.

    The reason is "id_lost_digits", or "no_number" for what stands where there is none: a dash,
    N/A, 无, and 0 where nothing is counted from 0.
    """
    return _read(texts, zero_counts=False)


def _read(texts: Texts, zero_counts: bool) -> Typed:
    coded = pa.types.is_dictionary(texts.type)
    words = texts.dictionary if coded else texts
    if _all_short_and_plain(words) and not pc.any(_no_number(words, zero_counts)).as_py():
        return Typed(texts, None)
    otherwise = pc.and_not(
        pc.fill_null(pc.match_substring_regex(words, _OTHERWISE), False),
        pc.fill_null(pc.match_substring_regex(words, _ONLY_DIGITS), False),
    )
    lost = _lost(words)
    if pc.any(otherwise).as_py():
        one_way = [identifier(text) or None for text in words.filter(otherwise).to_pylist()]
        words = pc.replace_with_mask(words, otherwise, pa.array(one_way, pa.string()))
    why, nothing = None, _no_number(words, zero_counts)
    if pc.any(pc.or_(lost, nothing)).as_py():
        none = pa.scalar(None, pa.string())
        why = pc.if_else(lost, "id_lost_digits", pc.if_else(nothing, "no_number", none))
        words = pc.if_else(pc.or_(lost, nothing), none, words)
        why = why.take(texts.indices) if coded else why
    if not coded:
        return Typed(words, why)
    values = pa.DictionaryArray.from_arrays(texts.indices, words)
    if words.null_count or len(pc.unique(words)) < len(words):
        # Two spellings are one now.
        return Typed(plain(values).dictionary_encode(), why)
    return Typed(values, why)


def line_numbers(texts: Texts) -> Typed:
    """Return a trimmed column of line numbers, which are whole: 000010 is 10, and #1 is 1."""
    read = _read(texts, zero_counts=True)
    coded = pa.types.is_dictionary(read.values.type)
    words = read.values.dictionary if coded else read.values
    bare = pc.replace_substring_regex(words, r"^#?\s*0*([0-9]+)$", r"\1")
    if bare.equals(words):
        return read
    if not coded:
        return Typed(bare, read.why)
    values = pa.DictionaryArray.from_arrays(read.values.indices, bare)
    # Two spellings may be one now.
    return Typed(plain(values).dictionary_encode(), read.why)


def _no_number(words: pa.StringArray, zero_counts: bool) -> pa.BooleanArray:
    """Return which texts stand where there is no number."""
    blank = pc.is_in(pc.utf8_lower(words), value_set=_PLACEHOLDERS)
    if zero_counts:
        return blank
    zeros = pc.fill_null(pc.match_substring_regex(words, "^0+$"), False)
    if not pc.any(zeros).as_py() or pc.any(pc.match_substring_regex(words, "^0*1$")).as_py():
        return blank  # a list that counts from 0 has a 1, too
    return pc.or_(blank, zeros)


def _all_short_and_plain(words: pa.StringArray) -> bool:
    """Return whether no text can be spelt in another way: the usual column, in two quick looks."""
    longest = pc.max(pc.binary_length(words)).as_py() or 0
    return longest < _KEPT_DIGITS and bool(
        pc.all(pc.match_substring_regex(words, _PLAIN)).as_py() in (True, None)
    )


def any_numbered(texts: Texts) -> bool:
    """Return whether any identifier of a trimmed column is of digits alone, however spelt."""
    words = texts.dictionary if pa.types.is_dictionary(texts.type) else texts
    digits = pc.match_substring_regex(words, _DIGITS_ALONE)
    return bool(pc.any(digits).as_py())


def share_lost(texts: Texts) -> float:
    """Return the share of the rows of a trimmed column whose identifier has lost digits."""
    words = texts.dictionary if pa.types.is_dictionary(texts.type) else texts
    lost = _lost(words)
    if not pc.any(lost).as_py():
        return 0.0
    rows = lost.take(texts.indices) if pa.types.is_dictionary(texts.type) else lost
    return float((pc.sum(rows).as_py() or 0) / max(1, len(texts) - texts.null_count))


def _lost(words: pa.StringArray) -> pa.BooleanArray:
    """Return which texts a spreadsheet has cut: 1.23457E+15, or long numbers that all end in 0."""
    lost = pc.fill_null(pc.match_substring_regex(words, _SCIENTIFIC), False)
    long = pc.fill_null(
        pc.match_substring_regex(words, rf"^[1-9][0-9]{{{_KEPT_DIGITS},}}(?:\.0+)?$"), False
    )
    if not pc.any(long).as_py():
        return lost
    tails = pc.utf8_slice_codeunits(
        pc.replace_substring_regex(words.filter(long), r"\.0+$", ""), _KEPT_DIGITS
    )
    cut = pc.match_substring_regex(tails, r"^0+$")
    zeros = pc.sum(pc.utf8_length(tails)).as_py()
    enough = _ZEROS if zeros >= 2 * len(tails) else _ZEROS_BY_ONE
    certain = pc.all(cut).as_py() and zeros >= enough and (len(tails) > 1 or zeros > _ZEROS)
    return pc.or_(lost, long) if certain else lost


def _with_check(fifteen: str, check: str | None) -> str | None:
    """Return a Salesforce identifier of 18 characters; None if the check is of something else.

    Each character of the check has five bits, the lowest for the first of five characters: set
    where that is a capital. So a check brings back capitals that were lost.
    """
    if check:
        bits = [_CHECK.index(sign) for sign in check.upper()]
        fifteen = "".join(
            sign.upper() if bits[at // 5] >> at % 5 & 1 else sign.lower()
            for at, sign in enumerate(fifteen)
        )
    fives = [fifteen[at : at + 5] for at in (0, 5, 10)]
    made = "".join(
        _CHECK[sum(1 << at for at, sign in enumerate(five) if sign.isupper())] for five in fives
    )
    return None if check and made != check.upper() else fifteen + made
