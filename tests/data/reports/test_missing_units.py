"""Amounts of which most have their unit and some have none are asked about: 6 beside 10万."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

# | header | amounts | which may lack the unit | in the unit | as written
CASES = [
    (["姓名", "2026年1月", "2026年2月"], ["10万", "6"], "target", "万", 160_000, 100_006),
    (["Rep", "Jan 2026", "Feb 2026"], ["10k", "12"], "target", "k", 22_000, 10_012),
    (["Rep", "Jan 2026", "Feb 2026"], ["1.5M", "2"], "target", "M", 3_500_000, 1_500_002),
    (["Rep", "2026-01", "2026-02"], ["10 K", "7"], "target", "K", 17_000, 10_007),
    (["姓名", "2026年1月", "2026年2月"], ["1.2亿", "1"], "target", "亿", 220_000_000, 120_000_001),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("header", "cells", "column", "unit", "meant", "written"), CASES)
def test_whether_a_bare_target_is_in_the_unit_of_the_others_is_asked(
    store: Store, header: list[str], cells: list[str], column: str, unit: str,
    meant: int, written: int, write: Callable[[Rows], bytes], suffix: str,
) -> None:  # fmt: skip
    name, content = f"targets.{suffix}", write([header, ["Ann", *cells]])
    (draft,) = drafts_of(store, name, content)
    assert f"{column}/missing_unit" in asked(store, draft)

    brought(store, name, content, {f"{column}/missing_unit": unit})
    assert store.rows("SELECT sum(target) FROM targets") == [(meant,)]


@pytest.mark.parametrize(("header", "cells", "column", "unit", "meant", "written"), CASES)
def test_answered_as_written_they_count_as_written(
    store: Store, header: list[str], cells: list[str], column: str, unit: str,
    meant: int, written: int,
) -> None:  # fmt: skip
    content = as_csv([header, ["Ann", *cells]])
    brought(store, "targets.csv", content, {f"{column}/missing_unit": "1"})
    assert store.rows("SELECT sum(target) FROM targets") == [(written,)]


ORDERS = ["订单编号", "下单日期", "客户", "金额"]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_orders_are_asked_about_too_and_only_the_small_ones_change(
    store: Store, write: Callable[[Rows], bytes]
) -> None:
    amounts = ["1.2万", "3万", "2万", "2.5", "8000"]
    rows = [ORDERS, *([f"S{at}", "2026-03-02", "甲", one] for at, one in enumerate(amounts))]
    brought(store, "orders.csv", write(rows), {"amount/missing_unit": "万"})
    assert sales(store) == 62_000 + 25_000 + 8_000


@pytest.mark.parametrize(
    "amounts",
    [["1.2万", "8000", "3万"], ["10万", "0", "5万"], ["10万", "6元", "5万"], ["10", "12", "7"],
     ["10万", "6", "7", "8"], ["10万", "60000", "7万"], ["1.2K", "300", "2K"]],
)  # fmt: skip
def test_amounts_that_stand_among_the_others_are_not_asked_about(
    store: Store, amounts: list[str]
) -> None:
    rows = [ORDERS, *([f"S{at}", "2026-03-02", "甲", one] for at, one in enumerate(amounts))]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert "amount/missing_unit" not in asked(store, draft)


def test_the_answer_is_not_asked_again_for_the_next_list(store: Store) -> None:
    def targets(*cells: str) -> bytes:
        return as_csv([["姓名", "2026年1月", "2026年2月"], ["张三", *cells]])

    brought(store, "目标一.csv", targets("10万", "6"), {"target/missing_unit": "万"})
    result = brought(store, "目标二.csv", targets("11万", "7"))
    assert result.error is None
    assert store.rows("SELECT sum(target) FROM targets") == [(Decimal(180_000),)]
