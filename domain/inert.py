"""Keep spreadsheets from running a text as a formula, and read such a text back.

>>> inert("=1+1"), restored("'=1+1")
("'=1+1", '=1+1')

Excel runs what begins like a formula, in a cell of a CSV as well. Where the system's separator is
another than the file's, as in Germany and France, a semicolon or a line's end within a quoted
text begins a cell, too.
"""

from __future__ import annotations

import re

_SIGNS = "=+@＝＋－＠-"
# An apostrophe that stands there already gets another, so that `restored` takes back only those.
# No run goes on beyond a line, at whose end another one begins: a long text takes no longer.
_RUN = rf"(?:'*[\t\r\n]|(?:['\"]|[^\S\r\n])*[{_SIGNS}])"
_BEGINS = r"(?:^|(?<=[;\r\n]))"
_BEFORE = re.compile(f"{_BEGINS}(?={_RUN})")
_KEPT = re.compile(f"{_BEGINS}'(?={_RUN})")


def inert(text: str) -> str:
    """Return the text with an apostrophe before each place where Excel would begin a formula."""
    return _BEFORE.sub("'", text)


def restored(text: str) -> str:
    """Return the text without the apostrophes of `inert`, which other programs write as well."""
    return _KEPT.sub("", text)
