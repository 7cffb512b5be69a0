"""Names that the user has said are the same, and where names stand.

    >>> agreed(table("orders"), ["product"], 'SELECT * FROM fact_orders')
    'SELECT coalesce("product_alias".canonical, written."product") AS "product" FROM ...'

Facts keep names as they were written; reading them through `agreed` gives the
names that hold now.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.tables import Table

# Which columns hold the names of what; a name's alias applies in all of them.
NAMED: dict[str, tuple[tuple[str, str], ...]] = {
    "product": (("orders", "product"), ("contracts", "product"), ("deals", "product")),
    "customer": tuple(
        (name, "customer")
        for name in (
            "orders",
            "contracts",
            "receivables",
            "payments",
            "deals",
            "leads",
            "activities",
            "satisfaction",
        )
    ),
    "rep": tuple(
        (name, "rep")
        for name in (
            "orders",
            "credits",
            "contracts",
            "receivables",
            "payments",
            "deals",
            "leads",
            "activities",
            "satisfaction",
        )
    ),
}

# The table that says which names of a kind are right.
REGISTERS: dict[str, str] = {"product": "products", "customer": "customers", "rep": "reps"}


def agreed(one: Table, columns: Iterable[str], query: str, more: Iterable[str] = ()) -> str:
    """SQL: columns of `query` with the names that the user has said are the same.

    `more` are columns of it as they are; shares also keep "written_rep", the name
    in the file, which tells two shares of one person apart.
    """
    chosen, joins = [], []
    for column in columns:
        kind = next((kind for kind, places in NAMED.items() if (one.name, column) in places), None)
        if kind is None:
            chosen.append(f'written."{column}"')
            continue
        chosen.append(f'coalesce("{kind}_alias".canonical, written."{column}") AS "{column}"')
        joins.append(
            f'LEFT JOIN aliases AS "{kind}_alias" ON "{kind}_alias".kind = \'{kind}\' '
            f'AND "{kind}_alias".accepted AND "{kind}_alias".name = written."{column}"'
        )
    chosen += [f'written."{column}"' for column in more]
    if one.name == "credits":
        chosen.append("written.rep AS written_rep")
    # Identifiers from domain.tables only.
    return f"SELECT {', '.join(chosen)} FROM ({query}) AS written {' '.join(joins)}"  # noqa: S608
