"""Tell in which team each rep was on a day.

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

import pandas as pd


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
