from __future__ import annotations

import ast
import pickle
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.whatif.drivers import BUDGET
from domain.errors import FileError, FilterError, ImportRefused, StoreError
from domain.measures import measure
from domain.scope import DIMENSIONS, SOURCES, Scope
from domain.tables import C_, TABLES
from pages.kit.i18n import error_words, labels, note_words
from pages.kit.i18n.labels import choice_label, listed, scope_sentence
from pages.kit.i18n.numbers import (
    date_text,
    days,
    escaped,
    exact,
    money,
    month_text,
    number,
    percent,
    signed,
)
from pages.kit.i18n.sentences import (
    error_sentence,
    left_out_sentence,
    note_sentence,
    problem_sentence,
)
from pages.kit.i18n.verdict import verdict
from pages.kit.i18n.words import Words, language_of, words
from pages.kit.whatif import sliders

ROOT = Path(__file__).parents[4]
ZH, EN = words("zh"), words("en")
CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("zh-CN,zh;q=0.9", "zh"),
        ("zh_Hans_CN", "zh"),
        ("zh-TW", "zh"),
        ("en-US", "en"),
        ("de-DE,zh;q=0.5,en;q=0.3", "zh"),
        ("en;q=0.3,zh;q=0.9", "zh"),
        ("zh;q=0,en", "en"),
        ("fr-FR", "en"),
        ("zh;q=x", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_language_is_the_first_that_the_browser_asks_for(accept: str | None, code: str) -> None:
    assert language_of(accept) == code


def test_words_are_translated_and_filled() -> None:
    assert (EN("{month}, as of {day}", month="M", day="D")) == "M, as of D"
    assert (ZH("{month}, as of {day}", month="M", day="D")) == "M，截至D"
    assert (EN.n("{n} deal", "{n} deals", 1), EN.n("{n} deal", "{n} deals", 1234)) == (
        "1 deal",
        "1,234 deals",
    )
    assert ZH.n("{n} deal", "{n} deals", 1) == "1 个商机"


def test_a_sentence_that_is_not_in_the_catalogue_stays_english() -> None:
    assert ZH("Nobody has said this yet {x}") == "Nobody has said this yet {x}"
    assert ZH("") == ""


def test_a_context_chooses_among_the_meanings_of_a_word() -> None:
    assert (ZH("Probability"), ZH.c("target", "Probability")) == ("赢率", "达标概率")
    assert EN.c("target", "Probability") == EN(C_("target", "Probability")) == "Probability"
    assert ZH(C_("count", "Deals")) == "商机数"
    for _ in (EN, ZH):
        assert _.c("no such context", "Nobody wrote {n}", n=3) == "Nobody wrote 3"


def test_words_can_be_part_of_a_cache_key_and_travel() -> None:
    assert pickle.loads(pickle.dumps(ZH)) == ZH == words("zh")
    assert len({ZH, words("zh"), EN, words("de"), words("zh", "k")}) == 3


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (0, "¥0", "¥0"),
        (0.004, "¥0", "¥0"),
        (12.5, "¥12.50", "¥12.50"),
        (99.999, "¥100.00", "¥100.00"),
        (999.6, "¥1,000", "¥1.00K"),
        (8765.4, "¥8,765", "¥8.77K"),
        (9_999.4, "¥9,999", "¥10.0K"),
        (9_999.6, "¥1.00万", "¥10.0K"),
        (12_345, "¥1.23万", "¥12.3K"),
        (123_456, "¥12.3万", "¥123K"),
        (999_500, "¥100万", "¥1.00M"),
        (11_834_567, "¥1,180万", "¥11.8M"),
        (99_949_999, "¥9,990万", "¥99.9M"),
        (99_950_000, "¥1.00亿", "¥100M"),
        (99_999_999, "¥1.00亿", "¥100M"),
        (123_456_789, "¥1.23亿", "¥123M"),
        (999_999_999, "¥10.0亿", "¥1.00B"),
        (1_234_567_890_123, "¥12,300亿", "¥1,230B"),
        (-720_000, "−¥72.0万", "−¥720K"),
        (Decimal("1500000.0000"), "¥150万", "¥1.50M"),
        (None, "暂无", "n/a"),
        (float("nan"), "暂无", "n/a"),
        (float("inf"), "暂无", "n/a"),
    ],
    ids=str,
)
def test_compact_money(value: object, chinese: str, english: str) -> None:
    assert (money(ZH, value, "CNY"), money(EN, value, "CNY")) == (chinese, english)


