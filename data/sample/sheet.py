"""A sheet of the sample: its file, its headers and their columns.

>>> one = sheet("Calls_2026_06_16.csv", "activities", "rep=Call Owner|life=State", rows)
>>> one.meant
{'rep': 0}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from data.sample.crm import Row
from data.sample.names import Language
from data.sample.world import World
from domain.tables import table

Rows = Callable[[World, Language], Iterator[Row]]


@dataclass(frozen=True)
class Sheet:
    """`name` is the sheet's where a file has several; `keys` are those of the rows."""

    file: str
    name: str
    table: str
    headers: tuple[str, ...]
    keys: tuple[str, ...]
    rows: Rows

    @property
    def meant(self) -> dict[str, int]:
        """Map canonical columns to positions: what recognition should find."""
        known = table(self.table).names
        return {key: at for at, key in enumerate(self.keys) if key in known}


def sheet(file: str, into: str, columns: str, rows: Rows, name: str = "") -> Sheet:
    """Make a sheet; `columns` are "key=Header" separated by bars, in order."""
    pairs = [column.strip().split("=", 1) for column in columns.replace("\n", " ").split("|")]
    keys, headers = zip(*pairs, strict=True)
    return Sheet(file, name, into, headers, keys, rows)
