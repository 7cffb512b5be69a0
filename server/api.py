"""Import files over HTTP, for scheduled exports.

    POST /api/import          files as multipart/form-data  → 202 and the id of the import
    GET  /api/imports/{id}                                  → progress and outcome

Both require the bearer token in `YUEPAN_IMPORT_TOKEN` and answer 404 without one. Files
are imported like those dropped on the page; see `data.ingest.unattended`. A request with
an unknown field or value is refused, because nobody would notice what was ignored.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import anyio
from anyio import to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.ingest import inbox, outcomes, unattended
from data.jobs import background
from data.staging.draft import Upload
from data.store import database
from domain.errors import FileError, ImportRefused, YuepanError
from pages.kit.i18n.words import Words, language_of, words
from server import import_json

MOST_FILES = 100
MOST_AT_ONCE = 4
_FIELDS = 10
_BESIDE_FILES = 1_000_000  # bytes of headers and fields around the files
# How the parser begins its messages about a name and about a field.
_TOO_LONG = ("Maximum header size", "Field exceeded", "Part exceeded")
_PAUSE = 0.5  # seconds that a wrong token costs
_PATIENCE = 60  # seconds that a body may take whatever its speed
_SLOWEST = 20_000  # bytes a second, below which a sender holds a place for nothing
_LONGEST_NAME = 255  # characters, as file systems have it
_MOST_NAMED = 80  # characters of what was sent that an answer repeats
_KNOWN = ("as_of", "stop_at_problems", "language")
# Every method is routed here; Streamlit would answer the others with the dashboard's page.
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_TRUE, _FALSE = ("true", "1", "yes", "on"), ("false", "0", "no", "off", "")


async def receive(request: Request) -> Response:
    """Answer POST /api/import with 202 and the job's id, or with one sentence on what is wrong."""
    _ = _words(request)
    if (refused := await _refused(_, request, "POST")) is not None:
        return refused
    try:
        _refuse_unknown(request.query_params, known=("language",))
        with _place():
            form = await _form(request)
            try:
                _ = _words(request, _field(form, "language"))
                job_id = await to_thread.run_sync(_start, _files(form), _options(form))
            finally:
                await form.close()
    except FileError as wrong:
        return _error(_, 413 if "too_large" in wrong.code else 400, wrong)
    except ImportRefused as wrong:
        if wrong.code == "too_many_imports":
            return _error(_, 429, wrong, {"Retry-After": "60"})
        if wrong.code == "sent_too_slowly":
            return _error(_, 408, wrong, {"Connection": "close"})
        return _error(_, 400, wrong)
    except YuepanError as wrong:
        return _error(_, 503, wrong)
    except ClientDisconnect:
        return Response(status_code=400)  # The client has gone: nobody reads this.
    where = f"/api/imports/{job_id}"
    return JSONResponse({"id": job_id, "url": where}, 202, {"Location": where})


async def progress(request: Request) -> Response:
    """Answer GET /api/imports/{id}: the progress of an import and the outcome of each sheet."""
    _ = _words(request)
    if (refused := await _refused(_, request, "GET, HEAD")) is not None:
        return refused
    try:
        job_id = request.path_params.get("id", "")
        return JSONResponse(await to_thread.run_sync(_describe, _, job_id))
    except KeyError:
        return _error(_, 404, ImportRefused("unknown_import"))
    except YuepanError as wrong:
        return _error(_, 503, wrong)


ROUTES = [
    Route(f"{path}{slash}", endpoint, methods=_METHODS)
    for path, endpoint in (
        ("/api/import", receive),
        ("/api/imports/{id}", progress),
        ("/api/imports", progress),
    )
    # A redirect would answer a POST with an empty body, which curl takes for success.
    for slash in ("", "/")
]

_receiving = 0


@contextmanager
def _place() -> Iterator[None]:
    """Reserve one of the places for imports until the request's job has been started.

    Raises ImportRefused("too_many_imports"). All requests share one event loop, so that
    nothing runs between the check and the reservation.
    """
    global _receiving
    if _receiving + len(background.under_way(unattended.KIND)) >= MOST_AT_ONCE:
        raise ImportRefused("too_many_imports")
    _receiving += 1
    try:
        yield
    finally:
        _receiving -= 1


async def _refused(_: Words, request: Request, allowed: str) -> Response | None:
    """Return the response that turns the caller away, or None; the body is not read before."""
    token = os.environ.get("YUEPAN_IMPORT_TOKEN", "").strip()
    if not token:
        return _error(_, 404, ImportRefused("import_off"))
    if request.method not in allowed.split(", "):
        wrong = ImportRefused("wrong_method", method=request.method, allowed=allowed)
        return _error(_, 405, wrong, {"Allow": allowed})
    scheme, __, sent_token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(
        sent_token.strip().encode("latin-1", "replace"), token.encode()
    ):
        return None
    await anyio.sleep(_PAUSE)
    return _error(_, 401, ImportRefused("wrong_token"), {"WWW-Authenticate": "Bearer"})


