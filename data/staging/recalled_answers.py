"""Drop answers given for earlier files where the values of this one speak against them.

    >>> without_contradicted(store, draft, today, others).answers       # doctest: +SKIP
    {}

The newest evidence wins: columns that were read day first and turn out to have the month first
are asked about again in the next file that leaves it open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from data.cleaning.currency_signs import EACH
from data.cleaning.summary import DATES, ColumnSummary
from data.facts.standing import STATED
from data.matching.similar_headers import shape
from data.staging import readings, recalled_units
from data.staging.draft import Draft
from data.store.database import Store
from data.values import currencies
from domain.tables import table

_ORDERS = {"dmy": "mdy", "mdy": "dmy"}


def without_contradicted(store: Store, draft: Draft, today: date, others: Sequence[Draft]) -> Draft:
    """Return the draft without answers recalled for it that its values, or its twins', contradict.

    It weighs each recalled answer once: what the user says afterwards is about this very file.
    `others` are the drafts of the same drop.
    """
    recalled = dict(draft.known.recalled)
    draft.known.recalled.clear()
    if not recalled or draft.sheet is None or draft.table is None:
        return draft
    alike = [draft, *(other for other in others if _alike(draft, other))]
    wrong = {
        key
        for key, answer in recalled.items()
        if (name := key.split("/")[0]) in draft.mapping
        and (
            any(_decides_otherwise(other, key, answer, today) for other in alike)
            or _unlikely(draft, name, key, answer, today)
        )
    }
    units = {key: answer for key, answer in recalled.items() if key.endswith(recalled_units.KEY)}
    if units:
        wrong |= recalled_units.not_stated(draft, units, readings.context(draft, today, store))
        how = readings.settled(draft, today, store).readings
        wrong |= {
            key
            for key, answer in units.items()
            if (name := key.split("/")[0]) in how and how[name].unit == 1 and answer != "1"
        }
    return replace(draft, answers={k: a for k, a in draft.answers.items() if k not in wrong})


def _alike(draft: Draft, other: Draft) -> bool:
    if other is draft or other.sheet is None or draft.sheet is None or not other.take:
        return False
    return other.table == draft.table and shape(other.sheet.header) == shape(draft.sheet.header)


def _decides_otherwise(draft: Draft, key: str, answer: str, today: date) -> bool:
    """Return whether the values of a column can be read in one way, which is not the answer."""
    name, _, about = key.partition("/")
    if name not in draft.mapping:
        return False
    summary = readings.summary(draft, name, today)
    if about == "currencies":
        # All amounts are in one currency: said of these signs, and of no others.
        signs = " ".join(sorted(summary.signs))
        return answer != EACH and draft.known.stated.get(f"{STATED}{key}") != signs
    if about:
        assert draft.sheet
        return _is_of_another_currency(summary, about, answer, draft.sheet.currency)
    one = summary.question if summary.tells else None
    return one is not None and len(one.options) == 1 and one.options[0] != answer


def _is_of_another_currency(summary: ColumnSummary, sign: str, answer: str, titled: str) -> bool:
    """Return whether a header, a title or other signs say which currency a sign means."""
    possible = set(currencies.candidates(sign))
    if len(possible) < 2:
        return False
    told = {currencies.code(other) for other in summary.signs if other}
    told |= {currencies.header_currency(summary.header), currencies.code(titled)}
    return bool(told & possible) and answer not in told


def _unlikely(draft: Draft, name: str, key: str, answer: str, today: date) -> bool:
    """Return whether an order of dates makes days ahead of days gone by, or one day of many months.

    Bills of the first of each month are days like that, and stay what they are.
    """
    into = table(draft.table or "")
    if key != name or into.column(name).kind not in DATES or answer not in _ORDERS:
        return False
    ends = readings.summary(draft, name, today).ends
    (first, last), (other_first, other_last) = (
        ends.get(order, (None, None)) for order in (answer, _ORDERS[answer])
    )
    if not (first and last and other_first and other_last):
        return False
    if name in into.actual_dates and last > today >= other_last:
        return True
    in_one_month = (other_first.year, other_first.month) == (other_last.year, other_last.month)
    return in_one_month and other_first.month > 1 and first.month != last.month
