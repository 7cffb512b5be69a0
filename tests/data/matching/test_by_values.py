from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest

from data.matching.profile import depends, profile
from data.matching.recognise import SURE, recognise
from data.values.numbers import has_unit, number_of

Cells = Sequence[str | None]
STAGES: Cells = ["New", "Proposal", "Won", "Lost", "Won", "Proposal", "Lost", "New"]
CHANCES: Cells = ["10", "60", "100", "0", "100", "60", "0", "10"]
BEGUN: Cells = [f"2026-0{n}-0{n}" for n in range(1, 9)]
DEALS = {"deal id": [f"D-{n}" for n in range(8)], "stage": STAGES, "created date": BEGUN}
ORDERS = {"order id": [f"S-{n}" for n in range(8)], "order date": BEGUN}


def _told(known: dict[str, Cells], unknown: dict[str, Cells], file: str) -> dict[str, str | None]:
    """What each unknown header was read as; none of them may be sure."""
    columns = {**known, **unknown}
    found = recognise(list(columns), [[*one] for one in columns.values()], file, "")
    told = [one for one in found.columns if one.header in unknown]
    assert all(one.confidence < SURE for one in told)
    return {one.header: one.column for one in told}


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        pytest.param(["CNY", "USD"] * 4, "currency", id="currencies"),
        pytest.param(CHANCES, "probability", id="a share that follows from the stage"),
        pytest.param(
            [None, None, "2026-05-01", "2026-05-02", "2026-06-01", None, "2026-08-01", None],
            "closed_date",
            id="a day that only closed deals have",
        ),
        pytest.param(
            [f"2027-0{n}-15" for n in range(1, 9)], "expected_close_date", id="days ahead"
        ),
        pytest.param(
            [None, None, None, "Zu teuer", None, None, "Kein Bedarf", None],
            "lost_reason",
            id="a reason that only lost deals have",
        ),
        pytest.param(["Ann Lee", "Bo Chen"] * 4, "rep", id="few people, often"),
        pytest.param(["Trade Show", "Cold Call", "Referral", "Web"] * 2, "source", id="sources"),
        pytest.param(["1200.50", "90.00", "77.10", "5.00"] * 2, "amount", id="the only money"),
        pytest.param([f"1390000{n:04}" for n in range(8)], None, id="telephones"),
        pytest.param([f"a{n}@example.com" for n in range(8)], None, id="addresses of mail"),
        pytest.param([str(n) for n in range(1, 9)], None, id="the numbers of the rows"),
        pytest.param(["true", "false"] * 4, None, id="yes and no"),
    ],
)  # fmt: skip
def test_a_column_of_a_deal_is_told_by_its_values(cells: Cells, wanted: str | None) -> None:
    assert _told(DEALS, {"cf_7": cells}, "deals.csv") == {"cf_7": wanted}


def test_of_two_amounts_the_one_times_the_probability_is_not_the_deals() -> None:
    amounts = ["1000", "2500", "800", "4300", "1700", "900", "5200", "3100"]
    weighted = [str(int(a) * int(p or 0) / 100) for a, p in zip(amounts, CHANCES, strict=True)]
    known = {**DEALS, "probability": CHANCES}
    assert _told(known, {"a1": weighted, "a2": amounts}, "deals.csv")["a2"] == "amount"


def test_an_amount_is_the_one_that_is_quantity_times_price() -> None:
    quantity, price = ["2", "3", "5", "4"] * 2, ["10", "20", "30", "15.5"] * 2
    amount = [str(float(q) * float(p)) for q, p in zip(quantity, price, strict=True)]
    known = {**ORDERS, "quantity": quantity, "unit price": price}
    other = ["900", "1", "77", "12"] * 2
    told = _told(known, {"x1": other, "x2": amount}, "orders.csv")
    assert told["x2"] == "amount" and told["x1"] != "amount"


def test_a_header_that_is_known_for_something_else_is_left_alone() -> None:
    told = _told(DEALS, {"industry": ["Ann Lee", "Bo Chen"] * 4}, "deals.csv")
    assert told == {"industry": None}


def test_words_seen_before_tell_a_column() -> None:
    header, cells = [*ORDERS, "cf_1"], [*ORDERS.values(), ["Q1a", "Zw"] * 4]
    samples = [[*one] for one in cells]
    assert recognise(header, samples, "orders.csv", "").columns[2].column is None
    found = recognise(header, samples, "orders.csv", "", known={"region": {"Q1a", "Zw"}})
    assert (found.columns[2].column, found.columns[2].why) == ("region", "values")


def test_what_follows_from_what() -> None:
    cause, effect = profile(["a", "b", "c"] * 4), profile(["x", "y", "x"] * 4)
    assert depends(cause, effect) == 1
    assert depends(effect, cause) < 1
    assert depends(profile([str(n) for n in range(12)]), effect) == 0


_HOSTILE = ("1", "1 ", "新", "(", "new", "1)", "1))", "a1")


def test_header_with_a_long_number_is_recognised_at_once() -> None:
    """In a child, as a pattern that runs away cannot be stopped in this process."""
    script = (
        "from data.matching.recognise import recognise\n"
        "others = ['Order Date', 'Sales Rep', 'Amount']\n"
        "cells = [['1'], ['2026-01-02'], ['Ann'], ['10']]\n"
        "recognise(['订单号 4200001234202603021234567890元', *others], cells, 'orders.csv', '')\n"
        f"for pump in {_HOSTILE!r}:\n"
        "    recognise([(pump * 10_000)[:10_000] + '元', *others], cells, 'orders.csv', '')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(
    "text", ["1" * 1_000_000, "1," * 5_000, "1 " * 5_000 + "x"], ids=["digits", "commas", "spaces"]
)
def test_text_longer_than_any_number_is_none(text: str) -> None:
    assert number_of(text) is None
    assert not has_unit(text)
