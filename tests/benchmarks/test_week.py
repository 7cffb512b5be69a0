"""The SQL written by hand gives the app's figures where there is something to count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from benchmarks import company, week
from benchmarks.hand_sql import HAND_SQL
from benchmarks.week import Question, check, same_figures
from data.store import database as stores
from data.store.database import Store

# What the invented company lacks: deals that are put off or idle, and two of their exports.
IN_TROUBLE = (
    "UPDATE deals SET as_of = DATE '2026-03-18', "
    "expected_close_date = created_date + (hash(deal_id, 1) % 400)::INTEGER, "
    "last_activity_date = created_date + (hash(deal_id, 2) % 300)::INTEGER, "
    "next_step = CASE WHEN hash(deal_id, 3) % 2 = 0 THEN 'call' END",
    "INSERT INTO stage_history BY NAME SELECT deal_id, created_date + i AS entered_at, stage, "
    "expected_close_date - 20 + 5 * i AS expected_close_date, 1 AS import_id, 1 AS row_no "
    "FROM deals, (SELECT i::INTEGER AS i FROM range(3) AS moves(i)) "
    "WHERE hash(deal_id, 4) % 3 = 0",
    "INSERT INTO imports BY NAME SELECT id AS import_id, '' AS job_id, 'deals.csv' AS file, "
    "'' AS sheet, '' AS content, 'deals' AS table_name, '' AS system, '{}' AS mapping, "
    "'{}' AS answers, 0 AS rows_in, 0 AS rows_kept, 0 AS rows_new, 0 AS rows_changed, "
    "0 AS rows_same, '{}' AS left_out, '{}' AS money, 0 AS problem_count, "
    "CASE WHEN id = 2 THEN 'undone' ELSE 'active' END AS status, "
    "TIMESTAMP '2026-03-18' AS imported_at FROM range(1, 4) AS files(id)",
    "INSERT INTO past_deals BY NAME SELECT deal_id, DATE '2026-03-01' + id::INTEGER AS as_of, "
    "id AS import_id, 1 AS row_no FROM deals, range(1, 4) AS files(id)",
)
ABROAD = tuple(
    f"UPDATE {table} SET currency = ['USD', 'EUR', 'CNY'][(hash(customer) % 4 + 1)::INTEGER]"
    for table in ("orders", "deals", "payments")
)
# Their SQL alone expects amounts in several currencies.
IN_CURRENCIES = "not_counted"


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> list[Question]:
    return week.week_page_questions(tmp_path_factory.mktemp("week") / "small.duckdb")


def store_of(path: Path, *statements: str) -> Store:
    store = company.database(path, 10_000)
    with store.writing("facts") as cursor:
        for statement in statements:
            cursor.execute(statement)
    return store


def counted(store: Store, questions: list[Question]) -> dict[str, int]:
    """How many rows answer each question; raises where the two give different figures."""
    answers = {question.name: check(store, question) for question in questions}
    stores.close_all()
    return answers


def test_every_question_of_the_week_page_is_written_by_hand(questions: list[Question]) -> None:
    assert {question.name for question in questions} == set(HAND_SQL)


def test_the_figures_are_those_of_the_app(questions: list[Question], path: Path) -> None:
    compared = [question for question in questions if not question.name.startswith(IN_CURRENCIES)]
    answers = counted(store_of(path, *IN_TROUBLE), compared)
    assert [name for name, rows in answers.items() if not rows] == []


def test_what_is_not_counted_is_that_of_the_app(questions: list[Question], path: Path) -> None:
    compared = [question for question in questions if question.name.startswith(IN_CURRENCIES)]
    answers = counted(store_of(path, *ABROAD), compared)
    assert answers == {f"not_counted {name}": 2 for name in ("orders", "deals", "payments")}


def test_other_figures_are_noticed(
    questions: list[Question], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rep = next(question for question in questions if question.name == "by orders rep")
    wrong = HAND_SQL[rep.name].replace("<> 'cancelled'", "<> ''").replace("'cancelled'", "''")
    monkeypatch.setitem(HAND_SQL, rep.name, wrong)
    with pytest.raises(AssertionError, match="not the same figures"):
        counted(store_of(path), [rep])


def test_a_question_that_nobody_wrote_is_named(questions: list[Question]) -> None:
    unknown = replace(questions[0], arguments=(*questions[0].arguments, "weather"))
    with pytest.raises(KeyError, match="row_counts weather"):
        unknown.hand_sql()


def test_the_order_of_rows_and_columns_says_nothing() -> None:
    frame = pd.DataFrame({"a": [1, None], "b": ["x", "y"]})
    assert same_figures(frame, frame.loc[[1, 0], ["b", "a"]])
    assert not same_figures(frame, frame.rename(columns={"a": "c"}))
    assert not same_figures(frame, frame.head(1))
    assert not same_figures(frame, frame.replace("x", "z"))
