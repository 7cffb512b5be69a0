from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from data.ingest import history, inbox, jobs
from data.jobs import background, sandbox
from data.matching import recognise
from data.staging.draft import Result
from data.staging.other_table import taken_as
from data.store.database import Store
from domain.errors import FileError, ImportRefused, YuepanError
from tests.conftest import TODAY, Files, everything, land, over, read
from tests.data import files

Importing = Callable[[Files], list[Result]]


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + "Root Entry".encode("utf-16-le").ljust(128, b"\0")
    + "EncryptionInfo".encode("utf-16-le").ljust(128, b"\0")
    + "EncryptedPackage".encode("utf-16-le").ljust(256, b"\0")
)
WHOLE = workbook(Orders=[["Order ID", "Order Date", "Amount"], ["O1", "2026-03-02", 5]])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "empty_file"),
        ("blank.csv", b"\xef\xbb\xbf\r\n\r\n", "empty_file"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_spreadsheet"),
        ("secret.xlsx", ENCRYPTED, "encrypted_workbook"),
        ("truncated.xlsx", WHOLE[: len(WHOLE) // 2], "damaged_workbook"),
        ("letter.docx", b"PK\x05\x06" + bytes(18), "not_a_spreadsheet"),
        ("anything.csv", b"alpha,beta\n1,2\n3,4\n", "no_known_columns"),
    ],
    ids=["empty", "blank", "picture", "encrypted", "truncated", "archive", "no-known-column"],
)
def test_a_file_that_cannot_be_read_says_so_and_leaves_the_store_as_it_was(
    store: Store, name: str, content: bytes, code: str
) -> None:
    before = everything(store)
    (draft,) = read(store, {name: content})
    assert isinstance(draft.error, YuepanError)
    assert draft.error.code == code
    assert draft.error.params["file"] == name
    assert not draft.take
    assert land(store, [draft]) == []
    assert everything(store) == before
    assert list(store.inbox.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Order ID,Order Date,Amount\nO1,soon,5\nO2,later,6\nO3,2026-03-02,7\n",
            "column_not_dates",
        ),
        (
            "Order ID,Order Date,Amount\nO1,2026-03-02,much\nO2,2026-03-03,more\n",
            "column_not_numbers",
        ),
        ("Order ID,Order Date,Amount\nO1,03/04/2026,5\nO2,05/06/2026,6\n", "questions_open"),
        ("Order ID,Order Date,Amount\nO1,,5\nO2,,6\n", "nothing_left"),
    ],
    ids=["words-for-dates", "words-for-numbers", "open-question", "no-row-left"],
)
def test_a_sheet_that_cannot_be_taken_in_says_so_and_leaves_the_store_as_it_was(
    store: Store, inline: None, text: str, code: str
) -> None:
    before = everything(store)
    drafts = read(store, {"orders.csv": text})
    wanted = {"order_id": 0, "order_date": 1, "amount": 2}
    drafts = [replace(draft, table="orders", mapping=wanted, take=True) for draft in drafts]
    (result,) = land(store, drafts)
    assert result.error is not None and result.error.code == code
    assert result.import_id is None
    assert everything(store) == before


def test_a_file_beside_a_bad_one_is_read_all_the_same(store: Store) -> None:
    bad, good = read(store, {"empty.csv": b"", "orders.csv": files.ORDERS})
    assert bad.error.code == "empty_file"
    assert (good.table, good.error) == ("orders", None)


def test_a_file_above_the_limit_is_refused_before_it_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 10)
    with pytest.raises(FileError, match="too_large"):
        inbox.receive(store, "orders.csv", b"x" * 11)
    assert not store.inbox.exists()


def test_the_name_of_a_file_is_no_part_of_where_it_is_kept(store: Store) -> None:
    upload = inbox.receive(store, "../../out.csv", b"a,b\n")
    assert upload.path.parent == store.inbox
    assert upload.name == "../../out.csv"


def test_the_same_file_twice_at_once_lands_once(importing: Importing, store: Store) -> None:
    first, second = importing({"orders.csv": files.ORDERS, "copy.csv": files.ORDERS})
    assert first.error is None
    assert second.error is not None and second.error.code == "already_imported"
    assert store.rows("SELECT count(*) FROM fact_orders") == [(3,)]


def test_the_same_file_again_changes_nothing(importing: Importing, store: Store) -> None:
    importing({"orders.csv": files.ORDERS})
    before = everything(store)
    (again,) = importing({"orders.csv": files.ORDERS})
    assert again.error is not None and again.error.code == "already_imported"
    assert everything(store) == before


def test_a_draft_of_a_file_that_was_imported_says_when(importing: Importing, store: Store) -> None:
    importing({"orders.csv": files.ORDERS})
    (draft,) = read(store, {"orders.csv": files.ORDERS})
    assert [(draft.already,)] == store.rows("SELECT imported_at::DATE FROM imports")


