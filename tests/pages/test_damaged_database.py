"""A damaged database: told on every page, set aside by a click, with nothing deleted."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from data.ingest import backup
from data.store import database as stores
from data.store import settings
from pages.kit.i18n.words import words
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound

ORDERS = {"orders.csv": "Order ID,Order Date,Customer,Amount\nA1,2026-03-02,X,100\n"}
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "text": lambda raw: b"no database at all\n" * 100,
    "cut": lambda raw: raw[:13_000],
    "header": lambda raw: raw[:9] + bytes([raw[9] ^ 255]) + raw[10:],
}


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name.endswith(".duckdb"))


def damaged(path: Path, damage: Callable[[bytes], bytes]) -> bytes:
    """The bytes of a database with one order that has been damaged while no server ran."""
    bring(stores.opened(path), ORDERS)
    stores.close_all()
    raw = damage(path.read_bytes())
    path.write_bytes(raw)
    return raw


@pytest.mark.parametrize(
    ("language", "damage"),
    [*(("en", damage) for damage in DAMAGES.values()), ("zh", DAMAGES["cut"])],
    ids=[*DAMAGES, "in_chinese"],
)
def test_a_damaged_file_is_set_aside_whole_and_an_empty_database_begins(
    opening: Opening, path: Path, language: str, damage: Callable[[bytes], bytes]
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    raw = damaged(path, damage)
    at = sound(opening(language).run())
    assert _("the database file is damaged.") in said(at)
    assert names(path.parent) == [path.name]
    sound(at.button(key="begin_aside").click().run())
    aside = next(path.parent.glob("yuepan.damaged-*-1.duckdb"))
    assert aside.read_bytes() == raw
    assert aside.name in said(at) and _("the database file is damaged.") not in said(at)
    assert stores.opened().rows("SELECT count(*) FROM orders") == [(0,)]


def test_a_backup_takes_the_place_of_a_damaged_file(opening: Opening, path: Path) -> None:
    bring(stores.opened(path), ORDERS)
    content = backup.saved(stores.opened(path))
    raw = damaged(path, DAMAGES["cut"])
    at = sound(opening("en").run())
    sound(at.file_uploader(key="restore_damaged").set_value(("b.duckdb", content, "")).run())
    assert "Contains 1 imports" in said(at)
    sound(at.button(key="restore_aside").click().run())
    assert stores.opened().rows("SELECT order_id FROM orders") == [("A1",)]
    (aside,) = path.parent.glob("yuepan.damaged-*.duckdb")
    assert aside.read_bytes() == raw
    assert names(path.parent) == sorted([path.name, aside.name])


def test_what_is_no_backup_leaves_the_damaged_file_in_its_place(
    opening: Opening, path: Path
) -> None:
    raw = damaged(path, DAMAGES["text"])
    at = sound(opening("en").run())
    sound(at.file_uploader(key="restore_damaged").set_value(("b.duckdb", b"words", "")).run())
    assert "not a Yuepan backup" in said(at)
    assert [one.key for one in at.button] == ["begin_aside"]
    assert path.read_bytes() == raw


def test_a_second_click_in_another_window_sets_nothing_aside(opening: Opening, path: Path) -> None:
    damaged(path, DAMAGES["empty"])
    mine, other = sound(opening("en").run()), sound(opening("en").run())
    sound(mine.button(key="begin_aside").click().run())
    bring(stores.opened(), ORDERS)
    sound(other.button(key="begin_aside").click().run())
    assert stores.opened().rows("SELECT count(*) FROM orders") == [(1,)]
    assert len(list(path.parent.glob("yuepan.damaged-*"))) == 1


def test_a_block_found_damaged_by_a_page_is_offered_the_same(opening: Opening, path: Path) -> None:
    store = stores.opened(path)
    settings.choose(store, "who", "x" * 3000)
    stores.close_all()
    raw = path.read_bytes().replace(b"x" * 100, b"y" * 100, 1)
    path.write_bytes(raw)
    at = sound(opening("en").run())
    assert "the database file is damaged." in said(at)
    sound(at.button(key="begin_aside").click().run())
    (aside,) = path.parent.glob("yuepan.damaged-*.duckdb")
    assert b"y" * 100 in aside.read_bytes()
    assert settings.in_force(stores.opened())["who"] is None


def test_no_flipped_byte_ends_in_anything_but_the_page_or_the_sentence(
    opening: Opening, path: Path
) -> None:
    bring(stores.opened(path), ORDERS)
    stores.close_all()
    raw, chance = path.read_bytes(), random.Random(5)
    for _ in range(5):
        at = chance.randrange(len(raw))
        path.write_bytes(raw[:at] + bytes([raw[at] ^ chance.randrange(1, 256)]) + raw[at + 1 :])
        page = sound(opening("en").run())
        assert ("¥100 so far" in said(page)) is not ("the database file is damaged." in said(page))
        stores.close_all()
