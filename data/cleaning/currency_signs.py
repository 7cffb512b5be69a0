"""Settle which currency each amount is in: by its sign, its header, or the title of its table.

    >>> settled_signs(summary, reading, sheet)[0].signs                    # doctest: +SKIP
    {'': 'USD', '€': 'EUR'}

An amount without a sign is in the currency that its header names, else in that of the title,
else in the reporting one. A sign of several currencies is asked about, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from data.cleaning.context import Around
from data.cleaning.reading import Read, Reading, SheetColumns
from data.cleaning.summary import ColumnSummary, Question
from data.values import currencies
from data.values.columns import Texts, as_coded
from data.values.numbers import parse_number
from domain.tables import Table

EACH = "each"
_SAMPLES = 3


def main_money(names: Sequence[str]) -> str | None:
    """Return the money column whose signs tell the currency of a row."""
    for name in ("amount", "target", "size", "list_price"):
        if name in names:
            return name
    return names[0] if names else None


def settled_signs(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
    """Settle which currencies the signs of a column stand for; "" is an amount without one."""
    is_column = summary.column == "currency"
    has_codes = any(other.column == "currency" for other in sheet.columns)
    if not is_column and (summary.kind != "money" or has_codes):
        return reading, None
    bare = "" if is_column else _bare(summary.header, sheet.around)
    reporting = currencies.code(bare) or sheet.around.in_sheet
    main = main_money([other.column for other in sheet.columns if other.kind == "money"])
    if summary.column == "collected_so_far" and main != summary.column:
        return reading, None  # in the currency of the amounts
    read: dict[str, str] = {}
    for written in dict.fromkeys([*summary.signs, *([""] if bare else [])]):
        sign = written or bare
        if is_column and not currencies.candidates(sign):
            continue
        answers = (sheet.answer(summary, sign), sheet.answers.get(f"{main}/{sign}", ""))
        meant = currencies.means(sign, reporting, next(filter(None, answers), ""))
        if meant is None:
            options = tuple(dict.fromkeys((*currencies.candidates(sign), reporting)))
            if len(options) < 2 or (not written and summary.column != main):
                continue
            return reading, _about_sign(summary, sign, written, options)
        read[written] = meant
    said = [""] if currencies.header_sign(summary.header) and bare else []
    written_so = [sign for sign in (*summary.signs, *said) if sign in read]
    different = tuple(dict.fromkeys(read[sign] for sign in written_so))
    if is_column or len(different) < 2:
        return replace(reading, signs=read), None
    options = (EACH, *different)
    answer = sheet.answer(summary, "currencies")
    if answer not in options:
        return reading, _about_mixture(summary, read, options)
    return replace(reading, signs=read if answer == EACH else dict.fromkeys(read, answer)), None


def by_sign(
    table: Table,
    texts: Mapping[str, Texts],
    headers: Mapping[str, str],
    readings: Mapping[str, Reading],
    around: Around,
) -> pa.Array | None:
    """Return the currency code of each row, by the signs of its amount, their header or the title.

    It is kept for the reporting currency too, which may change. None if the file tells nothing,
    or has a currency column.
    """
    if "currency" not in table.names or "currency" in texts or not around.currency:
        return None
    name = main_money([column for column in table.money if column in texts])
    if name is None:
        return None
    meant = readings[name].signs
    if not (set(meant) - {""} or _bare(headers[name], around)):
        return None
    coded = as_coded(texts[name])
    signs = currencies.signs_of(coded.dictionary).to_pylist()
    codes = pa.array([meant.get(sign) if sign is not None else None for sign in signs], pa.string())
    return codes.take(coded.indices)


def _bare(header: str, around: Around) -> str:
    """Return the currency of amounts without a sign, as their header or the title says it.

    元 in a header is the reporting currency where it can be, and then nothing is said.
    """
    named = currencies.header_sign(header)
    if currencies.is_yuan(named):
        code = currencies.titled(named, around.in_sheet)
        named = "" if code == around.in_sheet else code
    titled = around.in_sheet if currencies.is_yuan(around.titled) else around.titled
    return named or titled


def _about_sign(
    summary: ColumnSummary, sign: str, written: str, options: tuple[str, ...]
) -> Question:
    texts = summary.signs.get(written, ())
    samples = tuple((text, tuple(_amount(text, o) for o in options)) for text in texts)
    return Question(summary.column, summary.header, "sign", options, samples, sign)


def _about_mixture(
    summary: ColumnSummary, read: Mapping[str, str], options: tuple[str, ...]
) -> Question:
    samples = [
        (text, tuple(_amount(text, read[sign] if option == EACH else option) for option in options))
        for sign, texts in summary.signs.items()
        for text in texts[:1]
        if sign in read
    ]
    return Question(
        summary.column, summary.header, "currencies", options, tuple(samples[:_SAMPLES])
    )


def _amount(text: str, currency: str) -> str:
    number = parse_number(text, ".") or parse_number(text, ",")
    return f"{currency} {number:,f}" if number is not None else currency
