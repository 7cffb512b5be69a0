"""The template: understood as it was filled in, in both languages, and never for more."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.matching import systems
from data.readers.template_rows import MARKS, OWN_SHEETS, is_example
from data.staging import review
from data.store.database import Store
from data.values.header_text import normalise
from domain.tables import Column, Table
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.sentences import error_sentence, note_sentence
from pages.kit.i18n.words import words
from reports import explained
from reports.examples import example
from reports.templates import LISTS, SHEETS, as_template
from tests.conftest import TODAY, land, read

LANGUAGES = pytest.mark.parametrize("code", ["zh", "en"])
KNOWN = {"rep": ["王芳", "=1+1"], "region": ["华东", "华南"]}
ROWS = 4


def template(code: str, known: dict[str, list[str]] | None = None) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(made(code, known is None)))


@cache
def made(code: str, with_names: bool) -> bytes:
    return as_template(words(code), choice_label, KNOWN if with_names else {}, TODAY)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(book: Workbook, code: str, one: Table) -> Worksheet:
    found = book[words(code)(one.label)[:31]]
    assert isinstance(found, Worksheet)
    return found


def invented(one: Table, column: Column, at: int) -> Any:
    """A value of that kind, different in every row, as a canonical value."""
    if (one.name, column.name) == ("targets", "metric"):
        return list(explained.METRICS)[at]
    if (one.name, column.name) == ("targets", "scope_kind"):
        return list(explained.SCOPES)[at + 1]
    if column.name == "as_of":
        return date(2026, 3, 20)
    if (one.name, column.name) == ("deals", "status"):
        return "won"  # with a closing date
    if column.name == "period":
        return f"2026-{at + 1:02d}"
    if column.name == "split_credit":
        return "Ann 60%; Bob 40%"
    if column.name == "currency":
        return "CNY"
    if column.choices:
        return column.choices[at % len(column.choices)]
    return {
        "text": f"{column.name} {at}",
        "date": date(2026, 3, 1) + timedelta(days=at),
        "moment": datetime(2026, 3, 1 + at, 9, 30),
        "money": Decimal("1000.25") + at,
        "number": Decimal(at + 1),
        "share": Decimal("0.25") * at,
    }[column.kind]


def typed(code: str, one: Table, column: Column, value: Any) -> Any:
    """What a user chooses or types for it."""
    _ = words(code)
    if (one.name, column.name) == ("targets", "metric"):
        return _(explained.METRICS[value])
    if (one.name, column.name) == ("targets", "scope_kind"):
        return _(explained.SCOPES[value])
    return choice_label(_, value) if column.choices else value


def rows_of(one: Table) -> list[tuple[Any, ...]]:
    return [tuple(invented(one, column, at) for column in one.columns) for at in range(ROWS)]


def fill(book: Workbook, code: str, one: Table) -> None:
    sheet = sheet_of(book, code, one)
    for at, row in enumerate(rows_of(one), start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, typed(code, one, one.columns[column - 1], value))


@pytest.fixture
def landed(store: Store, inline: None) -> Store:
    return store


@LANGUAGES
def test_every_sheet_filled_in_lands_with_all_its_columns_and_no_question(
    landed: Store, code: str
) -> None:
    book = template(code)
    for one in SHEETS:
        fill(book, code, one)
    drafts = read(landed, {"whatever.xlsx": saved(book)})
    assert [draft.table for draft in drafts] == [one.name for one in SHEETS]
    for draft, one in zip(drafts, SHEETS, strict=True):
        assert draft.mapping == {name: at for at, name in enumerate(one.names)}, one.name
        assert draft.take and review.questions(draft, TODAY) == []
        assert [note.code for note in draft.sheet.notes] == ["example_rows"]
    results = land(landed, drafts)
    assert [(one.name, one.error) for one in results if one.error] == []
    assert [(one.name, one.problems) for one in results if one.problems] == []
    for one in SHEETS:
        columns = ", ".join(f'"{name}"' for name in one.names)
        told = landed.rows(f'SELECT {columns} FROM "{one.name}" ORDER BY row_no')
        assert told == rows_of(one), one.name


@LANGUAGES
def test_the_untouched_template_imports_nothing_and_says_so(landed: Store, code: str) -> None:
    (draft,) = read(landed, {"template.xlsx": saved(template(code))})
    assert (draft.sheet, draft.take) == (None, False)
    told = error_sentence(words(code), draft.error)
    assert told.startswith("template.xlsx")
    assert ("模板" in told) if code == "zh" else ("nothing filled in yet" in told)


@LANGUAGES
def test_sheets_left_as_they_are_do_not_come_with_the_others(landed: Store, code: str) -> None:
    book = template(code)
    fill(book, code, SHEETS[0])
    (draft,) = read(landed, {"template.xlsx": saved(book)})
    assert (draft.table, draft.sheet.rows.num_rows) == ("orders", ROWS)
    (note,) = draft.sheet.notes
    told = note_sentence(words(code), note.code, **dict(note.params))
    assert "2" in told and ("示例" in told if code == "zh" else "example" in told)


def test_an_example_that_was_moved_down_is_still_none_of_the_rows(landed: Store) -> None:
    book = template("zh")
    sheet = sheet_of(book, "zh", SHEETS[0])
    fill(book, "zh", SHEETS[0])
    for cell in sheet[2]:
        sheet.cell(ROWS + 3, cell.column, cell.value)
    sheet.delete_rows(2)
    (draft,) = read(landed, {"template.xlsx": saved(book)})
    assert draft.sheet.rows["row"].to_pylist() == [2, 3, 4, 5]


def test_columns_deleted_from_the_template_are_not_missed(landed: Store) -> None:
    book = template("en")
    one = next(one for one in SHEETS if one.name == "payments")
    fill(book, "en", one)
    sheet_of(book, "en", one).delete_cols(3, 4)
    (draft,) = read(landed, {"template.xlsx": saved(book)})
    assert list(draft.mapping) == ["payment_id", "payment_date", "amount", "currency"]
    (result,) = land(landed, [draft])
    assert (result.rows_kept, result.problem_count) == (ROWS, 0)


@LANGUAGES
@pytest.mark.parametrize("one", SHEETS, ids=lambda one: one.name)
def test_each_sheet_has_drop_downs_comments_formats_and_one_marked_example(
    code: str, one: Table
) -> None:
    _ = words(code)
    sheet = sheet_of(template(code), code, one)
    assert sheet.freeze_panes == "B2"
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    shown = example(_, one.name, TODAY, "CNY")
    for column, head, below in zip(one.columns, sheet[1], sheet[2], strict=True):
        groups = [len(group) for group in one.needs if column.name in group]
        sign = "*" if 1 in groups else "(*)" if groups else ""
        assert head.value == explained.title(_, one, column) + sign
        assert normalise(head.value) == normalise(_(column.label))
        assert head.comment is not None and len(head.comment.text) > 3
        assert (below.value is None) == (column.name not in shown)
        if column.choices:
            offered = lists[f"{head.column_letter}2"].strip('"').split(",")
            assert len(lists[f"{head.column_letter}2"]) <= 255
            known = systems.words(one.name, "generic")[column.name]
            assert [known[normalise(word)] for word in offered] == list(column.choices)
        if column.kind == "date" and below.value is not None:
            assert below.number_format == "yyyy-mm-dd"
        if column.kind == "text":
            assert sheet.column_dimensions[head.column_letter].number_format == "@"
    marked = [cell for cell in sheet[2] if is_example(str(cell.value))]
    assert len(marked) == 1
    assert str(marked[0].value).startswith(MARKS[code == "en"])


@LANGUAGES
def test_each_example_is_a_row_that_could_be_imported(landed: Store, code: str) -> None:
    book = template(code)
    for one in SHEETS:
        for cell in sheet_of(book, code, one)[2]:
            if is_example(str(cell.value)):
                cell.value = str(cell.value).removeprefix(MARKS[code == "en"]).strip()
    drafts = read(landed, {"template.xlsx": saved(book)})
    assert [draft.table for draft in drafts] == [one.name for one in SHEETS]
    results = land(landed, drafts)
    told = [(one.table, one.rows_kept, one.problems, one.error) for one in results]
    assert told == [(one.name, 1, (), None) for one in SHEETS]


def test_of_columns_of_which_one_is_enough_none_is_marked_as_needed() -> None:
    heads = [cell.value for cell in template("en")["Spend"][1]]
    assert [head for head in heads if head.endswith("*")] == []
    assert "Date(*)" in heads and "Currency" in heads
    guide = "\n".join(str(cell.value) for cell in template("en").worksheets[0]["A"])
    assert "*" in guide and "(*)" in guide


@LANGUAGES
def test_each_sheet_prints_across_one_page_wide_under_its_header(code: str) -> None:
    front, *sheets = (one for one in template(code).worksheets if one.title != LISTS)
    for sheet in (front, *sheets):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert {sheet.print_title_rows for sheet in sheets} == {"$1:$1"}


@LANGUAGES
def test_nothing_is_longer_than_excel_takes(code: str) -> None:
    for sheet in template(code).worksheets:
        assert len(sheet.title) <= 31
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1 or "") <= 255
            assert len(rule.promptTitle or "") <= 32 and len(rule.prompt or "") <= 255
            assert len(rule.errorTitle or "") <= 32 and len(rule.error or "") <= 225


def test_known_names_are_offered_and_unknown_ones_taken() -> None:
    book = template("zh")
    orders = sheet_of(book, "zh", SHEETS[0])
    rule = next(rule for rule in orders.data_validations.dataValidation if "F2" in str(rule.sqref))
    assert (rule.formula1, rule.showErrorMessage) == (f"'{LISTS}'!$A$1:$A$2", False)
    lists = book[LISTS]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["A"]] == ["王芳", "=1+1"]
    assert [cell.data_type for cell in lists["A"]] == ["s", "s"]


def test_names_typed_into_the_template_are_offered_where_none_is_known() -> None:
    orders = sheet_of(template("en", {}), "en", SHEETS[0])
    rules = {str(one.sqref)[:2]: one.formula1 for one in orders.data_validations.dataValidation}
    assert rules["F2"] == "'Sales reps'!$A$3:$A$5000"


@LANGUAGES
def test_the_first_sheet_explains_and_leads_to_each_sheet(code: str) -> None:
    book = template(code)
    front = book.worksheets[0]
    assert front.title in OWN_SHEETS
    links = [cell.value for cell in front["A"] if cell.hyperlink]
    assert links == [words(code)(one.label) for one in SHEETS]
    assert book.sheetnames == [front.title, *links, LISTS]
