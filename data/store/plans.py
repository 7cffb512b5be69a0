"""The targets that people type: kept one below the other, never overwritten.

    >>> save_targets(store, date(2026, 3, 1), {("company", ""): Decimal(12_000_000)})
    >>> target_rows(store)
      metric   period scope_kind scope_value version       target

A target typed in the app goes before one that was imported for the same period
and scope; taking it back (None) lets the imported one show again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from data.store.database import Cursor, Store


@dataclass(frozen=True)
class Target:
    """What is to be reached, with the least that will do and the most that is hoped for."""

    target: Decimal | None
    floor: Decimal | None = None
    stretch: Decimal | None = None


def save_targets(
    store: Store,
    month: date,
    targets: Mapping[tuple[str, str], Decimal | Target | None],
    *,
    metric: str = "sales",
    by: str = "",
) -> None:
    """Keep targets of one month: (scope kind, scope value) → money, None to take it back."""
    with store.writing("plan") as cursor:
        _keep(cursor, month, targets, metric, by, None)


def save_version(
    store: Store,
    month: date,
    targets: Mapping[tuple[str, str], Decimal | Target | None],
    *,
    name: str,
    basis: Mapping[str, object],
    metric: str = "sales",
    by: str = "",
) -> int:
    """Keep a plan of one month as a version; the newest is the one in force. Its id.

    `basis` is how it came about (the baseline, how it was split), told with it.
    Targets of people and teams that an older version had and this one has not
    are taken back, so that a version is in force as a whole.
    """
    with store.writing("plan") as cursor:
        ((version,),) = cursor.execute("SELECT nextval('plan_version_ids')").fetchall()
        cursor.execute(
            "INSERT INTO plan_versions VALUES (?, ?, ?, ?, ?, current_localtimestamp(), ?)",
            [version, metric, month.replace(day=1), name, json.dumps(basis, default=str), by],
        )
        held = cursor.execute(
            "SELECT DISTINCT scope_kind, scope_value FROM plan_targets "
            "WHERE metric = ? AND month = ?",
            [metric, month.replace(day=1)],
        ).fetchall()
        gone: dict[tuple[str, str], None] = {(kind, value): None for kind, value in held}
        _keep(cursor, month, {**gone, **targets}, metric, by, version)
    return int(version)


def versions(store: Store, month: date | None = None, metric: str = "sales") -> pd.DataFrame:
    """plan_version_id, month, name, basis (JSON), saved_at, saved_by; the newest first."""
    return store.frame(
        "SELECT plan_version_id, month, name, basis, saved_at, saved_by FROM plan_versions "
        "WHERE metric = ? AND (CAST(? AS DATE) IS NULL OR month = ?) "
        "ORDER BY plan_version_id DESC",
        [metric, month, month],
    )


def _keep(
    cursor: Cursor,
    month: date,
    targets: Mapping[tuple[str, str], Decimal | Target | None],
    metric: str,
    by: str,
    version: int | None,
) -> None:
    for (kind, value), told in targets.items():
        one = told if isinstance(told, Target) else Target(told)
        cursor.execute(
            "INSERT INTO plan_targets VALUES (nextval('plan_target_ids'), ?, ?, ?, ?, "
            "?, ?, ?, current_localtimestamp(), ?, ?)",
            [
                metric,
                month.replace(day=1),
                kind,
                value,
                one.floor,
                one.target,
                one.stretch,
                by,
                version,
            ],
        )


def target_rows(store: Store) -> pd.DataFrame:
    """Every target in force, typed ones before imported ones, one row a period and scope.

    Columns: metric, period ('YYYY-MM', 'YYYY-Qn', 'YYYY'), scope_kind,
    scope_value, version ('typed' or the file's own), floor, target, stretch,
    currency (null where none is named: a typed target is in the reporting
    currency). The same target in two currencies is two rows.
    """
    return store.frame(
        """
        WITH typed AS (
            SELECT metric, strftime(month, '%Y-%m') AS period, scope_kind, scope_value,
                   'typed' AS version, floor, target, stretch,
                   CAST(NULL AS VARCHAR) AS currency
            FROM plan_targets
            QUALIFY row_number() OVER (
                PARTITION BY metric, month, scope_kind, scope_value
                ORDER BY plan_target_id DESC) = 1
        )
        SELECT * FROM typed WHERE target IS NOT NULL
        UNION ALL
        SELECT metric, period, scope_kind, coalesce(scope_value, ''), coalesce(version, 'imported'),
               floor, target, stretch, currency
        FROM targets AS imported
        WHERE NOT EXISTS (
            SELECT 1 FROM typed
            WHERE typed.target IS NOT NULL AND typed.metric = imported.metric
              AND typed.period = imported.period AND typed.scope_kind = imported.scope_kind
              AND typed.scope_value = coalesce(imported.scope_value, ''))
        QUALIFY row_number() OVER (
            PARTITION BY metric, period, scope_kind, coalesce(scope_value, ''), currency
            ORDER BY import_id DESC, version DESC) = 1
        ORDER BY metric, period, scope_kind, scope_value, currency
        """
    )
