"""A register says who has left: the day is read from the file, whoever wrote it."""

from __future__ import annotations

from datetime import date

import pytest

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
