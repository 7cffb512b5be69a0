"""Read cells that say of deals whether they are won, lost or closed.

>>> flag("是"), flag("0"), flag("Maybe")
(True, False, None)
>>> status({"won": False, "closed": True}), status({"won": False}), status({"closed": False})
('lost', None, 'open')
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from data.values.row_marks import said

Mark = Literal["won", "lost", "closed"]


def flag(text: str) -> bool | None:
    """Return whether a cell says yes or no, in a word or as 1 and 0; None for any other."""
    return {"1": True, "1.0": True, "0.0": False}.get(text.strip(), said(text))


def status(flags: Mapping[Mark, bool]) -> Literal["won", "lost", "open"] | None:
    """Return what the marks of a deal say together; None where they leave it open or disagree.

    A deal that is not won may be lost or open, and a closed one won or lost.
    """
    match flags.get("won"), flags.get("lost"), flags.get("closed"):
        case True, False | None, True | None:
            return "won"
        case False | None, True, True | None:
            return "lost"
        case False | None, False | None, False:
            return "open"
        case False, None, True:
            return "lost"
        case None, False, True:
            return "won"
        case False, False, None:
            return "open"
    return None
