"""Who is connected, by connection: a plain register in memory.

What other nodes know is not here.
"""


class Roll:
    """Tokens of open connections by subject. As large as the number of open connections."""

    def __init__(self) -> None:
        self._tokens: dict[str, set[str]] = {}

    def arrive(self, subject: str, token: str) -> bool:
        """True where the subject had no connection before."""
        tokens = self._tokens.get(subject)
        if tokens is None:
            self._tokens[subject] = {token}
            return True
        tokens.add(token)
        return False

    def leave(self, subject: str, token: str) -> bool:
        """True where this was the subject's last one. An unknown token changes nothing."""
        tokens = self._tokens.get(subject)
        if tokens is None or token not in tokens:
            return False
        tokens.discard(token)
        if tokens:
            return False
        del self._tokens[subject]
        return True

    def __contains__(self, subject: str) -> bool:
        return subject in self._tokens

    def __len__(self) -> int:
        return len(self._tokens)

    def subjects(self) -> list[str]:
        """Everyone who is here now."""
        return list(self._tokens)

    def entries(self) -> list[tuple[str, str]]:
        """Every subject and token."""
        return [(subject, token) for subject, tokens in self._tokens.items() for token in tokens]
