"""A database of an earlier version: what it held is neither lost nor doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.ingest import history, source_rows
from data.store import database as stores
from data.store import migrations
from tests.data.staging.test_replacement import CORRECTED, land, read

pytestmark = pytest.mark.usefixtures("inline")

IMPORT = (
    "INSERT INTO imports VALUES (900, 'j', 'old.csv', '', 'c', ?, 'generic', ?, 'open', ?, '{}', "
    "0, 0, 0, 0, 0, '{}', '{}', 0, 'active', current_localtimestamp(), NULL)"
)


def older(
    path: Path, monkeypatch: pytest.MonkeyPatch, *statements: tuple[str, list[object]], had: int = 4
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:had])
        store = stores.opened(path)
        with store.writing("facts") as cursor:
            for sql, values in statements:
                cursor.execute(sql, values)
        store.close()


def test_a_newer_export_takes_no_deal_away_by_the_word_of_older_ones(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = "INSERT INTO {} (deal_id, as_of, status, import_id, row_no) VALUES (?, ?, 'open', ?, 1)"
    older(
        path, monkeypatch,
        (IMPORT, ["deals", "2026-03-16", "{}"]),
        # An older export had D1; the newest of that time had not, and nobody knows what it covered.
        (deal.format("deals"), ["D1", "2026-03-09", 900]),
        (deal.format("past_deals"), ["D1", "2026-03-09", 900]),
    )  # fmt: skip
    store = stores.opened(path)
    export = "商机编号,商机阶段,商机金额\nD1,需求确认,5\nD2,需求确认,7\n"
    (told,) = land(store, read(store, ("商机_20260301.csv", export)))
    assert told.error is None
    assert store.rows("SELECT deal_id FROM deals ORDER BY 1") == [("D1",), ("D2",)]


def test_a_newer_list_is_asked_about_where_older_rows_have_no_source(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older(
        path, monkeypatch,
        (IMPORT, ["orders", None, '{"order_date": 0, "amount": 3}']),
        ("INSERT INTO orders (order_id, line_no, order_date, amount, import_id, row_no) "
         "VALUES ('row:1:1', '1', '2026-03-05', 250, 900, 1)", []),
    )  # fmt: skip
    store = stores.opened(path)
    (draft,) = read(store, ("销售记录.csv", CORRECTED))
    assert draft.placing and (draft.placing.choice, draft.placing.rows) == ("ask", 1)
    (told,) = land(store, [draft])
    assert told.error and told.error.code == "questions_open"


def test_problems_kept_before_they_told_their_sheet_are_still_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = "INSERT INTO problems VALUES (900, 3, 'amount', '金额', 'x', 'unreadable_number', ?)"
    row = "INSERT INTO problem_rows VALUES (900, ?, ?)"
    older(
        path, monkeypatch,
        (IMPORT, ["orders", None, "{}"]),
        (problem, ["value_left_out"]),
        (row, [0, '["订单号", "金额"]']),
        (row, [3, '["S1", "x"]']),
        had=5,
    )  # fmt: skip
    store = stores.opened(path)
    assert history.problems(store, 900)[["sheet", "row_no"]].values.tolist() == [["", 3]]
    assert source_rows.kept(store, 900) == (
        source_rows.Originals("", ("订单号", "金额"), ((3, ("S1", "x")),)),
    )