@given(st.decimals(min_value="0.01", max_value=10**15, places=2))
def test_compact_money_is_within_half_of_its_third_digit(value: Decimal) -> None:
    for units, scale in (("wan", {"万": 10**4, "亿": 10**8}), ("k", {"K": 10**3, "M": 10**6})):
        shown = money(EN, value, "", units=units)  # type: ignore[arg-type]
        unit = {**scale, "B": 10**9}.get(shown[-1], 1)
        figure = Decimal(shown.rstrip("万亿KMB").replace(",", "")) * unit
        assert abs(figure - value) <= max(value * Decimal("0.005"), Decimal("0.005"))


@given(st.decimals(min_value=1, max_value=10**12, places=0))
def test_compact_money_is_promoted_before_it_needs_more_digits(value: Decimal) -> None:
    assert len(re.sub(r"\D", "", money(EN, value, "", units="k"))) <= 4
    assert "0000万" not in money(ZH, value, "").replace(",", "")


@pytest.mark.parametrize(
    ("currency", "shown"),
    [
        ("CNY", "¥1.50M"),
        ("USD", "$1.50M"),
        ("EUR", "€1.50M"),
        ("HKD", "HK$1.50M"),
        ("XXQ", "XXQ\N{NO-BREAK SPACE}1.50M"),
        ("", "1.50M"),
    ],
)
def test_a_currency_has_its_sign_or_else_its_code(currency: str, shown: str) -> None:
    assert money(EN, 1_500_000, currency) == shown


def test_money_in_full_and_with_chosen_units() -> None:
    assert exact(ZH, Decimal("-1234567.8950"), "CNY") == "−¥1,234,567.90"
    assert exact(EN, 1_500_000, "USD") == "$1,500,000.00"
    assert money(EN, 1_500_000, "CNY", units="wan") == "¥150万"
    assert money(words("zh", "k"), 1_500_000, "CNY") == "¥1.50M"
    assert money(ZH, 1_500_000, "CNY", symbol=False, trim=True) == "150万"
    assert money(ZH, 15_000_000_000, "CNY", trim=True) == "¥150亿"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.6315, 2, "63.15%"),
        (0.6315, 1, "63.2%"),
        (Decimal("1.0345"), 1, "103.5%"),
        (-0.0004, 1, "0.0%"),
        (-0.05, 1, "−5.0%"),
        (12.5, 0, "1,250%"),
        (None, 1, "n/a"),
        (float("nan"), 1, "n/a"),
    ],
)
def test_percent(value: object, digits: int, shown: str) -> None:
    assert percent(EN, value, digits) == shown


def test_numbers_days_and_dates() -> None:
    assert (number(EN, 1234567), number(EN, -0.4), number(ZH, None)) == ("1,234,567", "0", "暂无")
    assert (days(EN, 1), days(EN, 47.94), days(ZH, 3)) == ("1 day", "47.9 days", "3 天")
    day = date(2026, 3, 18)
    assert (date_text(ZH, day), date_text(EN, day)) == ("2026年3月18日", "Mar 18, 2026")
    assert (date_text(ZH, day, year=False), date_text(EN, day, year=False)) == ("3月18日", "Mar 18")
    assert (month_text(ZH, day), month_text(EN, day)) == ("2026年3月", "Mar 2026")
    assert date_text(EN, None) == "n/a"


@pytest.mark.parametrize(
    ("value", "given", "shown"),
    [
        (0.032, {}, r":blue[▲ \+3.2%]"),
        (-0.032, {}, ":orange[▼ −3.2%]"),
        (-720_000, {"currency": "USD"}, r":orange[▼ −\$720K]"),
        (-720_000, {"currency": "USD", "markdown": False}, "▼ −$720K"),
        (0, {}, "0.0%"),
        (-0.0001, {}, "0.0%"),
        (None, {}, "n/a"),
    ],
)
def test_a_change_has_an_arrow_a_sign_and_a_colour(
    value: object, given: dict[str, str], shown: str
) -> None:
    assert signed(EN, value, **given) == shown  # type: ignore[arg-type]


def test_names_from_files_are_not_markdown() -> None:
    assert escaped("[x](http://a) $1 and $2 *b* <i>") == (
        "\\[x\\]\\(http\\:\u2060//a\\) \\$1 and \\$2 \\*b\\* \\<i\\>"
    )


MARCH = Scope(date(2026, 3, 1), date(2026, 3, 18))


