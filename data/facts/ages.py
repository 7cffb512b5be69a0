"""Tell of two exports of the same records which one is newer, in whatever order they came.

    >>> age(table("orders"), rows, said=date(2026, 2, 28), today=date(2026, 4, 2))
    ... # doctest: +SKIP
    Age(exported=datetime.date(2026, 2, 28), made_on=datetime.date(2026, 2, 28), at=None)

Usually what comes later is newer. An older export of the same records must not set them back:
the rows that a newer one has stay, those that it has not come in. An export is surely older if it
was made before a day that another one shows, in its name, its title or its rows. Of two exports of
one day, the times tell that both say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from data.facts.sql import same_key
from data.store.database import Cursor
from domain.tables import Table, table

# Lists of what is here now (customers, products, plans) say in themselves what holds when.
OF_RECORDS = frozenset(
    (
        "orders", "contracts", "receivables", "payments", "leads", "activities", "spend",
        "stage_history",
    )
)  # fmt: skip
# Each row of deals has the day of its export: of one day alone, the times tell more.
OF_DAYS = frozenset(("deals",))
# A place between two imports.
_BETWEEN = 0.5


@dataclass(frozen=True)
class Age:
    """The day on which a file says it was exported, and the day of which it is at least.

    `at` is the time of the export, where the file says it.
    """

    exported: date | None = None
    made_on: date | None = None
    at: datetime | None = None

    def is_before(self, other: Age) -> bool:
        if self.at and other.at and self.exported == other.exported:
            return self.at < other.at
        return bool(self.exported and other.made_on and self.exported < other.made_on)


def age(
    into: Table, rows: pa.Table, said: date | None, today: date, at: datetime | None = None
) -> Age:
    """Return the age of typed `rows` whose file `said` the day of its export, and the time, `at`.

    A file with rows of later days was not exported then, nor one of a day to come.
    """
    if into.name in OF_DAYS and said and said <= today:
        return Age(said, at=at if at and at.date() == said else None)
    if into.name not in OF_RECORDS:
        return Age()
    if said and said <= today and said >= (_newest(into, rows, date.max) or said):
        return Age(said, said, at if at and at.date() == said else None)
    return Age(None, _newest(into, rows, today))


def _newest(into: Table, rows: pa.Table, until: date) -> date | None:
    """Return the newest day up to `until` that has happened, by the rows."""
    newest = []
    for name in into.actual_dates:
        if name in rows.column_names:
            days = rows[name].cast(pa.date32())
            passed = pc.less_equal(days, pa.scalar(until, pa.date32()))
            newest.append(pc.max(days.filter(passed)).as_py())
    return max(filter(None, newest), default=None)


def came_late(cursor: Cursor, import_id: int, name: str, rows: pa.Table) -> bool:
    """Return whether an import that stands is newer than this one and shares rows with it.

    Shares stand with their order lines: any newer import may have put an end to those.
    """
    into = table(name)
    present = [key for key in into.key if key in rows.column_names]
    newer = (
        "SELECT newer.import_id FROM imports AS own JOIN imports AS newer "
        "ON (newer.made_on > own.exported OR (newer.exported = own.exported "
        "  AND newer.exported_at > own.exported_at)) AND newer.status = 'active' "
        "AND newer.table_name = own.table_name WHERE own.import_id = ?"
    )
    if not present or not cursor.execute(f"{newer} LIMIT 1", [import_id]).fetchall():
        return False
    if name == "credits":
        return True
    cursor.register("keys_of_import", rows.select(present))
    shared = cursor.execute(
        # Names of our own; values are parameters.
        f'SELECT 1 FROM "fact_{into.name}" AS here JOIN keys_of_import AS arrived '
        f"ON {same_key(into, present)} WHERE here.import_id IN ({newer}) LIMIT 1",
        [import_id],
    ).fetchall()
    cursor.unregister("keys_of_import")
    return bool(shared)


def of_the_same_day(cursor: Cursor, import_id: int) -> str | None:
    """Return the file of an earlier export of the same day, where no times tell the newer one."""
    files = cursor.execute(
        "SELECT other.file FROM imports AS own JOIN imports AS other "
        "ON other.table_name = own.table_name AND other.exported = own.exported "
        "AND other.status = 'active' AND other.content <> own.content "
        "AND other.import_id < own.import_id AND other.system = own.system "
        "AND (own.exported_at IS NULL OR other.exported_at IS NULL) "
        "WHERE own.import_id = ? ORDER BY other.import_id DESC LIMIT 1",
        [import_id],
    ).fetchall()
    return files[0][0] if files else None


def otherwise_in_drop(cursor: Cursor, import_id: int, into: Table) -> list[tuple[str, str, int]]:
    """Return the imports confirmed with this one that have records of it otherwise.

    Each is file, sheet and how many of its records have another amount, currency or status. Those
    that say when they were made are left out: one of the two is newer.
    """
    others = cursor.execute(
        "SELECT other.import_id, other.file, other.sheet FROM imports AS own "
        "JOIN imports AS other ON other.job_id = own.job_id "
        "AND other.table_name = own.table_name AND other.import_id < own.import_id "
        "AND other.status = 'active' AND (other.exported < own.made_on) IS NOT TRUE "
        "AND (own.exported = other.exported AND own.exported_at <> other.exported_at) IS NOT TRUE "
        "WHERE own.import_id = ? ORDER BY other.import_id",
        [import_id],
    ).fetchall()
    told = [name for name in (*into.summed, "currency", "status") if name in into.names]
    differs = " OR ".join(f'here."{name}" <> arrived."{name}"' for name in told)
    found = []
    for other, file, sheet in others:
        # Names of our own; values are parameters.
        ((count,),) = cursor.execute(
            f'SELECT count(DISTINCT here."{into.key[0]}") FROM "fact_{into.name}" AS here '
            f'JOIN "fact_{into.name}" AS arrived ON {same_key(into, into.key)} '
            f"WHERE here.import_id = ? AND arrived.import_id = ? AND ({differs})",
            [other, import_id],
        ).fetchall()
        if count:
            found.append((file, sheet, count))
    return found


def is_newer(one: str, other: str) -> str:
    """Return SQL: an import is newer than the `other`, by what they say or by how they came."""
    return (
        f"CASE WHEN {other}.exported < {one}.made_on THEN true "
        f"WHEN {one}.exported < {other}.made_on THEN false "
        f"WHEN {one}.exported = {other}.exported AND {one}.exported_at <> {other}.exported_at "
        f"THEN {one}.exported_at > {other}.exported_at "
        f"ELSE {one}.import_id > {other}.import_id END"
    )


def newer_came(apart: str) -> str:
    """Return SQL: the first of the imports of a record that were made after that of `fact`."""
    before = "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP"
    on_a_later_day = (
        f"min(fact.import_id) OVER (PARTITION BY {apart} "
        f"ORDER BY imports.made_on DESC NULLS LAST {before})"
    )
    later_that_day = (
        f"min(fact.import_id) OVER (PARTITION BY {apart}, imports.exported "
        f"ORDER BY imports.exported_at DESC NULLS LAST {before})"
    )
    never = "9223372036854775807"
    return (
        f"nullif(least(coalesce({on_a_later_day}, {never}), CASE WHEN imports.exported_at IS NULL "
        f"THEN {never} ELSE coalesce({later_that_day}, {never}) END), {never})"
    )


def newest_first(newer_came: str) -> str:
    """Return SQL: an order of the rows of a record in which an older export is below a newer one.

    It is by key, as a file may be older than one and newer than another that came later.
    """
    below = f"CASE WHEN fact.exported IS NOT NULL THEN {newer_came} - {_BETWEEN} END"
    return (
        f"least(fact.import_id, coalesce({below}, fact.import_id)) DESC, "
        "fact.made_on DESC NULLS LAST, fact.exported_at DESC NULLS LAST, "
        "fact.import_id DESC, fact.row_no DESC"
    )
