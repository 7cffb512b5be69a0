"""Tell the numbers of one file apart by its shops, companies or years, where these number alike.

    >>> kept_apart(draft, today).answers                                 # doctest: +SKIP
    {'order_id/reused': 'column:店铺'}

An export of two shops has two orders 1001, of other customers and days. As lines of one order they
would be counted as one, and a newer export would take lines from it. A number that two shops have
for one customer on one day is one order, such as one that both of them delivered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.apart import COLUMN
from data.facts.canonical_names import Names
from data.layout.sheet import Note
from data.staging import readings
from data.staging.draft import Draft
from data.staging.known_numbers import Others
from data.staging.known_records import agree, numbers, of_draft
from data.staging.number_ways import COMPARED, key_of, way_of
from data.values.columns import distinct, plain, trimmed
from data.values.header_text import normalise
from data.values.same_words import same_word

NOTED = "numbers_of_shops"
_TABLES = ("orders", "contracts", "payments")
_MOST_SHOPS, _MOST_ROWS = 200, 500_000
_SHOPS = ("店铺", "门店", "店名", "网店", "分店", "分公司", "分支机构", "平台", "站点", "公司主体")
_SHOP_WORDS = frozenset(
    ("shop", "store", "branch", "platform", "marketplace", "outlet", "subsidiary", "filiale")
)
_NOT_NAMES = frozenset(("id", "no", "code", "number", "address", "编号", "编码", "地址", "电话"))
# Within one file, numbers may be of these as well.
_COMPANIES = frozenset((
    "账套", "公司", "公司名称", "法人", "法人主体", "法人公司", "组织", "销售组织", "主体",
    "核算主体", "company", "company name", "company code", "entity", "legal entity", "ledger",
    "mandant", "sales organization", "sales organisation", "buchungskreis", "firma", "société",
    "empresa", "tienda", "boutique", "magasin", "negozio", "loja", "winkel",
))  # fmt: skip
_YEARS = frozenset((
    "年度", "年份", "年", "会计年度", "财年", "year", "fiscal year", "jahr", "geschäftsjahr", "año",
    "année", "exercice", "anno", "ano", "jaar",
))  # fmt: skip
# Columns of ours that a shop may be taken for.
_TAKEN_FOR = ("channel", "region", "category", "team", "campaign")
# One order may have lines of some days; a subscription has them month by month.
_DAYS, _MONTHS = 7, 62


def shop_columns(draft: Draft) -> list[str]:
    """Return the headers of columns that say of each record which shop it is of."""
    assert draft.sheet
    return [
        header
        for at, header in enumerate(draft.sheet.written)
        if _of_shops(header) and _is_full(draft, at)
    ]


def telling_columns(draft: Draft) -> list[str]:
    """Return the headers of columns by which numbers may be told apart, shops before years."""
    assert draft.sheet
    free = {at for name, at in draft.mapping.items() if name not in _TAKEN_FOR}
    by_name = [
        header
        for words in (_COMPANIES, _YEARS)
        for at, header in enumerate(draft.sheet.written)
        if at not in free and normalise(header) in words and _is_full(draft, at)
    ]
    return [*shop_columns(draft), *by_name]


def kept_apart(draft: Draft, today: date) -> Draft:
    """Return the draft with its numbers told apart, and a note, if one stands for two records."""
    if draft.table not in _TABLES or draft.sheet is None or key_of(draft) in draft.answers:
        return draft
    if draft.row_count > _MOST_ROWS:
        return draft
    header = next((one for one in telling_columns(draft) if _collide(draft, one, today)), None)
    if header is None:
        return draft
    about = draft.sheet.header[draft.mapping[COMPARED[draft.table].key]]
    notes = tuple(note for note in draft.sheet.notes if note.code != NOTED)
    note = Note.of(NOTED, header=about, other=header)
    answers = {**draft.answers, key_of(draft): f"{COLUMN}:{header}"}
    return replace(draft, answers=answers, sheet=replace(draft.sheet, notes=(*notes, note)))


def standing(draft: Draft, there: Others, names: Names, today: date) -> dict[str, str]:
    """Return the numbers told apart whose records stand under the bare one, from an earlier file.

    The records under the bare number are those of all shops, so that each is compared by itself.
    """
    if not way_of(draft).startswith(f"{COLUMN}:"):
        return {}
    told, bare = numbers(draft, way_of(draft), today), numbers(draft, "", today)
    here = pc.is_in(bare, value_set=there.ids)
    new = pc.and_(here, pc.invert(pc.is_in(told, value_set=there.ids)))
    pairs = dict(zip(told.filter(new).to_pylist(), bare.filter(new).to_pylist(), strict=True))
    if not pairs:
        return {}
    known = there.records(list(dict.fromkeys(pairs.values())))
    mine = of_draft(draft, told, list(pairs), names, today)
    own: dict[str, str] = {}
    for number, stands in pairs.items():
        both = number in mine and stands in known and number != stands
        if both and stands not in own.values() and agree(known[stands], mine[number]):
            own[number] = stands
    return own


def _of_shops(header: str) -> bool:
    words = set(header.casefold().replace("_", " ").split())
    if words & _NOT_NAMES or any(header.endswith(word) for word in _NOT_NAMES):
        return False
    return bool(words & _SHOP_WORDS) or any(word in header for word in _SHOPS)


def _is_full(draft: Draft, at: int) -> bool:
    assert draft.sheet
    cells = trimmed(draft.sheet.rows[str(at)])
    return not cells.null_count and len(distinct(cells)) <= _MOST_SHOPS


def _collide(draft: Draft, header: str, today: date) -> bool:
    """Return whether most numbers that stand under two shops are those of two records."""
    assert draft.sheet and draft.table
    shops = plain(trimmed(draft.sheet.rows[str(draft.sheet.header.index(header))]))
    if len(distinct(shops)) < 2:
        return False
    ids = numbers(draft, "", today)
    pairs = pa.table({"id": ids, "shop": shops}).group_by(["id", "shop"]).aggregate([])
    counted = pc.value_counts(pairs["id"].combine_chunks().drop_null())
    several = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    if not len(several):
        return False
    where = pc.indices_nonzero(pc.fill_null(pc.is_in(ids, value_set=several), False))
    of_year = normalise(header) in _YEARS
    records: dict[str, dict[str, list[tuple[str | None, date | None]]]] = {}
    columns = (column.take(where).to_pylist() for column in (ids, shops, *_said(draft, today)))
    for number, shop, customer, day in zip(*columns, strict=True):
        records.setdefault(number, {}).setdefault(shop, []).append((customer, day))
    other = sum(_differ(list(by_shop.values()), of_year) for by_shop in records.values())
    return other * 2 >= len(records)


def _said(draft: Draft, today: date) -> Iterator[pa.Array]:
    """Yield the customer and the day of each row, null where the file has none."""
    assert draft.sheet and draft.table
    nothing = pa.nulls(draft.row_count)
    at = draft.mapping.get("customer")
    yield nothing if at is None else plain(trimmed(draft.sheet.rows[str(at)]))
    day = COMPARED[draft.table].day
    yield readings.days(draft, [day], today).get(day, nothing) if day in draft.mapping else nothing


def _differ(shops: Sequence[Iterable[tuple[str | None, date | None]]], of_year: bool) -> bool:
    """Return whether the rows of one number are of other records in any two shops."""
    customers = [{customer for customer, _day in rows if customer} for rows in shops]
    days = [sorted(day for _customer, day in rows if day) for rows in shops]
    for at, mine in enumerate(customers):
        for before in range(at):
            theirs = customers[before]
            known = bool(mine and theirs)
            if known and not any(same_word(one, other) for one in mine for other in theirs):
                return True
            least = (_MONTHS if of_year else _DAYS) if known or of_year else 0
            if not (of_year and known) and _gap(days[at], days[before]) > least:
                return True
    return False


def _gap(mine: Sequence[date], theirs: Sequence[date]) -> int:
    """Return the days between two times; 0 if they meet, or one is unknown."""
    if not mine or not theirs:
        return 0
    first, second = sorted(((mine[0], mine[-1]), (theirs[0], theirs[-1])))
    return max(0, (second[0] - first[1]).days)