def test_a_scope_is_a_sentence() -> None:
    narrowed = MARCH.narrowed("region", "华东", "华北").narrowed("customer_class", "key", "")
    assert scope_sentence(EN, narrowed) == (
        "Mar 2026, as of Mar 18; based on order amounts by order date, in CNY; "
        "Region: 华东, 华北; Customer class: Key customer, (without a class)"
    )
    assert scope_sentence(ZH, narrowed) == (
        "2026年3月，截至3月18日；统计口径：订单金额（按下单日期），CNY；"
        "地区：华东、华北；客户分类：重点客户、（无客户分类）"
    )


def test_a_month_that_is_over_is_whole_and_long_filters_are_counted() -> None:
    scope = MARCH.in_month(date(2026, 2, 1)).narrowed("rep", *"ABCDE")
    assert scope_sentence(EN, scope) == (
        "Feb 2026, full month; based on order amounts by order date, in CNY; "
        "Sales rep: A, B, C and 2 more"
    )
    assert listed(ZH, ["A", "B"]) == "A、B"


WEEK = {"currency": "CNY", "actual": 7_600_000, "forecast": 11_800_000, "target": 12_520_000}
PACE = {"needed_a_day": 360_000, "daily": 310_000}


@pytest.mark.parametrize(
    ("given", "chinese", "english"),
    [
        (
            {**WEEK, **PACE, "gap": 720_000},
            "月底预计 1,180 万，缺口 72 万，每天需 36 万，目前 31 万。",
            "The month is forecast to end at ¥11.8M, ¥720K short; ¥360K a day needed, ¥310K now.",
        ),
        (
            {**WEEK, **PACE, "gap": -500_000},
            "月底预计 1,180 万，超目标 50 万，每天需 36 万，目前 31 万。",
            "The month is forecast to end at ¥11.8M, ¥500K above target; "
            "¥360K a day needed, ¥310K now.",
        ),
        (
            {**WEEK, "needed_a_day": 290_000, "daily": 310_000, "gap": -500_000, "thin": True},
            "月底预计 1,180 万，超目标 50 万，每天只需 29 万，目前 31 万"
            "；历史数据少，预测仅供参考。",
            "The month is forecast to end at ¥11.8M, ¥500K above target; "
            "¥290K a day is enough, ¥310K now; "
            "history is short, so take the forecast as a rough guide.",
        ),
        (
            {**WEEK, **PACE, "forecast": None, "attainment": 0.607, "thin": True, "uneven": True},
            "目前完成 760 万，达成率 60.7%，每天需 36 万，目前 31 万"
            "；过去各月相差较大，预测仅供参考。",
            "¥7.6M so far, 60.7% of the target; ¥360K a day needed, ¥310K now; "
            "the past months differ widely, so take the forecast as a rough guide.",
        ),
        (
            {**WEEK, **PACE, "forecast": 7_600_000.0, "gap": 4_920_000},
            "本月预计不再有新增，月底 760 万，缺口 492 万，每天需 36 万，目前 31 万。",
            "Nothing more is expected this month: ¥7.6M, ¥4.92M short; "
            "¥360K a day needed, ¥310K now.",
        ),
        (
            {**WEEK, "actual": 13_000_000, "forecast": 13_000_000, "gap": -480_000},
            "目标已完成，目前 1,300 万，本月预计不再有新增。",
            "Target reached with ¥13M; nothing more is expected this month.",
        ),
        (
            {**WEEK, "forecast": 7_600_000, "target": None},
            "目前完成 760 万，本月预计不再有新增；本月没有设目标。",
            "¥7.6M so far; nothing more is expected this month; no target set for this month.",
        ),
        (
            {**WEEK, "gap": 720_000},
            "月底预计 1,180 万，缺口 72 万。",
            "The month is forecast to end at ¥11.8M, ¥720K short.",
        ),
        (
            {**WEEK, "actual": 13_000_000, "gap": -500_000, "needed_a_day": 0, "daily": 1},
            "目标已完成，目前 1,300 万，月底预计 1,180 万。",
            "Target reached with ¥13M; the month is forecast to end at ¥11.8M.",
        ),
        (
            {**WEEK, **PACE, "forecast": None, "attainment": 0.607, "thin": True},
            "目前完成 760 万，达成率 60.7%，每天需 36 万，目前 31 万；历史数据少，预测仅供参考。",
            "¥7.6M so far, 60.7% of the target; ¥360K a day needed, ¥310K now; "
            "history is short, so take the forecast as a rough guide.",
        ),
        (
            {**WEEK, "target": None, "against_last_month": 0.052, "against_last_year": -0.031},
            "目前完成 760 万，月底预计 1,180 万；本月没有设目标"
            "；比上月同一销售日高 5.2%；比去年同一销售日低 3.1%。",
            "¥7.6M so far; the month is forecast to end at ¥11.8M; no target set for this month"
            "; 5.2% above last month at the same selling day"
            "; 3.1% below last year at the same selling day.",
        ),
        (
            {**WEEK, "actual": 0, "gap": 720_000, "rate": "R", "thin": True},
            "本月还没到销售日，按R推算，月底预计 1,180 万，缺口 72 万；历史数据少，预测仅供参考。",
            "No selling day yet: at R the month would end at ¥11.8M, ¥720K short; "
            "history is short, so take the forecast as a rough guide.",
        ),
        (
            {**WEEK, "actual": 0, "gap": -500_000, "rate": "R"},
            "本月还没到销售日，按R推算，月底预计 1,180 万，超目标 50 万。",
            "No selling day yet: at R the month would end at ¥11.8M, ¥500K above target.",
        ),
        (
            {**WEEK, "actual": 0, "target": None, "rate": "R"},
            "本月还没到销售日，按R推算，月底预计 1,180 万；本月没有设目标。",
            "No selling day yet: at R the month would end at ¥11.8M; no target set for this month.",
        ),
        (
            {**WEEK, "over": True, "actual": 12_100_000, "gap": 420_000, "attainment": 0.9665},
            "本月完成 1,210 万，达成率 96.7%，缺口 42 万。",
            "The month closed at ¥12.1M, 96.7% of the target, ¥420K short.",
        ),
        (
            {**WEEK, "over": True, "actual": 13_020_000, "gap": -500_000, "attainment": 1.04},
            "本月完成 1,302 万，达成率 104.0%，超目标 50 万。",
            "The month closed at ¥13.02M, 104.0% of the target, ¥500K above.",
        ),
        (
            {"currency": "USD", "actual": 1_250_000, "over": True},
            "本月完成 $125万，没有设目标。",
            "The month closed at $1.25M; no target was set.",
        ),
        (
            {**WEEK, "over": True, "against_last_month": -0.5976, "against_last_year": 0.0001},
            "本月完成 760 万，没有设目标；比上月低 59.8%；与去年同月持平。",
            "The month closed at ¥7.6M; no target was set; 59.8% below last month; "
            "level with the same month last year.",
        ),
        (
            {**WEEK, "actual": None},
            "本月还没有数据，暂时无法判断。",
            "No figures for this month yet.",
        ),
    ],
    ids=[
        "short", "above, hard days", "above, thin", "uneven",
        "nothing more", "nothing more, reached",
        "nothing more, no target", "last day", "reached", "no forecast", "no target",
        "ahead, short", "ahead, above", "ahead, no target",
        "over, short", "over, above", "over, no target", "over, against others", "no data",
    ],
)  # fmt: skip
def test_the_verdict(given: dict[str, object], chinese: str, english: str) -> None:
    assert verdict(ZH, **given) == chinese  # type: ignore[arg-type]
    assert verdict(EN, **given) == english  # type: ignore[arg-type]


