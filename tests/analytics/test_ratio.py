from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.ratio import ratio, safe_ratio
from domain.tables import ibis_table
from tests.analytics.engine import Engine

CASES = [
    (Decimal(3), Decimal(4), 0.75),
    (Decimal(0), Decimal(4), 0.0),
    (Decimal(3), Decimal(0), None),
    (Decimal(0), Decimal(0), None),
    (None, Decimal(4), None),
    (Decimal(3), None, None),
]


@pytest.mark.parametrize(("above", "below", "expected"), CASES)
def test_the_engine_and_python_agree_on_what_is_not_known(
    engine: Engine, above: Decimal | None, below: Decimal | None, expected: float | None
) -> None:
    engine.add("orders", [{"amount": above, "cost": below}])
    orders = ibis_table("orders")
    found = engine.one(orders.select(found=ratio(orders.amount, orders.cost)))["found"]
    assert found == safe_ratio(above, below) == expected


def test_infinity_is_not_known() -> None:
    assert safe_ratio(float("inf"), 1) is safe_ratio(1, float("nan")) is None
