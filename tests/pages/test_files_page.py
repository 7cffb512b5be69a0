"""The files page: dropped, understood, confirmed, reconciled, undone."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data import store as stores
from data.child import run as in_a_child
from pages.kit.text import words
from tests.conftest import everything
from tests.pages.companies import AS_OF, MONTH, csv_of, workbook_of
from tests.pages.conftest import COMPANIES, Opening
from tests.pages.reading import between, metrics, plain, said, sentences, shown, sound

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
HAN = re.compile(r"[㐀-鿿]")
Files = Mapping[str, bytes]
Page = Callable[[str], AppTest]


@pytest.fixture
def files_page(opening: Opening, inline: None) -> Iterator[Page]:
    """`files_page("zh")` is that page over the test's store; reading runs in this process."""

    def opened(language: str) -> AppTest:
        return opening(language).run().switch_page("files.py").run()

    yield opened


def settled(at: AppTest) -> AppTest:
    """The page once no job is left to wait for."""
    end = time.monotonic() + 60
    while any(one.key == "cancel" for one in sound(at).button):
        assert time.monotonic() < end, "a job does not end"
        time.sleep(0.02)
        at.run()
    return at


def drop(at: AppTest, files: Files) -> AppTest:
    for name, content in files.items():
        at.file_uploader[0].upload(name, content)
    return settled(at.run())


def confirm(at: AppTest) -> AppTest:
    assert not at.button(key="confirm").disabled
    return settled(at.button(key="confirm").click().run())


def results(at: AppTest) -> pd.DataFrame:
    """The table of rows and money."""
    return at.dataframe[0].value


def week(at: AppTest) -> AppTest:
    return sound(at.switch_page("week.py").run())


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return everything(stores.opened(path))


@LANGUAGES
def test_the_files_of_a_company_are_understood_and_confirmed_by_one_click(
    files_page: Page, language: str
) -> None:
    company, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    at = drop(files_page(language), company.files())
    taken = [(one.label, one.value) for one in at.checkbox]
    assert [taken_ for _name, taken_ in taken] == [True] * 4
    for name in company.names:
        assert any(name in plain(label) for label, _taken in taken)
    tables = [one.value for one in at.selectbox if str(one.key).endswith("_table")]
    assert sorted(tables) == ["deals", "orders", "payments", "reps"]
    heads = [list(frame.value["header"]) for frame in at.dataframe]
    assert list(company.order_headers) in heads
    assert at.button(key="confirm").label == _.n("Import {n} table", "Import {n} tables", 4)
    confirm(at)
    lines = results(at)
    rows = lines[lines[_("What")] == _("Rows")].set_index(_("Table"))
    assert rows.loc[_("Orders"), _("In the file")] == str(len(company.orders()))
    assert rows.loc[_("Orders"), _("In the dashboard")] == str(len(company.orders()))
    assert rows.loc[_("Deals"), _("New")] == str(len(company.deals()))
    month = between(company.counted(), MONTH, AS_OF)
    # The verdict's money and the tile of a day come from the same rows.
    assert week(at).metric[2].value == shown(_, month["amount"].sum() / 13)


