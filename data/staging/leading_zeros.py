"""Find numbers that differ from known ones in nothing but zeros or signs: 00123 and 123.

    >>> twins(store, draft, ['order_id'])           # doctest: +SKIP
    {'order_id': {'123': '00123'}}

A spreadsheet drops the zeros of a number that was text; two systems may as well number
from 00123 and from 123. The files do not tell which, so the user is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.summary import Question
from data.staging import inner_zeros
from data.staging.draft import Draft, id_of
from data.staging.inner_zeros import Lengths
from data.staging.spellings import MOST_KINDS, all_spelt_alike, spelt_otherwise
from data.store.database import Store
from data.values.columns import distinct, trimmed
from data.values.identifiers import identifiers
from domain.tables import table

SAME, DIFFERENT = "same", "different"
_SAMPLES = 3
# The table that gives each record its number; others refer to it.
_OWNERS = {
    "order_id": "orders",
    "contract_id": "contracts",
    "deal_id": "deals",
    "payment_id": "payments",
    "lead_id": "leads",
    "activity_id": "activities",
}


def twins(
    store: Store, draft: Draft, columns: Collection[str], others: Sequence[Draft] = ()
) -> dict[str, dict[str, str]]:
    """Return column → number in the draft → the number it may be: in the store, a file or itself.

    `columns` are those with numbers of digits alone, which may have lost zeros; `others` are
    the drafts of the same drop. Of two numbers in files, the shorter one may be the other. A
    number that the store has as it is, is that one.
    """
    pairs_by_column = {}
    for column, owner in _OWNERS.items():
        if column not in draft.mapping:
            continue
        # Where no deal is known yet, none can be spelt otherwise.
        first = draft.table == "deals" and draft.coverage and not draft.coverage.open_deals
        if first and column not in columns:
            continue
        drafts = [
            each
            for each in (draft, *others)
            if each is draft
            or (each.take and id_of(each) != id_of(draft) and column in each.mapping)
        ]
        kinds, padded, lengths = _in_store(store, owner, column)
        cells = [_cells(each, column) for each in drafts]
        inside = inner_zeros.may_differ(cells, lengths)
        if column not in columns and not inside and all_spelt_alike(cells, kinds):
            continue
        mine, *beside = (_identifiers(each, column) for each in drafts)
        pairs = spelt_otherwise(store, owner, column, mine, beside, kinds)
        if column in columns:
            pairs |= _padded_pairs(store, owner, column, mine, beside, padded)
        if inside:
            pairs |= inner_zeros.padded_otherwise(store, owner, column, mine, beside)
        if pairs:
            pairs_by_column[column] = pairs
    return pairs_by_column


def _padded_pairs(
    store: Store,
    owner: str,
    column: str,
    mine: pa.Array,
    beside: Sequence[pa.Array],
    padded: Collection[str],
) -> dict[str, str]:
    """Return the numbers of digits alone that differ from others in zeros, with these.

    `padded` are the store's numbers with zeros in front.
    """
    mine, *beside = map(_of_digits, (mine, *beside))
    # Nearly all lists end here: a number is doubtful where somebody has written zeros.
    if not padded and not any(map(_any_padded, (mine, *beside))):
        return {}
    return _pairs(store, owner, column, mine.to_pylist(), beside, padded)


def _pairs(
    store: Store,
    owner: str,
    column: str,
    mine: Sequence[str],
    beside: Sequence[pa.Array],
    padded: Collection[str],
) -> dict[str, str]:
    """Return the doubtful numbers of a draft with the one that each may be."""
    known = _known(store, owner, column, mine, padded)
    longest = {number.lstrip("0"): number for number in sorted(mine, key=len)}
    for numbers in beside:
        theirs = {number.lstrip("0"): number for number in numbers.to_pylist()}
        for bare in theirs.keys() & longest.keys():
            longest[bare] = max(longest[bare], theirs[bare], key=len)
    pairs = {}
    for number in mine:
        bare = number.lstrip("0")
        other_spellings = known.get(bare, [])
        meant = other_spellings[0] if other_spellings else longest[bare]
        if bare and meant != number and number not in other_spellings:
            pairs[number] = meant
    return pairs


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about a draft's numbers, one a column."""
    every_question = [_question(draft, column, pairs) for column, pairs in _mapped(draft).items()]
    return [
        question
        for question in every_question
        if draft.answers.get(question.key) not in (SAME, DIFFERENT)
    ]


