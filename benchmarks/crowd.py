"""Twenty people at once: sessions that each click every five seconds.

>>> rows(folder, lines=1_000_000)

A session speaks Streamlit's own protocol over a websocket, as a browser does, but draws
nothing: twenty browsers would measure the machine that runs them. The time of a click is
from its sending to the word that the script has ended. Each answer is checked against
hand-written SQL for the month and region that were asked for.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import quantiles

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import made
from benchmarks.serving import serving
from benchmarks.watch import Row, ratio
from data.store.database import Store
from pages.kit.i18n.numbers import escaped, money, month_text
from pages.kit.i18n.words import words

SESSIONS, EVERY, LASTING = 20, 5.0, 60.0
_EN = words("en")
_CUTS = ("rep", "team", "region", "product", "category", "channel")

Expected = dict[tuple[str, str | None], str]


@dataclass
class Told:
    """What all sessions of one page saw: seconds of each click, and what was not right."""

    spent: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    checked: int = 0


def rows(folder: Path, lines: int, lasting: float = LASTING) -> Iterator[Row]:
    """The 95th percentile beside the bare page's, then errors and wrong numbers."""
    path = folder / "crowd.duckdb"
    store = made.database(path, lines)
    expected = _expected(store)
    store.close()
    with serving("benchmarks/bare.py") as address:
        bare = asyncio.run(_crowd(address, None, lasting))
    with serving("app.py", path) as address:
        own = asyncio.run(_crowd(address, expected, lasting))
    path.unlink()
    note = f"{len(own.spent)} clicks; medians {_mid(own):.0f} ÷ {_mid(bare):.0f} ms"
    yield ratio(
        f"{SESSIONS} sessions, a click every {EVERY:.0f} s, {lines:,} order lines: p95",
        "bare page", 2.0, _p95(own), _p95(bare), note,
    )  # fmt: skip
    wrong = own.errors + bare.errors
    detail = f"{own.checked} answers checked" + "".join(f"; {one}" for one in wrong[:3])
    yield Row("the same: errors and wrong numbers", "—", 0, len(wrong), "", detail)


async def _crowd(address: str, expected: Expected | None, lasting: float) -> Told:
    told = Told()
    visits = (_visit(address, expected, place, lasting, told) for place in range(SESSIONS))
    await asyncio.gather(*visits)
    return told


async def _visit(
    address: str, expected: Expected | None, place: int, lasting: float, told: Told
) -> None:
    """One session: opens the page, then clicks until its time is over."""
    await asyncio.sleep(place * EVERY / SESSIONS)
    chance = random.Random(place)
    where = address.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(where, max_size=None) as socket:
        seen = _Screen()
        await seen.run(socket, {}, None)
        end = time.monotonic() + lasting
        asked: dict[str, str] = {}
        while time.monotonic() < end:
            await asyncio.sleep(EVERY * chance.uniform(0.8, 1.2))
            asked = _click(chance, asked, expected)
            started = time.perf_counter()
            problem = await seen.run(socket, asked, expected)
            told.spent.append(time.perf_counter() - started)
            told.checked += expected is not None
            if problem:
                told.errors.append(problem)


def _click(
    chance: random.Random, asked: dict[str, str], expected: Expected | None
) -> dict[str, str]:
    """What is asked after one more click: another month, region or cut."""
    if expected is None:
        return {"month": str(chance.randint(1, 12))}
    month, region = chance.choice(sorted(expected, key=str))
    kind = chance.choice(("month", "region", "by"))
    value = {"month": month, "region": region or "", "by": chance.choice(_CUTS)}[kind]
    return asked | {kind: value}


class _Screen:
    """What a session has on its screen, as far as it matters here."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    async def run(
        self, socket: websockets.ClientConnection, asked: dict[str, str], expected: Expected | None
    ) -> str | None:
        """Send the widgets' states, take in what comes back; what is wrong with it, if anything."""
        await socket.send(self._message(asked))
        captions: list[str] = []
        while True:
            message = ForwardMsg.FromString(await socket.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    captions.clear()
                    continue
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    return f"the script ended with {message.script_finished}"
                break
            if kind == "delta" and message.delta.HasField("new_element"):
                element = message.delta.new_element
                if problem := _problem(element):
                    return problem
                self._remember(element)
                if element.WhichOneof("type") == "markdown":
                    captions.append(element.markdown.body)
        if expected is None:
            return None
        wanted = expected[asked.get("month", _NOW), asked.get("region") or None]
        right = any(caption.startswith(wanted) for caption in captions)
        return None if right else f"{asked}: no {wanted!r}"

    def _remember(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "multiselect", "button_group"):
            id = getattr(element, kind).id
            self.ids[id.rpartition("-")[2]] = id

    def _message(self, asked: dict[str, str]) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = "lang=en"
        state.context_info.locale = "en"
        state.context_info.timezone = "Asia/Shanghai"
        for name, value in asked.items():
            widget = state.widget_states.widgets.add(id=self.ids[name])
            if name == "month":
                widget.string_value = value
            else:
                widget.string_array_value.data.extend([value] if value else [])
        return bytes(message.SerializeToString())


def _problem(element: Element) -> str | None:
    """The error that an element shows."""
    kind = element.WhichOneof("type")
    if kind == "exception":
        return element.exception.message
    if kind == "alert" and element.alert.format == element.alert.ERROR:
        return element.alert.body
    return None


_MONTHS = tuple(date(made.LAST.year, month, 1) for month in (1, 2, 3))
_NOW = month_text(_EN, _MONTHS[-1])


def _expected(store: Store) -> Expected:
    """(month, region) → how the total under the page's table begins."""
    told: Expected = {}
    for month in _MONTHS:
        found = store.rows(
            "SELECT region, sum(amount) FROM orders WHERE status <> 'cancelled' "
            "AND order_id NOT IN (SELECT order_id FROM returns) "
            "AND date_trunc('month', order_date) = ? GROUP BY ROLLUP (region)",
            [month],
        )
        for region, total in found:
            told[month_text(_EN, month), region] = escaped(f"Total {money(_EN, total, 'CNY')}")
    return told


def _p95(told: Told) -> float:
    return quantiles(told.spent, n=20)[-1]


def _mid(told: Told) -> float:
    return sorted(told.spent)[len(told.spent) // 2] * 1000
