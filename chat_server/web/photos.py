"""Photos in and out: an upload is a raw body; what is shown is always our own JPEG, and never cached by others."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final, Literal, cast

from starlette.requests import Request
from starlette.responses import Response

from chat_server.actions import photos
from chat_server.domain.errors import NotFound
from chat_server.domain.ids import PhotoId, show
from chat_server.domain.messages import MAX_PHOTO_BYTES
from chat_server.web.errors import Refused
from chat_server.web.operations import Call
from chat_server.wire import bodies
from chat_server.wire.codes import ErrorCode

MAX_UPLOAD: Final = MAX_PHOTO_BYTES
IDLE_SECONDS: Final = 30.0
TOTAL_SECONDS: Final = 300.0

HEADERS: Final = {
    "cache-control": "private, max-age=300",
    "content-disposition": "inline; filename=photo.jpg",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


async def upload_photo(call: Call) -> bodies.Stored:
    """One photo as the raw body: JPEG, PNG, WebP or HEIC, at most 15 MiB and 25 megapixels."""
    request = call.request
    media = request.headers.get("content-type", "").lower()
    if not media.startswith(("image/", "application/octet-stream")):
        raise Refused(ErrorCode.UNSUPPORTED_MEDIA)
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MAX_UPLOAD:
        raise Refused(ErrorCode.TOO_LARGE)
    stored = await photos.take_photo(call.ctx, call.caller, _stream(request))
    return bodies.Stored(id=show(stored.id), width=stored.width, height=stored.height)


async def show_photo(call: Call) -> Response:
    """The JPEG of a photo that I may see: `full` or `thumb`."""
    variant = call.params["variant"]
    if variant not in ("full", "thumb"):
        raise NotFound
    photo_id = PhotoId(call.id("photo"))
    size = cast(Literal["full", "thumb"], variant)
    content = await photos.show_photo(call.ctx, call.caller, photo_id, size)
    return Response(content, 200, HEADERS, "image/jpeg")


async def _stream(request: Request) -> AsyncIterator[bytes]:
    """The body piece by piece; one that comes too slowly is given up. Raises Refused (`slow`)."""
    body = request.stream()
    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            while True:
                async with asyncio.timeout(IDLE_SECONDS):
                    part = await anext(body, None)
                if part is None:
                    return
                yield part
    except TimeoutError:
        raise Refused(ErrorCode.INVALID, "slow", status=408) from None
