from __future__ import annotations

import pytest
import streamlit as st

from pages.kit.widgets.table_height import of_rows


@pytest.mark.parametrize(("letters", "row"), [(14, 31), (16, 35)])
def test_a_table_is_as_high_as_its_header_its_rows_and_its_borders(
    monkeypatch: pytest.MonkeyPatch, letters: int, row: int
) -> None:
    monkeypatch.setattr(st, "get_option", {"theme.baseFontSize": letters}.get)
    assert of_rows(3) == row * 4 + 2
    assert of_rows(20, 8) == of_rows(8)
    assert of_rows(0) == of_rows(1)
