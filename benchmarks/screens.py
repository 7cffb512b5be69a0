"""Pages in a real browser beside a bare page with as many charts, tiles and tables.

>>> rows(folder, lines=1_000_000)

A page is drawn when its script has ended, nothing on it is out of date, and its charts,
tiles and tables have stopped changing; the time is that of the last change, by the
browser's own clock.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks import made
from benchmarks.serving import serving
from benchmarks.watch import Row, ratio

_ROOT = Path(__file__).parents[1]
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_PATIENCE = 120_000  # milliseconds
_COUNTED = {
    "charts": ".js-plotly-plot .main-svg:first-of-type",
    "tiles": "[data-testid=stMetric]",
    "tables": "[data-testid=stDataFrame]",
}
# Remembers when anything that counts last changed, and when a key was last pressed.
_WATCH = """
() => {
  const parts = '.js-plotly-plot, [data-testid=stMetric], [data-testid=stDataFrame]'
  window.changed = 0
  window.pressed = 0
  new MutationObserver(list => {
    for (const one of list) {
      const at = one.target.nodeType === 1 ? one.target : one.target.parentElement
      if (at && (at.closest(parts) || one.attributeName === 'data-test-script-state'))
        window.changed = performance.now()
    }
  }).observe(document, {subtree: true, childList: true, attributes: true, characterData: true})
  document.addEventListener('keydown', () => { window.pressed = performance.now() }, true)
}
"""
_QUIET = """
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
    """Warm, after an import, and a slider; or one row that says why not."""
    program = _chromium()
    if program is None:
        yield Row("Pages in Chromium", "bare page", 1.5, None, detail="no Chromium here")
        return
    with sync_playwright() as playwright, serving("benchmarks/bare.py") as bare:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield from _week(browser, bare, folder, lines, times)
            yield from _slider(browser, bare, folder, times)
        finally:
            browser.close()


def _week(browser: Browser, bare: str, folder: Path, lines: int, times: int) -> Iterator[Row]:
    files = [made.orders_csv(folder / "订单.csv", lines), *made.small_files(folder)]
    with (
        serving("app.py", folder / "served" / "yuepan.duckdb") as address,
        _visitor(browser) as page,
        _visitor(browser) as other,
    ):
        page.goto(address)  # The empty first screen, as a newcomer sees it.
        _bring(page, address, files)
        page.goto(address)
        first = _drawn(page, {"charts": 1, "tiles": 4, "tables": 1})
        parts = _parts(page)
        beside = f"{bare}/?" + "&".join(f"{name}={count}" for name, count in parts.items())
        other.goto(beside)
        _drawn(other, parts)
        pairs = [(_reloaded(page, parts), _reloaded(other, parts)) for _ in range(times)]
    ours, theirs = median(one for one, _ in pairs), median(two for _, two in pairs)
    told = ", ".join(f"{count} {name}" for name, count in parts.items())
    yield ratio("Week page, warm", "bare page", 1.5, ours, theirs, told)
    yield ratio(
        f"Week page, first visit after an import of {lines:,} order lines",
        "bare page", 3.0, first, theirs,
    )  # fmt: skip


def _slider(browser: Browser, bare: str, folder: Path, times: int) -> Iterator[Row]:
    what = "What-if page, slider to changed chart"
    if not (_ROOT / "pages" / "whatif.py").exists():
        yield Row(what, "bare page", 1.5, None, detail="not there yet")
        return
    with (
        serving("app.py", folder / "served" / "yuepan.duckdb") as address,
        _visitor(browser) as page,
        _visitor(browser) as other,
    ):
        page.goto(f"{address}/whatif")
        _drawn(page, {"charts": 1, "tiles": 1, "tables": 0})
        parts = _parts(page)
        other.goto(f"{bare}/?sliders=1&" + "&".join(f"{k}={n}" for k, n in parts.items()))
        _drawn(other, parts)
        pairs = [(_slid(page, parts), _slid(other, parts)) for _ in range(times + 1)][1:]
    ours, theirs = median(one for one, _ in pairs), median(two for _, two in pairs)
    told = ", ".join(f"{count} {name}" for name, count in parts.items())
    yield ratio(what, "bare page", 1.5, ours, theirs, told)


@contextmanager
def _visitor(browser: Browser) -> Iterator[Page]:
    """A page of its own, whose changes are watched from its first moment."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(_PATIENCE)
    context.add_init_script(f"({_WATCH})()")
    try:
        yield context.new_page()
    finally:
        context.close()


def _drawn(page: Page, parts: dict[str, int]) -> float:
    """The seconds from the navigation, or from the last key, to the last change."""
    found = page.wait_for_function(_QUIET, arg=list(parts.values()), polling=100)
    return float(found.json_value()) / 1000


def _parts(page: Page) -> dict[str, int]:
    return {name: page.locator(where).count() for name, where in _COUNTED.items()}


def _reloaded(page: Page, parts: dict[str, int]) -> float:
    page.reload(wait_until="commit")
    return _drawn(page, parts)


def _slid(page: Page, parts: dict[str, int]) -> float:
    page.locator("[data-testid=stSlider] input[type=range]").first.press("ArrowRight")
    return _drawn(page, parts)


def _bring(page: Page, address: str, files: list[Path]) -> None:
    """Drop the files on the files page, confirm, and wait until they have landed."""
    page.goto(f"{address}/files")
    expect.set_options(timeout=_PATIENCE)
    page.locator("input[type=file]").set_input_files(files)
    confirm = page.locator(".st-key-confirm button")
    expect(confirm).to_be_enabled()
    confirm.click()
    expect(confirm).to_have_count(0)
    expect(page.locator(".st-key-undo button")).to_be_visible()


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, names)), None)
