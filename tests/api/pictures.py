"""Pictures for tests that need one, whatever it shows."""

import functools
import io

from PIL import Image


@functools.cache
def jpeg(width: int = 64, height: int = 48) -> bytes:
    """A plain JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (180, 120, 60)).save(file, "JPEG")
    return file.getvalue()