def test_a_newer_export_updates_by_key(importing: Importing, store: Store) -> None:
    importing({"orders.csv": files.ORDERS})
    (later,) = importing({"orders.csv": files.ORDERS_LATER})
    assert later.landed is not None
    assert (later.landed.new, later.landed.changed, later.landed.same) == (1, 1, 0)
    assert store.rows("SELECT order_id, line_no, amount FROM orders ORDER BY ALL") == [
        ("O1", "1", Decimal("100.0000")),
        ("O1", "2", Decimal("40.2500")),
        ("O2", "1", Decimal("75.5000")),
        ("O3", "1", Decimal("10.0000")),
    ]


@pytest.mark.parametrize(
    ("name", "text", "facts", "plan"),
    [
        ("orders.csv", files.ORDERS, 1, 0),
        ("targets.csv", files.TARGETS, 1, 1),
        ("nothing.csv", "alpha,beta\n1,2\n", 0, 0),
    ],
    ids=["facts", "targets", "nothing"],
)
def test_versions_rise_only_for_what_was_written(
    importing: Importing, store: Store, name: str, text: str, facts: int, plan: int
) -> None:
    importing({name: text})
    assert (store.versions().facts, store.versions().plan) == (facts, plan)
    importing({name: text})
    assert (store.versions().facts, store.versions().plan) == (facts, plan)


