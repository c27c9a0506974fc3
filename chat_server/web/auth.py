"""From what a request carries to who makes it. Whatever is wrong with a proof, the answer is the same."""

import ipaddress
from typing import Any, Final, NamedTuple

import jwt
from starlette.requests import HTTPConnection
from starlette.responses import Response

from chat_server.actions import market, sessions, visitors
from chat_server.actions.context import Context
from chat_server.domain.errors import NotAllowed, Unauthenticated
from chat_server.domain.ids import is_external
from chat_server.domain.people import STAFF, Actor, Role
from chat_server.domain.secrets import same_secret
from chat_server.settings import Settings

COOKIE: Final = "parley_session"
STAFF_COOKIE: Final = "parley_staff"
GUARD_HEADER: Final = "x-parley"
"""Writes with a cookie must carry it: no foreign page can send it without being asked by CORS first."""

MAX_LIFE_S: Final = 24 * 3600
SKEW_S: Final = 60
CUSTOMER_ROLES: Final = {"buyer": Role.BUYER, "seller": Role.SELLER}


class Identity(NamedTuple):
    """A proven caller, and when the proof was given."""

    actor: Actor
    proof_at: int
    merge: str = ""
    """The visitor whose conversation the marketplace lets this buyer take along, by his id."""


def check_api_key(settings: Settings, connection: HTTPConnection) -> None:
    """The marketplace's backend. Raises Unauthenticated. All keys are compared, so that time tells nothing."""
    given = _bearer(connection)
    matches = [same_secret(given, key) for key in settings.api_keys.values()]
    if not given or not any(matches):
        raise Unauthenticated


async def identify(ctx: Context, connection: HTTPConnection, *, writes: bool) -> Identity:
    """A customer or visitor, by token or by session. Raises Unauthenticated, NotAllowed (`csrf`)."""
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "visitor":
        return Identity(*await visitors.visitor_of(ctx, secret.strip()))
    if scheme:
        return await _by_token(ctx, _bearer(connection))
    cookie = connection.cookies.get(COOKIE)
    if not cookie:
        raise Unauthenticated
    actor, given_at = await sessions.session_of(ctx, cookie)
    if actor.role in STAFF:
        raise Unauthenticated
    if writes and not _same_site(ctx.settings, connection):
        raise NotAllowed("csrf")
    return Identity(actor, given_at)


async def identify_staff(
    ctx: Context, connection: HTTPConnection, *, writes: bool, supervisor: bool
) -> Identity:
    """An agent or supervisor, by his session. Raises Unauthenticated, NotAllowed (`csrf`, `supervisor`)."""
    cookie = connection.cookies.get(STAFF_COOKIE)
    if not cookie:
        raise Unauthenticated
    actor, given_at = await sessions.session_of(ctx, cookie)
    if actor.role not in STAFF:
        raise Unauthenticated
    if writes and not _same_site(ctx.settings, connection):
        raise NotAllowed("csrf")
    if supervisor and actor.role is not Role.SUPERVISOR:
        raise NotAllowed("supervisor")
    return Identity(actor, given_at)


def give_session(response: Response, settings: Settings, cookie: str, secret: str) -> None:
    """Signs a browser in: it holds the secret, and no script of a page reads it."""
    response.set_cookie(
        cookie,
        secret,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.cookie_secure,
        httponly=True,
        samesite="lax",
    )


def end_session(settings: Settings, cookie: str) -> Response:
    """Signs a browser out: the answer that takes the secret from it."""
    response = Response(status_code=204)
    response.delete_cookie(
        cookie, path="/", secure=settings.cookie_secure, httponly=True, samesite="lax"
    )
    return response


def _bearer(connection: HTTPConnection) -> str:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _same_site(settings: Settings, connection: HTTPConnection) -> bool:
    """Whether a write that a cookie vouches for comes from our own page."""
    headers = connection.headers
    if headers.get(GUARD_HEADER) != "1":
        return False
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin in own_origins(settings, connection)


def own_origins(settings: Settings, connection: HTTPConnection) -> set[str]:
    """Origins under which this server's own pages are known. The Host header has been checked before."""
    own = {settings.public_url}
    if not settings.base_url:
        own.add(
            f"{connection.url.scheme.replace('ws', 'http')}://{connection.headers.get('host', '')}"
        )
    return own


async def _by_token(ctx: Context, token: str) -> Identity:
    claims, key_id = read_token(ctx.settings, token, ctx.clock.now_ms())
    name, locale = _text(claims, "name", 200), _text(claims, "locale", 20)
    person = await market.person_of_token(
        ctx, claims["sub"], name, locale or ctx.settings.default_locale
    )
    issued = issued_at_ms(claims)
    if issued < person.not_before_ms:
        raise Unauthenticated
    role = CUSTOMER_ROLES[claims["role"]]
    actor = await sessions.actor_of(
        ctx, person, role, expires_at=claims["exp"] * 1000, key_id=key_id
    )
    return Identity(actor, issued, _text(claims, "merge", 16))


def read_token(settings: Settings, token: str, now_ms: int) -> tuple[dict[str, Any], str]:
    """The claims of a customer token, and the key that signed it. Raises Unauthenticated for all that is wrong.

    The algorithm is fixed here; `kid` is only looked up among the configured names.
    """
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
        secret = settings.jwt_keys.get(key_id) if isinstance(key_id, str) else None
        if secret is None or not isinstance(key_id, str):
            raise Unauthenticated
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            audience=settings.jwt_audience,
            issuer=settings.jwt_issuer,
            options={
                "require": ["exp", "iss", "aud", "sub"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError, AttributeError):
        raise Unauthenticated from None
    if not _believable(claims, settings, now_ms // 1000):
        raise Unauthenticated
    return claims, key_id


def _believable(claims: dict[str, Any], settings: Settings, now_s: int) -> bool:
    """Times against our own clock, which tests may set; kinds of values, which PyJWT leaves open."""
    subject, expires = claims["sub"], claims["exp"]
    if type(expires) is not int or not now_s - SKEW_S < expires <= now_s + MAX_LIFE_S + SKEW_S:
        return False
    for claim in ("iat", "nbf"):
        if claim in claims and (type(claims[claim]) is not int or claims[claim] > now_s + SKEW_S):
            return False
    role = claims.get("role")
    if claims["aud"] != settings.jwt_audience or type(role) is not str:
        return False
    return (
        role in CUSTOMER_ROLES
        and type(subject) is str
        and is_external(subject)
        and subject.isprintable()
    )


def issued_at_ms(claims: dict[str, Any]) -> int:
    """When a token was given. One without `iat` counts as old as its `exp` allows."""
    issued = claims.get("iat")
    return int(issued if issued is not None else claims["exp"] - MAX_LIFE_S) * 1000


def _text(claims: dict[str, Any], name: str, longest: int) -> str:
    value = claims.get(name)
    return value[:longest] if isinstance(value, str) and value.isprintable() else ""


def address_of(connection: HTTPConnection) -> str:
    """The peer's address; of IPv6 the /64, which is what one customer of a provider is given."""
    host = connection.client.host if connection.client is not None else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return host
