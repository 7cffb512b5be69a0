"""Read a department that is written with its path.

>>> steps("华东大区/销售一部"), region_of("华东大区/销售一部")
(['华东大区', '销售一部'], '华东大区')
"""

from __future__ import annotations

import re

from data.values.group_words import kind_of_group

_STEP = re.compile(r"(?:(?<!\s)\s++)?+(?:[/\\>→]|-{2}|—)\s*+")


def steps(text: str | None) -> list[str]:
    """Return the departments of a path, the widest first."""
    return [step for step in _STEP.split(text or "") if step]


def region_of(text: str | None) -> str | None:
    """Return the first step of a path that is worded like a region; None without one."""
    path = steps(text)
    if len(path) < 2:
        return None
    return next((step for step in path if kind_of_group(step) == "region"), None)
