"""Size a table to its rows, without a blank one below them.

>>> of_rows(4)
157
"""

from __future__ import annotations

from math import ceil

import streamlit as st

_ROW_REM = 2.1875  # row height of Streamlit's tables, which scales with the font size
_BORDERS = 2


def of_rows(rows: int, most: int | None = None) -> int:
    """Return pixels for the header and at least one row; beyond `most` rows the table scrolls."""
    shown = max(rows if most is None else min(rows, most), 1)
    letters = st.get_option("theme.baseFontSize") or 16
    return ceil(_ROW_REM * letters) * (shown + 1) + _BORDERS
