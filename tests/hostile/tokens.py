"""Tokens that prove nothing: forged, run out, confused and malformed. Each must be refused, and all alike."""

import base64
import json
from collections.abc import Callable
from typing import Any, Final

import jwt

from tests.api.harness import JWT_KEY, OTHER_JWT_KEY
from tests.factories import Customer, sign

Make = Callable[[Customer], str]
PUBLIC_KEY: Final = (
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----"
)
DAY_S: Final = 24 * 3600
HEADER: Final = {"alg": "HS256", "kid": "one"}


def b64(raw: bytes) -> str:
    """As parts of a token are written."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw_token(header: object, payload: object, key: str = JWT_KEY) -> str:
    """A token with whatever JSON stands in its parts, rightly signed."""
    parts = [
        b64(part if isinstance(part, bytes) else json.dumps(part).encode())
        for part in (header, payload)
    ]
    signer = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    message = ".".join(parts).encode()
    return f"{message.decode()}.{b64(signer.sign(message, key.encode()))}"


def changed(**changes: Any) -> Make:
    """Rightly signed, but the claims are others; None leaves one out."""
    return lambda who: raw_token(HEADER, who.claims(**changes))


def shifted(**seconds: int) -> Make:
    """Rightly signed, with claims so many seconds from now."""

    def make(who: Customer) -> str:
        now = who.parley.clock.now_ms() // 1000
        return sign(who.claims(**{name: now + by for name, by in seconds.items()}))

    return make


def with_header(**header: Any) -> Make:
    """Rightly signed claims under another header."""
    return lambda who: raw_token(
        {"alg": "HS256", "typ": "JWT", "kid": "one", **header}, who.claims()
    )


def with_kid(kid: object) -> Make:
    """Signed with our own key, whose name is said to be this."""
    return with_header(kid=kid)


def unsigned(algorithm: str) -> Make:
    """No signature, and a header that says that none is needed."""

    def make(who: Customer) -> str:
        header = {"alg": algorithm, "typ": "JWT", "kid": "one"}
        return f"{b64(json.dumps(header).encode())}.{b64(json.dumps(who.claims()).encode())}."

    return make


def spoiled(place: int, part: str) -> Make:
    """A good token, one part of which is replaced."""

    def make(who: Customer) -> str:
        parts = who.token().split(".")
        parts[place] = part
        return ".".join(parts)

    return make


def signed_for_another(who: Customer) -> str:
    """The claims of one token under the signature of another."""
    head, _, signature = who.token().split(".")
    return f"{head}.{b64(json.dumps(who.claims(sub='somebody-else')).encode())}.{signature}"


def text(value: str) -> Make:
    """Not a token at all."""
    return lambda _: value


HEADERS: Final[dict[str, Make]] = {
    "alg none": unsigned("none"),
    "alg None": unsigned("None"),
    "alg NONE": unsigned("NONE"),
    "alg empty": unsigned(""),
    "alg HS512": lambda w: sign(w.claims(), key=JWT_KEY * 2, algorithm="HS512"),
    "alg HS384": lambda w: sign(w.claims(), key=JWT_KEY * 2, algorithm="HS384"),
    "alg RS256 said, HS256 made": with_header(alg="RS256"),
    "alg ES256 said, HS256 made": with_header(alg="ES256"),
    "alg missing": lambda w: raw_token({"typ": "JWT", "kid": "one"}, w.claims()),
    "alg a number": with_header(alg=256),
    "alg a list": with_header(alg=["HS256"]),
    "alg hs256": with_header(alg="hs256"),
    "kid missing": lambda w: raw_token({"alg": "HS256"}, w.claims()),
    "kid of another key": lambda w: sign(w.claims(), key=JWT_KEY, kid="two"),
    "kid unknown": with_kid("three"),
    "kid a path": with_kid("../../../../dev/null"),
    "kid an absolute path": with_kid("/etc/hostname"),
    "kid SQL": with_kid("one' UNION SELECT 'x' --"),
    "kid a URL": with_kid("http://127.0.0.1:9/keys.json"),
    "kid empty": with_kid(""),
    "kid NUL": with_kid("one\x00"),
    "kid a list": with_kid(["one"]),
    "kid an object": with_kid({"one": "one"}),
    "kid a number": with_kid(1),
    "kid null": with_kid(None),
    "kid true": with_kid(True),
    "jku": lambda w: raw_token(
        {"alg": "HS256", "jku": "http://127.0.0.1:9/jwks", "kid": "jku"}, w.claims()
    ),
    "jwk with a key of its own": lambda w: raw_token(
        {"alg": "HS256", "kid": "own", "jwk": {"kty": "oct", "k": b64(b"k" * 32)}},
        w.claims(),
        "k" * 32,
    ),
    "x5u": lambda w: raw_token(
        {"alg": "HS256", "x5u": "http://127.0.0.1:9/", "kid": "x"}, w.claims()
    ),
    "crit": with_header(crit=["exp"]),
    "header a list": lambda w: raw_token(["HS256"], w.claims()),
    "header a text": lambda w: raw_token("HS256", w.claims()),
    "header deeply nested": lambda w: raw_token(b"[" * 5000, w.claims()),
}

SIGNATURES: Final[dict[str, Make]] = {
    "signed with another key": lambda w: sign(w.claims(), key="k" * 16 + "not-our-key-at-all"),
    "signed with the kid": lambda w: sign(w.claims(), key="one-one-one-one-one-one-one-one-"),
    "signed with a public key": lambda w: raw_token(HEADER, w.claims(), PUBLIC_KEY),
    "signed with a blank key": lambda w: raw_token(HEADER, w.claims(), " "),
    "our other key, its own name spoiled": lambda w: sign(
        w.claims(), key=OTHER_JWT_KEY, kid="two "
    ),
    "signature missing": spoiled(2, ""),
    "signature of zeros": spoiled(2, b64(bytes(32))),
    "signature cut": lambda w: w.token()[:-4],
    "signature not base64": spoiled(2, "%%%%"),
    "signature of another token": signed_for_another,
    "payload missing": spoiled(1, ""),
    "payload not base64": spoiled(1, "****"),
    "header missing": spoiled(0, ""),
}

CLAIMS: Final[dict[str, Make]] = {
    "exp missing": changed(exp=None),
    "exp past": shifted(exp=-61),
    "exp long past": shifted(exp=-10 * DAY_S),
    "exp too far": shifted(exp=DAY_S + 61),
    "exp for ever": changed(exp=2**62),
    "exp negative": changed(exp=-1),
    "exp zero": changed(exp=0),
    "exp a text": changed(exp="2000000000"),
    "exp a float": changed(exp=1_800_000_600.5),
    "exp true": changed(exp=True),
    "exp a list": changed(exp=[1_800_000_600]),
    "exp an object": changed(exp={}),
    "exp huge": lambda w: raw_token(
        HEADER,
        json.dumps({**w.claims(), "exp": 0}).replace('"exp": 0', '"exp": 1e400').encode(),
    ),
    "iat ahead": shifted(iat=61),
    "iat a text": changed(iat="now"),
    "iat a float": changed(iat=1.5),
    "iat true": changed(iat=True),
    "iat an object": changed(iat={}),
    "nbf ahead": shifted(nbf=61),
    "nbf a text": changed(nbf="later"),
    "nbf true": changed(nbf=True),
    "iss missing": changed(iss=None),
    "iss another": changed(iss="evil"),
    "iss a list": changed(iss=["marketplace"]),
    "iss a number": changed(iss=1),
    "aud missing": changed(aud=None),
    "aud another": changed(aud="console"),
    "aud ours among others": changed(aud=["parley", "console"]),
    "aud a list of ours": changed(aud=["parley"]),
    "aud a number": changed(aud=1),
    "aud an object": changed(aud={"parley": 1}),
    "aud a longer name": changed(aud="parley2"),
    "role missing": changed(role=None),
    "role agent": changed(role="agent"),
    "role supervisor": changed(role="supervisor"),
    "role backend": changed(role="backend"),
    "role system": changed(role="system"),
    "role visitor": changed(role="visitor"),
    "role in capitals": changed(role="BUYER"),
    "role empty": changed(role=""),
    "role a list": changed(role=["buyer"]),
    "role an object": changed(role={"buyer": True}),
    "role a number": changed(role=1),
    "role true": changed(role=True),
    "sub missing": changed(sub=None),
    "sub empty": changed(sub=""),
    "sub a number": changed(sub=7),
    "sub a list": changed(sub=["ana"]),
    "sub an object": changed(sub={}),
    "sub too long": changed(sub="a" * 129),
    "sub with NUL": changed(sub="ana\x00"),
    "sub with a line break": changed(sub="ana\r\nrole: seller"),
    "sub with a space": changed(sub="ana maria"),
    "sub half a character": changed(sub="ana\ud800"),
    "sub turned around": changed(sub="\u202eana"),
    "sub with a slash": changed(sub="../admin"),
    "claims a list": lambda _: raw_token(HEADER, ["ana"]),
    "claims a text": lambda _: raw_token(HEADER, "ana"),
    "claims null": lambda _: raw_token(HEADER, None),
    "claims not JSON": lambda _: raw_token(HEADER, b"{sub:ana}"),
    "claims not UTF-8": lambda _: raw_token(HEADER, b'{"sub":"\xff\xfe"}'),
    "claims deeply nested": lambda _: raw_token(HEADER, b"[" * 5000),
}

TEXTS: Final[dict[str, Make]] = {
    "empty": text(""),
    "a dot": text("."),
    "two dots": text(".."),
    "three dots": text("..."),
    "four parts": lambda w: w.token() + ".extra",
    "five parts, as if encrypted": text("e30.e30.e30.e30.e30"),
    "a word": text("token"),
    "an id": lambda w: w.id,
    "the person's key": lambda w: w.key,
    "very long": text("a" * 20_000),
    "a token twice": lambda w: f"{w.token()} {w.token()}",
    "a token with a comma": lambda w: f"{w.token()},{w.token()}",
    "a token in quotes": lambda w: f'"{w.token()}"',
    "null": text("null"),
    "undefined": text("undefined"),
    "a backend's key": text("api-key-0123456789-abcdefghijklmnop"),
    "the signing key": text(JWT_KEY),
    "Latin letters above ASCII": text("ÿþ.ÿ.ÿ"),
}

CORPUS: Final = {**HEADERS, **SIGNATURES, **CLAIMS, **TEXTS}
