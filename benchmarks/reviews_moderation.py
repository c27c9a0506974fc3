"""What detection costs of a processor, and how much of the written set it finds."""

import random
import time
from collections.abc import Sequence
from typing import Final

from benchmarks.growth import percentile
from benchmarks.measures import Figure
from benchmarks.yardsticks.ceilings import on_server_core
from chat_server.domain.moderation import MAX_LENGTH, check
from tests.hostile.test_moderation import LISTS, PHONES, SEEDS, SET, _figures, _shown

_TRIES: Final = 3
"""Of each made-up text the best: what others do on the machine is not its cost."""


def measure(texts: int, mixtures: int) -> list[Figure]:
    """So many ordinary texts of the greatest length, and the worst that were made up."""
    with on_server_core():
        ordinary = [_cpu_ms(text) for text in _ordinary(texts)]
        worst = max(
            (min(_cpu_ms(text) for _ in range(_TRIES)), seed) for text, seed in _made_up(mixtures)
        )
    middle = percentile(ordinary, 0.5)
    speed = [
        Figure("reviews_check", percentile(ordinary, 0.99), note=f"{texts} texts; p50 {middle:.2f} ms"),
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


def _ordinary(count: int) -> list[str]:
    """Sentences of the set, one after the other, up to the limit of a text."""
    chance = random.Random(6)
    sentences = [_shown(row.text) for row in SET]
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
    begin = time.thread_time()
    check(text, LISTS, PHONES)
    return (time.thread_time() - begin) * 1e3
