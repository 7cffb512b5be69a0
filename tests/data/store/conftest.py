"""Here the making of a database is what is looked at."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def made_before() -> None:
    """Make every database anew."""
