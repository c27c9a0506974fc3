"""The bot: what a question costs, what a knowledge base takes, and how often the answer is right."""

import math
import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from benchmarks.measures import FAQ_SET, Figure
from bot import build, load_corpus
from bot.corpus import SHIPPED
from bot.evaluate import evaluate, read_questions

FOLDER: Final = "PARLEY_FAQ_SETS"
SETS: Final = ("bitext_10", "sofmattress", "clinc_10")

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Plan:
    """How many texts, how many questions; `of_a_set` 0 asks all of a set."""

    sizes: tuple[int, ...] = (270, 1500, 10_000)
    asked: int = 200
    of_a_set: int = 1500


class Bm25:
    """The classic, in twenty lines: what a search engine would give."""

    def __init__(self, texts: Pairs, k: float = 1.2, b: float = 0.75) -> None:
        bags = [Counter(re.findall(r"\w+", text.lower())) for _, text in texts]
        mean = sum(map(Counter.total, bags)) / len(bags)
        held = Counter(word for bag in bags for word in bag)
        self._topics = [topic for topic, _ in texts]
        self._rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, bag in enumerate(bags):
            norm = k * (1 - b + b * bag.total() / mean)
            for word, count in bag.items():
                rare = math.log(1 + (len(bags) - held[word] + 0.5) / (held[word] + 0.5))
                self._rows[word].append((row, rare * count * (k + 1) / (count + norm)))

    def rank(self, question: str) -> list[str]:
        """Topics, best first."""
        scores: Counter[str] = Counter()
        rows: Counter[int] = Counter()
        for word in set(re.findall(r"\w+", question.lower())):
            for row, score in self._rows.get(word, ()):
                rows[row] += score  # type: ignore[assignment]  # a Counter of floats
        for row, score in rows.items():
            scores[self._topics[row]] = max(scores[self._topics[row]], score)
        return [topic for topic, _ in scores.most_common(3)]


def tokens(texts: Pairs) -> Callable[[str], list[str]]:
    """rapidfuzz alone: the topics of the texts with the best token_set_ratio."""
    choices = [text.lower() for _, text in texts]

    def rank(question: str) -> list[str]:
        near = process.extract(question.lower(), choices, scorer=fuzz.token_set_ratio, limit=30)
        return list(dict.fromkeys(texts[row][0] for _, _, row in near))

    return rank


def texts_of(size: int) -> Pairs:
    """That many texts: the shipped FAQ's, and from there on the same with a word of their own."""
    shipped = [
        (entry.id, text)
        for entry in load_corpus().entries
        for wording in entry.wordings.values()
        for text in wording.questions
    ]
    random.Random(1).shuffle(shipped)
    return [
        (
            f"{topic}{n // len(shipped)}",
            f"{text} {'' if n < len(shipped) else text.split()[-1] + 'x' * (n % 7)}",
        )
        for n in range(size)
        for topic, text in [shipped[n % len(shipped)]]
    ]


def measure(plan: Plan) -> list[Figure]:
    """Processor time and memory, beside the baselines."""
    questions = [
        text
        for path in sorted((SHIPPED / "eval").glob("*.tsv"))
        for _, text in read_questions(path)
    ]
    random.Random(2).shuffle(questions)
    asked = questions[: plan.asked]
    figures = []
    for size in plan.sizes:
        texts = texts_of(size)
        begin = time.process_time()
        ranker = build(texts)
        ranker.rank("warm up")
        built = time.process_time() - begin
        figures.append(Figure(f"faq_{size}", _p95(ranker.rank, asked), _p95(tokens(texts), asked)))
        if size == 1500:
            begin = time.process_time()
            ranker.add("live", ["a text that is new here"])
            ranker.rank("new here")
            added = 1000 * (time.process_time() - begin)
            figures += [
                Figure("faq_bm25", _p95(Bm25(texts).rank, asked)),
                Figure("faq_build", built, note="then the first confidence calibrates"),
                Figure("faq_add", added),
                Figure("faq_memory", _memory(size)),
            ]
    return figures


def _p95(rank: Callable[[str], object], asked: Sequence[str]) -> float:
    times = []
    for question in asked:
        begin = time.process_time()
        rank(question)
        times.append(1000 * (time.process_time() - begin))
    return sorted(times)[int(0.95 * (len(times) - 1))]


_GROWN: Final = """
import gc, psutil
from benchmarks.faq import texts_of
from bot import build
texts, own = texts_of({size}), psutil.Process()
build(texts[:50]).rank("warm up")
gc.collect()
before = own.memory_info().rss
ranker = build(texts)
gc.collect()
print((own.memory_info().rss - before) / 1e6)
"""


def _memory(size: int) -> float:
    """In a process of its own, less what libraries and a small knowledge base take."""
    done = subprocess.run(
        [sys.executable, "-c", _GROWN.format(size=size)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def accuracy(folder: Path, plan: Plan) -> list[Figure]:
    """Right first and among three on each set that the folder has; refusals where it has any."""
    figures = []
    for name in SETS:
        kb, test = folder / f"kb.{name}.tsv", folder / f"test.{name}.tsv"
        if not kb.exists() or not test.exists():
            continue
        texts, questions = read_questions(kb), read_questions(test)
        if plan.of_a_set and len(questions) > plan.of_a_set:
            questions = random.Random(3).sample(questions, plan.of_a_set)
        ranker, by_tokens, bm25 = build(texts), tokens(texts), Bm25(texts)

        def ours(question: str, ranker=ranker) -> tuple[list[str], float]:  # type: ignore[no-untyped-def]
            return [topic for topic, _ in ranker.rank(question)], ranker.confidence(question)

        report = evaluate(ours, questions)
        beside = evaluate(lambda q, rank=by_tokens: (rank(q), 0.0), questions)  # type: ignore[misc]
        classic = evaluate(lambda q, rank=bm25.rank: (rank(q), 0.0), questions)  # type: ignore[misc]
        for what, value, other, third in (
            ("at 1", report.at_1, beside.at_1, classic.at_1),
            ("at 3", report.at_3, beside.at_3, classic.at_3),
            ("AUROC", report.auroc, None, None),
            ("refused", report.refused, None, None),
        ):
            if value is not None and (what in {"at 1", "at 3"} or name == "clinc_10"):
                note = f"BM25 {third:.1f}" if third is not None else ""
                figures.append(Figure(f"{FAQ_SET}.{name} {what}", value, other, note=note))
    return figures
