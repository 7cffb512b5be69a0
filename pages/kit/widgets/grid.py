"""Draw tables, whose texts files may have brought.

>>> grid.draw(pd.DataFrame({_("File"): files}), hide_index=True, alt=_("Imports"))
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from pandas.api.types import is_object_dtype, is_string_dtype

from pages.kit.i18n.names import cell


def draw(frame: pd.DataFrame, **options: Any) -> None:
    """Draw a table with its texts as `cells` has them; `options` are those of `st.dataframe`."""
    st.dataframe(cells(frame), **options)


def cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with texts and column names that a cell shows as they are."""
    return frame.apply(_texts).rename(columns=_text)


def _texts(column: pd.Series) -> pd.Series:
    if is_object_dtype(column.dtype) or is_string_dtype(column.dtype):
        return column.map(_text).astype(column.dtype)
    return column


def _text(value: Any) -> Any:
    return cell(value) if isinstance(value, str) else value
