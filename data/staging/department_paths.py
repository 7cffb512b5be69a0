"""Take the region from a department that is written with its path: 华东大区/销售一部.

    >>> sheet, match = with_region(sheet, match)                          # doctest: +SKIP
    >>> sheet.header[-1], sheet.rows[str(len(sheet.header) - 1)][0].as_py()   # doctest: +SKIP
    ('负责人主属部门: 1', '华东大区')

Only where the sheet has no region of its own, and where most paths lead through one.
"""

from __future__ import annotations

import re

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.matching.amounts import matched
from data.matching.computed_columns import Grid
from data.matching.recognise import Match
from data.values.columns import as_coded, trimmed
from data.values.department_paths import region_of
from domain.tables import table

_DEPARTMENT = re.compile(
    r"部门|部門|组织|data_own_department|owner_department|\bdepartment\b"
    r"|\borg(?:ani[sz]ation)? unit\b|abteilung|département|departamento|\bteam\b|团队",
    re.IGNORECASE,
)
_MOST = 0.6
_SURE = 0.95


def with_region(sheet: Sheet, match: Match) -> tuple[Sheet, Match]:
    """Return the sheet with a column of regions from the paths of departments, if it has such."""
    if match.table is None or "region" in match.mapping or "region" not in table(match.table).names:
        return sheet, match
    for at, header in enumerate(sheet.written):
        if not _DEPARTMENT.search(header):
            continue
        cells = as_coded(trimmed(sheet.rows[str(at)]))
        regions = [region_of(text) for text in cells.dictionary.to_pylist()]
        if not regions or sum(map(bool, regions)) < _MOST * len(regions):
            continue
        place = len(sheet.header)
        column = pa.array(regions, pa.string()).take(cells.indices)
        note = Note.of("region_of_path", header=header)
        sheet = sheet.with_computed(of_path(header), column, note)
        return sheet, matched(match, Grid(sheet.header, sheet.rows), "region", place, _SURE)
    return sheet, match


def of_path(header: str) -> str:
    """Return the header of the regions from the paths of departments under `header`."""
    return f"{header}: 1"
