"""SQL fragments shared by the statements on facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from data.store.database import Cursor
from domain.tables import Table


def insertion(into: str, row: Mapping[str, object]) -> tuple[str, list[object]]:
    """Return statement and parameters to insert a row; missing columns take their defaults."""
    places = ", ".join("?" * len(row))
    return f"INSERT INTO {into} ({column_list(row)}) VALUES ({places})", list(row.values())


def insert(cursor: Cursor, into: str, row: Mapping[str, object]) -> None:
    """Insert one row, its columns by name."""
    cursor.execute(*insertion(into, row))


def insert_of_import(
    cursor: Cursor, into: str, import_id: int, columns: Mapping[str, list[object]]
) -> None:
    """Insert rows, given by column, with their import's id; nothing if there are none."""
    if not any(columns.values()):
        return
    cursor.register("of_import", pa.table(dict(columns)))
    listed = column_list(columns)
    cursor.execute(
        f"INSERT INTO {into} (import_id, {listed}) SELECT ?, {listed} FROM of_import", [import_id]
    )
    cursor.unregister("of_import")


def column_list(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def alike(into: Table, present: Iterable[str]) -> str:
    """Return SQL: `arrived` has nothing that is not `here`; a column that it lacks keeps its."""
    return " AND ".join(
        f'here."{column}" IS NOT DISTINCT FROM arrived."{column}"'
        for column in present
        if (into.name, column) != ("deals", "as_of")
    )


def same_key(into: Table, present: Iterable[str], left: str = "here") -> str:
    """Return SQL: the same key on both sides; blank parts are equal."""
    here = set(present)
    return " AND ".join(
        f'{left}."{key}" IS NOT DISTINCT FROM arrived."{key}"'
        if key in here
        else f'{left}."{key}" IS NULL'
        for key in into.key
    )


def keep_alone(cursor: Cursor, into: Table, which: str) -> None:
    """Move rows that are about to leave the current state to the past, unless they are there."""
    columns = column_list((*into.names, "import_id", "row_no"))
    cursor.execute(
        f'INSERT INTO "past_{into.name}" ({columns}) '
        f'SELECT {columns} FROM "{into.name}" AS here WHERE alone AND {which}'
    )
