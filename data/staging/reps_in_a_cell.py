"""Share orders whose one cell names several reps, or ask how they are shared.

    >>> sheet, match, questions = with_reps_apart(sheet, match, {})      # doctest: +SKIP
    >>> questions[0].options                                            # doctest: +SKIP
    ('÷ Sales Rep', '1. Sales Rep')

"Ann 60%, Bo 40%" says all. "Ann / Bo" is two people where one of them is known by other rows;
"Lind, Bo" is a name unless both are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from data.cleaning.summary import Question
from data.layout.sheet import Note, Sheet
from data.matching.amounts import matched
from data.matching.computed_columns import Grid
from data.matching.recognise import Match
from data.values.columns import trimmed
from data.values.shares import written_shares

# What the headers of the two ways of sharing begin with: in equal parts, and all to the first.
EQUALLY, FIRST = "÷ ", "1. "
_CREDIT = "split_credit"
_SURE, _SHOWN, _MOST = 0.95, 3, 5
_BETWEEN = re.compile(r"[/／;；,，、&＆+|\n]|(?<=\s)(?:and|und|et|y|e|en)(?=\s)|[和与及]")
_PART_OF_NAMES = re.compile(r"[,，&＆和与及]|\s(?:and|und|et|y|e|en)\s")
_NEXT = re.compile(r"([%％)）])\s+(?=[^\d\s%％)）;；,，、/|+&＆])")  # A(50%) B(50%)
_ABOUT_WHOLE = ((Decimal("0.5"), Decimal("1.5")), (Decimal(50), Decimal(150)))
_NAME = re.compile(r"[^\W\d_]")
_TICKS = Decimal("0.0001")


def with_reps_apart(
    sheet: Sheet, match: Match, names: Mapping[str, Collection[str]]
) -> tuple[Sheet, Match, tuple[Question, ...]]:
    """Return a sheet of orders with the credit that its reps share, and what is asked about it.

    `names` are those known from earlier files, by kind. The rep of a shared order is the
    first one named.
    """
    at = match.mapping.get("rep")
    if match.table != "orders" or _CREDIT in match.mapping or at is None:
        return sheet, match, ()
    cells: list[str | None] = trimmed(sheet.rows[str(at)]).cast(pa.string()).to_pylist()
    texts = [_NEXT.sub(r"\1; ", text) if text else text for text in cells]
    written = [text for text in dict.fromkeys(texts) if text]
    said = {text: sharers for text in written if (sharers := _sharers(text))}
    people = {*names.get("reps", ()), *(name for several in said.values() for name in several)}
    people.update(text for text in written if not _BETWEEN.search(text))
    bare = {text: several for text in written if (several := _several(text, people))}
    bare = {text: several for text, several in bare.items() if text not in said}
    if not said and not bare:
        return sheet, match, ()
    firsts = {text: several[0] for text, several in (*said.items(), *bare.items())}
    rows = sheet.rows.set_column(
        at, str(at), pa.array([firsts.get(text or "", text) for text in texts], pa.string())
    )
    equal = {text: _equally(several) for text, several in bare.items()}
    whole = replace(sheet, rows=rows, before=sheet.before or sheet)
    shared = [text if text in said else equal.get(text or "", "") for text in texts]
    whole, ours = _with_column(whole, f"{EQUALLY}{sheet.header[at]}", shared)
    match = matched(match, Grid(whole.header, whole.rows), _CREDIT, ours, _SURE)
    if not bare:
        note = Note.of("credit_shared", header=sheet.header[at])
        return replace(whole, notes=(*whole.notes, note)), match, ()
    first = [text if text in said else "" for text in texts]
    whole, _theirs = _with_column(whole, f"{FIRST}{sheet.header[at]}", first)
    samples = tuple((text, (equal[text], several[0])) for text, several in bare.items())
    options = (f"{EQUALLY}{sheet.header[at]}", f"{FIRST}{sheet.header[at]}")
    asked = Question(_CREDIT, sheet.header[at], "column", options, samples[:_SHOWN])
    return whole, match, (asked,)


def _sharers(text: str) -> list[str]:
    """Return the people of a cell with shares that are about a whole; else none.

    Those that are not quite a whole are no credit, which the import tells.
    """
    shares = written_shares(text) or {}
    total = sum(shares.values(), Decimal(0))
    near = any(low <= total <= high for low, high in _ABOUT_WHOLE)
    return list(shares) if near and len(shares) > 1 else []


def _several(text: str, people: Collection[str]) -> list[str]:
    """Return the people that a cell names, of whom others are known too; else none.

    A comma or a word between them may be part of a name: then each has to be known.
    """
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if not 2 <= len(parts) <= _MOST or len(set(parts)) < len(parts):
        return []
    if not all(map(_NAME.match, parts)):
        return []
    known = [part in people for part in parts]
    return parts if all(known) or (any(known) and not _PART_OF_NAMES.search(text)) else []


def _equally(people: list[str]) -> str:
    part = (Decimal(1) / len(people)).quantize(_TICKS).normalize()
    return "/".join(f"{name}:{part:f}" for name in people)


def _with_column(sheet: Sheet, header: str, texts: Sequence[str | None]) -> tuple[Sheet, int]:
    place = len(sheet.header)
    column = pa.array([text or None for text in texts], pa.string())
    return sheet.with_computed(header, column), place
