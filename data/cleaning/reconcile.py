"""Account for an import: which rows stay, which are left out, why, and how much money.

    >>> account(table("orders"), numbers, columns, read, texts, headers, [])   # doctest: +SKIP

A row is left out for its first reason only, so the counts and the sums add up
to the file's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.credit_shares import not_whole
from data.cleaning.derive import Columns
from data.cleaning.losses import Loss, Outcome, first_reasons, repeated, row_losses, why_unread
from data.cleaning.only_named import only_named
from data.cleaning.summary import ColumnSummary, SummaryKey
from data.cleaning.voided import as_cancelled, withdrawn
from data.values.columns import Texts, Typed, plain
from data.values.shares import credits
from domain.tables import Table

PROBLEMS_LISTED = 10_000
SEVERAL = "*"
_MOST_CURRENCIES = 20


@dataclass(frozen=True)
class Problem:
    """Something that could not be taken as it is: where, what, why, and the outcome.

    `row` is the row number in the sheet, 0 if it is about a whole column; `sheet` is set if
    several were read as one. `data.cleaning.clean` numbers rows as they were read;
    `data.ingest.source_rows.placed` translates that to the numbers in the file.
    """

    row: int
    column: str
    header: str
    value: str
    why: str
    outcome: Outcome
    sheet: str = ""


@dataclass(frozen=True)
class Sums:
    """Money of one currency: in the file by column, and left out of it by column and reason."""

    money_in: dict[str, Decimal]
    left_out: dict[str, dict[str, Decimal]]

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Sums:
        """Return the sums that the history keeps as JSON: amounts are texts."""
        return cls(
            {name: Decimal(total) for name, total in kept["in"].items()},
            {
                name: {why: Decimal(total) for why, total in by_why.items()}
                for name, by_why in kept["left_out"].items()
            },
        )

    def less(self, why: str, amounts: Mapping[str, Decimal]) -> Sums:
        """Return the sums with more left out for one reason: `amounts` by column."""
        left_out = {name: dict(self.left_out.get(name, {})) for name in self.money_in}
        for name, by_reason in left_out.items():
            by_reason[why] = by_reason.get(why, Decimal(0)) + amounts.get(name, Decimal(0))
        return Sums(self.money_in, left_out)


@dataclass(frozen=True)
class Cleaned:
    """The rows of a canonical table and the account of what was left out.

    `rows` has the mapped and derived columns of the table, and "row". `problems` lists the
    first 10,000 of `problem_count`. Sums are exact, and omit what does not add up, such as
    prices. `currencies` has the same sums by currency: "" for rows that name none, `SEVERAL` if
    there are too many; it is empty if the file names no currency. `summaries` are those of the
    columns, by key. `withdrawn` has number and amount of records that their system does not count.
    """

    rows: pa.Table
    problems: tuple[Problem, ...]
    problem_count: int
    rows_in: int
    left_out: dict[str, int]
    money_in: dict[str, Decimal]
    money_left_out: dict[str, dict[str, Decimal]]
    derived: dict[str, pa.Table]
    currencies: dict[str, Sums] = field(default_factory=dict)
    summaries: dict[SummaryKey, ColumnSummary] = field(default_factory=dict)
    withdrawn: pa.Table | None = None

    @property
    def rows_kept(self) -> int:
        """Return how many rows of the file are kept; one may have become several."""
        return int(pc.count_distinct(self.rows["row"]).as_py())


def account(
    table: Table,
    numbers: pa.Array,
    columns: Columns,
    read: Mapping[str, Typed],
    texts: Mapping[str, Texts],
    headers: Mapping[str, str],
    noted: list[Problem],
    uncounted: pa.Array | None = None,
) -> Cleaned:
    """Return the rows kept and left out, with the sums of both.

    `columns` are the typed and derived columns, `read` the typed ones with reasons for
    unreadable cells, `texts` the cells as written; `numbers` are the row numbers in the sheet
    and `noted` the problems known already. `uncounted` has the reason of each row that the
    system itself does not count; those are no problems.
    """
    length = len(numbers)
    own = list(row_losses(table, columns, read, length))
    if (bare := only_named(table, texts)) is not None:
        own.append(Loss(table.key[0], bare, "row_left_out"))
    if table.name == "credits" and (part := not_whole(columns)) is not None:
        own.append(Loss("share", part, "row_left_out"))
    # Money in nobody knows what would count in the reporting currency. A deal left out
    # would seem to have left the pipeline.
    apart = "currency" if table.name != "deals" and "currency" in read else ""
    if apart and (strange := read[apart].why) is not None:
        own.append(Loss(apart, strange, "row_left_out"))
    if uncounted is not None:
        whole = pc.is_null(first_reasons(own, length))
        columns, uncounted, void = as_cancelled(table, columns, uncounted, whole)
        if void:
            noted = [*noted, Problem(0, "status", "", str(void), "void_as_cancelled", "noted")]
    gone = [] if uncounted is None else [Loss(table.key[0], uncounted, "row_left_out")]
    losses = [*gone, *own]
    losses.append(repeated(table, columns, losses, length))
    reason = first_reasons(losses, length)
    kept = pc.is_null(reason)
    values = [
        Loss(name, why_unread(table, name, column.why), "value_left_out")
        for name, column in read.items()
        if column.why is not None and name != apart
    ]
    derived: dict[str, pa.Table] = {}
    if table.name == "orders" and "split_credit" in columns:
        derived["credits"], unsplit = _credits(columns, kept, length)
        values.append(unsplit)
    listed = list(noted)
    count = len(noted)
    counted = pa.array([True] * length, pa.bool_()) if uncounted is None else pc.is_null(uncounted)
    for loss, mask in _rows_to_list(losses[len(gone) :], values, kept, counted):
        count += pc.sum(mask).as_py() or 0
        shown = texts.get(loss.column, columns.get(loss.column))
        for at in pc.indices_nonzero(mask).slice(0, PROBLEMS_LISTED - len(listed)).to_pylist():
            value = str(shown[at].as_py() or "") if shown is not None else ""
            why, header = loss.why[at].as_py(), headers.get(loss.column, "")
            listed.append(
                Problem(numbers[at].as_py(), loss.column, header, value, why, loss.outcome)
            )
    kept_columns = {name: columns[name] for name in table.names if name in columns}
    out = pa.table(kept_columns | {"row": numbers})
    money = {name: columns[name] for name in table.summed if name in columns}
    whole = _sums_of(money, reason)
    return Cleaned(
        rows=out if reason.null_count == length else out.filter(kept),
        problems=tuple(sorted(listed, key=lambda problem: problem.row)),
        problem_count=count,
        rows_in=pc.count_distinct(numbers).as_py(),
        left_out=_counts(_of_whole_rows(reason, numbers)),
        money_in=whole.money_in,
        money_left_out=whole.left_out,
        derived=derived,
        currencies=_by_currency(columns["currency"], money, reason, whole)
        if "currency" in columns
        else {},
        withdrawn=withdrawn(table, columns, uncounted, kept),
    )


def _by_currency(
    currency: Texts, money: Mapping[str, pa.Array], reason: pa.Array, whole: Sums
) -> dict[str, Sums]:
    row_codes = pc.fill_null(plain(currency), "")
    codes = sorted(pc.unique(row_codes).to_pylist())
    if len(codes) <= 1:
        return dict.fromkeys(codes, whole)
    if len(codes) > _MOST_CURRENCIES:
        return {SEVERAL: whole}
    rows = {code: pc.equal(row_codes, code) for code in codes}
    return {
        code: _sums_of(
            {name: values.filter(mask) for name, values in money.items()}, reason.filter(mask)
        )
        for code, mask in rows.items()
    }


def _sums_of(money: Mapping[str, pa.Array], reason: pa.Array) -> Sums:
    return Sums(
        {name: _sum(values) for name, values in money.items()},
        {name: _sums(reason, values) for name, values in money.items()},
    )


def _rows_to_list(
    losses: list[Loss], values: list[Loss], kept: pa.Array, open_rows: pa.Array
) -> Iterator[tuple[Loss, pa.Array]]:
    """Pair each loss with the rows to list: a row once, a value only in rows that stay.

    `open_rows` are those not left out yet.
    """
    for loss in losses:
        mask = pc.and_(pc.is_valid(loss.why), open_rows)
        open_rows = pc.and_(open_rows, pc.is_null(loss.why))
        yield loss, mask
    for loss in values:
        yield loss, pc.and_(pc.is_valid(loss.why), kept)


def _credits(columns: Columns, kept: pa.Array, length: int) -> tuple[pa.Table, Loss]:
    texts = pc.if_else(kept, plain(columns["split_credit"]), pa.scalar(None, pa.string()))
    table, bad = credits(plain(columns["order_id"]), plain(columns["line_no"]), texts)
    wrong = pc.is_in(pa.array(range(length), pa.int64()), value_set=pa.array(bad, pa.int64()))
    none = pa.nulls(length, pa.string())
    why = pc.if_else(wrong, pa.scalar("shares_do_not_sum", pa.string()), none)
    return table, Loss("split_credit", why, "noted")


def _of_whole_rows(reason: pa.Array, numbers: pa.Array) -> pa.Array | pa.ChunkedArray:
    """Return the reasons of the rows of the file of which no part is kept, each once."""
    if pc.count_distinct(numbers).as_py() == len(numbers):
        return reason
    rows = pa.table({"row": numbers, "reason": reason})
    kept = rows.filter(pc.is_null(rows["reason"]))["row"]
    gone = rows.filter(pc.invert(pc.is_in(rows["row"], value_set=kept.combine_chunks())))
    return gone.group_by("row", use_threads=False).aggregate([("reason", "first")])["reason_first"]


def _counts(reason: pa.Array | pa.ChunkedArray) -> dict[str, int]:
    counted = pc.value_counts(reason.drop_null())
    return {entry["values"]: entry["counts"] for entry in counted.to_pylist()}


def _sum(values: pa.Array) -> Decimal:
    return cast("Decimal | None", pc.sum(values).as_py()) or Decimal("0.0000")


def _sums(reason: pa.Array, values: pa.Array) -> dict[str, Decimal]:
    return {why: _sum(values.filter(pc.equal(reason, why))) for why in _counts(reason)}
