"""List the canonical tables: what every import is turned into and every measure reads.

    >>> table("orders").key
    ('order_id', 'line_no')
    >>> ibis_table("orders").amount.type()
    Decimal(precision=18, scale=4, nullable=True)

One `Table` a row of `TABLES`, one `Column` a column. A page, a template, a
reader or a measure that needs to know what a table holds asks here and
nowhere else. English words in this module are message ids: `pages.kit.i18n.labels`
shows them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import ibis.expr.types as ir

Kind = Literal["text", "date", "moment", "money", "number", "share", "choice"]

# One scale for everything that is multiplied: mixed scales do not multiply,
# and two decimals lose a fifth of a unit on a year of order lines.
DECIMAL = "decimal(18, 4)"

IBIS_TYPES: dict[Kind, str] = {
    "text": "string",
    "choice": "string",
    "date": "date",
    "moment": "timestamp",
    "money": DECIMAL,
    "number": DECIMAL,
    "share": DECIMAL,
}


def N_(message: str) -> str:
    """Mark `message` for the catalogue; the words are chosen where it is shown."""
    return message


def C_(context: str, message: str) -> str:
    """Mark a `message` that other languages say differently in each context.

    The key is the one gettext itself uses: `Words` looks it up, and shows the
    message alone where the catalogue has no translation.
    """
    return f"{context}\x04{message}"


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind and its label.

    `choices` are the only values a "choice" may have; `data/systems` holds the
    words that other systems use for them. `price` is money for one piece, of which
    no sum means anything. An `identifier` is one whatever its spelling
    (`data.values.identifiers`).
    """

    name: str
    kind: Kind
    label: str
    choices: tuple[str, ...] = ()
    price: bool = False
    identifier: bool = False


