"""Handle the drafts of one drop together: which are one list, and in which order they land.

    >>> drafts = together(drafts)                                # doctest: +SKIP
    >>> for at in order(drafts): ...                             # doctest: +SKIP
    >>> results = reconciled(cursor, drafts, results)            # doctest: +SKIP

A list and its correction may come together. Both land, the older one first, so that
taking the newer one back brings the older one up again; what gave way is reported as left out.
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
    sourced = []
    for draft in drafts:
        placing = draft.placing
        if placing and placing.choice in ("replace", "older") and placing.other in sources:
            draft = replace(draft, placing=replace(placing, source=sources[placing.other]))
        if draft.placing:
            sources.setdefault(id_of(draft), draft.placing.source)
        sourced.append(draft)
    return sourced


def order(drafts: Sequence[Draft]) -> list[int]:
    """Return the order in which drafts land: an older one before the one that replaces it."""
    places: list[int] = []
    at = {id_of(draft): place for place, draft in reversed(list(enumerate(drafts)))}
    for place, draft in enumerate(drafts):
        placing = draft.placing
        newer = at.get(placing.other) if placing and placing.choice == "older" else None
        places.insert(places.index(newer) if newer in places else len(places), place)
    return places


def reconciled(cursor: Cursor, drafts: Sequence[Draft], results: Sequence[Result]) -> list[Result]:
    """Take rows that gave way to a newer list of the drop out of the results."""
    return [
        _without_overwritten(cursor, result)
        if draft.placing and result.import_id and result.landed
        else result
        for draft, result in zip(drafts, results, strict=True)
    ]


def _without_overwritten(cursor: Cursor, result: Result) -> Result:
    facts = table(result.table)
    money = [name for name in result.money_in or {} if name in facts.names]
    summed = "".join(f', coalesce(sum("{name}"), 0)' for name in money)
    landed = cursor.execute(
        f"SELECT coalesce(currency, ''), count(*){summed} "  # noqa: S608
        f'FROM "{facts.name}" WHERE import_id = ? GROUP BY 1'
        if "currency" in facts.names
        else f"SELECT '', count(*){summed} FROM \"{facts.name}\" WHERE import_id = ?",  # noqa: S608
        [result.import_id],
    ).fetchall()
    rows = sum(count for _code, count, *_sums in landed)
    if rows == result.rows_kept:
        return result
    standing = {code: dict(zip(money, sums, strict=True)) for code, _count, *sums in landed}
    whole = {name: sum((sums[name] for sums in standing.values()), Decimal(0)) for name in money}
    less = _out(Sums(result.money_in or {}, result.money_left_out or {}), whole)
    return replace(
        result,
        rows_kept=rows,
        left_out={**(result.left_out or {}), GAVE_WAY: result.rows_kept - rows},
        money_left_out=less.left_out,
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
