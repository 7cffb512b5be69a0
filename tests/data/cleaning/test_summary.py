from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cleaning.clean import CleanTask, clean, settled
from data.cleaning.context import NOWHERE, Around, Typical
from data.cleaning.summary import summarise
from data.layout.sheet import Sheet
from data.staging import readings as asking
from data.staging.draft import Draft
from data.values import centuries, currencies
from data.values.dates import parse_date
from data.values.numbers import decimal_doubt, decimal_marks, parse_number
from domain.errors import ImportRefused
from domain.tables import table

CNY = Around(currency="CNY")


TODAY = date(2026, 3, 31)


def sheet(header, rows):
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    numbers = pa.array(range(2, len(rows) + 2), pa.int64())
    return pa.table([*columns, numbers], names=[*map(str, range(len(columns))), "row"])


def asked(header, *rows, answers=None, around=NOWHERE, name="orders", headers=None):
    names = tuple(header.split())
    mapping = {one: at for at, one in enumerate(names)}
    told = tuple(headers or names)
    call = (sheet(names, rows), told, mapping, table(name), answers or {}, {}, None, 2026)
    return settled(CleanTask(*call, around=around)).questions


def cleaned(header, *rows, answers=None, around=NOWHERE, name="orders", headers=None):
    names = tuple(header.split())
    mapping = {one: at for at, one in enumerate(names)}
    told = tuple(headers or names)
    call = (sheet(names, rows), told, mapping, table(name), answers or {}, {}, None, 2026)
    return clean(CleanTask(*call, around=around))


def notes(result):
    return [(one.column, one.value, one.why) for one in result.problems if one.row == 0]


class TestColumnsBesideEachOther:
    def test_a_mark_that_another_column_shows_is_not_asked_about(self):
        rows = [("2026-01-01", "1,234", "1,234.5"), ("2026-01-02", "2,000", "7.25")]
        assert asked("order_date amount cost", *rows) == []
        got = cleaned("order_date amount cost", *rows, headers=("Date", "Amount", "Cost"))
        assert got.rows["amount"].to_pylist() == [1234, 2000]
        assert ("amount", "Cost", "mark_as_beside") in notes(got)

    def test_a_date_order_that_another_column_shows_is_not_asked_about(self):
        rows = [("A", "03/04/2026", "25/12/2026", "1")]
        header = "contract_id start_date end_date amount"
        assert asked(header, *rows, name="contracts") == []
        got = cleaned(header, *rows, name="contracts")
        assert got.rows["start_date"].to_pylist() == [date(2026, 4, 3)]
        assert ("start_date", "end_date", "order_as_beside") in notes(got)

    def test_columns_that_contradict_each_other_decide_nothing(self):
        rows = [("A", "03/04/2026", "25/12/2026", "12/25/2026", "1")]
        header = "contract_id signed_date start_date end_date amount"
        (one,) = asked(header, *rows, name="contracts")
        assert (one.column, one.kind) == ("signed_date", "date_order")

    def test_numbers_that_a_workbook_wrote_say_nothing_of_the_texts_beside_them(self):
        rows = [("2026-01-01", "1,234", "7.25")]
        assert asked("order_date amount cost", *rows) == []
        (one,) = asked("order_date amount cost", *rows, around=Around(workbook=True))
        assert (one.column, one.kind) == ("amount", "decimal_mark")

    def test_a_mark_that_leaves_a_value_unread_is_not_taken_over(self):
        rows = [("2026-01-01", "1052,75元", "1.5"), ("2026-01-01", "11,50元", "2.25")]
        (one,) = asked("order_date amount cost", *rows)
        assert one.column == "amount"


