"""A newcomer's way: drop a file, confirm, read a figure, pass on the link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from pages.kit.i18n.words import words
from tests.browser.conftest import serving
from tests.browser.moves import at_rest, tile, verdict, week
from tests.pages.companies import AS_OF, CHINESE, MONTH
from tests.pages.reading import between, shown

Visiting = Callable[..., Page]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, browser: object) -> Iterator[str]:
    """A server that nobody has brought anything to yet."""
    with serving(tmp_path_factory.mktemp("empty") / "yuepan.duckdb") as address:
        yield address


def test_a_file_is_dropped_confirmed_and_read_on_the_week_page(
    empty: str, visiting: Visiting
) -> None:
    page = visiting()
    page.goto(empty)
    page.get_by_test_id("stMain").get_by_role("link", name="拖入文件").click()
    expect(page).to_have_url(re.compile("/files"))
    name = CHINESE.names[0]
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": CHINESE.files()[name]}
    )
    page.get_by_role("button", name="导入 1 张表").click()
    expect(page.get_by_text("已导入")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="看本周").click()
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    month = between(CHINESE.counted(), MONTH, AS_OF)["amount"].sum()
    assert tile(page, "day") == shown(words("zh"), month / 13)
    rows = page.get_by_text(f"合计 {shown(words('zh'), month)}")
    expect(rows).to_be_visible()


def test_the_language_is_switched_on_the_page(company: str, visiting: Visiting) -> None:
    page = week(visiting(locale="en-US"), company)
    expect(verdict(page)).to_contain_text("the month is forecast to end at")
    page.get_by_role("radio", name="中文").click()
    expect(verdict(page)).to_contain_text("月底预计")
    expect(page).to_have_url(re.compile("lang=zh"))
    page.get_by_test_id("stHeader").get_by_role("link", name="文件").click()
    expect(page.get_by_text("导入记录")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=zh"))


def test_a_filter_stays_over_a_page_switch_and_its_link_shows_another_visitor_the_same(
    company: str, visiting: Visiting
) -> None:
    page = week(visiting(), company)
    before = tile(page, "end")
    page.locator(".st-key-region").get_by_role("combobox").click()
    page.get_by_role("option", name="华东").click()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-tile_end").get_by_test_id("stMetricValue")).not_to_have_text(
        before
    )
    at_rest(page)
    chosen = [tile(page, name) for name in ("end", "gap", "day")]
    page.get_by_test_id("stHeader").get_by_role("link", name="文件").click()
    expect(page.get_by_text("导入记录")).to_be_visible()
    page.get_by_test_id("stHeader").get_by_role("link", name="本周").click()
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    at_rest(page)
    assert [tile(page, name) for name in ("end", "gap", "day")] == chosen
    expect(page).to_have_url(re.compile("region="))
    other = week(visiting(stranger=True), page.url)
    assert [tile(other, name) for name in ("end", "gap", "day")] == chosen
    english = week(visiting(locale="en-US"), page.url)
    expect(verdict(english)).to_contain_text("forecast to end")
    expect(english.locator(".st-key-region")).to_contain_text("华东")


def test_a_figure_opens_its_passport_beside_the_page(company: str, visiting: Visiting) -> None:
    page = week(visiting(), company)
    page.locator(".st-key-from_end button").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("筛选").first).to_be_visible()
    expect(drawer.get_by_role("button", name="下载")).to_be_visible()
    expect(verdict(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_a_file_that_is_no_table_gets_a_sentence(company: str, visiting: Visiting) -> None:
    page = visiting()
    page.goto(f"{company}/files")
    page.locator("input[type=file]").set_input_files(
        {"name": "图.xlsx", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(99)}
    )
    expect(page.get_by_test_id("stAlert")).to_contain_text("图.xlsx")
    expect(page.locator(".st-key-confirm button")).to_be_disabled()
