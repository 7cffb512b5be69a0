"""`make pictures`: an invented company through the app, and docs/images taken of it.

Nothing here is anybody's data: every name and figure comes out of this file.
"""

from __future__ import annotations

import math
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, browsing, serving
from tests.browser.moves import at_rest, bring, week
from tests.pages.companies import csv_of, workbook_of

IMAGES = ROOT / "docs" / "images"
FIRST, AS_OF = date(2025, 1, 1), date(2026, 7, 16)
TARGET = 12_800_000

REPS = {
    "陆文博": ("大客户部", "华东", 1.5), "沈嘉怡": ("大客户部", "华北", 1.25),
    "顾明轩": ("渠道一部", "华东", 1.0), "韩雪": ("渠道一部", "华中", 0.85),
    "唐立新": ("渠道二部", "华南", 1.1), "邵佳": ("渠道二部", "西南", 0.7),
    "魏子昂": ("渠道二部", "华南", 0.6), "蒋雨桐": ("渠道一部", "西北", 0.5),
}  # fmt: skip
PRODUCTS = {
    "伺服驱动器 S3": ("伺服", 6_800), "伺服电机 M5": ("伺服", 4_250),
    "变频器 V20": ("变频", 3_380), "变频器 V90": ("变频", 12_600),
    "可编程控制器 P1": ("控制", 9_900), "触摸屏 H7": ("控制", 2_150),
}  # fmt: skip
HEADS = ("恒", "瑞", "天", "中", "远", "华", "盛", "金", "启", "联")
TAILS = ("达机械", "泰装备", "成自动化", "合精工", "拓包装", "辉纺机")
CHANNELS = ("直销", "经销商", "系统集成商")
STAGES = (("初步沟通", 34), ("需求确认", 26), ("方案报价", 19), ("商务谈判", 11))


def orders() -> Iterator[tuple[Any, ...]]:
    """Eighteen and a half months of order lines: a season, a rising trend, a quiet holiday."""
    chance = random.Random(20260716)
    customers = [head + tail for head in HEADS for tail in TAILS]
    number, day = 0, FIRST
    while day <= AS_OF:
        for _ in range(_lines(day, chance)):
            number += 1
            rep = chance.choices(list(REPS), [weight for *_at, weight in REPS.values()])[0]
            product = chance.choice(list(PRODUCTS))
            category, price = PRODUCTS[product]
            quantity = chance.choice((1, 2, 2, 3, 4, 5, 8, 12))
            amount = round(quantity * price * chance.uniform(0.86, 1.0), 2)
            yield (
                f"SO{day:%y%m}{number:05d}", 1, day.isoformat(), chance.choice(customers), rep,
                product, category, REPS[rep][1], chance.choice(CHANNELS), quantity, amount,
                "已取消" if chance.random() < 0.02 else "已完成",
            )  # fmt: skip
        day += timedelta(days=1)


def _lines(day: date, chance: random.Random) -> int:
    if day.weekday() > 4 or (day.month, day.day) in {(10, 1), (10, 2), (10, 3), (5, 1), (1, 1)}:
        return 0
    months = (day.year - FIRST.year) * 12 + day.month - 1
    season = 1 + 0.12 * math.sin(months / 12 * 2 * math.pi) + 0.012 * months
    closing = 1.35 if day.day > 24 else 1.0
    return max(int(chance.gauss(14.5 * season * closing, 3)), 1)


def deals() -> Iterator[tuple[Any, ...]]:
    chance = random.Random(5)
    customers = [head + tail for head in HEADS for tail in TAILS]
    number = 0
    for at in range(260):
        number += 1
        created = date(2025, 9, 1) + timedelta(days=at)
        closed = min(created + timedelta(days=chance.randint(18, 75)), AS_OF)
        won = chance.random() < 0.46
        yield _deal(chance, number, customers, "赢单" if won else "输单", created, closed)
    for stage, how_many in STAGES:
        for _ in range(how_many):
            number += 1
            created = AS_OF - timedelta(days=chance.randint(3, 80))
            yield _deal(chance, number, customers, stage, created, None)


def _deal(
    chance: random.Random,
    number: int,
    customers: list[str],
    stage: str,
    created: date,
    closed: date | None,
) -> tuple[Any, ...]:
    rep = chance.choice(list(REPS))
    return (
        f"OP{number:04d}", chance.choice(customers), rep, stage,
        chance.choice(list(PRODUCTS)), REPS[rep][1], round(chance.uniform(4, 42)) * 10_000,
        created.isoformat(), closed.isoformat() if closed else "",
    )  # fmt: skip


