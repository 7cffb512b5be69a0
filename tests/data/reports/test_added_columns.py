"""A column that earlier files did not have is matched, whatever they had otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

EN = ("Order No", "Order Date", "Customer", "Amount")
ZH = ("订单号", "下单日期", "客户", "金额")
DE = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag")
NAMES = ("Ann Vale", "Bo Lind", "Ann Vale", "Cy Moss")


def rows(prefix: str) -> list[list[object]]:
    days = ("2026-03-02", "2026-03-13", "2026-03-16", "2026-03-20")
    return [[f"{prefix}{n}", day, f"{prefix}{n} Ltd", 100 + n] for n, day in enumerate(days)]


@pytest.mark.parametrize(
    ("header", "added"),
    [
        (EN, "Sales Reps"),
        (EN, "Sales Rep"),
        (EN, "Salespeople"),
        (EN, "Sales reps (names)"),
        (ZH, "业务员"),
        (DE, "Verkäufer"),
    ],
)
@pytest.mark.parametrize("workbook", [False, True])
def test_an_added_column_of_reps_is_taken_as_in_a_first_file(
    store: Store, header: Sequence[str], added: str, workbook: bool
) -> None:
    grown = [[*header, added], *([*row, name] for row, name in zip(rows("B"), NAMES, strict=True))]
    name, content = ("b.xlsx", as_xlsx(grown)) if workbook else ("b.csv", as_csv(grown))
    (first,) = drafts_of(store, name, content)
    assert brought(store, "a.csv", as_csv([header, *rows("A")])).error is None

    (later,) = drafts_of(store, name, content)

    assert later.mapping == first.mapping
    assert asked(store, later) == asked(store, first)


def test_a_column_that_was_left_out_stays_out(store: Store) -> None:
    header = [*EN, "Remark"]
    first = [header, *([*row, "x"] for row in rows("A"))]
    (before,) = drafts_of(store, "a.csv", as_csv(first))
    brought(store, "a.csv", as_csv(first))
    grown = [[*header, "Sales Reps"]]
    grown += [[*row, "x", name] for row, name in zip(rows("B"), NAMES, strict=True)]

    (later,) = drafts_of(store, "b.csv", as_csv(grown))

    assert later.mapping == {**before.mapping, "rep": 5}
