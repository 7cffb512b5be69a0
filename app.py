"""Start the server around the pages: what `streamlit run app.py` runs.

Streamlit runs `pages/frame.py` for every session. This module adds the handler of
errors that pages raise, the routes under /api, and the closing of the store when the
server stops. The store opens on first use, because tests run pages without this file.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.store import database
from domain.errors import YuepanError
from domain.tables import TABLES
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import language_of, words
from server import api, gate
from server.warm import warming

_log = logging.getLogger("yuepan")
# What proxies add to a request that they hand on; a request of this machine's own has none.
_HANDED_ON = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Warm the caches while the server runs; checkpoint and close the store when it stops."""
    with warming():
        yield
    database.close_all()


async def health(request: Request) -> JSONResponse:
    """Answer GET /api/health: "ok" and, to callers on this machine, the rows of each table."""
    answer: dict[str, object] = {"status": "ok", "streamlit": version("streamlit")}
    try:
        opened = await to_thread.run_sync(database.opened)
        if _is_here(request):
            answer["rows"] = await to_thread.run_sync(_row_counts, opened)
    except YuepanError as error:
        return JSONResponse({"status": "error", "error": error.code}, status_code=503)
    return JSONResponse(answer)


def _is_here(request: Request) -> bool:
    """Return whether the caller is on this machine and came through no proxy.

    A proxy with default settings may add no header at all, but then speaks HTTP/1.0.
    """
    return (
        request.client is not None
        and gate.is_loopback(_bracketed(request.client.host))
        and gate.is_loopback(request.headers.get("host", ""))
        and request.scope.get("http_version") != "1.0"
        and not any(
            name in _HANDED_ON or name.startswith("x-forwarded-") for name in request.headers
        )
    )


def _bracketed(address: str) -> str:
    """Return a caller's address as a host is written: IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address


def _row_counts(opened: database.Store) -> dict[str, int]:
    counts = " UNION ALL ".join(
        f"SELECT '{table.name}', count(*) FROM \"{table.name}\""  # noqa: S608 (our own names)
        for table in TABLES
    )
    return dict(opened.rows(counts))


def on_script_error(error: Exception) -> bool:
    """Show the error that a page raised as a sentence; write the traceback to the log."""
    _ = words(st.session_state.get("spoken") or language_of(st.context.locale))
    if isinstance(error, YuepanError):
        st.error(escaped(error_sentence(_, error)), icon=":material/error:")
        return True
    reference = uuid.uuid4().hex[:8]
    _log.error("page failed, reference %s", reference, exc_info=error)
    st.error(escaped(error_sentence(_, YuepanError("internal", reference=reference))))
    return True


app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    lifespan=lifespan,
    routes=[Route("/api/health", health), *api.ROUTES],
    middleware=[
        Middleware(
            gate.guarded,
            hosts=lambda: st.get_option("server.allowedHosts"),
            origins=lambda: st.get_option("server.corsAllowedOrigins"),
        )
    ],
    on_script_error=on_script_error,
)
