from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

import app
from data.ingest import inbox, jobs, pending, read_files, unattended
from data.jobs import background
from data.store import database as stores
from data.store.database import Store
from domain.errors import FileError, StoreError
from pages.kit.i18n.error_words import ERRORS
from pages.kit.i18n.words import words
from server import api
from server.remedies import REMEDIES, sent_sentence
from tests.conftest import TODAY, everything
from tests.data import files
from tests.data.readers.test_archive import zipped
from tests.loops import in_a_loop

TOKEN = "an invented token"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
OPEN_DATES = "Order ID,Order Date,Amount\nO1,03/04/2026,5\nO2,05/06/2026,6\n"
GOOD_AND_BAD = files.ORDERS + "O9,1,,宏远机电,李雷,Pump A,7\n"
# Of pages and of what only a page does; no request can end so.
NOT_SENT = {
    "questions_open", "question_open", "undo_blocked", "not_there", "no_longer_kept",
    "unknown_filter", "unknown_country", "not_a_backup", "column_not_dates", "column_not_numbers",
}  # fmt: skip
Answer = httpx.Response
Sent = Mapping[str, str | bytes]


def ask(method: str, path: str, token: str | None = TOKEN, **more: Any) -> Answer:
    """What the routes answer, without a server."""

    async def asked() -> Answer:
        routed = Starlette(routes=[one for one in app.app._user_routes if isinstance(one, Route)])
        sends = {"Authorization": f"Bearer {token}"} if token is not None else {}
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(routed), base_url="http://yuepan"
        ) as client:
            headers = {**sends, **more.pop("headers", {})}
            return await client.request(method, path, headers=headers, **more)

    return in_a_loop(asked)


def post(sent: Sent, **fields: str) -> Answer:
    parts = [("file", (name, content)) for name, content in sent.items()]
    return ask("POST", "/api/import", files=parts, data=fields)


def sent(store: Store, given: Sent, language: str = "en", **fields: str) -> dict[str, Any]:
    """What became of files that were sent, once the import is over."""
    answer = post(given, **fields)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == answer.json()["url"]
    background.wait(store, answer.json()["id"], 60)
    told = ask("GET", answer.json()["url"], params={"language": language})
    assert told.status_code == 200
    found: dict[str, Any] = told.json()
    return found


