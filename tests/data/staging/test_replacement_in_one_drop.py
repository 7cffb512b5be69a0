"""Lists without keys, dropped together and again: what stands is what the answers say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.ingest import history, inbox, jobs
from data.jobs import background
from data.staging import review
from data.staging.draft import Draft, Replacement, Result, id_of
from data.staging.list_names import stem
from data.store.database import Store
from tests.data.staging.test_replacement import TODAY, land, read, take

pytestmark = pytest.mark.usefixtures("inline")

HEADER = "回款日期,客户,业务员,回款金额\n"
EAST = HEADER + "2026-03-03,恒达机电,李雷,100\n2026-03-04,瑞丰纸业,李雷,200\n"
# The same days and amounts, and nobody of the other.
SOUTH = HEADER + "2026-03-03,南海水产,王芳,100\n2026-03-04,顺风物流,王芳,200\n"
CORRECTED = EAST.replace("200", "250")
SUM = "SELECT count(*), sum(amount)::INT FROM payments"


def zipped(**files: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def drop(store: Store, name: str, content: bytes) -> list[Draft]:
    job = jobs.start_reading(store, [inbox.receive(store, name, content)], today=TODAY)
    background.wait(store, job)
    found: list[Draft] = background.outcome(job)
    return found


def placed(draft: Draft) -> Replacement:
    assert draft.placing is not None
    return draft.placing


def answered(draft: Draft, choice: Literal["replace", "older", "add"], other: str = "") -> Draft:
    told = placed(draft).settled(choice, id_of(draft), other)
    return replace(draft, placing=told)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("门店1回款.xlsx", "门店1回款"),
        ("3组业绩 2026-11.xlsx", "3组业绩"),
        ("销售记录 2026-03-13 (1).csv", "销售记录"),
        ("销售记录_20260313.csv", "销售记录"),
        ("11月回款(更正).xlsx", "月回款"),
        ("11月回款最终版.xlsx", "月回款"),
        ("11月回款v2.xlsx", "月回款"),
        ("11月回款-修改.xlsx", "月回款"),
        ("11月回款（改）.xlsx", "月回款"),
        ("payments corrected final.csv", "payments"),
        ("Payments_Q3_v1.2.csv", "paymentsq"),
        ("旧城改造 03.csv", "旧城改造"),
        ("资料.zip/华东/11月回款.xlsx", "华东/月回款"),
        ("资料.zip/11月回款.xlsx", "月回款"),
    ],
)
def test_a_name_is_that_of_the_list_without_days_copies_and_drafts(name: str, told: str) -> None:
    assert stem(name) == told


def test_the_branches_of_an_archive_both_count(store: Store) -> None:
    files = {"华东/11月回款.csv": EAST, "华南/11月回款.csv": SOUTH}
    drafts = drop(store, "分公司回款.zip", zipped(**files))
    results = land(store, drafts)
    assert [(one.error, one.rows_kept) for one in results] == [(None, 2), (None, 2)]
    assert store.rows(SUM) == [(4, 600)]


def test_two_shops_dropped_together_both_count(store: Store) -> None:
    land(store, read(store, ("门店1回款.csv", EAST), ("门店2回款.csv", SOUTH)))
    assert store.rows(SUM) == [(4, 600)]


@pytest.mark.parametrize(
    "names",
    [("11月回款.csv", "11月回款(更正).csv"), ("11月回款.csv", "最终.csv"), ("a.csv", "a (1).csv")],
    ids=["correction", "other-name", "copy"],
)
@pytest.mark.parametrize(
    ("choice", "stands", "kept"),
    [("replace", (2, 350), [0, 2]), ("older", (2, 300), [2, 0]), ("add", (4, 650), [2, 2])],
    ids=["newer", "older", "both"],
)
def test_a_list_and_its_correction_in_one_drop_are_asked_about(
    store: Store,
    names: tuple[str, str],
    choice: Literal["replace", "older", "add"],
    stands: tuple[int, int],
    kept: list[int],
) -> None:
    first, second = read(store, (names[0], EAST), (names[1], CORRECTED))
    assert placed(first).choice == "replace" and not placed(first).rivals
    (rival,) = placed(second).rivals
    assert (placed(second).choice, rival.files, rival.rows, rival.shared) == (
        "ask", (names[0],), 2, 1,
    )  # fmt: skip
    (_, refused) = land(store, [first, second])
    assert refused.error and refused.error.code == "questions_open"
    history.take_back(store, 1)
    results = land(store, [first, answered(second, choice)])
    assert store.rows(SUM) == [stands]
    # What is told of the drop is what stands of it, in rows and in money.
    assert [one.rows_kept for one in results] == kept
    for one in results:
        assert one.rows_in == one.rows_kept + sum((one.left_out or {}).values())
    assert sum(map(standing_money, results)) == stands[1]


def standing_money(result: Result) -> Decimal:
    assert result.money_in is not None and result.money_left_out is not None
    return result.money_in["amount"] - sum(result.money_left_out["amount"].values(), Decimal(0))


def test_the_same_name_with_no_row_in_common_is_asked_about(store: Store) -> None:
    take(store, "店 1.csv", EAST)
    (draft,) = read(store, ("店 2.csv", SOUTH))
    assert (placed(draft).choice, placed(draft).rivals[0].shared) == ("ask", 0)
    land(store, [answered(draft, "add")])
    # From then on each is corrected by itself.
    (newer,) = read(store, ("店 2.csv", SOUTH.replace("200", "210")))
    assert placed(newer).choice == "replace" and placed(newer).files == ("店 2.csv",)
    (told,) = land(store, [newer])
    assert store.rows(SUM) == [(4, 610)]
    assert told.landed and (told.landed.gone, told.replaced) == (1, ("店 2.csv",))


def test_an_unchanged_list_is_not_asked_about(store: Store) -> None:
    take(store, "华东.csv", EAST)
    (draft,) = read(store, ("别的名字.csv", EAST))
    assert draft.already == date.today() and not placed(draft).rivals
    (told,) = land(store, [draft])
    assert told.error and told.error.code == "already_imported"
    assert store.rows(SUM) == [(2, 300)]


DAYS = HEADER + "03/04/2026,恒达机电,李雷,100\n05/04/2026,瑞丰纸业,李雷,200\n"
ORDERED = "SELECT payment_date::VARCHAR FROM payments ORDER BY 1"


def test_a_wrong_answer_is_corrected_by_dropping_the_file_again(store: Store) -> None:
    take(store, "别处.csv", HEADER + "2026-02-02,别人,王芳,7\n")
    (draft,) = read(store, ("回款.csv", DAYS))
    (told,) = land(store, [replace(draft, answers={"payment_date": "mdy"})])
    assert store.rows(ORDERED) == [("2026-02-02",), ("2026-03-04",), ("2026-05-04",)]
    (again,) = read(store, ("回款.csv", DAYS))
    # As it was read, it changes nothing, and the answer is shown to be changed.
    assert again.already and again.answers == {"payment_date": "mdy"}
    right = review.placed(store, replace(again, answers={"payment_date": "dmy"}), TODAY)
    assert right.otherwise and not right.already and placed(right).choice == "replace"
    (corrected,) = land(store, [right])
    assert (corrected.error, corrected.reread) == (None, 2)
    assert store.rows(ORDERED) == [("2026-02-02",), ("2026-04-03",), ("2026-04-05",)]
    history.take_back(store, corrected.import_id or 0)
    assert store.rows(ORDERED) == [("2026-02-02",), ("2026-03-04",), ("2026-05-04",)]
    history.take_back(store, told.import_id or 0)
    assert store.rows(ORDERED) == [("2026-02-02",)]


def test_targets_read_in_another_unit_are_another_import(store: Store) -> None:
    text = "销售目标（单位：万元）,,\n月份,业务员,销售目标\n2026-03,李雷,20\n2026-03,王芳,30\n"
    held = "SELECT sum(target)::INT FROM targets"
    for unit, stands in (("10000", 500_000), ("1", 50), ("10000", 500_000)):
        (draft,) = read(store, ("目标.csv", text))
        (told,) = land(store, [replace(draft, answers={"target/unit": unit})])
        assert told.error is None, told.error
        assert store.rows(held) == [(stands,)]
    (same,) = land(store, read(store, ("目标.csv", text)))
    assert same.error and same.error.code == "already_imported"


def test_an_answer_that_decides_nothing_makes_no_other_reading(store: Store) -> None:
    take(store, "华东.csv", EAST)
    (draft,) = read(store, ("华东.csv", EAST))
    told = review.placed(store, replace(draft, answers={"payment_date": "mdy"}), TODAY)
    assert told.already and not told.otherwise


# Any drops of lists of one shape, each answered in any of the ways that are offered.
ROW = st.tuples(st.integers(1, 6), st.sampled_from("甲乙"), st.integers(1, 3))
LIST = st.lists(ROW, min_size=1, max_size=5)
NAME = st.sampled_from(["华东.csv", "华东(更正).csv", "华东 2.csv", "华南.csv", "店1.csv"])
DROPS = st.lists(
    st.lists(st.tuples(NAME, LIST, st.integers(0, 9)), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
)

Row = tuple[int, str, int]
Answer = Literal["replace", "older", "add"]


class Lists:
    """What stands by the answers, in plain Python: each list its rows, newest file on top."""

    def __init__(self) -> None:
        self.standing: dict[str, list[Row]] = {}

    def take(self, which: str, rows: list[Row]) -> None:
        first, last = min(rows)[0], max(rows)[0]
        kept = [row for row in self.standing.get(which, []) if not first <= row[0] <= last]
        self.standing[which] = [*kept, *rows]

    def all(self) -> Counter[Row]:
        return Counter(row for rows in self.standing.values() for row in rows)


def text_of(rows: list[Row], salt: int) -> str:
    # A blank line more or less makes other bytes of the same rows.
    lines = [f"2026-03-{day:02},{who},李雷,{amount}" for day, who, amount in rows]
    return HEADER + "\n".join(lines) + "\n" * (salt + 1)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(drops=DROPS)
def test_any_drops_stand_as_the_answers_say(drops: list[list[tuple[str, list[Row], int]]]) -> None:
    told, salt = Lists(), 0
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "db.duckdb")
        for files in drops:
            texts = []
            for name, rows, _pick in files:
                salt += 1
                texts.append((name, text_of(rows, salt)))
            drafts = read(store, *texts)
            ids = [id_of(draft) for draft in drafts]
            list_of: dict[str, str] = {}
            order: list[int] = []
            for at, (_name, _rows, pick) in enumerate(files):
                drafts[at], way, other = decided(drafts[at], pick)
                # One list with what it is said to be one with, and else as the file is named.
                list_of[ids[at]] = list_of.get(other, placed(drafts[at]).source)
                newer = order.index(ids.index(other)) if way == "older" else len(order)
                order.insert(newer, at)
            results = land(store, drafts)
            assert not any(one.error for one in results), [one.error for one in results]
            for at in order:
                told.take(list_of[ids[at]], files[at][1])
            found = store.rows("SELECT day(payment_date), customer, amount::INT FROM payments")
            assert Counter(found) == told.all()
        store.close()


def decided(draft: Draft, pick: int) -> tuple[Draft, str, str]:
    """The draft with one of the answers that are offered, where one is asked for."""
    one = placed(draft)
    if one.choice != "ask":
        return draft, one.choice, one.other
    ways: list[tuple[Answer, str]] = [("add", "")]
    for rival in one.rivals:
        ways.append(("replace", rival.at))
        ways += [] if rival.here else [("older", rival.at)]
    way, other = ways[pick % len(ways)]
    return answered(draft, way, other), way, other
