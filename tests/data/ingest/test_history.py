from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import history
from data.staging.draft import Result
from data.store.database import Store
from domain.errors import ImportRefused
from domain.tables import TABLES
from tests.conftest import Files
from tests.data import files

Importing = Callable[[Files], list[Result]]
State = dict[str, list[tuple[object, ...]]]


def current(store: Store) -> State:
    """The current state of every canonical table, with where each row came from."""
    rows = 'SELECT * EXCLUDE (alone) FROM "{}" ORDER BY ALL'
    return {one.name: store.rows(rows.format(one.name)) for one in TABLES}


def import_of(result: Result) -> int:
    assert result.import_id is not None, result
    return result.import_id


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (files.ORDERS, files.ORDERS_LATER),
        (files.SHARED, files.UNSHARED),
        (files.UNSHARED, files.SHARED),
        (files.SHARED, files.SHARED.replace("王芳 40%", "赵六 40%")),
        (files.DEALS, files.DEALS_LATER),
        (files.DEALS_LATER, files.DEALS),
        (files.TARGETS, files.TARGETS.replace("2000", "2500")),
        (files.REGISTER, files.REGISTER.replace("120", "99")),
    ],
    ids=[
        "orders", "shares-gone", "shares-new", "other-shares", "deals", "older-deals", "targets",
        "products",
    ],
)  # fmt: skip
def test_undo_gives_back_exactly_the_rows_before(
    importing: Importing, store: Store, first: str, second: str
) -> None:
    importing({"first.csv": first})
    before = current(store)
    (later,) = importing({"second.csv": second})
    history.take_back(store, import_of(later))
    assert current(store) == before


def test_undo_of_an_earlier_import_keeps_what_later_ones_brought(
    importing: Importing, store: Store
) -> None:
    (first,) = importing({"first.csv": files.ORDERS})
    importing({"second.csv": files.ORDERS_LATER})
    history.take_back(store, import_of(first))
    assert store.rows("SELECT order_id, amount FROM orders ORDER BY ALL") == [
        ("O2", Decimal("75.5000")),
        ("O3", Decimal("10.0000")),
    ]


def test_undo_of_all_imports_in_any_order_leaves_no_row(importing: Importing, store: Store) -> None:
    empty = current(store)
    told = [
        importing({f"{n}.csv": text})[0]
        for n, text in enumerate((files.SHARED, files.UNSHARED, files.ORDERS, files.DEALS))
    ]
    for at in (1, 3, 0, 2):
        history.take_back(store, import_of(told[at]))
    assert current(store) == empty


def test_undo_then_the_same_file_again_works(importing: Importing, store: Store) -> None:
    (first,) = importing({"orders.csv": files.ORDERS})
    figures = store.rows("SELECT count(*), sum(amount) FROM orders")
    history.take_back(store, import_of(first))
    (again,) = importing({"orders.csv": files.ORDERS})
    assert again.error is None
    assert store.rows("SELECT count(*), sum(amount) FROM orders") == figures
    assert history.imports(store)["status"].tolist() == ["active", "undone"]


@pytest.mark.parametrize("undone", [True, False], ids=["undone-before", "never-there"])
def test_only_an_import_that_stands_can_be_undone(
    importing: Importing, store: Store, undone: bool
) -> None:
    (first,) = importing({"orders.csv": files.ORDERS})
    number = import_of(first) if undone else 99
    if undone:
        history.take_back(store, number)
    with pytest.raises(ImportRefused, match="not_there"):
        history.take_back(store, number)
    assert store.versions().facts == (2 if undone else 1)


@pytest.mark.parametrize(
    ("text", "raised"), [(files.ORDERS, (2, 0)), (files.TARGETS, (2, 2))], ids=["facts", "targets"]
)
def test_undo_raises_the_versions_that_the_import_raised(
    importing: Importing, store: Store, text: str, raised: tuple[int, int]
) -> None:
    (one,) = importing({"one.csv": text})
    history.take_back(store, import_of(one))
    assert (store.versions().facts, store.versions().plan) == raised


def test_facts_are_never_deleted(importing: Importing, store: Store) -> None:
    (first,) = importing({"orders.csv": files.ORDERS})
    importing({"later.csv": files.ORDERS_LATER})
    history.take_back(store, import_of(first))
    assert store.rows("SELECT import_id, count(*) FROM fact_orders GROUP BY ALL ORDER BY 1") == [
        (1, 3),
        (2, 2),
    ]


def test_an_older_deals_export_does_not_overwrite_a_newer_state(
    importing: Importing, store: Store
) -> None:
    importing({"deals_2026-03-20.csv": files.DEALS_LATER})
    before = current(store)
    older = files.DEALS + "D3,Seals,启明仪器,王芳,Proposal,Open,5,2026-01-02,2026-04-13\n"
    (told,) = importing({"deals_2026-03-10.csv": older})
    assert told.landed is not None
    # What it knows of the others is history; D3 had vanished by the time of the newer file.
    assert (told.landed.new, told.landed.changed, told.landed.same) == (1, 0, 2)
    assert told.landed.gone == 1
    assert current(store)["deals"] == before["deals"]
    assert store.rows("SELECT count(*) FROM fact_deals") == [(5,)]


