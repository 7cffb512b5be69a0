"""Lists of targets in the shapes and languages that people keep them in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

Q = {"2026-Q1": 40, "2026-Q2": 50}
MARCH_APRIL = {"2026-03": 40, "2026-04": 50}
# | file | rows | the targets by period |
SHAPES = [
    pytest.param(
        "Sales targets", [["Sales Rep", "2025", "2026"], ["Ann Vale", 30, 40], ["Bo Reed", 3, 5]],
        {"2025": 33, "2026": 45}, id="years-as-columns",
    ),
    pytest.param(
        "目标", [["销售", "2025年", "2026年"], ["张三", 30, 40], ["李四", 3, 5]],
        {"2025": 33, "2026": 45}, id="years-as-columns-chinese",
    ),
    pytest.param(
        "list", [["Sales Rep", "2026-03 Target"], ["Ann Vale", 40], ["Bo Reed", 5]],
        {"2026-03": 45}, id="one-month",
    ),
    pytest.param(
        "2026", [["销售", "3月目标", "4月目标"], ["张三", 40, 50]], MARCH_APRIL, id="two-months"
    ),
    pytest.param(
        "Umsatzziele", [["Mitarbeiter", "März 2026", "April 2026"], ["Jan Weiß", 40, 50]],
        MARCH_APRIL, id="two-months-german",
    ),
    pytest.param(
        "list", [["Monat", "Mitarbeiter", "Ziel"], ["März 2026", "Jan Weiß", 40],
                 ["April 2026", "Jan Weiß", 50]],
        MARCH_APRIL, id="german",
    ),
    pytest.param(
        "list", [["Quartal", "Verkäufer", "Umsatzziel"], ["1. Quartal 2026", "Jan Weiß", 40],
                 ["Quartal 2 2026", "Jan Weiß", 50]],
        Q, id="german-quarters",
    ),
    pytest.param(
        "list", [["Période", "Commercial", "Objectif"], ["T1 2026", "Luc Petit", 40],
                 ["2e trimestre 2026", "Luc Petit", 50]],
        Q, id="french-quarters",
    ),
    pytest.param(
        "list", [["Mois", "Commercial", "Objectif"], ["mars 2026", "Luc Petit", 40],
                 ["avril 2026", "Luc Petit", 50]],
        MARCH_APRIL, id="french",
    ),
    pytest.param(
        "list", [["Período", "Vendedor", "Meta"], ["1º trimestre 2026", "Rui Lima", 40],
                 ["2º trimestre de 2026", "Rui Lima", 50]],
        Q, id="portuguese",
    ),
    pytest.param(
        "list", [["Mes", "Vendedor", "Objetivo"], ["marzo 2026", "Ana Ruiz", 40],
                 ["abril de 2026", "Ana Ruiz", 50]],
        MARCH_APRIL, id="spanish",
    ),
    pytest.param(
        "list", [["Miesiąc", "Handlowiec", "Cel"], ["marzec 2026", "Jan Lis", 40],
                 ["kwiecień 2026", "Jan Lis", 50]],
        MARCH_APRIL, id="polish",
    ),
    pytest.param(
        "list", [["月", "担当者", "目標"], ["2026年3月", "佐藤", 40], ["2026年4月", "佐藤", 50]],
        MARCH_APRIL, id="japanese",
    ),
    pytest.param(
        "list", [["월", "담당자", "목표"], ["2026년 3월", "김철수", 40],
                 ["2026년 4월", "김철수", 50]],
        MARCH_APRIL, id="korean",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "rows", "targets"), SHAPES)
def test_targets_are_read_in_the_shape_they_are_kept_in(
    store: Store, name: str, rows: Rows, targets: dict[str, int], suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    (draft,) = drafts_of(store, f"{name}.{suffix}", content)
    assert (draft.table, asked(store, draft)) == ("targets", [])
    brought(store, f"{name}.{suffix}", content)
    found = dict(store.rows("SELECT period, sum(target) FROM targets GROUP BY period"))
    assert found == targets
    assert {kind for (kind,) in store.rows("SELECT scope_kind FROM targets")} == {"rep"}


@pytest.mark.parametrize(
    "rows",
    [
        [["Customer", "2025", "2026"], ["Alder Co", 30, 40], ["Birch Co", 3, 5]],
        [["客户", "2025年", "2026年"], ["甲公司", 30, 40], ["乙公司", 3, 5]],
    ],
)
def test_two_years_of_something_else_are_no_targets(store: Store, rows: Rows) -> None:
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert draft.table != "targets"


TWICE = [
    ("2026H1", "2026上半年"), ("2026-03", "2026年3月"), ("2026-03", "Mar 2026"),
    ("2026Q1", "2026-Q1"), ("2026Q1", "Q1 2026"), ("2026-W05", "KW 5/2026"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), TWICE)
def test_one_period_written_in_two_ways_is_asked_about(
    store: Store, first: str, second: str
) -> None:
    rows = [["Period", "Sales Rep", "Target"], [first, "Ann Vale", 100], [second, "Ann Vale", 25]]
    for answer, target in {"last": 25, "add": 125}.items():
        (draft,) = drafts_of(store, f"{answer}.csv", as_csv(rows))
        assert asked(store, replace(draft, answers={})) == ["period/same"]
        result = brought(store, f"{answer}.csv", as_csv(rows), {"period/same": answer})
        assert result.error is None
        assert store.rows("SELECT target FROM targets") == [(Decimal(target),)]
