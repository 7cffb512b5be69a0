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

from data import currencies
from data.account import DATES, NUMBERS, Cleaned, Problem, account
from data.around import NOWHERE, Around
from data.ask import Look, Question, look
from data.child import telling
from data.derive import Columns, complete, minus_one_means_none
from data.parse import header_unit
from data.periods import dated, undated
from data.settle import Reading, Settled, main_money, settle
from data.typed import Texts, Typed, trimmed, typed
from domain.errors import ImportRefused
from domain.tables import Table

_COLUMNS_AT_ONCE = 4

__all__ = ["Cleaned", "Problem", "Question", "clean", "questions", "seen"]


def questions(
    sheet_rows: pa.Table,
    header: tuple[str, ...],
    mapping: Mapping[str, int],
    table: Table,
    answers: Mapping[str, str],
    this_year: int,
    around: Around = NOWHERE,
) -> list[Question]:
    """What must be asked before `clean` can run; empty when all is decided or answered."""
    looks = [seen(sheet_rows, header, name, at, table, this_year) for name, at in mapping.items()]
    return settle(looks, answers, around, this_year).questions


def seen(
    sheet_rows: pa.Table,
    header: tuple[str, ...],
    name: str,
    at: int,
    table: Table,
    this_year: int,
) -> Look:
    """What the column at position `at` says, taken as `name`: the costly part of `questions`."""
    return look(name, header[at], table.column(name).kind, trimmed(sheet_rows[str(at)]), this_year)


def clean(
    sheet_rows: pa.Table,
    header: tuple[str, ...],
    mapping: Mapping[str, int],
    table: Table,
    answers: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]],
    as_of: date | None,
    this_year: int,
    source: str = "",
    around: Around = NOWHERE,
) -> Cleaned:
    """The rows of `table` in a sheet, typed, keyed and reconciled.

    `mapping` is canonical column → position; `answers` `Question.key` → option;
    `words` column → normalised word → choice, and "stage" for deals; `source`
    tells rows without a key from those of another list. Raises ImportRefused
    "question_open", "column_not_dates", "column_not_numbers".
    """
    headers = {name: header[at] for name, at in mapping.items()}

    def cells_of(name: str) -> tuple[Texts, Look]:
        cells = trimmed(sheet_rows[str(mapping[name])])
        return cells, look(name, headers[name], table.column(name).kind, cells, this_year)

    # Arrow lets go of the interpreter while it works, so that columns are read side by side.
    with ThreadPoolExecutor(_COLUMNS_AT_ONCE) as columns_at_once:
        looked = columns_at_once.map(telling(cells_of, len(mapping), 0, 0.4), mapping)
        found = dict(zip(mapping, looked, strict=True))
        told = settle([one for _, one in found.values()], answers, around, this_year)
        _refuse_open(told)

        def one(name: str) -> Typed:
            how = told.readings[name]
            cells, column = found[name][0], table.column(name)
            if name == "period" and how.answer:
                cells = _with_year(cells, int(how.answer))
            word = words.get(name)
            known = found[name][1].decimals
            return typed(cells, column, how.answer, headers[name], word, how.pivot, how.unit, known)

        done = columns_at_once.map(telling(one, len(mapping), 0.4, 0.8), mapping)
        read = dict(zip(mapping, done, strict=True))
    texts = {name: cells for name, (cells, _) in found.items()}
    _refuse_wrong_columns(table, read, texts, headers)
    columns = {name: one.values for name, one in read.items()}
    columns = _with_currency(table, columns, texts, told.readings, around)
    columns = complete(table, columns, words, as_of, source)
    noted: list[Problem] = []
    if table.name == "deals":
        columns, sentinels = minus_one_means_none(columns, table.money)
        noted = [
            Problem(0, name, headers[name], str(count), "minus_one_means_none", "noted")
            for name, count in sentinels.items()
        ]
    noted += _noted(table, headers, told.readings, columns)
    return account(table, sheet_rows["row"], columns, read, texts, headers, noted)


def _with_year(cells: Texts, year: int) -> Texts:
    """Months and quarters that have no year, in the one that was answered."""
    coded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
    told = [dated(text, year) if undated(text) else text for text in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(told, pa.string()))


def _refuse_open(told: Settled) -> None:
    for one in told.questions:
        raise ImportRefused("question_open", column=one.column, header=one.header)


def _with_currency(
    table: Table,
    columns: Columns,
    texts: Mapping[str, Texts],
    readings: Mapping[str, Reading],
    around: Around,
) -> Columns:
    """The currency of each row as a code, where a column, a header or a sign says it.

    Rows in the reporting currency need none.
    """
    if "currency" not in table.names or not around.currency:
        return columns
    if "currency" in columns:
        coded = columns["currency"]
        coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
        told = currencies.codes(coded.dictionary, dict(readings["currency"].signs))
        return columns | {"currency": told.take(coded.indices)}
    name = main_money([one for one in table.money if one in columns])
    meant = dict(readings[name].signs) if name else {}
    if name is None or set(meant.values()) <= {around.currency}:
        return columns
    coded = texts[name]
    coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
    signs = currencies.mark_of(coded.dictionary).to_pylist()
    told = pa.array([meant.get(sign) if sign is not None else None for sign in signs], pa.string())
    return columns | {"currency": told.take(coded.indices)}


def _noted(
    table: Table, headers: Mapping[str, str], readings: Mapping[str, Reading], columns: Columns
) -> list[Problem]:
    """What was done to whole columns."""
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
        if "currency" not in headers and len(set(how.signs.values())) and "currency" in columns:
            told = ", ".join(sorted(set(how.signs.values())))
            noted.append(Problem(0, name, header, told, "currency_by_sign", "noted"))
    return noted


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
