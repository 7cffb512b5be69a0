"""Targets typed in the app: every change is a new row, nothing is overwritten.

    >>> save_targets(store, date(2026, 3, 1), {("company", ""): Decimal(12_000_000)})
    >>> target_rows(store)
      metric   period scope_kind scope_value version       target

A typed target takes precedence over one imported for the same period and scope;
withdrawing it (None) brings the imported one back.
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
    """A target with its floor (the least that will do) and stretch (the most hoped for)."""

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
    """Save targets of one month by (scope kind, scope value); None withdraws one."""
    with store.writing("plan") as cursor:
        _insert_targets(cursor, month, targets, metric, by, None)


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
    """Save the plan of one month as a version, which is then in force; return its id.

    `basis` records how it came about: the baseline, and how it was split.
    Targets of people and teams that only an older version has are withdrawn, so
    that a version is in force as a whole.
    """
    with store.writing("plan") as cursor:
        ((version,),) = cursor.execute("SELECT nextval('plan_version_ids')").fetchall()
        cursor.execute(
            "INSERT INTO plan_versions VALUES (?, ?, ?, ?, ?, current_localtimestamp(), ?)",
            [version, metric, month.replace(day=1), name, json.dumps(basis, default=str), by],
        )
        earlier = cursor.execute(
            "SELECT DISTINCT scope_kind, scope_value FROM plan_targets "
            "WHERE metric = ? AND month = ?",
            [metric, month.replace(day=1)],
        ).fetchall()
        withdrawn: dict[tuple[str, str], None] = {(kind, value): None for kind, value in earlier}
        _insert_targets(cursor, month, {**withdrawn, **targets}, metric, by, version)
    return int(version)


def versions(store: Store, month: date | None = None, metric: str = "sales") -> pd.DataFrame:
    """Return the saved plans, the newest first.

    Columns: plan_version_id, month, name, basis (JSON), saved_at, saved_by.
    """
    return store.frame(
        "SELECT plan_version_id, month, name, basis, saved_at, saved_by FROM plan_versions "
        "WHERE metric = ? AND (CAST(? AS DATE) IS NULL OR month = ?) "
        "ORDER BY plan_version_id DESC",
        [metric, month, month],
    )


def _insert_targets(
    cursor: Cursor,
    month: date,
    targets: Mapping[tuple[str, str], Decimal | Target | None],
    metric: str,
    by: str,
    version: int | None,
) -> None:
    for (kind, value), money in targets.items():
        target = money if isinstance(money, Target) else Target(money)
        cursor.execute(
            "INSERT INTO plan_targets VALUES (nextval('plan_target_ids'), ?, ?, ?, ?, "
            "?, ?, ?, current_localtimestamp(), ?, ?)",
            [
                metric,
                month.replace(day=1),
                kind,
                value,
                target.floor,
                target.target,
                target.stretch,
                by,
                version,
            ],
        )


def target_rows(store: Store) -> pd.DataFrame:
    """Return every target in force: one row per period and scope, typed before imported.

    Columns: metric, period ('YYYY-MM', 'YYYY-Qn', 'YYYY'), scope_kind,
    scope_value, version ('typed' or the file's own), floor, target, stretch,
    currency (null where none is named: a typed target is in the reporting
    currency). The same target in two currencies is two rows.
    """
    return store.frame(
        """
        WITH typed AS (
            SELECT metric, strftime(month, '%Y-%m') AS period, scope_kind,
                   coalesce(canonical, scope_value) AS scope_value,
                   'typed' AS version, floor, target, stretch,
                   CAST(NULL AS VARCHAR) AS currency
            FROM plan_targets LEFT JOIN aliases ON accepted AND kind = 'rep'
                AND scope_kind IN ('rep', 'manager') AND name = scope_value
            QUALIFY row_number() OVER (
                PARTITION BY metric, month, scope_kind, coalesce(canonical, scope_value)
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
