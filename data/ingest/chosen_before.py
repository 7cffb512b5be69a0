"""Find what people chose of earlier files, their encodings and headers, for the next ones.

>>> chosen_before(store).known_encodings                         # doctest: +SKIP
{'order id\\x1fcustomer': 'cp949'}
"""

from __future__ import annotations

import json

from data.layout.by_hand import Choices
from data.staging.kept_choices import ENCODING, HEADER
from data.store.database import Store


def chosen_before(store: Store) -> Choices:
    """Return what was chosen for the files that were imported, the latest of each shape."""
    encodings: dict[str, str] = {}
    headers: dict[str, int] = {}
    for (kept,) in store.rows(
        "SELECT answers FROM imports WHERE contains(answers, ?) OR contains(answers, ?) "
        "ORDER BY import_id",
        [f'"{ENCODING}"', f'"{HEADER}"'],
    ):
        answers = json.loads(kept)
        if ENCODING in answers:
            encoding, _, shape = answers[ENCODING].partition(" ")
            encodings[shape] = encoding
        if HEADER in answers:
            rows, _, shape = answers[HEADER].partition(" ")
            first, last = map(int, rows.split("-"))
            headers[shape] = last - first + 1
    return Choices(known_encodings=encodings, known_headers=headers)
