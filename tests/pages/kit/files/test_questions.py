"""What the files page asks of values, stages and names; and that every match can be changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store import database as stores
from pages.kit.i18n.words import words
from tests.pages import test_files_page
from tests.pages.companies import csv_of
from tests.pages.reading import said, sound
from tests.pages.test_files_page import LANGUAGES, confirm, drop

Page = Callable[[str], AppTest]
files_page = test_files_page.files_page


def answer(at: AppTest, column: str, option: str) -> AppTest:
    """The page after the open question of a column was answered."""
    (asked,) = [
        one for one in at.segmented_control if f"_{column}_" in str(one.key) and one.value is None
    ]
    return sound(asked.set_value(option).run())


def orders(*rows: tuple[object, ...]) -> bytes:
    return csv_of(("Order ID", "Order Date", "Customer", "Amount"), rows)


@LANGUAGES
@pytest.mark.parametrize(("unit", "amount"), [("10000", 125_000), ("1", 12.5)])
def test_a_unit_above_the_table_is_asked_about_and_can_be_answered_otherwise(
    files_page: Page, fresh: Path, language: str, unit: str, amount: float
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    title = "销售台账,,,\n单位：万元,,,\n".encode()
    at = drop(files_page(language), {"o.csv": title + orders(("A1", "2026-03-02", "X", 12.5))})
    assert _("the title states a unit: are the amounts in that unit?") in said(at)
    assert at.button(key="confirm").disabled
    other = "1" if unit == "10000" else "10000"
    answer(at, "amount/unit", other)
    # An answer stays in sight until the import and can be changed.
    (again,) = [one for one in at.segmented_control if "_amount/unit_" in str(one.key)]
    assert again.value == other
    confirm(sound(again.set_value(unit).run()))
    assert stores.opened(fresh).rows("SELECT amount FROM orders") == [(amount,)]


@LANGUAGES
def test_a_dollar_is_asked_about_and_then_remembered(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = drop(files_page(language), {"a.csv": orders(("A1", "2026-03-02", "X", "$12.5"))})
    assert _("which currency is “{sign}”?", sign="$") in said(at).replace("\\", "")
    confirm(answer(at, "amount/$", "HKD"))
    at = drop(at, {"b.csv": orders(("A2", "2026-03-03", "X", "$8.5"))})
    (asked,) = [one for one in at.segmented_control if "_amount/$_" in str(one.key)]
    assert asked.value == "HKD"
    confirm(at)
    found = stores.opened(fresh).rows("SELECT DISTINCT currency FROM orders")
    assert found == [("HKD",)]


@LANGUAGES
def test_the_answer_to_one_question_opens_the_next_on_the_same_page(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    at = drop(files_page(language), {"a.csv": orders(("A1", "03/04/65", "X", 5))})
    assert _("which century are these years in?") not in said(at)
    answer(at, "order_date", "mdy")
    assert _("which century are these years in?") in said(at)
    assert at.button(key="confirm").disabled
    confirm(answer(at, "order_date/years", "1900"))
    ((day,),) = stores.opened(fresh).rows("SELECT order_date FROM orders")
    assert str(day) == "1965-03-04"


@LANGUAGES
def test_what_another_column_shows_is_told_and_not_asked(files_page: Page, language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    text = csv_of(
        ("Order ID", "Order Date", "Amount", "Cost"),
        [("A1", "2026-03-02", "1,234", "1,000.5"), ("A2", "2026-03-03", "2,000", "7.25")],
    )
    at = drop(files_page(language), {"a.csv": text})
    assert not at.button(key="confirm").disabled
    how = _("decimal point (1,052.75)")
    told = _(
        "“{header}” is read as {how}, based on “{other}”.", header="Amount", how=how, other="Cost"
    )
    assert told in said(at).replace("\\", "")


def editor(at: AppTest):  # type: ignore[no-untyped-def]
    return next(one for one in at.data_editor if str(one.key).endswith("_editor"))


@LANGUAGES
def test_a_column_chosen_anew_is_taken_from_where_it_was(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    text = csv_of(
        ("Order ID", "Order Date", "Customer", "Amount", "Gross amount"),
        [("A1", "2026-03-02", "X", 100, 113)],
    )
    at = drop(files_page(language), {"orders.csv": text})
    at.session_state[editor(at).key] = {
        "edited_rows": {4: {"column": "amount"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()
    shown = editor(at).value
    assert shown["column"].tolist()[4] == "amount"
    assert shown["sure"].tolist()[4] == _("your choice")
    assert shown["typed"].tolist()[4] == "113"
    assert not at.warning
    confirm(at)
    assert stores.opened(fresh).rows("SELECT amount FROM orders") == [(113,)]
    # The choice is remembered for the next file of that shape.
    again = drop(at, {"later.csv": text.replace(b"A1", b"A2")})
    found = editor(again).value["column"]
    assert found.isna()[3] and found[4] == "amount"


def deals(prefix: str, *stages_: str) -> bytes:
    return csv_of(
        ("Deal ID", "Deal Name", "Stage", "Amount", "Probability", "Created Date"),
        [
            (f"{prefix}{at}", f"{prefix} {at}", stage, 1000, likely, "2026-03-02")
            for at, (stage, likely) in enumerate(one.split("=") for one in stages_)
        ],
    )


@LANGUAGES
def test_stages_are_put_in_order_once_and_new_ones_are_asked_about_alone(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    files = {"deals.csv": deals("A", "盖章=0.9", "摸底=0.1", "赢单=1")}
    at = confirm(drop(files_page(language), files))
    assert _("Are these your deal stages, in the right order?") in said(at)
    sound(at.button(key="stages_said").click().run())
    kept = "SELECT stage, status FROM stages ORDER BY place"
    assert stores.opened(fresh).rows(kept) == [("摸底", "open"), ("盖章", "open"), ("赢单", "won")]
    assert not [one for one in at.button if one.key == "stages_said"]
    confirm(drop(at, {"more.csv": deals("B", "打样=0.4", "盖章=0.9")}))
    assert _("New stages: {stages}. Where do they belong?", stages="打样") in said(at)
    sound(at.button(key="stages_said").click().run())
    assert [stage for stage, _s in stores.opened(fresh).rows(kept)] == [
        "摸底",
        "打样",
        "盖章",
        "赢单",
    ]


@LANGUAGES
def test_names_that_nearly_match_across_files_are_answered_and_the_answer_taken_back(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    rows = [("A1", "2026-03-02", "Acme", 5), ("A2", "2026-03-03", "Acme", 5)]
    files = {"a.csv": orders(*rows, ("A3", "2026-03-04", "ACME Inc.", 7))}
    at = confirm(drop(files_page(language), files))
    customers = "SELECT DISTINCT customer FROM orders ORDER BY ALL"
    sound(at.button(key="same_customer_ACME Inc.").click().run())
    assert stores.opened(fresh).rows(customers) == [("Acme",)]
    assert _("Are these the same?") not in said(at)
    sound(at.button(key="take_back_answer").click().run())
    assert stores.opened(fresh).rows(customers) == [("ACME Inc.",), ("Acme",)]
    assert _("Are these the same?") in said(at)


@LANGUAGES
def test_a_column_that_cannot_be_read_is_told_before_the_import_with_a_sample(
    files_page: Page, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    rows = [(f"A{at}", "2026-03-02", "X", f"{at}.2.3") for at in range(1, 4)]
    at = drop(files_page(language), {"a.csv": orders(*rows)})
    assert at.button(key="confirm").disabled
    assert "1.2.3" in "".join(one.value for one in at.warning).replace("\\", "")
    assert at.expander[0].proto.expanded
    (editor,) = [one.value for one in at.dataframe if "sure" in one.value]
    told = dict(zip(editor["header"], editor["sure"], strict=True))
    assert (told["Amount"], told["Order Date"]) == (_("unreadable"), _("certain"))


@LANGUAGES
@pytest.mark.parametrize(("option", "left"), [("deleted", 170), ("kept", 220)])
def test_orders_missing_from_a_newer_file_are_asked_about_and_the_answer_counts(
    files_page: Page, fresh: Path, language: str, option: str, left: int
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    first = orders(("O-1", "2026-02-20", "X", 100), ("O-2", "2026-02-21", "Y", 50))
    newer = orders(("O-1", "2026-02-20", "X", 100), ("O-3", "2026-03-02", "Z", 70))
    at = drop(confirm(drop(files_page(language), {"a.csv": first})), {"b.csv": newer})
    assert at.button(key="confirm").disabled
    confirm(answer(at, "order_id/gone", option))
    assert stores.opened(fresh).rows("SELECT sum(amount) FROM orders") == [(left,)]


@LANGUAGES
@pytest.mark.parametrize(("option", "count"), [("same", 1), ("different", 2)])
def test_numbers_that_differ_in_zeros_are_asked_about_and_the_answer_counts(
    files_page: Page, fresh: Path, language: str, option: str, count: int
) -> None:
    first, newer = orders(("007", "2026-02-20", "X", 100)), orders(("7", "2026-02-20", "X", 90))
    at = drop(confirm(drop(files_page(language), {"a.csv": first})), {"b.csv": newer})
    confirm(answer(at, "order_id/zeros", option))
    assert stores.opened(fresh).rows("SELECT count(*) FROM orders") == [(count,)]


@LANGUAGES
@pytest.mark.parametrize(("option", "teams"), [("moved", 2), ("corrected", 1)])
def test_people_with_another_team_are_asked_about_once_and_named(
    files_page: Page, fresh: Path, language: str, option: str, teams: int
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    header = ("Sales Rep", "Team")
    people = [f"Rep {letter}" for letter in "ABCDE"]
    first = csv_of(header, [(name, "North") for name in people])
    newer = csv_of(header, [(name, "South") for name in people])
    at = drop(confirm(drop(files_page(language), {"a.csv": first})), {"b.csv": newer})
    assert at.button(key="confirm").disabled
    (listed,) = [one.value for one in at.dataframe if _("In the file") in one.value]
    assert listed[_("In the file")].to_list() == [f"{name} · South" for name in people]
    assert all("North → South" in text for text in listed.iloc[:, 1])
    confirm(answer(at, "rep/moved", option))
    rows = stores.opened(fresh).rows("SELECT rep, team FROM reps")
    assert len(rows) == teams * len(people)


@LANGUAGES
def test_numbers_that_lost_their_digits_are_told_where_everybody_sees_it(
    files_page: Page, fresh: Path, language: str
) -> None:
    cut = orders(("1.23E+15", "2026-03-02", "X", 10), ("1.23E+15", "2026-03-03", "Y", 20))
    at = drop(files_page(language), {"a.csv": cut})
    assert "1.23E+15" in "".join(one.value for one in at.warning).replace("\\", "")
    confirm(at)
    assert stores.opened(fresh).rows("SELECT count(DISTINCT order_id) FROM orders") == [(2,)]


@LANGUAGES
def test_the_row_of_a_person_in_two_teams_is_chosen(
    files_page: Page, fresh: Path, language: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    listed = csv_of(("Sales Rep", "Team"), (("Ann Vale", "North"), ("Ann Vale", "South")))
    at = drop(files_page(language), {"reps.csv": listed})
    asked = _(
        "“{name}” stands in several rows with different teams, managers or regions. Which one "
        "holds? All that this person sells counts there.",
        name="Ann Vale",
    )
    assert asked in said(at)
    assert at.button(key="confirm").disabled
    confirm(answer(at, "rep/place/Ann Vale", "North"))
    assert stores.opened(fresh).rows("SELECT rep, team FROM reps") == [("Ann Vale", "North")]
