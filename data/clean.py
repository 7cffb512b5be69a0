"""A sheet of text to the typed rows of a canonical table, with every loss accounted for.

    >>> asked = questions(sheet.rows, sheet.header, mapping, table("orders"), {}, 2026)
    ... # doctest: +SKIP
    >>> clean(sheet.rows, sheet.header, mapping, table("orders"), {"order_date": "dmy"},
    ...       words={}, as_of=None, this_year=2026).left_out          # doctest: +SKIP
    {'unreadable_date': 2}

Two identities hold for every file: `rows_in` is the rows kept and the rows of
`left_out`; and for each money column `money_in` is the sum of the rows kept and
of `money_left_out`. Values that cannot be read are problems, never zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.account import DATES, NUMBERS, Cleaned, Problem, account
from data.ask import Question, question
from data.derive import complete, minus_one_means_none
from data.parse import header_unit
from data.typed import Texts, Typed, trimmed, typed
from domain.errors import ImportRefused
from domain.tables import Kind, Table

_COLUMNS_AT_ONCE = 4

__all__ = ["Cleaned", "Problem", "Question", "clean", "questions"]


def questions(
    sheet_rows: pa.Table,
    header: tuple[str, ...],
    mapping: Mapping[str, int],
    table: Table,
    answers: Mapping[str, str],
    this_year: int,
) -> list[Question]:
    """What must be asked before `clean` can run; empty when all is decided or answered."""
    asked = (
        question(name, header[at], table.column(name).kind, trimmed(sheet_rows[str(at)]), this_year)
        for name, at in mapping.items()
        if name not in answers
    )
    return [one for one in asked if one is not None and len(one.options) > 1]


def clean(
    sheet_rows: pa.Table,
    header: tuple[str, ...],
    mapping: Mapping[str, int],
    table: Table,
    answers: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]],
    as_of: date | None,
    this_year: int,
) -> Cleaned:
    """The rows of `table` in a sheet, typed, keyed and reconciled.

    `mapping` is canonical column → position; `answers` column → date order or
    decimal mark; `words` column → normalised word → choice, and "stage" for
    deals. Raises ImportRefused "question_open", "column_not_dates",
    "column_not_numbers".
    """
    headers = {name: header[at] for name, at in mapping.items()}

    def one(name: str) -> tuple[Texts, Typed]:
        cells = trimmed(sheet_rows[str(mapping[name])])
        column, told = table.column(name), headers[name]
        answer = answers.get(name) or _decided(name, told, column.kind, cells, this_year)
        return cells, typed(cells, column, answer, told, words.get(name))

    # Arrow lets go of the interpreter while it works, so that columns are read side by side.
    with ThreadPoolExecutor(_COLUMNS_AT_ONCE) as columns_at_once:
        found = dict(zip(mapping, columns_at_once.map(one, mapping), strict=True))
    texts = {name: cells for name, (cells, _) in found.items()}
    read = {name: column for name, (_, column) in found.items()}
    _refuse_wrong_columns(table, read, texts, headers)
    columns = complete(table, {name: one.values for name, one in read.items()}, words, as_of)
    noted: list[Problem] = []
    if table.name == "deals":
        columns, sentinels = minus_one_means_none(columns, table.money)
        noted = [
            Problem(0, name, headers[name], str(count), "minus_one_means_none", "noted")
            for name, count in sentinels.items()
        ]
    noted += [
        Problem(0, name, headers[name], str(unit), "unit_in_header", "noted")
        for name in table.money
        if name in headers and (unit := header_unit(headers[name])) != 1
    ]
    return account(table, sheet_rows["row"], columns, read, texts, headers, noted)


def _refuse_wrong_columns(
    table: Table, read: Mapping[str, Typed], texts: Mapping[str, Texts], headers: Mapping[str, str]
) -> None:
    """A column that the table needs and that is mostly something else was matched wrongly."""
    for name in {name for group in table.needs for name in group if name in read}:
        kind = table.column(name).kind
        if kind not in (*DATES, *NUMBERS):
            continue
        if (why := read[name].why) is None:
            continue
        unread = pc.is_valid(why)
        bad, good = pc.sum(unread).as_py() or 0, pc.count(read[name].values).as_py()
        if bad > good:
            sample = texts[name].filter(unread)[0].as_py()
            code = "column_not_dates" if kind in DATES else "column_not_numbers"
            raise ImportRefused(code, column=name, header=headers[name], sample=sample)


def _decided(name: str, header: str, kind: Kind, cells: Texts, this_year: int) -> str:
    """The order or the mark of a column that leaves nothing open."""
    asked = question(name, header, kind, cells, this_year)
    if asked is None:
        return ""
    if len(asked.options) > 1:
        raise ImportRefused("question_open", column=name, header=header)
    return asked.options[0]
