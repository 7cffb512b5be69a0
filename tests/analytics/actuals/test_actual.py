from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.actuals import actual
from domain.scope import DIMENSIONS, SOURCES, Scope, Source
from tests.analytics.engine import Engine

MARCH = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 31))
START, END = MARCH.month, MARCH.end
BY_REP = str(ibis.to_sql(actual.by(MARCH, "rep", START, END), dialect="duckdb"))


def order(order_id: str, amount: str | None, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"order_id": order_id, "line_no": "1", "order_date": date(2026, 3, 10)}
    return row | {"amount": None if amount is None else Decimal(amount)} | more


def total(engine: Engine, scope: Scope = MARCH) -> dict[str, Any]:
    return engine.one(actual.total(scope, START, END))


def by(engine: Engine, dimension: str, scope: Scope = MARCH) -> dict[str | None, Decimal]:
    found = engine.run(actual.by(scope, dimension, START, END))
    return {row[dimension]: row["value"] for row in found}


def left_out(engine: Engine, scope: Scope = MARCH) -> dict[tuple[str, str], tuple[int, Decimal]]:
    found = engine.run(actual.left_out(scope, START, END))
    return {(row["why"], row["currency"]): (row["rows"], row["amount"]) for row in found}


def test_every_row_counts_or_says_why_not(engine: Engine) -> None:
    engine.add(
        "orders",
        [
            order("valid", "100", customer="a"),
            order("no status", "10", status=None, customer="a"),
            order("ours", "1", currency="CNY", customer="b"),
            order("cancelled", "2000", status="cancelled", customer="c"),
            order("returned", "300", status="returned", customer="c"),
            order("dollars", "40", currency="USD"),
            order("returned dollars", "41", currency="USD", status="returned"),
            order("no amount", None),
            order("no date", "5", order_date=None),
            order("april", "7", order_date=date(2026, 4, 1)),
        ],
    )
    found = total(engine)
    assert (found["value"], found["gross"]) == (111, 411)
    assert (found["rows"], found["customers"]) == (3, 2)
    assert left_out(engine) == {
        ("cancelled", "CNY"): (1, 2000),
        ("returned", "CNY"): (1, 300),
        ("other_currency", "USD"): (2, 81),
        ("no_amount", "CNY"): (1, 0),
        ("no_date", "CNY"): (1, 5),
    }


def test_returned_orders_leave_the_gross_and_lower_the_net(engine: Engine) -> None:
    """Trap 14: the published figure is the gross one, what was earned is the net one."""
    engine.add("orders", [order("1", "60"), order("1", "40", line_no="2"), order("2", "25")])
    engine.add("returns", [{"order_id": "1"}, {"order_id": "1"}, {"order_id": None}])
    found = total(engine)
    assert found["gross"] == 125
    assert found["value"] == 25


def test_a_returned_line_with_a_negative_amount_reverses_an_earlier_one(engine: Engine) -> None:
    engine.add("orders", [order("1", "60"), order("2", "-60", status="returned"), order("3", "5")])
    found = total(engine)
    assert (found["value"], found["gross"]) == (5, 65)
    assert left_out(engine) == {}


@pytest.mark.parametrize("status", [None, "valid"])
def test_a_negative_line_is_a_return_without_a_status(engine: Engine, status: str | None) -> None:
    engine.add("orders", [order("1", "60"), order("2", "-60", status=status), order("3", "5")])
    found = total(engine)
    assert (found["value"], found["gross"]) == (5, 65)


@pytest.mark.parametrize(("written", "status"), [(3, None), (-3, None), (3, "returned")])
def test_the_pieces_of_a_credit_note_are_taken_off(
    engine: Engine, written: int, status: str | None
) -> None:
    # 10 pieces sold, 3 credited, whichever sign the system writes before them.
    engine.add(
        "orders",
        [order("1", 100, quantity=10), order("2", -30, quantity=written, status=status)],
    )
    assert (total(engine)["value"], total(engine)["quantity"]) == (70, 7)


@pytest.mark.parametrize(
    ("source", "key", "day"),
    [
        ("contracts", "contract_id", "signed_date"),
        ("payments", "payment_id", "payment_date"),
    ],
)
def test_a_negative_contract_or_payment_takes_back(
    engine: Engine, source: Source, key: str, day: str
) -> None:
    amounts = enumerate(("60", "-60", "5"))
    engine.add(source, [{key: str(n), day: "2026-03-05", "amount": a} for n, a in amounts])
    found = total(engine, replace(MARCH, source=source))
    assert (found["value"], found["gross"]) == (5, 65)


def test_a_lookup_with_a_name_twice_counts_no_line_twice(engine: Engine) -> None:
    """Trap 4: a plain join of order lines with lookups, or with targets, fans out."""
    engine.add("orders", [order("1", "10", rep="Li"), order("2", "20", rep="Li", product="Pump")])
    engine.add("reps", [{"rep": "Li", "team": "East"}, {"rep": "Li", "team": "East"}])
    engine.add("products", [{"product": "Pump", "category": c} for c in ("Water", "Air")])
    engine.add("targets", [{"scope_value": "Li", "period": "2026-03", "target": 100}])
    wrong = engine.connection.execute(
        "SELECT sum(amount), (SELECT sum(target) FROM orders JOIN targets ON scope_value = rep)"
        " FROM orders JOIN reps USING (rep)"
    ).fetchone()
    assert wrong == (60, 200)
    assert by(engine, "team") == {"East": 30}
    assert by(engine, "category") == {None: 10, "Water": 20}


