"""Write the workbook that users fill in: a sheet a table, in their language.

>>> as_template(words("en"), choice_label, known={"rep": ["Ada Finch"]}, today=date(2026, 11, 5))

Its headers are the labels of `domain.tables`, its words those that an import
knows, and what we wrote into it carries a mark of `domain.template`: filled in
and dropped on the Files page it is understood without a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from domain.tables import TABLES, Column, Table
from reports.examples import example
from reports.explained import METRICS, SCOPES, Words, about, guide, kind, title
from reports.printed import set_up

# Shared credit is written in a column of the orders.
SHEETS = tuple(table for table in TABLES if table.name != "credits")

# Hidden, and known to `data.readers.template_rows`, as are the guide's name and the example's mark.
LISTS = "_yuepan_lists"

_LAST = 5_000  # rows that have drop-downs and formats
_MOST = 10**13  # the largest number that can be kept
_NAMES = 2_000  # names in a drop-down
_FORMATS = {
    "text": "@",
    "choice": "@",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "money": "#,##0.00",
    "number": "#,##0.##",
    "share": "0%",
}
# Columns that name something of another sheet, and that sheet.
_NAMED = {"rep": "reps", "owner": "reps", "manager": "reps", "product": "products",
          "customer": "customers"}  # fmt: skip

_NEEDED = PatternFill("solid", start_color="1F4E79")
_ONE_OF = PatternFill("solid", start_color="3F6FA3")
_OPTIONAL = PatternFill("solid", start_color="DDE6EF")
_SHADE = PatternFill("solid", start_color="F2F2F2")
_LINE = Border(bottom=Side("thin", color="1F4E79"))
_GREY = Font(italic=True, color="808080")

ChoiceLabel = Callable[[Any, str], str]


def as_template(
    _: Words,
    choice: ChoiceLabel,
    known: Mapping[str, Sequence[str]],
    today: date,
    currency: str = "CNY",
) -> bytes:
    """Return the template as an .xlsx.

    `choice` gives the word for an id of a choice; `known` are names to choose
    from by column ("rep", "product", "customer", "team", "region", "category",
    "channel"), as far as there are any.
    """
    book = Workbook()
    front = book.worksheets[0]
    front.title = _("Guide (Yuepan template)")
    _front(_, front)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    names = _written(lists, known)
    for table in SHEETS:
        sheet = book.create_sheet(_(table.label)[:31])
        _sheet(_, sheet, table, choice, names, example(_, table.name, today, currency))
    # The lists go last: nobody looks for them.
    book.move_sheet(lists, len(SHEETS))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _written(lists: Worksheet, known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The known names, a column each; where a drop-down finds them."""
    ranges = {}
    for at, (column, values) in enumerate(known.items(), start=1):
        fit = (ILLEGAL_CHARACTERS_RE.sub("", name) for name in values)
        shown = [name for name in dict.fromkeys(fit) if name][:_NAMES]
        for row, value in enumerate(shown, start=1):
            cell = lists.cell(row, at, value)
            cell.data_type = "s"
        if shown:
            letter = get_column_letter(at)
            ranges[column] = f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(shown)}"
    return ranges


def _sheet(
    _: Words,
    sheet: Worksheet,
    table: Table,
    choice: ChoiceLabel,
    names: Mapping[str, str],
    row: Mapping[str, Any],
) -> None:
    marked = _marked(table)
    for at, column in enumerate(table.columns, start=1):
        words = _words(_, table, column, choice)
        shown = words.get(row.get(column.name), row.get(column.name))
        if column.name == marked:
            shown = _("[Example] {value}", value=shown)
        _head(_, sheet.cell(1, at), table, column, shown)
        _example(sheet.cell(2, at), shown, column)
        letter = get_column_letter(at)
        # A format of the whole column: leading zeros and months stay as they are typed.
        sheet.column_dimensions[letter].number_format = _format(column)
        sheet.column_dimensions[letter].width = _width(title(_, table, column), shown)
        rule = _rule(_, table, column, list(words.values()), names)
        rule.add(f"{letter}2:{letter}{_LAST}")
        sheet.add_data_validation(rule)
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2"
    set_up(sheet, header=1)
    sheet.sheet_properties.tabColor = "1F4E79" if table.actual_dates else "9FB6CC"


def _marked(table: Table) -> str:
    """The column that carries the mark: the first that is free text."""
    free = (c for c in table.columns if c.kind == "text" and (table.name, c.name) not in _LISTED)
    return next(free).name


_LISTED = {("targets", "metric"), ("targets", "scope_kind")}


def _words(_: Words, table: Table, column: Column, choice: ChoiceLabel) -> dict[str | None, str]:
    """id → word of everything that may stand in a column; empty for free text."""
    if (table.name, column.name) == ("targets", "metric"):
        return {name: _(label) for name, label in METRICS.items()}
    if (table.name, column.name) == ("targets", "scope_kind"):
        return {name: _(label) for name, label in SCOPES.items()}
    return {id_: choice(_, id_) for id_ in column.choices}


