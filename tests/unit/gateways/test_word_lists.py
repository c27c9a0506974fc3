"""The word lists of moderation: what stands in the files can be found, and is not contradicted."""

import tomllib

import pytest

from chat_server.domain.finders.folded import fold_word
from chat_server.domain.finders.word_lists import expand
from chat_server.domain.moderation import Kind, check
from chat_server.gateways.word_lists import FOLDER, word_lists

LANGUAGES = ("en", "es", "ro", "ru")


def words(language: str, key: str) -> list[str]:
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    return [word for said in table["insults"][key].split() for word in expand(said)]


def test_there_is_a_list_for_each_language_that_reviews_are_written_in() -> None:
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.toml"))) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_insult_of_a_list_is_found_by_itself(language: str) -> None:
    missed = [
        word
        for word in words(language, "words")
        if [one.kind for one in check(word.rstrip("*"), word_lists(), bool)] != [Kind.INSULT]
    ]

    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_beginning_is_so_short_that_it_takes_half_a_dictionary(language: str) -> None:
    beginnings = [word for word in words(language, "words") if word.endswith("*")]

    assert [word for word in beginnings if len(fold_word(word.rstrip("*"))) < 3] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_innocent_word_takes_back_what_a_list_would_find(language: str) -> None:
    for word in words(language, "innocent"):
        assert check(word.rstrip("*"), word_lists(), bool) == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("a*", ["a*"]), ("{a,b}c", ["ac", "bc"]), ("x{,y}{1,2}", ["x1", "x2", "xy1", "xy2"])],
)
def test_braces_stand_for_each_of_their_parts(pattern: str, words: list[str]) -> None:
    assert expand(pattern) == words
