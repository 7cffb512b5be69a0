"""Read one column as settled: for the import, and for the preview before it.

>>> from data.values.columns import trimmed
>>> read_as(trimmed(cells), table("orders").column("order_date"), how, "日期").values
... # doctest: +SKIP
[datetime.date(2026, 11, 5), ...]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pyarrow as pa

from data.cleaning.reading import Reading
from data.cleaning.summary import DATES, ColumnSummary
from data.values import centuries, eras, partial_dates
from data.values.columns import Texts, Typed, as_coded, typed
from data.values.dates import DATE_ORDERS, DateOrder, parse_date
from data.values.durations import in_minutes
from data.values.fiscal_years import resolved
from data.values.half_converted import swapped_back
from data.values.identifiers import identifiers, line_numbers
from data.values.missing_units import with_unit
from data.values.mixed_shares import EACH_WAY, each_way
from data.values.periods import dated
from data.values.periods import undated as without_year
from data.values.placeholders import without_placeholders
from data.values.zones import moved
from domain.tables import Column

# A day further ahead than this is a slip, unless most of the column is.
_YEARS_AHEAD = 2


def read_as(
    cells: Texts,
    column: Column,
    how: Reading,
    header: str,
    words: Mapping[str, str] | None = None,
    summary: ColumnSummary | None = None,
    this_year: int = 0,
) -> Typed:
    """Read trimmed `cells` as `column`, the way `how` says.

    With the column's `summary`, dates that may have lost a zero and typing errors in years are
    reported too.
    """
    if column.identifier:
        return line_numbers(cells) if column.name == "line_no" else identifiers(cells)
    if column.kind == "text":
        cells = without_placeholders(cells, column.name)
    whole = cells
    if column.name == "period" and (how.answer or how.fiscal):
        whole = _as_periods(cells, how)
    if how.era:
        whole = eras.moved(cells, how.era)
    if how.swapped:
        whole = swapped_back(whole)
    if how.zone:
        whole = moved(whole, header, cast(DateOrder, how.answer or "ymd"), how.zone)
    if how.year:
        whole = in_year(whole, how, header)
    if how.shares == EACH_WAY:
        whole = each_way(cells, how.answer or ".")
    if how.lacking:
        whole = with_unit(whole, how.lacking)
    if column.name == "duration":
        whole = in_minutes(cells, header, "," if how.answer == "," else ".")
    result = typed(whole, column, how.answer, header, words, how.pivot, how.unit)
    if summary is None or column.kind not in DATES:
        return result
    return _as_days(result, cells, summary, this_year)


def in_year(cells: Texts, how: Reading, header: str) -> Texts:
    """Put days without a year into the year that was found or answered."""
    order = cast(DateOrder, how.answer or "ymd")
    return partial_dates.dated(cells, how.year, header, order, how.until)


def _as_periods(cells: Texts, how: Reading) -> Texts:
    """Put periods without a year into the year that was answered, and fiscal ones into months."""
    coded = as_coded(cells)
    texts = coded.dictionary.to_pylist()
    if how.answer:
        texts = [dated(text, int(how.answer)) if without_year(text) else text for text in texts]
    completed = [resolved(text, how.fiscal) if text and how.fiscal else text for text in texts]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(completed, pa.string()))


def _as_days(result: Typed, cells: Texts, summary: ColumnSummary, this_year: int) -> Typed:
    """Explain dates that may have lost a zero, and drop typing errors in years."""
    result = partial_dates.explained(result, cells)
    # The century of two-digit years is asked about.
    two_digits = any(parse_date(text, order) for text in summary.short for order in DATE_ORDERS)
    if two_digits:
        return result
    last_year = None if summary.column in centuries.AHEAD else this_year + _YEARS_AHEAD
    return partial_dates.without_far_off(result, last_year)
