"""Count leads by source, and those that become deals.

    >>> frame(by_source, scope, date(2026, 1, 1), date(2026, 3, 31))   # source, leads, converted

A lead belongs to the period in which it was created, however long it takes: the
newest have had the least time to convert.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from domain.scope import Scope
from domain.tables import ibis_table

# What a lead knows about itself or by its rep; other filters cannot be asked of it.
OF_LEADS = frozenset({"rep", "team", "manager", "region", "customer", "customer_class"})


def by_source(scope: Scope, start: date, end: date) -> ir.Table:
    """Return source, leads, converted: leads created in the period; a blank source stays null.

    A lead has converted when it has a conversion date or names a deal; null where no lead of
    any period has either: then the list does not say. Filters that a lead knows nothing of are
    not applied; see `OF_LEADS`.
    """
    leads = _created(scope, start, end)
    every = ibis_table("leads")
    says = every.filter(every.converted_date.notnull() | every.deal_id.notnull()).count() > 0
    counts = leads.group_by("source").aggregate(
        leads=leads.count(),
        converted=leads.count(where=leads.converted_date.notnull() | leads.deal_id.notnull()),
    )
    counts = counts.mutate(
        converted=ibis.ifelse(says.as_scalar(), counts.converted, ibis.null("int64"))
    )
    return counts.order_by(ibis.desc("leads"), "source")


def leads_of(scope: Scope, start: date, end: date) -> ir.Table:
    """Return the leads themselves, the newest first, to download."""
    return (
        _created(scope, start, end)
        .select("lead_id", "created_date", "source", "campaign", "rep", "status",
                "converted_date", "deal_id", "customer")
        .order_by(ibis.desc("created_date"), "lead_id")
    )  # fmt: skip


def _created(scope: Scope, start: date, end: date) -> ir.Table:
    known = {name: values for name, values in scope.filters if name in OF_LEADS}
    for name, _ in scope.filters:
        scope = scope.narrowed(name, *known.get(name, ()))
    leads = kept(with_dimensions(ibis_table("leads"), wanted_by(scope), "created_date"), scope)
    return leads.filter(leads.created_date.between(start, end))
