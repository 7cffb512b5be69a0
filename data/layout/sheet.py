"""A sheet as read, and what the reader has to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from data.layout.provenance import Origin


@dataclass(frozen=True)
class Note:
    """Something the reader did that the user should know of, as a code and parameters."""

    code: str
    params: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in a file.

    `name` is the sheet's, "" for a text file. `rows` has columns "0".."n-1" in
    the order of `header`, strings or a dictionary of strings (null is a blank
    cell), and "row", int64, a number of the row's own, ascending: the one in the file
    or sheet from 1, unless `origin` tells another.
    """

    file: str
    name: str
    hidden: bool
    header: tuple[str, ...]
    rows: pa.Table
    notes: tuple[Note, ...]
    origin: Origin = field(default_factory=Origin)