def test_an_error_says_where_what_and_what_to_do() -> None:
    wrong = ImportRefused(
        "column_not_dates", file="a.xlsx", sheet="三月", header="日期", sample="n/a"
    )
    assert error_sentence(EN, wrong) == (
        "a.xlsx · sheet “三月” · column “日期”: the column should contain dates, but contains "
        "other values, such as “n/a”. Choose another column, or say how its dates are written."
    )
    assert error_sentence(ZH, wrong) == (
        "a.xlsx · 工作表“三月” · “日期”列：这一列应该是日期，但里面是别的内容，例如“n/a”。"
        "请另选一列，或说明日期是怎么写的。"
    )


def test_an_error_names_tables_columns_and_dates_in_the_readers_words() -> None:
    needs = ImportRefused("needs_missing", table="deals", columns=[("deal_id", "deal_name"), "x"])
    assert "“Deals”, these columns are still needed: Deal ID or Deal name, x." in error_sentence(
        EN, needs
    )
    assert "“商机”导入，还缺：商机编号或商机名称、x。" in error_sentence(ZH, needs)
    again = ImportRefused("already_imported", file="a.csv", date=date(2026, 3, 18))
    assert "on Mar 18, 2026;" in error_sentence(EN, again)


@pytest.mark.parametrize("kind", [FileError, ImportRefused, StoreError, FilterError])
@pytest.mark.parametrize("code", [*error_words.ERRORS, "never_heard_of"])
def test_every_code_has_a_sentence_even_without_parameters(
    kind: type[FileError], code: str
) -> None:
    for _ in (EN, ZH):
        told = error_sentence(_, kind(code))
        assert "{" not in told
        assert told[0].isupper() or CHINESE.match(told) or told[0] in "“"
    assert code in error_words.ERRORS or code in told


