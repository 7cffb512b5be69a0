from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.actuals import actual
from data.store.database import opened
from domain.scope import Scope
from pages.kit.queries import cache, compile

MARCH, END = date(2026, 3, 1), date(2026, 3, 31)
HOSTILE = ("O'Neil", "'; DROP TABLE orders; --", "$region_0", "\x01region_0\x01", "a\\b", "华东")


def _scope(*regions: str) -> Scope:
    return Scope(month=MARCH, as_of=END).narrowed("region", *regions)


@pytest.fixture
def orders(fresh: Path) -> Path:
    with opened().writing("facts") as cursor:
        for number, region in enumerate(HOSTILE):
            cursor.execute(
                "INSERT INTO orders (order_id, line_no, order_date, region, amount, import_id, "
                "row_no) VALUES (?, '1', ?, ?, ?, 1, 1)",
                [str(number), MARCH, region, 10**number],
            )
    return fresh


@pytest.mark.parametrize("region", HOSTILE)
def test_a_filter_value_finds_its_rows_whatever_it_is_made_of(orders: Path, region: str) -> None:
    found = cache.frame(actual.total, _scope(region), MARCH, END).iloc[0]
    assert found["value"] == 10 ** HOSTILE.index(region)
    assert opened().rows("SELECT count(*) FROM orders") == [(len(HOSTILE),)]


def test_values_are_parameters_and_one_query_serves_them_all(orders: Path) -> None:
    first, values = compile.compile_query(actual.total, _scope("O'Neil"), MARCH, END)
    second, others = compile.compile_query(actual.total, _scope("华东"), MARCH, END)
    assert first == second and "Neil" not in first
    assert (values["region_0"], others["region_0"]) == ("O'Neil", "华东")


def test_the_passports_query_has_the_values_written_out_and_gives_the_same(orders: Path) -> None:
    scope = _scope("O'Neil", "华东")
    told = compile.readable_query(actual.total, scope, MARCH, END)
    assert "'O''Neil'" in told and "$" not in told
    assert opened().frame(told).equals(cache.frame(actual.total, scope, MARCH, END))
