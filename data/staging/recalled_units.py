"""Hold a unit that was answered for an earlier file against what a later one states.

    >>> not_stated(draft, {"amount/unit": "10000"}, around)              # doctest: +SKIP
    {'amount/unit'}

"In ten thousands" was said of a title 单位：万元. It holds where the title says so again, not where
it says 单位：元, and not where it says nothing: then the user is asked which of the two it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.cleaning.context import Around
from data.facts.standing import UNIT
from data.staging.draft import Draft
from data.values.units import UNITS, is_plain
from domain.tables import table

KEY = "/unit"


def not_stated(draft: Draft, recalled: Mapping[str, str], around: Around) -> set[str]:
    """Return the recalled answers about units of other titles than that of the draft.

    Where it states no unit, those of the answers are kept in `Known.earlier`, to be asked about.
    """
    assert draft.sheet and draft.table
    now, before = UNITS.get(draft.sheet.unit), draft.known.stated.get(UNIT)
    wrong = set()
    for key, answer in recalled.items():
        name = key.removesuffix(KEY)
        if name not in draft.mapping:
            continue
        if before is None:
            # Of a store that did not keep it: the unit that was answered was stated.
            same = now is None if answer == "1" else str(now) == answer
        else:
            same = now == UNITS.get(before)
        if same and (now is not None or answer == "1" or name in around.typical):
            continue
        wrong.add(key)
        if now is None and answer != "1" and not _is_plain(draft, name):
            names = table(draft.table).money if before else (name,)
            draft.known.earlier.update({each: answer for each in names if each in draft.mapping})
    return wrong


def _is_plain(draft: Draft, name: str) -> bool:
    """Return whether the lines around the table, or the header, say that amounts are as written."""
    assert draft.sheet
    top = draft.sheet.tops.get(draft.sheet.name)
    above = [cell for _, row in top.rows for cell in row if cell] if top else []
    return any(map(is_plain, (draft.sheet.header[draft.mapping[name]], *above)))
