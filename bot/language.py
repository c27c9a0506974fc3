"""Which language a text is in, guessed from its letters and its smallest words; and the stem of a word in it.

Knows the four languages of the shipped FAQ, and enough of some others to stem a knowledge base in them.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import snowballstemmer

from bot.text import letters_of, words

LANGUAGES: Final = ("en", "ru", "ro", "es")
"""What the shipped FAQ is written in."""

_STEMMERS: Final = {
    "en": "english",
    "ru": "russian",
    "ro": "romanian",
    "es": "spanish",
    "de": "german",
    "da": "danish",
    "id": "indonesian",
    "lt": "lithuanian",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
}

_SMALL: Final = {
    language: frozenset(line.split())
    for language, line in {
        "en": "the a an i my me is are was were it to of in on at for and or not do does did can could will would have "
        "has you your this that what where when how why who with from if be been but still please get got",
        "ro": "un o de la in pe si nu este e sunt am ai a au mi imi ma va se sa cu din pentru ca ce cum unde cand cat "
        "cine mea meu mei mele dar daca mai fi poate pot vreau eu voi acest aceasta cea cei fost inca deloc unui "
        "unei le lor ati asta trebuie",
        "es": "el la los las un una de en y no es son mi me se lo le que como donde cuando cuanto por para con del al "
        "mis su sus pero si ya he ha han hay esta este esto estan puedo quiero porque quien cual tengo hace muy "
        "aun todavia nada",
        "de": "der die das ein eine und nicht ist sind ich mir mich mein meine zu von im in den dem mit auf fur wie wo "
        "wann was wer kann bitte fuge spiele heute morgen am um gibt es setze",
        "da": "den det en et og ikke er jeg mig min mit til af i pa med for hvordan hvor hvornar hvad hvem kan skal "
        "min mine om vil spil til saet vaer",
        "id": "yang di ke dari ini itu saya aku untuk dengan apa kapan bagaimana dan tidak ada akan pada bisa tolong "
        "putar tambahkan hari besok atur",
        "lt": "ir ar kad yra ne as mano man i is su prie ant kaip kur kada kas ka ar po iki siandien rytoj prasau "
        "nustatyk paleisk",
        "ru": "и в не на я мне мой моя мое мои что как где когда почему у с по за из от до это ли же бы уже еще нет "
        "есть вы ваш сколько кто можно нужно а но если он она они был была",
    }.items()
}


@functools.cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[language])


@functools.lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language that is not known."""
    if language not in _STEMMERS or len(word) < 3:
        return word
    return str(_stemmer(language).stemWord(word))


def is_small(word: str, language: str) -> bool:
    """Whether it is one of the words that hold a sentence together and say nothing."""
    return word in _SMALL.get(language, frozenset())


def small_words(language: str) -> frozenset[str]:
    """Those words."""
    return _SMALL.get(language, frozenset())


def guess(text: str, among: Sequence[str] = LANGUAGES, default: str = "en") -> str:
    """The likeliest of these languages; `default` where nothing speaks for one."""
    if letters_of(text) == "cyrillic":
        return "ru" if "ru" in among else default
    found = words(text)
    counts = {
        language: sum(word in _SMALL[language] for word in found)
        for language in among
        if language != "ru" and language in _SMALL
    }
    lowered = text.casefold()
    for language, letters in (("ro", "ăâîșşțţ"), ("es", "ñ¿¡áéíóú")):
        if language in counts:
            counts[language] += 2 * any(letter in lowered for letter in letters)
    best = max(
        counts, key=lambda language: (counts[language], language == default), default=default
    )
    return best if counts.get(best) else default


MIXED: Final = 0.1
"""From this share of a second language on, a knowledge base is in several."""


def language_of(texts: Iterable[str]) -> str | None:
    """The one language of a knowledge base; empty where it is none that is known, None where it is several."""
    votes = Counter(guess(text, tuple(_SMALL), default="") for text in texts)
    ranked = [(count, language) for language, count in votes.most_common() if language]
    if not ranked:
        return ""
    total = sum(count for count, _ in ranked)
    shipped = [
        language for count, language in ranked if language in LANGUAGES and count >= MIXED * total
    ]
    if len(shipped) > 1 and "ru" in shipped:
        return None
    return ranked[0][1]
