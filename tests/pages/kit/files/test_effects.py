"""What a dropped file does to what is there already, as the user sees and decides it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data.store import database as stores
from pages.kit.i18n.words import words
from pages.kit.queries import load
from tests.data.staging.test_coverage import export
from tests.data.staging.test_replacement import CORRECTED, MARCH
from tests.pages.conftest import Opening
from tests.pages.reading import sentences
from tests.pages.test_files_page import LANGUAGES, Page, confirm, drop, settled


@pytest.fixture
def files_page(opening: Opening, inline: None) -> Iterator[Page]:
    yield lambda language: opening(language).run().switch_page("files.py").run()


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    return stores.opened(path).rows(sql)


@LANGUAGES
def test_a_newer_list_without_numbers_says_what_it_replaces_and_does(
    files_page: Page, fresh: Path, language: str
) -> None:
    at = confirm(drop(files_page(language), {"销售 2026-03-12.csv": MARCH.encode()}))
    at = drop(at, {"销售 2026-03-13.csv": CORRECTED.encode()})
    (asked,) = [one for one in at.radio if str(one.key).endswith("_placing")]
    assert "销售 2026-03-12.csv" in asked.label and asked.value == "replace"
    confirm(at)
    assert rows(fresh, "SELECT count(*), sum(amount)::INT FROM orders") == [(4, 485)]


def test_another_list_of_the_same_shape_waits_for_an_answer(files_page: Page, fresh: Path) -> None:
    at = confirm(drop(files_page("zh"), {"华东.csv": MARCH.encode()}))
    at = drop(at, {"华北.csv": (MARCH + "\n").encode()})
    (asked,) = [one for one in at.radio if str(one.key).endswith("_placing")]
    assert asked.value is None and at.button(key="confirm").disabled
    confirm(settled(asked.set_value("add").run()))
    assert rows(fresh, "SELECT count(*) FROM orders") == [(8,)]


@LANGUAGES
def test_an_export_of_deals_says_its_day_and_how_many_leave(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = confirm(drop(files_page(language), {"商机_20260309.csv": export(1, 2, 3, 4, 5).encode()}))
    at = drop(at, {"商机_20260316.csv": export(1, 2, 4, 5).encode()})
    (day,) = [one for one in at.date_input if str(one.key).endswith("_as_of")]
    assert str(day.value) == "2026-03-16"
    told = _.n(
        "{n} previously known open deal is not in this file and will leave the pipeline.",
        "{n} previously known open deals are not in this file and will leave the pipeline.",
        1,
    )
    assert told in "".join(sentences(at))
    confirm(at)
    assert rows(fresh, "SELECT count(*) FROM deals") == [(4,)]


def test_deals_of_no_day_are_of_today_unless_the_user_says_another(
    files_page: Page, fresh: Path
) -> None:
    dayless = "Deal ID,Deal name,Stage,Amount\nA,Pump,Proposal,100\n"
    at = drop(files_page("en"), {"deals.csv": dayless.encode()})
    (day,) = [one for one in at.date_input if str(one.key).endswith("_as_of")]
    # The clock of the tests, as the app reads it.
    assert day.value == load.today()
    earlier = load.today() - timedelta(days=3)
    confirm(settled(day.set_value(earlier).run()))
    assert rows(fresh, "SELECT as_of FROM deals") == [(earlier,)]


def test_an_export_that_lacks_many_waits_until_it_is_said_what_it_holds(
    files_page: Page, fresh: Path
) -> None:
    at = confirm(drop(files_page("en"), {"商机_20260309.csv": export(1, 2, 3, 4, 5).encode()}))
    at = drop(at, {"商机_20260316.csv": export(1, 3).encode()})
    (holds,) = [one for one in at.selectbox if str(one.key).endswith("_covers")]
    assert holds.value is None and at.button(key="confirm").disabled
    confirm(settled(holds.set_value("none").run()))
    assert rows(fresh, "SELECT count(*) FROM deals") == [(5,)]


def test_a_list_and_its_correction_dropped_together_wait_for_an_answer(
    files_page: Page, fresh: Path
) -> None:
    at = drop(files_page("zh"), {"11月.csv": MARCH.encode(), "11月(更正).csv": CORRECTED.encode()})
    (asked,) = [one for one in at.radio if str(one.key).endswith("_placing")]
    assert "11月.csv" in asked.label and len(asked.options) == 3
    assert asked.value is None and at.button(key="confirm").disabled
    confirm(settled(asked.set_value("replace").run()))
    assert rows(fresh, "SELECT count(*), sum(amount)::INT FROM orders") == [(4, 485)]
    # Four of the eight rows gave way, and both sentences say so.
    told = "".join(sentences(at))
    assert "8" in told and "被一起拖入的新版表替换" in told
    assert "11月(更正).csv 替换了 11月.csv 的 1 行" in told


def test_another_shop_is_not_taken_for_the_same_list_before_it_is_said(
    files_page: Page, fresh: Path
) -> None:
    other = MARCH.replace("宏远机电", "启明仪器").replace("蓝海食品", "南海水产")
    at = confirm(drop(files_page("zh"), {"店 1.csv": MARCH.encode()}))
    at = drop(at, {"店 2.csv": other.encode()})
    (asked,) = [one for one in at.radio if str(one.key).endswith("_placing")]
    assert asked.value is None and "没有一行与本文件相同" in asked.label
    confirm(settled(asked.set_value("add").run()))
    assert rows(fresh, "SELECT count(*) FROM orders") == [(8,)]


def test_an_unchanged_list_dropped_again_is_not_asked_about(files_page: Page, fresh: Path) -> None:
    at = confirm(drop(files_page("en"), {"east.csv": MARCH.encode()}))
    at = drop(at, {"east (1).csv": MARCH.encode()})
    assert not [one for one in at.radio if str(one.key).endswith("_placing")]
    assert "changes nothing" in "".join(sentences(at))
    confirm(at)
    assert rows(fresh, "SELECT count(*) FROM orders") == [(4,)]