@pytest.fixture(autouse=True)
def token(store: Store, inline: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUEPAN_IMPORT_TOKEN", TOKEN)
    monkeypatch.setattr(api, "_PAUSE", 0.0)


def test_a_file_that_is_sent_lands_and_its_account_adds_up(store: Store) -> None:
    told = sent(store, {"orders.csv": GOOD_AND_BAD})
    assert (told["state"], told["error"], told["summary"]) == ("done", None, {"imported": 1})
    assert told["progress"]["phase"] == "landing" and told["progress"]["total"] == 4
    (sheet,) = told["sheets"]
    assert (sheet["file"], sheet["table"], sheet["table_name"]) == (
        "orders.csv",
        "orders",
        "Orders",
    )
    assert sheet["rows"] == {
        "in": 4, "kept": 3, "left_out": {"missing_date": 1},
        "new": 3, "changed": 0, "same": 0, "gone": 0,
    }  # fmt: skip
    assert sheet["money"] == {"amount": {"in": "197.7500", "left_out": {"missing_date": "7.0000"}}}
    assert sheet["problems"]["count"] == 1
    (problem,) = sheet["problems"]["listed"]
    assert (problem["row"], problem["why"], problem["message"]) == (
        5, "missing_date", "the date is blank",
    )  # fmt: skip
    assert store.rows("SELECT count(*), sum(amount)::VARCHAR FROM orders") == [(3, "190.7500")]
    assert list(store.inbox.iterdir()) == []


IN_DOLLARS_TOO = """Order ID,Order Date,Customer,Amount,Currency
S1,2026-03-02,Northwind,100,USD
S2,,Tailspin,7,USD
S3,2026-03-03,Fabrikam,50,
"""


def test_money_of_a_file_that_names_currencies_is_told_in_each(store: Store) -> None:
    (sheet,) = sent(store, {"orders.csv": IN_DOLLARS_TOO})["sheets"]
    left = {"missing_date": "7.0000"}
    assert sheet["money"] == {
        "amount": {
            "in": "157.0000",
            "left_out": left,
            "currencies": {
                "": {"in": "50.0000", "left_out": {}},
                "USD": {"in": "107.0000", "left_out": left},
            },
        }
    }


def test_sentences_are_in_the_language_that_is_asked_for(store: Store) -> None:
    told = sent(store, {"orders.csv": GOOD_AND_BAD}, language="zh")
    (sheet,) = told["sheets"]
    assert (sheet["table_name"], sheet["problems"]["listed"][0]["message"]) == ("订单", "日期没填")
    refused = ask("GET", "/api/imports/x", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert refused.json()["error"]["message"].startswith("没有这个编号的导入")


def test_the_same_file_twice_is_already_imported(store: Store) -> None:
    sent(store, {"orders.csv": files.ORDERS})
    before = everything(store)
    told = sent(store, {"again.csv": files.ORDERS})
    (sheet,) = told["sheets"]
    assert (sheet["state"], sheet["rows"]) == ("already_imported", None)
    assert "already imported" in sheet["error"]["message"]
    assert everything(store) == before


def test_of_two_files_the_good_one_lands(store: Store) -> None:
    told = sent(store, {"logo.xlsx": PNG, "orders.csv": files.ORDERS})
    assert [(one["file"], one["state"]) for one in told["sheets"]] == [
        ("logo.xlsx", "refused"),
        ("orders.csv", "imported"),
    ]
    assert told["sheets"][0]["error"]["code"] == "not_a_spreadsheet"
    assert store.rows("SELECT count(*) FROM orders") == [(3,)]


@pytest.mark.parametrize(
    "bad",
    [{"logo.png": PNG}, {"open.csv": OPEN_DATES}, {"more.csv": GOOD_AND_BAD}],
    ids=["unreadable", "open question", "row left out"],
)
def test_with_stop_at_problems_one_of_them_stops_all(store: Store, bad: Sent) -> None:
    before = everything(store)
    told = sent(store, {**bad, "products.csv": files.REGISTER}, stop_at_problems="true")
    states = [one["state"] for one in told["sheets"]]
    assert states[1] == "stopped_at_problems"
    assert "imported" not in states
    assert everything(store) == before


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("orders.csv", OPEN_DATES, "needs_answer"),
        ("stuff.csv", "alpha,beta\n1,2\n3,4\n", "no_known_columns"),
    ],
    ids=["open question", "not recognised"],
)
def test_what_only_a_person_can_say_waits_and_nothing_of_it_lands(
    store: Store, name: str, text: str, code: str
) -> None:
    before = everything(store)
    told = sent(store, {name: text})
    (sheet,) = told["sheets"]
    assert (sheet["state"], sheet["error"]["code"]) == ("needs_answer", code)
    assert told["summary"] == {"needs_answer": 1}
    assert everything(store) == before


def test_an_open_question_is_told_with_its_readings(store: Store) -> None:
    (sheet,) = sent(store, {"orders.csv": OPEN_DATES})["sheets"]
    (question,) = sheet["questions"]
    assert (question["column"], question["kind"]) == ("order_date", "date_order")
    assert question["options"] == ["dmy", "mdy"]
    assert question["samples"][0] == {
        "value": "03/04/2026",
        "readings": ["2026-04-03", "2026-03-04"],
    }


def test_a_column_that_was_only_guessed_waits_until_a_person_has_confirmed_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unattended, "SURE", 0.99)
    (sheet,) = sent(store, {"orders.csv": files.ORDERS})["sheets"]
    assert (sheet["state"], sheet["error"]["code"]) == ("needs_answer", "columns_unsure")
    assert "Order Date" in sheet["error"]["message"]
    upload = inbox.receive(store, "orders.csv", files.ORDERS.encode())
    reading = jobs.start_reading(store, [upload], today=TODAY)
    background.wait(store, reading)
    landing = jobs.start_import(store, background.outcome(reading), today=TODAY)
    background.wait(store, landing)
    (sheet,) = sent(store, {"orders.csv": files.ORDERS_LATER})["sheets"]
    assert sheet["state"] == "imported"


