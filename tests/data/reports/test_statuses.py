"""What stages and statuses mean: words around them, drafts, voids, contradictions, unknown ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


DEALS = ("Deal ID", "Deal Name", "Owner", "Stage", "Amount", "Close Date", "Created Date")
CHINESE_DEALS = (
    "商机编号",
    "商机名称",
    "负责人",
    "销售阶段",
    "商机金额",
    "预计成交日期",
    "创建日期",
)


def deals(header: tuple[str, ...], *stages: str) -> Rows:
    """Return deals worth 100, 200, 400 …, one a stage."""
    return [
        header,
        *(
            (f"D{n}", f"Deal {n}", "Ann Vale", stage, 100 * 2**n, "2026-03-05", "2026-01-10")
            for n, stage in enumerate(stages)
        ),
    ]


# | rows | file | won | lost | open
STAGES = [
    pytest.param(
        deals(DEALS, "6 - Closed Won", "7 - Closed Lost (no decision)", "3 - Demo"),
        "deals_2026-03-31.csv", 100, 200, 400, id="numbered",
    ),
    pytest.param(
        deals(DEALS, "Won [Enterprise]", "Proposal [Enterprise]", "Lost [SMB]", "Won [SMB]"),
        "deals_2026-03-31.xlsx", 900, 400, 200, id="two-pipelines",
    ),
    pytest.param(
        deals(CHINESE_DEALS, "S6-赢单（100%）", "S7-输单（0%）", "S3-方案报价（60%）", "待成交"),
        "商机_2026-03-31.csv", 100, 200, 400, id="chinese-percent",
    ),
    pytest.param(
        deals(CHINESE_DEALS, "成交/Closed Won", "丢单-价格过高", "商务谈判/Negotiation"),
        "商机_2026-03-31.xlsx", 100, 200, 400, id="two-languages",
    ),
    pytest.param(
        deals(DEALS, "H. Project Won", "I. Project Lost", "B. Design"),
        "opportunities_2026-03-31.csv", 100, 200, 400, id="letters",
    ),
    pytest.param(
        deals(DEALS, "5. Gewonnen (Neu)", "6. Verloren (Neu)", "2. Angebot (Neu)"),
        "deals_2026-03-31.csv", 100, 200, 400, id="german",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "won", "lost", "still_open"), STAGES)
def test_a_stage_means_what_is_left_without_the_words_around_it(
    store: Store, rows: Rows, file: str, won: int, lost: int, still_open: int
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    answers = {question: "open" for question in asked(store, draft)}
    assert all("待成交" in question for question in answers)
    result = brought(store, file, content_of(rows, file), answers)
    assert result.error is None, result.error
    by_status = dict(store.rows("SELECT status, sum(amount) FROM deals GROUP BY status"))
    waiting = 800 if answers else 0
    assert by_status == {"won": won, "lost": lost, "open": still_open + waiting}


def test_an_end_that_nobody_knows_is_asked_and_counts_as_answered(store: Store) -> None:
    rows = deals(DEALS, "Closed Won", "Renewed (Renewals)", "Churned (Renewals)", "Qualification")
    (draft,) = drafts_of(store, "deals_2026-03-31.csv", as_csv(rows))
    keys = asked(store, draft)
    assert keys == ["stage/word/Renewed (Renewals)", "stage/word/Churned (Renewals)"]
    assert brought_error(store, rows) == "questions_open"
    answers = dict(zip(keys, ("won", "lost"), strict=True))
    assert brought(store, "deals_2026-03-31.csv", as_csv(rows), answers).error is None
    by_status = dict(store.rows("SELECT status, sum(amount) FROM deals GROUP BY status"))
    assert by_status == {"won": 300, "lost": 400, "open": 800}


def brought_error(store: Store, rows: Rows) -> str | None:
    error = brought(store, "deals_2026-03-31.csv", as_csv(rows)).error
    return error.code if error else None


@pytest.mark.parametrize(("answer", "won"), [("status", 200), ("stage", 500)])
def test_a_status_that_contradicts_its_stage_is_asked(store: Store, answer: str, won: int) -> None:
    header = (*DEALS[:4], "Status", *DEALS[4:])
    rows = [
        header,
        ("D1", "A", "Ann", "Closed Won", "Won", 200, "2026-03-05", "2026-01-10"),
        ("D2", "B", "Ann", "Closed Won", "Open", 300, "2026-03-05", "2026-01-10"),
        ("D3", "C", "Bo", "Proposal", "Lost", 400, "2026-03-05", "2026-01-10"),
    ]
    (draft,) = drafts_of(store, "deals_2026-03-31.csv", as_csv(rows))
    assert asked(store, draft) == ["status/conflict"]
    name = "deals_2026-03-31.csv"
    assert brought(store, name, as_csv(rows), {"status/conflict": answer}).error is None
    ((total,),) = store.rows("SELECT sum(amount) FROM deals WHERE status = 'won'")
    assert total == won


def test_deleted_and_archived_deals_are_neither_open_nor_lost(store: Store) -> None:
    header = (*DEALS[:4], "Status", *DEALS[4:])
    rows = [
        header,
        ("D1", "A", "Ann", "Proposal", "Won", 200, "2026-03-05", "2026-01-10"),
        ("D2", "B", "Ann", "Proposal", "Deleted", 300, "2026-03-05", "2026-01-10"),
        ("D3", "C", "Bo", "Proposal", "Archived", 500, "2026-03-05", "2026-01-10"),
        ("D4", "D", "Bo", "Proposal", "Lost", 400, "2026-03-05", "2026-01-10"),
    ]
    result = brought(store, "deals_2026-03-31.xlsx", as_xlsx(rows))
    assert result.left_out == {"record_deleted": 2}
    by_status = dict(store.rows("SELECT status, sum(amount) FROM deals GROUP BY status"))
    assert by_status == {"won": 200, "lost": 400}


ORDERS = ("Order ID", "Order Date", "Customer", "Amount", "Status")
CHINESE = ("订单编号", "下单日期", "客户名称", "金额", "订单状态")


def orders(header: tuple[str, ...], *statuses: str) -> Rows:
    """Return orders worth 100, 200, 400 …, one a status."""
    lines = enumerate(statuses)
    return [header, *((f"S{n}", "2026-03-02", "Alder", 100 * 2**n, text) for n, text in lines)]


# | rows | file | what counts | what is asked
ORDER_STATUSES = [
    pytest.param(
        orders(CHINESE, "交易成功", "等待买家付款", "买家已付款", "交易关闭"),
        "订单.xlsx", 500, [], id="shop-zh",
    ),
    pytest.param(
        orders(ORDERS, "Completed", "Pending payment", "Cancelled by customer", "Authorized"),
        "orders.csv", 900, [], id="shop",
    ),
    pytest.param(
        orders(CHINESE, "已审核", "暂存", "审核中", "已审核"), "销售订单.csv", 900, [], id="erp-zh"
    ),
    pytest.param(
        orders(ORDERS, "Shipped", "Escrow", "Shipped"), "orders.xlsx", 500,
        ["status/word/Escrow"], id="unknown",
    ),
    pytest.param(
        orders(CHINESE, "已完成", "已取消，退款成功", "已挂账", "已完成"), "订单.csv", 900,
        ["status/word/已挂账"], id="unknown-zh",
    ),
    pytest.param(
        orders(ORDERS, "geliefert", "storniert", "Entwurf", "bezahlt"), "Aufträge.csv", 900, [],
        id="german",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "total", "questions"), ORDER_STATUSES)
def test_what_is_not_paid_or_approved_does_not_count_and_unknown_words_are_asked(
    store: Store, rows: Rows, file: str, total: int, questions: list[str]
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == questions
    answers = dict.fromkeys(questions, "cancelled")
    assert brought(store, file, content_of(rows, file), answers).error is None
    assert sales(store, "status IS DISTINCT FROM 'returned'") == Decimal(total)


VOIDS = [
    ("作废状态", "已作废", "未作废"),
    ("是否作废", "是", "否"),
    ("Voided", "Yes", "No"),
    ("Is Cancelled", "true", "false"),
    ("删除状态", "已删除", "正常"),
    ("Storno", "X", ""),
]


@pytest.mark.parametrize(("header", "void", "good"), VOIDS)
def test_a_void_mark_in_a_column_of_its_own_takes_the_order_out(
    store: Store, header: str, void: str, good: str
) -> None:
    rows = [
        (*orders(ORDERS, "Completed")[0], header),
        ("S1", "2026-03-02", "Alder", 100, "Completed", good),
        ("S2", "2026-03-03", "Birch", 200, "Completed", void),
        ("S3", "2026-03-04", "Birch", 400, "Completed", good),
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    assert sales(store) == 500
