"""Answers given for an earlier file, and later files of its columns whose values say otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import pytest

from data.store.database import Store
from tests.conftest import read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

HEADER = ("Order No", "Order Date", "Sales Rep", "Customer", "Amount")
CHINESE = ("订单编号", "下单日期", "业务员", "客户", "金额")
GERMAN = ("Auftragsnummer", "Auftragsdatum", "Verkäufer", "Kunde", "Betrag")


def dated(prefix: str, days: Sequence[str], header: Sequence[str] = HEADER) -> Rows:
    """Return orders of 100 on these days."""
    return [header, *([f"{prefix}{n}", day, "Ann", f"C{n}", 100] for n, day in enumerate(days))]


def valued(prefix: str, amounts: Sequence[str], header: Sequence[str] = HEADER) -> Rows:
    """Return orders of these amounts on the first days of March."""
    return [
        header,
        *(
            [f"{prefix}{n}", f"2026-03-0{n + 1}", "Ann", f"C{n}", text]
            for n, text in enumerate(amounts)
        ),
    ]


class Case(NamedTuple):
    """A file with its answer, one that says otherwise, and one that leaves it open again."""

    first: Rows
    answer: Mapping[str, str]
    certain: Rows
    again: Rows
    key: str


DAY_FIRST = [f"{day:02}/03/2026" for day in range(1, 7)]
MONTH_FIRST = [f"02/{day}/2026" for day in range(13, 19)]
# Days that neither reading puts into one month.
OPEN = ["01/02/2026", "02/03/2026", "03/01/2026", "02/02/2026"]
CASES = {
    "the month first": Case(
        dated("A", DAY_FIRST),
        {"order_date": "dmy"},
        dated("B", MONTH_FIRST),
        dated("C", OPEN),
        "order_date",
    ),
    "the day first": Case(
        dated("A", [f"03/{day:02}/2026" for day in range(1, 7)]),
        {"order_date": "mdy"},
        dated("B", [f"{day}/02/2026" for day in range(13, 19)]),
        dated("C", OPEN),
        "order_date",
    ),
    "in Chinese": Case(
        dated("A", DAY_FIRST, CHINESE),
        {"order_date": "dmy"},
        dated("B", MONTH_FIRST, CHINESE),
        dated("C", OPEN, CHINESE),
        "order_date",
    ),
    "a decimal point": Case(
        valued("A", ["100,100", "101,100", "102,100"]),
        {"amount": ","},
        valued("B", ["100,500.25", "101,500.25", "102,500.25"]),
        valued("C", ["100,700", "101,700", "102,700"]),
        "amount",
    ),
    "a decimal comma": Case(
        valued("A", ["100.100", "101.100", "102.100"], GERMAN),
        {"amount": "."},
        valued("B", ["1.500,25", "1.600,25", "1.700,25"], GERMAN),
        valued("C", ["100.700", "101.700", "102.700"], GERMAN),
        "amount",
    ),
    "dollars of Canada": Case(
        valued("A", ["$100", "$101", "$102"]),
        {"amount/$": "USD"},
        valued("B", ["C$100", "C$101", "C$102"]),
        valued("C", ["$103", "$104", "$105"]),
        "amount/$",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_answer_that_a_newer_file_contradicts_is_asked_for_again(
    store: Store, name: str
) -> None:
    case = CASES[name]
    assert brought(store, "first.csv", as_csv(case.first), case.answer).error is None
    assert brought(store, "second.xlsx", as_xlsx(case.certain)).error is None

    (draft,) = drafts_of(store, "third.csv", as_csv(case.again))

    assert asked(store, draft) == [case.key]


@pytest.mark.parametrize("name", CASES)
def test_an_answer_that_nothing_contradicts_is_not_asked_for_again(store: Store, name: str) -> None:
    case = CASES[name]
    brought(store, "first.csv", as_csv(case.first), case.answer)

    (draft,) = drafts_of(store, "third.csv", as_csv(case.again))

    assert not asked(store, draft)


def test_a_file_of_the_same_drop_contradicts_an_answer_too(store: Store) -> None:
    case = CASES["the month first"]
    brought(store, "first.csv", as_csv(case.first), case.answer)

    drafts = read(store, {"open.csv": as_csv(case.again), "certain.csv": as_csv(case.certain)})

    assert isinstance(drafts, list)
    assert [asked(store, draft) for draft in drafts] == [["order_date"], []]


def test_the_same_file_again_is_read_as_before(store: Store) -> None:
    case = CASES["the month first"]
    for content, answer in ((case.first, case.answer), (case.certain, None)):
        brought(store, "list.csv", as_csv(content), answer)

    (draft,) = drafts_of(store, "list.csv", as_csv(case.first))

    assert draft.already
    assert not asked(store, draft)


UNLIKELY = {
    # 11 January, 11 February … 11 October, or the first ten days of November 2025.
    "a day of each month": ("dmy", [f"11/{day:02}/2025" for day in range(1, 11)], True),
    "two days of two months": ("dmy", ["11/01/2025", "11/10/2025"], True),
    "month first": ("mdy", [f"{day:02}/11/2025" for day in range(1, 11)], True),
    # 3 December lies ahead of 31 March 2026, and 12 March does not.
    "days ahead": ("dmy", ["03/12/2026", "02/11/2026"], True),
    # Bills of the first of each month.
    "firsts of months": ("dmy", [f"01/{month:02}/2025" for month in range(1, 11)], False),
    "days of many months": ("dmy", ["04/02/2026", "03/02/2026", "02/01/2026"], False),
    "days of one month": ("dmy", [f"{day:02}/11/2025" for day in range(1, 11)], False),
}


@pytest.mark.parametrize("name", UNLIKELY)
def test_an_answer_that_makes_unlikely_days_is_asked_for_again(store: Store, name: str) -> None:
    order, days, is_asked = UNLIKELY[name]
    brought(store, "first.csv", as_csv(dated("A", OPEN)), {"order_date": order})

    (draft,) = drafts_of(store, "second.csv", as_csv(dated("B", days)))

    assert asked(store, draft) == (["order_date"] if is_asked else [])


def test_what_is_answered_again_holds(store: Store) -> None:
    order, days, _ = UNLIKELY["a day of each month"]
    brought(store, "first.csv", as_csv(dated("A", OPEN)), {"order_date": order})
    brought(store, "second.csv", as_csv(dated("B", days)), {"order_date": "mdy"})

    assert sales(store, "order_date BETWEEN '2025-11-01' AND '2025-11-10'") == Decimal(1000)


def sized(prefix: str, first: int, step: int) -> Rows:
    """Return thirty orders of growing amounts."""
    rows = [
        [f"{prefix}{n}", f"2026-03-{n + 1:02}", "Ann", "C", first + n * step] for n in range(30)
    ]
    return [HEADER, *rows]


def test_a_unit_that_amounts_of_the_usual_size_contradict_is_asked_for_again(store: Store) -> None:
    usual = sized("U", 1_000_000, 10_000)
    brought(store, "usual.csv", as_csv([[*HEADER[:4], "Total"], *usual[1:]]))
    small = as_csv(sized("A", 150, 1))
    assert brought(store, "1.csv", small).error is not None
    assert brought(store, "1.csv", small, {"amount/unit": "10000"}).error is None
    (as_before,) = drafts_of(store, "2.csv", as_csv(sized("B", 211, 1)))
    assert "amount/unit" not in asked(store, as_before)
    assert brought(store, "3.csv", as_csv(sized("C", 1_000_007, 10_000))).error is None

    (draft,) = drafts_of(store, "4.csv", as_csv(sized("D", 272, 1)))

    assert "amount/unit" in asked(store, draft)
