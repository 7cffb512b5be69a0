"""Give deals a status by the columns that mark them as won, lost or closed.

    >>> sheet, own = with_marked_status(sheet, "deals", mapping, "zoho", marks)     # doctest: +SKIP
    >>> sheet.header[own["status"]]                                                # doctest: +SKIP
    'Closed + Won'

What the marks leave open ("Won = no" of a deal whose stage says nothing) becomes a status that
nobody knows, so that the user is asked about it. Where they say other than a stage that is known
as an end, that is asked as for any status.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note, Sheet
from data.matching import systems
from data.values import meanings
from data.values.columns import distinct, plain, trimmed
from data.values.numbers import is_blank
from data.values.won_marks import Mark, flag, status

_BETWEEN = "\x1f"
_NONE = "(–)"
_OWN = ("status", "stage")
_ENDS = ("won", "lost")


def with_marked_status(
    sheet: Sheet, into: str, mapping: Mapping[str, int], system: str, named: Mapping[int, Mark]
) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet and its mapping with a status worked out of marks, if it has any.

    `named` are its columns that mark deals by their headers, as `matching` names them.
    """
    own = dict(mapping)
    if into != "deals" or not (marks := _marks(sheet, named)):
        return sheet, own
    own = {name: at for name, at in own.items() if at not in marks}
    beside = {name: own[name] for name in _OWN if name in own}
    known = {
        name: {**{choice: choice for choice in ("open", *_ENDS)}, **words}
        for name, words in systems.words(into, system).items()
        if name in beside
    }
    cells = [pc.fill_null(_cells(sheet, at), "") for at in (*marks, *beside.values())]
    coded = pc.binary_join_element_wise(*cells, _BETWEEN).dictionary_encode()
    read = []
    for joined in coded.dictionary.to_pylist():
        texts = joined.split(_BETWEEN)
        by_mark = {at: text for at, text in zip(marks, texts, strict=False) if text}
        said = dict(zip(beside, texts[len(marks) :], strict=True))
        read.append(_status(sheet, marks, by_mark, said, known))
    statuses = pa.array(read, pa.string()).take(coded.indices)
    if not len(statuses.drop_null()) or (
        "status" in own and statuses.equals(_cells(sheet, own["status"]))
    ):
        return sheet, dict(mapping)
    header = " + ".join(sheet.header[at] for at in marks)
    note = Note.of("status_by_marks", header=header)
    own["status"] = len(sheet.header)
    return sheet.with_computed(header, statuses, note), own


def _cells(sheet: Sheet, at: int) -> pa.StringArray:
    return plain(trimmed(sheet.rows[str(at)])).cast(pa.string())


def _marks(sheet: Sheet, named: Mapping[int, Mark]) -> dict[int, Mark]:
    """Return the columns of yes and no that mark deals; of two that say one thing the first."""
    marks: dict[int, Mark] = {}
    for at, mark in named.items():
        if mark in marks.values():
            continue
        texts = [
            text
            for text in distinct(trimmed(sheet.rows[str(at)])).cast(pa.string()).to_pylist()
            if not is_blank(text)
        ]
        if texts and all(flag(text) is not None for text in texts):
            marks[at] = mark
    return marks


def _status(
    sheet: Sheet,
    marks: Mapping[int, Mark],
    by_mark: Mapping[int, str],
    said: Mapping[str, str],
    known: Mapping[str, Mapping[str, str]],
) -> str | None:
    """Return the status of a deal in a word of ours, or in its own words where nobody knows it.

    None leaves it to the stage. `said` is what stands in its columns of status and stage.
    """
    flags = {marks[at]: yes for at, text in by_mark.items() if (yes := flag(text)) is not None}
    meant = status(flags)
    meaning = {name: meanings.of_deal(text, known.get(name, {})) for name, text in said.items()}
    if written := said.get("status"):
        own = meaning["status"]
        if meant in (None, own) and _allow(flags, own):
            return written
        if own is None:
            return meant
    elif meant:
        return meant
    elif stage := said.get("stage"):
        own = meaning["stage"]
        end = own is None and (any(flags.values()) or meanings.may_end(stage))
        if _allow(flags, own) and not end:
            return None
    shown = by_mark or dict.fromkeys(marks, _NONE)
    parts = [f"{sheet.header[at]}{meanings.SAYS}{text}" for at, text in shown.items()]
    return " · ".join([*parts, *(text for text in said.values() if text)])


def _allow(flags: Mapping[Mark, bool], meaning: str | None) -> bool:
    """Return whether the marks leave room for what a status or a stage means."""
    match meaning:
        case "open":
            return not any(flags.values())
        case "won":
            return flags.get("won") is not False and not flags.get("lost")
        case "lost":
            return flags.get("lost") is not False and not flags.get("won")
    return True
