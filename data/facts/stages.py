"""Order the stages of the deals, and tell which of them mean won and lost.

    >>> [(stage.stage, stage.status) for stage in stages(store)]
    [('Prospecting', 'open'), ('Won', 'won')]
    >>> say(store, [("Prospecting", "open"), ("Signed", "won")])

Known words, the moves of the deals and their probabilities put the stages in order
until somebody says it; what the user says goes before that, for deals that are
here and for those still to come. A deal that its own file says is won or lost keeps
that, in whichever stage it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan

from data.facts import decisions
from data.facts.canonical_names import has_own_status
from data.matching import systems
from data.store.database import Store
from data.values.header_text import normalise
from data.values.meanings import of_deal

_NUMBER = re.compile(r"^[a-z]{0,2}(\d{1,2})(?!\d)(?!\s*+%)\s*+[.、:)\]_ ]*+\s*+")
_PERCENT = re.compile(r"(?:(?<!\s)\s++)?+(?:[(\[]\s*+)?\d{1,3}\s*+%\s*+[)\]]?\s*+")
# The pipeline that a label carries: Contract Sent (Sales Pipeline).
_PIPELINE = re.compile(
    r"(?:(?<!\s)\s++)?+[(（\[]((?:(?![()（）\[\]%])[\W\d])*+[^\W\d][^()（）\[\]%]*+)[)）\]]\s*+$"
)
_FEW_MOVES = 3
_APART = 0.02  # probabilities nearer to each other say nothing
_CERTAIN, _NEVER = 0.995, 0.005


@dataclass(frozen=True)
class Stage:
    """A stage: its place from 1, its meaning, its deals, and whether the user decided it.

    `told` is whether anything tells its place among the open stages.
    """

    stage: str
    place: int
    status: str
    deals: int
    said: bool
    told: bool = True


@dataclass(frozen=True)
class _Seen:
    """What the deals show about a stage; `status` is what it likely means."""

    status: str | None
    deals: int
    probability: float | None


def stages(store: Store) -> list[Stage]:
    """Return every stage of a deal or a move, in order; new ones where they likely belong."""
    seen = _seen(store)
    decided = {
        stage: status
        for stage, status in store.rows("SELECT stage, status FROM stages ORDER BY place")
    }
    order, untold = [stage for stage in decided if stage in seen], set[str]()
    if not set(seen) <= set(decided):
        guessed, untold = _guessed(store, seen)
        order = _with_new(order, guessed)
    return [
        Stage(
            stage,
            place,
            decided.get(stage) or seen[stage].status or "open",
            seen[stage].deals,
            stage in decided,
            stage in decided or stage not in untold,
        )
        for place, stage in enumerate(order, start=1)
    ]


def reordered(
    before: Sequence[Stage], edited: Sequence[tuple[float | None, str]]
) -> list[tuple[str, str]]:
    """Return (stage, status) in the order of the places typed beside the stages.

    `edited` is (place, status) of each stage of `before`. A stage moved to the place of another
    pushes it aside: going up it comes before it, going down after. A blank place is the old one.
    """
    return [
        (stage.stage, status)
        for stage, (_place, status) in sorted(
            zip(before, edited, strict=True), key=lambda pair: _moved(pair[0].place, pair[1][0])
        )
    ]


def _moved(old: int, typed: float | None) -> float:
    if typed is None or isnan(typed):
        return old
    return typed + (0.5 if typed > old else -0.5 if typed < old else 0)


def say(store: Store, answers: Sequence[tuple[str, str]]) -> None:
    """Keep the order and meaning of the stages; the deals follow at once.

    Stages without deals keep what was decided.
    """
    now = {stage for stage, _ in answers}
    kept = store.rows("SELECT stage, status FROM stages ORDER BY place")
    with store.writing("facts") as cursor:
        unchanged = [(stage, status) for stage, status in kept if stage not in now]
        decisions.decide_stages(cursor, [*answers, *unchanged])


def order(store: Store) -> list[str]:
    """Return the names of the stages from first to last."""
    return [stage.stage for stage in stages(store)]


def _seen(store: Store) -> dict[str, _Seen]:
    own = has_own_status("imports.mapping")
    rows = store.rows(
        # Names of our own only.
        "SELECT stage, list(DISTINCT status) FILTER (WHERE status IS NOT NULL), "
        "bool_or(own), "
        "CAST(count(deal_id) AS BIGINT), avg(likely) FROM ("
        f"SELECT stage, deals.status, {own} AS own, deal_id, "
        "CAST(probability AS DOUBLE) AS likely FROM deals LEFT JOIN imports USING (import_id) "
        "UNION ALL SELECT DISTINCT stage, NULL, false, NULL, NULL FROM stage_history) "
        "WHERE stage IS NOT NULL GROUP BY stage ORDER BY min(stage)"
    )
    words = systems.words("deals", _system(store)).get("stage", {})
    return {
        stage: _Seen(
            _status(of_deal(stage, words), set(statuses or ()), own, likely), deals, likely
        )
        for stage, statuses, own, deals, likely in rows
    }


def _system(store: Store) -> str:
    """Return the system that the newest deals came from."""
    rows = store.rows(
        "SELECT system FROM imports WHERE status = 'active' "
        "AND table_name IN ('deals', 'stage_history') ORDER BY import_id DESC LIMIT 1"
    )
    return rows[0][0] if rows else systems.GENERIC


def _word(stage: str) -> str:
    """Drop the number of a stage: "3. Proposal" and "S2-方案报价（60%）" are known words."""
    return normalise(_PERCENT.sub("", _NUMBER.sub("", normalise(stage)))) or normalise(stage)


def _number(stage: str) -> int | None:
    match = _NUMBER.match(normalise(stage))
    return int(match[1]) if match else None


def _status(word: str | None, statuses: set[str], own: bool, likely: float | None) -> str | None:
    """Return what its deals' status says, else its word, else what its probability makes certain.

    If a file has its `own` column for the status, deals tell little of their stage: won and
    lost deals stay where they were. The word counts, as long as no deal contradicts it.
    """
    if own or len(statuses) > 1:
        return word if word and statuses <= {"open", word} else "open"
    written = next(iter(statuses), None)
    if (written and written != "open") or word or likely is None:
        return written if written and written != "open" else word or written
    if likely >= _CERTAIN:
        return "won"
    return "lost" if likely <= _NEVER and written is None else written


def _with_new(confirmed: list[str], guessed: list[str]) -> list[str]:
    """Insert each new stage after the one it follows in the guess."""
    order = list(confirmed)
    for at, stage in enumerate(guessed):
        if stage in order:
            continue
        before = [earlier for earlier in guessed[:at] if earlier in order]
        order.insert(order.index(before[-1]) + 1 if before else 0, stage)
    return order


def _guessed(store: Store, seen: Mapping[str, _Seen]) -> tuple[list[str], set[str]]:
    """Order by pairs: known words decide, else the moves of deals, else their probabilities.

    Stages of several pipelines stay together, each pipeline in its own order. Open stages whose
    place nothing tells come second.
    """
    ends = {"won": 1, "lost": 2}
    system = _system(store)
    lines = _pipelines(seen)
    places = _places(system)
    words = {stage: _word(stage) for stage in seen}
    words |= {
        stage: bare
        for stage in seen
        if words[stage] not in places
        and ((bare := _word(_PIPELINE.sub("", stage))) in places or stage in lines)
    }
    named = systems.stage_order(list(words.values()), system)
    known = {stage: at for stage in seen if (at := places.get(words[stage])) is not None}
    known |= {
        stage: at for stage in seen if (at := _number(stage)) is not None and _all_numbered(seen)
    }
    moves = _moves(store)
    ahead = dict.fromkeys(seen, 0)
    steps = {stage for stage in seen if (seen[stage].status or "open") == "open"}
    untold = set(steps) if len(steps) > 1 else set[str]()
    for stage, other in combinations(seen, 2):
        first = _first(stage, other, known, moves, seen)
        ahead[stage] += first
        ahead[other] -= first
        if first and {stage, other} <= steps:
            untold -= {stage, other}
    order = sorted(
        seen,
        key=lambda stage: (
            ends.get(seen[stage].status or "", 0),
            lines.get(stage, len(lines)),
            -ahead[stage],
            named.index(words[stage]),
        ),
    )
    return order, untold


def _pipelines(seen: Mapping[str, _Seen]) -> dict[str, int]:
    """Return the place of each stage's pipeline, the busiest first; {} if there are not several.

    A pipeline has two stages or more, one of them no end; other words in brackets say something
    else, unless all stages have some.
    """
    steps = [stage for stage in seen if seen[stage].status in (None, "open")]
    fewest = 1 if all(map(_PIPELINE.search, steps)) else 2
    stages_by_line: dict[str, list[str]] = {}
    for stage in seen:
        if match := _PIPELINE.search(stage):
            stages_by_line.setdefault(normalise(match[1]), []).append(stage)
    lines = [
        stages
        for stages in stages_by_line.values()
        if len(stages) >= fewest and not set(steps).isdisjoint(stages)
    ]
    if len(lines) < 2:
        return {}
    lines.sort(key=lambda stages: -sum(seen[stage].deals for stage in stages))
    return {stage: at for at, stages in enumerate(lines) for stage in stages}


def _all_numbered(seen: Mapping[str, _Seen]) -> bool:
    """Return whether the names of the open stages are all numbered."""
    numbers = [_number(stage) for stage in seen if seen[stage].status in (None, "open")]
    return None not in numbers and len(set(numbers)) == len(numbers)


def _places(system: str) -> dict[str, int]:
    """Return the places of a system's well-known stages, by word."""
    everyone = systems.systems()
    return dict(everyone[systems.GENERIC].stages) | dict(
        everyone.get(system, everyone[systems.GENERIC]).stages
    )


def _first(
    stage: str,
    other: str,
    known: Mapping[str, int],
    moves: Mapping[tuple[str, str], int],
    seen: Mapping[str, _Seen],
) -> int:
    """Return 1 if `stage` comes before `other`, -1 if after, 0 if nothing tells."""
    if stage in known and other in known and known[stage] != known[other]:
        return 1 if known[stage] < known[other] else -1
    there, back = moves.get((stage, other), 0), moves.get((other, stage), 0)
    if there + back >= _FEW_MOVES and there != back:
        return 1 if there > back else -1
    likely, also = seen[stage].probability, seen[other].probability
    if likely is not None and also is not None and abs(likely - also) > _APART:
        return 1 if likely < also else -1
    return 0


def _moves(store: Store) -> dict[tuple[str, str], int]:
    """Count how often a deal went from one stage straight to another."""
    rows = store.rows(
        "SELECT came, stage, count(*) FROM (SELECT stage, lag(stage) OVER ("
        "PARTITION BY deal_id ORDER BY entered_at, row_no) AS came FROM stage_history) "
        "WHERE came IS NOT NULL AND came <> stage GROUP BY ALL"
    )
    return {(came, stage): count for came, stage, count in rows}
