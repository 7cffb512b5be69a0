"""Take along what is known of earlier files, so that a child process can recognise new ones.

>>> memory = recall(store, [upload.content])                         # doctest: +SKIP
>>> memory.names["reps"]                                             # doctest: +SKIP
frozenset({'李雷', '韩梅'})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.facts.canonical_names import NAMED, REGISTERS
from data.facts.standing import Before, all_before
from data.store import known_values
from data.store.database import Store

_MOST = 20_000  # names of a kind: enough to know a column by, and quickly looked up
# Columns of words, and the tables that they are known from.
_WORDS = {
    "stage": ("deals",),
    "source": ("deals", "leads"),
    "region": ("orders", "customers", "people"),
    "channel": ("orders", "deals"),
    "campaign": ("orders", "deals", "leads"),
    "category": ("orders", "products"),
    "industry": ("customers",),
    "partner": ("orders",),
    "team": ("people",),
    "lost_reason": ("deals",),
    "competitor": ("deals",),
}

_KIND_OF = {register: kind for kind, register in REGISTERS.items()}


@dataclass(frozen=True)
class Saved:
    """How a header of a shape was read, as the store keeps it: JSON of its columns and answers."""

    shape: str
    table: str
    mapping: str
    answers: str


@dataclass(frozen=True)
class Memory:
    """What is known of earlier files.

    `readings` are those of their headers, the newest first; `names` those seen before, by the kind
    of thing; `stages` the stages of deals and of their history, by table; `imports` the standing
    ones of the very files that are read, by hash, sheet and table.
    """

    readings: tuple[Saved, ...] = ()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stages: Mapping[str, frozenset[str]] = field(
        default_factory=lambda: {"deals": frozenset(), "stage_history": frozenset()}
    )
    imports: Mapping[tuple[str, str, str], Before] = field(default_factory=dict)


def recall(store: Store, contents: Sequence[str]) -> Memory:
    """Return what the store knows that helps to read files with these hashes."""
    return Memory(
        readings=readings(store),
        names=known_names(store),
        stages=_stages(store),
        imports=all_before(store.rows, contents),
    )


def readings(store: Store) -> tuple[Saved, ...]:
    """Return how headers were read so far, the newest first."""
    return tuple(
        Saved(*row)
        for row in store.rows(
            "SELECT shape, table_name, mapping, answers FROM mappings ORDER BY saved_at DESC"
        )
    )


def known_names(store: Store) -> dict[str, frozenset[str]]:
    """Return names seen before, which help to recognise columns.

    Under "products", "customers" and "reps": the registers, or the names in the facts if a
    register is empty; and the words of columns such as "stage" and "region".
    """

    facts = {f"of {kind}": (kind, NAMED[kind]) for kind in REGISTERS}
    registers = {register: (kind, (register,)) for kind, register in REGISTERS.items()}
    words = {column: (column, tables) for column, tables in _WORDS.items()}
    known = known_values.used_of(store, {**words, **registers, **facts}, _MOST)
    return {
        name: known[name] or known.get(f"of {_KIND_OF.get(name)}", known[name])
        for name in (*words, *registers)
    }


def _stages(store: Store) -> dict[str, frozenset[str]]:
    """Return the stages of deals and of their history, by table."""
    return {
        "deals": frozenset(known_values.used(store, "stage", ["deals"])),
        "stage_history": frozenset(known_values.used(store, "stage", ["stage_history"])),
    }
