"""Pass arguments and results between processes, as a pickle and one file a table.

    >>> dump((1, table), folder, "call")            # doctest: +SKIP
    >>> load(folder, "call")                        # doctest: +SKIP
    (1, pyarrow.Table ...)

Arrow tables are IPC files that the other side maps without a copy. A table that came from
a folder and goes back into it is not written again.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import IO, Any
from weakref import WeakValueDictionary

import pyarrow as pa

# The tables read from a file, by its path, while they are in use.
_read: WeakValueDictionary[str, pa.Table] = WeakValueDictionary()


def dump(thing: object, folder: Path, stem: str) -> None:
    """Pickle `thing` as `stem`, atomically."""
    part = folder / f"{stem}.part"
    with part.open("wb") as stream:
        _Pickler(stream, folder, stem).dump(thing)
    part.replace(folder / f"{stem}.pickle")


def load(folder: Path, stem: str) -> Any:
    """Load what `dump` wrote; its tables stay readable when the folder is gone."""
    with (folder / f"{stem}.pickle").open("rb") as stream:
        return _Unpickler(stream, folder).load()


class _Pickler(pickle.Pickler):
    def __init__(self, stream: IO[bytes], folder: Path, stem: str) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self.folder, self.stem, self.count = folder, stem, 0

    def persistent_id(self, thing: object) -> str | None:
        if not isinstance(thing, pa.Table):
            return None
        for path, table in list(_read.items()):
            if table is thing and Path(path).parent == self.folder:
                return Path(path).name
        self.count += 1
        name = f"{self.stem}-{self.count}.arrow"
        with (
            pa.OSFile(str(self.folder / name), "wb") as sink,
            pa.ipc.new_file(sink, thing.schema) as writer,
        ):
            writer.write_table(thing)
        return name


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: IO[bytes], folder: Path) -> None:
        super().__init__(stream)
        self.folder = folder

    def persistent_load(self, name: str) -> pa.Table:
        path = str(self.folder / name)
        # POSIX can delete a mapped file, Windows cannot.
        opened = pa.memory_map if os.name == "posix" else pa.OSFile
        _read[path] = table = pa.ipc.open_file(opened(path, "rb")).read_all()
        return table
