"""Find open deals that a later export should contain and does not.

    >>> vanished(ibis_table("deals").mutate(day=date.max))           # doctest: +SKIP

The one definition: the store takes deals out of the current state by it, and the
pipeline of an earlier day is read by it. An export takes a deal out when all hold:

1. it is of a later day than the newest row of the deal, which is open;
2. it covers the deal: it is of all open deals, or of the rep, region, product or
   expected closing that the deal has under the names that hold now;
3. it could have known the deal: a file of the same system had it, whenever that
   arrived; or, where one of the two does not say its system, a file that arrived
   before the export or together with it. Another system's export, or one that was
   confirmed before anybody here had heard of the deal, says nothing of it. Files that
   show no system are of one when the same columns of ours stand in the same places. Where the
   numbers of a list were told apart from those of other deals, only lists that were told apart
   in the same way could.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

# The system of a file that shows none.
UNKNOWN_SYSTEM = "generic"
# How the numbers of an import's deals were told apart, among its answers.
TOLD_APART = r'"deal_id/reused": "([a-z]+:[^"]*)"'
_APART = "apart:"

_IMPORTS = {
    "import_id": "int64",
    "job_id": "string",
    "table_name": "string",
    "system": "string",
    "mapping": "string",
    "answers": "string",
    "status": "string",
    "as_of": "date",
}
_PARTS = {
    "import_id": "int64",
    "kind": "string",
    "value": "string",
    "first_day": "date",
    "last_day": "date",
}
_ALIASES = {"kind": "string", "name": "string", "canonical": "string", "accepted": "boolean"}


def vanished(deals: ir.Table) -> ir.Table:
    """Return day, deal_id of those of `deals` that the exports up to the day took out.

    `deals` has one row a day and deal: day, deal_id, as_of (of its newest row up to the
    day), status, rep, region, product, expected_close_date, names as they hold now.
    """
    here = deals.filter(deals.status == "open").select(
        "day", "deal_id", "rep", "region", "product",
        due=deals.expected_close_date, stood=deals.as_of,
    )  # fmt: skip
    exports = _exports()
    whole = exports.kind.isnull()
    theirs = [
        (exports.kind == name) & (exports.value == here[name])
        for name in ("rep", "region", "product")
    ]
    days = (exports.kind == "period") & here.due.between(exports.first_day, exports.last_day)
    missed = here.inner_join(
        exports,
        [
            exports.as_of > here.stood,
            exports.as_of <= here.day,
            whole | theirs[0] | theirs[1] | theirs[2] | days,
        ],
    ).select("day", "deal_id", "import_id", "job_id", "system")
    known = _known()
    same = missed.system == known.by
    unsaid = missed.system.startswith(UNKNOWN_SYSTEM) | known.by.startswith(UNKNOWN_SYSTEM)
    unsaid &= ~(missed.system.startswith(_APART) | known.by.startswith(_APART))
    in_time = (known.first_import < missed.import_id) | (known.first_job == missed.job_id)
    gone = missed.inner_join(known, [missed.deal_id == known.known_id, same | (unsaid & in_time)])
    return gone.select("day", "deal_id").distinct()


def _exports() -> ir.Table:
    """import_id, job_id, system, as_of, kind, value, first_day, last_day; kind null covers all."""
    import ibis

    imports = _active_imports()
    parts = ibis.table(_PARTS, name="snapshot_parts")
    names = ibis.table(_ALIASES, name="aliases")
    names = names.filter(names.accepted).select(of="kind", written="name", now="canonical")
    parts = parts.left_join(names, [parts.kind == names.of, parts.value == names.written])
    parts = parts.select(
        "kind", "first_day", "last_day", by=parts.import_id,
        value=ibis.coalesce(parts.now, parts.value),
    )  # fmt: skip
    covered = imports.left_join(parts, imports.import_id == parts.by)
    return covered.select(
        "import_id", "job_id", "system", "as_of", "kind", "value", "first_day", "last_day"
    )


def _known() -> ir.Table:
    """known_id, by, first_import, first_job: the first import of each system to bring a deal."""
    import ibis

    facts = ibis.table({"deal_id": "string", "import_id": "int64"}, name="fact_deals")
    imports = _active_imports().select("import_id", "job_id", "system")
    # Renamed, or the query takes every column of the table.
    brought = facts.select(known_id="deal_id", by_import="import_id").distinct()
    brought = brought.inner_join(imports, brought.by_import == imports.import_id)
    return brought.group_by("known_id", by=brought.system).aggregate(
        first_import=brought.import_id.min(),
        first_job=brought.job_id.argmin(brought.import_id),
    )


def _active_imports() -> ir.Table:
    import ibis

    imports = ibis.table(_IMPORTS, name="imports")
    shows_none = imports.system == UNKNOWN_SYSTEM
    named = imports.mutate(
        system=ibis.ifelse(shows_none, imports.system + imports.mapping, imports.system)
    )
    way = imports.answers.re_extract(TOLD_APART, 1)
    named = named.mutate(system=ibis.ifelse(way.length() > 0, _APART + way, named.system))
    return named.filter(named.status == "active", named.table_name == "deals")