@pytest.mark.parametrize(
    "content",
    [
        "Order ID,Order Date,Amount,Currency\nO1,2026-03-02,€500,USD\n",
        "Rep,2026-01,2026-02,2026-03,Q1 2026\nAnn,10,10,10,50\n",
        "Start date,End date,Campaign,Cost\n"
        "2026-03-01,2026-03-31,A,100\n2026-03-01,2026-03-15,A,40\n",
    ],
    ids=["sign against currency", "total against parts", "days twice"],
)
def test_figures_that_contradict_each_other_wait_for_a_person(store: Store, content: str) -> None:
    (sheet,) = sent(store, {"targets.csv": content})["sheets"]
    assert (sheet["state"], sheet["error"]["code"]) == ("needs_answer", "figures_unsure")
    assert store.rows("SELECT count(*) FROM imports") == [(0,)]


def test_a_zip_is_taken_apart(store: Store) -> None:
    told = sent(
        store, {"month.zip": zipped({"a/orders.csv": files.ORDERS, "p.csv": files.REGISTER})}
    )
    assert [(one["file"], one["state"]) for one in told["sheets"]] == [
        ("month.zip/a/orders.csv", "imported"),
        ("month.zip/p.csv", "imported"),
    ]


def test_the_day_of_a_snapshot_can_be_given(store: Store) -> None:
    sent(store, {"deals.csv": files.DEALS}, as_of="2026-03-12")
    assert [str(day) for (day,) in store.rows("SELECT DISTINCT as_of FROM deals")] == ["2026-03-12"]


def test_deals_of_no_day_wait_until_it_is_said(store: Store) -> None:
    dayless = {"deals.csv": "Deal ID,Deal name,Stage,Amount\nA,Pump,Proposal,100\n"}
    (told,) = sent(store, dayless)["sheets"]
    assert (told["state"], told["error"]["code"]) == ("needs_answer", "day_unsure")
    assert store.rows("SELECT count(*) FROM deals") == [(0,)]
    sent(store, dayless, as_of="2026-03-12")
    assert store.rows("SELECT as_of::VARCHAR FROM deals") == [("2026-03-12",)]


def test_the_day_in_the_name_of_a_file_comes_before_the_one_given(store: Store) -> None:
    sent(store, {"deals_2026-03-10.csv": files.DEALS}, as_of="2026-03-12")
    assert [str(day) for (day,) in store.rows("SELECT DISTINCT as_of FROM deals")] == ["2026-03-10"]


@pytest.mark.parametrize(("method", "where"), [("POST", "/api/import"), ("GET", "/api/imports/x")])
@pytest.mark.parametrize("set_to", ["", "  ", None], ids=["empty", "blank", "unset"])
def test_without_a_token_of_its_own_the_server_takes_nothing(
    monkeypatch: pytest.MonkeyPatch, method: str, where: str, set_to: str | None
) -> None:
    monkeypatch.delenv("YUEPAN_IMPORT_TOKEN")
    if set_to is not None:
        monkeypatch.setenv("YUEPAN_IMPORT_TOKEN", set_to)
    for token in ("", "None", TOKEN):
        answer = ask(method, where, token)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "import_off")


@pytest.mark.parametrize(("method", "where"), [("POST", "/api/import"), ("GET", "/api/imports/x")])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer ümlaut".encode("latin-1")},
    ],
    ids=["none", "wrong", "empty", "basic", "bare", "not-ascii"],
)
def test_a_wrong_token_is_refused_before_the_body_is_read(
    store: Store, method: str, where: str, headers: Any
) -> None:
    answer = ask(method, where, None, headers=headers, content=b"x" * 100)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "wrong_token")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert store.rows("SELECT count(*) FROM jobs") == [(0,)]


