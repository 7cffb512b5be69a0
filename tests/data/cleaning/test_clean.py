from __future__ import annotations

import os
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cleaning.clean import CleanTask, clean, settled
from data.cleaning.context import Around
from data.readers.reader import read
from data.values.shares import split_credit
from domain.errors import ImportRefused
from domain.tables import table

STAGES = {"stage": {"won": "won", "赢单": "won", "lost": "lost"}}


def sheet(header, *rows):
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    numbers = pa.array(range(2, len(rows) + 2), pa.int64())
    names = [*(str(at) for at in range(len(columns))), "row"]
    return pa.table([*columns, numbers], names=names), header


def cleaned(name, header, *rows, answers=None, words=None, as_of=None, headers=None):
    cells, names = sheet(tuple(header.split()), *rows)
    mapping = {one: at for at, one in enumerate(names)}
    told = headers or names
    return clean(
        CleanTask(cells, told, mapping, table(name), answers or {}, words or {}, as_of, 2026)
    )


def problems(result):
    return [(one.row, one.column, one.value, one.why, one.outcome) for one in result.problems]


def test_texts_become_what_their_columns_hold():
    got = cleaned(
        "orders",
        "order_id line_no order_date rep quantity discount amount status",
        ("\u3000SO1 ", "1", "2026-03-05", " 王芳 ", "3", "12%", "¥1,234.50", "Returned"),
        ("SO2", "1", "2026/3/6", "", "n/a", "", "22.368", ""),
    )
    assert got.rows.schema.field("amount").type == pa.decimal128(18, 4)
    assert got.rows.to_pylist() == [
        {
            "order_id": "SO1",
            "line_no": "1",
            "order_date": date(2026, 3, 5),
            "rep": "王芳",
            "quantity": Decimal(3),
            "discount": Decimal("0.12"),
            "amount": Decimal("1234.5"),
            "status": "returned",
            "row": 2,
        },
        {
            "order_id": "SO2",
            "line_no": "1",
            "order_date": date(2026, 3, 6),
            "rep": None,
            "quantity": None,
            "discount": None,
            "amount": Decimal("22.368"),
            "status": None,
            "row": 3,
        },
    ]
    assert got.problems == ()


def test_a_bad_row_is_left_out_with_its_reason_and_its_money():
    got = cleaned(
        "orders",
        "order_id line_no order_date amount quantity",
        ("A", "1", "2026-01-01", "10", "1"),
        ("", "1", "2026-01-01", "20", "1"),
        ("B", "1", "soon", "30", "1"),
        ("C", "1", "", "40", "1"),
        ("D", "1", "2026-01-01", "much", "1"),
        ("E", "1", "2026-01-01", "", "1"),
        ("F", "1", "2026-01-01", "50", "some"),
    )
    assert got.rows["order_id"].to_pylist() == ["A", "F"]
    assert got.left_out == {
        "missing_key": 1,
        "unreadable_date": 1,
        "missing_date": 1,
        "unreadable_number": 1,
        "missing_amount": 1,
    }
    assert got.money_in == {"amount": Decimal(150)}
    assert got.money_left_out["amount"] == {
        "missing_key": 20,
        "unreadable_date": 30,
        "missing_date": 40,
        "unreadable_number": 0,
        "missing_amount": 0,
    }
    assert problems(got)[-1] == (8, "quantity", "some", "unreadable_number", "value_left_out")
    assert got.problem_count == 6


def test_an_amount_too_large_for_the_column_is_a_problem():
    got = cleaned(
        "orders",
        "order_id order_date amount cost",
        ("A", "2026-01-01", "99999999999999.9999", "1"),
        ("B", "2026-01-01", "1", "123456789012345"),
        ("C", "2026-01-01", "1", "99999999999999.99996亿"),
    )
    assert got.money_in["amount"] == Decimal("100000000000001.9999")
    assert [one[3] for one in problems(got)] == ["number_too_large", "number_too_large"]


