from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics.actuals import actual
from domain.scope import SOURCES, Scope
from pages.kit.queries import cache, load, slices

EVERY = [
    (source, dimension, name)
    for source in SOURCES
    for dimension in ("rep", "region")
    for name in ("rep", "team", "region")
]


def scope_of(source: str, **filters: tuple[str, ...]) -> Scope:
    found = load.present()
    assert found is not None
    return replace(found, source=source, **filters)  # type: ignore[arg-type]


def same(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        ours.astype(object), theirs.reset_index(drop=True).astype(object), check_dtype=False
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("most", [0, 30], ids=["asked straight", "cut out"])
def test_a_cut_out_answer_is_the_one_that_the_engine_gives_to_the_question(
    company: Callable[[str], None], language: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    company(language)
    monkeypatch.setattr(slices, "_MOST_VALUES", most)
    for source, dimension, name in EVERY:
        known = slices.values(source, dimension)
        for chosen in (known[:1], ("", *known[1:4])):
            scope = scope_of(source, **{dimension: tuple(chosen)})
            for month in (scope.month, date(scope.month.year - 1, 3, 1)):
                scope = scope.in_month(month)
                straight = cache.frame(actual.by, scope, name, scope.month, scope.until)
                same(slices.sold(scope, name), straight[[name, "value", "gross"]])
            same(slices.daily(scope), cache.frame(actual.by_day, scope, *slices.EVER))


def test_a_total_is_that_of_the_engine_in_any_month(company: Callable[[str], None]) -> None:
    company("zh")
    for source in ("orders", "deals"):
        whole = scope_of(source)
        for month in pd.date_range("2024-01-01", whole.as_of, freq="MS").date:
            scope = whole.in_month(month)
            straight = cache.frame(actual.total, scope, scope.month, scope.until).iloc[0]
            assert load.total(scope, source) == dict(straight[["value", "gross"]])


def test_one_question_serves_every_region(company: Callable[[str], None]) -> None:
    company("zh")
    asked = set()
    for region in slices.values("orders", "region"):
        scope = scope_of("orders", region=(region,))
        filter_by = slices._sliced(scope)
        asked.add((filter_by, scope.narrowed(str(filter_by))))
    assert len(asked) == 1 and len(slices.values("orders", "region")) > 1
