"""Tell the targets of the company, of teams and of managers in a list of people's targets.

    >>> levels_of(draft).kinds                                           # doctest: +SKIP
    {4: ('company', None)}
    >>> [question.about for question in questions(draft)]                # doctest: +SKIP
    ['Max Boss']

Such a row has the targets of others once more: beside them it would count twice. Words and sums
together tell most of them; of the others the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from data.cleaning.scopes import Levels, named_scope, scope_of
from data.cleaning.summary import Question
from data.staging import target_kinds
from data.staging.draft import Draft
from data.staging.known import Doubt, GroupRows
from data.staging.target_kinds import amounts_of, texts
from data.staging.target_sums import BESIDE, GROUPS, OUT, OWN, Target, group_rows, whole_rows
from data.staging.word_meanings import MOST_WORDS, REST
from data.store.database import Store
from data.values.group_words import is_all
from data.values.header_text import normalise

_MOST_ROWS = 100_000
_KEY = ("period", "metric", "version", "currency")
_MANAGER = re.compile(
    r"\b(?:manager|supervisor|team ?lead(?:er)?|boss|reports to|vorgesetzter?|leiter|chef|jefe"
    r"|responsable|gerente)\b|上级|主管|经理|領導|领导|负责人",
    re.IGNORECASE,
)
_GAP = "\x1f"


def levels_of(draft: Draft) -> Levels:
    """Return the rows of groups, as they are known or as the user said."""
    found = _found(draft)
    kinds, out = dict(found.kinds), set(found.out)
    for doubt in found.doubts:
        answer = _answer(draft, doubt)
        if answer == OWN and doubt.kind in GROUPS:
            # The sum of some teams' targets would stand for the company's.
            out |= set(doubt.rows)
        elif answer == OWN:
            name = None if doubt.kind == "company" else doubt.name
            kinds |= dict.fromkeys(doubt.rows, (doubt.kind, name))
        elif answer == OUT:
            out |= set(doubt.rows)
        elif answer == BESIDE and doubt.nameless:
            kinds |= dict.fromkeys(doubt.rows, (_scope(draft), doubt.name))
    return Levels(kinds, frozenset(out), target_kinds.others(draft))


def known_levels(draft: Draft) -> GroupRows:
    """Return the rows of groups that are known whatever the user says."""
    return _found(draft)


def look(draft: Draft, store: Store, others: Sequence[Draft]) -> None:
    """Look for rows of groups, so that what follows finds them.

    Who is whose manager is known from the store, and from lists of people among the `others` of
    the drop.
    """
    managers = _known_managers(store, others) if draft.table == "targets" else {}
    if managers != draft.known.managers:
        draft.known.managers = managers
        draft.known.levels.clear()
        draft.known.shared.clear()
    _found(draft)


def _known_managers(store: Store, others: Sequence[Draft]) -> dict[str, str]:
    managers = dict(store.rows("SELECT rep, manager FROM reps WHERE manager IS NOT NULL"))
    for other in others:
        if other.table == "reps" and other.take and {"rep", "manager"} <= set(other.mapping):
            columns = (texts(other, other.mapping[name]) for name in ("rep", "manager"))
            managers |= {rep: manager for rep, manager in zip(*columns, strict=True) if manager}
    return {normalise(rep): manager for rep, manager in managers.items()}


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about kinds and names, each with the sums of the list by answer."""
    return target_kinds.questions(draft) + [
        question
        for doubt in _asked(_found(draft).doubts)
        if draft.answers.get((question := _question(draft, doubt)).key) not in question.options
    ]


def _asked(doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """Return what to ask about; of too many names, all at once."""
    if len(doubts) <= MOST_WORDS:
        return doubts
    options = tuple(dict.fromkeys(option for doubt in doubts for option in doubt.options))
    return (Doubt(REST, "", options, (), ()),)


def _answer(draft: Draft, doubt: Doubt) -> str | None:
    answers = (draft.answers.get(f"scope_value/level/{about}") for about in (doubt.name, REST))
    return next((answer for answer in answers if answer in doubt.options), None)


def _question(draft: Draft, doubt: Doubt) -> Question:
    assert draft.sheet
    header = draft.sheet.header[draft.mapping["scope_value"]]
    return Question("scope_value", header, "level", doubt.options, doubt.samples, doubt.name)


def _found(draft: Draft) -> GroupRows:
    if draft.table != "targets" or draft.sheet is None or "scope_kind" in draft.mapping:
        return GroupRows()
    if not {"scope_value", "period", "target"} <= set(draft.mapping):
        return GroupRows()
    if draft.sheet.rows.num_rows > _MOST_ROWS:
        return GroupRows()
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.levels:
        draft.known.levels[key] = _look(draft)
    return draft.known.levels[key]


def _look(draft: Draft) -> GroupRows:
    names, figures = texts(draft, draft.mapping["scope_value"]), amounts_of(draft)
    keys = _keys(draft)
    out = _wholes(draft, names, keys, figures)
    targets = []
    beside, managers = _beside(draft), _managers(draft)
    several = any(names)
    for at, (name, figure) in enumerate(zip(names, figures, strict=True)):
        if at in out or figure is None:
            continue
        group = beside[at] if beside else None
        if name or (several and group):
            manager = managers[at] if managers else ""
            targets.append(Target(at, name, keys[at], figure, group, manager))
    found = group_rows(targets, _scope(draft))
    return GroupRows(found.kinds, out | found.out, found.doubts)


def _scope(draft: Draft) -> str:
    return scope_of(_header(draft, draft.mapping["scope_value"]))


def _header(draft: Draft, at: int) -> str:
    assert draft.sheet
    return draft.sheet.header[at]


def _keys(draft: Draft) -> list[str]:
    """Return the period of each row, with metric, version, currency and kind of its target."""
    places = [draft.mapping[name] for name in _KEY if name in draft.mapping]
    kinds = target_kinds.of(draft)
    places += [kinds.at] if kinds and kinds.at not in places else []
    columns = [texts(draft, at) for at in places]
    return [" · ".join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def _unmapped(draft: Draft) -> Iterator[int]:
    assert draft.sheet
    mapped = set(draft.mapping.values())
    return (at for at in range(len(draft.sheet.written)) if at not in mapped)


def _beside(draft: Draft) -> list[tuple[str, str] | None] | None:
    """Return the team or region of each row, from the first column that has one."""
    for at in _unmapped(draft):
        kind = named_scope(_header(draft, at))
        if kind in GROUPS:
            return [(kind, text) if text else None for text in texts(draft, at)]
    return None


def _managers(draft: Draft) -> list[str] | None:
    for at in _unmapped(draft):
        if _MANAGER.search(_header(draft, at)):
            return texts(draft, at)
    if not draft.known.managers:
        return None
    names = texts(draft, draft.mapping["scope_value"])
    return [draft.known.managers.get(normalise(name), "") for name in names]


def _wholes(
    draft: Draft, names: list[str], keys: list[str], figures: list[Decimal | None]
) -> frozenset[int]:
    """Return the rows of all products, channels … of one name beside those of each."""
    for at in _unmapped(draft):
        words = texts(draft, at)
        of_all = {word: is_all(word) for word in set(words) if word}
        if len(set(of_all.values())) < 2:
            continue
        rows: dict[str, list[tuple[int, bool, Decimal]]] = {}
        for row, (word, figure) in enumerate(zip(words, figures, strict=True)):
            if word and figure is not None:
                key = _GAP.join((names[row], keys[row]))
                rows.setdefault(key, []).append((row, of_all[word], figure))
        if out := whole_rows(rows):
            return out
    return frozenset()
