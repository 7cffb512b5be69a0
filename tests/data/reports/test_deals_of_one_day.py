"""Two exports of deals of one day: what the later one lacks has left the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import pytest

from analytics.pipeline import snapshots
from data.ingest import history
from data.store.database import Store
from tests.conftest import TODAY, land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx

pytestmark = pytest.mark.usefixtures("inline")

SALESFORCE = ("Opportunity ID", "Opportunity Name", "Account Name", "Opportunity Owner", "Stage",
              "Amount", "Close Date")  # fmt: skip
CHINESE = ("商机编号", "商机名称", "客户名称", "负责人", "商机阶段", "商机金额", "预计成交日期")
GERMAN = ("Opportunity-Nr", "Opportunity", "Kunde", "Vertriebsmitarbeiter", "Phase", "Betrag",
          "Erwartetes Abschlussdatum")  # fmt: skip
STAGES = {SALESFORCE: "Proposal", CHINESE: "方案报价", GERMAN: "Angebot"}


def export(
    header: Sequence[str], numbers: Sequence[int], reps: Sequence[str] = ("Ann", "Bob")
) -> Rows:
    due = "30.06.2026" if header is GERMAN else "2026-06-30"
    return [
        header,
        *(
            (f"D-{n:03}", f"Deal {n}", f"Customer {n}", reps[n % len(reps)], STAGES[tuple(header)],
             n * 100, due)
            for n in numbers
        ),
    ]  # fmt: skip


def bring(store: Store, name: str, rows: Rows, as_of: date | None = TODAY) -> int:
    content = as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows)
    drafts = read(store, {name: content})
    assert isinstance(drafts, list)
    (draft,) = drafts
    said = draft.coverage.missing if draft.coverage else 0
    (result,) = land(store, [draft])
    assert result.error is None and result.landed
    # What is said before the import is what happens in it.
    assert result.landed.gone == said
    assert result.import_id
    return result.import_id


def open_ids(store: Store) -> list[int]:
    found = store.rows("SELECT deal_id FROM deals WHERE status = 'open' ORDER BY 1")
    return [int(number[2:]) for (number,) in found]


def history_open(store: Store, day: date) -> list[int]:
    state = snapshots.standing(day)
    sql = str(ibis.to_sql(state.filter(state.status == "open")[["deal_id"]], dialect="duckdb"))
    return sorted(int(number[2:]) for (number,) in store.rows(sql))


MORNING, EVENING = range(1, 11), (1, 2, 3, 4, 6, 7, 8, 9, 11)
PAIRS = {
    "Salesforce": (SALESFORCE, "report.csv", "report (1).csv"),
    "Salesforce, milliseconds": (SALESFORCE, "report1774915200000.csv", "report1774940400000.csv"),
    "a workbook": (SALESFORCE, "opportunities.xlsx", "opportunities2.xlsx"),
    "Chinese": (CHINESE, "商机.csv", "商机(1).csv"),
    "Chinese, times": (CHINESE, "商机_20260331_0900.xlsx", "商机_20260331_1730.xlsx"),
    "German": (GERMAN, "Opportunities.csv", "Opportunities-neu.csv"),
    "day first": (SALESFORCE, "All 31-03-2026 09-10-12.xlsx", "All 31-03-2026 17-10-12.xlsx"),
}


@pytest.mark.parametrize(("header", "morning", "evening"), PAIRS.values(), ids=PAIRS)
def test_deals_that_the_later_export_of_a_day_lacks_are_gone(
    store: Store, header: Sequence[str], morning: str, evening: str
) -> None:
    bring(store, morning, export(header, MORNING))
    later = bring(store, evening, export(header, EVENING))
    assert open_ids(store) == [*EVENING]
    ((day,),) = store.rows("SELECT max(as_of) FROM deals")
    assert history_open(store, day) == [*EVENING]
    history.take_back(store, later)
    assert open_ids(store) == [*MORNING]
    assert history_open(store, day) == [*MORNING]


def test_a_deal_that_comes_back_the_same_day_is_open_again(store: Store) -> None:
    for name, numbers in (("a.csv", MORNING), ("b.csv", EVENING), ("c.csv", range(1, 12))):
        bring(store, name, export(SALESFORCE, numbers))
    assert open_ids(store) == [*range(1, 12)]
    assert history_open(store, TODAY) == [*range(1, 12)]


# The second export of the day is of something else, so that all stay.
OTHERS = {
    "of other deals": (range(1, 6), range(6, 11), "a.csv", "b.csv"),
    "of a part": (range(1, 11), (1, 2, 3), "a.csv", "b.csv"),
    "sharing some": (range(1, 6), range(4, 11), "a.csv", "b.csv"),
}


@pytest.mark.parametrize(("first", "second", "one", "two"), OTHERS.values(), ids=OTHERS)
def test_another_list_of_the_day_takes_nothing_out(
    store: Store, first: Sequence[int], second: Sequence[int], one: str, two: str
) -> None:
    bring(store, one, export(SALESFORCE, first))
    bring(store, two, export(SALESFORCE, second))
    assert open_ids(store) == sorted({*first, *second})


def test_the_lists_of_two_people_each_lose_only_their_own_deals(store: Store) -> None:
    bring(store, "ann.csv", export(SALESFORCE, range(1, 11), ["Ann"]))
    bring(store, "bob.csv", export(SALESFORCE, range(11, 21), ["Bob"]))
    bring(store, "ann 2.csv", export(SALESFORCE, range(1, 10), ["Ann"]))
    assert open_ids(store) == [*range(1, 10), *range(11, 21)]


def test_the_next_day_is_as_before(store: Store) -> None:
    bring(store, "deals_2026-03-30.csv", export(SALESFORCE, MORNING))
    bring(store, "deals_2026-03-30b.csv", export(SALESFORCE, range(1, 10)))
    bring(store, "deals_2026-03-31.csv", export(SALESFORCE, range(1, 9)))
    assert open_ids(store) == [*range(1, 9)]
    assert history_open(store, date(2026, 3, 30)) == [*range(1, 10)]
    assert history_open(store, date(2026, 3, 31)) == [*range(1, 9)]
