"""What each error says: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.tables import N_

if TYPE_CHECKING:
    pass

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
    "far_cell": (
        N_("cell {cell} holds something, far outside the table."),
        N_(
            "Open the file in Excel, clear that cell, or delete the rows and columns after the "
            "table, save the file and drop it here again."
        ),
    ),
    "cell_too_long": (
        N_("a cell in row {row} is longer than {limit} characters."),
        N_("Shorten it or take its column out, and drop the file here again."),
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
    "no_rates": (
        N_("no exchange rates into the reporting currency were found in the file."),
        N_(
            "It needs a column of months, such as 2026-03, with a column of currencies and one of "
            "rates, or a column of rates for each currency."
        ),
    ),
    "several_rates": (
        N_("more than one column may hold the rates: {columns}."),
        N_("Keep the one to convert with, and call it “Rate”."),
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
    "account_entries": (
        N_(
            "these are entries of an account with debits and credits; nothing says which of them "
            "are payments of customers."
        ),
        N_(
            "Keep the rows that customers paid and drop the file again, or choose “Collections” "
            "as its table to take every entry."
        ),
    ),
    "payroll": (
        N_("this is a payroll: it says what people are paid, and nothing that they sold."),
        N_("If it is to serve as the list of people and teams, choose “Sales reps” as its table."),
    ),
    "purchases": (
        N_("these are bills of suppliers: they say what was bought, and nothing that was sold."),
        N_("If they are sales after all, choose their table."),
    ),
    "exchange_rates": (
        N_("these are exchange rates, which the settings keep."),
        N_("Open the Settings page and choose “Fill in from a file” under “Exchange rates”."),
    ),
    "nearest_lacks": (
        N_(
            "too few columns were recognised. It is closest to “{table}”, which still needs: "
            "{columns}."
        ),
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
    "restored_meanwhile": (
        N_("a backup was restored while this import was running, so nothing of it was imported."),
        N_("Send the files again if the restored data does not include them."),
    ),
    "already_imported": (
        N_("this file was already imported on {date}; nothing has changed."),
        N_("For newer figures, export the list again."),
    ),
    "nothing_left": (
        N_("no rows could be imported; nothing has changed."),
        N_("Check the problem list below, correct the file and import it again."),
    ),
    "counts_already": (
        N_(
            "its records are here already in another list or form, such as orders with their "
            "lines, and count there; nothing has changed."
        ),
        N_("No action is needed."),
    ),
    "nothing_counts": (
        N_("all of its rows are void, deleted, not approved or no sales; nothing has changed."),
        N_("If some of them count, change how the file is read and import it again."),
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
        N_("this import is no longer there: it was undone, or a backup replaced the data."),
        N_("Nothing was changed. The list shows the current imports."),
    ),
    "list_changed": (
        N_("the list has changed since you chose from it, so nothing was done."),
        N_("Choose again."),
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
    "figures_unsure": (
        N_(
            "some of its figures contradict each other: a total that is not the sum of its parts, "
            "a currency that is not that of the sign, or costs of the same days twice; nothing was "
            "imported."
        ),
        N_("Open it on the Files page, read the notes on it, and confirm it or correct the file."),
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
    "name_or_field_too_long": (
        N_("a name in the request has more than 4,000 characters, or a field more than 1 MB."),
        N_("Send the file again under a shorter name."),
    ),
    "too_many_fields": (
        N_("the request contains more than {limit} fields beside its files."),
        N_("Send only the fields that the documentation names."),
    ),
    "sent_too_slowly": (
        N_("the request arrived too slowly and was given up."),
        N_("Check the connection and send it again."),
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
    "folder_read_only": (
        N_("nothing can be written in the folder {folder}."),
        N_(
            "Give Yuepan the right to write there, or name another place in YUEPAN_DB; then try "
            "again. Nothing has changed."
        ),
    ),
    "disk_full": (
        N_("the disk with the folder {folder} is full."),
        N_("Free some space, then try again. Nothing has changed."),
    ),
    "not_a_backup": (
        N_("this is not a Yuepan backup."),
        N_("Choose a file downloaded under Settings, Backup; nothing has changed."),
    ),
    "altered_backup": (
        N_("this backup was altered after it was saved: “{name}” is missing, added or different."),
        N_("Choose a file as it was downloaded under Settings, Backup; nothing has changed."),
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