class TestYears:
    @pytest.mark.parametrize(
        ("name", "header", "text", "readings"),
        [
            pytest.param("orders", "order_date amount", "13/04/65", ("2065", "1965"), id="order"),
            pytest.param("orders", "order_date amount", "31/12/26", None, id="this year"),
            pytest.param("orders", "order_date amount", "13/04/98", None, id="last century"),
            pytest.param("reps", "hire_date rep", "13/04/65", None, id="hired in 1965"),
            pytest.param("reps", "hire_date rep", "13/04/35", ("2035", "1935"), id="hired in 35"),
            pytest.param(
                "contracts", "end_date contract_id", "31/12/99", ("2099", "1999"), id="open end"
            ),
            pytest.param("contracts", "end_date contract_id", "31/12/65", None, id="a long one"),
        ],
    )
    def test_a_short_year_is_asked_about_where_it_matters(self, name, header, text, readings):
        found = asked(header, (text, "1"), name=name)
        if readings is None:
            assert found == []
        else:
            (one,) = found
            assert (one.kind, one.options) == ("years", ("2000", "1900"))
            (((told, seen)),) = one.samples
            assert (told, tuple(day[:4] for day in seen)) == (text, readings)

    def test_the_answer_is_for_the_doubtful_years_only(self):
        rows = [("13/04/65", "1"), ("14/04/24", "1"), ("15/04/98", "1")]
        for century, year in (("1900", 1965), ("2000", 2065)):
            got = cleaned("order_date amount", *rows, answers={"order_date/years": century})
            assert [day.year for day in got.rows["order_date"].to_pylist()] == [year, 2024, 1998]

    def test_the_order_is_asked_about_before_the_century(self):
        rows = [("03/04/65", "1")]
        (first,) = asked("order_date amount", *rows)
        assert first.kind == "date_order"
        (then,) = asked("order_date amount", *rows, answers={"order_date": "mdy"})
        assert then.kind == "years"
        assert then.samples == (("03/04/65", ("2065-03-04", "1965-03-04")),)

    @given(st.integers(0, 99), st.sampled_from(["order_date", "hire_date", "due_date", "end_date"]))
    def test_a_year_is_read_alike_under_both_answers_unless_it_is_doubtful(self, year, column):
        text = f"13/04/{year:02}"
        found = {
            parse_date(text, "dmy", centuries.pivot(column, 2026, one)) for one in ("1900", "2000")
        }
        assert (len(found) == 2) == (year in centuries.doubtful(column, 2026))


def typical(middle):
    return Around(typical={"amount": Typical(middle / 8, middle, middle * 8)})


class TestUnit:
    ROWS = tuple(("2026-01-01", text) for text in ("12.5", "8", "30.25", "11"))

    def test_a_unit_in_the_title_is_asked_about_once_for_all_amounts(self):
        rows = [("2026-01-01", "12.5", "8")]
        (one,) = asked("order_date amount cost", *rows, around=Around(unit="万元"))
        assert (one.column, one.kind, one.options) == ("amount", "unit", ("10000", "1"))
        assert one.samples == (("12.5", ("125000.0", "12.5")),)
        answers = {one.key: "10000"}
        got = cleaned("order_date amount cost", *rows, answers=answers, around=Around(unit="万元"))
        assert [got.rows[name][0].as_py() for name in ("amount", "cost")] == [125000, 80000]
        assert ("cost", "10000", "unit_as_answered") in notes(got)

    @pytest.mark.parametrize(
        ("header", "texts"),
        [
            pytest.param("金额（万元）", ("12.5", "8"), id="the header says it"),
            pytest.param("金额", ("12.5万", "8万"), id="the cells say it"),
        ],
    )
    def test_what_says_its_unit_is_not_asked_about(self, header, texts):
        rows = [("2026-01-01", text) for text in texts]
        headers = ("日期", header)
        around = Around(unit="万元")
        assert asked("order_date amount", *rows, headers=headers, around=around) == []
        got = cleaned("order_date amount", *rows, headers=headers, around=around)
        assert got.rows["amount"].to_pylist() == [125000, 80000]

    @pytest.mark.parametrize(
        ("middle", "options"),
        [
            pytest.param(110_000, ("10000", "1"), id="ten thousands"),
            pytest.param(11_000, ("1000", "1"), id="thousands"),
            pytest.param(40_000, ("1000", "10000", "1"), id="either"),
            pytest.param(500, None, id="smaller, but no unit"),
            pytest.param(12, None, id="alike"),
            pytest.param(10**9, None, id="beyond any unit"),
        ],
    )
    def test_amounts_far_below_those_here_are_asked_about(self, middle, options):
        found = asked("order_date amount", *self.ROWS, around=typical(middle))
        assert [one.options for one in found] == ([] if options is None else [options])

    def test_nothing_is_scaled_while_it_is_open_or_when_it_is_denied(self):
        with pytest.raises(ImportRefused, match="question_open"):
            cleaned("order_date amount", *self.ROWS, around=typical(110_000))
        got = cleaned(
            "order_date amount", *self.ROWS, answers={"amount/unit": "1"}, around=typical(110_000)
        )
        assert got.money_in == {"amount": Decimal("61.75")}

    def test_an_answer_of_before_scales_nothing_that_is_in_no_doubt(self):
        got = cleaned(
            "order_date amount", *self.ROWS, answers={"amount/unit": "10000"}, around=typical(12)
        )
        assert got.money_in == {"amount": Decimal("61.75")}

    def test_an_answer_of_before_holds_where_nothing_is_here_yet(self):
        got = cleaned("order_date amount", *self.ROWS, answers={"amount/unit": "10000"})
        assert got.money_in == {"amount": Decimal(617500)}