def files() -> dict[str, bytes]:
    """The four exports, as the company's systems would write them."""
    lines = list(orders())
    chance = random.Random(3)
    paid = [line for line in lines if line[-1] == "已完成" and chance.random() < 0.8]
    return {
        "销售订单明细.csv": csv_of(
            (
                "订单编号", "行号", "下单日期", "客户名称", "业务员", "产品名称", "产品类别",
                "区域", "渠道", "数量", "销售额", "订单状态",
            ),
            lines,
        ),
        "商机_全部.xlsx": workbook_of(
            (
                "商机编号", "客户名称", "负责人", "商机阶段", "产品名称", "区域", "商机金额",
                "创建日期", "成交日期",
            ),
            deals(),
        ),
        "销售人员.csv": csv_of(
            ("销售员", "团队", "区域"), [(rep, team, at) for rep, (team, at, _) in REPS.items()]
        ),
        "回款流水.csv": csv_of(
            ("回款编号", "回款日期", "订单号", "客户名称", "回款金额"),
            [
                (f"HK{at:05d}", paid_on, line[0], line[3], line[10])
                for at, line in enumerate(paid)
                if (paid_on := _paid(line[2], chance)) <= AS_OF
            ],
        ),
        "月度目标.csv": csv_of(("月份", "销售员", "销售目标"), _targets()),
    }  # fmt: skip


def _paid(ordered: str, chance: random.Random) -> date:
    return date.fromisoformat(ordered) + timedelta(days=chance.randint(5, 45))


def _targets() -> list[tuple[Any, ...]]:
    whole = sum(weight for *_at, weight in REPS.values())
    rounded = {rep: round(TARGET * at[2] / whole, -4) for rep, at in REPS.items()}
    return [(f"{AS_OF:%Y-%m}", rep, int(target)) for rep, target in rounded.items()]


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "yuepan.duckdb") as address,
        browsing() as browser,
    ):
        take_all(browser, address)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "yuepan.duckdb") as address,
        browsing() as browser,
    ):
        take_sample(browser, address)


def take_sample(browser: Browser, address: str) -> None:
    """The sample company, one click after the first start: the pages around the week."""
    page = _visitor(browser)
    page.goto(address)
    expect(page.locator(".st-key-sample button").first).to_be_visible()
    _keep(page, "empty-zh-light")
    page.locator(".st-key-sample button").first.click()
    expect(page.locator(".st-key-tile_end")).to_be_visible(timeout=120_000)
    page.goto(f"{address}/plan")
    page.locator(".st-key-take_likely button").first.click()
    _keep(page, "plan-zh-light")
    page.goto(f"{address}/whatif")
    _keep(page, "whatif-zh-light")
    page.goto(f"{address}/settings")
    _keep(page, "settings-zh-light")
    english = _visitor(browser, "en-US", dark=True)
    english.goto(f"{address}/review")
    _keep(english, "review-en-dark")


def take_all(browser: Browser, address: str) -> None:
    page = _visitor(browser)
    _drop(page, address)
    _keep(page, "files-zh-light")
    bring(page, address, files())
    _type_target(week(page, address))
    _keep(week(page, address), "week-zh-light")
    page.set_viewport_size({"width": 1920, "height": 1080})
    _keep(week(page, address), "week-zh-1920")
    dark = _visitor(browser, "en-US", dark=True)
    _keep(week(dark, address), "week-en-dark")
    english = _visitor(browser, "en-US")
    week(english, address).locator(".st-key-from_gap button").first.click()
    expect(english.get_by_role("dialog").get_by_text("Download rows")).to_be_visible()
    _keep(english, "passport-en-light")


def _drop(page: Page, address: str) -> None:
    """The files as they are understood, before they are confirmed."""
    page.goto(f"{address}/files")
    page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/csv", "buffer": content}
            for name, content in files().items()
        ]
    )
    expect(page.locator(".st-key-confirm button")).to_be_enabled()
    page.get_by_text("列和前几行").nth(1).click()


def _visitor(browser: Browser, locale: str = "zh-CN", dark: bool = False) -> Page:
    return browser.new_page(
        locale=locale,
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if dark else "light",
    )


def _type_target(page: Page) -> None:
    """The month's target of the company, typed where it is missed."""
    field = page.locator("[class*='st-key-company_target'] input")
    if not field.is_visible():
        page.locator("[class*='st-key-targets_'] summary").first.click()
    page.wait_for_timeout(1500)
    field.fill(str(TARGET))
    field.press("Tab")
    page.locator(".st-key-save_targets button").click()
    expect(page.get_by_text("目标已保存")).to_be_visible()
    at_rest(page)


def _keep(page: Page, name: str) -> None:
    at_rest(page)
    # The pointer leaves whatever it last pointed at.
    page.mouse.move(4, 500)
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
