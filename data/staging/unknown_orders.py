"""Ask whether returns of orders that are not known are taken off.

    >>> [question.options for question in questions(draft)]            # doctest: +SKIP
    [('take_off', 'leave_out')]

A return in March of an order of December lowers March, where the dashboard begins in January;
a number that was mistyped does not. What is known of the orders is looked up in
`data.staging.returned_orders`.
"""

from __future__ import annotations

from dataclasses import replace

from data.cleaning.returned import Sold
from data.cleaning.summary import Question
from data.staging.draft import Draft

TAKE_OFF, LEAVE_OUT = OPTIONS = ("take_off", "leave_out")
KEY = "order_id/unknown_orders"


def sold(draft: Draft) -> Sold:
    """Return what is known of the orders of a list of returns, with the answer about the rest."""
    asked = _question(draft)
    if asked is None:
        return draft.sold
    return replace(draft.sold, leave_out=draft.answers.get(asked.key) == LEAVE_OUT)


def questions(draft: Draft) -> list[Question]:
    """Return the open question about returns of unknown orders, with their amounts."""
    question = _question(draft)
    if question is None or draft.answers.get(question.key) in OPTIONS:
        return []
    return [question]


def _question(draft: Draft) -> Question | None:
    """Return the question; None where no unknown order has an amount to take off."""
    if draft.table != "returns" or draft.sheet is None or not draft.sold.stakes:
        return None
    header = draft.sheet.header[draft.mapping["order_id"]]
    samples = tuple((order, (f"-{amount}", "0")) for order, amount in draft.sold.stakes)
    return Question(
        "order_id", header, "unknown_orders", OPTIONS, samples, str(len(draft.sold.unknown))
    )