@pytest.mark.parametrize(
    "more",
    [
        {"content": b""},
        {"content": b"Order ID,Amount\n1,2\n", "headers": {"Content-Type": "text/csv"}},
        {"json": {"file": "orders.csv"}},
        {"data": {"file": "orders.csv"}},
        {"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        {"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data"}},
        {"files": [("note", (None, b"no file in here"))]},
        {"files": [("file", ("", b""))]},
    ],
    ids=[
        "empty", "csv as the body", "json", "urlencoded", "not what it says", "no boundary",
        "fields only", "no name",
    ],
)  # fmt: skip
def test_a_request_without_files_gets_one_sentence(store: Store, more: dict[str, Any]) -> None:
    answer = ask("POST", "/api/import", **more)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "no_files")
    assert "multipart/form-data" in answer.json()["error"]["message"]
    assert store.rows("SELECT count(*) FROM jobs") == [(0,)]


@pytest.mark.parametrize(
    ("name", "value"), [("as_of", "31.3.2026"), ("stop_at_problems", "perhaps"), ("language", "fr")]
)
def test_a_field_that_cannot_be_read_is_refused(store: Store, name: str, value: str) -> None:
    answer = post({"orders.csv": files.ORDERS}, **{name: value})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_value")
    assert value in answer.json()["error"]["message"]
    assert not store.inbox.exists()


@pytest.mark.parametrize("where", ["field", "address"])
def test_a_field_of_an_unknown_name_is_refused_and_nothing_lands(store: Store, where: str) -> None:
    slip = {"stop_at_problem": "true"}
    parts = {"files": [("file", ("orders.csv", files.ORDERS))]}
    sent = {"data": slip} if where == "field" else {"params": slip}
    answer = ask("POST", "/api/import", **parts, **sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_field")
    assert "“stop_at_problem”" in answer.json()["error"]["message"]
    assert "language" in answer.json()["error"]["message"]
    assert store.rows("SELECT count(*) FROM jobs") == [(0,)]


def test_a_slash_at_the_end_changes_nothing(store: Store) -> None:
    parts = [("file", ("orders.csv", files.ORDERS))]
    answer = ask("POST", "/api/import/", files=parts)
    assert answer.status_code == 202
    background.wait(store, answer.json()["id"], 60)
    assert ask("GET", f"{answer.json()['url']}/").json()["summary"] == {"imported": 1}


@pytest.mark.parametrize(
    ("method", "where", "allowed"),
    [
        ("GET", "/api/import", "POST"),
        ("PUT", "/api/import", "POST"),
        ("DELETE", "/api/import/", "POST"),
        ("POST", "/api/imports/x", "GET, HEAD"),
    ],
)
def test_another_method_is_answered_with_the_one_that_works(
    method: str, where: str, allowed: str
) -> None:
    answer = ask(method, where)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.json()["error"]["code"] == "wrong_method"
    assert allowed in answer.json()["error"]["message"]


@pytest.mark.parametrize("where", ["/api/imports", "/api/imports/"])
def test_an_address_without_a_number_is_no_page_of_the_dashboard(where: str) -> None:
    answer = ask("GET", where)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_import")


def test_of_six_that_come_together_four_are_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    bring = unattended._bring

    def slow(*args: Any) -> Any:
        go_on.wait(20)
        return bring(*args)

    monkeypatch.setattr(unattended, "_bring", slow)

    async def six() -> list[Answer]:
        routed = Starlette(routes=[one for one in app.app._user_routes if isinstance(one, Route)])
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(routed), base_url="http://yuepan"
        ) as client:
            return await asyncio.gather(
                *(
                    client.post(
                        "/api/import",
                        headers={"Authorization": f"Bearer {TOKEN}"},
                        files=[("file", (f"{n}.csv", files.ORDERS))],
                    )
                    for n in range(6)
                )
            )

    answers = in_a_loop(six)
    go_on.set()
    assert sorted(one.status_code for one in answers) == [202] * 4 + [429] * 2
    for one in answers:
        if one.status_code == 202:
            background.wait(store, one.json()["id"], 60)
    assert post({"later.csv": files.ORDERS}).status_code == 202


