"""Tell encodings whose letters look like Chinese to the bytes: Korean, Japanese, Thai, Arabic.

    >>> certain([name.encode("cp949") for name in ("삼성전자", "현대자동차", "김철수", "이영희",
    ...                                            "서울특별시", "대한민국", "롯데백화점")])
    'cp949'

Korean and Japanese stand where Chinese has its everyday characters. A Korean text keeps to the
first third of them, in which a Chinese one of some length never stays; a Japanese one has kana.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.readers import single_byte

_HANGUL = re.compile("[\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u30fe]")
_LETTERS: Mapping[str, re.Pattern[str]] = {
    "gb18030": re.compile("[\u4e00-\u9fff]+"),
    "big5hkscs": re.compile("[\u4e00-\u9fff]+"),
    "cp949": re.compile("[\uac00-\ud7a3]+"),
    "euc_jp": re.compile("[\u3041-\u30fe\u4e00-\u9fff]+"),
    "cp932": re.compile("[\u3041-\u30fe\u4e00-\u9fff]+"),
    "cp874": re.compile("[\u0e01-\u0e4e]+"),
    "cp1256": re.compile("[\u0621-\u0652\u067e\u0686\u0698\u06af\u0640]+"),
}
_ASCII = re.compile("[A-Za-z']+")
# Distinct characters that show a script beyond doubt, and that make it worth a question.
_CERTAIN, _LIKELY = 20, 6
_KANA_SHARE = 0.15


def is_known(encoding: str) -> bool:
    """Return whether an encoding is one of those that are told apart here."""
    return encoding in _LETTERS


def certain(words: Sequence[bytes]) -> str:
    """Return the encoding of words that pass for Chinese and are not; "" if they may be."""
    if _titled(words, "koi8_r"):
        return "koi8_r"
    for name in ("cp949", "euc_jp"):
        if _fits(words, name) >= _CERTAIN:
            return name
    return ""


def thai_or_arabic(words: Sequence[bytes]) -> str:
    """Return the encoding in which all words are Thai or all are Arabic; "" without one."""
    return next((name for name in ("cp874", "cp1256") if _fits(words, name) >= _LIKELY), "")


def likely(words: Sequence[bytes], but: str = "") -> list[str]:
    """Return the encodings other than `but` that make one script of all words.

    Of those whose bytes say little, Chinese and Japanese of two bytes, only if `but` is empty.
    """
    names = [
        name
        for name in _LETTERS
        if name != but
        and _fits(words, name) >= _LIKELY
        and not (but and name in ("gb18030", "big5hkscs", "cp932", "cp1256", "cp874"))
    ]
    russian = [name for name in ("koi8_r", "cp1251") if but and _titled(words, name)]
    return [*names, *russian]


def _titled(words: Sequence[bytes], encoding: str) -> bool:
    """Return whether words are Russian, most with one capital, at their beginning."""
    titled = sum(word.decode(encoding, errors="replace").istitle() for word in words)
    return titled * 2 > len(words) and single_byte.share(words, encoding) >= 0.9


def _fits(words: Sequence[bytes], encoding: str) -> int:
    """Return how many distinct characters of its script the words have; 0 if any has others."""
    letters, seen = _LETTERS[encoding], set[str]()
    for word in words:
        try:
            text = word.decode(encoding)
        except UnicodeDecodeError:
            return 0
        if _ASCII.sub("", letters.sub("", text)):
            return 0
        seen.update(letter for letter in text if letter > "\x7f")
    if encoding == "cp949" and not all(_everyday_hangul(letter) for letter in seen):
        return 0
    if encoding == "euc_jp" and sum(map(bool, map(_KANA.match, seen))) < _KANA_SHARE * len(seen):
        return 0
    return len(seen)


def _everyday_hangul(letter: str) -> bool:
    """Return whether a syllable is one of the 2,350 that EUC-KR has."""
    return bool(_HANGUL.match(letter)) and letter.encode("cp949")[1] >= 0xA1
