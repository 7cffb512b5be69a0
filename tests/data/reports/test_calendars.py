"""Days as other languages and calendars write them."""

from __future__ import annotations

from datetime import date

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

HEADER = ["Order ID", "Order Date", "Customer", "Amount"]
COMPANIES = ["Alder", "Birch", "Cedar", "Dorn", "Elm"]


def _orders(*days: object, header: list[str] = HEADER) -> Rows:
    """Return a sheet of orders of 100, 200 … on some days."""
    rows = zip(days, COMPANIES, strict=False)
    return [
        header,
        *([f"T-{at}", day, who, 100 * at] for at, (day, who) in enumerate(rows, start=1)),
    ]


def _days(store: Store) -> list[date]:
    return [day for (day,) in store.rows("SELECT order_date FROM orders ORDER BY amount")]


# | days as written | as they are
MONTH_WORDS = [
    pytest.param(["2. März 2026", "15. Feb. 2026", "3. Dez 2025"], "de", id="german"),
    pytest.param(["02-Mrz-26", "15-Feb-26", "03-Dez-25"], "de", id="german-excel"),
    pytest.param(["2 mars 2026", "15 févr. 2026", "3 décembre 2025"], "fr", id="french"),
    pytest.param(["lundi 2 mars 2026", "dimanche 15 fevrier 2026", "3 dec 2025"], "fr", id="typed"),
    pytest.param(["2 de marzo de 2026", "15 de febrero de 2026", "3 dic 2025"], "es", id="spanish"),
    pytest.param(
        ["2 de março de 2026 10:30", "15/fev/2026 09:00", "3 de dez. de 2025 8:05"],
        "pt",
        id="portuguese-times",
    ),
    pytest.param(["2 marzo 2026", "15 feb 2026", "3 dicembre 2025"], "it", id="italian"),
    pytest.param(["2 maart 2026", "15-feb-2026", "3 dec. 2025"], "nl", id="dutch"),
    pytest.param(["2 марта 2026 г.", "15 февраля 2026 г.", "3 дек. 2025"], "ru", id="russian"),
]


@pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("days", "language"), MONTH_WORDS)
def test_month_words_of_other_languages_are_read_without_a_question(store, days, language, save):
    name = f"orders_{language}.{'csv' if save is as_csv else 'xlsx'}"
    (draft,) = drafts_of(store, name, save(_orders(*days)))
    assert asked(store, draft) == []
    assert brought(store, name, save(_orders(*days))).rows_kept == 3
    assert _days(store) == [date(2026, 3, 2), date(2026, 2, 15), date(2025, 12, 3)]


def test_a_chinese_list_with_french_months_is_a_list_of_orders(store):
    rows = [
        ["订单编号", "日期", "客户", "金额"],
        ["S-1", "1 août 2026", "华东水泵有限公司", 100],
        ["S-2", "15 févr. 2026", "长江阀门有限公司", 200],
    ]
    assert (
        brought(store, "清单.csv", as_csv(rows).decode("utf-8-sig").encode("gb18030")).rows_kept
        == 2
    )
    assert _days(store) == [date(2026, 8, 1), date(2026, 2, 15)]


