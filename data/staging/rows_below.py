"""Find the rows below the records of a list that say something about them: Max, Q4 target.

    >>> of(draft)                                                        # doctest: +SKIP
    Below(sure=(5, 6), doubtful=())

They have words where every record has its number. A row that also lacks what every record has is
none if its words or its figure say so, such as the sum of a customer; the user is asked about any
other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from statistics import mean, median

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.statistics import states_statistic
from data.layout.total_words import is_total_label
from data.staging.draft import Draft
from data.staging.known import Below
from data.values.columns import plain, trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank, parse_number

WHY = "about_others"
_NUMBERS = {
    "orders": "order_id",
    "contracts": "contract_id",
    "deals": "deal_id",
    "payments": "payment_id",
}
# How the numbers of a list may be written: each without blanks and other scripts, or with a digit.
_PLAIN, _NUMBERED = r"[!-/:-~]*\d[!-~]*", r"\D*\d.*"
_MOST, _FEWEST = 60, 2
_FILLED = Decimal("0.98")
_NEAR = Decimal("0.011")
_PERIOD = re.compile(
    r"\b(?:q[1-4]|h[12]|(?:fy|kw|cw) ?\d{1,4}|20\d\d|t[1-4]|s[12]"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez)\b"
    r"|20\d\d年|\d{1,2}月份?|[一二三四1-4]季度|[上下]半年"
)


def of(draft: Draft) -> Below:
    """Return the rows below the records of a draft that have words for their number."""
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.below:
        draft.known.below[key] = _look(draft)
    return draft.known.below[key]


def _look(draft: Draft) -> Below:
    number = draft.mapping.get(_NUMBERS.get(draft.table or "", ""))
    if number is None or draft.sheet is None or "amount" not in draft.mapping:
        return Below()
    column = draft.sheet.rows[str(number)]
    if not len(column) or re.fullmatch(_PLAIN, column[-1].as_py() or "1"):
        return Below()
    cells = plain(trimmed(column))
    start, worded = _worded(cells)
    if not worded:
        return Below()
    amount = draft.mapping["amount"]
    beside = [
        at
        for at in dict.fromkeys(draft.mapping.values())
        if at not in (number, amount) and _always_filled(draft, at, start)
    ]
    records = _Records(draft, start, amount, beside)
    sure, doubtful = [], []
    for row in worded:
        if not records.figures[row]:
            continue  # a legend or a remark: nothing of it can count
        label = cells[row].as_py()
        lacks = sum(1 for at in beside if not records.cell(at, row))
        said = _is_about_others(label) or (lacks and records.explain(label, row))
        if lacks and said:
            sure.append(row)
        elif lacks or said:
            doubtful.append(row)
    return Below(tuple(sure), tuple(doubtful))


def _worded(numbers: pa.Array) -> tuple[int, list[int]]:
    """Return where the records end, and the rows after them that have no number like theirs."""
    count = len(numbers)
    first = max(0, count - _MOST)
    ends = numbers.slice(first).to_pylist()
    for way in (_PLAIN, _NUMBERED, _like(numbers[0].as_py() or "")):
        start = count
        while start > first and not re.fullmatch(way, ends[start - 1 - first] or ""):
            start -= 1
        above = numbers.slice(0, start).drop_null()
        like = pc.match_substring_regex(above, rf"^(?:{way})$")
        if start < count and len(above) >= max(_FEWEST, start // 2) and pc.all(like).as_py():
            return start, [row for row in range(start, count) if not is_blank(ends[row - first])]
    return count, []


def _like(number: str) -> str:
    """Return a pattern of what is written like a number, with other digits."""
    return r"\d+".join(map(re.escape, re.split(r"\d+", number)))


def _always_filled(draft: Draft, at: int, records: int) -> bool:
    """Return whether the records have something in a column, nearly without exception."""
    assert draft.sheet
    cells = trimmed(draft.sheet.rows[str(at)].slice(0, records))
    return bool(records - cells.null_count >= _FILLED * records)


def _is_about_others(label: str) -> bool:
    """Return whether words are those of a total, a statistic or a target, of a period or not."""
    bare = " ".join(_PERIOD.sub(" ", normalise(label)).split())
    return any(is_total_label(word) or states_statistic(word) for word in (label, bare))


class _Records:
    """What the records of a list have, for figures below them to be compared with."""

    def __init__(self, draft: Draft, count: int, amount: int, beside: Sequence[int]) -> None:
        assert draft.sheet
        self.rows, self.count, self.beside = draft.sheet.rows, count, beside
        self.texts = {at: self._column(at) for at in (amount, *beside)}
        self.figures = [_figure(text) for text in self.texts[amount]]
        self.own = self.figures[:count]

    def _column(self, at: int) -> list[str | None]:
        texts: list[str | None] = trimmed(self.rows[str(at)]).cast(pa.string()).to_pylist()
        return texts

    def cell(self, at: int, row: int) -> str | None:
        return self.texts[at][row]

    def explain(self, label: str, row: int) -> bool:
        """Return whether a row's figure is one of all records, or the sum of those it names."""
        figure, spoken = self.figures[row], normalise(label)
        if not figure or not self.own:
            return False
        known: list[Decimal] = [
            sum(self.own, Decimal(0)),
            max(self.own),
            min(self.own),
            mean(self.own),
            median(self.own),
        ]
        for at in self.beside:
            column = self.texts[at]
            for word in {text for text in column[: self.count] if text}:
                if word == column[row] or normalise(word) in spoken:
                    known.append(self._sum_of(at, word))
        return any(abs(figure - one) <= _NEAR for one in known)

    def _sum_of(self, at: int, word: str) -> Decimal:
        pairs = zip(self.texts[at], self.own, strict=False)
        return sum((figure for text, figure in pairs if text == word), Decimal(0))


def _figure(text: str | None) -> Decimal:
    number = text and (parse_number(text, ".") or parse_number(text, ","))
    return round(number, 4) if number else Decimal(0)
