from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.matching import aliases, by_values
from data.matching import systems as module
from data.matching.recognise import recognise
from data.matching.systems import FOLDER, GENERIC, System, stage_order, systems, values, words
from data.values.currencies import code
from data.values.header_text import normalise
from domain.tables import TABLES, table

# What has no deals: a shop, a list of sales documents, and a service that collects payments.
WITHOUT_DEALS = {
    "shopify": "orders",
    "sap": "orders",
    "amazon": "orders",
    "quickbooks": "orders",
    "netsuite": "orders",
    "stripe": "payments",
    "paypal": "payments",
    "mollie": "payments",
    "gocardless": "payments",
    "wechat_pay": "payments",
    "alipay": "payments",
    "taobao": "orders",
    "jingdong": "orders",
    "pinduoduo": "orders",
    "youzan": "orders",
    "jushuitan": "orders",
    "wangdiantong": "orders",
    "google_ads": "spend",
    "meta_ads": "spend",
}


def test_each_toml_file_is_a_system_of_its_own_name() -> None:
    files = {path.stem for path in Path("data/systems").glob("*.toml")}
    assert files == set(systems()) == {one.name for one in systems().values()}
    assert GENERIC in files


@pytest.mark.parametrize("system", systems().values(), ids=lambda one: one.name)
def test_every_table_column_and_choice_named_there_exists(system: System) -> None:
    assert system.label
    assert not system.currency or code(system.currency) == system.currency
    for name, known in system.tables.items():
        columns = {alias.column for found in known.aliases.values() for alias in found}
        assert columns <= set(table(name).names)
        assert all(known.aliases)
    for name, spoken in system.words.items():
        for column, told in spoken.items():
            choices = ("won", "lost") if column == "stage" else table(name).column(column).choices
            assert set(told.values()) <= set(choices)


@pytest.mark.parametrize("system", sorted(set(systems()) - {GENERIC}))
def test_every_system_but_generic_can_be_told_by_its_marks(system: str) -> None:
    assert systems()[system].fingerprint
    assert WITHOUT_DEALS.get(system, "deals") in systems()[system].tables


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.name)
def test_every_column_has_a_chinese_spelling(one: object) -> None:
    known = systems()[GENERIC].tables[one.name]  # type: ignore[attr-defined]
    chinese = {
        alias.column
        for spelling, found in known.aliases.items()
        if not spelling.isascii()
        for alias in found
    }
    assert chinese == set(one.names)  # type: ignore[attr-defined]


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.name)
def test_every_choice_is_a_word_for_itself(one: object) -> None:
    for column in one.columns:  # type: ignore[attr-defined]
        if column.choices:
            told = words(one.name, GENERIC)[column.name]  # type: ignore[attr-defined]
            assert {told[normalise(choice)] for choice in column.choices} == set(column.choices)


@pytest.mark.parametrize(
    ("word", "end"),
    [
        ("won", "won"), ("closed won", "won"), ("赢单", "won"), ("已成交", "won"), ("lost", "lost"),
        ("closed lost", "lost"), ("输单", "lost"), ("丢单", "lost"),
    ],
)  # fmt: skip
def test_well_known_ends_are_known_to_everyone(word: str, end: str) -> None:
    assert all(words("deals", system)["stage"][word] == end for system in systems())


@pytest.mark.parametrize("word", ["negotiation", "合同签订", "prospecting", "方案报价"])
def test_a_step_on_the_way_is_no_end(word: str) -> None:
    assert word not in words("deals", GENERIC)["stage"]


def test_the_words_of_an_unknown_system_are_the_generic_ones() -> None:
    assert words("orders", "nobody") == words("orders", GENERIC)


def test_a_system_adds_its_own_words_to_the_generic_ones() -> None:
    own = words("deals", "hubspot")["forecast_category"]
    assert own["not forecasted"] == "omitted"
    assert own["best case"] == words("deals", GENERIC)["forecast_category"]["best case"]


