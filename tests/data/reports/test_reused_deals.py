"""Deals of two systems with the same numbers: asked about, and neither takes the other's out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store.database import Store
from tests.conftest import read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

Write = Callable[[Rows], bytes]
ENGLISH = ["Deal ID", "Deal Name", "Customer", "Owner", "Stage", "Amount", "Created Date",
           "Expected Close Date"]  # fmt: skip
CHINESE = ["商机编号", "商机名称", "客户名称", "负责人", "阶段", "金额", "创建日期", "预计成交日期"]
WITHOUT_DAYS = ["Deal ID", "Deal Name", "Customer", "Owner", "Stage", "Amount"]
FIRST = [
    ("1", "Alder line", "Alder", "Ann", "Proposal", "1000", "2026-01-02", "2026-06-30"),
    ("2", "Birch line", "Birch", "Bo", "Proposal", "2000", "2026-01-03", "2026-06-30"),
    ("3", "Cedar line", "Cedar", "Ann", "Proposal", "3000", "2026-01-04", "2026-06-30"),
    ("4", "Dorn line", "Dorn", "Ann", "Proposal", "4000", "2026-01-05", "2026-06-30"),
]
OTHER = [
    ("1", "Xylo press", "Xylo", "Cy", "Proposal", "500", "2026-02-02", "2026-07-30"),
    ("2", "Yew press", "Yew", "Di", "Proposal", "600", "2026-02-03", "2026-07-30"),
    ("3", "Zinc press", "Zinc", "Cy", "Proposal", "700", "2026-02-04", "2026-07-30"),
    ("4", "Wald press", "Wald", "Cy", "Proposal", "800", "2026-02-05", "2026-07-30"),
]
SYSTEMS = [
    pytest.param(ENGLISH, as_csv, id="english"),
    pytest.param(ENGLISH, as_xlsx, id="workbook"),
    pytest.param(CHINESE, as_csv, id="chinese"),
    pytest.param(CHINESE, as_xlsx, id="chinese-workbook"),
    pytest.param(WITHOUT_DAYS, as_csv, id="without-days"),
    pytest.param(WITHOUT_DAYS, as_xlsx, id="without-days-workbook"),
]  # fmt: skip
APART = {"deal_id/reused": "name:south"}


def rows_of(header: list[str], deals: Rows) -> Rows:
    return [header, *(list(deal)[: len(header)] for deal in deals)]


def open_deals(store: Store) -> list[tuple[str, int]]:
    rows = store.rows("SELECT customer, amount FROM deals WHERE status = 'open' ORDER BY 1")
    return [(customer, int(amount)) for customer, amount in rows]


def all_of(*lists: Rows) -> list[tuple[str, int]]:
    return sorted((str(deal[2]), int(str(deal[5]))) for deals in lists for deal in deals)


@pytest.mark.parametrize(("header", "write"), SYSTEMS)
def test_deals_of_another_system_are_asked_about_and_both_stay(
    store: Store, header: list[str], write: Write
) -> None:
    end = "csv" if write is as_csv else "xlsx"
    brought(store, f"north-2026-03-10.{end}", write(rows_of(header, FIRST)))
    name, content = f"south-2026-03-10.{end}", write(rows_of(header, OTHER))
    (draft,) = drafts_of(store, name, content)
    assert "deal_id/reused" in asked(store, draft)
    assert draft.reused
    apart = next(option for option in draft.reused.options if option != "newer")
    assert brought(store, name, content, {"deal_id/reused": apart}).error is None
    assert open_deals(store) == all_of(FIRST, OTHER)


@pytest.mark.parametrize(("header", "write"), SYSTEMS)
def test_a_newer_export_of_either_system_changes_its_own_deals_alone(
    store: Store, header: list[str], write: Write
) -> None:
    end = "csv" if write is as_csv else "xlsx"
    brought(store, f"north-2026-03-10.{end}", write(rows_of(header, FIRST)))
    brought(store, f"south-2026-03-10.{end}", write(rows_of(header, OTHER)), APART)
    grown = [(*OTHER[0][:5], "550", *OTHER[0][6:]), *OTHER[1:3]]
    (draft,) = drafts_of(store, f"south-2026-03-20.{end}", write(rows_of(header, grown)))
    assert draft.coverage
    assert (draft.coverage.open_deals, draft.coverage.missing) == (4, 1)
    assert brought(store, f"south-2026-03-20.{end}", write(rows_of(header, grown))).error is None
    assert open_deals(store) == all_of(FIRST, grown)
    brought(store, f"north-2026-03-30.{end}", write(rows_of(header, FIRST[:3])))
    assert open_deals(store) == all_of(FIRST[:3], grown)


@pytest.mark.parametrize(("header", "write"), SYSTEMS)
def test_a_newer_export_of_the_same_deals_is_not_asked_about(
    store: Store, header: list[str], write: Write
) -> None:
    end = "csv" if write is as_csv else "xlsx"
    brought(store, f"deals-2026-03-10.{end}", write(rows_of(header, FIRST)))
    moved = [(*deal[:4], "Negotiation", "9000", *deal[6:7], "2026-09-30") for deal in FIRST]
    (draft,) = drafts_of(store, f"deals-2026-03-20.{end}", write(rows_of(header, moved)))
    assert asked(store, draft) == []


def test_the_answer_that_they_are_newer_replaces_them(store: Store) -> None:
    brought(store, "north-2026-03-10.csv", as_csv(rows_of(ENGLISH, FIRST)))
    newer = {"deal_id/reused": "newer"}
    brought(store, "south-2026-03-20.csv", as_csv(rows_of(ENGLISH, OTHER)), newer)
    assert open_deals(store) == all_of(OTHER)


def test_deals_of_two_systems_in_one_drop_are_asked_about(store: Store) -> None:
    drafts = read(store, {"north.csv": as_csv(rows_of(ENGLISH, FIRST)),
                          "south.csv": as_csv(rows_of(ENGLISH, OTHER))})  # fmt: skip
    assert isinstance(drafts, list)
    assert [asked(store, draft) for draft in drafts] == [[], ["deal_id/reused"]]
