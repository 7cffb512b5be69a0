"""Blocks of orders below each other, each under a heading that says whose they are."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ORDER = ["Order ID", "Order Date", "Customer", "Amount"]
DINGDAN = ["订单编号", "下单日期", "客户", "金额"]
FIRST = [
    ["SO-1", "2026-03-02", "Alder", "120"],
    ["SO-2", "2026-03-09", "Birch", "260"],
    ["SO-3", "2026-03-16", "Cedar", "75"],
]
SECOND = [["SO-4", "2026-03-20", "Alder", "1020"], ["SO-5", "2026-03-21", "Dogwood", "60"]]
# 455 in the first block, 1,080 in the second.

LABELS = [("业务员：{}", "张三", "李四"), ("销售员: {}", "张三", "李四"),
          ("Sales Rep: {}", "Ann Vale", "Bo Reed"),
          ("Vendeur : {}", "Anne Valle", "Luc Petit"), ("Vertreter: {}", "Anna Vogt", "Bernd Roth"),
          ("Vendedor: {}", "Ana Vega", "Luis Paz"), ("负责人：{}", "张三", "李四")]  # fmt: skip
NAMES = [("{} 11月销售明细", "张三", "李四"), ("{}的订单", "张三", "李四"),
         ("{}销售明细", "张三", "李三"),
         ("{} – March orders", "Ann Vale", "Bo Reed"), ("{}'s orders", "Ann Vale", "Bo Reed"),
         ("Orders of {}", "Ann Vale", "Bo Reed"), ("Aufträge von {}", "Anna Vogt", "Bernd Roth"),
         ("{}", "张三", "李四")]  # fmt: skip


def blocks(first: str, second: str, *, again: bool = True, gap: bool = False) -> Rows:
    header = ORDER if first[0].isascii() or first.startswith("Aufträge") else DINGDAN
    between: Rows = [[]] if gap else []
    more: Rows = [header] if again else []
    return [[first], header, *FIRST, *between, [second], *more, *SECOND]


def by_rep(store: Store) -> dict[str | None, Decimal]:
    """Return the amounts of reps."""
    return dict(store.rows("SELECT rep, sum(amount) FROM orders GROUP BY rep"))


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize("gap", [False, True])
@pytest.mark.parametrize(("heading", "one", "other"), [*LABELS, *NAMES])
def test_orders_are_those_of_the_rep_who_heads_them(
    store: Store, heading: str, one: str, other: str, gap: bool,
    write: Callable[[Rows], bytes], suffix: str,
) -> None:  # fmt: skip
    rows = blocks(heading.format(one), heading.format(other), gap=gap)
    result = brought(store, f"orders.{suffix}", write(rows))
    assert result.rows_kept == 5
    assert result.problem_count == 0
    assert by_rep(store) == {one: 455, other: 1080}


@pytest.mark.parametrize(("heading", "one", "other"), LABELS)
def test_a_heading_with_a_label_needs_no_header_below_it(
    store: Store, heading: str, one: str, other: str
) -> None:
    rows = blocks(heading.format(one), heading.format(other), again=False)
    brought(store, "orders.csv", as_csv(rows))
    assert by_rep(store) == {one: 455, other: 1080}


def test_a_label_may_stand_in_a_cell_of_its_own(store: Store) -> None:
    rows = [["业务员：", "张三"], DINGDAN, *FIRST, [], ["业务员：", "李四"], DINGDAN, *SECOND]
    brought(store, "orders.xlsx", as_xlsx(rows))
    assert by_rep(store) == {"张三": 455, "李四": 1080}


def test_a_heading_may_have_two_labels(store: Store) -> None:
    rows = blocks("业务员：张三  区域：华东", "业务员：李四  区域：华南")
    brought(store, "orders.xlsx", as_xlsx(rows))
    assert by_rep(store) == {"张三": 455, "李四": 1080}
    assert sales(store, "region = '华东'") == 455


@pytest.mark.parametrize(
    ("first", "second"),
    [("March", "April"), ("11月", "12月"), ("Acme Ltd – orders", "Acme Ltd – orders"),
     ("2026-03", "2026-04"), ("Page 1", "Page 2"), ("Sales Rep: All", "Sales Rep: All")],
)  # fmt: skip
def test_a_heading_that_names_nobody_gives_no_rep(store: Store, first: str, second: str) -> None:
    brought(store, "orders.csv", as_csv(blocks(first, second)))
    assert by_rep(store) == {None: 1535}


def test_a_name_below_each_block_is_not_given_to_the_next(store: Store) -> None:
    rows = [ORDER, *FIRST, ["Sales Rep: Ann Vale"], *SECOND, ["Sales Rep: Bo Reed"]]
    brought(store, "orders.csv", as_csv(rows))
    assert by_rep(store) == {None: 1535}


def test_the_note_says_which_column_the_headings_fill(store: Store) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(blocks("Rep: Ann Vale", "Rep: Bo Reed")))
    assert draft.sheet
    assert [
        dict(note.params)["columns"] for note in draft.sheet.notes if note.code == "group_rows"
    ] == ["Rep"]


TITLES: list[tuple[list[str], str]] = [
    (["业务员：张三"], "张三"),
    (["业务员：", "张三"], "张三"),
    (["业务员：张三", "日期：2026-03-01至2026-03-31", "制表人：王五"], "张三"),
    (["Sales Rep: Ann Vale    Period: March 2026"], "Ann Vale"),
    (["Vertreter: Anna Vogt; Monat: März 2026"], "Anna Vogt"),
    (["Vendeur : Anne Valle"], "Anne Valle"),
    (["Owner:", "Ann Vale", "Printed:", "2026-03-31"], "Ann Vale"),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("title", "rep"), TITLES)
def test_a_report_of_one_rep_says_so_above_its_header(
    store: Store, title: list[str], rep: str, write: Callable[[Rows], bytes], suffix: str
) -> None:
    header = ORDER if rep.isascii() else DINGDAN
    content = write([["Sales report"], title, header, *FIRST, *SECOND])
    result = brought(store, f"orders.{suffix}", content)
    assert result.rows_kept == 5
    assert by_rep(store) == {rep: 1535}


def test_the_note_says_what_every_row_was_given(store: Store) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv([["业务员：张三"], DINGDAN, *FIRST]))
    assert draft.sheet
    assert [
        dict(note.params)["columns"] for note in draft.sheet.notes if note.code == "title_owner"
    ] == ["业务员 = 张三"]


@pytest.mark.parametrize(
    "title",
    [["Sales Rep: All"], ["业务员：全部"], ["部门：财务部", "制表人：王五"], ["制表人：王五"],
     ["Printed by: Bo Reed"], ["Sales Rep: Ann Vale", "Sales Rep: Bo Reed"], ["业务员：12"]],
)  # fmt: skip
def test_a_line_above_the_header_that_names_no_one_rep_gives_none(
    store: Store, title: list[str]
) -> None:
    brought(store, "orders.csv", as_csv([["Orders"], title, ORDER, *FIRST]))
    assert by_rep(store) == {None: 455}


def test_a_filter_above_a_column_of_that_name_adds_nothing(store: Store) -> None:
    rows = [
        ["Customer: Alder"],
        ORDER,
        ["SO-1", "2026-03-02", "Alder", "120"],
        ["SO-2", "2026-03-09", "Alder & Sons", "260"],
        ["SO-3", "2026-03-16", "Alder", "75"],
    ]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store, "customer = 'Alder'") == 195


def test_a_team_above_targets_of_reps_leaves_their_sum(store: Store) -> None:
    rows = [
        ["Targets March 2026"],
        ["Team: North"],
        ["Rep", "Month", "Target"],
        ["Ann", "2026-03", "300"],
        ["Bo", "2026-03", "250"],
        ["Cy", "2026-03", "50"],
    ]
    brought(store, "targets.xlsx", as_xlsx(rows))
    assert store.rows("SELECT sum(target) FROM targets") == [(600,)]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_headings_with_and_without_a_label_are_of_one_kind(
    store: Store, write: Callable[[Rows], bytes]
) -> None:
    brought(store, "orders.csv", write(blocks("业务员：张三", "李四")))
    assert by_rep(store) == {"张三": 455, "李四": 1080}
