"""Of several versions of one document the newest counts; the others are left out, and told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from data.ingest.history import take_back
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

LINES = ("订单编号", "版本", "订单日期", "客户", "产品", "金额")
LINES_EN = ("Order ID", "Revision", "Order Date", "Customer", "Product", "Amount")
CONTRACTS = ("合同编号", "版本号", "签订日期", "客户", "合同金额")
CONTRACTS_EN = ("Contract No", "Rev.", "Signed Date", "Customer", "Amount")
DEALS = ("Opportunity ID", "Version", "Opportunity Name", "Account Name", "Stage", "Amount",
         "Close Date", "Created Date")  # fmt: skip
ZIELE = ("月份", "销售员", "目标", "版本")
DAY = "2026-03-02"


def order(first: object, last: object) -> Rows:
    """Return S1 in two versions, 300 and 400, and S2 in one, 800."""
    return [
        ["S1", first, DAY, "恒信", "笔", 100],
        ["S1", first, DAY, "恒信", "纸", 200],
        ["S1", last, DAY, "恒信", "笔", 150],
        ["S1", last, DAY, "恒信", "纸", 250],
        ["S2", first, DAY, "大通", "纸", 800],
    ]


def contract(*versions: object) -> Rows:
    """Return C1 with 100, 200, 300 … by version, as they are listed, and C2 with 1000."""
    every = [["C1", one, DAY, "Alder", 100 * at] for at, one in enumerate(versions, 1)]
    return [*every, ["C2", versions[0], DAY, "Birch", 1000]]


def deal(first: str, last: str) -> Rows:
    named = ("Pump", "Acme", "Proposal")
    return [
        ["D1", first, *named, 100, "2026-04-30", "2026-02-01"],
        ["D1", last, *named, 150, "2026-04-30", "2026-02-01"],
        ["D2", first, "Valve", "Beck", "Proposal", 400, "2026-04-30", "2026-02-01"],
    ]


# | header, rows, the table, what counts, how many rows do not, and their sum
FILES = [
    pytest.param(LINES, order("V1", "V2"), "orders", 1200, 2, 300, id="V2"),
    pytest.param(LINES, order("V9", "V10"), "orders", 1200, 2, 300, id="V10-after-V9"),
    pytest.param(LINES_EN, order("A", "B"), "orders", 1200, 2, 300, id="letters"),
    pytest.param(LINES, order("2026-03-01", "2026-03-05"), "orders", 1200, 2, 300, id="days"),
    pytest.param(LINES, order("第二版", "第三版"), "orders", 1200, 2, 300, id="第三版"),
    pytest.param(LINES, order("", 2), "orders", 1200, 2, 300, id="blank-is-the-first"),
    pytest.param(CONTRACTS, contract("V1.9", "V1.10"), "contracts", 1200, 1, 100, id="V1.10"),
    pytest.param(CONTRACTS, contract(1, 2, 3), "contracts", 1300, 2, 300, id="three"),
    pytest.param(CONTRACTS_EN, contract("Rev B", "Rev A"), "contracts", 1100, 1, 200, id="first"),
    pytest.param(CONTRACTS, contract("初稿", "终稿"), "contracts", 1200, 1, 100, id="终稿"),
    pytest.param(DEALS, deal("1", "2"), "deals", 550, 1, 100, id="deals"),
]  # fmt: skip


def total(store: Store, table: str) -> Decimal:
    ((amount,),) = store.rows(f"SELECT coalesce(sum(amount), 0) FROM {table}")
    return Decimal(amount)


@pytest.mark.parametrize(("header", "rows", "table", "counts", "out", "less"), FILES)
@pytest.mark.parametrize("save", [as_csv, as_xlsx])
def test_the_newest_version_of_a_document_counts(
    store: Store,
    header: Sequence[str],
    rows: Rows,
    table: str,
    counts: int,
    out: int,
    less: int,
    save: object,
) -> None:
    content = (as_csv if save is as_csv else as_xlsx)([header, *rows])
    name = f"list_2026-03-31.{'csv' if save is as_csv else 'xlsx'}"
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == []
    assert draft.sheet is not None
    notes = [dict(note.params) for note in draft.sheet.notes if note.code == "older_versions"]
    assert notes == [{"header": header[1], "count": str(out), "amount": f"{less}.00"}]
    result = brought(store, name, content)
    assert result.left_out == {"older_version": out}
    assert result.money_left_out is not None
    assert result.money_left_out["amount"] == {"older_version": Decimal(less)}
    assert total(store, table) == counts
    (again,) = drafts_of(store, name, content)
    assert again.already is not None
    take_back(store, 1)
    assert total(store, table) == 0


def test_a_version_that_a_later_export_brings_takes_the_place_of_the_earlier_one(
    store: Store,
) -> None:
    rows = order("V1", "V2")
    brought(store, "3月.csv", as_csv([LINES, *rows[:2], rows[4]]))
    assert sales(store) == 1100
    brought(store, "4月.csv", as_csv([LINES, *rows]))
    assert sales(store) == 1200
    newest = [[*row[:1], "V3", *row[2:5], row[5] * 2] for row in rows[2:4]]
    brought(store, "5月.csv", as_csv([LINES, *rows, *newest]))
    assert sales(store) == 1600
    # The newest one alone has the same lines.
    brought(store, "6月.csv", as_csv([LINES, *newest, rows[4]]))
    assert sales(store) == 1600


def test_a_version_that_is_not_in_force_takes_the_place_of_none(store: Store) -> None:
    header = ("合同编号", "版本", "签订日期", "客户", "合同金额", "合同状态")
    rows = [
        ["C1", "V1", DAY, "恒信", 100, "执行中"],
        ["C1", "V2", DAY, "恒信", 150, "草稿"],
        ["C2", "V1", DAY, "大通", 400, "已作废"],
        ["C2", "V2", DAY, "大通", 450, "执行中"],
    ]
    (draft,) = drafts_of(store, "合同.csv", as_csv([header, *rows]))
    assert asked(store, draft) == []
    result = brought(store, "合同.csv", as_csv([header, *rows]))
    assert result.left_out == {"record_pending": 1, "older_version": 1}
    assert total(store, "contracts") == 550


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param(LINES, [row for row in order("V1", "V1") if row[0] == "S2"], id="one"),
        pytest.param(LINES, order("V1", "V1"), id="one-version-of-each"),
        pytest.param(LINES, [["S1", "标准版", DAY, "恒信", "软件", 100],
                             ["S1", "专业版", DAY, "恒信", "软件", 200]], id="editions"),
        pytest.param(("订单编号", "软件版本", *LINES[2:]), order("V1", "V2"), id="of-the-product"),
    ],
)  # fmt: skip
def test_nothing_changes_without_several_versions(
    store: Store, header: Sequence[str], rows: Rows
) -> None:
    (draft,) = drafts_of(store, "订单.csv", as_csv([header, *rows]))
    assert asked(store, draft) == []
    result = brought(store, "订单.csv", as_csv([header, *rows]))
    assert result.left_out == {}
    assert sales(store) == sum(row[5] for row in rows if isinstance(row[5], int))


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param(LINES, [["S1", "V9", DAY, "恒信", "软件A", 100],
                             ["S1", "V10", DAY, "恒信", "软件B", 200]], id="other-products"),
        pytest.param(("订单编号", "版本", "订单日期", "客户", "行号", "金额"),
                     [["S1", 1, DAY, "恒信", 10, 100], ["S1", 2, DAY, "恒信", 20, 200]],
                     id="other-lines"),
        pytest.param(("Order ID", "Version", "Order Date", "Customer", "Region", "Amount"),
                     [["S1", 1, DAY, "Alder", "West", 100], ["S1", 2, DAY, "Alder", "West", 200]],
                     id="a-bare-number"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("answer", ["count", "out"])
def test_versions_that_may_be_of_lines_are_asked_about(
    store: Store, header: Sequence[str], rows: Rows, answer: str
) -> None:
    content = as_csv([header, *rows])
    (draft,) = drafts_of(store, "订单.csv", content)
    (key,) = asked(store, draft)
    assert key == f"amount/rows/versions:{header[1]}"
    brought(store, "订单.csv", content, {key: answer})
    assert sales(store) == (200 if answer == "out" else 300)


TARGETS = [
    pytest.param(ZIELE, ("第一版", "第二版"), id="第二版"),
    pytest.param(ZIELE, ("v9", "v10"), id="v10"),
    pytest.param(ZIELE, ("调整前", "调整后"), id="调整后"),
    pytest.param(("月份", "销售员", "目标", "类型"), ("调整前", "调整后"), id="in-another-column"),
    pytest.param(("月份", "销售员", "目标", "状态"), ("原目标", "新目标"), id="新目标"),
    pytest.param(("Month", "Sales Rep", "Target", "Version"), ("Draft", "Final"), id="final"),
    pytest.param(("Month", "Sales Rep", "Target", "Type"), ("Original", "Revised"), id="revised"),
]


@pytest.mark.parametrize(("header", "versions"), TARGETS)
def test_the_newest_version_of_a_target_counts(
    store: Store, header: Sequence[str], versions: Sequence[str]
) -> None:
    first, last = versions
    rows = [
        ["2026-03", "张三", 100, first],
        ["2026-03", "张三", 150, last],
        ["2026-03", "李四", 200, first],
    ]
    (draft,) = drafts_of(store, "目标.csv", as_csv([header, *rows]))
    assert asked(store, draft) == []
    result = brought(store, "目标.csv", as_csv([header, *rows]))
    assert result.left_out == {"older_version": 1}
    assert store.rows("SELECT scope_value, target FROM targets ORDER BY target") == [
        ("张三", Decimal(150)), ("李四", Decimal(200)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [("调整前", "调整后"), ("调整前目标", "调整后目标"), ("目标", "调整后目标"),
     ("原目标", "新目标"),
     ("Original Target", "Revised Target"), ("Target", "Adjusted Target")],
)  # fmt: skip
def test_of_targets_before_and_after_a_change_the_latter_is_taken(
    store: Store, before: str, after: str
) -> None:
    header = ("月份", "销售员", before, after)
    rows = [["2026-03", "张三", 100, 150], ["2026-03", "李四", 200, 220]]
    (draft,) = drafts_of(store, "目标.csv", as_csv([header, *rows]))
    assert asked(store, draft) == []
    assert draft.sheet is not None
    notes = [dict(note.params) for note in draft.sheet.notes if note.code == "revised_targets"]
    assert notes == [{"header": after, "other": before}]
    brought(store, "目标.csv", as_csv([header, *rows]))
    assert store.rows("SELECT sum(target) FROM targets") == [(Decimal(370),)]
