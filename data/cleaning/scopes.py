"""Word the levels that a target is set on, and give rows of whole groups theirs.

>>> scope_of("销售团队"), scope_of("Owner"), scope_of("Quota of")
('team', 'rep', 'rep')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.keys import why_at
from data.values.columns import plain
from data.values.scope_words import COMPANY, REP, SCOPES

_TOTAL, _OTHER_KIND = "total_of_rows", "other_target"


@dataclass(frozen=True)
class Levels:
    """The rows of a list of targets that are those of a whole group, by position.

    `kinds` has whose target it is and its name, None for the company; `out` are rows whose
    targets others have already, `others` those of another kind of target than the one that counts.
    """

    kinds: Mapping[int, tuple[str, str | None]] = field(default_factory=dict)
    out: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.out or self.others)


NONE = Levels()


def named_scope(header: str) -> str | None:
    """Return the kind of scope that a header names, by the longest word in it."""
    lowered = header.strip().casefold()
    words = [word for word in SCOPES if word in lowered and SCOPES[word] != COMPANY]
    return SCOPES[max(words, key=len)] if words else None


def scope_of(header: str) -> str:
    """Return the kind of scope in a column of names: people, where its header names no other."""
    return named_scope(header) or REP


def placed(columns: Columns, levels: Levels, header: str, length: int) -> Columns:
    """Return the columns with the scope of each row, those of groups as `levels` say.

    The other rows keep the scope that a column of scopes has for them.
    """
    if not levels.kinds:
        return columns
    blank = pa.nulls(length, pa.string())
    names = plain(columns.get("scope_value", blank)).to_pylist()
    own = scope_of(header)
    scopes: list[tuple[str | None, str | None]]
    if "scope_kind" in columns:
        scopes = list(zip(plain(columns["scope_kind"]).to_pylist(), names, strict=True))
    else:
        scopes = [(own, name) if name else (COMPANY, None) for name in names]
    for at, scope in levels.kinds.items():
        scopes[at] = scope
    kinds, values = zip(*scopes, strict=True)
    return {
        **columns,
        "scope_kind": pa.array(kinds, pa.string()),
        "scope_value": pa.array(values, pa.string()),
    }


def left_out(levels: Levels, length: int) -> pa.Array:
    """Return why rows are left out, null for the others."""
    return pc.coalesce(
        why_at(levels.others, _OTHER_KIND, length), why_at(levels.out, _TOTAL, length)
    )
