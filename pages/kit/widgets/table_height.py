"""How high a table is that shows so many rows, and no blank one below them.

>>> of_rows(4)
157
"""

from __future__ import annotations

from math import ceil

import streamlit as st

_ROW_REM = 2.1875  # of Streamlit's tables; their pixels follow the size of the letters
_BORDERS = 2


def of_rows(rows: int, most: int | None = None) -> int:
    """Pixels for the header and `rows` rows, at least one; beyond `most` the rest is scrolled."""
    shown = max(rows if most is None else min(rows, most), 1)
    letters = st.get_option("theme.baseFontSize") or 16
    return ceil(_ROW_REM * letters) * (shown + 1) + _BORDERS
