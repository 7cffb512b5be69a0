"""The rows of the CRM: deals on a day, their moves, leads, customers, activities.

    >>> next(iter(deals(company, "en", TODAY)))["stage"]
    'Proposal/Price Quote'

Each row is a dict by canonical column; other keys are what a CRM writes beside
them (the owner's id, the life status) and is meant to be passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.sample import names as n
from data.sample.days import TODAY
from data.sample.deals import Deal, Move
from data.sample.field import DONE
from data.sample.money import campaign_of
from data.sample.names import Language, Words, word
from data.sample.plan import region_of, team_of
from data.sample.stories import deal_id
from data.sample.world import World

Value = str | int | float | date | None
Row = dict[str, Value]

_ALL_KINDS = frozenset(range(len(n.KINDS)))


def record(kind: int, number: int) -> str:
    """Return an id as Zoho writes it; `kind` distinguishes deals from customers."""
    return f"zcrm_61770000{kind:02d}{number:06d}"


def money(fen: int | None) -> float | None:
    """Convert fen to yuan with two decimals."""
    return None if fen is None else fen / 100


def named(company: World, customer: int, rep: int, language: Language) -> Row:
    """Return customer, rep and what a CRM writes beside each."""
    return {
        "customer": word(company.customers[customer].name, language),
        "customer_id": record(2, customer),
        "rep": word(n.REPS[rep], language),
        "rep_id": record(1, rep),
        "team": word(n.TEAMS[team_of(rep)].name, language),
        "life": "正常",
    }


def deals(company: World, language: Language, day: date) -> Iterator[Row]:
    """Return the deals in the CRM on the evening of `day`."""
    for deal in company.deals:
        at = deal.on(day)
        if at is not None and not (deal.gone and day == TODAY):
            yield _deal(company, language, day, deal, at)


def stage_history(company: World, language: Language) -> Iterator[Row]:
    """Return every move of every deal that still exists."""
    for deal in company.deals:
        if deal.gone:
            continue
        who = named(company, deal.customer, deal.rep, language)
        ends = [*deal.moves[1:], None]
        for move, end in zip(deal.moves, ends, strict=True):
            left = end.at if end else None
            yield {
                **who,
                "record": record(7, deal.number * 20 + len(deal.moves)),
                "deal_id": deal_id(deal.number, language),
                "deal_name": _name(company, language, deal),
                "stage": word(n.STAGES[move.stage], language),
                "entered_at": f"{move.at:%Y-%m-%d %H:%M:%S}",
                "left_at": f"{left:%Y-%m-%d %H:%M:%S}" if left else None,
                "days": (left - move.at).days if left else None,
                "moved_to": word(n.STAGES[end.stage], language) if end else None,
                "probability": n.PROBABILITY[move.stage],
                "amount": money(move.amount),
                "expected_close_date": move.expected,
            }


def leads(company: World, language: Language) -> Iterator[Row]:
    """Return every lead."""
    for number, lead in enumerate(company.leads):
        yield {
            **named(company, lead.customer, lead.rep, language),
            "lead_id": record(4, number) if language == "en" else f"XS{number + 1:06d}",
            "lead_name": f"{word(company.customers[lead.customer].name, language)}",
            "created_date": lead.created,
            "source": word(n.CHANNELS[lead.channel], language),
            "campaign": word(campaign_of(lead.channel, lead.created), language),
            "status": word(n.LEAD_STATES[lead.status], language),
            "qualified_date": lead.qualified,
            "converted_date": lead.converted,
            "converted": str(lead.converted is not None).lower(),
            "deal_id": deal_id(lead.deal, language) if lead.deal >= 0 else None,
        }


def customers(company: World, language: Language) -> Iterator[Row]:
    """Return every account."""
    for number, account in enumerate(company.customers):
        who = named(company, number, account.rep, language)
        yield {
            **who,
            "owner": who["rep"],
            "class": word(n.CLASSES[account.kind], language),
            "region": word(n.REGIONS[account.region], language),
            "industry": word(n.INDUSTRIES[account.industry], language),
            "created_date": account.created,
        }


def activities(
    company: World, language: Language, kinds: frozenset[int] = _ALL_KINDS
) -> Iterator[Row]:
    """Return the activities of these kinds."""
    for number, activity in enumerate(company.activities):
        if activity.kind not in kinds:
            continue
        done = activity.status == DONE
        kind: Words = n.KINDS[activity.kind]
        yield {
            **named(company, activity.customer, activity.rep, language),
            "activity_id": record(5, number) if language == "en" else f"HD{number + 1:06d}",
            "planned_date": activity.planned,
            "activity_date": activity.done,
            "status": word(n.ACTIVITY_STATES[activity.status], language),
            "kind": word(kind, language),
            "subject": f"{word(kind, language)} {activity.planned:%m-%d}",
            "deal_id": deal_id(activity.deal, language) if activity.deal >= 0 else None,
            "cost": activity.cost if done else None,
            "duration": activity.minutes if done else None,
            "outcome": word(n.OUTCOMES[number % len(n.OUTCOMES)], language) if done else None,
        }


def calls(company: World, language: Language) -> Iterator[Row]:
    """Return the calls as Zoho lists them, with their direction."""
    for row in activities(company, language, frozenset({n.CALL})):
        yield {**row, "kind": "Outbound"}


def _deal(company: World, language: Language, day: date, deal: Deal, at: Move) -> Row:
    ended = at.stage in (n.WON, n.LOST)
    lost = at.stage == n.LOST
    entered = next(move.at for move in deal.moves if move.stage == at.stage).date()
    source = 0 if deal.from_lead else 1 + deal.number % 2
    reason, rival = deal.reason, deal.competitor
    return {
        **named(company, deal.customer, deal.rep, language),
        "deal_id": deal_id(deal.number, language),
        "deal_name": _name(company, language, deal),
        "stage": word(n.STAGES[at.stage], language),
        "status": word(n.DEAL_STATES[max(0, at.stage - 3)], language),
        "amount": money(at.amount),
        "currency": "CNY",
        "probability": n.PROBABILITY[at.stage],
        "forecast_category": word(n.FORECASTS[at.stage], language),
        "created_date": deal.created,
        "expected_close_date": at.expected,
        "closed_date": at.at.date() if ended else None,
        "stage_entered_date": entered,
        "last_activity_date": deal.last_activity.get(day),
        "next_step": None if ended else word(n.NEXT_STEPS[at.stage], language),
        "source": word(n.SOURCES[source], language),
        "campaign": word(campaign_of(deal.channel, deal.created), language),
        "product": word(n.PRODUCTS[deal.product].name, language),
        "region": word(n.REGIONS[region_of(deal.rep)], language),
        "channel": word(n.CHANNELS[deal.channel], language),
        "lost_reason": word(n.REASONS[reason], language) if lost and reason is not None else None,
        "competitor": word(n.COMPETITORS[rival], language) if lost and rival is not None else None,
    }


def _name(company: World, language: Language, deal: Deal) -> str:
    customer = word(company.customers[deal.customer].name, language)
    short = customer.removesuffix("有限公司").removesuffix(" Co., Ltd.")
    gap = "-" if language == "zh" else " - "
    return f"{short}{gap}{word(n.PRODUCTS[deal.product].name, language)}"
