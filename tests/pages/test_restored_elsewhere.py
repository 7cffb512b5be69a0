"""A page older than the data: another session has restored a backup, or undone an import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.ingest import backup, history
from data.store import database as stores
from data.store import plans, scenarios, settings
from pages.kit.i18n.words import words
from tests.conftest import bring, everything
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound
from tests.pages.sample import sample, table_with, turned
from tests.pages.test_files_page import Page, confirm, drop, files_page
from tests.pages.test_settings_page import stages_editor

__all__ = ["files_page", "sample"]

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
HEAD = "Order ID,Order Date,Customer,Amount\n"
MINE = {"mine.csv": f"{HEAD}A1,2026-03-02,X,100\n".encode()}
OTHERS = {"others.csv": f"{HEAD}B1,2026-03-02,Y,7\nB2,2026-03-03,Z,8\n".encode()}
JULY = date(2026, 7, 1)
SENTENCE = (
    "The data were replaced in another window, so what this page showed no longer "
    "exists. Nothing was changed by your last click."
)


def other_backup(tmp_path: Path) -> bytes:
    """A backup whose first import, scenario and plan are others under the same numbers."""
    other = stores.opened(tmp_path / "other.duckdb")
    bring(other, OTHERS)
    scenarios.keep(other, "theirs", JULY, {})
    plans.save_version(other, JULY, {("company", ""): Decimal(7)}, name="theirs", basis={})
    content = backup.saved(other)
    other.close()
    return content


def kept(at: AppTest) -> dict[str, list[tuple[object, ...]]]:
    return everything(stores.opened())


@LANGUAGES
def test_undo_of_an_import_shown_before_a_restore_takes_nothing_back(
    files_page: Page, language: str, tmp_path: Path
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    content = other_backup(tmp_path)
    at = confirm(drop(files_page(language), MINE))
    backup.restore(stores.opened(), content)
    before = kept(at)
    sound(at.button(key="undo").click().run())
    assert _(SENTENCE) in said(at)
    assert kept(at) == before
    # Nor does a second click, nor any other button of the old page: none is left.
    assert [button.key for button in at.button] == ["show_restored"]
    sound(at.run())
    assert _(SENTENCE) in said(at)
    sound(at.button(key="show_restored").click().run())
    assert _(SENTENCE) not in said(at) and "mine.csv" not in said(at)
    assert at.selectbox(key="chosen_import").options == [f"1 · others.csv · {_('Orders')}"]
    sound(at.button(key="undo").click().run())
    assert history.imports(stores.opened())["status"].tolist() == ["undone"]


def test_drafts_read_before_a_restore_are_not_imported(files_page: Page, tmp_path: Path) -> None:
    content = other_backup(tmp_path)
    at = drop(files_page("en"), MINE)
    backup.restore(stores.opened(), content)
    before = kept(at)
    sound(at.button(key="confirm").click().run())
    assert SENTENCE in said(at)
    sound(at.button(key="show_restored").click().run())
    assert kept(at) == before
    assert "confirm" not in [button.key for button in at.button]


def save_plan(at: AppTest) -> AppTest:
    return at.button(key="save_version").click()


def drop_scenario(at: AppTest) -> AppTest:
    return at.button(key="drop_scenario").click()


def keep_scenario(at: AppTest) -> AppTest:
    return at.button(key="keep_scenario").click()


def choose_currency(at: AppTest) -> AppTest:
    return at.selectbox(key="set_currency").set_value("EUR")


def save_calendar(at: AppTest) -> AppTest:
    return at.button(key="keep_days").click()


def save_stages(at: AppTest) -> AppTest:
    return at.button(key="keep_stages").click()


def use_likely(at: AppTest) -> AppTest:
    return at.button(key="take_likely").click()


def ready(at: AppTest, action: Callable[[AppTest], AppTest]) -> None:
    """Fill in what the button needs."""
    if action in (save_plan, use_likely):
        sound(at.number_input(key="plan_target_2026-07-01").set_value(1_000_000.0).run())
    elif action is keep_scenario:
        sound(at.text_input(key="scenario_name").set_value("again").run())
    elif action is save_calendar:
        festival = {18: {"selling": True}}
        changes = {"edited_rows": festival, "added_rows": [], "deleted_rows": []}
        at.session_state[f"days_{at.selectbox(key='calendar_month').value}"] = changes
        sound(at.run())
    elif action is save_stages:
        place = table_with(at, "stage")["status"].tolist().index("open")
        changed = {place: {"status": "lost"}}
        at.session_state[stages_editor(at)] = {
            "edited_rows": changed, "added_rows": [], "deleted_rows": [],
        }  # fmt: skip
        sound(at.run())


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("page", "action"),
    [
        ("plan.py", save_plan),
        ("plan.py", use_likely),
        ("whatif.py", drop_scenario),
        ("whatif.py", keep_scenario),
        ("settings.py", choose_currency),
        ("settings.py", save_calendar),
        ("settings.py", save_stages),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_was_shown_before_a_restore_changes_nothing(
    opening: Opening, page: str, action: Callable[[AppTest], AppTest], tmp_path: Path
) -> None:
    content = other_backup(tmp_path)
    scenarios.keep(stores.opened(), "mine", date(2026, 6, 1), {})
    at = turned(opening, "en", page)
    ready(at, action)
    backup.restore(stores.opened(), content)
    before = kept(at)
    sound(action(at).run())
    assert SENTENCE in said(at)
    sound(at.button(key="show_restored").click().run())
    assert kept(at) == before
    assert settings.setting(stores.opened(), "currency") == "CNY"


@LANGUAGES
def test_undo_of_an_import_undone_elsewhere_takes_no_other_one_back(
    files_page: Page, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    bring(stores.opened(), OTHERS)
    at = confirm(drop(files_page(language), MINE))
    sound(at.selectbox(key="chosen_import").set_value(2).run())
    history.take_back(stores.opened(), 2)
    sound(at.button(key="undo").click().run())
    sentence = _("this import is no longer there: it was undone, or a backup replaced the data.")
    assert sentence[5:] in said(at)
    assert history.imports(stores.opened())["status"].tolist() == ["undone", "active"]


@pytest.mark.usefixtures("sample")
def test_a_scenario_deleted_elsewhere_takes_no_other_one_with_it(opening: Opening) -> None:
    june = date(2026, 6, 1)
    first = scenarios.keep(stores.opened(), "first", june, {})
    second = scenarios.keep(stores.opened(), "second", june, {})
    at = turned(opening, "en", "whatif.py")
    assert at.selectbox(key="chosen_scenario").value == second
    scenarios.drop(stores.opened(), second)
    sound(at.button(key="drop_scenario").click().run())
    assert scenarios.kept(stores.opened())["scenario_id"].tolist() == [first]


def test_an_import_of_the_same_number_in_a_backup_is_another_one(
    files_page: Page, tmp_path: Path
) -> None:
    content = other_backup(tmp_path)
    confirm(drop(files_page("en"), MINE))
    store = stores.opened()
    job_id = str(history.imports(store)["job_id"][0])
    backup.restore(store, content)
    with pytest.raises(history.ImportRefused, match="not_there"):
        history.take_back(store, 1, job_id)
    assert history.imports(store)["status"].tolist() == ["active"]
