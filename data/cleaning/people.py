"""Put into a list of people what their rows do not say: since when, and whether they left.

>>> columns = completed(columns, Register(begins={"Ann Vale": date(2026, 3, 1)}))
... # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.reconcile import Problem
from data.values.columns import plain

_LISTED = 5


@dataclass(frozen=True)
class Register:
    """What is known of the people in a list beside what its rows say.

    `begins` has the day from which the row of a person holds that has none; `passed_over` are
    positions of rows that another row of the person overrules. `left` has by name the last day of
    people who left according to the column `left_by`, of whose words `unknown` ones say nothing.
    The first row of each of `first_stays` holds since ever.
    """

    begins: Mapping[str, date] = field(default_factory=dict)
    passed_over: frozenset[int] = frozenset()
    left: Mapping[str, date] = field(default_factory=dict)
    left_by: str = ""
    unknown: tuple[str, ...] = ()
    first_stays: tuple[str, ...] = ()


NOBODY = Register()


def told_apart(names: pa.Array, told: Mapping[int, str]) -> pa.Array:
    """Return a column of people with other names at some positions."""
    rows = pa.array(range(len(names)), pa.int64())
    places = pc.index_in(rows, value_set=pa.array(list(told), pa.int64()))
    return pc.coalesce(pa.array(told.values(), pa.string()).take(places), plain(names))


def completed(columns: Columns, register: Register) -> Columns:
    """Return the columns with the days of stays and of leaving that the rows do not have."""
    if register.begins:
        columns = columns | {"from_date": _filled(columns, "from_date", register.begins)}
    if register.left:
        columns = columns | {"left_date": _filled(columns, "left_date", register.left)}
    return columns


def _filled(columns: Columns, name: str, days: Mapping[str, date]) -> pa.Array:
    names = pa.array(list(days), pa.string())
    of_person = pa.array(list(days.values()), pa.date32()).take(
        pc.index_in(plain(columns["rep"]), value_set=names)
    )
    written = columns.get(name, pa.nulls(len(of_person), pa.date32()))
    return pc.coalesce(written, of_person)


def noted(register: Register) -> list[Problem]:
    """Report who is taken to have left, and words of which nobody knows what they say."""
    problems = []
    if register.left:
        who = [f"{name} ({day.isoformat()})" for name, day in register.left.items()]
        text = ", ".join([*who[:_LISTED], *(["…"] if len(who) > _LISTED else [])])
        problems.append(Problem(0, "left_date", register.left_by, text, "left_by_word", "noted"))
    if register.left_by and register.unknown:
        text = ", ".join(register.unknown[:_LISTED])
        problems.append(Problem(0, "left_date", register.left_by, text, "state_unknown", "noted"))
    return problems


def first_stays(rows: pa.Table, register: Register) -> pa.Table:
    """Return the earliest row of each of the `first_stays` again, as one that holds since ever."""
    if not register.first_stays or "from_date" not in rows.column_names:
        return rows.slice(0, 0)
    names = pa.array(register.first_stays, pa.string())
    theirs = rows.filter(pc.is_in(rows["rep"].cast(pa.string()), value_set=names))
    in_order = theirs.sort_by([("from_date", "ascending")])
    reps = in_order["rep"].to_pylist()
    at = [reps.index(name) for name in dict.fromkeys(reps)]
    first = in_order.take(pa.array(at, pa.int64()))
    place = first.column_names.index("from_date")
    never = pa.nulls(first.num_rows, pa.date32())
    return first.set_column(place, rows.schema.field("from_date"), pa.chunked_array([never]))
