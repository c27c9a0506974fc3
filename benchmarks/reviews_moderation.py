"""What detection costs of a processor, and how much of the written set it finds."""

import random
import time
from collections.abc import Sequence
from typing import Final

from benchmarks.growth import percentile
from benchmarks.measures import Figure
from benchmarks.yardsticks.ceilings import on_server_core
from bot import load_corpus
from chat_server.domain.moderation import MAX_LENGTH, check
from tests.hostile.test_moderation import LISTS, PHONES, SEEDS, SET, _figures, _shown

_LANGUAGES: Final = ("en", "ru", "ro", "es")
_TRIES: Final = 3
"""Of each text the best: what others do on the machine is not its cost."""


def measure(texts: int, mixtures: int) -> list[Figure]:
    """So many texts of the greatest length of either kind, and the worst that were made up."""
    with on_server_core():
        prose, dense = (
            [_cpu_ms(text) for text in _made_of(said, texts)] for said in (_prose(), _set())
        )
        worst = max(
            (min(_cpu_ms(text) for _ in range(_TRIES)), seed) for text, seed in _made_up(mixtures)
        )
    speed = [
        Figure(
            name,
            percentile(times, 0.99),
            note=f"{texts} texts; p50 {percentile(times, 0.5):.2f} ms",
        )
        for name, times in (("reviews_check", prose), ("reviews_check_set", dense))
    ]
    speed += [
        Figure("reviews_check_worst", worst[0], note=f"of {len(SEEDS) + mixtures}: {worst[1]!a}"),
    ]  # fmt: skip
    return speed + _accuracy()


def _accuracy() -> list[Figure]:
    """Of the texts by which nobody tuned; of the others in the notes."""
    held, tuned = ([row for row in SET if row.is_held_out is out] for out in (True, False))
    figures, others = _figures(held), _figures(tuned)
    shares = {
        "reviews_contacts": ("contacts found", "contacts"),
        "reviews_insults": ("insults found", "insults"),
        "reviews_alarms": ("false alarms", "innocent"),
    }
    return [
        Figure(
            name,
            100 * figures[part] / figures[whole],
            note=f"{figures[part]} of {figures[whole]}; tuned by: {others[part]} of {others[whole]}",
        )
        for name, (part, whole) in shares.items()
    ]


def _prose() -> list[str]:
    """What people write: the answers of the FAQ, in every language that is read."""
    wordings = [entry.wordings for entry in load_corpus().entries]
    return [
        said[language].answer for said in wordings for language in _LANGUAGES if language in said
    ]


def _set() -> list[str]:
    """Nothing but contact data, insults, and what looks like either."""
    return [_shown(row.text) for row in SET]


def _made_of(sentences: list[str], count: int) -> list[str]:
    """These by chance, one after the other, up to the limit of a text."""
    chance = random.Random(6)
    return [" ".join(chance.choices(sentences, k=200))[:MAX_LENGTH] for _ in range(count)]


def _made_up(mixtures: int) -> Sequence[tuple[str, str]]:
    """Texts made to stall it, and what they are made of."""
    chance = random.Random(50)
    repeated = [((seed * MAX_LENGTH)[:MAX_LENGTH], seed) for seed in SEEDS]
    mixed = []
    for _ in range(mixtures):
        parts = chance.sample(SEEDS, chance.randint(2, 5))
        text = "".join(chance.choice(parts) for _ in range(MAX_LENGTH))[:MAX_LENGTH]
        mixed.append((text, " ".join(parts)))
    return repeated + mixed


def _cpu_ms(text: str) -> float:
    times = []
    for _ in range(_TRIES):
        begin = time.thread_time()
        check(text, LISTS, PHONES)
        times.append((time.thread_time() - begin) * 1e3)
    return min(times)
