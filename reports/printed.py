"""Set up how a sheet prints.

>>> set_up(sheet, header=1)
"""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.properties import PageSetupProperties

_A4 = 9


def set_up(sheet: Any, header: int | None = None) -> None:
    """Set a sheet to A4 landscape, fitted to the page width, its header on every page.

    `sheet` is a worksheet of openpyxl, of which a write-only one has no rows yet.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if header is not None:
        sheet.print_title_rows = f"{header}:{header}"
