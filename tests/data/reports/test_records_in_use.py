"""A status that says that a record is in use does not contradict the stage of its deal."""

from __future__ import annotations

import pytest

from data.cleaning.summary import Question
from data.store.database import Store
from pages.kit.files.question_words import sentence
from pages.kit.i18n.words import Words
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Deal ID", "Deal Name", "Account", "Owner", "Stage", "Status", "Amount", "Close Date"]
ZH = ["商机编号", "商机名称", "客户", "负责人", "阶段", "状态", "金额", "预计成交日期"]


def deals(header: list[str], stages: tuple[str, str, str], *statuses: str) -> Rows:
    return [
        header,
        *(
            [f"D{n}", f"Deal {n}", f"Customer {n}", "Ann", stage, status, 100 * n, "2026-03-02"]
            for n, (stage, status) in enumerate(zip(stages, statuses, strict=True), start=1)
        ),
    ]


STAGES = ("Closed Won", "Proposal", "Closed Lost")
ZH_STAGES = ("赢单", "方案报价", "输单")
RECORDS = [
    pytest.param(deals(EN, STAGES, "Active", "Active", "Active"), id="active"),
    pytest.param(deals(EN, STAGES, "ACTIVE", "Active", "Lost"), id="active-and-lost"),
    pytest.param(deals(ZH, ZH_STAGES, "正常", "正常", "正常"), id="normal"),
    pytest.param(deals(ZH, ZH_STAGES, "有效", "有效", "无效"), id="valid-and-invalid"),
    pytest.param(deals(ZH, ZH_STAGES, "启用", "启用", "启用"), id="enabled"),
    pytest.param(deals(EN, STAGES, "Enabled", "Open", "Enabled"), id="enabled-and-open"),
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("rows", RECORDS)
def test_the_stage_holds_where_the_status_is_that_of_the_record(
    store: Store, rows: Rows, suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    (draft,) = drafts_of(store, f"deals.{suffix}", content)
    assert asked(store, draft) == []
    brought(store, f"deals.{suffix}", content)
    found = store.rows("SELECT deal_id, status FROM deals ORDER BY 1")
    assert found == [("D1", "won"), ("D2", "open"), ("D3", "lost")]


AGAINST = [
    pytest.param(deals(EN, STAGES, "Open", "Open", "Lost"), id="open"),
    pytest.param(deals(ZH, ZH_STAGES, "进行中", "进行中", "输单"), id="chinese"),
    pytest.param(deals(EN, STAGES, "Active", "Active", "Won"), id="won-and-active"),
]


@pytest.mark.parametrize("rows", AGAINST)
def test_a_status_that_says_otherwise_is_still_asked_about(store: Store, rows: Rows) -> None:
    (draft,) = drafts_of(store, "deals.csv", as_csv(rows))
    assert asked(store, draft) == ["status/conflict"]


@pytest.mark.parametrize(
    ("word", "twice"), [("Sales Order", True), ("销售出库单", True), ("Auftrag", True),
                        ("Correction", False), ("Invoice", False), ("Shipping", False)],
)  # fmt: skip
def test_of_orders_beside_invoices_it_is_said_that_both_count_a_sale_twice(
    word: str, twice: bool
) -> None:
    question = Question("amount", "Type", "direction", ("adds", "takes", "out"), (), word)
    assert ("twice" in sentence(Words("en"), question)) is twice
