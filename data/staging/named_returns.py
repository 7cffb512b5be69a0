"""Tell a list of returns or credit notes whose name alone says so.

    >>> of(draft)                                                        # doctest: +SKIP
    {-1: {'销售退货单': Spoken(...)}}

Its headers are those of a list of sales and its amounts have no minus: they would count as sold.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.signs import WHOLE
from data.staging import word_meanings
from data.staging.draft import Draft
from data.staging.known import Spoken
from data.staging.return_names import named_back, of_both
from data.values.columns import distinct, trimmed
from data.values.directions import direction
from data.values.header_text import normalise
from data.values.row_marks import marked

_MINUS = r"^\W*[-−–(（]|[-−]\s*$"
_BACK = "returned"


def of(draft: Draft) -> dict[int, dict[str, Spoken]]:
    """Return what is to be asked about the name of a draft; nothing where its rows tell."""
    assert draft.sheet
    name = _name(draft)
    if not name or draft.table == "spend" or _rows_tell(draft):
        return {}
    cells = trimmed(draft.sheet.rows[str(draft.mapping["amount"])]).cast(pa.string())
    less = pc.fill_null(pc.match_substring_regex(cells, _MINUS), False)
    sides = pc.if_else(less, pa.scalar("-"), pa.scalar(name))
    amounts = word_meanings.amounts_beside(draft, sides, {name, "-"})
    if amounts[name] <= 0 or (amounts["-"] and of_both(name)):
        return {}
    word = normalise(name)
    rows = draft.sheet.rows.num_rows
    return {WHOLE: {word: Spoken((name,), (word,), (None,), True, rows, amounts[name])}}


def _name(draft: Draft) -> str:
    """Return the name of the sheet, or of the file where that of the sheet says nothing."""
    assert draft.sheet
    of_sheet, of_file = named_back(draft.sheet.name), named_back(Path(draft.file).stem)
    if of_sheet or not of_file:
        return of_sheet
    return "" if draft.sheet.name and direction(draft.sheet.name) else of_file


def _rows_tell(draft: Draft) -> bool:
    """Return whether rows say themselves that they were returned.

    Pieces with a minus beside others without one do so: a list of returns has them in one way.
    """
    assert draft.sheet
    if "quantity" in draft.mapping:
        pieces = trimmed(draft.sheet.rows[str(draft.mapping["quantity"])]).cast(pa.string())
        if pc.any(pc.match_substring_regex(pieces, _MINUS)).as_py():
            return True
    if any(
        (mark := marked(header)) and mark.means == _BACK and mark.form in ("flag", "day")
        for header in draft.sheet.header
    ):
        return True
    if "status" not in draft.mapping:
        return False
    known = word_meanings.words_of(draft).get("status", {})
    texts = distinct(trimmed(draft.sheet.rows[str(draft.mapping["status"])])).to_pylist()
    return any(text and known.get(normalise(text)) == _BACK for text in texts)
