"""A department written with its path says in which region its people sell."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

ZH = ["销售订单编号", "客户名称", "负责人", "下单日期", "订单金额", "负责人主属部门"]
EN = ["Order ID", "Customer", "Sales Rep", "Order Date", "Amount", "Department"]


def regions(store: Store) -> list[tuple[str, str | None]]:
    """Return the region of each order: its own, else that of its rep."""
    return store.rows(
        "SELECT order_id, coalesce(orders.region, people.region) FROM orders "
        "LEFT JOIN people ON people.rep = orders.rep AND people.from_date IS NULL ORDER BY order_id"
    )


def orders(header: list[str], *departments: str) -> Rows:
    rows: list[list[object]] = [header]
    for at, department in enumerate(departments, 1):
        rows.append([f"O{at}", f"客户{at}", "张三", "2026-03-01", 100 * at, department])
    return rows


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("header", "departments", "found"),
    [
        (ZH, ("华东大区/销售一部", "华南大区/销售二部"), ("华东大区", "华南大区")),
        (ZH, ("总公司/华东大区/销售一部", "总公司/华北区/一组"), ("华东大区", "华北区")),
        (ZH, ("华东大区/一部", "华东大区/二部", "财务部"), ("华东大区", "华东大区", None)),
        (ZH, ("华东大区 > 一部", "西南战区 > 二部"), ("华东大区", "西南战区")),
        # The region of the rep is that of the order without a department.
        ([*ZH[:5], "归属部门"], ("华东大区/一部", ""), ("华东大区", "华东大区")),
        (EN, ("North Region / Team 1", "South Region / Team 2"), ("North Region", "South Region")),
        (EN, ("Sales\\West Area\\Key", "Sales\\East Area\\SMB"), ("West Area", "East Area")),
    ],
)
def test_the_region_of_a_path(
    store: Store,
    header: list[str],
    departments: tuple[str, ...],
    found: tuple[str | None, ...],
    suffix: str,
) -> None:
    rows = orders(header, *departments)
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    assert brought(store, f"销售订单.{suffix}", content).error is None
    assert [region for _, region in regions(store)] == list(found)
    # The next file of this shape is read alike.
    more = [header, ["O9", "客户9", "张三", "2026-03-09", 5, departments[0]]]
    brought(store, f"more 销售订单.{suffix}", as_csv(more) if suffix == "csv" else as_xlsx(more))
    assert regions(store)[-1] == ("O9", found[0])


def test_a_region_of_its_own_goes_first(store: Store) -> None:
    rows = orders([*ZH, "区域"], "华东大区/一部", "华南大区/二部")
    whole = [rows[0], *([*row, "华北"] for row in rows[1:])]
    brought(store, "销售订单.csv", as_csv(whole))
    assert {region for _, region in regions(store)} == {"华北"}


@pytest.mark.parametrize("departments", [("销售一部", "销售二部"), ("研发/平台组", "销售/直销组")])
def test_departments_without_a_region_give_none(store: Store, departments: tuple[str, ...]) -> None:
    brought(store, "销售订单.csv", as_csv(orders(ZH, *departments)))
    assert {region for _, region in regions(store)} == {None}
