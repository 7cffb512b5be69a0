"""The canonical tables in a DuckDB of the test's own, filled by hand, and expressions run on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd

from domain.tables import TABLES, table

SQL = {
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "date": "DATE",
    "moment": "TIMESTAMP",
    "money": "DECIMAL(18,4)",
    "number": "DECIMAL(18,4)",
    "share": "DECIMAL(18,4)",
}


class Engine:
    def __init__(self) -> None:
        self.connection = duckdb.connect()
        for one in TABLES:
            columns = ", ".join(f'"{column.name}" {SQL[column.kind]}' for column in one.columns)
            self.connection.execute(f'CREATE TABLE "{one.name}" ({columns})')

    def add(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        names = table(name).names
        for row in rows:
            assert set(row) <= set(names), set(row) - set(names)
            columns = ", ".join(f'"{column}"' for column in row)
            places = ", ".join("?" for _ in row)
            self.connection.execute(
                f'INSERT INTO "{name}" ({columns}) VALUES ({places})',
                list(row.values()),
            )

    def add_frame(self, name: str, frame: pd.DataFrame) -> None:
        """Many rows at once; the columns of `frame` are columns of the table."""
        self.connection.register("frame", frame)
        columns = ", ".join(f'"{column}"' for column in frame.columns)
        self.connection.execute(f'INSERT INTO "{name}" ({columns}) SELECT {columns} FROM frame')
        self.connection.unregister("frame")

    def run(self, expression: ir.Table) -> list[dict[str, Any]]:
        result = self.connection.execute(str(ibis.to_sql(expression, dialect="duckdb")))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def one(self, expression: ir.Table) -> dict[str, Any]:
        (row,) = self.run(expression)
        return row
