"""Show numbers of more digits than a workbook keeps as its program shows them: 4.2E+18.

A number has 15 digits in a workbook. An order number of 19 that was typed or pasted as a
number has lost the last four, and the digits that a reader finds there are made up. Shown
as on the screen, the number still has its size, and nobody takes it for an identifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.partial_days import Numbers

_LONG = r"^-?[1-9][0-9]{15,}(?:\.0+)?$"


def shown_cut(rows: pa.Table, places: Sequence[int], numbers: Numbers) -> pa.Table:
    """Return the rows with numbers of more than 15 digits in scientific notation; texts stay.

    `rows` has a column of text a header and "row"; `places` are their positions in the sheet.
    """
    for at, place in enumerate(places):
        column = rows.column(at)
        if not _any_long(column):
            continue
        texts = column.cast(pa.string()).combine_chunks()
        sheet_rows = pc.subtract(rows["row"].combine_chunks(), 1)
        typed_in = numbers(place).take(sheet_rows)
        cut = pc.and_(pc.fill_null(pc.match_substring_regex(texts, _LONG), False), typed_in)
        if pc.any(cut).as_py():
            short = [f"{Decimal(text):.14E}" for text in texts.filter(cut).to_pylist()]
            texts = pc.replace_with_mask(texts, cut, pa.array(short, pa.string()))
            rows = rows.set_column(at, rows.column_names[at], texts)
    return rows


def _any_long(column: pa.ChunkedArray) -> bool:
    return any(
        pc.any(
            pc.match_substring_regex(
                chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk, _LONG
            )
        ).as_py()
        for chunk in column.chunks
    )
