"""Turn a sheet of text into the typed rows of a canonical table, accounting for every loss.

    >>> task = CleanTask(sheet.rows, sheet.header, mapping, table("orders"),
    ...                  {"order_date": "dmy"}, words={}, as_of=None, this_year=2026)
    ... # doctest: +SKIP
    >>> settled(task).questions, clean(task).left_out                      # doctest: +SKIP
    ([], {'unreadable_date': 2})

Two identities hold for every file: `rows_in` is the rows kept and the rows of
`left_out`; and for each money column `money_in` is the sum of the rows kept and
of `money_left_out`. Values that cannot be read are problems, never zeros.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning import (
    defaults,
    keys,
    marks,
    nameless,
    people,
    returned,
    same_keys,
    scopes,
    signs,
    stated_totals,
    unnumbered,
)
from data.cleaning.adjusted import adjusted
from data.cleaning.apart import told_apart
from data.cleaning.currency_signs import by_sign
from data.cleaning.derive import Columns, complete, minus_one_means_none
from data.cleaning.read_column import in_year, read_as
from data.cleaning.reading import Reading, Settled
from data.cleaning.reconcile import Cleaned, Problem, account
from data.cleaning.resolve import settle
from data.cleaning.summary import DATES, NUMBERS, ColumnSummary, Question
from data.cleaning.task import CleanTask, settled, summaries
from data.cleaning.telling_texts import first_month
from data.jobs.sandbox_worker import telling
from data.values import currencies
from data.values.columns import Texts, Typed, as_coded, distinct, renamed, trimmed
from data.values.numbers import header_unit, is_blank
from domain.errors import Code, ImportRefused
from domain.tables import Table

_COLUMNS_AT_ONCE = 4
_COUNTS_UNLESS_CANCELLED = ("orders", "contracts")
__all__ = ["CleanTask", "Cleaned", "Problem", "Question", "clean", "settled", "summaries"]


def clean(task: CleanTask) -> Cleaned:
    """Return the rows of a table in a sheet: typed, keyed and reconciled.

    Raises ImportRefused "question_open", "column_not_dates", "column_not_numbers".
    """
    table = task.table
    headers = {name: task.header[at] for name, at in task.mapping.items()}
    inputs, settlement, read = _read(task, headers)
    texts = {name: cells for name, (cells, _) in inputs.items()}
    if table.name in _COUNTS_UNLESS_CANCELLED and "status" in read:
        read["status"] = _still_counting(read["status"])
    _refuse_wrong_columns(table, read, texts, headers)
    if "currency" in read and task.around.currency:
        read["currency"] = _in_codes(texts["currency"], settlement.readings["currency"])
    columns = {name: column.values for name, column in read.items()}
    unknown = pa.nulls(task.rows.num_rows, pa.string())
    for name, told in task.names.items():
        columns[name] = people.told_apart(columns.get(name, unknown), told)
    for name, numbers in task.same_ids.items():
        columns[name] = renamed(columns[name], numbers)
    if (apart := task.apart) and apart.column in columns:
        ids, days = columns[apart.column], columns.get(apart.day)
        columns[apart.column] = told_apart(ids, apart, task.rows, task.header, days)
    if (status := marks.with_status(task.rows, task.marks, columns.get("status"))) is not None:
        columns["status"] = status
    by_row = signs.directions(task.rows, task.directions, columns.get("status"))
    if table.name == "payments" and "amount" in columns:
        by_row = signs.left_account(task.rows, task.header, columns["amount"], by_row)
        if by_row is not None:
            by_row = signs.came_back(task.rows, task.directions, columns["amount"], by_row)
    columns, noted = adjusted(task, columns, by_row)
    currency = by_sign(table, texts, headers, settlement.readings, task.around)
    several = currency is not None and pc.unique(currency.drop_null()).to_pylist() not in (
        [], [task.around.currency],
    )  # fmt: skip
    no_number = unnumbered.orders(table, columns, read.get(table.key[0]))
    # A made key is of what earlier versions kept: in the reporting currency, no currency.
    columns = keys.lines_without(columns, task.older) if task.older else columns
    columns = complete(
        table,
        columns | ({"currency": currency} if several else {}),
        task.words,
        task.as_of,
        task.source,
        _own_keys(task, columns, read.get(table.key[0]), no_number),
        stage_first=task.answers.get("status/conflict") == "stage",
    )
    if table.name == "reps":
        columns = people.completed(columns, task.register)
        noted += people.noted(task.register)
    if currency is not None:
        columns["currency"] = currency
    if table.name == "deals":
        columns = same_keys.numbered_apart(columns) if task.same == same_keys.APART else columns
        columns, sentinels = minus_one_means_none(columns, table.money)
        noted += [
            Problem(0, name, headers[name], str(count), "minus_one_means_none", "noted")
            for name, count in sentinels.items()
        ]
    noted += _noted(table, headers, settlement.readings, several)
    noted += [*nameless.noted(texts, headers), *unnumbered.noted(no_number, headers)]
    noted += _months(table, inputs, headers, settlement.readings)
    numbers_in_sheet = task.rows["row"].combine_chunks()  # of one piece, as the columns are
    uncounted = _uncounted(task, by_row, columns)
    if task.same == same_keys.ADD and columns:
        columns, uncounted = same_keys.added_up(table, columns, uncounted)
    cleaned = account(table, numbers_in_sheet, columns, read, texts, headers, noted, uncounted)
    cleaned = stated_totals.with_note(cleaned, task, read)
    by_key = {task.key(name): summary for name, (_, summary) in inputs.items()}
    if table.name == "reps":
        derived = {table.name: people.first_stays(cleaned.rows, task.register)}
        cleaned = replace(cleaned, derived=derived)
    return replace(cleaned, summaries=by_key)


def _read(
    task: CleanTask, headers: Mapping[str, str]
) -> tuple[dict[str, tuple[Texts, ColumnSummary]], Settled, dict[str, Typed]]:
    """Return each column's cells with their summary, the readings, and the columns as read.

    Arrow releases the GIL, so that columns are read side by side.
    """
    mapping = task.mapping

    def cells_of(name: str) -> tuple[Texts, ColumnSummary]:
        cells = task.cells(name)
        return cells, task.summary(name, cells)

    with ThreadPoolExecutor(_COLUMNS_AT_ONCE) as columns_at_once:
        looked = columns_at_once.map(telling(cells_of, len(mapping), 0, 0.4), mapping)
        inputs = dict(zip(mapping, looked, strict=True))
        summaries = [summary for _, summary in inputs.values()]
        settlement = settle(summaries, task.answers, task.around, task.this_year)
        for question in settlement.questions:
            raise ImportRefused("question_open", column=question.column, header=question.header)

        def read_column(name: str) -> Typed:
            how, (cells, summary) = settlement.readings[name], inputs[name]
            column, words = task.table.column(name), task.words.get(name)
            return read_as(cells, column, how, headers[name], words, summary, task.this_year)

        done = columns_at_once.map(telling(read_column, len(mapping), 0.4, 0.8), mapping)
        return inputs, settlement, dict(zip(mapping, done, strict=True))


def _own_keys(
    task: CleanTask, columns: Columns, key: Typed | None, no_number: pa.Array | None
) -> pa.Array | None:
    """Return which rows need a key of their own; None if none does.

    Those whose key identifies nothing, orders without a number, and those which share a number
    that the user said is not theirs.
    """
    cut = no_number
    if key is not None and key.why is not None:
        lost = pc.is_valid(key.why)
        cut = lost if cut is None else pc.or_(lost, cut)
    if task.same != same_keys.APART or key is None or task.table.name == "deals":
        return cut
    shared = same_keys.shared(task.table, columns)
    return shared if cut is None else pc.or_(cut, shared)


def _still_counting(status: Typed) -> Typed:
    """Keep rows with an unknown status in the figures, and report it."""
    if status.why is None:
        return status
    unknown = pc.equal(status.why, "unknown_word")
    return Typed(status.values, pc.if_else(unknown, "unknown_status", status.why))


def _uncounted(task: CleanTask, by_row: pa.Array | None, columns: Columns) -> pa.Array | None:
    """Return why the system does not count each row, null if it does; None if nothing says so.

    `by_row` is what rows do with their amounts: some are no sale.
    """
    reasons = [] if by_row is None else [signs.not_sold(by_row)]
    if (unsold := returned.left_out(task.sold, columns)) is not None:
        reasons.append(unsold)
    if task.register.passed_over:
        reasons.append(keys.why_at(task.register.passed_over, "other_row_holds", len(task.rows)))
    if task.table.name == "targets" and "target" in task.mapping:
        reasons.append(defaults.shares_of_sales(task.cells("target"), columns.get("metric")))
    if task.levels.out or task.levels.others:
        reasons.append(scopes.left_out(task.levels, task.rows.num_rows))
    if task.elsewhere:
        reasons.append(keys.why_at(task.elsewhere, "counts_elsewhere", task.rows.num_rows))
    if task.not_counted:
        reasons.append(keys.whys_at(task.not_counted, task.rows.num_rows))
    for at, name in enumerate(task.header):
        for rule in task.counted:
            if rule.applies(name, at in task.mapping.values()):
                coded = as_coded(trimmed(task.rows[str(at)]))
                why = [rule.reason(word) for word in coded.dictionary.to_pylist()]
                reason = pa.array(why, pa.string()).take(coded.indices)
                if task.table.name == "payments" and "amount" in columns:
                    said = coded.dictionary.take(coded.indices)
                    listed = signs.refunds_listed(said, columns["amount"], by_row)
                    reason = pc.if_else(listed, pa.scalar(None, pa.string()), reason)
                reasons.append(reason)
    return pc.coalesce(*reasons) if any(len(reason.drop_null()) for reason in reasons) else None


def _in_codes(texts: Texts, how: Reading) -> Typed:
    """Turn a column of currencies into codes; other words are left out and reported."""
    coded = as_coded(texts)
    codes = currencies.codes(coded.dictionary, dict(how.signs))
    strange = [
        None if known or is_blank(text) else "unknown_word"
        for text, known in zip(coded.dictionary.to_pylist(), codes.to_pylist(), strict=True)
    ]
    why = pa.array(strange, pa.string()).take(coded.indices) if any(strange) else None
    return Typed(codes.take(coded.indices), why)


def _noted(
    table: Table, headers: Mapping[str, str], readings: Mapping[str, Reading], by_sign: bool
) -> list[Problem]:
    """Report what was done to whole columns; `by_sign`: their signs name another currency."""
    noted = []
    for name, header in headers.items():
        how, kind = readings[name], table.column(name).kind
        if kind == "money" and (unit := header_unit(header)) != 1:
            noted.append(Problem(0, name, header, str(unit), "unit_in_header", "noted"))
        if how.unit != 1:
            noted.append(Problem(0, name, header, str(how.unit), "unit_as_answered", "noted"))
        if how.follows:
            why = "order_as_beside" if kind in DATES else "mark_as_beside"
            noted.append(Problem(0, name, header, how.follows, why, "noted"))
        if how.era:
            noted.append(Problem(0, name, header, "", f"{how.era}_years", "noted"))
        if by_sign and how.signs:
            codes = ", ".join(sorted(set(how.signs.values())))
            noted.append(Problem(0, name, header, codes, "currency_by_sign", "noted"))
    return noted


def _months(
    table: Table,
    inputs: Mapping[str, tuple[Texts, ColumnSummary]],
    headers: Mapping[str, str],
    readings: Mapping[str, Reading],
) -> list[Problem]:
    """Report date columns that hold months, each of which is read as its first day."""
    noted = []
    for name, (cells, summary) in inputs.items():
        if table.column(name).kind == "date":
            how = readings[name]
            dated = in_year(cells, how, headers[name]) if how.year else None
            if first := summary.month if dated is None else first_month(distinct(dated)):
                noted.append(Problem(0, name, headers[name], first, "month_as_day", "noted"))
    return noted


def _refuse_wrong_columns(
    table: Table, read: Mapping[str, Typed], texts: Mapping[str, Texts], headers: Mapping[str, str]
) -> None:
    """Refuse a required column that mostly holds something else."""
    for name in needed(table, read):
        if wrong := mostly_unread(table, name, read[name], texts[name], headers[name]):
            raise wrong


def needed(table: Table, names: Iterable[str]) -> list[str]:
    """Return those of `names` that the table needs and that hold dates or numbers."""
    wanted = {name for group in table.needs for name in group}
    kinds = (*DATES, *NUMBERS)
    return [name for name in names if name in wanted and table.column(name).kind in kinds]


def mostly_unread(
    table: Table, name: str, read: Typed, texts: Texts, header: str
) -> ImportRefused | None:
    """Return why a required column cannot be right: most of its cells are something else."""
    if read.why is None:
        return None
    unread = pc.is_valid(read.why)
    bad, good = pc.sum(unread).as_py() or 0, pc.count(read.values).as_py()
    if bad <= good:
        return None
    code: Code = "column_not_dates" if table.column(name).kind in DATES else "column_not_numbers"
    return ImportRefused(code, column=name, header=header, sample=texts.filter(unread)[0].as_py())
