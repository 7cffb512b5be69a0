"""Find what the statuses and stages of a draft mean, and ask for those that nobody knows.

    >>> words_of(draft)["stage"]["closed won (sales pipeline)"]           # doctest: +SKIP
    'won'
    >>> [question.about for question in questions(draft)]                 # doctest: +SKIP
    ['Renewed (Renewals)']

A status that nobody knows is asked before its rows count. A stage that nobody knows is a step
of an open deal, unless its name or its probability says that it may be an end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.summary import Question
from data.matching import systems
from data.staging import stage_chances
from data.staging.draft import Draft
from data.staging.known import Spoken
from data.staging.pipelines import stage_alone
from data.values import meanings, shop_statuses
from data.values.columns import normal, trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank, parse_number
from data.values.won_marks import flag
from domain.tables import table

STATUS, STAGE = "status", "stage"
CONFLICT = "status/conflict"
_ENDS = ("won", "lost")
_TABLES = ("orders", "contracts", "deals")
MOST_WORDS = 12
# One question for all the words of a column that has too many to ask about each.
REST = "*"
_SAMPLES = 3


def words_of(draft: Draft) -> dict[str, dict[str, str]]:
    """Return column → normalised word → choice: known, read out of the words around, answered."""
    assert draft.table
    words = {name: dict(by) for name, by in systems.words(draft.table, draft.system).items()}
    for column in _columns(draft):
        for spoken in _spoken(draft, (column,)):
            if read := spoken.meanings[0] or _answer(draft, column, spoken):
                words.setdefault(column, {})[spoken.words[0]] = read
    return words


def look(draft: Draft) -> None:
    """Read the words of the draft's columns, so that what follows finds them read."""
    for columns in [*((name,) for name in _columns(draft)), *_contradictable(draft)]:
        _spoken(draft, columns)


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about words, and about a status that contradicts its stage."""
    if draft.table not in _TABLES or draft.sheet is None:
        return []
    unknown = [_question(draft, column, spoken) for column, spoken in _unknown(draft)]
    every = [*unknown, *_conflict(draft)]
    return [q for q in every if draft.answers.get(q.key) not in q.options]


def _columns(draft: Draft) -> list[str]:
    """Return the mapped columns whose words decide what counts."""
    if draft.table not in _TABLES:
        return []
    return [name for name in (STATUS, STAGE) if name in draft.mapping]


def _known(draft: Draft, column: str) -> dict[str, str]:
    assert draft.table
    known = systems.words(draft.table, draft.system).get(column, {})
    if draft.sheet and any(note.code == "net_of_refunds" for note in draft.sheet.notes):
        known = {**dict.fromkeys(meanings.PARTLY, "valid"), **known}
    return {**{choice: choice for choice in _choices(draft, column)}, **known}


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
        if spoken.doubtful
    ]
    for column in _columns(draft):
        own = [spoken for name, spoken in unknown if name == column]
        if len(own) > MOST_WORDS:
            amounts = [spoken.amount or Decimal(0) for spoken in own]
            rows = sum(spoken.rows for spoken in own)
            rest = Spoken((REST,), (), (None,), True, rows, sum(amounts, Decimal(0)))
            unknown = [*((name, s) for name, s in unknown if name != column), (column, rest)]
    return unknown


def _counts(draft: Draft, text: str) -> bool:
    """Return whether a status is not one that takes its rows out of the import anyway."""
    assert draft.table and draft.sheet
    header = draft.sheet.header[draft.mapping[STATUS]]
    rules = systems.counted(draft.table, draft.system)
    return not any(rule.applies(header, mapped=True) and rule.reason(text) for rule in rules)


def _doubtful(draft: Draft, column: str, text: str, meaning: str | None, chance: str) -> bool:
    """Return whether the user has to say what a text means.

    `chance` is what the probabilities of a stage say: "won", "open", "zero", or "" for nothing.
    """
    if meaning is not None or is_blank(text):
        return False
    if column == STATUS:
        return _counts(draft, text)
    assert draft.sheet
    text = stage_alone(draft.sheet, text)
    if chance in ("won", "open"):
        return chance == "won"
    if _is_step(draft, text):
        return meanings.may_be_signed(text)
    return chance == "zero" or meanings.may_end(text) or meanings.may_be_signed(text)


def _agrees(draft: Draft, stage: str, chance: str) -> bool:
    """Return whether a stage is none that is known as a step, or one that may be won."""
    return not _is_step(draft, stage) or (chance == "won" and meanings.may_be_signed(stage))


def _is_step(draft: Draft, stage: str) -> bool:
    assert draft.sheet
    stage, known = stage_alone(draft.sheet, stage), systems.systems()
    steps = {**known[systems.GENERIC].stages, **known.get(draft.system, known["generic"]).stages}
    return normalise(stage) in steps


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
    assert draft.sheet
    against = _against(draft)
    samples = [(" · ".join(spoken.texts), tuple(map(str, spoken.meanings))) for spoken in against]
    if not samples or given(draft).get(CONFLICT) == STAGE:
        return []
    header = draft.sheet.header[draft.mapping[STATUS]]
    return [Question(STATUS, header, "conflict", (STATUS, STAGE), tuple(samples[:_SAMPLES]))]


def _against(draft: Draft) -> list[Spoken]:
    """Return the pairs of a status and a stage that contradict each other."""
    return [
        spoken
        for columns in _contradictable(draft)
        for spoken in _spoken(draft, columns)
        if all(spoken.meanings) and len(set(spoken.meanings)) > 1
    ]


def given(draft: Draft) -> dict[str, str]:
    """Return the answers, with the stage where no status says more than that a record is in use."""
    against = _against(draft)
    in_use = bool(against) and all(normalise(one.texts[0]) in meanings.IN_USE for one in against)
    return {**({CONFLICT: STAGE} if in_use else {}), **draft.answers}


def _contradictable(draft: Draft) -> list[tuple[str, ...]]:
    """Return the columns that may contradict each other, if the draft has both."""
    both = (STATUS, STAGE)
    return [both] if draft.table == "deals" and set(both) <= set(draft.mapping) else []


def _spoken(draft: Draft, columns: Sequence[str]) -> tuple[Spoken, ...]:
    """Return the texts of columns side by side, each once, with their rows and amounts."""
    beside = (*columns, "amount", "probability", "status")
    key = (draft.table, *((name, draft.mapping.get(name)) for name in beside))
    if key not in draft.known.spoken:
        draft.known.spoken[key] = tuple(_read(draft, columns))
    return draft.known.spoken[key]


def _read(draft: Draft, columns: Sequence[str]) -> Iterator[Spoken]:
    assert draft.sheet
    known = {column: _known(draft, column) for column in columns}
    cells = {
        name: trimmed(draft.sheet.rows[str(draft.mapping[name])]).cast(pa.string())
        for name in columns
    }
    grouped = pa.table(cells).group_by(list(columns), use_threads=False)
    read = meanings.of_deal if draft.table == "deals" else meanings.of_document
    rows = grouped.aggregate([([], "count_all")]).to_pylist()
    if draft.table != "deals" and STATUS in known:
        texts_there = [row[STATUS] for row in rows if row[STATUS]]
        known[STATUS] |= _unpaid(draft, texts_there)
        known[STATUS] = _of_shop(draft, known[STATUS], texts_there)
    chances = stage_chances.chances(draft, known[STAGE]) if columns == (STAGE,) else {}
    # A column of 1 and 0, or of yes and no, has no stages, and nobody knows what is yes.
    flags = columns == (STAGE,) and all(flag(row[STAGE]) is not None for row in rows if row[STAGE])
    every = []
    for row in rows:
        texts = tuple(row[name] for name in columns)
        if not all(texts):
            continue
        meant = tuple(read(row[name], known[name]) for name in columns)
        chance = (chances[texts[0]] or "zero") if texts[0] in chances else ""
        if chance in _ENDS and meant == (None,) and _agrees(draft, texts[0], chance):
            meant = (chance,)
        doubtful = _doubtful(draft, columns[0], texts[0], meant[0], chance)
        doubtful |= flags and meant == (None,)
        words = tuple(map(normal, texts))
        every.append(Spoken(texts, words, meant, doubtful, row["count_all"], None))
    if columns == (STAGE,):
        every = _with_live(draft, every)
    amounts = amounts_beside(draft, cells[columns[0]], {s.texts[0] for s in every if s.doubtful})
    for spoken in every:
        yield replace(spoken, amount=amounts.get(spoken.texts[0]))


def _with_live(draft: Draft, every: list[Spoken]) -> list[Spoken]:
    """Doubt stages that may follow a win where no stage of their pipeline is won."""
    won = {meanings.in_brackets(spoken.texts[0]) for spoken in every if spoken.meanings[0] == "won"}
    return [
        replace(spoken, doubtful=True)
        if spoken.meanings == (None,)
        and meanings.may_be_live(spoken.texts[0])
        and not _is_step(draft, spoken.texts[0])
        and meanings.in_brackets(spoken.texts[0]) not in won
        else spoken
        for spoken in every
    ]


def _of_shop(draft: Draft, known: dict[str, str], texts: list[str]) -> dict[str, str]:
    """Return the known words as a shop means them, without those that may be unpaid orders.

    A system that is known has words of its own.
    """
    if draft.table != "orders" or draft.system != systems.GENERIC or draft.sheet is None:
        return known
    said = shop_statuses.of_shop(draft.sheet.header, texts)
    sure = {word: meaning for word, meaning in said.items() if meaning}
    return {word: meaning for word, meaning in known.items() if word not in said} | sure


def _unpaid(draft: Draft, texts: list[str]) -> dict[str, str]:
    """Return what unpaid orders of the draft are worth, as far as its list tells."""
    assert draft.sheet
    worth = meanings.unpaid(draft.sheet.header, texts)
    return dict.fromkeys(meanings.UNPAID, worth) if worth else {}


def amounts_beside(draft: Draft, cells: pa.StringArray, texts: set[str]) -> dict[str, Decimal]:
    """Return the sum of the amounts beside each of `texts`; nothing without a column of amounts."""
    at = draft.mapping.get("amount")
    if at is None or not texts or draft.sheet is None:
        return {}
    beside = pc.is_in(cells, value_set=pa.array(sorted(texts), pa.string()))
    written = trimmed(draft.sheet.rows[str(at)]).cast(pa.string()).filter(beside)
    sums = dict.fromkeys(texts, Decimal(0))
    for text, cell in zip(cells.filter(beside).to_pylist(), written.to_pylist(), strict=True):
        number = cell and (parse_number(cell, ".") or parse_number(cell, ","))
        sums[text] += round(number, 4) if number else 0
    return sums
