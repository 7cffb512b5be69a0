"""Answers that say something of one file alone, and later files with the same columns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.store import settings
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Order No", "Order Date", "Sales Rep", "Customer", "Amount")


def valued(prefix: str, amounts: Sequence[object], above: str = "") -> Rows:
    """Return orders of these amounts on the first days of March."""
    rows = [
        [f"{prefix}{n}", f"2026-03-0{n + 1}", "Ann", f"{prefix}{n} Ltd", a]
        for n, a in enumerate(amounts)
    ]
    return [*([[above]] if above else []), ENGLISH, *rows]


def with_statuses(prefix: str, words: Sequence[str]) -> Rows:
    rows = [
        [f"{prefix}{n}", f"2026-03-{n + 1:02}", "Ann", f"{prefix}{n} Ltd", 100, w]
        for n, w in enumerate(words)
    ]
    return [(*ENGLISH, "Status"), *rows]


MANY = [f"Stage {letter}x" for letter in "ABCDEFGHIJKLMN"]


def test_an_answer_about_many_words_is_of_these_alone(store: Store) -> None:
    first = as_csv(with_statuses("A", MANY))
    (draft,) = drafts_of(store, "a.csv", first)
    assert asked(store, draft) == ["status/word/*"]
    assert brought(store, "a.csv", first, {"status/word/*": "valid"}).error is None

    (later,) = drafts_of(store, "b.xlsx", as_xlsx(with_statuses("B", ["Zurückgelegt", "Zxq"])))

    assert asked(store, later) == ["status/word/Zurückgelegt", "status/word/Zxq"]


def test_an_answer_about_one_word_holds(store: Store) -> None:
    brought(store, "a.csv", as_csv(with_statuses("A", ["Zxq"])), {"status/word/Zxq": "cancelled"})

    assert brought(store, "b.csv", as_csv(with_statuses("B", ["Zxq"]))).error is None
    assert sales(store) == 0


def with_numbers(prefix: str, people: Sequence[tuple[str, str]]) -> Rows:
    rows = [
        [f"{prefix}{n}", f"2026-03-0{n + 1}", name, number, f"{prefix}{n} Ltd", 100]
        for n, (name, number) in enumerate(people)
    ]
    return [("Order No", "Order Date", "Sales Rep", "Employee ID", "Customer", "Amount"), *rows]


@pytest.mark.parametrize("answer", ["one", "apart"])
def test_other_namesakes_are_asked_about(store: Store, answer: str) -> None:
    first = as_csv(with_numbers("A", [("Li Wei", "E001"), ("Li Wei", "E002"), ("Bo", "E003")]))
    assert brought(store, "a.csv", first, {"rep/namesakes": answer}).error is None

    later = with_numbers("B", [("Zhang Na", "E007"), ("Zhang Na", "E008"), ("Bo", "E003")])
    (draft,) = drafts_of(store, "b.csv", as_csv(later))

    assert asked(store, draft) == ["rep/namesakes"]


@pytest.mark.parametrize(
    ("first", "answer", "later", "is_asked"),
    [
        (["$100", "HK$200"], "USD", ["€100", "$200"], True),
        (["$100", "€200"], "USD", ["$100", "£200"], True),
        (["$100", "€200"], "EUR", ["$100", "€200", "£300"], True),
        (["$100", "€200"], "USD", ["$300", "€400"], False),
        (["$100", "€200"], "each", ["$100", "£200"], False),
        (["$100", "€200"], "each", ["$300", "€400"], False),
    ],
)
def test_all_amounts_in_one_currency_is_said_of_these_signs(
    store: Store, first: list[str], answer: str, later: list[str], is_asked: bool
) -> None:
    settings.choose(store, "currency", "USD")
    key = "amount/currencies"
    assert brought(store, "a.csv", as_csv(valued("A", first)), {key: answer}).error is None

    (draft,) = drafts_of(store, "b.csv", as_csv(valued("B", later)))

    assert (key in asked(store, draft)) == is_asked


@pytest.mark.parametrize(
    ("above", "is_asked"), [("Currency: USD", True), ("Currency: CAD", False), ("Orders", False)]
)
def test_a_title_with_another_currency_speaks_against_that_of_a_sign(
    store: Store, above: str, is_asked: bool
) -> None:
    first = as_csv(valued("A", ["$100", "$101"]))
    assert brought(store, "a.csv", first, {"amount/$": "CAD"}).error is None

    (draft,) = drafts_of(store, "b.csv", as_csv(valued("B", ["$102", "$103"], above=above)))

    assert (draft.answers.get("amount/$") is None) == is_asked
