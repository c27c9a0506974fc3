"""Ranking, repair, live changes, calibration: what must hold for any knowledge base."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import build
from bot.confidence import UNFITTED, Curve, strength
from bot.evaluate import evaluate, read_questions, separation
from bot.index import Index, shown
from bot.lexicon import EMPTY, Lexicon
from bot.match import Match, Reading
from bot.matching import Matcher, nearest
from bot.spelling import Spelling

KB = {
    "status": [
        "where is my order",
        "track my parcel",
        "has my package been sent",
        "order status please",
    ],
    "cancel": [
        "cancel my order",
        "i do not want it any more",
        "call off the purchase",
        "stop the order",
    ],
    "refund": [
        "when do i get my money back",
        "refund time",
        "how long does a refund take",
        "my money",
    ],
    "human": [
        "talk to a person",
        "connect me with an agent",
        "i need a human being",
        "real operator",
    ],
}


def matcher(language: str | None = "en", lexicon: Lexicon = EMPTY) -> Matcher:
    found = Matcher(lexicon, language)
    for topic, texts in KB.items():
        found.add(topic, [(text, "en") for text in texts])
    return found


def best(asked: Matcher, question: str) -> str:
    return asked.match(question).ranking[0][0]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("please cancel the order", "cancel"),
        ("wher is my ordr", "status"),
        ("my mony back when", "refund"),
        ("can i speak with a human", "human"),
    ],
)
def test_a_question_finds_its_topic_also_misspelt(question: str, topic: str) -> None:
    assert best(matcher(), question) == topic


def test_topics_come_once_each_best_first_and_alike_every_time() -> None:
    ranker = build([(topic, text) for topic, texts in KB.items() for text in texts])

    ranking = ranker.rank("where is my money")

    assert len({topic for topic, _ in ranking}) == len(ranking)
    assert [score for _, score in ranking] == sorted((s for _, s in ranking), reverse=True)
    assert ranking == ranker.rank("where is my money")
    assert ranker.confidence("where is my order") > ranker.confidence("is it raining in spain")


def test_what_is_not_understood_ranks_nothing() -> None:
    for question in ("", "?!", "привет"):
        assert matcher().match(question).ranking == []
    assert Matcher().match("where is it").ranking == []
    ranker = build([("a", "one two"), ("b", "three four")])
    assert ranker.rank("привет") == []
    assert ranker.confidence("привет") == 0


def test_a_text_that_is_added_counts_at_once_and_leaves_no_trace_when_it_is_taken_out() -> None:
    asked, before = matcher(), matcher().match("where is my voucher")
    numbers = asked.add("voucher", [("my voucher does not work", "en"), ("a voucher code", "en")])
    assert best(asked, "where is my voucher") == "voucher"

    asked.remove(numbers)
    after = asked.match("where is my voucher")

    assert [topic for topic, _ in after.ranking] == [topic for topic, _ in before.ranking]
    assert np.allclose([s for _, s in after.ranking], [s for _, s in before.ranking], atol=1e-5)
    assert asked.add("empty", [("?!", "en")]) == []


def test_a_ranker_is_changed_while_it_is_asked() -> None:
    ranker = build([("a", "the first thing"), ("b", "another matter")])

    numbers = ranker.add("c", ["a voucher that does not work"])
    assert ranker.rank("voucher")[0][0] == "c"
    ranker.remove(numbers)

    assert "c" not in dict(ranker.rank("voucher"))


def test_concepts_join_what_no_letter_joins() -> None:
    lexicon = Lexicon(
        {
            "parcel": {"en": ["parcel", "package"], "ru": ["посылка"]},
            "late": {"en": ["did not come"]},
        }
    )
    asked = Matcher(lexicon)
    asked.add("status", [("where is my parcel", "en")])
    asked.add("other", [("where is my seat", "en")])

    match = asked.match("посылка", "ru")

    assert match.ranking[0][0] == "status"
    assert [shown(name) for name, _ in match.reasons] == ["concept: parcel"]
    assert [c for _, c in lexicon.concepts(["my", "packag", "did", "not", "come"], "en")] == [
        "parcel",
        "late",
    ]
    assert list(lexicon.concepts(["x"], "lt")) == []


def test_russian_in_latin_letters_is_read_as_russian() -> None:
    asked = Matcher()
    asked.add("status", [("где мой заказ", "ru"), ("где посылка", "ru")])
    asked.add("cancel", [("отменить заказ", "ru"), ("please cancel it", "en")])

    reading = asked.read("gde moya posylka")

    assert (reading.language, reading.translit) == ("ru", True)
    assert best(asked, "gde moya posylka") == "status"
    assert asked.read("please cancel it").translit is False


def test_a_knowledge_base_in_russian_alone_reads_latin_letters_too() -> None:
    ranker = build(
        [("status", "где мой заказ"), ("status", "где посылка"), ("cancel", "отменить заказ")]
    )

    assert ranker.rank("gde moya posylka")[0][0] == "status"
    assert ranker.rank("otmenit zakaz")[0][0] == "cancel"


def test_repair_takes_the_nearest_then_the_commonest_word() -> None:
    spelling = Spelling()
    spelling.add(["order", "order", "older", "delivery"])

    assert spelling.repair(["orser", "delivrey", "cat", "order"]) == {
        "orser": "order",
        "delivrey": "delivery",
    }
    assert spelling.repair(["zzzzzz"]) == {}
    spelling.remove(["order", "order"])
    assert spelling.repair(["orser"]) == {}
    assert len(spelling.repair([f"ordr{letter}" for letter in "abcdfghijklmnop"])) <= 12


def test_the_weights_of_an_index_follow_every_change() -> None:
    index = Index()
    first = index.add("a", [{"sx": 1.0, "sy": 1.0}])
    index.add("b", [{"sx": 1.0}])
    vector, known = index.weigh({"sx": 1.0, "sz": 1.0})
    assert 0 < known < 1
    assert index.similar(vector)[1] > index.similar(vector)[0] > 0
    assert index.shared(vector, 0)[0][0] == "sx"

    index.remove(first)
    vector, _ = index.weigh({"sx": 1.0})

    assert index.similar(vector)[0] == 0
    assert len(index) == 2
    assert len(Index().similar(Index().weigh({})[0])) == 0


def test_of_equally_near_rows_the_earlier_comes_first() -> None:
    similar = np.asarray([0.5, 0.9, 0.5, 0.0, 0.5], np.float32)

    assert nearest(similar, 3).tolist() == [1, 0, 2]
    assert nearest(similar, 9).tolist() == [1, 0, 2, 4]


def test_probability_rises_with_strength_and_falls_with_repairs() -> None:
    def match(score: float, repaired: int = 0) -> Match:
        reading = Reading(("a", "b"), "en", {str(n): "x" for n in range(repaired)})
        return Match(reading, [("t", score)], score, 1.0, 0, [])

    curve = Curve.fit([0.1, 0.2, 0.3, 0.8, 0.9, 1.0], [False, False, False, True, True, True])

    assert curve.probability(match(0.95)) > 0.7 > 0.3 > curve.probability(match(0.15))
    assert strength(match(0.9, 1)) < strength(match(0.9))
    assert strength(match(-1)) == 0
    assert UNFITTED.probability(Match(Reading((), "en"), [], 0, 0, None, [])) == 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=800))
def test_no_text_whatever_upsets_the_matcher(text: str) -> None:
    match = ASKED.match(text)

    assert {topic for topic, _ in match.ranking} <= set(KB)
    assert 0 <= UNFITTED.probability(match) <= 1


ASKED = matcher(None)


def test_questions_are_read_and_measured(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "en.tsv"
    path.write_text("a\tone\nb\ttwo\n\noos\tthree\n", encoding="utf-8")
    answers = {"one": (["a", "b"], 0.9), "two": (["a", "c", "b"], 0.8), "three": (["a"], 0.1)}

    report = evaluate(answers.__getitem__, read_questions(path))

    assert (report.questions, report.outside, report.at_1, report.at_3) == (2, 1, 50, 100)
    assert (report.auroc, report.refused) == (100, 100)
    assert report.wrong == (("two", "b", "a"),)
    assert separation([], [1.0]) == (None, None)
    path.write_text("no tab", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        read_questions(path)
