"""Names by which somebody is found at a messenger or in a network."""

import re
from collections.abc import Iterator
from typing import Final

from chat_server.domain.finders.findings import Found, Kind
from chat_server.domain.finders.folded import Folded, latin_reading
from chat_server.domain.finders.tokens import Sign, Token, is_tight
from chat_server.domain.finders.word_lists import Lists

_NICK: Final = re.compile(r"(?=[\w.]*[^\W\d_])[\w.]{3,40}")
_LATIN_NICK: Final = re.compile(r"(?=[0-9_.]*[a-z])[a-z0-9_.]{4,40}")
_TELLING: Final = re.compile(r"[^\W\d_][\w.]*[\d_.]|_[^\W\d_]")
"""What ordinary words have not: a digit, a dot or a line inside."""

_BETWEEN: Final = frozenset(":-—–=,(\"'«")
_REACH: Final = 7
"""How far behind the messenger its name may stand."""


def find_handles(folded: Folded, tokens: list[Token], lists: Lists) -> Iterator[Found]:
    """`@name`, and names that stand beside the name of a messenger."""
    for place, token in enumerate(tokens):
        if token.text == "@" and not token.said:
            yield from _at_name(folded, tokens, place)
        elif token.sign is Sign.WORD and token.text in lists.messengers:
            messenger = lists.messengers[token.text]
            span = _behind(tokens, place, lists) or _before(tokens, place, lists)
            if span is not None:
                yield Found(Kind.HANDLE, *folded.span(*span), messenger)


def _at_name(folded: Folded, tokens: list[Token], at: int) -> Iterator[Found]:
    if at + 1 >= len(tokens) or not is_tight(tokens[at], tokens[at + 1]):
        return
    if at and is_tight(tokens[at - 1], tokens[at]) and tokens[at - 1].sign is Sign.WORD:
        return
    nick, last = _nick(tokens, at + 1)
    if _NICK.fullmatch(nick):
        yield Found(Kind.HANDLE, *folded.span(tokens[at].start, tokens[last - 1].end), "@")


def _nick(tokens: list[Token], place: int) -> tuple[str, int]:
    """The word that begins here with the dots inside it, and where it ends."""
    nick, last = tokens[place].text, place + 1
    while (
        last + 1 < len(tokens)
        and last - place < 8
        and tokens[last].text == "."
        and tokens[last + 1].sign is Sign.WORD
        and is_tight(tokens[last - 1], tokens[last])
        and is_tight(tokens[last], tokens[last + 1])
    ):
        nick += "." + tokens[last + 1].text
        last += 2
    return latin_reading(nick), last


def _behind(tokens: list[Token], messenger: int, lists: Lists) -> tuple[int, int] | None:
    """`telegram: my nick is name`."""
    named = colon = False
    for place in range(messenger + 1, min(messenger + 1 + _REACH, len(tokens))):
        token = tokens[place]
        if token.sign is not Sign.WORD:
            if token.text not in _BETWEEN:
                return None
            colon = colon or token.text in ":=-—–"
            continue
        nick, last = _nick(tokens, place)
        if token.text in lists.nick_cues:
            named = True
        elif _LATIN_NICK.fullmatch(nick) and nick not in lists.handle_fillers:
            alone = last >= len(tokens) or tokens[last].sign is not Sign.WORD
            if _TELLING.search(nick) or named or (colon and alone and len(nick) >= 5):
                return token.start, tokens[last - 1].end
            return None
        elif token.text not in lists.handle_fillers and token.text not in lists.messengers:
            return None
    return None


def _before(tokens: list[Token], messenger: int, lists: Lists) -> tuple[int, int] | None:
    """`anna_shop in telegram`: only a name that is no ordinary word."""
    for place in range(messenger - 1, max(messenger - 3, -1), -1):
        token = tokens[place]
        nick = latin_reading(token.text)
        if _LATIN_NICK.fullmatch(nick) and _TELLING.search(nick) and not nick[0].isdigit():
            return token.start, token.end
        if token.text not in lists.handle_fillers and token.text not in _BETWEEN:
            return None
    return None
