"""Apply what the user has decided on names and stages when facts are read.

    >>> agreed(table("orders"), ["product"], 'SELECT * FROM fact_orders')
    'SELECT coalesce("product_alias".canonical, written."product") AS "product" FROM ...'

Facts keep names and states as they were written; reading them through `agreed`
gives the ones that hold now. What a stage means says whether its deals are won,
unless their own file had a column for that: in some systems a won or a lost deal
stays in the stage it had reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.store.database import Store
from domain.tables import TABLES, Table

# The table that says which names of a kind are right.
REGISTERS: dict[str, str] = {"product": "products", "customer": "customers", "rep": "reps"}
# The tables that have a column of such names, beside their register.
NAMED: dict[str, tuple[str, ...]] = {
    kind: tuple(table.name for table in TABLES if kind in table.names and table.name != register)
    for kind, register in REGISTERS.items()
}
_OF_PEOPLE = ("rep", "manager")
# Metrics of which two targets of one person are one of their sum.
_ADD_UP = (
    "sales",
    "quantity",
    "margin",
    "collections",
    "new_customers",
    "contracts",
    "visits",
)


@dataclass(frozen=True)
class Place:
    """A column that holds names of a kind; `whose` the scopes of a target that are people."""

    table: str
    column: str
    kind: str
    whose: tuple[str, ...] = ()

    def condition(self, side: str) -> str:
        """Return SQL: whether a row of `side` has a name of this kind; "" where every row has."""
        scopes = ", ".join(f"'{scope}'" for scope in self.whose)
        return f" AND {side}.scope_kind IN ({scopes})" if scopes else ""


# One person is one in the register too: who has left may be in it twice.
PLACES: tuple[Place, ...] = (
    *(Place(name, kind, kind) for kind, names in NAMED.items() for name in names),
    Place("reps", "rep", "rep"),
    Place("reps", "manager", "rep"),
    Place("customers", "owner", "rep"),
    Place("targets", "scope_value", "rep", _OF_PEOPLE),
)
_PLACE = {(place.table, place.column): place for place in PLACES}


def has_names(table: Table, columns: Iterable[str]) -> bool:
    """Return whether one of these columns holds names that may be read as others."""
    return any((table.name, column) in _PLACE for column in columns)


Names = Mapping[tuple[str, str], str]


def accepted(store: Store) -> Names:
    """Return the canonical name for each (kind, name) that the user has accepted as another's."""
    rows = store.rows("SELECT kind, name, canonical FROM aliases WHERE accepted")
    return {(kind, name): canonical for kind, name, canonical in rows}


def agreed(table: Table, columns: Iterable[str], query: str, more: Iterable[str] = ()) -> str:
    """Return SQL: columns of `query` under the names that the user has accepted.

    `more` are columns to pass through; credits also keep "written_rep", the name in the file,
    which tells two shares of one person apart. Deals need "import_id".
    """
    chosen, joins = [], []
    columns = list(columns)
    staged = table.name == "deals" and {"stage", "status"} <= set(columns)
    if staged:
        joins.append("LEFT JOIN stages AS told ON told.stage = written.stage")
        joins.append(
            "LEFT JOIN (SELECT import_id, mapping FROM imports) AS told_by "
            "ON told_by.import_id = written.import_id"
        )
    for column in columns:
        if staged and column in _BY_STAGE:
            chosen.append(_by_stage(column, columns))
            continue
        place = _PLACE.get((table.name, column))
        if place is None or (place.whose and "scope_kind" not in columns):
            chosen.append(f'written."{column}"')
            continue
        alias = f'"{column}_alias"'
        chosen.append(f'coalesce({alias}.canonical, written."{column}") AS "{column}"')
        joins.append(
            f"LEFT JOIN aliases AS {alias} ON {alias}.kind = '{place.kind}' "
            f'AND {alias}.accepted AND {alias}.name = written."{column}"'
            f"{place.condition('written')}"
        )
    chosen += [f'written."{column}"' for column in more]
    if table.name == "credits":
        chosen.append("written.rep AS written_rep")
    # Identifiers from domain.tables only.
    return f"SELECT {', '.join(chosen)} FROM ({query}) AS written {' '.join(joins)}"


def as_one_target(
    table: Table, columns: Iterable[str], query: str, more: Iterable[str] = ()
) -> str:
    """Return SQL: columns of `query`, the targets of one person in one import added up.

    `query` is what `agreed` returns, with "import_id". Two names of one list were two rows of it:
    each row then has the sum, so that it does not matter which of them stands. Shares and grades
    do not add up, nor do amounts in different currencies. Other tables stay as they are.
    """
    columns = list(columns)
    money = [name for name in table.money if name in columns]
    if table.name != "targets" or not money:
        return query
    metrics = ", ".join(f"'{metric}'" for metric in _ADD_UP)
    apart = [f'agreed."{key}"' for key in (*table.key, "currency") if key in columns]
    one = f"OVER (PARTITION BY agreed.import_id, {', '.join(apart)})"
    metric = "coalesce(agreed.metric, 'sales')" if "metric" in columns else "'sales'"
    summed = [
        f'CASE WHEN {metric} IN ({metrics}) THEN sum(agreed."{name}") {one} '
        f'ELSE agreed."{name}" END AS "{name}"'
        for name in money
    ]
    rest = [f'agreed."{name}"' for name in (*columns, *more) if name not in money]
    # Identifiers from domain.tables only.
    return f"SELECT {', '.join([*rest, *summed])} FROM ({query}) AS agreed"


_BY_STAGE = ("status", "closed_date", "expected_close_date")


def has_own_status(mapping: str) -> str:
    """Return SQL: whether an import mapped a column to the status; `mapping` is its JSON."""
    return f"coalesce(contains({mapping}, '\"status\":'), false)"


def _by_stage(column: str, columns: list[str]) -> str:
    """Return SQL: a deal's status as the user reads its stage, and its dates with it.

    Won or lost needs a closing date, and an open deal has none: the one date that most systems
    keep is read as the other when the status turns.
    """
    own = f"written.status IN ('won', 'lost') AND {has_own_status('told_by.mapping')}"
    status = f"coalesce(CASE WHEN NOT ({own}) THEN told.status END, written.status)"
    if column == "status":
        return f"{status} AS status"
    if not {"closed_date", "expected_close_date"} <= set(columns):
        return f"written.{column}"
    turned = f"{status} IS DISTINCT FROM written.status"
    if column == "closed_date":
        closed = "coalesce(written.closed_date, written.expected_close_date)"
        return (
            f"CASE WHEN NOT ({turned}) THEN written.closed_date "
            f"WHEN {status} IN ('won', 'lost') THEN {closed} END AS closed_date"
        )
    due = "coalesce(written.expected_close_date, written.closed_date)"
    return (
        f"CASE WHEN {turned} AND {status} = 'open' THEN {due} "
        "ELSE written.expected_close_date END AS expected_close_date"
    )
