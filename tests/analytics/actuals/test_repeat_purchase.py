from __future__ import annotations

from datetime import date

import pytest

from analytics.actuals.customers import count_buyers, repeat_by
from domain.scope import Scope
from tests.analytics.engine import Engine

SCOPE = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 31))
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def sold(engine: Engine) -> Engine:
    """
    customer  class      orders in March       buys again
    A         key        1 and 2               yes
    B         key        3, of two lines       no: lines are not orders
    C         ordinary   4, and 5 in April     no
    D         –          6 and 7               yes
    """
    rows = (
        ("1", "1", 2, "A"), ("2", "1", 9, "A"), ("3", "1", 3, "B"), ("3", "2", 3, "B"),
        ("4", "1", 5, "C"), ("6", "1", 5, "D"), ("7", "1", 6, "D"),
    )  # fmt: skip
    engine.add("orders", [
        {"order_id": order, "line_no": line, "order_date": date(2026, 3, day),
         "customer": customer, "amount": 10}
        for order, line, day, customer in rows
    ])  # fmt: skip
    engine.add("orders", [{"order_id": "5", "line_no": "1", "order_date": date(2026, 4, 1),
                           "customer": "C", "amount": 10}])  # fmt: skip
    engine.add("customers", [{"customer": "A", "class": "key"}, {"customer": "B", "class": "key"},
                             {"customer": "C", "class": "ordinary"}])  # fmt: skip
    return engine


def test_orders_not_lines_tell_who_buys_again_in_each_class(sold: Engine) -> None:
    found = sold.run(repeat_by(SCOPE, "customer_class", *MARCH))
    told = {row["customer_class"]: (row["customers"], row["repeat_customers"]) for row in found}
    assert told == {"key": (2, 1), "ordinary": (1, 0), None: (1, 1)}
    assert {row["customer_class"]: row["repeat_rate"] for row in found}["key"] == 0.5


def test_the_classes_add_up_to_all_customers(sold: Engine) -> None:
    found = sold.run(repeat_by(SCOPE, "customer_class", *MARCH))
    whole = sold.one(count_buyers(SCOPE, *MARCH))
    for column in ("customers", "repeat_customers"):
        assert sum(row[column] for row in found) == whole[column]


@pytest.mark.parametrize(
    ("start", "end", "new", "value"),
    [
        # A, B, C and D buy in March, the first month: who of them was new, nobody knows.
        (date(2026, 3, 1), date(2026, 3, 31), None, None),
        # The first sale of all is on 2 March: the data begin with the period.
        (date(2026, 3, 2), date(2026, 3, 31), None, None),
        # From 3 March A has bought before. B (two lines, 20), C (10) and D (20) have not.
        (date(2026, 3, 3), date(2026, 3, 31), 3, 50),
        # In April C buys again, for 10, and E for the first time, for 25.
        (date(2026, 4, 1), date(2026, 4, 30), 1, 25),
        # No sales yet, and so no customers.
        (date(2026, 2, 1), date(2026, 2, 28), None, None),
    ],
)
def test_nobody_is_known_to_be_new_where_the_data_begin_in_the_period(
    sold: Engine, start: date, end: date, new: int | None, value: int | None
) -> None:
    sold.add("orders", [{"order_id": "8", "line_no": "1", "order_date": date(2026, 4, 2),
                         "customer": "E", "amount": 25}])  # fmt: skip
    found = sold.one(count_buyers(SCOPE, start, end))
    assert (found["new_customers"], found["new_value"]) == (new, value)
    assert found["begin"] == date(2026, 3, 2)


def test_sales_that_name_no_customer_do_not_tell_who_bought_before(engine: Engine) -> None:
    engine.add("orders", [
        {"order_id": "1", "line_no": "1", "order_date": date(2026, 2, 3), "amount": 10},
        {"order_id": "2", "line_no": "1", "order_date": date(2026, 3, 3), "customer": "A",
         "amount": 10},
    ])  # fmt: skip
    found = engine.one(count_buyers(SCOPE, *MARCH))
    assert (found["customers"], found["new_customers"]) == (1, None)
    assert found["begin"] == date(2026, 3, 3)
