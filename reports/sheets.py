"""Frames as files that people open in Excel.

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
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# What Excel would run as a formula instead of showing it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV that Excel opens with its Chinese intact.

    Text that begins like a formula gets an apostrophe before it; numbers stay
    numbers.
    """
    return frame.map(_harmless).to_csv(index=False).encode("utf-8-sig")


def as_workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """A workbook with a sheet a frame: bold header that stays in sight, filters, widths."""
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for name, frame in sheets.items():
        sheet = book.create_sheet(name[:31])
        sheet.append([str(column) for column in frame.columns])
        for row in frame.itertuples(index=False):
            sheet.append([_cell(value) for value in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        # A cell that begins with "=" is text here, whatever openpyxl makes of it.
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                if cell.data_type == "f":
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        for number, column in enumerate(frame.columns, start=1):
            longest = max([len(str(column)), *(len(str(one)) for one in frame[column].head(100))])
            sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, 60)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _cell(value: object) -> object:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    return float(value) if isinstance(value, Decimal) else value
