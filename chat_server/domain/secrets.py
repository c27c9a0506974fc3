"""How secrets are kept and compared; where their randomness comes from is not known here."""

import hashlib
import hmac


def secret_hash(secret: str) -> bytes:
    """What is stored in place of a secret of 128 random bits or more: SHA-256 needs no salt for such."""
    return hashlib.sha256(secret.encode()).digest()


def same_secret(one: str, other: str) -> bool:
    """Compares in a time that tells nothing; the only place where secrets are compared."""
    return hmac.compare_digest(one.encode(), other.encode())
