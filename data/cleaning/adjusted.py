"""Set right what stands in a row and means something else beside its other columns.

    >>> columns, noted = adjusted(task, columns, by_row)                    # doctest: +SKIP
    >>> [problem.why for problem in noted]                               # doctest: +SKIP
    ['sign_elsewhere', 'returned_twice']

Amounts of documents that take back become negative, amounts of a budget are no spend, and an
order that a mark and a negative line both say came back is taken back once. Nothing is owed of
what was paid. Targets of whole
groups are theirs, and not of people. Lines of a selection stand where their orders have them.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning import budgets, paid_dues, returned, returned_twice, scopes, signs
from data.cleaning.derive import Columns
from data.cleaning.reconcile import Problem
from data.cleaning.task import CleanTask
from data.values.columns import as_coded, plain
from data.values.periods import periods


def adjusted(
    task: CleanTask, columns: Columns, by_row: pa.Array | None
) -> tuple[Columns, list[Problem]]:
    """Return the typed columns set right, and a note for each kind of change, with its rows.

    `by_row` says what each row does with its amount; see `data.cleaning.signs.directions`.
    """
    name = task.table.name
    noted: list[Problem] = []

    def note(column: str, count: int, reason: str) -> None:
        if count:
            # A status may come from marks beside it, with no column of its own.
            header = task.header[task.mapping[column]] if column in task.mapping else ""
            noted.append(Problem(0, column, header, str(count), reason, "noted"))

    if name in signs.TABLES and "amount" in columns:
        columns, turned = signs.signed(columns, by_row, name == "orders")
        note("amount", turned, "sign_elsewhere")
    if name == "spend" and {"kind", "amount"} <= columns.keys():
        columns, planned = budgets.moved(columns)
        note("amount", planned, "budget_not_spend")
    if name == "receivables" and "amount" in columns:
        amount = task.header[task.mapping["amount"]]
        columns, paid = paid_dues.with_paid(columns, task.rows, task.header, amount)
        note("amount", paid, "paid_already")
    if name == "targets" and "period" in columns:
        columns = {**columns, "period": _as_keys(columns["period"])}
    if task.levels:
        at = task.mapping.get("scope_value")
        header = "" if at is None else task.header[at]
        columns = scopes.placed(columns, task.levels, header, task.rows.num_rows)
        note("scope_value", len(task.levels.kinds), "target_of_group")
    if task.currencies:
        known = pa.array(map(task.currencies.get, range(task.rows.num_rows)), pa.string())
        named = plain(columns["currency"]) if "currency" in columns else known
        columns = {**columns, "currency": pc.coalesce(named, known)}
    if task.places:
        numbers = [task.places.get(at) for at in range(task.rows.num_rows)]
        columns = {**columns, "line_no": pa.array(numbers, pa.string())}
    if name == "orders":
        columns, twice = returned_twice.once(columns)
        note("status", twice, "returned_twice")
    if name == "returns":
        header = task.header[task.mapping["order_id"]] if "order_id" in task.mapping else ""
        columns, more = returned.set_right(columns, task.sold, header)
        noted += more
    return columns, noted


def _as_keys(written: pa.Array) -> pa.Array:
    """Return periods the one way that keys have them; what cannot be read stays as written."""
    coded = as_coded(written)
    texts = coded.dictionary.to_pylist()
    keys = [key or text for key, text in zip(periods(texts), texts, strict=True)]
    return pa.array(keys, pa.string()).take(coded.indices)
