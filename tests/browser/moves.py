"""What a visitor does: opens a page, drops files, confirms."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

FilePayloads = Mapping[str, bytes]


def at_rest(page: Page) -> Page:
    """The page once the server has nothing more to send."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    return page


def week(page: Page, address: str) -> Page:
    """The week page, with its figures and charts drawn."""
    page.goto(address)
    expect(page.get_by_test_id("stMetric")).to_have_count(4)
    expect(page.locator(".st-key-curve .main-svg").first).to_be_visible()
    return at_rest(page)


def tile(page: Page, name: str) -> str:
    """The figure of a tile ("end", "gap", "day", "signed")."""
    return page.locator(f".st-key-tile_{name}").get_by_test_id("stMetricValue").inner_text()


def verdict(page: Page) -> Locator:
    return page.locator("h3").first


def bring(page: Page, address: str, files: FilePayloads) -> Page:
    """Drop files on the files page, confirm, and wait for what happened."""
    page.goto(f"{address}/files")
    page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            for name, content in files.items()
        ]
    )
    confirm = page.locator(".st-key-confirm button")
    expect(confirm).to_be_enabled()
    confirm.click()
    # The drafts go when their import has landed.
    expect(confirm).to_have_count(0)
    expect(page.locator("[class*=st-key-undo_] button").first).to_be_visible()
    return at_rest(page)