HERE = re.compile(
    r"\b(drop|here)\b|questions? above|problems below|拖|这里|上面|下面", re.IGNORECASE
)


@pytest.mark.parametrize("code", sorted({*REMEDIES, *(set(ERRORS) - NOT_SENT)}))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_script_is_not_told_to_drop_anything(language: Any, code: str) -> None:
    _ = words(language)
    advice = REMEDIES.get(code, ERRORS[code][1])
    assert not HERE.search(_(advice)), _(advice)
    assert _(advice).partition("{")[0] in sent_sentence(_, FileError(code))


def test_bytes_named_as_a_workbook_are_no_workbook(store: Store) -> None:
    (sheet,) = sent(store, {"sales.xlsx": bytes(range(1, 256)) * 12})["sheets"]
    assert (sheet["state"], sheet["error"]["code"]) == ("refused", "no_workbook")
    assert sheet["error"]["message"].startswith(
        "sales.xlsx: its name ends in .xlsx, but it is not a workbook"
    )


def test_a_text_beside_the_tables_of_a_zip_is_left_alone(store: Store) -> None:
    told = sent(
        store,
        {"backup.zip": zipped({"orders.csv": files.ORDERS, "readme.txt": "hello"})},
        stop_at_problems="true",
    )
    assert told["summary"] == {"imported": 1, "left_alone": 1}
    assert told["waiting"] == 0
    assert pending.waiting(store) == []


@pytest.mark.parametrize("chunked", [False, True], ids=["told", "not told"])
def test_an_upload_above_the_limit_is_cut_off(
    store: Store, monkeypatch: pytest.MonkeyPatch, chunked: bool
) -> None:
    monkeypatch.setattr(inbox, "MAX_BYTES", 1000)
    monkeypatch.setattr(api, "_BESIDE_FILES", 500)
    given = httpx.Request("POST", "http://x", files={"file": ("orders.csv", b"x" * 100_000)})
    body, kind = given.read(), given.headers["content-type"]
    taken = 0

    async def pieces() -> Any:
        nonlocal taken
        for at in range(0, len(body), 1000):
            taken += 1
            yield body[at : at + 1000]

    content = pieces() if chunked else body
    answer = ask("POST", "/api/import", content=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "upload_too_large")
    assert taken <= 2
    assert not store.inbox.exists()


def test_too_many_files_at_once_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_FILES", 1)
    answer = post({"a.csv": files.ORDERS, "b.csv": files.DEALS})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "too_many_files")


def test_hundreds_of_files_and_of_fields_get_their_sentence(store: Store) -> None:
    many = [("file", (f"{at}.csv", b"a,b\n1,2\n")) for at in range(250)]
    answer = ask("POST", "/api/import", files=many)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "too_many_files")
    fields = {f"field{at}": "1" for at in range(30)}
    answer = post({"a.csv": files.ORDERS}, **fields)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "too_many_fields")


def test_nothing_that_was_sent_is_repeated_whole(store: Store) -> None:
    long = "x" * 5000
    for answer in (
        post({"a.csv": files.ORDERS}, **{long: "1"}),
        post({"a.csv": files.ORDERS}, as_of=long),
        post({"a.csv": files.ORDERS}, stop_at_problems=long),
        post({"a.csv": files.ORDERS}, language=long),
    ):
        assert answer.status_code == 400
        assert len(answer.text) < 500
    answer = post({f"{long}.csv": files.ORDERS})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "name_or_field_too_long")
    told = sent(store, {f"{long[:3000]}.csv": files.ORDERS})
    (sheet,) = told["sheets"]
    assert sheet["state"] == "imported"
    assert len(sheet["file"]) == 255
    assert sheet["file"].endswith("x.csv")


