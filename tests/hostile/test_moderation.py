"""The written set of texts for moderation, and texts made to stall it (SECURITY 48 and 50)."""

import gc
import random
import re
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from chat_server.domain.moderation import MAX_LENGTH, check
from chat_server.gateways.phones import PhonePlans
from chat_server.gateways.word_lists import word_lists

LISTS: Final = word_lists()
PHONES: Final = PhonePlans().knows

CPU_LIMIT_MS: Final = 500
"""The goal is 50 ms; a test on a busy machine refuses ten times that."""


class Written(NamedTuple):
    """A text of the set, with what must be found in it."""

    language: str
    kinds: frozenset[str]
    text: str

    @property
    def is_held_out(self) -> bool:
        """Whether it is of the quarter by which nobody tunes."""
        return zlib.crc32(self.text.encode()) % 4 == 0


def _read() -> list[Written]:
    lines = (Path(__file__).parent / "moderation.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Written(language, frozenset() if kinds == "-" else frozenset(kinds.split(",")), text)
        for language, kinds, text in rows
    ]


SET: Final = _read()


def _shown(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def _figures(rows: list[Written]) -> Counter[str]:
    figures: Counter[str] = Counter()
    for row in rows:
        kinds = {one.kind.value for one in check(_shown(row.text), LISTS, PHONES)}
        for kind in row.kinds:
            group = "insults" if kind == "insult" else "contacts"
            figures[group] += 1
            figures[f"{group} found"] += kind in kinds
        figures["innocent"] += not row.kinds
        figures["false alarms"] += not row.kinds and bool(kinds)
        figures["found besides"] += bool(row.kinds and kinds - row.kinds)
    return figures


def test_the_set_is_large_in_four_languages_and_half_of_it_is_innocent() -> None:
    per_language = Counter(row.language for row in SET)

    assert len(SET) >= 400
    assert len({row.text for row in SET}) == len(SET)
    assert set(per_language) == {"en", "ru", "ro", "es"}
    assert min(per_language.values()) >= 100
    assert sum(not row.kinds for row in SET) * 2 >= len(SET)


@pytest.mark.parametrize("part", ["tuned", "held out"])
def test_contacts_and_insults_are_found_and_innocent_texts_left_alone(part: str) -> None:
    """Recall of at least 95 % and 90 %, at most 3 % false alarms, in each part of the set."""
    figures = _figures([row for row in SET if row.is_held_out == (part == "held out")])

    contacts = figures["contacts found"] / figures["contacts"]
    insults = figures["insults found"] / figures["insults"]
    alarms = figures["false alarms"] / figures["innocent"]
    print(f"{part}: contacts {contacts:.1%}, insults {insults:.1%}, alarms {alarms:.1%}; {figures}")

    assert contacts >= 0.95
    assert insults >= 0.90
    assert alarms <= 0.03
    assert figures["found besides"] <= 0.03 * len(SET)


SEEDS: Final = [
    "a", "1", "a ", "1 ", "12 ", "123456789 ", "0721234567 ", "069 123 456 ", "a.", "9.", "a@", "@a ", "@", ".",
    "a@a.", "a.a@", "at ", "dot ", "a dot ", "x at gmail dot com ", "собака точка ", "(", "(at)", "[dot]", "*", "f*",
    "f*ck ", "fuck ", "f u c k ", "fu ck ", "у к ", "telegram ", "telegram: a_1 ", "https://", "http://a ", "www.",
    "t.me/", "a.com ", "a . com ", "one ", "один ", "сто двадцать три ", "double ", "+", "+1 ", "+40721234567 ", "(0",
    "0-", "4111 ", "4111111111111111 ", "4111 1111 1111 1111 ", "RO49 ", "RO49AAAA1B31007593840000 ", "ad12 a",
    "1.2.3.4", "12.05.2026 ", "12:", "\u200b", "a\u200b", "ﷺ", "ı", "з1", "xуй ", "пи3", "ты ты тупой ",
    "you are so ", "idiot", "bastard ", "-", "a-", "_", "a_", "!", "$a", "ssss", "İ", "👍", "\n", "a\n", "№1 ",
    "e\u0301", "n\u0303", "한", "²", "мой ", "1/", "1|", "1,", "1*", "hxxp:/ / ", "@gmail", "8 9 1 6 ", "1o",
]  # fmt: skip


def _cpu_ms(text: str) -> float:
    """Of this check alone: beside it run threads of other tests, and their rubbish is collected for a second."""
    gc.disable()
    started = time.thread_time()
    try:
        check(text, LISTS, PHONES)
    finally:
        took = time.thread_time() - started
        gc.enable()
    return took * 1000


@pytest.mark.parametrize("seed", SEEDS, ids=ascii)
def test_item_50_no_repetition_stalls_it(seed: str) -> None:
    assert _cpu_ms((seed * MAX_LENGTH)[:MAX_LENGTH]) < CPU_LIMIT_MS


def test_item_50_no_mixture_stalls_it() -> None:
    chance = random.Random(50)
    for _ in range(60):
        parts = chance.sample(SEEDS, chance.randint(2, 5))
        text = "".join(chance.choice(parts) for _ in range(MAX_LENGTH))[:MAX_LENGTH]
        assert _cpu_ms(text) < CPU_LIMIT_MS, parts


@pytest.mark.parametrize("seed", ["a@", "9.", "1*", "1 ", "f u ", "a@a.", "один ", "0721234567 "])
def test_item_50_four_times_the_text_takes_about_four_times_as_long(seed: str) -> None:
    """The best of several, since others use the machine; a square would be sixteen times."""
    short, long = (seed * 1000)[:1000], (seed * 4000)[:4000]
    check(long, LISTS, PHONES)

    once = min(_cpu_ms(short) for _ in range(5))
    four = min(_cpu_ms(long) for _ in range(5))

    assert four < 9 * once + 1


def test_item_50_a_text_beyond_the_limit_is_cut_first() -> None:
    assert _cpu_ms("a@1 f u " * 1_000_000) < CPU_LIMIT_MS
