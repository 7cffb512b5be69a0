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
from data.values.amount_words import role
from data.values.header_text import key, normalise
from domain.tables import TABLES

BY_FILE = 5.0  # a file name that only one kind of export has
_NO_WORD = re.compile(r"[^\w]+|\d+")
_SOLD, _BACK = ("amount", "net", "gross"), ("refund", "quantity")
# Tables whose names beside that of collections leave open what is listed.
_SALES = {"orders", "contracts", "receivables", "targets", "deals", "returns"}
_COLLECTED = 1.5
_COLLECTED_WORDS = re.compile(
    r"收款|回款|到款|到账|核销|实收|付款|收入|转入|存入|发生额|receipt|receive|collect|paid|payment|applied"
    r"|zahlung|gezahlt|encaiss|reçu|payé|cobrad|pagad|incass"
)
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
    strengths: dict[str, float] = {}
    for text, strength in ((sheet, 1.0), (stem, 0.7)):
        padded = f" {_NO_WORD.sub(' ', normalise(text))} "
        lengths = {table.name: _longest(table.name, padded, system) for table in TABLES}
        top = max(lengths.values())
        for name, length in lengths.items():
            if length:
                # "回款计划" also says "回款": the longer one is meant.
                share = strength if length == top else strength * 0.4
                strengths[name] = max(strengths.get(name, 0.0), share)
    if "payments" in strengths and not strengths.keys() & _SALES:
        # Its headers are often those of a list of orders.
        strengths["payments"] += _COLLECTED
    name_of_file = PurePath(file.replace("\\", "/")).name
    for table in TABLES:
        if any(pattern.search(name_of_file) for pattern in how_written(system, table.name).files):
            strengths[table.name] = BY_FILE
    return strengths


def _longest(name: str, padded: str, system: str) -> int:
    spoken = [hint for name_of in {GENERIC, system} for hint in how_written(name_of, name).hints]
    heard = (hint for hint in spoken if (f" {hint} " if hint.isascii() else hint) in padded)
    return max(map(len, heard), default=0)


def how_written(system: str, name: str) -> Known:
    """Return how `system` writes the table `name`; the generic way if it defines none."""
    return systems()[system].tables.get(name, systems()[GENERIC].tables[name])


def signs(table: str, header: Sequence[str], system: str) -> int:
    """Return how many headers belong to `table` alone."""
    known = set[str]().union(*(how_written(name, table).signs for name in (GENERIC, system)))
    written = {key(text): text for text in header}
    found = known & written.keys()
    if table == "returns" and any(role(text) in _SOLD for text in header):
        # Beside what was sold, what came back is a column of orders.
        found = {name for name in found if role(written[name]) not in _BACK}
    if table == "payments" and any(_is_sold(text) for text in header):
        # So is what was paid of it.
        found = {name for name in found if role(written[name]) not in (*_SOLD, "settled")}
    return len(found)


def _is_sold(header: str) -> bool:
    return role(header) in _SOLD and not _COLLECTED_WORDS.search(normalise(header))
