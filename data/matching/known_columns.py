"""Hold what is known of a sheet so far, to help identify its remaining columns.

>>> from domain.tables import table
>>> Sheet(table("orders"), {}, {}, "generic").latest() is None
True
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from data.matching.profile import Profile
from data.matching.systems import words
from data.values.header_text import normalise
from domain.tables import Table

# Days on which something began, and on which something happened to it.
BEGUN = (
    *("created_date", "order_date", "payment_date", "signed_date", "survey_date"),
    *("hire_date", "date", "return_date", "start_date"),
)
_ENDS = ("won", "lost", "done", "cancelled")
MEANWHILE = ("last_activity_date", "stage_entered_date", "entered_at")
# A day well after all of these lies ahead; a start may itself lie ahead.
_PAST = (*BEGUN[:-1], *MEANWHILE, "closed_date", "activity_date")


@dataclass(frozen=True)
class Sheet:
    """Hold what is known of a sheet: its `identified` columns, and names `known` from before."""

    into: Table
    identified: Mapping[str, Profile]
    known: Mapping[str, Collection[str]]
    system: str
    left: tuple[Profile, ...] = ()

    def days(self, *names: str) -> list[tuple[int | None, ...]]:
        return [self.identified[name].days for name in names if name in self.identified]

    def latest(self) -> int | None:
        """Return the latest day on which anything is known to have happened."""
        seen = [day for days in self.days(*_PAST) for day in days if day is not None]
        return max(seen) if len(seen) >= 5 else None

    def ended(self) -> list[str | None] | None:
        """Return "won", "lost", "done", "cancelled" or None by row; None if no column tells."""
        spoken = words(self.into.name, self.system)
        for column in ("status", "stage"):
            if column in self.identified and (meanings := spoken.get(column)):
                ends = [
                    meanings.get(normalise(cell or "")) for cell in self.identified[column].cells
                ]
                kept = [end if end in _ENDS else None for end in ends]
                if any(kept):
                    return kept
        return None


def agree(seen: Profile, expected: list[bool]) -> float:
    """Return the share of rows that are filled where expected, and blank where not."""
    pairs = list(zip(seen.cells, expected, strict=False))
    return sum((cell is not None) == should for cell, should in pairs) / max(1, len(pairs))
