from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.analytics.engine import Engine


@pytest.fixture
def engine() -> Iterator[Engine]:
    one = Engine()
    yield one
    one.connection.close()
