"""Review a sheet before the import: its match, its questions, what it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from data.cleaning import clean, open_dates
from data.facts.canonical_names import accepted
from data.facts.standing import are_known, before
from data.matching import columns
from data.staging import (
    absent_deals,
    absent_orders,
    absent_targets,
    choices,
    collected,
    coverage,
    deals_by_name,
    departments,
    directions,
    document_versions,
    doubled_totals,
    far_years,
    kept_currencies,
    known_records,
    leading_zeros,
    moves,
    namesakes,
    net_of_refunds,
    number_ways,
    readings,
    recalled_answers,
    record_words,
    repeated_records,
    replacement,
    returned_orders,
    reused_numbers,
    row_marks,
    same_keys,
    stays,
    target_levels,
    title_days,
    word_meanings,
)
from data.staging.draft import Draft
from data.staging.findings import NOT_AGAIN, NOT_BY_NAME, NOTHING_KEPT
from data.staging.other_table import as_answered
from data.staging.people import NOBODY
from data.store.database import Store
from domain.tables import table

_CLOSING_DAYS = (*absent_deals.CLOSINGS, absent_deals.CREATED)


def questions(draft: Draft, today: date, store: Store | None = None) -> list[clean.Question]:
    """Return what only the user can know about this draft; nothing unless it is to be taken."""
    return readings.settled(draft, today, store).questions if draft.take else []


def suspects(draft: Draft) -> list[tuple[str, str, str]]:
    """Return columns that are named like a required one, but hold something else.

    Each is (canonical column, header, one of its values): why a match was not made.
    """
    if draft.sheet is None or draft.table is None:
        return []
    target = table(draft.table)
    needed = {
        column
        for group in target.needs
        if not any(name in draft.mapping for name in group)
        for column in group
    }
    suspected = []
    for position, header in enumerate(draft.sheet.header):
        named = {guess.column for guess in columns.named(target, header, draft.system)} & needed
        values = draft.sheet.rows.column(str(position)).drop_null()
        if named and len(values) and position not in draft.mapping.values():
            suspected.append((sorted(named)[0], header, str(values[0].as_py())))
    return suspected


def placed(store: Store, draft: Draft, today: date, others: Sequence[Draft] = ()) -> Draft:
    """Return the draft with what it replaces and covers, after its columns or day changed.

    `others` are the drafts of the same drop.
    """
    draft = recalled_answers.without_contradicted(store, draft, today, others)
    draft = collected.with_amounts(choices.applied(as_answered(draft, store)))
    seen = before(store.rows, draft.content, draft.sheet_name, draft.table)
    draft = replace(draft, people=stays.looked_up(store, draft, today, others, seen))
    alike = seen is not None and readings.read_alike(store, draft, seen, today)
    draft = replace(
        draft,
        already=seen.day if seen and alike else None,
        otherwise=seen.day if seen and not alike else None,
    )
    if not draft.take:
        draft = replace(draft, placing=None, coverage=None, twins={}, absent=None, people=NOBODY)
        draft = replace(draft, reused=None, own_numbers={}, by_name=NOT_BY_NAME)
        return replace(draft, again=NOT_AGAIN, selection=None, kept=NOTHING_KEPT)
    if draft.already and not moves.is_answered(draft):
        # Of a list that is here, nothing is asked again.
        draft = replace(draft, people=replace(draft.people, stays=()))
    own_import = seen.import_id if seen else None
    draft = replace(draft, placing=replacement.placing(store, draft, today, others, own_import))
    draft = replace(draft, coverage=None, reused=None, own_numbers={}, by_name=NOT_BY_NAME)
    if draft.table == "deals":
        # What an export of deals covers goes by their numbers.
        names = accepted(store)
        if len(others) > 1 or are_known(store.rows, "deals"):
            draft = reused_numbers.looked_up(store, draft, today, others, own_import, names)
            draft = deals_by_name.looked_up(store, draft, today, others, own_import, names)
        beside = deals_by_name.with_numbers(store, draft, others, today, names)
        draft = replace(draft, coverage=coverage.covered(store, draft, today, beside, names))

    def closings() -> absent_deals.Ends:
        names = [name for name in _CLOSING_DAYS if name in draft.mapping]
        return readings.ends(draft, names, today)

    if draft.table == "deals":
        draft = replace(draft, absent=absent_deals.absent(store, draft, closings, others, today))
    word_meanings.look(draft)
    directions.look(draft)
    record_words.look(draft)
    row_marks.look(draft)
    far_years.look(draft, today)
    target_levels.look(draft, store, others)
    draft = doubled_totals.noted(collected.noted(document_versions.noted(draft)))
    same_keys.look(draft)
    namesakes.look(draft)
    draft = departments.looked_up(draft, today)
    draft = net_of_refunds.looked_up(draft, today)
    numbers = [name for name in draft.mapping if readings.summary(draft, name, today).numbered]
    if draft.table != "deals":
        draft = reused_numbers.looked_up(store, draft, today, others, own_import)
    draft = repeated_records.looked_up(store, draft, today, others, own_import)
    draft = replace(draft, twins=leading_zeros.twins(store, draft, numbers, others))
    draft = returned_orders.looked_up(store, draft, today, others)

    def own() -> pa.Array:
        return known_records.numbers(draft, number_ways.way_of(draft), today, draft.own_numbers)

    draft = kept_currencies.looked_up(store, draft, today)
    if draft.table == "deals":
        return draft
    if draft.table == "targets":
        lacks = absent_targets.absent(store, draft, today, others, own_import)
        return replace(draft, absent=lacks)
    days = title_days.widened(draft, "order_date", _days(draft, today))
    return replace(draft, absent=absent_orders.absent(store, draft, days, own))


def _days(draft: Draft, today: date) -> readings.Ends:
    if draft.table != "orders" or not {"order_id", "order_date"} <= set(draft.mapping):
        return None, None
    by_order = readings.summary(draft, "order_date", today).ends
    if by_order and open_dates.SWAPPED not in draft.answers:
        answer = draft.answers.get("order_date", "")
        return by_order.get(answer) or next(iter(by_order.values()))
    return readings.ends(draft, ["order_date"], today).get("order_date", (None, None))
