from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from time import sleep

import pandas as pd
import pytest

from data.store import plans
from data.store.database import Store, close_all, opened
from data.store.versions import Part
from domain.scope import Scope
from pages.kit.queries import cache, compile, load, settings, slices, targets
from pages.kit.queries.cache import cached
from server import warm
from tests.pages.conftest import Opening

ANY = Scope(*(pd.Timestamp("2026-03-01").date(),) * 2)


def test_sessions_that_ask_the_same_at_once_find_it_out_once(fresh: Path) -> None:
    found = []

    @cached("facts", "plan")
    def question(number: int) -> int:
        found.append(number)
        sleep(0.05)
        return number * 2

    with ThreadPoolExecutor(20) as sessions:
        answers = list(sessions.map(question, [1, 2] * 20))
    assert answers == [2, 4] * 20 and sorted(found) == [1, 2]


def test_an_answer_can_be_changed_by_who_asked_and_by_nobody_else(fresh: Path) -> None:
    @cached("facts", "plan")
    def listed() -> dict[str, list[int]]:
        return {"a": [1]}

    @cached("facts", "plan")
    def framed() -> pd.DataFrame:
        return pd.DataFrame({"a": [1, 2]})

    listed()["a"].append(2)
    mine = framed()
    mine.loc[0, "a"] = 9
    mine["b"] = 1
    counted = cache.frame(load.row_counts)
    counted["rows"] = 7
    assert listed() == {"a": [1]}
    assert framed().equals(pd.DataFrame({"a": [1, 2]}))
    assert set(cache.frame(load.row_counts)["rows"]) == {0}


def test_a_write_makes_an_answer_old_and_so_does_another_file(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter(range(10))

    @cached("facts", "plan")
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

    @cached("facts", "plan")
    def question() -> str:
        if error := next(tries):
            raise error
        return "yes"

    with pytest.raises(ValueError, match="no"):
        question()
    assert question() == "yes"


def test_a_question_that_fails_leaves_no_lock_behind(fresh: Path) -> None:
    @cached("facts")
    def question(number: int) -> int:
        raise ValueError(number)

    for number in range(5):
        with pytest.raises(ValueError):
            question(number)
    assert cache.answers_of(opened())._asking == {}


def test_arguments_by_name_tell_answers_apart(fresh: Path) -> None:
    @cached("facts")
    def question(number: int, *, negative: bool = False) -> int:
        return -number if negative else number

    assert (question(1), question(1, negative=True), question(number=2)) == (1, -1, 2)


@pytest.mark.parametrize(
    ("parts", "asked"),
    [(("facts",), [0, 0, 1]), (("plan",), [0, 1, 1]), (("facts", "plan"), [0, 1, 2])],
    ids=["facts", "plan", "both"],
)
def test_an_answer_lasts_until_a_part_it_depends_on_changes(
    fresh: Path, parts: tuple[Part, ...], asked: list[int]
) -> None:
    numbers = iter(range(10))
    drawings = iter(range(10))
    question = cached(*parts)(lambda: next(numbers))
    answers, drawn = [], []
    for changed in (None, "plan", "facts"):
        if changed:
            with opened().writing(changed):
                pass
        answers.append(question())
        drawn.append(cache.cached_chart(lambda: next(drawings), ("chart",), *parts))
    assert answers == drawn == asked


def test_saving_a_target_asks_no_fact_again_and_shows_the_target(
    company: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    company("en")
    scope = load.present()
    assert scope is not None
    targets.standing(scope)
    queries: list[str] = []
    read = Store.frame
    monkeypatch.setattr(
        Store, "frame", lambda self, sql, params=(): queries.append(sql) or read(self, sql, params)
    )
    plans.save_targets(opened(), scope.month, {("company", ""): Decimal(123_456)})
    assert targets.standing(scope).pace.target == 123_456
    assert slices.daily(scope) is not None and settings.settings()
    assert len(queries) == 1 and "plan_targets" in queries[0]


def test_a_loader_cannot_depend_on_more_than_it_declares(fresh: Path) -> None:
    @cached("plan")
    def target() -> int:
        return 1

    @cached("facts")
    def standing() -> int:
        return target()

    for _ in range(2):
        with pytest.raises(RuntimeError, match="plan"):
            standing()
        assert target() == 1


def test_the_bytes_of_what_is_kept_are_bounded(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 1_000_000)
    found = []

    @cached("facts")
    def rows(number: int, length: int) -> pd.DataFrame:
        found.append(number)
        return pd.DataFrame({"value": [float(number)] * length})

    # 400 kB each: the third makes the one go that was not asked for longest.
    for number in (1, 2, 1, 3, 1, 2):
        rows(number, 50_000)
        assert cache.answers_of(opened()).total_bytes <= 1_000_000
    assert found == [1, 2, 3, 2]
    # Larger than all there is room for: answered, and nothing else makes way.
    assert len(rows(4, 200_000)) == 200_000
    rows(1, 50_000)
    rows(2, 50_000)
    assert found == [1, 2, 3, 2, 4]


def test_texts_charts_and_packed_answers_count_as_well(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 1_000_000)

    @cached("facts")
    def names(number: int) -> list[str]:
        return [f"{number} {at}" for at in range(20_000)]

    framed = cached("facts")(lambda number: pd.DataFrame({"name": names(number)}))
    for number in range(20):
        names(number)
        framed(number)
        cache.cached_chart(lambda: "x" * 50_000, (number,), "facts")
        assert 0 < cache.answers_of(opened()).total_bytes <= 1_000_000


def test_a_server_warms_up_and_lets_go_of_the_store(fresh: Path, store: Store) -> None:
    with warm.warming():
        assert "warming" in {one.name for one in threading.enumerate()}
    assert "warming" not in {one.name for one in threading.enumerate()}


# What depends on the company's own stages and cycle, and what a later section of the page asks.
_OWN = {"cohorts", "conversion", "days", "moving", "parts"}


@pytest.mark.cold
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_week_page_asks_nothing_that_is_not_written_beforehand(
    company: Callable[[str], None], opening: Opening, language: str
) -> None:
    company(language)
    scope = load.present()
    assert scope is not None
    region = slices.values(scope.source, "region")[0]
    links: dict[str, dict[str, str]] = {"": {}, region: {"region": region}}
    for value, link in links.items():
        seen = scope.narrowed("region", value) if value else scope
        for function, *arguments in warm.usual_questions(seen):
            compile.compile_query(function, *arguments)
        before = set(compile._texts)
        assert not opening(language, **link).run().exception
        new = {key[1][0].__name__ for key in set(compile._texts) - before}
        assert new <= _OWN
