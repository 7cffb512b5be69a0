"""Two files of one table with other columns: each brings what it has, neither blanks the rest."""

from __future__ import annotations

import pytest

from data.ingest import history
from data.store.database import Store
from tests.data.staging.test_replacement import take

pytestmark = pytest.mark.usefixtures("inline")

LEADS = "线索编号,创建日期,线索来源\nL1,2026-01-05,展会\nL2,2026-01-06,官网\n"
SHORT = "线索编号,转化日期,负责人,线索状态\nL1,2026-02-01,李雷,已转化\n"
SQL = "SELECT lead_id, source, converted_date::VARCHAR, rep FROM leads ORDER BY 1"
BOTH = [("L1", "展会", "2026-02-01", "李雷"), ("L2", "官网", None, None)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["long first", "short first"])
def test_what_a_file_does_not_say_stays(store: Store, order: tuple[int, int]) -> None:
    files = [("线索.csv", LEADS), ("转化.csv", SHORT)]
    for at in order:
        take(store, *files[at])
    assert store.rows(SQL) == BOTH


def test_a_blank_cell_is_a_blank(store: Store) -> None:
    take(store, "线索.csv", LEADS)
    take(store, "线索.csv", LEADS.replace("展会", ""))
    assert store.rows(SQL)[0] == ("L1", None, None, None)


def test_undo_takes_only_what_the_file_brought(store: Store) -> None:
    take(store, "线索.csv", LEADS)
    before = store.rows("SELECT * EXCLUDE (alone) FROM leads ORDER BY ALL")
    second = take(store, "转化.csv", SHORT)
    history.take_back(store, second.import_id or 0)
    assert store.rows("SELECT * EXCLUDE (alone) FROM leads ORDER BY ALL") == before


def test_every_row_of_both_files_is_kept_as_it_was_written(store: Store) -> None:
    take(store, "线索.csv", LEADS)
    take(store, "转化.csv", SHORT)
    facts = "SELECT lead_id, source, rep FROM fact_leads ORDER BY import_id, row_no"
    assert store.rows(facts) == [("L1", "展会", None), ("L2", "官网", None), ("L1", None, "李雷")]
    # Once more the first: the row that was made of both is no fact of its own.
    take(store, "线索.csv", LEADS.replace("官网", "官网二"))
    assert store.rows("SELECT count(*) FROM fact_leads") == [(5,)]
    assert store.rows(SQL)[0] == BOTH[0]
