"""Give the kind of a section to its rows: "Returns" or 已取消 in a row of its own above them.

    >>> sectioned(table, ("Order ID", "Date", "Amount"))[1]                  # doctest: +SKIP
    ('Order ID', 'Date', 'Amount', 'Document type')

Without it, what is below such a heading would count like what is above. The words of the column
are then read, or asked about, like those of any other.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import filled_counts, kind, rows_of, usual_width, value_columns
from data.layout.header_periods import period_of
from data.layout.header_rows import LOOK
from data.layout.provenance import Blank
from data.layout.sheet import Note, listed
from data.values.directions import OUT, TAKES, direction
from data.values.header_text import has_hanzi

_LEAST = 3  # cells of a record, of which a heading fills one
_LONGEST = 40
_MOST = 200
_VOID = re.compile(
    r"\b(?:cancell?ed|cancell?ations?|void(?:ed)?|stornierte?|annul[ée]e?s?|anulad[oa]s?|annullati)\b"
    r"|\b(?:deleted|lost|test(?: orders?)?|duplicates?|gelöscht|supprim[ée]e?s?|eliminad[oa]s?)\b"
    r"|取消|作废|已删除|输单|丢单|作廢|无效订单|关闭",
    re.IGNORECASE,
)
# 订单, 销售明细, Sales orders: no word of how the records stand.
_PLAIN = re.compile(
    r"(?:(?:sales|customer|order) )?(?:orders?|sales|invoices?|order (?:list|lines|data))(?: list)?"
    r"|(?:aufträge|bestellungen|verkäufe|rechnungen|umsätze|commandes|ventes|factures|pedidos"
    r"|ventas|facturas|ordini|vendite|fatture|orders|verkopen|facturen|encomendas|vendas)"
    r"|(?:销售|客户)?(?:订单|單據|单据|订货单|销售单|出库单|发货单|销售|發票|发票)"
    r"(?:明细|列表|清单|数据|记录|表)?|訂單(?:明細|列表)?",
    re.IGNORECASE,
)
# What stands around the words of a heading: II. Returns, 二、退货, --- Returns (2 orders) ---
_NUMBER = re.compile(
    r"[\s\W]{0,6}(?:(?:[IVX]{1,4}|\d{1,2}|[A-Z]|[一二三四五六七八九十]{1,2})[.)、．:]\s{0,3}"
    r"|(?:section|part|type|abschnitt|teil)\s{0,2}[:：]\s{0,3})?",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s{0,3}[(（]\s?\d[^)）]{0,16}[)）]?[\s\W]{0,6}$|[\s:：=*—–-]{1,8}$")


def sectioned(
    table: pa.Table, header: tuple[str, ...]
) -> tuple[pa.Table, tuple[str, ...], list[Note], Blank]:
    """Return the rows without the headings of sections, which become a column, the last.

    `table` has a column for each name of `header`, then "row". Returns the rows, the header,
    notes, and the row numbers of the cells that were blank, by column.
    """
    headings = _headings(table)
    telling = [text for text in headings.values() if _tells(text)]
    if not telling:
        return table, header, [], {}
    values: list[str | None] = []
    heading = None
    for at in range(table.num_rows):
        heading = headings.get(at, heading)
        values.append(heading)
    hanzi = has_hanzi("".join(header))
    name = "单据类型" if hanzi else "Document type"
    if any(map(is_void, telling)):
        name = "订单状态" if hanzi else "Status"
    name = name if name not in header else f"{name} (2)"
    place = len(header)
    alone = pa.array([at in headings for at in range(table.num_rows)])
    rows = listed(table["row"].filter(alone).to_pylist())
    note = Note.of("group_rows", count=len(headings), columns=name, rows=rows)
    column = pa.array(values, pa.string())
    table = table.add_column(place, str(place), column).filter(pc.invert(alone))
    return table, (*header, name), [note], {place: table["row"].combine_chunks()}


def is_void(text: str) -> bool:
    """Return whether a heading or a sheet's name says that its rows do not count."""
    return bool(_VOID.search(text))


def is_plain(text: str) -> bool:
    """Return whether a name says of records only that they are orders, or of which month."""
    return bool(_PLAIN.fullmatch(text.strip())) or period_of(text) is not None


def _tells(text: str) -> bool:
    return direction(text) in (TAKES, OUT) or is_void(text)


def _headings(table: pa.Table) -> dict[int, str]:
    """Map positions of headings to what they say: those of sections that do not simply count.

    Beside one of them, others that fill the same column where records fill it are headings too.
    """
    counts = filled_counts(table)
    if usual_width(counts) < _LEAST:
        return {}
    lone = pc.indices_nonzero(pc.equal(counts, 1)).to_pylist()
    if not lone or len(lone) > min(_MOST, table.num_rows // 2):
        return {}
    whole = table.filter(pc.greater_equal(counts, _LEAST)).slice(0, LOOK)
    if not value_columns(rows_of(whole), table.num_columns - 1, 0.8):
        return {}
    texts = {}
    for at, row in zip(lone, rows_of(table.take(pa.array(lone, pa.int64()))), strict=True):
        place, text = next((place, cell) for place, cell in enumerate(row) if cell)
        if kind(text) == "words" and len(text) <= _LONGEST and at + 1 < table.num_rows:
            texts[at] = (place, text)
    places = {place for place, text in texts.values() if _tells(text)}
    filled = {place for place in places if whole[str(place)].null_count * 2 < whole.num_rows}
    return {
        at: _plain(text)
        for at, (place, text) in texts.items()
        if (place in filled or (place in places and direction(text))) or _tells(text)
    }


def _plain(text: str) -> str:
    return _COUNT.sub("", _NUMBER.sub("", text, count=1)).strip() or text