def test_reading_and_typing_run_in_a_child_process(
    files_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.child.run", in_a_child)
    at = confirm(drop(files_page("zh"), {"人员.csv": COMPANIES["zh"].files()["销售人员.csv"]}))
    assert results(at).iloc[0]["看板里"] == "4"


@LANGUAGES
def test_rows_and_money_in_the_file_are_those_kept_and_those_left_out(
    files_page: Page, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Amount"),
        [("A1", "2026-03-02", "X", 100), ("A2", "", "Y", 40.5), ("A3", "2026-03-03", "Z", 60)],
    )
    at = confirm(drop(files_page(language), {"orders.csv": text}))
    rows, money = results(at).to_dict("records")
    why = _("Left out: {why}", why=_("the date is blank"))
    assert (rows[_("In the file")], rows[_("In the dashboard")], rows[why]) == ("3", "2", "1")
    assert [
        re.sub(r"[^\d.]", "", money[_(head)]) for head in ("In the file", "In the dashboard")
    ] + [re.sub(r"[^\d.]", "", money[why])] == ["200.50", "160.00", "40.50"]
    (problems,) = [one for one in at.expander if "orders.csv" in one.label]
    assert problems.label.endswith(_.n("{n} problem", "{n} problems", 1))
    (listed,) = [frame.value for frame in at.dataframe if _("What happened") in frame.value]
    assert listed[_("Row")].tolist() == [3]


@LANGUAGES
def test_the_same_file_again_says_so_and_changes_nothing(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    company = COMPANIES[language]
    name = company.names[0]
    at = confirm(drop(files_page(language), {name: company.files()[name]}))
    before = contents(fresh)
    drop(at, {name: company.files()[name]})
    assert _("Imported on {day} as it is; importing it again changes nothing.", day="").split("  ")[
        0
    ][-20:] in said(at)
    if not at.button(key="confirm").disabled:
        confirm(at)
    assert contents(fresh) == before


@LANGUAGES
def test_undo_brings_the_figures_back(files_page: Page, language: str) -> None:
    company, _ = COMPANIES[language], words(language)  # type: ignore[arg-type]
    name = company.names[0]
    orders = company.orders()
    changed = orders.assign(amount=orders["amount"] * 2)
    at = confirm(drop(files_page(language), {name: company.files()[name]}))
    before = metrics(week(at))
    at.switch_page("files.py").run()
    at = confirm(drop(at, {name: csv_of(company.order_headers, changed.itertuples(index=False))}))
    assert metrics(week(at)) != before
    at.switch_page("files.py").run()
    assert at.selectbox(key="chosen_import").value == 2
    sound(at.button(key="undo").click().run())
    states = at.dataframe[-1].value[_("State")].tolist()
    assert states == [_("undone"), _("in use")]
    assert metrics(week(at)) == before


@LANGUAGES
@pytest.mark.parametrize("answer", ["same", "different"])
def test_names_that_nearly_match_are_asked_about_once(
    files_page: Page, language: str, answer: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    files = {
        "products.csv": csv_of(("Product", "Category", "List price"), [("GT Pro", "Pumps", 700)]),
        "deals.csv": csv_of(
            ("Deal ID", "Product", "Stage", "Amount", "Created Date"),
            [(at, at, "Proposal", "", "2026-03-02") for at in ("GTPro", "GT Pro")],
        ),
    }
    at = confirm(drop(files_page(language), files))
    assert _("Are these the same?") in said(at)
    sound(at.button(key=f"{answer}_product_GTPro").click().run())
    assert _("Are these the same?") not in said(at)
    rates = next(frame.value for frame in week(at).dataframe if len(frame.value) == 9)
    value = re.sub(r"[^\d.]", "", rates.iloc[-1, 1])
    assert value == ("1400.00" if answer == "same" else "700.00")


@LANGUAGES
@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-03-04"), ("mdy", "2026-04-03")])
def test_a_date_that_cannot_be_known_is_asked_about(
    files_page: Page, fresh: Path, language: str, order: str, day: str
) -> None:
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Amount"),
        [("A1", "04/03/2026", "X", 100), ("A2", "05/02/2026", "Y", 40)],
    )
    _ = words(language)  # type: ignore[arg-type]
    at = drop(files_page(language), {"orders.csv": text})
    assert _("how are these dates written?") in said(at)
    assert at.button(key="confirm").disabled
    question = next(one for one in at.segmented_control if str(one.key).endswith("_answer"))
    assert question.value is None
    question.set_value(order).run()
    confirm(at)
    found = stores.opened(fresh).rows("SELECT order_date FROM orders WHERE order_id = 'A1'")
    assert [str(one) for (one,) in found] == [day]


def test_a_date_order_that_one_value_decides_is_not_asked_about(
    files_page: Page, fresh: Path
) -> None:
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Amount"),
        [("A1", "04/03/2026", "X", 100), ("A2", "25/02/2026", "Y", 40)],
    )
    confirm(drop(files_page("en"), {"orders.csv": text}))
    found = stores.opened(fresh).rows("SELECT order_date FROM orders ORDER BY order_id")
    assert [str(one) for (one,) in found] == ["2026-03-04", "2026-02-25"]


@LANGUAGES
def test_a_column_can_be_read_as_another_one(files_page: Page, fresh: Path, language: str) -> None:
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Amount", "Gross amount"),
        [("A1", "2026-03-02", "X", 100, 113)],
    )
    at = drop(files_page(language), {"orders.csv": text})
    editor = next(one for one in at.data_editor if str(one.key).endswith("_editor"))
    assert editor.value["column"].tolist()[3] == "amount"
    at.session_state[editor.key] = {
        "edited_rows": {3: {"column": None}, 4: {"column": "amount"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    confirm(at.run())
    ((amount,),) = stores.opened(fresh).rows("SELECT amount FROM orders")
    assert amount == 113


ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + "Root Entry".encode("utf-16-le").ljust(128, b"\0")
    + "EncryptionInfo".encode("utf-16-le").ljust(128, b"\0")
    + "EncryptedPackage".encode("utf-16-le").ljust(256, b"\0")
)
WHOLE = workbook_of(("Order ID", "Order Date", "Amount"), [("O1", "2026-03-02", 5)] * 50)
BAD = {
    "empty": ("empty.csv", b""),
    "picture": ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(400)),
    "encrypted": ("secret.xlsx", ENCRYPTED),
    "truncated": ("half.xlsx", WHOLE[: len(WHOLE) // 2]),
    "no-known-column": ("other.csv", csv_of(("alpha", "beta"), [(1, 2), (3, 4)])),
}


@LANGUAGES
@pytest.mark.parametrize("kind", list(BAD))
def test_bad_input_gives_one_plain_sentence_and_leaves_the_store_as_it_was(
    files_page: Page, fresh: Path, language: str, kind: str
) -> None:
    name, content = BAD[kind]
    at = files_page(language)
    before, quiet = contents(fresh), set(sentences(at))
    drop(at, {name: content})
    confirms = [one for one in at.button if one.key == "confirm"]
    if confirms and not confirms[0].disabled:
        confirm(at)
    told = [one.value for one in at.error] or [
        text
        for text in (one.value for one in at.caption)
        if text not in quiet and name in plain(text)
    ]
    assert len(told) == 1, told
    (sentence,) = told
    assert plain(sentence).startswith(name)
    assert bool(HAN.search(sentence)) == (language == "zh")
    assert "Traceback" not in sentence and "Error" not in sentence
    assert contents(fresh) == before


@LANGUAGES
def test_a_date_column_full_of_words_is_told_and_leaves_the_store_as_it_was(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    lines = [(f"O{at}", ("soon", "later", "someday")[at % 3], 5) for at in range(12)]
    at = files_page(language)
    before = contents(fresh)
    drop(at, {"orders.csv": csv_of(("Order ID", "Order Date", "Amount"), lines)})
    (asked,) = at.warning
    assert asked.value == _("Say which column is: {columns}.", columns=_("Order date"))
    assert at.button(key="confirm").disabled
    # Even when it is named by hand, words do not become dates.
    editor = next(one for one in at.data_editor if str(one.key).endswith("_editor"))
    at.session_state[editor.key] = {
        "edited_rows": {1: {"column": "order_date"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    confirm(at.run())
    (error,) = at.error
    assert plain(error.value).startswith("orders.csv")
    assert "Order Date" in error.value and "soon" in error.value
    assert bool(HAN.search(error.value)) == (language == "zh")
    assert contents(fresh) == before


def test_a_bad_file_does_not_stop_the_good_one_beside_it(files_page: Page) -> None:
    company = COMPANIES["zh"]
    at = drop(files_page("zh"), {"empty.csv": b"", "订单.csv": company.files()["订单.csv"]})
    assert len(at.error) == 1
    assert results(confirm(at)).iloc[0]["看板里"] == str(len(company.orders()))


def test_nothing_lands_when_it_shall_stop_at_any_problem(files_page: Page, fresh: Path) -> None:
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Amount"),
        [("A1", "2026-03-02", "X", 100), ("A2", "", "Y", 40)],
    )
    at = files_page("en")
    before = contents(fresh)
    drop(at, {"orders.csv": text})
    at.toggle(key="strict").set_value(True).run()
    confirm(at)
    assert "you asked to stop" in at.warning[0].value
    assert contents(fresh) == before


def test_a_chinese_files_page_has_no_english_sentence(files_page: Page) -> None:
    company = COMPANIES["zh"]
    at = drop(files_page("zh"), {"empty.csv": b"", **company.files()})
    told = list(sentences(at))
    told += sentences(confirm(at))
    foreign = [
        text
        for text in told
        if not HAN.search(text) and re.search(r"[A-Za-z]{3,}", re.sub(r":\w+[\[/:]\S*", "", text))
    ]
    assert foreign == []


def test_a_workbook_of_two_sheets_is_two_tables(files_page: Page) -> None:
    stream = io.BytesIO()
    one = workbook_of(("订单号", "下单日期", "销售额"), [("A1", "2026-03-02", 5)], sheet="订单")
    stream.write(one)
    assert zipfile.is_zipfile(stream)
    at = drop(files_page("zh"), {"三月.xlsx": stream.getvalue()})
    assert "三月.xlsx · 订单" in plain(at.checkbox[0].label)
