"""Policy documents in all their spellings."""

import json
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test import Unknown, UnknownFact
from soc2test_plugins.aws.documents import (
    denies_plain_http,
    denies_without_tls,
    embedded,
    statements,
)
from soc2test_plugins.aws.grants import Asked, grants_of, within
from soc2test_plugins.aws.openness import delegates, open_to_all
from soc2test_plugins.aws.trust import trust_of

TLS: dict[str, Any] = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
READ: dict[str, Any] = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}


def policy(*found: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(found)}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in TLS.items() if name != key}


@pytest.mark.parametrize(
    "spell", [lambda d: d, json.dumps, lambda d: quote(json.dumps(d)), lambda d: json.dumps(json.dumps(d))]
)
@pytest.mark.parametrize("statement", [TLS, [TLS]])
def test_a_document_is_the_same_in_every_spelling(spell: Any, statement: Any) -> None:
    assert denies_plain_http(spell({"Statement": statement}), "b")


@pytest.mark.parametrize(
    "variant",
    [
        {},
        {"Principal": {"AWS": "*"}},
        {"Principal": {"AWS": ["*"]}},
        {"Principal": ["*"]},
        {"Action": ["s3:*"]},
        {"Action": "*"},
        {"Action": "S3:*"},
        {"Resource": "*"},
        {"Resource": "arn:aws:s3:::b*"},
        {"Resource": "arn:aws-us-gov:s3:::b*"},
        {"Condition": {"Bool": {"aws:SecureTransport": False}}},
        {"Condition": {"bool": {"AWS:securetransport": ["false"]}}},
        {"Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}},
    ],
)
def test_a_policy_that_refuses_plain_http(variant: dict[str, Any]) -> None:
    assert denies_plain_http(policy(READ, {**TLS, **variant}), "b")


@pytest.mark.parametrize(
    "statement",
    [
        {**TLS, "Effect": "Allow"},
        {**TLS, "Principal": {"AWS": "arn:aws:iam::111122223333:root"}},
        {**TLS, "Principal": {"Service": "*"}},
        {**TLS, "Action": "s3:GetObject"},
        {**TLS, "Action": ["s3:Get*", "s3:Put*"]},
        {**TLS, "Resource": "arn:aws:s3:::b"},
        {**TLS, "Resource": "arn:aws:s3:::b/*"},
        {**TLS, "Resource": ["arn:aws:s3:::other", "arn:aws:s3:::other/*"]},
        {**TLS, "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/logs/*"]},
        {**TLS, "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {**TLS, "Condition": {"Bool": {"aws:SecureTransport": "false", "aws:ViaAWSService": "false"}}},
        {**TLS, "Condition": {"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:PrincipalOrgID": "o-1"}}},
        {**TLS, "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}},
        without("Condition"),
        {**without("Principal"), "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}},
        {**without("Action"), "NotAction": "s3:GetObject"},
        {**without("Resource"), "NotResource": "arn:aws:s3:::b/public/*"},
    ],
)
def test_a_policy_that_lets_some_plain_http_through(statement: dict[str, Any]) -> None:
    assert not denies_plain_http(policy(statement), "b")


def test_two_statements_may_cover_bucket_and_objects() -> None:
    parts = [{**TLS, "Resource": "arn:aws:s3:::b"}, {**TLS, "Resource": "arn:aws:s3:::b/*"}]
    assert denies_plain_http(policy(*parts), "b")


def test_other_services_have_their_own_word_for_every_action() -> None:
    assert denies_without_tls(policy({**TLS, "Action": "dynamodb:*"}), "dynamodb:*")
    assert not denies_without_tls(policy(TLS), "dynamodb:*")


@pytest.mark.parametrize(
    "principal",
    ["*", {"AWS": "*"}, {"AWS": ["arn:aws:iam::111122223333:root", "*"]}, {"Service": "*"},
     {"AWS": "arn:aws:iam::111122223333:root", "CanonicalUser": ["*"]}],
)  # fmt: skip
def test_open_to_all(principal: Any) -> None:
    assert open_to_all(policy({**READ, "Principal": principal}))
    assert open_to_all(policy({"Effect": "Allow", "NotPrincipal": {"AWS": "x"}, "Action": "*", "Resource": "*"}))


def test_not_open_to_all() -> None:
    assert not open_to_all(policy(TLS, {**READ, "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}))


def test_delegation_to_access_points() -> None:
    condition = {"StringEquals": {"s3:DataAccessPointAccount": "111122223333"}}
    assert delegates(policy({**READ, "Condition": condition}))
    assert not delegates(policy(READ, TLS))


@pytest.mark.parametrize(
    "document",
    [
        "", "no json", "[]", "{}", '{"Statement": "all"}', '{"Statement": [1]}', None, 7,
        '{"Statement": [{"Effect": "Deny", "Effect": "Allow"}]}', "%7B%22Statement%22", '{"Statement": [NaN]}',
    ],
)  # fmt: skip
def test_what_is_no_policy_is_unknown(document: Any) -> None:
    with pytest.raises(UnknownFact) as caught:
        statements(document)
    assert "Deny" not in str(caught.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
keys = st.sampled_from(["Effect", "Principal", "Action", "Resource", "NotAction", "Condition"])
words = st.sampled_from(["Allow", "Deny", "*", "s3:*", "arn:aws:s3:::b", "arn:aws:s3:::b/*"]) | json_values


def _grants(document: Any) -> bool:
    answer = within([grants_of(document)], Asked(action="iam:putuserpolicy", resource="arn:aws:iam::1:user/ann"))
    return not isinstance(answer, Unknown) and answer


def _lets_in(document: Any) -> bool:
    return bool(trust_of(document, "111122223333").outsiders)


@given(st.lists(st.dictionaries(keys, words), max_size=4))
def test_any_statements_give_an_answer_or_are_unknown(found: list[dict[str, Any]]) -> None:
    questions = (_grants, _lets_in, open_to_all, delegates, lambda document: denies_plain_http(document, "b"))
    for ask in questions:
        with suppress(UnknownFact):
            assert ask({"Statement": found}) in (True, False)


@given(st.dictionaries(st.text(max_size=8), json_values, max_size=4))
def test_spelling_never_changes_the_content(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    assert embedded(text) == document
    assert embedded(quote(text, safe="")) == document
    assert embedded(json.dumps(text)) == document


@given(st.text(max_size=40))
def test_any_text_is_a_document_or_unknown(text: str) -> None:
    with suppress(UnknownFact):  # any other exception fails
        embedded(text)
