"""One what-if recomputation: what a moved slider costs before anything is drawn.

>>> rows(folder)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from unittest.mock import patch

from benchmarks import made
from benchmarks.watch import Row, seconds
from data.store.database import close_all
from domain.scope import Scope

_WHAT = "What-if, one recomputation"


def rows(folder: Path, lines: int, times: int = 50) -> Iterator[Row]:
    """The outcome, the tornado and a goal for every driver, as the page asks for at each move."""
    try:
        from analytics.whatif.drivers import Drivers, moved_to
        from analytics.whatif.simulate import drivers_of, goal_seek, outcome, tornado
        from pages.kit.whatif import queries
    except ImportError as missing:
        yield Row(_WHAT, "—", 20, None, " ms", f"not there yet: {missing}")
        return
    path = folder / "whatif.duckdb"
    made.database(path, lines)
    with patch.dict(os.environ, YUEPAN_DB=str(path)):
        base = queries.baseline(Scope(month=made.LAST.replace(day=1), as_of=made.LAST))
    close_all()
    path.unlink()
    moves = iter(moved_to(Drivers(), "win_rate", 1 + step / 1000) for step in range(2 * times + 2))

    def one() -> None:
        outcome(base, next(moves))

    def whole() -> None:
        drivers = next(moves)
        outcome(base, drivers)
        tornado(base, drivers=drivers)
        for driver in drivers_of(base):
            goal_seek(base, driver, drivers=drivers)

    alone = median(seconds(one) for _ in range(times)) * 1000
    all_of_it = median(seconds(whole) for _ in range(times)) * 1000
    drivers = len(drivers_of(base))
    yield Row(
        _WHAT + " (outcome, tornado, what it takes)", "—", 20, all_of_it, " ms",
        f"the outcome alone {alone:.1f} ms; {drivers} drivers",
    )  # fmt: skip
