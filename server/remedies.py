"""Advise on files that were sent over HTTP, where there is no page to drop them on.

    >>> from domain.errors import FileError
    >>> from pages.kit.i18n.words import words
    >>> sent_sentence(words("en"), FileError("empty_file", file="March.xlsx"))
    'March.xlsx: the file is empty. Export the file again and resend it.'

The sentence on what happened is the page's; a code without a row here keeps the page's
advice, too.
"""

from __future__ import annotations

from domain.errors import YuepanError
from domain.tables import N_
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words

# error code → what to do, for the reader of a script's log
REMEDIES: dict[str, str] = {
    "empty_file": N_("Export the file again and resend it."),
    "not_a_spreadsheet": N_("Export the list as Excel or CSV and send that file."),
    "encrypted_workbook": N_("Export it without a password and send it again."),
    "damaged_workbook": N_("Export it again and send it when the file is complete."),
    "no_workbook": N_("Export it again and send it when the file is complete."),
    "unknown_format": N_("Export it as Excel (.xlsx) or CSV and send it again."),
    "unreadable_text": N_("Export it as CSV in UTF-8 or as .xlsx and send it again."),
    "too_large": N_("Export a shorter period, or split the file, and send the parts one by one."),
    "too_many_rows": N_("Export a shorter period, and send the parts one by one."),
    "far_cell": N_("Clear that cell in Excel, save the file and send it again."),
    "cell_too_long": N_("Shorten it or take its column out, and send the file again."),
    "unpacks_too_large": N_("Export a shorter period, or send it as CSV."),
    "out_of_memory": N_("Send it as CSV or export a shorter period."),
    "timed_out": N_("Send it again; if it stops again, send it as CSV or export a shorter period."),
    "reader_failed": N_("Export it as a new .xlsx or as CSV and send it again."),
    "archive_encrypted": N_("Send the files themselves, or zip them without a password."),
    "archive_in_archive": N_("Send the inner archive on its own."),
    "archive_unreadable": N_("Send it again, or send the files themselves."),
    "archive_too_large": N_("Check the contents and send only the files you need."),
    "archive_too_many": N_("Split the files across several archives."),
    "archive_empty": N_("Export the list again and send the new file."),
    "template_unfilled": N_("Add your rows below the grey examples and send it again."),
    "no_known_columns": N_(
        "Open it on the Files page and match its columns; after that, such files are "
        "imported automatically."
    ),
    "too_few_columns": N_(
        "Open it on the Files page and match its columns; after that, such files are "
        "imported automatically."
    ),
    "account_entries": N_(
        "Keep the rows that customers paid and send the file again, or open it on the Files page."
    ),
    "nearest_lacks": N_(
        "Open it on the Files page and match its columns; after that, such files are "
        "imported automatically."
    ),
    "needs_missing": N_(
        "Open it on the Files page and match its columns; after that, such files are "
        "imported automatically."
    ),
    "needs_answer": N_(
        "Open it on the Files page and answer; after that, such files are imported automatically."
    ),
    "columns_unsure": N_(
        "Open it on the Files page and confirm; after that, such files are imported automatically."
    ),
    "day_unsure": N_("Open it on the Files page and enter its date."),
    "coverage_unsure": N_("Open it on the Files page and say what the export covers."),
    "source_unsure": N_("Open it on the Files page and say whether it replaces the other file."),
    "figures_unsure": N_(
        "Open it on the Files page, read the notes on it, and confirm it or correct the file."
    ),
    "counts_already": N_("No action is needed."),
    "nothing_counts": N_("If some of its rows count, open it on the Files page."),
    "nothing_left": N_("Correct the file using the problem list and send it again."),
    "cancelled": N_("Send the files again."),
    "interrupted": N_("Send the files again."),
    "held_by_another": N_("Close the other Yuepan, then send it again."),
    "internal": N_("Send it again. If this continues, give the code to your administrator."),
}


def sent_sentence(_: Words, error: YuepanError) -> str:
    """Describe what happened and what to do, for a file or a request sent over HTTP."""
    return error_sentence(_, error, REMEDIES.get(error.code))
