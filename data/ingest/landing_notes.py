"""Note what only the landing of an import shows, beside the problems of its own rows.

>>> after_landing(cursor, draft, import_id, landed)              # doctest: +SKIP
[Problem(row=0, column='order_id', ..., why='refund_taken_off', outcome='noted', sheet='')]
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.reconcile import Problem
from data.facts import departments
from data.facts.ages import OF_RECORDS, of_the_same_day, otherwise_in_drop
from data.facts.kept_currencies import with_late_currency, with_older_currency
from data.facts.rederive import returns_taken_off
from data.facts.shared_numbers import shared
from data.facts.upsert import Landed
from data.staging import absent_targets, net_of_refunds
from data.staging.draft import Draft
from data.staging.number_ways import key_of
from data.staging.people import Departments
from data.store.database import Cursor
from data.store.settings import while_writing
from domain.tables import table

# What tells the orders under one number apart, and the number.
_OF_ORDERS = {"order_id", "customer", "order_date"}
_LISTED = 5


def after_landing(cursor: Cursor, draft: Draft, import_id: int, landed: Landed) -> list[Problem]:
    """Return the notes on refunds taken off before, other files, shared numbers, older targets."""
    name = draft.table or ""
    twice = returns_taken_off(cursor, name, import_id)
    notes = net_of_refunds.noted(draft, twice) if twice else []
    if name == "targets":
        notes += absent_targets.noted(draft)
    other = of_the_same_day(cursor, import_id) if landed.changed and not landed.late else None
    if other:
        key = table(name).key[0]
        at = draft.mapping.get(key)
        header = draft.sheet.header[at] if draft.sheet and at is not None else ""
        notes.append(Problem(0, key, header, other, "same_day_export", "noted"))
    elif landed.changed and not landed.late:
        notes += _otherwise_in_drop(cursor, draft, import_id)
    notes += _shared_numbers(cursor, draft, import_id)
    if landed.late or landed.changed:
        reporting = while_writing(cursor, "currency") or ""
        money = next((c for c in ("amount", "target", "budget") if c in draft.mapping), "")
        header = draft.sheet.header[draft.mapping[money]] if draft.sheet and money else ""
        why = "late_currency" if landed.late else "older_currency"
        look = with_late_currency if landed.late else with_older_currency
        notes += [
            Problem(0, money, header, f"{code} · {count}", why, "noted")
            for code, count in look(cursor, import_id, name, reporting).items()
        ]
    return notes


def departments_kept(cursor: Cursor, draft: Draft, import_id: int, rows: pa.Table) -> list[Problem]:
    """Keep the departments of the reps in typed rows; note who is in another one than before."""
    found, before = draft.people.departments, departments.teams(cursor)
    if found.stays:
        reps = set(pc.unique(rows["rep"]).to_pylist())
        stays = [stay for stay in found.stays if stay.rep in reps]
        if "as_of" in rows.column_names:
            # A deal of long ago has the department that its rep is in on the day of the export.
            stays = departments.lasting(stays, pc.max(rows["as_of"]).as_py())
        departments.keep(cursor, import_id, stays)
    who = departments.moved(before, departments.derive(cursor))
    who = who if found.stays else {}
    text = "; ".join(f"{rep}: {move}" for rep, move in list(who.items())[:_LISTED])
    text += " …" if len(who) > _LISTED else ""
    told = [Problem(0, "rep", found.header, text, "department_moved", "noted")] if who else []
    return [*told, *_of_departments(found)]


def _of_departments(found: Departments) -> list[Problem]:
    """Return what the page says before the import of departments that tell no team for sure."""
    said = [(note.code, dict(note.params)) for note in found.notes]
    return [
        Problem(
            *(0, "rep", found.header or str(params.get("header", ""))),
            *(str(params.get("who", "")), code, "noted"),
        )
        for code, params in said
        if code in ("team_mixed", "department_of_rows")
    ]


def _shared_numbers(cursor: Cursor, draft: Draft, import_id: int) -> list[Problem]:
    """Note the first number that several orders of the import share, and how many are shared."""
    if draft.table != "orders" or draft.sheet is None or not set(draft.mapping) >= _OF_ORDERS:
        return []
    numbers = shared(cursor, import_id)
    header = draft.sheet.header[draft.mapping["order_id"]]
    value = " · ".join([*numbers[:1], str(len(numbers))])
    return [Problem(0, "order_id", header, value, "number_shared", "noted")] if numbers else []


def _otherwise_in_drop(cursor: Cursor, draft: Draft, import_id: int) -> list[Problem]:
    """Note the files confirmed together that have records of this one otherwise.

    Of a list without numbers, and of records that are here in another form, the user was asked.
    """
    into = table(draft.table or "")
    at = draft.mapping.get(into.key[0])
    if into.name not in OF_RECORDS or not into.summed or at is None or draft.sheet is None:
        return []
    if draft.placing or draft.again.question or key_of(draft) in draft.answers:
        return []
    return [
        Problem(
            0,
            into.key[0],
            draft.sheet.header[at],
            " · ".join(filter(None, (file, sheet, str(count)))),
            "otherwise_in_drop",
            "noted",
        )
        for file, sheet, count in otherwise_in_drop(cursor, import_id, into)
    ]