def test_a_failure_in_the_second_sheet_leaves_nothing_of_the_first(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(store)
    drafts = read(store, {"orders.csv": files.ORDERS, "deals.csv": files.DEALS})
    landing = history.record

    def fail_at_deals(cursor, draft, *more):  # type: ignore[no-untyped-def]
        told = landing(cursor, draft, *more)
        if draft.table == "deals":
            raise ImportRefused("nothing_left", file=draft.file)
        return told

    monkeypatch.setattr(history, "record", fail_at_deals)
    told = land(store, drafts)
    assert isinstance(told, ImportRefused)
    assert everything(store) == before


def test_sheets_of_one_workbook_land_together(importing: Importing, store: Store) -> None:
    book = workbook(
        Orders=[["Order ID", "Order Date", "Amount"], ["O1", "2026-03-02", 5]],
        Products=[["Product", "Category", "List price"], ["Pump A", "Pumps", 7]],
    )
    results = importing({"month.xlsx": book})
    assert [(one.table, one.rows_kept) for one in results] == [("orders", 1), ("products", 1)]
    assert store.rows("SELECT count(DISTINCT job_id), count(*) FROM imports") == [(1, 2)]
    assert store.versions().facts == 1


def test_with_stop_at_problems_nothing_lands_when_a_row_has_one(store: Store, inline: None) -> None:
    before = everything(store)
    drafts = read(
        store, {"orders.csv": files.ORDERS, "more.csv": files.ORDERS_LATER + "O9,1,,甲,乙,丙,1\n"}
    )
    results = land(store, drafts, stop_at_problems=True)
    assert [one.problem_count for one in results] == [0, 1]
    assert [one.import_id for one in results] == [None, None]
    assert everything(store) == before


def test_problems_are_kept_with_their_import(importing: Importing, store: Store) -> None:
    (told,) = importing({"orders.csv": files.ORDERS + "O9,1,,宏远机电,李雷,Pump A,7\n"})
    assert told.import_id is not None
    kept = history.problems(store, told.import_id)
    assert kept[["row_no", "column_name", "why", "outcome"]].values.tolist() == [
        [5, "order_date", "missing_date", "row_left_out"]
    ]


@pytest.mark.parametrize("phase", ["reading", "typing", "landing"])
def test_cancelling_leaves_nothing_behind(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    before = everything(store)
    report = background.Progress.report

    def cancel_at(self: background.Progress, told: str, done: int = 0, total: int = 0) -> None:
        if told == phase:
            background.cancel(self.job_id)
        report(self, told, done, total)

    drafts = [] if phase == "reading" else read(store, {"orders.csv": files.ORDERS})
    monkeypatch.setattr(background.Progress, "report", cancel_at)
    told = read(store, {"o.csv": files.ORDERS}) if phase == "reading" else land(store, drafts)
    assert isinstance(told, ImportRefused) and told.code == "cancelled"
    assert everything(store) == before
    assert list(store.inbox.iterdir()) == []


def test_cancelling_at_the_last_moment_takes_everything_back(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(store)
    drafts = read(store, {"orders.csv": files.ORDERS})
    landing = history.record

    def cancel_after(cursor, draft, cleaned, told, job_id, *more):  # type: ignore[no-untyped-def]
        background.cancel(job_id)
        return landing(cursor, draft, cleaned, told, job_id, *more)

    monkeypatch.setattr(history, "record", cancel_after)
    job_id = jobs.start_import(store, drafts, today=date(2026, 3, 31))
    assert over(store, job_id).code == "cancelled"
    assert background.look(store, job_id).state == "cancelled"
    assert everything(store) == before


def test_a_running_child_is_stopped_when_its_import_is_cancelled(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sandbox.run

    def sleep(function: str, *args: object, **limits: object) -> object:
        return run("time:sleep", 30, **limits)

    monkeypatch.setattr(sandbox, "run", sleep)
    upload = inbox.receive(store, "orders.csv", files.ORDERS.encode())
    job_id = jobs.start_reading(store, [upload], today=TODAY)
    background.cancel(job_id)
    assert over(store, job_id).code == "cancelled"
    assert not upload.path.exists()


def test_a_reader_that_dies_costs_its_own_file_only(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sandbox.run

    def die(function: str, things: list[tuple[object, str, str]], **limits: object) -> object:
        if function.endswith("understand_all") and any(name == "bad.csv" for _, name, *_ in things):
            return run("os:abort", **limits)
        return run(function, things, **limits)

    monkeypatch.setattr(sandbox, "run", die)
    bad, good = read(store, {"bad.csv": files.ORDERS, "good.csv": files.DEALS})
    assert (bad.error.code, bad.error.params["file"]) == ("reader_failed", "bad.csv")
    assert (good.table, good.error) == ("deals", None)


def test_a_sheet_is_recognised_in_the_child_as_it_would_be_here(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop = {"orders.csv": files.ORDERS, "deals.csv": files.DEALS}
    with monkeypatch.context() as patch:
        patch.setattr(recognise, "recognise", lambda *_, **__: pytest.fail("not in a child"))
        in_child = read(store, drop)
    monkeypatch.setattr(sandbox, "run", lambda function, *args, **_: _called(function, *args))
    assert in_child == read(store, drop)


def _called(function: str, *args: object) -> object:
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*args)


def test_a_header_seen_before_is_read_as_it_was_confirmed(store: Store, inline: None) -> None:
    (draft,) = read(store, {"orders.csv": files.ORDERS})
    changed = {name: at for name, at in draft.mapping.items() if name != "product"}
    land(store, [replace(draft, mapping=changed)])
    (again,) = read(store, {"next month.csv": files.ORDERS_LATER})
    assert again.mapping == changed


def test_a_draft_taken_as_another_table_is_matched_anew(store: Store, inline: None) -> None:
    (draft,) = read(store, {"orders.csv": files.ORDERS})
    as_payments = taken_as(draft, "payments")
    assert (as_payments.table, as_payments.take) == ("payments", True)
    assert as_payments.mapping["order_id"] == draft.mapping["order_id"]
    nothing = taken_as(draft, None)
    assert (nothing.table, nothing.mapping, nothing.take) == (None, {}, False)


def test_names_known_in_the_store_tell_a_column_of_a_table_chosen_by_hand(
    store: Store, inline: None
) -> None:
    land(store, read(store, {"人员.csv": "业务员,区域\n李雷,华东\n韩梅,华北\n"}))
    rows = [("丁一", "李雷"), ("戊二", "韩梅"), ("己三", "李雷"), ("庚四", "韩梅")]
    told = [f"2026-02-0{at},{at}5.5,{one},{two}" for at, (one, two) in enumerate(rows, start=1)]
    (draft,) = read(store, {"x.csv": "\n".join(["日期,金额,对接情况,附加信息栏", *told])})
    assert taken_as(draft, "payments", store).mapping["rep"] == 3
    assert taken_as(draft, "payments").mapping.get("rep") != 3


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("deals_2026-03-10.csv", date(2026, 3, 10)),
        ("商机20260310.csv", date(2026, 3, 10)),
        ("deals_2026-02-30.csv", None),
        ("deals.csv", None),
    ],
)
def test_the_day_of_a_snapshot_is_read_from_the_name_of_the_file(
    store: Store, inline: None, name: str, day: date | None
) -> None:
    (draft,) = read(store, {name: files.DEALS})
    assert draft.as_of == day


def test_a_workbook_with_a_broken_part_is_damaged(store: Store) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    (draft,) = read(store, {"broken.xlsx": stream.getvalue()})
    assert draft.error.code == "damaged_workbook"


def test_lines_below_an_orders_first_are_of_that_order(store: Store, inline: None) -> None:
    sheet = (
        "Order Reference,Creation Date,Customer,Salesperson,Total,"
        "Order Lines/Product,Order Lines/Quantity,Order Lines/Subtotal\n"
        "S00001,2026-03-02 09:00:00,Blue Ltd,Ann Lee,300.00,Pump,1,100.00\n"
        ",,,,,Valve,2,200.00\n"
        "S00002,2026-03-05 10:00:00,Red Ltd,Ann Lee,50.00,Seal,1,50.00\n"
    )
    (draft,) = read(store, {"sale.order.csv": sheet})
    assert (draft.table, draft.match and draft.match.system) == ("orders", "odoo")
    (told,) = land(store, [draft])
    assert told.rows_kept == 3
    sums = "SELECT order_id, count(*), sum(amount)::INT FROM orders GROUP BY 1 ORDER BY 1"
    assert store.rows(sums) == [("S00001", 2, 300), ("S00002", 1, 50)]
