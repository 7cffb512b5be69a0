"""Complete a match that the user confirmed for an earlier file with these headers.

>>> completed(match, ["Date", "Amount"], samples, known={}).mapping   # doctest: +SKIP
{'order_date': 0, 'amount': 1}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from data.matching.aliases import Guess
from data.matching.columns import assign
from data.matching.profile import profile
from data.matching.recognise import Match
from data.values.header_text import key
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
    fresh = _afresh(match, header, samples, known)
    return _with(match, {at: guess for at, guess in fresh.items() if guess.column in wanted})


def with_added(
    match: Match,
    header: Sequence[str],
    samples: Sequence[Sequence[str | None]],
    known: Mapping[str, Collection[str]],
    added: Collection[str],
) -> Match:
    """Return a remembered match with the columns that the earlier file did not have.

    `added` are their headers, as shapes have them; columns that it had and left out stay so.
    """
    if all(column.why != "remembered" for column in match.columns):
        return match
    taken = set(match.mapping)
    fresh = _afresh(match, header, samples, known)
    return _with(
        match,
        {
            at: guess
            for at, guess in fresh.items()
            if guess.column not in taken and key(header[at]) in added
        },
    )


def _afresh(
    match: Match,
    header: Sequence[str],
    samples: Sequence[Sequence[str | None]],
    known: Mapping[str, Collection[str]],
) -> Mapping[int, Guess]:
    profiles = [profile(values) for values in samples]
    return assign(table(match.table or ""), header, profiles, match.system, known)


def _with(match: Match, guesses: Mapping[int, Guess]) -> Match:
    columns = [
        replace(column, column=guess.column, confidence=guess.confidence, why=guess.why)
        if column.column is None and (guess := guesses.get(column.position))
        else column
        for column in match.columns
    ]
    return replace(match, columns=tuple(columns))
