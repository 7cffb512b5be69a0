"""Month words of the languages that exports are written in, and their numbers.

>>> number("Sept"), number("März"), number("мая"), number("十二"), number("07"), number("Moon")
(9, 3, 5, 12, 7, 0)
"""

from __future__ import annotations

import re
import unicodedata

from babel import Locale

ENGLISH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# A Chinese numeral before 月.
HANZI = r"(?:十[一二]?|[一二三四五六七八九])"
# A word that may be a month's; what comes before and after it in "1º de mayo de 2026".
WORD = r"[^\d\s,/()-]{3,14}"
DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.?[oº])?"
OF = r"(?:del?\s+)?"
# A quarter by its word: 1. Quartal, Quartal 1, 1er trimestre, 1º trimestre.
_QUARTER = r"(?:quartal|quarter|trimestre|trim\.?|kwartał|kwartal|kwartaal|квартал|분기)"
QUARTER = (
    rf"(?:(?P<{{0}}>[1-4])\s?(?:\.|st|nd|rd|th|er|ère|[eèoºª°]|-й)?\s?{_QUARTER}"
    rf"|{_QUARTER}\s?(?P<{{1}}>[1-4]))"
)
YEAR_WORD = r"(?:\s*(?:г\.?|года))?"

_LANGUAGES = ("en", "de", "de_AT", "fr", "es", "pt", "it", "nl", "ru", "pl", "th")
_FORMS = [
    (context, width) for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
]
# Spreadsheets and people shorten some months in ways that the locales do not.
_BESIDES = {"sept": 9, "mrz": 3, "maerz": 3, "jaenner": 1, "agu": 8, "juill": 7}


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip(".")


def _without_accents(word: str) -> str:
    """Return a Latin word as it is typed without its accents: février as fevrier."""
    if not word[0].isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _names(locale: Locale) -> dict[str, int]:
    words = {
        _plain(name): at
        for context, width in _FORMS
        for at, name in locale.months[context][width].items()
    }
    return words | {_without_accents(word): at for word, at in words.items()}


def _weekdays(locale: Locale) -> set[str]:
    words = {
        _plain(name) for context, width in _FORMS for name in locale.days[context][width].values()
    }
    return words | set(map(_without_accents, words))


_LOCALES = [Locale.parse(language) for language in _LANGUAGES]
_WORDS = _BESIDES | {word: at for locale in _LOCALES for word, at in _names(locale).items()}
_NUMBERS = _WORDS | {
    word: at for at, word in enumerate([*"一二三四五六七八九十", "十一", "十二"], start=1)
}
_SHORT = _LOCALES[0].months["format"]["abbreviated"]


def _any_of(words: set[str]) -> str:
    """Return a pattern of words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"


# Patterns: the name of a month in any of the languages, full or abbreviated; a day of the week.
NAME = _any_of(set(_WORDS))
WEEKDAY = _any_of({word for locale in _LOCALES for word in _weekdays(locale)} | {"tues", "thurs"})


def number(word: str) -> int:
    """Return the number of a month word, or of digits; 0 for any other word."""
    return int(word) if word.isdecimal() else _NUMBERS.get(_plain(word), 0)


def short_name(month: int) -> str:
    """Return the English abbreviation of a month: Jan, Feb …"""
    return str(_SHORT[month])
