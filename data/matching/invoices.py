"""Tell whether a list of documents with due dates is of what was sold or of what customers owe.

    >>> match, dates = settled(match, header, samples, "invoices.csv", "", {})   # doctest: +SKIP
    >>> match.table, dates
    ('receivables', (1, 2))

One with products or pieces is of what was sold. One with what is still open, or was paid of each
document, is of what is owed. Of one with neither, only the user knows: `dates` are then its day and
its due date. English, Chinese, German, French, Spanish, Italian, Portuguese and Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from data.matching import fingerprints
from data.matching.aliases import DOUBT, SURE, named
from data.matching.recognise import ColumnMatch, Match, recognise
from data.matching.systems import GENERIC
from data.values.header_text import normalise
from data.values.numbers import is_blank, number_of
from domain.tables import table

SOLD, OWED = "orders", "receivables"
Samples = Sequence[Sequence[str | None]]
_OPEN = re.compile(
    r"未收|未付|未结|未回|未核销|待收|欠款|余额|餘額|尚欠"
    r"|\b(?:balance|outstanding|open amount|unpaid|remaining|amount due|due amount|residual)\b"
    r"|offene[rs]?\b|\boffen$|\brest(?:betrag|forderung|summe)|saldo|reste à payer|\bsolde\b"
    r"|montant (?:dû|restant)|restant dû|pendiente|importo (?:residuo|dovuto)|\bresiduo\b"
    r"|openstaand|em aberto|por pagar|da pagare"
)
_PAID = re.compile(
    r"已收|已付|已回|已核销|实收|到账金额"
    r"|\b(?:amount paid|paid(?: amount)?|received(?: amount)?|amount received|payments?)$"
    r"|\b(?:bezahlt|gezahlt)|\b(?:déjà )?(?:payé|réglé|encaissé)$|montant (?:payé|réglé|encaissé)"
    r"|(?:importe )?(?:pagado|cobrado)$|(?:importo )?(?:pagato|incassato)$|valor pago$|\bbetaald"
)
_ORDERED = re.compile(
    r"订单|訂單|订购|下单|下單|销货|销售日期|销售单|成交|合同"
    r"|\border|\bsales? (?:date|id|no|number)\b"
    r"|auftrag|bestell|commande|pedido|ordine|contra[ct]t|vertrag"
)
_LINES = ("product", "quantity", "unit_price", "line_no")


def settled(
    match: Match,
    header: Sequence[str],
    samples: Samples,
    file: str,
    sheet: str,
    known: Mapping[str, Collection[str]],
) -> tuple[Match, tuple[int, int] | None]:
    """Return the match as what its list is, and the dates that leave open which."""
    due = _due(match, header)
    if due is None or any(_is(SOLD, header[at], _LINES) for at in range(len(header))):
        return match, None
    still_open = _money(header, samples, _OPEN)
    if still_open is not None or _money(header, samples, _PAID) is not None or _listed(file, sheet):
        owed = match if match.table == OWED else _as_owed(header, samples, file, sheet, known)
        # Where it has an amount as well, what is open of that is found by the figures.
        if still_open is not None and "amount" not in owed.mapping:
            owed = _with_amount(owed, still_open)
        return (owed if {"due_date", "amount"} <= owed.mapping.keys() else match), None
    day = _day(match, header, due)
    amount = match.mapping.get("amount")
    if day is None or amount is None or not _is(SOLD, header[amount], ("amount",)):
        return match, None
    number = match.mapping.get("order_id")
    words = [header[at] for at in (day, number) if at is not None]
    return match, None if any(_ORDERED.search(normalise(word)) for word in words) else (day, due)


def paid_of(header: Sequence[str], samples: Samples) -> int | None:
    """Return the column of what was paid of each document of a list without what is open."""
    if _money(header, samples, _OPEN) is not None:
        return None
    return _money(header, samples, _PAID)


def is_open_amount(header: str) -> bool:
    """Return whether an amount is what is still to be paid, whatever its document came to."""
    return bool(_OPEN.search(normalise(header)))


def _due(match: Match, header: Sequence[str]) -> int | None:
    """Return the due date of a list of no known system, which a user has not read before."""
    read_before = any(one.why == "remembered" for one in match.columns)
    if match.table not in (SOLD, OWED) or match.system != GENERIC or read_before:
        return None
    return next((at for at, text in enumerate(header) if _is(OWED, text, ("due_date",))), None)


def _is(name: str, text: str, columns: Collection[str], least: float = SURE) -> bool:
    guesses = named(table(name), text, GENERIC)
    return any(one.column in columns and one.confidence >= least for one in guesses)


def _day(match: Match, header: Sequence[str], due: int) -> int | None:
    """Return the day of the documents themselves."""
    if (at := match.mapping.get("order_date")) is not None:
        return at if at != due else None
    places = [at for at in range(len(header)) if at != due]
    for least in (SURE, DOUBT):
        for at in places:
            if _is(SOLD, header[at], ("order_date",), least):
                return at
    return None


def _money(header: Sequence[str], samples: Samples, words: re.Pattern[str]) -> int | None:
    """Return the first column of amounts whose header has one of the words."""
    for at, text in enumerate(header):
        if words.search(normalise(text)) and at < len(samples):
            cells = [cell for cell in samples[at] if cell and not is_blank(cell)]
            if cells and all(number_of(cell) is not None for cell in cells):
                return at
    return None


def _listed(file: str, sheet: str) -> bool:
    """Return whether the list is called one of what is owed, and nothing else."""
    hints = fingerprints.hints(file, sheet, GENERIC)
    return bool(hints.get(OWED)) and hints[OWED] == max(hints.values())


def _as_owed(
    header: Sequence[str],
    samples: Samples,
    file: str,
    sheet: str,
    known: Mapping[str, Collection[str]],
) -> Match:
    return recognise(header, samples, file, sheet, known=known, into=OWED)


def _with_amount(match: Match, at: int) -> Match:
    """Return the match with what is open as its amount."""

    def put(one: ColumnMatch) -> ColumnMatch:
        if one.position == at:
            return replace(one, column="amount", confidence=max(SURE, one.confidence), why="alias")
        if one.column == "amount":
            return replace(one, column=None, confidence=0.0, why="none")
        return one

    return replace(match, columns=tuple(map(put, match.columns)))
