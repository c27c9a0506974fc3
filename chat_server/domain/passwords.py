"""What a password of staff must be: long enough, and none of those that everybody tries first."""

from typing import Final

MIN_LENGTH: Final = 10
MAX_LENGTH: Final = 200

_STEMS: Final = (
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "iloveyou",
    "welcome", "letmein", "admin", "administrator", "supervisor", "support", "football", "baseball", "princess",
    "sunshine", "superman", "dragon", "monkey", "master", "trustno1", "starwars", "whatever", "computer",
    "internet", "michael", "jennifer", "changeme", "secret", "parley", "marketplace", "1q2w3e4r", "qazwsx",
    "abc123", "abcdef", "пароль", "йцукен", "любовь", "привет", "parola", "contrasena", "hola",
)  # fmt: skip
_TAILS: Final = (
    "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "!", "1!",
    "123!", "01", "007", "111", "321", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027",
)  # fmt: skip
COMMON: Final = (
    frozenset(
        word
        for stem in _STEMS
        for tail in _TAILS
        for word in (stem + tail, tail + stem, stem + stem + tail)
    )
    | {
        letter * length
        for letter in "0123456789abcdefghijklmnopqrstuvwxyz"
        for length in range(10, 33)
    }
    | {("1234567890" * 4)[:length] for length in range(10, 33)}
    | {("9876543210" * 4)[:length] for length in range(10, 33)}
)
"""In lower case: well over a thousand of the kind that lists of stolen passwords begin with."""


def weakness(password: str) -> str:
    """Why a password may not be used: `short`, `long`, `common`; empty where it may."""
    if len(password) < MIN_LENGTH:
        return "short"
    if len(password) > MAX_LENGTH:
        return "long"
    return "common" if password.lower().strip() in COMMON else ""
