"""The rows of the company's own workbooks: orders, money, targets, people.

    >>> sum(row["amount"] for row in targets(company, "en"))   # doctest: +SKIP

Rows are dicts by canonical column, as in `data.sample.crm`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.sample import names as n
from data.sample.crm import Row, money, named
from data.sample.days import stamp
from data.sample.money import campaign_of
from data.sample.names import Language, word
from data.sample.plan import region_of, team_of
from data.sample.stories import STORIES
from data.sample.trade import Line, Order, main_product
from data.sample.world import World


def orders(company: World, language: Language) -> Iterator[Row]:
    """Return a row for each order line."""
    for number, order in enumerate(company.orders):
        customer = company.customers[order.customer]
        common: Row = {
            **named(company, order.customer, order.rep, language),
            "order_id": company.order_ids[number],
            "order_date": order.day,
            "customer_class": word(n.CLASSES[customer.kind], language),
            "region": word(n.REGIONS[region_of(order.rep)], language),
            "channel": word(n.CHANNELS[order.channel], language),
            "partner": None
            if customer.partner is None
            else word(n.PARTNERS[customer.partner], language),
            "campaign": word(campaign_of(order.channel, order.day), language),
            "currency": "CNY",
            "split_credit": _split(order, language),
        }
        for place, line in enumerate(order.lines, start=1):
            yield {**common, "line_no": str(place), **_line(line, language)}


def contracts(company: World, language: Language) -> Iterator[Row]:
    """Return a contract for each order that came from a deal."""
    for number, order in enumerate(company.orders):
        if number in company.deal_of:
            yield {
                **named(company, order.customer, order.rep, language),
                "contract_id": company.order_ids[number].replace("SO", "HT"),
                "signed_date": order.day,
                "product": word(n.PRODUCTS[main_product(order.lines)].name, language),
                "amount": money(order.amount),
                "currency": "CNY",
                "start_date": order.day,
                "end_date": order.day.replace(year=order.day.year + 1),
                "status": word(n.ORDER_STATES[0], language),
            }


def receivables(company: World, language: Language) -> Iterator[Row]:
    """Return a row for each amount due."""
    for due in company.due:
        order = company.orders[due.order]
        yield {
            **named(company, order.customer, order.rep, language),
            "order_id": company.order_ids[due.order],
            "due_date": due.day,
            "amount": money(due.amount),
        }


def payments(company: World, language: Language) -> Iterator[Row]:
    """Return a row for each collection."""
    for number, payment in enumerate(company.paid, start=1):
        order = company.orders[payment.order]
        yield {
            **named(company, order.customer, order.rep, language),
            "payment_id": f"HK{number:06d}",
            "payment_date": payment.day,
            "order_id": company.order_ids[payment.order],
            "amount": money(payment.amount),
        }


def spend(company: World, language: Language) -> Iterator[Row]:
    """Return a row for each month, channel, campaign and kind."""
    for expense in company.spend:
        yield {
            "period": stamp(expense.month),
            "channel": word(n.CHANNELS[expense.channel], language),
            "campaign": word(expense.campaign, language),
            "kind": word(expense.kind, language),
            "amount": expense.amount,
            "budget": expense.budget,
        }


def targets(company: World, language: Language) -> Iterator[Row]:
    """Return the monthly targets of the company, each team and each rep."""
    for goal in company.targets:
        whose = {
            "company": None,
            "team": word(n.TEAMS[goal.who].name, language) if goal.kind == "team" else None,
            "rep": word(n.REPS[goal.who], language),
        }
        yield {
            "period": stamp(goal.month),
            "scope_kind": goal.kind,
            "scope_value": whose[goal.kind],
            "floor": goal.target * 9 // 10,
            "target": goal.target,
            "stretch": goal.target * 11 // 10,
        }


def products(company: World, language: Language) -> Iterator[Row]:
    """Return today's catalogue."""
    for product in n.PRODUCTS:
        yield {
            "product": word(product.name, language),
            "category": word(n.CATEGORIES[product.category], language),
            "list_price": product.price,
            "cost": product.cost,
        }


def reps(company: World, language: Language) -> Iterator[Row]:
    """Return the people; dates show the newcomer and the one on leave."""
    for number, name in enumerate(n.REPS):
        team = n.TEAMS[team_of(number)]
        away, new = name == STORIES.leave_rep, name == STORIES.ramping_rep
        hired = date(2016 + number * 5 % 8, number % 12 + 1, 1 + number % 27)
        yield {
            "rep": word(name, language),
            "team": word(team.name, language),
            "manager": word(team.manager, language),
            "region": word(n.REGIONS[team.region], language),
            "level": word(n.LEVELS[2 if new else number % 4 // 2], language),
            "role": word(n.ROLE, language),
            "hire_date": date.fromisoformat(STORIES.hired) if new else hired,
            "skills": word(n.CATEGORIES[number % 3], language),
            "capacity": 20,
            "leave": " ~ ".join(STORIES.leave) if away else None,
        }


def satisfaction(company: World, language: Language) -> Iterator[Row]:
    """Return a row for each answer, out of ten."""
    for answer in company.answers:
        who = named(company, answer.customer, answer.rep, language)
        yield {**who, "survey_date": answer.day, "score": answer.score, "scale": 10}


def market(company: World, language: Language) -> Iterator[Row]:
    """Return a row for each quarter and region."""
    for quarter, region, size in company.market:
        yield {"period": quarter, "scope": word(n.REGIONS[region], language), "size": size}


def _line(line: Line, language: Language) -> Row:
    product = n.PRODUCTS[line.product]
    return {
        "product": word(product.name, language),
        "category": word(n.CATEGORIES[product.category], language),
        "quantity": line.quantity,
        "unit_price": money(line.price),
        "discount": line.discount / 100,
        "amount": money(line.amount),
        "cost": money(line.cost),
        "status": word(n.ORDER_STATES[line.status], language),
    }


def _split(order: Order, language: Language) -> str | None:
    """Such as "周雨桐 60%; 徐景行 40%"."""
    parts = [f"{word(n.REPS[rep], language)} {share}%" for rep, share in order.split]
    return "; ".join(parts) or None
