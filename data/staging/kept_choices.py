"""Write down how people had a sheet's file read, beside the answers to questions.

    >>> of(sheet)                                                # doctest: +SKIP
    {'file/encoding': 'cp949 order id\\x1fcustomer', 'file/header': '2-2 order id\\x1fcustomer'}

Each stands before the shape of the header's first row, by which the next file like it is known.
"""

from __future__ import annotations

from data.facts.standing import OF_FILE
from data.layout.sheet import Sheet

ENCODING, HEADER = f"{OF_FILE}encoding", f"{OF_FILE}header"


def of(sheet: Sheet) -> dict[str, str]:
    """Return what was chosen of a sheet, as it is kept with the answers to questions."""
    top = next(iter(sheet.tops.values()), None)
    if top is None or top.header is None or not (sheet.encoding or top.chosen):
        return {}
    first, last = top.header
    shape = top.shape_of(first)
    chosen = {}
    if sheet.encoding:
        chosen[ENCODING] = f"{sheet.encoding} {shape}"
    if top.chosen:
        chosen[HEADER] = f"{first}-{last} {shape}"
    return chosen
