"""Write beside the numbers of a workbook what its formats show there: 1200.5 is "$1200.5".

In a text file, a currency stands in the cell; in a workbook, it may be in the format alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from data.values.amount_words import role

# Headers of what is no money, whatever its format.
_NO_MONEY = ("id", "quantity", "rate")
_NUMBER = r"^-?\d+(?:\.\d+)?(?:E[-+]?\d+)?$"
# A third decimal could be read as the end of a group of thousands.
_THREE = r"^(-?\d+\.\d{3})$"


@dataclass(frozen=True)
class Beside:
    """What a format shows beside a number: the sign of a currency, a unit that it counts in."""

    sign: str
    unit: str


# Place of a column in the sheet → what is shown → the numbers of the rows.
Shown = Mapping[int, Mapping[Beside, Sequence[int]]]
NOTHING: Shown = MappingProxyType({})


def written_out(
    rows: pa.Table, header: Sequence[str], places: Sequence[int], shown: Shown
) -> pa.Table:
    """Return the rows with currency and unit beside the numbers that have them in their format.

    `rows` has a column of text a header and "row"; `places` are their positions in the sheet.
    """
    for at, place in enumerate(places):
        if place not in shown or role(header[at]) in _NO_MONEY:
            continue
        texts = rows.column(at).cast(pa.string()).combine_chunks()
        numbers = pc.fill_null(pc.match_substring_regex(texts, _NUMBER), False)
        for beside, numbered in shown[place].items():
            here = pc.is_in(rows["row"].combine_chunks(), pa.array(numbered, pa.int64()))
            those = pc.and_(numbers, here)
            longer = pc.replace_substring_regex(texts, _THREE, r"\10")
            sign = beside.sign if len(beside.sign) == 1 else f"{beside.sign} ".lstrip()
            whole = pc.binary_join_element_wise(sign, longer, beside.unit, "")
            texts = pc.if_else(those, whole, texts)
        rows = rows.set_column(at, rows.column_names[at], texts)
    return rows