class TestCurrency:
    @pytest.mark.parametrize(
        ("texts", "reporting", "options"),
        [
            pytest.param(("¥12", "￥3"), "CNY", None, id="yuan at home"),
            pytest.param(("1.2万元",), "CNY", None, id="in words"),
            pytest.param(("$12",), "HKD", None, id="dollar at home"),
            pytest.param(("€12",), "CNY", None, id="a sign of one currency"),
            pytest.param(("12", "13"), "CNY", None, id="no sign"),
            pytest.param(
                ("$12",), "CNY", ("USD", "HKD", "TWD", "SGD", "AUD", "CAD", "CNY"), id="dollars"
            ),
            pytest.param(("¥12",), "USD", ("CNY", "JPY", "USD"), id="yuan or yen"),
            pytest.param(("¥12", "€3"), "CNY", ("each", "CNY", "EUR"), id="two signs"),
            pytest.param(("12", "€3"), "CNY", ("each", "CNY", "EUR"), id="some without"),
            pytest.param(("1 234,50 kr",), "SEK", None, id="crowns at home"),
            pytest.param(
                ("1 234,50 kr",), "EUR", ("SEK", "NOK", "DKK", "ISK", "EUR"), id="whose crowns"
            ),
            pytest.param(("1 234,50 zł", "CHF 950.–"), "EUR", ("each", "PLN", "CHF"), id="codes"),
        ],
    )
    def test_signs_are_asked_about_where_they_may_mean_several(self, texts, reporting, options):
        rows = [("2026-01-01", text) for text in texts]
        found = asked("order_date amount", *rows, around=Around(currency=reporting))
        assert [one.options for one in found] == ([] if options is None else [options])

    def test_a_sign_that_only_another_currency_has_keeps_its_rows_apart(self):
        got = cleaned("order_date amount", ("2026-01-01", "€12"), around=CNY)
        assert got.rows["currency"].to_pylist() == ["EUR"]
        assert notes(got) == [("amount", "EUR", "currency_by_sign")]

    @pytest.mark.parametrize(
        ("texts", "header", "kept"),
        [
            pytest.param(("€ 12", "€ 3"), "Amount", ["EUR", "EUR"], id="a sign"),
            pytest.param(("EUR 12", "3"), "Amount", ["EUR", "EUR"], id="a code, once"),
            pytest.param(("12", "3"), "Amount (EUR)", ["EUR", "EUR"], id="the header"),
            pytest.param(("12", "3"), "Amount (all)", None, id="nothing"),
            pytest.param(("12", "3"), "AMOUNT (ALL)", None, id="nothing in capitals"),
        ],
    )
    def test_the_currency_that_a_file_names_stays_with_its_rows(self, texts, header, kept):
        rows = [("2026-01-01", text) for text in texts]
        got = cleaned(
            "order_date amount", *rows, around=Around(currency="EUR"), headers=("D", header)
        )
        have = got.rows["currency"].to_pylist() if "currency" in got.rows.column_names else None
        assert (have, notes(got)) == (kept, [])

    def test_a_made_key_is_the_same_whether_the_currency_is_kept_or_not(self):
        euros = Around(currency="EUR")
        signed = cleaned("order_date amount", ("2026-01-01", "€ 12"), around=euros)
        bare = cleaned("order_date amount", ("2026-01-01", "12"), around=euros)
        assert signed.rows["order_id"].to_pylist() == bare.rows["order_id"].to_pylist()

    def test_a_row_in_what_is_no_currency_is_left_out_and_told(self):
        texts = ("€€", "??", "-", "EUR (€)", "ron", "zł")
        rows = [("2026-01-01", "12", text) for text in texts]
        got = cleaned("order_date amount currency", *rows, around=CNY)
        assert got.rows["currency"].to_pylist() == [None, "EUR", "RON", "PLN"]
        assert [(one.value, one.why, one.outcome) for one in got.problems] == [
            ("€€", "unknown_word", "row_left_out"), ("??", "unknown_word", "row_left_out"),
        ]  # fmt: skip
        assert got.left_out == {"unknown_word": 2}

    def test_a_header_that_names_a_currency_decides(self):
        got = cleaned(
            "order_date amount", ("2026-01-01", "$12"), around=CNY, headers=("D", "Amount (USD)")
        )
        assert got.rows["currency"].to_pylist() == ["USD"]

    @pytest.mark.parametrize(
        ("answer", "found"),
        [
            pytest.param("each", ["EUR", "CNY", "CNY"], id="each its own"),
            pytest.param("EUR", ["EUR", "EUR", "EUR"], id="all of one"),
            pytest.param("CNY", ["CNY", "CNY", "CNY"], id="all in the reporting one"),
        ],
    )
    def test_a_mixture_is_read_as_answered(self, answer, found):
        rows = [("2026-01-01", text) for text in ("€12", "¥3", "4")]
        answers = {"amount/currencies": answer}
        got = cleaned("order_date amount", *rows, answers=answers, around=CNY)
        assert got.rows["currency"].to_pylist() == found

    def test_a_sign_is_asked_about_before_the_mixture(self):
        rows = [("2026-01-01", text) for text in ("$12", "¥3")]
        (first,) = asked("order_date amount", *rows, around=CNY)
        assert (first.kind, first.about, first.key) == ("sign", "$", "amount/$")
        answers = {"amount/$": "HKD"}
        (then,) = asked("order_date amount", *rows, around=CNY, answers=answers)
        assert (then.kind, then.options) == ("currencies", ("each", "HKD", "CNY"))

    def test_a_column_of_currencies_decides_and_is_kept_as_codes(self):
        texts = ("人民币", "RMB", "USD", "US Dollar", "港币", "XAU", "")
        rows = [("2026-01-01", "$12", text) for text in texts]
        assert asked("order_date amount currency", *rows, around=CNY) == []
        got = cleaned("order_date amount currency", *rows, around=CNY)
        assert got.rows["currency"].to_pylist() == [
            "CNY", "CNY", "USD", "USD", "HKD", "XAU", None,
        ]  # fmt: skip

    def test_a_dollar_in_the_column_of_currencies_is_asked_about(self):
        rows = [("2026-01-01", "12", "$")]
        (one,) = asked("order_date amount currency", *rows, around=CNY)
        assert (one.column, one.key) == ("currency", "currency/$")
        got = cleaned(
            "order_date amount currency", *rows, around=CNY, answers={"currency/$": "SGD"}
        )
        assert got.rows["currency"].to_pylist() == ["SGD"]

    @given(st.sampled_from(["¥", "$", "€", "HK$", "US$ ", "RMB "]), st.integers(0, 10**9))
    def test_the_sign_of_any_amount_is_found(self, sign, number):
        (found,) = currencies.marks(pa.array([f"{sign}{number:,}.5"]))
        assert currencies.code(found) == currencies.code(sign)
        assert currencies.candidates(found) == currencies.candidates(sign.strip())


