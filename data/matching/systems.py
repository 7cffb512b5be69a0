"""Load the systems whose exports are known: one TOML file each in `data/systems`.

    >>> systems()["zoho"].label
    'Zoho CRM'
    >>> words("deals", "generic")["stage"]["closed won"]
    'won'
    >>> stage_order(["Won", "方案报价", "Prospecting"], "generic")
    ['Prospecting', '方案报价', 'Won']

`generic` holds what any sheet may say; the others add what one system says.
`docs/adding-a-system.md` tells how to write such a file. Files in the folder
that `YUEPAN_SYSTEMS` names are read as well, and win over ours of the same name.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from data.values.header_text import key, normalise
from domain.tables import TABLES, table

GENERIC = "generic"
_WON, _LOST, _UNKNOWN = 1000, 1001, 999
_TABLE_FIELDS = {"columns", "hints", "signs", "needs_sign", "files", "lines"}
FOLDER = "YUEPAN_SYSTEMS"
PENDING = "record_pending"
REASONS = ("record_void", "record_deleted", "not_a_sale", PENDING)


@dataclass(frozen=True)
class Alias:
    """Hold one spelling of one column; `rank` 0 is the first choice, `doubtful` a guess."""

    column: str
    rank: int
    doubtful: bool


@dataclass(frozen=True)
class Rule:
    """Hold a mark of a system: a pattern searched `on` headers, values or the file's name."""

    pattern: re.Pattern[str]
    weight: int
    on: str


@dataclass(frozen=True)
class Known:
    """Describe how one system writes one canonical table.

    `lines` are the headers that belong to the lines of a document; the other columns are blank
    below its first line in some systems.
    """

    aliases: Mapping[str, tuple[Alias, ...]]
    hints: tuple[str, ...]
    signs: frozenset[str]
    needs_sign: bool
    files: tuple[re.Pattern[str], ...]
    lines: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Counted:
    """Name a column by which a system marks records that do not count: deleted, void, not approved.

    `only` are the words of records that count; empty if every word counts that is not in `why`,
    which holds the reasons. A word in neither is `PENDING`, or one to ask about if the column
    `asks`. No `tables` means all. A mapped column is left alone, as somebody decided that it means
    something else, unless `mapped_too`.
    """

    headers: frozenset[str]
    only: frozenset[str]
    why: Mapping[str, str]
    tables: frozenset[str]
    mapped_too: bool = False
    asks: bool = False

    def applies(self, header: str, mapped: bool) -> bool:
        """Return whether the column under `header` is meant."""
        return key(header) in self.headers and (self.mapped_too or not mapped)

    def reason(self, word: str) -> str | None:
        """Return why a record with this word does not count; None if it does or says nothing."""
        spoken = normalise(word)
        if not spoken or spoken in self.only:
            return None
        return self.why.get(spoken, PENDING if self.only and not self.asks else None)


@dataclass(frozen=True)
class System:
    """Hold one file; `values` are known ones of a column in any table, `currency` its only one."""

    name: str
    label: str
    fingerprint: tuple[Rule, ...]
    tables: Mapping[str, Known]
    ignore: frozenset[str]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]
    stages: Mapping[str, int]
    values: Mapping[str, frozenset[str]]
    counted: tuple[Counted, ...] = ()
    currency: str = ""


