"""Measure pages in Chromium beside a bare page with as many charts, tiles and tables.

>>> rows(folder, lines=1_000_000)

A page is drawn when its script has ended, nothing on it is stale, and its charts, tiles
and tables have stopped changing. It is timed up to the last change, by the browser's
own clock.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks import company
from benchmarks.server import serving
from benchmarks.timing import Row, ratio

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_TIMEOUT = 120_000  # milliseconds
_SELECTORS = {
    "charts": ".js-plotly-plot .main-svg:first-of-type",
    "tiles": "[data-testid=stMetric]",
    "tables": "[data-testid=stDataFrame]",
}
# Records when a chart, tile or table last changed, and when a key was last pressed.
_WATCH_CHANGES = """
() => {
  const parts = '.js-plotly-plot, [data-testid=stMetric], [data-testid=stDataFrame]'
  window.changed = 0
  window.pressed = 0
  new MutationObserver(list => {
    for (const change of list) {
      const node = change.target
      const at = node.nodeType === 1 ? node : node.parentElement
      if (at && (at.closest(parts) || change.attributeName === 'data-test-script-state'))
        window.changed = performance.now()
    }
  }).observe(document, {subtree: true, childList: true, attributes: true, characterData: true})
  document.addEventListener('keydown', () => { window.pressed = performance.now() }, true)
}
"""
# The milliseconds up to the last change once the page is drawn, null before.
_DRAWN = """
([charts, tiles, tables]) => {
  const all = name => document.querySelectorAll(name).length
  const app = document.querySelector('[data-testid=stApp]')
  const done = app && app.dataset.testScriptState === 'notRunning'
    && !all('[data-stale=true]') && !all('[data-testid=stSkeleton]')
    && all('.js-plotly-plot .main-svg:first-of-type') >= charts
    && all('[data-testid=stMetric]') >= tiles
    && all('[data-testid=stDataFrame]') >= tables
    && window.changed > window.pressed && performance.now() - window.changed > 600
  return done ? window.changed - window.pressed : null
}
"""


def rows(folder: Path, lines: int, times: int = 5) -> Iterator[Row]:
    """Yield the rows of a warm week page, of one after an import, and of a moved slider.

    Where there is no Chromium, yield one row that says so.
    """
    program = _chromium()
    if program is None:
        yield Row("Pages in Chromium", "bare page", 1.5, None, detail="no Chromium here")
        return
    with sync_playwright() as playwright, serving("benchmarks/bare_page.py") as bare:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield from _week(browser, bare, folder, lines, times)
            yield from _slider(browser, bare, folder, times)
        finally:
            browser.close()


def _week(browser: Browser, bare: str, folder: Path, lines: int, times: int) -> Iterator[Row]:
    files = [company.orders_csv(folder / "订单.csv", lines), *company.small_files(folder)]
    with (
        serving("app.py", folder / "served" / "yuepan.duckdb") as address,
        _new_page(browser) as page,
        _new_page(browser) as bare_page,
    ):
        page.goto(address)  # The empty first screen, as a newcomer sees it.
        _import(page, address, files)
        page.goto(address)
        first = _seconds_to_draw(page, {"charts": 1, "tiles": 4, "tables": 1})
        parts = _parts(page)
        bare_page.goto(f"{bare}/?{urlencode(parts)}")
        _seconds_to_draw(bare_page, parts)
        pairs = [(_reload(page, parts), _reload(bare_page, parts)) for _ in range(times)]
    ours, theirs = _medians(pairs)
    yield ratio("Week page, warm", "bare page", 1.5, ours, theirs, _listed(parts))
    yield ratio(
        f"Week page, first visit after an import of {lines:,} order lines",
        "bare page", 3.0, first, theirs,
    )  # fmt: skip


def _slider(browser: Browser, bare: str, folder: Path, times: int) -> Iterator[Row]:
    with (
        serving("app.py", folder / "served" / "yuepan.duckdb") as address,
        _new_page(browser) as page,
        _new_page(browser) as bare_page,
    ):
        page.goto(f"{address}/whatif")
        _seconds_to_draw(page, {"charts": 1, "tiles": 1, "tables": 0})
        parts = _parts(page)
        bare_page.goto(f"{bare}/?sliders=1&{urlencode(parts)}")
        _seconds_to_draw(bare_page, parts)
        # The first move of each is not counted.
        pairs = [(_slide(page, parts), _slide(bare_page, parts)) for _ in range(times + 1)][1:]
    ours, theirs = _medians(pairs)
    what = "What-if page, slider to changed chart"
    yield ratio(what, "bare page", 1.5, ours, theirs, _listed(parts))


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return median(our for our, _ in pairs), median(their for _, their in pairs)


def _listed(parts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in parts.items())


@contextmanager
def _new_page(browser: Browser) -> Iterator[Page]:
    """Open a page in a context of its own and watch its changes from the first moment."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(_TIMEOUT)
    context.add_init_script(f"({_WATCH_CHANGES})()")
    try:
        yield context.new_page()
    finally:
        context.close()


def _seconds_to_draw(page: Page, parts: dict[str, int]) -> float:
    """Wait until a page is drawn; return the seconds since its navigation or its last key."""
    drawn = page.wait_for_function(_DRAWN, arg=list(parts.values()), polling=100)
    return float(drawn.json_value()) / 1000


def _parts(page: Page) -> dict[str, int]:
    return {name: page.locator(selector).count() for name, selector in _SELECTORS.items()}


def _reload(page: Page, parts: dict[str, int]) -> float:
    page.reload(wait_until="commit")
    return _seconds_to_draw(page, parts)


def _slide(page: Page, parts: dict[str, int]) -> float:
    page.locator("[data-testid=stSlider] input[type=range]").first.press("ArrowRight")
    return _seconds_to_draw(page, parts)


def _import(page: Page, address: str, files: list[Path]) -> None:
    """Drop the files on the Files page, confirm, and wait until they have landed."""
    page.goto(f"{address}/files")
    expect.set_options(timeout=_TIMEOUT)
    page.locator("input[type=file]").set_input_files(files)
    confirm = page.locator(".st-key-confirm button")
    expect(confirm).to_be_enabled()
    confirm.click()
    expect(confirm).to_have_count(0)
    expect(page.locator("[class*=st-key-undo_] button").first).to_be_visible()


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)
