"""Where a Redis is: its URL taken apart. Nothing is connected here."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from typing_extensions import override

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 6379


@dataclass(frozen=True, slots=True)
class Address:
    """`path` is that of a unix socket, and empty otherwise. The password shows in no repr."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    path: str = ""
    tls: bool = False
    db: int = 0
    user: str = "default"
    password: str = field(default="", repr=False)

    @override
    def __str__(self) -> str:
        return self.path or f"{self.host}:{self.port}"


def read_address(url: str) -> Address:
    """`redis://[[user]:password@]host[:port][/db]`, the same with `rediss` (TLS), `unix://[...]/path[?db=1]`.

    Raises ValueError, whose text never repeats the URL: there may be a password in it.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("redis", "rediss", "unix"):
        raise ValueError("a Redis URL begins with redis://, rediss:// or unix://")
    try:
        port = parts.port or DEFAULT_PORT
        db = int(_db(parts) or 0)
    except ValueError:
        raise ValueError("port and database of a Redis URL are numbers") from None
    is_socket = parts.scheme == "unix"
    if is_socket and not parts.path:
        raise ValueError("a unix:// URL of Redis needs the path of its socket")
    return Address(
        host=parts.hostname or DEFAULT_HOST,
        port=port,
        path=unquote(parts.path) if is_socket else "",
        tls=parts.scheme == "rediss",
        db=db,
        user=unquote(parts.username or "") or "default",
        password=unquote(parts.password or ""),
    )


def _db(parts: SplitResult) -> str:
    asked = parse_qs(parts.query).get("db")
    if asked:
        return asked[0]
    return "" if parts.scheme == "unix" else parts.path.strip("/")
