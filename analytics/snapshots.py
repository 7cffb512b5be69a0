"""The deals as a file of a day had them: every export is kept, so two of them can be compared.

    >>> days()                                     # day
    >>> moving(scope, date(2026, 6, 9), date(2026, 6, 16))    # the deals that count in both

Facts keep names and states as they were written; here they are read as the user
says they are, like the deals as they stand now.
"""

from __future__ import annotations

from datetime import date
from functools import reduce

import ibis
import ibis.expr.types as ir

from analytics.dimensions import BLANK, wanted_by, with_dimensions
from domain.scope import Scope
from domain.tables import DECIMAL, IBIS_TYPES, table

_NAMES = ("rep", "customer", "product")


def days() -> ir.Table:
    """day: every day for which there are files that stand, the newest first."""
    return _facts().select(day="as_of").distinct().order_by(ibis.desc("day"))


def parts(day: date) -> ir.Table:
    """kind, value, first, last of what the exports of a day cover; nothing where they cover all.

    A day with several exports, one of them of all open deals, has nothing here too.
    """
    imports = ibis.table(
        {"import_id": "int64", "table_name": "string", "status": "string", "as_of": "date"},
        name="imports",
    )
    told = ibis.table(
        {"import_id": "int64", "kind": "string", "value": "string",
         "first_day": "date", "last_day": "date"},
        name="snapshot_parts",
    )  # fmt: skip
    stand = imports.filter(
        imports.status == "active", imports.table_name == "deals", imports.as_of == day
    )
    found = stand.left_join(told, "import_id")
    whole = found.kind.isnull().any().over(ibis.window())
    found = found.mutate(whole=whole).filter(lambda rows: ~rows.whole)
    return found.select("kind", "value", first=found.first_day, last=found.last_day).distinct()


def moving(scope: Scope, before: date, after: date) -> ir.Table:
    """The deals of two days, one row a deal and day, that were open on one or closed between them.

    day, deal_id, deal_name, customer, rep, region, product, stage, status, amount
    (null in another currency), foreign, expected, closed, inside (it passes the
    scope's filters). Rep, region and product also say what a partial export covers.
    A deal that both days know as closed alike is left out. The last row of the
    last file of a day counts.
    """
    found = _facts()
    found = found.filter(found.as_of.isin((before, after)))
    latest = ibis.row_number().over(
        group_by=["deal_id", "as_of"], order_by=[ibis.desc("import_id"), ibis.desc("row_no")]
    )
    found = found.mutate(nth=latest).filter(lambda rows: rows.nth == 0)
    found = with_dimensions(_agreed(found), wanted_by(scope))
    foreign = (found.currency != scope.currency).fill_null(False)
    told = found.select(
        "deal_id", "deal_name", "customer", "rep", "region", "product", "stage", "status",
        day=found.as_of,
        amount=ibis.ifelse(foreign, ibis.null(DECIMAL), found.amount),
        foreign=foreign,
        expected=found.expected_close_date,
        closed=found.closed_date,
        inside=_passes(found, scope),
    )  # fmt: skip
    moves = (told.status == "open") | ((told.day == after) & (told.closed > before))
    ways = ibis.window(group_by="deal_id")
    told = told.mutate(moves=moves.fill_null(False).any().over(ways))
    told = told.mutate(turned=told.status.nunique().over(ways) > 1)
    return told.filter(told.moves | told.turned).drop("moves", "turned").order_by("deal_id", "day")


def _facts() -> ir.Table:
    """Every row of a deal with a name and a day that was imported and not taken back."""
    columns = {one.name: IBIS_TYPES[one.kind] for one in table("deals").columns}
    facts = ibis.table({**columns, "import_id": "int64", "row_no": "int64"}, name="fact_deals")
    imports = ibis.table({"import_id": "int64", "status": "string"}, name="imports")
    stand = imports.filter(imports.status == "active").select("import_id")
    facts = facts.semi_join(stand, "import_id")
    return facts.filter(facts.as_of.notnull(), facts.deal_id.notnull())


def _agreed(found: ir.Table) -> ir.Table:
    """With the names, and the meaning of stages, that the user has settled."""
    for kind in _NAMES:
        found = _renamed(found, kind)
    stages = ibis.table({"stage": "string", "status": "string"}, name="stages")
    told = stages.select(told_stage=stages.stage, told_status=stages.status)
    columns = found.columns
    found = found.left_join(told, found.stage == told.told_stage)
    status = ibis.coalesce(found.told_status, found.status)
    turned = (status != found.status).fill_null(True)
    # The one date that most systems keep is read as the other when the status turns.
    closed = ibis.ifelse(
        status.isin(("won", "lost")),
        ibis.coalesce(found.closed_date, found.expected_close_date),
        ibis.null("date"),
    )
    due = ibis.coalesce(found.expected_close_date, found.closed_date)
    return found.mutate(
        status=status,
        closed_date=ibis.ifelse(turned, closed, found.closed_date),
        expected_close_date=ibis.ifelse(
            turned & (status == "open"), due, found.expected_close_date
        ),
    ).select(*columns)


def _renamed(found: ir.Table, kind: str) -> ir.Table:
    aliases = ibis.table(
        {"kind": "string", "name": "string", "canonical": "string", "accepted": "boolean"},
        name="aliases",
    )
    right = aliases.filter(aliases.kind == kind, aliases.accepted)
    right = right.select(written=right["name"], right=right.canonical)
    joined = found.left_join(right, found[kind] == right.written)
    return joined.mutate(**{kind: ibis.coalesce(joined.right, joined[kind])}).select(*found.columns)


def _passes(found: ir.Table, scope: Scope) -> ir.BooleanValue:
    """What `dimensions.kept` keeps, told instead of filtered: a deal may change hands."""
    each = []
    for name, values in scope.filters:
        named = found[name].isin([value for value in values if value != BLANK]).fill_null(False)
        each.append(named | found[name].isnull() if BLANK in values else named)
    return reduce(lambda left, right: left & right, each, ibis.literal(True))
