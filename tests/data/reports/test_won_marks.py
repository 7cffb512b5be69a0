"""Deals whose end stands in columns of yes and no: Won, Is Closed, 是否成交."""

from __future__ import annotations

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Deal ID", "Deal Name", "Customer", "Owner", "Amount", "Created Date", "Close Date")
CHINESE = ("商机编号", "商机名称", "客户", "负责人", "商机金额", "创建日期", "预计成交日期")
DAY = ("2026-03-05",)


def deals(header: tuple[str, ...], names: str, *marks: str) -> Rows:
    """Return deals worth 100, 200, 400 …, one a text of `marks`; "|" stands between columns."""
    return [
        (*header, *names.split("|")),
        *(
            (f"D{n}", f"Deal {n}", "Acme", "Ann", 100 * 2**n, "2026-01-10", *DAY, *mark.split("|"))
            for n, mark in enumerate(marks)
        ),
    ]


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


def amounts(store: Store) -> dict[str, int]:
    return {
        str(status): int(total)
        for status, total in store.rows("SELECT status, sum(amount) FROM deals GROUP BY 1")
    }


# | rows | file | amounts by status
KNOWN = [
    pytest.param(
        deals(ENGLISH, "Closed|Won", "TRUE|TRUE", "TRUE|FALSE", "FALSE|FALSE"),
        "deals.csv", {"won": 100, "lost": 200, "open": 400}, id="closed-and-won",
    ),
    pytest.param(
        deals(ENGLISH, "IsClosed|IsWon", "1|1", "0|0", "1|0", "0|0"),
        "opportunities.xlsx", {"won": 100, "lost": 400, "open": 1000}, id="names-of-fields",
    ),
    pytest.param(
        deals(ENGLISH, "Deal Stage|Is Closed Won|Is Closed", "Paid|true|true",
              "Demo|false|false", "Gone quiet|false|true"),
        "hubspot-deals.csv", {"won": 100, "open": 200, "lost": 400}, id="own-stages",
    ),
    pytest.param(
        deals(CHINESE, "销售阶段|是否成交", "商务谈判|是", "输单|否", "方案报价|否"),
        "商机.xlsx", {"won": 100, "lost": 200, "open": 400}, id="stage-tells-lost",
    ),
    pytest.param(
        deals(CHINESE, "是否赢单|是否输单", "是|否", "否|是", "否|否"),
        "商机.csv", {"won": 100, "lost": 200, "open": 400}, id="won-and-lost",
    ),
    pytest.param(
        deals(ENGLISH, "Gewonnen|Abgeschlossen", "ja|ja", "nein|ja", "nein|nein"),
        "deals.csv", {"won": 100, "lost": 200, "open": 400}, id="german",
    ),
    pytest.param(
        deals(ENGLISH, "Gagnée ?|Clôturée ?", "oui|oui", "non|oui", "non|non"),
        "deals.xlsx", {"won": 100, "lost": 200, "open": 400}, id="french",
    ),
    pytest.param(
        deals(ENGLISH, "Stage|Ganada", "Propuesta|sí", "Closed Lost|no", "Demo|no"),
        "deals.csv", {"won": 100, "lost": 200, "open": 400}, id="spanish-and-stage",
    ),
    pytest.param(
        deals(ENGLISH, "Status|Won?", "Won|Y", "Lost|N", "Open|N"),
        "deals.csv", {"won": 100, "lost": 200, "open": 400}, id="status-agrees",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "by_status"), KNOWN)
def test_marks_of_yes_and_no_decide_which_deals_are_won_lost_and_open(
    store: Store, rows: Rows, file: str, by_status: dict[str, int]
) -> None:
    assert brought(store, file, content_of(rows, file)).error is None
    assert amounts(store) == by_status


