"""Tell in which team each rep was on a day, and for how many days of a month.

>>> import pandas as pd
>>> moved = pd.DataFrame({
...     "rep": ["Ann", "Ann"], "team": ["North", "South"],
...     "from_date": [None, date(2026, 3, 1)],
... })
>>> on(moved, date(2026, 2, 28))["team"].tolist(), on(moved, date(2026, 3, 1))["team"].tolist()
(['North'], ['South'])
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pandas as pd

from analytics.periods.calendar import Calendar


def on(register: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the rows of the register that held on `day`, one a rep, without from_date.

    Before the first known day of a rep, the first row holds.
    """
    begins = pd.to_datetime(register["from_date"])
    rows = register.assign(begins=begins, ahead=begins > pd.Timestamp(day))
    # The latest of those that had begun; where none had, the earliest.
    begun = rows[~rows["ahead"]].sort_values("begins", na_position="first", kind="stable")
    later = rows[rows["ahead"]].sort_values("begins", ascending=False, kind="stable")
    held = pd.concat([later, begun]).drop_duplicates("rep", keep="last")
    return held.drop(columns=["from_date", "begins", "ahead"]).sort_index().reset_index(drop=True)


def during(register: pd.DataFrame, month: Calendar) -> pd.DataFrame:
    """Return a row for each rep and place of the month, with its selling `days`, without from_date.

    Of a month without any selling day every day counts.
    """
    begins = pd.to_datetime(register["from_date"]).dropna().dt.date
    inside = sorted({day for day in begins if month[0].day < day <= month[-1].day})
    if not inside:
        return on(register, month[-1].day).assign(days=1)
    none_sold = not any(day.selling for day in month)
    starts, stays = [month[0].day, *inside], []
    for start, end in zip(starts, [*inside, None], strict=True):
        part = [day for day in month if start <= day.day and (end is None or day.day < end)]
        days = sum(day.selling or none_sold for day in part)
        stays.append(on(register, start).assign(days=days))
    every = pd.concat(stays, ignore_index=True)
    places = [name for name in every.columns if name != "days"]
    whole = every.groupby(places, dropna=False, sort=False).agg(days=("days", "sum"))
    return whole.reset_index()


def with_departments(built: ir.Table) -> ir.Table:
    """Return the built measure with everybody in the place of the lists of people.

    The view `people` has the rows of `reps`, and those whom only their departments place.
    """
    replacements: dict[ops.Node, ops.Node] = {
        node: ibis.table(node.schema, name="people").op()
        for node in built.op().find(ops.UnboundTable)
        if node.name == "reps"
    }
    if not replacements:
        return built
    replaced = built.op().replace(replacements).to_expr()
    assert isinstance(replaced, ir.Table)
    return replaced
