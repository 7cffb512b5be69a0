"""Recognise a sheet: its table, its columns, and what has to be asked about them.

    >>> understand(Memory(), "orders.csv", "3f2a", sheet).table          # doctest: +SKIP
    'orders'

It needs no database: what earlier files tell comes along as a `Memory`. So it runs in the child
process, within limits, and what nobody has foreseen in a header cannot hold up the server.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from data.cleaning.clean import Question
from data.facts.memory import Memory
from data.layout.sheet import Sheet
from data.matching import invoices, recognise, remembered
from data.matching.recognise import Match
from data.matching.won_marks import named_marks
from data.staging import choices, document_lines, kept_choices, saved_mappings
from data.staging.actual_amounts import with_actual_amounts
from data.staging.closings import with_one_closing
from data.staging.collected import with_collected
from data.staging.deal_names import with_own_names
from data.staging.department_paths import with_region
from data.staging.draft import Draft
from data.staging.file_days import day_in_name
from data.staging.freight_within import with_freight_said
from data.staging.known import Known
from data.staging.lost_ids import without_lost_ids
from data.staging.money_units import in_their_units
from data.staging.piece_prices import per_piece
from data.staging.pipelines import with_pipelines
from data.staging.reps_in_a_cell import with_reps_apart
from data.staging.running_numbers import without_running_numbers
from data.staging.second_reps import with_second_rep
from data.staging.signs_beside import with_signs
from data.staging.spend_over_months import by_days
from data.staging.system_currency import with_system_currency
from data.staging.target_columns import by_metric
from data.staging.target_metrics import with_metric
from data.staging.target_order import in_order
from data.staging.target_years import with_period
from data.staging.won_marks import with_marked_status
from data.values.won_marks import Mark
from domain.errors import ImportRefused
from domain.tables import table

_SAMPLE_ROWS = 200


def understand(memory: Memory, file: str, content: str, sheet: Sheet) -> Draft:
    """Return the draft of a sheet, matched to a table by its header, its values and known names.

    `content` is the hash of the file's bytes. A reading of this very sheet goes first, then one of
    a header of the same shape.
    """
    samples = _samples(sheet)
    header_shape = recognise.shape(sheet.header)
    before = saved_mappings.remembered(memory.readings, header_shape)
    match = recognise.recognise(
        sheet.header,
        samples,
        file,
        sheet.name,
        known=memory.names,
        remembered={header_shape: (before.table, before.mapping)} if before else None,
    )
    match, dates = invoices.settled(match, sheet.header, samples, file, sheet.name, memory.names)
    asked: tuple[Question, ...] = ()
    marks = named_marks(sheet.written)
    if match.table:
        sheet = document_lines.carried_down(sheet, match.table, match.system)
        chosen = before is not None and "amount/column" in before.answers
        if before is not None and before.added:
            match = remembered.with_added(match, sheet.header, samples, memory.names, before.added)
        sheet, match, of_amounts = _with_amounts(sheet, match, samples, memory.names, chosen)
        of_table = choices.about_table(sheet, dates)
        asked = (*of_table, *of_amounts, *choices.about_targets(sheet, match))
        asked = (*asked, *choices.about_guesses(sheet, match, asked))
    seen = memory.imports.get((content, sheet.name, match.table or ""))
    of_file = kept_choices.of(sheet)
    if seen and of_file.get(kept_choices.HEADER) != seen.choices.get(kept_choices.HEADER):
        seen = None  # its columns are those of another header
    mapping = dict(_still_there(seen.mapping, sheet) if seen else match.mapping)
    if match.table:
        sheet, mapping = _worked_out(memory.stages, sheet, match, mapping, marks)
        # What the user settled for this very sheet stays; the note on it is the same.
        whole = {**match.mapping, **mapping} if seen else mapping
        if not (seen and table(match.table).key[0] in mapping):
            sheet, left = without_lost_ids(sheet, match.table, whole)
            mapping = mapping if seen else left
    # In this very file nothing is another.
    answers = seen.answers if seen else saved_mappings.recalled(before, match.table)
    return Draft(
        file=file,
        content=content,
        sheet=sheet,
        match=match,
        table=match.table,
        mapping=mapping,
        answers=answers,
        of_file=of_file,
        take=match.table is not None and not (sheet.hidden or sheet.set_aside),
        as_of=day_in_name(file),
        choices=asked,
        known=Known(
            recalled={} if seen else dict(answers),
            stated=before.stated if before and not seen else {},
        ),
        error=None if match.table else _no_table(match, file, sheet),
    )


def taken_as(memory: Memory, draft: Draft, name: str) -> Draft:
    """Return the draft as another table: columns are matched again, old answers are dropped."""
    assert draft.sheet
    sheet = _as_written(draft.sheet)
    samples = _samples(sheet)
    match = recognise.recognise(
        sheet.header, samples, draft.file, sheet.name, known=memory.names, into=name
    )
    marks = named_marks(sheet.written)
    sheet, match, asked = _with_amounts(sheet, match, samples, memory.names, chosen=False)
    asked = (*asked, *choices.about_targets(sheet, match))
    sheet, mapping = without_lost_ids(sheet, name, match.mapping)
    sheet, mapping = _worked_out(memory.stages, sheet, match, mapping, marks)
    return replace(
        draft,
        sheet=sheet,
        match=match,
        table=name,
        mapping=mapping,
        answers={},
        take=True,
        choices=asked,
        error=None,
    )


def _with_amounts(
    sheet: Sheet,
    match: Match,
    samples: Sequence[Sequence[str | None]],
    names: Mapping[str, Collection[str]],
    chosen: bool,
) -> tuple[Sheet, Match, tuple[Question, ...]]:
    """Return the sheet with its amounts as they count, and what is asked about them.

    `chosen` is whether the user has chosen among the amounts of such a sheet.
    """
    assert match.table
    sheet = per_piece(in_their_units(sheet, match.table, match.mapping), match.mapping)
    match = remembered.completed(match, sheet.header, samples, names)
    if match.table == "orders":
        number, day = (match.mapping.get(name) for name in ("order_id", "order_date"))
        sheet = document_lines.first_lines_filled(sheet, number, day)
    sheet, match, asked = choices.with_amount(sheet, match, chosen)
    sheet, match, of_credit = with_second_rep(*with_region(sheet, match))
    sheet, match, of_cells = with_reps_apart(sheet, match, names)
    sheet, match = with_collected(sheet, match)
    sheet, match = with_metric(*with_period(*by_metric(sheet, in_order(sheet, match))))
    sheet = with_freight_said(with_signs(with_system_currency(sheet, match), match), match)
    return sheet, match, (*asked, *of_credit, *of_cells)


def _worked_out(
    stages: Mapping[str, Collection[str]],
    sheet: Sheet,
    match: Match,
    mapping: dict[str, int],
    marks: Mapping[int, Mark],
) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet with the columns that follow from several of its own, and their mapping."""
    assert match.table
    sheet = with_one_closing(sheet, match.table, mapping, match.system)
    sheet, mapping = with_own_names(sheet, match.table, mapping)
    sheet, mapping = with_actual_amounts(sheet, match.table, mapping)
    sheet, mapping = with_marked_status(sheet, match.table, mapping, match.system, marks)
    sheet = by_days(with_pipelines(stages, sheet, match.table, mapping), match.table, mapping)
    return without_running_numbers(sheet, match.table, mapping)


def _samples(sheet: Sheet) -> list[list[str | None]]:
    """Return the first cells of each column as the file has it."""
    head = sheet.rows.slice(0, _SAMPLE_ROWS)
    return [head.column(str(position)).to_pylist() for position in range(len(sheet.header))]


def _as_written(sheet: Sheet) -> Sheet:
    """Return the sheet without what was worked out for another table."""
    if sheet.before:
        sheet = replace(sheet.before, encoding=sheet.encoding, tops=sheet.tops)
    names = [str(at) for at in range(len(sheet.written), len(sheet.header))]
    return replace(sheet, header=sheet.written, rows=sheet.rows.drop_columns(names), computed=0)


def _still_there(mapping: Mapping[str, int], sheet: Sheet) -> dict[str, int]:
    return {name: at for name, at in mapping.items() if at < len(sheet.header)}


def _no_table(match: Match, file: str, sheet: Sheet) -> ImportRefused:
    """Return why the sheet is none of the canonical tables."""
    near = {"table": match.nearest, "columns": match.lacks} if match.lacks else {}
    code = "nearest_lacks" if match.lacks else match.why_not or "no_known_columns"
    return ImportRefused(code, file=file, sheet=sheet.name or None, **near)