# | rows | answers that close all questions | amounts by status
ASKED = [
    pytest.param(
        deals(CHINESE, "是否赢单", "是", "否"),
        {"status/word/是否赢单 = 否": "lost"}, {"won": 100, "lost": 200}, id="not-won",
    ),
    pytest.param(
        deals(ENGLISH, "Won", "yes", "no", "no"),
        {"status/word/Won = no": "open"}, {"won": 100, "open": 600}, id="no-is-open-or-lost",
    ),
    pytest.param(
        deals(ENGLISH, "Won", "x", "", ""),
        {"status/word/Won = (–)": "open"}, {"won": 100, "open": 600}, id="crosses",
    ),
    pytest.param(
        deals(ENGLISH, "Closed", "TRUE", "FALSE"),
        {"status/word/Closed = TRUE": "won"}, {"won": 100, "open": 200}, id="closed-alone",
    ),
    pytest.param(
        deals(ENGLISH, "Status", "1", "0", "1"),
        {"stage/word/1": "won", "stage/word/0": "open"}, {"won": 500, "open": 200}, id="one-zero",
    ),
    pytest.param(
        deals(ENGLISH, "Stage|Won", "Churned|no", "Demo|no", "Demo|yes"),
        {"status/word/Won = no · Churned": "lost"}, {"lost": 100, "open": 200, "won": 400},
        id="stage-that-may-end",
    ),
    pytest.param(
        deals(ENGLISH, "Stage|Closed|Won", "Closed Lost|TRUE|TRUE", "Demo|FALSE|FALSE"),
        {"status/conflict": "stage"}, {"lost": 100, "open": 200}, id="stage-says-lost",
    ),
    pytest.param(
        deals(ENGLISH, "Stage|Won", "Closed Won|no", "Demo|no"),
        {"status/word/Won = no · Closed Won": "won"}, {"won": 100, "open": 200},
        id="stage-says-won",
    ),
    pytest.param(
        deals(ENGLISH, "Status|Won", "Lost|yes", "Won|yes"),
        {"status/word/Won = yes · Lost": "lost"}, {"lost": 100, "won": 200}, id="status-differs",
    ),
    pytest.param(
        deals(ENGLISH, "Won|Closed", "yes|no", "yes|yes"),
        {"status/word/Won = yes · Closed = no": "won"}, {"won": 300}, id="marks-disagree",
    ),
]  # fmt: skip


@pytest.mark.parametrize("file", ["deals.csv", "deals.xlsx"])
@pytest.mark.parametrize(("rows", "answers", "by_status"), ASKED)
def test_what_the_marks_leave_open_or_contradict_is_asked(
    store: Store,
    rows: Rows,
    answers: dict[str, str],
    by_status: dict[str, int],
    file: str,
) -> None:
    content = content_of(rows, file)
    (draft,) = drafts_of(store, file, content)
    assert set(asked(store, draft)) == set(answers)
    assert brought(store, file, content, answers).error is None
    assert amounts(store) == by_status


# | rows | amounts by status
OTHER = [
    pytest.param(
        deals(ENGLISH, "Stage|Closed", "Closed Won|2026-03-05", "Demo|"),
        {"won": 100, "open": 200}, id="day-of-closing",
    ),
    pytest.param(
        deals(ENGLISH, "Stage|Won", "Closed Won|120", "Demo|80"),
        {"won": 100, "open": 200}, id="figures",
    ),
    pytest.param(
        deals(ENGLISH, "Stage|Won", "Closed Won|", "Demo|"),
        {"won": 100, "open": 200}, id="blank",
    ),
    pytest.param(
        deals(ENGLISH, "Stage", "1", "2"), {"open": 300}, id="numbered-stages",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "by_status"), OTHER)
def test_columns_of_something_else_mark_nothing(
    store: Store, rows: Rows, by_status: dict[str, int]
) -> None:
    assert brought(store, "deals.csv", as_csv(rows)).error is None
    assert amounts(store) == by_status


def test_the_second_export_with_marks_needs_no_answer_again(store: Store) -> None:
    answers = {"status/word/Won = no": "lost"}
    assert not brought(store, "a.csv", as_csv(deals(ENGLISH, "Won", "yes", "no")), answers).error
    newer = as_csv(deals(ENGLISH, "Won", "yes", "no", "no"))
    (draft,) = drafts_of(store, "b.csv", newer)
    assert "status" in draft.mapping
    assert not [q for q in review.questions(draft, TODAY, store) if q.kind == "word"]
