"""Mail through an SMTP server: the only place that knows how a letter becomes bytes."""

import asyncio
import datetime
import email.policy
import ipaddress
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from chat_server.domain.errors import Invalid, Unavailable
from chat_server.domain.mail import read_address
from chat_server.ports import Clock, Letter, MailRefused
from chat_server.settings import Settings

PATIENCE_S: Final = 45.0
"""For one letter from the first byte to the last: less than the lease of whoever sends it."""

PORTS: Final = {"smtp": 587, "smtps": 465}
_REFUSED_FROM: Final = 500


class Smtp:
    """`ports.Mail` over a connection a letter.

    Where a password is spoken or the server offers it, the connection is encrypted; only a server on this
    very machine is spoken to in the clear.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Settings have been checked to name a server and an address."""
        self._clock = clock
        self._server = server_of(settings.smtp)
        self._address = settings.mail_from
        self._name = settings.mail_name or settings.brand_name
        self._host = urlsplit(settings.public_url).hostname or "localhost"

    async def send(self, letter: Letter) -> None:
        """Raises MailRefused, Unavailable."""
        message = self.compose(letter)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await aiosmtplib.send(
                    message,
                    sender=self._address,
                    recipients=[letter.to],
                    local_hostname=self._host,
                    timeout=PATIENCE_S,
                    **self._server,
                )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _failure(error.recipients[0].code) from error
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused) as error:
            raise Unavailable from error  # Of the settings, not of this letter.
        except aiosmtplib.SMTPDataError as error:
            raise _failure(error.code) from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError, UnicodeError) as error:
            raise Unavailable from error

    def compose(self, letter: Letter) -> EmailMessage:
        """The message with all its headers. Raises MailRefused for what can be no letter."""
        try:
            to = read_address(letter.to)
            message = EmailMessage(policy=email.policy.SMTP)
            local, _, domain = self._address.rpartition("@")
            message["From"] = Address(one_line(self._name), local, domain)
            message["To"] = Address("", *to.split("@"))
            message["Subject"] = one_line(letter.subject)
            message["Date"] = format_datetime(_instant(self._clock.now_ms()))
            message["Message-ID"] = one_line(letter.message_id)
            message["Auto-Submitted"] = "auto-generated"
            for name, value in letter.headers.items():
                message[name] = one_line(value)
            message.set_content(letter.text, cte="quoted-printable")
            message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        except (Invalid, ValueError, UnicodeError) as error:
            raise MailRefused from error
        return message


def one_line(text: str) -> str:
    """Text as it may stand in a header: no line breaks, no controls, and nothing that stands for some.

    `email` decodes encoded words even in what it is given as text, and would write out the line breaks in them.
    """
    kept = [" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text]
    return " ".join("".join(kept).split()).replace("=?", "= ?")


def server_of(url: str) -> dict[str, Any]:
    """How to reach the server of a setting."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    given: dict[str, Any] = {"hostname": host, "port": parts.port or PORTS[parts.scheme]}
    if parts.username:
        given["username"] = unquote(parts.username)
        given["password"] = unquote(parts.password or "")
    if parts.scheme == "smtps":
        return {**given, "use_tls": True}
    if is_loopback(host):
        return {**given, "start_tls": False}
    return {**given, "start_tls": True if parts.username else None}


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _instant(at_ms: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at_ms // 1000, tz=datetime.UTC)


def _failure(code: int) -> Exception:
    return MailRefused(str(code)) if code >= _REFUSED_FROM else Unavailable()
