"""Saved what-if scenarios: a name, a month and the positions of the sliders.

>>> keep(store, "two more reps", date(2026, 3, 1), {"head_count": 2})
>>> kept(store)[["scenario_id", "name", "drivers"]]
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pandas as pd

from data.store.database import Store


def keep(
    store: Store,
    name: str,
    month: date,
    drivers: Mapping[str, object],
    *,
    scope: Mapping[str, object] | None = None,
    by: str = "",
) -> int:
    """Save a scenario; return its id."""
    with store.writing("plan") as cursor:
        ((scenario,),) = cursor.execute("SELECT nextval('scenario_ids')").fetchall()
        cursor.execute(
            "INSERT INTO scenarios VALUES (?, ?, ?, ?, ?, current_localtimestamp(), ?)",
            [
                scenario,
                name,
                month.replace(day=1),
                json.dumps(scope or {}, ensure_ascii=False),
                json.dumps(drivers, ensure_ascii=False),
                by,
            ],
        )
    return int(scenario)


def kept(store: Store, month: date | None = None) -> pd.DataFrame:
    """Return the saved scenarios, the newest first.

    Columns: scenario_id, name, month, scope and drivers (dicts), saved_at, saved_by.
    """
    saved = store.frame(
        "SELECT scenario_id, name, month, scope, drivers, saved_at, saved_by FROM scenarios "
        "WHERE CAST(? AS DATE) IS NULL OR month = ? ORDER BY scenario_id DESC",
        [month, month],
    )
    return saved.assign(
        scope=[json.loads(text) for text in saved["scope"]],
        drivers=[json.loads(text) for text in saved["drivers"]],
    )


def drop(store: Store, scenario_id: int) -> None:
    """Delete a scenario."""
    with store.writing("plan") as cursor:
        cursor.execute("DELETE FROM scenarios WHERE scenario_id = ?", [scenario_id])