@pytest.mark.parametrize(
    ("credits", "expected"),
    [
        pytest.param([("A", "0.5"), ("B", "0.5")], {"A": 50, "B": 50}, id="half and half"),
        pytest.param([("A", "1"), ("B", "1")], {"A": 50, "B": 50}, id="each the whole"),
        pytest.param([("B", "0.3")], {"A": 70, "B": 30}, id="the rest stays with the own rep"),
        pytest.param([("B", "0.2"), ("B", "0.1")], {"A": 70, "B": 30}, id="a credit twice"),
        pytest.param([("B", None), (None, "0.5")], {"A": 100}, id="no share or no name"),
        pytest.param(
            [("A", "0.3333"), ("B", "0.3333"), ("C", "0.3333")],
            {"A": Decimal("33.33"), "B": Decimal("33.33"), "C": Decimal("33.34")},
            id="three thirds are the whole",
        ),
    ],
)
def test_a_shared_order_adds_up_to_the_team(
    engine: Engine, credits: list[tuple[str | None, str | None]], expected: dict[str, Decimal]
) -> None:
    """Trap 6: an ERP counted 100 % for each of the reps who share an order."""
    engine.add("orders", [order("1", "100", rep="A")])
    engine.add("reps", [{"rep": rep, "team": "East"} for rep in "ABC"])
    shares = [(rep, None if share is None else Decimal(share)) for rep, share in credits]
    engine.add(
        "credits", [{"order_id": "1", "line_no": "1", "rep": r, "share": s} for r, s in shares]
    )
    assert by(engine, "rep") == expected
    assert sum(expected.values()) == by(engine, "team")["East"] == total(engine)["value"] == 100


def test_counting_the_whole_order_for_each_who_shares_it_doubles_the_team(engine: Engine) -> None:
    engine.add("orders", [order("1", "100", rep="A"), order("2", "10", rep="B")])
    credit = {"order_id": "1", "line_no": "1", "share": Decimal("0.5")}
    engine.add("credits", [credit | {"rep": rep} for rep in "AB"])
    wrong = engine.connection.execute(
        "SELECT sum(amount) FROM orders LEFT JOIN credits USING (order_id, line_no)"
    ).fetchone()
    assert wrong == (210,)
    assert by(engine, "rep") == {"A": 50, "B": 60}
    assert total(engine)["rows"] == 2


def test_a_credit_without_a_line_holds_for_the_whole_order(engine: Engine) -> None:
    engine.add("orders", [order("1", "100", rep="A"), order("1", "20", rep="A", line_no="2")])
    engine.add("credits", [{"order_id": "1", "rep": "B", "share": Decimal("0.25")}])
    assert by(engine, "rep") == {"A": 90, "B": 30}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    amounts=st.lists(
        st.decimals("-99999999", "99999999", places=4, allow_nan=False), min_size=1, max_size=4
    ),
    shares=st.lists(st.decimals("0", "2", places=4, allow_nan=False), max_size=5),
)
def test_the_parts_of_a_line_lose_nothing_to_rounding(
    engine: Engine, amounts: list[Decimal], shares: list[Decimal]
) -> None:
    engine.connection.execute("DELETE FROM orders")
    engine.connection.execute("DELETE FROM credits")
    engine.add(
        "orders",
        [order("1", str(a), line_no=str(n), rep="own") for n, a in enumerate(amounts)],
    )
    engine.add(
        "credits",
        [
            {"order_id": "1", "line_no": "0", "rep": f"r{n}", "share": s}
            for n, s in enumerate(shares)
        ],
    )
    parts = engine.connection.execute(BY_REP).fetchall()
    assert sum(value for _, value, *_ in parts) == sum(amounts)


def test_the_rows_own_word_comes_before_the_lookups(engine: Engine) -> None:
    engine.add("reps", [{"rep": "Li", "team": "T", "manager": "M", "region": "East"}])
    engine.add("products", [{"product": "Pump", "category": "Water"}])
    engine.add("customers", [{"customer": "Acme", "class": "key"}])
    known = {"rep": "Li", "product": "Pump", "customer": "Acme"}
    engine.add(
        "orders",
        [
            order("1", "1", **known),
            order("2", "2", **known, region="West", category="Air", customer_class="ordinary"),
            order("3", "4", rep="Unknown"),
        ],
    )
    assert by(engine, "region") == {"East": 1, "West": 2, None: 4}
    assert by(engine, "category") == {"Water": 1, "Air": 2, None: 4}
    assert by(engine, "customer_class") == {"key": 1, "ordinary": 2, None: 4}
    assert by(engine, "team") == {"T": 3, None: 4}


