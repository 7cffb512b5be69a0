"""What only a browser shows: what fits, what is in sight, light and dark, a quiet console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect

from tests.browser.moves import at_rest, verdict, week

Visiting = Callable[..., Page]

LARGE: ViewportSize = {"width": 1920, "height": 1080}


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(
        page.evaluate(
            "Math.max(...[document.documentElement, ...document.querySelectorAll("
            "'[data-testid=stMain], [data-testid=stApp]')].map(e => e.scrollWidth - e.clientWidth))"
        )
    )


def brightness(page: Page) -> float:
    """0 is a black page, 1 a white one."""
    colour = page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    red, green, blue = (int(one) for one in colour[4:-1].split(",")[:3])
    return (red + green + blue) / 765


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_the_week_fits_the_window_and_its_first_screen_answers(
    company: str, visiting: Visiting, locale: str
) -> None:
    page = week(visiting(locale=locale), company)
    expect(verdict(page)).to_be_in_viewport(ratio=1)
    for name in ("end", "gap", "day", "signed"):
        expect(page.locator(f".st-key-tile_{name}")).to_be_in_viewport(ratio=1)
    expect(page.locator(".st-key-curve .main-svg").first).to_be_in_viewport(ratio=0.9)
    for value in page.get_by_test_id("stMetricValue").all():
        assert value.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert overflow(page) == 0
    page.set_viewport_size(LARGE)
    assert overflow(page) == 0


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_the_files_fit_the_window(company: str, visiting: Visiting, locale: str) -> None:
    page = visiting(locale=locale)
    page.goto(f"{company}/files")
    expect(page.locator("[class*=st-key-undo_] button").first).to_be_visible()
    assert overflow(at_rest(page)) == 0
    page.set_viewport_size(LARGE)
    assert overflow(page) == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_and_its_charts_follow_light_and_dark(
    company: str, visiting: Visiting, dark: bool
) -> None:
    page = week(visiting(dark=dark), company)
    assert (brightness(page) < 0.25) == dark
    ink = page.locator(".st-key-curve .main-svg text").first.evaluate(
        "e => getComputedStyle(e).fill.match(/\\d+/g).slice(0, 3).map(Number)"
    )
    assert (sum(ink) / 765 > 0.5) == dark


def test_the_console_is_quiet_and_no_other_host_is_asked(company: str, visiting: Visiting) -> None:
    page = visiting()
    said: list[str] = []
    asked: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    week(page, company)
    page.get_by_test_id("stHeader").get_by_role("link", name="文件").click()
    expect(page.locator("[class*=st-key-undo_] button").first).to_be_visible()
    at_rest(page)
    assert said == []
    foreign = [url for url in asked if url.startswith("http") and not url.startswith(company)]
    assert foreign == []
