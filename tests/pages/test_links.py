"""A link shows the same picture to another person, in another language, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.app_test import calc_hash

from pages.kit.i18n.words import words
from tests.pages.conftest import FRAME, Opening
from tests.pages.reading import metrics, said, sound

Put = Callable[[str], None]

PAGES = sorted(one.name for one in FRAME.parent.glob("[a-z]*.py") if one != FRAME)
REGION = {"zh": "华东", "en": "North"}


def tables(at: AppTest) -> list[list[list[Any]]]:
    return [
        frame.value.to_numpy().tolist() for frame in at.dataframe if "actual" in frame.value.columns
    ]


def link(at: AppTest) -> dict[str, Any]:
    return {name: value for name, value in dict(at.query_params).items() if name != "lang"}


def test_filters_stay_over_a_page_switch_and_in_the_link(opening: Opening, company: Put) -> None:
    company("zh")
    at = opening("zh").run()
    at.multiselect(key="region").select("华东")
    at.selectbox(key="month").select_index(2).run()
    month, before = at.selectbox(key="month").value, metrics(sound(at))
    asked = {"region": "华东", "month": f"{month:%Y-%m}"}
    assert link(at) == asked
    at.switch_page("files.py").run()
    assert link(sound(at)) == asked
    assert at.query_params["lang"] == "zh"
    at.switch_page("week.py").run()
    assert link(sound(at)) == asked
    assert metrics(at) == before
    assert (at.multiselect(key="region").value, at.selectbox(key="month").value) == (
        ["华东"],
        month,
    )


@pytest.mark.parametrize("how", ["link", "choice"])
@pytest.mark.parametrize("page", PAGES)
def test_no_filter_and_no_language_is_lost_on_the_way_to_another_page(
    opening: Opening, company: Put, page: str, how: str
) -> None:
    company("zh")
    at = opening("zh", **({"region": "华东"} if how == "link" else {})).run()
    if how == "choice":
        at.multiselect(key="region").select("华东").run()
    before = metrics(at)
    at.switch_page(page).run()
    for _run in range(2):
        assert link(sound(at))["region"] == "华东"
        assert at.query_params["lang"] == "zh"
        assert at.segmented_control(key="language").value == "zh"
        at.run()
    assert metrics(sound(at.switch_page("week.py").run())) == before


def test_the_language_of_the_browser_stays_on_an_empty_store(opening: Opening, fresh: None) -> None:
    at = opening("zh")
    at.query_params.clear()
    at.context = {"locale": "zh-CN"}
    at.run().switch_page("files.py").run()
    for _run in range(3):
        assert at.subheader[0].value == "文件"
        at.run()


def test_a_link_opened_on_the_files_page_keeps_its_filters_for_the_week(
    opening: Opening, company: Put
) -> None:
    company("zh")
    direct = sound(opening("zh", region="华东").run())
    at = opening("zh", region="华东").run()
    at.switch_page("files.py").run()
    at.switch_page("week.py").run()
    assert metrics(sound(at)) == metrics(direct)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_with_filters_opens_the_same_figures_in_both_languages(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    asked = {"region": REGION[language], "month": "2026-02", "team": []}
    chinese = sound(opening("zh", **asked).run())
    english = sound(opening("en", **asked).run())
    assert link(chinese) == link(english) == {"region": REGION[language], "month": "2026-02"}
    assert tables(chinese) == tables(english)
    assert tables(chinese)
    assert chinese.metric[0].label != english.metric[0].label


def test_a_link_with_two_values_of_a_filter_takes_both(opening: Opening, company: Put) -> None:
    company("zh")
    at = sound(opening("zh", region=["华东", "华南"]).run())
    assert at.multiselect(key="region").value == ["华东", "华南"]
    assert link(at) == {"region": ["华东", "华南"]}


def test_an_as_of_day_in_the_link_is_obeyed(opening: Opening, company: Put) -> None:
    company("en")
    at = sound(opening("en", as_of="2026-03-10").run())
    assert "as of Mar 10" in at.caption[0].value
    assert link(at) == {"as_of": "2026-03-10"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ({"region": "Atlantis"}, "Atlantis"),
        ({"region": ["华东", "North", "Atlantis"]}, ""),
        ({"rep": "Nobody"}, "Nobody"),
        ({"month": "2026-13"}, "2026-13"),
        ({"month": "1999-01"}, "1999-01"),
        ({"as_of": "yesterday"}, "yesterday"),
        ({"actual": "wishes"}, "wishes"),
    ],
    ids=["region", "one-of-three", "rep", "no-month", "month-without-data", "day", "source"],
)
def test_an_unknown_value_is_told_and_no_figure_shows_until_all_are_asked_for(
    opening: Opening, company: Put, language: str, asked: dict[str, Any], value: str
) -> None:
    company(language)
    _ = words(language)  # type: ignore[arg-type]
    at = opening(language, **asked).run()
    for _run in range(2):
        (error,) = sound(at).error
        assert value in error.value.replace("\\", "")
        assert not at.metric and not tables(at)
        at.run()
    at.switch_page("files.py").run()
    at.switch_page("week.py").run()
    assert len(sound(at).error) == 1 and not at.metric
    at.button(key="show_all").click().run()
    assert len(at.metric) == 4 and not sound(at).error
    assert link(at) == {}


def test_the_language_follows_the_browser_until_one_is_chosen(
    opening: Opening, company: Put
) -> None:
    company("zh")
    at = opening("zh")
    at.query_params.clear()
    at.context = {"locale": "zh-CN"}
    assert sound(at.run()).metric[0].label == words("zh")("Month-end forecast")
    assert "lang" not in at.query_params
    at.segmented_control(key="language").set_value("en").run()
    assert sound(at).metric[0].label == "Month-end forecast"
    assert at.query_params["lang"] == "en"
    at.switch_page("files.py").run()
    assert "Imports" in said(sound(at))
    assert at.query_params["lang"] == "en"


@pytest.mark.parametrize(
    ("locale", "label"), [("zh-TW", "文件"), ("de-DE", "Files"), ("", "Files")]
)
def test_a_browser_of_another_language_gets_english(
    opening: Opening, fresh: None, locale: str, label: str
) -> None:
    at = opening("zh")
    at.query_params.clear()
    at.context = {"locale": locale}
    at.run().switch_page("files.py").run()
    assert sound(at).subheader[0].value == label


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_week_has_the_address_of_its_name_as_well(
    opening: Opening, company: Put, language: str
) -> None:
    company(language)
    root = sound(opening(language, region=REGION[language]).run())
    named = opening(language, region=REGION[language])
    named._page_hash = calc_hash("week")
    assert metrics(sound(named.run())) == metrics(root)
    assert link(named) == link(root) == {"region": REGION[language]}
    assert said(named) == said(root)