def _head(_: Words, cell: Cell, table: Table, column: Column, shown: Any) -> None:
    sign, fill = _need(table, column)
    cell.value = title(_, table, column) + sign
    cell.font = Font(bold=True, color="FFFFFF" if sign else "1F2D3D")
    cell.fill = fill
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = _LINE
    text = "\n".join(about(_, table, column, _as_text(shown, column)))
    lines = sum(1 + len(line) // 30 for line in text.splitlines())
    cell.comment = Comment(text, "Yuepan 月盘", height=20 + 18 * lines, width=260)


def _need(table: Table, column: Column) -> tuple[str, PatternFill]:
    """The sign and the colour of a column's head; an import knows its name with either sign."""
    groups = [group for group in table.needs if column.name in group]
    if any(len(group) == 1 for group in groups):
        return "*", _NEEDED
    return ("(*)", _ONE_OF) if groups else ("", _OPTIONAL)


def _example(cell: Cell, shown: Any, column: Column) -> None:
    cell.value = shown
    cell.font, cell.fill = _GREY, _SHADE
    cell.number_format = _format(column)


def _format(column: Column) -> str:
    return _FORMATS[column.kind]


def _as_text(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:.0%}" if column.kind == "share" else str(value)


def _width(head: str, shown: Any) -> float:
    longest = max(_wide(head) + 3, _wide(str(shown if shown is not None else "")) + 2)
    return min(max(longest, 11), 34)


def _wide(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def _rule(
    _: Words, table: Table, column: Column, words: Sequence[str], names: Mapping[str, str]
) -> DataValidation:
    """What a cell may hold: a drop-down where there are words, else a hint while typing."""
    rule: DataValidation
    if words:
        rule = DataValidation("list", formula1=f'"{",".join(words)}"', showErrorMessage=True)
        rule.errorTitle, rule.error = _(column.label), _("Choose from the list.")
    elif source := _names_for(_, table, column, names):
        # Names may be new, so that any other is taken as well.
        rule = DataValidation("list", formula1=source, showErrorMessage=False)
    elif column.kind in ("date", "moment"):
        rule = DataValidation("date", operator="greaterThan", formula1="25569")
        rule.showErrorMessage, rule.errorStyle = True, "warning"
        rule.error = kind(_, column)
    elif column.kind in ("money", "number", "share"):
        rule = DataValidation(
            "decimal", operator="between", formula1=f"-{_MOST}", formula2=f"{_MOST}"
        )
        rule.showErrorMessage, rule.errorStyle = True, "warning"
        rule.error = kind(_, column)
    else:
        rule = DataValidation(None)
    rule.allow_blank = True
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, _(column.label), kind(_, column)
    return rule


def _names_for(_: Words, table: Table, column: Column, names: Mapping[str, str]) -> str | None:
    """Known names; else those that are being typed into the template's own sheet of them."""
    register = _NAMED.get(column.name)
    if table.name == register and column.name == table.key[0]:
        return None
    known = names.get({"owner": "rep", "manager": "rep"}.get(column.name, column.name))
    if known or column.name == "manager" or register is None:
        return known
    label = next(_(other.label) for other in SHEETS if other.name == register)
    return f"{quote_sheetname(label[:31])}!$A$3:$A${_LAST}"


def _front(_: Words, sheet: Worksheet) -> None:
    """What to do, in few lines, and what each sheet is for."""
    for row, (text, font) in enumerate(_lines(_), start=1):
        cell = sheet.cell(row, 1, text)
        cell.font = font
        cell.alignment = Alignment(vertical="top", wrap_text=False)
    top = sheet.max_row + 2
    for at, name in enumerate((_("Sheet"), _("Each row is"), _("What it shows")), start=1):
        cell = sheet.cell(top, at, name)
        cell.font, cell.fill, cell.border = Font(bold=True), _OPTIONAL, _LINE
    for row, table in enumerate(SHEETS, start=top + 1):
        label = _(table.label)[:31]
        link = sheet.cell(row, 1, label)
        link.hyperlink = Hyperlink(link.coordinate, location=f"{quote_sheetname(label)}!A3")
        link.font = Font(color="1F4E79", underline="single")
        sheet.cell(row, 2, _(table.one_row))
        sheet.cell(row, 3, _(table.unlocks))
    for letter, width in (("A", 24), ("B", 34), ("C", 70)):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    set_up(sheet)


def _lines(_: Words) -> Iterator[tuple[str, Font]]:
    first, *others = guide(_)
    yield first, Font(bold=True, size=14, color="1F4E79")
    for line in others:
        yield line, Font()
