from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts.fuzzy_names import suggest, twins


@pytest.mark.parametrize(
    ("name", "known", "score"),
    [
        pytest.param("GTXPro", "GTX Pro", 100, id="a space"),
        pytest.param("ＧＴＸ　ｐｒｏ", "GTX Pro", 100, id="width and case"),
        pytest.param("O'Neil & Sons", "ONeil Sons", 100, id="punctuation"),
        pytest.param("宏远机电（上海）有限公司", "宏远机电(上海)有限公司", 100, id="brackets"),
        pytest.param("宏远机电股份有限公司", "宏远机电有限公司", 98, id="chinese form"),
        pytest.param("宏远机电", "宏远机电有限公司", 98, id="no form"),
        pytest.param("Northwind Co., Ltd.", "Northwind Inc", 98, id="english form"),
        pytest.param("Lee Ann", "Ann Lee", 95, id="turned"),
    ],
)
def test_one_name_written_in_two_ways_is_listed(name: str, known: str, score: float) -> None:
    (found,) = suggest([name], [known, "Tailspin Toys"])
    assert (found.name, found.suggestion, found.score) == (name, known, score)


def test_a_slip_of_the_pen_is_listed_below_the_sure_ones() -> None:
    found = suggest(["Tailspin Toyss", "TailspinToys"], ["Tailspin Toys"])
    assert [one.name for one in found] == ["TailspinToys", "Tailspin Toyss"]
    assert 88 <= found[1].score < 100


@pytest.mark.parametrize(
    ("name", "known"),
    [
        pytest.param("A1", "A2", id="short codes"),
        pytest.param("GTX 700", "GTX 500", id="other digits"),
        pytest.param("GTK 500", "GTX 500", id="a code with another letter"),
        pytest.param("Engine 15", "Engine 1.5", id="a decimal point"),
        pytest.param("Engine 12", "Engine 1 2", id="two numbers"),
        pytest.param("C#", "C", id="a sign that is part of the name"),
        pytest.param("Enterprise License X", "Enterprise License", id="a variant"),
        pytest.param("中国移动通信集团广西有限公司", "中国移动通信集团广东有限公司", id="a place"),
        pytest.param("北京第一仪器仪表制造厂", "北京第二仪器仪表制造厂", id="a number in words"),
        pytest.param("宏远集团有限公司", "宏远有限公司", id="a group and its company"),
        pytest.param("有限公司", "股份有限公司", id="nothing but the form"),
        pytest.param("", "GTX", id="blank"),
        pytest.param("---", "GTX", id="no letters"),
    ],
)
def test_two_things_are_never_suggested_to_be_one(name: str, known: str) -> None:
    assert suggest([name], [known]) == []


@pytest.mark.parametrize(
    ("name", "known"),
    [
        pytest.param("GTXPro", ["GTX Pro", "GTX-Pro"], id="equal to two"),
        pytest.param(
            "Northwind Traderz", ["Northwind Traders", "Northwind Tradera"], id="near two"
        ),
        pytest.param("GTX Pro", ["GTX Pro", "GTXPro"], id="known itself"),
    ],
)
def test_where_it_could_be_two_nothing_is_suggested(name: str, known: list[str]) -> None:
    assert suggest([name], known) == []


def test_a_refused_pair_is_not_listed_again_either_way_round() -> None:
    for pair in (("GTXPro", "GTX Pro"), ("GTX Pro", "GTXPro")):
        assert suggest(["GTXPro"], ["GTX Pro"], [pair]) == []


@given(st.lists(st.text(max_size=12), max_size=8), st.lists(st.text(max_size=12), max_size=8))
def test_only_unknown_names_are_suggested_and_each_once(names: list[str], known: list[str]) -> None:
    found = suggest(names, known)
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.name in names and one.name not in known and one.suggestion in known
        assert 88 <= one.score <= 100


_DIGITS = st.integers(0, 9999).map(str)


@given(st.text(max_size=8), _DIGITS, _DIGITS)
def test_names_with_other_digits_are_never_suggested(stem: str, one: str, other: str) -> None:
    if one != other:
        assert suggest([f"{stem} {one}"], [f"{stem} {other}"]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("GBC 皮带, 红色", "GBC 皮带, 银色", id="a colour"),
        pytest.param("Avery 装订机盖, 实惠", "Avery 装订机, 实惠", id="a part of it"),
        pytest.param(
            "深圳市宏远精密机械科技有限公司", "深圳市宏达精密机械科技有限公司", id="a name"
        ),
        pytest.param("Zebra GX420t Printer", "Zebra GK420t Printer", id="a model"),
        pytest.param("王芳", "王方", id="two people"),
        pytest.param("Product 10", "Product 100", id="two numbers"),
        pytest.param("North 1", "North 2", id="two regions"),
    ],
)
def test_what_one_word_tells_apart_is_never_suggested(one: str, other: str) -> None:
    assert suggest([one], [other]) == [] == suggest([other], [one])
    assert twins({one: 1, other: 2}) == []


@pytest.mark.parametrize(
    ("rarer", "commoner"),
    [
        pytest.param("张 伟", "张伟", id="a space"),
        pytest.param("Zhang Wei", "Wei Zhang", id="family name first"),
        pytest.param("宏远机电", "宏远机电股份有限公司", id="the form"),
        pytest.param("深圳宏远精密机械有限公司", "深圳市宏远精密机械有限公司", id="a city"),
        pytest.param("Acme Inc.", "ACME", id="case and form"),
        pytest.param("Tailspin Toyss", "Tailspin Toys", id="a slip"),
    ],
)
def test_without_a_register_the_rarer_name_is_read_as_the_commoner(
    rarer: str, commoner: str
) -> None:
    (found,) = twins({rarer: 1, commoner: 7, "Contoso": 3})
    assert (found.name, found.suggestion) == (rarer, commoner)
    assert twins({rarer: 1, commoner: 7}, [(commoner, rarer)]) == []


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 9), max_size=8))
def test_a_twin_is_never_a_suggestion_of_a_name_that_is_rarer(used: dict[str, int]) -> None:
    for one in twins(used):
        assert used[one.suggestion] >= used[one.name] and one.suggestion != one.name
