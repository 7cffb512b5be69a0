from __future__ import annotations

from collections.abc import Callable

import pytest

from data.ingest import source_rows
from data.staging.draft import Result
from data.store.database import Store
from tests.conftest import Files, read

Importing = Callable[[Files], list[Result]]

ORDERS = (
    "Order ID,Order Date,Customer,Amount,Remark\n"
    "O1,2026-03-02,X,100,fine\n"
    'O2,,=1+1,"1,000.50", spaced \n'
    "O3,2026-03-04,,much,\n"
)


def test_the_rows_with_problems_stay_with_their_import_as_they_stood(
    importing: Importing, store: Store
) -> None:
    (result,) = importing({"orders.csv": ORDERS})
    assert result.import_id is not None
    (found,) = source_rows.kept(store, result.import_id)
    assert found.header == ("Order ID", "Order Date", "Customer", "Amount", "Remark")
    assert found.rows == (
        (3, ("O2", None, "=1+1", "1,000.50", " spaced ")),
        (4, ("O3", "2026-03-04", None, "much", None)),
    )


def test_an_import_without_problems_keeps_no_row(importing: Importing, store: Store) -> None:
    (result,) = importing({"orders.csv": "Order ID,Order Date,Amount\nO1,2026-03-02,5\n"})
    assert result.import_id is not None
    assert source_rows.kept(store, result.import_id) == ()
    assert store.rows("SELECT count(*) FROM problem_rows") == [(0,)]


def test_what_is_kept_is_what_a_look_at_the_sheet_gives(importing: Importing, store: Store) -> None:
    (draft,) = read(store, {"orders.csv": ORDERS})
    (result,) = importing({"orders.csv": ORDERS})
    assert result.import_id is not None
    assert source_rows.of(draft.sheet, result.problems) == source_rows.kept(store, result.import_id)


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_rows_are_kept_than_problems_are_listed(
    importing: Importing, store: Store, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(source_rows, "PROBLEMS_LISTED", most)
    (result,) = importing({"orders.csv": ORDERS})
    assert result.import_id is not None
    (found,) = source_rows.kept(store, result.import_id)
    assert len(found.rows) == most
