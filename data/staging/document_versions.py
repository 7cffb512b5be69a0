"""Find rows of which the same list has a newer version: an order V1 beside V2, a target 调整前.

    >>> of(draft)                                                        # doctest: +SKIP
    Versions(header='版本', out={0: 'older_version'}, sure=True)

An export of documents may have each version of them. The newest one counts, unless its status takes
it out. Where versions of a document share no line, the column may say something of the product, or
of the line alone: then the user is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from data.layout.sheet import Note
from data.matching.systems import PENDING
from data.staging import not_in_force
from data.staging.draft import Draft
from data.staging.group_sums import figures_of
from data.staging.known import Versions
from data.values.header_text import normalise
from data.values.versions import Rank, is_version, rank
from data.values.void_notes import is_of_notes

CODE, OF_COLUMNS, WHY = "older_versions", "revised_targets", "older_version"
_PLAIN = ("目标", "任务", "目标金额", "target", "quota", "ziel", "objectif")
_NUMBERS = {
    "orders": ("order_id",),
    "contracts": ("contract_id",),
    "deals": ("deal_id", "as_of"),
    "targets": ("scope_kind", "scope_value", "period", "metric", "currency", "product"),
}
_LINES = ("line_no", "product")
_AMOUNTS = ("amount", "target")
_MOST_ROWS, _TICKS = 200_000, 10_000

Cells = Sequence[str | None]


def of(draft: Draft) -> Versions | None:
    """Return the rows of a draft that are older versions; None if there are none."""
    if draft.table not in _NUMBERS or draft.sheet is None or not draft.mapping:
        return None
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.versions:
        draft.known.versions[key] = _look(draft)
    return draft.known.versions[key]


def older(draft: Draft) -> dict[int, str]:
    """Return by position why rows do not count of which another version does, for sure."""
    found = of(draft)
    return dict(found.out) if found and found.sure else {}


def noted(draft: Draft) -> Draft:
    """Return the draft with a note on the older versions, in rows or columns, that do not count."""
    if draft.sheet is None:
        return draft
    if draft.table == "targets" and (other := _before(draft)):
        header = draft.sheet.header[draft.mapping["target"]]
        draft = _with(draft, Note.of(OF_COLUMNS, header=header, other=other))
    rows = [at for at, why in older(draft).items() if why == WHY]
    if not rows or not (found := of(draft)) or draft.sheet is None:
        return draft
    name = next((name for name in _AMOUNTS if name in draft.mapping), None)
    ticks = figures_of(draft.sheet.rows[str(draft.mapping[name])]) if name else []
    whole = Decimal(sum(ticks[at] for at in rows) if ticks else 0) / _TICKS
    about = {"header": found.header, "count": str(len(rows)), "amount": f"{whole:,.2f}"}
    return _with(draft, Note.of(CODE, **about))


def _with(draft: Draft, note: Note) -> Draft:
    assert draft.sheet
    kept = tuple(one for one in draft.sheet.notes if one.code != note.code)
    return replace(draft, sheet=replace(draft.sheet, notes=(*kept, note)))


def _before(draft: Draft) -> str | None:
    """Return the header of the targets as they were before those that count were changed."""
    if draft.sheet is None or "target" not in draft.mapping:
        return None
    here = draft.mapping["target"]
    new = rank(draft.sheet.header[here])
    if new is None or new.place[0] == 0:
        return None
    for at, header in enumerate(draft.sheet.written):
        word = normalise(header)
        if at not in draft.mapping.values() and (
            word in _PLAIN or ((old := rank(header)) and old.kind == new.kind and old < new)
        ):
            return header
    return None


def _look(draft: Draft) -> Versions | None:
    assert draft.sheet and draft.table
    names = [name for name in _NUMBERS[draft.table] if name in draft.mapping]
    if draft.table == "deals" and "deal_id" not in names:
        return None
    needed = "target" if draft.table == "targets" else names[0] if names else ""
    if needed not in draft.mapping or draft.sheet.rows.num_rows > _MOST_ROWS:
        return None
    own = draft.mapping.get("version", -1)
    free = [at for at in range(len(draft.sheet.written)) if at not in draft.mapping.values()]
    if not (columns := [at for at in [own, *free] if at >= 0 and _ranked(draft, at)]):
        return None
    keys = list(zip(*(_texts(draft, draft.mapping[name]) for name in names), strict=True))
    live = [not out for out in not_in_force.rows_of(draft).to_pylist()]
    lined = [name for name in _LINES if name in draft.mapping and name not in names]
    for at in columns:
        texts = _texts(draft, at)
        ranks = [rank(text) if text else None for text in texts]
        lines = [_texts(draft, draft.mapping[name]) for name in lined]
        if found := _found(keys, ranks, live, lines):
            out, alike = found
            # A bare number beside a line may be that of the line alone.
            bare = draft.table == "orders" and not lines and all(map(_is_number, texts))
            return Versions(draft.sheet.header[at], out, alike and not bare)
    return None


def _ranked(draft: Draft, at: int) -> bool:
    """Return whether a column has versions, all written in one way.

    Without a header that says so, only words such as 调整后 tell versions, of targets.
    """
    assert draft.sheet
    named = is_version(draft.sheet.written[at])
    if not named and (draft.table != "targets" or is_of_notes(draft.sheet.written[at])):
        return False
    texts = not_in_force.texts_in(not_in_force.cells_of(draft, at))
    if len(texts) < (1 if named else 2):
        return False
    kinds = {one.kind if (one := rank(text)) else None for text in texts}
    return len(kinds) == 1 and None not in kinds and (named or all(map(_is_word, texts)))


def _is_word(text: str) -> bool:
    return not any(sign.isdigit() for sign in text) and len(text) > 1


def _is_number(text: str | None) -> bool:
    return not text or text.isdigit()


def _texts(draft: Draft, at: int) -> Cells:
    return list(not_in_force.cells_of(draft, at).to_pylist())


def _found(
    keys: Sequence[tuple[str | None, ...]],
    ranks: Sequence[Rank | None],
    live: Sequence[bool],
    lines: Sequence[Cells],
) -> tuple[dict[int, str], bool] | None:
    """Return why rows of other versions are out, and whether these have the lines of the newest.

    Rows that are not `live` make no version the newest, unless all of a document are so.
    """
    documents: dict[tuple[str | None, ...], dict[tuple[int, ...], list[int]]] = {}
    for at, (key, version) in enumerate(zip(keys, ranks, strict=True)):
        if any(key):
            # A blank is the first version.
            place = version.place if version else (-1,)
            documents.setdefault(key, {}).setdefault(place, []).append(at)
    several = [versions for versions in documents.values() if len(versions) > 1]
    alike, out = 0, dict[int, str]()
    for versions in several:
        in_force = [place for place, rows in versions.items() if any(live[at] for at in rows)]
        newest = max(in_force or versions)
        others = {place: rows for place, rows in versions.items() if place != newest}
        for place, rows in others.items():
            out |= dict.fromkeys(rows, WHY if place < newest else PENDING)
        alike += all(
            {column[at] for at in chain(*others.values())} & {column[at] for at in versions[newest]}
            for column in lines
        )
    return (out, alike * 2 >= len(several)) if several else None