@pytest.mark.parametrize(
    ("header", "cells", "code"),
    [
        ("order_id order_date amount", ("A", "yes", "1"), "column_not_dates"),
        ("order_id order_date amount", ("A", "2026-01-01", "yes"), "column_not_numbers"),
    ],
)
def test_a_needed_column_that_is_something_else_refuses_the_import(header, cells, code):
    with pytest.raises(ImportRefused) as caught:
        cleaned("orders", header, cells)
    assert caught.value.code == code
    assert caught.value.params["sample"] == "yes"


class TestQuestions:
    def asked(self, name, header, *rows, answers=None):
        cells, names = sheet(tuple(header.split()), *rows)
        mapping = {one: at for at, one in enumerate(names)}
        task = CleanTask(cells, names, mapping, table(name), answers or {}, {}, None, 2026)
        return settled(task).questions

    def test_an_ambiguous_date_is_asked_with_its_readings(self):
        (one,) = self.asked("orders", "order_date amount", ("03/04/2026", "1"), ("04/04/2026", "2"))
        assert (one.column, one.kind, one.options) == ("order_date", "date_order", ("dmy", "mdy"))
        assert one.samples == (("03/04/2026", ("2026-04-03", "2026-03-04")),)

    def test_dates_that_agree_in_every_order_are_not_asked(self):
        assert self.asked("orders", "order_date amount", ("04/04/2026", "1")) == []

    def test_damaged_grouping_is_asked(self):
        rows = [("2026-01-01", "1052,75元"), ("2026-01-01", "11,50万元")]
        (one,) = self.asked("orders", "order_date amount", *rows)
        assert (one.kind, one.options) == ("decimal_mark", (".", ","))
        assert one.samples[0] == ("1052,75元", ("", "1052.75"))

    def test_an_answer_ends_the_question_and_is_obeyed(self):
        rows = [("03/04/2026", "1,234")]
        answers = {"order_date": "mdy", "amount": ","}
        assert self.asked("orders", "order_date amount", *rows, answers=answers) == []
        got = cleaned("orders", "order_date amount", *rows, answers=answers)
        (row,) = got.rows.to_pylist()
        assert (row["order_date"], row["amount"]) == (date(2026, 3, 4), Decimal("1.234"))

    def test_nothing_is_guessed_while_a_question_is_open(self):
        with pytest.raises(ImportRefused, match="question_open"):
            cleaned("orders", "order_date amount", ("03/04/2026", "1"))

    def test_one_value_among_many_decides(self):
        rows = [
            ("2026-01-01", f"{thousand},{rest:03}") for thousand in range(1, 9) for rest in (1, 999)
        ]
        assert len(self.asked("orders", "order_date amount", *rows)) == 1
        assert self.asked("orders", "order_date amount", *rows, ("2026-01-01", "1,234.5")) == []


class TestKeys:
    def test_lines_without_a_number_are_numbered_within_their_order(self):
        rows = [("A", "2026-01-01", "1"), ("B", "2026-01-01", "2"), ("A", "2026-01-01", "1")]
        got = cleaned("orders", "order_id order_date amount", *rows)
        assert got.rows["line_no"].to_pylist() == ["1", "1", "2"]

    def test_rows_without_an_order_id_keep_their_keys_in_a_longer_file(self):
        rows = [("2026-01-01", "1"), ("2026-01-01", "1"), ("2026-01-02", "3")]
        short = cleaned("orders", "order_date amount", *rows).rows["order_id"].to_pylist()
        long = cleaned("orders", "order_date amount", ("2026-01-03", "9"), *rows)
        assert len(set(short)) == 3
        assert long.rows["order_id"].to_pylist()[1:] == short

    def test_the_last_of_two_rows_with_one_key_wins_and_the_loss_is_told(self):
        rows = [("A", "1", "2026-01-01", "10"), ("A", "1", "2026-01-01", "15")]
        got = cleaned("orders", "order_id line_no order_date amount", *rows)
        assert got.rows["amount"].to_pylist() == [15]
        assert problems(got) == [(2, "order_id", "A", "same_key_again", "row_left_out")]
        assert got.money_left_out == {"amount": {"same_key_again": Decimal(10)}}

    def test_equal_collections_without_an_id_are_all_kept(self):
        rows = [
            ("2026-01-01", "Li", "100"),
            ("2026-01-01", "Wu", "100"),
            ("2026-01-01", "Wu", "50"),
        ]
        got = cleaned("payments", "payment_date customer amount", *rows)
        assert len(set(got.rows["payment_id"].to_pylist())) == got.rows.num_rows == 3

    def test_amounts_due_without_order_or_contract_are_all_kept(self):
        rows = [("2026-01-31", "Li", "100"), ("2026-01-31", "Wu", "100")]
        assert cleaned("receivables", "due_date customer amount", *rows).rows.num_rows == 2

    def test_a_deal_without_an_id_is_known_by_its_name(self):
        got = cleaned("deals", "deal_name stage", ("Big one", "Won"), ("Other", "New"))
        assert got.rows["deal_id"].to_pylist() == ["Big one", "Other"]


