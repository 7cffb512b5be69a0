"""Lists without keys replace their days; two equal sales stay two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.ingest import history, inbox, jobs
from data.jobs import background
from data.staging.draft import Draft, Result
from data.store.database import Store

pytestmark = pytest.mark.usefixtures("inline")

TODAY = date(2026, 3, 20)

MARCH = """下单日期,客户名称,业务员,销售额
2026-03-02,宏远机电,李雷,100.00
2026-03-02,宏远机电,李雷,100.00
2026-03-09,蓝海食品,王芳,250.00
2026-03-12,蓝海食品,王芳,80.00
"""
CORRECTED = MARCH.replace("250.00", "205.00")
SUM = "SELECT count(*), sum(amount) FROM orders"


def read(store: Store, *files: tuple[str, str]) -> list[Draft]:
    uploads = [inbox.receive(store, name, text.encode()) for name, text in files]
    job = jobs.start_reading(store, uploads, today=TODAY)
    background.wait(store, job)
    return background.outcome(job)


def land(store: Store, drafts: list[Draft]) -> list[Result]:
    job = jobs.start_import(store, drafts, today=TODAY)
    background.wait(store, job)
    return background.outcome(job)


def take(store: Store, name: str, text: str) -> Result:
    (result,) = land(store, read(store, (name, text)))
    return result


def test_two_equal_sales_are_two(store: Store) -> None:
    take(store, "销售记录 2026-03-12.csv", MARCH)
    assert store.rows(SUM) == [(4, Decimal(530))]


def test_a_corrected_amount_does_not_double(store: Store) -> None:
    take(store, "销售记录 2026-03-12.csv", MARCH)
    told = take(store, "销售记录 2026-03-13 (1).csv", CORRECTED)
    assert store.rows(SUM) == [(4, Decimal(485))]
    assert told.landed and (told.landed.new, told.landed.same, told.landed.gone) == (1, 3, 1)


def test_what_it_replaces_is_known_before(store: Store) -> None:
    take(store, "销售记录 2026-03-12.csv", MARCH)
    (draft,) = read(store, ("销售记录 2026-03-13.csv", CORRECTED))
    told = draft.placing
    assert told and told.choice == "replace"
    assert (told.first, told.last, told.rows) == (date(2026, 3, 2), date(2026, 3, 12), 4)
    assert told.files == ("销售记录 2026-03-12.csv",)


def test_days_outside_the_new_file_stay(store: Store) -> None:
    take(store, "销售记录.csv", MARCH)
    header = MARCH.splitlines()[0]
    again = "2026-03-12,蓝海食品,王芳,80.00\n2026-03-30,甲,李雷,7.00\n"
    take(store, "销售记录.csv", f"{header}\n2026-03-08,蓝海食品,王芳,1.00\n{again}")
    # 2026-03-09 lies within the new file's days and is not in it: it is gone.
    assert store.rows(SUM) == [(5, Decimal(288))]


def test_undo_brings_back_what_had_been_replaced(store: Store) -> None:
    first = take(store, "销售记录.csv", MARCH)
    before = store.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL")
    second = take(store, "销售记录.csv", CORRECTED)
    history.take_back(store, second.import_id or 0)
    assert store.rows("SELECT * EXCLUDE (alone) FROM orders ORDER BY ALL") == before
    history.take_back(store, first.import_id or 0)
    assert store.rows(SUM) == [(0, None)]


def test_undo_of_the_first_when_a_second_replaced_it_changes_nothing(store: Store) -> None:
    first = take(store, "销售记录.csv", MARCH)
    take(store, "销售记录.csv", CORRECTED)
    history.take_back(store, first.import_id or 0)
    assert store.rows(SUM) == [(4, Decimal(485))]


def test_another_list_of_the_same_shape_is_asked_about_and_nothing_lands_meanwhile(
    store: Store,
) -> None:
    take(store, "华东.csv", MARCH)
    (draft,) = read(store, ("华北.csv", MARCH.replace("\n", "\r\n")))
    assert draft.placing and (draft.placing.choice, draft.placing.files) == ("ask", ("华东.csv",))
    (told,) = land(store, [draft])
    assert told.error and told.error.code == "questions_open"
    assert store.rows(SUM) == [(4, Decimal(530))]


@pytest.mark.parametrize(
    ("choice", "rows", "money"), [("add", 8, 1060), ("replace", 4, 530)], ids=["add", "replace"]
)
def test_the_answer_adds_or_replaces(store: Store, choice: str, rows: int, money: int) -> None:
    take(store, "华东.csv", MARCH)
    (draft,) = read(store, ("华北.csv", MARCH.replace("\n", "\r\n")))
    assert draft.placing
    placing = draft.placing.settled(choice, draft.content)  # type: ignore[arg-type]
    land(store, [replace(draft, placing=placing)])
    assert store.rows(SUM) == [(rows, Decimal(money))]


def test_rows_with_a_key_are_not_placed(store: Store) -> None:
    text = MARCH.replace("下单日期", "订单号,下单日期").replace("\n2026", "\nO1,2026")
    (draft,) = read(store, ("订单.csv", text))
    assert draft.table == "orders"
    assert draft.placing is None


def test_leads_without_numbers_are_read_though_they_have_a_source_of_their_own(
    store: Store,
) -> None:
    leads = "创建时间,公司,线索来源,负责人,线索状态\n2026-03-02,宏远机电,展会,李雷,新建\n"
    (draft,) = read(store, ("线索.csv", leads + "2026-03-04,启明电子,官网,李雷,新建\n"))
    assert draft.table == "leads" and draft.placing and draft.placing.rivals == ()
