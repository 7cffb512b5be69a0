"""Find the total of a document that has the tax in it which the amounts of its lines are without.

>>> taxed_total(evidence, 3)                                         # doctest: +SKIP
(7, 6)
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from data.matching.amount_evidence import Evidence
from data.matching.sample_numbers import equal

_ODD = ("id", "quantity", "price", "rate", "tax", "refund", "discount", "freight")
_ZERO, _CENT = Decimal(0), Decimal("0.01")


def taxed_total(evidence: Evidence, at: int) -> tuple[int, int] | None:
    """Return the positions of totals with tax and of the tax; None where amounts may have it."""
    columns = evidence.numbers.columns
    if at not in columns:
        return None
    own = evidence.numbers.sums(columns[at])
    of_documents = {other: evidence.numbers.of_documents(columns[other]) for other in columns}
    taxes = [other for other in columns if evidence.role(other) == "tax" and any(columns[other])]
    for total in columns:
        if total == at or evidence.role(total) in _ODD or not _most(of_documents[total], own):
            continue
        for net in _net(evidence, at, of_documents, total):
            if any(equal(more, of_documents[total]) for more in _with_freight(evidence, net)):
                break  # There is no tax beside these amounts that the total would have.
            for tax in taxes:
                taxed = [a + b for a, b in zip(net, of_documents[tax], strict=True)]
                for more in _with_freight(evidence, taxed):
                    if equal(more, of_documents[total]):
                        return total, tax
    return None


def _most(totals: list[Decimal], sums: list[Decimal]) -> bool:
    """Return whether totals are nowhere less than what the amounts of documents add up to."""
    return all(a + _CENT >= b for a, b in zip(totals, sums, strict=True) if a)


def _net(
    evidence: Evidence, at: int, of_documents: dict[int, list[Decimal]], total: int
) -> Iterator[list[Decimal]]:
    """Yield what the amounts of a document may add up to: themselves, or its net total."""
    columns = evidence.numbers.columns
    yield evidence.numbers.sums(columns[at])
    if evidence.level(at) != "line":
        yield of_documents[at]
    for other in columns:
        if other not in (at, total) and evidence.role(other) == "net":
            yield of_documents[other]


def _with_freight(evidence: Evidence, sums: list[Decimal]) -> Iterator[list[Decimal]]:
    """Yield sums of documents alone, and with each choice of what their delivery cost."""
    columns = evidence.numbers.columns
    costs = [
        evidence.numbers.of_documents(columns[other])
        for other in columns
        if evidence.role(other) == "freight"
    ]
    for count in range(len(costs) + 1):
        for some in combinations(costs, count):
            yield [sum(parts, _ZERO) for parts in zip(sums, *some, strict=True)]
