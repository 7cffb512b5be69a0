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
from data.matching import systems
from data.staging.draft import Draft
from data.values import approvals
from data.values.columns import distinct, plain, trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank
from domain.tables import table

_TABLES = ("orders", "contracts", "payments", "receivables", "returns", "spend")
# Of these one row is approved if any row of its document is.
_DOCUMENTS = ("orders", "contracts", "returns")
_OUT = ("cancelled", "returned")

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


def _cells(draft: Draft, at: int) -> pa.Array:
    assert draft.sheet
    return plain(trimmed(draft.sheet.rows[str(at)])).cast(pa.string())


def _which(cells: pa.Array, texts: list[str]) -> pa.Array:
    return pc.is_in(cells, value_set=pa.array(texts, pa.string()))


def _given(draft: Draft, at: int, kind: approvals.Approval) -> pa.Array:
    """Return in which rows a column says that there is an approval."""
    cells = _cells(draft, at)
    texts = [text for text in distinct(cells).to_pylist() if text and not is_blank(text)]
    given = _which(cells, [text for text in texts if not approvals.says_no(text)])
    return pc.and_(given, filled(cells)) if kind == "day" else given


def _of_documents(draft: Draft, given: pa.Array) -> pa.Array:
    """Return which rows are of a document of which any row is approved."""
    key = table(draft.table or "").key[0]
    if draft.table not in _DOCUMENTS or key not in draft.mapping:
        return given
    numbers = _cells(draft, draft.mapping[key])
    approved = numbers.filter(given).drop_null()
    return pc.or_(given, pc.is_in(numbers, value_set=approved))


def _settled(draft: Draft, kinds: dict[int, approvals.Approval]) -> pa.Array:
    """Return which rows do not count anyway, or have a status that tells what is approved."""
    assert draft.sheet and draft.table
    settled = pa.array([False] * draft.sheet.rows.num_rows, pa.bool_())
    rules = systems.counted(draft.table, draft.system)
    words = systems.words(draft.table, draft.system).get("status", {})
    status = draft.mapping.get("status")
    for at, header in enumerate(draft.sheet.written):
        own = at in draft.mapping.values()
        applied = [rule for rule in rules if rule.applies(header, own)]
        if not applied and at != status and kinds.get(at) != "status":
            continue
        cells = _cells(draft, at)
        texts = [text for text in distinct(cells).to_pylist() if text and not is_blank(text)]
        telling = [
            text
            for text in texts
            if kinds.get(at) == "status"
            or any(rule.reason(text) for rule in applied)
            or (at == status and words.get(normalise(text)) in _OUT)
            or (kinds.get(at) is None and approvals.speaks(text))
        ]
        settled = pc.or_(settled, _which(cells, telling))
    return settled
