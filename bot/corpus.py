"""The FAQ as its writers write it, read and checked: one TOML file a topic, all languages in it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.confidence import Curve
from bot.language import LANGUAGES
from bot.lexicon import Lexicon
from bot.text import words

SHIPPED: Final = Path(__file__).resolve().parent.parent / "faq_data"

CURVE: Final = "curve.toml"

GROUPS: Final = (
    "orders", "payment", "delivery", "problems", "returns", "disputes", "reviews", "messages", "account",
)  # fmt: skip
ACTIONS: Final = (
    "show_order", "open_dispute", "write_review", "message_seller", "confirm_receipt", "open_settings",
)  # fmt: skip
"""Screens that an answer may lead to. One that is not there yet is not shown."""

KINDS: Final = ("greeting", "thanks", "bye", "praise", "insult", "are_you_bot", "human")
"""Small talk that is answered by an exact rule; `human` is the wish for a person."""

MIN_PHRASINGS: Final = 20
MAX_ANSWER: Final = 900

_KEYS: Final = {"id", "group", "related", "actions", "needs_order", "ask_human", *LANGUAGES}
_WORDING_KEYS: Final = {"question", "answer", "phrasings"}
_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")


class BadCorpus(ValueError):
    """A file of the FAQ is not as it must be; the sentence names the file and the cure."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry in one language."""

    question: str
    """As it is shown on a button and as a heading."""
    answer: str
    """Plain text; `{name}` stands for a quantity of the marketplace's rules."""
    phrasings: tuple[str, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """Everything that asks for this entry."""
        return (self.question, *self.phrasings)


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic of the FAQ."""

    id: str
    group: str
    wordings: Mapping[str, Wording]
    related: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    needs_order: bool = False
    """The state of the asker's own order is the better answer."""
    ask_human: bool = False
    """A person is needed at once."""

    def nearest(self, language: str) -> str:
        """This language where the entry has it, else English, else any that it has."""
        return next((own for own in (language, "en") if own in self.wordings), min(self.wordings))


@dataclass(frozen=True, slots=True)
class Smalltalk:
    """An exact rule: these utterances, this reply, by language."""

    phrases: Mapping[str, tuple[str, ...]]
    reply: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that the bot knows."""

    entries: tuple[Entry, ...]
    lexicon: Lexicon
    smalltalk: Mapping[str, Smalltalk]
    outside: Mapping[str, tuple[str, ...]]
    """What people say that no entry answers, by language: what refusing is learnt from."""
    curve: Curve | None = None
    """How sure its matches are, where that was learnt before."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """What stands around the entries on public pages, in one language."""

    name: str
    """The language, as its readers call it."""
    title: str
    related: str
    all: str
    groups: Mapping[str, str]


def load_pages(folder: Path = SHIPPED) -> dict[str, PageWords]:
    """Those words by language. Raises BadCorpus, OSError."""
    try:
        return {
            language: PageWords(**said) for language, said in _table(folder / "pages.toml").items()
        }
    except TypeError as error:
        raise BadCorpus(f"pages.toml: {error}") from error


def load_entries(folder: Path = SHIPPED) -> tuple[Entry, ...]:
    """Reads `topics/*.toml` alone. Raises BadCorpus, OSError."""
    return tuple(
        read_entry(_table(path), path.name) for path in sorted((folder / "topics").glob("*.toml"))
    )


def load_corpus(folder: Path = SHIPPED) -> Corpus:
    """Reads `topics/*.toml`, `lexicon.toml`, `smalltalk.toml`, `outside.toml`, and `curve.toml` if it is there.

    Raises BadCorpus, OSError.
    """
    entries = load_entries(folder)
    talk = _table(folder / "smalltalk.toml")
    if unknown := set(talk) - set(KINDS):
        raise BadCorpus(
            f"smalltalk.toml: unknown rule {min(unknown)!r}; there are {', '.join(KINDS)}"
        )
    rules = {
        kind: Smalltalk(
            {lang: tuple(said) for lang, said in rule["phrases"].items()}, dict(rule["reply"])
        )
        for kind, rule in talk.items()
    }
    outside = {lang: tuple(said) for lang, said in _table(folder / "outside.toml").items()}
    lexicon = Lexicon(_table(folder / "lexicon.toml"))
    return Corpus(entries, lexicon, rules, outside, _curve(folder / CURVE))


def _curve(path: Path) -> Curve | None:
    if not path.exists():
        return None
    table = _table(path)
    try:
        return Curve(float(table["slope"]), float(table["bias"]))
    except (KeyError, ValueError) as error:
        raise BadCorpus(f"{path.name}: slope and bias must be numbers") from error


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadCorpus(f"{path.name}: {error}") from error


def read_entry(table: Mapping[str, Any], source: str) -> Entry:
    """One entry from a parsed table. Raises BadCorpus where its form is wrong; `lint` looks at what it says."""
    if unknown := set(table) - _KEYS:
        raise BadCorpus(f"{source}: unknown key {min(unknown)!r}")
    try:
        entry = Entry(
            id=str(table["id"]),
            group=table["group"],
            wordings={
                lang: _wording(table[lang], f"{source} [{lang}]")
                for lang in LANGUAGES
                if lang in table
            },
            related=tuple(table.get("related", ())),
            actions=tuple(table.get("actions", ())),
            needs_order=bool(table.get("needs_order", False)),
            ask_human=bool(table.get("ask_human", False)),
        )
    except KeyError as error:
        raise BadCorpus(f"{source}: {error.args[0]!r} is missing") from error
    if not _ID.fullmatch(entry.id):
        raise BadCorpus(f"{source}: id must be small letters, digits and underscores")
    if not entry.wordings:
        raise BadCorpus(f"{source}: no language; write at least one of {', '.join(LANGUAGES)}")
    return entry


def _wording(table: Mapping[str, Any], source: str) -> Wording:
    if unknown := set(table) - _WORDING_KEYS:
        raise BadCorpus(f"{source}: unknown key {min(unknown)!r}")
    phrasings = table.get("phrasings", [])
    if not isinstance(phrasings, list) or not all(isinstance(p, str) for p in phrasings):
        raise BadCorpus(f"{source}: phrasings must be a list of texts")
    return Wording(str(table["question"]).strip(), str(table["answer"]).strip(), tuple(phrasings))


def placeholders(answer: str) -> set[str]:
    """The names in braces of an answer."""
    return set(re.findall(r"\{(\w+)\}", answer))


def lint(entries: Iterable[Entry], quantities: Iterable[str] | None = None) -> Iterator[str]:
    """What a writer should mend, a sentence each: the entry, the language, the cure.

    `quantities` are the placeholders that an answer may use; None allows all.
    """
    entries = list(entries)
    ids = [entry.id for entry in entries]
    yield from (
        f"{one}: the id is used twice" for one in sorted({i for i in ids if ids.count(i) > 1})
    )
    asked: dict[tuple[str, str], str] = {}
    for entry in entries:
        if entry.group not in GROUPS:
            yield f"{entry.id}: unknown group {entry.group!r}; there are {', '.join(GROUPS)}"
        yield from (f"{entry.id}: unknown action {a!r}" for a in entry.actions if a not in ACTIONS)
        yield from (
            f"{entry.id}: related {other!r} is no other entry"
            for other in entry.related
            if other not in ids or other == entry.id
        )
        for language in LANGUAGES:
            wording = entry.wordings.get(language)
            if wording is None:
                yield f"{entry.id}: nothing in {language}"
                continue
            yield from _lint_wording(entry.id, language, wording, quantities, asked)


def _lint_wording(
    entry: str,
    language: str,
    wording: Wording,
    quantities: Iterable[str] | None,
    asked: dict[tuple[str, str], str],
) -> Iterator[str]:
    place = f"{entry} [{language}]"
    if len(wording.phrasings) < MIN_PHRASINGS:
        yield f"{place}: {len(wording.phrasings)} phrasings, write at least {MIN_PHRASINGS}"
    if not 20 <= len(wording.answer) <= MAX_ANSWER:
        yield f"{place}: the answer has {len(wording.answer)} characters, not 20 to {MAX_ANSWER}"
    if quantities is not None and (unknown := placeholders(wording.answer) - set(quantities)):
        yield f"{place}: unknown placeholder {{{min(unknown)}}}"
    if re.search(r"\d", re.sub(r"\{\w+\}", "", wording.answer)):
        yield f"{place}: the answer holds a number; take a placeholder, so that it follows the settings"
    for text in wording.questions:
        key = (language, " ".join(words(text)))
        if not key[1]:
            yield f"{place}: {text!r} holds no word"
        elif asked.setdefault(key, entry) != entry:
            yield f"{place}: {text!r} stands in {asked[key]} as well"
