"""Paging rules over a body in which a secret was replaced: what can't be read is no word that all pages are there."""

from typing import Any

import pytest

from soc2test import by_token
from soc2test.evidence.redacted import REDACTED


@pytest.mark.parametrize(
    "body",
    [{"IsTruncated": REDACTED}, {"pageInfo": {"hasNextPage": REDACTED}}, {"isLast": REDACTED}, {"NextToken": REDACTED}],
)
def test_a_page_word_that_was_replaced_is_a_further_page(body: dict[str, Any]) -> None:
    (key,) = body
    assert (by_token()({"items": [], **body}) or "").startswith(key)


@pytest.mark.parametrize(
    "body", [{"IsTruncated": False}, {"IsTruncated": "false"}, {"isLast": True}, {"NextToken": None}]
)
def test_a_page_word_that_says_the_last_one(body: dict[str, Any]) -> None:
    assert by_token()({"items": [], **body}) is None
