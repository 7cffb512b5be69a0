"""Complete a match that the user confirmed for an earlier file with these headers.

>>> completed(match, ["Date", "Amount"], samples, known={}).mapping   # doctest: +SKIP
{'order_date': 0, 'amount': 1}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from data.matching.columns import assign
from data.matching.profile import profile
from data.matching.recognise import Match
from domain.tables import table


def completed(
    match: Match,
    header: Sequence[str],
    samples: Sequence[Sequence[str | None]],
    known: Mapping[str, Collection[str]],
) -> Match:
    """Return a remembered match with needed columns that it has no longer, matched afresh.

    What was worked out from other columns stands in no file and is not remembered.
    """
    into = table(match.table or "")
    lost = [group for group in into.needs if not set(group) & set(match.mapping)]
    if not lost or all(column.why != "remembered" for column in match.columns):
        return match
    wanted = {name for group in lost for name in group}
    profiles = [profile(values) for values in samples]
    fresh = assign(into, header, profiles, match.system, known)
    guesses = {at: guess for at, guess in fresh.items() if guess.column in wanted}
    columns = [
        replace(column, column=guess.column, confidence=guess.confidence, why=guess.why)
        if column.column is None and (guess := guesses.get(column.position))
        else column
        for column in match.columns
    ]
    return replace(match, columns=tuple(columns))
