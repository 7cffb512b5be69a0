"""Only this server's own names and pages are answered; other websites are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
import streamlit as st

from server import gate
from tests.loops import in_a_loop

HOME = "localhost:8501"


def asked(
    kind: str,
    headers: Iterable[tuple[str, str]],
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> tuple[bool, list[dict[str, Any]]]:
    """Return whether the app behind the gate was reached, and what was sent to the caller."""
    reached: list[str] = []
    sent: list[dict[str, Any]] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["type"])
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"figures"})
        else:
            await send({"type": "websocket.accept"})

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect" if kind == "websocket" else "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
    }
    guarded = gate.guarded(inner, lambda: hosts, lambda: origins)
    in_a_loop(lambda: guarded(scope, receive, send))
    return bool(reached), sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    ["localhost:8501", "localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "localhost."],
)
def test_the_names_of_this_machine_are_answered(kind: str, host: str) -> None:
    reached, sent = asked(kind, [("host", host)])
    assert reached
    assert sent[0]["type"] in ("http.response.start", "websocket.accept")


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "hosts",
    [
        ["rebound.example:8501"],
        ["localhost.rebound.example"],
        ["127.0.0.1.nip.example"],
        ["localhost@rebound.example"],
        ["rebound.example/localhost"],
        ["rebound.example#localhost"],
        ["localhost:port"],
        ["localhost", "rebound.example"],
        ["0.0.0.0:8501"],
        [""],
        [],
    ],
)
def test_other_names_are_refused_before_the_app_hears_of_them(kind: str, hosts: list[str]) -> None:
    reached, sent = asked(kind, [("host", host) for host in hosts])
    assert not reached
    if kind == "http":
        assert sent[0]["status"] == 403
        assert b"figures" not in sent[1]["body"]
    else:
        assert sent == [{"type": "websocket.close", "code": 1008, "reason": sent[0]["reason"]}]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("origin", "host", "answered"),
    [
        ("http://localhost:8501", HOME, True),
        ("https://localhost:8501", HOME, True),
        ("http://localhost", "localhost:80", True),
        ("https://localhost", "localhost", True),
        ("http://localhost:3000", HOME, False),
        ("http://127.0.0.1:8501", HOME, False),
        ("http://localhost.evil.example:8501", HOME, False),
        ("null", HOME, False),
        ("file://", HOME, False),
        ("", HOME, False),
        ("http://localhost:99999999", HOME, False),
    ],
)
def test_only_pages_of_the_same_host_and_port_are_answered(
    kind: str, origin: str, host: str, answered: bool
) -> None:
    reached, _ = asked(kind, [("host", host), ("origin", origin)])
    assert reached is answered


def test_configured_names_and_pages_are_answered() -> None:
    hosts, origins = ["sales.example", "*.team.example"], ["https://portal.example"]
    for host, known in (
        ("sales.example", True),
        ("north.team.example:443", True),
        ("team.example", False),
        ("localhost", False),
    ):
        assert asked("http", [("host", host)], hosts)[0] is known
    for origin, known in (("https://portal.example", True), ("http://portal.example", False)):
        headers = [("host", "sales.example"), ("origin", origin)]
        assert asked("websocket", headers, hosts, origins)[0] is known


@pytest.mark.parametrize("host", [HOME, "rebound.example"])
def test_every_answer_tells_browsers_what_is_forbidden(host: str) -> None:
    _, sent = asked("http", [("host", host)])
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "object-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_the_server_as_it_is_configured_answers_to_this_machine_alone() -> None:
    assert set(st.get_option("server.allowedHosts")) <= set(gate.LOOPBACK)
