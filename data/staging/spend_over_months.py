"""Spread spend of a time that runs over the end of a month over its days.

    >>> by_days(sheet, "spend", {"date": 1, "amount": 3}).notes[-1].code     # doctest: +SKIP
    'spend_by_days'

Reports of advertising have a row for all the days asked for, with a first and a last one: 280 from
15 February to 14 March is 10 a day, 140 in each month. On its first day alone it would all be
February's. Within one month a row stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.values import currencies
from data.values.columns import plain, trimmed
from data.values.dates import DATE_ORDERS, date_orders, parse_moment
from data.values.numbers import decimal_marks, parse_number

# Headers of the last day: Reporting ends, 结束日期, Ende des Berichts, Date de fin, Fecha de fin.
_LAST = re.compile(
    r"\b(?:ends?|ending|until|through|ende|enddatum|berichtsende|endet|bis|fin|fine|hasta|até"
    r"|final|finalización|término|einde|einddatum)\b|结束|截止|终止|結束|終了",
    re.IGNORECASE,
)
_MONEY, _COUNTS = ("amount", "budget"), ("impressions", "clicks", "conversions")
_MOST_DAYS = 366
_CODE, _OVERLAPS = "spend_by_days", "spend_overlaps"
# What tells one campaign from another.
_WHOSE = ("channel", "campaign", "kind")
Span = tuple[date, date]


def by_days(sheet: Sheet, into: str, mapping: Mapping[str, int]) -> Sheet:
    """Return the sheet with a row a day for spend of two months or more; no sum changes."""
    if into != "spend" or not {"date", "amount"} <= mapping.keys():
        return sheet
    if any(note.code == _CODE for note in sheet.notes):
        return sheet
    for at, header in enumerate(sheet.written):
        if at in mapping.values() or not _LAST.search(header.replace("_", " ")):
            continue
        spans = _spans(sheet, mapping["date"], at)
        sheet = _with_overlaps(sheet, mapping, spans)
        long = {row for row, span in enumerate(spans) if span and _over_months(span)}
        if long and (spread := _spread(sheet, mapping, spans, long)):
            note = Note.of(_CODE, header=header, count=str(len(long)))
            return replace(spread, notes=(*spread.notes, note), before=sheet)
    return sheet


def _spans(sheet: Sheet, first: int, last: int) -> list[Span | None]:
    """Return the first and the last day of each row, if there is one way to read them."""
    cells = [trimmed(sheet.rows[str(at)]).to_pylist() for at in (first, last)]
    texts = [text for column in cells for text in column if text]
    orders = date_orders(texts, date.max.year - 2) if texts else set()
    ways: list[list[Span | None]] = []
    for order in DATE_ORDERS:
        if order not in orders:
            continue
        days = [[parse_moment(text, order) if text else None for text in side] for side in cells]
        spans = [
            (begins.date(), ends.date()) if begins and ends else None
            for begins, ends in zip(*days, strict=True)
        ]
        if spans not in ways and all(span is None or _is_a_time(span) for span in spans):
            ways.append(spans)
    return ways[0] if len(ways) == 1 else []


def _with_overlaps(sheet: Sheet, mapping: Mapping[str, int], spans: Sequence[Span | None]) -> Sheet:
    """Return the sheet with a note on rows of one campaign whose days are partly the same."""
    if any(note.code == _OVERLAPS for note in sheet.notes):
        return sheet
    names = [str(mapping[name]) for name in _WHOSE if name in mapping]
    keys = zip(*(sheet.rows[name].to_pylist() for name in names), strict=True)
    of_key: dict[tuple[str | None, ...], list[tuple[date, date, int]]] = {}
    for row, (key, span) in enumerate(zip(keys, spans, strict=False)):
        if span:
            of_key.setdefault(key, []).append((span[0], span[1], row))
    rows: set[int] = set()
    for several in of_key.values():
        upto: tuple[date, date, int] | None = None
        for one in sorted(several):
            if upto and one[0] <= upto[1] and one[:2] != upto[:2]:
                rows.add(one[2])
            upto = one if upto is None or one[1] > upto[1] else upto
    if not rows:
        return sheet
    number = sheet.rows["row"][min(rows)].as_py()
    note = Note.of(_OVERLAPS, count=len(rows), row=number)
    return replace(sheet, notes=(*sheet.notes, note))


def _is_a_time(span: Span) -> bool:
    return timedelta(0) <= span[1] - span[0] < timedelta(_MOST_DAYS)


def _over_months(span: Span) -> bool:
    return (span[0].year, span[0].month) != (span[1].year, span[1].month)


def _spread(
    sheet: Sheet, mapping: Mapping[str, int], spans: Sequence[Span | None], long: set[int]
) -> Sheet | None:
    """Return the sheet with the `long` rows by days; None where an amount cannot be read."""
    days = [_days(span) if at in long and span else [None] for at, span in enumerate(spans)]
    taken = [at for at, of_row in enumerate(days) for _day in of_row]
    rows = sheet.rows.take(pa.array(taken, pa.int64()))
    whens = [
        (day or (span[0] if (span := spans[at]) else None), of_at)
        for at, of_row in enumerate(days)
        for of_at, day in enumerate(of_row)
    ]
    written = plain(trimmed(rows[str(mapping["date"])])).to_pylist()
    dates = [
        day.isoformat() if day else text for (day, _at), text in zip(whens, written, strict=True)
    ]
    columns = {mapping["date"]: dates}
    for name in (*_MONEY, *_COUNTS):
        if name not in mapping:
            continue
        cells = plain(trimmed(rows[str(mapping[name])]))
        figures = _figures(cells.to_pylist())
        if name == "amount" and any(
            figures[at] is None for at, row in enumerate(taken) if row in long
        ):
            return None
        signs = currencies.signs_of(cells).to_pylist()
        columns[mapping[name]] = [
            text
            if figure is None
            else f"{sign or ''} {_share(figure, at, len(days[row]), name):f}".strip()
            for text, figure, sign, row, (_day, at) in zip(
                cells.to_pylist(), figures, signs, taken, whens, strict=True
            )
        ]
    for at, texts in columns.items():
        place = rows.column_names.index(str(at))
        rows = rows.set_column(place, str(at), pa.array(texts, pa.string()))
    return replace(sheet, rows=rows)


def _figures(texts: Sequence[str | None]) -> list[Decimal | None]:
    """Return the numbers of a column, none if they can be read in two ways."""
    marks = decimal_marks([text for text in texts if text])
    ways = [
        [parse_number(text, mark) if text else None for text in texts] for mark in sorted(marks)
    ]
    return ways[0] if ways and all(way == ways[0] for way in ways) else [None] * len(texts)


def _days(span: Span) -> list[date | None]:
    return [span[0] + timedelta(at) for at in range((span[1] - span[0]).days + 1)]


def _share(whole: Decimal, at: int, parts: int, name: str) -> Decimal:
    """Return one of several equal parts, rounded so that all of them are the whole.

    Money has two places or four: three after a point might be thousands.
    """
    exponent = whole.as_tuple().exponent
    fine = isinstance(exponent, int) and exponent < -2
    unit = Decimal(1) if name in _COUNTS else Decimal("0.0001" if fine else "0.01")
    before, upto = ((whole * count / parts).quantize(unit, ROUND_HALF_UP) for count in (at, at + 1))
    return upto - before
