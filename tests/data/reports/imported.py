"""Import small files the way the page does, and read the figures that follow.

Shared by the tests of inputs that other programs' users reported: one file a situation,
the right value worked out by hand.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook

from data.staging import review
from data.staging.draft import Draft, Result
from data.store.database import Store
from tests.conftest import TODAY, land, read

Rows = Sequence[Sequence[object]]


def as_csv(rows: Rows) -> bytes:
    """Return rows as a CSV with a byte order mark, as spreadsheets save it."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows) -> bytes:
    """Return rows as a workbook of one sheet; numbers stay numbers, texts texts."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def drafts_of(store: Store, name: str, content: bytes | str) -> list[Draft]:
    """Return the drafts of one file."""
    drafts = read(store, {name: content})
    assert isinstance(drafts, list), drafts
    return drafts


def brought(
    store: Store, name: str, content: bytes | str, answers: Mapping[str, str] | None = None
) -> Result:
    """Import a file of one sheet with answers to its questions, and return what became of it."""
    (draft,) = drafts_of(store, name, content)
    if answers:
        draft = replace(draft, answers={**draft.answers, **answers})
        draft = review.placed(store, draft, TODAY)
    (result,) = land(store, [draft])
    assert isinstance(result, Result), result
    return result


def asked(store: Store, draft: Draft) -> list[str]:
    """Return the keys of a draft's open questions."""
    return [question.key for question in review.questions(draft, TODAY, store)]


def sales(store: Store, where: str = "true") -> Decimal:
    """Return the sum of the order lines that count; `where` is SQL of the test's own."""
    ((total,),) = store.rows(
        "SELECT coalesce(sum(amount), 0) FROM orders "
        f"WHERE status IS DISTINCT FROM 'cancelled' AND {where}"
    )
    return Decimal(total)
