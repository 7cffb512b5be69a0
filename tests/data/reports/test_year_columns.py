"""Amounts of two years side by side: those of the year of the rows count, or it is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")


def listed(header: Sequence[str], days: Sequence[str], prefix: str = "A") -> Rows:
    """Return orders of 90, 180 and 70 in the first column of amounts, 100, 200 and 50 beside."""
    amounts = [(90, 100), (180, 200), (70, 50)]
    rows = [[f"{prefix}{n}", day, f"{prefix}{n} Ltd", *amounts[n]] for n, day in enumerate(days)]
    return [header, *rows]


EN = ("Order No", "Order Date", "Customer")
ZH = ("订单号", "下单日期", "客户")
DE = ("Auftragsnummer", "Auftragsdatum", "Kunde")
OF_2026 = ("2026-03-02", "2026-03-03", "2026-03-05")
OF_2025 = ("2025-03-02", "2025-03-03", "2025-03-05")
CASES = [
    ((*EN, "Sales 2025", "Sales 2026"), OF_2026, 350),
    ((*EN, "Sales 2025", "Sales 2026"), OF_2025, 340),
    ((*EN, "2026 Sales", "2025 Sales"), OF_2026, 340),
    ((*EN, "Amount 2025", "Amount 2026"), OF_2026, 350),
    ((*EN, "Amount FY2025", "Amount FY2026"), OF_2026, 350),
    ((*EN, "Revenue FY25", "Revenue FY26"), OF_2026, 350),
    ((*ZH, "2025年销售额", "2026年销售额"), OF_2026, 350),
    ((*ZH, "销售额2025", "销售额2026"), OF_2026, 350),
    ((*DE, "Umsatz 2025", "Umsatz 2026"), ("13.03.2026", "14.03.2026", "15.03.2026"), 350),
    ((*EN, "Sales 2025", "Sales 2026"), ("13/03/2026", "14/03/2026", "15/03/2026"), 350),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("header", "days", "right"), CASES)
def test_the_column_of_the_year_of_the_days_counts(
    store: Store, header: Sequence[str], days: Sequence[str], right: int,
    write: Callable[[Rows], bytes], suffix: str,
) -> None:  # fmt: skip
    content = write(listed(header, days))
    (draft,) = drafts_of(store, f"list.{suffix}", content)
    assert asked(store, draft) == []
    brought(store, f"list.{suffix}", content)
    assert sales(store) == right


@pytest.mark.parametrize(
    ("header", "days"),
    [
        ((*EN, "Sales 2025", "Sales 2026"), ("2025-12-30", "2026-01-03", "2026-01-05")),
        ((*EN, "Sales 2024", "Sales 2025"), OF_2026),
        ((*ZH, "2025年销售额", "2026年销售额"), ("2025-12-30", "2026-01-03", "2026-01-05")),
    ],
)
@pytest.mark.parametrize(("at", "right"), [(3, 340), (4, 350)])
def test_where_the_days_leave_it_open_it_is_asked_with_both_sums(
    store: Store, header: Sequence[str], days: Sequence[str], at: int, right: int
) -> None:
    content = as_csv(listed(header, days))
    (draft,) = drafts_of(store, "list.csv", content)
    assert asked(store, draft) == ["amount/column"]
    (question,) = draft.choices
    assert (question.options, question.samples[0][1]) == (header[3:], ("340", "350"))
    brought(store, "list.csv", content, {"amount/column": header[at]})
    assert sales(store) == right


def test_the_days_go_before_what_an_earlier_file_said(store: Store) -> None:
    header = (*EN, "Sales 2025", "Sales 2026")
    mixed = as_csv(listed(header, ("2025-12-30", "2026-01-03", "2026-01-05")))
    brought(store, "a.csv", mixed, {"amount/column": "Sales 2025"})

    assert brought(store, "b.csv", as_csv(listed(header, OF_2026, "B"))).error is None
    assert sales(store, "order_id LIKE 'B%'") == 350


@pytest.mark.parametrize(
    ("header", "right"),
    [
        ((*EN, "Amount", "Pieces 2025"), 340),
        ((*EN, "Sales 2025", "Budget code 2026"), 340),
        ((*EN, "Amount", "Last year"), 340),
    ],
)
def test_one_column_of_amounts_is_not_asked_about(
    store: Store, header: Sequence[str], right: int
) -> None:
    content = as_csv(listed(header, OF_2026))
    (draft,) = drafts_of(store, "list.csv", content)
    assert "amount/column" not in asked(store, draft)
    brought(store, "list.csv", content)
    assert sales(store) == right
