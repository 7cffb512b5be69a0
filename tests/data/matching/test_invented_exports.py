from __future__ import annotations

import csv
import io
import os
import random
from pathlib import Path

import pyarrow as pa
import pytest

from data.cleaning import clean
from data.matching.columns import named
from data.matching.recognise import recognise
from data.matching.systems import systems
from domain.tables import TABLES, table
from tests.data.exports import EXPORTS, Export
from tests.data.renaming import HIGH, NAMES, tally

REAL = Path(os.environ.get("YUEPAN_REAL_DATA", Path(__file__).parents[4] / "shared" / "data"))
ASKED_FOR = ("deals", "leads", "customers", "activities", "orders", "payments")
SHOPS_OF_CHINA = ("taobao", "jingdong", "pinduoduo", "youzan", "jushuitan", "wangdiantong")
# Labels of a thing that the product does not have cannot be told.
NOT_THERE = {
    ("pipedrive", "payments"),
    ("dynamics", "payments"),
    *(
        (system, name)
        for system in ("shopify", "sap", "amazon", "quickbooks", "netsuite", *SHOPS_OF_CHINA)
        for name in ASKED_FOR
        if name != "orders"
    ),
    *(
        (system, name)
        for system in ("stripe", "paypal", "mollie", "gocardless", "wechat_pay", "alipay")
        for name in ASKED_FOR
        if name != "payments"
    ),
    *((system, name) for system in ("google_ads", "meta_ads") for name in ASKED_FOR),
}
# Exports whose headers are English in every language of the product.
ENGLISH = {
    "shopify", "stripe", "sap", "amazon", "google_ads", "meta_ads",
    "paypal", "mollie", "gocardless", "quickbooks", "netsuite",
}  # fmt: skip
# Exports whose headers are Chinese in every language of the product.
CHINESE = {"wechat_pay", "alipay", *SHOPS_OF_CHINA}


@pytest.mark.parametrize("name", ASKED_FOR)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("system", sorted(systems()))
def test_each_system_has_an_export_of_each_table_in_each_language(
    system: str, language: str, name: str
) -> None:
    other = CHINESE if language == "en" else ENGLISH
    if (system, name) in NOT_THERE or system in other:
        pytest.skip("the product has no such thing")
    spoken = {"en", "api"} if language == "en" else {language}
    assert [
        one
        for one in EXPORTS
        if one.system == system and one.table == name and one.language in spoken
    ]


def test_own_labels_are_mapped_whole(capsys: pytest.CaptureFixture[str]) -> None:
    found = tally([0], share=0.0, registers=False)
    with capsys.disabled():
        print(f"\nown labels: {found}")
    assert found.right_tables == found.tables
    assert found.right_columns >= 0.98 * found.columns
    assert found.wrong == []


@pytest.mark.parametrize("registers", [False, True], ids=["first file", "names known"])
def test_a_fifth_of_the_headers_renamed(
    registers: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    found = tally([1] if registers else range(2), registers=registers)
    with capsys.disabled():
        print(f"\na fifth renamed, registers {'full' if registers else 'empty'}: {found}")
    assert found.right_tables >= 0.95 * found.tables
    assert found.right_columns >= 0.9 * found.columns
    assert found.sure_and_wrong == []
    assert len(found.wrong) <= 0.01 * found.columns


def test_two_fifths_renamed_are_never_surely_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    found = tally([7], share=0.4, registers=False)
    with capsys.disabled():
        print(f"\ntwo fifths renamed: {found}")
    assert found.right_tables >= 0.9 * found.tables
    assert found.sure_and_wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_the_code_has_never_seen_a_tenants_name(name: str) -> None:
    for system in systems():
        assert [one for into in TABLES for one in named(into, name, system)] == []


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.name)
def test_an_export_with_its_own_labels_asks_nothing_and_misses_nothing(export: Export) -> None:
    found = recognise(export.header, export.samples, export.file, export.sheet)
    assert found.table
    into = table(found.table)
    assert all(set(group) & set(found.mapping) for group in into.needs)
    rows = pa.table(
        {str(n): pa.array(cells, pa.string()) for n, cells in enumerate(export.samples)}
    )
    task = clean.CleanTask(rows, export.header, found.mapping, into, {}, {}, None, 2026)
    asked = clean.settled(task).questions
    assert asked == []


def _real(name: str, encoding: str) -> tuple[list[str], list[list[str | None]], str]:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is not here (YUEPAN_REAL_DATA)")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding))))[:201]
    return rows[0], [[*column] for column in zip(*rows[1:], strict=False)], path.name


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("maven_crm/sales_pipeline.csv", "utf-8-sig"),
        ("maven_crm/accounts.csv", "utf-8-sig"),
        ("techvista/fact_sales.csv", "utf-8-sig"),
        ("olist_funnel/olist_marketing_qualified_leads_dataset.csv", "utf-8-sig"),
        ("gbk/data_wuliu.csv", "gb18030"),
    ],
)
def test_a_real_file_with_renamed_headers_is_never_surely_wrong(name: str, encoding: str) -> None:
    header, samples, file = _real(name, encoding)
    right = {one.position: one.column for one in recognise(header, samples, file, "").columns}
    for seed in range(6):
        dice = random.Random(seed)
        gone = dice.sample(range(len(header)), max(1, round(len(header) / 5)))
        names = dict(zip(gone, dice.sample(NAMES, len(gone)), strict=True))
        found = recognise([names.get(n, h) for n, h in enumerate(header)], samples, file, "")
        wrong = [
            (header[one.position], one)
            for one in found.columns
            if one.confidence >= HIGH and one.column != right[one.position]
        ]
        assert wrong == []
