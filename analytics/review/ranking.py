"""Rank reps by amount and satisfaction, raw and adjusted for territory and time.

    >>> ranking(reps, month=date(2026, 3, 1))[["rep", "place", "fair_place"]]

A criterion's score is the share of the others one is at least level with
(0 to 1), so that amounts in millions and scores out of five weigh as the
weights say. *Fair* compares an amount with what is to be expected: the region's
money a full head × how far one has learnt (a newcomer's first six months) ×
the part of the month one was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from analytics.ratio import ratio
from domain.scope import Scope
from domain.tables import ibis_table

DEFAULT_WEIGHTS: Mapping[str, float] = {"amount": 0.7, "satisfaction": 0.3}

COLUMNS = ("rep", "amount", "satisfaction", "expected", "fair", "score", "place",
           "fair_score", "fair_place")  # fmt: skip

_RAMP_DAYS = 182.0
# Nobody is expected to bring nothing: a first week must not win by a single order.
_LEAST = 0.25


def satisfaction(scope: Scope, start: date, end: date) -> ir.Table:
    """Return rep, satisfaction, answers: the mean of score ÷ scale over the period's answers.

    Answers without a scale are taken as out of 5, the most common one.
    """
    survey = ibis_table("satisfaction")
    survey = kept(with_dimensions(survey, wanted_by(scope), "survey_date"), scope)
    survey = survey.filter(survey.survey_date.between(start, end), survey.score.notnull())
    share = ratio(survey.score, survey.scale.fill_null(5))
    by_rep = survey.group_by("rep").aggregate(satisfaction=share.mean(), answers=survey.count())
    return by_rep.order_by("rep")


def ranking(
    people: pd.DataFrame, month: date, weights: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Rank everybody, the best first; equal scores share a place.

    `people` has rep and amount, and where known: satisfaction, region,
    hire_date, present (the part of the month, 1 by default), and any other
    criterion that `weights` names. Who lacks a criterion is ranked by the rest
    of them. Columns: `expected` and `fair` (amount ÷ expected), `score`,
    `place`, `fair_score`, `fair_place`, beside the criteria.
    """
    weigh = {name: weight for name, weight in (weights or DEFAULT_WEIGHTS).items() if weight > 0}
    ranked = people.assign(amount=people["amount"].astype(float))
    for name in ("satisfaction", *weigh):
        ranked[name] = ranked[name].astype(float) if name in ranked else np.nan
    ranked["expected"] = _expected(ranked, month)
    ranked["fair"] = ranked["amount"] / ranked["expected"].where(ranked["expected"] > 0)
    ranked["score"] = _score(ranked, weigh)
    ranked["fair_score"] = _score(ranked.assign(amount=ranked["fair"]), weigh)
    for score, place in (("score", "place"), ("fair_score", "fair_place")):
        ranked[place] = ranked[score].rank(ascending=False, method="min").astype("Int64")
    extra = [name for name in weigh if name not in COLUMNS]
    return ranked.sort_values(["place", "rep"], ignore_index=True)[[*COLUMNS, *extra]]


def _score(people: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """The weighted mean of the criteria that are known of a person."""
    shares = pd.DataFrame({name: _share_below(people[name]) for name in weights})
    known = shares.notna() * pd.Series(weights)
    return (shares * pd.Series(weights)).sum(axis=1) / known.sum(axis=1).where(lambda w: w > 0)


def _share_below(values: pd.Series) -> pd.Series:
    """0 for the last, 1 for the first, ties in the middle of their places; alone one has 1."""
    others = values.notna().sum() - 1
    places = values.rank(method="average") - 1
    return places / others if others > 0 else values.where(values.isna(), 1.0)


def _expected(people: pd.DataFrame, month: date) -> pd.Series:
    """The region's money ÷ its heads, a head counting as far as it has learnt and was there."""
    heads = _learnt(people, month) * _present(people)
    region = (
        people["region"].fillna("") if "region" in people else pd.Series("", index=people.index)
    )
    money = people["amount"].groupby(region).transform("sum")
    whole = heads.groupby(region).transform("sum")
    return money / whole * heads


def _learnt(people: pd.DataFrame, month: date) -> pd.Series:
    if "hire_date" not in people:
        return pd.Series(1.0, index=people.index)
    middle = pd.Timestamp(month) + pd.Timedelta(days=15)
    days = (middle - pd.to_datetime(people["hire_date"])).dt.days.astype(float)
    return (days / _RAMP_DAYS).clip(_LEAST, 1.0).fillna(1.0)


def _present(people: pd.DataFrame) -> pd.Series:
    if "present" not in people:
        return pd.Series(1.0, index=people.index)
    return people["present"].astype(float).fillna(1.0).clip(_LEAST, 1.0)
