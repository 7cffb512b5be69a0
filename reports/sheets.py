"""Write frames to files that people open in Excel.

>>> as_csv(frame)[:3]
b'\\xef\\xbb\\xbf'
>>> as_workbook({"Problems": frame})
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reports.printed import set_up

# What Excel would run as a formula instead of showing it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(frame: pd.DataFrame) -> bytes:
    """Return the frame as CSV that Excel opens with its Chinese intact.

    Text that begins like a formula gets an apostrophe before it; numbers stay
    numbers.
    """
    safe = frame.map(_harmless).rename(columns=_harmless)
    # With both signs in the line's end, a lone one in a text is quoted and begins no line.
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def as_workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a workbook with a sheet a frame: frozen bold header, filters, column widths."""
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for name, frame in sheets.items():
        sheet = book.create_sheet(name[:31])
        sheet.append([_cell(str(column)) for column in frame.columns])
        for row in frame.itertuples(index=False):
            sheet.append([_cell(value) for value in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        # Text that looks like a formula or an error is text here, whatever openpyxl makes of it.
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type in ("f", "e"):
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
        set_up(sheet, header=1)
        sheet.auto_filter.ref = sheet.dimensions
        for number, column in enumerate(frame.columns, start=1):
            shown = frame.iloc[:100, number - 1]
            longest = max([len(str(column)), *(len(str(value)) for value in shown)])
            sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, 60)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _cell(value: object) -> object:
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value)
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return float(value) if isinstance(value, Decimal) else value
