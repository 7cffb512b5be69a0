"""Read a file of exchange rates, for the user to look at, change and save.

    >>> rates_in(store, "rates.xlsx", content, "CNY")
    Rates(rates=(ExchangeRate('USD', …, Decimal('7.12')), …), unread=())

Nothing is saved here.
"""

from __future__ import annotations

from data.cleaning.exchange_rates import Rates, rates_of
from data.ingest import inbox
from data.ingest.sandboxed import READ_MEGABYTES, READ_SECONDS, READING, completed_with
from data.jobs import sandbox
from data.layout.by_hand import NONE
from data.layout.sheet import Sheet
from data.store.database import Store
from domain.errors import FileError, ImportRefused, YuepanError

_MOST = 20_000


def rates_in(store: Store, name: str, content: bytes, base: str) -> Rates:
    """Return the rates that a file has for other currencies in `base`.

    Raises FileError("no_rates") where no sheet has any, ImportRefused("several_rates") where
    more than one column may be the rates, and what the reader raises of a file that cannot
    be read.
    """
    upload = inbox.receive(store, name, content)
    try:
        (answer,) = sandbox.run(
            READING,
            [(upload.path, name, NONE)],
            seconds=READ_SECONDS,
            megabytes=READ_MEGABYTES,
            file=name,
            again=True,
        )
    finally:
        upload.path.unlink(missing_ok=True)
    if isinstance(answer, YuepanError):
        raise completed_with(answer, file=name)
    for sheet in answer:
        if read := _of_sheet(sheet, base):
            return read
    raise FileError("no_rates", file=name)


def _of_sheet(sheet: Sheet, base: str) -> Rates | None:
    if len(sheet.rows) > _MOST:
        return None
    columns = [sheet.rows.column(str(place)).to_pylist() for place in range(len(sheet.header))]
    try:
        return rates_of(sheet.header, columns, sheet.rows.column("row").to_pylist(), base)
    except ImportRefused as error:
        raise completed_with(error, file=sheet.file) from None
