"""What stages and statuses mean: words around them, drafts, voids, contradictions, unknown ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
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


@pytest.mark.parametrize(
    ("header", "stage", "file"),
    [
        (DEALS, "Signed", "deals_2026-03-31.csv"),
        (DEALS, "5. Contract signed", "deals_2026-03-31.xlsx"),
        (DEALS, "Verbal", "deals_2026-03-31.csv"),
        (DEALS, "Verbal commitment", "deals_2026-03-31.csv"),
        (CHINESE_DEALS, "签约", "商机_2026-03-31.xlsx"),
        (CHINESE_DEALS, "S5-合同签订", "商机_2026-03-31.csv"),
        (DEALS, "Unterschrieben", "deals_2026-03-31.csv"),
    ],
)
def test_a_stage_that_may_be_signed_is_asked_with_its_money(
    store: Store, header: tuple[str, ...], stage: str, file: str
) -> None:
    rows = deals(header, "Closed Won", stage, "Demo")
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == [f"stage/word/{stage}"]
    answers = {f"stage/word/{stage}": "won"}
    assert brought(store, file, content_of(rows, file), answers).error is None
    by_status = dict(store.rows("SELECT status, sum(amount) FROM deals GROUP BY status"))
    assert by_status == {"won": 300, "open": 400}


def rated(header: tuple[str, ...], chance: str, *stages: tuple[str, object]) -> Rows:
    """Return deals worth 100, 200, 400 …, each a stage and its probability."""
    plain = deals(header, *(stage for stage, _ in stages))
    shares = [chance, *(share for _, share in stages)]
    return [[*row, share] for row, share in zip(plain, shares, strict=True)]


# | rows | file | won | lost | open | asked
RATED = [
    pytest.param(
        rated(DEALS, "Probability (%)", ("Signed", 100), ("Demo", 40), ("Gone", 0), ("Lost", 0)),
        "deals_2026-03-31.csv", 100, 1200, 200, [], id="percent",
    ),
    pytest.param(
        rated(DEALS, "Probability", ("Live", 1), ("Pilot", 0.4), ("Parked", 0), ("Lost", 0)),
        "deals_2026-03-31.xlsx", 100, 1200, 200, [], id="shares",
    ),
    pytest.param(
        rated(CHINESE_DEALS, "赢率", ("已交付", "100%"), ("方案报价", "60%"), ("输单", "0%"),
              ("搁置", "0%")),
        "商机_2026-03-31.csv", 100, 1200, 200, [], id="chinese",
    ),
    pytest.param(
        rated(DEALS, "Probability", ("Intake", "0%"), ("Demo", "40%"), ("Closed Won", "100%")),
        "deals_2026-03-31.csv", 400, 0, 300, ["stage/word/Intake"], id="zero-may-be-new",
    ),
    pytest.param(
        rated(DEALS, "Probability", ("Negotiation", "100%"), ("Demo", "40%"), ("Lost", "0%")),
        "deals_2026-03-31.xlsx", 0, 400, 300, ["stage/word/Negotiation"], id="contradicted",
    ),
    pytest.param(
        rated(DEALS, "Probability", ("Prospecting", "0%"), ("Demo", "40%"), ("Won", "100%")),
        "deals_2026-03-31.csv", 400, 0, 300, [], id="first-step",
    ),
    pytest.param(
        rated(DEALS, "Probability", ("Signed", "90%"), ("Demo", "40%"), ("Won", "100%")),
        "deals_2026-03-31.csv", 400, 0, 300, [], id="signed-and-open",
    ),
    pytest.param(
        rated(DEALS, "Probability", ("Piloting", "100%"), ("Demo", "100%"), ("Won", "100%")),
        "deals_2026-03-31.csv", 400, 0, 300, [], id="never-rated",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "won", "lost", "still_open", "questions"), RATED)
def test_a_certain_deal_is_won_and_one_at_zero_lost_unless_its_stage_says_other(
    store: Store, rows: Rows, file: str, won: int, lost: int, still_open: int, questions: list[str]
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == questions
    answers = dict.fromkeys(questions, "open")
    assert brought(store, file, content_of(rows, file), answers).error is None
    by_status = dict(store.rows("SELECT status, sum(amount) FROM deals GROUP BY status"))
    expected = {"won": won, "lost": lost, "open": still_open}
    assert by_status == {status: amount for status, amount in expected.items() if amount}


INVOICES = ("Invoice Number", "Invoice Date", "Customer", "Amount", "Status")
GERMAN_INVOICES = ("Rechnungsnummer", "Rechnungsdatum", "Kunde", "Umsatz", "Status")
CHINESE_INVOICES = ("发票号码", "开票日期", "客户名称", "金额", "状态")

# | rows | file | what counts | what is asked
UNPAID = [
    pytest.param(orders(INVOICES, "Paid", "Awaiting Payment", "Voided"), "invoices.csv", 300, [],
                 id="xero"),
    pytest.param(orders(INVOICES, "Paid", "Unpaid", "Overdue"), "invoices.xlsx", 700, [],
                 id="invoices"),
    pytest.param(orders(GERMAN_INVOICES, "bezahlt", "unbezahlt", "storniert"), "Rechnungen.csv",
                 300, [], id="german"),
    pytest.param(orders(CHINESE_INVOICES, "已付款", "未付款", "作废"), "发票.xlsx", 300, [],
                 id="invoices-zh"),
    pytest.param(orders(CHINESE, "交易成功", "待付款", "已发货"), "订单.csv", 500, [],
                 id="shop-zh"),
    pytest.param(orders(ORDERS, "Shipped", "Unpaid", "Delivered"), "orders.xlsx", 500, [],
                 id="shop"),
    pytest.param(orders(ORDERS, "Paid", "Awaiting Payment"), "orders.csv", 100,
                 ["status/word/Awaiting Payment"], id="asked"),
    pytest.param(orders(ORDERS, "Paid", "Unpaid"), "orders.csv", 100, ["status/word/Unpaid"],
                 id="asked-too"),
    pytest.param(orders(CHINESE, "已完成", "未付款"), "订单.xlsx", 100, ["status/word/未付款"],
                 id="asked-zh"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "total", "questions"), UNPAID)
def test_an_open_invoice_counts_an_unpaid_basket_does_not_and_else_it_is_asked(
    store: Store, rows: Rows, file: str, total: int, questions: list[str]
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == questions
    answers = dict.fromkeys(questions, "cancelled")
    assert brought(store, file, content_of(rows, file), answers).error is None
    assert sales(store) == Decimal(total)


CLOSINGS = [
    ("关闭状态", "已关闭", "未关闭"),
    ("是否关闭", "是", "否"),
    ("业务关闭", "业务关闭", "正常"),
    ("单据关闭状态", "自动关闭", "正常"),
    ("Is Closed", "true", "false"),
    ("行关闭状态", "手工关闭", "未关闭"),
]


@pytest.mark.parametrize(("header", "closed", "still_open"), CLOSINGS)
@pytest.mark.parametrize(("answer", "right"), [("adds", 700), ("out", 500)])
def test_orders_that_were_closed_are_asked_about(
    store: Store, header: str, closed: str, still_open: str, answer: str, right: int
) -> None:
    rows = [
        (*ORDERS[:4], header),
        ("S1", "2026-03-02", "Alder", 100, still_open),
        ("S2", "2026-03-03", "Birch", 200, closed),
        ("S3", "2026-03-04", "Birch", 400, still_open),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    key = f"amount/direction/{closed}"
    assert asked(store, draft) == [key]
    (question,) = review.questions(draft, TODAY, store)
    assert question.options == ("adds", "out")
    assert brought(store, "orders.csv", as_csv(rows), {key: answer}).error is None
    assert sales(store) == right


@pytest.mark.parametrize("void", ["Void", "voided", "作废", "已作废", "废弃", "ungültig"])
@pytest.mark.parametrize("column", ["Status", "Stage"])
def test_a_void_deal_is_neither_open_nor_lost(store: Store, void: str, column: str) -> None:
    other = "Stage" if column == "Status" else "Status"
    rows = [
        ("Deal ID", "Deal Name", "Amount", "Created Date", column, other),
        ("D1", "Alder", 100, "2026-03-02", "Open", "Proposal" if other == "Stage" else "Open"),
        ("D2", "Birch", 200, "2026-03-02", void, "Proposal" if other == "Stage" else "Open"),
    ]
    result = brought(store, "deals-2026-03-30.csv", as_csv(rows))
    assert (result.error, result.left_out) == (None, {"record_void": 1})
    assert store.rows("SELECT deal_id, status FROM deals") == [("D1", "open")]
