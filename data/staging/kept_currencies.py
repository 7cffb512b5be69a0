"""Find amounts without a currency whose records are known in another one than the company's.

    >>> looked_up(store, draft, today).kept.question                     # doctest: +SKIP
    Question(column='amount', ..., kind='kept', options=('kept', 'CNY'), ...)

A newer file without a column for it, or with a blank cell there, may have the amounts in the
currency that is known, or all in that of the company. Where an amount is the same as before, so is
its currency; where it has changed, whoever imports is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.summary import Question
from data.facts.canonical_names import accepted
from data.staging import absent_targets, readings
from data.staging.draft import KEPT, Draft
from data.staging.file_days import exported_on
from data.staging.findings import NOTHING_KEPT, Kept
from data.staging.row_currencies import currencies_of
from data.store import settings
from data.store.database import Store
from data.values.columns import plain, trimmed
from data.values.identifiers import identifiers
from data.values.periods import periods
from domain.tables import table

_SAMPLES = 3
_GAP = "\x1f"
# What tells a record of a table from others, beside its amount.
_NUMBERS = {
    "orders": ("order_id",),
    "contracts": ("contract_id",),
    "payments": ("payment_id",),
    "deals": ("deal_id",),
    "receivables": ("order_id", "contract_id", "due_date"),
    "spend": ("date", "period", "channel", "campaign", "kind"),
}
_DAYS = ("due_date", "date")
_TARGET = ("metric", "period", "scope_kind", "scope_value")


class _Record(NamedTuple):
    currency: str
    amount: Decimal | None


def looked_up(store: Store, draft: Draft, today: date) -> Draft:
    """Return the draft with the currencies that the records of its rows are known in."""
    return replace(draft, kept=_kept(store, draft, today))


def _kept(store: Store, draft: Draft, today: date) -> Kept:
    money = "target" if draft.table == "targets" else "amount"
    blank = _blank_cells(draft)
    if draft.sheet is None or draft.already or money not in draft.mapping or blank is None:
        return NOTHING_KEPT
    reporting = settings.setting(store, "currency") or ""
    foreign = f'SELECT 1 FROM "{draft.table}" WHERE currency <> ? LIMIT 1'  # noqa: S608
    if not store.rows(foreign, [reporting]):
        return NOTHING_KEPT
    keys = _keys(store, draft, today)
    known = _known(store, draft, today, keys)
    where = [at for at, key in enumerate(keys) if key in known and (not blank or at in blank)]
    if not where:
        return NOTHING_KEPT
    codes = currencies_of(draft, pa.array(where, pa.int64()), today, store)
    where = [at for at, code in zip(where, codes, strict=True) if code is None]
    how = readings.first_readings(draft, today)[money]
    amounts = readings.read(draft, money, how).values.take(pa.array(where, pa.int64())).to_pylist()
    currencies, changed = dict[int, str](), dict[int, tuple[_Record, Decimal]]()
    for at, amount in zip(where, amounts, strict=True):
        records = known[keys[at] or ""]
        same = [record for record in records if record.amount == amount]
        currencies[at] = (same or records)[0].currency
        if amount and not same and records[0].currency != reporting:
            changed[at] = (records[0], amount)
    if not changed:
        return Kept(currencies) if blank or draft.table == "spend" else NOTHING_KEPT
    header = draft.sheet.header[draft.mapping[money]]
    samples = tuple(
        (
            _shown(keys[at] or "", was),
            tuple(f"{code} {amount.normalize():,f}" for code in (was.currency, reporting)),
        )
        for at, (was, amount) in list(changed.items())[:_SAMPLES]
    )
    codes_before = ", ".join(sorted({was.currency for was, _ in changed.values()}))
    about = f"{len(changed)} · {codes_before}"
    question = Question(money, header, "kept", (KEPT, reporting), samples, about)
    # In another currency, spend is another record: the one before would count beside it.
    gone = tuple(
        _GAP.join((keys[at] or "", was.currency))
        for at, (was, _) in changed.items()
        if draft.table == "spend"
    )
    return Kept(currencies, frozenset(changed), question, gone)


def _blank_cells(draft: Draft) -> frozenset[int] | None:
    """Return the rows with a blank cell for the currency; none where no column has it.

    None is returned where every row names one, and for tables that are not looked at.
    """
    columns = _NUMBERS.get(draft.table or "", ())
    if draft.sheet is None or not (draft.table == "targets" or set(columns) & set(draft.mapping)):
        return None
    if "currency" not in draft.mapping:
        return frozenset()
    cells = plain(trimmed(draft.sheet.rows[str(draft.mapping["currency"])]))
    rows = pc.indices_nonzero(pc.is_null(cells)).to_pylist()
    return frozenset(rows) or None


def _known(
    store: Store, draft: Draft, today: date, keys: Sequence[str | None]
) -> dict[str, list[_Record]]:
    """Return by key the records that name a currency, those of newer exports left out."""
    name = draft.table or ""
    columns = _TARGET if name == "targets" else _NUMBERS[name]
    money = "target" if name == "targets" else "amount"
    said = exported_on(draft)
    if said:
        ends = readings.ends(draft, table(name).actual_dates, today).values()
        said = None if any(last and last > said for _, last in ends) else said
    listed = ", ".join(f'"{column}"' for column in columns)
    ids = [column for column in columns if table(name).column(column).identifier]
    here = " OR ".join(f'"{column}" IN (SELECT unnest($2))' for column in ids) or "true"
    parts = {part for key in keys if key for part in key.split(_GAP)} if ids else set()
    rows = store.rows(
        # Names of our own; values are parameters.
        f'SELECT {listed}, currency, "{money}" FROM "{name}" '  # noqa: S608
        f"WHERE currency IS NOT NULL AND ({here}) AND import_id NOT IN "
        "(SELECT import_id FROM imports WHERE made_on > $1) ORDER BY ALL",
        [said or date.max, *([sorted(parts)] if parts else [])],
    )
    known = defaultdict[str, list[_Record]](list)
    for *key, currency, amount in rows:
        if name == "targets":
            key[-1] = absent_targets.folded(key[-1])
        known[_key(key)].append(_Record(currency, amount))
    return known


def _keys(store: Store, draft: Draft, today: date) -> list[str | None]:
    """Return the key of each row of a draft; None for one without."""
    if draft.table == "targets":
        told = absent_targets.keys_of(draft, today, accepted(store))
        return [key and _key(key) for key in told]
    assert draft.sheet and draft.table
    columns: list[list[object]] = []
    for name in _NUMBERS[draft.table]:
        if name not in draft.mapping:
            columns.append([None] * draft.row_count)
        elif name in _DAYS:
            columns.append(readings.days(draft, [name], today)[name].to_pylist())
        else:
            cells = trimmed(draft.sheet.rows[str(draft.mapping[name])])
            cells = (
                identifiers(cells).values if table(draft.table).column(name).identifier else cells
            )
            texts = plain(cells).to_pylist()
            columns.append([*periods(texts)] if name == "period" else texts)
    return [_key(parts) if any(parts) else None for parts in zip(*columns, strict=True)]


def _key(parts: Sequence[object]) -> str:
    return _GAP.join("" if part is None else str(part) for part in parts)


def _shown(key: str, was: _Record) -> str:
    words = [part for part in key.split(_GAP) if part]
    amount = "" if was.amount is None else f" {was.amount.normalize():,f}"
    return " · ".join([*words, f"{was.currency}{amount}"])
