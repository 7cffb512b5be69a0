"""Measure one what-if recomputation: what a moved slider costs before anything is drawn.

>>> rows(folder, lines=100_000)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from unittest.mock import patch

from analytics.whatif.drivers import Drivers, moved_to
from analytics.whatif.simulate import drivers_of, goal_seek, outcome, tornado
from benchmarks import company
from benchmarks.timing import Row, seconds
from data.store.database import close_all
from domain.scope import Scope
from pages.kit.whatif import queries


def rows(folder: Path, lines: int, times: int = 50) -> Iterator[Row]:
    """Yield the row of an outcome, a tornado and a goal for every driver, as a slider asks."""
    path = folder / "whatif.duckdb"
    company.database(path, lines)
    with patch.dict(os.environ, YUEPAN_DB=str(path)):
        base = queries.baseline(Scope(month=company.LAST.replace(day=1), as_of=company.LAST))
    close_all()
    path.unlink()
    # Every move differs, so that no recomputation repeats another.
    moves = iter(moved_to(Drivers(), "win_rate", 1 + step / 1000) for step in range(2 * times))

    def outcome_alone() -> None:
        outcome(base, next(moves))

    def recomputation() -> None:
        drivers = next(moves)
        outcome(base, drivers)
        tornado(base, drivers=drivers)
        for driver in drivers_of(base):
            goal_seek(base, driver, drivers=drivers)

    alone = median(seconds(outcome_alone) for _ in range(times)) * 1000
    whole = median(seconds(recomputation) for _ in range(times)) * 1000
    yield Row(
        "What-if, one recomputation (outcome, tornado, what it takes)", "—", 20, whole, " ms",
        f"the outcome alone {alone:.1f} ms; {len(drivers_of(base))} drivers",
    )  # fmt: skip
