"""One turn of the bot: a question comes in, a decision comes out. It keeps nothing of what was said before.

The thresholds are probabilities, so they mean the same whatever the knowledge base; `docs/bot.md` says what
they give on questions that nobody who wrote the entries has seen.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import fuzz, process

from bot.answer import Answer, DidYouMean, HandOff, Outcome, Smalltalk, Why
from bot.confidence import Curve
from bot.corpus import Corpus, Entry
from bot.index import shown
from bot.match import Match
from bot.matching import Matcher
from bot.text import words

ANSWER_AT: Final = 0.35
"""From this probability on the best entry is the answer."""
OFFER_AT: Final = 0.05
"""From this on the best three are offered; below it the question was not understood."""
MISSES: Final = 2
"""So many turns in a row without an answer, and a person is offered (`PRODUCT`: the bot)."""
OPTIONS: Final = 3
HUMAN: Final = "human"
SHORTEST_TYPED: Final = 2
TYPE_AHEAD_AT: Final = 70.0


class Bot:
    """A corpus that can be asked, and changed while it is asked."""

    def __init__(self, corpus: Corpus) -> None:
        self._matcher = Matcher(corpus.lexicon)
        self._outside = [(text, lang) for lang, texts in corpus.outside.items() for text in texts]
        self._entries: dict[str, Entry] = {}
        self._typed: dict[str, dict[tuple[str, int], str]] = {}
        self._rows: dict[str, list[int]] = {}
        self._rules: dict[str, tuple[str, str]] = {}
        self._replies = {kind: dict(talk.reply) for kind, talk in corpus.smalltalk.items()}
        for kind, talk in corpus.smalltalk.items():
            for language, phrases in talk.phrases.items():
                for phrase in phrases:
                    self._rules.setdefault(" ".join(words(phrase)), (kind, language))
        for entry in corpus.entries:
            self.put(entry)
        if corpus.curve is None:
            self.calibrate()
        else:
            self._curve = corpus.curve

    # What it knows.

    @property
    def curve(self) -> Curve:
        """How sure its matches are."""
        return self._curve

    @property
    def entries(self) -> Mapping[str, Entry]:
        """All entries by id."""
        return self._entries

    def put(self, entry: Entry) -> None:
        """Adds an entry, or puts it in the place of the one with its id. The next question sees it.

        The calibration stays; `calibrate` follows when there is time.
        """
        self.remove(entry.id)
        self._entries[entry.id] = entry
        self._typed.clear()
        texts = [
            (text, lang) for lang, wording in entry.wordings.items() for text in wording.questions
        ]
        self._rows[entry.id] = self._matcher.add(entry.id, texts)

    def remove(self, entry_id: str) -> None:
        """Takes an entry out, if it is there."""
        if self._entries.pop(entry_id, None) is not None:
            self._matcher.remove(self._rows.pop(entry_id))
            self._typed.clear()

    def calibrate(self) -> None:
        """Fits probabilities to the entries as they are now."""
        self._curve = self._matcher.calibrated(self._outside)

    # Asking it.

    def turn(self, question: str, language: str = "en", *, misses: int = 0) -> Outcome:
        """What to say to a question.

        `language` is the asker's, for where the question does not tell; `misses` how many turns in a row
        before this one ended without an answer.
        """
        rule = self._rules.get(" ".join(words(question)))
        if rule is not None:
            kind, spoken = rule
            why = Why(language=spoken, probability=1.0, rule=kind)
            if kind == HUMAN:
                return HandOff("asked", why)
            replies = self._replies[kind]
            return Smalltalk(kind, replies.get(spoken) or replies["en"], why)
        match, probability = self.look_up(question, language)
        why = self._why(match, probability)
        if match.ranking and probability >= ANSWER_AT:
            best = match.ranking[0][0]
            if self._entries[best].ask_human:
                return HandOff("entry", why, best)
            return Answer(best, why)
        options = (
            tuple(entry for entry, _ in match.ranking[:OPTIONS]) if probability >= OFFER_AT else ()
        )
        return DidYouMean(options, why, offers_person=misses + 1 >= MISSES)

    def look_up(self, question: str, language: str = "en") -> tuple[Match, float]:
        """Entries for a question, best first, and how sure it is that the first is right."""
        match = self._matcher.match(question, language)
        return match, self._curve.probability(match)

    def spoken(self, text: str, language: str = "en") -> str:
        """The language that a text is read in; `language` is its writer's, for where it does not tell."""
        return self._matcher.read(text, language).language

    def suggest(self, typed: str, language: str, most: int = 5) -> list[str]:
        """Entries that are asked for by what is being typed, best first. The last word may be half there."""
        said = " ".join(words(typed))
        if len(said) < SHORTEST_TYPED:
            return []
        near = process.extract(
            said,
            self._asked(language),
            scorer=fuzz.partial_ratio,
            score_cutoff=TYPE_AHEAD_AT,
            limit=most * 8,
        )
        best: dict[str, float] = {}
        for _, score, (entry, _number) in near:
            best[entry] = max(best.get(entry, 0.0), score / 100)
        for entry, score in self._matcher.match(typed, language).ranking[: most * 2]:
            if entry in best:
                best[entry] += score
        return sorted(best, key=lambda entry: (-best[entry], entry))[:most]

    def _asked(self, language: str) -> Mapping[tuple[str, int], str]:
        """Every text of a language as it is compared with what is typed, by entry and number."""
        if language not in self._typed:
            self._typed[language] = {
                (entry.id, number): " ".join(words(text))
                for entry in self._entries.values()
                if language in entry.wordings
                for number, text in enumerate(entry.wordings[language].questions)
            }
        return self._typed[language]

    def _why(self, match: Match, probability: float) -> Why:
        ranking = tuple(match.ranking[:5])
        matched = self._matcher.text(match.row)[0] if match.row is not None else ""
        return Why(
            language=match.reading.language,
            probability=probability,
            entry=ranking[0][0] if ranking else "",
            runner_up=ranking[1][0] if len(ranking) > 1 else "",
            ranking=ranking,
            reasons=tuple((shown(name), weight) for name, weight in match.reasons),
            repaired=dict(match.reading.repaired) or None,
            matched=matched,
        )


class Ranker:
    """The matcher alone, on any knowledge base: what `build` gives."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._curve: Curve | None = None

    def rank(self, question: str) -> list[tuple[str, float]]:
        """Topics with their scores, best first, each at most once."""
        return self._matcher.match(question).ranking

    def confidence(self, question: str) -> float:
        """How sure that the best topic is right, 0 to 1: for refusing what no topic answers."""
        if self._curve is None:
            # Only when it is asked for: ranking alone has no need of it.
            self._curve = self._matcher.calibrated()
        return self._curve.probability(self._matcher.match(question))

    def add(self, topic: str, texts: Iterable[str], language: str = "en") -> list[int]:
        """Adds texts to a topic while it is asked; the numbers by which `remove` takes them out."""
        return self._matcher.add(topic, [(text, language) for text in texts])

    def remove(self, numbers: list[int]) -> None:
        """Takes texts out again."""
        self._matcher.remove(numbers)
