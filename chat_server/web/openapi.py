"""The OpenAPI 3.1 document, made from the same operations and types that answer requests."""

import functools
import re
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from chat_server import __version__
from chat_server.web.errors import STATUS
from chat_server.web.operations import PREFIX, Caller, Operation
from chat_server.wire.bodies import EntryId, ExternalId, Problem
from chat_server.wire.codes import ErrorCode
from chat_server.wire.reviews import Part, PublicName
from chat_server.wire.sentences import described
from chat_server.wire.shapes import Id, Shape

ABOUT: Final = """\
Conversations, reviews and disputes of a marketplace. The socket protocol is described in docs/protocol.md.

- `{key}` in a path is the marketplace's own id of a thing, as it was put. `{order}`, `{shop}`, `{thread}` and the \
like are ids that Parley has given: 16 hexadecimal digits, as answers show them.
- Times are milliseconds since 1970, UTC. Money is a decimal text with its currency.
- What has its default in an answer (false, zero, an empty text or list, nothing) is left out of it.
- A body is `application/json` of at most 1 MiB; a field or parameter that is not known here is an error.
- `client_key` names one write for ever: a retry with the same key and content changes nothing, and is answered as the \
first one.
- Refusals are `application/problem+json`: a stable `code`, mostly a `reason`, a sentence in the language of \
`Accept-Language` (en, ru, ro, ar, es), and where a field is not right a `hint` at it. /docs/errors lists all codes \
and reasons.
- `next` of a page goes into `before` for the page after it; where there is none, that was the last.
"""

