"""An invented company to try the app on: eighteen months of files as real systems export them.

    >>> from data.sample import STORIES, write
    >>> paths = write(Path("sample"), "zh")        # to be imported like any other file
    >>> STORIES.weak_team
    ('华南二组', 'South 2')

Lanheng Instruments, its people, customers and dealers do not exist. `docs/sample.md`
tells what is hidden in its figures.
"""

from __future__ import annotations

from data.sample.days import LAST_EXPORT, TODAY
from data.sample.stories import STORIES, Stories, deal_id
from data.sample.write import write

__all__ = ["LAST_EXPORT", "STORIES", "TODAY", "Stories", "deal_id", "write"]
