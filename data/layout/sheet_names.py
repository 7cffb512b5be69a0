"""Set sheets aside whose names say that their rows count elsewhere: budgets, old versions, sums.

>>> _plan("销售预算"), _plan("Budget 2026"), _plan("Basic plan")
(True, True, False)
>>> _version("Orders v2 final"), _version("旧版")
(('orders', (100, 2)), ('', (-1, 0)))

Sheets of one header are read as one table. Actual beside Budget, v1 beside v2, Jan beside Jan–Feb
have the same header too, and would be added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.layout.header_periods import Period, period_of
from data.layout.sheet import CUMULATIVE, OLDER, PLAN, Note, Sheet
from data.values.header_text import normalise, plain

_MOST_NAMED = 4
_PLAN = re.compile(
    r"[\W\d]{0,12}(?:(?:sales|annual|yearly|monthly|fy|year) )?"
    r"(?:plan(?:ned|s)?|budgets?|forecasts?|targets?|quotas?|goals?|soll|ziele?|planung|prognose"
    r"|prévisions?|objectifs?|presupuesto|objetivos?|previsión|previsto|orçamento|obiettivi"
    r"|.{0,4}(?:预算|计划|预测|目标|规划))[\W\d]{0,12}"
)
_LATEST = r"(?:final|finale|endgültig|definitiva?|终稿|定稿|最终版?|终版|最新版?|新版)"
_EARLIEST = r"(?:drafts?|entwurf|brouillon|borrador|backup|初稿|草稿|旧版|老版|备份|初版)"
_VERSION = re.compile(
    rf"(?P<last>{_LATEST})|(?P<first>{_EARLIEST})|(?P<later>\b(?:new|neu|nouveau|nuevo)\s*(?:version)?$)"
    r"|(?P<former>\b(?:old|alt|ancien|viejo)\s*(?:version)?$)"
    r"|(?:\b(?:version|ver|rev|v)\.? ?|第)(?P<number>\d{1,3})(?:版|\b)|版本 ?(?P<at>\d{1,3})"
)
_SPAN = re.compile(r"(?P<first>.{1,12}?)\s?(?:[-–—~～至到]|\bto\b|\bbis\b)\s?(?P<last>.{1,12})")
_SO_FAR = re.compile(
    r".{0,12}(?:\bytd\b|year to date|cumulative|cumulated|kumuliert|cumul|acumulado"
    r"|累计|累計|累积).{0,12}"
)
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def noted(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets, with a note those that other sheets of the same header stand for."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, sheet in enumerate(sheets):
        if not (sheet.hidden or sheet.set_aside):
            groups.setdefault(sheet.header, []).append(at)
    found = list(sheets)
    for group in groups.values():
        if len(group) < 2:
            continue
        names = {at: plain(sheets[at].name).casefold() for at in group}
        for finder, code in ((_plans, PLAN), (_older, OLDER), (_cumulative, CUMULATIVE)):
            for at, others in finder(names):
                named = ", ".join(sheets[other].name for other in others[:_MOST_NAMED])
                note = Note.of(code, sheets=named + (" …" if len(others) > _MOST_NAMED else ""))
                found[at] = replace(sheets[at], notes=(*sheets[at].notes, note))
                del names[at]
    return found


def _plans(names: dict[int, str]) -> list[tuple[int, list[int]]]:
    plans = [at for at, name in names.items() if _plan(name)]
    rest = [at for at in names if at not in plans]
    return [(at, rest) for at in plans] if rest else []


def _plan(name: str) -> bool:
    return bool(_PLAN.fullmatch(normalise(name)))


def _older(names: dict[int, str]) -> list[tuple[int, list[int]]]:
    """Return the sheets of which another one is a later version."""
    versions: dict[str, dict[int, tuple[int, int]]] = {}
    for at, name in names.items():
        base, rank = _version(name)
        versions.setdefault(base, {})[at] = rank
    found = []
    for ranks in versions.values():
        newest = max(ranks.values())
        kept = [at for at, rank in ranks.items() if rank == newest]
        found += [(at, kept) for at, rank in ranks.items() if rank < newest]
    return found


def _version(name: str) -> tuple[str, tuple[int, int]]:
    """Return what is left of a name without its version, and the rank of that."""
    name, state, number = normalise(name), 0, 0
    for match in _VERSION.finditer(name):
        number = int(match["number"] or match["at"] or number)
        state += 100 if match["last"] else -1 if match["first"] or match["former"] else 0
        state += 1 if match["later"] else 0
    return re.sub(r"[\W_]+", " ", _VERSION.sub(" ", name)).strip(), (state, number)


def _cumulative(names: dict[int, str]) -> list[tuple[int, list[int]]]:
    """Return the sheets whose months stand in others too: the longer ones, if the rest has all.

    Otherwise the longer one has months that no other sheet has, and stands for the shorter.
    """
    months = {at: set(_months(name)) for at, name in names.items()}
    single = [at for at in names if months[at]]
    found = [(at, single) for at, name in names.items() if single and _SO_FAR.fullmatch(name)]
    for at in sorted(single, key=lambda at: -len(months[at])):
        inside = [other for other in single if other != at and months[other] < months[at]]
        gone = [place for place, _ in found]
        if not inside or at in gone:
            continue
        if set[tuple[int, int]]().union(*(months[other] for other in inside)) == months[at]:
            found.append((at, inside))
        else:
            found += [(other, [at]) for other in inside if other not in gone]
    return list({at: (at, others) for at, others in found}.values())


def _months(name: str) -> Iterator[tuple[int, int]]:
    """Yield the months of a name: of a month, a quarter … or of a span of months; else none."""
    if period := period_of(name):
        yield from _of_period(period)
    elif span := _SPAN.fullmatch(name):
        last = period_of(span["last"])
        unit = re.search(r"\D*$", span["last"])
        first = period_of(span["first"]) or period_of(span["first"] + (unit[0] if unit else ""))
        if first and last and first.kind == last.kind == "month":
            year = first.year or last.year
            for number in range(first.number, last.number + 1):
                yield year, number


def _of_period(period: Period) -> Iterator[tuple[int, int]]:
    length = _LENGTHS.get(period.kind)
    if length and not period.fiscal:
        first = length * max(period.number - 1, 0)
        yield from ((period.year, number) for number in range(first + 1, first + length + 1))
