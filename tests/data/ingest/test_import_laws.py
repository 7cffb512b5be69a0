"""Laws of every import, whatever stands in the file."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.ingest import history
from data.staging.draft import Result
from data.store import database as stores
from data.store.database import Store
from tests.conftest import land, read

HEADER = ("订单号", "行号", "下单日期", "客户名称", "业务员", "销售额")
DAYS = st.integers(0, 40).map(lambda n: (date(2026, 2, 1) + timedelta(n)).isoformat())
MONEY = st.sampled_from(["100", "1,250.50", "¥80", "(20)", "1.2万", "待定", "", "0.005"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["O1", "O2", "O3", "O4", ""]),
        st.sampled_from(["1", "2"]),
        DAYS | st.sampled_from(["", "三月"]),
        st.sampled_from(["宏远机电", "蓝海食品", ""]),
        st.sampled_from(["李雷", "王芳"]),
        MONEY,
    ),
    min_size=4,
    max_size=14,
)
LAWS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    stores.opened(path).close()
    return path


def opened(empty: Path, folder: Path) -> Store:
    path = folder / "laws.duckdb"
    if path in stores._stores:
        stores._stores[path].close()
    shutil.copy2(empty, path)
    return stores.opened(path)


def text(rows: list[tuple[str, ...]]) -> str:
    # One plain row and one that settles the decimal mark, so that nothing has to be asked.
    kept = [("P1", "1", "2026-03-31", "启明仪器", "李雷", "1,234.56"), *rows]
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *kept])
    return out.getvalue()


def take(store: Store, name: str, content: str) -> Result:
    (told,) = land(store, read(store, {name: content}))
    return told


@LAWS
@given(rows=ROWS)
def test_money_and_rows_in_are_those_shown_and_those_left_out(
    empty: Path, tmp_path: Path, inline: None, rows: list[tuple[str, ...]]
) -> None:
    store = opened(empty, tmp_path)
    told = take(store, "a.csv", text(rows))
    assume(told.import_id)
    ((shown, count),) = store.rows("SELECT coalesce(sum(amount), 0), count(*) FROM orders")
    assert told.left_out is not None and told.money_in and told.money_left_out
    assert told.rows_in == len(rows) + 1 == count + sum(told.left_out.values())
    left = sum(told.money_left_out["amount"].values(), Decimal(0))
    assert told.money_in["amount"] == shown + left
    store.close()


@LAWS
@given(rows=ROWS, more=ROWS)
def test_once_more_changes_nothing_and_undo_gives_the_same_rows_back(
    empty: Path, tmp_path: Path, inline: None, rows: list[tuple[str, ...]],
    more: list[tuple[str, ...]],
) -> None:  # fmt: skip
    store = opened(empty, tmp_path)
    # A column of dates that is mostly words is no column of dates, and nothing lands.
    assume(take(store, "a.csv", text(rows)).import_id)
    first = state(store)
    again = take(store, "b.csv", text(rows) + "\n")
    assert again.landed is not None and (again.landed.new, again.landed.changed) == (0, 0)
    assert without_imports(state(store)) == without_imports(first)
    history.take_back(store, again.import_id or 0)
    assert state(store) == first
    other = take(store, "c.csv", text(more))
    if other.import_id:
        history.take_back(store, other.import_id)
    assert state(store) == first
    store.close()


def state(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL")


def without_imports(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted((row[:-2] for row in rows), key=str)
