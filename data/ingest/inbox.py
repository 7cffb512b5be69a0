"""The inbox beside the database, where uploads wait to be read."""

from __future__ import annotations

import hashlib
import uuid
from io import BytesIO
from typing import IO

from data.jobs import sandbox
from data.staging.draft import Upload
from data.store.database import Store
from data.store.failures import failure
from domain.errors import FileError

MAX_BYTES = 500_000_000
_PIECE = 1 << 20


def receive(store: Store, name: str, content: bytes | IO[bytes]) -> Upload:
    """Put an uploaded file beside the database, where a child process can read it.

    Streams are copied piece by piece. Raises FileError("too_large") above 500 MB, and
    StoreError: disk_full, folder_read_only.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    if stream.seek(0, 2) > MAX_BYTES:
        raise FileError("too_large", file=name, limit=MAX_BYTES // 1_000_000)
    stream.seek(0)
    sandbox.prepare()
    digest = hashlib.sha256()
    # The name given by the sender never becomes part of a path.
    path = store.inbox / uuid.uuid4().hex
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as kept:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                kept.write(piece)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if told := failure(error, store.path):
            raise told from error
        raise
    return Upload(path, name, digest.hexdigest())


def stem(upload: Upload) -> str:
    """Return the prefix of an upload's names in the inbox; hexadecimal, like all of them."""
    return upload.path.name[:24]
