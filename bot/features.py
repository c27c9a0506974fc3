"""What of a text is compared: stems and pairs of stems, pieces of words, concepts. Weights are a table."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.language import is_small, stem
from bot.lexicon import Lexicon

WEIGHTS: Final = {
    "stem": 0.6,
    "small": 0.5,
    "pair": 0.42,
    "skip": 0.28,
    "piece3": 0.4,
    "piece4": 0.18,
    "piece5": 0.3,
    "concept": 0.6,
    "concepts": 0.96,
}
"""Set on the development sets: `docs/bot.md` says how, and what each is worth."""

WINDOW: Final = 4


def features(words: Sequence[str], language: str, lexicon: Lexicon) -> dict[str, float]:
    """The features of a text by name, each with its weight; the first letter of a name tells its kind."""
    found: dict[str, float] = {}
    stems = [stem(word, language) for word in words]
    for name, weight in _all(words, stems, language, lexicon):
        if weight > found.get(name, 0.0):
            found[name] = weight
    return found


def _all(
    words: Sequence[str], stems: Sequence[str], language: str, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    for word, root in zip(words, stems, strict=True):
        yield f"s{root}", WEIGHTS["small" if is_small(word, language) else "stem"]
        yield from pieces(word)
    for place, root in enumerate(stems):
        if place + 1 < len(stems):
            yield f"p{root} {stems[place + 1]}", WEIGHTS["pair"]
        for other in stems[place + 1 : place + WINDOW]:
            yield f"k{min(root, other)} {max(root, other)}", WEIGHTS["skip"]
    concepts = list(lexicon.concepts(stems, language))
    for number, (place, concept) in enumerate(concepts):
        yield f"c{concept}", WEIGHTS["concept"]
        for other_place, other in concepts[number + 1 : number + WINDOW]:
            if other != concept and other_place != place:
                yield f"d{min(concept, other)} {max(concept, other)}", WEIGHTS["concepts"]


def pieces(word: str) -> Iterator[tuple[str, float]]:
    """Runs of three to five letters, with the ends of the word marked: they survive a typing mistake."""
    marked = f"<{word}>"
    for length in (3, 4, 5):
        weight = WEIGHTS[f"piece{length}"]
        for start in range(max(1, len(marked) - length + 1)):
            yield f"w{marked[start : start + length]}", weight