class TestDeals:
    def test_status_comes_from_the_stage_and_unknown_stages_are_open(self):
        rows = [("1", "Won"), ("2", "赢单 "), ("3", "LOST"), ("4", "Talks"), ("5", "")]
        got = cleaned("deals", "deal_id stage", *rows, words=STAGES)
        assert got.rows["status"].to_pylist() == ["won", "won", "lost", "open", "open"]

    def test_a_status_column_goes_before_the_stage_and_unknown_words_are_told(self):
        words = STAGES | {"status": {"输单": "lost"}}
        rows = [("1", "Won", "输单"), ("2", "Won", "???")]
        got = cleaned("deals", "deal_id stage status", *rows, words=words)
        assert got.rows["status"].to_pylist() == ["lost", "won"]
        assert problems(got) == [(3, "status", "???", "unknown_word", "value_left_out")]

    def test_closed_deals_close_and_open_deals_are_expected(self):
        rows = [
            ("1", "Won", "2026-01-05", ""),
            ("2", "Won", "2026-01-05", "2026-01-03"),
            ("3", "Talks", "", "2026-02-01"),
            ("4", "Talks", "2026-03-01", "2026-02-01"),
        ]
        got = cleaned("deals", "deal_id stage expected_close_date closed_date", *rows, words=STAGES)
        assert got.rows["closed_date"].to_pylist() == [
            date(2026, 1, 5),
            date(2026, 1, 3),
            None,
            None,
        ]
        expected = got.rows["expected_close_date"].to_pylist()
        assert expected[2:] == [date(2026, 2, 1), date(2026, 3, 1)]
        assert set(got.rows["as_of"].to_pylist()) == {date(2026, 1, 5)}

    def test_the_day_of_the_snapshot_can_be_given(self):
        got = cleaned("deals", "deal_id stage", ("1", "Won"), as_of=date(2026, 1, 9))
        assert got.rows["as_of"].to_pylist() == [date(2026, 1, 9)]

    def test_minus_one_on_open_deals_means_no_amount(self):
        rows = [("1", "Won", "100"), ("2", "Talks", "-1"), ("3", "Talks", "-1")]
        got = cleaned("deals", "deal_id stage amount", *rows, words=STAGES)
        assert got.rows["amount"].to_pylist() == [100, None, None]
        assert got.money_in == {"amount": Decimal(100)}
        assert problems(got) == [(0, "amount", "2", "minus_one_means_none", "noted")]

    @pytest.mark.parametrize(
        "rows",
        [[("1", "Won", "-1"), ("2", "Talks", "5")], [("1", "Talks", "-1"), ("2", "Talks", "-7")]],
        ids=["only on a closed deal", "beside other negatives"],
    )
    def test_minus_one_elsewhere_is_an_amount(self, rows):
        got = cleaned("deals", "deal_id stage amount", *rows, words=STAGES)
        assert min(got.rows["amount"].to_pylist()) < 0


