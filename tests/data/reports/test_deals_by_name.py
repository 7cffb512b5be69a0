"""Deals of a list without numbers are those of the list with numbers, and the other way round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.facts import undo
from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

Write = Callable[[Rows], bytes]
LANGUAGES = {
    "english": ["Opportunity ID", "Opportunity Name", "Account Name", "Owner", "Stage", "Amount",
                "Created Date", "Close Date"],
    "chinese": ["商机编号", "商机名称", "客户名称", "负责人", "阶段", "金额", "创建日期",
                "预计成交日期"],
    "german": ["Deal-ID", "Deal-Name", "Kunde", "Besitzer", "Phase", "Betrag", "Erstellt am",
               "Voraussichtliches Abschlussdatum"],
    "french": ["ID de l'opportunité", "Nom de l'opportunité", "Client", "Propriétaire", "Étape",
               "Montant", "Date de création", "Date de clôture prévue"],
}  # fmt: skip
NUMBER, CUSTOMER, CREATED = 0, 2, 6
WEEK_1 = [
    ("OP-1", "Renewal", "Alder", "Ann", "Proposal", "100", "2026-01-05", "2026-06-10"),
    ("OP-2", "New line", "Birch", "Bob", "Proposal", "200", "2026-01-06", "2026-06-11"),
    ("OP-3", "Renewal", "Cedar", "Bob", "Proposal", "400", "2026-01-07", "2026-06-12"),
]
WEEK_2 = [
    ("OP-1", "Renewal", "Alder", "Ann", "Negotiation", "150", "2026-01-05", "2026-06-20"),
    ("OP-2", "New line", "Birch", "Bob", "Proposal", "250", "2026-01-06", "2026-06-11"),
    ("OP-3", "Renewal", "Cedar", "Bob", "Proposal", "400", "2026-01-07", "2026-06-12"),
]
AFTER = [("OP-1", 150), ("OP-2", 250), ("OP-3", 400)]
LISTS = [
    pytest.param(LANGUAGES[language], write, id=f"{language}-{write.__name__}")
    for language in LANGUAGES
    for write in (as_csv, as_xlsx)
]


def listed(header: list[str], deals: Rows, *without: int) -> Rows:
    """Return a list of deals without some of its columns."""
    return [[cell for at, cell in enumerate(row) if at not in without] for row in (header, *deals)]


def deals_of(store: Store) -> list[tuple[str, int]]:
    rows = store.rows("SELECT deal_id, amount FROM deals ORDER BY deal_id")
    return [(number, int(amount)) for number, amount in rows]


@pytest.mark.parametrize(("header", "write"), LISTS)
def test_a_later_list_gives_deals_that_are_kept_by_name_their_numbers(
    store: Store, header: list[str], write: Write
) -> None:
    end = write.__name__[3:]
    brought(store, f"deals-2026-03-02.{end}", write(listed(header, WEEK_1, NUMBER)))
    name, content = f"deals-2026-03-09.{end}", write(listed(header, WEEK_2))
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == []
    assert draft.coverage is not None
    assert (draft.coverage.kind, draft.coverage.missing) == ("all", 0)
    result = brought(store, name, content)
    assert result.landed is not None
    assert (result.landed.new, result.landed.gone) == (0, 0)
    assert deals_of(store) == AFTER


@pytest.mark.parametrize(("header", "write"), LISTS)
def test_a_later_list_without_numbers_has_the_deals_that_are_here(
    store: Store, header: list[str], write: Write
) -> None:
    end = write.__name__[3:]
    brought(store, f"deals-2026-03-02.{end}", write(listed(header, WEEK_1)))
    name, content = f"deals-2026-03-09.{end}", write(listed(header, WEEK_2, NUMBER))
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == []
    assert draft.coverage is not None
    assert (draft.coverage.kind, draft.coverage.missing) == ("all", 0)
    brought(store, name, content)
    assert deals_of(store) == AFTER


@pytest.mark.parametrize("without", [[], [CREATED], [CUSTOMER]], ids=["whole", "no-day", "no-name"])
def test_customer_or_day_of_creation_tells_the_deals(store: Store, without: list[int]) -> None:
    header = LANGUAGES["english"]
    brought(store, "deals-2026-03-02.csv", as_csv(listed(header, WEEK_1, NUMBER)))
    brought(store, "deals-2026-03-09.csv", as_csv(listed(header, WEEK_2, *without)))
    assert deals_of(store) == AFTER


@pytest.mark.parametrize(
    ("first", "then"), [((NUMBER,), ()), ((), (NUMBER,))], ids=["numbers-later", "numbers-first"]
)
def test_lists_of_one_drop_have_the_same_deals(
    store: Store, first: tuple[int, ...], then: tuple[int, ...]
) -> None:
    header = LANGUAGES["english"]
    drafts = read(store, {
        "deals-2026-03-02.csv": as_csv(listed(header, WEEK_1, *first)),
        "deals-2026-03-09.csv": as_csv(listed(header, WEEK_2, *then)),
    })  # fmt: skip
    assert isinstance(drafts, list)
    assert [asked(store, draft) for draft in drafts] == [[], []]
    results = land(store, drafts)
    assert isinstance(results, list)
    assert [result.error for result in results] == [None, None]
    assert deals_of(store) == AFTER


@pytest.mark.parametrize(
    ("first", "then"), [((NUMBER,), ()), ((), (NUMBER,))], ids=["numbers-later", "numbers-first"]
)
@pytest.mark.parametrize("answer", ["file", "both"])
def test_names_alone_are_asked_about_once(
    store: Store, first: tuple[int, ...], then: tuple[int, ...], answer: str
) -> None:
    header, bare = LANGUAGES["english"], (CUSTOMER, CREATED)
    one, two = (
        [(number, f"Deal {number[-1]}", *rest) for number, _name, *rest in deals]
        for deals in (WEEK_1, WEEK_2)
    )
    brought(store, "deals-2026-03-02.csv", as_csv(listed(header, one, *first, *bare)))
    (draft,) = drafts_of(store, "deals-2026-03-09.csv", as_csv(listed(header, two, *then, *bare)))
    (key,) = asked(store, draft)
    assert key == ("deal_name/again" if then else "deal_id/again")
    draft = review.placed(store, replace(draft, answers={key: answer}), TODAY)
    assert draft.coverage is not None
    assert draft.coverage.missing == (0 if answer == "file" else 3)
    # Another list's deals do not vanish by this one's word.
    land(store, [replace(draft, coverage=replace(draft.coverage, kind="none"))])
    expected = [150, 250, 400] if answer == "file" else [100, 150, 200, 250, 400, 400]
    assert sorted(amount for _number, amount in deals_of(store)) == expected


@pytest.mark.parametrize("at", [CREATED, CUSTOMER], ids=["created-later", "of-another-customer"])
def test_a_deal_of_the_same_name_is_not_taken_for_another(store: Store, at: int) -> None:
    header = LANGUAGES["english"]
    other = {CREATED: "2026-02-20", CUSTOMER: "Dorn"}[at]
    brought(store, "deals-2026-03-02.csv", as_csv(listed(header, WEEK_1[:1], NUMBER)))
    deal = [other if place == at else cell for place, cell in enumerate(WEEK_2[0])]
    (draft,) = drafts_of(store, "deals-2026-03-09.csv", as_csv(listed(header, [deal])))
    assert asked(store, draft) == (["deal_id/again"] if at == CREATED else [])


def test_taking_the_numbers_back_leaves_the_deals_once(store: Store) -> None:
    header = LANGUAGES["english"]
    brought(store, "deals-2026-03-02.csv", as_csv(listed(header, WEEK_1, NUMBER)))
    result = brought(store, "deals-2026-03-09.csv", as_csv(listed(header, WEEK_2)))
    assert result.import_id
    with store.writing("facts") as cursor:
        undo.undo(cursor, result.import_id, ("deals",))
    assert deals_of(store) == [("OP-1", 100), ("OP-2", 200), ("OP-3", 400)]


def test_a_renamed_deal_goes_by_its_number(store: Store) -> None:
    header = LANGUAGES["english"]
    brought(store, "deals-2026-03-02.csv", as_csv(listed(header, WEEK_1, NUMBER)))
    brought(store, "deals-2026-03-09.csv", as_csv(listed(header, WEEK_2)))
    renamed = [(deal[0], f"{deal[1]} 2026", *deal[2:]) for deal in WEEK_2]
    brought(store, "deals-2026-03-16.csv", as_csv(listed(header, renamed)))
    assert deals_of(store) == AFTER
    brought(store, "deals-2026-03-23.csv", as_csv(listed(header, renamed, NUMBER)))
    assert deals_of(store) == AFTER
