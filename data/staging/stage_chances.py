"""Read from the probabilities beside the stages which of them end a deal.

    >>> chances(draft, {})                                               # doctest: +SKIP
    {'Signed': 'won', 'Negotiation': 'open', 'Intake': None}

A stage all of whose deals have 100 % is won, as long as others have less. One with deals at 100 %
and at less may be won. One at 0 % may be lost or not yet rated: it is lost where a stage that is
known as lost has 0 % too.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa

from data.staging.draft import Draft
from data.values.columns import plain, trimmed
from data.values.header_text import normalise
from data.values.meanings import of_deal
from data.values.numbers import parse_number

_WHOLE = Decimal(100)


def chances(draft: Draft, known: Mapping[str, str]) -> dict[str, str | None]:
    """Return stage as written → "won", "lost", "open", or None for one that may be either.

    Stages without probabilities, or with deals at 0 % and at more, are missing. `known` are
    the stages whose meaning is known. Nothing is read where a status says it, or where all
    deals have the same probability.
    """
    if draft.sheet is None or "status" in draft.mapping:
        return {}
    if not {"stage", "probability"} <= set(draft.mapping):
        return {}
    names = ("stage", "probability")
    cells = {
        name: plain(trimmed(draft.sheet.rows[str(draft.mapping[name])])).cast(pa.string())
        for name in names
    }
    pairs = pa.table(cells).group_by(list(names), use_threads=False).aggregate([]).to_pylist()
    numbers = {pair["probability"]: _number(pair["probability"]) for pair in pairs}
    rated = {number for number in numbers.values() if number is not None}
    if len(rated) < 2:
        return {}
    signs = any("%" in text for text in numbers if text)
    whole = _WHOLE if signs or max(rated) > 1 else Decimal(1)
    by_stage: dict[str, set[Decimal]] = {}
    for pair in pairs:
        number = numbers[pair["probability"]]
        if pair["stage"] and number is not None:
            by_stage.setdefault(pair["stage"], set()).add(number)
    lost_at_zero = any(
        values == {Decimal(0)} and of_deal(normalise(stage), known) == "lost"
        for stage, values in by_stage.items()
    )
    read: dict[str, str | None] = {}
    for stage, values in by_stage.items():
        if values == {whole}:
            read[stage] = "won"
        elif values == {Decimal(0)}:
            read[stage] = "lost" if lost_at_zero else None
        elif whole in values:
            read[stage] = None
        elif Decimal(0) not in values:
            read[stage] = "open"
    return read


def _number(text: str | None) -> Decimal | None:
    bare = (text or "").replace("%", "").replace("％", "").strip()
    return (parse_number(bare, ".") or parse_number(bare, ",")) if bare else None
