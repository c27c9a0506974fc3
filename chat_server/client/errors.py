"""What may go wrong for a program that talks to Parley. Lost connections are none of it: they heal."""


class Refused(Exception):
    """Parley said no, and nothing was stored. The same again is refused again, unless `retryable`."""

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        reason: str = "",
        retryable: bool = False,
        retry_after_ms: int | None = None,
        status: int | None = None,
    ) -> None:
        """`code` is one of `wire.codes.ErrorCode`; `status` is that of HTTP, where it was HTTP."""
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message
        self.reason = reason
        self.retryable = retryable
        self.retry_after_ms = retry_after_ms
        self.status = status


class Unreachable(Exception):
    """A single HTTP request found no server, or no answer in time. Whether it was carried out is not known."""


class Stopped(Exception):
    """The server said that this client must stay away, or refused its proof: it does not come back by itself.

    What the outbox still holds was not acknowledged.
    """

    def __init__(self, why: str, code: int | None = None) -> None:
        """`code` is the socket's close code, where there was one."""
        super().__init__(why)
        self.code = code


class Overrun(Exception):
    """Whoever reads `events()` was too far behind; what came since is in the logs."""


class Lost(Exception):
    """The connection ended before the answer came. Inside the client only."""
