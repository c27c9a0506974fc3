"""A mail server that speaks SMTP, for tests: aiosmtpd, in a thread of the tests' process."""

import asyncio
import contextlib
import dataclasses
import email
import email.policy
import socket
from collections.abc import Awaitable, Iterator
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from typing_extensions import override

TAKEN = "250 OK"
HANG_UP = "hang up"
"""In the place of an answer: the connection ends in the middle."""


@dataclasses.dataclass(frozen=True)
class Delivered:
    """A mail as it came over the wire."""

    sender: str
    recipients: list[str]
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain part."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The page."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        content: str = part.get_content()
        return content.replace("\r\n", "\n")


@dataclasses.dataclass
class PostOffice:
    """Remembers what it was handed. What it answers is for tests to say: each answer once, then it takes all."""

    port: int = 0
    delivered: list[Delivered] = dataclasses.field(default_factory=list)
    to_recipient: list[str] = dataclasses.field(default_factory=list)
    to_data: list[str] = dataclasses.field(default_factory=list)
    tried: list[str] = dataclasses.field(default_factory=list)
    """The Message-ID of every letter that came as far as its text."""

    @property
    def url(self) -> str:
        """As a setting has it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Asked by the server for each recipient."""
        answer = self.to_recipient.pop(0) if self.to_recipient else TAKEN
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Asked by the server for each letter."""
        content: Any = envelope.content
        message = email.message_from_bytes(content, policy=email.policy.SMTP)
        assert isinstance(message, EmailMessage)
        self.tried.append(message["Message-ID"])
        answer = self.to_data.pop(0) if self.to_data else TAKEN
        if answer == HANG_UP:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        elif answer == TAKEN:
            sender = envelope.mail_from or ""
            self.delivered.append(Delivered(sender, list(envelope.rcpt_tos), message))
        return answer


@contextlib.contextmanager
def post_office(office: PostOffice | None = None) -> Iterator[PostOffice]:
    """A server on a free port of loopback, or on that of an office which was shut."""
    office = office or PostOffice()
    with socket.create_server(("127.0.0.1", office.port)) as listener:
        office.port = listener.getsockname()[1]
        counter = _Counter(office, listener)
        counter.start()
        try:
            yield office
        finally:
            counter.stop()


@contextlib.contextmanager
def shut_office() -> Iterator[PostOffice]:
    """One at whose door nobody opens, and nobody but `post_office` can."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", 0))
        yield PostOffice(door.getsockname()[1])


class _Counter(Controller):
    """Listens where it is told to: a port that was only looked for, another might take meanwhile."""

    def __init__(self, office: PostOffice, listener: socket.socket) -> None:
        super().__init__(office, hostname="127.0.0.1", port=office.port, ready_timeout=60)
        self._listener = listener

    @override
    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listener)