@dataclass(frozen=True)
class Table:
    """One canonical table.

    `key` names the columns that tell one row from another. `needs` are groups
    of columns, at least one of each group must be matched before a sheet can
    be this table. `actual_dates` are the dates of things that have happened:
    only these may move "today". `money` are the columns in a currency, `summed`
    those of them that add up: amounts, and no prices.
    """

    name: str
    label: str
    one_row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    actual_dates: tuple[str, ...] = ()
    unlocks: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def money(self) -> tuple[str, ...]:
        """Return the names of the columns that hold money."""
        return tuple(column.name for column in self.columns if column.kind == "money")

    @property
    def summed(self) -> tuple[str, ...]:
        """Return the money columns that add up: all but the price of one piece."""
        return tuple(name for name in self.money if not self.column(name).price)

    def column(self, name: str) -> Column:
        """Return the column called `name`; raises KeyError for any other name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")


def _text(name: str, label: str) -> Column:
    return Column(name, "text", label)


def _id(name: str, label: str) -> Column:
    return Column(name, "text", label, identifier=True)


def _date(name: str, label: str) -> Column:
    return Column(name, "date", label)


def _money(name: str, label: str) -> Column:
    return Column(name, "money", label)


def _price(name: str, label: str) -> Column:
    return Column(name, "money", label, price=True)


def _number(name: str, label: str) -> Column:
    return Column(name, "number", label)


def _share(name: str, label: str) -> Column:
    return Column(name, "share", label)


_CUSTOMER = _text("customer", N_("Customer"))
_REP = _text("rep", N_("Sales rep"))
_PRODUCT = _text("product", N_("Product"))
_CATEGORY = _text("category", N_("Category"))
_REGION = _text("region", N_("Region"))
_CHANNEL = _text("channel", N_("Channel"))
_CAMPAIGN = _text("campaign", N_("Campaign"))
_CURRENCY = _text("currency", N_("Currency"))
_AMOUNT = _money("amount", N_("Amount"))
_DEAL_ID = _id("deal_id", N_("Deal ID"))
_ORDER_ID = _id("order_id", N_("Order ID"))
_CONTRACT_ID = _id("contract_id", N_("Contract ID"))
_CLASS = Column("customer_class", "choice", N_("Customer class"), ("potential", "ordinary", "key"))

TABLES: tuple[Table, ...] = (
    Table(
        "orders",
        N_("Orders"),
        N_("an order line"),
        ("order_id", "line_no"),
        (
            _ORDER_ID,
            _id("line_no", N_("Line no.")),
            _date("order_date", N_("Order date")),
            _CUSTOMER,
            _CLASS,
            _REP,
            _PRODUCT,
            _CATEGORY,
            _REGION,
            _CHANNEL,
            _text("partner", N_("Partner")),
            _CAMPAIGN,
            _number("quantity", N_("Quantity")),
            _price("unit_price", N_("Unit price")),
            _share("discount", N_("Discount")),
            _AMOUNT,
            _money("cost", N_("Cost")),
            _CURRENCY,
            Column("status", "choice", N_("Status"), ("valid", "cancelled", "returned")),
            _text("split_credit", N_("Shared credit")),
            _money("collected_so_far", N_("Collected so far")),
            _date("last_collected", N_("Last collected on")),
        ),
        (("order_date",), ("amount",)),
        ("order_date",),
        N_("sales by day, product, customer and channel, and monthly pace"),
    ),
    Table(
        "returns",
        N_("Returns"),
        N_("a return: of a whole order, a product of it, or an amount"),
        ("order_id", "return_id", "product"),
        (
            _ORDER_ID,
            _id("return_id", N_("Return ID")),
            _date("return_date", N_("Return date")),
            _CUSTOMER,
            _REP,
            _PRODUCT,
            _number("quantity", N_("Quantity")),
            _AMOUNT,
            _CURRENCY,
            _text("reason", N_("Reason")),
        ),
        (("order_id", "amount"),),
        (),
        N_("sales net of returned orders"),
    ),
    Table(
        "credits",
        N_("Shared credit"),
        N_("a rep's share of an order line"),
        ("order_id", "line_no", "rep"),
        (
            _ORDER_ID,
            _id("line_no", N_("Line no.")),
            _REP,
            _share("share", N_("Share")),
        ),
        (("order_id",), ("rep",), ("share",)),
        (),
        N_("shared orders that add up to the team total"),
    ),
    Table(
        "contracts",
        N_("Contracts"),
        N_("a contract"),
        ("contract_id",),
        (
            _CONTRACT_ID,
            _date("signed_date", N_("Signed date")),
            _CUSTOMER,
            _REP,
            _PRODUCT,
            _AMOUNT,
            _CURRENCY,
            _date("start_date", N_("Start date")),
            _date("end_date", N_("End date")),
            Column("status", "choice", N_("Status"), ("valid", "cancelled")),
        ),
        (("contract_id", "signed_date"), ("amount",)),
        ("signed_date",),
        N_("contracts signed in the month"),
    ),
    Table(
        "receivables",
        N_("Receivables"),
        N_("an amount due"),
        ("order_id", "contract_id", "due_date"),
        (
            _ORDER_ID,
            _CONTRACT_ID,
            _date("due_date", N_("Due date")),
            _CUSTOMER,
            _REP,
            _AMOUNT,
            _CURRENCY,
        ),
        (("due_date",), ("amount",)),
        (),
        N_("amounts due and overdue"),
    ),
    Table(
        "payments",
        N_("Collections"),
        N_("a payment received"),
        ("payment_id", "order_id", "contract_id", "payment_date", "amount"),
        (
            _id("payment_id", N_("Payment ID")),
            _date("payment_date", N_("Payment date")),
            _ORDER_ID,
            _CONTRACT_ID,
            _CUSTOMER,
            _REP,
            _AMOUNT,
            _CURRENCY,
        ),
        (("payment_date",), ("amount",)),
        ("payment_date",),
        N_("cash collected next to amounts signed"),
    ),
    Table(
        "deals",
        N_("Deals"),
        N_("a deal as of the export date"),
        ("deal_id",),
        (
            _DEAL_ID,
            _date("as_of", N_("As of")),
            _text("deal_name", N_("Deal name")),
            _CUSTOMER,
            _REP,
            _text("stage", N_("Stage")),
            Column("status", "choice", N_("Status"), ("open", "won", "lost")),
            _AMOUNT,
            _CURRENCY,
            _share("probability", N_("Probability")),
            Column(
                "forecast_category",
                "choice",
                N_("Forecast category"),
                ("commit", "best_case", "pipeline", "omitted", "closed"),
            ),
            _date("created_date", N_("Created date")),
            _date("expected_close_date", N_("Expected close date")),
            _date("closed_date", N_("Closed date")),
            _date("stage_entered_date", N_("Entered stage on")),
            _date("last_activity_date", N_("Last activity date")),
            _text("next_step", N_("Next step")),
            _text("source", N_("Source")),
            _CAMPAIGN,
            _PRODUCT,
            _REGION,
            _CHANNEL,
            _text("lost_reason", N_("Lost reason")),
            _text("competitor", N_("Competitor")),
        ),
        (("deal_id", "deal_name"), ("stage", "status")),
        ("closed_date",),
        N_("funnel, win rates and open pipeline"),
    ),
    Table(
        "stage_history",
        N_("Stage history"),
        N_("a deal entering a stage"),
        ("deal_id", "entered_at"),
        (
            _DEAL_ID,
            Column("entered_at", "moment", N_("Entered at")),
            _text("stage", N_("Stage")),
            Column("left_at", "moment", N_("Left at")),
            _AMOUNT,
            _CURRENCY,
            _date("expected_close_date", N_("Expected close date")),
        ),
        (("deal_id",), ("entered_at",), ("stage",)),
        ("entered_at",),
        N_("stage conversion and time in stage"),
    ),
    Table(
        "leads",
        N_("Leads"),
        N_("a lead"),
        ("lead_id",),
        (
            _id("lead_id", N_("Lead ID")),
            _date("created_date", N_("Created date")),
            _text("source", N_("Source")),
            _CAMPAIGN,
            _REP,
            _text("status", N_("Status")),
            _date("qualified_date", N_("Qualified date")),
            _date("converted_date", N_("Converted date")),
            _DEAL_ID,
            _CUSTOMER,
        ),
        (("lead_id",), ("created_date", "source", "status", "converted_date")),
        ("created_date", "qualified_date", "converted_date"),
        N_("the top of the funnel"),
    ),
    Table(
        "activities",
        N_("Activities"),
        N_("a visit, call or demo"),
        ("activity_id",),
        (
            _id("activity_id", N_("Activity ID")),
            _date("planned_date", N_("Planned date")),
            _date("activity_date", N_("Activity date")),
            Column("status", "choice", N_("Status"), ("planned", "done", "cancelled")),
            _REP,
            Column(
                "kind",
                "choice",
                N_("Kind"),
                (
                    "cold_visit",
                    "existing_visit",
                    "revisit",
                    "call",
                    "demo",
                    "quote",
                    "meeting",
                    "email",
                    "task",
                    "other",
                ),
            ),
            _CUSTOMER,
            _DEAL_ID,
            _text("place", N_("Place")),
            _text("material", N_("Material")),
            _money("cost", N_("Cost")),
            _CURRENCY,
            _number("duration", N_("Duration")),
            _text("outcome", N_("Outcome")),
        ),
        (("activity_date", "planned_date"), ("kind", "activity_id", "rep")),
        ("activity_date",),
        N_("activities planned and completed"),
    ),
    Table(
        "spend",
        N_("Spend"),
        N_("an expense"),
        ("date", "period", "channel", "campaign", "kind", "currency"),
        (
            _date("date", N_("Date")),
            _text("period", N_("Period")),
            _CHANNEL,
            _CAMPAIGN,
            _text("kind", N_("Kind")),
            _AMOUNT,
            _money("budget", N_("Budget")),
            _CURRENCY,
            _number("impressions", N_("Impressions")),
            _number("clicks", N_("Clicks")),
            _number("conversions", N_("Conversions")),
        ),
        (("date", "period"), ("amount", "budget"), ("channel", "campaign", "kind")),
        ("date",),
        N_("return on spend"),
    ),
    Table(
        "targets",
        N_("Targets"),
        N_("a target"),
        ("metric", "period", "scope_kind", "scope_value", "version"),
        (
            _text("metric", N_("Metric")),
            _text("period", N_("Period")),
            _text("scope_kind", N_("Scope")),
            _text("scope_value", N_("Target of")),
            _text("version", N_("Version")),
            _money("floor", N_("Floor")),
            _money("target", N_("Target")),
            _money("stretch", N_("Stretch")),
            _CURRENCY,
        ),
        (("period",), ("target",)),
        (),
        N_("attainment, gap and pace"),
    ),
    Table(
        "products",
        N_("Products"),
        N_("a product"),
        ("product",),
        (
            _PRODUCT,
            _CATEGORY,
            _price("list_price", N_("List price")),
            _price("cost", N_("Cost")),
            _CURRENCY,
        ),
        (("product",), ("list_price", "cost", "category")),
        (),
        N_("open deals without an amount, valued at list price"),
    ),
    Table(
        "reps",
        N_("Sales reps"),
        N_("a sales rep"),
        ("rep", "from_date"),
        (
            _REP,
            _text("team", N_("Team")),
            _text("manager", N_("Manager")),
            _REGION,
            _text("level", N_("Level")),
            _text("role", N_("Role")),
            _date("hire_date", N_("Hire date")),
            _date("from_date", N_("In this team from")),
            _date("left_date", N_("Left on")),
            _text("skills", N_("Skills")),
            _number("capacity", N_("Capacity")),
            _text("leave", N_("Leave")),
        ),
        (("rep",), ("team", "manager", "region", "level", "role", "hire_date")),
        (),
        N_("figures by team, manager and region"),
    ),
    Table(
        "customers",
        N_("Customers"),
        N_("a customer"),
        ("customer",),
        (
            _CUSTOMER,
            Column("class", "choice", N_("Customer class"), ("potential", "ordinary", "key")),
            _REGION,
            _text("industry", N_("Industry")),
            _text("owner", N_("Owner")),
            _date("created_date", N_("Created date")),
        ),
        (("customer",), ("class", "region", "industry", "owner", "created_date")),
        (),
        N_("figures by customer class"),
    ),
    Table(
        "satisfaction",
        N_("Satisfaction"),
        N_("a survey response"),
        ("survey_date", "customer", "rep"),
        (
            _date("survey_date", N_("Survey date")),
            _CUSTOMER,
            _REP,
            _number("score", N_("Score")),
            _number("scale", N_("Scale")),
        ),
        (("survey_date",), ("score",)),
        ("survey_date",),
        N_("customer satisfaction"),
    ),
    Table(
        "market",
        N_("Market size"),
        N_("the size of a market in a period"),
        ("period", "scope"),
        (
            _text("period", N_("Period")),
            _text("scope", N_("Scope")),
            _money("size", N_("Size")),
            _CURRENCY,
        ),
        (("period",), ("size",)),
        (),
        N_("market share"),
    ),
)

_BY_NAME = {table.name: table for table in TABLES}


def table(name: str) -> Table:
    """Return the canonical table called `name`; raises KeyError for any other name."""
    return _BY_NAME[name]


@cache
def ibis_table(name: str) -> ir.Table:
    """Return the unbound ibis table that measures are written on; no data behind it."""
    # Here and not above: the child process that reads a file needs no ibis, and
    # starts in half the time without it.
    import ibis

    return ibis.table(
        {column.name: IBIS_TYPES[column.kind] for column in table(name).columns}, name=name
    )
