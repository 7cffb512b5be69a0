"""Read the day of an export from the name of its file.

>>> day_in_name("reps_2026-02-15.csv"), day_in_name("Book2.xlsx")
(datetime.date(2026, 2, 15), None)
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

_DAY = re.compile(r"(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def day_in_name(file: str) -> date | None:
    """Return the day in a file's name, or in that of its archive; None without one."""
    # The name of a file in an archive says more than the archive's own.
    match = _DAY.search(Path(file).name) or _DAY.search(file)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
