"""Deals of several pipelines, and stages that may be the end of one."""

from __future__ import annotations

import pytest

from data.facts import stages
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")


def deals(names: str, *texts: str) -> Rows:
    """Return deals worth 100, 200, 400 …, one a text; "|" stands between columns."""
    return [
        ("Deal ID", "Deal Name", "Owner", "Amount", "Create Date", *names.split("|")),
        *(
            (f"D{n}", f"Deal {n}", "Ann", 100 * 2**n, "2026-01-10", *text.split("|"))
            for n, text in enumerate(texts)
        ),
    ]


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


def open_stages(store: Store) -> list[str]:
    return [stage.stage for stage in stages.stages(store) if stage.status == "open"]


# | rows | file | open stages in order: each pipeline together, the busier first
SEVERAL = [
    pytest.param(
        deals("Pipeline|Deal Stage", "Sales|Proposal", "Sales|Qualification", "Upsell|Demo",
              "Sales|Negotiation", "Upsell|Prospecting", "Sales|Closed Won"),
        "deals.csv",
        ["Qualification (Sales)", "Proposal (Sales)", "Negotiation (Sales)",
         "Prospecting (Upsell)", "Demo (Upsell)"], id="english",
    ),
    pytest.param(
        deals("销售管道|销售阶段", "新客|方案报价", "新客|需求分析", "新客|赢单", "续约|商务谈判"),
        "商机.xlsx",
        ["需求分析 (新客)", "方案报价 (新客)", "商务谈判 (续约)"], id="chinese",
    ),
    pytest.param(
        deals("Deal - Pipeline|Deal - Stage", "Main|Proposal Made", "Main|Qualified",
              "Partner|Proposal Made"),
        "deals.csv",
        ["Qualified (Main)", "Proposal Made (Main)", "Proposal Made (Partner)"], id="prefixed",
    ),
    pytest.param(
        deals("Pipeline|Stage", "1001|Demo", "1001|Qualification", "2002|Demo"),
        "deals.csv",
        ["Qualification (Pipeline 1001)", "Demo (Pipeline 1001)", "Demo (Pipeline 2002)"],
        id="numbers",
    ),
    pytest.param(
        deals("Pipeline|Stage", "Standard (Standard)|Demo", "Standard (Standard)|Qualification",
              "EMEA|Demo"),
        "deals.xlsx",
        ["Qualification (Standard Standard)", "Demo (Standard Standard)", "Demo (EMEA)"],
        id="brackets",
    ),
    pytest.param(
        deals("Pipeline|Stage", "Sales|Demo (Sales)", "Sales|Qualification (Sales)",
              "EMEA|Demo (EMEA)"),
        "deals.csv",
        ["Qualification (Sales)", "Demo (Sales)", "Demo (EMEA)"], id="named-already",
    ),
    pytest.param(
        deals("Pipeline|Stage", "Sales|Demo", "Sales|Qualification"),
        "deals.csv", ["Qualification", "Demo"], id="one-pipeline",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "right"), SEVERAL)
def test_each_pipeline_has_stages_and_an_order_of_its_own(
    store: Store, rows: Rows, file: str, right: list[str]
) -> None:
    assert brought(store, file, content_of(rows, file)).error is None
    assert open_stages(store) == right


def test_an_export_of_one_pipeline_keeps_the_names_that_both_have(store: Store) -> None:
    both = deals("Pipeline|Stage", "Sales|Demo", "Sales|Closed Won", "EMEA|Demo")
    assert brought(store, "a.csv", as_csv(both)).error is None
    one = deals("Pipeline|Stage|Close Date", "Sales|Proposal|2026-05-01", "Sales|Demo|2026-05-02")
    (draft,) = drafts_of(store, "b.csv", as_csv(one))
    assert draft.sheet is not None
    read = draft.sheet.rows[str(draft.mapping["stage"])].to_pylist()
    assert read == ["Proposal (Sales)", "Demo (Sales)"]


