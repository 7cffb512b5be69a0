"""What went wrong, where, and what to do: the words for every code.

    >>> from domain.errors import FileError
    >>> from pages.kit.i18n.labels import words
    >>> error_sentence(words("en"), FileError("empty_file", file="March.xlsx"))
    'March.xlsx: the file is empty. Export it again and drop it here.'

A code that has no row here still gets a sentence with the code in it. Parameters
may be missing: what is known is told, the rest is left out. The sentences are
plain text; wrap them in `escaped` for markdown, names come from files.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import TYPE_CHECKING, Any

from domain.errors import YuepanError
from domain.tables import N_, table
from pages.kit.i18n.numbers import date_text

if TYPE_CHECKING:
    from pages.kit.i18n.labels import Words


def NN_(one: str, more: str) -> tuple[str, str]:
    """Marks a sentence that is stored in a table in two forms, for one and for more."""
    return one, more


# One row a code: what happened, and what to do.
ERRORS: dict[str, tuple[str, str]] = {
    # A file that cannot be read.
    "empty_file": (
        N_("the file is empty."),
        N_("Export it again and drop it here."),
    ),
    "not_a_spreadsheet": (
        N_("this is not a table; Yuepan reads Excel (xlsx, xlsm, xlsb, xls, ods) and CSV."),
        N_("Export the list as Excel or CSV and drop that file here."),
    ),
    "encrypted_workbook": (
        N_("the workbook is password-protected."),
        N_("Open it in Excel, remove the password, save it and drop it here again."),
    ),
    "damaged_workbook": (
        N_("the workbook is damaged or was not fully downloaded."),
        N_("Download or export it again; if Excel can repair it, save it under a new name."),
    ),
    "unknown_format": (
        N_("the file format is not supported."),
        N_("Save it as Excel (.xlsx) or CSV and drop it here again."),
    ),
    "unreadable_text": (
        N_("the text encoding of the file could not be recognised."),
        N_("Save it in Excel as “CSV UTF-8” or as .xlsx and drop it here again."),
    ),
    "no_workbook": (
        N_("its name ends in {suffix}, but it is not a workbook."),
        N_("Download or export it again; it may be incomplete or misnamed."),
    ),
    "no_table": (
        N_("no table was found: there is no header row with data below it."),
        N_("Check that the sheet has one row of column names above the data."),
    ),
    "too_large": (
        N_("the file is too large for this computer."),
        N_("Export a shorter period, or split the file and import the parts separately."),
    ),
    "unpacks_too_large": (
        N_("the unpacked workbook is too large for this computer."),
        N_("Save it again in Excel or export a shorter period."),
    ),
    "too_many_rows": (
        N_("the table has {count} rows; up to {limit} can be read at once."),
        N_("Export shorter periods and import them one at a time."),
    ),
    "too_many_columns": (
        N_("the table has {count} columns; up to {limit} can be read."),
        N_("Export only the columns you need."),
    ),
    "too_many_cells": (
        N_("the table has {count} cells; up to {limit} can be read at once."),
        N_("Export a shorter period, or only the columns you need."),
    ),
    "timed_out": (
        N_("reading took too long and was stopped."),
        N_("Try again; if it stops again, save the file as CSV or export a shorter period."),
    ),
    "out_of_memory": (
        N_("there was not enough memory to read the file."),
        N_("Close other programs, save the file as CSV, or export a shorter period."),
    ),
    "reader_failed": (
        N_("the file could not be read."),
        N_("Save it as a new .xlsx or as CSV and drop it here again."),
    ),
    # A zip of files.
    "archive_encrypted": (
        N_("the archive is password-protected."),
        N_("Unpack it and drop the files here, or zip them without a password."),
    ),
    "archive_in_archive": (
        N_("the archive contains another archive."),
        N_("Unpack it and drop the inner archive here."),
    ),
    "archive_unreadable": (
        N_("the archive is damaged or uses an unsupported compression method."),
        N_("Download it again, or unpack it and drop the files here."),
    ),
    "archive_too_large": (
        N_("the archive is suspiciously large once unpacked."),
        N_("Unpack it, check the contents and drop the files you need here."),
    ),
    "archive_too_many": (
        N_("the archive contains more than {limit} files."),
        N_("Unpack it and drop the files you need here."),
    ),
    "archive_empty": (
        N_("the archive is empty."),
        N_("Export the list again and drop the new file here."),
    ),
    # A file that was read and cannot be taken in.
    "template_unfilled": (
        N_("this is the template with nothing filled in yet; nothing was imported."),
        N_("Type or paste your rows below the grey examples, save, and drop the file here again."),
    ),
    "no_known_columns": (
        N_("none of the column names were recognised."),
        N_("Choose the table and match the columns by hand."),
    ),
    "too_few_columns": (
        N_("too few columns were recognised to tell which table it is."),
        N_("Choose the table and match the columns by hand."),
    ),
    "data_dictionary": (
        N_("this is a description of columns, not the data itself."),
        N_("No action is needed; import the data file that it describes."),
    ),
    "column_not_dates": (
        N_("the column should contain dates, but contains other values, such as “{sample}”."),
        N_("Choose another column, or say how its dates are written."),
    ),
    "column_not_numbers": (
        N_("the column should contain numbers, but contains other values, such as “{sample}”."),
        N_("Choose another column, or correct this one and export it again."),
    ),
    "already_imported": (
        N_("this file was already imported on {date}; nothing has changed."),
        N_("For newer figures, export the list again."),
    ),
    "nothing_left": (
        N_("no rows could be imported; nothing has changed."),
        N_("Check the problem list below, correct the file and import it again."),
    ),
    "questions_open": (
        N_("some questions need your answer."),
        N_("Answer the questions above, then confirm again."),
    ),
    "question_open": (
        N_("a question about this column needs your answer."),
        N_("Answer the question above, then confirm again."),
    ),
    "needs_missing": (
        N_("to import it as “{table}”, these columns are still needed: {columns}."),
        N_("Match these columns by hand, or choose another table."),
    ),
    "cancelled": (
        N_("the import was cancelled; nothing has changed."),
        N_("You can drop the file here again at any time."),
    ),
    "undo_blocked": (
        N_("it cannot be undone because a later import builds on it: {later}."),
        N_("Undo the later import first."),
    ),
    "not_there": (
        N_("this import was already undone."),
        N_("Reload the page to see the current imports."),
    ),
    "interrupted": (
        N_("the program stopped during the import; nothing has changed."),
        N_("Import the file again."),
    ),
    "no_longer_kept": (
        N_("its copy is no longer kept."),
        N_("Drop the file here."),
    ),
    # An import over HTTP, where nobody is there to answer.
    "needs_answer": (
        N_("it needs an answer from a person, so nothing was imported."),
        N_(
            "Drop the file on the Files page once and answer; after that, such files are "
            "imported automatically."
        ),
    ),
    "columns_unsure": (
        N_("it is uncertain what these columns are: {headers}; nothing was imported."),
        N_(
            "Drop the file on the Files page once and confirm; after that, such files are "
            "imported automatically."
        ),
    ),
    "coverage_unsure": (
        N_("it is missing {missing} of the {known} open deals, and it is unclear why."),
        N_("Drop the file on the Files page and say what the export covers."),
    ),
    "day_unsure": (
        N_("it does not say which date these deals are from."),
        N_("Put the date in the file name, or send it as as_of, like 2026-03-10."),
    ),
    "source_unsure": (
        N_("its rows have no IDs and may repeat those in “{other}”."),
        N_("Drop the file on the Files page and say whether it replaces the other file."),
    ),
    "stopped_at_problems": (
        N_("nothing was imported because there are problems and you chose to stop in that case."),
        N_("Correct the problems listed and send the files again."),
    ),
    "import_off": (
        N_("import over HTTP is turned off."),
        N_("Set YUEPAN_IMPORT_TOKEN in the environment that starts Yuepan, then restart it."),
    ),
    "wrong_token": (
        N_("the token is missing or wrong."),
        N_("Send the header “Authorization: Bearer” with this Yuepan's token."),
    ),
    "no_files": (
        N_("the request contains no file."),
        N_("Send files as multipart/form-data, as in curl -F file=@orders.csv."),
    ),
    "too_many_files": (
        N_("the request contains more than {limit} files."),
        N_("Send fewer at a time, or one zip."),
    ),
    "upload_too_large": (
        N_("the upload is larger than {limit} MB."),
        N_("Send a shorter period, or a zip."),
    ),
    "unknown_value": (
        N_("“{value}” is not valid for “{name}”."),
        N_("Use a date like 2026-03-31, true or false, zh or en."),
    ),
    "unknown_field": (
        N_("there is no field “{name}”, so nothing was imported."),
        N_("Known fields: {known}."),
    ),
    "wrong_method": (
        N_("this address does not accept {method}."),
        N_("Use {allowed}."),
    ),
    "too_many_imports": (
        N_("too many imports are running."),
        N_("Send it again in a minute."),
    ),
    "unknown_import": (
        N_("there is no import with this number."),
        N_("Use the id returned by the upload."),
    ),
    # The database file.
    "held_by_another": (
        N_("the database is open in another window or program."),
        N_("Close the other Yuepan, then reload this page."),
    ),
    "newer_version": (
        N_(
            "the database was written by a newer version of Yuepan (version {found}; this one "
            "supports up to {known})."
        ),
        N_("Update Yuepan, or restore the copy made before the update."),
    ),
    "damaged_store": (
        N_("the database file is damaged."),
        N_("Restore the last backup; the damaged file is kept next to it."),
    ),
    "not_a_backup": (
        N_("this is not a Yuepan backup."),
        N_("Choose a file downloaded under Settings, Backup; nothing has changed."),
    ),
    # A fault of ours.
    "internal": (
        N_("something unexpected went wrong; it is logged under {reference}."),
        N_("Try again. If this continues, give the code to your administrator."),
    ),
    # A filter or a link.
    "unknown_filter": (
        N_("“{value}” does not exist under “{name}”."),
        N_("Choose another value. Until then no figures are shown, so that none can be misread."),
    ),
    "unknown_country": (
        N_("no public holidays are known for the country “{country}”."),
        N_("Choose another country for the selling days, or count seven days a week."),
    ),
}

# Why a value or a row was not taken as it stood.
PROBLEMS: dict[str, str] = {
    "missing_key": N_("the row has no number or name to identify it"),
    "unreadable_date": N_("not a date"),
    "unreadable_number": N_("not a number"),
    "missing_amount": N_("the amount is blank"),
    "missing_date": N_("the date is blank"),
    "unknown_word": N_("an unknown value in this column"),
    "gave_way": N_("replaced by a newer version of the list in the same upload"),
    "same_key_again": N_("the same number appears again; the last row counts"),
    "question_open": N_("waiting for your answer to a question"),
    "minus_one_means_none": N_("−1 means “no amount” here and is read as blank"),
    "unit_in_header": N_("the header states a unit; amounts were multiplied by it"),
    "unit_as_answered": N_("amounts were multiplied by the unit you chose"),
    "order_as_beside": N_("the order of day and month follows another column"),
    "mark_as_beside": N_("the decimal separator follows another column"),
    "currency_by_sign": N_("the currency follows the signs or the header"),
    "shares_do_not_sum": N_("the shares of this order do not add up to 100%"),
    "unknown_status": N_("unknown status; the row still counts"),
    "month_as_day": N_("a month without a day, taken as the first of the month"),
    "record_void": N_("void in the source system"),
    "void_as_cancelled": N_("void in the source system; kept as cancelled and not counted"),
    "record_deleted": N_("deleted in the source system"),
    "record_pending": N_("not in force in the source system, e.g. not yet approved"),
    "day_unclear": N_("11.1 may be the 1st or the 10th: Excel drops the final zero of 11.10"),
    "date_far_ahead": N_("a date years later than the others in its column, probably a typo"),
    "number_too_large": N_("the number is implausibly large"),
}

# Why a row that was imported is not in a figure.
LEFT_OUT: dict[str, str] = {
    "cancelled": N_("cancelled"),
    "returned": N_("returned"),
    "not_won": N_("not won (yet)"),
    "no_date": N_("no date"),
    "no_amount": N_("no amount"),
    "other_currency": N_("in another currency"),
}

# What was noticed while a sheet was read; {…} comes from the note itself. Two forms where it
# counts, for one and for more; {where} is its "rows" as "row 3" or "rows 3, 5".
NOTES: dict[str, str | tuple[str, str]] = {
    "encoding": N_("The text was read as {encoding}; check a few names below."),
    "broken_characters": NN_(
        "{count} character in the file is damaged, in row {row}.",
        "{count} characters in the file are damaged, first in row {row}.",
    ),
    "quotes_ignored": N_("Unclosed quotation marks in the file were read as text."),
    "ragged_rows": NN_(
        "{count} row has too many or too few columns: row {row}.",
        "{count} rows have too many or too few columns, first in row {row}.",
    ),
    "column_without_header": N_("Column {column} has no name."),
    "duplicate_header": N_("Two columns are named “{header}”."),
    "text_named_as_workbook": N_(
        "The file name ends in {suffix} but the content is text; it was read as text."
    ),
    "workbook_named_otherwise": N_(
        "The file name ends in {suffix} but the content is an Excel workbook; it was read as one."
    ),
    "error_cells": NN_(
        "{count} cell contains an Excel error and counts as blank, in row {row}.",
        "{count} cells contain an Excel error and count as blank, first in row {row}.",
    ),
    "formulas_without_values": NN_(
        "{count} formula has no saved value and counts as blank; open and save the file in Excel.",
        "{count} formulas have no saved value and count as blank; open and save the file in Excel.",
    ),
    "example_rows": N_("The template's example in row {row} was left out."),
    "unit_in_title": N_("The lines above the table state a unit: {unit}."),
    "title_rows": N_("The column names are in row {header_row}; everything above was skipped."),
    "rows_straightened": NN_(
        "{count} row had an extra or missing separator or quotation mark and was repaired: "
        "{where}.",
        "{count} rows had an extra or missing separator or quotation mark and were "
        "repaired: {where}.",
    ),
    "no_header": N_("The table has no column names; the data starts in row {row}."),
    "header_rows": N_("The column names span {count} rows from row {row} and were combined."),
    "header_again": NN_(
        "{count} repeated header row was skipped: {where}.",
        "{count} repeated header rows were skipped: {where}.",
    ),
    "table_twice": N_("Rows {row} to {last} repeat the same table and were left out."),
    "total_rows": NN_(
        "{count} total row was left out: {where}.",
        "{count} total rows were left out: {where}.",
    ),
    "total_columns": NN_(
        "{count} total column was left out: {columns}.",
        "{count} total columns were left out: {columns}.",
    ),
    "footer_rows": NN_(
        "{count} line below the table was left out: {where}.",
        "{count} lines below the table were left out: {where}.",
    ),
    "other_table": NN_(
        "Another table with {count} row on this sheet, at {place}, was left out; only the "
        "largest was read.",
        "Another table with {count} rows on this sheet, at {place}, was left out; only the "
        "largest was read.",
    ),
    "merged_cells": NN_(
        "{count} merged cell was filled into every row it covers, first in {where}.",
        "{count} merged cells were filled into every row they cover, first in {where}.",
    ),
    "merged_amounts": NN_(
        "{count} merged amount is counted once, in its first row: {where}.",
        "{count} merged amounts are counted once each, in their first row: {where}.",
    ),
    "merges_unknown": NN_(
        "This format does not record merged cells; {columns} is blank in {count} row below "
        "a filled one. If those cells are merged, save the file as .xlsx.",
        "This format does not record merged cells; {columns} is blank in {count} rows "
        "below a filled one. If those cells are merged, save the file as .xlsx.",
    ),
    "filled_down": NN_(
        "In {count} row {columns} was blank and was filled from the row above: {where}.",
        "In {count} rows {columns} was blank and was filled from the row above: {where}.",
    ),
    "months_to_rows": N_(
        "The {count} columns from “{first}” to “{last}” are periods; each became its own row."
    ),
    "year_from_title": N_("The months have no year; {year} was taken from the title or file name."),
    "year_unknown": N_("The months have no year, and neither does the title or file name."),
    "days_with_year": N_(
        "The dates in “{column}” have no year; {year} was taken from the title, sheet or file name."
    ),
    "days_with_month": N_(
        "“{column}” contains only days; month {month} was taken from the title, sheet or file name."
    ),
    "days_unclear": NN_(
        "{count} cell in “{column}” is a number such as 11.1: the 1st or the 10th? Excel "
        "drops the final zero. Write it as 11/1 or 11/10, or it will be left out.",
        "{count} cells in “{column}” are numbers such as 11.1: the 1st or the 10th? Excel "
        "drops the final zero. Write them as 11/1 or 11/10, or they will be left out.",
    ),
    "sheets_joined": N_(
        "{count} sheets have the same columns and were read as one table: {sheets}."
    ),
    "links_not_followed": N_("The workbook links to other workbooks, which were not opened."),
    "macros_ignored": N_("Macros in the workbook were ignored."),
}


def error_sentence(_: Words, error: YuepanError, remedy: str | None = None) -> str:
    """Where, what happened and what to do, in one or two sentences.

    `remedy` is what to do where the page's advice does not help.
    """
    what, here = ERRORS.get(
        error.code,
        (
            N_("something went wrong ({code})."),
            N_(
                "Nothing has changed. Try again. If this continues, give the code to your "
                "administrator."
            ),
        ),
    )
    params = {**_readable(_, error.params), "code": error.code}
    what, remedy = _filled(_(what), params), _filled(_(remedy or here), params)
    told = _("{what} {remedy}", what=what, remedy=remedy)
    where = where_text(_, error.params)
    # A sentence that stands alone begins with a capital; after a place it goes on.
    return _("{where}: {told}", where=where, told=told) if where else told[:1].upper() + told[1:]


def where_text(_: Words, params: Mapping[str, Any]) -> str:
    """File, sheet, row and column, as far as they are known; "" when none is."""
    parts = [str(params[name]) for name in ("file", "path") if params.get(name)][:1]
    if params.get("sheet"):
        parts.append(_("sheet “{sheet}”", sheet=params["sheet"]))
    if params.get("row"):
        parts.append(_("row {row}", row=params["row"]))
    header = params.get("header") or params.get("column")
    if header:
        parts.append(_("column “{column}”", column=header))
    return " · ".join(parts)


def problem_sentence(_: Words, why: str) -> str:
    """Why a value or a row was not taken as it stood."""
    return _(PROBLEMS[why]) if why in PROBLEMS else _("cannot be used ({code})", code=why)


def left_out_sentence(_: Words, why: str) -> str:
    """Why an imported row is not in a figure."""
    return _(LEFT_OUT[why]) if why in LEFT_OUT else _("left out ({code})", code=why)


def note_sentence(_: Words, note: str, **params: Any) -> str:
    """What was noticed while a sheet was read; an unknown note is told as it is."""
    told = NOTES.get(note)
    if isinstance(told, str):
        return _filled(_(told), params)
    if told is not None:
        one, more = told
        known = {name: "…" for __, name, *___ in Formatter().parse(more) if name}
        known |= {**params, "where": _rows_text(_, str(params.get("rows", "…")))}
        return _.n(one, more, int(params.get("count", 2)), **known)
    more_told = ", ".join(f"{name} {value}" for name, value in params.items())
    code = note.replace("_", " ")
    return _("Note: {note}", note=f"{code} ({more_told})" if more_told else code)


def _rows_text(_: Words, rows: str) -> str:
    """One row number or several, as they stand in a list."""
    return _.n("row {rows}", "rows {rows}", 1 if rows.isdecimal() else 2, rows=rows)


def _readable(_: Words, params: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(params)
    name = str(told.get("table", ""))
    if name:
        told["table"] = _label(_, name)
    if isinstance(told.get("columns"), (list, tuple, set, frozenset)):
        told["columns"] = _(", ").join(_column(_, name, one) for one in told["columns"])
    if hasattr(told.get("date"), "strftime"):
        told["date"] = date_text(_, told["date"])
    return told


def _label(_: Words, name: str) -> str:
    try:
        return _(table(name).label)
    except KeyError:
        return name


def _column(_: Words, name: str, column: Any) -> str:
    """A column's label; a group of columns, of which one is enough, as "this or that"."""
    if isinstance(column, (list, tuple)):
        return _(" or ").join(_column(_, name, one) for one in column)
    try:
        return _(table(name).column(str(column)).label)
    except KeyError:
        return str(column)


class _Forgiving(Formatter):
    """Fills in what is known; what is not shows as an ellipsis instead of an exception."""

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), "…")


def _filled(text: str, params: Mapping[str, Any]) -> str:
    return _Forgiving().vformat(text, (), params)