def codes(*kinds: str) -> set[str]:
    """Codes that the sources give to an error or a note of ours."""
    return {
        node.args[0].value
        for room in ("data", "analytics", "pages")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in kinds
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_code_that_is_raised_has_its_own_sentence() -> None:
    kinds = ("FileError", "ImportRefused", "StoreError", "FilterError")
    assert codes(*kinds) - set(error_words.ERRORS) == set()
    assert codes("Note") - set(note_words.NOTES) == set()


@pytest.mark.parametrize("_", [EN, ZH], ids=lambda _: _.code)
def test_reasons_and_notes_fall_back_to_their_code(_: Words) -> None:
    for why in (*note_words.PROBLEMS, *note_words.LEFT_OUT):
        assert why not in (problem_sentence(_, why), left_out_sentence(_, why)) or why in (
            "cancelled",
            "returned",
        )
    assert "so_new" in problem_sentence(_, "so_new")
    assert "so_new" in left_out_sentence(_, "so_new")
    assert "so new (rows 3)" in note_sentence(_, "so_new", rows=3)
    assert "7" in note_sentence(_, "title_rows", count=2, header_row=7)


@pytest.mark.parametrize(
    ("note", "params", "english", "chinese"),
    [
        ("total_rows", {"count": 1, "rows": "563"}, "1 total row was left out: row 563.",
         "有 1 行合计或小计，未计入：第 563 行。"),
        ("total_rows", {"count": 2, "rows": "3, 563"},
         "2 total rows were left out: rows 3, 563.",
         "有 2 行合计或小计，未计入：第 3, 563 行。"),
        ("merged_cells", {"count": 2, "rows": "2"},
         "2 merged cells were filled into every row they cover, first in row 2.",
         "有 2 处合并单元格，已补到所覆盖的每一行：第 2 行起。"),
        ("ragged_rows", {"count": 1, "usual": 4, "row": 7},
         "1 row has too many or too few columns: row 7.", "有 1 行的列数不对，最早在第 7 行。"),
    ],
)  # fmt: skip
def test_a_note_counts_in_the_right_form(
    note: str, params: dict[str, Any], english: str, chinese: str
) -> None:
    assert note_sentence(EN, note, **params) == english
    assert note_sentence(ZH, note, **params) == chinese


@pytest.mark.parametrize("note", note_words.NOTES)
@pytest.mark.parametrize("count", [1, 2])
def test_every_note_has_a_sentence_even_without_parameters(note: str, count: int) -> None:
    for _ in (EN, ZH):
        assert "{" not in note_sentence(_, note) + note_sentence(_, note, count=count)


def test_every_dimension_source_and_choice_has_a_label() -> None:
    assert set(labels.DIMENSION_LABELS) == set(DIMENSIONS)
    assert set(labels.SOURCE_LABELS) == set(SOURCES)
    choices = {choice for one in TABLES for column in one.columns for choice in column.choices}
    assert choices == set(labels.CHOICE_LABELS)
    assert (choice_label(ZH, "won"), choice_label(EN, "自定义"), choice_label(EN, None)) == (
        "赢单",
        "自定义",
        "(blank)",
    )


def test_a_missing_name_says_what_is_missing() -> None:
    assert set(DIMENSIONS) <= set(labels.NAMELESS)
    assert (labels.named(EN, None, "rep"), labels.named(ZH, " ", "rep")) == (
        "(without a rep)",
        "（无销售员）",
    )
    assert labels.named(EN, "Ann Vale", "rep") == "Ann Vale"


def test_a_change_is_not_named_by_one_of_its_directions() -> None:
    label = measure("target_growth").label
    assert (label, words("zh")(label)) == ("Target vs. same month last year", "目标较去年同月增减")


def test_a_budget_without_a_channel_is_called_so() -> None:
    assert sliders.label(EN, BUDGET) == "Budget: (without a channel)"
    assert sliders.label(ZH, f"{BUDGET}网络") == "预算：网络"
