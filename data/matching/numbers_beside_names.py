"""Take the number of a contract, a deal or an order where a list has its name as well.

    >>> beside("合同流水号", "合同名称"), beside("Vertrags-Nr.", "Vertragsname")
    (True, True)
    >>> beside("Customer No", "Contract Name"), beside("Contract Amount", "Contract Name")
    (False, False)

Two contracts may have one name, and a name is edited; a number stays. Words of English, Chinese,
German, French, Spanish, Italian, Portuguese and Dutch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from data.matching.aliases import Guess, named
from data.matching.profile import Profile
from domain.tables import Table

_OWN, _BARE = 0.85, 0.7
_FILLED = 0.8
_HANZI_NUMBER = re.compile(
    r"(?:(?:流水|识别|标识)?(?:编号|编码|代码|代号|单号|号码|号)|序号|流水号|标识)$"
)
_HANZI_NAME = re.compile(r"(?:名称|名字|标题|主题|名)$")
# At the end of a German compound: Vertragsnummer, Vertragsname.
_JOINED_NUMBER = re.compile(r"(?<=\w{3})(?:nummer|nr|kennung|kennzeichen)$")
_JOINED_NAME = re.compile(r"(?<=\w{3})(?:name|bezeichnung|titel|naam)$")
_NUMBERS = frozenset(
    (
        "id",
        "ids",
        "no",
        "nr",
        "num",
        "number",
        "nummer",
        "numéro",
        "numero",
        "número",
        "#",
        "n°",
        "nº",
        "n",
        "code",
        "codes",
        "código",
        "codigo",
        "codice",
        "ref",
        "reference",
        "référence",
        "referencia",
        "riferimento",
        "referência",
        "referenz",
        "referentie",
        "key",
        "uid",
        "identifier",
        "kennung",
    )
)
_NAMES = frozenset(
    (
        "name",
        "names",
        "title",
        "subject",
        "nom",
        "nombre",
        "nome",
        "naam",
        "titel",
        "titre",
        "título",
        "titolo",
        "bezeichnung",
        "betreff",
        "objet",
        "asunto",
        "oggetto",
        "assunto",
        "intitulé",
    )
)
_OF = frozenset(
    (
        "of",
        "the",
        "de",
        "del",
        "della",
        "di",
        "du",
        "da",
        "do",
        "des",
        "der",
        "la",
        "le",
        "l",
        "d",
        "el",
        "van",
        "het",
    )
)
_GAPS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|[\s_\-–—./:'()]+")


def with_number(
    into: Table,
    header: Sequence[str],
    seen: Sequence[Profile],
    matches: Mapping[int, Guess],
    system: str,
) -> dict[int, Guess]:
    """Return the matches with a number as the key of a list whose key would be a name."""
    found = dict(matches)
    key = into.key[0]
    if not into.column(key).identifier:
        return found
    here = next((at for at, guess in found.items() if guess.column == key), None)
    if here is not None and (found[here].confidence == 1 or _thing(header[here])[1]):
        return found
    names = [header[here]] if here is not None else []
    others = [
        text
        for at, text in enumerate(header)
        if (guess := found.get(at)) is None or guess.column == "deal_name"
        if guess or any(known.column == key for known in named(into, text, system))
    ]
    for name in (*names, *others):
        for at, text in enumerate(header):
            if at in found or not beside(text, name) or not _tells_apart(seen[at]):
                continue
            bare = not _thing(text)[0]
            if bare and here is None:
                continue
            if here is not None:
                del found[here]
            found[at] = Guess(key, _BARE if bare else _OWN, "similar")
            return found
    return found


def beside(number: str, name: str) -> bool:
    """Return whether one header is the number of the thing that the other one names."""
    numbered, is_number = _thing(number)
    called, also_number = _thing(name)
    return is_number and not also_number and numbered in ("", called)


def _tells_apart(seen: Profile) -> bool:
    """Return whether values may be numbers of things: the rows of a file counted are not."""
    if not seen.look.filled:
        return True
    numbers = [number for number in seen.numbers if number is not None]
    counts_rows = seen.is_numbers and max(numbers, default=0) <= len(seen.cells)
    return seen.filled >= _FILLED and not seen.counting and not counts_rows


@lru_cache(maxsize=4096)
def _thing(header: str) -> tuple[str, bool]:
    """Return of what a header is the name or number, and whether it is a number."""
    spoken = _GAPS.sub(" ", unicodedata.normalize("NFKC", header)).strip().casefold()
    if bare := _HANZI_NUMBER.sub("", spoken, count=1):
        if bare != spoken:
            return bare.strip(), True
    elif spoken:
        return "", True
    words = [word for word in _HANZI_NAME.sub("", spoken).split(" ") if word not in _OF]
    kept = [word for word in words if word not in _NUMBERS | _NAMES]
    is_number = any(word in _NUMBERS for word in words)
    whole = " ".join(kept)
    joined = _JOINED_NUMBER.sub("", whole)
    is_number = is_number or joined != whole
    # Vertrags-Nr. and Vertrag are of one thing.
    return _JOINED_NAME.sub("", joined).removesuffix("s"), is_number
