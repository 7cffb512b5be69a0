"""A unit answered for an earlier file, and later files whose titles state another or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Order No", "Order Date", "Sales Rep", "Customer", "Amount")
CHINESE = ("订单号", "下单日期", "业务员", "客户", "金额")
GERMAN = ("Auftragsnummer", "Auftragsdatum", "Verkäufer", "Kunde", "Betrag")


def listed(
    prefix: str,
    amounts: Sequence[object],
    above: str = "",
    below: str = "",
    header: Sequence[str] = ENGLISH,
) -> Rows:
    """Return a list of orders of March, between two lines."""
    return [
        *([[above]] if above else []),
        header,
        *([f"{prefix}{n}", f"2026-03-0{n + 1}", "Ann", f"C{n}", a] for n, a in enumerate(amounts)),
        *([[below]] if below else []),
    ]


class Case(NamedTuple):
    """The lines above and below a first and a later list, the answer, and what is asked then."""

    header: Sequence[str]
    first: tuple[str, str]
    answer: str
    later: tuple[str, str]
    options: tuple[str, ...]
    total: int  # of 5000 and 6000, by the first option if it is asked


CASES = {
    "yuan": Case(CHINESE, ("单位：万元", ""), "10000", ("单位：元", ""), (), 11_000),
    "yuan of China": Case(CHINESE, ("单位：万元", ""), "10000", ("单位：人民币元", ""), (), 11_000),
    "yuan in brackets": Case(
        CHINESE, ("销售明细（万元）", ""), "10000", ("销售明细（元）", ""), (), 11_000
    ),
    "yuan below": Case(
        CHINESE, ("", "注：金额单位为万元"), "10000", ("", "注：金额单位为元"), (), 11_000
    ),
    "whole dollars": Case(
        ENGLISH, ("Amounts in thousands", ""), "1000", ("Amounts in whole dollars", ""), (), 11_000
    ),
    "nothing": Case(CHINESE, ("单位：万元", ""), "10000", ("", ""), ("10000", "1"), 110_000_000),
    "nothing but a title": Case(
        ENGLISH, ("Sales (USD '000)", ""), "1000", ("Sales", ""), ("1000", "1"), 11_000_000
    ),
    "the currency alone": Case(
        ENGLISH, ("Sales (USD '000)", ""), "1000", ("Sales (USD)", ""), ("1000", "1"), 11_000_000
    ),
    "nothing below": Case(
        ENGLISH, ("", "Amounts in thousands"), "1000", ("", ""), ("1000", "1"), 11_000_000
    ),
    "in German": Case(GERMAN, ("Angaben in TEUR", ""), "1000", ("", ""), ("1000", "1"), 11_000_000),
    "thousands": Case(
        CHINESE, ("单位：万元", ""), "10000", ("单位：千元", ""), ("1000", "1"), 11_000_000
    ),
    "millions": Case(
        ENGLISH,
        ("Sales (USD '000)", ""),
        "1000",
        ("Sales in USD millions", ""),
        ("1000000", "1"),
        11_000_000_000,
    ),
    "another after no unit": Case(
        CHINESE, ("单位：万元", ""), "1", ("单位：千元", ""), ("1000", "1"), 11_000_000
    ),
    # Nothing to ask where the same is stated.
    "the same": Case(CHINESE, ("单位：万元", ""), "10000", ("单位：万元", ""), (), 110_000_000),
    "the same below": Case(
        CHINESE, ("单位：万元", ""), "10000", ("", "单位：万元"), (), 110_000_000
    ),
    "the same in other words": Case(
        ENGLISH, ("Sales (USD '000)", ""), "1000", ("Amounts in thousands", ""), (), 11_000_000
    ),
    "the same that does not hold": Case(
        CHINESE, ("单位：万元", ""), "1", ("单位：万元", ""), (), 11_000
    ),
    "nothing after one that does not hold": Case(
        CHINESE, ("单位：万元", ""), "1", ("", ""), (), 11_000
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kept", [True, False])
def test_a_unit_holds_where_it_is_stated_again(store: Store, name: str, kept: bool) -> None:
    case = CASES[name]
    first = as_csv(listed("A", [12.5, 8], *case.first, case.header))
    assert brought(store, "first.csv", first).error is not None
    assert brought(store, "first.csv", first, {"amount/unit": case.answer}).error is None
    if not kept:
        forget(store)
    later = as_xlsx(listed("B", [5000, 6000], *case.later, case.header))

    (draft,) = drafts_of(store, "later.xlsx", later)
    questions = review.questions(draft, TODAY, store)
    if not kept and case.answer == "1":
        # Which title the answer was about is not known then.
        assert [question.kind for question in questions] == ["unit"] * any(case.later)
        return
    options = [question.options for question in questions]

    assert options == ([case.options] if case.options else [])
    answers = {question.key: question.options[0] for question in questions}
    assert brought(store, "later.xlsx", later, answers).error is None
    assert sales(store, "order_id LIKE 'B%'") == case.total


def forget(store: Store) -> None:
    """Forget what earlier files stated, as stores of before did not keep it."""
    with store.writing("facts") as cursor:
        cursor.execute(
            "UPDATE mappings SET answers = "
            "json_merge_patch(answers, '{\"stated/unit\": null}')::VARCHAR"
        )


def taught(store: Store, rows: Rows, answers: Mapping[str, str]) -> None:
    assert brought(store, "taught.csv", as_csv(rows), answers).error is None


@pytest.mark.parametrize(("answer", "total"), [("10000", 205_000), ("1", Decimal("20.5"))])
def test_each_answer_where_no_unit_is_stated(store: Store, answer: str, total: Decimal) -> None:
    taught(store, listed("A", [3, 4], "单位：万元", "", CHINESE), {"amount/unit": "10000"})

    brought(
        store,
        "b.csv",
        as_csv(listed("B", [12.5, 8], header=CHINESE)),
        {"amount/unit": answer},
    )

    assert sales(store, "order_id LIKE 'B%'") == total
    (draft,) = drafts_of(store, "b.csv", as_csv(listed("B", [12.5, 8], header=CHINESE)))
    assert draft.already
    assert not asked(store, draft)


def test_a_header_that_names_the_yuan_is_no_other_unit(store: Store) -> None:
    taught(store, listed("A", [3, 4], "单位：万元", "", CHINESE), {"amount/unit": "10000"})
    rows = listed("B", [5000, 6000], header=(*CHINESE[:4], "金额（元）"))

    assert brought(store, "b.csv", as_csv(rows)).error is None
    assert sales(store, "order_id LIKE 'B%'") == 11_000


def test_a_unit_in_the_name_of_the_file(store: Store) -> None:
    rows = as_csv(listed("A", [3, 4]))
    assert brought(store, "orders in thousands.csv", rows, {"amount/unit": "1000"}).error is None
    (named,) = drafts_of(store, "march in thousands.csv", as_csv(listed("B", [5, 6])))
    (bare,) = drafts_of(store, "march.csv", as_csv(listed("C", [5, 6])))

    assert not asked(store, named)
    assert asked(store, bare) == ["amount/unit"]


def test_amounts_and_costs_are_asked_about_once(store: Store) -> None:
    header = [*ENGLISH, "Cost"]
    rows = [[f"A{n}", f"2026-03-0{n}", "Ann", "C", 10 * n, 4 * n] for n in (1, 2)]
    taught(store, [["Amounts in thousands"], header, *rows], {"amount/unit": "1000"})
    later = as_csv(
        [header, ["B1", "2026-03-11", "Ann", "D", 11, 5], ["B2", "2026-03-12", "Ann", "D", 19, 7]]
    )

    (draft,) = drafts_of(store, "b.csv", later)
    assert asked(store, draft) == ["amount/unit"]
    assert brought(store, "b.csv", later, {"amount/unit": "1000"}).error is None

    assert store.rows("SELECT sum(amount), sum(cost) FROM orders WHERE order_id LIKE 'B%'") == [
        (30_000, 12_000)
    ]


def test_amounts_of_the_usual_size_are_in_no_unit(store: Store) -> None:
    usual = [[f"A{n}", f"2026-03-{n + 1:02}", "Ann", "C", Decimal(150 + n) / 10] for n in range(25)]
    taught(store, [["单位：万元"], CHINESE, *usual], {"amount/unit": "10000"})

    (plain,) = drafts_of(
        store, "b.csv", as_csv(listed("B", [161_000, 159_500, 163_000], header=CHINESE))
    )
    (scaled,) = drafts_of(store, "c.csv", as_csv(listed("C", [16.1, 15.9], header=CHINESE)))

    assert not asked(store, plain)
    assert asked(store, scaled) == ["amount/unit"]


def test_lists_of_one_drop_are_asked_about_each(store: Store) -> None:
    taught(store, listed("A", [3, 4], "单位：万元", "", CHINESE), {"amount/unit": "10000"})
    same = as_csv(listed("B", [5, 6], "单位：万元", "", CHINESE))
    bare = as_csv(listed("C", [5000, 6000], header=CHINESE))

    (first,), (second,) = drafts_of(store, "b.csv", same), drafts_of(store, "c.csv", bare)

    assert (asked(store, first), asked(store, second)) == ([], ["amount/unit"])
    answered = replace(second, answers={**second.answers, "amount/unit": "1"})
    assert not asked(store, review.placed(store, answered, TODAY))
