"""Days of another age among those of today: listed with their amounts, and in no month."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, sales

HEADERS = {
    "orders": ["Order No", "Order Date", "Customer", "Amount"],
    "订单": ["订单编号", "订单日期", "客户", "金额"],
    "Aufträge": ["Auftragsnummer", "Bestelldatum", "Kunde", "Betrag"],
}
FAR = [
    ("1926-03-05", "date_far_back"), ("1900-01-01", "date_far_back"),
    ("1900-01-00", None), ("1970-01-01", "date_far_back"), ("1962-11-05", "date_far_back"),
    ("2062-03-05", "date_far_ahead"), ("2036-03-05", "date_far_ahead"),
]  # fmt: skip


CASES = [
    (far, why, list(HEADERS)[at % 3], (as_csv, as_xlsx)[at % 2])
    for at, (far, why) in enumerate(FAR)
]


@pytest.mark.parametrize(("far", "why", "name", "write"), CASES)
def test_a_day_of_another_age_is_listed_and_counts_in_no_month(
    store: Store, far: str, why: str | None, name: str, write: object
) -> None:
    rows = [HEADERS[name], ["1", "2026-03-02", "Alder", "100"], ["2", "2026-03-03", "Birch", "200"],
            ["3", far, "Cedar", "400"], ["4", "2026-03-09", "Dorn", "800"]]  # fmt: skip
    end, content = ("csv", as_csv(rows)) if write is as_csv else ("xlsx", as_xlsx(rows))
    result = brought(store, f"{name}.{end}", content)
    assert result.error is None
    assert sales(store) == Decimal(1100)
    assert result.left_out == {why or "unreadable_date": 1}
    assert [problem.row for problem in result.problems] == [4]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_old_books_keep_their_days(store: Store, write: object) -> None:
    rows = [HEADERS["orders"], ["1", "1962-03-02", "Alder", "100"],
            ["2", "1963-03-03", "Birch", "200"], ["3", "2026-03-03", "Birch", "400"]]  # fmt: skip
    end, content = ("csv", as_csv(rows)) if write is as_csv else ("xlsx", as_xlsx(rows))
    assert brought(store, f"orders.{end}", content).left_out == {}
    assert sales(store) == Decimal(700)


def test_a_deal_whose_close_is_the_zero_of_a_database_stays_without_one(store: Store) -> None:
    header = ["Deal ID", "Deal Name", "Customer", "Owner", "Stage", "Amount",
              "Expected Close Date"]  # fmt: skip
    rows = [header, ["1", "a", "Alder", "Ann", "Proposal", "100", "2026-06-30"],
            ["2", "b", "Birch", "Bo", "Proposal", "200", "1900-01-01"],
            ["3", "c", "Cedar", "Ann", "Proposal", "400", "2026-05-31"]]  # fmt: skip
    result = brought(store, "deals-2026-03-10.csv", as_csv(rows))
    assert result.error is None
    found = store.rows("SELECT deal_id, expected_close_date FROM deals ORDER BY 1")
    assert [(number, str(day) if day else None) for number, day in found] == [
        ("1", "2026-06-30"), ("2", None), ("3", "2026-05-31"),
    ]  # fmt: skip
    assert [problem.why for problem in result.problems] == ["date_far_back"]
