"""The stages of the deals: their order, and which of them mean won and lost.

    >>> [(one.stage, one.status) for one in stages(store)]
    [('Prospecting', 'open'), ('Won', 'won')]
    >>> say(store, [("Prospecting", "open"), ("Signed", "won")])

Known words are put in order and read by `data.systems`; what the user says goes
before that, for deals that are here and for those still to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data import landing, systems
from data.store import Store


@dataclass(frozen=True)
class Stage:
    """A stage: its place from 1, what it means, how many deals stand in it, who said so."""

    stage: str
    place: int
    status: str
    deals: int
    said: bool


def stages(store: Store) -> list[Stage]:
    """Every stage that a deal or a move names, in order."""
    found = store.rows(
        "SELECT stage, max(status), count(*) FILTER (WHERE here) FROM ("
        "SELECT stage, status, true AS here FROM deals "
        "UNION ALL SELECT DISTINCT stage, NULL, false FROM stage_history) "
        "WHERE stage IS NOT NULL GROUP BY stage ORDER BY min(stage)"
    )
    said = {
        stage: (place, status)
        for stage, place, status in store.rows("SELECT stage, place, status FROM stages")
    }
    order = systems.stage_order([stage for stage, _, _ in found], systems.GENERIC)
    told = {stage: (status or "open", deals) for stage, status, deals in found}
    guessed = {stage: place for place, stage in enumerate(order)}
    placed = sorted(told, key=lambda stage: (said.get(stage, (guessed[stage], ""))[0], stage))
    return [
        Stage(
            stage,
            place,
            said[stage][1] if stage in said else told[stage][0],
            told[stage][1],
            stage in said,
        )
        for place, stage in enumerate(placed, start=1)
    ]


def say(store: Store, told: Sequence[tuple[str, str]]) -> None:
    """Keep the order of the stages and what each means; the deals follow at once."""
    with store.writing("facts") as cursor:
        landing.decide_stages(cursor, told)


def order(store: Store) -> list[str]:
    """The names of the stages from first to last."""
    return [one.stage for one in stages(store)]
