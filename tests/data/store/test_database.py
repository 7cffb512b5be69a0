from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from data.facts import upsert
from data.jobs import background
from data.staging.draft import Result
from data.store import database as stores
from data.store.database import Store
from data.store.versions import Versions
from domain.errors import StoreError
from tests.conftest import Files
from tests.data import files, killed

ROOT = Path(__file__).parents[3]

# Each pair agrees in every state that a transaction leaves, and in no state between.
AGREE = (
    "SELECT (SELECT sum(amount) FROM orders), (SELECT sum(amount) FROM fact_orders)",
    "SELECT count(*) * 5, sum(amount) FROM orders",
    "SELECT (SELECT value FROM versions WHERE name = 'facts') * 10, count(*) FROM fact_orders",
    "SELECT max(import_id) * 10, count(*) FROM orders",
)


def batch(number: int) -> pa.Table:
    amounts = [Decimal("5.0000") + (n - Decimal("4.5")) for n in range(10)]
    return pa.table(
        {
            "order_id": [f"{number}-{n}" for n in range(10)],
            "line_no": ["1"] * 10,
            "amount": pa.array(amounts, pa.decimal128(18, 4)),
            "row": range(10),
        }
    )


def land_batch(store: Store, number: int) -> None:
    with store.writing("facts") as cursor:
        upsert.land(cursor, number, "orders", batch(number))


