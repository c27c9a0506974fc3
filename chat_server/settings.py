"""What an installation decides: a TOML file, then `PARLEY_*` variables; an unknown name in either is an error."""

import dataclasses
import difflib
import os
import tomllib
import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, get_args, get_origin
from urllib.parse import urlsplit

from chat_server.domain.colors import brand_fault
from chat_server.domain.hours import is_zone
from chat_server.domain.webhooks import key_of, read_network, url_fault

PREFIX: Final = "PARLEY_"
FILE_VARIABLE: Final = "PARLEY_SETTINGS"
MIN_KEY_BYTES: Final = 32
PLATFORM_VARIABLES: Final = frozenset(
    {FILE_VARIABLE, "PARLEY_TEST_POSTGRES_URL", "PARLEY_TEST_REDIS_URL"}
)
"""Names with our prefix that are no settings."""


class SettingsError(Exception):
    """A setting is missing, wrong or unknown. The text names it and says what to do."""


def _setting(
    doc: str,
    default: Any = dataclasses.MISSING,
    *,
    secret: bool = False,
    make: Callable[[], Any] | None = None,
) -> Any:
    extra: dict[str, Any] = {"repr": not secret, "metadata": {"doc": doc, "secret": secret}}
    if make is not None:
        return dataclasses.field(default_factory=make, **extra)
    return dataclasses.field(default=default, **extra)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its unit, its default and what it is for. Secrets are left out of repr."""

    # Where it runs.
    host: str = _setting("Address to listen on.", "127.0.0.1")
    port: int = _setting("Port to listen on; 0 takes a free one.", 8000)
    base_url: str = _setting(
        "Public address of this server, without a path; links that it gives begin with it. "
        "Empty: http://HOST:PORT.",
        "",
    )
    trusted_proxies: tuple[str, ...] = _setting(
        "Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.", ()
    )
    hosts: tuple[str, ...] = _setting(
        "Host names that requests may carry beside that of `base_url`. `*` takes all.", ()
    )
    origins: tuple[str, ...] = _setting(
        "Origins of the marketplace's pages, exactly (https://shop.example): they may embed the widget.",
        (),
    )
    picture_origins: tuple[str, ...] = _setting("Origins that product pictures may come from.", ())

    # What it stands on.
    store: str = _setting(
        "sqlite:///path/to/file or postgresql://user:password@host/database.",
        "sqlite:///parley.db",
        secret=True,
    )
    broker: str = _setting(
        "memory:// for one node, or redis://host:6379/0 for several.", "memory://", secret=True
    )
    photo_store: str = _setting("A folder, or s3://bucket/prefix.", "parley-photos", secret=True)
    s3_endpoint: str = _setting("Address of an S3 service that is not Amazon's.", "")
    s3_region: str = _setting("Region of the S3 bucket.", "us-east-1")
    s3_access_key: str = _setting(
        "Access key of the S3 bucket; empty: found as the AWS tools find it.", "", secret=True
    )
    s3_secret_key: str = _setting("Secret key of the S3 bucket.", "", secret=True)
    s3_allow_http: bool = _setting("Whether the S3 service may be spoken to without TLS.", False)

    # How it reaches people who are away.
    smtp: str = _setting(
        "Mail server: smtp://user:password@host:587, or smtps://... for TLS from the first byte. "
        "Empty: no mail is sent.",
        "",
        secret=True,
    )
    mail_from: str = _setting("Address that mail comes from.", "")
    mail_name: str = _setting("Name that mail comes from. Empty: `brand_name`.", "")
    marketplace_url: str = _setting(
        "Where a buyer reads his answers, as mails to him link to it. Empty: this server.", ""
    )

    # Who is believed.
    jwt_keys: Mapping[str, str] = _setting(
        "Signing keys of customer tokens by their `kid`: kid=secret,kid2=secret2; at least 32 bytes each.",
        make=dict,
        secret=True,
    )
    jwt_issuer: str = _setting("The `iss` that customer tokens must carry.", "marketplace")
    jwt_audience: str = _setting("The `aud` that customer tokens must carry.", "parley")
    api_keys: Mapping[str, str] = _setting(
        "Keys of the marketplace's backend by a name of your own: name=secret; at least 32 bytes each.",
        make=dict,
        secret=True,
    )
    session_hours: int = _setting(
        "How long a seller, agent or supervisor stays signed in, in hours.", 12
    )
    cookie_secure: bool = _setting(
        "Whether cookies are only sent over TLS. Turn off for plain http in a test.", True
    )

    zone: str = _setting(
        "Time zone of the marketplace: where its days begin, for ratings and figures.", "UTC"
    )

    # How it looks.
    brand_name: str = _setting(
        "Name of the marketplace, shown in the widget and the inbox.", "Parley"
    )
    brand_color: str = _setting(
        "Brand colour as #rrggbb; its contrast is checked at start.", "#0c6b58"
    )
    default_locale: str = _setting("Language for those who ask for none that there is.", "en")

    # How texts are translated.
    translator: str = _setting(
        "Who translates: google, deepl, microsoft, mymemory or libretranslate. Empty: nobody, and no text leaves.",
        "",
    )
    translator_url: str = _setting(
        "Address of LibreTranslate, without /translate; for the others, one to ask in the place of their own.",
        "",
    )
    translator_key: str = _setting("Key that the translator wants.", "", secret=True)
    translator_region: str = _setting("Region of a key of Microsoft's, where it has one.", "")
    translator_seconds: float = _setting("How long a translation may take.", 4.0)
    translator_threads: int = _setting("Translations that are asked for at once.", 4)

    # What the marketplace's backend is told.
    webhook_urls: Mapping[str, str] = _setting(
        "Where webhooks go, by a name of your own: name=url. They may lead into your own network.",
        make=dict,
        secret=True,
    )
    webhook_secrets: Mapping[str, str] = _setting(
        "What they are signed with, by the same names: name=whsec_... of 24 to 64 bytes in base64. While one is "
        "changed, the new and the old one with a space between.",
        make=dict,
        secret=True,
    )
    webhook_networks: tuple[str, ...] = _setting(
        "Networks such as 10.1.0.0/16 into which addresses typed in the console may lead, beside the internet.",
        (),
    )

    # How much is allowed.
    message_rate: float = _setting("Messages a person may send a second, in the long run.", 2.0)
    message_burst: int = _setting("Messages a person may send at once.", 30)
    frame_rate: float = _setting("Frames a connection may send a second, in the long run.", 20.0)
    frame_burst: int = _setting("Frames a connection may send at once.", 200)
    request_rate: float = _setting(
        "HTTP requests a person or an address may make a second, in the long run.", 20.0
    )
    request_burst: int = _setting("HTTP requests a person or an address may make at once.", 200)
    sockets_per_person: int = _setting("Open sockets of one person on one node.", 20)
    sockets_per_address: int = _setting("Open sockets of one address on one node.", 1000)
    photos_per_day: int = _setting("Photos that a person may upload in 24 hours.", 200)
    photo_bytes_per_day: int = _setting(
        "Bytes of photos that a person may upload in 24 hours.", 500 * 1024 * 1024
    )
    threads_per_hour: int = _setting(
        "Product and support threads that a person may open in an hour.", 60
    )
    visitors_per_hour: int = _setting(
        "People who are not signed in that may come from one address in an hour.", 60
    )

    # How it behaves.
    bot: bool = _setting(
        "Whether the bot answers support threads; without it they wait for a person at once.", True
    )
    agent_names: bool = _setting(
        "Whether customers see the names of agents. Without it an agent is support to them.", True
    )
    product_contacts: str = _setting(
        "Contact data in messages about a product, before its buyer has an order with the shop: off, warn (the sender "
        "is told), or mask (it is hidden, and he is told).",
        "off",
    )
    drain_seconds: float = _setting(
        "How long closing sockets is spread over at SIGTERM, up to 30.", 4.0
    )
    ping_seconds: float = _setting("How often a silent connection is pinged.", 25.0)
    pong_seconds: float = _setting("How long its answer may take.", 10.0)
    hello_seconds: float = _setting("How long a new connection may take to say who it is.", 10.0)
    photo_workers: int = _setting("Processes that re-encode photos.", 1)
    log_level: str = _setting("debug, info, warning or error.", "info")
    web_root: str = _setting(
        "Folder of the built web client; empty: the one beside the program.", ""
    )

    # Only under `parley demo`.
    demo: bool = _setting(
        "Serve the demo marketplace and its key. Set by `parley demo`, never by hand.", False
    )

    def __post_init__(self) -> None:
        """Raises SettingsError where values are out of range or do not go together."""
        for field, low, high in RANGES:
            value = getattr(self, field)
            if not low <= value <= high:
                raise SettingsError(
                    f"{field} must lie between {low:g} and {high:g}, and is {value:g}."
                )
        for field in ("jwt_keys", "api_keys"):
            for name, secret in getattr(self, field).items():
                if len(secret.encode()) < MIN_KEY_BYTES or len(set(secret)) < 8:
                    raise SettingsError(
                        f"{field}: the secret {name!r} is weak; take at least {MIN_KEY_BYTES} random bytes, "
                        'for instance from: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
                    )
        for origin in (*self.origins, *self.picture_origins):
            if not _is_origin(origin):
                raise SettingsError(f"{origin!r} is no origin; write it like https://shop.example")
        if self.base_url and not _is_origin(self.base_url):
            raise SettingsError(
                f"base_url: {self.base_url!r} is no origin; write it like https://chat.example"
            )
        if self.smtp and not (_is_smtp(self.smtp) and "@" in self.mail_from):
            raise SettingsError(
                "smtp must be written like smtp://user:password@host:587, and mail_from must be an address."
            )
        if self.marketplace_url and not self.marketplace_url.startswith(("https://", "http://")):
            raise SettingsError("marketplace_url must begin with https:// or http://.")
        if fault := _translator_fault(self):
            raise SettingsError(fault)
        if fault := _webhook_fault(self):
            raise SettingsError(fault)
        if fault := brand_fault(self.brand_color):
            raise SettingsError(BRAND_FAULTS[fault].format(self.brand_color))
        if not is_zone(self.zone):
            raise SettingsError(f"zone: {self.zone!r} is no time zone; write it like Europe/Berlin")
        if self.product_contacts not in PRODUCT_CONTACTS:
            raise SettingsError(
                f"product_contacts must be one of {', '.join(PRODUCT_CONTACTS)}, and is {self.product_contacts!r}."
            )
        if self.log_level not in LEVELS:
            raise SettingsError(
                f"log_level must be one of {', '.join(LEVELS)}, and is {self.log_level!r}."
            )

    def require_keys(self) -> None:
        """Raises SettingsError where nobody could be believed: a server must not start like that."""
        for field, what in (
            ("jwt_keys", "customer tokens"),
            ("api_keys", "the marketplace's backend"),
        ):
            if not getattr(self, field):
                raise SettingsError(
                    f"No secret is configured for {what}: set {PREFIX}{field.upper()} to name=secret "
                    f"with at least {MIN_KEY_BYTES} random bytes."
                )

    @property
    def public_url(self) -> str:
        """Where this server is reached, without a slash at the end."""
        return self.base_url or f"http://{self.host}:{self.port}"


BRAND_FAULTS: Final[Mapping[str, str]] = {
    "brand_color": "brand_color must be written like #0c6b58, in small letters, and is {!r}.",
    "brand_faint": "brand_color {!r} cannot be told from white; take a darker one.",
}
TRANSLATORS: Final = ("", "google", "deepl", "microsoft", "mymemory", "libretranslate")
PRODUCT_CONTACTS: Final = ("off", "warn", "mask")
LEVELS: Final = ("debug", "info", "warning", "error")
RANGES: Final[tuple[tuple[str, float, float], ...]] = (
    ("port", 0, 65535),
    ("session_hours", 1, 720),
    ("message_rate", 0.01, 1e6),
    ("message_burst", 1, 1e6),
    ("frame_rate", 0.1, 1e6),
    ("frame_burst", 1, 1e6),
    ("request_rate", 0.1, 1e6),
    ("request_burst", 1, 1e6),
    ("sockets_per_person", 1, 1e6),
    ("sockets_per_address", 1, 1e6),
    ("photos_per_day", 0, 1e6),
    ("photo_bytes_per_day", 0, 1e13),
    ("threads_per_hour", 1, 1e6),
    ("visitors_per_hour", 1, 1e6),
    ("drain_seconds", 0, 30),
    ("ping_seconds", 0.1, 300),
    ("pong_seconds", 0.1, 300),
    ("hello_seconds", 0.1, 60),
    ("photo_workers", 1, 16),
    ("translator_seconds", 0.1, 30),
    ("translator_threads", 1, 32),
)


def _is_origin(text: str) -> bool:
    scheme, _, rest = text.partition("://")
    return scheme in ("http", "https") and bool(rest) and not set(rest) & set("/?#@*\\ ")


def _translator_fault(settings: Settings) -> str:
    """What is wrong with the translator's settings, as a sentence; empty where nothing is."""
    name, url = settings.translator, settings.translator_url
    if name not in TRANSLATORS:
        return f"translator must be empty or one of {', '.join(TRANSLATORS[1:])}, and is {name!r}."
    if url and not url.startswith(("https://", "http://")):
        return "translator_url must begin with https:// or http://."
    if name == "libretranslate" and not url:
        return "translator_url must say where LibreTranslate is."
    if name in ("deepl", "microsoft") and not settings.translator_key:
        return f"translator_key must hold a key of {name}."
    return ""


