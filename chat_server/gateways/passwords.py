"""Passwords of staff: Argon2id. It takes a tenth of a second of a processor by design, so a few at most at once."""

import functools
from typing import Final

import anyio
import anyio.to_thread
import argon2

from chat_server.domain.passwords import MIN_LENGTH, weakness

AT_ONCE: Final = 2
"""Hashes under way: a flood of them waits in line, and nobody else for it."""

HASHER: Final = argon2.PasswordHasher()


def hash_password(password: str) -> str:
    """The encoded hash. Raises ValueError for a password that may not be used."""
    found = weakness(password)
    if found == "short":
        raise ValueError(f"A password has at least {MIN_LENGTH} characters.")
    if found:
        raise ValueError("This password is too long, or one that everybody tries first.")
    return HASHER.hash(password)


@functools.cache
def _hash_of_nobody(hasher: argon2.PasswordHasher) -> str:
    """What is verified where there is no hash; made once a process, before anybody signs in."""
    return hasher.hash("whoever this may be")


def _verify(encoded: str, password: str) -> bool:
    """As much work as the hash itself says."""
    try:
        return HASHER.verify(encoded, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


class Argon2:
    """`ports.Passwords`. How much work a hash is stands in the hasher."""

    def __init__(self, hasher: argon2.PasswordHasher = HASHER) -> None:
        self._hasher = hasher
        self._line = anyio.CapacityLimiter(AT_ONCE)
        self._nobody = _hash_of_nobody(hasher)
        self.verified = 0
        """How many were looked at, known or not."""

    async def hash(self, password: str) -> str:
        """The encoded hash of a password that may be used."""
        return await anyio.to_thread.run_sync(self._hasher.hash, password, limiter=self._line)

    def is_dated(self, encoded: str) -> bool:
        """Whether it was made with less work than is done today."""
        return self._hasher.check_needs_rehash(encoded)

    async def verify(self, encoded: str | None, password: str) -> bool:
        """Whether it is the one; without a hash the same work is done for nothing."""
        self.verified += 1
        right = await anyio.to_thread.run_sync(
            _verify, encoded or self._nobody, password, limiter=self._line
        )
        return right and encoded is not None
