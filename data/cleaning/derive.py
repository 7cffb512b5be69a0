"""Derive what rows imply: keys, a deal's status and dates, its snapshot day.

    >>> complete(table("deals"), columns, words, as_of=None)      # doctest: +SKIP

`columns` are the typed columns by canonical name, all of one length; the
functions return them with the derived ones added.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.keys import content_keys, line_numbers, payment_ids, return_numbers
from data.values.columns import normal, plain
from domain.tables import Table

Columns = dict[str, pa.Array]

# What has happened by the day of an export; due dates lie ahead of it.
ACTUAL_DATES = ("closed_date", "last_activity_date", "created_date")
# Tables whose rows can be told apart by what they contain.
_BY_CONTENT = ("orders", "contracts", "payments", "leads", "activities")
_CHANGING = ("collected_so_far", "last_collected")
_MINUS_ONE = pa.scalar(Decimal("-1.0000"), pa.decimal128(18, 4))


def complete(
    table: Table,
    columns: Columns,
    words: Mapping[str, Mapping[str, str]],
    as_of: date | None,
    source: str = "",
    lost: pa.Array | None = None,
    stage_first: bool = False,
) -> Columns:
    """Return the columns with keys and, for deals, status and dates filled in.

    `source` tells rows without a key from the same rows of another list; `lost` says which rows
    have a key of which digits are lost: they get a key of their own. With `stage_first`, the
    stage of a deal says what its status is.
    """
    if not columns:
        return {}
    key = table.key[0]
    if lost is not None and table.name in _BY_CONTENT:
        content = {name: values for name, values in columns.items() if name != key}
        new_keys = content_keys(_lasting(content), source)
        columns = {**columns, key: pc.if_else(lost, new_keys, plain(columns[key]))}
    if table.name != "orders":
        # The long table of all keeps its texts as codes; the others are easier handled plain.
        columns = {name: plain(values) for name, values in columns.items()}
    length = len(next(iter(columns.values())))
    match table.name:
        case "orders":
            return _orders(columns, source)
        case "deals":
            return _deals(columns, words, as_of, length, stage_first)
        case "payments":
            ids = columns.get("payment_id")
            if ids is None:
                return columns | {"payment_id": content_keys(columns, source)}
            return columns | {"payment_id": payment_ids(columns, ids)}
        case "receivables":
            return _receivables(columns, length)
        case "reps":
            return _stays(columns)
        case "returns":
            return _returns(columns, source)
        case "contracts" | "activities" | "leads" if table.key[0] not in columns:
            return columns | {table.key[0]: content_keys(columns, source)}
        case _:
            return columns


def minus_one_means_none(
    columns: Columns, money: tuple[str, ...]
) -> tuple[Columns, dict[str, int]]:
    """Read -1 as "no amount" in deals; return the columns and how many there were of each.

    Only if every negative value is exactly -1 and a deal that is not closed has it: some
    systems write that for open deals, and no real amount is -1.
    """
    counts: dict[str, int] = {}
    for name in money:
        if name not in columns:
            continue
        values = columns[name]
        negative = pc.fill_null(pc.less(values, pa.scalar(Decimal(0), values.type)), False)
        minus_one = pc.fill_null(pc.equal(values, _MINUS_ONE), False)
        is_open = pc.invert(pc.is_in(columns["status"], value_set=pa.array(["won", "lost"])))
        if not pc.any(pc.and_(minus_one, is_open)).as_py():
            continue
        if pc.any(pc.and_(negative, pc.invert(minus_one))).as_py():
            continue
        counts[name] = pc.sum(minus_one).as_py()
        columns = columns | {name: pc.if_else(minus_one, pa.scalar(None, values.type), values)}
    return columns, counts


def _orders(columns: Columns, source: str) -> Columns:
    if "order_id" not in columns:
        columns = columns | {"order_id": content_keys(_lasting(columns), source)}
    numbers = line_numbers(columns["order_id"], columns.get("line_no"))
    return columns | {"line_no": numbers}


def _lasting(columns: Columns) -> Columns:
    """Return the columns without those that change while an order stays the same."""
    return {name: values for name, values in columns.items() if name not in _CHANGING}


def _returns(columns: Columns, source: str) -> Columns:
    """Number the parts that came back: two of one order, or of one return, are no repetition."""
    parts = {name: columns[name] for name in ("amount", "quantity") if name in columns}
    if not parts:
        return columns
    keys = ("order_id", "product", "return_date", *(() if "order_id" in columns else ("customer",)))
    content = parts | {name: columns[name] for name in keys if name in columns}
    part = reduce(pc.or_, (pc.is_valid(values) for values in parts.values()))
    made = pc.if_else(part, content_keys(content, source), pa.scalar(None, pa.string()))
    if "return_id" not in columns:
        return columns | {"return_id": made}
    return columns | {"return_id": pc.coalesce(return_numbers(columns["return_id"], content), made)}


def _stays(columns: Columns) -> Columns:
    """Read several starting days of one rep as those of stays in teams; one alone is the hiring."""
    starts = columns.get("hire_date")
    if starts is None or "from_date" in columns or "rep" not in columns:
        return columns
    by_rep = pa.table({"rep": columns["rep"], "start": starts}).group_by("rep")
    days = by_rep.aggregate([("start", "count_distinct"), ("start", "min")])
    moved = days.filter(pc.greater(days["start_count_distinct"], 1))
    if not moved.num_rows:
        return columns
    place = pc.index_in(columns["rep"], value_set=moved["rep"].combine_chunks())
    first = moved["start_min"].combine_chunks().take(place)
    none = pa.scalar(None, starts.type)
    return columns | {
        "from_date": pc.if_else(pc.is_valid(place), starts, none),
        "hire_date": pc.coalesce(first, starts),
    }


def _receivables(columns: Columns, length: int) -> Columns:
    """Tell amounts due without order or contract apart by their content."""
    blank = pa.nulls(length, pa.string())
    order, contract = columns.get("order_id", blank), columns.get("contract_id", blank)
    nameless = pc.and_(pc.is_null(order), pc.is_null(contract))
    if not pc.any(nameless).as_py():
        return columns
    return columns | {"order_id": pc.if_else(nameless, content_keys(columns), order)}


def _deals(
    columns: Columns,
    words: Mapping[str, Mapping[str, str]],
    as_of: date | None,
    length: int,
    stage_first: bool,
) -> Columns:
    no_text, no_date = pa.nulls(length, pa.string()), pa.nulls(length, pa.date32())
    deals = dict(columns)
    if "deal_name" in columns:
        deals["deal_id"] = pc.coalesce(columns.get("deal_id", no_text), columns["deal_name"])
    staged = _by_words(columns.get("stage", no_text), words.get("stage", {}))
    written = columns.get("status", no_text)
    first = (staged, written) if stage_first else (written, staged)
    deals["status"] = pc.coalesce(*first, pa.scalar("open", pa.string()))
    closed = pc.is_in(deals["status"], value_set=pa.array(["won", "lost"]))
    expected, ended = columns.get("expected_close_date"), columns.get("closed_date")
    if expected is not None or ended is not None:
        expected = no_date if expected is None else expected
        ended = no_date if ended is None else ended
        deals["closed_date"] = pc.if_else(closed, pc.coalesce(ended, expected), no_date)
        deals["expected_close_date"] = pc.if_else(closed, expected, pc.coalesce(expected, ended))
    deals["as_of"] = _as_of(deals, as_of, no_date)
    return deals


def _by_words(texts: pa.Array, known: Mapping[str, str]) -> pa.Array:
    coded = texts.dictionary_encode()
    read = [known.get(normal(text)) for text in coded.dictionary.to_pylist()]
    return pa.array(read, pa.string()).take(coded.indices)


def _as_of(columns: Columns, export_day: date | None, no_date: pa.Array) -> pa.Array:
    """Return the day of each snapshot: its own, else the export's, else the newest actual date."""
    newest_days = [pc.max(columns[name]).as_py() for name in ACTUAL_DATES if name in columns]
    snapshot_day = export_day or max((day for day in newest_days if day is not None), default=None)
    return pc.coalesce(columns.get("as_of", no_date), pa.scalar(snapshot_day, pa.date32()))