NAMES = {
    "rep": "Li", "team": "T", "manager": "M", "region": "East", "product": "Pump",
    "category": "Water", "channel": "Web", "customer_class": "key", "customer": "Acme",
}  # fmt: skip


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_filters_of_every_dimension_keep_what_they_name(engine: Engine, dimension: str) -> None:
    engine.add("reps", [{"rep": "Li", "team": "T", "manager": "M", "region": "East"}])
    engine.add("products", [{"product": "Pump", "category": "Water"}])
    engine.add("customers", [{"customer": "Acme", "class": "key"}])
    full = order("1", "1", rep="Li", product="Pump", customer="Acme", channel="Web")
    engine.add("orders", [full, order("2", "2"), order("3", "8", status="cancelled")])
    value = NAMES[dimension]
    assert total(engine, MARCH.narrowed(dimension, value))["value"] == 1
    assert total(engine, MARCH.narrowed(dimension, value, ""))["value"] == 3
    assert left_out(engine, MARCH.narrowed(dimension, value)) == {}


def test_days_regions_and_rows_add_up_to_the_total(engine: Engine) -> None:
    days = [date(2026, 3, day) for day in (1, 1, 17, 31)]
    engine.add(
        "orders",
        [
            order(str(n), f"{n}.0001", order_date=day, region="EW"[n % 2], quantity=n)
            for n, day in enumerate(days, start=1)
        ],
    )
    value = total(engine)["value"]
    assert value == Decimal("10.0004")
    daily = engine.run(actual.by_day(MARCH, START, END))
    assert [row["date"].day for row in daily] == [1, 17, 31]
    assert sum(row["value"] for row in daily) == value
    assert sum(by(engine, "region").values()) == value
    assert sum(row["value"] for row in engine.run(actual.rows(MARCH, START, END))) == value
    assert total(engine)["quantity"] == 10


def test_open_deals_weigh_nothing_even_with_a_sentinel_for_an_amount(engine: Engine) -> None:
    """Trap 9: −1 as the amount of open deals lowers a plain sum."""
    day = date(2026, 3, 10)
    engine.add(
        "deals",
        [
            {"deal_id": "1", "status": "won", "amount": 500, "closed_date": day},
            {"deal_id": "2", "status": "won", "amount": 250, "closed_date": day},
            {"deal_id": "3", "status": "won", "closed_date": day},
            {"deal_id": "4", "status": "lost", "amount": 900, "closed_date": day},
            {"deal_id": "5", "status": "open", "amount": -1},
            {"deal_id": "6", "status": "open", "amount": -1},
        ],
    )
    scope = Scope(MARCH.month, MARCH.as_of, source="deals")
    wrong = engine.connection.execute(
        "SELECT sum(amount) FROM deals WHERE status <> 'lost'"
    ).fetchone()
    assert wrong == (748,)
    assert total(engine, scope)["value"] == 750
    assert left_out(engine, scope) == {
        ("no_amount", "CNY"): (1, 0),
        ("not_won", "CNY"): (3, 898),
    }


def test_contracts_and_payments_count_by_their_own_dates(engine: Engine) -> None:
    day = date(2026, 3, 10)
    engine.add(
        "contracts",
        [
            {"contract_id": "1", "amount": 10, "signed_date": day, "rep": "Li"},
            {"contract_id": "2", "amount": 20, "signed_date": day, "status": "cancelled"},
        ],
    )
    engine.add("payments", [{"payment_id": "1", "amount": 7, "payment_date": day}])
    contracts = Scope(MARCH.month, MARCH.as_of, source="contracts")
    assert by(engine, "rep", contracts) == {"Li": 10}
    assert left_out(engine, contracts) == {("cancelled", "CNY"): (1, 20)}
    assert total(engine, Scope(MARCH.month, MARCH.as_of, source="payments"))["value"] == 7


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_has_one_shape_and_empty_tables_give_zero(engine: Engine, source: Any) -> None:
    scope = Scope(MARCH.month, MARCH.as_of, source=source)
    assert actual.lines(scope).schema() == actual.lines(MARCH).schema()
    assert total(engine, scope) == {
        "value": 0, "gross": 0, "rows": 0, "customers": 0, "quantity": 0
    }  # fmt: skip
    assert engine.run(actual.lines(scope)) == []


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        actual.by(MARCH, "colour", START, END)


def test_a_lookup_nobody_asked_for_is_not_joined() -> None:
    plain = str(ibis.to_sql(actual.total(MARCH, START, END), dialect="duckdb"))
    for name in ("reps", "credits", "products", "customers"):
        assert f'FROM "{name}"' not in plain
    heaviest = actual.by(MARCH.narrowed("category", "a"), "team", START, END)
    sql = str(ibis.to_sql(heaviest, dialect="duckdb"))
    # Lines, and the returns of a part of them: each list is read twice, and a lookup once.
    assert [sql.count(f'FROM "{name}"') for name in ("orders", "returns")] == [2, 2]
    assert len(" ".join(sql.split())) < 20_000