class TestShares:
    @pytest.mark.parametrize(
        ("header", "texts", "shares"),
        [
            ("discount", ["12%", "0.3"], ["0.12", "0.3"]),
            ("discount", ["12", "0.5"], ["0.12", "0.005"]),
            ("discount (%)", ["0.8", "12%"], ["0.008", "0.12"]),
        ],
        ids=str,
    )
    def test_hundredths_are_told_by_the_header_or_by_values_above_one(self, header, texts, shares):
        rows = [(str(at), "2026-01-01", "1", text) for at, text in enumerate(texts)]
        names = ("order_id", "order_date", "amount", header)
        got = cleaned("orders", "order_id order_date amount discount", *rows, headers=names)
        assert got.rows["discount"].to_pylist() == [Decimal(share) for share in shares]

    @pytest.mark.parametrize(
        ("text", "shares"),
        [
            ("王芳 60%; 李明 40%", {"王芳": "0.6", "李明": "0.4"}),
            ("王芳60%，李明40%", {"王芳": "0.6", "李明": "0.4"}),
            ("A:0.5/B:0.5", {"A": "0.5", "B": "0.5"}),
            ("A=33.33%、B=33.33%、C=33.33%", {"A": "0.3334", "B": "0.3333", "C": "0.3333"}),
            ("Ann Lee (70) | Bo (30)", {"Ann Lee": "0.7", "Bo": "0.3"}),
        ],
    )
    def test_shared_credit_in_one_cell_is_split(self, text, shares):
        assert dict(split_credit(text) or []) == {k: Decimal(v) for k, v in shares.items()}

    @given(st.lists(st.integers(1, 1000), min_size=1, max_size=12))
    def test_shares_always_sum_to_exactly_one(self, weights):
        total = sum(weights)
        text = ";".join(f"r{at}x {weight / total:.8f}" for at, weight in enumerate(weights))
        assert sum(share for _, share in split_credit(text) or []) == 1

    def test_a_split_that_does_not_add_up_stays_with_the_orders_own_rep(self):
        rows = [("A", "2026-01-01", "1", "x 60%; y 30%"), ("B", "2026-01-01", "1", "x 60%; y 40%")]
        got = cleaned("orders", "order_id order_date amount split_credit", *rows)
        assert [row["order_id"] for row in got.derived["credits"].to_pylist()] == ["B", "B"]
        assert problems(got) == [(2, "split_credit", "x 60%; y 30%", "shares_do_not_sum", "noted")]


def test_a_unit_in_the_header_multiplies_and_is_noted():
    rows = [("2026-01-01", "12.5"), ("2026-01-02", "3万")]
    got = cleaned("orders", "order_date amount", *rows, headers=("日期", "销售额（万元）"))
    assert got.rows["amount"].to_pylist() == [125_000, 30_000]
    assert problems(got) == [(0, "amount", "10000", "unit_in_header", "noted")]


def test_a_long_list_of_problems_is_cut_but_counted():
    rows = [(str(at), "2026-01-01", "1", "x") for at in range(10_500)]
    got = cleaned("orders", "order_id order_date amount quantity", *rows)
    assert (len(got.problems), got.problem_count) == (10_000, 10_500)


def test_a_sheet_without_rows_gives_a_table_without_rows():
    cells, _ = sheet(("order_date", "amount"), ("2026-01-01", "1"))
    got = clean(
        CleanTask(
            cells.slice(1),
            ("d", "a"),
            {"order_date": 0, "amount": 1},
            table("orders"),
            {},
            {},
            None,
            2026,
        )
    )
    assert (got.rows.num_rows, got.rows_in, got.left_out) == (0, 0, {})


CELLS = st.tuples(
    st.sampled_from(["A", "B", "C", ""]),
    st.sampled_from(["1", "2", ""]),
    st.sampled_from(["2026-01-01", "2026/1/2", "45356", "later", ""]),
    st.one_of(
        st.sampled_from(["", "-", "x", "1e30", "(5)", "12万"]),
        st.decimals(-1000, 1000, places=6, allow_nan=False).map(str),
    ),
    st.sampled_from(["", "1.5", "y", "12%"]),
)


