from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from math import prod

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.review.bridge import Bridge, customers, price_volume_mix
from analytics.review.funnel_bridge import factors, from_target, funnel_bridge

Rows = list[tuple[str | None, Decimal, Decimal | None]]

MONEY = st.decimals("-9999999", "9999999", places=4)
QUANTITY = st.none() | st.decimals("-50", "5000", places=4)
SALES = st.dictionaries(st.none() | st.sampled_from("ABCDEFG"), st.tuples(MONEY, QUANTITY)).map(
    lambda found: [(name, *figures) for name, figures in found.items()]
)
FACTORS = ("leads", "deals", "won", "deal_size")


def sales(rows: Rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "value", "quantity"], dtype=object)


def bars(bridge: Bridge) -> dict[str, Decimal]:
    return dict(zip(bridge.bars["label"], bridge.bars["value"], strict=True))


def sold(prices: tuple[int, int], quantities: tuple[int, int]) -> pd.DataFrame:
    pairs = zip("ab", prices, quantities, strict=True)
    return sales([(name, Decimal(p * q), Decimal(q)) for name, p, q in pairs])


@pytest.mark.parametrize(
    ("p1", "q1", "told"),
    [
        pytest.param((10, 20), (60, 90), ("0.00", "0.00", "400.00"), id="mix alone"),
        pytest.param((11, 19), (80, 90), ("-10.00", "266.67", "333.33"), id="all three"),
    ],
)
def test_mix_is_not_volume_times_price(
    p1: tuple[int, int], q1: tuple[int, int], told: tuple[str, str, str]
) -> None:
    """Trap 2, with its figures."""
    bridge = price_volume_mix(sold((10, 20), (100, 50)), sold(p1, q1))
    found = bars(bridge)
    assert tuple(str(round(found[name], 2)) for name in ("price", "volume", "mix")) == told
    assert sum(found.values()) == bridge.end - bridge.start


@settings(deadline=None)
@given(SALES, SALES)
def test_price_volume_and_mix_sum_exactly_and_so_do_their_products(then: Rows, now: Rows) -> None:
    bridge = price_volume_mix(sales(then), sales(now))
    assert bridge.start == sum((value for _, value, _ in then), Decimal(0))
    assert bridge.end == sum((value for _, value, _ in now), Decimal(0))
    _adds_up(bridge)


@settings(deadline=None)
@given(SALES, SALES)
def test_customers_sum_exactly_and_so_do_their_names(then: Rows, now: Rows) -> None:
    _adds_up(customers(sales(then), sales(now), frozenset("AB")))


def _adds_up(bridge: Bridge) -> None:
    found = bars(bridge)
    assert sum(found.values(), Decimal(0)) == bridge.end - bridge.start
    parts = bridge.parts.groupby("label")["value"].sum().to_dict() if len(bridge.parts) else {}
    assert parts == found


def test_new_and_lost_products_are_bars_of_their_own() -> None:
    then = sales([("A", Decimal(100), Decimal(10)), ("B", Decimal(70), Decimal(7))])
    now = sales([("A", Decimal(120), Decimal(12)), ("C", Decimal(55), Decimal(1))])
    assert bars(price_volume_mix(then, now)) == {
        "price": 0, "volume": 20, "mix": 0, "new": 55, "lost": -70,
    }  # fmt: skip


def test_what_has_no_quantity_or_no_name_has_no_price() -> None:
    then = sales([("A", Decimal(100), None), (None, Decimal(9), Decimal(1))])
    now = sales([("A", Decimal(130), Decimal(3)), (None, Decimal(4), Decimal(1))])
    assert bars(price_volume_mix(then, now)) == {"other": Decimal(25)}


def test_customers_who_came_stayed_and_left() -> None:
    then = sales([("stays", Decimal(10), None), ("leaves", Decimal(5), None)])
    now = sales(
        [
            ("stays", Decimal(8), None),
            ("first", Decimal(3), None),
            ("returns", Decimal(2), None),
            (None, Decimal(1), None),
        ]
    )
    found = bars(customers(then, now, frozenset({"returns", "stays", "leaves"})))
    assert found == {"new": 3, "back": 2, "shrunk": -2, "lost": -5, "other": 1}
    assert bars(customers(then, now))["new"] == 5


