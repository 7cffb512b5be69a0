"""Floor and stretch targets without a plain one: which of them is the target is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.staging import review
from data.store.database import Store
from pages.kit.files.column_words import sentence
from pages.kit.i18n.words import Words
from tests.conftest import TODAY, land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

KEY, NONE = "target/column", "—"
FIGURES = "SELECT sum(floor), sum(target), sum(stretch) FROM targets"


def two(*header: str) -> Rows:
    """A floor of 100 and 200 beside a stretch of 150 and 260."""
    return [header, ["2026-03", "Ann Vale", 100, 150], ["2026-03", "Bo Reed", 200, 260]]


ASKED = [
    pytest.param(two("月份", "销售", "保底目标", "挑战目标"), id="chinese"),
    pytest.param(two("月份", "销售", "保底任务", "冲刺任务"), id="chinese-tasks"),
    pytest.param(two("月份", "销售", "保底", "挑战"), id="chinese-short"),
    pytest.param(two("Month", "Rep", "Floor", "Stretch"), id="english"),
    pytest.param(two("Month", "Rep", "Floor Target", "Stretch Target"), id="english-long"),
    pytest.param(two("Month", "Rep", "Minimum", "Stretch Goal"), id="minimum"),
    pytest.param(two("Monat", "Verkäufer", "Mindestziel", "Stretchziel"), id="german"),
]


@pytest.mark.parametrize(("which", "sums"), [(0, (None, 300, 410)), (1, (300, 410, None))])
@pytest.mark.parametrize("rows", ASKED)
def test_which_of_floor_and_stretch_is_the_target_is_asked(
    store: Store, rows: Rows, which: int, sums: tuple[int | None, ...]
) -> None:
    offered = [str(header) for header in rows[0][2:]]
    suffix, content = (("csv", as_csv(rows)), ("xlsx", as_xlsx(rows)))[which]
    (draft,) = drafts_of(store, f"targets.{suffix}", content)
    assert asked(store, draft) == [KEY]
    (question,) = review.questions(draft, TODAY, store)
    assert question.options == (*offered, NONE)
    assert question.samples[0] == ("", ("300", "410", ""))
    assert "floor or stretch" in sentence(Words("en"), question)
    draft = review.placed(store, replace(draft, answers={KEY: offered[which]}), TODAY)
    assert asked(store, draft) == []
    (result,) = land(store, [draft])
    assert (result.table, result.error) == ("targets", None)
    assert store.rows(FIGURES) == [sums]


def test_a_list_with_a_plain_target_is_not_asked(store: Store) -> None:
    rows = [
        ["月份", "销售", "保底目标", "目标", "挑战目标"],
        ["2026-03", "张三", 100, 120, 150],
        ["2026-03", "李四", 200, 230, 260],
    ]
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == []
    land(store, [draft])
    assert store.rows(FIGURES) == [(300, 350, 410)]


def test_metric_and_year_of_a_title_are_those_of_a_floor_too(store: Store) -> None:
    rows = [["2026年回款目标"], ["月份", "销售", "保底目标", "挑战目标"], ["3月", "张三", 100, 150]]
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert asked(store, draft) == [KEY]
    land(store, [review.placed(store, replace(draft, answers={KEY: "保底目标"}), TODAY)])
    assert store.rows("SELECT metric, period FROM targets") == [("collections", "2026-03")]
