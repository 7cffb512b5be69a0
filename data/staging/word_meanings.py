"""Find what the statuses and stages of a draft mean, and ask for those that nobody knows.

    >>> words_of(draft)["stage"]["closed won (sales pipeline)"]           # doctest: +SKIP
    'won'
    >>> [question.about for question in questions(draft)]                 # doctest: +SKIP
    ['Renewed (Renewals)']

A status that nobody knows is asked before its rows count. A stage that nobody knows is a step
of an open deal, unless its name or its probability says that it may be an end.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa

from data.cleaning.summary import Question
from data.matching import systems
from data.staging.draft import Draft, Spoken
from data.values import meanings
from data.values.columns import normal, trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank, parse_number
from domain.tables import table

STATUS, STAGE = "status", "stage"
CONFLICT = "status/conflict"
_ENDS = ("won", "lost")
_TABLES = ("orders", "contracts", "deals")
_MOST_WORDS = 12
# One question for all the words of a column that has too many to ask about each.
REST = "*"
_SAMPLES = 3


def words_of(draft: Draft) -> dict[str, dict[str, str]]:
    """Return column → normalised word → choice: known, read out of the words around, answered."""
    assert draft.table
    words = {name: dict(by) for name, by in systems.words(draft.table, draft.system).items()}
    for column in _columns(draft):
        for spoken in _spoken(draft, (column,)):
            if read := _meaning(draft, column, spoken.texts[0]) or _answer(draft, column, spoken):
                words.setdefault(column, {})[normal(spoken.texts[0])] = read
    return words


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about words, and about a status that contradicts its stage."""
    if draft.table not in _TABLES or draft.sheet is None:
        return []
    asked = [_question(draft, column, spoken) for column, spoken in _unknown(draft)]
    every = [*asked, *_conflict(draft)]
    return [q for q in every if draft.answers.get(q.key) not in q.options]


def _columns(draft: Draft) -> list[str]:
    """Return the mapped columns whose words decide what counts."""
    if draft.table not in _TABLES:
        return []
    return [name for name in (STATUS, STAGE) if name in draft.mapping]


def _meaning(draft: Draft, column: str, text: str) -> str | None:
    assert draft.table
    known = systems.words(draft.table, draft.system).get(column, {})
    known = {**{choice: choice for choice in _choices(draft, column)}, **known}
    if draft.table == "deals":
        return meanings.of_deal(text, known)
    return meanings.of_document(text, known)


def _choices(draft: Draft, column: str) -> tuple[str, ...]:
    assert draft.table
    return ("open", *_ENDS) if column == STAGE else table(draft.table).column(column).choices


def _unknown(draft: Draft) -> list[tuple[str, Spoken]]:
    """Return the words nobody knows that have to be asked about, by column."""
    unknown = [
        (column, spoken)
        for column in _columns(draft)
        if column == STATUS or STATUS not in draft.mapping
        for spoken in _spoken(draft, (column,))
        if _meaning(draft, column, spoken.texts[0]) is None
        and not is_blank(spoken.texts[0])
        and (_counts(draft, spoken.texts[0]) if column == STATUS else _may_end(draft, spoken))
    ]
    for column in _columns(draft):
        own = [spoken for name, spoken in unknown if name == column]
        if len(own) > _MOST_WORDS:
            amounts = [spoken.amount or Decimal(0) for spoken in own]
            rest = Spoken((REST,), sum(spoken.rows for spoken in own), sum(amounts, Decimal(0)))
            unknown = [*((name, s) for name, s in unknown if name != column), (column, rest)]
    return unknown


def _counts(draft: Draft, text: str) -> bool:
    """Return whether a status is not one that takes its rows out of the import anyway."""
    assert draft.table and draft.sheet
    header = draft.sheet.header[draft.mapping[STATUS]]
    rules = systems.counted(draft.table, draft.system)
    return not any(rule.applies(header, mapped=True) and rule.reason(text) for rule in rules)


def _may_end(draft: Draft, spoken: Spoken) -> bool:
    stage = spoken.texts[0]
    known = systems.systems()
    steps = {**known[systems.GENERIC].stages, **known.get(draft.system, known["generic"]).stages}
    if normalise(stage) in steps:
        return False
    return meanings.may_end(stage)


def _answer(draft: Draft, column: str, spoken: Spoken) -> str | None:
    choices = _choices(draft, column)
    for about in (spoken.texts[0], REST):
        if (answer := draft.answers.get(f"{column}/word/{about}")) in choices:
            return answer
    return None


def _question(draft: Draft, column: str, spoken: Spoken) -> Question:
    assert draft.sheet
    options = _choices(draft, column)
    counts = ("valid", "open", "won")
    amount = spoken.amount if spoken.amount is not None else Decimal(spoken.rows)
    worth = tuple(f"{amount:f}" if option in counts else "0" for option in options)
    header = draft.sheet.header[draft.mapping[column]]
    return Question(column, header, "word", options, ((spoken.texts[0], worth),), spoken.texts[0])


def _conflict(draft: Draft) -> list[Question]:
    """Ask which holds where the status of a deal says other than its stage."""
    if draft.table != "deals" or not {STATUS, STAGE} <= set(draft.mapping):
        return []
    assert draft.sheet
    samples = []
    for spoken in _spoken(draft, (STATUS, STAGE)):
        status = _meaning(draft, STATUS, spoken.texts[0])
        stage = _meaning(draft, STAGE, spoken.texts[1])
        if status and stage and status != stage:
            samples.append((" · ".join(spoken.texts), (status, stage)))
    if not samples:
        return []
    header = draft.sheet.header[draft.mapping[STATUS]]
    return [Question(STATUS, header, "conflict", (STATUS, STAGE), tuple(samples[:_SAMPLES]))]


def _spoken(draft: Draft, columns: Sequence[str]) -> tuple[Spoken, ...]:
    """Return the texts of columns side by side, each once, with their rows and amounts."""
    assert draft.sheet
    at = [draft.mapping[name] for name in columns]
    amount = draft.mapping.get("amount")
    key = (*at, amount)
    if key not in draft.known.spoken:
        names = {f"text{n}": trimmed(draft.sheet.rows[str(p)]) for n, p in enumerate(at)}
        cells = pa.table({name: cells.cast(pa.string()) for name, cells in names.items()})
        figures = _figures(draft, amount)
        grouped = cells.append_column("amount", figures).group_by(list(names), use_threads=False)
        sums = grouped.aggregate([("amount", "sum"), ([], "count_all")])
        draft.known.spoken[key] = tuple(
            Spoken(
                tuple(row[name] for name in names),
                row["count_all"],
                row["amount_sum"] if amount is not None else None,
            )
            for row in sums.to_pylist()
            if all(row[name] for name in names)
        )
    return draft.known.spoken[key]


def _figures(draft: Draft, amount: int | None) -> pa.Array:
    assert draft.sheet
    kind = pa.decimal128(38, 4)
    if amount is None:
        return pa.nulls(draft.sheet.rows.num_rows, kind)
    coded = trimmed(draft.sheet.rows[str(amount)]).cast(pa.string()).dictionary_encode()
    numbers: list[Decimal | None] = []
    for text in coded.dictionary.to_pylist():
        number = parse_number(text, ".") or parse_number(text, ",")
        numbers.append(None if number is None else round(number, 4))
    return pa.array(numbers, kind).take(coded.indices)
