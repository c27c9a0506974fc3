"""From a request to an operation's handler and back: reads, checks, calls, and turns what comes out into a response."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chat_server.actions.context import Context
from chat_server.domain.errors import LimitReached, Unauthenticated
from chat_server.domain.limits import Bucket
from chat_server.i18n import Catalogs
from chat_server.web import auth
from chat_server.web.errors import Refused, problem
from chat_server.web.operations import Call, Caller, Operation
from chat_server.wire.codec import encode
from chat_server.wire.codes import ErrorCode

logger = logging.getLogger("parley.web")

MAX_BODY: Final = 1024 * 1024
BODY_SECONDS: Final = 30.0
"""How long a body may take to arrive."""

BUCKETS_BEFORE_SWEEP: Final = 4096


class Gate:
    """Everything that operations share; made once an application."""

    def __init__(self, ctx: Context, catalogs: Catalogs) -> None:
        self.ctx = ctx
        self.catalogs = catalogs
        self._buckets: dict[str, Bucket] = {}

    def take(self, key: str) -> None:
        """Counts one request of a person or address. Raises LimitReached."""
        settings, now = self.ctx.settings, self.ctx.clock.now_ms()
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= BUCKETS_BEFORE_SWEEP:
                self._buckets = {k: b for k, b in self._buckets.items() if not b.full(now)}
            bucket = self._buckets[key] = Bucket(settings.request_rate, settings.request_burst, now)
        wait = bucket.take(now)
        if wait:
            raise LimitReached(retry_after_ms=wait)


class PathEndpoint:
    """All operations on one path; one route a path, so that a wrong method is told all right ones."""

    def __init__(self, gate: Gate, operations: Sequence[Operation]) -> None:
        self._gate = gate
        self._by_method: Mapping[str, Operation] = {op.method: op for op in operations}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers whatever comes, errors too; nothing is raised to the server but a cancelled request."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  Whatever it was, its sender is told.
            response = problem(self._gate.catalogs, request, error)
            if isinstance(error, Refused) and error.code is ErrorCode.METHOD_NOT_ALLOWED:
                response.headers["allow"] = ", ".join(sorted(self._by_method))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        operation = self._by_method.get(request.method)
        if operation is None:
            raise Refused(ErrorCode.METHOD_NOT_ALLOWED)
        call = await self._understand(operation, request)
        answer = await operation.handler(call)
        if isinstance(answer, Response):
            return answer
        headers = {"cache-control": "no-store"}
        if answer is None:
            return Response(status_code=204, headers=headers)
        return Response(encode(answer), operation.status, headers, "application/json")

    async def _understand(self, operation: Operation, request: Request) -> Call:
        """Who calls, then what he wants: a stranger learns nothing about what a body must look like."""
        gate, identity = self._gate, None
        if operation.caller is Caller.BACKEND:
            self._admit_backend(request)
        elif not self._reads_for_pages(operation, request):
            gate.take(f"a:{auth.address_of(request)}")
        if operation.caller is Caller.CUSTOMER:
            writes = operation.method not in ("GET", "HEAD")
            identity = await auth.identify(gate.ctx, request, writes=writes)
            gate.take(f"p:{identity.actor.person_id}")
        elif operation.caller in (Caller.STAFF, Caller.SUPERVISOR):
            identity = await auth.identify_staff(
                gate.ctx,
                request,
                writes=operation.method not in ("GET", "HEAD"),
                supervisor=operation.caller is Caller.SUPERVISOR,
            )
        query = _query(operation, request)
        body = await _body(operation, request) if operation.body is not None else None
        return Call(
            gate.ctx,
            request,
            identity.actor if identity is not None else None,
            identity.proof_at if identity is not None else 0,
            identity.merge if identity is not None else "",
            request.path_params,
            body,
            query,
        )

    def _reads_for_pages(self, operation: Operation, request: Request) -> bool:
        """Whether the marketplace's own server reads what anybody may: it makes all its pages at one address."""
        if operation.caller is not Caller.ANYONE or operation.method != "GET":
            return False
        try:
            auth.check_api_key(self._gate.ctx.settings, request)
        except Unauthenticated:
            return False
        return True

    def _admit_backend(self, request: Request) -> None:
        """The backend is not slowed down; guesses at its key are, by their address, and use up no share of its."""
        try:
            auth.check_api_key(self._gate.ctx.settings, request)
        except Unauthenticated:
            self._gate.take(f"a:{auth.address_of(request)}")
            raise


def _query(operation: Operation, request: Request) -> Any:
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given or "\x00" in value:
            raise Refused(
                ErrorCode.INVALID, "query", hint=f"`{name}` is given twice, or holds a NUL"
            )
        given[name] = value
    try:
        return msgspec.convert(given, operation.query, strict=False)
    except msgspec.ValidationError as error:
        raise Refused(ErrorCode.INVALID, "query", hint=str(error)) from None


async def _body(operation: Operation, request: Request) -> Any:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise Refused(ErrorCode.UNSUPPORTED_MEDIA)
    raw = await read_body(request, MAX_BODY)
    try:
        decoded = _decode(raw, operation.body)
    except msgspec.MsgspecError as error:
        raise Refused(ErrorCode.INVALID, "body", hint=str(error)) from None
    except (UnicodeError, RecursionError):
        raise Refused(ErrorCode.INVALID, "body") from None
    if b"\\u0000" in raw and _has_nul(msgspec.to_builtins(decoded)):
        raise Refused(ErrorCode.INVALID, "nul")
    return decoded


def _decode(raw: bytes, kind: Any) -> Any:
    """JSON knows one kind of number: `1.0` is the whole number that a field asks for."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        return msgspec.convert(_whole(msgspec.json.decode(raw)), kind)


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body, within its bounds of size and time. Raises Refused (`too_large`, `slow`)."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > limit:
        raise Refused(ErrorCode.TOO_LARGE)
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise Refused(ErrorCode.TOO_LARGE)
                parts.append(part)
    except TimeoutError:
        raise Refused(ErrorCode.INVALID, "slow", status=408) from None
    return b"".join(parts)


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(v) for v in (*value, *value.values()))
    return isinstance(value, list) and any(map(_has_nul, value))
