"""What is known around a sheet: the reporting currency, its title's unit, amounts like its own.

    >>> around(store, sheet, "orders").typical["amount"].middle      # doctest: +SKIP
    12800.0

Nothing here changes a value: it only tells when to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from domain.tables import table

if TYPE_CHECKING:
    from data.readers.reader import Sheet
    from data.store.database import Store

_ENOUGH = 20  # rows from which amounts are typical


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


def around(store: Store, sheet: Sheet, name: str) -> Around:
    """What may make somebody ask about a sheet that is taken as table `name`."""
    # The child that types a sheet needs the class above alone, and has no store and no pandas.
    from data.store import settings

    return Around(
        currency=settings.setting(store, "currency") or "",
        unit=next(
            (str(dict(one.params)["unit"]) for one in sheet.notes if one.code == "unit_in_title"),
            "",
        ),
        workbook=bool(sheet.name),
        typical=_typical(store, name),
        today=date.today(),
    )


def _typical(store: Store, name: str) -> dict[str, Typical]:
    found = {}
    for column in table(name).money:
        ((count, spread),) = store.rows(
            f'SELECT count(*), approx_quantile(abs("{column}"), [0.1, 0.5, 0.9]) '  # noqa: S608
            f'FROM "{name}" WHERE "{column}" <> 0'
        )
        if count >= _ENOUGH:
            found[column] = Typical(*(float(one) for one in spread))
    return found
