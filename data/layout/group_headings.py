"""Give the value of a group's heading to the rows below it: a customer above its invoices.

    >>> grouped(table, ("column 1", "Date"), {}, ["Sales by Customer"])[1:3]    # doctest: +SKIP
    (('Customer', 'Date'), [Note(code='group_rows', params=(('count', 2), …))])

A heading fills nothing but a column that no record fills. Totals close the group that they
name, so that groups may have groups inside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import filled_counts, is_value, kind, usual_width
from data.layout.header_rows import LOOK
from data.layout.provenance import Blank, both
from data.layout.sheet import Note, listed
from data.layout.total_words import named_total

_LEFT = 3
_UNNAMED = "column "
_BY = re.compile(
    r"\b(?:by|nach|par|por|per)\s+(?P<en>[^\W\d_][\w/&'-]*(?:\s(?!details?\b|summary\b|report\b|list\b)"
    r"[^\W\d_][\w/&'-]*)?)|按(?P<zh>[^\W\d_]{2,6}?)(?:分组|汇总|统计|明细|排列|$)",
    re.IGNORECASE,
)


def named_group(titles: Iterable[str]) -> str | None:
    """Return what a report says that its groups are: "Sales by Customer Detail", 按客户汇总.

    >>> named_group(["Acme Ltd", "Sales by Customer Detail"])
    'Customer'
    """
    for title in titles:
        if match := _BY.search(title):
            return match["en"] or match["zh"]
    return None


def grouped(
    table: pa.Table, header: tuple[str, ...], totals: Mapping[int, str], titles: Iterable[str] = ()
) -> tuple[pa.Table, tuple[str, ...], list[Note], Blank]:
    """Return the rows without headings, each with the value of its heading.

    `table` has a column for each name of `header`, then "row"; `totals` are the labels of
    totals that were left out, by row; `titles` may name the groups. Returns the rows, the header,
    notes, and the row numbers of the cells that were blank, by column.
    """
    if above := _above_values(table, header, totals, titles):
        return above
    headings: list[int] = []
    columns: list[str] = []
    blank: Blank = {}
    rest = table
    for at in range(min(_LEFT, len(header) - 1)):
        name = str(at)
        if not table.num_rows or not rest.column_names or rest.column_names[0] != name:
            break
        heads = _headings(rest, name)
        if not heads:
            break
        texts = rest[name].to_pylist()
        named = {text for text in map(named_total, totals.values()) if text}
        # Under a name, a single cell may as well be a record with nothing else in it.
        unnamed = header[at].startswith(_UNNAMED)
        filled = sum(1 for head in heads if head + 1 < len(texts) and not texts[head + 1])
        if filled < 2 and not (unnamed or texts[heads[0]] in named):
            break
        numbers = rest["row"].to_pylist()
        values = _values(texts, numbers, heads, totals)
        kept = pc.is_null(rest[name])
        table = table.set_column(at, name, pa.array(values, pa.string())).filter(kept)
        rest = rest.filter(kept).drop_columns([name])
        headings += [numbers[head] for head in heads]
        columns.append(header[at])
        were_blank = pa.array([numbers[row] for row, value in enumerate(values)
                           if value and not texts[row]], pa.int64())  # fmt: skip
        blank = both(blank, {at: were_blank})
    if not headings:
        return table, header, [], {}
    headings.sort()
    group = named_group(titles)
    if header[0].startswith(_UNNAMED) and len(columns) == 1 and group and group not in header:
        columns, header = [group], (group, *header[1:])
    names = ", ".join(columns)
    note = Note.of("group_rows", count=len(headings), columns=names, rows=listed(headings))
    return table, header, [note], blank


def _above_values(
    table: pa.Table, header: tuple[str, ...], totals: Mapping[int, str], titles: Iterable[str]
) -> tuple[pa.Table, tuple[str, ...], list[Note], Blank] | None:
    """Give headings above a column of dates or numbers a column, the last (Xero, SAP)."""
    if table.num_rows < 2 or table.num_columns < 4:
        return None
    alone = pc.and_(pc.is_valid(table["0"]), pc.equal(filled_counts(table), 1))
    heads = pc.indices_nonzero(alone).to_pylist()
    texts = table["0"].take(pa.array(heads, pa.int64())).to_pylist()
    if not heads or heads[0] or heads[-1] == table.num_rows - 1 or len(heads) * 2 > table.num_rows:
        return None
    values = table.filter(pc.invert(alone))["0"].slice(0, LOOK).to_pylist()
    if not all(map(is_value, values)) or any(kind(text) != "words" for text in texts):
        return None
    if len(heads) < 2 and texts[0].strip() not in map(named_total, totals.values()):
        return None
    numbers = table["row"].to_pylist()
    at_heads = dict(zip(heads, texts, strict=True))
    marks = [at_heads.get(at) for at in range(table.num_rows)]
    groups = pa.array(_values(marks, numbers, heads, totals), pa.string())
    name = named_group(titles) or f"{_UNNAMED}{len(header) + 1}"
    name = name if name not in header else f"{name} (2)"
    place = len(header)
    table = table.add_column(place, str(place), groups).filter(pc.invert(alone))
    rows = listed([numbers[head] for head in heads])
    note = Note.of("group_rows", count=len(heads), columns=name, rows=rows)
    return table, (*header, name), [note], {place: table["row"].combine_chunks()}


def _headings(rest: pa.Table, name: str) -> list[int]:
    """Return the rows that fill a column alone, if no other row fills it; else nothing."""
    there = pc.is_valid(rest[name])
    count = pc.sum(there).as_py() or 0
    counts = filled_counts(rest)
    if not count or count == rest.num_rows or not there[0].as_py() or usual_width(counts) < 2:
        return []
    alone = pc.and_(there, pc.equal(counts, 1))
    return pc.indices_nonzero(there).to_pylist() if pc.sum(alone).as_py() == count else []


def _values(
    texts: Sequence[str | None],
    numbers: Sequence[int],
    heads: Sequence[int],
    totals: Mapping[int, str],
) -> list[str | None]:
    """Return the innermost open heading of each row.

    A heading below records takes the place of the one before, unless totals close groups.
    """
    names = {(texts[head] or "").strip() for head in heads}
    closing = [row for row in sorted(totals) if (named_total(totals[row]) or "") in names]
    stack: list[str] = []
    values: list[str | None] = []
    last = 0
    for at, (text, number) in enumerate(zip(texts, numbers, strict=True)):
        here = bisect_left(closing, number)
        for row in closing[last:here]:
            group = named_total(totals[row]) or ""
            if group in stack:
                del stack[stack.index(group) :]
        last = here
        if text:
            if not closing and at and not texts[at - 1]:
                stack = stack[:-1]
            stack.append(text.strip())
        values.append(stack[-1] if stack else None)
    return values
