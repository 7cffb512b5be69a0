"""The tile of what was collected, where only a list of orders tells it."""

from __future__ import annotations

import pytest

from data.store import database as stores
from domain.measures import measure
from pages.kit.i18n.words import words
from pages.kit.queries import load
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound

pytestmark = pytest.mark.usefixtures("fresh", "inline")

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
ORDERS = (
    "销售订单编号,客户名称,负责人,下单日期,订单金额,已回款金额\n"
    "SO1,甲公司,王芳,2026-03-02,10000,4000\nSO2,乙公司,李明,2026-03-05,20000,20000\n"
)
PAYMENTS = "回款编号,回款日期,客户名称,回款金额\nHK1,2026-03-04,甲公司,700\n"


@LANGUAGES
def test_the_tile_has_what_orders_say_was_collected(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    bring(stores.opened(), {"销售订单.csv": ORDERS})
    at = sound(opening(language).run())
    right = {"en": "collected ¥24.0K by the order list", "zh": "订单表显示已回款 ¥2.40万"}
    assert right[language] in said(at)
    assert _("collections: no payments imported yet") not in said(at)
    at.button(key="from_signed").click().run()
    assert _(measure("collected_of_orders").formula) in said(sound(at))
    assert _(measure("collections").formula) not in said(at)


@LANGUAGES
def test_a_list_of_payments_is_the_better_one(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    bring(stores.opened(), {"销售订单.csv": ORDERS, "回款.csv": PAYMENTS})
    assert not load.collected()
    at = sound(opening(language).run())
    assert _("collected {sum}", sum="¥700") in said(at)
    at.button(key="from_signed").click().run()
    assert _(measure("collections").formula) in said(sound(at))


@LANGUAGES
def test_orders_that_say_nothing_of_it_leave_it_open(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    without = "\n".join(line.rpartition(",")[0] for line in ORDERS.splitlines())
    bring(stores.opened(), {"销售订单.csv": without})
    at = sound(opening(language).run())
    assert _("collections: no payments imported yet") in said(at)
