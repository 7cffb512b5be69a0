"""Widen the days of a draft's rows to those that the lines above its table say it has.

>>> widened(draft, "order_date", (date(2026, 10, 5), date(2026, 10, 27)))   # doctest: +SKIP
(datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))

A list of 1 to 31 October whose first order is of the 5th lacks what an earlier one has of the 1st.
"""

from __future__ import annotations

import re
from datetime import date

from data.layout.stated_days import days_read
from data.staging.draft import Draft
from data.staging.file_days import exported_on
from data.staging.readings import Ends
from data.values.header_text import key

# Days of other things than the sale, unless the column of days is called so too.
_KINDS = [
    re.compile(words, re.IGNORECASE)
    for words in (
        r"due|maturity|fällig|échéance|vencimiento|到期|应收",
        r"approv|genehmig|审核|审批",
        r"creat|erstell|angelegt|créé|creaci|创建|制单|录入|建立",
        r"deliver|ship|liefer|livraison|entrega|发货|交货|送货|出库",
        r"pay|paid|receipt|zahl|paiement|pago|付款|收款|支付|到账",
        r"modif|updat|chang|geändert|更新|修改",
        r"invoice|bill|rechnung|factur|开票|发票",
        r"clos|abschluss|成交|关闭|结单",
    )
]


def widened(draft: Draft, name: str, days: Ends) -> Ends:
    """Return the days that a draft has, first to last: those of its rows, or more by its title.

    `name` is the column of days. Days that do not hold all of its rows are of something else.
    """
    first, last = days
    if draft.sheet is None or first is None or last is None or name not in draft.mapping:
        return days
    header = draft.sheet.header[draft.mapping[name]]
    others = {key(text) for text in draft.sheet.written} - {key(header)}
    spans = [
        span
        for note in draft.sheet.notes
        if note.code == "covers_days" and _is_of(str((said := dict(note.params))["label"]), header)
        if key(str(said["label"])) not in others
        for span in days_read(str(said["days"]))
        if span[0] <= first and last <= span[1]
    ]
    if not spans:
        return days
    # Of 01/10 - 12/10 read both ways, the fewer days.
    start, end = min(spans, key=_length)
    made = exported_on(draft)
    return start, min(end, max(made, last)) if made else end


def _length(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


def _is_of(label: str, header: str) -> bool:
    """Return whether days with a label may be those of a column."""
    return all(kind.search(header) for kind in _KINDS if kind.search(label))
