"""What mails say: pure compositions of sentences, as plain text and as a simple page; who gets them is not known."""

import enum
import html
from collections.abc import Sequence
from typing import Final, NamedTuple

from chat_server.actions.brand import Brand
from chat_server.domain.colors import LIGHT_GROUND, SEEN, contrast, is_color
from chat_server.i18n import is_right_to_left, nearest, shipped

DEFAULT_COLOR: Final = "#0c6b58"
DARK_INK: Final = "#14201d"


class Kind(enum.StrEnum):
    """What a mail is for."""

    INVITE = "invite"
    RESET = "reset"
    ANSWERS = "answers"


class Parts(NamedTuple):
    """What a mail says."""

    subject: str
    text: str
    html: str


class Sheet(NamedTuple):
    """A mail before it is laid out. All of it is text, and becomes markup only here."""

    lead: Sequence[str]
    quotes: Sequence[str]
    """What people wrote, as they wrote it."""
    button: str
    link: str
    foot: Sequence[str]


def invitation(brand: Brand, locale: str, *, name: str, inviter: str, link: str) -> Parts:
    """To somebody who is to work here."""
    say = _Speaker(brand, locale)
    lead = [say("mail.hello", name=name), say("mail.invite.text", inviter=inviter)]
    sheet = Sheet(lead, (), say("mail.invite.button"), link, [say("mail.invite.foot")])
    return _lay_out(brand, locale, say("mail.invite.subject"), sheet)


def reset(brand: Brand, locale: str, *, link: str) -> Parts:
    """To somebody who does not know his password any more, or of whom somebody else said so."""
    say = _Speaker(brand, locale)
    sheet = Sheet(
        [say("mail.reset.text")], (), say("mail.reset.button"), link, [say("mail.reset.foot")]
    )
    return _lay_out(brand, locale, say("mail.reset.subject"), sheet)


def answers(
    brand: Brand, locale: str, said: Sequence[str], *, link: str, more: bool, once: bool
) -> Parts:
    """To a customer: what support said while he was away, oldest first.

    `more`: there are older ones. `once`: the link is a secret that is used up.
    """
    say = _Speaker(brand, locale)
    lead = [say("mail.answers.text")]
    if more:
        lead.append(say("mail.answers.more"))
    foot = [say("mail.answers.once")] if once else []
    quotes = [text.strip() or say("mail.photo") for text in said]
    sheet = Sheet(lead, quotes, say("mail.answers.button"), link, [*foot, say("mail.answers.foot")])
    return _lay_out(brand, locale, say("mail.answers.subject"), sheet)


class _Speaker:
    """Sentences of one language about one brand."""

    def __init__(self, brand: Brand, locale: str) -> None:
        self._brand = brand
        self._locale = locale

    def __call__(self, key: str, /, **params: str) -> str:
        return shipped().sentence(key, self._locale, brand=self._brand.name, **params)


def _lay_out(brand: Brand, locale: str, subject: str, sheet: Sheet) -> Parts:
    return Parts(subject, _plain(brand, sheet), _page(brand, locale, subject, sheet))


def _plain(brand: Brand, sheet: Sheet) -> str:
    quoted = ["\n".join(f"> {line}" for line in text.splitlines()) for text in sheet.quotes]
    blocks = [*sheet.lead, *quoted, f"{sheet.button}:\n{sheet.link}", *sheet.foot]
    return "\n\n".join([*blocks, f"-- \n{brand.name}"]) + "\n"


def _page(brand: Brand, locale: str, subject: str, sheet: Sheet) -> str:
    language = nearest((locale,))
    direction = "rtl" if is_right_to_left(language) else "ltr"
    link, color = html.escape(sheet.link), _shown(brand.color)
    body = [
        f'<p style="{_BRAND};color:{color}">{html.escape(brand.name)}</p>',
        *[f"<p>{html.escape(text)}</p>" for text in sheet.lead],
        *[f'<p dir="auto" style="{_QUOTE}">{html.escape(text)}</p>' for text in sheet.quotes],
        f'<p style="margin:24px 0"><a href="{link}" style="{_BUTTON};background:{color};'
        f'color:{_ink(color)}">{html.escape(sheet.button)}</a></p>',
        *[f'<p style="{_FOOT}">{html.escape(text)}</p>' for text in sheet.foot],
    ]
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{html.escape(subject)}</title></head>\n"
        f'<body style="{_BODY}"><div style="{_CARD}">\n'
        + "\n".join(body)
        + "\n</div></body></html>\n"
    )


def _shown(color: str) -> str:
    """The brand's colour where it is one that is seen on white, else ours."""
    color = color.lower()
    seen = is_color(color) and contrast(color, LIGHT_GROUND) >= SEEN
    return color if seen else DEFAULT_COLOR


def _ink(color: str) -> str:
    """What is read best on a colour."""
    return max((LIGHT_GROUND, DARK_INK), key=lambda ink: contrast(ink, color))


_BODY: Final = (
    "margin:0;padding:24px;background:#f2f4f3;color:#14201d;font:15px/1.5 system-ui,sans-serif"
)
_CARD: Final = (
    "max-width:560px;margin:0 auto;padding:24px 28px;background:#ffffff;border-radius:12px"
)
_BRAND: Final = "margin:0 0 16px;font-size:17px;font-weight:600"
_QUOTE: Final = (
    "margin:12px 0;padding:10px 14px;background:#f2f4f3;border-radius:8px;white-space:pre-wrap"
)
_BUTTON: Final = (
    "display:inline-block;padding:10px 18px;border-radius:8px;font-weight:600;text-decoration:none"
)
_FOOT: Final = "margin:8px 0 0;font-size:13px;color:#5a6763"
