"""Passwords of staff: Argon2id. It takes half a second by design, so callers keep it off the event loop."""

from typing import Final

import argon2

MIN_LENGTH: Final = 10
_hasher: Final = argon2.PasswordHasher()


def hash_password(password: str) -> str:
    """The encoded hash. Raises ValueError for a password that is too short."""
    if len(password) < MIN_LENGTH:
        raise ValueError(f"A password has at least {MIN_LENGTH} characters.")
    return _hasher.hash(password)
