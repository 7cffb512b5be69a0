"""The child process of `data.jobs.sandbox`: `python -m data FOLDER`.

pandas and numpy are refused here: pyarrow looks for both when it starts, reading and
typing need neither, and they would cost as much as all the rest. The sample company
is made with numpy, once pyarrow has started without it.
"""

from __future__ import annotations

import sys
from pathlib import Path


class _Without:
    """A finder that finds nothing of some libraries, and leaves the others to those after it."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pandas" or (name == "numpy" and "data.sample" not in sys.modules):
            raise ImportError(name)


if __name__ == "__main__":
    sys.meta_path.insert(0, _Without())
    from data.jobs.sandbox_worker import serve

    sys.exit(serve(Path(sys.argv[1])))