def test_eight_threads_reading_beside_a_writer_never_get_a_wrong_answer(store: Store) -> None:
    land_batch(store, 1)
    wrong: list[object] = []
    reading = threading.Barrier(9)

    def read(thread: int) -> None:
        reading.wait()
        for n in range(500):
            sql = AGREE[(n + thread) % len(AGREE)]
            try:
                way = n % 3
                if way == 0:
                    ((left, right),) = store.rows(sql)
                elif way == 1:
                    left, right = store.frame(sql).iloc[0].tolist()
                else:
                    left, right = (one.to_pylist()[0] for one in store.table(sql).columns)
                if left != right:
                    wrong.append((sql, left, right))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    reading.wait()
    number = 1
    while any(thread.is_alive() for thread in threads):
        number += 1
        land_batch(store, number)
    for thread in threads:
        thread.join()
    assert wrong == []
    assert number > 3
    assert store.versions() == Versions(facts=number, plan=0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by a signal of POSIX")
def test_a_process_killed_in_an_import_leaves_all_of_it_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.jobs.sandbox.run", killed.inline)
    whole = tmp_path / "whole.duckdb"
    base = stores.opened(tmp_path / "base.duckdb")
    killed.bring(base, killed.sheet(0))
    before = figures(base)
    base.close()
    shutil.copy2(base.path, whole)
    after_all = stores.opened(whole)
    killed.bring(after_all, killed.sheet(killed.ROWS // 2))
    after = figures(after_all)
    after_all.close()
    assert before["orders"] != after["orders"] and before["credits"] != after["credits"]

    subprocess.run(
        [sys.executable, "-m", "tests.data.killed", str(tmp_path)],
        cwd=ROOT,
        check=True,
        timeout=180,
    )
    found = []
    for number in range(len(killed.DEATHS)):
        reopened = stores.opened(tmp_path / f"{number}.duckdb")
        state = figures(reopened)
        found.append("before" if state == before else "after" if state == after else state)
        # The import never said that it was done, whatever became of its rows.
        assert reopened.rows("SELECT DISTINCT state FROM jobs ORDER BY 1") == [
            ("done",),
            ("interrupted",),
        ]
        reopened.close()
    assert len(found) >= 20
    assert set(found) == {"before", "after"}, found
    assert found[0] == "before" and found[-1] == "after"


def figures(store: Store) -> dict[str, tuple[object, ...]]:
    """A count and a sum over all rows of every table, without what tells of the attempt."""
    columns = store.rows(
        "SELECT table_name, list(column_name ORDER BY ordinal_position) "
        "FROM information_schema.columns WHERE table_schema = 'main' AND table_name <> 'jobs' "
        "AND data_type <> 'TIMESTAMP' AND column_name <> 'job_id' GROUP BY ALL"
    )
    return {
        name: store.rows(
            f"SELECT count(*), sum(CAST(hash({', '.join(map(quoted, listed))}) AS HUGEINT)) "
            f'FROM "{name}"'
        )[0]
        for name, listed in columns
    }


def quoted(name: str) -> str:
    return f'"{name}"'


def test_a_second_process_on_the_same_file_is_told_so(store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from data.store.database import opened\n"
        "from domain.errors import StoreError\n"
        "try: opened(Path(sys.argv[1]))\n"
        "except StoreError as error: print(error.code)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(store.path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "held_by_another"


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: b"no database, block after block of words " * 1000,
        lambda raw: raw[:13000],
        lambda raw: raw[:12288] + b"\7" * (len(raw) - 12288),
    ],
    ids=["empty", "text", "torn", "overwritten"],
)
def test_a_damaged_file_is_told_so(path: Path, damage: Callable[[bytes], bytes]) -> None:
    stores.opened(path).close()
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreError) as told:
        stores.opened(path)
    assert (told.value.code, told.value.params["path"]) == ("damaged_store", path.name)


def test_one_path_has_one_store_until_it_is_closed(path: Path) -> None:
    first = stores.opened(path)
    assert stores.opened(path) is first
    assert stores.opened() is first
    first.close()
    second = stores.opened(path)
    assert second is not first
    second.close()


def test_after_closing_there_is_one_file(path: Path) -> None:
    land_batch(stores.opened(path), 1)
    stores.close_all()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_closing_again_and_again_does_no_harm(path: Path) -> None:
    for _ in range(3):
        stores.opened(path)
        stores.close_all()
        stores.close_all()


def test_a_write_that_fails_leaves_rows_and_versions_as_they_were(store: Store) -> None:
    land_batch(store, 1)
    with pytest.raises(ZeroDivisionError), store.writing("facts", "plan") as cursor:
        upsert.land(cursor, 2, "orders", batch(2))
        raise ZeroDivisionError
    assert store.rows("SELECT count(*) FROM fact_orders") == [(10,)]
    assert store.versions() == Versions(facts=1, plan=0)
    land_batch(store, 2)
    assert store.versions() == Versions(facts=2, plan=0)


def test_readers_see_the_state_before_a_write_until_it_is_kept(store: Store) -> None:
    with store.writing("facts") as cursor:
        upsert.land(cursor, 1, "orders", batch(1))
        assert store.rows("SELECT count(*) FROM orders") == [(0,)]
        assert store.versions().facts == 0
    assert store.rows("SELECT count(*) FROM orders") == [(10,)]


def test_money_stays_decimal_on_every_way_out(store: Store) -> None:
    land_batch(store, 1)
    sql, params = "SELECT sum(amount) AS total FROM orders WHERE line_no = ?", ["1"]
    assert store.rows(sql, params) == [(Decimal("50.0000"),)]
    assert store.frame(sql, params)["total"].tolist() == [Decimal("50.0000")]
    assert store.table(sql, params)["total"].to_pylist() == [Decimal("50.0000")]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY orders TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
    ],
)
def test_a_query_reaches_no_other_file(store: Store, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        store.rows(sql)


def test_a_job_that_ran_when_the_program_stopped_is_marked_and_its_files_are_gone(
    path: Path,
) -> None:
    store = stores.opened(path)
    store.note(
        "INSERT INTO jobs VALUES ('j', 'import', 'running', 'landing', 1, 2, NULL, "
        "current_localtimestamp(), current_localtimestamp())"
    )
    store.inbox.mkdir()
    (store.inbox / ("a" * 32)).write_text("left over")
    (store.inbox / "not ours.txt").write_text("left alone")
    store.close()
    reopened = stores.opened(path)
    assert background.look(reopened, "j").state == "interrupted"
    assert [one.name for one in reopened.inbox.iterdir()] == ["not ours.txt"]
    reopened.close()


def test_what_was_landed_is_there_after_opening_again(
    path: Path, store: Store, importing: Callable[[Files], list[Result]]
) -> None:
    importing({"orders.csv": files.ORDERS})
    before = store.rows("SELECT * FROM orders ORDER BY ALL")
    store.close()
    assert stores.opened(path).rows("SELECT * FROM orders ORDER BY ALL") == before
