"""Two people of one name, who have numbers of their own, are not one without a word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

KEY = "rep/namesakes"


def by_rep(store: Store, table: str = "orders") -> dict[str, int]:
    return dict(store.rows(f"SELECT rep, sum(amount)::INT FROM {table} GROUP BY rep"))


def orders(header: list[str], name: str, numbers: tuple[str, str]) -> Rows:
    return [
        header,
        ["O1", "2026-03-01", name, numbers[0], 100],
        ["O2", "2026-03-02", name, numbers[1], 200],
        ["O3", "2026-03-03", "Ann Vale", "E900", 400],
    ]


CASES = [
    (["Order ID", "Order Date", "Owner", "Owner ID", "Amount"], "Li Wei", ("E001", "E002")),
    (["Order ID", "Order Date", "Sales Rep", "Employee No.", "Amount"], "Jo Hay", ("17", "23")),
    (["Order ID", "Order Date", "Rep", "Rep Email", "Amount"], "Jo Hay", ("jo@a.com", "j@a.com")),
    (["订单编号", "下单日期", "业务员", "工号", "金额"], "李伟", ("A01", "A02")),
    (["订单编号", "下单日期", "销售员", "员工编号", "金额"], "李伟", ("001", "002")),
    (["Auftrag Nr", "Auftragsdatum", "Verkäufer", "Mitarbeiter-Nr.", "Betrag"], "Jan Koch",
     ("M1", "M2")),
    (["Order ID", "Order Date", "Vendeur", "Matricule", "Amount"], "Luc Petit", ("55", "56")),
    (["Order ID", "Order Date", "Vendedor", "ID vendedor", "Amount"], "Eva Ruiz", ("V1", "V2")),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("header", "name", "numbers"), CASES)
def test_people_of_one_name_are_asked_about(
    store: Store, header: list[str], name: str, numbers: tuple[str, str], suffix: str
) -> None:
    rows = orders(header, name, numbers)
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"orders.{suffix}", content)
    assert [key for key in asked(store, draft) if key == KEY] == [KEY]
    (question,) = (q for q in review.questions(draft, TODAY, store) if q.key == KEY)
    assert question.samples[0][0] == f"{name}: 300"
    assert brought(store, f"orders.{suffix}", content, {KEY: "one"}).error is None
    assert by_rep(store) == {name: 300, "Ann Vale": 400}
    assert brought(store, f"orders.{suffix}", content, {KEY: "apart"}).error is None
    first, second = (f"{name} ({number})" for number in numbers)
    assert by_rep(store) == {first: 100, second: 200, "Ann Vale": 400}


def test_who_was_told_apart_is_told_apart_again(store: Store) -> None:
    header = CASES[0][0]
    people = [["Employee ID", "Rep", "Team"], ["E001", "Li Wei", "North"], ["E002", "Li Wei", "S"]]
    (draft,) = drafts_of(store, "people.csv", as_csv(people))
    assert asked(store, draft) == [KEY]
    brought(store, "people.csv", as_csv(people), {KEY: "apart"})
    assert store.rows("SELECT rep, team FROM reps ORDER BY rep") == [
        ("Li Wei (E001)", "North"),
        ("Li Wei (E002)", "S"),
    ]
    content = as_csv([header, ["O1", "2026-03-01", "Li Wei", "E002", 100]])
    (draft,) = drafts_of(store, "orders.csv", content)
    assert asked(store, draft) == []
    brought(store, "orders.csv", content)
    assert by_rep(store) == {"Li Wei (E002)": 100}


def test_one_person_in_two_rows_of_a_list_is_asked_where_she_is(store: Store) -> None:
    people = [["Employee ID", "Rep", "Team"], ["E001", "Li Wei", "North"], ["E002", "Li Wei", "S"]]
    (draft,) = drafts_of(store, "people.csv", as_csv(people))
    draft = review.placed(store, replace(draft, answers={KEY: "one"}), TODAY)
    assert asked(store, draft) == ["rep/place/Li Wei"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Owner", "Owner ID"], ["Li Wei", "E001"], ["Ann Vale", "E002"]],
        # A number of both is none of a person.
        [["Owner", "Owner ID"], ["Li Wei", "N"], ["Li Wei", "S"], ["Bo Reed", "N"],
         ["Ann Vale", "S"]],
        [["Owner", "Owner ID"], ["Li Wei", "E001"], ["Li Wei", ""]],
        [["Owner", "Customer ID"], ["Li Wei", "C1"], ["Li Wei", "C2"]],
        [["Owner", "Deal No"], ["Li Wei", "C1"], ["Li Wei", "C2"]],
        [["业务员", "客户编号"], ["李伟", "C1"], ["李伟", "C2"]],
        [["业务员", "合同编号"], ["李伟", "C1"], ["李伟", "C2"]],
    ],
)  # fmt: skip
def test_other_numbers_beside_a_name_ask_nothing(store: Store, rows: Rows) -> None:
    (header, *cells) = rows
    whole = [["Order ID", "Order Date", *header, "Amount"]]
    whole += [[f"O{at}", "2026-03-01", *row, 100] for at, row in enumerate(cells)]
    (draft,) = drafts_of(store, "orders.csv", as_csv(whole))
    assert KEY not in asked(store, draft)
