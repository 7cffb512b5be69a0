"""Provide one invented row for each table of the template.

>>> example(words("en"), "payments", date(2026, 11, 5), "USD")["amount"]
Decimal('3540')

Names are in the reader's language; of a choice it is the id. The rows belong
to one story (one customer, one rep, one deal), so that the sheets explain each
other.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from domain.tables import N_
from domain.tables import table as canonical
from reports.explained import Words

_CUSTOMER = N_("Harrow Mills")
_REP = N_("Ada Finch")
_PRODUCT = N_("Vertical pump")
_CATEGORY = N_("Pumps")
_REGION = N_("East")
_CHANNEL = N_("Direct")
_SOURCE = N_("Trade show")
_CAMPAIGN = N_("Autumn fair")
_STAGE = N_("Proposal")


def example(_: Words, table: str, today: date, currency: str) -> dict[str, Any]:
    """Return the example of a table: column → value; columns that are left blank are missing."""
    ids = {column.name for column in canonical(table).columns if column.kind == "choice"}
    ids |= {"metric", "scope_kind", "currency"}
    return {
        name: _(cell) if isinstance(cell, str) and name not in ids else cell
        for name, cell in _rows(today, currency)[table].items()
    }


def _rows(today: date, currency: str) -> dict[str, dict[str, Any]]:
    month = f"{today:%Y-%m}"
    before, soon, later = (today + timedelta(days=days) for days in (-20, 15, 45))
    who = {"customer": _CUSTOMER, "rep": _REP}
    money = {"currency": currency}
    what = {"product": _PRODUCT, "category": _CATEGORY}
    return {
        "orders": {
            "order_id": "SO-1001", "line_no": "1", "order_date": today, **who, **what,
            "customer_class": "key", "region": _REGION, "channel": _CHANNEL,
            "partner": N_("Delta Trading"), "campaign": _CAMPAIGN,
            "quantity": Decimal(3), "unit_price": Decimal(1180), "discount": Decimal("0.1"),
            "amount": Decimal(3186), "cost": Decimal(2100), **money, "status": "valid",
            "split_credit": N_("Ada Finch 60%; Ben Holt 40%"),
            "collected_so_far": Decimal(1593), "last_collected": today,
        },
        "returns": {
            "order_id": "SO-1001", "return_date": soon, "reason": N_("Wrong size"),
        },
        "contracts": {
            "contract_id": "HT-2001", "signed_date": today, **who, "product": _PRODUCT,
            "amount": Decimal(86000), **money, "start_date": today, "end_date": later,
            "status": "valid",
        },
        "receivables": {
            "order_id": "SO-1001", "contract_id": "HT-2001", "due_date": soon, **who,
            "amount": Decimal(3186), **money,
        },
        "payments": {
            "payment_id": "HK-3001", "payment_date": today, "order_id": "SO-1001",
            "contract_id": "HT-2001", **who, "amount": Decimal(3540), **money,
        },
        "deals": {
            "deal_id": "SJ-4001", "as_of": today, "deal_name": N_("Pump station"),
            **who, "stage": _STAGE, "status": "open", "amount": Decimal(120000), **money,
            "probability": Decimal("0.6"), "forecast_category": "best_case",
            "created_date": before, "expected_close_date": soon, "stage_entered_date": before,
            "last_activity_date": today, "next_step": N_("Demo on Friday"),
            "source": _SOURCE, "campaign": _CAMPAIGN, "product": _PRODUCT, "region": _REGION,
            "channel": _CHANNEL, "competitor": N_("Kestrel Pumps"),
        },
        "stage_history": {
            "deal_id": "SJ-4001", "entered_at": datetime.combine(before, time(9, 30)),
            "stage": _STAGE, "left_at": datetime.combine(today, time(17, 0)),
            "amount": Decimal(120000), **money, "expected_close_date": soon,
        },
        "leads": {
            "lead_id": "XS-5001", "created_date": before, "source": _SOURCE,
            "campaign": _CAMPAIGN, "rep": _REP, "status": N_("Working"),
            "qualified_date": before, "converted_date": today, "deal_id": "SJ-4001",
            "customer": _CUSTOMER,
        },
        "activities": {
            "activity_id": "BF-6001", "planned_date": today, "activity_date": today,
            "status": "done", "rep": _REP, "kind": "cold_visit", "customer": _CUSTOMER,
            "deal_id": "SJ-4001", "place": N_("On site"),
            "material": N_("Catalogue"), "cost": Decimal(120), **money,
            "duration": Decimal("90"), "outcome": N_("Demo agreed"),
        },
        "spend": {
            "date": today, "period": month, "channel": _SOURCE, "campaign": _CAMPAIGN,
            "kind": N_("Booth"), "amount": Decimal(18000), "budget": Decimal(20000),
            **money,
        },
        "targets": {
            "metric": "sales", "period": month, "scope_kind": "rep", "scope_value": _REP,
            "version": N_("V1"), "floor": Decimal(90000), "target": Decimal(100000),
            "stretch": Decimal(120000), **money,
        },
        "products": {**what, "list_price": Decimal(1180), "cost": Decimal(700), **money},
        "reps": {
            "rep": _REP, "team": N_("Team A"), "manager": N_("Dana West"),
            "region": _REGION, "level": N_("Senior"),
            "role": N_("Sales representative"), "hire_date": date(today.year - 2, 3, 1),
            "skills": N_("Pump sizing"), "capacity": Decimal(1),
            "leave": f"{soon:%Y-%m-%d}",
        },
        "customers": {
            "customer": _CUSTOMER, "class": "key", "region": _REGION,
            "industry": N_("Machinery"), "owner": _REP, "created_date": before,
        },
        "satisfaction": {
            "survey_date": today, **who, "score": Decimal(9), "scale": Decimal(10),
        },
        "market": {
            "period": month, "scope": _REGION, "size": Decimal(25000000), **money,
        },
    }  # fmt: skip
