"""Find rows of a draft that share a key, and ask what becomes of them where nothing tells.

    >>> way(draft)                                                       # doctest: +SKIP
    'add'
    >>> [question.options for question in questions(draft)]              # doctest: +SKIP
    [('add', 'last')]

Spend by ad, targets by product and contracts by line are parts of one thing and are added up.
Two rows under one number that differ are two things, two lines of one, or an old row and a new
one: only the user knows. Rows that agree in all columns of ours are one record of a system that
numbers its records; where it does not, they are asked about too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.apart import COLUMN
from data.cleaning.same_keys import ADD, APART, LAST
from data.cleaning.summary import Question
from data.matching import systems
from data.staging import document_versions, number_ways, target_kinds, target_levels
from data.staging.draft import Draft
from data.staging.known import Shared
from data.values.columns import plain, trimmed
from data.values.numbers import parse_number
from data.values.periods import period
from domain.tables import table

# What can be done with rows of one key, by table.
_WAYS: Mapping[str, tuple[str, ...]] = {
    "deals": (APART, ADD, LAST),
    "contracts": (ADD, LAST),
    "receivables": (ADD, LAST),
    "spend": (ADD, LAST),
    "targets": (ADD, LAST),
    "payments": (APART, LAST),
    "activities": (APART, LAST),
    "leads": (APART, LAST),
}
# Rows that have a key without a number of their own; of some, different ones are parts.
_NUMBERLESS = ("spend", "targets", "receivables")
_PARTS = ("spend", "receivables")
_AMOUNTS = ("amount", "target", "budget")
# Such columns differ between an old row and a new one as well.
_CHANGING = re.compile(
    r"备注|说明|版本|日期|时间|修改|更新|remark|note|comment|version|date|time|modified|updated|status"
    r"|状态|datum|fecha",
    re.IGNORECASE,
)
_KEY, _GAP, _SAMPLES = "key", "\x1f", 2
# Rows looked at to tell what those are which share a key.
_MOST = 20_000

Row = Mapping[str, str | None]


def way(draft: Draft) -> str:
    """Return what becomes of rows that share a key; the last counts where none do."""
    shared = _shared(draft)
    if shared is None:
        return LAST
    answer = draft.answers.get(_question(draft, shared).key)
    return shared.way or (answer if answer in _WAYS[draft.table or ""] else LAST)


def look(draft: Draft) -> None:
    """Look for rows that share a key, so that what follows finds them."""
    _shared(draft)


def questions(draft: Draft) -> list[Question]:
    """Return the open question about rows that share a key, with the amounts at stake."""
    shared = _shared(draft)
    if shared is None or shared.way is not None:
        return []
    question = _question(draft, shared)
    return [question] if draft.answers.get(question.key) not in question.options else []


def _question(draft: Draft, shared: Shared) -> Question:
    assert draft.sheet and draft.table
    options = _WAYS[draft.table]
    stakes = (("", shared.totals), *shared.first) if shared.totals else ()
    column = next((name for name in _key_columns(draft)), table(draft.table).key[0])
    samples = tuple(
        (text, tuple(f"{amounts[option]:f}" for option in options)) for text, amounts in stakes
    )
    return Question(column, draft.sheet.header[draft.mapping[column]], "same", options, samples)


def _key_columns(draft: Draft) -> list[str]:
    """Return the mapped columns that tell one row of a draft from another; [] if rows have none."""
    assert draft.table
    if draft.table == "deals":
        names = ["deal_id", "deal_name", "as_of"]
        key = [name for name in names if name in draft.mapping]
        return key if set(key) & {"deal_id", "deal_name"} else []
    key = [name for name in table(draft.table).key if name in draft.mapping]
    if draft.table == "receivables":
        return key if set(key) & {"order_id", "contract_id"} else []
    if draft.table not in _NUMBERLESS and table(draft.table).key[0] not in draft.mapping:
        return []
    return key


def _shared(draft: Draft) -> Shared | None:
    if draft.table not in _WAYS or draft.sheet is None or not _key_columns(draft):
        return None
    key = (draft.table, number_ways.way_of(draft), *sorted(draft.mapping.items()))
    if key not in draft.known.shared:
        draft.known.shared[key] = _look(draft)
    return draft.known.shared[key]


def _look(draft: Draft) -> Shared | None:
    assert draft.sheet and draft.table
    keys = _keys(draft)
    counted = pc.value_counts(keys.drop_null())
    often = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    if not len(often):
        return None
    where = pc.indices_nonzero(pc.fill_null(pc.is_in(keys, value_set=often), False))
    where = where.slice(0, _MOST)
    cells = draft.sheet.rows.take(where)
    named = zip(cells.column_names, cells.columns, strict=True)
    columns = {name: plain(trimmed(column)) for name, column in named if name != "row"}
    rows = pa.table({**columns, _KEY: keys.take(where)}).to_pylist()
    groups: dict[str, list[Row]] = {}
    marks = _marks(draft)
    for row in rows:
        if not any(rule.reason(row[at] or "") for at, rule in marks):
            groups.setdefault(row[_KEY], []).append(row)
    several = [group for group in groups.values() if len(group) > 1]
    way = _way(draft, several) if several else LAST
    if way is not None:
        return None if way == LAST else Shared(way, {}, ())
    texts = _texts(draft)
    pairs = zip(keys.to_pylist(), texts, strict=True)
    # Of each key the last; rows without a key are none of these.
    last = {key or at: text for at, (key, text) in enumerate(pairs)}
    first = tuple(
        ((group[0][_KEY] or "").strip(_GAP).replace(_GAP, " · "), _totals(rows, rows[-1:]))
        for group in several[:_SAMPLES]
        for rows in [_texts(draft, group)]
    )
    return Shared(way, _totals(texts, last.values()), first)


def _keys(draft: Draft) -> pa.StringArray:
    """Return what identifies each row, as written; null for rows without a number or a name."""
    assert draft.sheet
    named = {
        name: plain(trimmed(draft.sheet.rows[str(draft.mapping[name])])).cast(pa.string())
        for name in _key_columns(draft)
    }
    if draft.table == "deals":
        numbers = [named.pop(name) for name in ("deal_id", "deal_name") if name in named]
        named = {"deal_id": pc.coalesce(*numbers), **named}
    kind, _, header = number_ways.way_of(draft).partition(":")
    if kind == COLUMN and header in draft.sheet.header:
        position = str(draft.sheet.header.index(header))
        named["shop"] = plain(trimmed(draft.sheet.rows[position])).cast(pa.string())
    if draft.table in _NUMBERLESS and "currency" in draft.mapping:
        position = str(draft.mapping["currency"])
        named["currency"] = plain(trimmed(draft.sheet.rows[position]))
    if draft.table == "targets":
        # Two ways to write one half-year are one key.
        periods = named["period"].to_pylist() if "period" in named else []
        written = {text: period(text) or text for text in set(periods)}
        if periods:
            named["period"] = pa.array([written[text] for text in periods], pa.string())
        named |= _of_groups(draft, named)
        if kinds := target_kinds.of(draft):
            named["kind"] = pa.array(target_kinds.texts(draft, kinds.at), pa.string())
    joined = pc.binary_join_element_wise(
        *named.values(), _GAP, null_handling="replace", null_replacement=""
    )
    number = next(iter(named.values()))
    out = set(document_versions.older(draft))
    if draft.table == "targets":
        out |= target_levels.known_levels(draft).out
    if out:
        gone = pc.is_in(pa.array(range(len(joined))), value_set=pa.array(sorted(out)))
        joined = pc.if_else(gone, pa.scalar(None, pa.string()), joined)
    if draft.table in _NUMBERLESS:
        return joined
    return pc.if_else(pc.is_valid(number), joined, pa.scalar(None, pa.string()))


def _of_groups(draft: Draft, named: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """Return the names of targets, those of groups in their place, and the kinds of groups."""
    kinds = target_levels.known_levels(draft).kinds
    if not kinds or "scope_value" not in named:
        return {}
    names = named["scope_value"].to_pylist()
    of_kind: list[str | None] = [None] * len(names)
    for at, (kind, name) in kinds.items():
        names[at], of_kind[at] = name, kind
    return {
        "scope_value": pa.array(names, pa.string()),
        "scope_kind": pa.array(of_kind, pa.string()),
    }


def _way(draft: Draft, groups: list[list[Row]]) -> str | None:
    """Return what is done with rows of one key; None where the user has to say."""
    ours = {str(at) for at in draft.mapping.values()}
    if draft.table not in _NUMBERLESS and all(_alike(group, ours) for group in groups):
        return LAST  # one record of a system that numbers its records
    if draft.table == "deals" and "deal_id" in draft.mapping and _one_amount(draft, groups):
        return LAST
    if ADD not in _WAYS[draft.table or ""] or draft.table == "deals":
        return None
    if draft.table in _PARTS:
        return ADD if all(_all_differ(group) for group in groups) else None
    return ADD if _told_apart(draft, groups) else None


def _alike(group: list[Row], columns: Iterable[str]) -> bool:
    return len({tuple(row[name] for name in sorted(columns)) for row in group}) == 1


def _all_differ(group: list[Row]) -> bool:
    return len({tuple(row.items()) for row in group}) == len(group)


def _one_amount(draft: Draft, groups: list[list[Row]]) -> bool:
    sizes = [{_figure(text) for text in _texts(draft, group)} for group in groups]
    return all(len(amounts) == 1 for amounts in sizes)


def _told_apart(draft: Draft, groups: list[list[Row]]) -> bool:
    """Return whether a column of words has another in each row of a key."""
    assert draft.sheet and draft.table
    if draft.sheet.computed and draft.mapping.get("amount", -1) >= len(draft.sheet.written):
        return True
    # Nor do amounts, nor periods of one key, which are one written in two ways.
    money = {str(draft.mapping[name]) for name in (*_AMOUNTS, "period") if name in draft.mapping}
    for at, header in enumerate(draft.sheet.written):
        if str(at) in money or _CHANGING.search(header):
            continue
        words = [[row[str(at)] for row in group] for group in groups]
        if all(None not in texts and len(set(texts)) == len(texts) for texts in words) and not all(
            _figure(text) is not None for texts in words for text in texts
        ):
            return True
    return False


def _marks(draft: Draft) -> list[tuple[str, systems.Counted]]:
    """Return the columns by which the system marks rows that do not count, with their rules."""
    assert draft.table and draft.sheet
    return [
        (str(at), rule)
        for rule in systems.counted(draft.table, draft.system)
        for at, header in enumerate(draft.sheet.header)
        if rule.applies(header, at in draft.mapping.values())
    ]


def _totals(every: Iterable[str | None], last: Iterable[str | None]) -> dict[str, Decimal]:
    whole = _sum(every)
    return {ADD: whole, APART: whole, LAST: _sum(last)}


def _texts(draft: Draft, rows: list[Row] | None = None) -> list[str | None]:
    """Return the amounts of rows, or of the file, as written; one for each without a column."""
    assert draft.sheet
    at = next((draft.mapping[name] for name in _AMOUNTS if name in draft.mapping), None)
    if at is None:
        return ["1"] * (draft.sheet.rows.num_rows if rows is None else len(rows))
    if rows is None:
        return list(plain(trimmed(draft.sheet.rows[str(at)])).to_pylist())
    return [row[str(at)] for row in rows]


def _sum(texts: Iterable[str | None]) -> Decimal:
    return sum((_figure(text) or Decimal(0) for text in texts), Decimal(0))


def _figure(text: str | None) -> Decimal | None:
    return (parse_number(text, ".") or parse_number(text, ",")) if text else None
