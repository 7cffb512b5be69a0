"""The settings: kept at once, obeyed by every page, and in the backup."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.ingest import backup
from data.store import database as stores
from data.store import plans, settings
from domain.errors import StoreError
from domain.scope import Scope
from pages.kit.i18n.words import words
from pages.kit.queries import settings as queries_settings
from pages.kit.queries import targets as queries_targets
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import metrics, said, sentences, sound
from tests.pages.sample import (
    PAGES,
    chinese,
    foreign,
    sample,
    table_with,
    turned,
)

__all__ = ["sample"]

pytestmark = pytest.mark.usefixtures("fresh")

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SAMPLE = pytest.mark.usefixtures("sample")
CHOICES = {
    "language": "en",
    "units": "wan",
    "currency": "USD",
    "actual": "contracts",
    "selling_days": "ALL",
    "fiscal_year": "4",
    "week_start": "sunday",
    "time_zone": "Europe/Berlin",
}
JUNE = date(2026, 6, 1)


def chosen(at: AppTest, name: str, value: str) -> AppTest:
    return sound(at.selectbox(key=f"set_{name}").set_value(value).run())


def left(at: AppTest, _: object) -> list[str]:
    return [one for one in sentences(at) if "个销售日" in one or "selling day" in one]


@LANGUAGES
def test_settings_answer_before_there_is_any_data(opening: Opening, language: str) -> None:
    at = sound(opening(language).run())
    sound(at.switch_page("settings.py").run())
    assert len(at.selectbox) == len(CHOICES) + 1
    assert not [table for table in at.dataframe if "stage" in table.value]
    assert (foreign(at) if language == "zh" else chinese(at)) == []
    sound(at.text_input(key="set_who").set_value("王芳").run())
    assert settings.setting(stores.opened(), "who") == "王芳"


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_is_kept_for_everybody_who_comes_later(opening: Opening, name: str) -> None:
    at = sound(opening("zh").run())
    chosen(sound(at.switch_page("settings.py").run()), name, CHOICES[name])
    assert settings.setting(stores.opened(), name) == CHOICES[name]
    later = sound(opening("zh").run())
    sound(later.switch_page("settings.py").run())
    assert later.selectbox(key=f"set_{name}").value == CHOICES[name]


@SAMPLE
def test_the_number_units_are_those_of_the_tiles(opening: Opening) -> None:
    at = turned(opening, "zh", "week.py")
    assert "万" in metrics(at)[0]
    chosen(sound(at.switch_page("settings.py").run()), "units", "k")
    sound(at.switch_page("week.py").run())
    assert all("万" not in one for one in metrics(at)) and "M" in metrics(at)[0]
    chosen(sound(at.switch_page("settings.py").run()), "units", "auto")
    assert "万" in metrics(sound(at.switch_page("week.py").run()))[0]


@SAMPLE
@pytest.mark.parametrize(("page", "figure"), [("week.py", "curve"), ("review.py", "bridge")])
def test_the_currency_is_that_of_the_passports(opening: Opening, page: str, figure: str) -> None:
    at = turned(opening, "en", page)
    chosen(sound(at.switch_page("settings.py").run()), "currency", "USD")
    sound(at.switch_page(page).run())
    assert at.button
    if f"from_{figure}" in [one.key for one in at.button]:
        sound(at.button(key=f"from_{figure}").click().run())
    assert "USD" in said(at) and "CNY" not in said(at)


@SAMPLE
def test_the_days_left_are_those_of_the_calendar_that_was_chosen(opening: Opening) -> None:
    _ = words("en")
    at = turned(opening, "en", "week.py")
    # 17 to 30 June: ten weekdays, one of them the Dragon Boat Festival.
    assert _.n("{n} selling day left", "{n} selling days left", 9) in said(at)
    for country, days in (("ALL", 14), ("US", 9), ("GB", 10)):
        chosen(sound(at.switch_page("settings.py").run()), "selling_days", country)
        sound(at.switch_page("week.py").run())
        assert _.n("{n} selling day left", "{n} selling days left", days) in said(at), country


@SAMPLE
def test_what_counts_as_the_actual_is_what_was_chosen(opening: Opening) -> None:
    at = turned(opening, "zh", "settings.py")
    chosen(at, "actual", "contracts")
    sound(at.switch_page("week.py").run())
    assert at.selectbox(key="actual").value == "contracts"


@SAMPLE
@LANGUAGES
def test_the_weeks_of_a_plan_begin_on_the_day_that_was_chosen(
    opening: Opening, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = turned(opening, language, "plan.py")
    sound(at.number_input(key="plan_target_2026-07-01").set_value(1_000_000.0).run())
    monday = table_with(at, _("From"))[_("To")][0]
    chosen(sound(at.switch_page("settings.py").run()), "week_start", "sunday")
    sound(at.switch_page("plan.py").run())
    assert table_with(at, _("From"))[_("To")][0] != monday


@SAMPLE
def test_who_saves_a_plan_stands_beside_it(opening: Opening) -> None:
    at = turned(opening, "zh", "settings.py")
    sound(at.text_input(key="set_who").set_value("王芳").run())
    sound(at.switch_page("plan.py").run())
    sound(at.number_input(key="plan_target_2026-07-01").set_value(1_000_000.0).run())
    sound(at.button(key="save_version").click().run())
    assert table_with(at, words("zh")("Version"))[words("zh")("Saved by")].tolist() == ["王芳"]
    assert plans.versions(stores.opened())["saved_by"].tolist() == ["王芳"]


@SAMPLE
@LANGUAGES
def test_a_changed_day_changes_the_days_of_the_week_page(opening: Opening, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = turned(opening, language, "settings.py")
    month = at.selectbox(key="calendar_month").value
    assert month == JUNE
    assert at.button(key="keep_days").disabled
    festival = {18: {"selling": True}}  # 19 June, the Dragon Boat Festival
    changes = {"edited_rows": festival, "added_rows": [], "deleted_rows": []}
    at.session_state[f"days_{month}"] = changes
    sound(at.run())
    sound(at.button(key="keep_days").click().run())
    assert settings.changed_days(stores.opened()) == {date(2026, 6, 19): True}
    sound(at.switch_page("week.py").run())
    assert _.n("{n} selling day left", "{n} selling days left", 10) in said(at)
    settings.change_days(stores.opened(), {date(2026, 6, 19): None})
    sound(at.run())
    assert _.n("{n} selling day left", "{n} selling days left", 9) in said(at)


@SAMPLE
def test_a_stage_said_to_be_won_counts_and_can_be_taken_back(opening: Opening) -> None:
    at = turned(opening, "zh", "week.py", actual="deals")
    before, signed = metrics(at), won()
    sound(at.switch_page("settings.py").run())
    place = table_with(at, "stage")["stage"].tolist().index("商务谈判")
    for status, more in (("won", True), ("open", False)):
        at.session_state[stages_editor(at)] = {
            "edited_rows": {place: {"status": status}}, "added_rows": [], "deleted_rows": [],
        }  # fmt: skip
        sound(at.run())
        sound(at.button(key="keep_stages").click().run())
        assert (won() > signed) == more
        assert dict(table_with(at, "stage")[["stage", "status"]].values)["商务谈判"] == status
    assert won() == signed
    assert metrics(sound(at.switch_page("week.py").run())) == before


@SAMPLE
@pytest.mark.parametrize(("old", "new"), [(3, 2), (1, 3)], ids=["up", "down"])
def test_a_stage_takes_the_place_that_is_typed(opening: Opening, old: int, new: int) -> None:
    at = turned(opening, "zh", "settings.py")
    stages = table_with(at, "stage")["stage"].tolist()
    moved = stages.pop(old - 1)
    at.session_state[stages_editor(at)] = {
        "edited_rows": {old - 1: {"place": new}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    sound(at.run())
    sound(at.button(key="keep_stages").click().run())
    stages.insert(new - 1, moved)
    assert table_with(at, "stage")["stage"].tolist() == stages
    assert at.button(key="keep_stages").disabled


def stages_editor(at: AppTest) -> str:
    return next(table.key for table in at.data_editor if str(table.key).startswith("stages_"))


def won() -> tuple[int, float]:
    """Deals won, and what they are worth, by hand."""
    ((count, value),) = stores.opened().rows(
        "SELECT count(*), CAST(coalesce(sum(amount), 0) AS DOUBLE) FROM deals WHERE status = 'won'"
    )
    return int(count), float(value)


@SAMPLE
@pytest.mark.parametrize("lost", ["the database file", "nothing but an undone import"])
def test_a_backup_gives_every_figure_back(opening: Opening, sample: Path, lost: str) -> None:
    at = turned(opening, "zh", "settings.py")
    chosen(at, "week_start", "sunday")
    sound(at.switch_page("plan.py").run())
    sound(at.number_input(key="plan_target_2026-07-01").set_value(12_345_678.9).run())
    sound(at.button(key="save_version").click().run())
    before = every_figure(opening)
    content = backup.saved(stores.opened())
    if lost == "the database file":
        stores.close_all()
        sample.unlink()
        st.cache_data.clear()
        assert every_figure(opening)["week.py"] == []
    else:
        with stores.opened().writing("facts", "plan") as cursor:
            cursor.execute("DELETE FROM orders")
            cursor.execute("DELETE FROM plan_targets")
        assert every_figure(opening) != before
    restored(opening, content)
    assert every_figure(opening) == before


def restored(opening: Opening, content: bytes) -> None:
    """Through the page: a file is dropped, looked into, and put in place."""
    at = sound(opening("zh").run())
    sound(at.switch_page("settings.py").run())
    at.file_uploader(key="restore_file").upload("backup.duckdb", content)
    sound(at.run())
    inside = backup.look_into(content)
    assert f"{inside.rows['orders']:,}" in said(at)
    sound(at.button(key="restore").click().run())


def every_figure(opening: Opening) -> dict[str, list[str]]:
    """Every metric and table of every page."""
    at = sound(opening("zh", month="2026-06").run())
    found = {}
    for page in PAGES:
        sound(at.switch_page(page).run())
        tables = [one.value.to_string() for one in at.dataframe]
        found[page] = [*metrics(at), *tables]
    return found


@LANGUAGES
@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" * 500])
def test_a_file_that_is_no_backup_is_refused(
    opening: Opening, language: str, content: bytes
) -> None:
    at = sound(opening(language).run())
    sound(at.switch_page("settings.py").run())
    at.file_uploader(key="restore_file").upload("backup.duckdb", content)
    sound(at.run())
    assert len(at.error) == 1
    assert "restore" not in [one.key for one in at.button]
    with pytest.raises(StoreError):
        backup.restore(stores.opened(), content)
    assert queries_settings.settings()["currency"] == "CNY"


QUARTERS = "期间,销售额目标\n2026年四季度,300000\n2027-01,90000\n"


def quarters() -> dict[str, Decimal]:
    at = Scope(date(2026, 11, 1), date(2026, 11, 12))
    return {
        f"{month:%Y-%m}": kept.target
        for month in (date(2026, 11, 1), date(2027, 1, 1))
        if (kept := queries_targets.target(at.in_month(month)))
    }


def test_a_quarters_targets_move_with_the_fiscal_year_only_once_confirmed(opening: Opening) -> None:
    at = sound(opening("zh").run())
    bring(stores.opened(), {"目标.csv": QUARTERS.encode()})
    sound(at.switch_page("settings.py").run())
    before = quarters()
    # October to December 2026 have 61 Chinese selling days; November has 21.
    assert 90_000 < before["2026-11"] < 115_000 and before["2027-01"] == 90_000
    chosen(at, "fiscal_year", "4")
    assert "2026-Q4：2026年10月 – 2026年12月 → 2027年1月 – 2027年3月" in said(at)
    assert settings.setting(stores.opened(), "fiscal_year") == "1" and quarters() == before
    sound(at.button(key="fiscal_leave").click().run())
    assert at.selectbox(key="set_fiscal_year").value == "1" and "2026-Q4" not in said(at)
    chosen(at, "fiscal_year", "4")
    sound(at.button(key="fiscal_move").click().run())
    assert settings.setting(stores.opened(), "fiscal_year") == "4"
    assert "2026-11" not in quarters() and "2026-Q4" not in said(at)
