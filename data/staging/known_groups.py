"""Look up which teams and regions a company has, who is in them, and whose manager is who.

    >>> known = groups_of(store, drafts)                                 # doctest: +SKIP
    >>> known.kinds, known.members["ann vale"]                           # doctest: +SKIP
    ({'north': ('region',)}, {'region': 'North'})

People are known from lists of them, and from orders; both from the store and from the drop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data.staging.draft import Draft
from data.staging.known import KnownGroups
from data.staging.target_kinds import texts
from data.store.database import Store
from data.values.header_text import normalise

_TABLES = ("orders", "reps")
_KINDS = ("team", "region")
_COLUMNS = ("rep", "manager", *_KINDS)


def groups_of(store: Store, others: Sequence[Draft]) -> KnownGroups:
    """Return the groups and people of the store and of the `others` of a drop, the latest last."""
    managers: dict[str, str] = {}
    members: dict[str, dict[str, str]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    for row in (*_stored(store), *(row for other in others for row in _dropped(other))):
        rep = row.get("rep")
        if rep and (manager := row.get("manager")):
            managers[normalise(rep)] = manager
        here = {kind: group for kind in _KINDS if (group := row.get(kind))}
        if rep:
            members[normalise(rep)] = {**members.get(normalise(rep), {}), **here}
        for kind, group in here.items():
            known = kinds.get(normalise(group), ())
            kinds[normalise(group)] = known if kind in known else (*known, kind)
    groups = {name: several for name, several in kinds.items() if name not in members}
    return KnownGroups(groups, members, managers)


def _stored(store: Store) -> Iterator[Mapping[str, str | None]]:
    rows = store.rows(
        "SELECT DISTINCT rep, NULL, NULL, region, NULL AS since FROM orders "
        "UNION ALL SELECT rep, manager, team, region, from_date FROM people "
        "ORDER BY since NULLS FIRST"
    )
    for *row, _ in rows:
        yield dict(zip(_COLUMNS, row, strict=True))


def _dropped(draft: Draft) -> Iterator[Mapping[str, str | None]]:
    named = [name for name in _COLUMNS if name in draft.mapping]
    if draft.table not in _TABLES or not draft.take or draft.sheet is None or not named:
        return
    columns = [texts(draft, draft.mapping[name]) for name in named]
    for row in dict.fromkeys(zip(*columns, strict=True)):
        yield dict(zip(named, row, strict=True))