def test_moves_that_know_no_pipeline_keep_the_stages_as_they_are(store: Store) -> None:
    moves = [
        ("Deal ID", "From Stage", "To Stage", "Change Date"),
        ("D0", "Qualification", "Demo", "2026-02-01"),
        ("D1", "Qualification", "Demo", "2026-02-02"),
    ]
    assert brought(store, "stage history.csv", as_csv(moves)).error is None
    both = deals("Pipeline|Stage", "Sales|Demo", "EMEA|Demo")
    assert brought(store, "a.csv", as_csv(both)).error is None
    assert "Demo" in open_stages(store) and "Demo (Sales)" not in open_stages(store)


# | rows | the questions that nobody but the user can answer
ASKED = [
    pytest.param(
        deals("Stage|Probability", "Handover|100%", "Handover|60%", "Demo|40%"),
        ["stage/word/Handover"], id="certain-and-uncertain",
    ),
    pytest.param(
        deals("Stage|Probability", "Umsetzung|1", "Umsetzung|0.5", "Demo|0.4"),
        ["stage/word/Umsetzung"], id="certain-as-a-share",
    ),
    pytest.param(
        deals("销售阶段|赢率", "执行交付|100%", "执行交付|80%", "方案报价|40%"),
        ["stage/word/执行交付"], id="certain-chinese",
    ),
    pytest.param(
        deals("Pipeline|Stage", "Sales|Demo", "Sales|Closed Won", "Care|Active", "Care|Contacted"),
        ["stage/word/Active (Care)"], id="active-in-its-own-pipeline",
    ),
    pytest.param(
        deals("销售阶段", "方案报价", "合作中", "需求分析"),
        ["stage/word/合作中"], id="cooperating",
    ),
    pytest.param(deals("Stage", "Kunde", "Demo"), ["stage/word/Kunde"], id="customer"),
    pytest.param(deals("Stage", "Live", "Demo", "Won"), [], id="live-before-won"),
    pytest.param(
        deals("Stage|Probability", "Negotiation|100%", "Negotiation|60%", "Demo|40%"),
        [], id="known-step",
    ),
    pytest.param(
        deals("Stage|Status", *(f"Zone {n} closing|{word}" for n, word in
                                enumerate(["Open", "Won", "Lost"] * 5))),
        [], id="status-decides",
    ),
]  # fmt: skip


@pytest.mark.parametrize("file", ["deals.csv", "deals.xlsx"])
@pytest.mark.parametrize(("rows", "questions"), ASKED)
def test_a_stage_that_may_be_the_end_of_a_deal_is_asked_about(
    store: Store, rows: Rows, questions: list[str], file: str
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert [key for key in asked(store, draft) if "word" in key] == questions


@pytest.mark.parametrize(
    ("rows", "untold"),
    [
        pytest.param(
            deals("Stage|Status", "Zeta|Open", "Alpha|Open", "Demo|Open"),
            {"Zeta", "Alpha", "Demo"}, id="one-known",
        ),
        pytest.param(
            deals("Stage|Status", "Zeta|Open", "Demo|Open", "Qualification|Won"),
            {"Zeta"}, id="two-known",
        ),
        pytest.param(
            deals("Stage|Probability", "Zeta|20%", "Alpha|40%"), set(), id="probabilities",
        ),
        pytest.param(deals("Stage|Status", "Zeta|Open", "Alpha|Won"), {"Zeta", "Alpha"}, id="both"),
        pytest.param(deals("Stage", "Zeta", "Closed Won"), set(), id="single-step"),
        pytest.param(deals("Stage", "1. Zeta", "2. Alpha"), set(), id="numbered"),
    ],
)  # fmt: skip
def test_stages_whose_order_nothing_tells_are_named(
    store: Store, rows: Rows, untold: set[str]
) -> None:
    assert brought(store, "deals.csv", as_csv(rows)).error is None
    assert {stage.stage for stage in stages.stages(store) if not stage.told} == untold