def _webhook_fault(settings: Settings) -> str:
    """What is wrong with the webhooks' settings, as a sentence; empty where nothing is."""
    for name, url in settings.webhook_urls.items():
        if url_fault(url):
            return f"webhook_urls: what {name!r} stands for is no address; write it like https://shop.example/hooks"
    for name in settings.webhook_urls.keys() ^ settings.webhook_secrets.keys():
        return f"webhook_urls and webhook_secrets must have the same names, and {name!r} is in one of them only."
    for name, secrets in settings.webhook_secrets.items():
        if not secrets.split() or any(key_of(secret) is None for secret in secrets.split()):
            return (
                f"webhook_secrets: the secret {name!r} must be whsec_ and 24 to 64 random bytes in base64, "
                "for instance from: python3 -c \"import base64, secrets; print('whsec_' + "
                'base64.b64encode(secrets.token_bytes(32)).decode())"'
            )
    for network in settings.webhook_networks:
        if read_network(network) is None:
            return f"webhook_networks: {network!r} is no network; write it like 10.1.0.0/16"
    return ""


def _is_smtp(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def load_settings(
    environ: Mapping[str, str] | None = None, *, file: Path | None = None, **overrides: Any
) -> Settings:
    """Reads the file (argument, else `PARLEY_SETTINGS`), then the variables, then the overrides.

    Raises SettingsError with a sentence that names the setting and where it stands.
    """
    environ = os.environ if environ is None else environ
    if file is None and environ.get(FILE_VARIABLE):
        file = Path(environ[FILE_VARIABLE])
    values = {**_from_file(file), **_from_environ(environ), **overrides}
    return Settings(**values)


def _from_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error.strerror}."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The settings file {file} is not TOML: {error}.") from error
    kinds = _kinds()
    values = {}
    for name, value in table.items():
        if name not in kinds:
            raise SettingsError(f"{file}: {_unknown(name, kinds)}")
        values[name] = _from_toml(f"{file}: {name}", value, kinds[name])
    return values


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    kinds = _kinds()
    values = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable in PLATFORM_VARIABLES:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in kinds:
            raise SettingsError(_unknown(variable, [PREFIX + kind.upper() for kind in kinds]))
        values[name] = _from_text(variable, text, kinds[name])
    return values