def test_a_name_that_comes_twice_is_refused() -> None:
    twice = sales([("A", Decimal(1), None), ("A", Decimal(1), None)])
    with pytest.raises(ValueError, match="twice"):
        customers(twice, twice)


def chain(*values: float) -> dict[str, float]:
    return dict(zip(FACTORS, values, strict=True))


def test_the_funnel_bridge_is_the_log_mean() -> None:
    """Trap 3, with its figures."""
    bridge = funnel_bridge(chain(200, 0.30, 0.25, 1000), chain(220, 0.27, 0.28, 950))
    told = [str(round(value, 1)) for value in bars(bridge).values()]
    assert told == ["1467.5", "-1622.2", "1744.9", "-789.7"]
    assert bridge.end - bridge.start == sum(bars(bridge).values()) == Decimal("800.4")


POSITIVE = st.floats(1e-3, 1e4)


@settings(deadline=None)
@given(st.tuples(*[POSITIVE] * 4), st.tuples(*[POSITIVE] * 4))
def test_funnel_bars_sum_exactly_and_point_the_way_their_factor_went(
    was: tuple[float, ...], now: tuple[float, ...]
) -> None:
    bridge = funnel_bridge(chain(*was), chain(*now))
    found = bars(bridge)
    assert sum(found.values()) == bridge.end - bridge.start
    slack = Decimal(prod(was) + prod(now)) * Decimal("1e-9") + Decimal("0.001")
    for name, before, after in zip(FACTORS, was, now, strict=True):
        assert found[name] * Decimal(after - before) >= -slack * abs(Decimal(after - before))


@settings(deadline=None)
@given(st.tuples(*[st.floats(0, 100)] * 3), st.tuples(*[st.floats(0, 100)] * 3))
def test_with_a_factor_of_zero_every_order_counts_the_same(
    was: tuple[float, ...], now: tuple[float, ...]
) -> None:
    was = (0.0, *was[1:])
    names = FACTORS[:3]
    before, after = (dict(zip(names, values, strict=True)) for values in (was, now))
    found = bars(funnel_bridge(before, after))
    mean = dict.fromkeys(names, 0.0)
    orders = list(permutations(names))
    for order in orders:
        current = dict(before)
        for name in order:
            start = prod(current.values())
            current[name] = after[name]
            mean[name] += (prod(current.values()) - start) / len(orders)
    for name in names:
        assert float(found[name]) == pytest.approx(mean[name], abs=1e-3)


def test_exact_money_is_kept_where_it_is_known() -> None:
    start, end = Decimal("100.0001"), Decimal("133.3333")
    bridge = funnel_bridge({"n": 3, "size": 33.33}, {"n": 4, "size": 33.33}, start, end)
    assert (bridge.start, bridge.end) == (start, end)
    assert sum(bars(bridge).values()) == end - start
    with pytest.raises(ValueError, match="chains"):
        funnel_bridge({"n": 3}, {"m": 3})


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ((200, 60, 15), ["leads", "deals", "won", "deal_size"]),
        ((0, 60, 15), ["new_deals", "won", "deal_size"]),
        ((None, 60, 15), ["new_deals", "won", "deal_size"]),
        ((200, 0, 15), ["new_won", "deal_size"]),
        ((200, 60, 0), None),
    ],
)
def test_the_chain_is_as_long_as_the_data_and_multiplies_to_the_money(
    row: tuple[int | None, int, int], names: list[str] | None
) -> None:
    money = Decimal("15000.50")
    found = factors(dict(zip(("leads", "deals", "won"), row, strict=True)) | {"won_value": money})
    assert (None if found is None else list(found)) == names
    if found:
        assert prod(found.values()) == pytest.approx(float(money))


def test_from_the_target_to_the_actual_by_ambition_and_what_happened() -> None:
    plain = from_target(Decimal(130), Decimal(100), Decimal(90))
    assert bars(plain) == {"ambition": -30, "happened": -10}
    funnel = funnel_bridge({"won": 10, "deal_size": 10}, {"won": 8, "deal_size": 11})
    told = from_target(Decimal(130), Decimal(100), Decimal(90), funnel)
    assert list(told.bars["label"]) == ["ambition", "won", "deal_size", "other"]
    assert sum(bars(told).values()) == -40
    assert bars(told)["other"] == Decimal(-10) - (Decimal(88) - Decimal(100))
