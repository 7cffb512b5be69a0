from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analytics.review.ranking import ranking, satisfaction
from domain.scope import Scope
from tests.analytics.engine import Engine

JUNE = date(2026, 6, 1)


def people(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"rep": ["Li", "Wu", "Xu"], **columns})


def places(found: pd.DataFrame, name: str = "place") -> dict[str, int]:
    return dict(zip(found["rep"], found[name], strict=True))


def test_amount_and_satisfaction_weigh_as_told_whatever_their_size() -> None:
    frame = people(
        amount=[Decimal(3_000_000), Decimal(2_000_000), Decimal(1_000_000)],
        satisfaction=[0.8, 0.9, 1.0],
    )
    found = ranking(frame, JUNE).set_index("rep")
    assert found["score"].to_dict() == pytest.approx({"Li": 0.7, "Wu": 0.5, "Xu": 0.3})
    other = ranking(frame, JUNE, {"amount": 1, "satisfaction": 3})
    assert places(other) == {"Xu": 1, "Wu": 2, "Li": 3}


def test_who_was_never_asked_is_ranked_by_amount_alone() -> None:
    frame = people(amount=[30, 20, 10], satisfaction=[None, 0.9, 0.5])
    assert places(ranking(frame, JUNE)) == {"Li": 1, "Wu": 2, "Xu": 3}
    assert places(ranking(people(amount=[30, 20, 20]), JUNE)) == {"Li": 1, "Wu": 2, "Xu": 2}


def test_a_newcomer_and_a_poor_region_are_compared_with_what_is_to_be_expected() -> None:
    frame = people(
        amount=[100, 60, 20],
        region=["East", "East", "West"],
        hire_date=[date(2020, 1, 1), date(2026, 3, 17), date(2020, 1, 1)],
    )
    found = ranking(frame, JUNE, {"amount": 1})
    assert places(found) == {"Li": 1, "Wu": 2, "Xu": 3}
    assert places(found, "fair_place")["Wu"] == 1
    expected = found.set_index("rep")["expected"]
    learnt = 91 / 182
    assert expected["Wu"] == pytest.approx(160 * learnt / (1 + learnt))
    assert expected[["Li", "Wu"]].sum() == pytest.approx(160)
    assert expected["Xu"] == 20


def test_who_was_on_leave_is_expected_to_bring_less() -> None:
    frame = people(amount=[50, 30, 50], present=[1, 0.5, None])
    found = ranking(frame, JUNE, {"amount": 1})
    assert places(found, "fair_place")["Wu"] == 1


def test_one_alone_is_the_first_and_a_month_without_sales_has_no_fair_order() -> None:
    alone = ranking(people(amount=[5, 0, 0]).head(1), JUNE)
    assert (alone["score"].tolist(), alone["place"].tolist()) == ([1.0], [1])
    nothing = ranking(people(amount=[0, 0, 0]), JUNE, {"amount": 1})
    assert nothing["fair_place"].isna().all()


def test_any_other_criterion_may_weigh() -> None:
    found = ranking(people(amount=[3, 2, 1], visits=[1, 5, 9]), JUNE, {"visits": 1})
    assert places(found) == {"Xu": 1, "Wu": 2, "Li": 3}
    assert list(found["visits"]) == [9, 5, 1]


def test_satisfaction_is_a_share_of_its_scale(engine: Engine) -> None:
    day = date(2026, 6, 9)
    engine.add(
        "satisfaction",
        [
            {"survey_date": day, "rep": "Li", "customer": "a", "score": 4},
            {"survey_date": day, "rep": "Li", "customer": "b", "score": 9, "scale": 10},
            {"survey_date": date(2026, 7, 1), "rep": "Li", "customer": "c", "score": 1},
        ],
    )
    (row,) = engine.run(satisfaction(Scope(month=JUNE, as_of=day), JUNE, date(2026, 6, 30)))
    assert (row["rep"], row["satisfaction"], row["answers"]) == ("Li", pytest.approx(0.85), 2)
