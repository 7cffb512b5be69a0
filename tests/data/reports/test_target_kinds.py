"""Base, stretch, commit and running targets of one person and month do not add up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

WHICH = "target/which"
TARGET, STRETCH = "Target", "Stretch"
EN, ZH = ["Rep", "Month", "Type", "Target"], ["销售", "月份", "档位", "目标"]


def whole(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT sum(target) FROM targets WHERE metric = 'sales'")
    return Decimal(total)


# | rows | the sum of the targets by answer |
ASKED = [
    pytest.param(
        [EN, ["Ann Vale", "2026-03", "Base", 1000], ["Ann Vale", "2026-03", "Stretch", 1500],
         ["Bo Reed", "2026-03", "Base", 500], ["Bo Reed", "2026-03", "Stretch", 700]],
        {"Base": 1500, "Stretch": 2200}, id="base-and-stretch",
    ),
    pytest.param(
        [["Rep", "Month", "Target Type", "Target"], ["Ann Vale", "2026-03", "Floor", 800],
         ["Ann Vale", "2026-03", "Commit", 900], ["Ann Vale", "2026-03", "Quota", 1000]],
        {"Floor": 800, "Commit": 900, "Quota": 1000}, id="a-column-of-metrics",
    ),
    pytest.param(
        [["Rep", "Month", "Scenario", "Target"], ["Ann Vale", "2026-03", "Base case", 1000],
         ["Ann Vale", "2026-03", "Best case", 1400], ["Bo Reed", "2026-03", "Base case", 100]],
        {"Base case": 1100, "Best case": 1400}, id="a-column-of-versions",
    ),
    pytest.param(
        [ZH, ["张三", "2026-03", "保底", 1000], ["张三", "2026-03", "基本", 1200],
         ["张三", "2026-03", "冲刺", 1500], ["李四", "2026-03", "基本", 600]],
        {"保底": 1000, "基本": 1800, "冲刺": 1500}, id="chinese",
    ),
    pytest.param(
        [["Rep", "Type", "Jan 2026", "Feb 2026", "Mar 2026"],
         ["Ann Vale", "Base", 100, 110, 120], ["Ann Vale", "Stretch", 160, 166, 160],
         ["Bo Reed", "Base", 60, 66, 60], ["Bo Reed", "Stretch", 90, 96, 90]],
        {"Base": 516, "Stretch": 762}, id="months-as-columns",
    ),
    pytest.param(
        [["Verkäufer", "Monat", "Art", "Ziel"], ["Jan Weiß", "2026-03", "Minimum", "1.000,50"],
         ["Jan Weiß", "2026-03", "Stretchziel", "1.500,00"]],
        {"Minimum": Decimal("1000.5"), "Stretchziel": 1500}, id="german",
    ),
    pytest.param(
        [["Vendedor", "Mes", "Tipo", "Objetivo"], ["Eva Ruiz", "2026-03", "Mínimo", 700],
         ["Eva Ruiz", "2026-03", "Reto", 950], ["Eva Ruiz", "2026-03", "Acumulado", 2000]],
        {"Mínimo": 700, "Reto": 950}, id="spanish",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "sums"), ASKED)
def test_which_of_several_kinds_is_the_target_is_asked(
    store: Store, rows: Rows, sums: dict[str, object], suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    for answer, total in sums.items():
        (draft,) = drafts_of(store, f"targets.{suffix}", content)
        draft = replace(draft, answers={})
        assert asked(store, draft) == [WHICH]
        (question,) = review.questions(draft, TODAY, store)
        at = question.options.index(answer)
        assert question.options == tuple(sums)
        assert Decimal(question.samples[0][1][at]) == total
        draft = review.placed(store, replace(draft, answers={WHICH: answer}), TODAY)
        (result,) = land(store, [draft])
        assert result.error is None
        assert whole(store) == total


# | rows | the sum of the targets | rows left out |
RUNNING = [
    pytest.param(
        [EN, ["Ann Vale", "2026-01", "Monthly", 100], ["Ann Vale", "2026-01", "YTD", 100],
         ["Ann Vale", "2026-02", "Monthly", 110], ["Ann Vale", "2026-02", "YTD", 210]],
        210, 2, id="monthly-and-ytd",
    ),
    pytest.param(
        [ZH, ["张三", "2026-01", "当月", 100], ["张三", "2026-01", "年初至今", 100],
         ["张三", "2026-02", "当月", 110], ["张三", "2026-02", "年初至今", 210]],
        210, 2, id="chinese",
    ),
    pytest.param(
        [["Verkäufer", "Monat", "Art", "Ziel"], ["Jan Weiß", "2026-02", "Monat", 100],
         ["Jan Weiß", "2026-02", "Kumuliert", 250]],
        100, 1, id="german",
    ),
    pytest.param(
        [["Rep", "Basis", "Jan 2026", "Feb 2026", "Mar 2026"], ["Ann Vale", "Month", 100, 110, 120],
         ["Ann Vale", "Cumulative", 100, 210, 330]],
        330, 3, id="months-as-columns",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "total", "left_out"), RUNNING)
def test_running_targets_beside_monthly_ones_are_left_out(
    store: Store, rows: Rows, total: int, left_out: int
) -> None:
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == []
    (result,) = land(store, [draft])
    assert result.left_out == {"other_target": left_out}
    assert whole(store) == total


PARTS = [
    pytest.param(
        [["Rep", "Month", "Type", "Target"], ["Ann Vale", "2026-03", "New business", 1000],
         ["Ann Vale", "2026-03", "Renewals", 500]],
        1500, id="parts",
    ),
    pytest.param(
        [["Rep", "Month", "Type", "Target"], ["Ann Vale", "2026-03", "Standard", 1000],
         ["Ann Vale", "2026-03", "Renewals", 500]],
        1500, id="one-word-of-a-kind",
    ),
    pytest.param(
        [["Rep", "Month", "Type", "Target"], ["Ann Vale", "2026-03", "Base", 1000],
         ["Bo Reed", "2026-03", "Stretch", 500]],
        1500, id="one-kind-each",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "total"), PARTS)
def test_parts_of_a_target_add_up_unasked(store: Store, rows: Rows, total: int) -> None:
    result = brought(store, "targets.csv", as_csv(rows))
    assert result.error is None
    assert whole(store) == total


CURRENCY = [
    pytest.param(
        [["Rep", "Month", "Currency", "Target"], ["Ann Vale", "2026-03", "EUR", 1000],
         ["Ann Vale", "2026-03", "USD", 2000], ["Bo Reed", "2026-03", "USD", 500]],
        {"EUR": [1000, 500], "USD": [2000, 500]}, id="rows",
    ),
    pytest.param(
        [["销售", "月份", "币种", "目标"], ["张三", "2026-03", "人民币", 1000],
         ["张三", "2026-03", "美元", 2000], ["李四", "2026-03", "人民币", 500]],
        {"人民币": [1000, 500], "美元": [2000, 500]}, id="chinese",
    ),
    pytest.param(
        [["Rep", "Currency", "Jan 2026", "Feb 2026", "Mar 2026"], ["Ann Vale", "EUR", 10, 20, 30],
         ["Ann Vale", "USD", 11, 22, 33]],
        {"EUR": [10, 20, 30], "USD": [11, 22, 33]}, id="months-as-columns",
    ),
    pytest.param(
        [["Verkäufer", "Monat", "Währung", "Ziel"], ["Jan Weiß", "2026-03", "EUR", "1.000,00"],
         ["Jan Weiß", "2026-03", "CHF", "950,50"]],
        {"EUR": [1000], "CHF": [Decimal("950.5")]}, id="german",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "targets"), CURRENCY)
def test_of_targets_in_several_currencies_the_user_names_one(
    store: Store, rows: Rows, targets: dict[str, list[object]]
) -> None:
    for answer, kept in targets.items():
        (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
        draft = replace(draft, answers={})
        assert asked(store, draft) == [WHICH]
        draft = review.placed(store, replace(draft, answers={WHICH: answer}), TODAY)
        (result,) = land(store, [draft])
        assert result.error is None
        assert set(result.left_out or {}) == {"other_target"}
        found = store.rows("SELECT target FROM targets ORDER BY scope_value, period")
        assert sorted(target for (target,) in found) == sorted(kept)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (["Rep", "Month"], ["Target EUR", "Target USD"]),
        (["Rep", "Month"], ["Quota (USD)", "Quota (GBP)"]),
        (["销售", "月份"], ["目标（人民币）", "目标（美元）"]),
        (["Verkäufer", "Monat"], ["Umsatzziel in EUR", "Umsatzziel in CHF"]),
        (["Vendeur", "Mois"], ["Objectif €", "Objectif $"]),
        (["Vendedor", "Mes"], ["Objetivo USD", "Objetivo MXN"]),
    ],
)
def test_of_columns_in_several_currencies_the_user_names_one(
    store: Store, header: list[str], names: list[str]
) -> None:
    rows = [[*header, *names], ["Ann Vale", "2026-03", 1000, 1100], ["Bo Reed", "2026-03", 50, 55]]
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert "target/column" in asked(store, draft)
    for name, total in zip(names, (1050, 1155), strict=True):
        answers = {"target/column": name, "target/$": "USD"}
        assert brought(store, "targets.csv", as_csv(rows), answers).error is None
        assert whole(store) == total


@pytest.mark.parametrize(
    ("rows", "left_out"),
    [
        ([["Rep", "Month", "Target"], ["Ann Vale", "2026-03", "110%"], ["Bo", "2026-03", 5]], 1),
        ([["Rep", "Month", "Target"], ["Ann Vale", "2026-03", "110 %"]], 1),
        ([["销售", "月份", "目标"], ["张三", "2026-03", "105％"], ["李四", "2026-03", "1000"]], 1),
        ([["Rep", "Jan 2026", "Feb 2026", "Mar 2026"], ["Ann Vale", "110%", "105%", "99%"]], 3),
        ([["Rep", "Month", "Metric", "Target"], ["Ann", "2026-03", "Revenue", "120%"]], 1),
        ([["销售", "月份", "指标", "目标"], ["张三", "2026-03", "回款", "95%"]], 1),
    ],
)
def test_a_percentage_is_no_target_of_money(store: Store, rows: Rows, left_out: int) -> None:
    result = brought(store, "targets.csv", as_csv(rows))
    assert result.left_out == {"target_is_share": left_out}
    assert store.rows("SELECT count(*) FROM targets WHERE target < 5") == [(0,)]


def test_a_percentage_is_a_target_of_a_rate(store: Store) -> None:
    rows = [["Rep", "Month", "Metric", "Target"], ["Ann", "2026-03", "Win rate", "30%"]]
    assert brought(store, "targets.csv", as_csv(rows)).error is None
    assert store.rows("SELECT target FROM targets") == [(Decimal("0.3"),)]


def test_the_year_of_a_column_stays_with_its_month(store: Store) -> None:
    header = [
        f"{month} 2026 {kind}" for month in ("Jan", "Feb", "Mar") for kind in (TARGET, STRETCH)
    ]
    rows = [["Rep", *header], ["Ann Vale", 100, 150, 110, 160, 120, 170]]
    assert brought(store, "targets.csv", as_csv(rows)).error is None
    assert store.rows("SELECT period, target, stretch FROM targets ORDER BY period") == [
        ("2026-01", 100, 150),
        ("2026-02", 110, 160),
        ("2026-03", 120, 170),
    ]