ZH_HANS = ["订单编号", "下单日期", "客户", "金额"]
THAI_DAYS = [date(2026, 3, 2), date(2026, 3, 25), date(2026, 3, 31)]
# | header | days as written | as they are
OTHER_ERAS = [
    pytest.param(HEADER, ["02/03/2569", "25/03/2569", "31/03/2569"], THAI_DAYS, id="thai-slashes"),
    pytest.param(HEADER, ["2569-03-02", "2569-03-25", "2569-03-31"], THAI_DAYS, id="thai-iso"),
    pytest.param(
        HEADER, ["2 มี.ค. 2569", "25 มีนาคม 2569", "31 มี.ค. พ.ศ. 2569"], THAI_DAYS, id="thai-words"
    ),
    pytest.param(
        HEADER,
        ["2/3/2569 10:30", "25/3/2569 8:05", "31/3/2569 23:59"],
        THAI_DAYS,
        id="thai-times",
    ),
    pytest.param(HEADER, ["25690302", "25690325", "25690331"], THAI_DAYS, id="thai-compact"),
    pytest.param(
        ZH_HANS,
        ["115/03/02", "114/12/31", "99/01/05"],
        [date(2026, 3, 2), date(2025, 12, 31), date(2010, 1, 5)],
        id="minguo-over-a-hundred",
    ),
    pytest.param(
        ZH_HANS,
        ["1150302", "1141231", "0990105"],
        [date(2026, 3, 2), date(2025, 12, 31), date(2010, 1, 5)],
        id="minguo-digits",
    ),
    pytest.param(
        ZH_HANS,
        ["民國115年3月2日", "中華民國114年12月31日", "民国99年1月5日"],
        [date(2026, 3, 2), date(2025, 12, 31), date(2010, 1, 5)],
        id="minguo-words",
    ),
    pytest.param(
        ZH_HANS,
        ["115-03-02 10:30", "114-12-31 09:00", "115-01-05 00:00"],
        [date(2026, 3, 2), date(2025, 12, 31), date(2026, 1, 5)],
        id="minguo-times",
    ),
    pytest.param(
        ZH_HANS,
        ["民國115.3.2", "2025/12/31", "2026/1/5"],
        [date(2026, 3, 2), date(2025, 12, 31), date(2026, 1, 5)],
        id="the-word-leaves-no-doubt",
    ),
]


@pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("header", "days", "dates"), OTHER_ERAS)
def test_years_of_another_calendar_are_read_and_that_is_noted(store, header, days, dates, save):
    name = "orders.csv" if save is as_csv else "orders.xlsx"
    rows = _orders(*days, header=header)
    (draft,) = drafts_of(store, name, save(rows))
    assert asked(store, draft) == []
    result = brought(store, name, save(rows))
    era = "thai_years" if header is HEADER else "minguo_years"
    assert [problem.why for problem in result.problems] == [era]
    assert _days(store) == dates


# | days as written | as they are with the other calendar; None is left out
DOUBTFUL = [
    pytest.param(["2569-03-02", "2026-03-25"], "thai", ["2026-03-02", "2026-03-25"], id="mixed"),
    pytest.param(
        ["2569-03-02", "2599-03-25"], "thai", ["2026-03-02", "2056-03-25"], id="far-ahead"
    ),
    pytest.param(["115/03/02", "2026/03/25"], "minguo", ["2026-03-02", "2026-03-25"], id="minguo"),
    pytest.param(["1150302", "20260325"], "minguo", ["2026-03-02", "2026-03-25"], id="digits"),
]


@pytest.mark.parametrize(("days", "era", "dates"), DOUBTFUL)
def test_years_that_may_be_of_another_calendar_are_asked_about(store, days, era, dates):
    rows = as_csv(_orders(*days))
    (draft,) = drafts_of(store, "orders.csv", rows)
    assert asked(store, draft) == ["order_date/calendar"]
    brought(store, "orders.csv", rows, {"order_date/calendar": era})
    assert [f"{day}" for day in _days(store)] == dates


def test_days_that_stay_as_they_are_written_are_left_out_and_listed(store):
    days = ["2569-03-02", "2026-03-25", "2026-03-26"]
    answers = {"order_date/calendar": "as_they_stand"}
    result = brought(store, "orders.csv", as_csv(_orders(*days)), answers)
    assert result.left_out == {"unreadable_date": 1}
    assert _days(store) == [date(2026, 3, 25), date(2026, 3, 26)]


def test_one_slip_among_many_days_is_no_other_calendar(store):
    days = [f"2026-03-{day:02d}" for day in range(1, 31)]
    rows = [HEADER, *([f"T-{day}", day, "Alder", 100] for day in [*days, "2569-03-02"])]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []
    assert brought(store, "orders.csv", as_csv(rows)).left_out == {"unreadable_date": 1}


def test_two_digit_years_and_numbers_of_orders_are_no_years_of_another_calendar(store):
    rows = [
        ["Order ID", "Order Date", "Customer", "Amount"],
        ["25081201", "99/03/02", "Alder", 1150302],
        ["25081202", "98/03/02", "Birch", 1150303],
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert not any("calendar" in key for key in asked(store, draft))
    assert draft.mapping["order_id"] == 0