@given(
    st.lists(
        st.decimals(-(10**9), 10**9, places=2).map(lambda n: f"{n:,}")
        | st.integers(0, 10**7).map(lambda n: f"¥{n:,}")
        | st.sampled_from(["0,125", "1.234", "12.5", "1052,75元", "n/a", "1.234,50"]),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 3),
)
def test_texts_of_every_shape_decide_as_all_of_them_do(texts: list[str], skipped: int) -> None:
    cells = pa.array(texts, pa.string()).slice(min(skipped, len(texts) - 1))
    asked = summarise("amount", "Amount", "money", cells, 2026).question
    every = cells.to_pylist()
    marks = decimal_marks(every) or {".", ","}
    if marks == {","} and decimal_doubt(every):
        marks = {".", ","}
    assert asked is not None
    readings = {tuple(parse_number(text, mark) for text in every) for mark in sorted(marks)}
    # Marks that agree on every value are one.
    assert len(asked.options) == len(readings)
    assert set(asked.options) <= marks


def test_dates_are_read_ahead_of_the_import_as_the_import_reads_them():
    header = ("contract_id", "start_date", "end_date", "amount")
    rows = sheet(header, [("A", "03/04/2026", "12/25/2026", "1")])
    found = Draft(
        "f.csv", "x", Sheet("f.csv", "", False, header, rows, ()), None, "contracts",
        {one: at for at, one in enumerate(header)}, {}, True,
    )  # fmt: skip
    got = clean(CleanTask(rows, header, found.mapping, table("contracts"), {}, {}, None, 2026))
    read = asking.days(found, ["start_date"], TODAY)["start_date"]
    assert read.to_pylist() == [date(2026, 3, 4)]
    assert got.rows["start_date"].to_pylist() == [date(2026, 3, 4)]


