"""Take what a list of orders says was collected of each, where nothing else on it says so.

    >>> sheet, match = with_collected(sheet, match)                     # doctest: +SKIP
    >>> match.mapping["collected_so_far"], match.mapping["last_collected"]
    (5, 6)

It stands for collections as long as no list of payments is imported
(`analytics.actuals.collected`), on the day of the last payment, else on that of the order. A
figure that all lines of an order repeat is the order's, and counts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.matching.aliases import SURE
from data.matching.amounts import matched
from data.matching.collected import is_collected, is_last_day
from data.matching.company_currency import says_converted
from data.matching.computed_columns import ONCE, Formula, Grid
from data.matching.profile import profile
from data.matching.recognise import Match
from data.matching.repaid import documents_of
from data.staging.draft import Draft
from data.staging.money_units import in_their_units
from data.values.columns import trimmed
from data.values.header_text import unit
from data.values.numbers import header_unit, number_of

SO_FAR, LAST = "collected_so_far", "last_collected"
BY_DAY, BY_ORDER_DAY, UNUSED = NOTES = (
    "collected_by_day",
    "collected_by_order_day",
    "collected_unused",
)
_ORDERS, _SAMPLE = "orders", 200
_RATE = re.compile(r"汇率|rate|kurs|cambio|taux", re.IGNORECASE)
# Amounts may be without the tax that was collected with them.
_ABOVE = Decimal("1.3")

Cells = Sequence[str | None]


def with_collected(sheet: Sheet, match: Match) -> tuple[Sheet, Match]:
    """Return a sheet of orders and its match with what was collected, and on which day last."""
    if match.table != _ORDERS or "amount" not in match.mapping:
        return sheet, match
    if SO_FAR not in match.mapping:
        converted = _is_converted(sheet, match.mapping["amount"])
        found = candidates(sheet, match.mapping)
        found = [at for at in found if says_converted(sheet.header[at]) == converted]
        if len(found) != 1:
            return sheet, match
        match = _matched(sheet, match, SO_FAR, found[0])
        sheet = in_their_units(sheet, _ORDERS, {SO_FAR: found[0]})
    if LAST not in match.mapping:
        days = [at for at in _free(sheet, match.mapping, is_last_day) if _is_days(sheet, at)]
        if len(days) == 1:
            match = _matched(sheet, match, LAST, days[0])
    return _once_an_order(*_in_unit_of_amounts(sheet, match))


def candidates(sheet: Sheet, mapping: Mapping[str, int]) -> list[int]:
    """Return the columns without a use that say what was collected."""
    return [at for at in _free(sheet, mapping, is_collected) if _is_money(sheet, at)]


def with_amounts(draft: Draft) -> Draft:
    """Return the draft with what lines repeat collected of each where it is the amount of each.

    Where the amount counts once an order, so does what was collected. In another currency than
    the amount it does not count.
    """
    sheet, at = draft.sheet, draft.mapping.get(SO_FAR)
    amount = draft.mapping.get("amount")
    if sheet is None or at is None or amount is None:
        return draft
    header = sheet.header[at].removeprefix(ONCE)
    if _is_converted(sheet, amount) and not says_converted(header):
        others = {
            name: place for name, place in draft.mapping.items() if name not in (SO_FAR, LAST)
        }
        return replace(draft, mapping=others)
    if ONCE + header not in sheet.header:
        return draft
    of_lines = sheet.header.index(header)
    alike = _texts(sheet, of_lines) == _texts(sheet, amount)
    place = of_lines if alike else sheet.header.index(ONCE + header)
    return draft if place == at else replace(draft, mapping={**draft.mapping, SO_FAR: place})


def noted(draft: Draft) -> Draft:
    """Return the draft with a note on what its collections are taken from, or are not."""
    sheet = draft.sheet
    if sheet is None or draft.table != _ORDERS or "amount" not in draft.mapping:
        return draft
    kept = tuple(note for note in sheet.notes if note.code not in NOTES)
    notes: tuple[Note, ...] = ()
    if (at := draft.mapping.get(SO_FAR)) is not None:
        day = draft.mapping.get(LAST)
        header = sheet.header[at].removeprefix(ONCE)
        if day is None:
            notes = (Note.of(BY_ORDER_DAY, header=header),)
        elif draft.match and any(
            one.column == SO_FAR and one.why == "values" for one in draft.match.columns
        ):
            # Of a header that is one of our own, or was confirmed before, nobody need be told.
            notes = (Note.of(BY_DAY, header=header, other=sheet.header[day]),)
    elif found := candidates(sheet, draft.mapping):
        notes = (Note.of(UNUSED, header=sheet.header[found[0]]),)
    if (*kept, *notes) == sheet.notes:
        return draft
    return replace(draft, sheet=replace(sheet, notes=(*kept, *notes)))


def _free(sheet: Sheet, mapping: Mapping[str, int], named: Callable[[str], bool]) -> list[int]:
    taken = mapping.values()
    return [at for at, text in enumerate(sheet.written) if at not in taken and named(text)]


def _is_converted(sheet: Sheet, amount: int) -> bool:
    """Return whether the amount is in the company's currency, whatever that of its order is."""
    header = sheet.header[amount]
    worked_out = amount >= len(sheet.written) and bool(_RATE.search(header))
    return worked_out or says_converted(header)


