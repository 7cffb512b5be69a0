"""The sliders in a real browser: they move the figures, and the address says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.moves import at_rest

Visiting = Callable[..., Page]


def figures(page: Page) -> list[str]:
    return at_rest(page).get_by_test_id("stMetricValue").all_inner_texts()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.get_by_test_id("stMetric")).to_have_count(3)
    expect(page.locator(".st-key-tornado .main-svg").first).to_be_visible()
    return at_rest(page)


def press(page: Page, driver: str, key: str, times: int) -> None:
    thumb = page.locator(f".st-key-driver_{driver}").get_by_role("slider")
    thumb.focus()
    for _ in range(times):
        thumb.press(key)


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_slider_moves_the_figures_and_moved_back_gives_them_again(
    company: str, visiting: Visiting, locale: str
) -> None:
    page = opened(visiting(locale=locale, stranger=True), f"{company}/whatif")
    before = figures(page)
    press(page, "price", "ArrowRight", 12)
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(before[0])
    page.wait_for_url("**whatif=price*1.12**")
    moved, address = figures(page), page.url
    # The address alone shows another reader the same.
    other = opened(visiting(locale=locale, stranger=True), address)
    assert figures(other) == moved
    press(page, "price", "ArrowLeft", 12)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(before[0])
    assert figures(page) == before
    page.wait_for_url(lambda url: "whatif=" not in url)
