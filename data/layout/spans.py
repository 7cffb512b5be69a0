"""Take the first and the last day of spend out of one cell, or out of a line above the table.

>>> days_of("2026-03-01至2026-03-31"), days_of("Mar 1 - Mar 31, 2026")
(('2026-03-01', '2026-03-31'), ('Mar 1 2026', 'Mar 31, 2026'))
>>> days_of("Date range: 01.03.2026 – 31.03.2026"), days_of("2026-03-01")
(('01.03.2026', '31.03.2026'), None)

Reports of advertising have a row for all the days asked for. Without both days, nobody could tell
the months that it belongs to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from data.layout.cells import Row, kind
from data.layout.header_periods import period_of
from data.layout.sheet import Note
from data.values.dates import date_orders, parse_moment
from data.values.header_text import has_hanzi

_D = (
    r"(?:20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]20\d\d|20\d{6}"
    r"|[^\W\d_]{3,9}\.? \d{1,2},? 20\d\d|\d{1,2}\.? [^\W\d_]{3,9}\.? 20\d\d)"
)
_TO = r"\s?(?:至|到|~|[-–—]{1,2}|\bto\b|\bbis\b|\bau\b|\bal?\b)\s?"
_SPAN = re.compile(rf"(?<!\d)(?P<first>{_D}){_TO}(?P<last>{_D})(?!\d)", re.IGNORECASE)
# Mar 1 - Mar 31, 2026
_YEAR_LAST = re.compile(
    rf"(?P<first>[^\W\d_]{{3,9}}\.? \d{{1,2}}){_TO}"
    r"(?P<last>[^\W\d_]{3,9}\.? \d{1,2}, (?P<y>20\d\d))",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"消费|消耗|花费|花销|费用|投放金额|\b(?:costs?|spend|spent|kosten|ausgaben|dépenses?|coûts?|gasto"
    r"|costes?|importe gastado|spesa)\b",
    re.IGNORECASE,
)
# A list of what was sold or agreed is none of advertising.
_SOLD = re.compile(
    r"客户|订单|合同|员工|姓名|\b(?:customer|client|order|invoice|contract|employee|kunde|auftrag)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 200


def days_of(text: str | None) -> tuple[str, str] | None:
    """Return the first and the last day that a text names; None for any other text."""
    written = unicodedata.normalize("NFKC", text or "").strip()
    if match := _SPAN.search(written):
        return match["first"], match["last"]
    if match := _YEAR_LAST.search(written):
        return f"{match['first']} {match['y']}", match["last"]
    return None


def spanned(
    rows: pa.Table, header: Sequence[str], above: Sequence[Row]
) -> tuple[pa.Table, tuple[str, ...], list[Note]]:
    """Return a table of spend with its first and last days as columns, if they stand elsewhere."""
    said = " ".join(header).replace("_", " ")
    same = rows, tuple(header), list[Note]()
    if not rows.num_rows or not _SPENT.search(said) or _SOLD.search(said):
        return same
    names = ("开始日期", "结束日期") if has_hanzi(said) else ("Start date", "End date")
    columns = [column.cast(pa.string()).to_pylist() for column in rows.columns[:-1]]
    for at, cells in enumerate(columns):
        head = [cell for cell in cells[:_LOOKED_AT] if cell]
        if head and all(map(days_of, head)):
            days = [days_of(cell) or (cell, None) for cell in cells]
            first, last = _in_one_order([day for day, _ in days], [day for _, day in days])
            rows = rows.set_column(at, str(at), first)
            note = Note.of("days_of_span", column=header[at])
            written = (*header[:at], names[0], *header[at + 1 :], names[1])
            return _added(rows, [last]), written, [note]
    if any(
        kind(cell) == "date" or period_of(cell or "") for cells in columns for cell in cells[:3]
    ):
        return same
    found = {span for row in above for cell in row if (span := days_of(cell))}
    if len(found) != 1:
        return same
    ((first_day, last_day),) = found
    note = Note.of("days_above", first=first_day, last=last_day)
    ends = _in_one_order([first_day], [last_day])
    whole = [pa.repeat(end[0], rows.num_rows) for end in ends]
    return _added(rows, whole), (*header, *names), [note]


def _in_one_order(
    first: Sequence[str | None], last: Sequence[str | None]
) -> tuple[pa.Array, pa.Array]:
    """Return both sides by year, month and day where they can be read in one order only."""
    orders = date_orders([day for day in (*first, *last) if day], date.max.year - 2)
    if len(orders) == 1:
        (order,) = orders
        first, last = (
            [parsed.date().isoformat() if day and (parsed := parse_moment(day, order)) else day
             for day in side] for side in (first, last)
        )  # fmt: skip
    return pa.array(first, pa.string()), pa.array(last, pa.string())


def _added(rows: pa.Table, columns: Sequence[pa.Array]) -> pa.Table:
    """Return the rows with more columns before the last one, their numbers."""
    count = rows.num_columns - 1
    for at, column in enumerate(columns, start=count):
        rows = rows.add_column(at, str(at), column)
    return rows
