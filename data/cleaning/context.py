"""Hold what is known around a sheet: reporting currency, the title's unit, usual amounts.

Nothing here changes a value: it only tells when to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.values import currencies


@dataclass(frozen=True)
class Typical:
    """The usual size of a money column so far: a tenth is below `low`, a tenth above `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Around:
    """What the store and the sheet say around a column: when to ask, never how to read.

    `currency` is the reporting one ("" if unknown); `unit` the one in the title: 万元, and
    `titled` the currency or shared sign there, "" without one. In a `workbook`, plain numbers and
    ISO dates are written by the program and say nothing about the texts beside them. `today` only
    decides which of two years is offered first. `zone` is the company's own, "" if nobody has said
    it; then `zones` are offered. `first_month` begins the fiscal year, `fiscal_known` whether
    somebody has said so. With `by_row`, a column of its own has said the unit of every amount.
    `earlier` are the units, by column, that earlier files were in where this one states none.
    """

    currency: str = ""
    unit: str = ""
    titled: str = ""
    workbook: bool = False
    typical: Mapping[str, Typical] = field(default_factory=dict)
    today: date | None = None
    zone: str = ""
    zones: tuple[str, ...] = ()
    first_month: int = 1
    fiscal_known: bool = False
    by_row: bool = False
    earlier: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_sheet(self) -> str:
        """Return the currency of amounts that name none: the title's, else the reporting one."""
        return currencies.titled(self.titled, self.currency) if self.titled else self.currency


NOWHERE = Around()
