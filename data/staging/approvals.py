"""Find the rows of a draft that nobody has approved, where others have been.

    >>> {header: rows for header, rows in of(draft)}                    # doctest: +SKIP
    {'审核人': (3, 7)}

A mark, a name or a day stands where a record was approved. A blank may be one that is not, or one
that needed none; only where all rows are filled or all are blank does it not matter.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.marks import filled
from data.staging import not_in_force
from data.staging.draft import Draft
from data.staging.not_in_force import are, cells_of, texts_in
from data.values import approvals
from domain.tables import table

_TABLES = ("orders", "contracts", "payments", "receivables", "returns", "spend")
# Of these one row is approved if any row of its document is.
_DOCUMENTS = ("orders", "contracts", "returns")

Rows = tuple[int, ...]


def of(draft: Draft) -> Iterator[tuple[str, Rows]]:
    """Yield the header of each column of approvals, and the positions of the rows without one.

    Columns that leave the same rows blank are one; rows that do not count anyway, and those of
    which a status says whether they are approved, are not among them.
    """
    if draft.table not in _TABLES or draft.sheet is None or "amount" not in draft.mapping:
        return
    mapped = set(draft.mapping.values())
    kinds = {
        at: kind
        for at, header in enumerate(draft.sheet.written)
        if at not in mapped and (kind := approvals.column(header))
    }
    given = {at: _given(draft, at, kind) for at, kind in kinds.items() if kind != "status"}
    partly = {at: which for at, which in given.items() if pc.any(which).as_py()}
    if all(pc.all(which).as_py() for which in partly.values()):
        return
    settled = _settled(draft, kinds)
    seen = set()
    for at, which in partly.items():
        beside = [given[flag] for flag, kind in kinds.items() if kind == "flag"]
        known = [settled, *(beside if kinds[at] != "flag" else ())]
        blank = pc.invert(_of_documents(draft, which))
        for other in known:
            blank = pc.and_(blank, pc.invert(other))
        rows = tuple(pc.indices_nonzero(blank).to_pylist())
        if rows and rows not in seen:
            seen.add(rows)
            yield draft.sheet.header[at], rows


def _given(draft: Draft, at: int, kind: approvals.Approval) -> pa.Array:
    """Return in which rows a column says that there is an approval."""
    cells = cells_of(draft, at)
    given = are(cells, [text for text in texts_in(cells) if not approvals.says_no(text)])
    return pc.and_(given, filled(cells)) if kind == "day" else given


def _of_documents(draft: Draft, given: pa.Array) -> pa.Array:
    """Return which rows are of a document of which any row is approved."""
    key = table(draft.table or "").key[0]
    if draft.table not in _DOCUMENTS or key not in draft.mapping:
        return given
    numbers = cells_of(draft, draft.mapping[key])
    approved = numbers.filter(given).drop_null()
    return pc.or_(given, pc.is_in(numbers, value_set=approved))


def _settled(draft: Draft, kinds: dict[int, approvals.Approval]) -> pa.Array:
    """Return which rows do not count anyway, or have a status that tells what is approved."""
    settled, status = not_in_force.rows_of(draft), draft.mapping.get("status")
    of_ours = {} if status is None else {status: kinds.get(status)}
    for at, kind in {**of_ours, **kinds}.items():
        if kind in (None, "status"):
            cells = cells_of(draft, at)
            telling = [text for text in texts_in(cells) if kind or approvals.speaks(text)]
            settled = pc.or_(settled, are(cells, telling))
    return settled