def same_ids(draft: Draft) -> dict[str, Mapping[str, str]]:
    """Return the spellings to take instead, by column, where the user said that they are one."""
    return {
        column: pairs
        for column, pairs in _mapped(draft).items()
        if draft.answers.get(_question(draft, column, pairs).key) == SAME
    }


def _mapped(draft: Draft) -> dict[str, Mapping[str, str]]:
    return {column: pairs for column, pairs in draft.twins.items() if column in draft.mapping}


def _question(draft: Draft, column: str, pairs: Mapping[str, str]) -> Question:
    header = draft.sheet.header[draft.mapping[column]] if draft.sheet else column
    samples = tuple((number, (twin, number)) for number, twin in list(pairs.items())[:_SAMPLES])
    return Question(column, header, "zeros", (SAME, DIFFERENT), samples)


def _identifiers(draft: Draft, column: str) -> pa.Array:
    """Return the distinct identifiers in a column of a draft."""
    assert draft.sheet and draft.table
    if not table(draft.table).column(column).identifier:
        return pa.array([], pa.string())
    return distinct(identifiers(trimmed(_cells(draft, column))).values)


def _cells(draft: Draft, column: str) -> pa.ChunkedArray:
    assert draft.sheet
    return draft.sheet.rows[str(draft.mapping[column])]


def _of_digits(numbers: pa.Array) -> pa.Array:
    return numbers.filter(pc.match_substring_regex(numbers, "^[0-9]+$"))


def _any_padded(numbers: pa.Array) -> bool:
    return bool(pc.any(pc.starts_with(numbers, "0")).as_py())


def _in_store(store: Store, owner: str, column: str) -> tuple[set[str], set[str], Lengths]:
    """Return what the store's numbers have beside their digits, and those with zeros in front.

    With them come the lengths of all.
    """
    rows = store.rows(
        # Names of our own.
        "SELECT true, kind FROM (SELECT DISTINCT translate(kind, '0123456789', '') AS kind "  # noqa: S608
        "FROM ("
        f'SELECT DISTINCT trim("{column}", \'0123456789\') AS kind FROM "{owner}" '
        f"WHERE NOT starts_with(\"{column}\", 'row:')) LIMIT ?) "
        f'UNION ALL SELECT DISTINCT false, "{column}" FROM "{owner}" '
        f"WHERE \"{column}\" LIKE '0%' AND regexp_full_match(\"{column}\", '[0-9]+')",
        [MOST_KINDS + 1],
    )
    kinds = {text for is_kind, text in rows if is_kind}
    (lengths,) = store.rows(inner_zeros.in_store(owner, column)) or [(None, None, False)]
    return kinds, {text for is_kind, text in rows if not is_kind}, Lengths(*lengths)


def _known(
    store: Store, owner: str, column: str, mine: Sequence[str], padded: Collection[str]
) -> dict[str, list[str]]:
    """Return the store's spellings of the numbers that zeros make doubtful, by bare number."""
    bare = {number.lstrip("0") for number in mine}
    doubtful = {number.lstrip("0") for number in mine if number.startswith("0")}
    doubtful |= {number.lstrip("0") for number in padded} & bare
    if not doubtful:
        return {}
    known: dict[str, list[str]] = {}
    for (number,) in store.rows(
        # Names of our own; values are parameters.
        f'SELECT DISTINCT "{column}" FROM "{owner}" '  # noqa: S608
        f"WHERE ltrim(\"{column}\", '0') IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1",
        [sorted(doubtful)],
    ):
        known.setdefault(number.lstrip("0"), []).append(number)
    return known