async def _form(request: Request) -> FormData:
    """Parse the form, its files spooled to disk, within the size limit."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise ImportRefused("no_files")
    limit = inbox.MAX_BYTES + _BESIDE_FILES
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise _too_large()
    body = _bounded(request.stream(), limit)
    parser = MultiPartParser(request.headers, body, max_files=MOST_FILES, max_fields=_FIELDS)
    try:
        return await parser.parse()
    except MultiPartException as broken:
        if broken.message.startswith("Too many files"):
            raise ImportRefused("too_many_files", limit=MOST_FILES) from broken
        if broken.message.startswith("Too many fields"):
            raise ImportRefused("too_many_fields", limit=_FIELDS) from broken
        if broken.message.startswith(_TOO_LONG) or str(broken.__cause__).startswith(_TOO_LONG):
            raise ImportRefused("name_or_field_too_long") from broken
        raise ImportRefused("no_files") from broken


async def _bounded(stream: AsyncGenerator[bytes, None], limit: int) -> AsyncGenerator[bytes, None]:
    """Yield the pieces of a body; raise at one that is too large or too slow."""
    size, begin = 0, anyio.current_time()
    while True:
        left = begin + _PATIENCE + size / _SLOWEST - anyio.current_time()
        try:
            with anyio.fail_after(left):
                piece = await anext(stream, None)
        except TimeoutError as slow:
            raise ImportRefused("sent_too_slowly") from slow
        if piece is None:
            return
        size += len(piece)
        if size > limit:
            raise _too_large()
        yield piece


def _too_large() -> FileError:
    return FileError("upload_too_large", limit=inbox.MAX_BYTES // 1_000_000)


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _files(form: FormData) -> list[UploadFile]:
    """Return the uploaded files, whatever their fields are called; empty fields are skipped."""
    fields = [field for __, field in form.multi_items()]
    files = [field for field in fields if isinstance(field, UploadFile) and field.filename]
    if not files:
        raise ImportRefused("no_files")
    return files


def _options(form: FormData) -> dict[str, Any]:
    """Parse `as_of` and `stop_at_problems`; raise ImportRefused at anything else."""
    texts = [name for name, value in form.multi_items() if isinstance(value, str)]
    _refuse_unknown(texts, _KNOWN)
    stop, day = _field(form, "stop_at_problems").lower(), _field(form, "as_of")
    if stop not in (*_TRUE, *_FALSE):
        raise ImportRefused("unknown_value", name="stop_at_problems", value=_short(stop))
    if (language := _field(form, "language")) not in ("", "zh", "en"):
        raise ImportRefused("unknown_value", name="language", value=_short(language))
    try:
        as_of = date.fromisoformat(day) if day else None
    except ValueError:
        raise ImportRefused("unknown_value", name="as_of", value=_short(day)) from None
    return {"as_of": as_of, "stop_at_problems": stop in _TRUE}


def _refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise ImportRefused("unknown_field", name=_short(name), known=", ".join(known))


def _short(sent: str) -> str:
    """Return the beginning of what was sent, enough to find it by."""
    return sent if len(sent) <= _MOST_NAMED else f"{sent[:_MOST_NAMED]}…"


def _start(files: list[UploadFile], options: dict[str, Any]) -> str:
    opened = database.opened()
    uploads: list[Upload] = []
    try:
        for file in files:
            uploads.append(inbox.receive(opened, _file_name(file.filename or ""), file.file))
        return unattended.start(opened, uploads, today=date.today(), **options)
    except BaseException:
        for upload in uploads:
            upload.path.unlink(missing_ok=True)
        raise


def _file_name(sent: str) -> str:
    """Return a file's name, short enough to be repeated; the end says what kind of file it is."""
    return sent if len(sent) <= _LONGEST_NAME else f"{sent[: _LONGEST_NAME - 20]}…{sent[-19:]}"


def _describe(_: Words, job_id: str) -> import_json.Json:
    opened = database.opened()
    job = background.look(opened, job_id)
    if job.kind != unattended.KIND:
        raise KeyError(job_id)
    if job.running:
        return import_json.describe(_, job, [])
    return import_json.describe(_, *outcomes.ended(opened, job))


def _words(request: Request, language: str = "") -> Words:
    """Return the words of the language in the field or the address, else of Accept-Language."""
    wanted = language or request.query_params.get("language", "")
    accepted = language_of(request.headers.get("accept-language"))
    language = wanted if wanted in ("zh", "en") else accepted
    return words(language)


def _error(
    _: Words, status: int, wrong: YuepanError, headers: dict[str, str] | None = None
) -> JSONResponse:
    return JSONResponse({"error": import_json.error(_, wrong)}, status, headers)
