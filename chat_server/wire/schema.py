"""The whole wire as one JSON Schema 2020-12 document, from which the TypeScript is generated.

Nothing is described here: what a frame or body looks like is said in `frames`, `bodies`, `shapes`.
"""

import inspect
import json
from typing import Any, Final

import msgspec

from chat_server.wire import (
    bodies,
    complaints,
    desk,
    disputes,
    frames,
    notices,
    people,
    reports,
    reviews,
    rooms,
    shapes,
    webhooks,
)
from chat_server.wire.codes import (
    CLOSE_REASONS,
    MAX_FRAME_BYTES,
    PROTOCOL,
    CloseCode,
    ErrorCode,
    may_come_back,
)

REFERENCE: Final = "#/$defs/{name}"

UNIONS: Final = {
    "Command": frames.Command,
    "Push": frames.Push,
    "DeskNews": frames.DeskNews,
    "Answer": frames.Answer,
    "ThreadEvent": shapes.Event,
}
"""Choices that have a name of their own on the client's side."""

Schema = dict[str, Any]


def document() -> Schema:
    """The schema of every frame and body, with the tables of codes and limits beside it."""
    schemas, components = msgspec.json.schema_components(
        [*UNIONS.values(), *_body_types()], ref_template=REFERENCE
    )
    named = dict(zip(UNIONS, schemas[: len(UNIONS)], strict=True))
    either = [{"$ref": REFERENCE.format(name=name)} for name in ("Push", "DeskNews", "Answer")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Parley",
        "description": "Frames of the socket and bodies of the HTTP API.",
        "$defs": {**components, **named, "ServerFrame": {"anyOf": either}},
        "x-protocol": PROTOCOL,
        "x-limits": _limits(),
        "x-error-codes": [code.value for code in ErrorCode],
        "x-close-codes": [_close_code(code) for code in CloseCode],
    }


def text() -> str:
    """`document`, laid out the same way each time, so that a change shows as a small difference."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _body_types() -> list[type[msgspec.Struct]]:
    """Every body of these modules, in the order of their names."""
    named = (bodies, complaints, desk, disputes, notices, people, reports, reviews, rooms, webhooks)
    return [
        found
        for room in named
        for _, found in inspect.getmembers(room, inspect.isclass)
        if issubclass(found, msgspec.Struct) and found.__module__ == room.__name__
    ]


def _close_code(code: CloseCode) -> Schema:
    return {
        "name": code.name.lower(),
        "code": code.value,
        "come_back": may_come_back(code),
        "reason": CLOSE_REASONS[code],
    }


def _limits() -> dict[str, int]:
    """Bounds that a client must know before it sends, read off the types themselves."""
    message = msgspec.json.schema(frames.SendMessage)["$defs"]["SendMessage"]["properties"]
    hello = msgspec.json.schema(frames.Hello)["$defs"]["Hello"]["properties"]
    mark = msgspec.json.schema(frames.Mark)["$defs"]["Mark"]["properties"]
    page = msgspec.json.schema(frames.ReadHistory)["$defs"]["ReadHistory"]["properties"]
    return {
        "frame_bytes": MAX_FRAME_BYTES,
        "text": message["text"]["maxLength"],
        "photos": message["photos"]["maxItems"],
        "known": hello["known"]["maxItems"],
        "marks": mark["marks"]["maxItems"],
        "page": page["limit"]["maximum"],
    }
