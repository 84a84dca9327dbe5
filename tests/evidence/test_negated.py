"""A text that says only that something is not there, or cannot be, tells nothing of it."""

import pytest

from soc2test import says_no


@pytest.mark.parametrize(
    "text",
    [
        "no", "Not possible", "it cannot be taken back", "It can not be undone", "There is no choice", "no way to opt out",
        "Consent is irrevocable", "Users are unable to withdraw it", "nobody can take it back", "without any alternative",
        "kein Widerruf", "es gibt keine Wahl", "nicht m\u00f6glich", "aucun choix", "not applicable here",
    ],
)  # fmt: skip
def test_a_no_in_several_words(text: str) -> None:
    assert says_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Not by phone but by mail", "There is no fee", "No choice is made for you: tick what you want",
        "cannot be taken back by phone", "Possible at any time", "Nothing else changes", "None of our vendors gets it",
        "The link is not available on paper, where a form is", "API cannot be reached", "Notion",
    ],
)  # fmt: skip
def test_a_sentence_with_a_no_in_it_is_content(text: str) -> None:
    assert not says_no(text)
