from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pandas as pd
import pytest

from data.store.database import Store, close_all, opened
from domain.scope import Scope
from pages.kit.queries import cache, compile, load
from pages.kit.queries.load import kept
from server import warm
from tests.pages.conftest import Opening

ANY = Scope(*(pd.Timestamp("2026-03-01").date(),) * 2)


def test_sessions_that_ask_the_same_at_once_find_it_out_once(fresh: Path) -> None:
    found = []

    @kept
    def question(number: int) -> int:
        found.append(number)
        sleep(0.05)
        return number * 2

    with ThreadPoolExecutor(20) as sessions:
        answers = list(sessions.map(question, [1, 2] * 20))
    assert answers == [2, 4] * 20 and sorted(found) == [1, 2]


def test_an_answer_can_be_changed_by_who_asked_and_by_nobody_else(fresh: Path) -> None:
    @kept
    def listed() -> dict[str, list[int]]:
        return {"a": [1]}

    @kept
    def framed() -> pd.DataFrame:
        return pd.DataFrame({"a": [1, 2]})

    listed()["a"].append(2)
    mine = framed()
    mine.loc[0, "a"] = 9
    mine["b"] = 1
    counted = load.frame(load.row_counts)
    counted["rows"] = 7
    assert listed() == {"a": [1]}
    assert framed().equals(pd.DataFrame({"a": [1, 2]}))
    assert set(load.frame(load.row_counts)["rows"]) == {0}


def test_a_write_makes_an_answer_old_and_so_does_another_file(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter(range(10))

    @kept
    def question() -> int:
        return next(numbers)

    assert (question(), question()) == (0, 0)
    with opened().writing("plan"):
        pass
    assert (question(), question()) == (1, 1)
    close_all()
    assert question() == 2
    monkeypatch.setenv("YUEPAN_DB", str(tmp_path / "other.duckdb"))
    assert question() == 3


def test_a_question_that_fails_is_asked_again(fresh: Path) -> None:
    tries = iter([ValueError("no"), None])

    @kept
    def question() -> str:
        if error := next(tries):
            raise error
        return "yes"

    with pytest.raises(ValueError, match="no"):
        question()
    assert question() == "yes"


def test_what_has_not_been_asked_for_longest_goes_first(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST", 2)
    found = []

    @kept
    def question(number: int) -> int:
        found.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        question(number)
    assert found == [1, 2, 3, 2]


def test_a_server_warms_up_and_lets_go_of_the_store(fresh: Path, store: Store) -> None:
    with warm.warming():
        assert "warming" in {one.name for one in threading.enumerate()}
    assert "warming" not in {one.name for one in threading.enumerate()}


# What depends on the company's own stages, and what a later section of the page asks.
_OWN = {"conversion", "days", "moving", "parts"}


@pytest.mark.cold
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_week_page_asks_nothing_that_is_not_written_beforehand(
    company: Callable[[str], None], opening: Opening, language: str
) -> None:
    company(language)
    scope = load.present()
    assert scope is not None
    region = load.values(scope.source, "region")[0]
    links: dict[str, dict[str, str]] = {"": {}, region: {"region": region}}
    for value, link in links.items():
        seen = scope.narrowed("region", value) if value else scope
        for function, *arguments in warm.usual_questions(seen):
            load.asked(function, *arguments)
        before = set(compile._texts)
        assert not opening(language, **link).run().exception
        new = {key[1][0].__name__ for key in set(compile._texts) - before}
        assert new <= _OWN
