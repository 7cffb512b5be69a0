"""Reconstruct the deals as they were known on a day.

Every export is kept, so two days can be compared.

    >>> frame(days)                                # day, files
    >>> frame(standing, date(2026, 6, 9))          # the deals as known on that day
    >>> frame(moving, scope, date(2026, 6, 9), date(2026, 6, 16))  # those that count on either

A day's exports may be of one person only, or of open deals only. So a day is not
read from its files but from all up to it: the newest row of each deal, a column
that its file lacks from the newest that has it, and without the open deals that a
later of these exports should have and has not. Of the exports of one day, the times
that they say tell the newer, else the order in which they came. On the newest day that is the
current state. Facts keep names and states as they were written; here they are read
as the user says they are, like the deals as they stand now.
"""

from __future__ import annotations

from datetime import date
from functools import reduce

import ibis
import ibis.expr.types as ir

from analytics.actuals.dimensions import BLANK, wanted_by, with_dimensions
from domain.scope import Scope
from domain.tables import DECIMAL, IBIS_TYPES, table
from domain.vanished import vanished

_NAMES = ("rep", "customer", "product")

# Of a deal's columns those that are read here.
_STATE = (
    "as_of", "deal_name", "customer", "rep", "region", "product", "channel", "stage", "status",
    "amount", "currency", "created_date", "expected_close_date", "closed_date",
)  # fmt: skip

# After every row that has the column.
_LAST = 1 << 40
# A place between two imports, as in `data.facts.ages`.
_BETWEEN = 0.5
_IMPORT_TIMES = {
    "import_id": "int64",
    "status": "string",
    "as_of": "date",
    "exported": "date",
    "exported_at": "timestamp",
}


def days() -> ir.Table:
    """Return day, files: every day with an active import, the newest first."""
    facts = _facts()
    dated = facts.filter(facts.as_of.notnull())
    counted = dated.group_by(day="as_of").aggregate(files=dated.import_id.nunique())
    return counted.order_by(ibis.desc("day"))


def standing(*days: date) -> ir.Table:
    """Return every deal as it was known on each of the days, under the names that hold now.

    day, deal_id and the columns that `moving` needs. An open deal that an export up to
    the day should have had has the status "vanished"; see `domain.vanished`.
    """
    facts = _facts().mutate(day=ibis.array([ibis.literal(day) for day in days]).unnest())
    known = facts.filter((facts.as_of <= facts.day) | facts.as_of.isnull())
    columns = _columns()
    known = known.left_join(columns, known.import_id == columns.by_import)
    known = _placed(known)
    # The newest row of files with the same columns says all that they say: most have the same.
    rows = _newest(_agreed(_last(known)))
    state = rows.group_by("day", "deal_id").aggregate(
        **{name: _latest(rows, name) for name in _STATE},
        newest_import=rows.import_id.argmin(rows.nth),
    )
    gone = vanished(state).union(_replaced(state), distinct=True)
    gone = gone.select(gone_on="day", gone_id="deal_id")
    state = state.left_join(gone, [state.deal_id == gone.gone_id, state.day == gone.gone_on])
    status = ibis.ifelse(state.gone_id.notnull(), "vanished", state.status)
    return state.mutate(status=status).drop("gone_id", "gone_on", "newest_import")


def _replaced(state: ir.Table) -> ir.Table:
    """Return day, deal_id of open deals that a later export of the day of their row lacks."""
    told = ibis.table({"import_id": "int64", "deal_id": "string"}, name="gone_deals")
    imports = _standing_imports()
    told = told.inner_join(imports, "import_id").select(
        told_of="as_of", told_id="deal_id", told_by="import_id",
        told_on="exported", told_at="exported_at",
    )  # fmt: skip
    brought = imports.select(brought_by="import_id", on="exported", at="exported_at")
    here = state.filter(state.status == "open")
    gone = here.inner_join(told, [here.deal_id == told.told_id, told.told_of == here.as_of])
    gone = gone.inner_join(brought, gone.newest_import == brought.brought_by)
    timed = (gone.told_on == gone.on) & (gone.told_at != gone.at)
    later = ibis.ifelse(
        timed.fill_null(False), gone.told_at > gone.at, gone.told_by > gone.newest_import
    )
    return gone.filter(later).select("day", "deal_id").distinct()


