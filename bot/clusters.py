"""Questions that mean much the same, put together: what nobody could answer, by how often it was asked.

Each text joins the group whose sum it resembles most, or begins one; rare features count for more than
those that all texts share. One pass in the given order, so that the same texts give the same groups.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from bot.features import features
from bot.language import is_small, stem
from bot.lexicon import Lexicon
from bot.text import words

KINDS: Final = frozenset("scd")
"""Stems, concepts and pairs of concepts. Pieces of words, which repair a question, only blur a group."""

ALIKE_AT: Final = 0.2
"""The cosine from which a text joins a group. Of 1,120 questions about 40 topics in four languages, nine in ten
are then in a group of their own topic, and two in three are not alone (`docs/bot.md`)."""

FEW: Final = 100
"""Of fewer texts too little is known to call a word common."""


def clusters(texts: Sequence[tuple[str, str]], lexicon: Lexicon) -> list[list[int]]:
    """Groups of (text, language) by number, the largest first; a group's first is its oldest."""
    found = [_said(text, language, lexicon) for text, language in texts]
    spread = Counter(name for row in found for name in row)
    rows = [_weighted(row, spread, max(len(texts), FEW)) for row in found]
    groups: list[list[int]] = []
    sums: list[dict[str, float]] = []
    lengths: list[float] = []
    postings: defaultdict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        alike: defaultdict[int, float] = defaultdict(float)
        for name, weight in row.items():
            for group in postings.get(name, ()):
                alike[group] += weight * sums[group][name]
        best = max(alike, key=lambda g: (alike[g] / lengths[g], -g), default=None)
        if best is None or alike[best] / lengths[best] < ALIKE_AT:
            best = len(groups)
            groups.append([])
            sums.append({})
            lengths.append(1.0)
        groups[best].append(number)
        for name, weight in row.items():
            sums[best][name] = sums[best].get(name, 0.0) + weight
            postings[name].add(best)
        lengths[best] = math.sqrt(sum(w * w for w in sums[best].values())) or 1.0
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _said(text: str, language: str, lexicon: Lexicon) -> dict[str, float]:
    """What of a text counts here: without the small words, which every question has."""
    spelled = words(text)
    small = {f"s{stem(word, language)}" for word in spelled if is_small(word, language)}
    every = features(spelled, language, lexicon)
    return {n: w for n, w in every.items() if n[0] in KINDS and n not in small}


def _weighted(row: dict[str, float], spread: Counter[str], many: int) -> dict[str, float]:
    """Of length one; what stands in every text weighs next to nothing."""
    weighed = {name: w * math.log(1 + many / spread[name]) for name, w in row.items()}
    length = math.sqrt(sum(w * w for w in weighed.values()))
    return {name: w / length for name, w in weighed.items()} if length else {}
