"""The question whether a list with due dates was sold or is owed, answered on the files page."""

from __future__ import annotations

import pytest

from tests.pages.companies import csv_of
from tests.pages.test_files_page import Page, drop, files_page, settled

__all__ = ["files_page"]

HEADER = ("Invoice Number", "Invoice Date", "Due Date", "Customer", "Amount")
LINES = [("A-1", "2026-03-02", "2026-04-01", "Nord", "1000"),
         ("A-2", "2026-03-13", "2026-04-12", "Sud", "700")]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("said", ["orders", "receivables"])
def test_the_answer_is_the_table_and_stays_it(files_page: Page, language: str, said: str) -> None:
    at = drop(files_page(language), {"export.csv": csv_of(HEADER, LINES)})
    (asked,) = [one for one in at.segmented_control if "due_date/table" in str(one.key)]
    at = settled(asked.set_value(said).run())
    # The next click somewhere else leaves it so.
    at = settled(at.toggle(key="strict").set_value(True).run())
    tables = [one.value for one in at.selectbox if str(one.key).endswith("_table")]
    assert tables == [said]
    assert not at.button(key="confirm").disabled
