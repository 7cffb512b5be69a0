"""Days as other languages and calendars write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.periods.calendar import selling_days
from analytics.plan.targets import month_targets
from data.store import plans, settings
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


PLAN = ["Period", "Sales Rep", "Target"]
ZH_PLAN = ["周期", "销售", "目标"]


def _targets(store: Store) -> dict[str, int]:
    rows = store.rows("SELECT period, sum(target) FROM targets GROUP BY ALL ORDER BY ALL")
    return {period: int(target) for period, target in rows}


def _month(store: Store, year: int, month: int) -> str:
    """Return the target of Ann Vale in a month, as the pages read it."""
    first = date(year, month, 1)
    days = selling_days(date(year, 1, 1), date(year, 12, 31), "ALL")
    targets = month_targets(plans.target_rows(store), first, days, scope_kind="rep")
    return f"{targets['Ann Vale'].target:.2f}" if "Ann Vale" in targets else ""


# | periods as written, of 100, 200 … | as they are
PERIODS = [
    pytest.param(
        ["2026-W52", "2026W53", "2027-W01"], ["2026-W52", "2026-W53", "2027-W01"], id="iso"
    ),
    pytest.param(["2026年第12周", "2026第13周"], ["2026-W12", "2026-W13"], id="chinese-weeks"),
    pytest.param(["KW 12/2026", "KW 13/2026"], ["2026-W12", "2026-W13"], id="german-weeks"),
    pytest.param(["Week 12 2026", "Week 13, 2026"], ["2026-W12", "2026-W13"], id="words"),
    pytest.param(["2026H1", "2026下半年"], ["2026-H1", "2026-H2"], id="halves"),
    pytest.param(["H1 2026", "2026年下半年"], ["2026-H1", "2026-H2"], id="half-first"),
]


@pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("written", "periods"), PERIODS)
def test_weeks_and_halves_are_periods_of_targets(store, written, periods, save):
    rows = [[text, "Ann Vale", 100 * at] for at, text in enumerate(written, start=1)]
    name = "targets.csv" if save is as_csv else "targets.xlsx"
    (draft,) = drafts_of(store, name, save([PLAN, *rows]))
    assert asked(store, draft) == []
    assert brought(store, name, save([PLAN, *rows])).rows_kept == len(written)
    assert list(_targets(store).items()) == [
        (period, 100 * at) for at, period in enumerate(periods, start=1)
    ]


def test_weeks_add_up_to_months_and_keep_their_total(store):
    weeks = [["2026-W52", "Ann Vale", 100], ["2026-W53", "Ann Vale", 200]]
    weeks.append(["2027-W01", "Ann Vale", 300])
    result = brought(store, "targets.csv", as_csv([["Week", *PLAN[1:]], *weeks]))
    # The last week of 2026 has four days in December and three in January: 114.29 and 85.71.
    assert _month(store, 2026, 12) == "214.29"
    assert _month(store, 2027, 1) == "385.71"
    noted = {problem.why: problem.value for problem in result.problems}
    assert noted == {"weeks_in_months": "", "weeks_in_part": "2026-12, 2027-01"}


def test_a_week_that_a_year_does_not_have_is_left_out(store):
    weeks = [["2025-W53", "Ann Vale", 100], ["2025-W52", "Ann Vale", 200]]
    result = brought(store, "targets.csv", as_csv([["Week", *PLAN[1:]], *weeks]))
    assert result.left_out == {"unreadable_date": 1}
    assert _targets(store) == {"2025-W52": 200}


# | fiscal years as written | the settings | answer | as they are
FISCAL = [
    pytest.param(["FY2026", "FY2027"], None, "1", ["2026", "2027"], id="calendar"),
    pytest.param(["FY26", "FY27"], None, "4b", ["2026-04/2027-03", "2027-04/2028-03"], id="begins"),
    pytest.param(
        ["FY26 Q1", "Q2 FY26"], None, "4e", ["2025-04/2025-06", "2025-07/2025-09"], id="ends"
    ),
    pytest.param(
        ["2026财年上半年", "2026财年下半年"], None, "7e",
        ["2025-07/2025-12", "2026-01/2026-06"], id="chinese-halves",
    ),
    pytest.param(
        ["FY2025/26", "2026-27"], None, "10b", ["2025-10/2026-09", "2026-10/2027-09"], id="spans"
    ),
    pytest.param(["FY2026 Q3", "FY2026 Q4"], "4", "4b", ["2026-Q3", "2026-Q4"], id="as-set"),
    pytest.param(["FY2026 Q3", "FY2026 Q4"], "4", "4e", ["2025-Q3", "2025-Q4"], id="set-by-end"),
]  # fmt: skip


@pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("written", "first_month", "answer", "periods"), FISCAL)
def test_when_fiscal_years_begin_is_asked_once(store, written, first_month, answer, periods, save):
    settings.choose(store, "fiscal_year", first_month)
    name = "targets.csv" if save is as_csv else "targets.xlsx"
    content = save([PLAN, *([text, "Ann Vale", 100] for text in written)])
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == ["fiscal_year"]
    assert brought(store, name, content, {"fiscal_year": answer}).rows_kept == len(written)
    assert _targets(store) == dict.fromkeys(periods, 100)


@pytest.mark.parametrize(
    ("written", "first_month", "periods"),
    [
        (["FY2026", "2026财年Q1"], "1", ["2026", "2026-Q1"]),
        (["FY2026/27", "2027/28"], "4", ["2026", "2027"]),
    ],
)
def test_fiscal_years_that_the_settings_settle_are_not_asked_about(
    store, written, first_month, periods
):
    settings.choose(store, "fiscal_year", first_month)
    content = as_csv([PLAN, *([text, "Ann Vale", 100] for text in written)])
    (draft,) = drafts_of(store, "targets.csv", content)
    assert asked(store, draft) == []
    brought(store, "targets.csv", content)
    assert _targets(store) == dict.fromkeys(periods, 100)


def test_a_fiscal_year_of_other_months_keeps_its_total(store):
    content = as_csv([PLAN, ["FY2026", "Ann Vale", 1000]])
    result = brought(store, "targets.csv", content, {"fiscal_year": "4e"})
    assert [problem.why for problem in result.problems] == ["fiscal_in_months"]
    months = [(2025, month) for month in range(4, 13)] + [(2026, month) for month in range(1, 4)]
    parts = [Decimal(_month(store, *month)) for month in months]
    # 30 of 365 days.
    assert parts[0] == Decimal("82.19")
    assert sum(parts) == 1000
    assert _month(store, 2025, 3) == _month(store, 2026, 4) == ""


# | headers of periods | answers | as they are
WIDE = [
    pytest.param(
        ["2026-W10", "2026-W11", "W12 2026"], {}, ["2026-W10", "2026-W11", "2026-W12"], id="weeks"
    ),
    pytest.param(
        ["第10周", "第11周", "第12周"], {"period/year": "2026"},
        ["2026-W10", "2026-W11", "2026-W12"], id="chinese-weeks-without-a-year",
    ),
    pytest.param(["2026H1", "2026H2"], {}, ["2026-H1", "2026-H2"], id="halves"),
    pytest.param(["2026上半年", "2026下半年"], {}, ["2026-H1", "2026-H2"], id="chinese-halves"),
    pytest.param(
        ["FY26 Q1", "FY26 Q2"], {"fiscal_year": "4b"}, ["2026-04/2026-06", "2026-07/2026-09"],
        id="fiscal-quarters",
    ),
    pytest.param(["FY2026", "FY2027"], {"fiscal_year": "1"}, ["2026", "2027"], id="fiscal-years"),
    pytest.param(
        ["Jän 2026", "Mär 2026", "Mai 2026"], {}, ["2026-01", "2026-03", "2026-05"], id="german"
    ),
]  # fmt: skip


@pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("header", "answers", "periods"), WIDE)
def test_periods_as_columns_become_rows(store, header, answers, periods, save):
    name = "Sales targets.csv" if save is as_csv else "Sales targets.xlsx"
    people = [
        ["Ann Vale", *range(100, 100 * len(header) + 1, 100)],
        ["Bo Reed", *[10] * len(header)],
    ]
    content = save([["Sales Rep", *header], *people])
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == list(answers)
    assert brought(store, name, content, answers).rows_kept == 2 * len(header)
    assert _targets(store) == {period: 100 * at + 10 for at, period in enumerate(periods, start=1)}


# | lines above the header | file | questions
MADE = [
    pytest.param(["2026年销售目标", "编制日期：2025-12-20"], "目标.csv", [], id="title"),
    pytest.param(["编制日期：2025年12月20日"], "2026年目标.csv", [], id="file"),
    pytest.param(["2026 sales targets", "Printed on 12/20/2025"], "targets.csv", [], id="english"),
    pytest.param(["销售目标", "制表时间 2025/12/20"], "2026目标.xlsx", [], id="workbook"),
    pytest.param(["2026年業績目標", "製表日期：2025.12.20"], "目標.csv", [], id="taiwan"),
    pytest.param(["销售目标", "编制日期：2025-12-20"], "目标.csv", ["period/year"], id="only-made"),
    pytest.param(["2025–2026 targets"], "targets.csv", ["period/year"], id="two-years"),
]


@pytest.mark.parametrize(("above", "name", "questions"), MADE)
def test_the_day_on_which_a_sheet_was_made_is_not_the_year_of_its_months(
    store, above, name, questions
):
    months = [["销售", "1月", "2月", "3月"], ["张三", 100, 200, 300], ["李四", 10, 20, 30]]
    save = as_xlsx if name.endswith("xlsx") else as_csv
    (draft,) = drafts_of(store, name, save([*([line] for line in above), *months]))
    assert asked(store, draft) == questions
