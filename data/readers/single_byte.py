"""Tell encodings of one byte a letter apart by the letters within words: Müller, not M³ller.

    >>> best([b"M\\xfcller", b"K\\xf6ln"])
    Read(encoding='cp1252', share=1.0, doubt=b'')
    >>> best([b"Dvo\\xf8\\xe1k", b"Nov\\xe1k"]).encoding
    'cp1250'

A reading is good where every word holds letters of one language, in a case that people write.
Of equally good readings the first of `_ENCODINGS` counts: what Windows writes, then the
standards, and pages of DOS and of old Macintoshes where nothing else makes words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_GERMAN, _FRENCH = "äöüß", "àâæçéèêëîïôœùûüÿ"
_WESTERN = (
    _GERMAN,
    _FRENCH,
    "áéíñóúü",  # Spanish
    "áâàçéêíóôúü",  # Portuguese, but for its nasals
    "àèéìîòóù",  # Italian
    "áàâäèéêëïíóöúü",  # Dutch
    "åäöé",  # Swedish, Finnish
    "æøåéöä",  # Danish, Norwegian
    "àçèéíïòóúü",  # Catalan
)
_RARE = ("áéíóúýþæöð", "áíóúýæøð", "äõöüšž")  # Icelandic, Faroese, Estonian
_CENTRAL = (
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áäčďéíľĺňóôŕšťúýž",
    "áéíóöőúüű",
    "ăâîşţ",
    "čćđšž",
    _GERMAN,
)
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")
_TURKISH = ("çğıiöşüâî", _GERMAN)
_CYRILLIC = ("абвгдеёжзийклмнопрстуфхцчшщъыьэюяієїґўјљњћђџѓќѕ№",)
_GREEK = ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",)
_HEBREW = ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)

_ENCODINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cp1252": (_WESTERN, _RARE),
    "iso8859_15": (_WESTERN, _RARE),
    "cp1250": (_CENTRAL, ()),
    "iso8859_2": (_CENTRAL, ()),
    "cp1254": (_TURKISH, ()),
    "cp1257": (_BALTIC, ()),
    "cp1251": (_CYRILLIC, ()),
    "cp1255": (_HEBREW, ()),
    "koi8_r": (_CYRILLIC, ()),
    "iso8859_5": (_CYRILLIC, ()),
    "cp1253": (_GREEK, ()),
    "cp850": (_WESTERN, ()),
    "cp852": (_CENTRAL, ()),
    "mac_roman": (_WESTERN, ()),
    "cp866": (_CYRILLIC, ()),
    "mac_cyrillic": (_CYRILLIC, ()),
}
_OWN_SCRIPT = (_CYRILLIC, _GREEK, _HEBREW)
_RARELY = 0.9
_SIGNS = "“”‘’„‚«»‹›–—…•·®©™°ºª§€£¥²³½\u00a0¿¡'"
# Signs that touch a word before and after it.
_OPENING, _CLOSING = "“‘„‚«»‹›–—¿¡'\u00a0", "”’“«»‹›–—…®™°ºª²³'\u00a0"
_BETWEEN = re.compile("[’'\u00a0–—·/-]")
# õ and ã stand in few places of Portuguese words; elsewhere they are ő and ă.
_NASALS = re.compile("õe|ã(?=[oe]|s?$)")
_PLAIN = re.compile("[a-z]")


@dataclass(frozen=True)
class Read:
    """An encoding, the share of words that make sense in it, and a word that leaves a doubt.

    `doubt` is a word that another encoding makes equally good sense of, or of which none makes
    any; b"" if there is none.
    """

    encoding: str
    share: float
    doubt: bytes


def best(words: Sequence[bytes]) -> Read:
    """Return the best reading of distinct words that hold bytes beyond ASCII."""
    ratings = {encoding: _rating(words, encoding) for encoding in _ENCODINGS}
    encoding = max(ratings, key=lambda name: ratings[name])
    as_good = [name for name in ratings if ratings[name] == ratings[encoding]]
    doubtful = (
        word
        for word in words
        if not _sense(word, encoding) or any(_other(word, encoding, other) for other in as_good)
    )
    return Read(encoding, ratings[encoding][0] / max(len(words), 1), next(doubtful, b""))


def share(words: Sequence[bytes], encoding: str) -> float:
    """Return the share of words that make sense in an encoding."""
    return sum(bool(_sense(word, encoding)) for word in words) / max(len(words), 1)


def ranked(words: Sequence[bytes]) -> list[str]:
    """Return the encodings that make letters of all words, those of most sense first."""
    names = [name for name in _ENCODINGS if all(_lettered(word, name) for word in words)]
    return sorted(names, key=lambda name: _rating(words, name), reverse=True)


def is_known(encoding: str) -> bool:
    """Return whether an encoding is one of those that are told apart here."""
    return encoding in _ENCODINGS


def _lettered(word: bytes, encoding: str) -> bool:
    """Return whether a word consists of letters and the signs that stand in words."""
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(letter.isalpha() or letter in _SIGNS for letter in text)


def _other(word: bytes, encoding: str, other: str) -> bool:
    """Return whether `other` makes another word of the same letters."""
    return word.decode(encoding, "replace") != word.decode(other, "replace")


def _rating(words: Sequence[bytes], encoding: str) -> tuple[float, int]:
    """Return how many words make sense, and how many do so in the language of most."""
    languages_of = [_sense(word, encoding) for word in words]
    languages, rare = _ENCODINGS[encoding]
    every = (*languages, *rare)
    total = sum((1.0 if fits & set(languages) else _RARELY) for fits in languages_of if fits)
    # Names have capitals and small letters, in a script that has both.
    if languages in (_CYRILLIC, _GREEK) and not any(_both(word, encoding) for word in words):
        total *= _RARELY
    return total, max(sum(language in fits for fits in languages_of) for language in every)


def _both(word: bytes, encoding: str) -> bool:
    text = word.decode(encoding, errors="ignore")
    return not text.islower() and not text.isupper()


@lru_cache(maxsize=1 << 14)
def _sense(word: bytes, encoding: str) -> frozenset[str]:
    """Return the languages, each as its letters, in which a word makes sense."""
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return frozenset()
    languages, rare = _ENCODINGS[encoding]
    text = text.lstrip(_OPENING).rstrip(_CLOSING) if text.strip(_SIGNS) else ""
    fits = {*languages, *rare}
    for part in filter(None, _BETWEEN.split(text)):
        if not part.isalpha() or not _cased(part):
            return frozenset()
        lower = part.lower()
        if languages in _OWN_SCRIPT and _PLAIN.search(lower) and not lower.isascii():
            return frozenset()
        letters = {letter for letter in _NASALS.sub("", lower) if letter > "\x7f"}
        fits = {language for language in fits if letters <= set(language)}
    return frozenset(fits)


def _cased(word: str) -> bool:
    """Return whether a word is small, large, or begins with a capital; McIntyre and iPhone are."""
    if word.islower() or word.isupper():
        return True
    if word[0].islower() and not word[0].isascii():
        return False
    return all(letter.isascii() for letter in word[1:] if letter.isupper())