def test_a_body_that_comes_too_slowly_is_given_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_PATIENCE", 0.2)

    async def trickling() -> Any:
        yield b"--edge\r\n"
        await asyncio.sleep(60)

    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    answer = ask("POST", "/api/import", content=trickling(), headers=kind)
    assert (answer.status_code, answer.json()["error"]["code"]) == (408, "sent_too_slowly")
    assert api._receiving == 0


def test_too_many_imports_at_once_are_put_off(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = ["a job"] * api.MOST_AT_ONCE
    monkeypatch.setattr(background, "under_way", lambda kind: busy if kind == "http" else [])
    answer = post({"a.csv": files.ORDERS})
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many_imports")
    assert answer.headers["retry-after"] == "60"


def test_an_unknown_import_is_not_found_and_neither_is_a_job_of_the_page(store: Store) -> None:
    other = background.start(store, "import", lambda progress: [])
    background.wait(store, other)
    for job_id in ("nobody", other, "..%2Fhealth", "' OR 1=1"):
        assert ask("GET", f"/api/imports/{job_id}").status_code == 404
    assert ask("GET", "/api/imports/nobody").json()["error"]["code"] == "unknown_import"


def test_a_running_import_tells_how_far_it_is(store: Store) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def work(progress: background.Progress) -> list[object]:
        progress.report("typing", 10, 40)
        reached.set()
        go_on.wait(10)
        return []

    job_id = background.start(store, unattended.KIND, work)
    assert reached.wait(10)
    told = ask("GET", f"/api/imports/{job_id}").json()
    go_on.set()
    background.wait(store, job_id)
    assert (told["state"], told["sheets"]) == ("running", [])
    progress = told["progress"]
    assert (progress["phase"], progress["done"], progress["total"]) == ("typing", 10, 40)
    assert 0 <= progress["seconds"] < 10


@pytest.mark.parametrize("name", ["GOOD_AND_BAD", "IN_DOLLARS_TOO"])
def test_after_a_restart_an_import_that_had_landed_still_tells_its_account(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = sent(store, {"orders.csv": globals()[name]})
    for state in ("done", "running"):  # the second one died between its commit and its end
        store.note("UPDATE jobs SET state = ?", [state])
        stores.close_all()
        monkeypatch.setattr(background, "_outcomes", {})
        store = stores.opened(path)
        after = ask("GET", f"/api/imports/{before['id']}").json()
        assert after["state"] == "done"
        assert after["sheets"] == before["sheets"]


WAITING = {
    "orders.csv": OPEN_DATES,
    "logo.xlsx": PNG,
    "stuff.csv": "alpha,beta\n1,2\n3,4\n",
    "products.csv": files.REGISTER,
}


def reopened(path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    stores.close_all()
    monkeypatch.setattr(background, "_outcomes", {})
    return stores.opened(path)


def test_what_was_asked_and_refused_survives_a_restart(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sent(store, WAITING)
    assert before["waiting"] == 3
    store = reopened(path, monkeypatch)
    after = ask("GET", f"/api/imports/{before['id']}").json()
    assert after["sheets"] == before["sheets"]
    assert (after["state"], after["summary"]) == ("done", before["summary"])
    assert [(one.file, one.state) for one in pending.waiting(store)] == [
        ("orders.csv", "needs_answer"),
        ("logo.xlsx", "refused"),
        ("stuff.csv", "needs_answer"),
    ]


def test_what_waits_can_be_opened_after_a_restart_and_waits_no_more_once_it_landed(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(store, {"orders.csv": OPEN_DATES}, as_of="2026-03-12")
    store = reopened(path, monkeypatch)
    (one,) = pending.waiting(store)
    reading = unattended.start_opening(store, one, today=TODAY)
    background.wait(store, reading, 60)
    (draft,) = background.outcome(reading)
    assert (draft.file, draft.table, draft.as_of) == ("orders.csv", "orders", date(2026, 3, 12))
    answered = replace(draft, answers={"order_date": "dmy"})
    background.wait(store, jobs.start_import(store, [answered], today=TODAY), 60)
    assert store.rows("SELECT count(*) FROM orders") == [(2,)]
    assert pending.waiting(store) == []


def test_the_same_bytes_sent_again_wait_once_and_are_dismissed_once(store: Store) -> None:
    for _night in range(3):
        sent(store, {"logo.xlsx": PNG})
    sent(store, {"logo.xlsx": PNG + b"x"})
    newest, one = pending.waiting(store)
    assert (newest.times, one.times) == (1, 3)
    assert len(list(store.inbox.iterdir())) == 4
    pending.dismiss(store, one)
    assert [one.at for one in pending.waiting(store)] == [newest.at]
    pending.dismiss(store, newest)
    assert pending.waiting(store) == []
    assert list(store.inbox.iterdir()) == []


def test_copies_beyond_what_is_kept_are_let_go_the_oldest_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "MOST_KEPT", 2 * len(PNG) + 5)
    for n in range(3):
        sent(store, {f"{n}.xlsx": PNG + bytes([n])})
    assert [(one.file, one.kept is not None) for one in pending.waiting(store)] == [
        ("2.xlsx", True),
        ("1.xlsx", True),
        ("0.xlsx", False),
    ]
    with pytest.raises(FileError, match="no_longer_kept"):
        unattended.start_opening(store, pending.waiting(store)[-1], today=TODAY)


@pytest.mark.parametrize("how", ["fault", "broken off"])
def test_files_of_an_import_that_never_ended_wait_as_well(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "fault":

        def torn(*args: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(read_files, "read_all", torn)
        answer = post({"orders.csv": files.ORDERS})
        background.wait(store, answer.json()["id"], 60)
    else:
        upload = inbox.receive(store, "orders.csv", files.ORDERS.encode())
        store.note(
            "INSERT INTO jobs VALUES ('gone', 'http', 'running', 'typing', 1, 2, NULL, "
            "current_localtimestamp(), current_localtimestamp())"
        )
        pending.expect(store, "gone", [upload], None)
        assert pending.waiting(store) == []
    store = reopened(path, monkeypatch)
    (one,) = pending.waiting(store)
    assert one.error is not None and one.kept is not None
    assert one.error.code == {"fault": "internal", "broken off": "interrupted"}[how]


def test_an_import_that_the_end_of_the_program_broke_off_says_so(store: Store, path: Path) -> None:
    store.note(
        "INSERT INTO jobs VALUES ('gone', 'http', 'running', 'typing', 1, 2, NULL, "
        "current_localtimestamp(), current_localtimestamp())"
    )
    stores.close_all()
    stores.opened(path)
    told = ask("GET", "/api/imports/gone").json()
    assert (told["state"], told["sheets"]) == ("interrupted", [])
    assert told["error"]["code"] == "interrupted"
    assert "nothing has changed" in told["error"]["message"]


def test_a_cancelled_import_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(store)
    report = background.Progress.report

    def cancel(self: background.Progress, phase: str, done: int = 0, total: int = 0) -> None:
        if phase == "landing":
            background.cancel(self.job_id)
        report(self, phase, done, total)

    monkeypatch.setattr(background.Progress, "report", cancel)
    told = sent(store, {"orders.csv": files.ORDERS})
    assert (told["state"], told["error"]["code"]) == ("cancelled", "cancelled")
    assert everything(store) == before
    assert list(store.inbox.iterdir()) == []


def test_a_store_that_cannot_be_opened_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def held() -> Store:
        raise StoreError("held_by_another", path="yuepan.duckdb")

    monkeypatch.setattr(stores, "opened", held)
    for answer in (post({"a.csv": files.ORDERS}), ask("GET", "/api/imports/x")):
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "held_by_another")


def test_no_other_page_may_ask_and_no_token_is_logged(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = ask("OPTIONS", "/api/import", headers={"Origin": "http://elsewhere"})
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]
    sent(store, {"orders.csv": files.ORDERS})
    ask("GET", "/api/imports/x", "another secret")
    assert TOKEN not in caplog.text and "another secret" not in caplog.text
