"""The targets that people type: kept one below the other, never overwritten.

    >>> save_targets(store, date(2026, 3, 1), {("company", ""): Decimal(12_000_000)})
    >>> target_rows(store)
      metric   period scope_kind scope_value version       target

A target typed in the app goes before one that was imported for the same period
and scope; taking it back (None) lets the imported one show again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pandas as pd

from data.store import Store


def save_targets(
    store: Store,
    month: date,
    targets: Mapping[tuple[str, str], Decimal | None],
    *,
    metric: str = "sales",
    by: str = "",
) -> None:
    """Keep targets of one month: (scope kind, scope value) → money, None to take it back."""
    with store.writing("plan") as cursor:
        for (kind, value), target in targets.items():
            cursor.execute(
                "INSERT INTO plan_targets VALUES (nextval('plan_target_ids'), ?, ?, ?, ?, "
                "NULL, ?, NULL, current_localtimestamp(), ?)",
                [metric, month.replace(day=1), kind, value, target, by],
            )


def target_rows(store: Store) -> pd.DataFrame:
    """Every target in force, typed ones before imported ones, one row a period and scope.

    Columns: metric, period ('YYYY-MM', 'YYYY-Qn', 'YYYY'), scope_kind,
    scope_value, version ('typed' or the file's own), floor, target, stretch.
    """
    return store.frame(
        """
        WITH typed AS (
            SELECT metric, strftime(month, '%Y-%m') AS period, scope_kind, scope_value,
                   'typed' AS version, floor, target, stretch
            FROM plan_targets
            QUALIFY row_number() OVER (
                PARTITION BY metric, month, scope_kind, scope_value
                ORDER BY plan_target_id DESC) = 1
        )
        SELECT * FROM typed WHERE target IS NOT NULL
        UNION ALL
        SELECT metric, period, scope_kind, coalesce(scope_value, ''), coalesce(version, 'imported'),
               floor, target, stretch
        FROM targets AS imported
        WHERE NOT EXISTS (
            SELECT 1 FROM typed
            WHERE typed.target IS NOT NULL AND typed.metric = imported.metric
              AND typed.period = imported.period AND typed.scope_kind = imported.scope_kind
              AND typed.scope_value = coalesce(imported.scope_value, ''))
        QUALIFY row_number() OVER (
            PARTITION BY metric, period, scope_kind, coalesce(scope_value, '')
            ORDER BY import_id DESC, version DESC) = 1
        ORDER BY metric, period, scope_kind, scope_value
        """
    )
