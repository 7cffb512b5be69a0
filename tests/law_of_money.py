"""The law of every import: the rows and the money of a file are those shown and those left out.

`tests.conftest` holds it over every import of every test, by whatever way it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from data.cleaning.reconcile import SEVERAL, Cleaned
from data.ingest import history, load
from data.staging.draft import Draft, Result
from data.store.database import Cursor
from domain.tables import table


def over_every_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check the account of each sheet that is typed, and what lands of it."""
    result_of, record = load._result, history.record

    def checked(draft: Draft, cleaned: Any) -> Result:
        if isinstance(cleaned, Cleaned):
            holds_for(cleaned)
        return result_of(draft, cleaned)

    def landed(cursor: Cursor, draft: Draft, cleaned: Cleaned, *rest: Any) -> Result:
        result: Result = record(cursor, draft, cleaned, *rest)
        lands_whole(cursor, draft.table or "", cleaned, result)
        return result

    monkeypatch.setattr(load, "_result", checked)
    monkeypatch.setattr(history, "record", landed)


def holds_for(cleaned: Cleaned) -> None:
    """Rows and money in = kept + left out, of the whole and of each currency."""
    rows = cleaned.rows
    assert cleaned.rows_in == cleaned.rows_kept + sum(cleaned.left_out.values())
    for name, total in cleaned.money_in.items():
        assert total == _sum(rows, name) + _lost(cleaned.money_left_out, name), name
    if not cleaned.currencies:
        return
    for code, sums in cleaned.currencies.items():
        if SEVERAL in cleaned.currencies:
            break
        mine = rows.filter(_is(rows["currency"], code))
        for name, total in sums.money_in.items():
            assert total == _sum(mine, name) + _lost(sums.left_out, name), (code, name)
    for name, total in cleaned.money_in.items():
        parts = (sums.money_in.get(name, Decimal(0)) for sums in cleaned.currencies.values())
        assert sum(parts, Decimal(0)) == total, name


def lands_whole(cursor: Cursor, name: str, cleaned: Cleaned, result: Result) -> None:
    """Every row that is kept is in the table, with its money."""
    if result.import_id is None:
        return
    sums = [column for column in table(name).summed if column in cleaned.rows.column_names]
    selected = ", ".join(["count(*)", *(f'coalesce(sum("{column}"), 0)' for column in sums)])
    ((count, *totals),) = cursor.execute(
        f'SELECT {selected} FROM "fact_{name}" WHERE import_id = ?', [result.import_id]
    ).fetchall()
    # A list of people may also say what was before its own days.
    assert count == cleaned.rows.num_rows + len(cleaned.derived.get(name, ()))
    assert totals == [_sum(cleaned.rows, column) for column in sums]


def _is(currency: pa.ChunkedArray, code: str) -> pa.ChunkedArray:
    return pc.equal(pc.fill_null(currency.cast(pa.string()), ""), code)


def _sum(rows: pa.Table, name: str) -> Decimal:
    return pc.sum(rows[name].cast(pa.decimal128(38, 4))).as_py() or Decimal(0)


def _lost(left_out: Mapping[str, Mapping[str, Decimal]], name: str) -> Decimal:
    amounts: Iterable[Decimal] = left_out.get(name, {}).values()
    return sum(amounts, Decimal(0))
