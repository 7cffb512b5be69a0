"""Turn targets with the periods down and the names across into rows: a month, a name, a target.

    >>> crossed(("月份", "张三", "李四"), table, "销售目标").header          # doctest: +SKIP
    ('月份', '销售人员', '目标')

Whose the columns are is known from the words of their names, of the header and of the title; any
others are people. A note says what they are read as.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout import period_sums
from data.layout.cells import rows_of, value_columns
from data.layout.header_periods import Period, period_of
from data.layout.provenance import Wide, numbers
from data.layout.sheet import Note
from data.layout.total_words import is_total_label
from data.layout.unpivot import (
    PERIOD_NAMES,
    PLANNED,
    Unpivoted,
    difference_notes,
    measure_of,
    year_of,
)
from data.values.group_words import kind_of_group
from data.values.hanzi import simplified
from data.values.header_text import has_hanzi
from data.values.target_metrics import metrics

_MOST_ROWS = 400
_MOST_NAMES = 500
# Columns that say something else of a period than whose target it is.
_NO_NAME = re.compile(
    r"column \d+|实际|完成|达成|差额|差异|同比|环比|增长|占比|保底|冲刺|挑战|备注|金额|数量|单价"
    r"|年份?|天数"
    r"|工作日|[\d.,\s-]+"
    r"|.*(?:\b(?:actual|amount|value|forecast|floor|stretch|base|minimum|commit|attainment|gap"
    r"|variance|growth|share|days?|year|quantity|price|cost|spend|version|ist|abweichung)\b|%"
    r"|实际|完成|达成|率$).*",
    re.IGNORECASE,
)
# What is sold or how, which are no people either: there is no level of targets for it.
_NO_PERSON = re.compile(
    r"new(?: business| logos?)?|renewals?|existing(?: business)?|upsell|cross-?sell|expansion|other"
    r"|services?|licen[cs]es?|hardware|software|subscriptions?|bestand|neugeschäft|sonstige"
    r"|新签|续费|续约|增购|新客|老客|新客户|老客户|其他|其它|服务|硬件|软件",
    re.IGNORECASE,
)
_SPENT = re.compile(r"费用|花费|投放|投入|spend|expenses?|costs?\b|ausgaben|kosten", re.IGNORECASE)
_REGION = re.compile(
    r"[华东西南北中]{2}|(?:north|south|east|west)(?:ern)?(?:[ -]?(?:east|west))?|emea|apac|latam"
    r"|dach|nord|süd|ost|americas|europe|asia",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"线上|线下|直销|分销|经销|零售|批发|电商|直播|代理|online|offline|retail|wholesale|direct"
    r"|partners?|distributors?|e-?commerce",
    re.IGNORECASE,
)
# Words for whose the columns are, with the header that is recognised. In a title 华东区域 is the
# name of one, and so is "North team".
_KINDS = (
    (r"大区|区域|地区", r"(?:sales )?region(?:s|al)?|areas?|gebiete?|régions?|regi[oó]n(?:es)?",
     "区域", "Region"),
    (r"团队|部门|小组", r"teams?|departments?|abteilung(?:en)?|équipes?|equipos?", "团队", "Team"),
    (r"产品|商品", r"products?|produkte?|produits?|productos?", "产品", "Product"),
    (r"品类|类别", r"categor(?:y|ies)|kategorien?", "品类", "Category"),
    (r"渠道", r"channels?|kan[aä]le?", "渠道", "Channel"),
)  # fmt: skip
_PERSON = ("销售人员", "Rep")


def crossed(header: Sequence[str], table: pa.Table, around: str = "") -> Unpivoted | None:
    """Turn the columns of names into rows; None where the table is no such one of targets.

    `around` is the text above and beside the table: its title, the sheet's and the file's name.
    """
    names, sums = _columns(header, table, around)
    periods = _periods(table) if names else []
    if not periods:
        return None
    hanzi = has_hanzi("".join(header))
    open_year = any(not period.year for period in periods)
    year = year_of(around) if open_year else 0
    whose = _whose(header[0], [header[at] for at in names], around)[0 if hanzi else 1]
    labels = pa.array([period.label(year, hanzi) for period in periods], pa.string())
    parts = [
        pa.table(
            [
                labels,
                pa.repeat(pa.scalar(header[at], pa.string()), table.num_rows),
                table.column(at).cast(pa.string()),
                numbers(table["row"], nth, len(names)),
            ],
            ["0", "1", "2", "row"],
        )
        for nth, at in enumerate(names)
    ]
    rows = pa.concat_tables(parts).sort_by("row")
    first, last = header[names[0]], header[names[-1]]
    notes = [
        Note.of("names_to_rows", count=len(names), first=first, last=last, column=whose),
        *([Note.of("year_from_title", year=year)] if year else []),
        *([Note("year_unknown")] if open_year and not year else []),
    ]
    if sums:
        named = ", ".join(header[at] for at in sums)
        notes.append(Note.of("total_columns", count=len(sums), columns=named))
    unequal = [one for at in sums for one in period_sums.unlike(table, at, [names])]
    return Unpivoted(
        (PERIOD_NAMES[periods[0].kind][0 if hanzi else 1], whose, measure_of(around, hanzi)),
        rows.filter(pc.is_valid(rows["2"])),
        (*notes, *difference_notes(header, table, unequal)),
        Wide(tuple(header), table, (0,), tuple((at, at) for at in names)),
    )


def _columns(header: Sequence[str], table: pa.Table, around: str) -> tuple[list[int], list[int]]:
    """Return the columns of names and those of their sums; none where any other column is there."""
    said = simplified(f"{around} {header[0]}".replace("_", " "))
    if len(header) < 3 or not 0 < table.num_rows <= _MOST_ROWS or len(header) > _MOST_NAMES:
        return [], []
    if not PLANNED.search(said) or _SPENT.search(said):
        return [], []
    values = value_columns(rows_of(table), len(header), 1.0)
    sums = [
        at
        for at, name in enumerate(header)
        if at and (period_sums.is_sum(name) or is_total_label(name))
    ]
    names = [at for at in range(1, len(header)) if at not in sums]
    if len(names) < 2 or not {*names, *sums} <= set(values):
        return [], []
    return (names, sums) if all(_is_name(simplified(header[at])) for at in names) else ([], [])


def _is_name(name: str) -> bool:
    if not name or _NO_NAME.fullmatch(name) or _NO_PERSON.fullmatch(name) or period_of(name):
        return False
    return kind_of_group(name) is not None or not (PLANNED.search(name) or metrics(name))


def _periods(table: pa.Table) -> list[Period]:
    """Return the period of each row by its first cell; none where a cell is none, or one again."""
    cells = table.column(0).to_pylist()
    found = [period for cell in cells if cell and (period := period_of(str(cell)))]
    whole = len(found) == len(cells) == len(set(found))
    return found if whole and len({period.kind for period in found}) == 1 else []


def _whose(corner: str, names: Sequence[str], around: str) -> tuple[str, str]:
    """Return the header for the names, in Chinese and in English."""
    kinds = {kind_of_group(name) for name in names}
    region, team, *_, channel = [(chinese, english) for *_, chinese, english in _KINDS]
    if kinds == {"region"} or all(map(_REGION.fullmatch, names)):
        return region
    if kinds == {"team"}:
        return team
    for chinese_words, words, chinese, english in _KINDS:
        own = rf"(?:{chinese_words})|\b(?:{words})\b"
        of_title = (
            rf"(?:(?<![\u4e00-\u9fff])|(?<=[年度月分按各]))(?:{chinese_words})"
            rf"|(?:^|sheet\d? |\b(?:by|per|each|nach|par|por) |\d[ _-]{{1,3}})(?:{words})\b"
        )
        if re.search(own, corner, re.IGNORECASE) or re.search(of_title, around, re.IGNORECASE):
            return chinese, english
    return channel if all(map(_CHANNEL.fullmatch, names)) else _PERSON
