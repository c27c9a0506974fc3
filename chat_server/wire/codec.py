"""Frames to bytes."""

from typing import Final

import msgspec

_encoder: Final = msgspec.json.Encoder()


def encode(frame: object) -> bytes:
    """A frame or body as JSON in UTF-8."""
    return _encoder.encode(frame)
