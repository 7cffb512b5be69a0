"""One person with and without accents, as an address and with an initial."""

from __future__ import annotations

import pytest

from data.facts import name_review
from data.facts.person_names import by_initial, spelt_plainly
from data.store.database import Store
from tests.data.reports.imported import as_csv, brought

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
# | the usual spelling, the others, and who is somebody else
PEOPLE = [
    ("Jörg Müller", ["Joerg Mueller", "Müller, Jörg", "joerg.mueller@firma.de", "J. Müller"],
     ["Ann Vale", "Jürgen Moll"]),
    ("José García", ["Jose Garcia", "García, José", "jose.garcia@empresa.es"], ["Juan Gracian"]),
    ("Zoë Faure", ["Zoe Faure", "FAURE Zoë", "Z. Faure"], ["Zita Favre"]),
    ("Anaïs Lefèvre", ["Anais Lefevre", "Lefevre, Anais"], ["Alain Lefort"]),
    ("Søren Åberg", ["Soren Aberg", "soren.aberg@x.dk"], ["Sara Oberg"]),
    ("Strauß Käthe", ["Strauss Kaethe", "Käthe Strauss"], ["Kim Strand"]),
]  # fmt: skip


def suggestions(store: Store, people: dict[str, int]) -> dict[str, str]:
    rows: list[list[object]] = [[*ORDERS]]
    for name, times in people.items():
        rows += [[f"S{len(rows)}{at}", "2026-11-02", "Acme", name, 10] for at in range(times)]
    brought(store, "orders.csv", as_csv(rows))
    asked = name_review.name_suggestions(store)
    found = {one.name: one.suggestion for one in asked if one.kind == "rep"}
    # A name that is read as another follows it.
    return {name: found.get(suggestion, suggestion) for name, suggestion in found.items()}


@pytest.mark.parametrize(("usual", "others", "strangers"), PEOPLE)
def test_spellings_of_one_person_are_suggested_as_one(
    store: Store, usual: str, others: list[str], strangers: list[str]
) -> None:
    people = {usual: 3, **dict.fromkeys([*others, *strangers], 1)}
    assert suggestions(store, people) == dict.fromkeys(others, usual)


def test_an_initial_that_fits_two_people_is_neither(store: Store) -> None:
    assert suggestions(store, {"Jörg Müller": 3, "Jan Müller": 2, "J. Müller": 1}) == {}


def test_accents_are_one_letter_and_names_with_e_keep_it() -> None:
    assert spelt_plainly("Müller, Jörg") == spelt_plainly("joerg.mueller@x.de") == "jorg muller"
    assert spelt_plainly("Michael Roe") != spelt_plainly("Michael Ro")
    assert spelt_plainly("Cher") == ""
    assert by_initial("B. Reed", ["Bo Reed", "Ann Reed", "Bo Read"]) == ["Bo Reed"]
