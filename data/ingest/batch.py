"""Handle the drafts of one drop together: which are one list, and in which order they land.

    >>> drafts = together(drafts)                                # doctest: +SKIP
    >>> for at in order(drafts, ages): ...                       # doctest: +SKIP
    >>> results = reconciled(cursor, drafts, results, ages)      # doctest: +SKIP

A list and its correction may come together, or two exports of the same orders. Both land, the
older one first, so that taking the newer one back brings the older one up again; what gave way is
reported as left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa

from data.cleaning.reconcile import SEVERAL, Sums
from data.facts import ages
from data.facts.ages import Age
from data.facts.sql import same_key
from data.staging.draft import Draft, Result, id_of
from data.staging.file_days import exported_at, exported_on, snapshot_at, snapshot_day
from data.store.database import Cursor
from domain.tables import table

# Why rows are not in the dashboard, though nothing is wrong.
GAVE_WAY, KNOWN_NEWER = "gave_way", "known_newer"


def together(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, with one source for those that are one list according to the answers.

    Those of records are as of the day on which they say they were exported; those of deals have
    their day already.
    """
    sources: dict[str, str] = {}
    sourced = []
    for draft in drafts:
        if draft.table in ages.OF_RECORDS:
            draft = replace(draft, as_of=exported_on(draft), exported_at=exported_at(draft))
        elif draft.table in ages.OF_DAYS:
            day = snapshot_day(draft)
            draft = replace(draft, exported_on=day, exported_at=snapshot_at(draft))
        placing = draft.placing
        if placing and placing.choice in ("replace", "older") and placing.other in sources:
            draft = replace(draft, placing=replace(placing, source=sources[placing.other]))
        if draft.placing:
            sources.setdefault(id_of(draft), draft.placing.source)
        sourced.append(draft)
    return sourced


def age(draft: Draft, rows: pa.Table, today: date) -> Age:
    """Return the age of a draft with typed `rows`; a list without keys has none."""
    if not draft.table or draft.placing:
        return Age()
    said = draft.exported_on if draft.table in ages.OF_DAYS else draft.as_of
    return ages.age(table(draft.table), rows, said, today, draft.exported_at)


def order(drafts: Sequence[Draft], by_draft: Sequence[Age]) -> list[int]:
    """Return the order in which drafts land: an older one before the one that replaces it."""
    places: list[int] = []
    some_older = any(draft.placing and draft.placing.choice == "older" for draft in drafts)
    by_id = list(enumerate(drafts)) if some_older else []
    at = {id_of(draft): place for place, draft in reversed(by_id)}
    for place, draft in enumerate(drafts):
        placing = draft.placing
        newer = at.get(placing.other) if placing and placing.choice == "older" else None
        after = {newer} if newer is not None else _newer(drafts, by_draft, place)
        first = next((spot for spot, other in enumerate(places) if other in after), len(places))
        places.insert(first, place)
    return places


def _newer(drafts: Sequence[Draft], by_draft: Sequence[Age], place: int) -> set[int]:
    """Return the drafts of the same table that were exported after one of them."""
    mine = by_draft[place]
    return {
        at
        for at, other in enumerate(by_draft)
        if drafts[at].table == drafts[place].table and mine.is_before(other)
    }


def reconciled(
    cursor: Cursor,
    drafts: Sequence[Draft],
    results: Sequence[Result],
    by_draft: Sequence[Age] = (),
) -> list[Result]:
    """Take rows that gave way to a newer list, of the drop or from before, out of the results."""
    told = []
    for at, (draft, result) in enumerate(zip(drafts, results, strict=True)):
        why = GAVE_WAY if draft.placing else None
        if result.landed and result.landed.late:
            why = KNOWN_NEWER
        elif by_draft and _newer(drafts, by_draft, at):
            why = why or KNOWN_NEWER
        told.append(
            _without_overwritten(cursor, result, why)
            if why and result.import_id and result.landed
            else result
        )
    return told


def _without_overwritten(cursor: Cursor, result: Result, why: str) -> Result:
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
    if rows == result.rows_kept + result.parts:
        return result
    kept = max(0, rows - result.parts)
    standing = {code: dict(zip(money, sums, strict=True)) for code, _count, *sums in landed}
    if why == KNOWN_NEWER:
        for name in money:
            for code, more in _filling(cursor, result, name):
                here = standing.setdefault(code, {})
                here[name] = here.get(name, Decimal(0)) + more
    whole = {
        name: sum((sums.get(name, Decimal(0)) for sums in standing.values()), Decimal(0))
        for name in money
    }
    less = _out(Sums(result.money_in or {}, result.money_left_out or {}), whole, why)
    return replace(
        result,
        rows_kept=kept,
        left_out={**(result.left_out or {}), why: result.rows_kept - kept},
        money_left_out=less.left_out,
        currencies={
            code: _out(sums, whole if code == SEVERAL else standing.get(code, {}), why)
            for code, sums in result.currencies.items()
        },
    )


def _filling(cursor: Cursor, result: Result, name: str) -> list[tuple[str, Decimal]]:
    """Return by currency what stands of a money column in rows of newer files that lack it."""
    facts = table(result.table)
    code = "coalesce(here.currency, '')" if "currency" in facts.names else "''"
    return cursor.execute(
        # Names of our own; values are parameters.
        f'SELECT {code}, sum(arrived."{name}") FROM "{facts.name}" AS here '  # noqa: S608
        f'JOIN (SELECT * FROM "fact_{facts.name}" WHERE import_id = $1) AS arrived '
        f'ON {same_key(facts, facts.key)} AND here."{name}" = arrived."{name}" '
        "JOIN import_columns AS had ON had.import_id = here.import_id AND had.table_name = $2 "
        "WHERE here.import_id <> $1 AND NOT list_contains(had.columns, $3) GROUP BY 1",
        [result.import_id, facts.name, name],
    ).fetchall()


def _out(sums: Sums, standing: Mapping[str, Decimal], why: str) -> Sums:
    """Return the sums with what neither stands nor was left out as left out, with its reason."""
    none = Decimal(0)
    gone = {
        name: total - sum(sums.left_out.get(name, {}).values(), none) - standing.get(name, none)
        for name, total in sums.money_in.items()
    }
    return sums.less(why, gone)
