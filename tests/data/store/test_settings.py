from __future__ import annotations

import json

import pytest

from data.store.database import Store
from data.store.settings import SETTINGS, Setting, choose, setting


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.name)
def test_a_setting_that_nobody_chose_has_its_default(store: Store, one: Setting) -> None:
    assert setting(store, one.name) == one.default
    assert one.default is None or not one.choices or one.default in one.choices


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.name)
def test_a_choice_is_kept_and_raises_the_version_of_the_facts(store: Store, one: Setting) -> None:
    chosen = one.choices[-1] if one.choices else "USD"
    choose(store, one.name, chosen)
    choose(store, one.name, chosen)
    assert setting(store, one.name) == chosen
    assert store.versions().facts == 2
    choose(store, one.name, None)
    assert setting(store, one.name) in (None, one.default)


def test_a_value_that_is_no_choice_is_refused_and_nothing_kept(store: Store) -> None:
    with pytest.raises(ValueError, match="actual cannot be 'luck'"):
        choose(store, "actual", "luck")
    assert store.rows("SELECT * FROM settings") == []
    assert store.versions().facts == 0


def test_a_value_from_elsewhere_that_is_no_choice_is_read_as_the_default(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO settings VALUES ('selling_days', ?, current_localtimestamp())",
            [json.dumps("MARS")],
        )
    assert setting(store, "selling_days") == "CN"


def test_a_setting_that_does_not_exist_is_a_fault(store: Store) -> None:
    with pytest.raises(KeyError):
        setting(store, "colour")
