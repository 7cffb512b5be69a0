"""Ask which of several kinds of target in the rows of a list is the target.

    >>> of(draft).words                                                  # doctest: +SKIP
    {'Base': (0, 2), 'Stretch': (1, 3)}
    >>> [question.options for question in questions(draft)]              # doctest: +SKIP
    [('Base', 'Stretch')]

Base, stretch and commit targets of one person and month are alternatives, and targets from the
start of the year on hold those of earlier months: none of them adds up with another. Nor do
targets in several currencies: of one person and period there is one.
"""

from __future__ import annotations

from decimal import Decimal

from data.cleaning.summary import Question
from data.staging.draft import Draft
from data.staging.known import Kinds
from data.values.columns import plain, trimmed
from data.values.numbers import DECIMAL_MARKS, is_blank, parse_number
from data.values.target_kinds import is_cumulative, is_kind

_KEY = "target/which"
_MOST_WORDS, _SAMPLES = 12, 2
_OF_ONE = ("scope_kind", "scope_value", "period", "metric", "currency")


def of(draft: Draft) -> Kinds | None:
    """Return the kinds of target in the rows of a list; None where there is one kind."""
    if draft.table != "targets" or draft.sheet is None or "target" not in draft.mapping:
        return None
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.kinds:
        draft.known.kinds[key] = _look(draft)
    return draft.known.kinds[key]


def others(draft: Draft) -> frozenset[int]:
    """Return the rows of the kinds that do not count, as far as it is known."""
    kinds = of(draft)
    if kinds is None:
        return frozenset()
    out = set(kinds.words) - set(kinds.options)
    if (chosen := _chosen(draft, kinds)) is not None:
        out = set(kinds.words) - {chosen}
    rows = frozenset(at for word in out for at in kinds.words[word])
    return rows & _with_a_choice(draft, kinds) if _of_currency(draft, kinds) else rows


def questions(draft: Draft) -> list[Question]:
    """Return the open question about the kinds of target, with the sum of each."""
    kinds = of(draft)
    if kinds is None or _chosen(draft, kinds) is not None:
        return []
    return [_question(draft, kinds)]


def texts(draft: Draft, at: int) -> list[str]:
    """Return the cells of a column as text, "" for those that are blank."""
    assert draft.sheet
    cells = plain(trimmed(draft.sheet.rows[str(at)])).to_pylist()
    return ["" if text is None or is_blank(text) else str(text) for text in cells]


def amounts_of(draft: Draft) -> list[Decimal | None]:
    """Return the targets by the decimal mark that reads most of them."""
    written = texts(draft, draft.mapping["target"])
    read = [[parse_number(text, mark) for text in written] for mark in DECIMAL_MARKS]
    return min(read, key=lambda numbers: numbers.count(None))


def _look(draft: Draft) -> Kinds | None:
    assert draft.sheet
    mapped = {at for name, at in draft.mapping.items() if name != "version"}
    for at in range(len(draft.sheet.written)):
        if at in mapped:
            continue
        words: dict[str, list[int]] = {}
        for row, word in enumerate(texts(draft, at)):
            words.setdefault(word, []).append(row)
            if len(words) > _MOST_WORDS:
                break
        if 1 < len(words) <= _MOST_WORDS and all(map(is_kind, words)) and _meet(draft, at):
            of_months = tuple(word for word in words if not is_cumulative(word))
            rows_of = {word: tuple(rows) for word, rows in words.items()}
            return Kinds(at, rows_of, of_months or tuple(words))
    at = draft.mapping.get("currency", -1)
    if at >= 0 and _meet(draft, at):
        rows_of_code: dict[str, list[int]] = {}
        for row, word in enumerate(texts(draft, at)):
            rows_of_code.setdefault(word, []).append(row)
        codes = tuple(code for code in rows_of_code if code)[:_MOST_WORDS]
        return Kinds(at, {code: tuple(rows_of_code[code]) for code in codes}, codes)
    return None


def _meet(draft: Draft, at: int) -> bool:
    """Return whether some person has targets of several kinds for one period."""
    first: dict[tuple[str, ...], str] = {}
    rows = zip(_keys(draft, at), texts(draft, at), strict=True)
    return any(first.setdefault(key, word) != word for key, word in rows)


def _keys(draft: Draft, but: int) -> list[tuple[str, ...]]:
    """Return whose target of what and when each row is, without the column at `but`."""
    places = [draft.mapping[name] for name in _OF_ONE if name in draft.mapping]
    columns = [texts(draft, at) for at in places if at != but]
    return list(zip(*columns, strict=True))


def _of_currency(draft: Draft, kinds: Kinds) -> bool:
    return kinds.at == draft.mapping.get("currency")


def _with_a_choice(draft: Draft, kinds: Kinds) -> frozenset[int]:
    """Return the rows of the people and periods that have the chosen currency."""
    keys = _keys(draft, kinds.at)
    chosen = {keys[at] for at in kinds.words.get(_chosen(draft, kinds) or "", ())}
    return frozenset(at for at, key in enumerate(keys) if key in chosen)


def _chosen(draft: Draft, kinds: Kinds) -> str | None:
    if len(kinds.options) == 1:
        return kinds.options[0]
    answer = draft.answers.get(_KEY)
    return answer if answer in kinds.options else None


def _question(draft: Draft, kinds: Kinds) -> Question:
    assert draft.sheet
    amounts = amounts_of(draft)
    words = {at: word for word, rows in kinds.words.items() for at in rows}
    by_key: dict[tuple[str, ...], dict[str, Decimal]] = {}
    for at, (key, amount) in enumerate(zip(_keys(draft, kinds.at), amounts, strict=True)):
        if at not in words:
            continue
        of_key = by_key.setdefault(key, {})
        of_key[words[at]] = of_key.get(words[at], Decimal(0)) + (amount or 0)
    several = [(" · ".join(key), sums) for key, sums in by_key.items() if len(sums) > 1]
    whole = {
        word: sum((amounts[at] or Decimal(0) for at in rows), Decimal(0))
        for word, rows in kinds.words.items()
    }
    samples = tuple(
        (text, tuple(f"{sums.get(word, Decimal(0)):f}" for word in kinds.options))
        for text, sums in [("", whole), *several[:_SAMPLES]]
    )
    about = "currency" if _of_currency(draft, kinds) else ""
    return Question("target", draft.sheet.header[kinds.at], "which", kinds.options, samples, about)
