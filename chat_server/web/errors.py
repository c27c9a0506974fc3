"""Errors to `application/problem+json` (RFC 9457): one shape, a stable code, a sentence in the reader's language."""

import logging
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from chat_server.domain.errors import ParleyError, WrongState
from chat_server.i18n import Catalogs, negotiate
from chat_server.wire.bodies import Problem
from chat_server.wire.codec import encode
from chat_server.wire.codes import ErrorCode
from chat_server.wire.complaints import ComplaintView
from chat_server.wire.disputes import DisputeView

logger = logging.getLogger("parley.web")

STATUS: Final[dict[ErrorCode, int]] = {
    ErrorCode.BAD_FRAME: 400,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.NOT_ALLOWED: 403,
    ErrorCode.BLOCKED: 403,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.WRONG_STATE: 409,
    ErrorCode.STALE: 409,
    ErrorCode.KEY_REUSED: 409,
    ErrorCode.INVALID: 422,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.UNSUPPORTED_MEDIA: 415,
    ErrorCode.PHOTO_REFUSED: 422,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.QUOTA_REACHED: 429,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.STORAGE_FULL: 507,
    ErrorCode.INTERNAL: 500,
}
"""The only place that knows HTTP numbers of errors."""


MAX_HINT: Final = 300
"""A hint may repeat what was sent, and that may be long."""


class Refused(Exception):
    """A request that is wrong as a request: it has no counterpart in the domain."""

    def __init__(
        self, code: ErrorCode, reason: str = "", *, status: int | None = None, hint: str = ""
    ) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.hint = hint[:MAX_HINT]
        """For who writes the client: which field it is, and what was expected of it."""
        self.status = status or STATUS[code]


class Overtaken(Exception):
    """A refusal because of the state that a thing is in, with that state: who asked looks at it and asks again."""

    def __init__(
        self,
        refusal: WrongState,
        *,
        dispute: DisputeView | None = None,
        complaint: ComplaintView | None = None,
    ) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.dispute = dispute
        self.complaint = complaint


def problem(catalogs: Catalogs, connection: HTTPConnection, error: Exception) -> Response:
    """What the caller is told. An error that is not one of ours is `internal`, and goes to the log whole."""
    retry: int | None = None
    retryable = False
    overtaken = error if isinstance(error, Overtaken) else None
    if overtaken is not None:
        error = overtaken.refusal
    if isinstance(error, Refused):
        code, reason, status = error.code, error.reason, error.status
    elif isinstance(error, ParleyError):
        code, reason = ErrorCode(error.code), error.reason
        status, retry, retryable = STATUS[code], error.retry_after_ms, error.retryable
    else:
        logger.error("request.internal", exc_info=error)
        code, reason, status = ErrorCode.INTERNAL, "", 500
    locale = negotiate(connection.headers.get("accept-language", ""))
    body = Problem(
        type=f"/docs/errors#{code}",
        title=catalogs.sentence(f"error.{code}", locale),
        status=status,
        code=code,
        detail=catalogs.error(code, reason, locale),
        # A refusal is the same bytes for everyone; only what went wrong here needs to be found again.
        request_id=connection.scope.get("parley.request_id", "") if status == 500 else "",
        retryable=retryable,
        retry_after_ms=retry,
        reason=reason,
        hint=error.hint if isinstance(error, Refused) else "",
        dispute=overtaken.dispute if overtaken is not None else None,
        complaint=overtaken.complaint if overtaken is not None else None,
    )
    headers = {"cache-control": "no-store", "content-language": locale}
    if retry is not None:
        headers["retry-after"] = str(max(1, -(-retry // 1000)))
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(encode(body), status, headers, "application/problem+json")
