"""The files in English: as Zoho CRM exports them, and the company's own workbook.

>>> [one.file for one in sheets()][1]
'Deals_2026_06_16.csv'
"""

from __future__ import annotations

from functools import partial

from data.sample import books, crm
from data.sample.days import LAST_EXPORT, TODAY
from data.sample.names import CALL, KINDS
from data.sample.sheet import Sheet, sheet

_DEALS = """
deal_id=Record Id|rep_id=Deal Owner.id|rep=Deal Owner|deal_name=Deal Name|amount=Amount|
currency=Currency|customer_id=Account Name.id|customer=Account Name|stage=Stage|
probability=Probability (%)|forecast_category=Forecast Category|expected_close_date=Closing Date|
created_date=Created Time|last_activity_date=Last Activity Time|next_step=Next Step|
source=Lead Source|campaign=Campaign Source|product=Product|region=Region|channel=Channel|
lost_reason=Reason For Loss|competitor=Competitor
"""


def sheets() -> tuple[Sheet, ...]:
    """Return every sheet, in the order of writing."""
    day, book = f"{TODAY:%Y_%m_%d}", f"Lanheng sales data {TODAY:%Y-%m}.xlsx"
    before, now = (partial(crm.deals, day=exported) for exported in (LAST_EXPORT, TODAY))
    return (
        sheet(f"Deals_{LAST_EXPORT:%Y_%m_%d}.csv", "deals", _DEALS, before),
        sheet(f"Deals_{day}.csv", "deals", _DEALS, now),
        sheet(
            f"Deals__{day}.csv",
            "stage_history",
            "record=Record Id|deal_id=Deal Name.id|deal_name=Deal Name|stage=Stage|"
            "days=Stage Duration (Calendar Days)|probability=Probability (%)|moved_to=Moved To|"
            "amount=Amount|expected_close_date=Closing Date|rep=Modified By|"
            "rep_id=Modified By.id|entered_at=Modified Time",
            crm.stage_history,
        ),
        sheet(
            f"Leads_{day}.csv",
            "leads",
            "lead_id=Record Id|rep_id=Lead Owner.id|rep=Lead Owner|customer=Company|"
            "source=Lead Source|campaign=Campaign Source|status=Lead Status|"
            "created_date=Created Time|qualified_date=Qualified Date|"
            "converted_date=Lead Conversion Time|converted=Is Converted|"
            "deal_id=Converted Deal.id",
            crm.leads,
        ),
        sheet(
            f"Accounts_{day}.csv",
            "customers",
            "customer_id=Record Id|rep_id=Account Owner.id|owner=Account Owner|"
            "customer=Account Name|class=Account Type|industry=Industry|region=Region|"
            "created_date=Created Time",
            crm.customers,
        ),
        sheet(
            f"Meetings_{day}.csv",
            "activities",
            "activity_id=Record Id|subject=Event Title|kind=Activity Type|rep_id=Host.id|rep=Host|"
            "planned_date=Planned Date|activity_date=From|status=Status|"
            "customer_id=Account Name.id|customer=Account Name|deal_id=Deal Name.id|"
            "cost=Cost|duration=Duration|outcome=Outcome",
            partial(crm.activities, kinds=frozenset(range(len(KINDS))) - {CALL}),
        ),
        sheet(
            f"Calls_{day}.csv",
            "activities",
            "activity_id=Record Id|kind=Call Type|rep_id=Call Owner.id|rep=Call Owner|"
            "planned_date=Due Date|activity_date=Call Start Time|status=Call Status|"
            "customer_id=Account Name.id|customer=Account Name|deal_id=Deal Name.id|"
            "outcome=Call Result",
            crm.calls,
        ),
        sheet(
            f"Order lines {TODAY:%Y-%m-%d}.csv",
            "orders",
            "order_id=Order ID|line_no=Line No|order_date=Order Date|customer=Customer|"
            "customer_class=Customer Class|rep=Sales Rep|product=Product|category=Category|"
            "region=Region|channel=Channel|partner=Dealer|campaign=Campaign|quantity=Quantity|"
            "unit_price=Unit Price|discount=Discount|amount=Amount|cost=Cost|currency=Currency|"
            "status=Order Status|split_credit=Split Credit",
            books.orders,
        ),
        sheet(
            book,
            "contracts",
            "contract_id=Contract ID|customer=Customer|rep=Sales Rep|product=Product|"
            "amount=Contract Amount|currency=Currency|signed_date=Signed Date|"
            "start_date=Start Date|end_date=End Date|status=Contract Status",
            books.contracts,
            "Contracts",
        ),
        sheet(
            f"Receivables {TODAY:%Y-%m-%d}.csv",
            "receivables",
            "order_id=Order ID|customer=Customer|rep=Sales Rep|due_date=Due Date|amount=Amount Due",
            books.receivables,
        ),
        sheet(
            f"Payments {TODAY:%Y-%m-%d}.csv",
            "payments",
            "payment_id=Payment ID|order_id=Order ID|customer=Customer|rep=Sales Rep|"
            "payment_date=Payment Date|amount=Amount Received",
            books.payments,
        ),
        sheet(
            book,
            "targets",
            "period=Month|scope_kind=Scope|scope_value=Target of|floor=Floor|target=Target|"
            "stretch=Stretch",
            books.targets,
            "Targets",
        ),
        sheet(
            book,
            "spend",
            "period=Month|channel=Channel|campaign=Campaign|kind=Expense Type|amount=Spend|"
            "budget=Budget",
            books.spend,
            "Spend",
        ),
        sheet(
            book,
            "reps",
            "rep=Name|team=Team|manager=Manager|region=Region|level=Level|role=Role|"
            "hire_date=Hire Date|skills=Skills|capacity=Capacity|leave=Leave",
            books.reps,
            "Sales reps",
        ),
        sheet(
            book,
            "products",
            "product=Product|category=Category|list_price=List Price|cost=Cost",
            books.products,
            "Products",
        ),
        sheet(
            book,
            "satisfaction",
            "survey_date=Survey Date|customer=Customer|rep=Sales Rep|score=Score|scale=Scale",
            books.satisfaction,
            "Satisfaction",
        ),
        sheet(
            book,
            "market",
            "period=Quarter|scope=Region|size=Market Size",
            books.market,
            "Market size",
        ),
    )
