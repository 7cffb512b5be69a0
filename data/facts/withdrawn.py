"""Find records that an older export brought as good and a newer one says do not count.

A payment that bounced, an order whose approval was taken back, a deal in the recycle bin: the
newer export has the record, and its row is left out. What the older one brought would count for
ever, as no row overwrites it. Nor does one overwrite a target that a corrected list has no more.
The facts keep everything: undoing the newer import brings it back.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from data.facts.ages import is_newer
from data.facts.sql import insert_of_import
from data.store.database import Cursor

_TARGET = (
    "concat_ws(chr(31), {{row}}.metric, {{row}}.period, {{row}}.scope_kind, {}, "
    "coalesce({{row}}.version, 'imported'))"
)
_SPEND = "concat_ws(chr(31), {})".format(
    ", ".join(
        f"coalesce({{row}}.{column}::VARCHAR, '')"
        for column in ("date", "period", "channel", "campaign", "kind", "currency")
    )
)
_NUMBERS = {
    "orders": "order_id",
    "contracts": "contract_id",
    "receivables": "coalesce({row}.order_id, {row}.contract_id)",
    "payments": "payment_id",
    "deals": "deal_id",
    "spend": _SPEND,
    # As written: names may be read as others later. `data.staging.absent_targets` words them alike.
    "targets": _TARGET.format("{row}.scope_value"),
}


def keep(cursor: Cursor, import_id: int, name: str, records: pa.Table | None) -> None:
    """Keep the records of table `name` that an import withdraws: their numbers and amounts."""
    if records is None or name not in _NUMBERS:
        return
    columns = {column: records[column].to_pylist() for column in ("number", "amount")}
    insert_of_import(
        cursor, "withdrawn", import_id, {"table_name": [name] * len(records), **columns}
    )


def keep_numbers(cursor: Cursor, import_id: int, name: str, numbers: Sequence[str]) -> None:
    """Keep the records of table `name` that an import withdraws by their numbers."""
    insert_of_import(
        cursor,
        "withdrawn",
        import_id,
        {"table_name": [name] * len(numbers), "number": list(numbers)},
    )


def keep_targets(cursor: Cursor, import_id: int, numbers: Sequence[str]) -> None:
    """Keep the targets that an import withdraws; `numbers` have the names that hold now."""
    if not numbers:
        return
    held = _TARGET.format("coalesce(alias.canonical, fact.scope_value)").format(row="fact")
    cursor.execute(
        # SQL of our own; values are parameters.
        "INSERT INTO withdrawn (import_id, table_name, number) "
        f"SELECT DISTINCT $1, 'targets', {number('fact', 'targets')} FROM fact_targets AS fact "
        "LEFT JOIN aliases AS alias ON alias.accepted AND alias.kind = 'rep' "
        "AND alias.name = fact.scope_value AND fact.scope_kind IN ('rep', 'manager') "
        f"WHERE {held} IN (SELECT unnest($2))",
        [import_id, list(numbers)],
    )


def any_of(cursor: Cursor, name: str) -> bool:
    """Return whether any import withdraws records of table `name`."""
    found = cursor.execute("SELECT 1 FROM withdrawn WHERE table_name = ? LIMIT 1", [name])
    return bool(found.fetchall())


def is_withdrawn(name: str) -> str:
    """Return SQL: the row `here` of table `name` is withdrawn by a newer import that stands."""
    own, same = name, "AND (told.amount IS NULL OR told.amount = own.amount) "
    if name == "targets":
        # Known by their names as written, which only the facts have.
        own, same = "fact_targets", ""
    return (
        "(here.import_id, here.row_no) IN ("
        f'  SELECT own.import_id, own.row_no FROM "{own}" AS own '
        f"  JOIN withdrawn AS told ON told.table_name = '{name}' "
        f"    AND told.number = {number('own', name)} {same}"
        "  JOIN imports AS bringer ON bringer.import_id = own.import_id "
        "  JOIN imports AS newer ON newer.import_id = told.import_id AND newer.status = 'active' "
        f"  WHERE newer.import_id <> bringer.import_id AND {is_newer('newer', 'bringer')})"
    )


def brought_by_others(name: str) -> str:
    """Return SQL: the facts of table `name` with a number that import $1 withdraws; "" for none."""
    if name not in _NUMBERS:
        return ""
    return (
        f'SELECT * FROM "fact_{name}" AS fact WHERE {number("fact", name)} IN '
        f"(SELECT number FROM withdrawn WHERE import_id = $1 AND table_name = '{name}')"
    )


def number(row: str, name: str) -> str:
    """Return SQL: the number of a record of table `name` in `row`."""
    written = _NUMBERS[name]
    return written.format(row=row) if "{row}" in written else f'{row}."{written}"'