def _is_money(sheet: Sheet, at: int) -> bool:
    """Return whether a column holds amounts, and no marks of 1 and 0."""
    cells = _sample(sheet, at)
    figures = {number_of(cell) for cell in cells}
    return bool(cells) and profile(cells).is_numbers and not figures <= {Decimal(0), Decimal(1)}


def _is_days(sheet: Sheet, at: int) -> bool:
    return profile(_sample(sheet, at)).is_days


def _sample(sheet: Sheet, at: int) -> list[str]:
    return list(trimmed(sheet.rows[str(at)]).drop_null().slice(0, _SAMPLE).to_pylist())


def _matched(sheet: Sheet, match: Match, column: str, at: int) -> Match:
    return matched(match, Grid(sheet.header, sheet.rows), column, at, SURE)


def _in_unit_of_amounts(sheet: Sheet, match: Match) -> tuple[Sheet, Match]:
    """Write the unit of the amounts, which their header alone has, behind the header beside them.

    Of figures that are larger than the amounts of their orders nothing says so.
    """
    at, amount = match.mapping[SO_FAR], match.mapping["amount"]
    if header_unit(sheet.header[at]) != 1 or header_unit(sheet.header[amount]) == 1:
        return sheet, match
    pairs = zip(_texts(sheet, at), _texts(sheet, amount), strict=True)
    sizes = [(number_of(a), number_of(b)) for a, b in pairs if a and b]
    if any(a is not None and b is not None and abs(a) > abs(b) * _ABOVE for a, b in sizes):
        return sheet, match
    header = f"{sheet.header[at]} ({unit(sheet.header[amount])})"
    return _beside(sheet, match, header, _texts(sheet, at))


def _once_an_order(sheet: Sheet, match: Match) -> tuple[Sheet, Match]:
    """Keep on the first line of each order what all of its lines repeat."""
    at, number = match.mapping[SO_FAR], match.mapping.get("order_id")
    if number is None:
        return sheet, match
    texts = _texts(sheet, at)
    documents = documents_of(_texts(sheet, number), len(texts))
    several = [rows for rows in documents if len(rows) > 1 and any(texts[row] for row in rows)]
    if not several or any(len({texts[row] for row in rows}) > 1 for rows in several):
        return sheet, match
    once: list[str | None] = [None] * len(texts)
    for rows in documents:
        once[rows[0]] = texts[rows[0]]
    return _beside(sheet, match, Formula("once", (at,)).header(sheet.header), once)


def _texts(sheet: Sheet, at: int) -> list[str | None]:
    return list(trimmed(sheet.rows[str(at)]).to_pylist())


def _beside(sheet: Sheet, match: Match, header: str, texts: Cells) -> tuple[Sheet, Match]:
    """Return the sheet with a column of what was collected behind its own, and its match."""
    place = len(sheet.header)
    sheet = sheet.with_computed(header, pa.array(texts, pa.string()))
    return sheet, _matched(sheet, match, SO_FAR, place)
