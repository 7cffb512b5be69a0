"""One column as its reading says: what the import keeps, and what the preview shows before.

>>> read_as(trimmed(cells), table("orders").column("order_date"), how, "日期").values
... # doctest: +SKIP
[datetime.date(2026, 11, 5), ...]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pyarrow as pa

from data.cleaning.ambiguity import Look
from data.cleaning.resolve import Reading
from data.values import centuries, partial_dates
from data.values.columns import Texts, Typed, typed
from data.values.dates import DATE_ORDERS, DateOrder, parse_date
from data.values.periods import dated
from data.values.periods import undated as without_year
from domain.tables import Column


def read_as(
    cells: Texts,
    column: Column,
    how: Reading,
    header: str,
    words: Mapping[str, str] | None = None,
    seen: Look | None = None,
    this_year: int = 0,
) -> Typed:
    """`cells` (trimmed) as `column`, read as `how` says.

    With `seen`, what the whole column says, dates that may have lost a zero and slips
    of years are told too, and numbers need not be read again.
    """
    whole = cells
    if column.name == "period" and how.answer:
        whole = _with_year(cells, int(how.answer))
    if how.year:
        whole = in_year(cells, how, header)
    decimals = seen.decimals if seen else None
    got = typed(whole, column, how.answer, header, words, how.pivot, how.unit, decimals)
    if seen is None or column.kind not in ("date", "moment"):
        return got
    return _as_days(got, cells, seen, this_year)


def in_year(cells: Texts, how: Reading, header: str) -> Texts:
    """Days without a year, in the one that was found or answered."""
    order = cast(DateOrder, how.answer or "ymd")
    return partial_dates.dated(cells, how.year, header, order, how.until)


def _with_year(cells: Texts, year: int) -> Texts:
    """Months and quarters that have no year, in the one that was answered."""
    coded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
    texts = coded.dictionary.to_pylist()
    told = [dated(text, year) if without_year(text) else text for text in texts]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(told, pa.string()))


def _as_days(got: Typed, cells: Texts, seen: Look, this_year: int) -> Typed:
    """Dates with the reason of those that may have lost a zero, and without slips of years."""
    got = partial_dates.explained(got, cells)
    # The century of two-digit years is asked about.
    two_digits = any(parse_date(text, one) for text in seen.short for one in DATE_ORDERS)
    can_lie_ahead = seen.column in centuries.AHEAD or two_digits
    return got if can_lie_ahead else partial_dates.without_far_ahead(got, this_year)
