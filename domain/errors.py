"""Define every error that Yuepan expects, with its code and what it is about.

    YuepanError
    ├── FileError        a file that cannot be read
    ├── ImportRefused    a file that was read and cannot be taken in
    ├── StoreError       the database file
    └── FilterError      a filter or link that names nothing we know

An error carries a code and parameters; `pages.kit.i18n.sentences` has the words, in the
reader's language. An exception that is not in this tree is a fault of ours and
goes to the log with a reference number.
"""

from __future__ import annotations

from typing import Literal

Code = Literal[
    # A file that cannot be read.
    "empty_file", "not_a_spreadsheet", "encrypted_workbook", "damaged_workbook",
    "unknown_format", "unreadable_text", "no_workbook", "no_table", "too_large",
    "unpacks_too_large", "too_many_rows", "too_many_columns", "too_many_cells", "far_cell",
    "cell_too_long", "timed_out", "out_of_memory", "reader_failed", "no_longer_kept",
    "archive_encrypted", "archive_in_archive", "archive_unreadable", "archive_too_large",
    "archive_too_many", "archive_empty",
    # A file that was read and cannot be taken in.
    "template_unfilled", "no_known_columns", "too_few_columns", "nearest_lacks", "data_dictionary",
    "account_entries", "payroll", "purchases", "exchange_rates",
    "column_not_dates", "column_not_numbers", "already_imported", "nothing_left",
    "counts_already", "nothing_counts", "restored_meanwhile",
    "no_rates", "several_rates",
    "questions_open", "question_open", "needs_missing", "cancelled", "undo_blocked",
    "not_there", "list_changed", "interrupted",
    # An upload over HTTP, and what waits of it.
    "needs_answer", "columns_unsure", "coverage_unsure", "day_unsure", "source_unsure",
    "figures_unsure", "stopped_at_problems", "import_off", "wrong_token", "no_files",
    "too_many_files", "too_many_fields", "sent_too_slowly", "name_or_field_too_long",
    "upload_too_large", "unknown_value", "unknown_field", "wrong_method", "too_many_imports",
    "unknown_import",
    # The database file, what a link names, and faults of ours.
    "held_by_another", "newer_version", "damaged_store", "folder_read_only", "disk_full",
    "not_a_backup", "altered_backup", "unknown_filter", "unknown_country", "internal",
]  # fmt: skip


class YuepanError(Exception):
    """An expected error: `code` names the sentence, `params` fill it in."""

    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        about = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({about})" if about else self.code

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.params)


def _rebuild(kind: type[YuepanError], code: Code, params: dict[str, object]) -> YuepanError:
    return kind(code, **params)


class FileError(YuepanError):
    """A file that cannot be read: empty, encrypted, truncated, not what it says."""


class ImportRefused(YuepanError):
    """A file that was read and cannot be taken in as it is."""


class StoreError(YuepanError):
    """The database file: held by another process, newer than this program, damaged."""


class FilterError(YuepanError):
    """A filter or a link that names nothing we know."""
