"""Handle the drafts of one drop together: which are one list, and in which order they land.

    >>> drafts = together(drafts)                                # doctest: +SKIP
    >>> for at in order(drafts): ...                             # doctest: +SKIP
    >>> results = reconciled(cursor, drafts, results)            # doctest: +SKIP

A list and its correction may come together. Both land, the older one first, so that
taking the newer one back brings the older one up again; what gave way is told as left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from data.cleaning.reconcile import SEVERAL, Sums
from data.staging.draft import Draft, Result, id_of
from data.store.database import Cursor
from domain.tables import table

GAVE_WAY = "gave_way"  # why rows of a drop are not in the dashboard, though nothing is wrong


def together(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, with one source for those that are one list according to the answers."""
    sources: dict[str, str] = {}
    found = []
    for draft in drafts:
        told = draft.placing
        if told and told.choice in ("replace", "older") and told.other in sources:
            draft = replace(draft, placing=replace(told, source=sources[told.other]))
        if draft.placing:
            sources.setdefault(id_of(draft), draft.placing.source)
        found.append(draft)
    return found


def order(drafts: Sequence[Draft]) -> list[int]:
    """Return the order in which drafts land: an older one before the one that replaces it."""
    found: list[int] = []
    at = {id_of(draft): place for place, draft in reversed(list(enumerate(drafts)))}
    for place, draft in enumerate(drafts):
        told = draft.placing
        newer = at.get(told.other) if told and told.choice == "older" else None
        found.insert(found.index(newer) if newer in found else len(found), place)
    return found


def reconciled(cursor: Cursor, drafts: Sequence[Draft], results: Sequence[Result]) -> list[Result]:
    """Take rows that gave way to a newer list of the drop out of the results."""
    return [
        _less_given_way(cursor, result)
        if draft.placing and result.import_id and result.landed
        else result
        for draft, result in zip(drafts, results, strict=True)
    ]


def _less_given_way(cursor: Cursor, result: Result) -> Result:
    one = table(result.table)
    money = [name for name in result.money_in or {} if name in one.names]
    summed = "".join(f', coalesce(sum("{name}"), 0)' for name in money)
    found = cursor.execute(
        f"SELECT coalesce(currency, ''), count(*){summed} "  # noqa: S608
        f'FROM "{one.name}" WHERE import_id = ? GROUP BY 1'
        if "currency" in one.names
        else f"SELECT '', count(*){summed} FROM \"{one.name}\" WHERE import_id = ?",  # noqa: S608
        [result.import_id],
    ).fetchall()
    rows = sum(count for _code, count, *_sums in found)
    if rows == result.rows_kept:
        return result
    standing = {code: dict(zip(money, sums, strict=True)) for code, _count, *sums in found}
    whole = {name: sum((one[name] for one in standing.values()), Decimal(0)) for name in money}
    told = _out(Sums(result.money_in or {}, result.money_left_out or {}), whole)
    return replace(
        result,
        rows_kept=rows,
        left_out={**(result.left_out or {}), GAVE_WAY: result.rows_kept - rows},
        money_left_out=told.left_out,
        currencies={
            code: _out(sums, whole if code == SEVERAL else standing.get(code, {}))
            for code, sums in result.currencies.items()
        },
    )


def _out(sums: Sums, standing: Mapping[str, Decimal]) -> Sums:
    """Return the sums with what neither stands nor was left out as given way."""
    none = Decimal(0)
    gone = {
        name: total - sum(sums.left_out.get(name, {}).values(), none) - standing.get(name, none)
        for name, total in sums.money_in.items()
    }
    return sums.less(GAVE_WAY, gone)
