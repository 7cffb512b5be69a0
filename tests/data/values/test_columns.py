from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cleaning.summary import summarise
from data.readers.delimited import grid
from data.values.columns import as_decimals, distinct, plain, trimmed, typed
from data.values.numbers import parse_number
from domain.tables import table

NUMBER_LIKE = st.text("0123456789+-.,eE() %¥万", max_size=12) | st.decimals(
    allow_nan=False, allow_infinity=False, places=3
).map(str)
# Far longer than any amount, or with an exponent.
TOO_LONG = st.builds("{}{}".format, st.sampled_from(["", "-", "0.", "5."]), st.builds(
    str.__mul__, st.sampled_from("0123456789"), st.integers(10, 600)))  # fmt: skip
POWERS = st.builds("{}E{}".format, st.integers(-999, 999), st.integers(-99_999, 99_999))
CELLS = st.none() | st.sampled_from(["a", " a", "a ", "　", " ", "", "b", "12", " 12 ", "1,5", "x"])


@given(NUMBER_LIKE | TOO_LONG)
def test_what_arrow_reads_as_a_number_is_the_number_that_we_read(text: str) -> None:
    read = as_decimals(pa.array([text]))
    if read is not None:
        assert read[0].as_py() == parse_number(text, ".")


@given(POWERS)
def test_what_arrow_reads_with_an_exponent_is_that_number(text: str) -> None:
    read = as_decimals(pa.array([text]))
    # Four places are kept.
    assert read is None or abs(read[0].as_py() - Decimal(text)) <= Decimal("0.00005")


@given(st.lists(CELLS, min_size=1, max_size=20))
def test_a_column_of_codes_is_trimmed_like_a_column_of_texts(cells: list[str | None]) -> None:
    texts = pa.array(cells, pa.string())
    coded = trimmed(pa.chunked_array([texts.slice(0, 3), texts.slice(3)]).dictionary_encode())
    assert plain(coded).to_pylist() == trimmed(texts).to_pylist()
    assert sorted(distinct(coded).to_pylist()) == sorted(distinct(trimmed(texts)).to_pylist())
    # Codes are what keys are told apart by, so that no text may have two.
    assert len(set(coded.dictionary.to_pylist())) == len(coded.dictionary)


@pytest.mark.parametrize("name", ["order_date", "amount", "discount", "status"])
@given(cells=st.lists(CELLS | NUMBER_LIKE, min_size=1, max_size=20))
def test_codes_and_texts_are_typed_and_asked_about_alike(
    name: str, cells: list[str | None]
) -> None:
    column = table("orders").column(name)
    texts = trimmed(pa.array(cells, pa.string()))
    coded = trimmed(pa.array(cells, pa.string()).dictionary_encode())
    one, other = typed(texts, column), typed(coded, column)
    assert one.values.to_pylist() == other.values.to_pylist()
    reasons = [
        [] if each.why is None else each.why.drop_null().to_pylist() for each in (one, other)
    ]
    assert reasons[0] == reasons[1]
    asked, also = (summarise(name, "", column.kind, each, 2026).question for each in (texts, coded))
    assert (asked and asked.options) == (also and also.options)


def test_values_that_repeat_are_held_as_codes_and_blanks_are_none() -> None:
    lines = [f"{n},{'华东' if n % 2 else '  '},{n % 3}.50,2026-03-0{n % 3 + 1}" for n in range(60)]
    raw = "\r\n".join(["编号,区域,金额,日期", *lines]).encode()
    cells, _ = grid(raw)
    assert pa.types.is_dictionary(cells["1"].type)
    assert cells["0"].type == pa.string()
    assert cells["1"].to_pylist()[1:4] == [None, "华东", None]
    money = typed(trimmed(cells["2"].slice(1)), table("orders").column("amount"))
    days = typed(trimmed(cells["3"].slice(1)), table("orders").column("order_date"))
    assert money.values.to_pylist()[:3] == [Decimal("0.5"), Decimal("1.5"), Decimal("2.5")]
    assert days.values.to_pylist()[:2] == [date(2026, 3, 1), date(2026, 3, 2)]
