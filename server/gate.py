"""Answer only requests that name this server, from pages of its own.

A page of another website can make a browser send requests to this machine, and by DNS
rebinding even read the answers: the browser then names that website as the host. So a
request is answered only if its `Host` is known, and one that a page sent only if that page
came from the same host and port. Every answer tells the browser what else is forbidden.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Names = Callable[[], Iterable[str]]
# The names of this machine that no other machine can have.
LOOPBACK = ("localhost", "127.0.0.1", "::1")

# Streamlit's own scripts set styles and build functions at run time: "unsafe-inline" and
# "unsafe-eval" stay until it can do without. Charts are drawn into blobs when they are saved.
_CONTENT = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": _CONTENT,
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def guarded(app: ASGIApp, hosts: Names, origins: Names) -> ASGIApp:
    """Return `app` behind the gate: an ASGI application for Starlette's `Middleware`.

    `hosts` gives the names that are answered instead of this machine's own, if it gives any;
    `origins` the pages elsewhere that may ask.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await app(scope, receive, send)
        elif refused := _refusal(scope, tuple(hosts()) or LOOPBACK, origins()):
            await _refuse(refused, scope, receive, send)
        else:
            await app(scope, receive, _protecting(send))

    return answer


def is_loopback(host: str) -> bool:
    """Return whether a `Host` header names this machine.

    >>> is_loopback("localhost:8501"), is_loopback("[::1]:8501"), is_loopback("evil.example")
    (True, True, False)
    """
    return _is_one_of(_name(host), LOOPBACK)


def _refusal(scope: Scope, hosts: Iterable[str], origins: Iterable[str]) -> str:
    """Return why a request is refused; empty if it is answered."""
    headers = Headers(scope=scope)
    named = headers.getlist("host")
    host = named[0] if len(named) == 1 else ""
    if not _is_one_of(_name(host), hosts):
        return "This host name is not in server.allowedHosts."
    others = {origin.strip() for origin in origins}
    pages = headers.getlist("origin")
    if any(page not in others and not _is_same(page, host) for page in pages):
        return "This page is not allowed to ask: its origin is not in server.corsAllowedOrigins."
    return ""


def _name(host: str) -> str:
    """Return the name in a `Host` header, without its port; empty if it is malformed."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return ""
    if parts.netloc != host or "@" in host:
        return ""
    return (parts.hostname or "").rstrip(".")


def _is_one_of(name: str, allowed: Iterable[str]) -> bool:
    """Return whether a name is allowed; `*.` stands for any subdomain, `*` for any name."""
    for pattern in (text.strip().lower().rstrip(".").strip("[]") for text in allowed):
        if name and (pattern == "*" or name == pattern):
            return True
        if pattern.startswith("*.") and name.endswith(pattern[1:]):
            return True
    return False


def _is_same(origin: str, host: str) -> bool:
    """Return whether a page of `origin` came from `host` and its port."""
    try:
        page = urlsplit(origin)
        asked = urlsplit(f"//{host}")
        port = _PORTS.get(page.scheme)
        ports = (page.port or port, asked.port or port)
    except ValueError:
        return False
    return bool(page.hostname) and page.hostname == asked.hostname and ports[0] == ports[1]


async def _refuse(why: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        # Closed before it was accepted: the server answers the handshake with 403.
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": why})
    else:
        await PlainTextResponse(why, 403)(scope, receive, _protecting(send))


def _protecting(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def protected(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return protected
