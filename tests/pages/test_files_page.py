"""The files page: dropped, understood, confirmed, reconciled, undone."""

from __future__ import annotations

import io
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from streamlit.testing.v1 import AppTest

from data.ingest import inbox, unattended
from data.jobs import background, sandbox
from data.jobs.sandbox import run as in_a_child
from data.store import database as stores
from domain.tables import TABLES, table
from pages.kit.i18n.numbers import exact
from pages.kit.i18n.words import Words, words
from reports import marked
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


def test_a_reader_is_made_ready_when_the_page_opens(
    files_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(sandbox, "prepare", lambda: made.append("one"))
    files_page("zh")
    assert made == ["one"]


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
    rows = lines[lines[_("Item")] == _("Rows")].set_index(_("Table"))
    assert rows.loc[_("Orders"), _("In the file")] == str(len(company.orders()))
    assert rows.loc[_("Orders"), _("In the dashboard")] == str(len(company.orders()))
    assert rows.loc[_("Deals"), _("New")] == str(len(company.deals()))
    month = between(company.counted(), MONTH, AS_OF)
    # The verdict's money and the tile of a day come from the same rows.
    assert week(at).metric[2].value == shown(_, month["amount"].sum() / 13)


def test_reading_and_typing_run_in_a_child_process(
    files_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.jobs.sandbox.run", in_a_child)
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
    (listed,) = [frame.value for frame in at.dataframe if _("Action taken") in frame.value]
    assert listed[_("Row")].tolist() == [3]


@LANGUAGES
def test_money_in_several_currencies_has_a_total_in_each(files_page: Page, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Unit Price", "Amount", "Currency"),
        [
            ("A1", "2026-03-02", "X", 1, 100, "USD"),
            ("A2", "", "Y", 1, 40.5, "USD"),
            ("A3", "2026-03-03", "Z", 1, -30, "EUR"),
            ("A4", "", "Z", 1, -60, "EUR"),
        ],
    )
    at = confirm(drop(files_page(language), {"orders.csv": text}))
    __, *money = results(at).to_dict("records")
    why = _("Left out: {why}", why=_("the date is blank"))
    heads = (_("Item"), _("In the file"), _("In the dashboard"), why)
    amount = _("Amount")
    assert [tuple(one[head] for head in heads) for one in money] == [
        (f"{amount} · EUR", *(exact(_, n, "EUR") for n in (-90, -30, -60))),
        (f"{amount} · USD", *(exact(_, n, "USD") for n in (140.5, 100, 40.5))),
    ]


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
    assert _("Already imported on {day}; importing it again changes nothing.", day="").split("  ")[
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
    states = at.dataframe[-1].value[_("Status")].tolist()
    assert states == [_("undone"), _("in use")]
    assert metrics(week(at)) == before


def test_the_newest_import_is_the_one_to_undo_after_each_import(files_page: Page) -> None:
    header = "Order ID,Order Date,Customer,Amount"
    at = confirm(drop(files_page("en"), {"a.csv": f"{header}\nA1,2026-03-02,C,1".encode()}))
    at = confirm(drop(at, {"b.csv": f"{header}\nA2,2026-03-03,C,2".encode()}))
    sound(at.selectbox(key="chosen_import").set_value(1).run())
    assert at.button(key="undo").label == "Undo import 1"
    at = confirm(drop(at, {"c.csv": f"{header}\nA3,2026-03-04,C,3".encode()}))
    assert at.selectbox(key="chosen_import").value == 3
    assert "Take import 3 · c.csv · Orders back? Its 1 row leaves the dashboard" in said(at)
    sound(at.button(key="undo").click().run())
    assert at.selectbox(key="chosen_import").value == 2
    assert at.button(key="undo").label == "Undo import 2"


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
    rates = next(frame.value for frame in week(at).dataframe if len(frame.value) == 10)
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
    assert asked.value == _("Choose the column for: {columns}.", columns=_("Order date"))
    assert at.button(key="confirm").disabled
    # Even when it is named by hand, words do not become dates.
    editor = next(one for one in at.data_editor if str(one.key).endswith("_editor"))
    at.session_state[editor.key] = {
        "edited_rows": {1: {"column": "order_date"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    (told,) = settled(at.run()).warning
    assert "Order Date" in told.value and "soon" in told.value
    assert bool(HAN.search(told.value)) == (language == "zh")
    assert at.button(key="confirm").disabled
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
    assert "“Stop if there are problems” is on" in at.warning[0].value
    assert contents(fresh) == before


MESSY = csv_of(
    ("Order ID", "Order Date", "Customer", "Amount"),
    [
        ("A1", "2026-03-02", "X", 100),
        ("A2", "", "=1+1", 40),
        ("A3", "2026-03-03", "Z", "much"),
        ("A4", "2026-03-04", "Z", "more"),
        ("A5", "2026-03-05", "Z", 60),
        ("A6", "2026-03-06", "Z", 70),
        ("A7", "2026-03-07", "Z", 80),
    ],
)


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Workbook]:
    """`downloads("template")` is the workbook that a click on that button would bring."""
    asked: dict[str, Callable[[], bytes]] = {}
    button = st.download_button

    def remembered(*args: Any, **given: Any) -> bool:
        asked[given["key"]] = given["data"]
        return button(*args, **given)

    monkeypatch.setattr(st, "download_button", remembered)
    return lambda key: load_workbook(io.BytesIO(asked[key]()))


def listed(at: AppTest, _: Words) -> pd.DataFrame:
    return next(one.value for one in at.dataframe if _("Action taken") in one.value)


@LANGUAGES
def test_rows_that_are_in_and_count_in_no_figure_are_said(files_page: Page, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    content = (
        "订单编号,下单日期,客户,金额,订单状态\n"
        "S1,2026-03-02,甲,100,已审核\nS2,2026-03-03,乙,200,已取消\nS3,2026-03-04,丙,300,审核中\n"
    ).encode()
    at = confirm(drop(files_page(language), {"orders.csv": content}))
    told = _.n(
        "{n} of them counts in no figure, as its status is cancelled, returned or not in force.",
        "{n} of them count in no figure, as their status is cancelled, returned or not in force.",
        2,
    )
    whole = _("All {whole} rows in the files are in the dashboard.", whole="3")
    assert f"{whole} **{told}**" in said(at)


@LANGUAGES
def test_problems_are_counted_by_reason_and_one_reason_can_be_picked(
    files_page: Page, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = confirm(drop(files_page(language), {"orders.csv": MESSY}))
    counted = [
        _("{reason} ({n})", reason=why, n=n)
        for why, n in ((_("not a number"), "2"), (_("the date is blank"), "1"))
    ]
    (reasons,) = at.pills
    assert list(map(plain, reasons.options)) == counted
    assert listed(at, _)[_("Row")].tolist() == [3, 4, 5]
    reasons.set_value(["missing_date"]).run()
    assert listed(sound(at), _)[_("Why")].tolist() == [_("the date is blank")]
    told = _(
        "{whole} rows in the files = {kept} in the dashboard + {left} left out: {reasons}.",
        whole="7",
        kept="4",
        left="3",
        reasons=_(", ").join(counted),
    )
    assert told in said(at)


def check_marked(book: Workbook, _: Words) -> None:
    """The list, and the rows as they stood with the cells to blame filled and commented."""
    first, rows = book.worksheets
    assert first.title == _("Problems")
    assert [cell.value for cell in first[3]][2:] == [
        _(name) for name in ("Row", "Column", "Value in the file", "Why", "Action taken")
    ]
    assert [cell.value for cell in first[5]] == [
        "orders.csv", None, 4, "Amount", "much", _("not a number"), _("row left out"),
    ]  # fmt: skip
    assert [cell.value for cell in rows[1]][3:] == ["Order ID", "Order Date", "Customer", "Amount"]
    assert [[cell.value for cell in row] for row in rows.iter_rows(min_row=2)] == [
        [3, _("row left out"), _("the date is blank"), "A2", None, "=1+1", "40"],
        [4, _("row left out"), _("not a number"), "A3", "2026-03-03", "Z", "much"],
        [5, _("row left out"), _("not a number"), "A4", "2026-03-04", "Z", "more"],
    ]
    assert rows["F2"].data_type == "s"
    commented = {
        cell.coordinate: cell.comment.text
        for row in rows.iter_rows()
        for cell in row
        if cell.comment
    }
    assert list(commented) == ["E2", "G3", "G4"]
    assert commented["G3"] == f"{_('not a number')}\n→ {_('row left out')}"
    assert {rows[name].fill.start_color.rgb[2:] for name in commented} == {marked.BAD}


@LANGUAGES
def test_the_problems_can_be_downloaded_marked_in_their_own_rows_now_and_later(
    files_page: Page, downloads: Callable[[str], Workbook], fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    confirm(drop(files_page(language), {"orders.csv": MESSY}))
    check_marked(downloads("download_problems"), _)
    # Later, by another visitor, after a restart.
    stores.close_all()
    files_page(language)
    check_marked(downloads("problems_of"), _)


@LANGUAGES
def test_when_it_stops_at_problems_they_can_be_downloaded_all_the_same(
    files_page: Page, downloads: Callable[[str], Workbook], fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = files_page(language)
    before = contents(fresh)
    drop(at, {"orders.csv": MESSY})
    at.toggle(key="strict").set_value(True).run()
    confirm(at)
    check_marked(downloads("download_problems"), _)
    lines = results(at)
    assert lines[_("Valid, not imported")].tolist()[0] == "4"
    assert _("In the dashboard") not in lines
    assert contents(fresh) == before


@LANGUAGES
def test_when_not_one_row_is_good_the_rows_to_correct_are_there(
    files_page: Page, downloads: Callable[[str], Workbook], fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    text = csv_of(("Order ID", "Order Date", "Amount"), [("A1", "", 5), ("A2", "", 6)])
    at = confirm(drop(files_page(language), {"orders.csv": text}))
    assert plain(at.error[0].value).startswith("orders.csv")
    assert listed(at, _)[_("Row")].tolist() == [2, 3]
    assert downloads("download_problems").worksheets[1]["D2"].value == "A1"


def test_an_import_without_problems_offers_none(files_page: Page) -> None:
    company = COMPANIES["zh"]
    at = confirm(drop(files_page("zh"), {"订单.csv": company.files()["订单.csv"]}))
    assert [one.key for one in at.get("download_button")] == ["template"]
    rows = len(company.orders())
    assert f"文件里的 {rows:,} 行全部进入看板。" in said(at)


@LANGUAGES
def test_the_template_filled_in_comes_back_by_one_click(
    files_page: Page, downloads: Callable[[str], Workbook], fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = files_page(language)
    book = downloads("template")
    sheet = book[_("Sales reps")]
    sheet.append(["Ann", "Team 1"])
    stream = io.BytesIO()
    book.save(stream)
    confirm(drop(at, {"my own.xlsx": stream.getvalue()}))
    assert results(at)[_("In the file")].tolist() == ["1"]
    assert stores.opened(fresh).rows("SELECT rep, team FROM reps") == [("Ann", "Team 1")]
    # The next template knows her.
    assert "Ann" in [cell.value for cell in downloads("template")["_yuepan_lists"]["A"]]


@LANGUAGES
def test_the_empty_first_screen_offers_the_template(opening: Opening, language: str) -> None:
    at = sound(opening(language).run())
    (button,) = at.get("download_button")
    assert button.label == words(language)("Download template")  # type: ignore[arg-type]


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


OPEN_DATES = b"Order ID,Order Date,Amount\nO1,03/04/2026,5\nO2,05/06/2026,6\n"


def send(path: Path, files: Files) -> None:
    """Files that come with nobody there, and what became of them is known."""
    store = stores.opened(path)
    uploads = [inbox.receive(store, name, content) for name, content in files.items()]
    background.wait(store, unattended.start(store, uploads, today=AS_OF), 60)


@LANGUAGES
def test_what_came_over_http_and_waits_is_told_opened_answered_and_gone(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    send(fresh, {"orders.csv": OPEN_DATES})
    at = sound(files_page(language))
    assert _("Received over HTTP, waiting for you") in said(at)
    assert "orders.csv" in said(at) and _("Open it here and answer.") in said(at)
    assert f"Order Date: {_('how are these dates written?')}" in said(at)
    settled(at.button(key="arrived_open_0").click().run())
    assert _("Received over HTTP, waiting for you") not in said(at)
    assert at.button(key="confirm").disabled
    awaited = _("answer the question about {columns}.", columns="Order Date")
    assert _("**{name}** is not ready: {what}", name="orders.csv", what=awaited) in said(at)
    (answer,) = [one for one in at.segmented_control if str(one.key).endswith("_answer")]
    confirm(sound(answer.set_value("dmy").run()))
    assert results(at).iloc[0][_("In the dashboard")] == "2"
    assert _("Received over HTTP, waiting for you") not in said(at.run())
    assert stores.opened(fresh).rows("SELECT min(order_date)::VARCHAR FROM orders") == [
        ("2026-04-03",)
    ]


def test_what_was_opened_can_be_closed_and_what_waits_dismissed(
    files_page: Page, fresh: Path
) -> None:
    send(fresh, {"orders.csv": OPEN_DATES, "logo.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200)})
    at = files_page("en")
    assert "logo.xlsx" in said(at) and "Export the list as Excel or CSV" in said(at)
    settled(at.button(key="arrived_open_0").click().run())
    sound(at.button(key="close").click().run())
    assert "Received over HTTP" in said(at)
    sound(at.button(key="arrived_dismiss_0").click().run())
    sound(at.button(key="arrived_dismiss_0").click().run())
    assert "Received over HTTP" not in said(at)
    assert list(stores.opened(fresh).inbox.iterdir()) == []


@LANGUAGES
def test_the_history_says_what_came_over_http(files_page: Page, fresh: Path, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    send(fresh, {"reps.csv": b"Sales rep,Team\nAda,North\n"})
    at = confirm(drop(files_page(language), {"more.csv": b"Sales rep,Team\nBea,North\n"}))
    (history,) = [one.value for one in at.dataframe if _("Received via") in one.value]
    assert history[_("Received via")].tolist() == [_("upload"), _("HTTP")]


def test_a_sheet_taken_as_another_table_counts_its_new_columns_and_opens_them(
    files_page: Page,
) -> None:
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Amount"),
        [("A1", "2026-03-02", "X", 100), ("A2", "2026-03-04", "Y", 40.5)],
    )
    at = drop(files_page("en"), {"orders.csv": text})
    assert "4 of 4 columns matched" in said(at)
    (before,) = [one for one in at.expander if one.label == "Columns and first rows"]
    assert not before.proto.expanded
    at.selectbox(key="draft_0_0_table").select("reps").run()
    matched = at.session_state.drafts[0].mapping
    assert len(matched) < 4
    assert f"{len(matched)} of 4 columns matched" in said(sound(at))
    (after,) = [one for one in at.expander if one.label == "Columns and first rows"]
    assert after.proto.expanded
    assert after.proto.id != before.proto.id or not before.proto.id
    assert at.button(key="confirm").disabled
    assert "**orders.csv** is not ready: Choose the column for: Sales rep" in said(at)


def test_a_text_beside_the_tables_of_a_zip_is_a_note_and_no_error(files_page: Page) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("orders.csv", OPEN_DATES)
        archive.writestr("readme.txt", "hello")
        archive.writestr("torn.csv", "hello")
    at = drop(files_page("en"), {"backup.zip": packed.getvalue()})
    assert "backup.zip/readme.txt is not a table and was skipped." in said(at)
    assert [one.value.partition(":")[0] for one in at.error] == ["backup.zip/torn.csv\\"]


def test_a_sheet_whose_table_is_chosen_by_hand_stays_chosen_to_be_imported(
    files_page: Page,
) -> None:
    lines = [("红", "一", "甲"), ("蓝", "二", "乙"), ("绿", "三", "丙")]
    at = drop(files_page("zh"), {"清单.csv": csv_of(("甲列", "乙列", "丙列"), lines)})
    assert not at.checkbox(key="draft_0_0_take").value
    at = settled(at.selectbox(key="draft_0_0_table").select("customers").run())
    assert at.checkbox(key="draft_0_0_take").value
    # The next click somewhere else leaves it so.
    at = settled(at.toggle(key="strict").set_value(True).run())
    assert (
        at.checkbox(key="draft_0_0_take").value and at.button(key="confirm").label == "导入 1 张表"
    )
    at = settled(at.selectbox(key="draft_0_0_table").select("").run())
    assert not at.checkbox(key="draft_0_0_take").value


@LANGUAGES
def test_an_import_that_runs_elsewhere_is_told_and_how_far_it_is(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    go_on = threading.Event()

    def slow(progress: background.Progress) -> str:
        progress.report("typing", 300, 1000)
        go_on.wait(60)
        return "done"

    store = stores.opened(fresh)
    job = background.start(store, "import", slow)
    while background.look(store, job).rows_done < 300:
        time.sleep(0.01)
    at = files_page(language)
    counted = _("Reading rows: {done} of {total}", done="300", total="1,000")
    (line,) = [one.value for one in at.caption if counted in one.value]
    assert bool(HAN.search(line)) == (language == "zh")
    go_on.set()
    background.wait(store, job)
    assert counted not in said(sound(at.run()))


@pytest.mark.parametrize("name", [into.name for into in TABLES])
def test_a_file_can_be_taken_as_every_table(files_page: Page, name: str) -> None:
    lines = [("红", "一", "甲"), ("蓝", "二", "乙"), ("绿", "三", "丙")]
    at = drop(files_page("zh"), {"清单.csv": csv_of(("甲列", "乙列", "丙列"), lines)})
    at = settled(at.selectbox(key="draft_0_0_table").select(name).run())
    assert at.selectbox(key="draft_0_0_table").value == name


@pytest.mark.parametrize("name", [into.name for into in TABLES])
def test_a_file_with_the_columns_of_a_table_is_shown(files_page: Page, name: str) -> None:
    into = table(name)
    cells = {
        "date": "2026-03-02",
        "moment": "2026-03-02 10:00",
        "period": "2026-03",
        "money": "100",
        "number": "2",
        "share": "0.5",
    }
    line = [cells.get(column.kind, "A1") for column in into.columns]
    at = drop(files_page("en"), {f"{name}.csv": csv_of(into.names, [line, line])})
    assert at.selectbox(key="draft_0_0_table").value == name


def test_a_file_of_shared_credit_is_imported(files_page: Page) -> None:
    lines = [("CR1", "Ann", "60%"), ("CR1", "Bob", "40%")]
    head = ("Order ID", "Sales Rep", "Share")
    at = confirm(drop(files_page("en"), {"credits2.csv": csv_of(head, lines)}))
    assert results(at).iloc[0]["In the dashboard"] == "2"


@LANGUAGES
def test_a_file_that_is_not_ready_waits_while_the_others_are_imported(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    reps = csv_of(("Sales Rep", "Team"), [("Ada", "North"), ("Bea", "South")])
    products = csv_of(("Product", "Category"), [("Pen", "Office"), ("Ink", "Office")])
    files = {"reps.csv": reps, "orders.csv": OPEN_DATES, "products.csv": products}
    at = drop(files_page(language), files)
    stay = _("They stay here with their questions while the others are imported.")
    assert stay in said(at)
    assert at.button(key="confirm").label == _.n("Import {n} table", "Import {n} tables", 2)
    confirm(at)
    (outcome,) = [one.value for one in at.dataframe if _("In the dashboard") in one.value]
    assert set(outcome[_("Table")]) == {_("Sales reps"), _("Products")}
    assert not stores.opened(fresh).rows("SELECT 1 FROM orders")
    assert [one.key for one in at.checkbox if str(one.key).endswith("_take")] == ["draft_0_1_take"]
    assert at.button(key="confirm").disabled and stay not in said(at)
    (answer,) = [one for one in at.segmented_control if str(one.key).endswith("_answer")]
    confirm(sound(answer.set_value("dmy").run()))
    assert results(at).iloc[0][_("In the dashboard")] == "2"
    assert not [one for one in at.checkbox if str(one.key).endswith("_take")]
    assert len(stores.opened(fresh).rows("SELECT 1 FROM reps")) == 2


def test_questions_of_files_that_came_over_http_wait_while_others_are_imported(
    files_page: Page, fresh: Path
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("orders.csv", OPEN_DATES)
        archive.writestr("reps.csv", "Sales rep,Team\nAda,North\n")
    at = files_page("en")
    send(fresh, {"all.zip": packed.getvalue()})
    settled(sound(at.run()).button(key="arrived_open_0").click().run())
    if not at.button(key="confirm").disabled:
        confirm(at)
    (answer,) = [one for one in at.segmented_control if str(one.key).endswith("_answer")]
    confirm(sound(answer.set_value("dmy").run()))
    assert len(stores.opened(fresh).rows("SELECT 1 FROM orders")) == 2
    assert "Received over HTTP" not in said(at.run())


KOREAN = ["삼성전자", "현대자동차", "김철수"]
IN_KOREAN = "\n".join(
    [
        "Order ID,Order Date,Customer,Amount",
        *(f"K{at},0{at + 2}/0{at + 4}/2026,{name},100" for at, name in enumerate(KOREAN)),
    ]
).encode("cp949")


def encoding_box(at: AppTest) -> Any:
    (box,) = [one for one in at.selectbox if str(one.key).endswith("_encoding")]
    return box


def answered_by(at: AppTest, order: str) -> AppTest:
    (answer,) = [one for one in at.segmented_control if str(one.key).endswith("_answer")]
    return sound(answer.set_value(order).run())


def test_names_that_a_list_lacks_are_asked_about_once_its_target_is_chosen(
    files_page: Page, fresh: Path
) -> None:
    whole = "Sales Rep,Month,Target\nAnn,2026-11,60\nBob,2026-11,40\n"
    confirm(drop(files_page("en"), {"targets-2026-11-02.csv": whole.encode()}))
    later = "Sales Rep,Month,Floor,Stretch\nAnn,2026-11,50,70\n"
    at = drop(files_page("en"), {"targets-2026-11-20.csv": later.encode()})
    at = answered_by(at, "Floor")
    assert at.button(key="confirm").disabled
    (gone,) = [
        one
        for one in at.segmented_control
        if str(one.key).endswith("_answer") and "gone" in str(one.key)
    ]
    confirm(sound(gone.set_value("kept").run()))
    rows = stores.opened(fresh).rows("SELECT scope_value, target FROM targets ORDER BY 1")
    assert rows == [("Ann", 50), ("Bob", 40)]


@LANGUAGES
@pytest.mark.parametrize("packed", [False, True], ids=["csv", "zip"])
def test_the_reading_of_a_doubtful_row_is_chosen_and_other_answers_stay(
    files_page: Page, fresh: Path, language: str, packed: bool
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    files = {"korean.csv": IN_KOREAN, "reps.csv": b"Sales Rep,Team\nAnn,East\nBob,West\n"}
    if packed:
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        files = {"all.zip": whole.getvalue()}
    at = answered_by(drop(files_page(language), files), "dmy")
    box = encoding_box(at)
    assert box.value == "gb18030" and _("How does this row read?") == box.label
    assert any("삼성전자" in option for option in box.options)
    settled(box.set_value("cp949").run())
    assert encoding_box(at).value == "cp949"
    assert sum(box.value for box in at.checkbox) == 2
    confirm(at)
    rows = stores.opened(fresh).rows(
        "SELECT customer, order_date::VARCHAR FROM orders ORDER BY order_id"
    )
    assert rows == [(name, f"2026-0{at + 4}-0{at + 2}") for at, name in enumerate(KOREAN)]
    assert stores.opened(fresh).rows("SELECT count(*) FROM reps") == [(2,)]
    assert list(stores.opened(fresh).inbox.iterdir()) == []


def test_a_file_that_came_over_http_is_read_again_too(files_page: Page, fresh: Path) -> None:
    send(fresh, {"korean.csv": IN_KOREAN})
    at = settled(files_page("en").button(key="arrived_open_0").click().run())
    settled(encoding_box(at).set_value("cp949").run())
    confirm(answered_by(at, "mdy"))
    rows = stores.opened(fresh).rows("SELECT DISTINCT customer FROM orders ORDER BY 1")
    assert [name for (name,) in rows] == sorted(KOREAN)
