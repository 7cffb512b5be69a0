from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.ingest import inbox, jobs, load
from data.jobs import background
from data.readers import archive
from data.store import database as stores
from data.store.database import Store
from domain.errors import FileError
from tests.conftest import TODAY, bring, everything, over, read
from tests.data import files


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def named_in(encoding: str, name: str, content: str) -> bytes:
    """A zip whose one name is written in an encoding, without the flag for UTF-8."""
    raw = name.encode(encoding)
    made = zipped({"x" * len(raw): content})
    return made.replace(b"x" * len(raw), raw)


def locked(content: bytes, which: bytes = b"") -> bytes:
    """The zip with the bit for "encrypted" set, on all entries or on the one of this name."""
    raw = bytearray(content)
    for signature, flags, length, name in ((b"PK\x03\x04", 6, 26, 30), (b"PK\x01\x02", 8, 28, 46)):
        at = raw.find(signature)
        while at >= 0:
            (size,) = struct.unpack_from("<H", raw, at + length)
            if not which or bytes(raw[at + name : at + name + size]) == which:
                raw[at + flags] |= 1
            at = raw.find(signature, at + 4)
    return bytes(raw)


def book(rows: str) -> bytes:
    made = Workbook()
    for line in rows.splitlines():
        made.active.append(line.split(","))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def unpacked(tmp_path: Path, content: bytes, name: str = "month.zip") -> list[archive.Member]:
    path = tmp_path / "packed"
    path.write_bytes(content)
    folder = tmp_path / "inbox"
    folder.mkdir(exist_ok=True)
    return archive.unpack(path, name, folder, "f" * 24)


def refused(tmp_path: Path, content: bytes) -> FileError:
    with pytest.raises(FileError) as caught:
        unpacked(tmp_path, content)
    assert list((tmp_path / "inbox").iterdir()) == []
    assert caught.value.params["file"] == "month.zip"
    return caught.value


def test_every_file_of_a_zip_is_a_draft_under_its_own_name(store: Store, inline: None) -> None:
    content = zipped(
        {
            "orders.csv": files.ORDERS,
            "三月/商机_2026-03-10.csv": files.DEALS,
            "三月/book.xlsx": book(files.REGISTER),
        }
    )
    drafts = read(store, {"export_2025-12-31.zip": content})
    assert [(one.file, one.table, one.error) for one in drafts] == [
        ("export_2025-12-31.zip/orders.csv", "orders", None),
        ("export_2025-12-31.zip/三月/商机_2026-03-10.csv", "deals", None),
        ("export_2025-12-31.zip/三月/book.xlsx", "products", None),
    ]
    assert str(drafts[1].as_of) == "2026-03-10"
    assert list(store.inbox.iterdir()) == []


def test_a_zip_is_unpacked_in_a_child_process_and_lands_like_its_files(
    store: Store, tmp_path: Path
) -> None:
    results = bring(store, {"month.zip": zipped({"a.csv": files.ORDERS, "b.csv": files.REGISTER})})
    assert [(one.table, one.rows_kept, one.error) for one in results] == [
        ("orders", 3, None),
        ("products", 2, None),
    ]
    assert list(store.inbox.iterdir()) == []


def test_a_file_that_came_by_itself_is_known_again_inside_a_zip(store: Store, inline: None) -> None:
    bring(store, {"orders.csv": files.ORDERS})
    before = everything(store)
    (again,) = bring(store, {"month.zip": zipped({"copy.csv": files.ORDERS})})
    assert again.error is not None and again.error.code == "already_imported"
    assert everything(store) == before


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gb18030", "三月/订单明细.csv"),
        ("gb18030", "李玥镕.csv"),  # in GBK, and not in the older GB 2312
        ("utf-8", "三月/订单明细.csv"),  # as macOS writes it, without the flag
        ("cp437", "Müller/Verkäufe é.csv"),
    ],
)
def test_names_without_a_flag_are_read_as_they_were_written(
    tmp_path: Path, encoding: str, name: str
) -> None:
    (one,) = unpacked(tmp_path, named_in(encoding, name, files.ORDERS))
    assert (one.name, one.error) == (f"month.zip/{name}", None)


def test_names_with_the_flag_are_utf_8(tmp_path: Path) -> None:
    (one,) = unpacked(tmp_path, zipped({"三月/订单.csv": files.ORDERS}))
    assert one.name == "month.zip/三月/订单.csv"


