"""What to do about a file that was sent over HTTP, where there is no page to drop it on.

    >>> from domain.errors import FileError
    >>> from pages.kit.i18n.labels import words
    >>> sent_sentence(words("en"), FileError("empty_file", file="March.xlsx"))
    'March.xlsx: the file is empty. Export it again and send it once more.'

What happened is told in the words of the page; a code that has no row here has
the page's advice as well.
"""

from __future__ import annotations

from domain.errors import YuepanError
from domain.tables import N_
from pages.kit.i18n.labels import Words, error_sentence

# One row a code: what to do, to whoever reads the log of a script.
REMEDIES: dict[str, str] = {
    "empty_file": N_("Export it again and send it once more."),
    "not_a_spreadsheet": N_("Export the list as Excel or CSV and send that file."),
    "encrypted_workbook": N_("Export it without a password and send it again."),
    "damaged_workbook": N_("Export it again, and send it once it is written to its end."),
    "no_workbook": N_("Export it again, and send it once it is written to its end."),
    "unknown_format": N_("Export it as Excel (.xlsx) or CSV and send it again."),
    "unreadable_text": N_("Export it as CSV in UTF-8 or as .xlsx and send it again."),
    "too_large": N_("Export a shorter period, or split the file, and send the parts one by one."),
    "too_many_rows": N_("Export a shorter period, and send the parts one by one."),
    "unpacks_too_large": N_("Export a shorter period, or send it as CSV."),
    "out_of_memory": N_("Send it as CSV, or export a shorter period."),
    "timed_out": N_(
        "Send it once more; if it stops again, send it as CSV or export a shorter period."
    ),
    "reader_failed": N_("Export it as a new .xlsx or as CSV and send it again."),
    "archive_encrypted": N_("Send the files themselves, or zip them without a password."),
    "archive_in_archive": N_("Send the inner archive by itself."),
    "archive_unreadable": N_("Send it again, or send the files themselves."),
    "archive_too_large": N_("Look at what is inside, and send only the files that are needed."),
    "archive_too_many": N_("Send the files in several archives."),
    "archive_empty": N_("Export the list again and send the new file."),
    "template_unfilled": N_("Fill in rows under the grey examples and send it again."),
    "no_known_columns": N_(
        "On the Files page, open it and choose which column is which; from then on it goes by "
        "itself."
    ),
    "too_few_columns": N_(
        "On the Files page, open it and choose which column is which; from then on it goes by "
        "itself."
    ),
    "needs_missing": N_(
        "On the Files page, open it and choose which column is which; from then on it goes by "
        "itself."
    ),
    "needs_answer": N_("On the Files page, open it and answer; from then on it goes by itself."),
    "columns_unsure": N_("On the Files page, open it and confirm; from then on it goes by itself."),
    "day_unsure": N_("On the Files page, open it and say of which day it is."),
    "coverage_unsure": N_("On the Files page, open it and say what the export covers."),
    "source_unsure": N_(
        "On the Files page, open it and say whether it takes the place of the other."
    ),
    "nothing_left": N_("Correct the file by its list of problems and send it again."),
    "cancelled": N_("Send the files again."),
    "interrupted": N_("Send the files again."),
    "held_by_another": N_("Close the other Yuepan, then send it again."),
    "internal": N_("Send it again; if it stays, pass on that code to whoever keeps Yuepan."),
}


def sent_sentence(_: Words, error: YuepanError) -> str:
    """What happened and what to do, for a file or a request that came over HTTP."""
    return error_sentence(_, error, REMEDIES.get(error.code))
