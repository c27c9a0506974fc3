"""Questions that mean much the same come together, whatever the language and the order."""

from bot.clusters import clusters
from bot.lexicon import shipped


def test_wordings_of_one_question_are_one_group_and_others_are_not() -> None:
    texts = [
        ("is there somewhere to park a caravan nearby", "en"),
        ("do you sell gift cards", "en"),
        ("where may I park my caravan", "en"),
        ("gift card for my sister please", "en"),
        ("caravan parking near you?", "en"),
    ]

    assert clusters(texts, shipped()) == [[0, 2, 4], [1, 3]]


def test_two_languages_meet_in_what_both_know() -> None:
    texts = [("refund for a parcel that was lost", "en"), ("возврат за потерянную посылку", "ru")]

    assert clusters(texts, shipped()) == [[0, 1]]


def test_nothing_and_wordless_texts_are_fine() -> None:
    assert clusters([], shipped()) == []
    assert clusters([("???", "en"), ("", "ru")], shipped()) == [[0], [1]]
