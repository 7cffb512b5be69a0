"""Share an order between the two reps that a sheet names, or ask whose share is written.

    >>> sheet, match, questions = with_second_rep(sheet, match)         # doctest: +SKIP
    >>> questions[0].options                                            # doctest: +SKIP
    ('Rep 2: Split %', 'Sales Rep: Split %', '—')

Where nothing says what the second rep has, the first keeps all, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from data.cleaning.summary import Question
from data.layout.sheet import Note, Sheet
from data.matching.amounts import matched, unmatched
from data.matching.computed_columns import Grid
from data.matching.recognise import Match
from data.matching.second_reps import is_first, is_second, share, share_of
from data.staging.choices import NONE
from data.values.columns import trimmed
from data.values.placeholders import without_placeholders
from data.values.shares import split_credit

_CREDIT = "split_credit"
_SURE, _SHOWN = 0.95, 3
_WHOLE, _NEARLY = Decimal(1), Decimal("0.005")


def with_second_rep(sheet: Sheet, match: Match) -> tuple[Sheet, Match, tuple[Question, ...]]:
    """Return a sheet of orders with its shared credit, and what the user has to say about it."""
    if match.table != "orders" or _CREDIT in match.mapping:
        return sheet, match, ()
    seconds = [at for at, text in enumerate(sheet.written) if is_second(text)]
    if len(seconds) != 1 or seconds[0] == match.mapping.get("rep"):
        return sheet, match, ()
    match = _with_first(sheet, match, seconds[0])
    first, second = match.mapping.get("rep"), seconds[0]
    if first is None:
        return sheet, match, ()
    names = [_names(sheet, at) for at in (first, second)]
    if not any(a and b and a != b for a, b in zip(*names, strict=True)):
        return sheet, match, ()
    shares = {at: whose for at, text in enumerate(sheet.written) if (whose := share_of(text))}
    # A rep's share is no discount.
    match = unmatched(match, shares)
    whole = [at for at, whose in shares.items() if whose == "either"]
    own = [at for at, whose in shares.items() if whose == "second"]
    rest = [at for at, whose in shares.items() if whose == "first"]
    if len(own) == 1 or (len(rest) == 1 and not whole):
        at, of_second = (own[0], True) if len(own) == 1 else (rest[0], False)
        sheet, place = _shared(sheet, names, first, second, at, of_second)
        match = matched(match, Grid(sheet.header, sheet.rows), _CREDIT, place, _SURE)
        note = Note.of("credit_shared", header=sheet.header[place])
        sheet = replace(sheet, notes=(*sheet.notes, note))
        texts = sheet.rows[str(place)].to_pylist()
        rows = zip(*names, texts, strict=True)
        if any(one and other and one != other and not text for one, other, text in rows):
            sheet = _said(sheet, first, second)
        return sheet, match, ()
    if len(whole) == 1:
        sheet, ours = _shared(sheet, names, first, second, whole[0], True)
        sheet, theirs = _shared(sheet, names, first, second, whole[0], False)
        return sheet, match, (_question(sheet, second, (ours, theirs)),)
    return _said(sheet, first, second), match, ()


def _said(sheet: Sheet, first: int, second: int) -> Sheet:
    """Return the sheet with a note that the first rep keeps all."""
    note = Note.of("second_rep", header=sheet.header[first], other=sheet.header[second])
    return replace(sheet, notes=(*sheet.notes, note))


def _with_first(sheet: Sheet, match: Match, second: int) -> Match:
    """Return the match with a rep where only "Rep 1" is there."""
    firsts = [at for at, text in enumerate(sheet.written) if is_first(text) and at != second]
    if "rep" in match.mapping or len(firsts) != 1:
        return match
    return matched(match, Grid(sheet.header, sheet.rows), "rep", firsts[0], _SURE)


def _names(sheet: Sheet, at: int) -> Sequence[str | None]:
    names: list[str | None] = without_placeholders(
        trimmed(sheet.rows[str(at)]).cast(pa.string()), "rep"
    ).to_pylist()
    return names


def _shared(
    sheet: Sheet,
    names: Sequence[Sequence[str | None]],
    first: int,
    second: int,
    at: int,
    of_second: bool,
) -> tuple[Sheet, int]:
    """Return the sheet with a column of shared credit by the shares at a position, and where."""
    texts = [
        _text(one, other, share(cell), of_second)
        for one, other, cell in zip(*names, sheet.rows[str(at)].to_pylist(), strict=True)
    ]
    place = len(sheet.header)
    header = f"{sheet.header[second if of_second else first]}: {sheet.header[at]}"
    header = header if header not in sheet.header else f"{header} (2)"
    return sheet.with_computed(header, pa.array(texts, pa.string())), place


def _text(first: str | None, second: str | None, part: Decimal | None, of_second: bool) -> str:
    """Return both reps with their shares; "" where one rep has all."""
    if first is None or second is None or first == second or part is None:
        return ""
    theirs = part if of_second else _WHOLE - part
    text = f"{first}:{_WHOLE - theirs:f}/{second}:{theirs:f}"
    read = dict(split_credit(text) or ())
    return text if abs(read.get(second, _WHOLE * 2) - theirs) <= _NEARLY else ""


def _question(sheet: Sheet, second: int, places: tuple[int, int]) -> Question:
    """Ask which rep the shares are of; the samples are orders with both reps."""
    cells = [sheet.rows[str(at)].to_pylist() for at in places]
    both = [pair for pair in zip(*cells, strict=True) if any(pair)][:_SHOWN]
    samples = tuple((str(at), (*pair, "")) for at, pair in enumerate(both, 1))
    options = (*(sheet.header[at] for at in places), NONE)
    return Question(_CREDIT, sheet.header[second], "column", options, samples)
