"""Targets without an exchange rate: those that have none in the scope's currency are found."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.periods.calendar import selling_days
from analytics.tracking.other_currencies import other_targets
from domain.scope import Scope

YEAR = selling_days(date(2026, 1, 1), date(2026, 12, 31), "CN")
MARCH = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 18), currency="CNY")
REPS = pd.DataFrame(
    [("Ann", "East"), ("Bob", "East"), ("Cy", "West")], columns=["rep", "team"]
).assign(manager=None, region=None, days=22)
ANN, BOB, CY = ("rep", "Ann"), ("rep", "Bob"), ("rep", "Cy")
EAST, ALL = ("team", "East"), ("company", None)

Row = tuple[tuple[str, str | None], int, str | None]


def table(rows: list[Row], period: str = "2026-03") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"metric": "sales", "period": period, "scope_kind": kind, "scope_value": name,
             "version": "imported", "target": target, "currency": currency}
            for (kind, name), target, currency in rows
        ]
    )  # fmt: skip


# | targets | by currency
TOLD: list[tuple[list[Row], dict[str, tuple[int, tuple[str, ...]]]]] = [
    ([(ANN, 40, "EUR"), (BOB, 50, "EUR")], {"EUR": (90, ("Ann", "Bob"))}),
    ([(ANN, 40, None), (BOB, 50, "EUR")], {"EUR": (50, ("Bob",))}),
    ([(ANN, 40, "CNY"), (BOB, 50, "EUR"), (CY, 7, "USD")],
     {"EUR": (50, ("Bob",)), "USD": (7, ("Cy",))}),
    ([(ANN, 40, "CNY"), (BOB, 50, "CNY")], {}),
    # The same target in two currencies.
    ([(ANN, 40, "CNY"), (ANN, 5, "EUR")], {}),
    ([(ALL, 900, "CNY"), (ALL, 90, "EUR")], {}),
    # Beside a target of the company's own, a rep has none in the tables.
    ([(ALL, 900, "CNY"), (BOB, 50, "EUR")], {"EUR": (50, ("Bob",))}),
    ([(ALL, 900, "EUR"), (ANN, 40, "CNY")], {"EUR": (900, ())}),
    ([(EAST, 70, "EUR"), (ANN, 40, "EUR"), (CY, 40, "CNY")], {"EUR": (70, ("East",))}),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), TOLD)
def test_targets_in_another_currency_alone_are_found(
    rows: list[Row], told: dict[str, tuple[int, tuple[str, ...]]]
) -> None:
    assert other_targets(MARCH, table(rows), YEAR, REPS) == told
    assert other_targets(MARCH.in_month(date(2026, 5, 1)), table(rows), YEAR, REPS) == {}


def test_filters_hold_for_them() -> None:
    rows = table([(ANN, 40, "CNY"), (BOB, 50, "EUR"), (CY, 7, "EUR")])

    def told(dimension: str, value: str) -> dict[str, tuple[object, tuple[str, ...]]]:
        return dict(other_targets(MARCH.narrowed(dimension, value), rows, YEAR, REPS))

    assert told("rep", "Bob")["EUR"][0] == 50
    assert told("rep", "Ann") == {}
    assert told("team", "East") == {"EUR": (50, ("Bob",))}


def test_of_a_year_it_is_the_part_of_the_month() -> None:
    rows = table([(BOB, 1200, "EUR")], "2026")
    (found,) = other_targets(MARCH, rows, YEAR, REPS).values()
    assert 90 < found.target < 120
