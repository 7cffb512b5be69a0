"""What is known around a sheet: the reporting currency, its title's unit, amounts like its own.

Nothing here changes a value: it only tells when to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Typical:
    """The usual size of a money column in what stands: a tenth is below `low`, above `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Around:
    """`currency` is the reporting one ("" where nobody knows); `unit` the title's: 万元.

    `workbook` says that plain numbers and ISO dates were written by the program
    and not by a person, so that they tell nothing about the texts beside them. `today`
    only tells which of two years is offered first.
    """

    currency: str = ""
    unit: str = ""
    workbook: bool = False
    typical: Mapping[str, Typical] = field(default_factory=dict)
    today: date | None = None


NOWHERE = Around()
