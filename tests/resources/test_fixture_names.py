"""The names by which controls take kinds: from the class, or as the class says itself; a name of two is nobody's."""

import sys
from types import ModuleType
from typing import Any

import pytest

import soc2test.contract  # noqa: F401  # the neutral kinds
from soc2test import Device, Identity, Person, PolicyDocument, Resource
from soc2test.resources.fixture_names import (
    RESERVED,
    Claim,
    FixtureNames,
    claims,
    claims_of,
    names_of,
    plural_of,
    singular_of,
    two_claim,
    wrong_name,
)
from soc2test.resources.resource import every_kind


def made(name: str, **namespace: object) -> type[Resource]:
    """A kind of this name, which no module holds."""
    make: Any = type(Resource)
    kind: type[Resource] = make(name, (Resource,), namespace)
    return kind


PLURALS = {
    "bucket": "buckets",
    "policy": "policies",
    "access_key": "access_keys",
    "data_store": "data_stores",
    "person": "people",
    "weakness": "weaknesses",
    "mailbox": "mailboxes",
    "input_batch": "input_batches",
    "analysis": "analyses",
    "status": "statuses",
}


@pytest.mark.parametrize(("one", "whole"), PLURALS.items())
def test_the_plural_and_back(one: str, whole: str) -> None:
    assert plural_of(one) == whole
    assert singular_of(whole) == one


def test_a_name_that_is_a_plural_already_is_told_apart_from_all_of_them() -> None:
    assert plural_of("db_parameters") == "all_db_parameters"
    assert singular_of("bucket") is None


@pytest.mark.parametrize(
    ("name", "one", "whole"),
    [
        ("S3Bucket", "s3_bucket", "s3_buckets"),
        ("AISystem", "ai_system", "ai_systems"),
        ("Ec2Instance", "ec2_instance", "ec2_instances"),
        ("AzureSqlIpv6Rule", "azure_sql_ipv6_rule", "azure_sql_ipv6_rules"),
        ("X", "x", "xes"),
    ],
)
def test_names_follow_from_the_class(name: str, one: str, whole: str) -> None:
    assert names_of(made(name)) == FixtureNames(one=one, whole=whole)


def test_the_neutral_kinds_have_names() -> None:
    assert claims_of("identities") == (Claim(kind=Identity, whole=True),)
    assert claims_of("identity") == (Claim(kind=Identity, whole=False),)
    assert [claim.kind for claim in (*claims_of("people"), *claims_of("policy_documents"))] == [Person, PolicyDocument]
    assert claims_of("identitys") == ()
    assert claims()["device"] == claims_of("device") == (Claim(kind=Device, whole=False),)


def test_every_neutral_kind_has_two_names_of_its_own() -> None:
    kinds = [kind for kind in every_kind() if kind.__module__.startswith("soc2test.resources.kinds")]
    names = [name for kind in kinds for name in names_of(kind) or ()]
    assert len(kinds) > 100
    assert len(set(names)) == 2 * len(kinds)
    assert not set(names) & set(RESERVED)


class Gadget(Resource, frozen=True, gc=False, kw_only=True):
    fixture = "own_gadgets"
    """of its tests alone"""


class BigGadget(Gadget, frozen=True, gc=False, kw_only=True):
    size: int


class Datum(Resource, frozen=True, gc=False, kw_only=True):
    fixture = ("own_datum", "own_data")


class Pinned(Resource, frozen=True, gc=False, kw_only=True):
    fixture: str
    """a fact of that name"""


class Request(Resource, frozen=True, gc=False, kw_only=True):
    when: str


class _Base(Resource, frozen=True, gc=False, kw_only=True):
    when: str


def test_a_kind_says_its_own_and_hands_it_to_no_special_case() -> None:
    assert names_of(Gadget) == ("own_gadget", "own_gadgets")
    assert names_of(BigGadget) == ("big_gadget", "big_gadgets")
    assert names_of(Datum) == ("own_datum", "own_data")
    assert names_of(Pinned) == ("pinned", "pinneds")
    assert [wrong_name(kind) for kind in (Gadget, BigGadget, Datum, Pinned)] == [None] * 4


def test_what_pytest_or_a_control_calls_something_else_is_no_name_of_a_kind() -> None:
    assert (claims_of("request"), len(claims_of("requests"))) == ((), 1)
    assert names_of(_Base) is None


@pytest.mark.parametrize("said", ["Buckets", "request", "", "two words", ("a", "a"), ("a",), ("a", "b", "c"), "bucket"])
def test_what_can_not_be_a_name_is_told(said: object) -> None:
    kind = made("Odd", fixture=said)
    assert names_of(kind) is None
    assert f"Odd: fixture = {said!r}" in (wrong_name(kind) or "")


def test_a_class_that_its_module_holds_no_more_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(claims_of("big_gadgets")) == 1
    monkeypatch.delattr(sys.modules[__name__], "BigGadget")
    assert claims_of("big_gadgets") == ()
    assert "big_gadgets" not in claims()


def test_a_name_of_two_is_told_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("soc2test_programme_plugins.second")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(module, "BigGadget", made("BigGadget", __module__=module.__name__), raising=False)
    claimed = claims_of("big_gadgets")
    text = two_claim("big_gadgets", claimed)
    assert len(claimed) == 2
    assert f"BigGadget of {__name__} and BigGadget of plugins.second" in text
    assert "big_gadgets: Population[BigGadget]" in text
