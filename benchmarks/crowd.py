"""Measure twenty people at once: sessions that each click every five seconds.

>>> rows(folder, lines=1_000_000)

A session speaks Streamlit's own protocol over a websocket, as a browser does, but draws
nothing: twenty browsers would measure the machine that runs them. A click takes from its
sending to the message that the script has ended. Each answer is checked against
hand-written SQL for the session's month and region.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median, quantiles

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import company
from benchmarks.server import serving
from benchmarks.timing import Row, ratio
from data.store.database import Store
from pages.kit.i18n.numbers import escaped, money, month_text
from pages.kit.i18n.words import words

_EN = words("en")
_CUTS = ("rep", "team", "region", "product", "category", "channel")
_MONTHS = tuple(date(company.LAST.year, month, 1) for month in (1, 2, 3))
_THIS_MONTH = month_text(_EN, _MONTHS[-1])

# (month, region) → how the total under the page's table begins.
Totals = dict[tuple[str, str | None], str]


@dataclass(frozen=True)
class Crowd:
    """How many sessions there are, and how often (in seconds) and how long each clicks."""

    sessions: int = 20
    every: float = 5.0
    lasting: float = 60.0


@dataclass
class Log:
    """What all sessions of a server met: the seconds of each click, and what went wrong."""

    spent: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    checked: int = 0


def rows(folder: Path, lines: int, crowd: Crowd) -> Iterator[Row]:
    """Yield the row of the 95th percentile, then the row of errors and wrong numbers."""
    path = folder / "crowd.duckdb"
    store = company.database(path, lines)
    totals = _totals(store)
    store.close()
    with serving("benchmarks/bare_page.py") as address:
        theirs = asyncio.run(_visits(address, None, crowd))
    with serving("app.py", path) as address:
        ours = asyncio.run(_visits(address, totals, crowd))
    path.unlink()
    middle, bare_middle = median(ours.spent) * 1000, median(theirs.spent) * 1000
    yield ratio(
        f"{crowd.sessions} sessions, a click every {crowd.every:g} s, {lines:,} order lines: p95",
        "bare page",
        2.0,
        quantiles(ours.spent, n=20)[-1],
        quantiles(theirs.spent, n=20)[-1],
        f"{len(ours.spent)} clicks; medians {middle:.0f} ÷ {bare_middle:.0f} ms",
    )
    errors = ours.errors + theirs.errors
    detail = "; ".join([f"{ours.checked} answers checked", *errors[:3]])
    yield Row("the same: errors and wrong numbers", "—", 0, len(errors), "", detail)


async def _visits(address: str, totals: Totals | None, crowd: Crowd) -> Log:
    """Run all sessions at once; without totals, do not check their answers."""
    log = Log()
    visits = (_visit(address, totals, place, crowd, log) for place in range(crowd.sessions))
    await asyncio.gather(*visits)
    return log


async def _visit(address: str, totals: Totals | None, place: int, crowd: Crowd, log: Log) -> None:
    """Open the page in a session of its own and click until the time is over."""
    await asyncio.sleep(place * crowd.every / crowd.sessions)
    chance = random.Random(place)
    url = address.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(url, max_size=None) as socket:
        session = _Session(socket, totals, log)
        choices: dict[str, str] = {}
        await session.run(choices)
        end = time.monotonic() + crowd.lasting
        while time.monotonic() < end:
            await asyncio.sleep(crowd.every * chance.uniform(0.8, 1.2))
            choices |= _click(chance, totals)
            start = time.perf_counter()
            await session.run(choices)
            log.spent.append(time.perf_counter() - start)


def _click(chance: random.Random, totals: Totals | None) -> dict[str, str]:
    """Choose another month, region or cut; on the bare page another month."""
    if totals is None:
        return {"month": str(chance.randint(1, 12))}
    month, region = chance.choice(sorted(totals, key=str))
    kind = chance.choice(("month", "region", "by"))
    return {kind: {"month": month, "region": region or "", "by": chance.choice(_CUTS)}[kind]}


class _Session:
    """A session with the server, and the ids of the widgets on its screen."""

    def __init__(
        self, socket: websockets.ClientConnection, totals: Totals | None, log: Log
    ) -> None:
        self.socket = socket
        self.totals = totals
        self.log = log
        self.ids: dict[str, str] = {}

    async def run(self, choices: dict[str, str]) -> None:
        """Send the choices, wait until the script has ended, and log what is wrong."""
        await self.socket.send(self._message(choices))
        elements: list[Element] = []
        while True:
            message = ForwardMsg.FromString(await self.socket.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.HasField("new_element"):
                elements.append(message.delta.new_element)
            if kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
                elements.clear()
        for element in elements:
            self._remember(element)
        errors = [error for element in elements if (error := _error(element))]
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            errors.append(f"the script ended with {message.script_finished}")
        if not errors and self.totals is not None:
            errors = _wrong_totals(self.totals, choices, elements)
            self.log.checked += 1
        self.log.errors.extend(errors)

    def _remember(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "multiselect", "button_group"):
            id = getattr(element, kind).id
            self.ids[id.rpartition("-")[2]] = id

    def _message(self, choices: dict[str, str]) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = "lang=en"
        state.context_info.locale = "en"
        state.context_info.timezone = "Asia/Shanghai"
        for name, value in choices.items():
            widget = state.widget_states.widgets.add(id=self.ids[name])
            if name == "month":
                widget.string_value = value
            else:
                widget.string_array_value.data.extend([value] if value else [])
        return bytes(message.SerializeToString())


def _wrong_totals(totals: Totals, choices: dict[str, str], elements: list[Element]) -> list[str]:
    total = totals[choices.get("month", _THIS_MONTH), choices.get("region") or None]
    captions = [element.markdown.body for element in elements if element.HasField("markdown")]
    right = any(caption.startswith(total) for caption in captions)
    return [] if right else [f"{choices}: no {total!r}"]


def _error(element: Element) -> str | None:
    """Return the error that an element shows, if any."""
    kind = element.WhichOneof("type")
    if kind == "exception":
        return element.exception.message
    if kind == "alert" and element.alert.format == element.alert.ERROR:
        return element.alert.body
    return None


def _totals(store: Store) -> Totals:
    totals: Totals = {}
    for month in _MONTHS:
        by_region = store.rows(
            "SELECT region, sum(amount) FROM orders WHERE status <> 'cancelled' "
            "AND order_id NOT IN (SELECT order_id FROM returns) "
            "AND date_trunc('month', order_date) = ? GROUP BY ROLLUP (region)",
            [month],
        )
        for region, total in by_region:
            totals[month_text(_EN, month), region] = escaped(f"Total {money(_EN, total, 'CNY')}")
    return totals