def test_what_systems_put_into_a_zip_is_passed_over_without_a_word(tmp_path: Path) -> None:
    hidden = (
        "__MACOSX/._orders.csv", "三月/.DS_Store", ".hidden/a.csv", "Thumbs.db", "x/desktop.ini",
        "~$orders.xlsx", "folder/",
    )  # fmt: skip
    members: dict[str, str | bytes] = {name: "x" for name in hidden}
    found = unpacked(tmp_path, zipped({**members, "orders.csv": files.ORDERS}))
    assert [one.name for one in found] == ["month.zip/orders.csv"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("../../etc/orders.csv", "etc/orders.csv"),
        ("/etc/orders.csv", "etc/orders.csv"),
        ("C:\\Users\\me\\orders.csv", "Users/me/orders.csv"),
        ("..\\..\\orders.csv", "orders.csv"),
        ("a\nb\x1b[31m.csv", "ab[31m.csv"),
    ],
)
def test_a_name_is_shown_and_never_becomes_a_path(tmp_path: Path, written: str, shown: str) -> None:
    (one,) = unpacked(tmp_path, zipped({written: files.ORDERS}))
    assert one.name == f"month.zip/{shown}"
    assert one.path == tmp_path / "inbox" / ("f" * 24 + "00000000")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["f" * 24 + "00000000", "inbox",
                                                                 "packed"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "archived"),
    [
        ("a.xlsx", book(files.REGISTER), False),
        ("a.zip", zipped({"a.xlsx": book(files.REGISTER)}), True),
        ("a.zip", zipped({"xl/orders.csv": files.ORDERS}), True),
        ("a.ods", zipped({"mimetype": "x", "content.xml": "<a/>"}), False),
        ("a.docx", zipped({"[Content_Types].xml": "", "word/document.xml": ""}), False),
        ("a.zip", zipped({}), False),
        ("a.zip", zipped({"a.csv": files.ORDERS})[:-30], False),
        ("a.csv", files.ORDERS.encode(), False),
        ("a.csv", b"", False),
    ],
    ids=[
        "workbook", "zip of a workbook", "folder named xl", "ods", "docx", "empty zip", "torn zip",
        "text", "nothing",
    ],
)  # fmt: skip
def test_a_zip_of_files_is_told_from_a_workbook(
    tmp_path: Path, name: str, content: bytes, archived: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert archive.is_archive(path) == archived


def test_a_zip_in_a_zip_is_refused_and_its_neighbours_are_read(store: Store, inline: None) -> None:
    inner = zipped({"a.csv": files.ORDERS})
    drafts = read(store, {"m.zip": zipped({"inner.zip": inner, "orders.csv": files.ORDERS})})
    assert [(one.file, one.error and one.error.code) for one in drafts] == [
        ("m.zip/inner.zip", "archive_in_archive"),
        ("m.zip/orders.csv", None),
    ]
    assert list(store.inbox.iterdir()) == []


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    content = locked(zipped({"a.csv": files.ORDERS, "b.csv": files.DEALS}))
    assert refused(tmp_path, content).code == "archive_encrypted"


def test_one_file_with_a_password_costs_only_itself(tmp_path: Path) -> None:
    content = locked(zipped({"a.csv": files.ORDERS, "b.csv": files.DEALS}), b"a.csv")
    first, second = unpacked(tmp_path, content)
    assert first.error is not None and first.error.code == "archive_encrypted"
    assert first.error.params["file"] == first.name == "month.zip/a.csv"
    assert second.path is not None and second.path.read_text("utf-8") == files.DEALS


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [
        ("MOST_FILES", 1, "archive_too_many"),
        ("_LARGEST_DIRECTORY", 50, "archive_too_many"),
        ("LARGEST_UNPACKED", 300, "archive_too_large"),
    ],
)
def test_an_archive_above_a_limit_is_refused_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, code: str
) -> None:
    monkeypatch.setattr(archive, limit, value)
    content = zipped({"a.csv": files.ORDERS, "b.csv": files.DEALS})
    assert refused(tmp_path, content).code == code


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped({f"{n}.csv": bytes(30_000_000) for n in range(4)})
    assert len(bomb) < 200_000
    assert refused(tmp_path, bomb).code == "archive_too_large"


def test_a_large_file_of_an_archive_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGEST_FILE", 200)
    first, second = unpacked(tmp_path, zipped({"a.csv": files.ORDERS, "b.csv": files.REGISTER}))
    assert first.error is not None and first.error.code == "too_large"
    assert second.error is None


def test_an_archive_that_lies_about_a_size_gives_no_more_than_it_said(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": "1" * 5000, "b.csv": files.REGISTER}))
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)
    first, second = unpacked(tmp_path, bytes(content))
    assert first.error is not None and first.error.code == "archive_unreadable"
    assert second.error is None
    assert len(list((tmp_path / "inbox").iterdir())) == 1


def test_a_zip_of_hidden_files_only_holds_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path, zipped({"__MACOSX/._a.csv": "x"})).code == "archive_empty"


def test_a_file_that_is_torn_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": files.ORDERS, "b.csv": files.REGISTER}))
    content[40:60] = bytes(20)
    first, second = unpacked(tmp_path, bytes(content))
    assert first.error is not None and first.error.code == "archive_unreadable"
    assert second.error is None


def test_what_is_no_table_in_a_zip_gets_its_sentence(store: Store, inline: None) -> None:
    content = zipped({"logo.png": b"\x89PNG\r\n\x1a\n" + bytes(200), "orders.csv": files.ORDERS})
    picture, orders = read(store, {"m.zip": content})
    assert (picture.file, picture.error.code) == ("m.zip/logo.png", "not_a_spreadsheet")
    assert orders.error is None


def test_what_a_dead_program_had_unpacked_is_gone_when_the_next_one_starts(
    store: Store, path: Path
) -> None:
    upload = inbox.receive(store, "m.zip", zipped({"a.csv": files.ORDERS}))
    archive.unpack(upload.path, "m.zip", store.inbox, upload.path.name[:24])
    assert len(list(store.inbox.iterdir())) == 2
    stores.close_all()
    assert list(stores.opened(path).inbox.iterdir()) == []


def test_cancelling_while_unpacking_leaves_no_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpack = archive.unpack

    def unpack_and_stop(function: str, *args: object, **limits: object) -> object:
        assert function == "data.readers.archive:unpack"
        unpack(*args)  # type: ignore[arg-type]
        assert len(list(store.inbox.iterdir())) == 2
        raise FileError("timed_out") if not cancelled else load.ImportRefused("cancelled")

    for cancelled in (True, False):
        upload = inbox.receive(store, "m.zip", zipped({"a.csv": files.ORDERS}))
        monkeypatch.setattr("data.jobs.sandbox.run", unpack_and_stop)
        job_id = jobs.start_reading(store, [upload], today=TODAY)
        told = over(store, job_id)
        assert background.look(store, job_id).state == ("cancelled" if cancelled else "done")
        code = told.code if cancelled else told[0].error.code
        assert code == ("cancelled" if cancelled else "timed_out")
        assert list(store.inbox.iterdir()) == []