REF: Final = "#/components/schemas/{name}"
ALWAYS: Final = (ErrorCode.RATE_LIMITED, ErrorCode.UNAVAILABLE)
SECURITY: Final[dict[Caller, list[dict[str, list[str]]]]] = {
    Caller.ANYONE: [],
    Caller.CUSTOMER: [{"customerToken": []}, {"inboxSession": []}, {"visitorToken": []}],
    Caller.STAFF: [{"consoleSession": []}],
    Caller.SUPERVISOR: [{"consoleSession": []}],
    Caller.BACKEND: [{"apiKey": []}],
}
SCHEMES: Final = {
    "customerToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "HS256, signed by the marketplace: sub, role (buyer or seller), iss, aud, iat, exp, kid.",
    },
    "inboxSession": {
        "type": "apiKey",
        "in": "cookie",
        "name": "parley_session",
        "description": "Given for an inbox link. Writes carry the header X-Parley: 1.",
    },
    "visitorToken": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Visitor TOKEN`, as POST /visitors gave it.",
    },
    "consoleSession": {
        "type": "apiKey",
        "in": "cookie",
        "name": "parley_staff",
        "description": "Given for e-mail and password. Writes carry the header X-Parley: 1.",
    },
    "apiKey": {"type": "http", "scheme": "bearer", "description": "Of the marketplace's backend."},
}

IN_PATHS: Final[dict[str, Any]] = {
    "key": ExternalId,
    "seq": Annotated[int, Meta(ge=1)],
    "variant": Literal["full", "thumb"],
    "part": Part,
    "name": PublicName,
    "entry": EntryId,
}
"""What stands in a path and is no id of ours."""

HEADERS: Final = {
    "If-None-Match": "The `ETag` of what the caller has: where nothing has changed he is answered 304, without a body.",
    "If-Match": '`"<revision>"`, the one that was seen, in the place of `revision` in the body.',
}


def document(operations: Sequence[Operation], server: str) -> dict[str, Any]:
    """The whole document."""
    components = _components(_kinds(operations))
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        method = operation.method.lower()
        paths.setdefault(PREFIX + operation.path, {})[method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parley",
            "version": __version__,
            "description": ABOUT,
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": SCHEMES},
    }


def _kinds(operations: Sequence[Operation]) -> tuple[Any, ...]:
    types = {op.answer for op in operations} | {op.body for op in operations} | {Problem}
    return tuple(sorted((t for t in types if t is not None), key=_title))


@functools.cache
def _components(kinds: tuple[Any, ...]) -> dict[str, Any]:
    """All named types. What stands below a field in its class is said of the field here as well."""
    _, components = msgspec.json.schema_components(kinds, ref_template=REF)
    for name, sentences in described(Shape).items():
        fields = components.get(name, {}).get("properties", {})
        for field in sentences.keys() & fields.keys():
            known = fields[field].get("description", "")
            fields[field]["description"] = f"{sentences[field]} {known}".rstrip()
    return components


def _operation(operation: Operation) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "operationId": _name(operation),
        "summary": operation.summary,
        "description": (operation.handler.__doc__ or "").strip(),
        "tags": [operation.handler.__module__.rpartition(".")[2]],
        "security": SECURITY[operation.caller],
        "parameters": [
            *_path_parameters(operation),
            *_query_parameters(operation),
            *_header_parameters(operation),
        ],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        schema = _ref(operation.body)
        shown["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    elif operation.takes != "application/json":
        binary = {"type": "string", "format": "binary"}
        shown["requestBody"] = {"required": True, "content": {operation.takes: {"schema": binary}}}
    return shown


def _name(operation: Operation) -> str:
    """Some handlers serve customers and the console alike: each is an operation of its own."""
    module = operation.handler.__module__.rpartition(".")[2]
    console = operation.caller in (Caller.STAFF, Caller.SUPERVISOR)
    name = getattr(operation.handler, "__name__", "handler")
    return f"{'console.' if console else ''}{module}.{name}"


@functools.cache
def _ref(kind: Any) -> dict[str, Any]:
    """A reference to a named type; of a choice between several, to each of them.

    Kept: a thousand of them are asked for, most of them the same, and each costs a walk through all that it holds.
    """
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=REF)
    return schema


def _title(kind: Any) -> str:
    return str(getattr(kind, "__name__", kind))


@functools.cache
def _schema(kind: Any) -> dict[str, Any]:
    return msgspec.json.schema(kind)


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    _, components = msgspec.json.schema_components([kind], ref_template=REF)
    schema: dict[str, Any] = components[kind.__name__]
    return schema


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _schema(IN_PATHS.get(name, Id)),
        }
        for name in re.findall(r"{(\w+)}", operation.path)
    ]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    schema = _fields(operation.query)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": field}
        for name, field in schema["properties"].items()
    ]


def _header_parameters(operation: Operation) -> list[dict[str, Any]]:
    taken = {"If-None-Match": operation.etag, "If-Match": operation.if_match}
    return [
        {
            "name": name,
            "in": "header",
            "required": False,
            "description": HEADERS[name],
            "schema": {"type": "string"},
        }
        for name, is_taken in taken.items()
        if is_taken
    ]


def _responses(operation: Operation) -> dict[str, Any]:
    good: dict[str, Any] = {"description": operation.summary}
    if operation.answer is not None:
        good["content"] = {operation.media: {"schema": _ref(operation.answer)}}
    elif operation.media != "application/json":
        good["content"] = {operation.media: {"schema": {"type": "string", "format": "binary"}}}
    responses: dict[str, Any] = {str(operation.status): good}
    if operation.etag:
        good["headers"] = {"ETag": {"description": "Of these bytes.", "schema": {"type": "string"}}}
        responses["304"] = {"description": "The caller has it already"}
    for code in _errors(operation):
        status = str(STATUS[code])
        known = responses.setdefault(
            status,
            {"description": "", "content": {"application/problem+json": {"schema": _ref(Problem)}}},
        )
        known["description"] = ", ".join(filter(None, [known["description"], f"`{code}`"]))
    return dict(sorted(responses.items()))


def _errors(operation: Operation) -> list[ErrorCode]:
    codes = [*operation.errors, *ALWAYS]
    if operation.caller is not Caller.ANYONE:
        codes.append(ErrorCode.UNAUTHENTICATED)
    if operation.caller is Caller.CUSTOMER and operation.method != "GET":
        codes.append(ErrorCode.NOT_ALLOWED)
    codes.append(ErrorCode.INVALID)
    if operation.body is not None:
        codes += [ErrorCode.TOO_LARGE, ErrorCode.UNSUPPORTED_MEDIA]
    if operation.method != "GET":
        codes.append(ErrorCode.STORAGE_FULL)
    return list(dict.fromkeys(codes))
