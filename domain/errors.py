"""Every error that Yuepan expects, with its code and what it is about.

    YuepanError
    ├── FileError        a file that cannot be read
    ├── ImportRefused    a file that was read and cannot be taken in
    ├── StoreError       the database file
    └── FilterError      a filter or link that names nothing we know

An error carries a code and parameters; `pages.kit.i18n.labels` has the words, in the
reader's language. An exception that is not in this tree is a fault of ours and
goes to the log with a reference number.
"""

from __future__ import annotations


class YuepanError(Exception):
    """An expected error: `code` names the sentence, `params` fill it in."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({told})" if told else self.code

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.params)


def _rebuild(kind: type[YuepanError], code: str, params: dict[str, object]) -> YuepanError:
    return kind(code, **params)


class FileError(YuepanError):
    """A file that cannot be read: empty, encrypted, truncated, not what it says."""


class ImportRefused(YuepanError):
    """A file that was read and cannot be taken in as it is."""


class StoreError(YuepanError):
    """The database file: held by another process, newer than this program, damaged."""


class FilterError(YuepanError):
    """A filter or a link that names nothing we know."""
