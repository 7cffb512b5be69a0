"""The language is switched: what was chosen before stays chosen, and acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving
from tests.browser.moves import at_rest, bring
from tests.pages.companies import CHINESE

Visiting = Callable[..., Page]


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory, browser: object) -> Iterator[str]:
    """A server of one's own, whose imports may be undone."""
    with serving(tmp_path_factory.mktemp("own") / "yuepan.duckdb") as address:
        yield address


def switched(page: Page) -> Page:
    page.get_by_role("radio", name="中文").click()
    expect(page.get_by_test_id("stHeader").get_by_role("link", name="文件")).to_be_visible()
    return at_rest(page)


def test_settings_still_act_after_the_language_was_switched(own: str, visiting: Visiting) -> None:
    page = visiting(locale="en-US")
    page.goto(f"{own}/settings")
    expect(page.get_by_text("Reporting currency").first).to_be_visible()
    switched(at_rest(page))
    shown = [
        page.locator(f".st-key-set_{name} input").first.input_value()
        for name in ("language", "actual", "fiscal_year", "week_start")
    ]
    assert shown == ["跟随浏览器", "自动（按已有数据）", "1月", "周一"]
    name = page.locator(".st-key-set_who input")
    name.fill("王芳")
    name.press("Enter")
    at_rest(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    # The page looks at rest until the server hears of the name, and a reload may overtake it.
    for _ in range(10):
        at_rest(page.reload() and page)
        if page.locator(".st-key-set_who input").input_value() == "王芳":
            break
    expect(page.locator(".st-key-set_who input")).to_have_value("王芳")


def test_an_import_is_undone_after_the_language_was_switched(own: str, visiting: Visiting) -> None:
    page = bring(visiting(locale="en-US"), own, CHINESE.files())
    switched(page)
    page.locator("[class*=st-key-undo_] button").first.click()
    page.locator(".st-key-undo button").click()
    expect(page.get_by_text(re.compile("次导入已撤销"))).to_be_visible()
    expect(page.get_by_text("您选择之后列表变了")).to_have_count(0)