@given(st.lists(CELLS, min_size=1, max_size=30))
def test_rows_and_money_are_all_accounted_for(rows):
    answers = {"order_date": "ymd", "amount": ".", "cost": "."}
    try:
        got = cleaned("orders", "order_id line_no order_date amount cost", *rows, answers=answers)
    except ImportRefused:
        return
    assert got.rows_in == len(rows) == got.rows.num_rows + sum(got.left_out.values())
    for name, total in got.money_in.items():
        kept = sum((one for one in got.rows[name].to_pylist() if one is not None), Decimal(0))
        assert total == kept + sum(got.money_left_out[name].values(), Decimal(0))
    left_out = [one for one in got.problems if one.outcome == "row_left_out"]
    assert Counter(one.why for one in left_out) == got.left_out
    assert len({one.row for one in left_out}) == len(left_out)


MONEYS = st.tuples(
    st.sampled_from(["A", "B", "C", "D", ""]),
    st.sampled_from(["2026-01-01", "later", ""]),
    st.sampled_from(["", "x", "-5", "12万", "0.5", "99.1234"]),
    st.sampled_from(["1", "20.5", ""]),
    st.sampled_from(["", "USD", "人民币", "€", "美元"]),
)


@given(st.lists(MONEYS, min_size=1, max_size=30), st.sampled_from(["CNY", ""]))
def test_money_of_each_currency_is_all_accounted_for(rows, reporting):
    header = "order_id order_date amount unit_price currency"
    cells, names = sheet(tuple(header.split()), *rows)
    mapping = {one: at for at, one in enumerate(names)}
    answers = {"order_date": "ymd", "amount": ".", "unit_price": "."}
    orders, around = table("orders"), Around(reporting)
    try:
        task = CleanTask(cells, names, mapping, orders, answers, {}, None, 2026, around=around)
        got = clean(task)
    except ImportRefused:
        return
    # The price of one piece adds up to nothing.
    assert set(got.money_in) == set(got.money_left_out) == {"amount"}
    assert sum(one.money_in["amount"] for one in got.currencies.values()) == got.money_in["amount"]
    kept = Counter()
    for one in got.rows.to_pylist():
        kept[one["currency"] or ""] += one["amount"] or 0
    for code, one in got.currencies.items():
        left = one.left_out["amount"]
        assert one.money_in["amount"] == kept[code] + sum(left.values())
    assert set(kept) <= set(got.currencies)


def test_a_file_with_no_currency_tells_none_and_one_with_too_many_tells_so():
    header = "order_id order_date amount"
    assert cleaned("orders", header, ("A", "2026-01-01", "5")).currencies == {}
    many = [(f"A{n}", "2026-01-01", "5", f"X{n:02}") for n in range(30)]
    got = cleaned("orders", f"{header} currency", *many)
    assert {code: one.money_in for code, one in got.currencies.items()} == {
        "*": {"amount": Decimal(150)}
    }


REAL = Path(os.environ.get("YUEPAN_REAL_DATA", Path(__file__).parents[4] / "shared" / "data"))
PIPELINE = {
    "deal_id": 0,
    "rep": 1,
    "product": 2,
    "customer": 3,
    "stage": 4,
    "created_date": 5,
    "closed_date": 6,
    "amount": 7,
}


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason=f"no files under {REAL}")
@pytest.mark.parametrize(
    "name",
    [
        "sales_pipeline.csv",
        "variants/dd-mm-yy.csv",
        "variants/m-d-yyyy.csv",
        "variants/minus-one-for-open.csv",
    ],
)
def test_every_variant_of_a_pipeline_gives_the_same_rows_without_a_question(name):
    def rows(file):
        (found,) = read(REAL / "maven_crm" / file, file)
        call = (found.rows, found.header, PIPELINE, table("deals"), {}, STAGES, None, 2026)
        got = clean(CleanTask(*call))
        assert got.rows_in == got.rows.num_rows
        return got

    got = rows(name)
    assert got.money_in == {"amount": Decimal(10_005_534)}
    assert got.rows.equals(rows("sales_pipeline.csv").rows)