def unread(header, *rows, answers=None):
    names = tuple(header.split())
    rows = sheet(names, rows)
    found = Draft(
        "f.csv", "x", Sheet("f.csv", "", False, names, rows, ()), None, "orders",
        {one: at for at, one in enumerate(names)}, answers or {}, True,
    )  # fmt: skip
    told = asking.settled(found, TODAY)
    return [
        (name, wrong.code, wrong.params["sample"])
        for name, wrong in asking.unread(found, told, TODAY)
    ]


class TestColumnsThatWouldBeRefused:
    def test_a_needed_column_that_is_mostly_something_else_is_told_ahead_with_a_sample(self):
        rows = [("2026-01-01", "five"), ("2026-01-02", "six"), ("2026-01-03", "7")]
        assert unread("order_date amount", *rows) == [("amount", "column_not_numbers", "five")]
        rows = [("soon", "5"), ("later", "6"), ("2026-01-03", "7")]
        assert unread("order_date amount", *rows) == [("order_date", "column_not_dates", "soon")]

    def test_what_is_told_ahead_is_what_the_import_refuses(self):
        rows = [("2026-01-01", "five"), ("2026-01-02", "6")]
        assert unread("order_date amount", *rows) == []
        assert cleaned("order_date amount", *rows).left_out == {"unreadable_number": 1}
        with pytest.raises(ImportRefused, match="column_not_numbers"):
            cleaned("order_date amount", *rows, ("2026-01-02", "six"))

    def test_a_column_that_is_asked_about_and_one_that_nothing_needs_are_not_told(self):
        rows = [("03/04/2026", "5", "?"), ("04/05/2026", "6", "some")]
        assert unread("order_date amount quantity", *rows) == []
        assert unread("order_date amount quantity", *rows, answers={"order_date": "dmy"}) == []