def test_undo_of_the_newest_deals_falls_back_to_the_newest_that_stands(
    importing: Importing, store: Store
) -> None:
    (newest,) = importing({"deals_2026-03-20.csv": files.DEALS_LATER})
    importing({"deals_2026-03-10.csv": files.DEALS})
    importing({"deals_2026-03-05.csv": files.DEALS.replace("1000", "1")})
    history.take_back(store, import_of(newest))
    assert store.rows("SELECT amount, status FROM deals WHERE deal_id = 'D1'") == [
        (Decimal("1000.0000"), "open")
    ]


def test_a_file_with_several_snapshots_of_a_deal_shows_the_last(
    importing: Importing, store: Store
) -> None:
    importing(
        {
            "history.csv": "Deal ID,As of,Stage,Status,Amount\n"
            "D1,2026-03-01,Proposal,Open,10\nD1,2026-03-20,Won,Won,30\n"
            "D1,2026-03-10,Review,Open,20\n"
        }
    )
    assert store.rows("SELECT stage, amount FROM deals") == [("Won", Decimal("30.0000"))]
    assert store.rows("SELECT count(*) FROM fact_deals") == [(3,)]


def test_deals_without_any_date_are_updated_by_the_next_import(
    importing: Importing, store: Store
) -> None:
    importing({"a.csv": "Deal ID,Stage,Status,Amount\nD1,Proposal,Open,10\n"})
    importing({"b.csv": "Deal ID,Stage,Status,Amount\nD1,Review,Open,20\n"})
    assert store.rows("SELECT stage, amount FROM deals") == [("Review", Decimal("20.0000"))]


def test_a_column_that_the_file_does_not_have_keeps_what_it_held(
    importing: Importing, store: Store
) -> None:
    importing({"orders.csv": files.ORDERS})
    before = store.rows("SELECT customer, rep, amount FROM orders ORDER BY ALL")
    bare = "Order ID,Line No,Order Date,Amount\nO1,1,2026-03-02,100.00\n"
    (told,) = importing({"bare.csv": bare})
    assert told.landed is not None and (told.landed.changed, told.landed.same) == (0, 1)
    assert store.rows("SELECT customer, rep, amount FROM orders ORDER BY ALL") == before


def test_the_same_rows_in_another_file_are_the_same(importing: Importing, store: Store) -> None:
    importing({"deals_2026-03-10.csv": files.DEALS})
    (told,) = importing({"deals_2026-03-11.csv": files.DEALS + "\n"})
    assert told.landed is not None
    assert (told.landed.new, told.landed.changed, told.landed.same) == (0, 0, 2)


def test_credits_arrive_with_their_line_and_go_with_it(importing: Importing, store: Store) -> None:
    shares = "SELECT order_id, line_no, rep, share FROM credits ORDER BY share DESC"
    (first,) = importing({"shared.csv": files.SHARED})
    together = [
        ("O1", "1", "李雷", Decimal("0.6000")),
        ("O1", "1", "王芳", Decimal("0.4000")),
    ]
    assert store.rows(shares) == together
    (second,) = importing({"unshared.csv": files.UNSHARED})
    assert store.rows(shares) == []
    history.take_back(store, import_of(second))
    assert store.rows(shares) == together
    history.take_back(store, import_of(first))
    assert store.rows(shares) == []


def test_a_share_knows_the_row_it_was_written_in(importing: Importing, store: Store) -> None:
    importing({"shared.csv": files.SHARED})
    assert store.rows(
        "SELECT DISTINCT credits.row_no = orders.row_no FROM credits "
        "JOIN orders USING (order_id, line_no)"
    ) == [(True,)]


def test_shares_from_a_sheet_of_their_own_stay_when_the_line_comes_again(
    importing: Importing, store: Store
) -> None:
    importing({"credits.csv": "Order ID,Line No,Sales rep,Share\nO1,1,李雷,60%\nO1,1,王芳,40%\n"})
    before = store.rows("SELECT * EXCLUDE (alone) FROM credits ORDER BY ALL")
    assert len(before) == 2
    (orders,) = importing({"orders.csv": files.UNSHARED})
    assert store.rows("SELECT * EXCLUDE (alone) FROM credits ORDER BY ALL") == before
    history.take_back(store, import_of(orders))
    assert store.rows("SELECT * EXCLUDE (alone) FROM credits ORDER BY ALL") == before


def test_the_history_shows_every_import_the_newest_first(
    importing: Importing, store: Store
) -> None:
    importing({"orders.csv": files.ORDERS, "deals_2026-03-10.csv": files.DEALS})
    shown = history.imports(store)
    assert shown["table_name"].tolist() == ["deals", "orders"]
    assert shown["rows_kept"].tolist() == [2, 3]
    assert str(shown["as_of"].iloc[0]) == "2026-03-10"
    assert shown["coverage"].tolist()[0] == "all"
