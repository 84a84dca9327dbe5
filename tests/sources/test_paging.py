"""Paging rules over a body in which a secret was replaced: what can't be read is no word that all pages are there."""

from typing import Any

import pytest

from soc2test import by_token, unpaged
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


@pytest.mark.parametrize(
    "body", [{"failedAccounts": [{}]}, {"UnprocessedKeys": {"table": {}}}, {"UnprocessedFindings": ["f"]}]
)
@pytest.mark.parametrize("rule", [by_token(), by_token("NextToken"), unpaged])
def test_what_a_call_did_not_answer_is_left_out(body: dict[str, Any], rule: Any) -> None:
    (key,) = body
    assert rule({"items": [], **body}) == f"{key} names what was not answered"


@pytest.mark.parametrize(
    "body", [{"failedAccounts": []}, {"UnprocessedKeys": {}}, {"failedAccounts": None}, {"failures": ["f"]}]
)
def test_a_call_that_answered_all_leaves_nothing_out(body: dict[str, Any]) -> None:
    assert by_token()({"items": [], **body}) is None
