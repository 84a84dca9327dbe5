"""A reason with content: no placeholder, and some words."""

import pytest

from soc2test.exceptions.says_little import says_little


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "n/a",
        "N / A",
        "TBD",
        "tbd tbd tbd",
        "-",
        "?",
        "#REF!",
        "not ours",
        "x y z",
        "see see see",
        "n/a n/a none",
        "<reason>",
        "...",
        "noch zu klären, folgt später",
        "TBD; wird nachgereicht. Folgt",
        "asdf qwerty asdfasdf",
        "pending, later, see above",
        "TBD by legal, not known yet",
    ],
)
def test_what_says_nothing(text: str) -> None:
    assert says_little(text, 3)


@pytest.mark.parametrize(
    "text",
    [
        "nobody has an office",
        "GitHub tells no last use",
        "データセンターはない",
        "没有办公室",
        "Büro gibt es keines",
        "AC 3 2",
        "old test account",
        "removed later, pending migration",
        "Test environment, no customer data",
    ],
)
def test_what_says_something(text: str) -> None:
    assert not says_little(text, 3)
