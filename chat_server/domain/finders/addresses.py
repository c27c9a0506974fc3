"""Addresses of mail and of sites, as they are written and as they are said."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from chat_server.domain.finders.findings import Found, Kind
from chat_server.domain.finders.folded import Folded, latin_reading
from chat_server.domain.finders.tokens import Sign, Token, is_tight
from chat_server.domain.finders.word_lists import Lists

_ENDINGS: Final = """
com net org info biz edu gov mobi name pro dev app xyz top shop store online site club website space market sale
link click live blog tech cloud page world fun vip example test
ru su md ua by kz uz am ge ro eu uk es mx ar cl co pe cat de fr it pt pl cz bg gr tr hu nl ch at us ca cn in io ai
tv cc ly gl gg to is me im рф ру ком мд ро су укр бел орг нет сом
"""
ENDINGS: Final = frozenset(_ENDINGS.split())
"""Endings of names that are sites to people of this marketplace."""

_WORDS_TOO: Final = "es de me it in is to at us am im by pe co cat pro name нет"
WORDS_TOO: Final = frozenset(_WORDS_TOO.split())
"""Endings that are also words: after a full stop without a space they prove nothing by themselves."""

_PROVIDERS: Final = """
gmail yandex яндекс mail hotmail outlook yahoo icloud proton protonmail rambler inbox bk gmx ukr гмаил гмейл гмайл
"""
PROVIDERS: Final = frozenset(_PROVIDERS.split())
"""Houses of mail that are named without their ending."""

MESSENGER_SITES: Final = {
    "t.me": "telegram",
    "telegram.me": "telegram",
    "wa.me": "whatsapp",
    "whatsapp.com": "whatsapp",
    "m.me": "messenger",
    "vk.me": "vk",
    "discord.gg": "discord",
    "signal.me": "signal",
    "viber.click": "viber",
    "line.me": "line",
}
_SCHEME: Final = re.compile(r"\b(?:h[tx]{2}ps?|ftp)\s?:\s?/\s?/\s?\S{1,300}")
_TAIL: Final = re.compile(r"(?::\d{1,5})?[/?#]\S{0,300}")
_BEHIND: Final = ").,;:!?\"'»>]*"
"""Signs at the end of a link that belong to the sentence."""

_LOCAL: Final = re.compile(r"[\w.%+-]+")
_NAME: Final = re.compile(r"(?=[\w-]*[^\W\d_])[^\W_](?:[^\W_]|-)+")
_PARTS: Final = 6
_SPELLED: Final = 40
"""Letters with spaces between them are put together up to here."""


class Chain(NamedTuple):
    """A name with dots in it: its labels, and the tokens that it takes, the last one not included."""

    labels: list[str]
    first: int
    last: int
    said: bool


def find_sites(folded: Folded, tokens: list[Token], lists: Lists) -> Iterator[Found]:
    """Links, and the pages of messengers."""
    for match in _SCHEME.finditer(folded.text):
        link = match.group().rstrip(_BEHIND)
        yield Found(Kind.LINK, *folded.span(match.start(), match.start() + len(link)), "plain")
    place = 0
    while place < len(tokens):
        if tokens[place].sign is not Sign.WORD or not _dot_joins(tokens, place + 1):
            place += 1
            continue
        chain = _chain(tokens, place)
        yield from _site(folded, tokens, chain, lists)
        place = chain.last


def _site(folded: Folded, tokens: list[Token], chain: Chain, lists: Lists) -> Iterator[Found]:
    chain = _up_to_ending(chain)
    end = tokens[chain.last - 1].end
    tail = _TAIL.match(folded.text, end)
    if tail is not None:
        end += len(tail.group().rstrip(_BEHIND))
    host = ".".join(chain.labels)
    start = tokens[chain.first].start
    for site, messenger in MESSENGER_SITES.items():
        if (host == site or host.endswith(f".{site}")) and tail is not None:
            yield Found(Kind.HANDLE, *folded.span(start, end), messenger)
            return
    if chain.labels[0] == "www" or _is_site(tokens, chain, lists, has_tail=tail is not None):
        yield Found(Kind.LINK, *folded.span(start, end), "said" if chain.said else "plain")


def _is_site(tokens: list[Token], chain: Chain, lists: Lists, *, has_tail: bool) -> bool:
    *labels, ending = chain.labels
    if ending not in ENDINGS or not labels or not _NAME.fullmatch(labels[-1]):
        return False
    loose = chain.said or not is_tight(tokens[chain.last - 2], tokens[chain.last - 1])
    if loose and labels[-1] in lists.never_labels:
        return False
    if ending not in WORDS_TOO or has_tail or len(labels) > 1:
        return True
    before = tokens[chain.first - 1].text if chain.first else ""
    ends = chain.last >= len(tokens) or tokens[chain.last].sign is not Sign.WORD
    marked = any(letter.isdigit() or letter == "-" for letter in labels[-1])
    return marked or before in lists.site_cues or (loose and ends)


def _up_to_ending(chain: Chain) -> Chain:
    """The chain without what hangs on behind its last ending: `shop.com.Thanks`."""
    for count in range(len(chain.labels), 1, -1):
        if chain.labels[count - 1] in ENDINGS:
            return Chain(chain.labels[:count], chain.first, chain.first + 2 * count - 1, chain.said)
    return chain


def _chain(tokens: list[Token], place: int) -> Chain:
    """The longest name with dots that begins here."""
    labels, last, said = [_label(tokens[place].text)], place + 1, False
    while len(labels) < _PARTS and _dot_joins(tokens, last):
        labels.append(_label(tokens[last + 1].text))
        said = said or tokens[last].said
        last += 2
    return Chain(labels, place, last, said)


def _dot_joins(tokens: list[Token], dot: int) -> bool:
    """Whether a dot stands here that joins the words on both sides: tight, or apart from both."""
    if dot + 1 >= len(tokens) or tokens[dot].sign is not Sign.DOT:
        return False
    if tokens[dot + 1].sign is not Sign.WORD:
        return False
    before = is_tight(tokens[dot - 1], tokens[dot])
    after = is_tight(tokens[dot], tokens[dot + 1])
    if tokens[dot].said:
        return True
    return before == after and (before or _label(tokens[dot + 1].text) in ENDINGS)


def _label(text: str) -> str:
    """A label as it is looked up: in one script where letters of several were mixed."""
    mixed = not text.isascii() and any("a" <= letter <= "z" for letter in text)
    return latin_reading(text) if mixed else text


def find_mail(folded: Folded, tokens: list[Token]) -> Iterator[Found]:
    """Addresses of mail."""
    for place, token in enumerate(tokens):
        if token.sign is Sign.AT and 0 < place < len(tokens) - 1:
            first, last, labels = _local(tokens, place), *_host(tokens, place)
            if first is not None and _is_host(labels, tokens, place):
                reason = "said" if any(t.said for t in tokens[first:last]) else "plain"
                span = folded.span(tokens[first].start, tokens[last - 1].end)
                yield Found(Kind.EMAIL, *span, reason)


def _local(tokens: list[Token], at: int) -> int | None:
    """Where the part before `@` begins."""
    first = at - 1
    if tokens[first].sign is not Sign.WORD or not _LOCAL.fullmatch(tokens[first].text):
        return None
    while (
        first > 0
        and at - first < _SPELLED
        and len(tokens[first].text) == 1
        and len(tokens[first - 1].text) == 1
        and tokens[first - 1].sign in {Sign.WORD, Sign.DOT}
    ):
        first -= 1
    for _ in range(_PARTS):
        if first < 2 or not _dot_joins_left(tokens, first - 1):
            break
        first -= 2
    return first


def _dot_joins_left(tokens: list[Token], dot: int) -> bool:
    if tokens[dot].sign is not Sign.DOT or tokens[dot - 1].sign is not Sign.WORD:
        return False
    tight = is_tight(tokens[dot - 1], tokens[dot]) and is_tight(tokens[dot], tokens[dot + 1])
    return tight or tokens[dot].said


def _host(tokens: list[Token], at: int) -> tuple[int, list[str]]:
    """Where the part behind `@` ends, and its labels, put together where they were spelled."""
    labels, place = [""], at + 1
    while place < len(tokens) and place - at < _SPELLED:
        token = tokens[place]
        if token.sign is Sign.WORD:
            spelled = len(token.text) == 1 and len(tokens[place - 1].text) == 1
            if labels[-1] and not spelled:
                break
            labels[-1] += _label(token.text)
        elif token.sign is Sign.DOT and labels[-1] and len(labels) < _PARTS:
            spelled = len(tokens[place - 1].text) == 1
            if not (_dot_joins(tokens, place) or (spelled and place + 1 < len(tokens))):
                break
            labels.append("")
        else:
            break
        place += 1
    if labels[-1] in PROVIDERS and place < len(tokens) and tokens[place].text in ENDINGS:
        return place + 1, [*labels, tokens[place].text]
    return place, [label for label in labels if label]


def _is_host(labels: list[str], tokens: list[Token], at: int) -> bool:
    if not labels:
        return False
    token = tokens[at]
    if len(labels) == 1:
        return labels[0] in PROVIDERS and (token.sure or labels[0] not in {"mail", "inbox"})
    if labels[-1] in ENDINGS:
        if token.sure or labels[0] in PROVIDERS:
            return True
        return tokens[at + 2].said and labels[-1] not in WORDS_TOO
    tight = is_tight(tokens[at - 1], token) and is_tight(token, tokens[at + 1])
    return tight and not token.said and labels[-1].isalpha() and 2 <= len(labels[-1]) <= 24
