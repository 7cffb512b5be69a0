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
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from data.cleaning.scopes import Levels, named_scope, scope_of
from data.cleaning.summary import Question
from data.matching.profile import profile
from data.staging import target_kinds
from data.staging.draft import Draft
from data.staging.known import Doubt, GroupRows
from data.staging.known_groups import groups_of
from data.staging.target_kinds import amounts_of, texts
from data.staging.target_runs import Target
from data.staging.target_sums import BESIDE, GROUPS, OUT, OWN, group_rows, whole_rows
from data.staging.word_meanings import MOST_WORDS, REST
from data.store.database import Store
from data.values.group_words import is_all, kind_of_group
from data.values.header_text import normalise
from data.values.scope_words import COMPANY, REP, level_of, levels

_MOST_ROWS, _SAMPLES = 100_000, 3
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

    The groups, and who is whose manager, are known from the store and from the `others` of the
    drop.
    """
    if draft.table != "targets":
        return
    groups = groups_of(store, others)
    if groups != draft.known.groups:
        draft.known.groups = groups
        draft.known.levels.clear()
        draft.known.shared.clear()
    _found(draft)


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
    if draft.table != "targets" or draft.sheet is None:
        return GroupRows()
    if not {"scope_value", "period", "target"} <= set(draft.mapping):
        return GroupRows()
    if draft.sheet.rows.num_rows > _MOST_ROWS:
        return GroupRows()
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.levels:
        draft.known.levels[key] = _leveled(draft) if "scope_kind" in draft.mapping else _look(draft)
    return draft.known.levels[key]


def _leveled(draft: Draft) -> GroupRows:
    """Return the rows whose level is said otherwise, or not, in a column of levels.

    A department may be what the company knows as a region.
    """
    names, words = (texts(draft, draft.mapping[of]) for of in ("scope_value", "scope_kind"))
    kinds: dict[int, tuple[str, str | None]] = {}
    said = levels(words)
    for at, (name, kind) in enumerate(zip(names, said, strict=True)):
        known = draft.known.groups.kinds.get(normalise(name), ())
        of_all = not name or kind_of_group(name) == COMPANY
        if not name and kind == COMPANY:
            continue  # said as it is kept
        if of_all and kind in ("", COMPANY):
            kinds[at] = (COMPANY, None)
        elif not kind or (kind in GROUPS and known and kind not in known):
            kinds[at] = (known[0] if known else REP, name)
    scopes = [kinds.get(at, (kind, name)) for at, kind in enumerate(said)]
    return GroupRows(kinds, doubts=_of_some(draft, scopes))


def _of_some(draft: Draft, scopes: Sequence[tuple[str | None, str | None]]) -> tuple[Doubt, ...]:
    """Return the groups whose targets would stand for the company's, though people are in others.

    They do where the company has no target of its own.
    """
    keys, figures = _keys(draft), amounts_of(draft)
    rows: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        rows.setdefault(key, []).append(at)
    doubtful: dict[tuple[str, str], list[int]] = {}
    for of_key in rows.values():
        here = {kind for kind, _ in (scopes[at] for at in of_key)}
        own = next((kind for kind in GROUPS if kind in here), None)
        if own is None or COMPANY in here:
            continue
        named = {normalise(scopes[at][1] or "") for at in of_key if scopes[at][0] == own}
        people = [scopes[at][1] or "" for at in of_key if scopes[at][0] == REP]
        groups = (draft.known.groups.members.get(normalise(name), {}).get(own) for name in people)
        if any(group and normalise(group) not in named for group in groups):
            for at in of_key:
                if scopes[at][0] == own:
                    doubtful.setdefault((own, scopes[at][1] or ""), []).append(at)
    found = []
    for (kind, name), places in doubtful.items():
        samples = []
        for at in places[:_SAMPLES]:
            figure = figures[at] or Decimal(0)
            whole = sum((figures[row] or Decimal(0) for row in rows[keys[at]]
                         if scopes[row][0] == REP), Decimal(0))  # fmt: skip
            samples.append((f"{keys[at]} · {figure:,f}", (f"{whole:f}", f"{whole + figure:f}")))
        found.append(Doubt(name, kind, (OWN, BESIDE), tuple(places), tuple(samples), nameless=True))
    return tuple(found)


def _look(draft: Draft) -> GroupRows:
    names, figures = texts(draft, draft.mapping["scope_value"]), amounts_of(draft)
    keys = _keys(draft)
    out = _wholes(draft, names, keys, figures)
    targets = []
    known, people = _known_names(draft, names), _people(draft, names)
    beside, managers = _beside(draft) or _known_beside(draft, names, known), _managers(draft)
    several = any(names)
    for at, (name, figure) in enumerate(zip(names, figures, strict=True)):
        if at in out or figure is None:
            continue
        group = beside[at] if beside else None
        if name or (several and group):
            manager = managers[at] if managers else ""
            targets.append(Target(at, name, keys[at], figure, group, manager, name in people))
    found = group_rows(targets, _scope(draft), known)
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
        header = _header(draft, at)
        kind = named_scope(header) or level_of(header)
        if kind in GROUPS:
            return [(kind, text) if text else None for text in texts(draft, at)]
    return None


def _people(draft: Draft, names: Sequence[str]) -> set[str]:
    """Return the names that are those of known people, or written like names of people."""
    members = draft.known.groups.members
    return {name for name in set(names) if normalise(name) in members or profile([name]).people}


def _known_names(draft: Draft, names: Sequence[str]) -> dict[str, str]:
    """Return the names that are those of known teams and regions, with their kind."""
    kinds = draft.known.groups.kinds
    known = {name: of[0] for name in dict.fromkeys(names) if (of := kinds.get(normalise(name)))}
    if not known or _scope(draft) != REP:
        return {}
    worded = {name: kind for name in dict.fromkeys(names) if (kind := kind_of_group(name))}
    return {**{name: kind for name, kind in worded.items() if kind in GROUPS}, **known}


def _known_beside(
    draft: Draft, names: Sequence[str], known: Mapping[str, str]
) -> list[tuple[str, str] | None] | None:
    """Return the known team or region of each row, where some are those of teams or regions."""
    if not known:
        return None
    spelt = {normalise(name): name for name in known}
    own = "team" if "team" in known.values() else "region"
    found: list[tuple[str, str] | None] = []
    for name in names:
        group = draft.known.groups.members.get(normalise(name), {}).get(own)
        of_person = (own, spelt.get(normalise(group), group)) if group else None
        found.append((known[name], name) if name in known else of_person)
    return found


def _managers(draft: Draft) -> list[str] | None:
    for at in _unmapped(draft):
        if _MANAGER.search(_header(draft, at)):
            return texts(draft, at)
    if not (managers := draft.known.groups.managers):
        return None
    names = texts(draft, draft.mapping["scope_value"])
    return [managers.get(normalise(name), "") for name in names]


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
