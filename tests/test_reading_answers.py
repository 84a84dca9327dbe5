"""`soc2test.testing.read`: what a source makes of one answer is what a run makes of it."""

from typing import Any

import pytest
from exporting import Key, user, vendor

from soc2test.testing import Read, read

CLOUD = vendor()


def read_users(body: Any) -> Read:
    return read(CLOUD, "users list", body, account="012345678901")


def test_resources_come_in_the_order_of_their_ids_with_their_facts() -> None:
    told = read_users({"Users": [user("bob"), user("ada", mfa=False)]})
    assert [(each.id, each.mfa) for each in told.resources] == [("ada", False), ("bob", True)]
    assert told.gaps == ()
    assert told.unknown("ada", "mfa") is None


@pytest.mark.parametrize(("body", "code"), [
    ({"fault": "Denied"}, "denied"), ("{", "unreadable"), ("", "empty"), ({}, "unreadable"),
])  # fmt: skip
def test_what_is_no_list_is_a_gap_and_no_empty_one(body: Any, code: str) -> None:
    told = read_users(body)
    assert told.resources == ()
    assert [gap.code for gap in told.gaps] == [code]


def test_why_a_fact_is_unknown_is_told() -> None:
    told = read_users({"Users": [{"id": "ada", "name": "ada", "email": None, "mfa": "yes"}]})
    assert told.unknown("ada", "name") is None
    assert told.unknown("ada", "mfa") == "cloud/012345678901/any/users.list.json: mfa expected `bool`, got `str`"
    with pytest.raises(LookupError, match="there is no bob; there are ada"):
        told.unknown("bob", "name")


def test_a_call_about_one_thing_names_it() -> None:
    told = read(CLOUD, "keys list", {"Keys": [{"id": "k", "active": True}]}, account="012345678901", user="ada")
    assert [(type(each), each.user) for each in told.resources] == [(Key, "ada")]


def test_facts_of_what_no_list_holds_are_told_beside_the_gap() -> None:
    told = read(CLOUD, "stores get-tags", {"owner": "ada"}, account="012345678901", region="eu-west-1", store="s")
    assert [(each.id, each.owner) for each in told.resources] == [("s", "ada")]
    assert "missing" in [gap.code for gap in told.gaps]


@pytest.mark.parametrize(("operation", "subject", "says"), [
    ("users lst", {"account": "a"}, "cloud reads no 'users lst'; it reads defaults, keys list"),
    ("users list", {}, "users list is about account: give just that"),
    ("users list", {"account": "a", "region": "r"}, "users list is about account: give just that"),
    ("keys list", {"account": "a"}, "keys list is about account, user: give just that"),
])  # fmt: skip
def test_what_can_not_be_asked_is_refused(operation: str, subject: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(CLOUD, operation, {}, **subject)
