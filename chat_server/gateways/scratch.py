"""Files without a name, through which uploads and results pass; they go with whoever holds them.

Nothing here outlives a request; what is kept is kept by `photo_store`.
"""

import errno
import tempfile
from pathlib import Path
from typing import IO, Final

from chat_server.domain.errors import ParleyError, StorageFull, Unavailable
from chat_server.gateways.image_terms import RETRY_MS

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def unnamed_file(folder: Path | None) -> IO[bytes]:
    """A new file in the folder, or in the system's place. Raises StorageFull, Unavailable."""
    try:
        return tempfile.TemporaryFile(dir=folder)
    except OSError as error:
        raise disk_refusal(error) from error


def write(file: IO[bytes], content: bytes) -> None:
    """Writes and flushes, so that another process sees it. Raises StorageFull, Unavailable."""
    try:
        file.write(content)
        file.flush()
    except OSError as error:
        raise disk_refusal(error) from error


def disk_refusal(error: OSError) -> ParleyError:
    """StorageFull where the disk has no room, Unavailable for all else that is wrong with it."""
    kind = StorageFull if error.errno in NO_ROOM else Unavailable
    return kind(retry_after_ms=RETRY_MS)
