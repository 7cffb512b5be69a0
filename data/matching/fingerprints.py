"""Tell from the marks of a sheet which system wrote it and which table it may be.

>>> system_of(["Record ID", "Deal Name"], "export.csv")
'hubspot'
>>> hints("2026.xlsx", "回款计划", "generic")["receivables"]
1.0
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from data.matching.systems import GENERIC, Known, Rule, System, systems
from data.values.header_text import key, normalise
from domain.tables import TABLES

BY_FILE = 5.0  # a file name that only one kind of export has
_NO_WORD = re.compile(r"[^\w]+|\d+")
_SYSTEM_FROM = 3  # the weight of marks from which a system is named


def system_of(
    header: Sequence[str], file: str, samples: Sequence[Sequence[str | None]] = ()
) -> str:
    """Return the system with the most marks; generic if none has enough.

    A rule counts at most twice: many lookups of Zoho are one fact, not ten.
    """
    where = {
        "header": [text.strip().lstrip("\ufeff") for text in header],
        "file": [PurePath(file.replace("\\", "/")).name],
        "value": [first for values in samples if (first := _first(values))],
    }

    def hits(rule: Rule) -> int:
        return min(2, sum(bool(rule.pattern.search(text)) for text in where[rule.on]))

    def marks(system: System) -> int:
        return sum(rule.weight * hits(rule) for rule in system.fingerprint)

    best = max(systems().values(), key=marks)
    return best.name if marks(best) >= _SYSTEM_FROM else GENERIC


def _first(values: Sequence[str | None]) -> str | None:
    return next((value.strip() for value in values if value and value.strip()), None)


def hints(file: str, sheet: str, system: str) -> dict[str, float]:
    """Rate by table how strongly the names suggest it; the sheet's counts more than the file's."""
    stem = PurePath(file.replace("\\", "/")).stem
    found: dict[str, float] = {}
    for text, strength in ((sheet, 1.0), (stem, 0.7)):
        said = f" {_NO_WORD.sub(' ', normalise(text))} "
        lengths = {one.name: _longest(one.name, said, system) for one in TABLES}
        top = max(lengths.values())
        for name, length in lengths.items():
            if length:
                # "回款计划" also says "回款": the longer one is meant.
                share = strength if length == top else strength * 0.4
                found[name] = max(found.get(name, 0.0), share)
    name_of_file = PurePath(file.replace("\\", "/")).name
    for one in TABLES:
        if any(pattern.search(name_of_file) for pattern in told(system, one.name).files):
            found[one.name] = BY_FILE
    return found


def _longest(name: str, said: str, system: str) -> int:
    spoken = [hint for one in {GENERIC, system} for hint in told(one, name).hints]
    heard = (hint for hint in spoken if (f" {hint} " if hint.isascii() else hint) in said)
    return max(map(len, heard), default=0)


def told(system: str, name: str) -> Known:
    """Return how `system` writes the table `name`; the generic way if it defines none."""
    return systems()[system].tables.get(name, systems()[GENERIC].tables[name])


def signs(table: str, header: Sequence[str], system: str) -> int:
    """Return how many headers belong to `table` alone."""
    known = set[str]().union(*(told(one, table).signs for one in (GENERIC, system)))
    return len(known & {key(text) for text in header})
