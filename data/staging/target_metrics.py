"""Tell what targets are of where no column says it: of sales, collections, visits …

    >>> sheet, match = with_metric(sheet, match)                          # doctest: +SKIP
    >>> sheet.rows[str(match.mapping["metric"])][0].as_py()              # doctest: +SKIP
    'collections'

The header of the target goes first, then the title above the table, the name of the sheet, and
that of the file. A target that nothing names is one of sales, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.matching.amounts import matched
from data.matching.computed_columns import Grid
from data.matching.recognise import Match
from data.values.target_metrics import metrics

_SURE = 0.95
_SALES = "sales"
_FIGURES = ("target", "floor", "stretch")
_OF_METRIC, _OF_SALES = "targets_of_metric", "targets_of_sales"
# Words in which sales are no metric: "sales team", 销售代表, "sales calls".
_OF_PEOPLE = re.compile(
    r"销售(?=人员|团队|部|员|代表|经理|回款|拜访|线索)"
    r"|\bsales[ _-](?=teams?|reps?|representatives?|people|person|persons|force|staff|calls?|leads?"
    r"|visits?|department|managers?|opportunit)",
    re.IGNORECASE,
)


def with_metric(sheet: Sheet, match: Match) -> tuple[Sheet, Match]:
    """Return the sheet of targets with a column of their metric, if something else names it.

    A sheet that was taken for targets before loses the note on it.
    """
    notes = [note for note in sheet.notes if note.code not in (_OF_METRIC, _OF_SALES)]
    sheet = replace(sheet, notes=tuple(notes))
    figures = [match.mapping[name] for name in _FIGURES if name in match.mapping]
    if match.table != "targets" or "metric" in match.mapping or not figures:
        return sheet, match
    for text in _texts(sheet, figures[0]):
        named = metrics(_OF_PEOPLE.sub(" ", text))
        if len(named) > 1:
            break
        if _SALES in named:
            return sheet, match
        if named:
            ((metric, word),) = named.items()
            return _of_metric(sheet, match, metric, word, text)
    return replace(sheet, notes=(*sheet.notes, Note.of(_OF_SALES))), match


def _of_metric(
    sheet: Sheet, match: Match, metric: str, word: str, text: str
) -> tuple[Sheet, Match]:
    place = len(sheet.header)
    column = pa.repeat(pa.scalar(metric, pa.string()), sheet.rows.num_rows)
    sheet = sheet.with_computed(word, column, Note.of(_OF_METRIC, metric=word, text=text))
    return sheet, matched(match, Grid(sheet.header, sheet.rows), "metric", place, _SURE)


def _texts(sheet: Sheet, target: int) -> Iterator[str]:
    """Yield what may name the metric, the nearest to the figures first."""
    yield sheet.header[target]
    for top in sheet.tops.values():
        if top.header is not None:
            first = top.header[0]
            titles = [cells for number, cells in top.rows if number < first]
            yield from (cell for cells in titles for cell in cells if cell)
    yield sheet.name
    yield Path(sheet.file).stem
