"""The stages of deals in the company's order."""

from __future__ import annotations

import pandas as pd

from data.facts import stages
from pages.kit.queries.cache import cached, store


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows sorted by `stage` from first to last, a blank stage at the end."""
    order = _stage_order()
    place = {name: position for position, name in enumerate(order)}
    return rows.sort_values(
        "stage", key=lambda names: names.map(place).fillna(len(order)), kind="stable"
    )


def to_the_win(by_stage: pd.DataFrame) -> list[str]:
    """Return the open stages of `funnel.by_stage` in order, then the won stage."""
    named = in_order(by_stage[by_stage["stage"].notna()])
    open_ones = list(dict.fromkeys(named.loc[named["status"] == "open", "stage"]))
    won = list(dict.fromkeys(named.loc[named["status"] == "won", "stage"]))
    return [*open_ones, *won[:1]]


@cached("facts")
def _stage_order() -> list[str]:
    return stages.order(store())
