"""Tell tables of money by day, week or month from lists of customers and of visits.

    >>> is_running("本月累计销售额"), is_running("Sales YTD"), is_running("Sales")
    (True, True, False)

A week, a rep, a customer and an amount are sales, and no customers; a day, a rep and an amount
are no visits. Words of English, Chinese, German, French, Spanish, Italian, Portuguese and Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.matching.aliases import Guess
from data.values.amount_words import role
from data.values.header_text import normalise
from domain.tables import Table

_MONEY = ("amount", "net", "gross")
# What says by itself that a list is one of visits, or of customers.
_TELLING = {
    "activities": frozenset(
        ("kind", "activity_id", "outcome", "planned_date", "deal_id", "place", "status", "material")
    ),
    "customers": frozenset(("class", "industry", "created_date")),
}
_PERIOD = re.compile(
    r"^(?:(?:iso |calendar |fiscal )?(?:week|month|quarter|year|period|day)(?: no)?|week number"
    r"|date|(?:日期|月份|周|周次|星期|自然周|周数|月|年月|季度|年度|年份|期间|年周|统计日期|统计周期)"
    r"|kw|kalenderwoche|woche|monat|quartal|jahr|zeitraum|datum|tag|semaine|mois|trimestre|année"
    r"|période|date|semana|mes|año|período|periodo|fecha|settimana|mese|anno|data|mês|ano"
    r"|maand|kwartaal|jaar|periode)$"
)
_RUNNING = re.compile(
    r"累计|累積|(?<![^\W_])(?:cumulative|cumulated|cum|accumulated|running total|ytd|mtd|qtd"
    r"|(?:year|month|quarter) to date|kumuliert\w*|kumul|aufgelaufen\w*|cumulée?s?|cumul"
    r"|acumulad[oa]s?|cumulat[oiae]|progressivo|cumulatief)(?![^\W_])"
)


def is_of_sales(into: Table, header: Sequence[str], matches: Mapping[int, Guess]) -> bool:
    """Return whether a table of people or visits would drop the money of a table of sales."""
    telling = _TELLING.get(into.name)
    if telling is None or telling & {guess.column for guess in matches.values()}:
        return False
    money = any(role(text) in _MONEY for at, text in enumerate(header) if at not in matches)
    return money and any(_PERIOD.search(normalise(text)) for text in header)


def is_running(header: str) -> bool:
    """Return whether a header stands over sums that run on from row to row."""
    return bool(_RUNNING.search(normalise(header)))
