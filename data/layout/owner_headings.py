"""Give the rep, team, region or customer that heads a block of a sheet to the block's rows.

    >>> labelled("业务员：张三  区域：华东")
    {'业务员': '张三', '区域': '华东'}
    >>> names_of(["张三 11月销售明细", "李四 11月销售明细"])
    ['张三', '李四']

Without a label, what a heading begins with becomes a column without a name, whose meaning is found
from its values and can be corrected like that of any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pyarrow as pa

from data.layout.cells import Row, filled, kind, rows_of
from data.layout.header_periods import period_of
from data.layout.provenance import Blank
from data.layout.repeated_headers import is_header_again
from data.layout.sections import is_plain, is_void
from data.layout.sheet import Note, listed
from data.values.directions import direction
from data.values.header_text import normalise

_LEAST = 3  # columns of a record, of which a heading fills one or two
_LONGEST, _LONGEST_NAME = 60, 30
_LABEL = re.compile(
    r"(?:业务员|销售员|销售|销售代表|销售人员|销售经理|客户经理|业务经理|负责人|跟单员|業務員|業務|銷售員"
    r"|部门|销售部门|团队|小组|销售组|部門|區域|区域|地区|大区|省区|客户|客户名称|客戶"
    r"|(?:sales ?|account )?(?:rep|representative|person|manager|executive)|salesman|seller|owner"
    r"|account owner|team|department|region|territory|area|customer|client"
    r"|(?:vertriebs)?mitarbeiter(?:in)?|verkäufer(?:in)?|vertreter(?:in)?|außendienst|gebiet|kunde"
    r"|abteilung|vendeur|vendeuse|commercial(?:e)?|représentant|équipe|région|secteur|client"
    r"|vendedor(?:a)?|comercial|equipo|equipe|región|região|zona|cliente|venditore|agente|regione"
    r"|verkoper|vertegenwoordiger|regio|klant)",
    re.IGNORECASE,
)
# The department of who printed a report sold nothing.
_OFFICE = re.compile(
    r"财务|人事|行政|审计|采购|finance|accounting|human resources|\bhr\b|buchhaltung|comptabilité"
    r"|contabilidad|administra",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s{2,}|[\t,，;；|]")
_EVERYONE = re.compile(r"all|全部|所有|alle|tous|toutes|todos|todas|tutti|\*", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:sales )?(?:orders?|sales|invoices?)\s(?:of|by|for)\s|^(?:aufträge|umsätze) von\s"
    r"|^(?:commandes|ventes) de\s|^(?:pedidos|ventas|vendas) de\s",
    re.IGNORECASE,
)
# What follows the name: – March orders, 's sales, 11月销售明细, 的订单, (3).
_AFTER = re.compile(
    r"\s[-–—|/]{1,2}\s|[:：|—–_(（]|['’]s\s|(?<=[一-鿿])[\s\d-]|的|(?<=[一-鿿])(?:本月|上月|\d)"
    r"|(?<=[一-鿿])(?:(?:个人)?(?:销售|订单|业绩|出库|发货|开票|成交))"
    r"|\s(?=(?:sales|orders?|invoices?|bestellungen|aufträge|umsatz|commandes|ventes|pedidos|ventas)\b)",
    re.IGNORECASE,
)


def labelled(text: str) -> dict[str, str]:
    """Return what a heading says after its labels; nothing where a part of it has no label."""
    told: dict[str, str] = {}
    for part in filter(None, map(str.strip, _BETWEEN.split(text.strip()))):
        label, colon, value = part.replace("：", ":").partition(":")
        label, value = label.strip(), value.strip()
        if not (colon and value and _LABEL.fullmatch(label)) or _EVERYONE.fullmatch(value):
            return {}
        told[label] = value
    return told


def names_of(headings: Sequence[str]) -> list[str]:
    """Return the names that headings begin with; none unless all have one, and two differ."""
    names = [_begins_with(text) for text in headings]
    return names if len(set(names)) > 1 and all(map(_is_name, names)) else []


def of_title(above: Sequence[Row], header: Sequence[str]) -> dict[str, str]:
    """Return what the lines above a header say by label of all rows below it.

    A printed report of one rep says whose it is once, among dates and who printed it. Nothing is
    said where the header has a column of that name, or two lines say different things.
    """
    known = {normalise(name) for name in header}
    told: dict[str, str] = {}
    for row in above:
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        texts = [part for cell in cells for part in _BETWEEN.split(cell)]
        for text, after in pairwise([*texts, ""]):
            said = labelled(text)
            if not said and _LABEL.fullmatch(text.rstrip(":： ")) and text.endswith((":", "：")):
                said = labelled(f"{text} {after}")
            for label, value in said.items():
                if normalise(label) in known or not _is_name(value) or _OFFICE.search(value):
                    continue
                if told.setdefault(label, value) != value:
                    return {}
    return told


def owned(
    above: Sequence[Row],
    rows: pa.Table,
    header: tuple[str, ...],
    cells: Sequence[Row],
    all_rows: pa.Table,
) -> tuple[pa.Table, tuple[str, ...], list[Note], Blank]:
    """Return the rows without the headings of blocks, with columns of what these name.

    `rows` has a column for each name of `header`, then "row"; `above` are the rows above the
    header, `cells` those of the header, `all_rows` those below it, repeated headers among them.
    Returns the rows, the header, notes, and the row numbers of the cells that were blank.
    """
    unchanged = (rows, header, list[Note](), dict[int, pa.Array]())
    if len(header) < _LEAST:
        return unchanged
    if told_above := of_title(above, header):
        once = _all_of(rows, header, told_above)
    else:
        once = unchanged
    if rows.num_rows < _LEAST:
        return once
    headings = {at: text for at, row in enumerate(rows_of(rows)) if (text := _heading(row))}
    first = next((text for row in reversed(above) if (text := _heading(row))), "")
    if not headings:
        return once
    if 0 not in headings and not first:
        return unchanged
    if any(at + 1 in headings or at + 1 == rows.num_rows for at in headings):
        return unchanged
    told = _told(headings, first, rows, cells, all_rows)
    names = list(dict.fromkeys(name for values in told.values() for name in values))
    known = {normalise(name) for name in header}
    if not names or any(normalise(name) in known for name in names):
        return unchanged
    now = told.get(-1, {})
    values: list[dict[str, str]] = []
    for at in range(rows.num_rows):
        now = told.get(at, now)
        values.append(now)
    blank: dict[int, pa.Array] = {}
    kept = pa.array([at not in headings for at in range(rows.num_rows)])
    numbers = [rows["row"][at].as_py() for at in headings]
    for name in names:
        place = len(header)
        column = pa.array([of_row.get(name) for of_row in values], pa.string())
        rows = rows.add_column(place, str(place), column)
        header = (*header, name or f"column {place + 1}")
    rows = rows.filter(kept)
    for at in range(len(header) - len(names), len(header)):
        blank[at] = rows["row"].combine_chunks()
    columns = ", ".join(header[-len(names) :])
    note = Note.of("group_rows", count=len(headings), columns=columns, rows=listed(numbers))
    return rows, header, [note], blank


def _all_of(
    rows: pa.Table, header: tuple[str, ...], told: dict[str, str]
) -> tuple[pa.Table, tuple[str, ...], list[Note], Blank]:
    blank: dict[int, pa.Array] = {}
    for label, value in told.items():
        blank[len(header)] = rows["row"].combine_chunks()
        column = pa.repeat(pa.scalar(value, pa.string()), rows.num_rows)
        rows = rows.add_column(len(header), str(len(header)), column)
        header = (*header, label)
    said = ", ".join(f"{label} = {value}" for label, value in told.items())
    return rows, header, [Note.of("title_owner", columns=said)], blank


def _told(
    headings: dict[int, str], first: str, rows: pa.Table, cells: Sequence[Row], all_rows: pa.Table
) -> dict[int, dict[str, str]]:
    """Map positions of headings, -1 for the one above the header, to what they tell by label."""
    every = ({-1: first} if first else {}) | headings
    told = {at: labelled(text) for at, text in every.items()}
    if all(told.values()):
        return told
    labels = {label for said in told.values() for label in said}
    if len(labels) > 1:
        return {}
    numbers = rows["row"].to_pylist()
    places = {number: at for at, number in enumerate(all_rows["row"].to_pylist())}
    for at in headings:
        (after,) = rows_of(all_rows.slice(places[numbers[at]] + 1, 1)) or ([],)
        if not after or not is_header_again(after, cells):
            return {}
    (label,) = labels or {""}
    bare = [told[at].get(label) or text for at, text in every.items()]
    names = names_of(bare)
    return {at: {label: name} for at, name in zip(every, names, strict=True)} if names else {}


def _begins_with(text: str) -> str:
    return _AFTER.split(_BEFORE.sub("", text.strip()), maxsplit=1)[0].strip()


def _heading(row: Row) -> str:
    """Return what a row says that is but a heading: one cell, or a label and what it stands for."""
    texts = [cell.strip() for cell in row if cell and cell.strip()]
    if filled(row) == 2 and _LABEL.fullmatch(texts[0].rstrip(":： ")):
        texts = [f"{texts[0].rstrip(':： ')}: {texts[1]}"]
    return (
        texts[0]
        if len(texts) == 1 and kind(texts[0]) == "words" and len(texts[0]) <= _LONGEST
        else ""
    )


def _is_name(text: str) -> bool:
    said = direction(text) or is_void(text) or is_plain(text) or period_of(text)
    return (
        bool(text)
        and not said
        and len(text) <= _LONGEST_NAME
        and text[0].isalpha()
        and not any(map(str.isdigit, text))
    )
