"""Report the words in columns of names that stand for no name.

>>> noted({"rep": pa.array(["Ann Vale", "TBD"])}, {"rep": "Owner"})[0].value
'TBD'
"""

from __future__ import annotations

from collections.abc import Mapping

from data.cleaning.reconcile import Problem
from data.values.columns import Texts
from data.values.placeholders import placeholders

_LISTED = 5


def noted(texts: Mapping[str, Texts], headers: Mapping[str, str]) -> list[Problem]:
    """Return one problem a column in which words for no name are read as blank."""
    problems = []
    for name, cells in texts.items():
        if words := placeholders(cells, name):
            said = ", ".join([*words[:_LISTED], *(["…"] if len(words) > _LISTED else [])])
            problems.append(Problem(0, name, headers[name], said, "no_name", "noted"))
    return problems