@pytest.mark.parametrize(
    ("stages", "wanted"),
    [
        pytest.param(
            ["Won", "Engaging", "Lost", "Prospecting"],
            ["Prospecting", "Engaging", "Won", "Lost"],
            id="english",
        ),
        pytest.param(
            [
                "输单",
                "商务谈判",
                "赢单",
                "方案报价",
                "初步接洽",
                "需求确认",
                "合同签订",
                "验证客户",
            ],
            [
                "初步接洽",
                "验证客户",
                "需求确认",
                "方案报价",
                "商务谈判",
                "合同签订",
                "赢单",
                "输单",
            ],
            id="chinese",
        ),
        pytest.param(["Won", "乙", "甲", "乙"], ["乙", "甲", "Won"], id="unknown before the ends"),
        pytest.param([], [], id="none"),
    ],
)
def test_stages_stand_in_their_order(stages: list[str], wanted: list[str]) -> None:
    assert stage_order(stages, GENERIC) == wanted


def test_a_system_may_have_its_own_order() -> None:
    stages = ["Contact Made", "Qualified"]
    assert stage_order(stages, GENERIC) == ["Contact Made", "Qualified"]
    assert stage_order(stages, "pipedrive") == ["Qualified", "Contact Made"]


_ACME = """
name = "acme"
label = "Acme CRM"
ignore = ["Weighted"]
[[fingerprint]]
pattern = '^Acme Nr$'
weight = 3
[tables.deals]
hints = ["chances"]
signs = ["Chance"]
[tables.deals.columns]
deal_id = ["Acme Nr"]
deal_name = ["Chance"]
customer = ["Prospect Firm"]
stage = ["Rung"]
amount = ["Worth"]
expected_close_date = ["Hoped For"]
[words.stage]
won = ["Bagged"]
lost = ["Blown"]
[stages]
12 = ["Sniffing"]
"""


def _forget() -> None:
    cached = (
        *(module.systems, module.words, module.values, module.written_by),
        *(aliases.says_something, by_values._inside, by_values._usual),
    )
    for one in cached:
        one.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    _forget()
    yield tmp_path
    monkeypatch.delenv(FOLDER)
    _forget()


def test_a_file_dropped_into_a_folder_is_a_new_system_and_nothing_else_is_touched(
    folder: Path,
) -> None:
    (folder / "acme.toml").write_text(_ACME, encoding="utf-8")
    header = ["Acme Nr", "Chance", "Prospect Firm", "Rung", "Worth", "Hoped For", "Weighted"]
    cells: list[list[str | None]] = [
        ["A1", "A2", "A3"], ["Roof", "Gate", "Wall"], ["Fabrikam", "Litware", "Fabrikam"],
        ["Sniffing", "Bagged", "Blown"], ["10.5", "20.5", "7.25"],
        ["2026-07-01", "2026-08-01", "2026-05-01"], ["1.5", "2.5", "0"],
    ]  # fmt: skip
    found = recognise(header, cells, "export.csv", "Sheet1")
    assert (found.table, found.system) == ("deals", "acme")
    assert found.mapping == {
        "deal_id": 0, "deal_name": 1, "customer": 2, "stage": 3, "amount": 4,
        "expected_close_date": 5,
    }  # fmt: skip
    assert {one.confidence for one in found.columns if one.column} == {1.0}
    assert words("deals", "acme")["stage"]["bagged"] == "won"
    assert stage_order(["Bagged", "Sniffing"], "acme") == ["Sniffing", "Bagged"]


def test_a_file_there_of_a_name_we_have_takes_its_place(folder: Path) -> None:
    (folder / "zoho.toml").write_text(_ACME.replace('"acme"', '"zoho"'), encoding="utf-8")
    assert systems()["zoho"].label == "Acme CRM"


@pytest.mark.parametrize(
    "text",
    ["name =", 'name = "x"', _ACME + '[tables.deals.columnz]\na = ["b"]\n',
     _ACME + '[tables.nothing.columns]\na = ["b"]\n'],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named(folder: Path, text: str) -> None:
    (folder / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.toml"):
        systems()


def test_without_the_folder_there_are_only_ours() -> None:
    assert "acme" not in systems()


def test_well_known_values_belong_to_columns_of_ours() -> None:
    names = {name for one in TABLES for name in one.names}
    for one in systems().values():
        assert set(one.values) <= names
    assert {"cny", "usd"} <= values("currency")
