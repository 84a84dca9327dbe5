"""What a plugin declares of a source, and every declaration that contradicts itself; paging rules."""

from typing import Any

import pytest

from soc2test import (
    Facts,
    Identity,
    Item,
    Person,
    PluginError,
    Source,
    Subject,
    by_full_page,
    by_token,
    facts,
    skip,
    unpaged,
)
from soc2test.sources.paging import path_values


def source() -> Source:
    made = Source("cloud", scope=("account",), command="cloud {operation} --of {account}")

    @made.reads("users list", kind=Identity, items="Users", lists=True, next="Marker")
    def users(item: Item, at: Subject) -> Facts:
        known: dict[str, Any] = {}
        return facts(item["id"], name=item["name"], mfa=item["mfa"], **known)

    return made


def test_an_operation_knows_its_prefix_command_and_what_it_tells() -> None:
    operation = source().operations["users list"]
    assert operation.prefix == "users.list"
    assert operation.command == "cloud users list --of {account}"
    assert operation.tells == ("name", "mfa")
    assert (operation.kind, operation.scope, operation.lists) == (Identity, ("account",), True)


def test_a_lister_may_only_tell_facts_of_some_of_its_kinds() -> None:
    made = source()
    made.reads("a", kind=(Identity, Person), lists=(Person,), paging=unpaged)(lambda body, at: skip("no"))
    assert made.operations["a"].creates == (Person,)
    assert made.operations["users list"].creates == (Identity,)
    with pytest.raises(PluginError, match="names a kind that kind= does not"):
        made.reads("b", kind=Identity, lists=(Person,), paging=unpaged)(lambda body, at: skip("no"))


def test_what_it_tells_may_be_declared() -> None:
    made = source()
    made.reads("a", kind=Identity, tells=["mfa"], others={"root": False}, paging=unpaged)(lambda body, at: skip("no"))
    assert made.operations["a"].tells == ("mfa", "root")


def test_a_source_may_say_how_all_its_lists_page() -> None:
    made = Source("cloud", paging=unpaged)
    made.reads("a", kind=Identity, lists=True)(lambda body, at: skip("no"))
    assert made.operations["a"].paging is unpaged


def test_what_is_said_to_have_no_pages_is_not_believed_against_a_token() -> None:
    assert unpaged([{}] * 100) is None
    assert unpaged({"items": [], "nextToken": "x"}) == "nextToken names a further page"


ALL: dict[str, Any] = {"paging": unpaged}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"operation": "users list", "kind": Identity}, "operation 'users list' is declared twice"),
    ({"operation": "keys", "kind": Identity, "per": Person}, "operation 'keys': per= needs lists=True"),
    ({"operation": "x", "kind": Identity, "lists": True, "others": {"mfa": True}, **ALL}, "others= is for the rest"),
    ({"operation": "x", "kind": Identity, "columns": list, "items": "rows", **ALL}, 'columns= is for items="entries"'),
    ({"operation": "x", "kind": Identity, "mapping": dict, "items": "entries", **ALL}, "it needs columns="),
    ({"operation": "x", "kind": Identity, "tells": ["mfaa"]}, "Identity has no fact 'mfaa'"),
    ({"operation": "x", "kind": Identity, "others": {"mfaa": True}, **ALL}, "Identity has no fact 'mfaa'"),
    ({"operation": "x", "kind": Identity, "lists": True, "per": Person, **ALL}, "subject"),
    (
        {"operation": "x", "kind": Identity, "lists": True, "items": "Users", "whole": len, **ALL},
        "whole= is for a bare array",
    ),
    (
        {"operation": "x", "kind": Identity, "lists": True, "items": "", "whole": len, "stream": True, **ALL},
        "whole= is for",
    ),
    ({"operation": "x", "kind": Identity, "lists": True}, "a rule of your own, or paging=unpaged"),
    (
        {"operation": "x", "kind": Identity, "items": "a", "others": {"mfa": True}},
        "say how a list shows that it is all",
    ),
    ({"operation": "x", "kind": Identity, "next": "n", "paging": unpaged}, "give one of both"),
    ({"operation": "x", "kind": Identity, "command": "curl -d '{"}, "its command is no template"),
    ({"operation": "x", "kind": Identity, "command": "curl {}"}, "its command is no template"),
    ({"operation": "x", "kind": Identity, "command": "curl {a:uri}"}, "its command is no template"),
]


@pytest.mark.parametrize(("declared", "says"), WRONG, ids=[says[:40] for _, says in WRONG])
def test_a_declaration_that_contradicts_itself_is_refused(declared: dict[str, Any], says: str) -> None:
    with pytest.raises(PluginError) as caught:
        source().reads(**declared)(lambda item, at: skip("no"))
    assert str(caught.value).startswith("plugin cloud: ")
    assert says in str(caught.value)


def test_a_fact_that_its_kind_lacks_cant_be_derived() -> None:
    with pytest.raises(PluginError, match="Identity has no fact 'mfaa' to derive"):
        source().derives(Identity, "mfaa")


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ({"NextToken": "x"}, True), ({"NextToken": ""}, False), ({"NextToken": None}, False), ({"nextPageToken": "x"}, True),
        ({"@odata.nextLink": "x"}, True), ({"IsTruncated": True}, True), ({"IsTruncated": False}, False),
        ({"data": {}, "errors": [{"type": "FORBIDDEN"}]}, True), ({"data": {}, "errors": []}, False),
        ({"errors": ["of a batch"]}, False),
        ({"has_more": True}, True), ({"meta": {"next": "x"}}, True), ({"meta": {"next": None}}, False), ({}, False),
        ([], False), ({"Users": [{"NextToken": "x"}]}, False), (None, False),
    ],
)  # fmt: skip
def test_a_token_left_means_a_further_page(body: Any, more: bool) -> None:
    assert (by_token("meta.next")(body) is not None) is more


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ([1] * 100, True),
        ([1] * 30, True),
        ([1] * 99, False),
        ([], False),
        ({"NextToken": "x"}, True),
        ({"items": []}, False),
    ],
)
def test_exactly_one_full_page_may_be_cut(body: Any, more: bool) -> None:
    assert (by_full_page(30, 100)(body) is not None) is more


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a", [[{"b": 1}, {"b": 2}, {}]]), ("a[]", [{"b": 1}, {"b": 2}, {}]), ("a[].b", [1, 2]), ("c.d", [3]), ("c.e", []),
        ("x.y", [9]), ("c.d.e", []), ("c[]", []),
    ],
)  # fmt: skip
def test_key_paths(path: str, values: list[Any]) -> None:
    assert path_values({"a": [{"b": 1}, {"b": 2}, {}], "c": {"d": 3}, "x.y": 9}, path) == values


@pytest.mark.parametrize("nature", ["document", "vendor", "", 1])
def test_a_source_is_a_vendors_system_or_a_record(nature: Any) -> None:
    with pytest.raises(PluginError, match="a source is system or record"):
        Source("pager", nature=nature)
    with pytest.raises(PluginError, match="operation 'users list' is system or record"):
        Source("pager").reads("users list", kind=Identity, nature=nature)
    assert Source("pager").nature == "record"  # whoever does not say keeps rows by hand
    assert Source("pager", nature="system").nature == "system"
    assert Source("pager", nature="record").nature == "record"
