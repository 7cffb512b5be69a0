"""Which row holds the names of the columns is chosen on the files page."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store import database as stores
from pages.kit.i18n.words import words
from tests.pages.conftest import Opening
from tests.pages.test_files_page import LANGUAGES, Page, confirm, drop, settled

NAMES = {
    "en": "Order ID,Customer,Sales Rep,Order Date,Amount",
    "zh": "订单号,客户,业务员,订单日期,金额",
}
ROWS = "O1,Acme,Ann,2026-03-02,100\nO2,Beta,Bob,2026-03-03,250\n"
EXAMPLES = 2 * "Example,Sample Ltd,Somebody,2026-01-01,1\n"
MONEY = "SELECT order_id, CAST(amount AS INTEGER) FROM orders ORDER BY 1"


@pytest.fixture
def files_page(opening: Opening, inline: None) -> Iterator[Page]:
    yield lambda language: opening(language).run().switch_page("files.py").run()


def box(at: AppTest, end: str):  # type: ignore[no-untyped-def]
    (found,) = [one for one in at.selectbox if str(one.key).endswith(f"_header_{end}")]
    return found


def tables(at: AppTest) -> list[str]:
    return [one.value for one in at.selectbox if str(one.key).endswith("_table")]


@LANGUAGES
def test_a_sheet_with_unknown_names_opens_its_rows_and_takes_another_header(
    files_page: Page, fresh: Path, language: str
) -> None:
    _, names = words(language), NAMES[language]  # type: ignore[arg-type]
    at = drop(files_page(language), {"sales.csv": f"{EXAMPLES}{names}\n{ROWS}".encode()})
    assert tables(at) == [""]
    (shown,) = [one.value for one in at.dataframe if one.value.index.name == _("Row")]
    assert list(shown.index) == [1, 2, 3, 4, 5] and list(shown.columns) == list("ABCDE")
    assert list(shown.loc[3]) == names.split(",")
    first = box(at, "first")
    assert (first.label, first.value, box(at, "last").value) == (_("Column names are in row"), 1, 1)
    settled(first.set_value(3).run())
    assert tables(at) == ["orders"]
    confirm(at)
    store = stores.opened(fresh)
    assert store.rows(MONEY) == [("O1", 100), ("O2", 250)]
    # The next file like it needs no choice.
    later = ROWS.replace("O", "P").replace("-03-", "-04-")
    at = drop(files_page(language), {"april.csv": f"{EXAMPLES}{names}\n{later}".encode()})
    assert tables(at) == ["orders"] and not at.button(key="confirm").disabled


@LANGUAGES
def test_a_file_without_a_table_shows_its_rows_and_says_what_heads_no_table(
    files_page: Page, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = drop(files_page(language), {"sales.csv": NAMES[language].encode()})
    assert len(at.error) == 1 and box(at, "first").value is None
    settled(box(at, "first").set_value(1).run())
    assert [one.value for one in at.warning] == [
        _("There is no table below this row. Choose another one.")
    ]
    assert box(at, "first").value == 1


def test_a_sheet_that_was_recognised_keeps_its_rows_folded_and_takes_two(
    files_page: Page, fresh: Path
) -> None:
    content = f"ID,Account,Owner,Closed,Value\n,,Sales,Order,\n{NAMES['en']}\n{ROWS}"
    at = drop(files_page("en"), {"sales.csv": content.encode()})
    assert tables(at) == ["customers"]
    assert not [one for one in at.selectbox if "_header_" in str(one.key)]
    key = f"draft_{at.session_state['uploads']}_0_{sha256(content.encode()).hexdigest()[:8]}_header"
    at.session_state[key] = True
    at.run()
    settled(box(at, "first").set_value(2).run())
    settled(box(at, "last").set_value(3).run())
    confirm(at)
    assert stores.opened(fresh).rows(MONEY) == [("O1", 100), ("O2", 250)]


def test_the_boxes_speak_the_language_that_is_switched_to(files_page: Page) -> None:
    at = drop(files_page("zh"), {"sales.csv": f"{EXAMPLES}{NAMES['en']}\n{ROWS}".encode()})
    at.session_state["language"] = "en"
    at.run()
    assert box(at, "first").label == "Column names are in row" and box(at, "first").value == 1
