from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data.cleaning import clean, task
from data.staging import coverage, readings, review
from data.store.database import Store
from tests.conftest import TODAY, land, read
from tests.data import files

DEALS = "商机ID,阶段,金额,创建日期,最后跟进时间,预计成交日期,成交日期,负责人\n" + "".join(
    f"D{n},初步接触,{n}.50,2026-03-{n:02d},2026-03-{n:02d},2026-05-{n:02d},,王芳\n"
    for n in range(1, 9)
)
# Which of the two comes first is asked.
TWO_WAYS = "日期,客户,金额\n" + "".join(f"0{n}/04/2026,A,{n}.5\n" for n in range(1, 9))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each column was summarised, in this process, by its header."""
    counted: Counter[str] = Counter()
    summarise = task.summarise

    def counting(name: str, header: str, *more: Any) -> object:
        counted[header] += 1
        return summarise(name, header, *more)

    monkeypatch.setattr(task, "summarise", counting)
    return counted


@pytest.mark.parametrize(
    "text", [DEALS, TWO_WAYS, files.ORDERS], ids=["deals", "keyless", "orders"]
)
def test_a_column_is_summarised_once_from_the_preview_to_the_landing(
    store: Store, inline: None, made: Counter[str], text: str | bytes
) -> None:
    (draft,) = read(store, {"list.csv": text})
    told = readings.settled(draft, TODAY, store)
    answers = {one.key: one.options[0] for one in told.questions}
    draft = review.placed(store, replace(draft, answers=answers), TODAY)
    readings.answered(draft, TODAY, store)
    assert readings.unread(draft, readings.settled(draft, TODAY, store), TODAY) == []
    (result,) = land(store, [draft])
    assert result.error is None
    assert set(made.values()) == {1}
    dates = {"order_date", "created_date", "expected_close_date", "amount"} & set(draft.mapping)
    assert {draft.sheet.header[draft.mapping[name]] for name in dates} <= set(made)


def test_the_child_that_read_the_file_makes_the_summaries(store: Store, made: Counter[str]) -> None:
    (draft,) = read(store, {"list.csv": files.ORDERS})
    assert {name for _, name, _, _ in draft.known.summaries} == set(draft.mapping)
    readings.settled(draft, TODAY, store)
    assert made == {}


def test_what_is_known_of_a_sheet_stays_small_whatever_its_rows(store: Store, inline: None) -> None:
    def size(rows: int) -> int:
        lines = [f"O{n},2026-01-{n % 28 + 1:02d},{n}.25,{n % 9}" for n in range(rows)]
        text = "\n".join(["Order ID,Order Date,Amount,Quantity", *lines])
        (draft,) = read(store, {"orders.csv": text})
        readings.unread(draft, readings.settled(draft, TODAY, store), TODAY)
        land(store, [draft])
        return len(pickle.dumps(draft.known))

    assert size(40_000) < size(500) + 10_000


def test_nothing_is_looked_through_while_the_store_is_locked(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft,) = read(store, {"list.csv": TWO_WAYS})
    land(store, [replace(draft, answers={"order_date": "dmy"})])
    locked = False
    writing, trimmed = Store.writing, clean.trimmed

    @contextmanager
    def lock(self: Store, *parts: Any) -> Iterator[Any]:
        nonlocal locked
        with writing(self, *parts) as cursor:
            locked = True
            try:
                yield cursor
            finally:
                locked = False

    def look(column: Any) -> Any:
        assert not locked
        return trimmed(column)

    (again,) = read(store, {"list.csv": TWO_WAYS})
    again.known.summaries.clear()
    monkeypatch.setattr(Store, "writing", lock)
    for module in (clean, readings, coverage):
        monkeypatch.setattr(module, "trimmed", look)
    (result,) = land(store, [replace(again, answers={"order_date": "mdy"})])
    assert (result.error, result.reread) == (None, 8)
    (same,) = land(store, [replace(again, answers={"order_date": "mdy", "amount": "."})])
    assert same.error.code == "already_imported"


def test_all_columns_of_dates_are_settled_together(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft,) = read(store, {"deals.csv": DEALS})
    settle, times = readings.settle, []

    def counting(columns: Any, *more: Any) -> Any:
        times.append(len(columns))
        return settle(columns, *more)

    monkeypatch.setattr(readings, "settle", counting)
    names = ("created_date", "last_activity_date", "expected_close_date", "closed_date")
    found = readings.ends(draft, names, TODAY)
    assert times == [len([name for name in names if name in draft.mapping])]
    assert found["expected_close_date"] == (date(2026, 5, 1), date(2026, 5, 8))


@pytest.mark.parametrize("text", ["2026-03-0{n}", "0{n}/04/2026", "{n}月{n}日", "0{n}.04.26"])
def test_the_ends_of_a_column_are_those_of_its_days(store: Store, inline: None, text: str) -> None:
    lines = [f"{text.format(n=n)},A,{n}.5" for n in range(1, 9)]
    (draft,) = read(store, {"list.csv": "\n".join(["日期,客户,金额", *lines])})
    days = readings.days(draft, ["order_date"], TODAY)["order_date"].drop_null().to_pylist()
    assert readings.ends(draft, ["order_date"], TODAY)["order_date"] == (min(days), max(days))


def test_what_a_page_looks_up_of_a_drop_is_bounded(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pages.kit.files import effects

    (draft,) = read(store, {"deals.csv": DEALS})
    state: dict[str, dict[object, object]] = {}
    monkeypatch.setattr(effects.st, "session_state", state)
    monkeypatch.setattr(effects.cache, "store", lambda: store)
    for days in range(effects._MOST_KEPT + 20):
        effects.placed(replace(draft, as_of=TODAY - timedelta(days)), [], TODAY)
    (kept,) = state.values()
    assert len(kept) == effects._MOST_KEPT
