"""Word the explanations of the template: its guide, its columns, its lists.

>>> about(words("en"), table("orders"), table("orders").column("order_date"), "2026-11-05")
['Date, such as 2026-11-05', 'Required.', 'Example: 2026-11-05']
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

from domain.tables import N_, Column, Table


class Words(Protocol):
    """The words of a reader: called with a message id it gives the sentence."""

    @property
    def code(self) -> Literal["zh", "en"]:
        """Return the language of the words."""
        ...

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
    "line_no": N_("Line number within the order; leave blank to number the lines in sequence."),
    "customer_class": N_("Customer class: potential, ordinary or key."),
    "class": N_("Customer class: potential, ordinary or key."),
    "partner": N_("The dealer or agent involved, if any."),
    "currency": N_("Three-letter currency code; blank means your own currency."),
    "split_credit": N_("Who shares the order and by how much; adds up to 100%."),
    "collected_so_far": N_(
        "What was collected of the order until now; counts where no list of payments is imported."
    ),
    "last_collected": N_("The day of the last payment; blank means the order date."),
    "as_of": N_("The date the list was valid; the same in every row."),
    "forecast_category": N_("The rep's own call: how certain the deal is."),
    "stage_entered_date": N_("The date the deal entered its current stage."),
    "next_step": N_("The agreed next step; blank shows as a deal without one."),
    "planned_date": N_("The planned date; once done, the actual date goes into “Activity date”."),
    "period": N_("A month such as 2026-11, a quarter such as 2026-Q4, or a year."),
    "scope_kind": N_("Whose target it is: company, team, rep…"),
    "scope_value": N_("The name of the team, rep, region…; blank for the company."),
    "version": N_("A name for this set of targets; optional."),
    "floor": N_("The minimum to reach."),
    "stretch": N_("What would be an excellent month."),
    "owner": N_("The rep who looks after the customer."),
    "capacity": N_("Full-time equivalent, such as 1 or 0.5."),
    "leave": N_("Days off, separated by semicolons."),
    "scale": N_("The highest possible score, such as 5 or 10."),
    "size": N_("Total sales of all suppliers in the period."),
    "list_price": N_("Used to value open deals without an amount."),
    "campaign": N_("The campaign behind it; use the same name as in the spend sheet."),
}

_GUIDE = (
    N_("Yuepan template"),
    N_("Fill in the sheets you have data for; blank sheets are skipped."),
    N_(
        "Type or paste below the grey example. It is never imported, so you can leave or delete it."
    ),
    N_("Columns marked * are required; of those marked (*), one is enough; the rest are optional."),
    N_("Hover over a column name to see what it means and which columns can stand in for it."),
    N_("You can move or delete columns, but keep their names."),
    N_("Save the workbook and drop it on the Files page; every sheet is recognised automatically."),
)


def title(_: Words, table: Table, column: Column) -> str:
    """Return the column's name in the template, with its unit where a number has one of its own."""
    label = _(column.label)
    if (table.name, column.name) == ("activities", "duration"):
        return _("{label} (minutes)", label=label)
    return label


def kind(_: Words, column: Column) -> str:
    """Return what a cell of this column holds."""
    if column.name == "period":
        return _(_HINTS["period"])
    return _(_KINDS[column.kind])


def about(_: Words, table: Table, column: Column, shown: str) -> list[str]:
    """Return what a column is, what it holds, whether it is needed, and an example."""
    lines = [_(_HINTS[column.name])] if column.name in _HINTS else []
    if column.name != "period":
        lines.append(kind(_, column))
    lines.append(_need(_, table, column))
    if shown:
        lines.append(_("Example: {value}", value=shown))
    return lines


def guide(_: Words) -> list[str]:
    """Return the first sheet, line by line; the first is its title."""
    return [_(line) for line in _GUIDE]


def _need(_: Words, table: Table, column: Column) -> str:
    for group in table.needs:
        if column.name not in group:
            continue
        if len(group) == 1:
            return _("Required.")
        labels = _(" or ").join(_(table.column(name).label) for name in group)
        return _("One of these is required: {columns}.", columns=labels)
    return _("Optional.")