def _kinds() -> dict[str, Any]:
    hints = typing.get_type_hints(Settings)
    return {
        field.name: hints[field.name]
        for field in dataclasses.fields(Settings)
        if field.name != "demo"
    }


def _unknown(name: str, known: typing.Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"{name} is no setting of Parley." + (f" Did you mean {near[0]}?" if near else "")


def _from_toml(where: str, value: object, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin is tuple and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if origin is not None and origin is not tuple and isinstance(value, dict):
        return types.MappingProxyType({str(k): str(v) for k, v in value.items()})
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise SettingsError(f"{where} must be {_spoken(kind)}.")


def _from_text(where: str, text: str, kind: Any) -> Any:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                text.lower()
            ]
        if kind in (int, float, str):
            return kind(text)
        if get_origin(kind) is tuple:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        pairs = [part.partition("=") for part in text.split(",") if part.strip()]
        if any(not name.strip() or not secret for name, _, secret in pairs):
            raise ValueError
        return types.MappingProxyType({name.strip(): secret for name, _, secret in pairs})
    except (KeyError, ValueError):
        raise SettingsError(f"{where} must be {_spoken(kind)}.") from None


def _spoken(kind: Any) -> str:
    simple = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
    if kind in simple:
        return simple[kind]
    names = (
        "a list of texts"
        if get_origin(kind) is tuple or tuple in get_args(kind)
        else "name=secret pairs"
    )
    return f"{names}, separated by commas"
