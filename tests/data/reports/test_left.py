"""A register says who has left: the day is read from the file, whoever wrote it."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.actuals import teams
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

REGISTERS = [
    pytest.param(
        [["姓名", "团队", "入职日期", "离职日期"], ["Ann", "华东", "2024-05-01", None],
         ["Bo", "华东", "2023-05-01", "2026-10-31"], ["Cy", "华南", "2022-01-04", None]],
        id="chinese",
    ),
    pytest.param(
        [["员工姓名", "部门", "岗位", "最后工作日"], ["Ann", "华东", "销售", None],
         ["Bo", "华东", "销售", "2026/10/31"], ["Cy", "华南", "销售", None]],
        id="last-working-day",
    ),
    pytest.param(
        [["Name", "Team", "Hire Date", "Termination Date"], ["Ann", "East", "2024-05-01", None],
         ["Bo", "East", "2023-05-01", "2026-10-31"], ["Cy", "West", "2022-01-04", None]],
        id="english",
    ),
    pytest.param(
        [["Employee Name", "Department", "Date of Joining", "Leave Date"],
         ["Ann", "East", "2024-05-01", None], ["Bo", "East", "2023-05-01", "2026-10-31"],
         ["Cy", "West", "2022-01-04", None]],
        id="leave-date",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Leave", "Last Day"], ["Ann", "East", "3 weeks in May", None],
         ["Bo", "East", None, "31 Oct 2026"], ["Cy", "West", None, None]],
        id="beside-holidays",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Austrittsdatum"], ["Ann", "Ost", None],
         ["Bo", "Ost", "31.10.2026"], ["Cy", "West", None]],
        id="german",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Date de sortie"], ["Ann", "Est", None],
         ["Bo", "Est", "31/10/2026"], ["Cy", "Ouest", None]],
        id="french",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("register", REGISTERS)
def test_the_day_somebody_left_is_read(store: Store, register: Rows, suffix: str) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    result = brought(store, f"reps.{suffix}", made(register))
    assert result.table == "reps" and result.left_out == {}
    found = store.rows("SELECT rep, left_date FROM reps ORDER BY rep")
    assert found == [("Ann", None), ("Bo", date(2026, 10, 31)), ("Cy", None)]


# A column that says who has left, and not when: Bo has.
WORDS = [
    pytest.param(
        [["姓名", "部门", "状态"], ["Ann", "华东", "在职"], ["Bo", "华东", "离职"],
         ["Cy", "华南", "试用期"]],
        id="chinese-status",
    ),
    pytest.param(
        [["员工姓名", "团队", "是否在职"], ["Ann", "华东", "是"], ["Bo", "华东", "否"],
         ["Cy", "华南", "是"]],
        id="chinese-yes-no",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Employment Status"], ["Ann", "East", "Active"],
         ["Bo", "East", "Terminated"], ["Cy", "West", "On leave"]],
        id="terminated",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Left"], ["Ann", "East", "N"], ["Bo", "East", "Y"],
         ["Cy", "West", None]],
        id="left-y",
    ),
    pytest.param(
        [["Full Name", "Team", "Active"], ["Ann", "East", "TRUE"], ["Bo", "East", "FALSE"],
         ["Cy", "West", "TRUE"]],
        id="active-false",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Status", "Leave Date"], ["Ann", "East", "Active", None],
         ["Bo", "East", "Inactive", None], ["Cy", "West", "Active", None]],
        id="day-left-blank",
    ),
    pytest.param(
        [["Verkäufer", "Team", "Status"], ["Ann", "Ost", "aktiv"], ["Bo", "Ost", "ausgeschieden"],
         ["Cy", "West", "Elternzeit"]],
        id="german-status",
    ),
    pytest.param(
        [["姓名", "部门"], ["Ann", "华东"], ["Bo（离职）", "华东"], ["Cy", "华南"]],
        id="beside-the-name",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("register", WORDS)
def test_who_has_left_without_a_day_was_gone_on_the_day_of_the_list(
    store: Store, register: Rows, suffix: str
) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    name = register[2][0]
    result = brought(store, f"reps_2026-03-01.{suffix}", made(register))
    assert result.error is None and result.rows_kept == 3
    found = store.rows("SELECT rep, left_date FROM reps ORDER BY rep")
    assert found == [("Ann", None), (name, date(2026, 2, 28)), ("Cy", None)]
    (said,) = [problem for problem in result.problems if problem.why == "left_by_word"]
    assert said.value == f"{name} (2026-02-28)"
    # The team of the time before stays known.
    held = teams.on(store.frame("SELECT * FROM reps"), date(2026, 1, 31))
    assert held.set_index("rep").loc[name, "team"] == register[2][1]
    # The next list knows no better; one that has the person again does.
    newer = [list(row) for row in register]
    brought(store, f"reps_2026-03-20.{suffix}", made([*newer, ["Di", register[3][1]]]))
    assert ("Bo" not in name) or store.rows("SELECT left_date FROM reps WHERE rep = ?", [name]) == [
        (date(2026, 2, 28),)
    ]


STAYED = [
    pytest.param(
        [["Sales Rep", "Team", "Status"], ["Ann", "East", "Active"], ["Bo", "East", "Active"]],
        id="all-active",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Status", "Left on"], ["Ann", "East", "Active", None],
         ["Bo", "East", "Left", "2026-01-15"]],
        id="with-the-day",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Email"], ["Ann", "East", "left@x.com"], ["Bo", "East", "b@x.com"]],
        id="an-address",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Skills"], ["Ann", "East", "Former"], ["Bo", "East", "Left"]],
        id="no-column-of-states",
    ),
    pytest.param(
        [["Sales Rep", "Team", "From", "Status"], ["Ann", "East", "2025-01-01", "Inactive"],
         ["Ann", "West", "2026-02-01", "Active"]],
        id="an-old-row-of-one-who-moved",
    ),
    pytest.param(
        [["Sales Rep", "Team", "Location Status"], ["Ann", "East", "Berlin"],
         ["Bo", "East", "Gone"], ["Cy", "East", "Paris"], ["Di", "East", "Rome"]],
        id="other-words",
    ),
]  # fmt: skip


@pytest.mark.parametrize("register", STAYED)
def test_nobody_is_taken_for_gone_without_a_word_that_says_so(store: Store, register: Rows) -> None:
    result = brought(store, "reps.csv", as_csv(register))
    assert result.error is None
    assert "left_by_word" not in {problem.why for problem in result.problems}
    gone = store.rows("SELECT left_date FROM reps WHERE left_date IS NOT NULL")
    assert gone in ([], [(date(2026, 1, 15),)])


def test_a_state_that_nobody_knows_is_said(store: Store) -> None:
    rows = [["Sales Rep", "Team", "Status"], ["Ann", "East", "Active"], ["Bo", "East", "Left"],
            ["Cy", "East", "Garden break"]]  # fmt: skip
    result = brought(store, "reps.csv", as_csv(rows))
    said = {problem.why: problem.value for problem in result.problems}
    assert said == {"left_by_word": "Bo (2026-03-30)", "state_unknown": "Garden break"}