def moving(scope: Scope, before: date, after: date) -> ir.Table:
    """Return the deals of two days, one row a deal and day.

    Deals were open on one of the days or closed between them. Columns:

    day, deal_id, deal_name, customer, rep, region, product, stage, status ("vanished"
    too), amount (null in another currency), foreign, created, expected, closed, inside
    (it passes the scope's filters). A deal that both days know as closed alike is left
    out.
    """
    rows = with_dimensions(standing(before, after), wanted_by(scope), "day")
    foreign = (rows.currency != scope.currency).fill_null(False)
    deals = rows.select(
        "day", "deal_id", "deal_name", "customer", "rep", "region", "product", "stage", "status",
        amount=ibis.ifelse(foreign, ibis.null(DECIMAL), rows.amount),
        foreign=foreign,
        created=rows.created_date,
        expected=rows.expected_close_date,
        closed=rows.closed_date,
        inside=_passes(rows, scope),
    )  # fmt: skip
    moves = (deals.status == "open") | ((deals.day == after) & (deals.closed > before))
    ways = ibis.window(group_by="deal_id")
    deals = deals.mutate(moves=moves.fill_null(False).any().over(ways))
    deals = deals.mutate(turned=deals.status.nunique().over(ways) > 1)
    return (
        deals.filter(deals.moves | deals.turned).drop("moves", "turned").order_by("deal_id", "day")
    )


def _columns() -> ir.Table:
    """by_import, has, shape: the columns of each file of deals; one shape, the same columns."""
    brought = ibis.table(
        {"import_id": "int64", "table_name": "string", "columns": "array<string>"},
        name="import_columns",
    )
    files = brought.filter(brought.table_name == "deals")
    alike = ibis.window(group_by=files["columns"])
    return files.select(
        by_import="import_id", has="columns", shape=files.import_id.min().over(alike)
    )


def _standing_imports() -> ir.Table:
    imports = ibis.table(_IMPORT_TIMES, name="imports")
    return imports.filter(imports.status == "active").drop("status")


def _placed(rows: ir.Table) -> ir.Table:
    """With the place of each row among the imports, and its time.

    A row of an export that came after a later one of the same day and deal stands below that one.
    """
    imports = _standing_imports()
    timed = imports.filter(imports.exported_at.notnull())
    own = timed.select(late="import_id", on="exported", at="exported_at")
    other = timed.select(later="import_id", other_on="exported", other_at="exported_at")
    pairs = own.inner_join(other, [own.on == other.other_on, own.at < other.other_at])
    brought = ibis.table({"deal_id": "string", "import_id": "int64"}, name="fact_deals")
    mine = brought.select(of="deal_id", had_by="import_id").distinct()
    theirs = brought.select(known_id="deal_id", known_by="import_id").distinct()
    pairs = pairs.inner_join(mine, pairs.late == mine.had_by)
    pairs = pairs.inner_join(theirs, [pairs.later == theirs.known_by, pairs.of == theirs.known_id])
    below = pairs.group_by("late", "of").aggregate(first=pairs.later.min(), at=pairs["at"].min())
    placed = rows.left_join(below, [rows.import_id == below.late, rows.deal_id == below.of])
    came = placed.import_id.cast("float64")
    return placed.mutate(
        place=ibis.least(came, ibis.coalesce(placed["first"].cast("float64") - _BETWEEN, came)),
        at=ibis.coalesce(placed["at"], ibis.date(1, 1, 1).cast("timestamp")),
    ).drop("late", "of", "first")


def _last(rows: ir.Table) -> ir.Table:
    """The newest row of each day, deal and shape; by a narrow sum, as sorting all is slow."""
    place = ibis.struct(
        {
            "as_of": ibis.coalesce(rows.as_of, ibis.date(1, 1, 1)),
            "place": rows.place,
            "at": rows["at"],
            "import_id": rows.import_id,
            "row_no": rows.row_no,
        }
    )
    last = rows.group_by(on="day", of="deal_id", by="shape").aggregate(place=place.max())
    last = last.select("on", "of", file=last.place["import_id"], line=last.place["row_no"])
    return rows.semi_join(
        last,
        [
            rows.deal_id == last.of,
            rows.import_id == last.file,
            rows.row_no == last.line,
            rows.day == last.on,
        ],
    )


