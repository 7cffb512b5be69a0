"""Take the lower of two ambitious targets for the target, where a list has no plain one.

    保底目标  挑战目标  冲刺目标         保底目标  冲刺目标  挑战目标
    80        100       120              80        100       120        the target is 100

Which of 挑战 and 冲刺 is the higher differs from company to company; the figures say it.
"""

from __future__ import annotations

from dataclasses import replace

from data.layout.sheet import Sheet
from data.matching.recognise import Match
from data.values.columns import plain, trimmed
from data.values.numbers import number_of

_AMBITIOUS = "挑战"


def in_order(sheet: Sheet, match: Match) -> Match:
    """Return the match with target and stretch exchanged where all figures say so."""
    mapping = match.mapping
    if match.table != "targets" or not {"target", "stretch"} <= mapping.keys():
        return match
    if _AMBITIOUS not in sheet.header[mapping["target"]]:
        return match
    columns = [plain(trimmed(sheet.rows[str(mapping[name])])).to_pylist()
               for name in ("target", "stretch")]  # fmt: skip
    pairs = [
        (lower, higher)
        for target, stretch in zip(*columns, strict=True)
        if (lower := number_of(target or "")) is not None
        and (higher := number_of(stretch or "")) is not None
    ]
    if not any(target > stretch for target, stretch in pairs):
        return match
    if any(target < stretch for target, stretch in pairs):
        return match
    other = {"target": "stretch", "stretch": "target"}
    columns_now = (replace(one, column=other.get(one.column or "", one.column))
                   for one in match.columns)  # fmt: skip
    return replace(match, columns=tuple(columns_now))
