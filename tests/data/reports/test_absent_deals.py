"""Won and lost deals that a newer export no longer has."""

from __future__ import annotations

import pytest

from data.ingest import history
from data.staging.draft import DELETED, KEPT
from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

EN = ("Deal ID", "Deal Name", "Owner", "Stage", "Amount", "Created Date", "Close Date")
ZH = ("商机编号", "商机名称", "负责人", "销售阶段", "商机金额", "创建日期", "预计成交日期")
DE = ("Deal ID", "Deal Name", "Owner", "Verkaufsphase", "Amount", "Created Date", "Close Date")

WON = ("D1", "Alpha", "Ann", "Closed Won", 100, "2026-01-05", "2026-02-20")
LOST = ("D2", "Beta", "Ann", "Closed Lost", 200, "2026-01-06", "2026-02-21")
OPEN = ("D3", "Gamma", "Ann", "Demo", 400, "2026-01-07", "2026-04-30")
EARLY = ("D4", "Delta", "Ann", "Closed Won", 800, "2026-01-04", "2026-02-01")
BOB = ("D5", "Zeta", "Bob", "Closed Won", 1600, "2026-01-08", "2026-02-22")
LATER = ("D6", "Eta", "Ann", "Closed Won", 3200, "2026-02-25", "2026-03-10")
FIRST, NEWER = "deals_2026-02-28", "deals_2026-03-31"


def spoken(header: tuple[str, ...], rows: Rows) -> Rows:
    words = {"Closed Won": "赢单", "Closed Lost": "输单", "Demo": "方案报价"}
    words = words if header is ZH else {}
    return [header, *([words.get(str(cell), cell) for cell in row] for row in rows)]


def won(store: Store) -> int:
    return int(store.rows("SELECT coalesce(sum(amount), 0) FROM deals WHERE status = 'won'")[0][0])


# | header | before | newer | won amount: deleted | kept
MISSING = [
    pytest.param(EN, [WON, EARLY, OPEN], [EARLY, OPEN, LATER], 4000, 4100, id="won"),
    pytest.param(ZH, [WON, EARLY, OPEN], [EARLY, OPEN, LATER], 4000, 4100, id="chinese"),
    pytest.param(DE, [WON, EARLY, OPEN], [EARLY, OPEN, LATER], 4000, 4100, id="german"),
    pytest.param(EN, [WON, BOB, EARLY], [EARLY, LATER], 4000, 5700, id="two"),
    pytest.param(EN, [WON, LOST, EARLY], [WON, EARLY, LATER, ("D7", *LOST[1:])], 4100, 4100,
                 id="lost"),
    pytest.param(EN[1:], [WON[1:], EARLY[1:]], [EARLY[1:], LATER[1:]], 4000, 4100, id="names"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("header", "before", "newer", "deleted", "kept"), MISSING)
def test_closed_deals_missing_from_a_newer_export_are_asked_about(
    store: Store,
    header: tuple[str, ...],
    before: Rows,
    newer: Rows,
    deleted: int,
    kept: int,
    suffix: str,
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    assert not brought(store, f"{FIRST}.{suffix}", write(spoken(header, before))).error
    was = won(store)
    content = write(spoken(header, newer))
    (draft,) = drafts_of(store, f"{NEWER}.{suffix}", content)
    (key,) = asked(store, draft)
    assert key.endswith("/gone")
    assert land(store, [draft])[0].error.code == "questions_open"
    result = brought(store, f"{NEWER}.{suffix}", content, {key: DELETED})
    assert won(store) == deleted
    assert result.import_id is not None
    history.take_back(store, result.import_id)
    assert won(store) == was
    assert not brought(store, f"{NEWER}.{suffix}", content, {key: KEPT}).error
    assert won(store) == kept


def test_a_deleted_deal_that_comes_again_counts_again(store: Store) -> None:
    brought(store, f"{FIRST}.csv", as_csv([EN, WON, EARLY]))
    newer = as_csv([EN, EARLY, LATER])
    assert not brought(store, f"{NEWER}.csv", newer, {"deal_id/gone": DELETED}).error
    again = as_csv([EN, WON, EARLY, LATER])
    assert not brought(store, "deals_2026-04-01.csv", again).error
    assert won(store) == 4100


def test_the_answer_of_one_export_deletes_nothing_in_the_next(store: Store) -> None:
    brought(store, f"{FIRST}.csv", as_csv([EN, WON, BOB, EARLY]))
    newer = as_csv([EN, WON, EARLY, LATER])
    assert not brought(store, f"{NEWER}.csv", newer, {"deal_id/gone": DELETED}).error
    (draft,) = drafts_of(store, "deals_2026-04-01.csv", as_csv([EN, EARLY, LATER]))
    assert asked(store, draft) == ["deal_id/gone"]


# | before | newer, which could not have the missing deal
UNASKED = [
    pytest.param([WON, OPEN], [OPEN, ("D8", *OPEN[1:])], id="open-ones-only"),
    pytest.param([WON, OPEN], [OPEN, (*LATER[:5], "2026-03-01", "2026-04-30")], id="later-days"),
    pytest.param([LOST, EARLY], [EARLY, LATER], id="won-ones-only"),
    pytest.param([WON, EARLY, BOB, OPEN], [WON, EARLY, OPEN, LATER], id="of-one-rep"),
    pytest.param([WON, OPEN], [EARLY, LATER], id="no-deal-in-common"),
    pytest.param([WON, EARLY], [WON, EARLY, LATER], id="nothing-missing"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "newer"), UNASKED)
def test_nothing_is_asked_where_the_export_could_not_have_the_deal(
    store: Store, before: Rows, newer: Rows
) -> None:
    others = ("D9", "Theta", "Bob", "Demo", 50, "2026-01-09", "2026-05-01")
    rows = [*before, others] if BOB in before else before
    brought(store, f"{FIRST}.csv", as_csv([EN, *rows]))
    (draft,) = drafts_of(store, f"{NEWER}.csv", as_csv([EN, *newer]))
    assert "deal_id/gone" not in asked(store, draft)


def test_an_older_export_that_arrives_late_deletes_nothing(store: Store) -> None:
    brought(store, f"{NEWER}.csv", as_csv([EN, WON, EARLY, LATER]))
    older = as_csv([EN, EARLY, ("D8", *BOB[1:])])
    (draft,) = drafts_of(store, f"{FIRST}.csv", older)
    assert "deal_id/gone" not in asked(store, draft)