def _newest(rows: ir.Table) -> ir.Table:
    """With nth, the place of each row among those of its day and deal, the newest 0."""
    order = [ibis.desc(name) for name in ("as_of", "place", "at", "import_id", "row_no")]
    window = ibis.window(group_by=["day", "deal_id"], order_by=order)
    return rows.mutate(nth=ibis.row_number().over(window))


def _latest(rows: ir.Table, name: str) -> ir.Value:
    """A column of the newest row; where its file lacks it, of the newest that has it.

    A blank cell is a blank; a column that a file does not have says nothing.
    """
    has_it = (rows.has.isnull() | rows.has.contains(name)).fill_null(True)
    # In a struct, as blanks count: the smallest place wins, whatever stands there.
    return ibis.struct({"is": rows[name]}).argmin(rows.nth + ibis.ifelse(has_it, 0, _LAST))["is"]


def _facts() -> ir.Table:
    """Every row of a deal with a name that was imported and not taken back."""
    columns = {column.name: IBIS_TYPES[column.kind] for column in table("deals").columns}
    facts = ibis.table({**columns, "import_id": "int64", "row_no": "int64"}, name="fact_deals")
    imports = ibis.table(
        {"import_id": "int64", "status": "string", "mapping": "string"}, name="imports"
    )
    stand = imports.filter(imports.status == "active")
    # A deal that a column of its own file says is won or lost is so, whatever its stage means.
    stand = stand.select("import_id", own_status=stand.mapping.contains('"status":'))
    facts = facts.inner_join(stand, "import_id")
    return facts.filter(facts.deal_id.notnull())


def _agreed(rows: ir.Table) -> ir.Table:
    """With the names, and the meaning of stages, that the user has settled."""
    for kind in _NAMES:
        rows = _renamed(rows, kind)
    stages = ibis.table({"stage": "string", "status": "string"}, name="stages")
    meanings = stages.select(told_stage=stages.stage, told_status=stages.status)
    columns = rows.columns
    rows = rows.left_join(meanings, rows.stage == meanings.told_stage)
    ended = rows.own_status & rows.status.isin(("won", "lost")).fill_null(False)
    status = ibis.coalesce(ibis.ifelse(ended, rows.status, rows.told_status), rows.status)
    turned = (status != rows.status).fill_null(True)
    # The one date that most systems keep is read as the other when the status turns.
    closed = ibis.ifelse(
        status.isin(("won", "lost")),
        ibis.coalesce(rows.closed_date, rows.expected_close_date),
        ibis.null("date"),
    )
    due = ibis.coalesce(rows.expected_close_date, rows.closed_date)
    return rows.mutate(
        status=status,
        closed_date=ibis.ifelse(turned, closed, rows.closed_date),
        expected_close_date=ibis.ifelse(turned & (status == "open"), due, rows.expected_close_date),
    ).select(*columns)


def _renamed(rows: ir.Table, kind: str) -> ir.Table:
    aliases = ibis.table(
        {"kind": "string", "name": "string", "canonical": "string", "accepted": "boolean"},
        name="aliases",
    )
    right = aliases.filter(aliases.kind == kind, aliases.accepted)
    right = right.select(written=right["name"], right=right.canonical)
    joined = rows.left_join(right, rows[kind] == right.written)
    return joined.mutate(**{kind: ibis.coalesce(joined.right, joined[kind])}).select(*rows.columns)


def _passes(rows: ir.Table, scope: Scope) -> ir.BooleanValue:
    """Return whether `dimensions.kept` would keep a row; no filter, for a deal may change hands."""
    each = []
    for name, values in scope.filters:
        named = rows[name].isin([value for value in values if value != BLANK]).fill_null(False)
        each.append(named | rows[name].isnull() if BLANK in values else named)
    return reduce(lambda left, right: left & right, each, ibis.literal(True))
