"""Find deals, contracts and orders of which a later version stands in the same list.

    >>> earlier(["Q-100-R1", "Q-100-R2", "Q-101"], ["Acme", "Acme", "Beck"])
    (0,)

A quote that was revised is often a record of its own, whose number or name ends in its version.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.staging.draft import Draft
from domain.tables import table

_VERSION = re.compile(
    r"(?P<base>.*[^\s_/.(（-])[\s_/.(（-]{1,3}(?:(?:rev(?:ision)?|r|v|vers?(?:ion)?)[. ]?"
    r"(?P<number>\d{1,2})|第?(?P<at>\d{1,2})版)[)）]?",
    re.IGNORECASE | re.DOTALL,
)
_TABLES = ("deals", "contracts", "orders")
_MOST_ROWS, _LONGEST = 200_000, 120

Rows = tuple[int, ...]


def of(draft: Draft) -> Rows:
    """Return the positions of the rows of a draft that have a later version."""
    if draft.sheet is None or draft.table not in _TABLES:
        return ()
    rows = draft.sheet.rows
    if rows.num_rows > _MOST_ROWS:
        return ()
    into = table(draft.table)
    names = [name for name in (into.key[0], "deal_name") if name in draft.mapping]
    columns = {
        name: rows[str(draft.mapping[name])].to_pylist()
        for name in (*names, "customer")
        if name in draft.mapping
    }
    customers = columns.get("customer", [None] * rows.num_rows)
    found = (earlier(columns[name], customers) for name in names)
    return next((places for places in found if places), ())


def earlier(names: Sequence[str | None], customers: Sequence[str | None]) -> Rows:
    """Return the places of names that stand again with a later version, of the same customer."""
    versions: dict[tuple[str, str | None], dict[int, list[int]]] = {}
    for at, (name, customer) in enumerate(zip(names, customers, strict=True)):
        match = _VERSION.fullmatch(name.strip()) if name and len(name) <= _LONGEST else None
        if match:
            number = int(match["number"] or match["at"])
            of_base = versions.setdefault((match["base"].casefold(), customer), {})
            of_base.setdefault(number, []).append(at)
    return tuple(
        sorted(
            at
            for of_base in versions.values()
            for number, places in of_base.items()
            if number < max(of_base)
            for at in places
        )
    )
