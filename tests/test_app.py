from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

import app
from data.staging.draft import Result
from data.store import database as stores
from data.store.database import Store
from domain.errors import FileError, StoreError, YuepanError
from domain.tables import TABLES
from tests.conftest import Files
from tests.data import files
from tests.loops import in_a_loop


def get(
    client: tuple[str, int] | None = ("127.0.0.1", 5000), version: str = "1.1", **headers: str
) -> tuple[int, dict[str, Any]]:
    """Ask /api/health as it is routed, from `client`."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": version,
        "method": "GET",
        "path": "/api/health",
        "raw_path": b"/api/health",
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").lower().encode(), value.encode())
            for name, value in {"Host": "localhost:8501", **headers}.items()
        ],
        "client": client,
        "server": ("testserver", 80),
    }
    routed = Starlette(routes=[Route("/api/health", app.health)])
    in_a_loop(lambda: routed(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], json.loads(body)


def test_health_is_ok_and_counts_rows_for_callers_on_this_machine(
    store: Store, importing: Callable[[Files], list[Result]]
) -> None:
    importing({"orders.csv": files.ORDERS})
    status, told = get()
    assert (status, told["status"]) == (200, "ok")
    assert set(told["rows"]) == {one.name for one in TABLES}
    assert (told["rows"]["orders"], told["rows"]["deals"]) == (3, 0)


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (("10.0.0.7", 5000), {}),
        (("127.0.0.1", 5000), {"X_Forwarded_For": "10.0.0.7"}),
        (("127.0.0.1", 5000), {"Forwarded": "for=10.0.0.7"}),
        (("10.0.0.7", 5000), {"X_Forwarded_For": "127.0.0.1"}),
        (("127.0.0.1", 5000), {"X_Real_IP": "10.0.0.7"}),
        (("127.0.0.1", 5000), {"X_Forwarded_Proto": "https"}),
        (("127.0.0.1", 5000), {"Via": "1.1 proxy"}),
        (("127.0.0.1", 5000), {"version": "1.0"}),
        (("127.0.0.1", 5000), {"Host": "sales.example"}),
        (None, {}),
    ],
    ids=[
        "elsewhere",
        "behind-a-proxy",
        "behind-another-proxy",
        "pretending",
        "real-ip",
        "proto",
        "via",
        "nginx-by-default",
        "by-a-public-name",
        "unknown",
    ],
)
def test_nobody_else_learns_how_many_rows_there_are(
    store: Store, client: tuple[str, int] | None, headers: dict[str, str]
) -> None:
    status, told = get(client, **headers)
    assert (status, told["status"]) == (200, "ok")
    assert "rows" not in told


def test_health_says_why_the_store_cannot_be_opened(
    path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held() -> Store:
        raise StoreError("held_by_another", path="yuepan.duckdb")

    monkeypatch.setattr(stores, "opened", held)
    assert get() == (503, {"status": "error", "error": "held_by_another"})


def test_the_store_is_closed_when_the_server_stops(store: Store) -> None:
    async def serve() -> None:
        async with app.lifespan(app.app):
            assert stores.opened() is store

    in_a_loop(serve)
    assert stores.opened() is not store


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (
            FileError("empty_file", file="**[East](5) $1 $2.csv"),
            "\\*\\*\\[East\\]\\(5\\) \\$1 \\$2.csv",
        ),
        (StoreError("held_by_another", path="`mine`.duckdb"), "\\`mine\\`.duckdb"),
    ],
    ids=["file", "store"],
)
def test_what_an_error_names_is_shown_as_text_not_as_markdown(
    monkeypatch: pytest.MonkeyPatch, error: YuepanError, named: str
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(app.st, "error", lambda body, **_: shown.append(body))
    assert app.on_script_error(error)
    assert named in shown[0]