@cache
def systems() -> Mapping[str, System]:
    """Return every system by name, read once; ValueError if a file names an unknown column."""
    texts = {
        f"data/systems/{file.name}": file.read_text("utf-8")
        for file in sorted(files("data").joinpath("systems").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }
    if folder := os.environ.get(FOLDER):
        texts |= {
            str(file): file.read_text("utf-8") for file in sorted(Path(folder).glob("*.toml"))
        }
    return {file.name: file for file in map(_read, texts.keys(), texts.values())}


@cache
def words(table: str, system: str) -> dict[str, dict[str, str]]:
    """Return normalised word → choice, for each choice column of `table` and the "stage" of deals.

    The system's own words take precedence over generic ones; an unknown system is read as
    generic. Look values up by `data.values.header_text.normalise(value)`.
    """
    merged: dict[str, dict[str, str]] = {}
    for written in _generic_then(system):
        for column, choices in written.words.get(table, {}).items():
            merged.setdefault(column, {}).update(choices)
    return merged


@cache
def counted(table: str, system: str) -> tuple[Counted, ...]:
    """Return how the system, or any system, marks records of `table` that do not count."""
    everyone, *named = _generic_then(system)
    own = [rule for written in named for rule in written.counted]
    rules = (*(_without(rule, own) for rule in everyone.counted), *own)
    return tuple(rule for rule in rules if not rule.tables or table in rule.tables)


def _without(rule: Counted, rules: Sequence[Counted]) -> Counted:
    """Return a rule of any system's without what the system itself, by its `rules`, counts."""
    counts = {word for other in rules if other.headers & rule.headers for word in other.only}
    why = {word: reason for word, reason in rule.why.items() if word not in counts}
    return replace(rule, why=why, only=rule.only and rule.only | counts)


@cache
def values(column: str) -> frozenset[str]:
    """Return the well-known values of `column` in any system, normalised."""
    lists = (written.values.get(column, frozenset()) for written in systems().values())
    return frozenset[str]().union(*lists)


@cache
def written_by(table: str, column: str) -> float:
    """Return the share of the systems writing `table` that have `column` in it, from 0 to 1."""
    having = [
        {alias.column for aliases in system.tables[table].aliases.values() for alias in aliases}
        for system in systems().values()
        if system.name != GENERIC and table in system.tables
    ]
    return sum(column in names for names in having) / len(having) if having else 0.5


def stage_order(stages: Sequence[str], system: str) -> list[str]:
    """Return `stages`, each once, from first to last; won and lost at the end.

    Unknown stages keep their order and stand before won and lost.
    """
    known: dict[str, int] = {}
    for written in _generic_then(system):
        known.update(written.stages)
    ends = {"won": _WON, "lost": _LOST}
    closing = words("deals", system).get("stage", {})

    def position(stage: str) -> int:
        word = normalise(stage)
        return ends[closing[word]] if word in closing else known.get(word, _UNKNOWN)

    return sorted(dict.fromkeys(stages), key=position)


def _generic_then(system: str) -> list[System]:
    everyone = systems()
    own = everyone.get(system, everyone[GENERIC])
    return [everyone[GENERIC]] + ([own] if own.name != GENERIC else [])


def _read(where: str, text: str) -> System:
    try:
        return _system(tomllib.loads(text))
    except (KeyError, TypeError, re.error, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{where}: {error}") from error


def _system(raw: Mapping[str, Any]) -> System:
    tables = raw.get("tables", {})
    shared = raw.get("shared", {}).get("columns", {})
    for name in tables:
        table(name)
    names = [entry.name for entry in TABLES] if shared else list(tables)
    return System(
        name=raw["name"],
        label=raw["label"],
        fingerprint=tuple(
            Rule(re.compile(entry["pattern"]), int(entry["weight"]), entry.get("on", "header"))
            for entry in raw.get("fingerprint", [])
        ),
        tables={name: _known(name, tables.get(name, {}), shared) for name in names},
        ignore=frozenset(key(entry) for entry in raw.get("ignore", [])),
        words=_words(raw.get("words", {})),
        stages={
            normalise(word): int(position)
            for position, listed in raw.get("stages", {}).items()
            for word in listed
        },
        values={
            column: frozenset(normalise(word) for word in listed)
            for column, listed in raw.get("values", {}).items()
        },
        counted=tuple(_counted(entry) for entry in raw.get("counted", [])),
        currency=raw.get("currency", ""),
    )


def _counted(rule: Mapping[str, Any]) -> Counted:
    for name in rule.get("tables", []):
        table(name)
    if strange := set(rule.get("why", {})) - set(REASONS):
        raise KeyError(f"counted.why has no {sorted(strange)}")
    return Counted(
        headers=frozenset(key(text) for text in rule["headers"]),
        only=frozenset(normalise(text) for text in rule.get("only", [])),
        why={normalise(word): why for why, words in rule.get("why", {}).items() for word in words},
        tables=frozenset(rule.get("tables", [])),
        mapped_too=bool(rule.get("mapped_too", False)),
        asks=bool(rule.get("asks", False)),
    )


def _known(name: str, fields: Mapping[str, Any], shared: Mapping[str, list[str]]) -> Known:
    if strange := set(fields) - _TABLE_FIELDS:
        raise KeyError(f"tables.{name} has no {sorted(strange)}")
    own = fields.get("columns", {})
    for column in own:
        table(name).column(column)
    aliases: dict[str, list[Alias]] = {}
    for column in table(name).names:
        listed = [*own.get(column, []), *shared.get(column, [])]
        for rank, spelling in enumerate(listed):
            doubtful = spelling.startswith("~")
            alias = Alias(column, rank, doubtful)
            same = aliases.setdefault(key(spelling.removeprefix("~")), [])
            if column not in {text.column for text in same}:
                same.append(alias)
    return Known(
        aliases={spelling: tuple(same_spelling) for spelling, same_spelling in aliases.items()},
        hints=tuple(normalise(text) for text in fields.get("hints", [])),
        signs=frozenset(key(text) for text in fields.get("signs", [])),
        needs_sign=bool(fields.get("needs_sign", False)),
        files=tuple(re.compile(text) for text in fields.get("files", [])),
        lines=tuple(re.compile(text, re.IGNORECASE) for text in fields.get("lines", [])),
    )


def _words(raw: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """Return the words by table and column; `[words.stage]` belongs to the deals."""
    by_table: dict[str, dict[str, dict[str, str]]] = {}
    if "stage" in raw:
        by_table["deals"] = {"stage": _choices("deals.stage", raw["stage"], ("won", "lost"))}
    for name in (table_name for table_name in raw if table_name != "stage"):
        for column, listed in raw[name].items():
            choices = table(name).column(column).choices
            where = f"{name}.{column}"
            by_table.setdefault(name, {})[column] = _choices(where, listed, choices)
    return by_table


def _choices(
    where: str, listed: Mapping[str, list[str]], choices: tuple[str, ...]
) -> dict[str, str]:
    if strange := set(listed) - set(choices):
        raise KeyError(f"words.{where} has no {sorted(strange)}")
    by_word = {normalise(word): choice for choice, spoken in listed.items() for word in spoken}
    return {normalise(choice): choice for choice in listed} | by_word
