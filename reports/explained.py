"""What the template says: of itself, of a column, of the words in its lists.

>>> about(words("en"), table("orders"), table("orders").column("order_date"), "2026-11-05")
['Date, such as 2026-11-05', 'Needed.', 'Example: 2026-11-05']
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

from domain.tables import N_, Column, Table


class Words(Protocol):
    """The words of a reader: called with a message id it gives the sentence."""

    @property
    def code(self) -> Literal["zh", "en"]: ...

    def __call__(self, msgid: str, **params: Any) -> str: ...


# What may be chosen in a sheet of targets; an import knows these very words.
METRICS: dict[str | None, str] = {
    "sales": N_("Sales amount"),
    "quantity": N_("Quantity"),
    "margin": N_("Gross margin"),
    "collections": N_("Collections"),
    "new_customers": N_("New customers"),
    "contracts": N_("Contracts signed"),
    "visits": N_("Visits"),
    "satisfaction": N_("Satisfaction"),
    "market_share": N_("Market share"),
    "repeat_rate": N_("Repeat rate"),
    "retention": N_("Retention"),
}
SCOPES: dict[str | None, str] = {
    "company": N_("Company"),
    "team": N_("Team"),
    "region": N_("Region"),
    "rep": N_("Sales rep"),
    "product": N_("Product"),
    "category": N_("Category"),
    "channel": N_("Channel"),
    "customer_class": N_("Customer class"),
}

_KINDS = {
    "text": N_("Text"),
    "choice": N_("One of the list"),
    "date": N_("Date, such as 2026-11-05"),
    "moment": N_("Date and time, such as 2026-11-05 09:30"),
    "money": N_("Amount in the row's currency, in full, not in thousands"),
    "number": N_("Number"),
    "share": N_("Share, such as 10%"),
}

# What a label alone does not say; by table and column, or by column in any table.
_HINTS = {
    "line_no": N_("The line within the order; blank means one after the other."),
    "customer_class": N_("How the customer is classed: potential, ordinary or key."),
    "class": N_("How the customer is classed: potential, ordinary or key."),
    "partner": N_("The dealer or agent, where one was between."),
    "currency": N_("The currency's code of three letters; blank means your own currency."),
    "split_credit": N_("Who shares the order and how much; together 100%."),
    "as_of": N_("The day on which the list was true; the same in every row."),
    "forecast_category": N_("The rep's own call: how sure the deal is."),
    "stage_entered_date": N_("Since when the deal is in its stage."),
    "next_step": N_("What is agreed next; blank shows as a deal without a next step."),
    "planned_date": N_("The day that was planned; the activity's own day once it is done."),
    "period": N_("A month as 2026-11, a quarter as 2026-Q4, or a year."),
    "scope_kind": N_("Whose target it is: the company's, a team's, a rep's …"),
    "scope_value": N_("The name of the team, rep, region …; blank for the company."),
    "version": N_("A name for this set of targets; blank is fine."),
    "floor": N_("The least that must be reached."),
    "stretch": N_("What would be a very good month."),
    "owner": N_("The rep who looks after the customer."),
    "capacity": N_("Share of a full-time person, such as 1 or 0.5."),
    "leave": N_("Days away, separated by semicolons."),
    "scale": N_("The best score that could be given, such as 5 or 10."),
    "size": N_("What all suppliers together sell in the period."),
    "list_price": N_("Values open deals that have no amount."),
    "campaign": N_("The campaign behind it; the same name as in the sheet of spend."),
}

_GUIDE = (
    N_("Yuepan: template to fill in"),
    N_("Fill in the sheets you have something for; a blank sheet is skipped."),
    N_("Type or paste under the grey example; it is never imported, so leave it or delete it."),
    N_(
        "Columns marked * are needed; of those marked (*) one is enough; the others may stay blank."
    ),
    N_("Point at a name to see what it is, and of which columns one is enough."),
    N_("Columns may be moved or deleted; keep their names."),
    N_("Save the workbook and drop it on the Files page: every sheet is recognised by itself."),
)


def title(_: Words, one: Table, column: Column) -> str:
    """The column's name in the template, with its unit where a number has one of its own."""
    label = _(column.label)
    if (one.name, column.name) == ("activities", "duration"):
        return _("{label} (hours)", label=label)
    return label


def kind(_: Words, column: Column) -> str:
    """What a cell of this column holds."""
    if column.name == "period":
        return _(_HINTS["period"])
    return _(_KINDS[column.kind])


def about(_: Words, one: Table, column: Column, shown: str) -> list[str]:
    """What a column is, what it holds, whether it is needed, and an example."""
    lines = [_(_HINTS[column.name])] if column.name in _HINTS else []
    if column.name != "period":
        lines.append(kind(_, column))
    lines.append(_need(_, one, column))
    if shown:
        lines.append(_("Example: {value}", value=shown))
    return lines


def guide(_: Words) -> list[str]:
    """The first sheet, line by line; the first is its title."""
    return [_(line) for line in _GUIDE]


def _need(_: Words, one: Table, column: Column) -> str:
    for group in one.needs:
        if column.name not in group:
            continue
        if len(group) == 1:
            return _("Needed.")
        labels = _(" or ").join(_(one.column(name).label) for name in group)
        return _("One of these is needed: {columns}.", columns=labels)
    return _("May stay blank.")
