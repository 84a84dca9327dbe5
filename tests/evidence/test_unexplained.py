"""Texts that say of a cause only that nobody knows it."""

import pytest

from soc2test.evidence.unexplained import explains_nothing, without_subject


@pytest.mark.parametrize(
    "text",
    [
        "not known",
        "Under investigation.",
        "under-investigation yet",
        "the  root\ncause could not be determined",
        "the analysis is ongoing",
        "(unbekannt noch)",
        "no root-cause found",
    ],
)
def test_a_text_that_only_says_that_nobody_knows_explains_nothing(text: str) -> None:
    assert explains_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "unknown",  # a single word may mean something in a sentence
        "could not be determined by the old parser, which drops the header",
        "a disk was full",
        "under investigation " + "x" * 100,
    ],
)
def test_what_says_something_after_all_does(text: str) -> None:
    assert not explains_nothing(text)


def test_what_stands_behind_the_subject_is_looked_at_alone() -> None:
    assert without_subject("Root cause: a disk was full") == "a disk was full"
    assert without_subject("a disk was full") is None


def test_a_long_text_is_no_phrase() -> None:
    assert explains_nothing("under investigation".ljust(100))
    assert not explains_nothing("under investigation".ljust(101))
