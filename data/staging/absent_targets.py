"""Find targets that an earlier list has and a newer list of the same has not.

    >>> absent(store, draft, today, others, own_import=None)             # doctest: +SKIP
    Absent(orders=('sales\\x1f2026-03\\x1frep\\x1fAnn\\x1fimported',), ...)

Who has left or was given no target comes no more in the corrected list, and the old target would
stand in the company's for ever; but a list of one team lacks the people of all others too. So
whoever imports is asked. Looked at are the imports that share a name with the file, for the same
metric, period and level. A file that has few of their names is a correction of these: the other
targets stand, and a note says so. Of people whose teams are known and are not those of the file
nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from data.cleaning.defaults import metric_of
from data.cleaning.reconcile import Problem
from data.cleaning.scopes import scope_of
from data.facts.canonical_names import Names, accepted
from data.staging import readings, target_kinds, target_levels
from data.staging.draft import Draft, id_of
from data.staging.findings import Absent
from data.store.database import Store
from data.values import scope_words
from data.values.header_text import normalise
from data.values.periods import periods
from data.values.scope_words import COMPANY

_SAMPLES = 3
_NAMED = 5
_MOST_ROWS = 100_000
# A list with fewer of the names that an earlier one has is a correction of some of them.
_FEWEST = 3
_GAP = "\x1f"
_PEOPLE = ("rep", "manager")


class _Cell(NamedTuple):
    """What the targets of a list are of, when, and on which level."""

    metric: str
    period: str
    kind: str


class _Standing(NamedTuple):
    metric: str
    period: str
    kind: str
    name: str
    version: str
    target: Decimal | None
    currency: str | None
    import_id: int

    @property
    def cell(self) -> _Cell:
        return _Cell(self.metric, self.period, self.kind)


def absent(
    store: Store, draft: Draft, today: date, others: Sequence[Draft], own_import: int | None
) -> Absent | None:
    """Return the targets missing from a draft; None if there are none.

    `others` are the drafts of the drop, whose targets are not missing; the import `own_import` is
    of this very file.
    """
    if not _is_list(draft) or draft.already:
        return None
    known = [
        _Standing(*row)
        for row in store.rows(
            "SELECT metric, period, scope_kind, scope_value, coalesce(version, 'imported'), "
            "target, currency, import_id FROM targets WHERE scope_kind <> ? "
            "AND scope_value IS NOT NULL AND target <> 0 AND import_id IS DISTINCT FROM ? "
            "ORDER BY period, scope_value, version",
            [COMPANY, own_import],
        )
    ]
    if not known:
        return None
    names = accepted(store)
    mine = _names_of(draft, today, names)
    here = {cell: set(of_cell) for cell, of_cell in mine.items()}
    for other in others:
        if id_of(other) != id_of(draft) and other.take and _is_list(other):
            for cell, of_cell in _names_of(other, today, names).items():
                if cell in here:
                    here[cell] |= of_cell
    by_import: dict[int, list[_Standing]] = defaultdict(list)
    for one in known:
        if one.cell in mine:
            by_import[one.import_id].append(one)
    gone: list[_Standing] = []
    few: list[_Standing] = []
    for rows in by_import.values():
        shared = {one.name for one in rows if normalise(one.name) in mine[one.cell]}
        missing = [one for one in rows if normalise(one.name) not in here[one.cell]]
        count = len({one.name for one in missing})
        if shared and missing and not _of_other_teams(store, missing, mine):
            (gone if len(shared) * _FEWEST >= len(shared) + count else few).extend(missing)
    listed = gone or few
    if not listed:
        return None
    first = [(f"{one.name} · {one.period}", None, one.target) for one in listed[:_SAMPLES]]
    said = f"{len(listed)} · {_sum(listed)}"
    if not gone:
        people = list(dict.fromkeys(one.name for one in few))
        rest = "…" if len(people) > _NAMED else ""
        said = f"{', '.join(people[:_NAMED])}{rest} · {said}"
    ids = tuple(_GAP.join(one[:5]) for one in gone)
    return Absent(ids, tuple(first), column="scope_value", count=said)


def noted(draft: Draft) -> list[Problem]:
    """Return a note on targets that stand without a question."""
    lacks = draft.absent
    if draft.table != "targets" or lacks is None or lacks.orders or draft.sheet is None:
        return []
    header = draft.sheet.header[draft.mapping[lacks.column]]
    return [Problem(0, lacks.column, header, lacks.count, "targets_stand", "noted")]


def _is_list(draft: Draft) -> bool:
    return (
        draft.table == "targets"
        and draft.sheet is not None
        and {"scope_value", "period", "target"} <= set(draft.mapping)
        and draft.sheet.rows.num_rows <= _MOST_ROWS
    )


def _names_of(draft: Draft, today: date, names: Names) -> dict[_Cell, set[str]]:
    """Return the names with a target in a draft, folded, by what it is of."""
    found: dict[_Cell, set[str]] = defaultdict(set)
    for key in keys_of(draft, today, names):
        if key:
            found[_Cell(*key[:3])].add(key[3])
    return found


def folded(name: str | None) -> str:
    """Return a name as keys of targets have it."""
    return normalise(name or "")


def keys_of(draft: Draft, today: date, names: Names) -> list[tuple[str, str, str, str] | None]:
    """Return metric, period, level and folded name of each row of targets of somebody.

    It is None for rows of the company, of others' sums and of another kind of target. `names` are
    those accepted as others.
    """
    assert draft.sheet
    whose = target_kinds.texts(draft, draft.mapping["scope_value"])
    how = readings.first_readings(draft, today)["period"]
    spans = periods([text or "" for text in readings.read(draft, "period", how).values.to_pylist()])
    metrics, kinds = _column(draft, "metric"), scope_words.levels(_column(draft, "scope_kind"))
    level = scope_of(draft.sheet.header[draft.mapping["scope_value"]])
    levels = target_levels.levels_of(draft)
    left = levels.out | levels.others
    found: list[tuple[str, str, str, str] | None] = []
    for at, (name, span) in enumerate(zip(whose, spans, strict=True)):
        kind, own = levels.kinds.get(at, (level, name))
        if kinds and at not in levels.kinds:
            kind = kinds[at] or ""
        if not own or not span or kind == COMPANY or at in left:
            found.append(None)
            continue
        if kind in _PEOPLE:
            own = names.get(("rep", own), own)
        found.append((metric_of(metrics[at] if metrics else ""), span, kind, folded(own)))
    return found


def _column(draft: Draft, name: str) -> list[str]:
    at = draft.mapping.get(name)
    return [] if at is None else target_kinds.texts(draft, at)


def _of_other_teams(
    store: Store, missing: Iterable[_Standing], mine: Mapping[_Cell, set[str]]
) -> bool:
    """Return whether all who are missing are in teams of which the file has nobody."""
    if any(one.kind != "rep" for one in missing):
        return False
    teams: dict[str, set[str]] = defaultdict(set)
    for rep, team in store.rows("SELECT rep, team FROM people WHERE team IS NOT NULL"):
        teams[normalise(rep)].add(team)
    theirs = [teams.get(normalise(one.name), set()) for one in missing]
    of_file = {team for one in missing for name in mine[one.cell] for team in teams.get(name, ())}
    return all(theirs) and bool(of_file) and not of_file & set().union(*theirs)


def _sum(rows: Iterable[_Standing]) -> str:
    """Return the sum of targets, one for each metric and currency."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in rows:
        metric = "" if one.metric == "sales" else one.metric
        sums[metric, one.currency or ""] += one.target or Decimal(0)
    return " + ".join(
        " ".join(filter(None, (f"{sum_:,.2f}".removesuffix(".00"), code, metric)))
        for (metric, code), sum_ in sums.items()
    )
